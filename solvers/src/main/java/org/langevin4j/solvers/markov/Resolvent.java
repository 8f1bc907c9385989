package org.langevin4j.solvers.markov;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Applies Sτ = (I − τA)⁻¹ and remembers the last few factorisations by τ: the one place where the linear solver of the
 * implicit steps is chosen. Not safe for several threads.
 */
public final class Resolvent {

    /** Enough for a step and its neighbours in a sequence of halves and doubles. */
    private static final int REMEMBERED = 3;

    /** Steps between equally spaced times differ by their rounding. */
    private static final double SAME = 1e-11;

    private final NestedChain chain;
    private final boolean direct;

    private @Nullable Coarser coarser;
    private final Deque<Factored> factored = new ArrayDeque<>();
    private int factorisations;
    private int solves;

    /** Room for a right-hand side. */
    private double[] right = {};

    private record Factored(double tau, ShiftedSolver solver) {}

    /**
     * The resolvents of a chain, by the solver that suits it.
     *
     * @param chain the chain
     */
    public Resolvent(NestedChain chain) {
        this(chain, SolverChoice.eliminatesSteps(chain.generator().states(), chain.dimension()));
    }

    Resolvent(NestedChain chain, boolean direct) {
        this.chain = chain;
        this.direct = direct;
    }

    /**
     * The L¹ error of an application relative to the mass.
     *
     * @return about 2e-15 by elimination, 1e-10 by multigrid
     */
    public double accuracy() {
        return direct ? 2e-15 : Multigrid.TOLERANCE;
    }

    /**
     * Factorisations so far.
     *
     * @return number of different τ, those forgotten and met again counted again
     */
    public int factorisations() {
        return factorisations;
    }

    /**
     * Solves so far.
     *
     * @return number of applications
     */
    public int solves() {
        return solves;
    }

    /**
     * Sτp.
     *
     * @param tau τ > 0
     * @param p ≥ 0, not modified
     * @return ≥ 0, of the same mass but for absorption
     * @throws IllegalArgumentException if τ or 1/τ is not positive and finite, or p has another length
     */
    public double[] apply(double tau, double[] p) {
        if (!(tau > 0.0 && tau <= Double.MAX_VALUE && 1.0 / tau <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("tau and its inverse must be positive and finite, got " + tau);
        }
        int n = chain.generator().states();
        if (p.length != n) {
            throw new IllegalArgumentException(
                    "p must have one number for each of the " + n + " states, got " + p.length);
        }
        Factored entry = factored(tau);
        // Of the remembered τ, so that the mass agrees to rounding.
        double shift = 1.0 / entry.tau();
        if (right.length == 0) {
            right = new double[p.length];
        }
        for (int state = 0; state < p.length; state++) {
            right[state] = shift * p[state];
        }
        solves++;
        return entry.solver().solve(right);
    }

    private Factored factored(double tau) {
        for (Iterator<Factored> entries = factored.iterator(); entries.hasNext(); ) {
            Factored entry = entries.next();
            if (Math.abs(entry.tau() - tau) <= SAME * tau) {
                entries.remove();
                factored.addFirst(entry);
                return entry;
            }
        }
        if (factored.size() == REMEMBERED) {
            factored.removeLast();
        }
        Factored entry = new Factored(tau, solver(1.0 / tau));
        factorisations++;
        factored.addFirst(entry);
        return entry;
    }

    private ShiftedSolver solver(double shift) {
        Generator generator = chain.generator();
        if (direct) {
            return Elimination.of(generator, chain.order(), shift);
        }
        if (coarser == null) {
            coarser = new Coarser(ChainSequence.of(chain));
        }
        Coarser found = coarser;
        return found.chains
                .<ShiftedSolver>map(chains -> new Guarded(
                        NestedShifted.of(chains, () -> found.steadyStates(chains), shift), generator, shift))
                .orElseGet(() -> Multigrid.shifted(generator, shift));
    }

    /** Coarser chains, and the steady states there once they are needed. */
    private static final class Coarser {

        private final Optional<ChainSequence> chains;
        private @Nullable List<double[]> steady;

        Coarser(Optional<ChainSequence> chains) {
            this.chains = chains;
        }

        List<double[]> steadyStates(ChainSequence sequence) {
            if (steady == null) {
                steady = NestedMultigrid.nullVectors(sequence);
            }
            return steady;
        }
    }

    /** Nested multigrid, and from its first failure on the algebraic one. */
    private static final class Guarded implements ShiftedSolver {

        private final Generator generator;
        private final double shift;
        private ShiftedSolver solver;
        private boolean algebraic;

        Guarded(NestedShifted nested, Generator generator, double shift) {
            this.generator = generator;
            this.shift = shift;
            this.solver = nested;
        }

        @Override
        public double[] solve(double[] right) {
            try {
                return solver.solve(right);
            } catch (ConvergenceException e) {
                if (algebraic) {
                    throw e;
                }
                algebraic = true;
                solver = Multigrid.shifted(generator, shift);
                return solver.solve(right);
            }
        }
    }

    @Override
    public String toString() {
        return "resolvents of " + chain + (direct ? " by elimination" : " by multigrid") + ", " + factorisations
                + " factorisations, " + solves + " solves";
    }
}
