package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.linear.GramMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.TransposedProduct;
import org.langevin4j.core.linear.Vectors;

/** The columns of B in memory, m·d numbers: for fewer samples than weights. */
final class HeldNoises extends NoiseFactor {

    /** Vectors that are multiplied at once. */
    private static final int TOGETHER = 1024;

    /** Entries of a row that one thread takes. */
    private static final int PART = 1024;

    /** Bᵀ: one row of length d for each noise. */
    private final double[][] rows;

    private @Nullable GramMatrix smaller;

    private HeldNoises(double[][] rows, int exponent) {
        super(rows[0].length, exponent);
        this.rows = rows;
    }

    /**
     * Centres gradients and makes noises of them.
     *
     * @param gradients N rows, which are overwritten and become part of the result
     * @param mean their mean
     */
    static HeldNoises of(double[][] gradients, double[] mean, Sampling sampling) {
        int n = gradients.length;
        int d = mean.length;
        double scale = Math.sqrt(sampling.centred(n) / n);
        Arrays.stream(gradients).parallel().forEach(row -> {
            for (int i = 0; i < d; i++) {
                row[i] -= mean[i];
            }
        });
        // The mean is rounded to its own size, which may be large beside the spread: what it lacks is taken away as
        // well.
        double[] rest = mean(gradients, n);
        Arrays.stream(gradients).parallel().forEach(row -> {
            for (int i = 0; i < d; i++) {
                row[i] = scale * (row[i] - rest[i]);
            }
        });
        double weight = sampling.meanGradient(n);
        double[][] rows = gradients;
        if (weight != 0.0) {
            rows = Arrays.copyOf(gradients, n + 1);
            rows[n] = Vectors.scaled(mean, Math.sqrt(weight));
        }
        double largest = 0.0;
        for (double[] row : rows) {
            for (double entry : row) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        return new HeldNoises(rows, exponent(largest));
    }

    /** From the first row, so that the mean of equal numbers is that number. */
    static double[] mean(double[][] rows, int count) {
        double[] mean = rows[0].clone();
        double[] first = rows[0].clone();
        // Parts of all rows, each summed up in the order of the rows.
        IntStream.range(0, (mean.length + PART - 1) / PART).parallel().forEach(part -> {
            int end = Math.min(mean.length, (part + 1) * PART);
            double[] sum = new double[PART];
            for (int k = 0; k < count; k++) {
                for (int i = part * PART; i < end; i++) {
                    sum[i - part * PART] += (rows[k][i] - first[i]) / count;
                }
            }
            for (int i = part * PART; i < end; i++) {
                mean[i] += sum[i - part * PART];
            }
        });
        return mean;
    }

    @Override
    int noises() {
        return rows.length;
    }

    @Override
    double trace() {
        double sum = 0.0;
        for (double[] row : rows) {
            double square = 0.0;
            for (double entry : row) {
                // Scaled, for squares of small entries are no numbers.
                double scaled = exponent == 0 ? entry : Math.scalb(entry, -exponent);
                square += scaled * scaled;
            }
            sum += square;
        }
        return sum;
    }

    @Override
    boolean isGram() {
        return rows.length < dimension;
    }

    @Override
    synchronized GramMatrix smaller() {
        if (smaller == null) {
            int order = Math.min(rows.length, dimension);
            int other = Math.max(rows.length, dimension);
            GramMatrix gram = LinearAlgebra.forOrder(order).gram(order);
            int height = Math.min(other, GramMatrix.blockRows(order));
            double[] block = new double[height * order];
            for (int start = 0; start < other; start += height) {
                int count = Math.min(height, other - start);
                copy(start, count, block);
                for (int i = 0; i < count * order && exponent != 0; i++) {
                    block[i] = Math.scalb(block[i], -exponent);
                }
                gram.add(block, count);
            }
            smaller = gram;
        }
        return smaller;
    }

    /** Rows of Bᵀ, or where BᵀB is wanted of B. */
    private void copy(int start, int count, double[] block) {
        if (!isGram()) {
            for (int k = 0; k < count; k++) {
                System.arraycopy(rows[start + k], 0, block, k * dimension, dimension);
            }
            return;
        }
        int n = rows.length;
        // A line of the cache at a time.
        IntStream.range(0, (n + 7) / 8).parallel().forEach(line -> {
            int to = Math.min(n, 8 * line + 8);
            for (int k = 0; k < count; k++) {
                for (int i = 8 * line; i < to; i++) {
                    block[k * n + i] = rows[i][start + k];
                }
            }
        });
    }

    @Override
    double squares(double[][] vectors) {
        RealMatrix columns = new Array2DRowRealMatrix(vectors, false).transpose();
        double norm = Vectors.norm(
                LinearAlgebra.forOrder(rows.length).multiply(new Array2DRowRealMatrix(scaled(), false), columns));
        return norm * norm;
    }

    /** Bᵀ times a power of two, so that squares of its entries are numbers; no copy where they are as it is. */
    private double[][] scaled() {
        if (exponent == 0) {
            return rows;
        }
        double[][] scaled = new double[rows.length][dimension];
        for (int k = 0; k < rows.length; k++) {
            for (int i = 0; i < dimension; i++) {
                scaled[k][i] = Math.scalb(rows[k][i], -exponent);
            }
        }
        return scaled;
    }

    @Override
    void images(double[][] vectors, double[][] out) {
        TransposedProduct.of(vectors, scaled(), dimension, out);
    }

    @Override
    void times(double[] xi, double[] out) {
        Arrays.fill(out, 0, dimension, 0.0);
        for (int k = 0; k < rows.length; k++) {
            Vectors.addMultiple(xi[k], rows[k], out);
        }
    }

    @Override
    void timesBlock(double[][] xi, int paths, double[][] out) {
        TransposedProduct.of(rows, xi, paths, out);
    }

    @Override
    void productTimes(double[] v, double[] out) {
        double[] sum = new double[dimension];
        for (double[] row : rows) {
            Vectors.addMultiple(Vectors.dot(row, v), row, sum);
        }
        System.arraycopy(sum, 0, out, 0, sum.length);
    }

    @Override
    double[][] matrix() {
        return TransposedProduct.ofItself(rows);
    }

    /** tr(D₁D₂), in the units of both. */
    @Override
    double innerProduct(NoiseFactor other) {
        double[][] own = scaled();
        double sum = 0.0;
        for (int start = 0; start < own.length; start += TOGETHER) {
            double[][] part = Arrays.copyOfRange(own, start, Math.min(own.length, start + TOGETHER));
            sum += other.squares(part);
        }
        return sum;
    }
}
