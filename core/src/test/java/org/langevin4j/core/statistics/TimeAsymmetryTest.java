package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeAsymmetryTest {

    /** OU2_commuting of the reference values: F = diag(3, 1), D = diag(1, ¼), in detailed balance. */
    private static double[][] reversible(int count, double interval, Random random) {
        double[] rate = {3, 1};
        double[] deviation = {Math.sqrt(1.0 / 3), 0.5};
        double[][] samples = new double[count][2];
        double[] x = {deviation[0] * random.nextGaussian(), deviation[1] * random.nextGaussian()};
        for (int t = 0; t < count; t++) {
            for (int i = 0; i < 2; i++) {
                double decay = Math.exp(-rate[i] * interval);
                x[i] = decay * x[i] + deviation[i] * Math.sqrt(1 - decay * decay) * random.nextGaussian();
                samples[t][i] = x[i];
            }
        }
        return samples;
    }

    /**
     * OU2_gyrator: F = [[2, 1], [1, 2]], D = diag(1, ¼), sampled exactly. The eigenvectors (1, ±1)/√2 have the rates 3 and 1.
     */
    private static double[][] gyrator(int count, double interval, Random random) {
        double[][] sigma = {{0.6041666666666666, -0.20833333333333334}, {-0.20833333333333334, 0.22916666666666666}};
        double fast = Math.exp(-3 * interval);
        double slow = Math.exp(-interval);
        double p = 0.5 * (fast + slow);
        double q = 0.5 * (fast - slow);
        // Σ − EΣE for E = [[p, q], [q, p]].
        double[][] e = {{p, q}, {q, p}};
        double[][] rest = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                rest[i][j] = sigma[i][j];
                for (int k = 0; k < 4; k++) {
                    rest[i][j] -= e[i][k / 2] * sigma[k / 2][k % 2] * e[j][k % 2];
                }
            }
        }
        double[] first = factor(sigma);
        double[] later = factor(rest);
        double[][] samples = new double[count][2];
        double g = random.nextGaussian();
        double[] x = {first[0] * g, first[1] * g + first[2] * random.nextGaussian()};
        for (int t = 0; t < count; t++) {
            g = random.nextGaussian();
            double next = p * x[0] + q * x[1] + later[0] * g;
            x[1] = q * x[0] + p * x[1] + later[1] * g + later[2] * random.nextGaussian();
            x[0] = next;
            samples[t][0] = x[0];
            samples[t][1] = x[1];
        }
        return samples;
    }

    private static double[] factor(double[][] m) {
        double a = Math.sqrt(m[0][0]);
        double b = m[0][1] / a;
        return new double[] {a, b, Math.sqrt(m[1][1] - b * b)};
    }

    /** x = cos 2t, y = sin 2t: ½[x(t)y(t+τ) − y(t)x(t+τ)] = ½ sin 2τ. */
    @Test
    void aCircleIsExact() {
        double interval = 2 * Math.PI / 2 / 100;
        double[][] samples = new double[1000][];
        for (int t = 0; t < samples.length; t++) {
            samples[t] = new double[] {7 + Math.cos(2 * t * interval), -3 + Math.sin(2 * t * interval), 5.0 * t % 3};
        }
        TimeAsymmetry asymmetry = TimeAsymmetry.ofTrajectory(samples, interval, 10, 9);
        for (int lag = 1; lag <= 10; lag++) {
            assertThat(asymmetry.value(0, 1, lag)).isCloseTo(0.5 * Math.sin(2 * lag * interval), within(1e-12));
            assertThat(asymmetry.value(1, 0, lag)).isEqualTo(-asymmetry.value(0, 1, lag));
        }
        assertThat(asymmetry.areaRate(0, 1)).isCloseTo(0.5 * Math.sin(2 * interval) / interval, within(1e-12));
        assertThat(asymmetry.interval()).isEqualTo(interval);
    }

    /** ½(e^(−Fτ)Σ)ᵀ − ½e^(−Fτ)Σ by scipy.linalg.expm; in the limit β⁻¹Q₁₂ = −0.1875 of the reference values. */
    @Test
    void theGyratorAtThreeLags() {
        double[] exact = {-0.16972771514185525 * 0.05, -0.15376799751960157 * 0.1, -0.07188759366828812 * 0.5};
        double[][] samples = gyrator(400_000, 0.05, new Random(1));
        TimeAsymmetry asymmetry = TimeAsymmetry.ofTrajectory(samples, 0.05, 10, 50);
        int[] lags = {1, 2, 10};
        for (int k = 0; k < 3; k++) {
            assertThat(asymmetry.value(0, 1, lags[k])).isCloseTo(exact[k], within(4 * asymmetry.error(0, 1, lags[k])));
            assertThat(asymmetry.error(0, 1, lags[k])).isLessThan(0.05 * Math.abs(exact[k]));
        }
        assertThat(asymmetry.samples()).isEqualTo(50);
        assertThat(Math.abs(asymmetry.batchCorrelation())).isLessThan(4 / Math.sqrt(50));
        assertThat(asymmetry.test().rejectsAt(1e-12)).isTrue();
        assertThat(asymmetry.test(1, 10).degreesOfFreedom()).isEqualTo(2);
    }

    /** 600 records of a reversible process: p-values are uniform. */
    @Test
    void theTestHasItsSizeAndItsPower() {
        int records = 600;
        Random random = new Random(7);
        int[] below = new int[3];
        int found = 0;
        double[] levels = {0.01, 0.05, 0.5};
        for (int record = 0; record < records; record++) {
            double p = TimeAsymmetry.ofTrajectory(reversible(3001, 0.1, random), 0.1, 1, 20)
                    .test()
                    .pValue();
            for (int k = 0; k < 3; k++) {
                below[k] += p <= levels[k] ? 1 : 0;
            }
            found += TimeAsymmetry.ofTrajectory(gyrator(3001, 0.1, random), 0.1, 1, 20)
                            .test()
                            .rejectsAt(0.01)
                    ? 1
                    : 0;
        }
        for (int k = 0; k < 3; k++) {
            double expected = records * levels[k];
            assertThat((double) below[k]).isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - levels[k]))));
        }
        // The mean is 7 of its standard errors away from zero.
        assertThat(found).isGreaterThan(590);
    }

    /** A circle whose sense is drawn anew every 50 turns: batches of 5 turns are far from independent. */
    @Test
    void batchesThatAreTooShortAreSeen() {
        Random random = new Random(3);
        double[][] samples = new double[200_000][];
        double angle = 0;
        double sense = 1;
        for (int t = 0; t < samples.length; t++) {
            if (t % 5000 == 0) {
                sense = random.nextBoolean() ? 1 : -1;
            }
            angle += sense * 2 * Math.PI / 100;
            samples[t] = new double[] {Math.cos(angle), Math.sin(angle)};
        }
        assertThat(TimeAsymmetry.ofTrajectory(samples, 1, 1, 400).batchCorrelation())
                .isGreaterThan(0.7);
    }

    /** scipy.stats.f.sf. */
    @Test
    void pValuesAgreeWithScipy() {
        double[][] known = {
            {7.5, 3, 24, 0.10863467822889573}, {40, 1, 500, 5.648224661840854e-10}, {2, 6, 10, 0.9792363909569018}
        };
        for (double[] row : known) {
            int n = (int) row[1];
            int count = (int) row[2];
            // A mean in one direction of unit vectors along the axes, whatever the covariance: T² is set by its size.
            RunningMoments moments = new RunningMoments(n);
            Random random = new Random(2);
            double[][] x = new double[count][n];
            for (double[] vector : x) {
                for (int i = 0; i < n; i++) {
                    vector[i] = random.nextGaussian();
                }
                moments.add(vector);
            }
            double t2 = DetailedBalanceTest.of(moments).statistic();
            assertThat(t2).isPositive();
            // Shifts all vectors by a multiple of their mean, which scales T² and leaves S.
            double factor = Math.sqrt(row[0] / t2) - 1;
            RunningMoments shifted = new RunningMoments(n);
            for (double[] vector : x) {
                for (int i = 0; i < n; i++) {
                    vector[i] += factor * moments.mean(i);
                }
                shifted.add(vector);
            }
            DetailedBalanceTest test = DetailedBalanceTest.of(shifted);
            assertThat(test.statistic()).isCloseTo(row[0], within(1e-9 * row[0]));
            assertThat(test.pValue()).isCloseTo(row[3], within(1e-7 * row[3]));
        }
    }

    @Test
    void badInputIsRefused() {
        double[][] samples = reversible(100, 0.1, new Random(1));
        assertThatThrownBy(() -> TimeAsymmetry.ofTrajectory(samples, 0.1, 30, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batches must be at least as long as the 30 lags, got 4 batches of 17 samples");
        assertThatThrownBy(() -> TimeAsymmetry.ofTrajectory(samples, 0, 1, 4))
                .hasMessage("interval must be positive and finite, got 0.0");
        assertThatThrownBy(() -> TimeAsymmetry.ofTrajectory(new double[][] {{1}, {2}, {3}}, 1, 1, 2))
                .hasMessageContaining("quantities must be at least 2");
        double[][] twice = new double[100][];
        for (int t = 0; t < 100; t++) {
            twice[t] = new double[] {samples[t][0], samples[t][1], 2 * samples[t][1]};
        }
        TimeAsymmetry dependent = TimeAsymmetry.ofTrajectory(twice, 0.1, 1, 10);
        assertThatThrownBy(dependent::test).hasMessageContaining("got variance").hasMessageContaining("quantity 2");
        assertThatThrownBy(() -> TimeAsymmetry.ofTrajectory(samples, 0.1, 2, 3).test(1, 2, 3))
                .hasMessage("lag must be from 1 to 2, got 3");
        assertThatThrownBy(() -> TimeAsymmetry.ofTrajectory(samples, 0.1, 3, 3).test(1, 2, 3))
                .hasMessage("samples must be more than the 3 quantities that are tested, got 3");
        twice[50][1] = Double.NaN;
        assertThatThrownBy(() -> TimeAsymmetry.ofTrajectory(twice, 0.1, 1, 10))
                .hasMessage("samples must be finite, got samples[50][1] = NaN");
    }
}
