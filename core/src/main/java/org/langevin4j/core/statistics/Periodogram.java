package org.langevin4j.core.statistics;

import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.utils.CommonUtils;

/**
 * The periodogram of a series of any length, without a window,
 *
 * <pre>I(fₖ) = (1/n) |Σₜ (xₜ − x̄) e^(−2πi fₖ t)|²,   fₖ = k/n, k = 0 … ⌊n/2⌋, in cycles a step.</pre>
 *
 * For white noise its mean is the variance at every k but 0; the mean of I over all n frequencies is the sample variance (Parseval).
 * Values at one frequency scatter by as much as their mean, however long the series; {@link PowerSpectrum} averages over segments.
 */
public final class Periodogram {

    /** 2³⁰, which has no other prime factors. */
    private static final int LONGEST = 1 << 30;

    private Periodogram() {}

    /**
     * Of a series.
     *
     * @param series n ≥ 2 numbers, finite; not modified
     * @return I(fₖ) for k = 0 … ⌊n/2⌋; the first is zero to rounding; infinite or zero where its size,
     *     that of squares, is beyond the doubles
     * @throws IllegalArgumentException if the series is too short or not finite
     */
    public static double[] of(double[] series) {
        int n = series.length;
        if (!(n >= 2)) {
            throw new IllegalArgumentException("series must have at least 2 numbers, got " + n);
        }
        int exponent = Units.exponent("series", series);
        double[] units = Units.in(exponent, series);
        double mean = mean(units);
        double[] x = new double[n];
        for (int t = 0; t < n; t++) {
            x[t] = units[t] - mean;
        }
        transform(n).realForward(x);
        double[] found = new double[n / 2 + 1];
        found[0] = x[0] * x[0] / n;
        if (n % 2 == 0) {
            found[n / 2] = x[1] * x[1] / n;
        }
        for (int k = 1; 2 * k < n; k++) {
            double re = x[2 * k];
            // Of an odd length the last imaginary part stands where the middle of an even one would be.
            double im = n % 2 == 1 && k == n / 2 ? x[1] : x[2 * k + 1];
            found[k] = (re * re + im * im) / n;
        }
        return exponent == 0 ? found : Units.times(2 * exponent, found);
    }

    /**
     * The increments of a series, of which Fig. 3a of Chaudhari and Soatto (2018) takes the spectrum.
     *
     * @param series n ≥ 2 numbers
     * @return xₜ₊₁ − xₜ, n − 1 numbers
     * @throws IllegalArgumentException if the series is too short
     */
    public static double[] increments(double[] series) {
        if (!(series.length >= 2)) {
            throw new IllegalArgumentException("series must have at least 2 numbers, got " + series.length);
        }
        double[] steps = new double[series.length - 1];
        for (int t = 0; t < steps.length; t++) {
            steps[t] = series[t + 1] - series[t];
        }
        return steps;
    }

    /** On one thread: the library would split long series in another way on more of them, to other bits. */
    static DoubleFFT_1D transform(int n) {
        CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
        CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
        return new DoubleFFT_1D(n);
    }

    static double mean(double[] series) {
        double sum = 0.0;
        for (int t = 0; t < series.length; t++) {
            if (!(Math.abs(series[t]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("series must be finite, got " + series[t] + " at place " + t);
            }
            sum += series[t];
        }
        double mean = sum / series.length;
        double rest = 0.0;
        for (double value : series) {
            rest += value - mean;
        }
        return mean + rest / series.length;
    }

    /** The smallest even number from n + lags on without prime factors above 5. */
    static int smooth(int n, int lags) {
        if (!(n <= LONGEST - lags)) {
            throw new IllegalArgumentException(
                    "series must have at most " + LONGEST + " numbers with its lags, got " + n + " and " + lags);
        }
        for (int m = n + lags + (n + lags) % 2; ; m += 2) {
            int rest = m;
            for (int p : new int[] {2, 3, 5}) {
                while (rest % p == 0) {
                    rest /= p;
                }
            }
            if (rest == 1) {
                return m;
            }
        }
    }
}
