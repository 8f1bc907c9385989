package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain and its coarser and coarser aggregations, and with them an approximate inverse of each level's I − G: the
 * K-cycle of Notay (2008). A correction that is constant on aggregates is too small by an unknown factor; on each level
 * two steps of conjugate residuals find it. They are taken in the scalar product with the weights D, in which a
 * reversible chain is symmetric, so that slow exchange between wells is not drowned by the tails.
 */
final class AggregationHierarchy {

    /** A chain of at most so many states is eliminated. */
    private static final int COARSEST = 60;

    /** Beyond this a chain that cannot be aggregated further is not eliminated but swept. */
    private static final int LARGEST_DENSE = 600;

    private static final int COARSEST_SWEEPS = 8;

    /** States worked on together, so that they stay in the cache. */
    private static final int BLOCK = 1024;

    /**
     * All visits of one level may pass over so many times the rates of the finest: where aggregates get few slowly, one step is
     * taken.
     */
    private static final double MOST_WORK = 1.0;

    /** No second step if the first has brought the residual down to this part. */
    private static final double ENOUGH = 0.25;

    private final List<ScaledChain> levels = new ArrayList<>();
    private final List<Aggregation> aggregations = new ArrayList<>();
    private final List<Space> spaces = new ArrayList<>();
    private boolean conservative;

    /** Whether a cycle may take two steps on a level. */
    private boolean[] twice = new boolean[0];

    /** What a cycle on the finest takes at most, in passes over its rates. */
    private double work;

    /** Of the coarsest I − G; null if it is swept. */
    private @Nullable CoarsestInverse inverse;

    /** Vectors of one level. */
    static final class Space {

        final double[] right;

        /** Until it is known it has room for others. */
        final double[] correction;

        final double[] first;
        final double[] firstImage;
        final double[] second;

        Space(int states) {
            right = new double[states];
            correction = new double[states];
            first = new double[states];
            firstImage = new double[states];
            second = new double[states];
        }
    }

    private AggregationHierarchy() {}

    /** Aggregates until few states are left. */
    static AggregationHierarchy of(ScaledChain finest) {
        AggregationHierarchy hierarchy = new AggregationHierarchy();
        hierarchy.levels.add(finest);
        ScaledChain level = finest;
        while (level.states > COARSEST) {
            Aggregation aggregation = Pairing.of(level);
            if (aggregation.count == 0 || aggregation.count > 0.9 * level.states) {
                break;
            }
            ScaledChain coarse = level.coarsened(aggregation);
            hierarchy.aggregations.add(aggregation);
            hierarchy.levels.add(coarse);
            hierarchy.spaces.add(new Space(coarse.states));
            level = coarse;
        }
        hierarchy.plan();
        hierarchy.conservative = Arrays.stream(level.lost).sum() == 0.0;
        hierarchy.invert();
        return hierarchy;
    }

    private void plan() {
        double finest = rates(0);
        double visits = 1.0;
        twice = new boolean[levels.size()];
        work = 1.0;
        for (int l = 1; l < levels.size(); l++) {
            twice[l] = 2.0 * visits * rates(l) <= MOST_WORK * finest;
            visits *= twice[l] ? 2.0 : 1.0;
            work += visits * rates(l) / finest;
        }
    }

    /** What a cycle takes at most, in passes over the rates of the finest level: about 2 if aggregates are of four states. */
    double work() {
        return work;
    }

    private double rates(int number) {
        return levels.get(number).rows().sources.length;
    }

    /**
     * How much more than the residual of every state a law may be wrong, as far as the coarsest chain tells: residuals of
     * one sign are summed up to there. Large if parts are joined by rare jumps.
     */
    double amplification() {
        if (inverse == null) {
            return 1.0;
        }
        double[] r = new double[levels.get(0).states];
        Arrays.fill(r, 1.0);
        for (int l = 0; l < coarsest(); l++) {
            ScaledChain fine = levels.get(l);
            ScaledChain coarse = levels.get(l + 1);
            double[] sums = new double[coarse.states];
            for (int i = 0; i < fine.states; i++) {
                int a = aggregations.get(l).of[i];
                if (a >= 0 && fine.mass[i] > ScaledChain.RESOLVED) {
                    sums[a] += r[i] * fine.outflow[i] / coarse.outflow[a];
                }
            }
            r = sums;
        }
        double[] u = new double[r.length];
        inverse.times(r, u);
        return Arrays.stream(u).max().orElseThrow();
    }

    /** Number of the coarsest level; the finest is 0. */
    int coarsest() {
        return levels.size() - 1;
    }

    ScaledChain level(int number) {
        return levels.get(number);
    }

    Aggregation aggregation(int number) {
        return aggregations.get(number);
    }

    /** Recomputes all levels coarser than the given one, after a change of its reference vector. */
    void refresh(int finest) {
        for (int l = finest; l < coarsest(); l++) {
            levels.set(l + 1, levels.get(l).coarsened(aggregations.get(l)));
        }
        invert();
    }

    private void invert() {
        ScaledChain level = levels.get(coarsest());
        inverse = level.states > LARGEST_DENSE ? null : CoarsestInverse.of(level, conservative);
    }

    /**
     * An estimate of the null vector u of I − G on a level: that of the coarsest chain, swept once forward and backward on
     * each finer one.
     */
    double[] nullVector(int finest) {
        ScaledChain level = levels.get(coarsest());
        double[] u;
        if (level.states > LARGEST_DENSE) {
            u = new double[level.states];
            Arrays.fill(u, 1.0);
        } else {
            u = DenseElimination.of(level.states, CoarsestInverse.rates(level), new double[level.states])
                    .nullVector();
            double largest = Arrays.stream(u).max().orElseThrow();
            for (int i = 0; i < u.length; i++) {
                u[i] /= largest;
            }
        }
        for (int l = coarsest() - 1; l >= finest; l--) {
            u = prolong(l, u);
            levels.get(l).sweep(true, u);
            levels.get(l).sweep(false, u);
        }
        return u;
    }

    /** Values of the aggregates given to their states; 0 to states in none. */
    private double[] prolong(int fine, double[] coarse) {
        int[] of = aggregations.get(fine).of;
        double[] u = new double[of.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = of[i] < 0 ? 0.0 : coarse[of[i]];
        }
        return u;
    }

    /** One cycle: u ≈ (I − G)⁻¹r on a level; with room for one number a state. */
    void cycle(int number, double[] r, double[] u, double[] room) {
        ScaledChain level = levels.get(number);
        if (number == coarsest()) {
            solveCoarsest(level, r, u);
            return;
        }
        level.start(u, r);
        Aggregation aggregation = aggregations.get(number);
        Space space = spaces.get(number);
        level.restrict(aggregation, levels.get(number + 1), u, room, space.right);
        if (number + 1 == coarsest()) {
            solveCoarsest(levels.get(number + 1), space.right, space.correction);
        } else {
            correct(
                    levels.get(number + 1),
                    (right, out, spare) -> cycle(number + 1, right, out, spare),
                    space,
                    twice[number + 1]);
        }
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                int a = aggregation.of[i];
                if (a >= 0) {
                    u[i] += space.correction[a];
                }
            }
        });
        level.sweep(true, u, r);
        level.sweep(false, u, r);
    }

    private void solveCoarsest(ScaledChain level, double[] r, double[] u) {
        if (inverse != null) {
            inverse.times(r, u);
            return;
        }
        Arrays.fill(u, 0, level.states, 0.0);
        for (int s = 0; s < COARSEST_SWEEPS; s++) {
            level.sweep(true, u, r);
            level.sweep(false, u, r);
        }
    }

    /** One step of conjugate residuals or at most two, each with a cycle as preconditioner. */
    static void correct(ScaledChain level, Krylov.Cycle cycle, Space s, boolean twice) {
        cycle.run(s.right, s.first, s.correction);
        double[] products = products(level, s.first, s.firstImage, s.firstImage, s.right);
        double norm = products[0];
        double along = products[1];
        double before = products[2];
        if (!(norm > 0.0)) {
            System.arraycopy(s.first, 0, s.correction, 0, level.states);
            return;
        }
        double step = along / norm;
        if (!twice || before - along * step <= ENOUGH * ENOUGH * before) {
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    s.correction[i] = step * s.first[i];
                }
            });
            return;
        }
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                s.right[i] -= step * s.firstImage[i];
            }
        });
        cycle.run(s.right, s.second, s.correction);
        products = products(level, s.second, s.correction, s.firstImage, s.right);
        double cross = products[3];
        double secondNorm = products[0];
        double left = secondNorm - cross * cross / norm;
        // If the second direction is the first again it brings nothing.
        double secondStep = left > 1e-24 * secondNorm ? products[1] / left : 0.0;
        double firstStep = step - cross * secondStep / norm;
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                s.correction[i] = firstStep * s.first[i] + secondStep * s.second[i];
            }
        });
    }

    /** image = (I − G)u, and the products image·image, image·r, r·r and image·other in one pass. */
    private static double[] products(ScaledChain level, double[] u, double[] image, double[] other, double[] r) {
        double[][] parts = new double[level.strips.count()][4];
        level.strips.each((from, to) -> {
            double[] mine = parts[level.strips.stripOf(from)];
            for (int begin = from; begin < to; begin += BLOCK) {
                int end = Math.min(begin + BLOCK, to);
                level.apply(u, image, begin, end);
                mine[0] += level.product(image, image, begin, end);
                mine[1] += level.product(image, r, begin, end);
                mine[2] += level.product(r, r, begin, end);
                mine[3] += other == image ? 0.0 : level.product(image, other, begin, end);
            }
        });
        double[] sums = new double[4];
        for (double[] part : parts) {
            for (int p = 0; p < sums.length; p++) {
                sums[p] += part[p];
            }
        }
        return sums;
    }
}
