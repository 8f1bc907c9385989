package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PowerSpectrumTest {

    /** scipy.signal.welch 1.x: window "hann", nperseg 16, noverlap 8, detrend "constant", two-sided density. */
    @Test
    void agreesWithScipy() {
        double[] expected = {
            0.027267758604141927,
            0.3081826661285302,
            0.6131975836755391,
            0.07959115145994725,
            0.004444099375967825,
            0.051196175862222304,
            0.034146155432719115,
            0.0005924163569079006,
            4.06980174791193e-05
        };
        double[] values = new double[48];
        for (int t = 0; t < values.length; t++) {
            values[t] = Math.sin(0.7 * t) + 0.3 * Math.cos(2.1 * t + 1) + 0.05 * t;
        }
        PowerSpectrum spectrum = PowerSpectrum.welch(values, 0.25, 16);
        assertThat(spectrum.size()).isEqualTo(9);
        assertThat(spectrum.samples()).isEqualTo(5);
        assertThat(spectrum.resolution()).isCloseTo(Math.PI / 2, within(1e-14));
        for (int k = 0; k < expected.length; k++) {
            assertThat(spectrum.density(k)).isCloseTo(expected[k], Percentage.withPercentage(1e-9));
        }
    }

    /** Re z for dz = (−γ + iω)z dt + noise, sampled exactly, with variance 1. */
    private static double[] oscillation(double gamma, double omega, double interval, int count, long seed) {
        Random random = new Random(seed);
        double decay = Math.exp(-gamma * interval);
        double c = decay * Math.cos(omega * interval);
        double s = decay * Math.sin(omega * interval);
        double noise = Math.sqrt(1 - decay * decay);
        double re = random.nextGaussian();
        double im = random.nextGaussian();
        double[] values = new double[count];
        for (int t = 0; t < count; t++) {
            double next = c * re - s * im + noise * random.nextGaussian();
            im = s * re + c * im + noise * random.nextGaussian();
            re = next;
            values[t] = re;
        }
        return values;
    }

    /** C = e^(−γτ)cos ωτ, so that S is a line at ω and one at −ω of half width γ and height 1/γ. */
    @Test
    void theDensityOfAnOscillation() {
        double gamma = 0.5;
        double omega = 3.0;
        PowerSpectrum spectrum = PowerSpectrum.welch(oscillation(gamma, omega, 0.05, 1 << 19, 3), 0.05, 4096);
        int outside = 0;
        for (int k = 2; spectrum.frequency(k) < 8; k++) {
            double w = spectrum.frequency(k);
            double exact = gamma / (gamma * gamma + (w - omega) * (w - omega))
                    + gamma / (gamma * gamma + (w + omega) * (w + omega));
            assertThat(spectrum.density(k)).isCloseTo(exact, within(5 * spectrum.error(k)));
            outside += Math.abs(spectrum.density(k) - exact) > 2 * spectrum.error(k) ? 1 : 0;
        }
        // 260 frequencies, of which 4.6 % of a normal law are outside.
        assertThat(outside).isBetween(2, 30);
    }

    /** Frequency, width and their errors: 60 records, each deviation in units of its own standard error. */
    @Test
    void thePeakOfAnOscillationAndItsErrors() {
        int records = 60;
        double[] sum = new double[2];
        double[] squares = new double[2];
        for (int record = 0; record < records; record++) {
            PowerSpectrum spectrum = PowerSpectrum.welch(oscillation(0.25, 5, 0.1, 1 << 16, 100 + record), 0.1, 4096);
            SpectralPeak peak = spectrum.peak().orElseThrow();
            double[] z = {
                (peak.frequency() - 5) / peak.frequencyError(), (peak.halfWidth() - 0.25) / peak.halfWidthError()
            };
            for (int i = 0; i < 2; i++) {
                sum[i] += z[i];
                squares[i] += z[i] * z[i];
            }
            assertThat(peak.quality()).isCloseTo(10, within(5 * peak.qualityError()));
        }
        for (int i = 0; i < 2; i++) {
            assertThat(sum[i] / records).isCloseTo(0, within(4 / Math.sqrt(records)));
            // χ² of 60: one standard deviation of its mean is √(2/60).
            assertThat(squares[i] / records).isCloseTo(1, within(4 * Math.sqrt(2.0 / records)));
        }
    }

    @Test
    void aSpectrumThatFallsFromZeroHasNoPeak() {
        assertThat(PowerSpectrum.welch(oscillation(1, 0, 0.1, 1 << 18, 5), 0.1, 1024)
                        .peak())
                .isEmpty();
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> PowerSpectrum.welch(new double[20], 0.1, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values must number at least 24 for two segments, got 20");
        assertThatThrownBy(() -> PowerSpectrum.welch(new double[200], 0.1, 100))
                .hasMessage("segment must be a power of two and at least 8, got 100");
        assertThatThrownBy(() -> PowerSpectrum.welch(new double[200], Double.NaN, 16))
                .hasMessage("interval must be positive and finite, got NaN");
        double[] broken = new double[64];
        broken[9] = Double.NaN;
        assertThatThrownBy(() -> PowerSpectrum.welch(broken, 0.1, 16)).hasMessageContaining("finite, got NaN");
    }
}
