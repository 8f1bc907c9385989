package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Hamilton's equations ẋ = b + 2Dp, ṗ = −∂H/∂x between two given states x in a given time, on a mesh, by Simpson's rule
 * with the cubic Hermite polynomial at the middle of each step (Lobatto IIIA, of fourth order and A-stable), solved by Newton's
 * method. No inverse of D is needed. A path is {@code z[k] = (x, p)} at times {@code t[k]}.
 */
final class ExtremalEquations {

    private static final int NEWTON = 30;
    /** A step of Newton's method this small that does not become smaller is of rounding. */
    private static final double ROUNDING = 1e-6;

    private static final double DAMPED = 1.0 / 64.0;

    private final Hamiltonian hamiltonian;
    private final double difference;
    private final int d;
    private final int n;
    private final Boundary start;
    private int iterations;
    private double residual;

    /** What holds at an end of a path: d linear equations for a step of Newton's method. */
    interface Boundary {

        /** Writes d rows for the change of z = (x, p), each with its right-hand side in the last place; they come empty. */
        void equations(double[] z, double[][] rows);
    }

    /** With a length for differences and what holds at the beginning. */
    ExtremalEquations(Hamiltonian hamiltonian, double difference, Boundary start) {
        this.hamiltonian = hamiltonian;
        this.difference = difference;
        this.d = hamiltonian.dimension();
        this.n = 2 * d;
        this.start = start;
    }

    /** The given x. */
    static Boundary held(double[] x) {
        return (z, rows) -> {
            for (int i = 0; i < rows.length; i++) {
                rows[i][i] = 1.0;
                rows[i][2 * x.length] = x[i] - z[i];
            }
        };
    }

    int iterations() {
        return iterations;
    }

    /** The last step of Newton's method. */
    double residual() {
        return residual;
    }

    /** (ẋ, ṗ); returns p·Dp, the rate of the action. */
    double rates(double t, double[] z, double[] out) {
        hamiltonian.moveTo(t);
        double[] x = Arrays.copyOf(z, d);
        double[] p = Arrays.copyOfRange(z, d, n);
        double[] half = new double[d];
        double rate = hamiltonian.velocity(x, p, half);
        System.arraycopy(half, 0, out, 0, d);
        hamiltonian.momentumRate(x, p, half);
        System.arraycopy(half, 0, out, d, d);
        return rate;
    }

    /** ∂(ẋ, ṗ)/∂(x, p) = ((A, 2D), (−∂²H/∂x², −Aᵀ)), A = ∂ẋ/∂x. */
    private double[][] linearised(double t, double[] z) {
        hamiltonian.moveTo(t);
        double[][] j = new double[n][n];
        double[] x = Arrays.copyOf(z, d);
        double[] p = Arrays.copyOfRange(z, d, n);
        double[] matrix = new double[d * d];
        hamiltonian.diffusion(x, matrix);
        double[][] plus = new double[2][d];
        double[][] minus = new double[2][d];
        for (int k = 0; k < d; k++) {
            double there = x[k];
            x[k] = there + difference;
            hamiltonian.velocity(x, p, plus[0]);
            hamiltonian.momentumRate(x, p, plus[1]);
            x[k] = there - difference;
            hamiltonian.velocity(x, p, minus[0]);
            hamiltonian.momentumRate(x, p, minus[1]);
            x[k] = there;
            for (int i = 0; i < d; i++) {
                j[i][k] = (plus[0][i] - minus[0][i]) / (2.0 * difference);
                j[d + k][d + i] = -j[i][k];
                j[d + i][k] = (plus[1][i] - minus[1][i]) / (2.0 * difference);
                j[i][d + k] = 2.0 * matrix[i * d + k];
            }
        }
        return j;
    }

    /** z in the middle of a step. */
    private double[] middle(double[] z, double[] g, double[] next, double[] gNext, double h) {
        double[] m = new double[n];
        for (int i = 0; i < n; i++) {
            m[i] = 0.5 * (z[i] + next[i]) + 0.125 * h * (g[i] - gNext[i]);
        }
        return m;
    }

    private double[][] ratesAt(double[] t, double[][] z) {
        double[][] g = new double[z.length][n];
        for (int k = 0; k < z.length; k++) {
            rates(t[k], z[k], g[k]);
        }
        return g;
    }

    private double[][] defects(double[] t, double[][] z) {
        double[][] g = ratesAt(t, z);
        double[][] out = new double[t.length - 1][n];
        double[] gm = new double[n];
        for (int k = 0; k < out.length; k++) {
            double h = t[k + 1] - t[k];
            rates(t[k] + 0.5 * h, middle(z[k], g[k], z[k + 1], g[k + 1], h), gm);
            for (int i = 0; i < n; i++) {
                out[k][i] = z[k + 1][i] - z[k][i] - h / 6.0 * (g[k][i] + 4.0 * gm[i] + g[k + 1][i]);
            }
        }
        return out;
    }

    private static double largest(double[][] rows) {
        double most = 0.0;
        for (double[] row : rows) {
            for (double entry : row) {
                // Not Math.max, which a NaN must not pass by.
                most = Math.abs(entry) <= most ? most : Math.abs(entry);
            }
        }
        return most;
    }

    private double size(double[][] defect, double[][] z, Boundary end) {
        double most = largest(defect);
        for (int side = 0; side < 2; side++) {
            for (double[] row : side == 0 ? rows(start, z[0]) : rows(end, z[z.length - 1])) {
                most = Math.abs(row[n]) <= most ? most : Math.abs(row[n]);
            }
        }
        return most;
    }

    private double[][] rows(Boundary boundary, double[] z) {
        double[][] rows = new double[d][n + 1];
        boundary.equations(z, rows);
        return rows;
    }

    /**
     * The path that a guess leads to.
     *
     * @param strict whether to give up as soon as a full step of Newton's method does not bring it nearer
     */
    double[][] solve(double[] t, double[][] guess, Boundary end, double tolerance, boolean strict) {
        double[][] z = guess;
        double[][] defect = defects(t, z);
        double before = size(defect, z, end);
        double step = Double.POSITIVE_INFINITY;
        for (int k = 0; k < NEWTON; k++) {
            iterations++;
            double[][] change = newton(t, z, defect, end);
            double moved = largest(change);
            if (strict && moved > tolerance && !(moved < 0.7 * step)) {
                break;
            }
            boolean rounding = moved <= ROUNDING && !(moved < 0.3 * step);
            step = moved;
            double part = 1.0;
            double[][] next = moved(z, change, part);
            double[][] nextDefect = defects(t, next);
            double after = size(nextDefect, next, end);
            while (!strict && moved > ROUNDING && !(after < before) && part > DAMPED) {
                part *= 0.5;
                next = moved(z, change, part);
                nextDefect = defects(t, next);
                after = size(nextDefect, next, end);
            }
            if (!(after <= Double.MAX_VALUE)) {
                break;
            }
            z = next;
            defect = nextDefect;
            before = after;
            residual = moved;
            if (moved <= tolerance || rounding) {
                return z;
            }
        }
        residual = step;
        throw new ConvergenceException("the path did not settle", step, iterations, tolerance);
    }

    private static double[][] moved(double[][] z, double[][] change, double part) {
        double[][] out = new double[z.length][];
        for (int k = 0; k < z.length; k++) {
            out[k] = z[k].clone();
            for (int i = 0; i < out[k].length; i++) {
                out[k][i] += part * change[k][i];
            }
        }
        return out;
    }

    /** The derivatives of the defect of each step by z at its beginning and at its end. */
    double[][][][] derivatives(double[] t, double[][] z) {
        double[][] g = ratesAt(t, z);
        double[][][][] out = new double[t.length - 1][2][][];
        double[][] next = linearised(t[0], z[0]);
        for (int k = 0; k < out.length; k++) {
            double h = t[k + 1] - t[k];
            double[][] here = next;
            next = linearised(t[k + 1], z[k + 1]);
            double[][] m = linearised(t[k] + 0.5 * h, middle(z[k], g[k], z[k + 1], g[k + 1], h));
            out[k][0] = derivative(here, m, h, -1.0);
            out[k][1] = derivative(next, m, h, 1.0);
        }
        return out;
    }

    private double[][] derivative(double[][] end, double[][] middle, double h, double side) {
        double[][] out = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0.0;
                for (int k = 0; k < n; k++) {
                    sum += middle[i][k] * end[k][j];
                }
                out[i][j] = (i == j ? side : 0.0) - h / 6.0 * (end[i][j] + 2.0 * middle[i][j] - side * 0.5 * h * sum);
            }
        }
        return out;
    }

    /** Gaussian elimination, step by step, with exchanges among the rows that meet in z at the beginning of a step. */
    private double[][] newton(double[] t, double[][] z, double[][] defect, Boundary end) {
        int steps = t.length - 1;
        double[][][][] blocks = derivatives(t, z);
        double[][][] eliminated = new double[steps][][];
        double[][] carried = rows(start, z[0]);
        for (int k = 0; k < steps; k++) {
            double[][] rows = new double[3 * d][2 * n + 1];
            for (int i = 0; i < d; i++) {
                System.arraycopy(carried[i], 0, rows[i], 0, n);
                rows[i][2 * n] = carried[i][n];
            }
            for (int i = 0; i < n; i++) {
                System.arraycopy(blocks[k][0][i], 0, rows[d + i], 0, n);
                System.arraycopy(blocks[k][1][i], 0, rows[d + i], n, n);
                rows[d + i][2 * n] = -defect[k][i];
            }
            eliminate(rows, n);
            eliminated[k] = Arrays.copyOf(rows, n);
            for (int i = 0; i < d; i++) {
                carried[i] = Arrays.copyOfRange(rows[n + i], n, 2 * n + 1);
            }
        }
        double[][] last = Arrays.copyOf(carried, n);
        System.arraycopy(rows(end, z[steps]), 0, last, d, d);
        eliminate(last, n);
        double[][] change = new double[steps + 1][];
        change[steps] = back(last, new double[0]);
        for (int k = steps - 1; k >= 0; k--) {
            change[k] = back(eliminated[k], change[k + 1]);
        }
        return change;
    }

    private static void eliminate(double[][] rows, int columns) {
        for (int c = 0; c < columns; c++) {
            int pivot = c;
            for (int i = c + 1; i < rows.length; i++) {
                if (Math.abs(rows[i][c]) > Math.abs(rows[pivot][c])) {
                    pivot = i;
                }
            }
            double[] row = rows[pivot];
            rows[pivot] = rows[c];
            rows[c] = row;
            for (int i = c + 1; i < rows.length; i++) {
                double factor = rows[i][c] / row[c];
                if (factor != 0.0) {
                    for (int j = c; j < row.length; j++) {
                        rows[i][j] -= factor * row[j];
                    }
                }
            }
        }
    }

    private double[] back(double[][] rows, double[] next) {
        double[] out = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = rows[i][rows[i].length - 1];
            for (int j = 0; j < next.length; j++) {
                sum -= rows[i][n + j] * next[j];
            }
            for (int j = i + 1; j < n; j++) {
                sum -= rows[i][j] * out[j];
            }
            out[i] = sum / rows[i][i];
        }
        return out;
    }

    /** The action ∫p·Dp dt up to each point. */
    double[] actions(double[] t, double[][] z) {
        double[] action = new double[t.length];
        double[] g = new double[n];
        double[] gNext = new double[n];
        double first = rates(t[0], z[0], g);
        for (int k = 0; k + 1 < t.length; k++) {
            double h = t[k + 1] - t[k];
            double last = rates(t[k + 1], z[k + 1], gNext);
            double rate = rates(t[k] + 0.5 * h, middle(z[k], g, z[k + 1], gNext, h), new double[n]);
            action[k + 1] = action[k] + h / 6.0 * (first + 4.0 * rate + last);
            first = last;
            System.arraycopy(gNext, 0, g, 0, n);
        }
        return action;
    }

    /** ∫tr ∂²H/∂x∂p dt over a step. */
    double divergence(double[] t, double[][] z, int k) {
        double h = t[k + 1] - t[k];
        double[] g = new double[n];
        double[] gNext = new double[n];
        rates(t[k], z[k], g);
        rates(t[k + 1], z[k + 1], gNext);
        double[][] m = linearised(t[k] + 0.5 * h, middle(z[k], g, z[k + 1], gNext, h));
        return h / 6.0 * (trace(linearised(t[k], z[k])) + 4.0 * trace(m) + trace(linearised(t[k + 1], z[k + 1])));
    }

    private double trace(double[][] linearised) {
        double sum = 0.0;
        for (int i = 0; i < d; i++) {
            sum += linearised[i][i];
        }
        return sum;
    }

    /** The times with those in the middle between them. */
    static double[] halved(double[] t) {
        double[] times = new double[2 * t.length - 1];
        for (int k = 0; k < times.length; k++) {
            times[k] = k % 2 == 0 ? t[k / 2] : 0.5 * (t[k / 2] + t[k / 2 + 1]);
        }
        return times;
    }

    /** The path at other times within its own. */
    double[][] at(double[] t, double[][] z, double[] times) {
        double[][] g = ratesAt(t, z);
        double[][] out = new double[times.length][n];
        int k = 0;
        for (int m = 0; m < times.length; m++) {
            while (k < t.length - 2 && t[k + 1] < times[m]) {
                k++;
            }
            double h = t[k + 1] - t[k];
            double u = Math.max(0.0, Math.min(1.0, (times[m] - t[k]) / h));
            double v = 1.0 - u;
            for (int i = 0; i < n; i++) {
                out[m][i] = z[k][i] * v * v * (1.0 + 2.0 * u)
                        + z[k + 1][i] * u * u * (3.0 - 2.0 * u)
                        + h * u * v * (v * g[k][i] - u * g[k + 1][i]);
            }
        }
        return out;
    }

    /** The cube root of the largest third derivative within each step, whose inverse is the length that a step may have. */
    double[] density(double[] t, double[][] z) {
        double[][] g = ratesAt(t, z);
        double[] gm = new double[n];
        double[] out = new double[t.length - 1];
        for (int k = 0; k < out.length; k++) {
            double h = t[k + 1] - t[k];
            rates(t[k] + 0.5 * h, middle(z[k], g[k], z[k + 1], g[k + 1], h), gm);
            double most = 0.0;
            for (int i = 0; i < n; i++) {
                most = Math.max(most, Math.abs(g[k][i] - 2.0 * gm[i] + g[k + 1][i]));
            }
            out[k] = Math.cbrt(4.0 * most / (h * h));
        }
        return out;
    }

    /** The largest difference of ż of the Hermite polynomial at a quarter of a step from Hamilton's rates there, over the largest |ṗ|. */
    double hamiltonResidual(double[] t, double[][] z) {
        double[][] g = ratesAt(t, z);
        double worst = 0.0;
        double largest = 0.0;
        double[] there = new double[n];
        double[] rate = new double[n];
        for (int k = 0; k + 1 < t.length; k++) {
            double h = t[k + 1] - t[k];
            double off = 0.0;
            double size = 0.0;
            for (int i = 0; i < n; i++) {
                there[i] = (27.0 * z[k][i] + 5.0 * z[k + 1][i] + h * (4.5 * g[k][i] - 1.5 * g[k + 1][i])) / 32.0;
            }
            rates(t[k] + 0.25 * h, there, rate);
            for (int i = d; i < n; i++) {
                double slope = 1.125 * (z[k + 1][i] - z[k][i]) / h + (3.0 * g[k][i] - 5.0 * g[k + 1][i]) / 16.0;
                off += (slope - rate[i]) * (slope - rate[i]);
                size += rate[i] * rate[i];
            }
            worst = Math.max(worst, off);
            largest = Math.max(largest, size);
        }
        return largest > 0.0 ? Math.sqrt(worst / largest) : 0.0;
    }

    /**
     * Whether paths from the plane p = Ux at the beginning, U given, cross beside the path (det ∂x = 0, a conjugate point), so that it is no
     * minimum.
     */
    boolean hasConjugatePoint(double[] t, double[][] z, RealMatrix u) {
        double[][][][] blocks = derivatives(t, z);
        RealMatrix frame = new Array2DRowRealMatrix(n, d);
        for (int i = 0; i < d; i++) {
            frame.setEntry(i, i, 1.0);
            for (int j = 0; j < d; j++) {
                frame.setEntry(d + i, j, u.getEntry(i, j));
            }
        }
        for (double[][][] block : blocks) {
            RealMatrix right =
                    new Array2DRowRealMatrix(block[0], false).multiply(frame).scalarMultiply(-1.0);
            frame = orthonormal(
                    LuFactors.of(new Array2DRowRealMatrix(block[1], false)).solve(right));
            if (LuFactors.of(frame.getSubMatrix(0, d - 1, 0, d - 1)).determinant() < 0.0) {
                return true;
            }
        }
        return false;
    }

    /** Gram and Schmidt's, which keeps the orientation. */
    private static RealMatrix orthonormal(RealMatrix columns) {
        RealMatrix out = columns.copy();
        for (int j = 0; j < out.getColumnDimension(); j++) {
            double[] v = out.getColumn(j);
            for (int twice = 0; twice < 2; twice++) {
                for (int k = 0; k < j; k++) {
                    double[] e = out.getColumn(k);
                    double along = 0.0;
                    for (int i = 0; i < v.length; i++) {
                        along += e[i] * v[i];
                    }
                    for (int i = 0; i < v.length; i++) {
                        v[i] -= along * e[i];
                    }
                }
            }
            double sum = 0.0;
            for (double entry : v) {
                sum += entry * entry;
            }
            for (int i = 0; i < v.length; i++) {
                v[i] /= Math.sqrt(sum);
            }
            out.setColumn(j, v);
        }
        return out;
    }
}
