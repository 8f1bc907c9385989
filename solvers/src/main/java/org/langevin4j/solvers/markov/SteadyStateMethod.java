package org.langevin4j.solvers.markov;

/** How a stationary law is found. */
public enum SteadyStateMethod {
    /**
     * Elimination for few states, unless their rates lead far, and on every one-dimensional chain; for many nested multigrid and,
     * where that does not get there, algebraic multigrid. Together these may take half as long as an elimination,
     * told beforehand from the sizes of its matrices, which then takes over ({@link SolverChoice}); as long as they
     * need if it does not fit into memory.
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
     * to the flow through it. Probabilities below 1e-270 of the largest are not resolved. The weights of wells follow from
     * a residual only if their escape rates are well above it: behind barriers of more than 20 kT they may be wrong,
     * which {@link #AUTOMATIC} mends by elimination, if that fits into memory.
     */
    MULTIGRID
}
