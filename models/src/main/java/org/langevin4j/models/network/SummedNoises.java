package org.langevin4j.models.network;

import java.util.Arrays;
import org.langevin4j.core.linear.GramMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;

/** D in memory, d·d numbers, summed up in one pass over the gradients; products with B are another pass each. */
final class SummedNoises extends NoiseFactor {

    private final PerSampleGradients gradients;
    private final Sampling sampling;
    private final double[] mean;
    private final GramMatrix matrix;

    private SummedNoises(
            PerSampleGradients gradients, Sampling sampling, double[] mean, GramMatrix matrix, int exponent) {
        super(mean.length, exponent);
        this.gradients = gradients;
        this.sampling = sampling;
        this.mean = mean;
        this.matrix = matrix;
    }

    static SummedNoises of(PerSampleGradients gradients, Sampling sampling) {
        Summation summation = new Summation(gradients.dimension(), gradients.samples());
        gradients.forEachBlock(summation);
        return summation.finish(gradients, sampling);
    }

    double[] mean() {
        return mean;
    }

    /**
     * N times the covariance in one pass that loses no digits to the mean: gradients are taken from a point s near them, each block from its own
     * mean m_b, and blocks are joined by Σ = Σ_a + Σ_b + n_a n_b/(n_a + n_b) (m_b − m_a)(m_b − m_a)ᵀ (Chan, Golub and LeVeque 1983), all of
     * them sums of squares.
     */
    private static final class Summation implements PerSampleGradients.Visitor {

        /** Entries that are larger than the unit by more than that many powers of two need another. */
        private static final int LARGEST = 100;

        private final int d;
        private final int expected;
        private final GramMatrix sum;

        /** A row more than are taken together. */
        private final double[] block;

        private final int height;

        /** s, once there is a block. */
        private double[] shift = {};

        /** The mean of what has been added, from s. */
        private final double[] mean;

        private int exponent;
        private boolean hasScale;
        private int waiting;
        private long added;
        private int received;

        Summation(int d, int expected) {
            this.d = d;
            this.expected = expected;
            this.sum = LinearAlgebra.forOrder(d).gram(d);
            this.height = Math.min(expected, GramMatrix.blockRows(d));
            this.block = new double[(height + 1) * d];
            this.mean = new double[d];
        }

        @Override
        public void accept(int first, double[][] rows, int count) {
            for (int k = 0; k < count; k++) {
                requireFinite(rows[k], first + k, d);
                System.arraycopy(rows[k], 0, block, waiting * d, d);
                waiting++;
                received++;
                if (waiting == height) {
                    flush();
                }
            }
        }

        private void flush() {
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

        /** Adds rows, after the scale has followed their size. */
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
                int next = exponent(largest);
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

        SummedNoises finish(PerSampleGradients gradients, Sampling sampling) {
            flush();
            if (received != expected) {
                throw new IllegalStateException(
                        "gradients of " + expected + " samples were announced, " + received + " came");
            }
            Vectors.addMultiple(1.0, shift, mean);
            sum.multiply(sampling.centred(expected) / expected);
            double weight = sampling.meanGradient(expected);
            if (weight != 0.0) {
                System.arraycopy(Vectors.scaled(mean, Math.sqrt(weight)), 0, block, 0, d);
                add(1);
            }
            return new SummedNoises(gradients, sampling, mean, sum, exponent);
        }
    }

    static void requireFinite(double[] row, int k, int d) {
        for (int i = 0; i < d; i++) {
            if (!(Math.abs(row[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("gradients must be finite, got [" + k + "][" + i + "] = " + row[i]);
            }
        }
    }

    @Override
    int noises() {
        return gradients.samples() + (sampling.meanGradient(gradients.samples()) == 0.0 ? 0 : 1);
    }

    @Override
    double trace() {
        return matrix.trace();
    }

    @Override
    boolean isGram() {
        return false;
    }

    @Override
    GramMatrix smaller() {
        return matrix;
    }

    @Override
    double squares(double[][] vectors) {
        double[][] products = matrix.times(vectors);
        double sum = 0.0;
        for (int k = 0; k < vectors.length; k++) {
            sum += Vectors.dot(vectors[k], products[k]);
        }
        return sum;
    }

    @Override
    void images(double[][] vectors, double[][] out) {
        throw new IllegalStateException("D is held, not BᵀB");
    }

    @Override
    void times(double[] xi, double[] out) {
        double[][] one = new double[noises()][];
        double[][] value = new double[dimension][1];
        Arrays.setAll(one, k -> new double[] {xi[k]});
        timesBlock(one, 1, value);
        for (int i = 0; i < dimension; i++) {
            out[i] = value[i][0];
        }
    }

    @Override
    void timesBlock(double[][] xi, int paths, double[][] out) {
        int n = gradients.samples();
        double scale = Math.sqrt(sampling.centred(n) / n);
        double[] means = new double[paths];
        for (int k = 0; k < n; k++) {
            for (int p = 0; p < paths; p++) {
                means[p] += xi[k][p] / n;
            }
        }
        double[][] sums = new double[paths][dimension];
        double[] deviation = new double[dimension];
        gradients.forEachBlock((first, rows, count) -> {
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < dimension; i++) {
                    deviation[i] = rows[k][i] - mean[i];
                }
                for (int p = 0; p < paths; p++) {
                    // The deviations sum up to zero but for rounding, which the mean of ξ takes away.
                    Vectors.addMultiple(scale * (xi[first + k][p] - means[p]), deviation, sums[p]);
                }
            }
        });
        double weight = sampling.meanGradient(n);
        for (int p = 0; p < paths; p++) {
            if (weight != 0.0) {
                Vectors.addMultiple(Math.sqrt(weight) * xi[n][p], mean, sums[p]);
            }
            for (int i = 0; i < dimension; i++) {
                out[i][p] = sums[p][i];
            }
        }
    }

    @Override
    void productTimes(double[] v, double[] out) {
        double[] product = matrix.times(new double[][] {v})[0];
        for (int i = 0; i < dimension; i++) {
            out[i] = exponent == 0 ? product[i] : Math.scalb(product[i], 2 * exponent);
        }
    }

    @Override
    double[][] matrix() {
        double[][] rows = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            matrix.row(i, rows[i]);
            for (int j = i; j < dimension; j++) {
                rows[i][j] = exponent == 0 ? rows[i][j] : Math.scalb(rows[i][j], 2 * exponent);
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    @Override
    double innerProduct(NoiseFactor other) {
        return other.innerProduct(this);
    }
}
