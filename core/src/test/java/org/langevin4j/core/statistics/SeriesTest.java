package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/** Periodograms and autocorrelations of series of any length. */
class SeriesTest {

    private static double[] normals(int n, long seed) {
        NormalStream stream = NormalStream.of(Seed.of(seed));
        double[] x = new double[n];
        for (int t = 0; t < n; t++) {
            x[t] = stream.at(t, 0, 0);
        }
        return x;
    }

    /** xₜ₊₁ = φxₜ + √(1 − φ²)ξ, stationary from the start. */
    private static double[] autoregressive(int n, double phi, long seed) {
        double[] x = normals(n, seed);
        for (int t = 1; t < n; t++) {
            x[t] = phi * x[t - 1] + Math.sqrt(1.0 - phi * phi) * x[t];
        }
        return x;
    }

    @Property(tries = 100)
    void periodogramIsTheSumOfItsDefinition(@ForAll @IntRange(min = 2, max = 60) int n, @ForAll long seed) {
        double[] x = normals(n, seed);
        double[] found = Periodogram.of(x);
        assertThat(found).hasSize(n / 2 + 1);
        double mean = 0.0;
        for (double value : x) {
            mean += value / n;
        }
        for (int k = 0; k <= n / 2; k++) {
            double re = 0.0;
            double im = 0.0;
            for (int t = 0; t < n; t++) {
                re += (x[t] - mean) * Math.cos(2.0 * Math.PI * k * t / n);
                im -= (x[t] - mean) * Math.sin(2.0 * Math.PI * k * t / n);
            }
            assertThat(found[k]).isCloseTo((re * re + im * im) / n, within(1e-10));
        }
    }

    @Property(tries = 100)
    void autocorrelationIsTheSumOfItsDefinition(@ForAll @IntRange(min = 2, max = 60) int n, @ForAll long seed) {
        double[] x = normals(n, seed);
        for (int t = 0; t < n; t++) {
            x[t] += 1e6;
        }
        double[] found = Autocorrelation.of(x, n - 1);
        double mean = 0.0;
        for (double value : x) {
            mean += (value - 1e6) / n;
        }
        double squares = 0.0;
        for (double value : x) {
            squares += Math.pow(value - 1e6 - mean, 2);
        }
        for (int k = 0; k < n; k++) {
            double sum = 0.0;
            for (int t = 0; t + k < n; t++) {
                sum += (x[t] - 1e6 - mean) * (x[t + k] - 1e6 - mean);
            }
            assertThat(found[k]).isCloseTo(sum / squares, within(1e-8));
        }
    }

    /** Means over 200 series of a prime length against S(f) = (1 − φ²)/(1 − 2φ cos 2πf + φ²) and φᵏ, χ² of the residuals. */
    @Test
    void aRelaxationHasItsSpectrumAndItsCorrelation() {
        int n = 4999;
        double phi = 0.8;
        RunningMoments spectrum = RunningMoments.ofVariances(n / 2 + 1);
        RunningMoments correlation = RunningMoments.ofVariances(31);
        for (int s = 0; s < 200; s++) {
            double[] x = autoregressive(n, phi, s);
            spectrum.add(Periodogram.of(x));
            correlation.add(Autocorrelation.of(x, 30));
        }
        double chiSquared = 0.0;
        for (int k = 1; k <= n / 2; k++) {
            double exact = (1.0 - phi * phi) / (1.0 - 2.0 * phi * Math.cos(2.0 * Math.PI * k / n) + phi * phi);
            chiSquared += Math.pow((spectrum.mean(k) / exact - 1.0) * Math.sqrt(200.0), 2);
        }
        // χ² of n/2 terms of variance 1, exponential to begin with: mean n/2, deviation √(n/2·(2 + 6/200)).
        double frequencies = (n - 1) / 2.0;
        assertThat(chiSquared / frequencies).isCloseTo(1.0, within(4.0 * Math.sqrt(2.03 / frequencies)));
        for (int k = 1; k <= 30; k++) {
            double bias = (1.0 + phi) / (1.0 - phi) / n + (double) k / n;
            assertThat(correlation.mean(k))
                    .isCloseTo(Math.pow(phi, k), within(4.5 * correlation.standardError(k) + bias));
        }
    }

    /** Of white noise 1 % of the lags lie outside of either band; of a relaxation, beyond its correlation, outside of Bartlett's only. */
    @Test
    void bandsHoldWhatTheySay() {
        double z = 2.5758293;
        int n = 3000;
        double white = 0.0;
        double bartlett = 0.0;
        double tooNarrow = 0.0;
        int series = 400;
        for (int s = 0; s < series; s++) {
            double[] rho = Autocorrelation.of(normals(n, s), 40);
            double[] slow = Autocorrelation.of(autoregressive(n, 0.9, 1000 + s), 120);
            double[] band = Autocorrelation.bartlettBand(slow, n, z);
            for (int k = 1; k <= 40; k++) {
                white += Math.abs(rho[k]) > Autocorrelation.whiteNoiseBand(n, z) ? 1 : 0;
                bartlett += Math.abs(slow[80 + k]) > band[80 + k] ? 1 : 0;
                tooNarrow += Math.abs(slow[80 + k]) > Autocorrelation.whiteNoiseBand(n, z) ? 1 : 0;
            }
        }
        assertThat(white / (40 * series)).isCloseTo(0.01, within(4.0 * Math.sqrt(0.01 / (40 * series))));
        // Lags of one slow series are correlated over 20: fewer independent ones.
        assertThat(bartlett / (40 * series)).isCloseTo(0.01, within(4.0 * Math.sqrt(0.01 / (2 * series))));
        assertThat(tooNarrow / (40 * series)).isGreaterThan(0.3);
    }

    @Test
    void badSeriesAreRefused() {
        assertThatThrownBy(() -> Periodogram.of(new double[1]))
                .hasMessage("series must have at least 2 numbers, got 1");
        assertThatThrownBy(() -> Periodogram.of(new double[] {1, Double.NaN}))
                .hasMessage("series must be finite, got NaN at place 1");
        assertThatThrownBy(() -> Autocorrelation.of(new double[] {2, 2, 2}, 1))
                .hasMessage("series must not be constant, all numbers are 2.0");
        assertThatThrownBy(() -> Autocorrelation.of(new double[] {1, 2, 3}, 3))
                .hasMessage("lags must be from 0 to 2, got 3");
        assertThat(Periodogram.increments(new double[] {1, 4, 2})).containsExactly(3, -2);
    }
}
