package org.langevin4j.models.data;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.GramMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Shape;

/**
 * Symmetric ("ZCA") whitening, x ↦ W(x − m) with W = (C + εI)^(−1/2), where m and C = (1/N) Σ (x − m)(x − m)ᵀ are the
 * mean and the covariance of data to train with (Bell and Sejnowski, "The independent components of natural scenes are
 * edge filters", 1997): no rotation is added, so that images stay images. For these data and for those to test with.
 * Immutable.
 *
 * <p>It takes F²·8 bytes a few times over and some F³ operations; for the 3,072 features of CIFAR the routines of
 * native code are worth having. Results are the same on all machines up to rounding.
 */
public final class Whitening {

    /**
     * What is customary for ε with CIFAR after normalisation of contrast (pixels of variance 1): {@code filter_bias} of
     * Pylearn2, the code of Goodfellow et al. ("Maxout networks", 2013), whom Springenberg et al. ("Striving for
     * simplicity: the all convolutional net", 2014) follow.
     */
    public static final double REGULARISER = 0.1;

    private final double[] mean;
    private final RealMatrix matrix;
    private final double regulariser;

    private Whitening(double[] mean, RealMatrix matrix, double regulariser) {
        this.mean = mean;
        this.matrix = matrix;
        this.regulariser = regulariser;
    }

    /**
     * Whitening for data.
     *
     * @param data N samples of F features
     * @param regulariser ε, positive: bounds W where the covariance is singular or nearly so
     * @return m and W
     * @throws IllegalArgumentException if ε is not positive and finite
     */
    public static Whitening fit(DataSet data, double regulariser) {
        if (!(regulariser > 0.0 && regulariser <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("regulariser must be positive and finite, got " + regulariser);
        }
        int features = data.features();
        double[] mean = new double[features];
        for (int n = 0; n < data.size(); n++) {
            float[] sample = data.single(n);
            for (int j = 0; j < features; j++) {
                mean[j] += sample[j];
            }
        }
        for (int j = 0; j < features; j++) {
            mean[j] /= data.size();
        }
        LinearAlgebra algebra = LinearAlgebra.forOrder(features);
        GramMatrix covariance = algebra.gram(features);
        int most = GramMatrix.blockRows(features);
        double[] rows = new double[Math.min(most, data.size()) * features];
        for (int start = 0; start < data.size(); start += most) {
            int count = Math.min(most, data.size() - start);
            for (int k = 0; k < count; k++) {
                System.arraycopy(centred(data.single(start + k), mean), 0, rows, k * features, features);
            }
            covariance.add(rows, count);
        }
        covariance.multiply(1.0 / data.size());
        Eigenpairs pairs = algebra.symmetricEigen(covariance.toMatrix());
        double[][] root = pairs.vectors().getData();
        for (int k = 0; k < features; k++) {
            // W = BBᵀ is symmetric to the bit. No eigenvalue is negative but by rounding.
            double factor = Math.pow(Math.max(pairs.value(k), 0.0) + regulariser, -0.25);
            for (int i = 0; i < features; i++) {
                root[i][k] *= factor;
            }
        }
        return new Whitening(mean, algebra.rowProducts(new Array2DRowRealMatrix(root, false)), regulariser);
    }

    /**
     * Whitens data.
     *
     * @param data of as many features
     * @return W(x − m)
     * @throws IllegalArgumentException if the data have another number of features
     */
    public DataSet apply(DataSet data) {
        Preparation.requireShape(data, Shape.vector(mean.length));
        LinearAlgebra algebra = LinearAlgebra.forOrder(mean.length);
        List<float[]> samples = new ArrayList<>(data.size());
        int most = GramMatrix.blockRows(mean.length);
        for (int start = 0; start < data.size(); start += most) {
            double[][] rows = new double[Math.min(most, data.size() - start)][];
            for (int k = 0; k < rows.length; k++) {
                rows[k] = centred(data.single(start + k), mean);
            }
            RealMatrix white = algebra.multiply(new Array2DRowRealMatrix(rows, false), matrix);
            for (int k = 0; k < rows.length; k++) {
                float[] sample = new float[mean.length];
                for (int j = 0; j < sample.length; j++) {
                    sample[j] = (float) white.getEntry(k, j);
                }
                samples.add(sample);
            }
        }
        return DataSet.ofSingles(samples.toArray(float[][]::new), data.labels(), data.classes());
    }

    private static double[] centred(float[] sample, double[] mean) {
        double[] centred = new double[mean.length];
        for (int j = 0; j < centred.length; j++) {
            centred[j] = sample[j] - mean[j];
        }
        return centred;
    }

    /**
     * The mean.
     *
     * @return a copy of m, length F
     */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * The matrix.
     *
     * @return a copy of W, F×F, symmetric
     */
    public RealMatrix matrix() {
        return matrix.copy();
    }

    @Override
    public String toString() {
        return "whitening of " + mean.length + " features, ε = " + regulariser;
    }
}
