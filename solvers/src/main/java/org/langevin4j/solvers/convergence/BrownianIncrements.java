package org.langevin4j.solvers.convergence;

import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.solvers.sde.DrivingNoise;

/** A block of Brownian paths at one level: every interval's increments, space-time areas and, if asked, Lévy areas. */
final class BrownianIncrements {

    private final int components;
    private final boolean areas;
    private final int paths;
    private final double horizon;

    /** {@code [interval][row][path]}: ΔWₖ, Hₖ and Aⱼₖ in the units of the path. */
    private final double[][][] increments;

    private final double[][][] timeAreas;
    private final double[][][] levyAreas;
    private int level;

    BrownianIncrements(BrownianPath[] block, int level, boolean areas) {
        this.components = block[0].components();
        this.horizon = block[0].horizon();
        this.areas = areas;
        this.paths = block.length;
        this.level = level;
        int n = 1 << level;
        this.increments = new double[n][components][paths];
        this.timeAreas = new double[n][components][paths];
        this.levyAreas = new double[n][areas ? components * (components - 1) / 2 : 0][paths];
        for (int p = 0; p < paths; p++) {
            int path = p;
            block[p].visit(level, (i, w, h) -> {
                int at = (int) i;
                int pair = 0;
                for (int j = 0; j < components; j++) {
                    increments[at][j][path] = w[j];
                    timeAreas[at][j][path] = h[j];
                    for (int k = j + 1; areas && k < components; k++, pair++) {
                        // The expectation given the increments and space-time areas, see BrownianPath.
                        levyAreas[at][pair][path] = h[j] * w[k] - w[j] * h[k];
                    }
                }
            });
        }
    }

    /** Joins intervals until the level is reached. */
    void coarsenTo(int target) {
        for (; level > target; level--) {
            for (int i = 0; i < 1 << (level - 1); i++) {
                join(i);
            }
        }
    }

    private void join(int i) {
        double[][] left = increments[2 * i];
        double[][] right = increments[2 * i + 1];
        double[][] leftTime = timeAreas[2 * i];
        double[][] rightTime = timeAreas[2 * i + 1];
        int pair = 0;
        for (int j = 0; areas && j < components; j++) {
            for (int k = j + 1; k < components; k++, pair++) {
                double[] a = levyAreas[2 * i][pair];
                double[] b = levyAreas[2 * i + 1][pair];
                for (int p = 0; p < paths; p++) {
                    levyAreas[i][pair][p] = a[p] + b[p] + 0.5 * (left[j][p] * right[k][p] - left[k][p] * right[j][p]);
                }
            }
        }
        for (int k = 0; k < components; k++) {
            for (int p = 0; p < paths; p++) {
                double w1 = left[k][p];
                double w2 = right[k][p];
                timeAreas[i][k][p] = 0.25 * (w1 - w2) + 0.5 * (leftTime[k][p] + rightTime[k][p]);
                increments[i][k][p] = w1 + w2;
            }
        }
    }

    int intervals() {
        return 1 << level;
    }

    /** The noise of one interval; valid until the next call for the same target. */
    DrivingNoise noise(int interval, Normalised target) {
        double h = Math.scalb(horizon, -level);
        scale(increments[interval], 1.0 / Math.sqrt(h), target.increments);
        scale(timeAreas[interval], Math.sqrt(12.0 / h), target.timeAreas);
        scale(levyAreas[interval], 1.0 / h, target.levyAreas);
        return target;
    }

    Normalised target() {
        return new Normalised(
                new double[components][paths], new double[components][paths], new double[levyAreas[0].length][paths]);
    }

    private static void scale(double[][] from, double factor, double[][] to) {
        for (int k = 0; k < to.length; k++) {
            for (int p = 0; p < to[k].length; p++) {
                to[k][p] = factor * from[k][p];
            }
        }
    }

    /** Arrays that hold the numbers of one interval without units. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Normalised(double[][] increments, double[][] timeAreas, double[][] levyAreas) implements DrivingNoise {}
}
