package org.langevin4j.core.statistics;

import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.Memory;

/**
 * Mean and covariance of a stream of vectors in one pass.
 *
 * <p>The sums Σxᵢ and Σxᵢxⱼ are kept as unevaluated pairs of doubles (Knuth's two-sum, Dekker's two-product by fused
 * multiply-add), about 106 bits: the covariance does not suffer when the mean is large against the spread, and the order
 * in which samples arrive matters only in the last bits of the pair. Of long vectors only the variances may be kept. Mutable; for one thread at a time.
 *
 * <p>That is so while squares are doubles, for coordinates from 10⁻¹⁴⁵ to 10¹⁵⁰ in size: variances of smaller ones lose digits and are 0 below 10⁻¹⁶², as their
 * squares are; of larger ones variances and second moments are NaN or infinite, and so is the mean where the sum is. A record of such numbers belongs into other units.
 */
public final class RunningMoments {

    /** Numbers in an array. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    /** Coordinates that are told one by one. */
    private static final int SHOWN = 6;

    private final int dimension;
    private final double[] sums;
    private final double[] sumErrors;
    private final double[] products;
    private final double[] productErrors;
    private final boolean covariances;
    private long count;

    /**
     * Empty moments, 8n(n + 3) bytes.
     *
     * @param dimension length n of the vectors, at least 1
     * @throws IllegalArgumentException if the covariances do not fit into memory
     */
    public RunningMoments(int dimension) {
        this(dimension, true);
    }

    private RunningMoments(int dimension, boolean covariances) {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        if (covariances) {
            double bytes = bytes(dimension, true);
            String what = "the covariance of " + dimension + " numbers";
            Memory.require(what, bytes, "ofVariances(" + dimension + ") does without it");
            if (!(bytes / Double.BYTES <= LONGEST)) {
                throw new IllegalArgumentException(
                        what + " is more than a Java array holds; ofVariances(" + dimension + ") does without it");
            }
        }
        this.dimension = dimension;
        this.covariances = covariances;
        this.sums = new double[dimension];
        this.sumErrors = new double[dimension];
        int pairs = covariances ? (int) (dimension * (dimension + 1L) / 2) : dimension;
        this.products = new double[pairs];
        this.productErrors = new double[pairs];
    }

    /**
     * Empty moments without covariances between coordinates, 32n bytes.
     *
     * @param dimension length n of the vectors, at least 1
     * @return moments that know means and variances only
     * @throws IllegalArgumentException if they do not fit into memory
     */
    public static RunningMoments ofVariances(int dimension) {
        if (!(dimension > 0 && dimension <= LONGEST)) {
            throw new IllegalArgumentException("dimension must be from 1 to " + LONGEST + ", got " + dimension);
        }
        Memory.require(
                "the variances of " + dimension + " numbers", bytes(dimension, false), "fewer numbers need less");
        return new RunningMoments(dimension, false);
    }

    /**
     * The memory of moments.
     *
     * @param dimension length n of the vectors
     * @param covariances whether covariances are kept
     * @return number of bytes
     */
    public static double bytes(int dimension, boolean covariances) {
        return 8.0 * dimension * (covariances ? dimension + 3.0 : 4.0);
    }

    /**
     * Moments of vectors of the same length with the same quantities kept.
     *
     * @return empty moments
     */
    public RunningMoments empty() {
        return new RunningMoments(dimension, covariances);
    }

    /**
     * Whether covariances between coordinates are kept.
     *
     * @return false for {@link #ofVariances}
     */
    public boolean hasCovariances() {
        return covariances;
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
        return new RunningMoments(dimension).withExactSums(count, sums);
    }

    /**
     * Moments of the same kind with other sums, as {@link #exactSums} gave them.
     *
     * @param otherCount number of vectors
     * @param otherSums the sums, copied
     * @return moments with the same bits
     * @throws IllegalArgumentException if the number of sums is not that of these moments or the count is negative
     */
    public RunningMoments withExactSums(long otherCount, double... otherSums) {
        RunningMoments moments = empty();
        moments.take(otherCount, otherSums);
        return moments;
    }

    private void take(long newCount, double... newSums) {
        int pairs = products.length;
        if (newSums.length != 2 * (dimension + pairs)) {
            throw new IllegalArgumentException(
                    "sums must number " + 2 * (dimension + pairs) + ", got " + newSums.length);
        }
        if (!(newCount >= 0)) {
            throw new IllegalArgumentException("count must not be negative, got " + newCount);
        }
        System.arraycopy(newSums, 0, sums, 0, dimension);
        System.arraycopy(newSums, dimension, sumErrors, 0, dimension);
        System.arraycopy(newSums, 2 * dimension, products, 0, pairs);
        System.arraycopy(newSums, 2 * dimension + pairs, productErrors, 0, pairs);
        count = newCount;
    }

    /**
     * All that is kept, to be stored.
     *
     * @return Σxᵢ, their errors, Σxᵢxⱼ for j ≤ i row by row, their errors; n(n + 3) numbers, 4n if only the variances are kept
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
     * @throws IllegalArgumentException if there is no such coordinate, or none is asked for
     */
    public RunningMoments marginal(int... coordinates) {
        for (int coordinate : coordinates) {
            if (!(coordinate >= 0 && coordinate < dimension)) {
                throw new IllegalArgumentException(
                        "coordinates must be from 0 to " + (dimension - 1) + ", got " + coordinate);
            }
        }
        RunningMoments marginal = new RunningMoments(coordinates.length, covariances);
        for (int i = 0; i < coordinates.length; i++) {
            marginal.sums[i] = sums[coordinates[i]];
            marginal.sumErrors[i] = sumErrors[coordinates[i]];
            for (int j = covariances ? 0 : i; j <= i; j++) {
                int from = index(coordinates[i], coordinates[j]);
                int to = marginal.index(i, j);
                marginal.products[to] = products[from];
                marginal.productErrors[to] = productErrors[from];
            }
        }
        marginal.count = count;
        return marginal;
    }

    /**
     * Adds one vector.
     *
     * @param x length n; not modified
     * @throws IllegalArgumentException if it is shorter
     */
    public void add(double... x) {
        if (x.length < dimension) {
            throw new IllegalArgumentException("x must have length " + dimension + ", got " + x.length);
        }
        int pair = 0;
        for (int i = 0; i < dimension; i++) {
            double xi = x[i];
            accumulate(sums, sumErrors, i, xi, 0.0);
            for (int j = covariances ? 0 : i; j <= i; j++) {
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
     * @throws IllegalArgumentException if there are fewer coordinates or vectors
     */
    public void addBlock(double[][] x, int paths) {
        if (x.length < dimension) {
            throw new IllegalArgumentException("x must have " + dimension + " coordinates, got " + x.length);
        }
        for (int i = 0; i < dimension; i++) {
            if (!(paths <= x[i].length)) {
                throw new IllegalArgumentException(
                        "x must have " + paths + " vectors, got " + x[i].length + " of coordinate " + i);
            }
        }
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
        if (other.covariances != covariances) {
            throw new IllegalArgumentException("both must keep covariances, or neither");
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
        Memory.require("a matrix of order " + dimension, 8.0 * dimension * dimension, "variance(i) gives its diagonal");
        RealMatrix matrix = MatrixUtils.createRealMatrix(dimension, dimension);
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                matrix.setEntry(i, j, covariance(Math.max(i, j), Math.min(i, j)));
            }
        }
        return matrix;
    }

    private int index(int i, int j) {
        if (!covariances) {
            if (i != j) {
                throw new IllegalArgumentException(
                        "coordinates must be equal where only variances are kept, got " + i + " and " + j);
            }
            return i;
        }
        int row = Math.max(i, j);
        return (int) (row * (row + 1L) / 2) + Math.min(i, j);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(count).append(count == 1 ? " vector" : " vectors");
        if (count == 0) {
            return text.toString();
        }
        text.append(", mean ± standard error (standard deviation): ");
        for (int i = 0; i < Math.min(SHOWN, dimension); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(String.format(
                            Locale.ROOT, "%.5g ± %.2g (%.4g)", mean(i), standardError(i), Math.sqrt(variance(i))));
        }
        return dimension > SHOWN ? text + ", … of " + dimension : text.toString();
    }
}
