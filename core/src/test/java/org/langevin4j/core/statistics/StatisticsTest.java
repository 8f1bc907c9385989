package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import hep.aida.IHistogram1D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

class StatisticsTest {

    private static final MathContext EXACT = new MathContext(60);

    /** A mean a billion times the spread: one-pass sums of doubles would have no digit left. */
    @Test
    void covarianceAgreesWithExactArithmetic() {
        int n = 1000;
        double[][] x = new double[2][n];
        for (int p = 0; p < n; p++) {
            x[0][p] = 1e9 + Math.sin(p);
            x[1][p] = -3e8 + Math.cos(2 * p) + 0.5 * Math.sin(p);
        }
        RunningMoments moments = new RunningMoments(2);
        moments.addBlock(x, n);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(moments.covariance(i, j)).isCloseTo(exactCovariance(x[i], x[j]), within(1e-11));
                assertThat(moments.covariance(j, i)).isCloseTo(moments.covariance(i, j), within(1e-11));
            }
        }
        assertThat(moments.standardError(0)).isCloseTo(Math.sqrt(moments.variance(0) / n), within(1e-15));
    }

    @Test
    void momentsAreStoredAndRestoredBitByBit() {
        RunningMoments moments = new RunningMoments(2);
        moments.add(1e9, 0.1);
        moments.add(-1e-3, 3.0);
        RunningMoments restored = RunningMoments.ofExactSums(2, moments.count(), moments.exactSums());
        moments.add(0.7, -0.2);
        restored.add(0.7, -0.2);
        assertThat(restored.count()).isEqualTo(3);
        assertThat(restored.exactSums()).isEqualTo(moments.exactSums()).hasSize(10);
        assertThatThrownBy(() -> RunningMoments.ofExactSums(2, 1, 0.0)).hasMessage("sums must number 10, got 1");
        assertThatThrownBy(() -> RunningMoments.ofExactSums(1, -1, 0, 0, 0, 0))
                .hasMessage("count must not be negative, got -1");
    }

    private static double exactCovariance(double[] a, double[] b) {
        BigDecimal n = BigDecimal.valueOf(a.length);
        BigDecimal meanA = sum(a).divide(n, EXACT);
        BigDecimal meanB = sum(b).divide(n, EXACT);
        BigDecimal total = BigDecimal.ZERO;
        for (int k = 0; k < a.length; k++) {
            total = total.add(
                    new BigDecimal(a[k]).subtract(meanA).multiply(new BigDecimal(b[k]).subtract(meanB), EXACT));
        }
        return total.divide(BigDecimal.valueOf(a.length - 1), EXACT).doubleValue();
    }

    private static BigDecimal sum(double[] values) {
        return Arrays.stream(values).mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void mergedMomentsAreThoseOfTheWhole() {
        RunningMoments whole = new RunningMoments(1);
        RunningMoments first = new RunningMoments(1);
        RunningMoments second = new RunningMoments(1);
        for (int k = 0; k < 100; k++) {
            double x = Math.sin(k) + 5;
            whole.add(x);
            (k < 37 ? first : second).add(x);
        }
        first.merge(second);
        assertThat(first.count()).isEqualTo(100);
        assertThat(first.mean(0)).isCloseTo(whole.mean(0), within(1e-15));
        assertThat(first.variance(0)).isCloseTo(whole.variance(0), within(1e-15));
        assertThat(new RunningMoments(1).mean(0)).isNaN();
        assertThat(new RunningMoments(1).variance(0)).isNaN();
        assertThatThrownBy(() -> first.merge(new RunningMoments(2))).hasMessage("dimension must be 1, got 2");
    }

    /** Eigenvalues 3, 1, 0, 0 in d = 4: mean 1, variance (4 + 0 + 1 + 1)/4. */
    @Test
    void spectrumOfASmallMatrix() {
        MatrixSpectrum spectrum = MatrixSpectrum.of(4, 1.0, 3.0);
        assertThat(spectrum.eigenvalues()).containsExactly(3.0, 1.0);
        assertThat(spectrum.mean()).isEqualTo(1.0);
        assertThat(spectrum.variance()).isEqualTo(1.5);
        assertThat(spectrum.frobeniusNorm()).isCloseTo(Math.sqrt(10), within(1e-15));
        assertThat(spectrum.participationRatio()).isCloseTo(1.6, within(1e-15));
        assertThat(spectrum.stableRank()).isCloseTo(10.0 / 9.0, within(1e-15));
        assertThat(spectrum.intrinsicDimension()).isCloseTo(4.0 / 3.0, within(1e-15));
        assertThat(spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON)).isEqualTo(2);
        assertThat(spectrum.architectureScore(MatrixSpectrum.FLOAT32_EPSILON)).isCloseTo(0.5 + 1.5, within(1e-15));
        assertThat(MatrixSpectrum.FLOAT32_EPSILON).isEqualTo(Math.pow(2, -23));
    }

    @Test
    void rankDependsOnTheEpsilon() {
        MatrixSpectrum spectrum = MatrixSpectrum.of(3, 1.0, 1e-6, 1e-7);
        assertThat(spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON)).isEqualTo(2);
        assertThat(spectrum.rank(MatrixSpectrum.FLOAT64_EPSILON)).isEqualTo(3);
        IHistogram1D histogram = spectrum.logHistogram(8, -8.0);
        assertThat(histogram.allEntries()).isEqualTo(3);
        assertThat(histogram.binEntries(1)).isEqualTo(1);
    }

    @Test
    void badSpectraAreRefused() {
        assertThatThrownBy(() -> MatrixSpectrum.of(2, 1, 2, 3)).hasMessage("eigenvalues must number 1 to 2, got 3");
        assertThatThrownBy(() -> MatrixSpectrum.of(2)).hasMessage("eigenvalues must number 1 to 2, got 0");
        assertThatThrownBy(() -> MatrixSpectrum.of(2, Double.NaN)).hasMessage("eigenvalues must be finite, got NaN");
    }

    /** Against 400 simulated histograms, cells with many and with few expected counts. */
    @Test
    void histogramErrorIsThatOfSimulatedSamples() {
        double[] p = {0.5, 0.3, 0.15, 0.04, 0.0099, 0.0001};
        int n = 2000;
        int repeats = 400;
        NormalStream normals = NormalStream.of(Seed.of(11));
        RunningMoments distances = new RunningMoments(1);
        for (int r = 0; r < repeats; r++) {
            int[] counts = new int[p.length];
            for (int k = 0; k < n; k++) {
                // A uniform number from two normals: their angle.
                double angle = Math.atan2(normals.at(r, k, 0), normals.at(r, k, 1)) / (2 * Math.PI) + 0.5;
                int cell = 0;
                while (cell < p.length - 1 && angle >= p[cell]) {
                    angle -= p[cell++];
                }
                counts[cell]++;
            }
            double distance = 0.0;
            for (int i = 0; i < p.length; i++) {
                distance += Math.abs((double) counts[i] / n - p[i]);
            }
            distances.add(distance);
        }
        HistogramError error = HistogramError.of(p, n);
        assertThat(error.mean()).isCloseTo(distances.mean(0), within(4 * distances.standardError(0)));
        // The cells are few and their sum is fixed: the neglected correlation is large here, small on a fine grid.
        assertThat(error.standardDeviation()).isCloseTo(Math.sqrt(distances.variance(0)), within(0.004));
    }
}
