package org.langevin4j.solvers.markov;

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

        /** u ≈ (I − G)⁻¹r; r is not modified. */
        void run(double[] r, double[] u);
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
        return level.strips.max((from, to) -> {
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

    private double product(double[] a, double[] b) {
        return weighted ? level.product(a, b) : level.strips.sum((from, to) -> dot(a, b, from, to));
    }

    private static double dot(double[] a, double[] b, int from, int to) {
        double sum = 0.0;
        for (int i = from; i < to; i++) {
            sum += a[i] * b[i];
        }
        return sum;
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
        cycle.run(residual, spareDirection);
        level.apply(spareDirection, spareImage);
        iterations++;
        double[] parts = new double[norms.length];
        for (int k = 0; k < others; k++) {
            if (k != slot) {
                parts[k] = norms[k] > 0.0 ? product(spareImage, images[k]) / norms[k] : 0.0;
            }
        }
        level.strips.each((from, to) -> {
            for (int begin = from; begin < to; begin += BLOCK) {
                int end = Math.min(begin + BLOCK, to);
                for (int k = 0; k < others; k++) {
                    if (k != slot) {
                        subtract(spareDirection, parts[k], directions[k], begin, end);
                        subtract(spareImage, parts[k], images[k], begin, end);
                    }
                }
            }
        });
        norms[slot] = product(spareImage, spareImage);
        double along = product(spareImage, residual);
        double length = norms[slot] > 0.0 ? along / norms[slot] : 0.0;
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                solution[i] += length * spareDirection[i];
                residual[i] -= length * spareImage[i];
            }
        });
    }

    private static void subtract(double[] from, double factor, double[] what, int begin, int end) {
        for (int i = begin; i < end; i++) {
            from[i] -= factor * what[i];
        }
    }
}
