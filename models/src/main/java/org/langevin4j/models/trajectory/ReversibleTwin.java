package org.langevin4j.models.trajectory;

import java.io.IOException;
import java.nio.file.Path;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.file.NpyWriter;
import org.langevin4j.models.file.StoredArray;

/**
 * A process without loops that looks like a record: the same mean, the same covariance in the leading principal directions, and the same correlation
 * from one row to the next but for its antisymmetric part, which is what circulation is. With z the whitened record,
 *
 * <pre>z(t + 1) = Sz(t) + √(I − S²) ξ(t),   S = ½⟨z(t + 1)z(t)ᵀ + z(t)z(t + 1)ᵀ⟩,</pre>
 *
 * is Gaussian and in detailed balance, since S is symmetric. What a statistic finds in the record and not in its twins is not slow relaxation.
 */
public final class ReversibleTwin {

    /** Rows written at a time. */
    private static final int BLOCK = 256;

    /** A mode that does not relax within the record is kept from growing without bound. */
    private static final double SLOWEST = 0.999999;

    private final PrincipalCoordinates coordinates;
    private final double[] rates;
    private final double[][] axes;

    private ReversibleTwin(PrincipalCoordinates coordinates, double[] rates, double[][] axes) {
        this.coordinates = coordinates;
        this.rates = rates;
        this.axes = axes;
    }

    /**
     * Fits a twin.
     *
     * @param record rows in the order of time
     * @param most principal directions that the twin has; in all others it stands still
     * @return the twin
     * @throws ArrayFileException if the record cannot be read
     * @throws IllegalArgumentException if the record has fewer than 3 rows or does not vary
     */
    public static ReversibleTwin of(StoredArray record, int most) throws ArrayFileException {
        int n = Math.toIntExact(record.rows());
        PrincipalCoordinates coordinates = PrincipalCoordinates.of(record, n, most);
        int m = coordinates.size();
        double[][] z = coordinates.of(record);
        RealMatrix earlier = MatrixUtils.createRealMatrix(n - 1, m);
        RealMatrix later = MatrixUtils.createRealMatrix(n - 1, m);
        for (int t = 0; t + 1 < n; t++) {
            earlier.setRow(t, z[t]);
            later.setRow(t, z[t + 1]);
        }
        LinearAlgebra algebra = LinearAlgebra.forOrder(m);
        RealMatrix product = algebra.multiply(earlier.transpose(), later).scalarMultiply(1.0 / (n - 1.0));
        Eigenpairs modes =
                algebra.symmetricEigen(product.add(product.transpose()).scalarMultiply(0.5));
        double[] rates = modes.values();
        for (int k = 0; k < m; k++) {
            rates[k] = Math.max(-SLOWEST, Math.min(SLOWEST, rates[k]));
        }
        return new ReversibleTwin(coordinates, rates, coordinates.back(modes.leadingVectors(m)));
    }

    /**
     * Writes a record of the twin, stationary from its first row.
     *
     * @param file {@code .npy} of float32, made anew; must not exist
     * @param rows how many
     * @param seed of the noise
     * @throws IOException if it cannot be written
     */
    public void write(Path file, int rows, Seed seed) throws IOException {
        NormalStream normals = NormalStream.of(seed);
        int m = rates.length;
        double[] y = new double[m];
        double[] mean = coordinates.mean();
        double[][] block = new double[BLOCK][mean.length];
        try (NpyWriter writer = NpyWriter.singles(file, mean.length)) {
            for (int first = 0; first < rows; first += BLOCK) {
                int count = Math.min(BLOCK, rows - first);
                for (int k = 0; k < count; k++) {
                    int t = first + k;
                    System.arraycopy(mean, 0, block[k], 0, mean.length);
                    for (int a = 0; a < m; a++) {
                        double xi = normals.at(t, 0, a);
                        y[a] = t == 0 ? xi : rates[a] * y[a] + Math.sqrt(1.0 - rates[a] * rates[a]) * xi;
                        Vectors.addMultiple(y[a], axes[a], block[k]);
                    }
                }
                writer.write(block, count);
            }
        }
    }

    /**
     * The correlations of the modes from one row to the next.
     *
     * @return one for each direction, descending
     */
    public double[] correlations() {
        return rates.clone();
    }

    @Override
    public String toString() {
        return "reversible twin in " + rates.length + " directions, correlations from " + rates[0] + " to "
                + rates[rates.length - 1];
    }
}
