package org.langevin4j.core.linear;

import java.util.Arrays;
import org.hipparchus.linear.RealMatrix;

/** What one does with vectors all the time. Sums run in the order of the entries. */
public final class Vectors {

    /** From here to its inverse squares of norms have all their digits. */
    private static final double FROM = 1e-140;

    /** Of squares above it no digit is lost to subnormal ones. */
    private static final double LEAST_SQUARE = 0x1p-900;

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
     * The Euclidean length, also where the squares of the entries are no normal doubles.
     *
     * @param a vector
     * @return √Σ aᵢ²; infinite if it is beyond the doubles, NaN if an entry is
     */
    public static double norm(double[] a) {
        double square = dot(a, a);
        if (square >= LEAST_SQUARE && square <= Double.MAX_VALUE) {
            return Math.sqrt(square);
        }
        int exponent = exponent(a);
        double[] units = Scale.by(a, -exponent);
        return Math.scalb(Math.sqrt(dot(units, units)), exponent);
    }

    private static int exponent(double[] a) {
        double largest = 0.0;
        for (double entry : a) {
            largest = Math.max(largest, Math.abs(entry));
        }
        return largest > 0.0 && largest <= Double.MAX_VALUE ? Math.getExponent(largest) : 0;
    }

    /**
     * The Frobenius norm, √Σaᵢⱼ², of entries whose squares need not be doubles.
     *
     * @param a matrix
     * @return ‖A‖, infinite where it is beyond the doubles itself
     */
    public static double norm(RealMatrix a) {
        double norm = a.getFrobeniusNorm();
        if (norm >= FROM && norm <= 1.0 / FROM) {
            return norm;
        }
        return norm(Arrays.stream(a.getData()).flatMapToDouble(Arrays::stream).toArray());
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
     * @param v vector other than 0, finite, not modified
     * @return v/‖v‖; NaN for the vector 0
     */
    public static double[] unit(double[] v) {
        double norm = norm(v);
        if (norm >= Double.MIN_NORMAL && norm <= Double.MAX_VALUE) {
            return scaled(v, 1.0 / norm);
        }
        double[] units = Scale.by(v, -exponent(v));
        return scaled(units, 1.0 / norm(units));
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
