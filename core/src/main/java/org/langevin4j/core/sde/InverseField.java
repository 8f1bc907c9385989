package org.langevin4j.core.sde;

import java.util.Arrays;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Cholesky;

/** The field D(x)⁻¹v(x), by Cholesky's factorisation at each state; a constant D is factored once. */
final class InverseField {

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
        String what = "the inverse of a diffusion of dimension " + d;
        Memory.require(what, 8.0 * d * d, "a diagonal D needs no such matrix");
        if (!((long) d * d <= Integer.MAX_VALUE - 8)) {
            throw new IllegalArgumentException(
                    what + " is more than a Java array holds; a diagonal D needs no such matrix");
        }
        if (constant) {
            double[] factor = new double[d * d];
            double[] origin = new double[d];
            matrix.at(origin, factor);
            factor(origin, factor, d);
            return new VectorField() {
                @Override
                public void at(double[] x, double[] out) {
                    v.at(x, out);
                    Cholesky.solve(factor, out);
                }

                @Override
                public void atBlock(double[][] x, int paths, double[][] out) {
                    v.atBlock(x, paths, out);
                    double[] value = new double[d];
                    for (int p = 0; p < paths; p++) {
                        for (int i = 0; i < d; i++) {
                            value[i] = out[i][p];
                        }
                        Cholesky.solve(factor, value);
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
                    Cholesky.solve(scratch[0], out);
                },
                d * d);
    }

    /** The same of a diagonal D, of which the field writes the diagonal; the bits are those of the factorisation. */
    static VectorField ofDiagonal(int d, boolean constant, VectorField diagonal, VectorField v) {
        v.requireShape(d, d);
        if (constant) {
            double[] origin = new double[d];
            double[] roots = new double[d];
            diagonal.at(origin, roots);
            roots(origin, roots);
            return (x, out) -> {
                v.at(x, out);
                divide(out, roots);
            };
        }
        return VectorField.withScratch(
                (x, scratch, out) -> {
                    diagonal.at(x, scratch[0]);
                    if (Entries.blownUp(x)) {
                        Arrays.fill(out, 0, d, Double.NaN);
                        return;
                    }
                    roots(x, scratch[0]);
                    v.at(x, out);
                    divide(out, scratch[0]);
                },
                d);
    }

    private static void roots(double[] x, double[] diagonal) {
        for (int i = 0; i < diagonal.length; i++) {
            if (!(diagonal[i] > 0.0 && diagonal[i] <= Double.MAX_VALUE)) {
                throw notDefinite(i, diagonal[i], x);
            }
            diagonal[i] = Math.sqrt(diagonal[i]);
        }
    }

    private static void divide(double[] v, double[] roots) {
        for (int i = 0; i < roots.length; i++) {
            v[i] = v[i] / roots[i] / roots[i];
        }
    }

    private static IllegalArgumentException notDefinite(int i, double pivot, double[] x) {
        return new IllegalArgumentException("diffusion must be positive definite to be inverted, got pivot " + i + " = "
                + pivot + " at x = " + Arrays.toString(x));
    }

    private static void factor(double[] x, double[] m, int d) {
        int zero = Cholesky.definite(m, d);
        if (zero >= 0) {
            throw notDefinite(zero, m[zero * d + zero], x);
        }
    }
}
