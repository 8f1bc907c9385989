package org.langevin4j.core.linear;

import java.util.Arrays;

/**
 * The product AᵀX of an M×d matrix A with an M×n matrix X, both given by their rows, in pure Java. Each entry is the sum
 * over the rows in their order, to the bit, however the work is cut.
 */
public final class TransposedProduct {

    /** Rows taken together, so that this part of X stays in the cache while it meets all columns of A. */
    private static final int PANEL = 64;

    private TransposedProduct() {}

    /**
     * Computes AᵀX.
     *
     * @param a M rows of length d
     * @param x M rows of length n or more
     * @param columns n
     * @param out receives AᵀX, d rows of length n or more
     */
    public static void of(double[][] a, double[][] x, int columns, double[][] out) {
        for (double[] row : out) {
            Arrays.fill(row, 0, columns, 0.0);
        }
        for (int start = 0; start < a.length; start += PANEL) {
            for (int i = 0; i < out.length; i++) {
                addPanel(a, i, x, start, 0, columns, out[i]);
            }
        }
    }

    /**
     * Computes the symmetric AᵀA, half of it by reflection.
     *
     * @param a M rows of length d
     * @return d rows of length d
     * @throws IllegalArgumentException if there is no row, or they differ in length
     */
    public static double[][] ofItself(double[][] a) {
        if (!(a.length >= 1)) {
            throw new IllegalArgumentException("a must have at least one row");
        }
        for (double[] row : a) {
            if (row.length != a[0].length) {
                throw new IllegalArgumentException("a must have rows of length " + a[0].length + ", got " + row.length);
            }
        }
        double[][] out = new double[a[0].length][a[0].length];
        addItself(a, out);
        reflect(out);
        return out;
    }

    /**
     * Computes the symmetric AAᵀ, half of it by reflection, without a transposed copy of A.
     *
     * @param a M rows of length d
     * @return M rows of length M
     */
    static double[][] ofRows(double[][] a) {
        int m = a.length;
        int d = a[0].length;
        double[][] out = new double[m][m];
        for (int start = 0; start < d; start += PANEL) {
            double[][] panel = new double[Math.min(PANEL, d - start)][m];
            for (int i = 0; i < m; i++) {
                for (int k = 0; k < panel.length; k++) {
                    panel[k][i] = a[i][start + k];
                }
            }
            addItself(panel, out);
        }
        reflect(out);
        return out;
    }

    private static void addItself(double[][] a, double[][] out) {
        for (int start = 0; start < a.length; start += PANEL) {
            for (int i = 0; i < out.length; i++) {
                addPanel(a, i, a, start, i, out.length, out[i]);
            }
        }
    }

    /** Adds AᵀA to a lower triangle, whose row i has i + 1 entries. */
    static void addLowerTriangle(double[][] a, double[][] out) {
        for (int start = 0; start < a.length; start += PANEL) {
            for (int i = 0; i < out.length; i++) {
                addPanel(a, i, a, start, 0, i + 1, out[i]);
            }
        }
    }

    private static void reflect(double[][] out) {
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < i; j++) {
                out[i][j] = out[j][i];
            }
        }
    }

    /** Adds Σₖ A[k][i] X[k][j] over one panel of rows k, for the columns j from {@code from} to {@code to}. */
    private static void addPanel(double[][] a, int i, double[][] x, int start, int from, int to, double[] sum) {
        int end = Math.min(start + PANEL, a.length);
        int k = start;
        for (; k + 4 <= end; k += 4) {
            addFour(sum, from, to, a[k][i], x[k], a[k + 1][i], x[k + 1], a[k + 2][i], x[k + 2], a[k + 3][i], x[k + 3]);
        }
        for (; k < end; k++) {
            double factor = a[k][i];
            double[] row = x[k];
            for (int j = from; j < to; j++) {
                sum[j] += factor * row[j];
            }
        }
    }

    /** Its own small method, so that the just-in-time compiler vectorises the loop. */
    private static void addFour(
            double[] sum,
            int from,
            int to,
            double a0,
            double[] x0,
            double a1,
            double[] x1,
            double a2,
            double[] x2,
            double a3,
            double[] x3) {
        for (int j = from; j < to; j++) {
            sum[j] = (((sum[j] + a0 * x0[j]) + a1 * x1[j]) + a2 * x2[j]) + a3 * x3[j];
        }
    }
}
