package org.langevin4j.models.trajectory;

import java.util.Arrays;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.GramMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.file.StoredArray;

/** The leading principal directions of the first rows of a record, and whitened coordinates in them, z = Λ^(−1/2) Vᵀ(x − x̄). */
final class PrincipalCoordinates {

    /** Principal directions with less than this part of the leading variance are rounding. */
    private static final double SMALLEST = 1e-10;

    private final double[] mean;
    private final double[] deviations;
    private final double[][] axes;

    private PrincipalCoordinates(double[] mean, double[] deviations, double[][] axes) {
        this.mean = mean;
        this.deviations = deviations;
        this.axes = axes;
    }

    /** Of the first rows; not more directions than vary. */
    static PrincipalCoordinates of(StoredArray record, int rows, int most) throws ArrayFileException {
        double[] mean = meanOf(record, rows);
        Eigenpairs principal = covariance(record, rows, mean);
        int m = 0;
        while (m < Math.min(most, principal.size())
                && principal.value(m) > 0.0
                && principal.value(m) > SMALLEST * principal.value(0)) {
            m++;
        }
        double[] deviations =
                Arrays.stream(principal.values()).limit(m).map(Math::sqrt).toArray();
        return new PrincipalCoordinates(mean, deviations, principal.leadingVectors(m));
    }

    private static double[] meanOf(StoredArray record, int rows) throws ArrayFileException {
        double[] sum = new double[Math.toIntExact(record.columns())];
        record.forEachBlock((start, block, count) -> {
            for (int k = 0; k < count && start + k < rows; k++) {
                Vectors.addMultiple(1.0 / rows, block[k], sum);
            }
        });
        return sum;
    }

    private static Eigenpairs covariance(StoredArray record, int rows, double[] mean) throws ArrayFileException {
        int d = mean.length;
        LinearAlgebra algebra = LinearAlgebra.forOrder(d);
        GramMatrix gram = algebra.gram(d);
        int most = GramMatrix.blockRows(d);
        double[] block = new double[most * d];
        int[] held = {0};
        record.forEachBlock((start, some, count) -> {
            for (int k = 0; k < count && start + k < rows; k++) {
                for (int i = 0; i < d; i++) {
                    block[held[0] * d + i] = some[k][i] - mean[i];
                }
                held[0]++;
                if (held[0] == most) {
                    gram.add(block, most);
                    held[0] = 0;
                }
            }
        });
        gram.add(block, held[0]);
        gram.multiply(1.0 / rows);
        return algebra.symmetricEigen(gram.toMatrix());
    }

    int size() {
        return deviations.length;
    }

    /** z of every row of a record. */
    double[][] of(StoredArray record) throws ArrayFileException {
        int m = size();
        double[][] z = new double[Math.toIntExact(record.rows())][m];
        double[] centred = new double[mean.length];
        record.forEachBlock((start, rows, count) -> {
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < mean.length; i++) {
                    centred[i] = rows[k][i] - mean[i];
                }
                for (int a = 0; a < m; a++) {
                    z[(int) start + k][a] = Vectors.dot(axes[a], centred) / deviations[a];
                }
            }
        });
        return z;
    }
}
