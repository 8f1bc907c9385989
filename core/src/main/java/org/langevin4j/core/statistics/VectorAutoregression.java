package org.langevin4j.core.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/**
 * A stationary Gaussian process in discrete time,
 *
 * <pre>x(t + 1) = A x(t) + ξ(t),   ξ ~ N(0, N),   Σ = AΣAᵀ + N = ⟨xxᵀ⟩,   ⟨x(t + τ)x(t)ᵀ⟩ = A^τ Σ:</pre>
 *
 * an Ornstein–Uhlenbeck process looked at now and then, SGD in a quadratic bowl from epoch to epoch, or what is fitted to a record. In whitened
 * coordinates B = Σ^(−½)AΣ^½, and the process is in detailed balance if and only if B is symmetric.
 *
 * <p>Immutable.
 */
public final class VectorAutoregression {

    /** What does not relax within a million steps is kept from growing without bound. */
    private static final double SLOWEST = 0.999999;

    /** Variances below this part of the largest are rounding. */
    private static final double SMALLEST = 1e-13;

    private static final int DOUBLINGS = 60;

    /** Of coordinates whose squares, and sums of them, are numbers with all their digits, as a power of two. */
    private static final int LARGEST = 450;

    /** Bytes of an array without its numbers, and of the reference to it. */
    private static final double HEAD = 24.0;

    /** Times simulated at once. */
    private static final int BLOCK = 512;

    private final RealMatrix step;
    private final RealMatrix covariance;
    private final LinearAlgebra algebra;

    private VectorAutoregression(RealMatrix step, RealMatrix covariance) {
        this.step = step;
        this.covariance = covariance;
        this.algebra = LinearAlgebra.forOrder(step.getRowDimension());
    }

    /**
     * From its equation. Σ = Σₖ AᵏNAᵏᵀ by doubling (Smith 1968, SIAM J. Appl. Math. 16, 198).
     *
     * @param step A, m×m, of spectral radius below 1
     * @param noise N, m×m, symmetric, not negative
     * @return the process
     * @throws IllegalArgumentException if A or N is not finite, or not square of one order
     * @throws ArithmeticException if Σ does not exist, or is beyond the doubles
     */
    public static VectorAutoregression of(RealMatrix step, RealMatrix noise) {
        requireSquare("step", step, step.getRowDimension());
        int size = requireSquare("noise", noise, step.getRowDimension());
        LinearAlgebra algebra = LinearAlgebra.forOrder(step.getRowDimension());
        RealMatrix sum = size == 0 ? noise : Units.times(-size, noise);
        RealMatrix power = step;
        for (int k = 0; k < DOUBLINGS; k++) {
            RealMatrix more = algebra.multiply(algebra.multiply(power, sum), power.transpose());
            sum = sum.add(more);
            if (!(Vectors.norm(sum) <= Double.MAX_VALUE)) {
                throw new ArithmeticException("the process has no stationary law, its covariance grows without bound");
            }
            if (Vectors.norm(more) <= 1e-15 * Vectors.norm(sum)) {
                RealMatrix covariance = size == 0 ? symmetric(sum) : Units.times(size, symmetric(sum));
                if (!(covariance.getNorm1() <= Double.MAX_VALUE)) {
                    throw new ArithmeticException("the stationary covariance is beyond the largest double, 1.8e308");
                }
                return new VectorAutoregression(step, covariance);
            }
            power = algebra.multiply(power, power);
        }
        throw new ArithmeticException("the covariance of the process has not converged");
    }

    /**
     * From its covariances.
     *
     * @param covariance Σ, m×m, positive definite
     * @param next ⟨x(t + 1)x(t)ᵀ⟩, m×m
     * @return the process of A = ⟨x(t + 1)x(t)ᵀ⟩Σ⁻¹; with the right covariances, N is positive
     * @throws IllegalArgumentException if a matrix is not finite, or they are not square of one order
     * @throws ArithmeticException if Σ is singular
     */
    public static VectorAutoregression ofCovariances(RealMatrix covariance, RealMatrix next) {
        requireSquare("covariance", covariance, covariance.getRowDimension());
        requireSquare("next", next, covariance.getRowDimension());
        LinearAlgebra algebra = LinearAlgebra.forOrder(covariance.getRowDimension());
        RealMatrix step = algebra.solve(covariance, next.transpose()).transpose();
        return new VectorAutoregression(step, symmetric(covariance));
    }

    /**
     * An Ornstein–Uhlenbeck process in detailed balance, dx = −DΣ⁻¹x dt + √(2D) dW, looked at from time to time: Lemma 20 with Q = 0.
     *
     * @param covariance Σ, positive definite
     * @param diffusion D, symmetric, not negative
     * @param time between two rows, not negative
     * @return the process
     * @throws IllegalArgumentException if a matrix is not finite, they are not square of one order, or the time is negative
     */
    public static VectorAutoregression inDetailedBalance(RealMatrix covariance, RealMatrix diffusion, double time) {
        requireSquare("covariance", covariance, covariance.getRowDimension());
        requireSquare("diffusion", diffusion, covariance.getRowDimension());
        if (!(time >= 0.0 && time <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("time must be finite and not negative, got " + time);
        }
        VectorAutoregression still = new VectorAutoregression(covariance.scalarMultiply(0.0), symmetric(covariance));
        LinearAlgebra algebra = still.algebra;
        RealMatrix root = still.function(covariance, Math::sqrt);
        RealMatrix inverse = still.function(covariance, v -> 1.0 / Math.sqrt(v));
        RealMatrix rates = algebra.multiply(algebra.multiply(inverse, diffusion), inverse);
        RealMatrix b = still.function(rates, v -> Math.exp(-time * v));
        return new VectorAutoregression(algebra.multiply(algebra.multiply(root, b), inverse), still.covariance);
    }

    /**
     * Fits a record, whose means are taken off.
     *
     * @param rows at equal intervals, more than twice as many as there are coordinates, of a size whose squares are doubles; not modified
     * @return the process of the record's own covariances
     * @throws IllegalArgumentException if there are too few rows, or they are not rectangular, finite and from 10⁻¹³⁵ to 10¹³⁵ in size
     */
    public static VectorAutoregression fit(double[][] rows) {
        int n = rows.length;
        if (!(n >= 3 && rows[0].length >= 1 && n > 2 * rows[0].length)) {
            throw new IllegalArgumentException("rows must be more than twice as many as coordinates, got " + n);
        }
        int m = rows[0].length;
        requireSquares(rows, m);
        double[] mean = new double[m];
        for (double[] row : rows) {
            for (int i = 0; i < m; i++) {
                mean[i] += row[i] / n;
            }
        }
        double[][] same = new double[m][m];
        double[][] next = new double[m][m];
        double[] x = new double[m];
        double[] y = new double[m];
        for (int t = 0; t + 1 < n; t++) {
            for (int i = 0; i < m; i++) {
                x[i] = rows[t][i] - mean[i];
                y[i] = rows[t + 1][i] - mean[i];
            }
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    // Both ends count alike, so that the record and its reverse have the same Σ.
                    same[i][j] += 0.5 * (x[i] * x[j] + y[i] * y[j]);
                    next[i][j] += y[i] * x[j];
                }
            }
        }
        RealMatrix sigma = MatrixUtils.createRealMatrix(same).scalarMultiply(1.0 / (n - 1));
        return ofCovariances(sigma, MatrixUtils.createRealMatrix(next).scalarMultiply(1.0 / (n - 1)));
    }

    private static void requireSquares(double[][] rows, int m) {
        double largest = 0.0;
        for (double[] row : rows) {
            requireLength(row, m);
            largest = Math.max(largest, Units.largest(row));
        }
        if (!(largest == 0.0 || Math.abs(Math.getExponent(largest)) <= LARGEST)) {
            throw new IllegalArgumentException(
                    "rows must be of a size whose squares are doubles, got " + largest + "; scale them first");
        }
    }

    private static void requireLength(double[] row, int m) {
        if (row.length != m) {
            throw new IllegalArgumentException("rows must have " + m + " coordinates, got " + row.length);
        }
    }

    /** Finite too; the unit in which the largest entry is of usual size. */
    private static int requireSquare(String name, RealMatrix a, int order) {
        if (a.getRowDimension() != order || a.getColumnDimension() != order) {
            throw new IllegalArgumentException(name + " must be " + order + "×" + order + ", got " + a.getRowDimension()
                    + "×" + a.getColumnDimension());
        }
        double largest = 0.0;
        for (double[] row : a.getData()) {
            // NaN stays.
            largest = Math.max(largest, Units.largest(row));
        }
        if (!(largest <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " must be finite, got an entry " + largest);
        }
        return Units.exponent(name, largest);
    }

    private static RealMatrix symmetric(RealMatrix a) {
        return a.add(a.transpose()).scalarMultiply(0.5);
    }

    /** f(S) of a symmetric matrix, negative eigenvalues taken for zero. */
    private RealMatrix function(RealMatrix s, DoubleUnaryOperator f) {
        int m = s.getRowDimension();
        Eigenpairs pairs = algebra.symmetricEigen(symmetric(s));
        RealMatrix v = pairs.vectors();
        RealMatrix scaled = v.copy();
        double least = SMALLEST * Math.abs(pairs.value(0));
        for (int k = 0; k < m; k++) {
            double value = f.applyAsDouble(Math.max(least, pairs.value(k)));
            for (int i = 0; i < m; i++) {
                scaled.multiplyEntry(i, k, value);
            }
        }
        return algebra.multiply(scaled, v.transpose());
    }

    /** B. */
    private RealMatrix whitened() {
        return algebra.multiply(
                algebra.multiply(function(covariance, v -> 1.0 / Math.sqrt(v)), step),
                function(covariance, Math::sqrt));
    }

    /**
     * The process without loops that looks the same: the same Σ and the same symmetric part of ⟨x(t + 1)x(t)ᵀ⟩.
     *
     * @return that of ½(B + Bᵀ)
     */
    public VectorAutoregression reversible() {
        RealMatrix root = function(covariance, Math::sqrt);
        RealMatrix inverse = function(covariance, v -> 1.0 / Math.sqrt(v));
        int m = dimension();
        Eigenpairs modes = algebra.symmetricEigen(symmetric(whitened()));
        RealMatrix scaled = modes.vectors().copy();
        for (int k = 0; k < m; k++) {
            double rate = Math.max(-SLOWEST, Math.min(SLOWEST, modes.value(k)));
            for (int i = 0; i < m; i++) {
                scaled.multiplyEntry(i, k, rate);
            }
        }
        RealMatrix b = algebra.multiply(scaled, modes.vectors().transpose());
        return new VectorAutoregression(algebra.multiply(algebra.multiply(root, b), inverse), covariance);
    }

    /**
     * Entropy production: how much likelier a step is than its reverse, the Kullback–Leibler divergence of (x(t), x(t + 1)) from (x(t + 1), x(t)).
     * Fitted to n steps of a process in detailed balance it is not zero but about m(m − 1)/(2n) or more; surrogates tell.
     *
     * @return nats a step
     */
    public double entropyProduction() {
        RealMatrix b = whitened();
        int m = dimension();
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(m);
        RealMatrix backwards = function(one.subtract(algebra.columnProducts(b)), v -> 1.0 / v);
        RealMatrix forwards = one.subtract(algebra.rowProducts(b));
        RealMatrix odd = b.subtract(b.transpose());
        return 0.5
                * (algebra.multiply(backwards, forwards.add(algebra.rowProducts(odd)))
                                .getTrace()
                        - m);
    }

    /**
     * The log-ratio l(x, y) = ln p(x, y)/p(y, x) of a step and its reverse, which is odd under x ↔ y. For any process the mean of l − e^(−l) + 1 over its steps is a bound from
     * below of its entropy production a step (Kim, Bae, Lee and Jeong 2020, Phys. Rev. Lett. 125, 140604), so that a fit to one half of a record
     * bounds it by the other half, without bias.
     *
     * @param rows of a record, in the order of time
     * @return l − e^(−l) + 1 of each step; infinite or NaN where squares of the rows are beyond the doubles
     * @throws IllegalArgumentException if there is no step, or a row has another length
     */
    public double[] entropyBounds(double[][] rows) {
        int m = dimension();
        if (!(rows.length >= 2)) {
            throw new IllegalArgumentException("rows must number at least 2, got " + rows.length);
        }
        for (double[] row : rows) {
            requireLength(row, m);
        }
        double[][] precision = function(noise(), v -> 1.0 / v).getData();
        double[][] inverse = function(covariance, v -> 1.0 / v).getData();
        double[][] a = step.getData();
        double[] bounds = new double[rows.length - 1];
        double[] ahead = new double[m];
        double[] back = new double[m];
        for (int t = 0; t < bounds.length; t++) {
            double[] x = rows[t];
            double[] y = rows[t + 1];
            for (int i = 0; i < m; i++) {
                ahead[i] = y[i];
                back[i] = x[i];
                for (int j = 0; j < m; j++) {
                    ahead[i] -= a[i][j] * x[j];
                    back[i] -= a[i][j] * y[j];
                }
            }
            double ratio = 0.0;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    ratio += 0.5 * precision[i][j] * (back[i] * back[j] - ahead[i] * ahead[j]);
                    ratio += 0.5 * inverse[i][j] * (y[i] * y[j] - x[i] * x[j]);
                }
            }
            bounds[t] = ratio - Math.exp(-ratio) + 1.0;
        }
        return bounds;
    }

    /**
     * The covariance of the noise of a step.
     *
     * @return N = Σ − AΣAᵀ
     */
    public RealMatrix noise() {
        return symmetric(covariance.subtract(algebra.multiply(algebra.multiply(step, covariance), step.transpose())));
    }

    /**
     * The step.
     *
     * @return A
     */
    public RealMatrix step() {
        return step.copy();
    }

    /**
     * The stationary covariance.
     *
     * @return Σ
     */
    public RealMatrix covariance() {
        return covariance.copy();
    }

    /**
     * Covariances at a lag.
     *
     * @param lag τ ≥ 0
     * @return ⟨x(t + τ)x(t)ᵀ⟩
     * @throws IllegalArgumentException if the lag is negative
     */
    public RealMatrix lagged(int lag) {
        if (!(lag >= 0)) {
            throw new IllegalArgumentException("lag must not be negative, got " + lag);
        }
        RealMatrix power = step;
        RealMatrix result = covariance;
        for (int left = lag; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = algebra.multiply(power, result);
            }
            power = algebra.multiply(power, power);
        }
        return result;
    }

    /**
     * The number of coordinates.
     *
     * @return m
     */
    public int dimension() {
        return step.getRowDimension();
    }

    /**
     * A sample path, stationary from its first row.
     *
     * @param rows how many
     * @param kept how many coordinates are returned, the first ones
     * @param seed of the noise
     * @return rows in the order of time
     * @throws IllegalArgumentException if there are not so many coordinates, the number of rows is negative or does not fit into memory
     */
    public double[][] simulate(int rows, int kept, Seed seed) {
        int m = dimension();
        if (!(rows >= 0)) {
            throw new IllegalArgumentException("rows must not be negative, got " + rows);
        }
        if (!(kept >= 0 && kept <= m)) {
            throw new IllegalArgumentException("kept must be from 0 to " + m + ", got " + kept);
        }
        Memory.require("a record of " + rows + " rows", (8.0 * kept + HEAD) * rows, "fewer rows need less");
        NormalStream normals = NormalStream.of(seed);
        double[][] root = function(noise(), Math::sqrt).getData();
        double[][] a = step.getData();
        double[][] xi = new double[m][BLOCK];
        double[] draw = new double[m];
        normals.fill(0, 1, 1, xi);
        Arrays.setAll(draw, i -> xi[i][0]);
        double[] x = function(covariance, Math::sqrt).operate(draw);
        double[] next = new double[m];
        double[][] path = new double[rows][];
        for (int t = 0; t < rows; t++) {
            int at = t % BLOCK;
            if (at == 0) {
                normals.fill(t, BLOCK, 0, xi);
            }
            path[t] = Arrays.copyOf(x, kept);
            for (int j = 0; j < m; j++) {
                draw[j] = xi[j][at];
            }
            for (int i = 0; i < m; i++) {
                double sum = 0.0;
                for (int j = 0; j < m; j++) {
                    sum += a[i][j] * x[j] + root[i][j] * draw[j];
                }
                next[i] = sum;
            }
            double[] swap = x;
            x = next;
            next = swap;
        }
        return path;
    }

    /**
     * The same process in other coordinates.
     *
     * @param rows y = Rx, k×m with k ≤ m independent rows
     * @return of the covariances of y; if k is less than m, y need not be Markov's
     * @throws IllegalArgumentException if there is no row, or one has another length
     */
    public VectorAutoregression projected(double[][] rows) {
        if (!(rows.length >= 1)) {
            throw new IllegalArgumentException("rows must number at least 1, got 0");
        }
        for (double[] row : rows) {
            requireLength(row, dimension());
        }
        RealMatrix r = new Array2DRowRealMatrix(rows, false);
        return ofCovariances(
                algebra.multiply(algebra.multiply(r, covariance), r.transpose()),
                algebra.multiply(algebra.multiply(r, lagged(1)), r.transpose()));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "autoregression of %d coordinates, entropy production %.4g nats a step",
                dimension(),
                entropyProduction());
    }
}
