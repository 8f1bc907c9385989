package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A chain and its coarser and coarser aggregations, and with them an approximate inverse of each level's I − G: the
 * K-cycle of Notay (2008). A correction that is constant on aggregates is too small by an unknown factor; on each level
 * two steps of conjugate residuals find it. They are taken in the scalar product with the weights D, in which a
 * reversible chain is symmetric, so that slow exchange between wells is not drowned by the tails.
 */
final class Hierarchy {

    /** A chain of at most so many cells is eliminated. */
    private static final int COARSEST = 60;

    /** Beyond this a chain that cannot be aggregated further is not eliminated but swept. */
    private static final int LARGEST_DENSE = 600;

    private static final int COARSEST_SWEEPS = 8;

    /** No second step if the first has brought the residual down to this part. */
    private static final double ENOUGH = 0.25;

    private final List<Level> levels = new ArrayList<>();
    private final List<Aggregation> aggregations = new ArrayList<>();
    private final List<Space> spaces = new ArrayList<>();
    private boolean conservative;

    /** The coarsest I − G, inverted; for a conservative chain with u = 0 at its heaviest cell. Empty if it is swept. */
    private double[] inverse = new double[0];

    /** Vectors of one level. */
    private static final class Space {

        final double[] right;
        final double[] correction;
        final double[] first;
        final double[] firstImage;
        final double[] second;
        final double[] secondImage;

        Space(int cells) {
            right = new double[cells];
            correction = new double[cells];
            first = new double[cells];
            firstImage = new double[cells];
            second = new double[cells];
            secondImage = new double[cells];
        }
    }

    private Hierarchy() {}

    /** Aggregates until few cells are left. */
    static Hierarchy of(Level finest) {
        Hierarchy hierarchy = new Hierarchy();
        hierarchy.levels.add(finest);
        Level level = finest;
        while (level.cells > COARSEST) {
            Aggregation aggregation = Aggregation.of(level);
            if (aggregation.count == 0 || aggregation.count > 0.9 * level.cells) {
                break;
            }
            level = level.coarsened(aggregation);
            hierarchy.aggregations.add(aggregation);
            hierarchy.levels.add(level);
            hierarchy.spaces.add(new Space(level.cells));
        }
        hierarchy.conservative = Arrays.stream(level.lost).sum() == 0.0;
        hierarchy.invert();
        return hierarchy;
    }

    /** Number of the coarsest level; the finest is 0. */
    int coarsest() {
        return levels.size() - 1;
    }

    Level level(int number) {
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

    private double[] denseRates(Level level) {
        double[] rates = new double[level.cells * level.cells];
        for (int i = 0; i < level.cells; i++) {
            for (int k = level.starts[i]; k < level.starts[i + 1]; k++) {
                rates[i * level.cells + level.sources[k]] = level.g[k] * level.outflow[i];
            }
        }
        return rates;
    }

    private void invert() {
        Level level = levels.get(coarsest());
        int n = level.cells;
        if (n > LARGEST_DENSE) {
            inverse = new double[0];
            return;
        }
        double[] rates = denseRates(level);
        double[] excess = level.lost.clone();
        int fixed = -1;
        if (conservative) {
            fixed = 0;
            for (int i = 1; i < n; i++) {
                fixed = level.outflow[i] > level.outflow[fixed] ? i : fixed;
            }
            for (int j = 0; j < n; j++) {
                excess[j] = rates[fixed * n + j];
                rates[fixed * n + j] = 0.0;
                rates[j * n + fixed] = 0.0;
            }
            excess[fixed] = 1.0;
        }
        DenseElimination elimination = DenseElimination.of(n, rates, excess);
        inverse = new double[n * n];
        for (int j = 0; j < n; j++) {
            if (j == fixed) {
                continue;
            }
            double[] column = new double[n];
            column[j] = level.outflow[j];
            elimination.solve(column);
            for (int i = 0; i < n; i++) {
                inverse[i * n + j] = i == fixed ? 0.0 : column[i];
            }
        }
    }

    /**
     * An estimate of the null vector u of I − G on a level: that of the coarsest chain, swept once forward and backward on
     * each finer one.
     */
    double[] nullVector(int finest) {
        Level level = levels.get(coarsest());
        double[] u;
        if (level.cells > LARGEST_DENSE) {
            u = new double[level.cells];
            Arrays.fill(u, 1.0);
        } else {
            u = DenseElimination.of(level.cells, denseRates(level), new double[level.cells])
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

    /** Values of the aggregates given to their cells; 0 to cells in none. */
    private double[] prolong(int fine, double[] coarse) {
        int[] of = aggregations.get(fine).of;
        double[] u = new double[of.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = of[i] < 0 ? 0.0 : coarse[of[i]];
        }
        return u;
    }

    /** One cycle: u ≈ (I − G)⁻¹r on a level. */
    void cycle(int number, double[] r, double[] u) {
        Level level = levels.get(number);
        if (number == coarsest()) {
            solveCoarsest(level, r, u);
            return;
        }
        level.strips.each((from, to) -> Arrays.fill(u, from, to, 0.0));
        level.sweep(true, u, r);
        Aggregation aggregation = aggregations.get(number);
        Space space = spaces.get(number);
        level.restrict(aggregation, levels.get(number + 1), u, r, space.right);
        correct(number + 1, space);
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

    private void solveCoarsest(Level level, double[] r, double[] u) {
        int n = level.cells;
        if (inverse.length == 0) {
            Arrays.fill(u, 0, n, 0.0);
            for (int s = 0; s < COARSEST_SWEEPS; s++) {
                level.sweep(true, u, r);
                level.sweep(false, u, r);
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            double sum = 0.0;
            for (int j = 0; j < n; j++) {
                sum += inverse[i * n + j] * r[j];
            }
            u[i] = sum;
        }
    }

    /** At most two steps of conjugate residuals, each with a cycle as preconditioner. */
    private void correct(int number, Space s) {
        Level level = levels.get(number);
        if (number == coarsest()) {
            cycle(number, s.right, s.correction);
            return;
        }
        cycle(number, s.right, s.first);
        level.apply(s.first, s.firstImage);
        double norm = level.product(s.firstImage, s.firstImage);
        double before = level.product(s.right, s.right);
        double along = level.product(s.firstImage, s.right);
        if (!(norm > 0.0)) {
            System.arraycopy(s.first, 0, s.correction, 0, level.cells);
            return;
        }
        double step = along / norm;
        if (before - along * step <= ENOUGH * ENOUGH * before) {
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
        cycle(number, s.right, s.second);
        level.apply(s.second, s.secondImage);
        double cross = level.product(s.secondImage, s.firstImage);
        double secondNorm = level.product(s.secondImage, s.secondImage);
        double left = secondNorm - cross * cross / norm;
        // If the second direction is the first again it brings nothing.
        double secondStep = left > 1e-24 * secondNorm ? level.product(s.secondImage, s.right) / left : 0.0;
        double firstStep = step - cross * secondStep / norm;
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                s.correction[i] = firstStep * s.first[i] + secondStep * s.second[i];
            }
        });
    }
}
