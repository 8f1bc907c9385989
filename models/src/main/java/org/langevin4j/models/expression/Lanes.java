package org.langevin4j.models.expression;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions of the values of a block that {@link org.langevin4j.core.block.BlockMath} has not, one value after the other.
 * Compiled code calls them by the names of the grammar.
 */
final class Lanes {

    private static final double[][] NONE = new double[0][];

    private Lanes() {}

    /** New arrays; one by one, which is faster than all at once. */
    static double[][] scratch(int arrays, int n) {
        if (arrays == 0) {
            return NONE;
        }
        double[][] scratch = new double[arrays][];
        for (int i = 0; i < arrays; i++) {
            scratch[i] = new double[n];
        }
        return scratch;
    }

    private static void each(DoubleUnaryOperator f, double[] a, int n, double[] out) {
        for (int p = 0; p < n; p++) {
            out[p] = f.applyAsDouble(a[p]);
        }
    }

    private static void each(DoubleBinaryOperator f, double[] a, double[] b, int n, double[] out) {
        for (int p = 0; p < n; p++) {
            out[p] = f.applyAsDouble(a[p], b[p]);
        }
    }

    static void step(double[] a, int n, double[] out) {
        for (int p = 0; p < n; p++) {
            out[p] = Op.step(a[p]);
        }
    }

    static void sign(double[] a, int n, double[] out) {
        for (int p = 0; p < n; p++) {
            out[p] = Math.signum(a[p]);
        }
    }

    static void tan(double[] a, int n, double[] out) {
        each(StrictMath::tan, a, n, out);
    }

    static void asin(double[] a, int n, double[] out) {
        each(StrictMath::asin, a, n, out);
    }

    static void acos(double[] a, int n, double[] out) {
        each(StrictMath::acos, a, n, out);
    }

    static void atan(double[] a, int n, double[] out) {
        each(StrictMath::atan, a, n, out);
    }

    static void sinh(double[] a, int n, double[] out) {
        each(StrictMath::sinh, a, n, out);
    }

    static void cosh(double[] a, int n, double[] out) {
        each(StrictMath::cosh, a, n, out);
    }

    static void tanh(double[] a, int n, double[] out) {
        each(StrictMath::tanh, a, n, out);
    }

    static void cbrt(double[] a, int n, double[] out) {
        each(StrictMath::cbrt, a, n, out);
    }

    static void pow(double[] a, double[] b, int n, double[] out) {
        each(StrictMath::pow, a, b, n, out);
    }

    static void pow(double[] a, double b, int n, double[] out) {
        each(value -> StrictMath.pow(value, b), a, n, out);
    }

    static void pow(double a, double[] b, int n, double[] out) {
        each(value -> StrictMath.pow(a, value), b, n, out);
    }

    static void atan2(double[] a, double[] b, int n, double[] out) {
        each(StrictMath::atan2, a, b, n, out);
    }

    static void atan2(double[] a, double b, int n, double[] out) {
        each(value -> StrictMath.atan2(value, b), a, n, out);
    }

    static void atan2(double a, double[] b, int n, double[] out) {
        each(value -> StrictMath.atan2(a, value), b, n, out);
    }
}
