package org.langevin4j.solvers.markov;

/**
 * Small dense systems (diag(excess) − A)p = r by elimination without subtractions, like {@link Elimination}.
 */
final class DenseElimination {

    private final int size;

    /** {@code rates[i*size + j]} is the rate from j to i; below the diagonal, after reduction, the parts of outflow. */
    private final double[] rates;

    private final double[] pivots;

    private DenseElimination(int size, double[] rates, double[] pivots) {
        this.size = size;
        this.rates = rates;
        this.pivots = pivots;
    }

    /**
     * Eliminates all states in order; the rates are overwritten. A pivot that is zero, as the last one of a chain without
     * excess, is replaced by one.
     */
    static DenseElimination of(int size, double[] rates, double[] excess) {
        double[] m = rates;
        double[] left = excess.clone();
        double[] pivots = new double[size];
        for (int k = 0; k < size; k++) {
            double pivot = left[k];
            for (int i = k + 1; i < size; i++) {
                pivot += m[i * size + k];
            }
            pivots[k] = pivot > 0.0 ? pivot : 1.0;
            for (int i = k + 1; i < size; i++) {
                m[i * size + k] /= pivots[k];
            }
            for (int j = k + 1; j < size; j++) {
                left[j] += left[k] / pivots[k] * m[k * size + j];
            }
            for (int i = k + 1; i < size; i++) {
                double part = m[i * size + k];
                if (part == 0.0) {
                    continue;
                }
                for (int j = k + 1; j < size; j++) {
                    m[i * size + j] += part * m[k * size + j];
                }
            }
        }
        return new DenseElimination(size, m, pivots);
    }

    /** The vector with Ap = 0, scaled so that its last entry is 1. */
    double[] nullVector() {
        double[] p = new double[size];
        p[size - 1] = 1.0;
        substituteBack(p, size - 1);
        return p;
    }

    /**
     * Solves for many right-hand sides in place.
     *
     * @param p right-hand sides beside each other, {@code p[i·size + number]}
     */
    void solveAll(double[] p) {
        for (int k = 0; k < size; k++) {
            for (int i = k + 1; i < size; i++) {
                addRow(rates[i * size + k], p, k, i);
            }
        }
        for (int k = size - 1; k >= 0; k--) {
            for (int j = k + 1; j < size; j++) {
                addRow(rates[k * size + j], p, j, k);
            }
            for (int i = k * size; i < (k + 1) * size; i++) {
                p[i] /= pivots[k];
            }
        }
    }

    private void addRow(double factor, double[] p, int from, int to) {
        if (factor != 0.0) {
            for (int n = 0; n < size; n++) {
                p[to * size + n] += factor * p[from * size + n];
            }
        }
    }

    private void substituteBack(double[] p, int from) {
        for (int k = from - 1; k >= 0; k--) {
            double sum = p[k];
            for (int j = k + 1; j < size; j++) {
                sum += rates[k * size + j] * p[j];
            }
            p[k] = sum / pivots[k];
        }
    }
}
