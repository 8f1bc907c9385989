package org.langevin4j.core.linear;

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
}
