package org.langevin4j.core.linear;

import java.util.Arrays;

/**
 * Eigenvalues of a symmetric matrix by Householder's reduction to tridiagonal form and the implicit QL method with
 * Wilkinson's shift (Golub and Van Loan 2013, §8.3). Our own because that of Hipparchus 4.0.3 often does not converge for
 * singular matrices of order 100 or more.
 *
 * <p>All work runs along rows: each reflection updates the matrix in the same pass in which the next one multiplies it, and
 * rotations of the vectors are kept back until they can be applied to a part of them that stays in the cache.
 */
final class SymmetricIteration {

    private static final double EPSILON = 0x1p-53;

    /** Entries below this beside a largest entry of 2⁴⁰⁰ are zero, so that subnormal numbers never iterate. */
    private static final double NOTHING = 0x1p-900;

    /** Steps for one eigenvalue before giving up; mostly there are two. */
    private static final int MOST = 100;

    /** Rotations that are kept before they are applied. */
    private static final int KEPT = 1 << 15;

    /** Bytes of vectors that rotate together. */
    private static final int CACHE = 1 << 18;

    private final int n;

    /** Lower triangle: first the matrix, then below the diagonal the vectors of the reflections. */
    private final double[][] a;

    private final double[] diagonal;

    /** Entry i is beside diagonal entries i and i + 1. */
    private final double[] beside;

    /** Of reflection i, ½|u|²; 0 where there is none. */
    private final double[] half;

    /** Vᵀ, or nothing. */
    private double[][] vectors = {};

    private final double[] cosines;
    private final double[] sines;
    private final int[] places;
    private int kept;

    private SymmetricIteration(double[][] a) {
        this.n = a.length;
        this.a = a;
        this.diagonal = new double[n];
        this.beside = new double[n];
        this.half = new double[n];
        // A small matrix takes some 2n² rotations in all, and must not pay for the room of a large one.
        int room = (int) Math.min(KEPT, 8L * n * n + 16);
        this.cosines = new double[room];
        this.sines = new double[room];
        this.places = new int[room];
    }

    /** The pairs of a matrix, which is destroyed; only the lower triangle counts. */
    static Eigenpairs pairs(double[][] a) {
        SymmetricIteration iteration = new SymmetricIteration(a);
        iteration.toTridiagonal();
        iteration.formVectors();
        iteration.iterate();
        return Eigenpairs.ofRows(iteration.diagonal, iteration.vectors);
    }

    /** The eigenvalues alone, descending. */
    static double[] values(double[][] a) {
        SymmetricIteration iteration = new SymmetricIteration(a);
        iteration.toTridiagonal();
        iteration.iterate();
        return Eigenpairs.descending(iteration.diagonal);
    }

    /** From the last row up: row i is reflected to its last entry, A → PAP with P = I − uuᵀ/half. */
    private void toTridiagonal() {
        // A ← A − uqᵀ − quᵀ of the step before is still to be done on all rows.
        double[] u = new double[n];
        double[] q = new double[n];
        double[] p = new double[n];
        for (int i = n - 1; i > 0; i--) {
            double[] row = a[i];
            subtractPair(row, i + 1, u[i], q, q[i], u);
            diagonal[i] = row[i];
            double scale = 0.0;
            for (int k = 0; k < i; k++) {
                scale = Math.max(scale, Math.abs(row[k]));
            }
            boolean reflects = i > 1 && scale > NOTHING;
            beside[i - 1] = row[i - 1];
            if (reflects) {
                double square = 0.0;
                for (int k = 0; k < i; k++) {
                    row[k] /= scale;
                    square += row[k] * row[k];
                }
                double last = row[i - 1];
                double length = -Math.copySign(Math.sqrt(square), last);
                beside[i - 1] = scale * length;
                half[i] = square - last * length;
                row[i - 1] = last - length;
                Arrays.fill(p, 0, i, 0.0);
            }
            for (int j = 0; j < i; j++) {
                subtractPair(a[j], j + 1, u[j], q, q[j], u);
                if (reflects) {
                    p[j] += dot(a[j], row, j) + a[j][j] * row[j];
                    addMultiple(row[j], a[j], p, j);
                }
            }
            if (reflects) {
                double product = 0.0;
                for (int k = 0; k < i; k++) {
                    p[k] /= half[i];
                    product += row[k] * p[k];
                }
                addMultiple(-0.5 * product / half[i], row, p, i);
                System.arraycopy(row, 0, u, 0, i);
                double[] free = q;
                q = p;
                p = free;
            } else {
                Arrays.fill(u, 0, i, 0.0);
                Arrays.fill(q, 0, i, 0.0);
            }
        }
        if (n > 0) {
            subtractPair(a[0], 1, u[0], q, q[0], u);
            diagonal[0] = a[0][0];
        }
    }

    private static void subtractPair(double[] row, int end, double first, double[] q, double second, double[] u) {
        if (first == 0.0 && second == 0.0) {
            return;
        }
        for (int k = 0; k < end; k++) {
            row[k] -= first * q[k] + second * u[k];
        }
    }

    private static void addMultiple(double factor, double[] from, double[] to, int end) {
        for (int k = 0; k < end; k++) {
            to[k] += factor * from[k];
        }
    }

    /** Four sums side by side: a single one waits for each addition. */
    private static double dot(double[] x, double[] y, int end) {
        double s0 = 0.0;
        double s1 = 0.0;
        double s2 = 0.0;
        double s3 = 0.0;
        int k = 0;
        for (; k + 4 <= end; k += 4) {
            s0 += x[k] * y[k];
            s1 += x[k + 1] * y[k + 1];
            s2 += x[k + 2] * y[k + 2];
            s3 += x[k + 3] * y[k + 3];
        }
        for (; k < end; k++) {
            s0 += x[k] * y[k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Row j of Qᵀ is P_{n−1} … P_{j+1} eⱼ. Four rows meet a reflection at once. */
    private void formVectors() {
        vectors = new double[n][n];
        for (int j = 0; j < n; j++) {
            vectors[j][j] = 1.0;
        }
        for (int j = 0; j < n; j += 4) {
            for (int i = j + 1; i < n; i++) {
                if (half[i] > 0.0) {
                    if (j + 4 <= n) {
                        reflectFour(a[i], i, 1.0 / half[i], vectors[j], vectors[j + 1], vectors[j + 2], vectors[j + 3]);
                    } else {
                        for (int r = j; r < n; r++) {
                            addMultiple(-dot(a[i], vectors[r], i) / half[i], a[i], vectors[r], i);
                        }
                    }
                }
            }
        }
    }

    private static void reflectFour(
            double[] u, int end, double factor, double[] r0, double[] r1, double[] r2, double[] r3) {
        double s0 = 0.0;
        double s1 = 0.0;
        double s2 = 0.0;
        double s3 = 0.0;
        for (int k = 0; k < end; k++) {
            double entry = u[k];
            s0 += entry * r0[k];
            s1 += entry * r1[k];
            s2 += entry * r2[k];
            s3 += entry * r3[k];
        }
        subtractFour(u, end, factor * s0, r0, factor * s1, r1, factor * s2, r2, factor * s3, r3);
    }

    private static void subtractFour(
            double[] u,
            int end,
            double s0,
            double[] r0,
            double s1,
            double[] r1,
            double s2,
            double[] r2,
            double s3,
            double[] r3) {
        for (int k = 0; k < end; k++) {
            double entry = u[k];
            r0[k] -= s0 * entry;
            r1[k] -= s1 * entry;
            r2[k] -= s2 * entry;
            r3[k] -= s3 * entry;
        }
    }

    private void iterate() {
        for (int l = 0; l < n; l++) {
            int steps = 0;
            int m = end(l);
            while (m > l) {
                steps++;
                if (steps > MOST) {
                    throw new ArithmeticException("the eigenvalues of a matrix of order " + n + " did not converge in "
                            + MOST + " steps each");
                }
                step(l, m);
                m = end(l);
            }
        }
        apply();
    }

    /** The first place from l on where the matrix falls apart. */
    private int end(int l) {
        int m = l;
        while (m < n - 1) {
            double size = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
            if (Math.abs(beside[m]) <= EPSILON * size || Math.abs(beside[m]) <= NOTHING) {
                break;
            }
            m++;
        }
        return m;
    }

    /** One implicit QL step on the block from l to m. */
    private void step(int l, int m) {
        double ratio = (diagonal[l + 1] - diagonal[l]) / (2.0 * beside[l]);
        double shift = Math.hypot(ratio, 1.0);
        double g = diagonal[m] - diagonal[l] + beside[l] / (ratio + Math.copySign(shift, ratio));
        double sine = 1.0;
        double cosine = 1.0;
        double p = 0.0;
        for (int i = m - 1; i >= l; i--) {
            double f = sine * beside[i];
            double b = cosine * beside[i];
            double r = length(f, g);
            beside[i + 1] = r;
            if (r == 0.0) {
                diagonal[i + 1] -= p;
                beside[m] = 0.0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = diagonal[i + 1] - p;
            r = (diagonal[i] - g) * sine + 2.0 * cosine * b;
            p = sine * r;
            diagonal[i + 1] = g + p;
            g = cosine * r - b;
            keep(i, cosine, sine);
        }
        diagonal[l] -= p;
        beside[l] = g;
        beside[m] = 0.0;
    }

    /** Math.hypot without its care for the last bit, which takes most of the time. */
    private static double length(double f, double g) {
        double x = Math.abs(f);
        double y = Math.abs(g);
        double larger = Math.max(x, y);
        if (larger == 0.0) {
            return 0.0;
        }
        double ratio = Math.min(x, y) / larger;
        return larger * Math.sqrt(1.0 + ratio * ratio);
    }

    private void keep(int place, double cosine, double sine) {
        if (vectors.length == 0) {
            return;
        }
        if (kept == places.length) {
            apply();
        }
        places[kept] = place;
        cosines[kept] = cosine;
        sines[kept] = sine;
        kept++;
    }

    /** Columns of Vᵀ are independent of each other. */
    private void apply() {
        int width = Math.max(32, CACHE / (8 * Math.max(n, 1)));
        for (int from = 0; from < n && kept > 0; from += width) {
            int to = Math.min(n, from + width);
            int k = 0;
            while (k < kept) {
                int i = places[k];
                if (k + 1 < kept && places[k + 1] == i - 1) {
                    rotateThree(
                            vectors[i + 1],
                            vectors[i],
                            vectors[i - 1],
                            cosines[k],
                            sines[k],
                            cosines[k + 1],
                            sines[k + 1],
                            from,
                            to);
                    k += 2;
                } else {
                    rotate(vectors[i + 1], vectors[i], cosines[k], sines[k], from, to);
                    k++;
                }
            }
        }
        kept = 0;
    }

    private static void rotate(double[] upper, double[] lower, double cosine, double sine, int from, int to) {
        for (int k = from; k < to; k++) {
            double x = upper[k];
            double y = lower[k];
            upper[k] = sine * y + cosine * x;
            lower[k] = cosine * y - sine * x;
        }
    }

    /** Two rotations that follow each other in one step share a row. */
    private static void rotateThree(
            double[] first,
            double[] second,
            double[] third,
            double c,
            double s,
            double c2,
            double s2,
            int from,
            int to) {
        for (int k = from; k < to; k++) {
            double x = first[k];
            double y = second[k];
            double z = third[k];
            double middle = c * y - s * x;
            first[k] = s * y + c * x;
            second[k] = s2 * z + c2 * middle;
            third[k] = c2 * z - s2 * middle;
        }
    }
}
