package org.langevin4j.solvers.markov;

/** Solves (diag(excess) − A)p = r for one generator A and one excess, and any number of right-hand sides. */
interface ShiftedSolver {

    /**
     * Solves once.
     *
     * @param right r ≥ 0, one a state; not modified
     * @return p ≥ 0, a new array
     */
    double[] solve(double[] right);
}
