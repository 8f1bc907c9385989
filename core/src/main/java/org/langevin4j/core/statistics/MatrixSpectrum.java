package org.langevin4j.core.statistics;

import hep.aida.IHistogram1D;
import hep.aida.ref.Histogram1D;
import java.util.Arrays;
import java.util.Locale;

/**
 * Eigenvalues of a symmetric positive semi-definite d×d matrix and what Chaudhari and Soatto (2018) read from them:
 * mean ± standard deviation and rank (Section IV-A, footnote 1) and the score of Remark 16. Immutable.
 */
public final class MatrixSpectrum {

    /** The distance from 1 to the next {@code float}, 2⁻²³; the paper's ranks come out with this one. */
    public static final double FLOAT32_EPSILON = Math.ulp(1.0f);

    /** The distance from 1 to the next {@code double}, 2⁻⁵². */
    public static final double FLOAT64_EPSILON = Math.ulp(1.0);

    /** Largest values in between need no scaling. */
    private static final int UNSCALED = 400;

    /** The eigenvalues in units of 2^exponent, so that squares of them are numbers. */
    private final double[] descending;

    private final int exponent;
    private final int dimension;

    private MatrixSpectrum(double[] descending, int exponent, int dimension) {
        this.descending = descending;
        this.exponent = exponent;
        this.dimension = dimension;
    }

    /**
     * The spectrum of a matrix of which all eigenvalues that may differ from zero are known.
     *
     * @param dimension d
     * @param eigenvalues at most d values in any order; the remaining d − length are zero
     * @return the spectrum
     * @throws IllegalArgumentException if there are none or more than d, or one is not finite
     */
    public static MatrixSpectrum of(int dimension, double... eigenvalues) {
        if (!(eigenvalues.length >= 1 && eigenvalues.length <= dimension)) {
            throw new IllegalArgumentException(
                    "eigenvalues must number 1 to " + dimension + ", got " + eigenvalues.length);
        }
        double[] sorted = eigenvalues.clone();
        Arrays.sort(sorted);
        double[] descending = new double[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            double value = sorted[sorted.length - 1 - i];
            if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("eigenvalues must be finite, got " + value);
            }
            descending[i] = value;
        }
        int size = Math.getExponent(Math.max(Math.abs(descending[0]), Math.abs(descending[descending.length - 1])));
        boolean zero = descending[0] == 0.0 && descending[descending.length - 1] == 0.0;
        int exponent = zero || Math.abs(size) <= UNSCALED ? 0 : size;
        for (int i = 0; exponent != 0 && i < descending.length; i++) {
            descending[i] = Math.scalb(descending[i], -exponent);
        }
        return new MatrixSpectrum(descending, exponent, dimension);
    }

    /**
     * The spectrum of the matrix times a power of two. Ranks and ratios stay as they are even where the eigenvalues are no
     * longer numbers with all their digits.
     *
     * @param power p
     * @return the spectrum of 2ᵖ times the matrix
     */
    public MatrixSpectrum scaled(int power) {
        return new MatrixSpectrum(descending, exponent + power, dimension);
    }

    /** What has the units of an eigenvalue. */
    private double inUnits(double value) {
        return Math.scalb(value, exponent);
    }

    /**
     * The dimension of the matrix.
     *
     * @return d
     */
    public int dimension() {
        return dimension;
    }

    /**
     * The eigenvalues that were given.
     *
     * @return a copy, largest first
     */
    public double[] eigenvalues() {
        return Arrays.stream(descending).map(this::inUnits).toArray();
    }

    /**
     * The largest eigenvalue.
     *
     * @return λ_max
     */
    public double max() {
        return inUnits(descending[0]);
    }

    /**
     * The trace.
     *
     * @return Σλ
     */
    public double trace() {
        return inUnits(sum());
    }

    private double sum() {
        // From the small end: no cancellation, least rounding.
        double sum = 0.0;
        for (int i = descending.length - 1; i >= 0; i--) {
            sum += descending[i];
        }
        return sum;
    }

    /**
     * The Frobenius norm.
     *
     * @return √Σλ²
     */
    public double frobeniusNorm() {
        return inUnits(length());
    }

    private double length() {
        double sum = 0.0;
        for (int i = descending.length - 1; i >= 0; i--) {
            sum += descending[i] * descending[i];
        }
        return Math.sqrt(sum);
    }

    /**
     * The mean over all d eigenvalues, zeros included.
     *
     * @return tr/d
     */
    public double mean() {
        return inUnits(sum() / dimension);
    }

    /**
     * The variance over all d eigenvalues, zeros included, with the divisor d.
     *
     * @return (1/d)Σ(λ − mean)²
     */
    public double variance() {
        return Math.scalb(meanSquare(), 2 * exponent);
    }

    private double meanSquare() {
        double mean = sum() / dimension;
        double sum = (dimension - descending.length) * mean * mean;
        for (double value : descending) {
            sum += (value - mean) * (value - mean);
        }
        return sum / dimension;
    }

    /**
     * The standard deviation over all d eigenvalues.
     *
     * @return √variance
     */
    public double standardDeviation() {
        return inUnits(Math.sqrt(meanSquare()));
    }

    /**
     * The numerical rank: the number of eigenvalues above λ_max·d·ε (footnote 1 of the paper).
     *
     * @param epsilon ε of the arithmetic, {@link #FLOAT32_EPSILON} or {@link #FLOAT64_EPSILON}
     * @return the rank
     */
    public int rank(double epsilon) {
        if (!(epsilon > 0.0)) {
            throw new IllegalArgumentException("epsilon must be positive, got " + epsilon);
        }
        double threshold = descending[0] * dimension * epsilon;
        return (int) Arrays.stream(descending).filter(v -> v > threshold).count();
    }

    /**
     * The participation ratio: how many eigenvalues carry the trace, between 1 and d.
     *
     * @return (Σλ)²/Σλ²; NaN for the zero matrix
     */
    public double participationRatio() {
        double norm = length();
        double trace = sum();
        return (trace / norm) * (trace / norm);
    }

    /**
     * The stable rank: a rank that small eigenvalues hardly change, between 1 and the rank (Rudelson and Vershynin 2007).
     *
     * @return Σλ²/λ_max², the square of the Frobenius norm over the operator norm; NaN for the zero matrix
     */
    public double stableRank() {
        double ratio = length() / descending[0];
        return ratio * ratio;
    }

    /**
     * The stable rank of a factor B of the matrix, D = BBᵀ, also called its effective rank or intrinsic dimension (Tropp 2015, §7.1).
     *
     * @return Σλ/λ_max; NaN for the zero matrix
     */
    public double intrinsicDimension() {
        return sum() / descending[0];
    }

    /**
     * The score by which Remark 16 would rank architectures.
     *
     * @param epsilon ε of the rank
     * @return rank/d + var(λ)
     */
    public double architectureScore(double epsilon) {
        return (double) rank(epsilon) / dimension + variance();
    }

    /**
     * A histogram of log₁₀ λ over the positive eigenvalues.
     *
     * @param bins number of bins
     * @param fromExponent lower edge; smaller eigenvalues are counted in the underflow bin
     * @return the histogram, up to the exponent of the largest eigenvalue rounded up
     */
    public IHistogram1D logHistogram(int bins, double fromExponent) {
        double to = Math.ceil(Math.log10(max()) + 1e-9);
        if (!(bins > 0 && fromExponent < to)) {
            throw new IllegalArgumentException(
                    "bins must be positive and fromExponent below " + to + ", got " + bins + " and " + fromExponent);
        }
        IHistogram1D histogram = new Histogram1D("log10 of the eigenvalues", bins, fromExponent, to);
        for (double value : eigenvalues()) {
            if (value > 0.0) {
                histogram.fill(Math.log10(value));
            }
        }
        return histogram;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d eigenvalues, largest %.5g, mean ± standard deviation %.5g ± %.5g, rank %d by the float32 ε, %d by the float64 one",
                dimension,
                max(),
                mean(),
                standardDeviation(),
                rank(FLOAT32_EPSILON),
                rank(FLOAT64_EPSILON));
    }
}
