package org.langevin4j.models.expression;

import org.langevin4j.core.block.BlockMath;

/** Functions of the values of a block. Compiled code calls the methods by their names. */
final class Lanes {

    private static final Op[] OPS = Op.values();

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

    /** The function with that ordinal. */
    static void one(int op, double[] a, int n, double[] out) {
        switch (OPS[op]) {
            case EXP -> BlockMath.exp(a, n, out);
            case LOG -> BlockMath.log(a, n, out);
            case SIN -> BlockMath.sin(a, n, out);
            case COS -> BlockMath.cos(a, n, out);
            case STEP -> step(a, n, out);
            case SIGN -> sign(a, n, out);
            default -> {
                for (int p = 0; p < n; p++) {
                    out[p] = OPS[op].apply(a[p], 0.0);
                }
            }
        }
    }

    private static void step(double[] a, int n, double[] out) {
        for (int p = 0; p < n; p++) {
            out[p] = Op.step(a[p]);
        }
    }

    private static void sign(double[] a, int n, double[] out) {
        for (int p = 0; p < n; p++) {
            out[p] = Math.signum(a[p]);
        }
    }

    /** The function of two values with that ordinal. */
    static void two(int op, double[] a, double[] b, int n, double[] out) {
        for (int p = 0; p < n; p++) {
            out[p] = OPS[op].apply(a[p], b[p]);
        }
    }

    /** The same with one second value for all. */
    static void two(int op, double[] a, double b, int n, double[] out) {
        for (int p = 0; p < n; p++) {
            out[p] = OPS[op].apply(a[p], b);
        }
    }

    /** The same with one first value for all. */
    static void two(int op, double a, double[] b, int n, double[] out) {
        for (int p = 0; p < n; p++) {
            out[p] = OPS[op].apply(a, b[p]);
        }
    }
}
