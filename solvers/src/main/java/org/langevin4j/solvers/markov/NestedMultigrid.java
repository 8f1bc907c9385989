package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The stationary law of a chain that has coarser ones by nested iteration (Brandt 1977): the chain is taken on coarser
 * and coarser chains, solved on the coarsest, and the logarithm of p/volume interpolated from each chain to the next
 * finer one.
 *
 * <p>There p = x·u with the interpolated x and u near 1 is improved. A·diag(x) has vanishing column sums and nearly vanishing
 * row sums: in u the gradient part of the drift is gone, and what remains is diffusion weighted by x and the rotation.
 * Conjugate residuals solve for u, preconditioned by cycles over the chains; each coarse one has its own A·diag(x). The
 * coarse residual is the sum over the states inside, the correction is interpolated linearly: orders 1 and 2, enough for a
 * second-order operator. Residuals are measured state by state relative to the flow through the state, as in
 * {@link Multigrid}, which takes over where the process is not resolved by the coarser chains and this fails.
 */
final class NestedMultigrid {

    /** Residual at which a coarse chain is left. */
    private static final double COARSE_GOAL = 1e-6;

    private static final int ROUNDS = 12;

    /** Cycles on one chain before the algebraic method is tried. */
    private static final int MOST_CYCLES = 100;

    /** A coarse chain that takes more foretells that the finest will take too many. */
    private static final int MOST_COARSE_CYCLES = 60;

    /** So many on a chain cost less than to know what elimination would cost. */
    private static final int FREE_CYCLES = 12;

    /** With a smaller residual twice the budget may be spent: most of the way is done. */
    private static final double CLOSE = 1e-3;

    /** A residual that does not fall by this factor in {@link #PATIENCE} cycles will not get far. */
    private static final double STALLED = 0.3;

    private static final int PATIENCE = 8;

    /** Directions that the iteration keeps; more on a chain of few states, and where a round has taken long. */
    private static final int KEPT = 2;

    private static final int MOST_KEPT = 20;

    private static final int KEPT_NUMBERS = 2_000_000;

    private static final int KEPT_NUMBERS_IF_SLOW = 40_000_000;

    /** The part of a residual that a round leaves, if it is not carried through. */
    private static final double PART = 1e-4;

    /** u below so many times the residual that is left is not trusted, but as far as the second number. */
    private static final double TRUSTED = 10.0;

    private static final double SMALLEST_FACTOR = 0.05;

    private static final double LARGEST_FACTOR = 20.0;

    /** With a larger residual the interpolated law is swept first. */
    private static final double SMOOTH = 1e-2;

    /** From this residual on one solve is carried through to the goal. */
    private static final double NEAR = 0.3;

    private final NestedHierarchy hierarchy;

    /** Asked when a chain takes more than {@link #FREE_CYCLES}. */
    private final CycleBudget budget;

    /** Cycles on the last chain so far. */
    private int iterations;

    /** Residual on the last chain so far. */
    private double left;

    private NestedMultigrid(NestedHierarchy hierarchy, CycleBudget budget) {
        this.hierarchy = hierarchy;
        this.budget = budget;
    }

    /**
     * The probabilities of the steady state.
     *
     * @throws ReducibleGeneratorException if it is not unique
     * @throws ConvergenceException if neither this nor the algebraic method gets to the tolerance
     */
    static Multigrid.NullVector nullVector(NestedChain chain) {
        Multigrid.NullVector found = nested(chain);
        return found != null ? found : Multigrid.nullVector(chain.generator());
    }

    /** The null vector, or null if it is not found this way. */
    static Multigrid.@Nullable NullVector nested(NestedChain finest) {
        return nested(finest, CycleBudget.unlimited());
    }

    /**
     * The null vector, or null if it is not found this way or not within a budget.
     *
     * @param budget what it may cost
     */
    static Multigrid.@Nullable NullVector nested(NestedChain finest, CycleBudget budget) {
        if (!ClosedClass.isWhole(finest.generator())) {
            return null;
        }
        NestedMultigrid found = ChainSequence.of(finest)
                .map(chains -> solve(chains, COARSE_GOAL, budget))
                .orElse(null);
        return found == null
                ? null
                : new Multigrid.NullVector(
                        found.hierarchy.level(found.hierarchy.finest()).mass,
                        found.iterations,
                        Math.max(found.left, Multigrid.ROUNDING) * found.hierarchy.amplification());
    }

    /**
     * The null vectors of all chains, exit rates being left out of account.
     *
     * @return one vector for each chain, or an empty list if they are not found this way
     */
    static List<double[]> nullVectors(ChainSequence chains) {
        if (!ClosedClass.isWhole(chains.chain(0).generator())) {
            return List.of();
        }
        NestedMultigrid found = solve(chains, Multigrid.ACCEPTED, CycleBudget.unlimited());
        List<double[]> vectors = new ArrayList<>();
        for (int n = found == null ? -1 : found.hierarchy.finest(); n >= 0 && found != null; n--) {
            vectors.add(found.hierarchy.level(n).mass);
        }
        return vectors;
    }

    private static @Nullable NestedMultigrid solve(ChainSequence chains, double coarseGoal, CycleBudget budget) {
        NestedChain last = chains.coarsest();
        ScaledChain level = level(last);
        try {
            level.rescale(Elimination.of(last.generator(), last.order(), 0.0).nullVector());
        } catch (ReducibleGeneratorException e) {
            return null;
        }
        NestedMultigrid multigrid = new NestedMultigrid(new NestedHierarchy(level, true), budget);
        for (int n = chains.size() - 2; n >= 0; n--) {
            multigrid.hierarchy.refine(chains, n, level(chains.chain(n)));
            double left = multigrid.improve(n == 0 ? Multigrid.GOAL : coarseGoal);
            if (!(left <= (n == 0 ? Multigrid.ACCEPTED : coarseGoal))) {
                return null;
            }
            multigrid.left = left;
        }
        return multigrid;
    }

    private static ScaledChain level(NestedChain chain) {
        return ScaledChain.of(chain.generator(), new double[0]);
    }

    /** Improves the law on the finest chain so far; the residual that is left. */
    private double improve(double goal) {
        int number = hierarchy.finest();
        ScaledChain level = hierarchy.level(number);
        double[] u = new double[level.states];
        double[] residual = new double[level.states];
        double left = level.imbalance();
        if (left > SMOOTH) {
            level.strips.each((from, to) -> Arrays.fill(u, from, to, 1.0));
            settle(level, u);
        }
        left = Double.POSITIVE_INFINITY;
        // The next finer chain takes no fewer cycles.
        if (!affords(level, iterations, 1.0)) {
            return Double.POSITIVE_INFINITY;
        }
        int most = goal < COARSE_GOAL ? MOST_CYCLES : MOST_COARSE_CYCLES;
        int many = kept(level, KEPT_NUMBERS_IF_SLOW);
        // What the chain below has taken this one will.
        int kept = iterations < FREE_CYCLES ? kept(level, KEPT_NUMBERS) : many;
        int cycles = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double before = left;
            left = level.imbalance();
            if (left <= goal
                    || (left <= Multigrid.ACCEPTED && left > 0.3 * before)
                    || cycles >= most
                    || !affords(level, cycles, left)
                    || Double.isNaN(left)) {
                break;
            }
            hierarchy.weigh();
            level.strips.each((from, to) -> Arrays.fill(u, from, to, 1.0));
            level.apply(u, residual);
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    residual[i] = -residual[i];
                }
            });
            Krylov krylov =
                    new Krylov(level, (r, out, room) -> hierarchy.cycle(number, r, out, room), u, residual, kept);
            int earlier = cycles;
            reduce(
                    krylov,
                    left < NEAR ? 0.3 * goal : PART * left,
                    done -> earlier + done < most
                            && affords(level, earlier + done, krylov.largestResidual())
                            && (done < FREE_CYCLES || krylov.kept() == many));
            cycles += krylov.iterations();
            if (krylov.iterations() >= FREE_CYCLES) {
                kept = many;
            }
            double least = Math.min(TRUSTED * krylov.largestResidual(), SMALLEST_FACTOR);
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    u[i] = Math.min(Math.max(u[i], least), LARGEST_FACTOR);
                }
            });
            settle(level, u);
        }
        iterations = cycles;
        budget.spend((double) cycles * level.states);
        return left;
    }

    private static int kept(ScaledChain level, int numbers) {
        return Math.max(KEPT, Math.min(MOST_KEPT, numbers / level.states));
    }

    /** Replaces x by x·u, its local ratios put right without subtraction. */
    private static void settle(ScaledChain level, double[] u) {
        level.sweep(true, u);
        level.sweep(false, u);
        level.rescale(u);
    }

    /** Whether the budget allows more than so many cycles on a chain, at a residual. */
    private boolean affords(ScaledChain level, int cycles, double left) {
        return cycles < FREE_CYCLES || (double) cycles * level.states <= budget.left(left < CLOSE ? 2.0 : 1.0);
    }

    /** Steps until the largest residual is at the goal, or falls no more. */
    private static void reduce(Krylov krylov, double goal, IntPredicate more) {
        double[] recent = new double[PATIENCE];
        Arrays.fill(recent, Double.POSITIVE_INFINITY);
        while (more.test(krylov.iterations())) {
            krylov.step();
            double largest = krylov.largestResidual();
            int slot = krylov.iterations() % PATIENCE;
            if (largest <= goal || !(largest <= STALLED * recent[slot])) {
                return;
            }
            recent[slot] = largest;
        }
    }
}
