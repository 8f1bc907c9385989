package org.langevin4j.solvers.markov;

import org.jspecify.annotations.Nullable;

/** The rows of G of a {@link ScaledChain}. */
abstract class Rows {

    /** States with entries of the reference vector up to this take the mean u of their neighbours; what they give to others is as small or nothing. */
    static final double NEGLIGIBLE = 1e-278;

    /**
     * Dᵢ = Mᵢᵢxᵢ and Gᵢⱼ = Aᵢⱼxⱼ/Dᵢ from the rates.
     *
     * @param mass x
     * @param lost excess·x; empty if there is none
     * @param outflow receives D
     */
    abstract void scale(double[] mass, double[] lost, double[] outflow);

    /** out = Gu for from ≤ i < to. */
    abstract void times(double[] u, double[] out, int from, int to);

    /** outᵢ += Dᵢ(Gu)ᵢ for from ≤ i < to. */
    abstract void addFlows(double[] u, double[] outflow, double[] out, int from, int to);

    /** uᵢ = rᵢ + (Gu)ᵢ for from ≤ i < to, one after the other, upwards or downwards; r = 0 if there is none. */
    abstract void sweep(boolean forward, double[] u, double @Nullable [] r, int from, int to);

    /**
     * The first sweep upwards, from u = 0: uᵢ = rᵢ + Σⱼ Gᵢⱼuⱼ over lowest ≤ j < i, for from ≤ i < to.
     *
     * @param lowest the first state whose u is known
     */
    abstract void start(double[] u, double[] r, int from, int to, int lowest);

    /** What that sweep has left of r, out = r − u + Gu: the sums over all other j. */
    abstract void unmet(double[] u, double[] out, int from, int to, int lowest);

    /** Σⱼ Gᵢⱼ for from ≤ i < to, from {@code out[0]} on. */
    abstract void sums(double[] out, int from, int to);

    /**
     * The largest |i − j| of all Gᵢⱼ but those that lead from one half of the states around to the other, as along a periodic
     * axis; or the number of states if it is not known.
     */
    abstract int reach();

    /** How many Gᵢⱼ are not zero. */
    abstract int size(int i);

    /** Puts these and their j into arrays, from a place on. */
    abstract void copy(int i, int[] columns, double[] values, int place);
}
