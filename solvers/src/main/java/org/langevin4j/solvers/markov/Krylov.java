package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * Generalised conjugate residuals for (I − G)u = r on one {@link ScaledChain}, with a cycle over coarser ones as a
 * preconditioner that may change from step to step (Eisenstat, Elman and Schultz 1983). Residuals are relative to the flow
 * through each state; all states count alike, or with the flow through them. Only the last few directions are kept.
 */
final class Krylov {

    /** Numbers of all vectors that are worked on together, so that they stay in the cache. */
    private static final int BLOCK = 1024;

    /** An approximate inverse of I − G. */
    @FunctionalInterface
    interface Cycle {

        /**
         * u ≈ (I − G)⁻¹r.
         *
         * @param r not modified
         * @param u receives the result
         * @param room for one number a state, of no meaning before and after
         */
        void run(double[] r, double[] u, double[] room);
    }

    private final ScaledChain level;
    private final Cycle cycle;

    private final double[] solution;
    private final double[] residual;
    private final double[][] directions;
    private final double[][] images;
    private final double[] norms;
    private final boolean weighted;
    private int iterations;

    /** max |rᵢ| after the last step; negative before the first. */
    private double largest = -1.0;

    /**
     * Starts the iteration.
     *
     * @param solution where it starts; overwritten
     * @param residual what is missing there; overwritten
     * @param kept number of directions to keep
     */
    Krylov(ScaledChain level, Cycle cycle, double[] solution, double[] residual, int kept) {
        this(level, cycle, solution, residual, kept, false);
    }

    private Krylov(ScaledChain level, Cycle cycle, double[] solution, double[] residual, int kept, boolean weighted) {
        this.weighted = weighted;
        this.level = level;
        this.cycle = cycle;
        this.solution = solution;
        this.residual = residual;
        this.directions = new double[kept][];
        this.images = new double[kept][];
        this.norms = new double[kept];
    }

    /** Starts the iteration in which states count with the flow D through them. */
    static Krylov weighted(ScaledChain level, Cycle cycle, double[] solution, double[] residual, int kept) {
        return new Krylov(level, cycle, solution, residual, kept, true);
    }

    int kept() {
        return norms.length;
    }

    int iterations() {
        return iterations;
    }

    /** ‖r‖², with the weights. */
    double squaredNorm() {
        return product(residual, residual);
    }

    /** max |rᵢ|. */
    double largestResidual() {
        return largest >= 0.0 || Double.isNaN(largest)
                ? largest
                : level.strips.max((from, to) -> {
                    double max = 0.0;
                    for (int i = from; i < to; i++) {
                        max = Math.max(max, Math.abs(residual[i]));
                    }
                    return max;
                });
    }

    /** Σ Dᵢ|rᵢ|. */
    double missingFlow() {
        return level.strips.sum((from, to) -> {
            double sum = 0.0;
            for (int i = from; i < to; i++) {
                sum += level.outflow[i] * Math.abs(residual[i]);
            }
            return sum;
        });
    }

    /** max |dᵢ|/max |(Md)ᵢ| of the last direction d over states that are not negligible: how much a residual may stand for. */
    double amplification() {
        int slot = (iterations - 1) % norms.length;
        double direction = largestResolved(directions[slot]);
        return direction == 0.0 ? 0.0 : direction / largestResolved(images[slot]);
    }

    private double largestResolved(double[] values) {
        return level.strips.max((from, to) -> {
            double max = 0.0;
            for (int i = from; i < to; i++) {
                max = level.mass[i] > ScaledChain.RESOLVED ? Math.max(max, Math.abs(values[i])) : max;
            }
            return max;
        });
    }

    private double product(double[] a, double[] b) {
        return level.strips.sum((from, to) -> product(a, b, from, to));
    }

    private double product(double[] a, double[] b, int from, int to) {
        return weighted ? level.product(a, b, from, to) : dot(a, b, from, to);
    }

    /** Four sums side by side, since each addition waits for the one before. */
    private static double dot(double[] a, double[] b, int from, int to) {
        double sum0 = 0.0;
        double sum1 = 0.0;
        double sum2 = 0.0;
        double sum3 = 0.0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            sum0 += a[i] * b[i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /** One more direction. */
    void step() {
        int slot = iterations % norms.length;
        int others = Math.min(iterations, norms.length);
        if (directions[slot] == null) {
            directions[slot] = new double[level.states];
            images[slot] = new double[level.states];
        }
        double[] spareDirection = directions[slot];
        double[] spareImage = images[slot];
        cycle.run(residual, spareDirection, spareImage);
        iterations++;
        double[][] parts = new double[level.strips.count()][norms.length];
        level.strips.each((from, to) -> {
            double[] mine = parts[level.strips.stripOf(from)];
            for (int begin = from; begin < to; begin += BLOCK) {
                int end = Math.min(begin + BLOCK, to);
                level.apply(spareDirection, spareImage, begin, end);
                for (int k = 0; k < others; k++) {
                    if (k != slot) {
                        mine[k] += product(spareImage, images[k], begin, end);
                    }
                }
            }
        });
        double[] factors = new double[norms.length];
        for (int k = 0; k < others; k++) {
            for (double[] part : parts) {
                factors[k] += norms[k] > 0.0 ? part[k] / norms[k] : 0.0;
            }
        }
        double[] alongs = new double[level.strips.count()];
        norms[slot] = level.strips.sum((from, to) -> {
            double norm = 0.0;
            double along = 0.0;
            for (int begin = from; begin < to; begin += BLOCK) {
                int end = Math.min(begin + BLOCK, to);
                for (int k = 0; k < others; k++) {
                    if (k != slot) {
                        subtract(spareDirection, factors[k], directions[k], begin, end);
                        subtract(spareImage, factors[k], images[k], begin, end);
                    }
                }
                norm += product(spareImage, spareImage, begin, end);
                along += product(spareImage, residual, begin, end);
            }
            alongs[level.strips.stripOf(from)] = along;
            return norm;
        });
        double along = Arrays.stream(alongs).sum();
        double length = norms[slot] > 0.0 ? along / norms[slot] : 0.0;
        largest = level.strips.max((from, to) -> {
            double max = 0.0;
            for (int i = from; i < to; i++) {
                solution[i] += length * spareDirection[i];
                residual[i] -= length * spareImage[i];
                max = Math.max(max, Math.abs(residual[i]));
            }
            return max;
        });
    }

    private static void subtract(double[] from, double factor, double[] what, int begin, int end) {
        for (int i = begin; i < end; i++) {
            from[i] -= factor * what[i];
        }
    }
}
