package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/**
 * The oracles are closed forms: of an autoregression τ = (1 + ρ)/(1 − ρ), of a damped rotation z ↦ λz + noise in the plane
 * τ = Re (1 + λ)/(1 − λ), of an Ornstein–Uhlenbeck process coth(γΔ/2). Error bars are held against the spread of the means
 * of many independent runs.
 */
class CorrelatedMeanTest {

    private static final List<Function<double[], CorrelatedMean>> METHODS = List.of(
            AutocorrelationTime::of,
            record -> RunningBlocks.of(record).blocking(),
            record -> RunningBlocks.of(record).batchMeans());

    private static final NormalStream NORMALS = NormalStream.of(Seed.of(271));

    /** xₜ₊₁ = ρxₜ + √(1 − ρ²) s ξ about 5, from its stationary law N(5, s²). */
    private static double[] autoregression(double rho, double s, int n, long run) {
        double[] x = new double[n];
        double now = s * NORMALS.at(run, 0, 0);
        for (int t = 0; t < n; t++) {
            x[t] = 5.0 + now;
            now = rho * now + Math.sqrt(1 - rho * rho) * s * NORMALS.at(run, t + 1, 0);
        }
        return x;
    }

    /** The first coordinate of z ← r e^(iθ) z + √(1 − r²)(ξ₁ + iξ₂), variance 1. */
    private static double[] rotation(double r, double theta, int n, long run) {
        double[] x = new double[n];
        double re = NORMALS.at(run, 0, 0);
        double im = NORMALS.at(run, 0, 1);
        double s = Math.sqrt(1 - r * r);
        for (int t = 0; t < n; t++) {
            x[t] = re;
            double next = r * (Math.cos(theta) * re - Math.sin(theta) * im) + s * NORMALS.at(run, t + 1, 0);
            im = r * (Math.sin(theta) * re + Math.cos(theta) * im) + s * NORMALS.at(run, t + 1, 1);
            re = next;
        }
        return x;
    }

    private static double tau(double r, double theta) {
        double re = 1 - r * Math.cos(theta);
        double im = -r * Math.sin(theta);
        return ((1 + r * Math.cos(theta)) * re + r * Math.sin(theta) * im) / (re * re + im * im);
    }

    /** 2¹⁷ values: each method gives τ within 4 of its own errors, of slow, independent, alternating, rotating records. */
    @Test
    void autocorrelationTimesAreThoseOfClosedForms() {
        int n = 1 << 17;
        for (double rho : new double[] {0.9, 0.5, 0.0, -0.5, -0.9}) {
            double[] record = autoregression(rho, 0.7, n, 1);
            check(record, (1 + rho) / (1 - rho), 0.49, 5.0);
        }
        check(rotation(0.95, 0.3, n, 2), tau(0.95, 0.3), 1.0, 0.0);
        // Ornstein–Uhlenbeck, γ = 0.4, at times 0.25 apart.
        check(autoregression(Math.exp(-0.1), 1.3, n, 3), 1 / Math.tanh(0.05), 1.69, 5.0);
    }

    private static void check(double[] record, double tau, double variance, double mean) {
        for (Function<double[], CorrelatedMean> method : METHODS) {
            CorrelatedMean found = method.apply(record);
            assertThat(found.isReliable()).as("%s", found).isTrue();
            assertThat(found.count()).isEqualTo(record.length);
            assertThat(found.autocorrelationTime())
                    .as("%s", found)
                    .isCloseTo(tau, within(4 * found.autocorrelationTimeError()));
            assertThat(found.relativeUncertainty()).isLessThan(0.14);
            assertThat(found.variance()).isCloseTo(variance, within(0.06 * variance));
            assertThat(found.mean()).isCloseTo(mean, within(4 * found.standardError()));
            assertThat(found.effectiveCount()).isCloseTo(record.length / found.autocorrelationTime(), within(1e-6));
        }
    }

    /**
     * 500 runs of 4096 values, ρ = 0.8: Var of the mean is σ²/n·(τ − 2ρ(1 − ρⁿ)/(n(1 − ρ)²)). The mean square of the error
     * bar agrees with it and with the spread of the means, and the spread of the error bar with its own uncertainty.
     */
    @Test
    void errorBarsAreThoseOfTheSpreadOfIndependentRuns() {
        int runs = 500;
        int n = 4096;
        double rho = 0.8;
        double variance = 0.49 / n * (9 - 2 * rho / (n * (1 - rho) * (1 - rho)));
        for (Function<double[], CorrelatedMean> method : METHODS) {
            RunningMoments found = new RunningMoments(4);
            for (int run = 0; run < runs; run++) {
                CorrelatedMean mean = method.apply(autoregression(rho, 0.7, n, 100 + run));
                found.add(
                        mean.mean(),
                        mean.standardError() * mean.standardError(),
                        mean.standardError(),
                        mean.relativeUncertainty());
            }
            double relative = Math.sqrt(found.variance(1)) / found.mean(1);
            // What blocks have in common may take away a quarter of their statistical error.
            assertThat(found.mean(1) / variance).isCloseTo(1.0, within(4 * relative / Math.sqrt(runs) + relative / 4));
            assertThat(found.variance(0) / found.mean(1)).isCloseTo(1.0, within(4 * Math.sqrt(2.0 / runs)));
            assertThat(Math.sqrt(found.variance(2)) / found.mean(2) / found.mean(3))
                    .isBetween(0.75, 1.35);
            // Control: an error bar of independent values, or one 0.7 times as long, is refused by the same bound.
            assertThat(found.variance(0) / (0.49 / n)).isGreaterThan(1 + 4 * Math.sqrt(2.0 / runs));
            assertThat(found.variance(0) / (0.49 * found.mean(1))).isGreaterThan(1 + 4 * Math.sqrt(2.0 / runs));
        }
    }

    /** τ = 199: of 1000 values the error is too small, and all three say so; of 10⁵ values they do not. */
    @Test
    void aRunThatIsTooShortSaysSo() {
        int runs = 200;
        for (Function<double[], CorrelatedMean> method : METHODS) {
            int doubted = 0;
            RunningMoments found = new RunningMoments(2);
            for (int run = 0; run < runs; run++) {
                CorrelatedMean mean = method.apply(autoregression(0.99, 1.0, 1000, run));
                doubted += mean.isReliable() ? 0 : 1;
                found.add(mean.mean(), mean.standardError() * mean.standardError());
            }
            assertThat(doubted).isGreaterThanOrEqualTo(runs - 2);
            // The doubt is right: the spread of the means is far beyond the error bars.
            assertThat(found.variance(0) / found.mean(1)).isGreaterThan(1.5);
            CorrelatedMean enough = method.apply(autoregression(0.99, 1.0, 100_000, 7));
            assertThat(enough.isReliable()).as("%s", enough).isTrue();
        }
        assertThat(RunningBlocks.of(autoregression(0.99, 1.0, 1000, 1))
                        .blocking()
                        .doubt())
                .startsWith("no plateau up to blocks of ");
        assertThat(AutocorrelationTime.of(autoregression(0.999, 1.0, 60, 1)).doubt())
                .containsAnyOf("have not decayed", "are only");
        assertThat(RunningBlocks.of(1.0, 2.0, 4.0).batchMeans().doubt()).isEqualTo("3 values are too few");
        assertThat(RunningBlocks.of(2.0, 2.0, 2.0, 2.0).blocking().doubt()).isEqualTo("the values do not vary");
        assertThat(AutocorrelationTime.of(2.0, 2.0, 2.0, 2.0).standardError()).isZero();
    }

    /** Block averages are those computed from the record anew, and survive being stored at any instant. */
    @Test
    void blocksAreThoseOfTheRecord() {
        double[] record = autoregression(0.9, 2.0, 1000, 5);
        RunningBlocks whole = RunningBlocks.of(record);
        RunningBlocks part = new RunningBlocks();
        for (int t = 0; t < record.length; t++) {
            part.add(record[t]);
            if (t % 37 == 0) {
                List<RunningMoments> levels = new ArrayList<>();
                for (int k = 0; k < part.levels(); k++) {
                    levels.add(part.level(k));
                }
                part = RunningBlocks.restored(part.length(), levels, part.pending());
            }
        }
        assertThat(whole.levels()).isEqualTo(10);
        assertThat(whole.length()).isEqualTo(1000);
        for (int k = 0; k < 10; k++) {
            int b = 1 << k;
            RunningMoments direct = new RunningMoments(1);
            for (int block = 0; block < 1000 / b; block++) {
                direct.add(Arrays.stream(record, block * b, (block + 1) * b)
                        .average()
                        .orElseThrow());
            }
            assertThat(whole.level(k).count()).isEqualTo(direct.count());
            assertThat(whole.level(k).mean(0)).isCloseTo(direct.mean(0), within(1e-12));
            if (k < 9) {
                assertThat(whole.level(k).variance(0)).isCloseTo(direct.variance(0), within(1e-11));
            }
            assertThat(part.level(k).exactSums()).isEqualTo(whole.level(k).exactSums());
        }
        assertThatThrownBy(() -> RunningBlocks.restored(5, List.of(), 1.0)).hasMessageContaining("pending must number");
        assertThatThrownBy(() -> RunningBlocks.restored(5, List.of())).hasMessageContaining("length must be possible");
    }

    /** 64 runs merged: an error smaller by a factor of 8, about the mean of them all; runs that disagree are found out. */
    @Test
    void independentRunsAreMerged() {
        RunningBlocks all = new RunningBlocks();
        RunningBlocks stuck = new RunningBlocks();
        for (int run = 0; run < 64; run++) {
            double[] record = autoregression(0.8, 1.0, 3000, 40 + run);
            all.merge(RunningBlocks.of(record));
            double[] moved = record.clone();
            for (int t = 0; t < moved.length; t++) {
                moved[t] += run % 2;
            }
            stuck.merge(RunningBlocks.of(moved));
        }
        CorrelatedMean mean = all.blocking();
        double expected = Math.sqrt(9.0 / (64 * 3000));
        assertThat(mean.count()).isEqualTo(64 * 3000);
        assertThat(mean.standardError())
                .isCloseTo(expected, within((4 * mean.relativeUncertainty() + 0.03) * expected));
        assertThat(mean.mean()).isCloseTo(5.0, within(4 * expected));
        assertThat(all.batchMeans().isReliable()).isTrue();
        assertThat(stuck.blocking().isReliable()).isFalse();
    }

    @Test
    void valuesAreChecked() {
        assertThatThrownBy(() -> AutocorrelationTime.of(1, 2, 3)).hasMessage("values must number at least 4, got 3");
        assertThatThrownBy(() -> AutocorrelationTime.of(1, 2, Double.NaN, 3))
                .hasMessage("values must be finite, got NaN at place 2");
        assertThatThrownBy(() -> RunningBlocks.of(1, Double.POSITIVE_INFINITY))
                .hasMessage("values must be finite, got Infinity at place 1");
        assertThat(RunningBlocks.of(1, 2, 3, 4, 5).toString()).contains("3.00000 ± ", "not to be trusted");
        assertThat(new RunningBlocks().blocking().mean()).isNaN();
    }
}
