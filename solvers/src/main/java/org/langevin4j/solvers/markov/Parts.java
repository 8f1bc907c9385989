package org.langevin4j.solvers.markov;

/** Which states make up those of a coarser level. */
@FunctionalInterface
interface Parts {

    /** Sums of values over the parts of the coarse states from ≤ k < to. */
    void sums(double[] values, double[] out, int from, int to);
}
