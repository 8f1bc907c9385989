package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

class RunningMomentsTest {

    /**
     * 2000 independent streams of 50 vectors (3ξ₁ + 10, 3ξ₁ + 0.2ξ₂): the standard error, squared and averaged, is the
     * variance of the streams' means, by its closed form and by their spread; χ² of the residuals in units of it has
     * t(49)'s variance 49/47.
     */
    @Test
    void standardErrorsAreTheSpreadOfIndependentMeans() {
        int streams = 2000;
        int n = 50;
        NormalStream normals = NormalStream.of(Seed.of(14));
        double[] variances = {9.0, 9.04};
        double[] means = {10.0, 0.0};
        for (boolean covariances : new boolean[] {true, false}) {
            RunningMoments spread = new RunningMoments(6);
            for (int stream = 0; stream < streams; stream++) {
                RunningMoments moments = covariances ? new RunningMoments(2) : RunningMoments.ofVariances(2);
                for (int k = 0; k < n; k++) {
                    double common = 3 * normals.at(stream, k, 0);
                    moments.add(common + 10, common + 0.2 * normals.at(stream, k, 1));
                }
                double a = moments.standardError(0);
                double b = moments.standardError(1);
                double za = (moments.mean(0) - means[0]) / a;
                double zb = (moments.mean(1) - means[1]) / b;
                spread.add(moments.mean(0), moments.mean(1), a * a, b * b, za * za, zb * zb);
            }
            for (int i = 0; i < 2; i++) {
                double square = spread.mean(2 + i);
                assertThat(square).isCloseTo(variances[i] / n, within(4 * spread.standardError(2 + i)));
                assertThat(spread.variance(i) / square).isCloseTo(1.0, within(4 * Math.sqrt(2.0 / streams)));
                assertThat(spread.mean(4 + i)).isCloseTo(49.0 / 47.0, within(4 * spread.standardError(4 + i)));
            }
        }
    }

    /** Variances alone have the bits of those with covariances, alone, merged, stored and restored. */
    @Test
    void variancesWithoutCovariancesAreTheSame() {
        NormalStream normals = NormalStream.of(Seed.of(4));
        RunningMoments full = new RunningMoments(5);
        RunningMoments first = RunningMoments.ofVariances(5);
        RunningMoments second = first.empty();
        double[][] block = new double[5][40];
        for (int p = 0; p < 40; p++) {
            double[] x = new double[5];
            for (int i = 0; i < 5; i++) {
                x[i] = 1e6 + normals.at(p, 0, i);
                block[i][p] = x[i];
            }
            (p < 20 ? first : second).add(x);
        }
        full.addBlock(block, 40);
        first.merge(second.withExactSums(second.count(), second.exactSums()));
        assertThat(first.hasCovariances()).isFalse();
        assertThat(full.hasCovariances()).isTrue();
        assertThat(first.exactSums()).hasSize(20);
        for (int i = 0; i < 5; i++) {
            assertThat(first.mean(i)).isEqualTo(full.mean(i));
            assertThat(first.variance(i)).isCloseTo(full.variance(i), within(1e-12));
            assertThat(first.secondMoment(i, i)).isEqualTo(full.secondMoment(i, i));
            assertThat(first.marginal(i).variance(0)).isEqualTo(first.variance(i));
        }
        assertThat(first.marginal(3, 1).mean(1)).isEqualTo(full.mean(1));
        assertThatThrownBy(() -> first.covariance(0, 1))
                .hasMessage("coordinates must be equal where only variances are kept, got 0 and 1");
        assertThatThrownBy(() -> first.covariance()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> first.merge(full)).hasMessageContaining("both must keep covariances");
        assertThatThrownBy(() -> first.withExactSums(1, new double[40])).hasMessageContaining("sums must number 20");
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsAllocated() {
        for (int n : new int[] {100_000, 1_000_000, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> new RunningMoments(n))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the covariance of " + n + " numbers")
                    .hasMessageEndingWith("ofVariances(" + n + ") does without it");
        }
        RunningMoments large = RunningMoments.ofVariances(100_000);
        large.add(new double[100_000]);
        large.add(new double[100_000]);
        assertThat(large.variance(99_999)).isZero();
        assertThat(RunningMoments.bytes(100_000, true)).isEqualTo(8e5 * 100_003);
        assertThat(RunningMoments.bytes(100_000, false)).isEqualTo(3.2e6);
    }

    @Test
    void theTextIsWorthReading() {
        RunningMoments moments = new RunningMoments(2);
        assertThat(moments).hasToString("0 vectors");
        moments.add(1.0, 10.0);
        moments.add(3.0, 10.0);
        assertThat(moments)
                .hasToString("2 vectors, mean ± standard error (standard deviation):"
                        + " 2.0000 ± 1.0 (1.414), 10.000 ± 0.0 (0.000)");
        assertThat(RunningMoments.ofVariances(9).empty().toString()).isEqualTo("0 vectors");
    }
}
