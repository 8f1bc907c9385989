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

    /** Fewer states than those limits are eliminated if it takes no more multiplications, a second: not if rates lead far. */
    private static final double QUICK = 2e9;

    /** What an elimination takes besides, for each state, as long as so many multiplications. */
    private static final double ASSEMBLY = 8000.0;

    /** A cycle of multigrid takes as long as so many multiplications of an elimination for each rate. */
    private static final double CYCLE = 60.0;

    /** What multigrid may spend before elimination takes over, in parts of the time of that. */
    private static final double TRIAL = 0.5;

    /** A law of multigrid with more doubt is found again by elimination, if this is possible. */
    static final double DOUBTFUL = 1e-4;

    /** Cycles on the finest chain without which the algebraic method is not begun. */
    private static final double ALGEBRAIC_CYCLES = 100.0;

    /**
     * Implicit steps: a solve costs the same by elimination and by multigrid there, and the preparation of multigrid a
     * fraction of the elimination.
     */
    private static final int STEPS_IN_A_PLANE = 150_000;

    private static final int STEPS_IN_SPACE = 15_000;

    private SolverChoice() {}

    /** How to find the stationary law. */
    static SteadyStateMethod steadyState(NestedChain chain) {
        int states = chain.generator().states();
        return states <= limit(chain.dimension(), STEADY_IN_A_PLANE, STEADY_IN_SPACE) && isQuick(chain)
                ? SteadyStateMethod.ELIMINATION
                : SteadyStateMethod.MULTIGRID;
    }

    private static boolean isQuick(NestedChain chain) {
        double states = chain.generator().states();
        return chain.dimension() == 1
                || states * states * states / 3.0 <= QUICK
                || EliminationCost.of(chain.generator(), chain.order()).work() <= QUICK;
    }

    /**
     * Cycles times states that multigrid may spend: so the choice takes less than twice as long as elimination. No limit if
     * this is impossible.
     */
    static double budget(Generator generator, EliminationCost cost) {
        if (!cost.fits()) {
            return Double.POSITIVE_INFINITY;
        }
        double ratesOfEach = Math.max(1.0, (double) generator.rateCount() / generator.states());
        return TRIAL * (cost.work() + ASSEMBLY * generator.states()) / (CYCLE * ratesOfEach);
    }

    /** Whether algebraic multigrid is tried before elimination, where nested multigrid has failed or there is none. */
    static boolean triesAlgebraic(Generator generator, CycleBudget budget) {
        return !generator.hasNegativeRates() && budget.left() >= ALGEBRAIC_CYCLES * generator.states();
    }

    /** Whether elimination must find a law of multigrid again. */
    static boolean isDoubtful(Multigrid.NullVector law, CycleBudget budget) {
        return !(law.doubt <= DOUBTFUL) && budget.left() < Double.POSITIVE_INFINITY;
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
