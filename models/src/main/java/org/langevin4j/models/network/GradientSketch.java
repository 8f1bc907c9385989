package org.langevin4j.models.network;

import java.io.Serializable;
import org.langevin4j.core.linear.Vectors;

/**
 * Count, mean and sum of squares of the gradients of some samples, and a sketch of their centred second moments; (ℓ + 1)·d numbers for any number of samples. The means of two parts
 * differ by what is one more row of the sketch of both, √(n_a n_b/(n_a + n_b)) (m_b − m_a), so that the bound is one for the centred moments.
 */
final class GradientSketch implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Squares of entries up to 2⁴⁰⁰ and sums of them are far from overflow. */
    static final double LARGEST = 0x1p400;

    private int count;
    private final double[] mean;
    private double squares;
    private double largest;
    private final FrequentDirections directions;

    /**
     * Of some samples.
     *
     * @param limit ℓ
     * @param rows their gradients from the centre; changed and kept
     */
    GradientSketch(int limit, double[][] rows) {
        this.count = rows.length;
        this.mean = HeldNoises.mean(rows, count);
        for (double[] row : rows) {
            Vectors.addMultiple(-1.0, mean, row);
            take(row);
        }
        this.directions = new FrequentDirections(limit, rows);
    }

    private void take(double[] row) {
        double most = 0.0;
        for (double entry : row) {
            most = Math.max(most, Math.abs(entry));
        }
        if (!(most <= LARGEST)) {
            throw new IllegalArgumentException(
                    "gradients must differ by less than 2^400 for a sketch of D, got a deviation of " + most);
        }
        largest = Math.max(largest, most);
        squares += Vectors.dot(row, row);
    }

    /** Takes in what follows. */
    GradientSketch merge(GradientSketch right) {
        double part = (double) right.count / ((double) count + right.count);
        double root = Math.sqrt(count * part);
        double[] between = new double[mean.length];
        for (int i = 0; i < between.length; i++) {
            double step = right.mean[i] - mean[i];
            between[i] = root * step;
            mean[i] += part * step;
        }
        take(between);
        count += right.count;
        squares += right.squares;
        largest = Math.max(largest, right.largest);
        directions.merge(right.directions, between);
        return this;
    }

    int count() {
        return count;
    }

    /** From the centre. */
    double[] mean() {
        return mean;
    }

    /** Of all deviations from the mean. */
    double squares() {
        return squares;
    }

    /** Of the entries of all deviations. */
    double largest() {
        return largest;
    }

    FrequentDirections directions() {
        return directions;
    }
}
