package org.langevin4j.solvers.markov;

/**
 * Which linear solver suits a chain: the one place where the thresholds stand. They come from measured times on two cores.
 *
 * <p>Nested dissection of a lattice of n states costs O(n) in one dimension, O(n^1.5) in two and O(n²) in three, multigrid
 * nearly O(n) with a larger constant and, for rotations and degenerate noise, an uncertain one.
 */
final class SolverChoice {

    /** Steady states of a plane and of space up to so many states are faster by elimination. */
    private static final int STEADY_IN_A_PLANE = 20_000;

    private static final int STEADY_IN_SPACE = 5_000;

    /** Where multigrid stagnates, elimination takes over up to so many states: half a minute. */
    private static final int AFFORDABLE = 100_000;

    /**
     * Implicit steps: a solve costs the same by elimination and by multigrid there, and the preparation of multigrid a
     * fraction of the elimination.
     */
    private static final int STEPS_IN_A_PLANE = 150_000;

    private static final int STEPS_IN_SPACE = 15_000;

    private SolverChoice() {}

    /** How to find the stationary law. */
    static SteadyStateMethod steadyState(int states, int dimension) {
        return states <= limit(dimension, STEADY_IN_A_PLANE, STEADY_IN_SPACE)
                ? SteadyStateMethod.ELIMINATION
                : SteadyStateMethod.MULTIGRID;
    }

    /** Whether elimination may take over from multigrid that has failed. */
    static boolean isEliminationAffordable(int states) {
        return states <= AFFORDABLE;
    }

    /** Whether implicit steps are solved by elimination. */
    static boolean eliminatesSteps(int states, int dimension) {
        return states <= limit(dimension, STEPS_IN_A_PLANE, STEPS_IN_SPACE);
    }

    private static int limit(int dimension, int plane, int space) {
        return switch (dimension) {
            case 1 -> Integer.MAX_VALUE;
            case 2 -> plane;
            default -> space;
        };
    }
}
