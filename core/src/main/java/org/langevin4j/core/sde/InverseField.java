package org.langevin4j.core.sde;

import java.util.Arrays;
import org.langevin4j.core.field.VectorField;

/** The field D(x)⁻¹v(x), by Cholesky's factorisation at each state; a constant D is factored once. */
final class InverseField {

    /** A pivot below this fraction of its diagonal entry, times d, is a zero of a singular D. */
    private static final double ROUNDING = 1e-13;

    private InverseField() {}

    /**
     * The field.
     *
     * @param d dimension of the states
     * @param constant whether D is the same at all of them
     * @param matrix writes D(x), row-major
     */
    static VectorField of(int d, boolean constant, VectorField matrix, VectorField v) {
        v.requireShape(d, d);
        if (constant) {
            double[] factor = new double[d * d];
            double[] origin = new double[d];
            matrix.at(origin, factor);
            factor(origin, factor, d);
            return new VectorField() {
                @Override
                public void at(double[] x, double[] out) {
                    v.at(x, out);
                    solve(factor, out);
                }

                @Override
                public void atBlock(double[][] x, int paths, double[][] out) {
                    v.atBlock(x, paths, out);
                    double[] value = new double[d];
                    for (int p = 0; p < paths; p++) {
                        for (int i = 0; i < d; i++) {
                            value[i] = out[i][p];
                        }
                        solve(factor, value);
                        for (int i = 0; i < d; i++) {
                            out[i][p] = value[i];
                        }
                    }
                }
            };
        }
        return VectorField.withScratch(
                (x, scratch, out) -> {
                    matrix.at(x, scratch[0]);
                    if (Entries.blownUp(x)) {
                        Arrays.fill(out, 0, d, Double.NaN);
                        return;
                    }
                    factor(x, scratch[0], d);
                    v.at(x, out);
                    solve(scratch[0], out);
                },
                d * d);
    }

    /** Replaces the lower triangle by Cholesky's factor L, D = LLᵀ. */
    private static void factor(double[] x, double[] m, int d) {
        for (int j = 0; j < d; j++) {
            double pivot = m[j * d + j];
            double zero = ROUNDING * d * pivot;
            for (int k = 0; k < j; k++) {
                pivot -= m[j * d + k] * m[j * d + k];
            }
            if (!(pivot > zero && pivot <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("diffusion must be positive definite to be inverted, got pivot " + j
                        + " = " + pivot + " at x = " + Arrays.toString(x));
            }
            double root = Math.sqrt(pivot);
            m[j * d + j] = root;
            for (int i = j + 1; i < d; i++) {
                double sum = m[i * d + j];
                for (int k = 0; k < j; k++) {
                    sum -= m[i * d + k] * m[j * d + k];
                }
                m[i * d + j] = sum / root;
            }
        }
    }

    /** Replaces v by (LLᵀ)⁻¹v. */
    private static void solve(double[] l, double[] v) {
        int d = v.length;
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
