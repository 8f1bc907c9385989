package org.langevin4j.core.statistics;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Mean and covariance of a stream of vectors in one pass.
 *
 * <p>The sums Σxᵢ and Σxᵢxⱼ are kept as unevaluated pairs of doubles (Knuth's two-sum, Dekker's two-product by fused
 * multiply-add), about 106 bits: the covariance does not suffer when the mean is large against the spread, and the order
 * in which samples arrive matters only in the last bits of the pair. Mutable; for one thread at a time.
 */
public final class RunningMoments {

    private final int dimension;
    private final double[] sums;
    private final double[] sumErrors;
    private final double[] products;
    private final double[] productErrors;
    private long count;

    /**
     * Empty moments.
     *
     * @param dimension length n of the vectors, at least 1
     */
    public RunningMoments(int dimension) {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        this.dimension = dimension;
        this.sums = new double[dimension];
        this.sumErrors = new double[dimension];
        int pairs = dimension * (dimension + 1) / 2;
        this.products = new double[pairs];
        this.productErrors = new double[pairs];
    }

    /**
     * Moments as {@link #exactSums} gave them.
     *
     * @param dimension length n of the vectors
     * @param count number of vectors
     * @param sums the sums, copied
     * @return moments with the same bits
     * @throws IllegalArgumentException if the number of sums is not n(n + 3) or the count is negative
     */
    public static RunningMoments ofExactSums(int dimension, long count, double... sums) {
        RunningMoments moments = new RunningMoments(dimension);
        int pairs = moments.products.length;
        if (sums.length != 2 * (dimension + pairs)) {
            throw new IllegalArgumentException("sums must number " + 2 * (dimension + pairs) + ", got " + sums.length);
        }
        if (!(count >= 0)) {
            throw new IllegalArgumentException("count must not be negative, got " + count);
        }
        System.arraycopy(sums, 0, moments.sums, 0, dimension);
        System.arraycopy(sums, dimension, moments.sumErrors, 0, dimension);
        System.arraycopy(sums, 2 * dimension, moments.products, 0, pairs);
        System.arraycopy(sums, 2 * dimension + pairs, moments.productErrors, 0, pairs);
        moments.count = count;
        return moments;
    }

    /**
     * All that is kept, to be stored.
     *
     * @return Σxᵢ, their errors, Σxᵢxⱼ for j ≤ i row by row, their errors; n(n + 3) numbers
     */
    public double[] exactSums() {
        int pairs = products.length;
        double[] all = new double[2 * (dimension + pairs)];
        System.arraycopy(sums, 0, all, 0, dimension);
        System.arraycopy(sumErrors, 0, all, dimension, dimension);
        System.arraycopy(products, 0, all, 2 * dimension, pairs);
        System.arraycopy(productErrors, 0, all, 2 * dimension + pairs, pairs);
        return all;
    }

    /**
     * The moments of some coordinates.
     *
     * @param coordinates which ones, in their new order
     * @return a copy
     */
    public RunningMoments marginal(int... coordinates) {
        RunningMoments marginal = new RunningMoments(coordinates.length);
        for (int i = 0; i < coordinates.length; i++) {
            marginal.sums[i] = sums[coordinates[i]];
            marginal.sumErrors[i] = sumErrors[coordinates[i]];
            for (int j = 0; j <= i; j++) {
                int from = index(coordinates[i], coordinates[j]);
                marginal.products[index(i, j)] = products[from];
                marginal.productErrors[index(i, j)] = productErrors[from];
            }
        }
        marginal.count = count;
        return marginal;
    }

    /**
     * Adds one vector.
     *
     * @param x length n; not modified
     */
    public void add(double... x) {
        int pair = 0;
        for (int i = 0; i < dimension; i++) {
            double xi = x[i];
            accumulate(sums, sumErrors, i, xi, 0.0);
            for (int j = 0; j <= i; j++) {
                double product = xi * x[j];
                accumulate(products, productErrors, pair, product, Math.fma(xi, x[j], -product));
                pair++;
            }
        }
        count++;
    }

    /**
     * Adds a block of vectors, one after the other.
     *
     * @param x {@code x[i][p]} is coordinate i of vector p
     * @param paths number of vectors
     */
    public void addBlock(double[][] x, int paths) {
        double[] vector = new double[dimension];
        for (int p = 0; p < paths; p++) {
            for (int i = 0; i < dimension; i++) {
                vector[i] = x[i][p];
            }
            add(vector);
        }
    }

    /**
     * Adds all vectors of another stream.
     *
     * @param other moments of the same dimension; not modified
     */
    public void merge(RunningMoments other) {
        if (other.dimension != dimension) {
            throw new IllegalArgumentException("dimension must be " + dimension + ", got " + other.dimension);
        }
        for (int i = 0; i < dimension; i++) {
            accumulate(sums, sumErrors, i, other.sums[i], other.sumErrors[i]);
        }
        for (int k = 0; k < products.length; k++) {
            accumulate(products, productErrors, k, other.products[k], other.productErrors[k]);
        }
        count += other.count;
    }

    private static void accumulate(double[] high, double[] low, int i, double value, double error) {
        double a = high[i];
        double sum = a + value;
        double back = sum - a;
        low[i] += (a - (sum - back)) + (value - back) + error;
        high[i] = sum;
    }

    /**
     * The number of vectors.
     *
     * @return count
     */
    public long count() {
        return count;
    }

    /**
     * The length of the vectors.
     *
     * @return n
     */
    public int dimension() {
        return dimension;
    }

    /**
     * The sample mean.
     *
     * @param i coordinate
     * @return E[xᵢ], NaN if there is no vector
     */
    public double mean(int i) {
        return (sums[i] + sumErrors[i]) / count;
    }

    /**
     * The second moment about zero.
     *
     * @param i first coordinate
     * @param j second coordinate
     * @return E[xᵢxⱼ], NaN if there is no vector
     */
    public double secondMoment(int i, int j) {
        int k = index(i, j);
        return (products[k] + productErrors[k]) / count;
    }

    /**
     * The unbiased sample covariance, with the divisor count − 1.
     *
     * @param i first coordinate
     * @param j second coordinate
     * @return cov(xᵢ, xⱼ), NaN if there are fewer than two vectors
     */
    public double covariance(int i, int j) {
        if (count < 2) {
            return Double.NaN;
        }
        // Σxᵢxⱼ − ΣxᵢΣxⱼ/n, all in pairs of doubles.
        double si = sums[i] + sumErrors[i];
        double sj = sums[j] + sumErrors[j];
        double product = si * sj;
        double rest = Math.fma(si, sj, -product) + si * rest(j, sj) + sj * rest(i, si);
        double quotient = product / count;
        double remainder = (Math.fma(-quotient, (double) count, product) + rest) / count;
        int k = index(i, j);
        double centred = (products[k] - quotient) + (productErrors[k] - remainder);
        return centred / (count - 1);
    }

    /** What the rounded sum lacks. */
    private double rest(int i, double rounded) {
        return (sums[i] - rounded) + sumErrors[i];
    }

    /**
     * The unbiased sample variance.
     *
     * @param i coordinate
     * @return var(xᵢ)
     */
    public double variance(int i) {
        return covariance(i, i);
    }

    /**
     * The standard error of the mean of independent vectors.
     *
     * @param i coordinate
     * @return √(var(xᵢ)/count)
     */
    public double standardError(int i) {
        return Math.sqrt(variance(i) / count);
    }

    /**
     * The covariance matrix.
     *
     * @return n×n
     */
    public RealMatrix covariance() {
        RealMatrix matrix = MatrixUtils.createRealMatrix(dimension, dimension);
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                matrix.setEntry(i, j, covariance(Math.max(i, j), Math.min(i, j)));
            }
        }
        return matrix;
    }

    private static int index(int i, int j) {
        int row = Math.max(i, j);
        return row * (row + 1) / 2 + Math.min(i, j);
    }
}
