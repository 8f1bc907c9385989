package org.langevin4j.solvers.markov;

import java.util.Arrays;
import java.util.Optional;

/**
 * A chain whose states are parts of the states of a coarser one, as the cells of a grid are parts of wider cells: what
 * solvers over coarser and coarser chains need to know of it. Immutable.
 */
public interface NestedChain {

    /**
     * A chain of which nothing is known but its rates. Its order is found from them, coarser chains there are none, and its
     * dimension is that of a lattice whose parts are separated by as many states.
     *
     * @param generator the chain
     * @return the chain with an order of elimination
     */
    static NestedChain of(Generator generator) {
        Dissection order = Dissection.of(generator);
        int widest = order.widest();
        int dimension = widest <= 64 ? 1 : (long) widest * widest <= 16L * generator.states() ? 2 : 3;
        return new NestedChain() {

            @Override
            public Generator generator() {
                return generator;
            }

            @Override
            public Dissection order() {
                return order;
            }

            @Override
            public double[] volumes() {
                double[] ones = new double[generator.states()];
                Arrays.fill(ones, 1.0);
                return ones;
            }

            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public Optional<Coarsening> coarsened() {
                return Optional.empty();
            }

            @Override
            public String toString() {
                return generator.toString();
            }
        };
    }

    /**
     * The chain.
     *
     * @return its generator
     */
    Generator generator();

    /**
     * The order in which a direct solver eliminates the states.
     *
     * @return a dissection of all states
     */
    Dissection order();

    /**
     * The sizes of the states: a law is smooth in p/volume.
     *
     * @return volumes > 0, one a state, a new array
     */
    double[] volumes();

    /**
     * The number of dimensions of the space in which rates join neighbours: what a direct solver costs depends on it.
     *
     * @return at least 1
     */
    int dimension();

    /**
     * The same chain on fewer states.
     *
     * @return the next coarser chain and how it is joined to this one; empty if there is none
     */
    Optional<Coarsening> coarsened();

    /**
     * A coarser chain.
     *
     * @param chain the chain
     * @param interpolation from its states to those of the finer one
     */
    record Coarsening(NestedChain chain, Interpolation interpolation) {}

    /** Carries values from the states of a coarser chain to those of a finer one. Safe for several threads. */
    interface Interpolation {

        /**
         * Sums of values over the fine states that are parts of each coarse one; every coarse state has some.
         *
         * @param fine values, one a fine state
         * @param coarse receives the sums of the coarse states {@code from ≤ k < to}
         * @param from first coarse state
         * @param to end of the coarse states
         */
        void sums(double[] fine, double[] coarse, int from, int to);

        /**
         * Adds the interpolated values to those of some fine states.
         *
         * @param coarse values, one a coarse state
         * @param fine values, one a fine state; those with {@code from ≤ k < to} are added to
         * @param from first fine state
         * @param to end of the fine states
         */
        void add(double[] coarse, double[] fine, int from, int to);

        /**
         * As {@link #add}, by extrapolation where a fine state lies beyond the outermost coarse ones: for values that vary much,
         * such as logarithms of probabilities.
         *
         * @param coarse values, one a coarse state
         * @param fine values, one a fine state; those with {@code from ≤ k < to} are added to
         * @param from first fine state
         * @param to end of the fine states
         */
        void addExtrapolated(double[] coarse, double[] fine, int from, int to);
    }
}
