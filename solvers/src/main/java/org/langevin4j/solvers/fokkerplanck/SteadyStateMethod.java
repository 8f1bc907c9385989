package org.langevin4j.solvers.fokkerplanck;

/** How a steady state is found. */
public enum SteadyStateMethod {
    /**
     * Elimination for few cells, and on every one-dimensional grid; multigrid for many, and where that stagnates, elimination
     * again up to 100,000 cells.
     */
    AUTOMATIC,
    /**
     * Direct, without subtractions: every cell to about 13 digits. O(n³) operations and O(n² log n) memory for n×n cells.
     */
    ELIMINATION,
    /**
     * Multigrid, by nested iteration over coarser grids or, where these do not resolve the equation, algebraic: time and
     * memory nearly proportional to the number of cells, residual of every cell below 1e-12 and as a rule 1e-13, relative
     * to the flow through it. Probabilities below 1e-270 of the largest are not resolved.
     */
    MULTIGRID
}
