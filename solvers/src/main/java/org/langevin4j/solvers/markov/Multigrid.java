package org.langevin4j.solvers.markov;

import java.util.Arrays;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Solves Ap = 0 and (diag(excess) − A)p = r by algebraic multigrid, at a cost nearly proportional to the number of states.
 *
 * <p>The steady state is sought as p = x·u with a known vector x and u near 1. The chain of states aggregated with the
 * weights x has the exact law as a fixed point (iterative aggregation and disaggregation; Takahashi 1975, Horton and
 * Leutenegger 1994), and A·diag(x), with its vanishing column sums and nearly vanishing row sums, is the kind of M-matrix
 * for which plain aggregation is a robust preconditioner (Notay 2012). So x is first found on the coarsest chain and
 * carried from each level to the next finer one, where it is improved in rounds:
 *
 * <ol>
 *   <li>sweeps without subtraction put local ratios right;
 *   <li>the coarser chains are recomputed with x, and their null vector gives a first u;
 *   <li>conjugate residuals, with cycles over the levels, solve for the rest of u; residuals are measured state by state
 *       relative to the flow through the state, so that probabilities of 1e-100 become as accurate as those of 1;
 *   <li>x becomes x·u, u being kept away from zero.
 * </ol>
 *
 * <p>A start that is too large in the tails does no harm, one that is too small does: its u is huge there. That is why
 * the chains are first aggregated with equal weights, which makes them too hot.
 */
final class Multigrid implements ShiftedSolver {

    /** Componentwise residual of the steady state that is aimed at, and the one accepted if it gets no better. */
    static final double GOAL = 2e-14;

    static final double ACCEPTED = 1e-12;

    /** Total variation between the solution of a shifted system and the exact one, relative to its mass. */
    static final double TOLERANCE = 1e-10;

    /** No residual is known better. */
    static final double ROUNDING = 1e-16;

    private static final int ROUNDS = 60;

    /** Rounds on the finest of the coarser levels, doubled on each further one; and the residual that is enough there. */
    private static final int COARSE_ROUNDS = 8;

    private static final double COARSE_GOAL = 1e-3;

    /** From this residual on one solve may be carried through to the goal. */
    private static final double NEAR = 0.05;

    /** Largest ratio of two entries of u in which that solve, or its start, is trusted. */
    private static final double MODERATE = 4.0;

    /** Least u of one round: as far as a reduction to a hundredth can be trusted, and where the first guess is as small. */
    private static final double SMALL_FACTOR = 1e-3;

    private static final double SMALLEST_FACTOR = 1e-6;

    private static final double LARGEST_FACTOR = 10.0;

    private static final int STEPS = 120;

    /** A solve that has not brought the squared residual below this part in so many steps is given up. */
    private static final double STALLED = 0.5;

    private static final int FEWEST_STEPS = 8;

    /** Directions that the iteration keeps; after a stall four times as many, as far as that many numbers allow. */
    private static final int KEPT = 5;

    private static final int KEPT_NUMBERS = 50_000_000;

    /** Powers of the coarser level's solution that are tried as a start. */
    private static final double[] POWERS = {1.0, 1.25, 1.5, 1.75, 2.0};

    /** The reference vector of a shifted system does not fall below this. */
    private static final double SMALLEST_REFERENCE = 1e-100;

    /** A round takes as long as so many cycles besides those it makes. */
    private static final int ROUND = 5;

    /** Passes over the rates in a cycle, as a rule. */
    private static final double PASSES = 2.0;

    private final AggregationHierarchy hierarchy;
    private final CycleBudget budget;
    private int iterations;

    /** The largest of {@link Krylov#amplification} on the finest level. */
    private double amplification;

    private Multigrid(AggregationHierarchy hierarchy, CycleBudget budget) {
        this.hierarchy = hierarchy;
        this.budget = budget;
    }

    /** A null vector and how many cycles it took. */
    static final class NullVector {

        final double[] p;
        final int iterations;

        /**
         * An estimate, as a rule far too large, of the relative error of the weights of wells: where their escape rates are below the
         * residual it determines nothing.
         */
        final double doubt;

        NullVector(double[] p, int iterations, double doubt) {
            this.p = p;
            this.iterations = iterations;
            this.doubt = doubt;
        }
    }

    /** As with a budget without limit. */
    static NullVector nullVector(Generator generator) {
        return nullVector(generator, CycleBudget.unlimited());
    }

    /**
     * The vector with Ap = 0; exit rates are left out of account.
     *
     * @param generator A
     * @param budget what it may cost
     * @return p ≥ 0, largest entry about 1; zero at transient states, from which the process leaves for good. Entries that
     *     would be below 1e-278 are given as something of that size
     * @throws ReducibleGeneratorException if it is not unique
     * @throws ConvergenceException if the residual relative to the flow through a state stays above 1e-12 somewhere,
     *     or the budget is spent
     */
    static NullVector nullVector(Generator generator, CycleBudget budget) {
        ClosedClass closed = ClosedClass.of(generator.requirePositive("multigrid"));
        double[] p = new double[generator.states()];
        if (closed.states == 1) {
            for (int i = 0; i < p.length; i++) {
                p[i] = closed.number[i] < 0 ? 0.0 : 1.0;
            }
            return new NullVector(p, 0, 0.0);
        }
        ScaledChain finest =
                ScaledChain.compressed(generator, new double[generator.states()], closed.number, closed.states);
        Multigrid multigrid = new Multigrid(AggregationHierarchy.of(finest), budget);
        double left = multigrid.descend();
        for (int i = 0; i < p.length; i++) {
            p[i] = closed.number[i] < 0 ? 0.0 : finest.mass[closed.number[i]];
        }
        return new NullVector(p, multigrid.iterations, multigrid.doubt(left));
    }

    /** Finds the law; the residual that is left. */
    private double descend() {
        int coarsest = hierarchy.coarsest();
        hierarchy.level(coarsest).rescale(hierarchy.nullVector(coarsest));
        for (int l = coarsest - 1; l >= 0; l--) {
            ScaledChain level = hierarchy.level(l);
            level.rescale(start(level, carriedTo(l)));
            if (l > 0) {
                improve(l, COARSE_GOAL, Math.min(COARSE_ROUNDS << Math.min(l - 1, 8), ROUNDS));
            }
        }
        double left = improve(0, GOAL, ROUNDS);
        if (!(left <= ACCEPTED)) {
            throw new ConvergenceException("the steady state did not converge", left, iterations, ACCEPTED);
        }
        return left;
    }

    /**
     * How far the weights of parts that rare jumps join are left open by a residual. Where the coarsest chain alone gave the law
     * there is no doubt, since nothing was subtracted.
     */
    private double doubt(double left) {
        if (amplification == 0.0) {
            return 0.0;
        }
        hierarchy.refresh(0);
        return Math.max(left, ROUNDING) * amplification * hierarchy.amplification();
    }

    /** By what the masses of the aggregates have changed, given to their states. */
    private double[] carriedTo(int number) {
        Aggregation aggregation = hierarchy.aggregation(number);
        double[] fine = hierarchy.level(number).mass;
        double[] coarse = hierarchy.level(number + 1).mass;
        double[] u = new double[fine.length];
        for (int a = 0; a < aggregation.count; a++) {
            double before = 0.0;
            for (int m = aggregation.first[a]; m < aggregation.first[a + 1]; m++) {
                before += fine[aggregation.members[m]];
            }
            for (int m = aggregation.first[a]; m < aggregation.first[a + 1]; m++) {
                u[aggregation.members[m]] = coarse[a] / before;
            }
        }
        return u;
    }

    /**
     * A chain of aggregates diffuses too fast, by about a factor of two for each doubling of their size: it is too hot, and
     * the solution at half the temperature is the square. Where a drift carries the flow it is not so; the power that is
     * nearest to stationary after a sweep is taken.
     */
    private static double[] start(ScaledChain level, double[] u) {
        double largest = largest(level.strips, u);
        double[] best = u;
        double smallest = Double.POSITIVE_INFINITY;
        for (double power : POWERS) {
            double[] trial = new double[u.length];
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    trial[i] = Math.max(Math.pow(u[i] / largest, power), ScaledChain.SMALLEST_MASS);
                }
            });
            level.sweep(true, trial);
            double[] before = trial.clone();
            level.sweep(false, trial);
            double change = level.strips.sum((from, to) -> {
                double sum = 0.0;
                for (int i = from; i < to; i++) {
                    sum += Math.abs(trial[i] - before[i]) / (trial[i] + before[i]);
                }
                return sum;
            });
            if (change < smallest) {
                smallest = change;
                best = trial;
            }
        }
        return best;
    }

    /** Improves the reference vector of one level in rounds; the residual that is left. */
    private double improve(int number, double goal, int rounds) {
        ScaledChain level = hierarchy.level(number);
        double[] u = new double[level.states];
        double[] residual = new double[level.states];
        double left = Double.POSITIVE_INFINITY;
        int kept = KEPT;
        for (int round = 0; round < rounds; round++) {
            fill(level, u, 1.0);
            for (int s = 0; s < 2; s++) {
                level.sweep(true, u);
                level.sweep(false, u);
            }
            level.rescale(u);
            double before = left;
            left = level.imbalance();
            if (left <= goal || (left <= ACCEPTED && left > 0.3 * before) || !(budget.left() > 0.0)) {
                return left;
            }
            budget.spend(cost(level, ROUND));
            hierarchy.refresh(number);
            double[] guess = hierarchy.nullVector(number);
            double ofGuess = level.imbalance(guess);
            boolean moderate = largest(level.strips, guess) <= MODERATE * smallest(level, guess);
            if (ofGuess < 0.9 * left && !moderate) {
                level.rescale(guess);
                continue;
            }
            if (ofGuess < left && moderate) {
                System.arraycopy(guess, 0, u, 0, u.length);
            } else {
                fill(level, u, 1.0);
            }
            level.apply(u, residual);
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    residual[i] = -residual[i];
                }
            });
            Krylov krylov = new Krylov(
                    level, (right, out, room) -> hierarchy.cycle(number, right, out, room), u, residual, kept);
            boolean reduced = reduce(krylov, level, u, number == 0 && left < NEAR ? goal : Double.POSITIVE_INFINITY);
            budget.spend(cost(level, krylov.iterations()));
            if (!reduced) {
                kept = Math.max(KEPT, Math.min(4 * kept, Math.min(STEPS, KEPT_NUMBERS / level.states)));
            }
            if (number == 0) {
                iterations += krylov.iterations();
            }
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    double least = Math.max(Math.min(guess[i], SMALL_FACTOR), SMALLEST_FACTOR);
                    u[i] = Math.min(Math.max(u[i], least), LARGEST_FACTOR);
                }
            });
            level.rescale(u);
        }
        return left;
    }

    /**
     * Reduces the residual to a hundredth, and on to the goal if no entry of u has come near to zero.
     *
     * @return false if it stalls or the budget is spent
     */
    private boolean reduce(Krylov krylov, ScaledChain level, double[] u, double goal) {
        double target = 1e-4 * krylov.squaredNorm();
        double[] recent = new double[Math.max(FEWEST_STEPS, krylov.kept())];
        Arrays.fill(recent, Double.POSITIVE_INFINITY);
        boolean near = false;
        while (krylov.iterations() < STEPS && cost(level, krylov.iterations()) <= budget.left()) {
            krylov.step();
            if (level == hierarchy.level(0)) {
                amplification = Math.max(amplification, krylov.amplification());
            }
            double norm = krylov.squaredNorm();
            if (near) {
                if (krylov.largestResidual() <= 0.1 * goal) {
                    return true;
                }
            } else if (norm <= target) {
                if (goal == Double.POSITIVE_INFINITY || smallest(level, u) * MODERATE < 1.0) {
                    return true;
                }
                near = true;
            }
            int slot = krylov.iterations() % recent.length;
            if (!(norm <= STALLED * recent[slot])) {
                return false;
            }
            recent[slot] = norm;
        }
        return false;
    }

    private double cost(ScaledChain level, int cycles) {
        return (double) cycles * level.states * Math.max(hierarchy.work() / PASSES, 1.0);
    }

    private static void fill(ScaledChain level, double[] values, double value) {
        level.strips.each((from, to) -> Arrays.fill(values, from, to, value));
    }

    static double largest(ParallelStrips strips, double[] values) {
        return strips.max((from, to) -> {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                max = Math.max(max, values[i]);
            }
            return max;
        });
    }

    private static double smallest(ScaledChain level, double[] values) {
        return -level.strips.max((from, to) -> {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                max = Math.max(max, -values[i]);
            }
            return max;
        });
    }

    /**
     * A solver of (sI − A)p = r for one shift. Columns are scaled by the steady state, which is found first; without a
     * unique one they are not scaled.
     *
     * @param generator A; its exit rates are part of it
     * @param shift s > 0
     */
    static Multigrid shifted(Generator generator, double shift) {
        int n = generator.states();
        double[] excess = new double[n];
        int[] number = new int[n];
        for (int i = 0; i < n; i++) {
            excess[i] = shift + generator.exitRate(i);
            number[i] = i;
        }
        ScaledChain finest = ScaledChain.compressed(generator, excess, number, n);
        try {
            double[] p = nullVector(generator).p;
            for (int i = 0; i < n; i++) {
                p[i] = Math.max(p[i], SMALLEST_REFERENCE);
            }
            finest.rescale(p);
        } catch (ReducibleGeneratorException | ConvergenceException e) {
            return new Multigrid(AggregationHierarchy.of(finest), CycleBudget.unlimited());
        }
        return new Multigrid(AggregationHierarchy.of(finest), CycleBudget.unlimited());
    }

    /**
     * Solves to a total variation of 1e-10 of the mass; no entry is negative, and the mass balance Σ excessᵢpᵢ = Σ rᵢ holds
     * to rounding.
     *
     * @throws ConvergenceException if the iteration does not get there
     */
    @Override
    public double[] solve(double[] right) {
        ScaledChain level = hierarchy.level(0);
        double[] u = new double[level.states];
        double[] r = new double[level.states];
        double[] residual = new double[level.states];
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = right[i] / level.outflow[i];
                u[i] = right[i] / level.lost[i];
            }
        });
        level.apply(u, residual);
        double total = level.strips.sum((from, to) -> {
            double sum = 0.0;
            for (int i = from; i < to; i++) {
                residual[i] = r[i] - residual[i];
                sum += right[i];
            }
            return sum;
        });
        // The inverse of M has column sums of at most 1/excess: what is missing in flow bounds what is wrong in p.
        Krylov krylov = new Krylov(level, (rest, out, room) -> hierarchy.cycle(0, rest, out, room), u, residual, KEPT);
        double missing = krylov.missingFlow();
        while (missing > TOLERANCE * total) {
            if (krylov.iterations() == STEPS) {
                throw new ConvergenceException(
                        "the shifted system did not converge", missing / total, krylov.iterations(), TOLERANCE);
            }
            krylov.step();
            missing = krylov.missingFlow();
        }
        iterations += krylov.iterations();
        return level.positive(u, r, total);
    }

    /** Cycles on the finest level so far. */
    int iterations() {
        return iterations;
    }
}
