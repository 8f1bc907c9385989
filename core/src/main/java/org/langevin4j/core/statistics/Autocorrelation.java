package org.langevin4j.core.statistics;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Sample autocorrelations of a series of any length (Box, Jenkins and Reinsel 2008, <em>Time series analysis</em>, secs. 2.1.5–6),
 *
 * <pre>ρ̂(k) = Σₜ (xₜ − x̄)(xₜ₊ₖ − x̄) / Σₜ (xₜ − x̄)²,   t = 1 … n − k in the numerator,</pre>
 *
 * by Fourier transforms of the series with zeros behind it, in O(n log n). The divisor is the same at all lags, which makes ρ̂ a positive
 * definite sequence and biases it towards zero; x̄ is the series' own mean, which biases it by −2τ/n for a correlation time of τ steps.
 */
public final class Autocorrelation {

    private Autocorrelation() {}

    /**
     * Of a series.
     *
     * @param series n ≥ 2 numbers, finite, not all equal; not modified
     * @param lags highest lag, from 0 to n − 1
     * @return ρ̂(0) = 1 … ρ̂(lags)
     * @throws IllegalArgumentException if the series is too short, constant or not finite, or the lag is out of range
     */
    public static double[] of(double[] series, int lags) {
        int n = series.length;
        if (!(n >= 2)) {
            throw new IllegalArgumentException("series must have at least 2 numbers, got " + n);
        }
        if (!(lags >= 0 && lags < n)) {
            throw new IllegalArgumentException("lags must be from 0 to " + (n - 1) + ", got " + lags);
        }
        double[] units = Units.in(Units.exponent("series", series), series);
        double mean = Periodogram.mean(units);
        // A length of small factors, long enough for no product to come round.
        int length = Periodogram.smooth(n, lags);
        double[] x = new double[length];
        double squares = 0.0;
        for (int t = 0; t < n; t++) {
            x[t] = units[t] - mean;
            squares += x[t] * x[t];
        }
        if (!(squares > 0.0)) {
            throw new IllegalArgumentException("series must not be constant, all numbers are " + series[0]);
        }
        DoubleFFT_1D fft = Periodogram.transform(length);
        fft.realForward(x);
        // In place: Re₀, Re_{n/2} (n even), then pairs Reₖ, Imₖ.
        x[0] *= x[0];
        x[1] *= x[1];
        for (int k = 2; k < length; k += 2) {
            x[k] = x[k] * x[k] + x[k + 1] * x[k + 1];
            x[k + 1] = 0.0;
        }
        fft.realInverse(x, true);
        double[] rho = new double[lags + 1];
        rho[0] = 1.0;
        for (int k = 1; k <= lags; k++) {
            rho[k] = x[k] / x[0];
        }
        return rho;
    }

    /**
     * Half the width of the band in which ρ̂ of white noise lies, z/√n for all lags much smaller than n: the band of Fig. 3b of Chaudhari and
     * Soatto (2018).
     *
     * @param n length of the series
     * @param z quantile of the normal law, 2.576 for 99 %
     * @return the half width
     * @throws IllegalArgumentException if n is not positive
     */
    public static double whiteNoiseBand(int n, double z) {
        if (!(n >= 1)) {
            throw new IllegalArgumentException("n must be at least 1, got " + n);
        }
        return z / Math.sqrt(n);
    }

    /**
     * Half the width of the band for each lag k if the true ρ is zero from there on (Bartlett 1946, J. R. Stat. Soc. Suppl. 8, 27):
     * z √((1 + 2 Σ ρ̂(j)²)/n), j = 1 … k − 1.
     *
     * @param rho ρ̂(0) … of a series
     * @param n its length
     * @param z quantile of the normal law, 2.576 for 99 %
     * @return one half width a lag; the first, at lag 0, is zero
     */
    public static double[] bartlettBand(double[] rho, int n, double z) {
        double[] band = new double[rho.length];
        double sum = 1.0;
        for (int k = 1; k < rho.length; k++) {
            band[k] = z * Math.sqrt(sum / n);
            sum += 2.0 * rho[k] * rho[k];
        }
        return band;
    }
}
