package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.CorrelatedMean;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.Spread;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** The error bars of the observables of this package, each against the {@link Spread} over many ensembles. */
class ErrorBarsTest {

    private static final double TEMPERATURE = 0.4;

    private static final VectorField FUNCTIONS = (x, out) -> {
        out[0] = x[0] + 3.0;
        out[1] = x[0] * x[1] + x[1];
    };

    /** Two coupled coordinates; stationary after the transient. */
    private static Ensemble ensemble(long seed) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0] + 0.8 * x[1];
                    out[1] = -x[1];
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(TEMPERATURE));
        NormalStream starts = NormalStream.of(Seed.of(1000 + seed));
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.2))
                .startingFrom((path, out) -> {
                    out[0] = 0.7 * starts.at(path, 0, 0);
                    out[1] = 0.7 * starts.at(path, 0, 1);
                })
                .threads(1)
                .seed(seed);
    }

    @Test
    void meansOfTheStateAndOfFunctions() {
        Spread.check(400, seed -> {
            Moments variances = Moments.ofVariances(2);
            FunctionMoments functions = FunctionMoments.of(FUNCTIONS, 2);
            EnsembleResult run = ensemble(seed)
                    .paths(60)
                    .until(4.0)
                    .observe(Moments.of(2), variances, functions)
                    .run();
            return new double[][] {
                ofMean(run.get(Moments.of(2)), 0), ofMean(run.get(variances), 1), ofMean(run.get(functions), 1)
            };
        });
    }

    private static double[] ofMean(RunningMoments moments, int i) {
        return new double[] {moments.mean(i), moments.standardError(i)};
    }

    @Test
    void averagesAlongPathsAndAutocorrelations() {
        Spread.check(400, seed -> {
            TimeAverage average = TimeAverage.ofVariances(FUNCTIONS, 2);
            Autocorrelation correlation = Autocorrelation.of(FUNCTIONS, 2, 4);
            EnsembleResult run = ensemble(seed)
                    .paths(100)
                    .until(10.0)
                    .observe(When.every(1, 4.0), average, correlation)
                    .run();
            Autocorrelation.Estimate found = run.get(correlation);
            return new double[][] {
                ofMean(run.get(average), 0),
                ofMean(run.get(average), 1),
                {found.mean(0), found.meanError(0)},
                {found.covariance(0, 0), found.covarianceError(0, 0)},
                {found.covariance(1, 3), found.covarianceError(1, 3)},
                {found.correlation(0, 1), found.correlationError(0, 1)},
                {found.correlation(0, 4), found.correlationError(0, 4)},
                {found.correlation(1, 2), found.correlationError(1, 2)}
            };
        });
    }

    @Test
    void meanFirstPassageTimesAndIntervals() {
        Event event = Event.rising("level", x -> x[0] - 0.3);
        FirstPassage passage = FirstPassage.of(event, Axis.uniform(0, 100, 10));
        Intervals intervals = Intervals.of(event, Axis.uniform(0, 100, 10));
        Spread.check(400, seed -> {
            EnsembleResult run = ensemble(seed)
                    .paths(60)
                    .until(60.0)
                    .observe(When.every(1, 0.0), passage, intervals)
                    .run();
            FirstPassage.Times times = run.get(passage);
            return new double[][] {
                ofMean(times.moments(), 0),
                {run.get(intervals).mean(), run.get(intervals).meanError()}
            };
        });
    }

    /** One path, some thousands of records: errors by blocks, of the mean of two functions. */
    @Test
    void oneLongRun() {
        Spread.check(300, seed -> {
            LongRunMean mean = LongRunMean.of(FUNCTIONS, 2);
            LongRunMean.Estimate found = ensemble(seed)
                    .paths(1)
                    .until(1000.0)
                    .observe(When.every(1, 10.0), mean)
                    .run()
                    .get(mean);
            return new double[][] {
                ofMean(found.blocking(0)),
                ofMean(found.blocking(1)),
                ofMean(found.batchMeans(0)),
                ofMean(found.batchMeans(1))
            };
        });
    }

    private static double[] ofMean(CorrelatedMean mean) {
        assertThat(mean.isReliable()).as("%s", mean).isTrue();
        return new double[] {mean.mean(), mean.standardError()};
    }

    /** x₂ is the autoregression with ρ = 0.8: τ = 9; x₂² has ρ², τ = (1 + 0.64)/(1 − 0.64). Alone and on several paths. */
    @Test
    void autocorrelationTimesOfALongRun() {
        LongRunMean mean = LongRunMean.of(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = x[1] * x[1];
                },
                2);
        for (int paths : new int[] {1, 5}) {
            LongRunMean.Estimate found = ensemble(3)
                    .paths(paths)
                    .until(40_000.0 / paths)
                    .observe(When.every(1, 10.0), mean)
                    .run()
                    .get(mean);
            double[] taus = {9.0, 1.64 / 0.36};
            double[] means = {0.0, TEMPERATURE / 0.9};
            for (int f = 0; f < 2; f++) {
                for (CorrelatedMean each : new CorrelatedMean[] {found.blocking(f), found.batchMeans(f)}) {
                    assertThat(each.isReliable()).isTrue();
                    assertThat(each.autocorrelationTime())
                            .isCloseTo(taus[f], within(4 * each.autocorrelationTimeError()));
                    assertThat(each.mean()).isCloseTo(means[f], within(4 * each.standardError()));
                }
            }
            assertThat(found.toString()).contains("by blocking").contains("\n");
        }
        LongRunMean.Estimate tooShort = ensemble(3)
                .paths(1)
                .until(30.0)
                .observe(When.every(1, 10.0), mean)
                .run()
                .get(mean);
        assertThat(tooShort.blocking(0).isReliable()).isFalse();
        assertThat(tooShort.toString()).contains("not to be trusted");
    }

    @Test
    void aLongRunIsSavedWithItsBlock() throws IOException {
        LongRunMean mean = LongRunMean.of((x, out) -> out[0] = x[0], 1);
        NormalStream normals = NormalStream.of(Seed.of(5));
        double[][] x = new double[1][3];
        PathBlock block = new PathBlock(0, 3);
        block.show(x, new long[] {0, 1, 2}, 3, 0, 0.0);
        Collector<LongRunMean.Estimate> whole = mean.collector(1);
        Collector<LongRunMean.Estimate> part = mean.collector(1);
        whole.begin(block);
        part.begin(block);
        for (int step = 1; step <= 300; step++) {
            for (int p = 0; p < 3; p++) {
                x[0][p] = normals.at(p, step, 0);
            }
            whole.record(block);
            part.record(block);
            if (step % 7 == 0) {
                Collector<LongRunMean.Estimate> next = mean.collector(1);
                read(next, bytes(part));
                part = next;
            }
        }
        whole.end();
        part.end();
        assertThat(bytes(part)).isEqualTo(bytes(whole));
        assertThat(part.result().blocking(0).count()).isEqualTo(900);
    }

    private static void read(Collector<?> collector, byte[] content) throws IOException {
        collector.read(new StateReader(
                new ByteArrayInputStream(content), content.length, new StateReader.Limits(8, 8, 0, 100_000, 10_000)));
    }

    private static byte[] bytes(Collector<?> collector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        collector.write(new StateWriter(new DataOutputStream(bytes)));
        return bytes.toByteArray();
    }
}
