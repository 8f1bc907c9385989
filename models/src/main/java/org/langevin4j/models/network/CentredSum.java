package org.langevin4j.models.network;

import java.util.Arrays;
import org.langevin4j.core.linear.GramMatrix;
import org.langevin4j.core.linear.Vectors;

/**
 * N times the covariance in one pass that loses no digits to the mean: gradients are taken from a point s near them, each block from its own
 * mean m_b, and blocks are joined by Σ = Σ_a + Σ_b + n_a n_b/(n_a + n_b) (m_b − m_a)(m_b − m_a)ᵀ (Chan, Golub and LeVeque 1983), all of
 * them sums of squares.
 */
final class CentredSum implements PerSampleGradients.Visitor {

    /** Entries that are larger than the unit by more than that many powers of two need another. */
    static final int LARGEST = 100;

    private final int d;
    private final GramMatrix sum;

    /** A row more than are taken together. */
    private final double[] block;

    private final int height;

    /** s; empty until there is a block, of which it is the mean. */
    private double[] shift;

    /** The mean of what has been added, from s. */
    private final double[] mean;

    private int exponent;
    private boolean hasScale;
    private int waiting;
    private int added;

    /**
     * Nothing yet.
     *
     * @param sum zero, d×d
     * @param height how many rows are taken together
     * @param shift s, or empty for the mean of the first block
     */
    CentredSum(GramMatrix sum, int height, double[] shift) {
        this.d = sum.order();
        this.sum = sum;
        this.height = height;
        this.block = new double[(height + 1) * d];
        this.shift = shift;
        this.mean = new double[d];
    }

    @Override
    public void accept(int first, double[][] rows, int count) {
        for (int k = 0; k < count; k++) {
            NoiseFactor.requireFinite(rows[k], first + k, d);
            System.arraycopy(rows[k], 0, block, waiting * d, d);
            waiting++;
            if (waiting == height) {
                flush();
            }
        }
    }

    /** Takes in the rows that wait. */
    void flush() {
        int n = waiting;
        waiting = 0;
        if (n == 0) {
            return;
        }
        if (shift.length == 0) {
            shift = blockMean(n);
        }
        subtract(n, shift);
        double[] own = blockMean(n);
        subtract(n, own);
        double part = (double) n / (added + n);
        double root = Math.sqrt(added * part);
        for (int i = 0; i < d; i++) {
            double step = own[i] - mean[i];
            block[n * d + i] = root * step;
            mean[i] += part * step;
        }
        added += n;
        add(n + 1);
    }

    /** From the first row, so that the mean of equal numbers is that number. */
    private double[] blockMean(int n) {
        double[] first = Arrays.copyOf(block, d);
        double[] sums = new double[d];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < d; i++) {
                sums[i] += (block[k * d + i] - first[i]) / n;
            }
        }
        Vectors.addMultiple(1.0, sums, first);
        return first;
    }

    private void subtract(int n, double[] vector) {
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < d; i++) {
                block[k * d + i] -= vector[i];
            }
        }
    }

    /** Adds rows of the block, after the scale has followed their size. */
    private void add(int rows) {
        double largest = 0.0;
        for (int i = 0; i < rows * d; i++) {
            largest = Math.max(largest, Math.abs(block[i]));
        }
        if (largest == 0.0) {
            return;
        }
        boolean tooLarge = hasScale && Math.getExponent(largest) - exponent > LARGEST;
        if (!hasScale || tooLarge) {
            int next = NoiseFactor.exponent(largest);
            if (tooLarge) {
                // What becomes zero by it is nothing beside the new rows.
                sum.multiply(Math.scalb(1.0, 2 * (exponent - next)));
            }
            exponent = next;
            hasScale = true;
        }
        if (exponent != 0) {
            for (int i = 0; i < rows * d; i++) {
                block[i] = Math.scalb(block[i], -exponent);
            }
        }
        sum.add(block, rows);
    }

    /**
     * Makes D of the sum, which is then not to be added to.
     *
     * @param mean g, in full
     */
    void finish(Sampling sampling, double[] mean) {
        sum.multiply(sampling.centred(added) / added);
        double weight = sampling.meanGradient(added);
        if (weight != 0.0) {
            System.arraycopy(Vectors.scaled(mean, Math.sqrt(weight)), 0, block, 0, d);
            add(1);
        }
    }

    /** Takes over what was summed up elsewhere, where nothing has been added yet. */
    void restore(int count, double[][] triangle, int unit, boolean hasUnit) {
        double[] row = new double[d];
        for (int i = 0; i < d; i++) {
            System.arraycopy(triangle[i], 0, row, i, d - i);
            sum.addRow(i, row);
        }
        added = count;
        exponent = unit;
        hasScale = hasUnit;
    }

    int count() {
        return added;
    }

    /** From s. */
    double[] mean() {
        return mean;
    }

    double[] shift() {
        return shift;
    }

    GramMatrix sum() {
        return sum;
    }

    /** Of the unit of {@link #sum}, squared there. */
    int exponent() {
        return exponent;
    }

    /** Whether anything but zero was added. */
    boolean hasScale() {
        return hasScale;
    }
}
