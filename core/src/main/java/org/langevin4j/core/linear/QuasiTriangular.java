package org.langevin4j.core.linear;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;

/** TY + YTᵀ = C for a quasi-triangular T. */
final class QuasiTriangular {

    /** Products of fewer multiplications are not worth being copied for a library. */
    private static final long SMALL = 48L * 48 * 48;

    /** Hager's method has mostly ended after two steps. */
    private static final int STEPS = 5;

    private final double[][] t;
    private final LinearAlgebra algebra;
    private final boolean diagonal;

    QuasiTriangular(double[][] t, LinearAlgebra algebra) {
        this.t = t;
        this.algebra = algebra;
        this.diagonal = isDiagonal(t);
    }

    private static boolean isDiagonal(double[][] t) {
        for (int i = 0; i < t.length; i++) {
            for (int j = 0; j < t.length; j++) {
                if (i != j && t[i][j] != 0.0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Turns C into Y; both are symmetric if the sign is 1 and antisymmetric if it is −1. */
    void solve(double[][] y, double sign) {
        if (diagonal) {
            for (int i = 0; i < t.length; i++) {
                for (int j = 0; j < t.length; j++) {
                    if (i != j || sign > 0.0) {
                        y[i][j] /= t[i][i] + t[j][j];
                    }
                }
            }
        } else if (t.length > 0) {
            lyapunov(y, 0, t.length, sign);
        }
    }

    /** With T = (T₁ R; 0 T₂): first Y₂₂, then Y₁₂, then Y₁₁. */
    private void lyapunov(double[][] y, int from, int to, double sign) {
        if (isBlock(from, to)) {
            diagonalBlock(y, from, to, sign);
            return;
        }
        int middle = split(from, to);
        lyapunov(y, middle, to, sign);
        subtractLeft(y, from, middle, middle, to, middle, to);
        sylvester(y, from, middle, middle, to);
        for (int i = from; i < middle; i++) {
            for (int j = middle; j < to; j++) {
                y[j][i] = sign * y[i][j];
            }
        }
        // Y₁₂Rᵀ, and its transpose RY₂₁ but for the sign.
        double[][] product = timesTransposed(y, from, middle, from, middle, to);
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product.length; j++) {
                y[from + i][from + j] -= product[i][j] + sign * product[j][i];
            }
        }
        lyapunov(y, from, middle, sign);
    }

    /** T₁X + XT₂ᵀ = C, where rows and columns of X belong to T₁ and T₂, in place of C. */
    private void sylvester(double[][] y, int row, int rowEnd, int column, int columnEnd) {
        if (isBlock(row, rowEnd) && isBlock(column, columnEnd)) {
            smallSylvester(y, row, rowEnd, column, columnEnd);
        } else if (!isBlock(row, rowEnd) && (rowEnd - row >= columnEnd - column || isBlock(column, columnEnd))) {
            int middle = split(row, rowEnd);
            sylvester(y, middle, rowEnd, column, columnEnd);
            subtractLeft(y, row, middle, middle, rowEnd, column, columnEnd);
            sylvester(y, row, middle, column, columnEnd);
        } else {
            int middle = split(column, columnEnd);
            sylvester(y, row, rowEnd, middle, columnEnd);
            subtractRight(y, row, rowEnd, column, middle, columnEnd);
            sylvester(y, row, rowEnd, column, middle);
        }
    }

    private boolean isBlock(int from, int to) {
        return to - from == 1 || (to - from == 2 && t[from + 1][from] != 0.0);
    }

    /** About the middle, but not through a 2×2 block. */
    private int split(int from, int to) {
        int middle = (from + to) >>> 1;
        if (t[middle][middle - 1] == 0.0) {
            return middle;
        }
        return middle + 1 < to ? middle + 1 : middle - 1;
    }

    /** Y[rows, columns] −= T[rows, k…]·Y[k…, columns]. */
    private void subtractLeft(double[][] y, int row, int rowEnd, int k, int kEnd, int column, int columnEnd) {
        if ((rowEnd - row) * (long) (kEnd - k) * (columnEnd - column) < SMALL) {
            for (int i = row; i < rowEnd; i++) {
                for (int l = k; l < kEnd; l++) {
                    subtractMultiple(t[i][l], y[l], y[i], column, columnEnd);
                }
            }
        } else {
            subtract(
                    y,
                    row,
                    column,
                    algebra.multiply(block(t, row, rowEnd, k, kEnd), block(y, k, kEnd, column, columnEnd))
                            .getData());
        }
    }

    /** Y[rows, column…middle] −= Y[rows, middle…]·T[column…middle, middle…]ᵀ. */
    private void subtractRight(double[][] y, int row, int rowEnd, int column, int middle, int columnEnd) {
        subtract(y, row, column, timesTransposed(y, row, rowEnd, column, middle, columnEnd));
    }

    /** Y[rows, middle…]·T[column…middle, middle…]ᵀ. */
    private double[][] timesTransposed(double[][] y, int row, int rowEnd, int column, int middle, int columnEnd) {
        if ((rowEnd - row) * (long) (middle - column) * (columnEnd - middle) >= SMALL) {
            return algebra.multiply(
                            block(y, row, rowEnd, middle, columnEnd),
                            block(t, column, middle, middle, columnEnd).transpose())
                    .getData();
        }
        double[][] product = new double[rowEnd - row][middle - column];
        for (int i = row; i < rowEnd; i++) {
            for (int j = column; j < middle; j++) {
                product[i - row][j - column] = dot(y[i], t[j], middle, columnEnd);
            }
        }
        return product;
    }

    private static void subtractMultiple(double factor, double[] from, double[] to, int start, int end) {
        for (int j = start; j < end; j++) {
            to[j] -= factor * from[j];
        }
    }

    private static double dot(double[] a, double[] b, int start, int end) {
        double sum = 0.0;
        for (int k = start; k < end; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static void subtract(double[][] y, int row, int column, double[][] product) {
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product[i].length; j++) {
                y[row + i][column + j] -= product[i][j];
            }
        }
    }

    private static RealMatrix block(double[][] matrix, int row, int rowEnd, int column, int columnEnd) {
        double[][] rows = new double[rowEnd - row][columnEnd - column];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(matrix[row + i], column, rows[i], 0, rows[i].length);
        }
        return new Array2DRowRealMatrix(rows, false);
    }

    /** On the diagonal an antisymmetric Y has one unknown in a 2×2 block and none in a 1×1 block. */
    private void diagonalBlock(double[][] y, int from, int to, double sign) {
        if (sign > 0.0) {
            smallSylvester(y, from, to, from, to);
            return;
        }
        y[from][from] = 0.0;
        if (to - from == 2) {
            double entry = y[from][from + 1] / (t[from][from] + t[from + 1][from + 1]);
            y[from][from + 1] = entry;
            y[from + 1][from] = -entry;
            y[from + 1][from + 1] = 0.0;
        }
    }

    /** At most four equations, by Gaussian elimination with row exchanges. */
    private void smallSylvester(double[][] y, int row, int rowEnd, int column, int columnEnd) {
        int m = rowEnd - row;
        int n = columnEnd - column;
        if (m == 1 && n == 1) {
            y[row][column] /= t[row][row] + t[column][column];
            return;
        }
        int size = m * n;
        double[][] system = new double[size][size + 1];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double[] equation = system[i * n + j];
                for (int k = 0; k < m; k++) {
                    equation[k * n + j] += t[row + i][row + k];
                }
                for (int k = 0; k < n; k++) {
                    equation[i * n + k] += t[column + j][column + k];
                }
                equation[size] = y[row + i][column + j];
            }
        }
        double[] solution = eliminate(system);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                y[row + i][column + j] = solution[i * n + j];
            }
        }
    }

    private static double[] eliminate(double[][] system) {
        int size = system.length;
        for (int k = 0; k < size; k++) {
            int pivot = k;
            for (int i = k + 1; i < size; i++) {
                if (FastMath.abs(system[i][k]) > FastMath.abs(system[pivot][k])) {
                    pivot = i;
                }
            }
            double[] top = system[pivot];
            system[pivot] = system[k];
            system[k] = top;
            for (int i = k + 1; i < size; i++) {
                subtractMultiple(system[i][k] / top[k], top, system[i], k, size + 1);
            }
        }
        double[] solution = new double[size];
        for (int k = size - 1; k >= 0; k--) {
            solution[k] = (system[k][size] - dot(system[k], solution, k + 1, size)) / system[k][k];
        }
        return solution;
    }

    /** An estimate from below of ‖L⁻¹‖₁ on the entries above the diagonal of antisymmetric matrices. */
    double inverseNorm() {
        int n = t.length;
        if (n < 2) {
            return 0.0;
        }
        if (diagonal) {
            double largest = 0.0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    largest = FastMath.max(largest, 1.0 / FastMath.abs(t[i][i] + t[j][j]));
                }
            }
            return largest;
        }
        QuasiTriangular adjoint = new QuasiTriangular(flipped(t), algebra);
        double entries = 0.5 * n * (n - 1.0);
        double[][] x = antisymmetric(n, (i, j) -> 1.0 / entries);
        double estimate = 0.0;
        for (int step = 0; step < STEPS; step++) {
            double[][] product = copy(x);
            solve(product, -1.0);
            double size = sumAbove(product);
            if (step > 0 && !(size > estimate)) {
                break;
            }
            estimate = size;
            // (L⁻¹)ᵀ sign(L⁻¹x): T backwards and transposed is quasi-triangular again.
            double[][] signs = antisymmetric(n, (i, j) -> product[i][j] < 0.0 ? -1.0 : 1.0);
            double[][] gradient = flipped(transposed(signs));
            adjoint.solve(gradient, -1.0);
            double[][] z = flipped(transposed(gradient));
            int row = 0;
            int column = 1;
            double scalar = 0.0;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    scalar += z[i][j] * x[i][j];
                    if (FastMath.abs(z[i][j]) > FastMath.abs(z[row][column])) {
                        row = i;
                        column = j;
                    }
                }
            }
            if (FastMath.abs(z[row][column]) <= scalar) {
                break;
            }
            int largestRow = row;
            int largestColumn = column;
            x = antisymmetric(n, (i, j) -> i == largestRow && j == largestColumn ? 1.0 : 0.0);
        }
        double[][] alternating = antisymmetric(n, (i, j) -> {
            double k = i * (n - 1.0) - 0.5 * i * (i - 1.0) + (j - i - 1.0);
            return (k % 2.0 == 0.0 ? 1.0 : -1.0) * (1.0 + k / FastMath.max(1.0, entries - 1.0));
        });
        solve(alternating, -1.0);
        return FastMath.max(estimate, 2.0 * sumAbove(alternating) / (3.0 * entries));
    }

    private interface Entry {
        double at(int i, int j);
    }

    private static double[][] antisymmetric(int n, Entry above) {
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                rows[i][j] = above.at(i, j);
                rows[j][i] = -rows[i][j];
            }
        }
        return rows;
    }

    private static double sumAbove(double[][] matrix) {
        double sum = 0.0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = i + 1; j < matrix.length; j++) {
                sum += FastMath.abs(matrix[i][j]);
            }
        }
        return sum;
    }

    /** Transposed about the other diagonal: quasi-triangular stays quasi-triangular. */
    private static double[][] flipped(double[][] matrix) {
        int n = matrix.length;
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = matrix[n - 1 - j][n - 1 - i];
            }
        }
        return rows;
    }

    private static double[][] transposed(double[][] matrix) {
        int n = matrix.length;
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = matrix[j][i];
            }
        }
        return rows;
    }

    private static double[][] copy(double[][] matrix) {
        double[][] rows = new double[matrix.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = matrix[i].clone();
        }
        return rows;
    }
}
