package org.langevin4j.models.trajectory;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;

/** Uncorrelated coordinates of unit variance, z = Λ^(−1/2)Vᵀ(x − x̄) of the first rows of a record in memory. */
final class Whitening {

    /** Principal directions with less than this part of the leading variance are rounding. */
    private static final double SMALLEST = 1e-10;

    private final double[] mean;
    private final double[][] axes;

    private Whitening(double[] mean, double[][] axes) {
        this.mean = mean;
        this.axes = axes;
    }

    /** Of the first {@code count} rows; not more directions than vary. */
    static Whitening of(double[][] rows, int count, int most) {
        int m = rows[0].length;
        double[] mean = new double[m];
        for (int t = 0; t < count; t++) {
            Vectors.addMultiple(1.0 / count, rows[t], mean);
        }
        double[][] sums = new double[m][m];
        double[] x = new double[m];
        for (int t = 0; t < count; t++) {
            for (int i = 0; i < m; i++) {
                x[i] = rows[t][i] - mean[i];
            }
            for (int i = 0; i < m; i++) {
                Vectors.addMultiple(x[i] / count, x, sums[i]);
            }
        }
        RealMatrix covariance = MatrixUtils.createRealMatrix(sums);
        Eigenpairs principal = LinearAlgebra.pureJava()
                .symmetricEigen(covariance.add(covariance.transpose()).scalarMultiply(0.5));
        int kept = 0;
        while (kept < Math.min(most, m)
                && principal.value(kept) > 0.0
                && principal.value(kept) > SMALLEST * principal.value(0)) {
            kept++;
        }
        double[][] axes = principal.leadingVectors(kept);
        for (int k = 0; k < kept; k++) {
            axes[k] = Vectors.scaled(axes[k], 1.0 / Math.sqrt(principal.value(k)));
        }
        return new Whitening(mean, axes);
    }

    double[][] apply(double[][] rows) {
        double[][] z = new double[rows.length][axes.length];
        double[] x = new double[mean.length];
        for (int t = 0; t < rows.length; t++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = rows[t][i] - mean[i];
            }
            for (int k = 0; k < axes.length; k++) {
                z[t][k] = Vectors.dot(axes[k], x);
            }
        }
        return z;
    }
}
