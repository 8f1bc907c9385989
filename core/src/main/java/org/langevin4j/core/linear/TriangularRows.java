package org.langevin4j.core.linear;

import java.util.Arrays;
import org.langevin4j.core.block.Memory;

/** The lower triangle in Java arrays. Each entry is the sum over the rows in their order, to the bit, however they are cut into blocks. */
final class TriangularRows implements SymmetricStorage {

    private final double[][] rows;

    TriangularRows(int order) {
        // Eigenvalues are computed from a copy of the triangle.
        Memory.require(
                "a symmetric matrix of order " + order,
                8.0 * order * order,
                "OpenBLAS (langevin4j-lapack) keeps it outside the heap");
        this.rows = new double[order][];
        Arrays.setAll(rows, i -> new double[i + 1]);
    }

    @Override
    public void addProducts(double[] flat, int count) {
        TransposedProduct.addLowerTriangle(split(flat, count), rows);
    }

    private double[][] split(double[] flat, int count) {
        int n = rows.length;
        double[][] parts = new double[count][];
        Arrays.setAll(parts, k -> Arrays.copyOfRange(flat, k * n, (k + 1) * n));
        return parts;
    }

    @Override
    public void multiply(double factor) {
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
    }

    @Override
    public void row(int i, double[] out) {
        for (int j = i; j < rows.length; j++) {
            out[j] = rows[j][i];
        }
    }

    @Override
    public void addRow(int i, double[] row) {
        for (int j = i; j < rows.length; j++) {
            rows[j][i] += row[j];
        }
    }

    @Override
    public void times(double[] vectors, int count, double[] out) {
        int n = rows.length;
        for (int k = 0; k < count; k++) {
            int start = k * n;
            Arrays.fill(out, start, start + n, 0.0);
            for (int i = 0; i < n; i++) {
                double[] row = rows[i];
                double own = vectors[start + i];
                double sum = 0.0;
                for (int j = 0; j < i; j++) {
                    sum += row[j] * vectors[start + j];
                    out[start + j] += row[j] * own;
                }
                out[start + i] += sum + row[i] * own;
            }
        }
    }

    @Override
    public double[] eigenvalues(int exponent) {
        double[][] copy = new double[rows.length][];
        Arrays.setAll(copy, i -> Scale.by(rows[i], exponent));
        return SymmetricIteration.values(copy);
    }
}
