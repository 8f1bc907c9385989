package org.langevin4j.core.statistics;

import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Cholesky;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.LyapunovEquation;
import org.langevin4j.core.linear.LyapunovEquation.Symmetry;
import org.langevin4j.core.linear.MatrixLogarithm;
import org.langevin4j.core.linear.SteinEquation;

/**
 * The Ornstein–Uhlenbeck process dx = −F(x − μ)dt + √(2D) dW of largest likelihood for a record at the interval τ, where D stands for β⁻¹D. There is no bias of
 * the interval: the states are exactly x(t + τ) = μ + A(x(t) − μ) + ξ, and with the regression of each state on the one before and the covariance N of its residuals
 *
 * <pre>F = −log(A)/τ,   Σ = AΣAᵀ + N,   2D = FΣ + ΣFᵀ.</pre>
 *
 * <p>F is the one whose rotations are slower than half a turn in τ, which must be so. Standard errors come from the law of (A, N) in long records by the derivatives of these
 * functions. In a record of the duration T = nτ all estimates have a bias of relative order 1/T that is below the error of a single record and does not fall by taking the mean over
 * many; one coordinate's rate comes out too large by about 4/T, half of which is due to the mean being unknown (Yu 2012, J. Econometrics 169, 114).
 *
 * <p>Records may be of any size: estimates whose own is beyond the doubles are infinite or zero. Immutable.
 */
public final class OrnsteinUhlenbeckFit {

    /** Directions of (A, N) are followed this part of their standard errors. */
    private static final double STEP = 1e-3;

    private final double interval;

    /** All else is in units of 2 to these powers, of the coordinates and of time. */
    private final int size;

    private final int time;
    private final int steps;
    private final double[] mean;
    private final RealMatrix step;
    private final RealMatrix noise;
    private final RealMatrix rates;
    private final RealMatrix diffusion;
    private final double[] meanErrors;
    private final double[][] rateErrors;
    private final double[][] diffusionErrors;

    private OrnsteinUhlenbeckFit(
            double interval,
            int size,
            int steps,
            double[] mean,
            RealMatrix step,
            RealMatrix noise,
            RealMatrix products) {
        int d = mean.length;
        this.interval = interval;
        this.size = size;
        this.time = Units.exponent("interval", interval);
        double unitInterval = Math.scalb(interval, -time);
        this.steps = steps;
        this.mean = mean;
        this.step = step;
        this.noise = noise;
        this.rates = rates(step, unitInterval);
        SteinEquation stein = stein(step);
        this.diffusion = diffusion(rates, stein, noise);
        this.rateErrors = new double[d][d];
        this.diffusionErrors = new double[d][d];
        RealMatrix rootOfN = factor(noise, "noise");
        RealMatrix rootOfS = LuFactors.of(factor(products, "record")).inverse();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                // Â − A = √N·G·S^(−½) with independent normal entries of G.
                RealMatrix shift =
                        outer(rootOfN.getColumn(i), rootOfS.getRow(j)).scalarMultiply(STEP);
                RealMatrix up = rates(step.add(shift), unitInterval);
                RealMatrix down = rates(step.subtract(shift), unitInterval);
                RealMatrix more = diffusion(up, stein(step.add(shift)), noise);
                RealMatrix less = diffusion(down, stein(step.subtract(shift)), noise);
                addSquares(up.subtract(down).scalarMultiply(0.5 / STEP), rateErrors);
                addSquares(more.subtract(less).scalarMultiply(0.5 / STEP), diffusionErrors);
                if (j <= i) {
                    RealMatrix w = outer(rootOfN.getColumn(i), rootOfN.getColumn(j));
                    double spread = (i == j ? Math.sqrt(0.5) : 1.0) / Math.sqrt(steps);
                    RealMatrix ofNoise = w.add(w.transpose()).scalarMultiply(spread);
                    addSquares(diffusion(rates, stein, ofNoise), diffusionErrors);
                }
            }
        }
        squareRoots(rateErrors);
        squareRoots(diffusionErrors);
        RealMatrix inverse = LuFactors.of(
                        MatrixUtils.createRealIdentityMatrix(d).subtract(step))
                .inverse();
        RealMatrix ofMean = inverse.multiply(noise).multiply(inverse.transpose());
        this.meanErrors = new double[d];
        Arrays.setAll(meanErrors, i -> Math.sqrt(ofMean.getEntry(i, i) / steps));
    }

    /**
     * Fits a record.
     *
     * @param samples {@code samples[t][i]}, coordinate i at time tτ, finite; more than twice as many rows as coordinates
     * @param interval τ, positive
     * @return the process
     * @throws IllegalArgumentException if the record is not what it must be
     * @throws ArithmeticException if what fits best is no stationary Ornstein–Uhlenbeck process: A has an eigenvalue beyond the unit circle, or one that is negative, as
     *     of states that are independent or alternate
     */
    public static OrnsteinUhlenbeckFit of(double[][] samples, double interval) {
        if (!(interval > 0.0 && interval <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("interval must be positive and finite, got " + interval);
        }
        int n = samples.length - 1;
        if (!(n >= 3 && samples[0].length >= 1 && n > 2 * samples[0].length)) {
            throw new IllegalArgumentException(
                    "samples must be more than twice as many as coordinates and at least 4, got " + samples.length);
        }
        int d = samples[0].length;
        double largest = 0.0;
        for (int t = 0; t <= n; t++) {
            for (int i = 0; i < d; i++) {
                if (samples[t].length != d || !(Math.abs(samples[t][i]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException("samples must be finite and have " + d + " coordinates, got "
                            + Arrays.toString(samples[t]) + " in row " + t);
                }
                largest = Math.max(largest, Math.abs(samples[t][i]));
            }
        }
        int size = Units.exponent("samples", largest);
        double[][] x = size == 0 ? samples : Units.times(-size, samples);
        double[] before = new double[d];
        double[] after = new double[d];
        for (int t = 0; t <= n; t++) {
            for (int i = 0; i < d; i++) {
                before[i] += t < n ? x[t][i] / n : 0.0;
                after[i] += t > 0 ? x[t][i] / n : 0.0;
            }
        }
        RealMatrix same = products(x, before, 0, x, before, 0, n);
        RealMatrix next = products(x, after, 1, x, before, 0, n);
        RealMatrix last = products(x, after, 1, x, after, 1, n);
        RealMatrix step = LuFactors.of(same).solve(next.transpose()).transpose();
        RealMatrix noise = last.subtract(step.multiply(next.transpose()));
        noise = noise.add(noise.transpose()).scalarMultiply(0.5 / (n - d - 1.0));
        double[] offset = step.operate(before);
        Arrays.setAll(offset, i -> after[i] - offset[i]);
        double[] mean = LuFactors.of(MatrixUtils.createRealIdentityMatrix(d).subtract(step))
                .solve(offset);
        return new OrnsteinUhlenbeckFit(interval, size, n, mean, step, noise, same);
    }

    private static RealMatrix products(
            double[][] x, double[] meanOfX, int shiftOfX, double[][] y, double[] meanOfY, int shiftOfY, int n) {
        int d = meanOfX.length;
        double[][] sums = new double[d][d];
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < d; i++) {
                double left = x[t + shiftOfX][i] - meanOfX[i];
                for (int j = 0; j < d; j++) {
                    sums[i][j] += left * (y[t + shiftOfY][j] - meanOfY[j]);
                }
            }
        }
        return MatrixUtils.createRealMatrix(sums);
    }

    private static RealMatrix rates(RealMatrix step, double interval) {
        return MatrixLogarithm.of(step).scalarMultiply(-1.0 / interval);
    }

    private static SteinEquation stein(RealMatrix step) {
        try {
            return SteinEquation.of(step, LinearAlgebra.pureJava());
        } catch (IllegalArgumentException e) {
            throw new ArithmeticException("the process that fits best is not stationary: " + e.getMessage());
        }
    }

    /** D, linear in N. */
    private static RealMatrix diffusion(RealMatrix rates, SteinEquation stein, RealMatrix noise) {
        RealMatrix half = rates.multiply(stein.solve(noise));
        return half.add(half.transpose()).scalarMultiply(0.5);
    }

    private static void addSquares(RealMatrix slope, double[][] sums) {
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums.length; j++) {
                sums[i][j] += slope.getEntry(i, j) * slope.getEntry(i, j);
            }
        }
    }

    private static void squareRoots(double[][] squares) {
        for (double[] row : squares) {
            Arrays.setAll(row, j -> Math.sqrt(row[j]));
        }
    }

    private static RealMatrix outer(double[] a, double[] b) {
        RealMatrix m = MatrixUtils.createRealMatrix(a.length, b.length);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                m.setEntry(i, j, a[i] * b[j]);
            }
        }
        return m;
    }

    /** L. */
    private static RealMatrix factor(RealMatrix a, String what) {
        int d = a.getRowDimension();
        double[] entries = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                entries[i * d + j] = a.getEntry(i, j);
            }
        }
        if (Cholesky.definite(entries, d) >= 0) {
            throw new IllegalArgumentException(
                    "samples must vary in all directions, the covariance of the " + what + " is singular");
        }
        RealMatrix l = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                l.setEntry(i, j, entries[i * d + j]);
            }
        }
        return l;
    }

    /**
     * The drift matrix.
     *
     * @return F in b = −F(x − μ), a copy
     */
    public RealMatrix rates() {
        return Units.times(-time, rates);
    }

    /**
     * The standard error of an entry of F.
     *
     * @param i row
     * @param j column
     * @return absolute
     */
    public double rateError(int i, int j) {
        return Math.scalb(rateErrors[i][j], -time);
    }

    /**
     * The diffusion matrix times the temperature.
     *
     * @return β⁻¹D, symmetric, a copy; from a short record it need not be positive
     */
    public RealMatrix diffusion() {
        return Units.times(2 * size - time, diffusion);
    }

    /**
     * The standard error of an entry of β⁻¹D.
     *
     * @param i row
     * @param j column
     * @return absolute
     */
    public double diffusionError(int i, int j) {
        return Math.scalb(diffusionErrors[i][j], 2 * size - time);
    }

    /**
     * Where the drift vanishes.
     *
     * @return μ, a copy
     */
    public double[] mean() {
        return Units.times(size, mean);
    }

    /**
     * The standard error of a coordinate of μ.
     *
     * @param i coordinate
     * @return absolute
     */
    public double meanError(int i) {
        return Math.scalb(meanErrors[i], size);
    }

    /**
     * The stationary covariance of the process.
     *
     * @return Σ with FΣ + ΣFᵀ = 2β⁻¹D
     */
    public RealMatrix covariance() {
        RealMatrix inUnits = LyapunovEquation.of(rates, LinearAlgebra.pureJava())
                .solve(diffusion.scalarMultiply(2.0), Symmetry.SYMMETRIC);
        return Units.times(2 * size, inUnits);
    }

    /**
     * The process in discrete time.
     *
     * @return A and Σ of the deviations from μ
     */
    public VectorAutoregression discrete() {
        return VectorAutoregression.of(step, Units.times(2 * size, noise));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "Ornstein–Uhlenbeck process fitted to %d steps of %.5g: F =", steps, interval));
        for (int i = 0; i < mean.length; i++) {
            for (int j = 0; j < mean.length; j++) {
                text.append(String.format(
                        Locale.ROOT, " %.4g ± %.2g", Math.scalb(rates.getEntry(i, j), -time), rateError(i, j)));
            }
            text.append(i + 1 < mean.length ? ";" : "");
        }
        return text.toString();
    }
}
