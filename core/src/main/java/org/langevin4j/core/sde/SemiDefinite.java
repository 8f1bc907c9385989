package org.langevin4j.core.sde;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Cholesky;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;

/**
 * A factor of a symmetric positive semi-definite matrix, D = BBᵀ with B d×d, where D carries the rounding of the formula
 * it comes from.
 *
 * <p>First Cholesky's, see {@link Cholesky#semiDefinite}. Where that does not tell, B is the symmetric root V√ΛVᵀ of D scaled to a unit diagonal, or of D itself; its eigenvalues decide whether D is semi-definite.
 */
final class SemiDefinite {

    /** An eigenvalue below this fraction of the largest, times d, is a zero of a singular matrix. */
    static final double ROUNDING = Cholesky.ROUNDING;

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
        if (largest > 0.0 && !Cholesky.semiDefinite(m, d)) {
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
                // The asymmetry has been found to be rounding, which the scales may have made large.
                h[i][j] = m[Math.max(i, j) * d + Math.min(i, j)] / scales[i] / scales[j];
            }
        }
        Eigenpairs eigen = LinearAlgebra.pureJava().symmetricEigen(new Array2DRowRealMatrix(h, false));
        double[] values = eigen.values();
        if (!(values[d - 1] >= -ROUNDING * d * values[0])) {
            return values[d - 1];
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
