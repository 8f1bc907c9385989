package org.langevin4j.core.linear;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;

/**
 * The real Schur form by Householder reduction to Hessenberg form and Francis' implicit double shift (Golub and Van Loan
 * 2013, §7.4.2 and §7.5). Our own because that of Hipparchus 4.0.3 does not converge for most singular matrices.
 */
final class FrancisIteration {

    private static final double EPSILON = 0x1p-52;

    /** Steps for one eigenvalue after which the shifts are changed, since they may go round in a circle. */
    private static final int UNUSUAL = 10;

    /** Steps for one eigenvalue before giving up. */
    private static final int MOST = 300;

    private final int n;

    /** Becomes T. */
    private final double[][] h;

    /** Zᵀ, so that all its changes run along rows. */
    private final double[][] z;

    private final double norm;

    private FrancisIteration(double[][] a) {
        n = a.length;
        h = a;
        z = new double[n][n];
        double sum = 0.0;
        for (int i = 0; i < n; i++) {
            z[i][i] = 1.0;
            for (int j = 0; j < n; j++) {
                sum = FastMath.max(sum, FastMath.abs(a[i][j]));
            }
        }
        norm = sum;
    }

    static RealSchur schur(RealMatrix a) {
        FrancisIteration iteration = new FrancisIteration(a.getData());
        iteration.toHessenberg();
        iteration.toSchur();
        return RealSchur.of(
                new Array2DRowRealMatrix(iteration.z, false).transpose(), new Array2DRowRealMatrix(iteration.h, false));
    }

    private void toHessenberg() {
        double[] v = new double[n];
        for (int m = 1; m < n - 1; m++) {
            double largest = 0.0;
            for (int i = m; i < n; i++) {
                largest = FastMath.max(largest, FastMath.abs(h[i][m - 1]));
            }
            if (largest == 0.0) {
                continue;
            }
            double square = 0.0;
            for (int i = m; i < n; i++) {
                v[i] = h[i][m - 1] / largest;
                square += v[i] * v[i];
            }
            double length = FastMath.copySign(FastMath.sqrt(square), v[m]);
            double factor = 1.0 / (square + length * v[m]);
            v[m] += length;
            reflectRows(h, v, m, factor, m - 1);
            reflectRows(z, v, m, factor, 0);
            for (double[] row : h) {
                double sum = 0.0;
                for (int j = m; j < n; j++) {
                    sum += row[j] * v[j];
                }
                for (int j = m; j < n; j++) {
                    row[j] -= factor * sum * v[j];
                }
            }
            for (int i = m + 1; i < n; i++) {
                h[i][m - 1] = 0.0;
            }
        }
    }

    /** (I − factor·vvᵀ)M for rows from m on and columns from the first on. */
    private void reflectRows(double[][] matrix, double[] v, int m, double factor, int first) {
        double[] sums = new double[n];
        for (int i = m; i < n; i++) {
            addMultiple(v[i], matrix[i], sums, first);
        }
        for (int i = m; i < n; i++) {
            addMultiple(-factor * v[i], sums, matrix[i], first);
        }
    }

    private static void addMultiple(double factor, double[] from, double[] to, int first) {
        for (int j = first; j < to.length; j++) {
            to[j] += factor * from[j];
        }
    }

    private void toSchur() {
        int high = n - 1;
        int steps = 0;
        while (high > 0) {
            int low = startOfActiveBlock(high);
            if (low == high) {
                high--;
                steps = 0;
            } else if (low == high - 1) {
                splitIfReal(low);
                high -= 2;
                steps = 0;
            } else {
                steps++;
                if (steps > MOST) {
                    throw new ArithmeticException("the eigenvalues of a matrix of order " + n + " did not converge in "
                            + MOST + " steps each");
                }
                doubleShift(low, high, steps);
            }
        }
    }

    private int startOfActiveBlock(int high) {
        for (int l = high; l > 0; l--) {
            double size = FastMath.abs(h[l - 1][l - 1]) + FastMath.abs(h[l][l]);
            if (FastMath.abs(h[l][l - 1]) <= EPSILON * (size == 0.0 ? norm : size)) {
                h[l][l - 1] = 0.0;
                return l;
            }
        }
        return 0;
    }

    private void doubleShift(int low, int high, int steps) {
        double x = h[high][high];
        double y = h[high - 1][high - 1];
        double w = h[high][high - 1] * h[high - 1][high];
        if (steps % UNUSUAL == 0) {
            // Shifts from the size of the subdiagonal, as in EISPACK's hqr and LAPACK's dlahqr.
            double s = FastMath.abs(h[high][high - 1]) + FastMath.abs(h[high - 1][high - 2]);
            x = 0.75 * s + h[steps % (2 * UNUSUAL) == 0 ? high : low][steps % (2 * UNUSUAL) == 0 ? high : low];
            y = x;
            w = -0.4375 * s * s;
        }
        int start = high - 2;
        double[] v = new double[3];
        while (true) {
            double r = x - h[start][start];
            double s = y - h[start][start];
            v[0] = (r * s - w) / h[start + 1][start] + h[start][start + 1];
            v[1] = h[start + 1][start + 1] - h[start][start] - r - s;
            v[2] = h[start + 2][start + 1];
            double scale = FastMath.abs(v[0]) + FastMath.abs(v[1]) + FastMath.abs(v[2]);
            if (scale > 0.0) {
                v[0] /= scale;
                v[1] /= scale;
                v[2] /= scale;
            }
            if (start == low) {
                break;
            }
            double beside = FastMath.abs(h[start - 1][start - 1])
                    + FastMath.abs(h[start][start])
                    + FastMath.abs(h[start + 1][start + 1]);
            if (FastMath.abs(h[start][start - 1]) * (FastMath.abs(v[1]) + FastMath.abs(v[2]))
                    <= EPSILON * FastMath.abs(v[0]) * beside) {
                break;
            }
            start--;
        }
        for (int k = start; k < high; k++) {
            boolean three = k < high - 1;
            if (k > start) {
                v[0] = h[k][k - 1];
                v[1] = h[k + 1][k - 1];
                v[2] = three ? h[k + 2][k - 1] : 0.0;
            }
            double scale = FastMath.max(FastMath.abs(v[0]), FastMath.max(FastMath.abs(v[1]), FastMath.abs(v[2])));
            if (scale == 0.0) {
                continue;
            }
            v[0] /= scale;
            v[1] /= scale;
            v[2] /= scale;
            double length = FastMath.copySign(FastMath.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]), v[0]);
            if (k > start) {
                h[k][k - 1] = -length * scale;
                h[k + 1][k - 1] = 0.0;
                if (three) {
                    h[k + 2][k - 1] = 0.0;
                }
            } else if (start > low) {
                // What the reflection puts below is negligible: that is why it may start here.
                h[k][k - 1] = -h[k][k - 1];
            }
            v[0] += length;
            double factor = 1.0 / (length * v[0]);
            reflect(v, factor, k, three, high);
        }
    }

    /** Applies I − factor·vvᵀ from both sides to rows and columns k, k+1 and, if there are three, k+2. */
    private void reflect(double[] v, double factor, int k, boolean three, int high) {
        rows(h[k], h[k + 1], three ? h[k + 2] : h[k + 1], v, factor, k, three);
        rows(z[k], z[k + 1], three ? z[k + 2] : z[k + 1], v, factor, 0, three);
        int last = FastMath.min(high, k + 3);
        for (int i = 0; i <= last; i++) {
            double[] row = h[i];
            double sum = factor * (row[k] * v[0] + row[k + 1] * v[1] + (three ? row[k + 2] * v[2] : 0.0));
            row[k] -= sum * v[0];
            row[k + 1] -= sum * v[1];
            if (three) {
                row[k + 2] -= sum * v[2];
            }
        }
    }

    private static void rows(double[] a, double[] b, double[] c, double[] v, double factor, int first, boolean three) {
        double p = v[0];
        double q = v[1];
        if (three) {
            double r = v[2];
            for (int j = first; j < a.length; j++) {
                double sum = factor * (a[j] * p + b[j] * q + c[j] * r);
                a[j] -= sum * p;
                b[j] -= sum * q;
                c[j] -= sum * r;
            }
        } else {
            for (int j = first; j < a.length; j++) {
                double sum = factor * (a[j] * p + b[j] * q);
                a[j] -= sum * p;
                b[j] -= sum * q;
            }
        }
    }

    /** Makes the 2×2 block at (m, m) triangular if its eigenvalues are real. */
    private void splitIfReal(int m) {
        double c = h[m + 1][m];
        double half = 0.5 * (h[m][m] - h[m + 1][m + 1]);
        double discriminant = half * half + h[m][m + 1] * c;
        if (discriminant < 0.0) {
            return;
        }
        // (root, c) is an eigenvector of the block.
        double root = half + FastMath.copySign(FastMath.sqrt(discriminant), half);
        double length = FastMath.hypot(root, c);
        double cosine = root / length;
        double sine = c / length;
        rotate(h[m], h[m + 1], cosine, sine, m);
        rotate(z[m], z[m + 1], cosine, sine, 0);
        for (int i = 0; i <= m + 1; i++) {
            double left = h[i][m];
            double right = h[i][m + 1];
            h[i][m] = cosine * left + sine * right;
            h[i][m + 1] = cosine * right - sine * left;
        }
        h[m + 1][m] = 0.0;
    }

    private static void rotate(double[] a, double[] b, double cosine, double sine, int first) {
        for (int j = first; j < a.length; j++) {
            double above = a[j];
            double below = b[j];
            a[j] = cosine * above + sine * below;
            b[j] = cosine * below - sine * above;
        }
    }
}
