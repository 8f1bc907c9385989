package org.langevin4j.solvers.markov;

/** How a stationary law is found. */
public enum SteadyStateMethod {
    /**
     * Elimination for few states, and on every one-dimensional chain; nested multigrid for many. Where that does not get
     * there, or not within half the work of an elimination, told beforehand from the sizes of its matrices, elimination if
     * it is affordable; then algebraic multigrid,
     * and elimination at last if it fits into memory ({@link SolverChoice}).
     */
    AUTOMATIC,
    /**
     * Direct, without subtractions: every state to about 13 digits. O(n³) operations and O(n² log n) memory for n×n cells of a
     * grid.
     */
    ELIMINATION,
    /**
     * Multigrid, by nested iteration over coarser chains or, where these do not resolve the equation, algebraic: time and
     * memory nearly proportional to the number of states, residual of every state below 1e-12 and as a rule 1e-13, relative
     * to the flow through it. Probabilities below 1e-270 of the largest are not resolved.
     */
    MULTIGRID
}
