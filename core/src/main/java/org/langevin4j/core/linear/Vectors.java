package org.langevin4j.core.linear;

import java.util.Arrays;

/** What one does with vectors all the time. Sums run in the order of the entries. */
public final class Vectors {

    private Vectors() {}

    /**
     * The inner product.
     *
     * @param a length n
     * @param b length n or more
     * @return Σ aᵢbᵢ
     */
    public static double dot(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /**
     * The Euclidean length.
     *
     * @param a vector
     * @return √Σ aᵢ²
     */
    public static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /**
     * Adds a multiple, known as axpy.
     *
     * @param factor c
     * @param from a, length n
     * @param to b, length n or more, becomes b + ca
     */
    public static void addMultiple(double factor, double[] from, double[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] += factor * from[i];
        }
    }

    /**
     * Changes the signs in place.
     *
     * @param v becomes −v
     */
    public static void negate(double[] v) {
        for (int i = 0; i < v.length; i++) {
            v[i] = -v[i];
        }
    }

    /**
     * A multiple.
     *
     * @param v vector, not modified
     * @param factor c
     * @return cv
     */
    public static double[] scaled(double[] v, double factor) {
        double[] out = v.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= factor;
        }
        return out;
    }

    /**
     * The direction.
     *
     * @param v vector other than 0, not modified
     * @return v/‖v‖
     */
    public static double[] unit(double[] v) {
        return scaled(v, 1.0 / norm(v));
    }

    /**
     * A point further along a line.
     *
     * @param y where the line starts, not modified
     * @param v its direction
     * @param t how far
     * @return y + tv
     */
    public static double[] moved(double[] y, double[] v, double t) {
        double[] out = y.clone();
        addMultiple(t, v, out);
        return out;
    }

    /**
     * The difference.
     *
     * @param a vector
     * @param b vector of the same length
     * @return a − b
     */
    public static double[] difference(double[] a, double[] b) {
        return moved(a, b, -1.0);
    }

    /**
     * The distance of two points.
     *
     * @param a vector
     * @param b vector of the same length
     * @return ‖a − b‖
     */
    public static double distance(double[] a, double[] b) {
        return norm(difference(a, b));
    }

    /**
     * A vector with one more entry, as a state with the parameter of its equation.
     *
     * @param x length n, not modified
     * @param last the entry
     * @return (x, last), length n + 1
     */
    public static double[] append(double[] x, double last) {
        double[] y = Arrays.copyOf(x, x.length + 1);
        y[x.length] = last;
        return y;
    }
}
