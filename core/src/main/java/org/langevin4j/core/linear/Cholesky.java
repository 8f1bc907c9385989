package org.langevin4j.core.linear;

import java.util.Arrays;

/**
 * Cholesky's factor A = LLᵀ of a symmetric matrix, row by row in one array and in place, for matrices that are factored
 * again at every state. Only the lower triangle is read and written.
 */
public final class Cholesky {

    /** A pivot below this fraction of its diagonal entry, times d, is a zero of a singular matrix. */
    public static final double ROUNDING = 1e-13;

    /** Amplified rounding up to this fraction is still small enough to be taken for zero. */
    private static final double LARGEST_ROUNDING = 1e-10;

    private static final double EPSILON = 4e-16;

    private Cholesky() {}

    /**
     * Factors a positive definite matrix, where a pivot below d·10⁻¹³ of its diagonal entry is a zero.
     *
     * @param m A, d×d; its lower triangle becomes L
     * @param d order
     * @return −1, or the place of the first pivot that is not positive and is left on the diagonal
     * @throws IllegalArgumentException if there are fewer entries
     */
    public static int definite(double[] m, int d) {
        return definite(m, d, ROUNDING * d);
    }

    /**
     * Factors a positive definite matrix.
     *
     * @param m A, d×d; its lower triangle becomes L
     * @param d order
     * @param rounding the fraction of its diagonal entry that a pivot must exceed
     * @return −1, or the place of the first pivot that does not and is left on the diagonal
     * @throws IllegalArgumentException if there are fewer entries
     */
    public static int definite(double[] m, int d, double rounding) {
        requireEntries(m, d);
        for (int j = 0; j < d; j++) {
            double pivot = m[j * d + j];
            double zero = rounding * pivot;
            for (int k = 0; k < j; k++) {
                pivot -= m[j * d + k] * m[j * d + k];
            }
            if (!(pivot > zero && pivot <= Double.MAX_VALUE)) {
                m[j * d + j] = pivot;
                return j;
            }
            double root = Math.sqrt(pivot);
            m[j * d + j] = root;
            for (int i = j + 1; i < d; i++) {
                m[i * d + j] = rest(m, d, i, j) / root;
            }
        }
        return -1;
    }

    /**
     * Factors a positive semi-definite matrix without exchanges, so that L changes with A as smoothly as it can. The pivots
     * are compared with their own diagonal entries, for coordinates may have different units. A negative pivot is a zero
     * if it is as small as the rounding of A has become on the way, 2⁻⁵²·max Aₖₖ/pivotₖ over the pivots before it.
     *
     * @param m A, d×d; its lower triangle becomes L, or is spoilt where this does not tell
     * @param d order
     * @return false where a pivot is neither positive nor plainly the rounding of a zero
     * @throws IllegalArgumentException if there are fewer entries
     */
    public static boolean semiDefinite(double[] m, int d) {
        requireEntries(m, d);
        double[] diagonal = new double[d];
        Arrays.setAll(diagonal, i -> m[i * d + i]);
        double rounding = ROUNDING * d;
        for (int j = 0; j < d; j++) {
            double pivot = diagonal[j];
            for (int k = 0; k < j; k++) {
                pivot -= m[j * d + k] * m[j * d + k];
            }
            if (!(pivot >= -rounding * diagonal[j])) {
                return false;
            }
            double root = pivot > ROUNDING * d * diagonal[j] ? Math.sqrt(pivot) : 0.0;
            m[j * d + j] = root;
            if (root > 0.0) {
                rounding = Math.max(rounding, Math.min(LARGEST_ROUNDING, EPSILON * d * diagonal[j] / pivot));
            }
            double scale = Math.sqrt(diagonal[j]);
            for (int i = j + 1; i < d; i++) {
                double sum = rest(m, d, i, j);
                if (root > 0.0) {
                    m[i * d + j] = sum / root;
                } else if (Math.abs(sum) <= rounding * scale * Math.sqrt(diagonal[i])) {
                    m[i * d + j] = 0.0;
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    private static void requireEntries(double[] m, int d) {
        if (!(d >= 0 && (long) d * d <= m.length)) {
            throw new IllegalArgumentException("m must have " + d + "·" + d + " entries, got " + m.length);
        }
    }

    private static double rest(double[] m, int d, int i, int j) {
        double sum = m[i * d + j];
        for (int k = 0; k < j; k++) {
            sum -= m[i * d + k] * m[j * d + k];
        }
        return sum;
    }

    /**
     * Solves LLᵀx = v.
     *
     * @param l L, positive on its diagonal, as {@link #definite} leaves it
     * @param v of length d, becomes x
     * @throws IllegalArgumentException if L has fewer entries
     */
    public static void solve(double[] l, double[] v) {
        int d = v.length;
        requireEntries(l, d);
        for (int i = 0; i < d; i++) {
            double sum = v[i];
            for (int k = 0; k < i; k++) {
                sum -= l[i * d + k] * v[k];
            }
            v[i] = sum / l[i * d + i];
        }
        for (int i = d - 1; i >= 0; i--) {
            double sum = v[i];
            for (int k = i + 1; k < d; k++) {
                sum -= l[k * d + i] * v[k];
            }
            v[i] = sum / l[i * d + i];
        }
    }
}
