package org.langevin4j.core.statistics;

import java.util.Locale;
import org.hipparchus.transform.DftNormalization;
import org.hipparchus.transform.FastFourierTransformer;
import org.hipparchus.transform.TransformType;
import org.langevin4j.core.block.Memory;

/**
 * The error of the mean of one long record by the sum of its autocorrelations: τ(M) = 1 + 2Σₜ≤M ρₜ with the automatic window
 * of Sokal (1997, <em>Monte Carlo methods in statistical mechanics</em>, sec. 3), the smallest M with M ≥ 8(½ + Σₜ≤M|ρₜ|). The
 * absolute values keep the window open on sequences that alternate or oscillate; where all ρₜ are positive it is his. The
 * variance of τ is 2(2M + 1)/n·τ² (Madras and Sokal 1988, <em>J. Stat. Phys.</em> 50, 109), and the bias of −(2M + 1)/n that comes
 * from subtracting the record's own mean is taken out (Wolff 2004, <em>Comput. Phys. Commun.</em> 156, 143).
 */
public final class AutocorrelationTime {

    /** Window in units of ½ + Σ|ρ|: what lies beyond is e⁻⁸ of an exponential, e⁻⁵ of an oscillation (Σ|cos| is less by 2/π). */
    private static final double WINDOW = 8.0;

    /** A window so short that noise decides about it is of no use. */
    private static final int SMALLEST_WINDOW = 10;

    /** A record of fewer autocorrelation times tells too little about them. */
    private static final double ENOUGH = 100.0;

    private static final int FEWEST = 4;

    private AutocorrelationTime() {}

    /**
     * The mean of a record with its error, by fast Fourier transform.
     *
     * @param record values at equal intervals, finite, at least 4, from a stationary process; not modified
     * @return mean, error and integrated autocorrelation time
     * @throws IllegalArgumentException if there are too few values or one is not finite
     */
    public static CorrelatedMean of(double... record) {
        int n = record.length;
        if (!(n >= FEWEST)) {
            throw new IllegalArgumentException("values must number at least " + FEWEST + ", got " + n);
        }
        int exponent = Units.exponent("values", record);
        double[] values = Units.in(exponent, record);
        RunningMoments moments = new RunningMoments(1);
        for (double value : values) {
            moments.add(value);
        }
        double mean = moments.mean(0);
        if (moments.variance(0) == 0.0) {
            return new CorrelatedMean(
                    CorrelatedMean.Method.AUTOCORRELATION,
                    n,
                    Math.scalb(mean, exponent),
                    0.0,
                    0.0,
                    0.0,
                    "the values do not vary");
        }
        double[] covariance = autocovariance(values, mean);
        double scale = covariance[0];
        double sum = 0.0;
        double absolute = 0.0;
        int window = 0;
        boolean closed = false;
        while (!closed && window + 1 < covariance.length) {
            window++;
            sum += covariance[window] / scale;
            absolute += Math.abs(covariance[window] / scale);
            closed = window >= SMALLEST_WINDOW && window >= WINDOW * (0.5 + absolute);
        }
        double lost = (2.0 * window + 1.0) / n;
        // The sum of all covariances, C_F = σ²τ; the variance lacks C_F/n, as each covariance does.
        double total = scale * (1.0 + 2.0 * sum) * (1.0 + lost);
        double variance = scale + total / n;
        double tau = total / variance;
        String doubt = "";
        if (!closed) {
            doubt = String.format(Locale.ROOT, "the correlations have not decayed within half of the %d values", n);
        } else if (!(total > 0.0)) {
            doubt = "the correlations add up to nothing, beyond the accuracy of the record";
        } else if (!(n >= ENOUGH * tau)) {
            doubt = String.format(
                    Locale.ROOT, "%d values are only %.3g autocorrelation times, %.0f are needed", n, n / tau, ENOUGH);
        }
        return new CorrelatedMean(
                CorrelatedMean.Method.AUTOCORRELATION,
                n,
                Math.scalb(mean, exponent),
                Math.scalb(variance, 2 * exponent),
                Math.scalb(Math.sqrt(Math.max(0.0, total) / n), exponent),
                Math.sqrt(0.5 * lost),
                doubt);
    }

    /** Cₜ = Σ(xₛ − m)(xₛ₊ₜ − m)/(n − t) for t up to n/2, with zeros behind the record so that it does not wrap round. */
    private static double[] autocovariance(double[] values, double mean) {
        int n = values.length;
        int lags = n / 2;
        int padded = Integer.highestOneBit(Math.max(1, n - 1)) << 1;
        while (padded < n + lags) {
            padded <<= 1;
        }
        if (padded <= 0) {
            throw new IllegalArgumentException("values must number at most " + (1 << 29) + ", got " + n);
        }
        Memory.require(
                "the autocorrelation of " + n + " values",
                2.0 * Double.BYTES * padded,
                "RunningBlocks gives the error without keeping the record");
        double[][] parts = new double[2][padded];
        for (int t = 0; t < n; t++) {
            parts[0][t] = values[t] - mean;
        }
        FastFourierTransformer.transformInPlace(parts, DftNormalization.STANDARD, TransformType.FORWARD);
        for (int k = 0; k < padded; k++) {
            parts[0][k] = parts[0][k] * parts[0][k] + parts[1][k] * parts[1][k];
            parts[1][k] = 0.0;
        }
        FastFourierTransformer.transformInPlace(parts, DftNormalization.STANDARD, TransformType.INVERSE);
        double[] covariance = new double[lags + 1];
        for (int t = 0; t <= lags; t++) {
            covariance[t] = parts[0][t] / (n - t);
        }
        return covariance;
    }
}
