package org.langevin4j.core.sde;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.SymmetricEigen;

/**
 * A factor of a symmetric positive semi-definite matrix, D = BBᵀ with B d×d, where D carries the rounding of the formula
 * it comes from.
 *
 * <p>First Cholesky's, without exchanges, so that B changes with D as smoothly as it can. The pivots are compared with
 * their own diagonal entries, for coordinates may have different units. A negative pivot is a zero if it is as small as
 * the rounding of D has become on the way, 2⁻⁵²·max Dₖₖ/pivotₖ over the pivots before it. Where that does not tell, B is the
 * symmetric root V√ΛVᵀ of D scaled to a unit diagonal, or of D itself; its eigenvalues decide whether D is semi-definite.
 */
final class SemiDefinite {

    /** A pivot or eigenvalue below this fraction of its scale, times d, is a zero of a singular matrix. */
    static final double ROUNDING = 1e-13;

    /** Amplified rounding up to this fraction is still small enough to be taken for zero. */
    private static final double LARGEST_ROUNDING = 1e-10;

    private static final double EPSILON = 4e-16;

    private SemiDefinite() {}

    /**
     * Replaces D by a factor.
     *
     * @param m D, row-major; of its asymmetric part only rounding
     * @param d its order
     * @param x where it was evaluated, for the message
     */
    static void factor(double[] m, int d, double[] x) {
        double largest = 0.0;
        for (double entry : m) {
            largest = Math.max(largest, Math.abs(entry));
        }
        if (!(largest <= Double.MAX_VALUE)) {
            throw refused("finite, got " + Arrays.toString(m), x);
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double rounding = ROUNDING * (Math.abs(m[i * d + i]) + Math.abs(m[j * d + j])) + EPSILON * d * largest;
                if (!(Math.abs(m[i * d + j] - m[j * d + i]) <= rounding)) {
                    throw refused(
                            "symmetric, got D[" + i + "][" + j + "] = " + m[i * d + j] + " and D[" + j + "][" + i
                                    + "] = " + m[j * d + i],
                            x);
                }
            }
        }
        double[] diagonal = new double[d];
        for (int i = 0; i < d; i++) {
            diagonal[i] = m[i * d + i];
        }
        // The upper triangle keeps D while the lower one becomes the factor.
        if (largest > 0.0 && !cholesky(m, d, diagonal)) {
            for (int i = 0; i < d; i++) {
                m[i * d + i] = diagonal[i];
                for (int j = 0; j < i; j++) {
                    m[i * d + j] = m[j * d + i];
                }
            }
            root(m, d, largest, x);
            return;
        }
        for (int i = 0; i < d; i++) {
            Arrays.fill(m, i * d + i + 1, (i + 1) * d, 0.0);
        }
    }

    /** The lower triangle becomes L; false where a pivot is neither positive nor plainly the rounding of a zero. */
    private static boolean cholesky(double[] m, int d, double[] diagonal) {
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
                double sum = m[i * d + j];
                for (int k = 0; k < j; k++) {
                    sum -= m[i * d + k] * m[j * d + k];
                }
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

    private static void root(double[] m, int d, double largest, double[] x) {
        double unit = Math.scalb(1.0, Math.getExponent(largest));
        double[] scales = new double[d];
        for (int i = 0; i < d; i++) {
            double entry = m[i * d + i];
            scales[i] = Math.sqrt(entry > 0.0 ? entry : unit);
        }
        // Scaled first: coordinates with small units keep their digits.
        if (takeRoot(m, d, scales) < 0.0) {
            Arrays.fill(scales, Math.sqrt(unit));
            double smallest = takeRoot(m, d, scales);
            if (smallest < 0.0) {
                throw refused("positive semi-definite, its smallest eigenvalue is " + smallest * unit, x);
            }
        }
    }

    /** B = S√H with D = SHS, and 0; or, if an eigenvalue of H is negative, that eigenvalue and D untouched. */
    private static double takeRoot(double[] m, int d, double[] scales) {
        double[][] h = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                h[i][j] = m[i * d + j] / scales[i] / scales[j];
            }
        }
        SymmetricEigen eigen = LinearAlgebra.pureJava().symmetricEigen(new Array2DRowRealMatrix(h, false));
        double[] values = eigen.values();
        if (!(values[0] >= -ROUNDING * d * values[d - 1])) {
            return values[0];
        }
        RealMatrix v = eigen.vectors();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double sum = 0.0;
                for (int k = 0; k < d; k++) {
                    sum += v.getEntry(i, k) * Math.sqrt(Math.max(0.0, values[k])) * v.getEntry(j, k);
                }
                m[i * d + j] = scales[i] * sum;
            }
        }
        return 0.0;
    }

    private static IllegalArgumentException refused(String requirement, double[] x) {
        return new IllegalArgumentException("diffusion must be " + requirement + " at x = " + Arrays.toString(x));
    }
}
