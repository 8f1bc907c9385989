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

    private final double[] descending;
    private final int dimension;

    private MatrixSpectrum(double[] descending, int dimension) {
        this.descending = descending;
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
        return new MatrixSpectrum(descending, dimension);
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
        return descending.clone();
    }

    /**
     * The largest eigenvalue.
     *
     * @return λ_max
     */
    public double max() {
        return descending[0];
    }

    /**
     * The trace.
     *
     * @return Σλ
     */
    public double trace() {
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
        return trace() / dimension;
    }

    /**
     * The variance over all d eigenvalues, zeros included, with the divisor d.
     *
     * @return (1/d)Σ(λ − mean)²
     */
    public double variance() {
        double mean = mean();
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
        return Math.sqrt(variance());
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
        double threshold = max() * dimension * epsilon;
        return (int) Arrays.stream(descending).filter(v -> v > threshold).count();
    }

    /**
     * The participation ratio: how many eigenvalues carry the trace, between 1 and d.
     *
     * @return (Σλ)²/Σλ²; NaN for the zero matrix
     */
    public double participationRatio() {
        double norm = frobeniusNorm();
        double trace = trace();
        return (trace / norm) * (trace / norm);
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
        for (double value : descending) {
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
