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
        int d = gradients.dimension();
        int height = Math.min(gradients.samples(), GramMatrix.blockRows(d));
        CentredSum sum = new CentredSum(LinearAlgebra.forOrder(d).gram(d), height, new double[0]);
        gradients.forEachBlock(sum);
        sum.flush();
        if (sum.count() != gradients.samples()) {
            throw new IllegalStateException(
                    "gradients of " + gradients.samples() + " samples were announced, " + sum.count() + " came");
        }
        return of(gradients, sampling, sum, Vectors.moved(sum.mean(), sum.shift(), 1.0));
    }

    /** Of a sum of all gradients, and g. */
    static SummedNoises of(PerSampleGradients gradients, Sampling sampling, CentredSum sum, double[] mean) {
        sum.finish(sampling, mean);
        return new SummedNoises(gradients, sampling, mean, sum.sum(), sum.exponent());
    }

    double[] mean() {
        return mean;
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
