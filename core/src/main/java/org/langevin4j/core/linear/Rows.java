package org.langevin4j.core.linear;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/** The entries of a matrix, and what must be true of them. */
final class Rows {

    /** Asymmetry up to this fraction of the largest entry is rounding. */
    static final double ASYMMETRY = 1e-12;

    private Rows() {}

    /** The rows, not to be modified: those of the matrix itself where it has them. */
    static double[][] of(RealMatrix matrix) {
        return matrix instanceof Array2DRowRealMatrix array ? array.getDataRef() : matrix.getData();
    }

    static boolean areFinite(double[][] rows) {
        for (double[] row : rows) {
            for (double entry : row) {
                if (!(Math.abs(entry) <= Double.MAX_VALUE)) {
                    return false;
                }
            }
        }
        return true;
    }

    static double[][] finite(String name, RealMatrix matrix) {
        double[][] rows = of(matrix);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                if (!(Math.abs(rows[i][j]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            name + " must be finite, got entry [" + i + "][" + j + "] = " + rows[i][j]);
                }
            }
        }
        return rows;
    }

    static double[][] finiteSquare(String name, RealMatrix matrix) {
        if (matrix.getRowDimension() != matrix.getColumnDimension()) {
            throw new IllegalArgumentException(
                    name + " must be square, got " + matrix.getRowDimension() + "×" + matrix.getColumnDimension());
        }
        return finite(name, matrix);
    }

    /** The mean of the matrix and its transpose, refused if they differ by more than rounding. */
    static double[][] symmetric(String name, RealMatrix matrix, double tolerance) {
        double[][] rows = finiteSquare(name, matrix);
        if (isSymmetric(rows)) {
            return rows;
        }
        int n = rows.length;
        double largest = 0.0;
        for (double[] row : rows) {
            for (double entry : row) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        double[][] mean = new double[n][n];
        int row = 0;
        int column = 0;
        double worst = 0.0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                // Halves first: the sum of two entries may overflow.
                mean[i][j] = 0.5 * rows[i][j] + 0.5 * rows[j][i];
                mean[j][i] = mean[i][j];
                double difference = Math.abs(0.5 * rows[i][j] - 0.5 * rows[j][i]);
                if (difference > worst) {
                    worst = difference;
                    row = i;
                    column = j;
                }
            }
        }
        if (!(worst <= 0.5 * tolerance * largest)) {
            throw new IllegalArgumentException(name + " must be symmetric, got entries [" + row + "][" + column + "] = "
                    + rows[row][column] + " and [" + column + "][" + row + "] = " + rows[column][row]
                    + ", which differ by " + 2.0 * (worst / largest) + " of the largest entry");
        }
        return mean;
    }

    /** To the last bit. */
    static boolean isSymmetric(double[][] rows) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < i; j++) {
                if (rows[i][j] != rows[j][i]) {
                    return false;
                }
            }
        }
        return true;
    }

    static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    static double[][] transposed(double[][] rows) {
        int n = rows.length;
        int m = n == 0 ? 0 : rows[0].length;
        double[][] transposed = new double[m][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                transposed[j][i] = rows[i][j];
            }
        }
        return transposed;
    }
}
