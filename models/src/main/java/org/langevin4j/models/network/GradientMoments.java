package org.langevin4j.models.network;

import java.io.Serializable;
import java.util.Arrays;

/** Count, mean and centred second moments of the gradients of some samples, taken from a common centre; d(d + 3)/2 numbers for any number of samples. */
final class GradientMoments implements Serializable {

    private static final long serialVersionUID = 1L;

    private int count;
    private final double[] mean;

    /** Row i from the diagonal on, in units of 2^(2·exponent). */
    private final double[][] triangle;

    private int exponent;
    private boolean hasScale;

    private GradientMoments(int count, double[] mean, double[][] triangle, int exponent, boolean hasScale) {
        this.count = count;
        this.mean = mean;
        this.triangle = triangle;
        this.exponent = exponent;
        this.hasScale = hasScale;
    }

    static GradientMoments of(CentredSum sum) {
        int d = sum.mean().length;
        double[] row = new double[d];
        double[][] triangle = new double[d][];
        for (int i = 0; i < d; i++) {
            sum.sum().row(i, row);
            triangle[i] = Arrays.copyOfRange(row, i, d);
        }
        return new GradientMoments(sum.count(), sum.mean(), triangle, sum.exponent(), sum.hasScale());
    }

    void restore(CentredSum sum) {
        sum.restore(count, triangle, exponent, hasScale);
    }

    int count() {
        return count;
    }

    /** From the centre. */
    double[] mean() {
        return mean;
    }

    /** Takes in what follows: Σ = Σ_a + Σ_b + rrᵀ with r = √(n_a n_b/(n_a + n_b)) (m_b − m_a). */
    GradientMoments merge(GradientMoments right) {
        double part = (double) right.count / ((double) count + right.count);
        double root = Math.sqrt(count * part);
        double[] between = new double[mean.length];
        double largest = 0.0;
        for (int i = 0; i < between.length; i++) {
            double step = right.mean[i] - mean[i];
            between[i] = root * step;
            largest = Math.max(largest, Math.abs(between[i]));
            mean[i] += part * step;
        }
        count += right.count;
        int unit = unit(right, largest);
        double own = hasScale ? Math.scalb(1.0, 2 * (exponent - unit)) : 0.0;
        double other = right.hasScale ? Math.scalb(1.0, 2 * (right.exponent - unit)) : 0.0;
        for (int i = 0; i < between.length && unit != 0; i++) {
            between[i] = Math.scalb(between[i], -unit);
        }
        for (int i = 0; i < between.length; i++) {
            double[] row = triangle[i];
            double[] added = right.triangle[i];
            double factor = between[i];
            for (int j = 0; j < row.length; j++) {
                row[j] = own * row[j] + other * added[j] + factor * between[i + j];
            }
        }
        exponent = unit;
        hasScale = hasScale || right.hasScale || largest > 0.0;
        return this;
    }

    /** In which all three are numbers: what becomes zero in it is nothing beside the others. */
    private int unit(GradientMoments right, double largest) {
        boolean scaled = hasScale || right.hasScale;
        int unit = !right.hasScale ? exponent : !hasScale ? right.exponent : Math.max(exponent, right.exponent);
        boolean beyond = !scaled || Math.getExponent(largest) - unit > CentredSum.LARGEST;
        return largest > 0.0 && beyond ? NoiseFactor.exponent(largest) : unit;
    }
}
