package org.langevin4j.solvers.orbit;

import java.util.Arrays;

/** Sums, products and lengths of vectors as arrays; nothing here writes into its arguments unless it says so. */
final class Vectors {

    private Vectors() {}

    static double norm(double[] x) {
        return org.langevin4j.core.linear.Vectors.norm(x);
    }

    static double distance(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    static double dot(double[] a, double[] b) {
        return org.langevin4j.core.linear.Vectors.dot(a, b);
    }

    /** Changes the signs in place. */
    static void negate(double[] v) {
        for (int i = 0; i < v.length; i++) {
            v[i] = -v[i];
        }
    }

    static double[] scaled(double[] v, double factor) {
        double[] out = v.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= factor;
        }
        return out;
    }

    static double[] unit(double[] v) {
        return scaled(v, 1.0 / norm(v));
    }

    /** y + t·v. */
    static double[] moved(double[] y, double[] v, double t) {
        double[] out = y.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += t * v[i];
        }
        return out;
    }

    static double[] difference(double[] a, double[] b) {
        return moved(a, b, -1.0);
    }

    /** (x, p). */
    static double[] append(double[] x, double parameter) {
        double[] y = Arrays.copyOf(x, x.length + 1);
        y[x.length] = parameter;
        return y;
    }
}
