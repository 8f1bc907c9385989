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

    /** Where nested multigrid fails, elimination of so many multiplications, a minute, comes before the algebraic one. */
    private static final double AFFORDABLE = 5e10;

    /** A cycle of nested multigrid takes as long as so many multiplications of an elimination for each state. */
    private static final double CYCLE = 100.0;

    /** What nested multigrid may spend before elimination takes over, in parts of the work of that. */
    private static final double TRIAL = 0.5;

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

    /**
     * Cycles times states that nested multigrid may spend: so the choice takes half as long again as elimination at most. Not asked
     * for by a chain that converges at once.
     */
    static double budget(EliminationCost cost) {
        return eliminatesNext(cost) ? TRIAL * cost.work() / CYCLE : Double.POSITIVE_INFINITY;
    }

    /** Whether elimination takes over at once from nested multigrid that has failed. */
    static boolean eliminatesNext(EliminationCost cost) {
        return cost.work() <= AFFORDABLE && cost.fits();
    }

    /** Whether implicit steps are solved by elimination. */
    static boolean eliminatesSteps(int states, int dimension) {
        return states <= limit(dimension, STEPS_IN_A_PLANE, STEPS_IN_SPACE);
    }

    /** Whether mean times are found by elimination: it costs as much as that of a step. */
    static boolean eliminatesPassages(int states, int dimension) {
        return eliminatesSteps(states, dimension);
    }

    private static int limit(int dimension, int plane, int space) {
        return switch (dimension) {
            case 1 -> Integer.MAX_VALUE;
            case 2 -> plane;
            default -> space;
        };
    }
}
