package org.langevin4j.core.field;

import java.util.Arrays;
import org.hipparchus.linear.RealMatrix;

/**
 * The linear field v(x) = Mx for an n×d matrix M; drift of an Ornstein–Uhlenbeck process with M = −F (Chaudhari and
 * Soatto 2018, eq. 15), or the factor of a constant diffusion matrix.
 *
 * <p>The block form is a matrix product of M with the d×paths block, written so that the compiler turns its inner loop
 * over paths into vector instructions. It adds in the same order as the point form: the bits agree.
 */
public final class LinearField implements VectorField {

    /** Columns of M taken together: four loads of x for one load and one store of the result. */
    private static final int UNROLL = 4;

    /** Columns of M that meet all its rows before the next: their part of the block stays in the first-level cache. */
    private static final int PANEL = 64;

    private final double[][] rows;
    private final int columns;

    private LinearField(double[][] rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * The field x ↦ Mx.
     *
     * @param matrix M, n×d, finite entries; copied
     * @return the field
     * @throws IllegalArgumentException if an entry is not finite
     */
    public static LinearField of(RealMatrix matrix) {
        double[][] rows = matrix.getData();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                if (!(Math.abs(rows[i][j]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "matrix must be finite, got entry [" + i + "][" + j + "] = " + rows[i][j]);
                }
            }
        }
        return new LinearField(rows, matrix.getColumnDimension());
    }

    /**
     * The number n of rows of M.
     *
     * @return length of the result
     */
    public int rows() {
        return rows.length;
    }

    /**
     * The number d of columns of M.
     *
     * @return length of the argument
     */
    public int columns() {
        return columns;
    }

    @Override
    public void requireShape(int arguments, int values) {
        if (!(arguments == columns && values == rows.length)) {
            throw new IllegalArgumentException("field must map " + arguments + " coordinates to " + values
                    + " components, got a matrix of " + rows.length + "×" + columns);
        }
    }

    @Override
    public void at(double[] x, double[] out) {
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            double sum = 0.0;
            for (int j = 0; j < columns; j++) {
                sum += row[j] * x[j];
            }
            out[i] = sum;
        }
    }

    /**
     * The transposed product Mᵀy, for D = MMᵀ without D.
     *
     * @param y length n; not modified
     * @param out receives Mᵀy, length d
     */
    public void transposed(double[] y, double[] out) {
        Arrays.fill(out, 0, columns, 0.0);
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            double factor = y[i];
            for (int j = 0; j < columns; j++) {
                out[j] += factor * row[j];
            }
        }
    }

    @Override
    public void atBlock(double[][] x, int paths, double[][] out) {
        for (int i = 0; i < rows.length; i++) {
            Arrays.fill(out[i], 0, paths, 0.0);
        }
        for (int start = 0; start < columns; start += PANEL) {
            int end = Math.min(start + PANEL, columns);
            for (int i = 0; i < rows.length; i++) {
                addPanel(rows[i], x, start, end, paths, out[i]);
            }
        }
    }

    private static void addPanel(double[] row, double[][] x, int start, int end, int paths, double[] sum) {
        int j = start;
        for (; j + UNROLL <= end; j += UNROLL) {
            addFour(sum, paths, row[j], x[j], row[j + 1], x[j + 1], row[j + 2], x[j + 2], row[j + 3], x[j + 3]);
        }
        for (; j < end; j++) {
            double a = row[j];
            double[] u = x[j];
            for (int p = 0; p < paths; p++) {
                sum[p] += a * u[p];
            }
        }
    }

    /** Its own small method, so that the just-in-time compiler vectorises the loop whatever surrounds it. */
    private static void addFour(
            double[] sum,
            int paths,
            double a0,
            double[] u0,
            double a1,
            double[] u1,
            double a2,
            double[] u2,
            double a3,
            double[] u3) {
        for (int p = 0; p < paths; p++) {
            sum[p] = (((sum[p] + a0 * u0[p]) + a1 * u1[p]) + a2 * u2[p]) + a3 * u3[p];
        }
    }

    @Override
    public String toString() {
        return "linear field, " + rows() + "×" + columns();
    }
}
