package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.Face;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.sde.EulerMaruyama;

class ObservablesTest {

    private static final VectorField DECAY = (x, out) -> {
        for (int i = 0; i < out.length; i++) {
            out[i] = -x[i];
        }
    };

    private static final VectorField SQUARES = (x, out) -> {
        out[0] = x[0];
        out[1] = x[0] * x[1];
    };

    private static Ensemble decay(int dimension) {
        return Ensemble.of(Sde.ito(DECAY, Diffusion.isotropic(dimension, 1.0), Temperature.of(0.5)))
                .scheme(EulerMaruyama.withStep(0.1))
                .until(2.0)
                .seed(8);
    }

    /** Everything at once, with paths that stop: the checkpoint at the end holds every bit of every collector. */
    @Test
    void threadsDoNotChangeABitOfAnyObservable(@TempDir Path folder) throws IOException {
        byte[] expected = {};
        for (int threads : new int[] {1, 2, 3, 7}) {
            Path file = folder.resolve("threads-" + threads);
            EnsembleResult run =
                    everything(threads).checkpoint(file, Duration.ofDays(1)).run();
            assertThat(run.pathEnds().count(PathEnd.Cause.ABSORBED)).isPositive();
            assertThat(run.pathEnds().count(PathEnd.Cause.EVENT)).isPositive();
            byte[] bytes = Files.readAllBytes(file);
            if (expected.length == 0) {
                expected = bytes;
            }
            assertThat(bytes).isEqualTo(expected);
        }
    }

    static Ensemble everything(int threads) {
        Grid grid = Grid.square(-2, 2, 8);
        return decay(2).paths(20_000)
                .threads(threads)
                .startingAt(0.5, -0.5)
                .within(Box.of(new Interval(-1.5, Face.ABSORBING, 2, Face.REFLECTING), Interval.periodic(-1.5, 1.5)))
                .stoppingAt(Event.of("product", x -> x[0] * x[1] - 1.5))
                .onNonFinite(NonFinite.STOP_PATH)
                .observe(Moments.of(2), Histogram.on(grid), FirstPassage.outOfDomain(Axis.uniform(0, 2, 10)))
                .observe(
                        When.every(2, 0.5),
                        FunctionMoments.of(SQUARES, 2),
                        MarginalHistogram.of(1, grid.axis(0)),
                        TimeSeries.of(Moments.of(2)),
                        TimeSeries.of(MarginalHistogram.of(1, 0, grid)),
                        TimeAverage.of(SQUARES, 2))
                .observe(
                        When.every(1, 0.0),
                        Autocorrelation.of(SQUARES, 2, 5),
                        Snapshots.ofFirst(300),
                        Crossings.of(Event.of("x", x -> x[0])),
                        FirstPassage.of(Event.of("x > y", x -> x[0] - x[1]), Axis.uniform(0, 2, 10)));
    }

    /** Euler–Maruyama on dx = −x dt + dW: mean (1−h)ⁿx₀, variance ½(1 − (1−h)²ⁿ)/(1 − h/2), at each time. */
    @Test
    void timeSeriesFollowTheSchemeThroughTime() {
        TimeSeries<RunningMoments> series = TimeSeries.of(Moments.of(1));
        TimeSeries<Histogram.Counts> counts = TimeSeries.of(Histogram.on(Grid.of(Axis.uniform(-9, 9, 4))));
        int paths = 50_000;
        EnsembleResult run = decay(1).paths(paths)
                .startingAt(2.0)
                .observe(When.every(5, 0.0), series, counts)
                .run();
        List<TimeSeries.Entry<RunningMoments>> entries = run.get(series);
        assertThat(entries).extracting(TimeSeries.Entry::time).containsExactly(0.5, 1.0, 1.5, 2.0);
        for (int k = 0; k < 4; k++) {
            double decay = Math.pow(0.9, 5 * (k + 1));
            double variance = 0.5 * (1 - decay * decay) / 0.95;
            RunningMoments moments = entries.get(k).result();
            assertThat(moments.count()).isEqualTo(paths);
            assertThat(moments.mean(0)).isCloseTo(2 * decay, within(4 * Math.sqrt(variance / paths)));
            assertThat(moments.variance(0)).isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / paths)));
            assertThat(run.get(counts).get(k).result().total()).isEqualTo(paths);
        }
    }

    @Test
    void marginalsAreSumsOfTheJointHistogram() {
        Grid grid = Grid.of(Axis.uniform(-9, 9, 6), Axis.uniform(-9, 9, 9));
        Histogram joint = Histogram.on(grid);
        MarginalHistogram second = MarginalHistogram.of(1, grid.axis(1));
        MarginalHistogram swapped = MarginalHistogram.of(1, 0, Grid.of(grid.axis(1), grid.axis(0)));
        EnsembleResult run =
                decay(2).paths(5_000).observe(joint, second, swapped).run();
        for (int b = 0; b < 9; b++) {
            long sum = 0;
            for (int a = 0; a < 6; a++) {
                long count = run.get(joint).count(a * 9 + b);
                assertThat(run.get(swapped).count(b * 6 + a)).isEqualTo(count);
                sum += count;
            }
            assertThat(run.get(second).count(b)).isEqualTo(sum);
        }
    }

    /**
     * The scheme on dx = −x dt + dW is the autoregression x ← 0.9x + √0.1 ξ: stationary variance ½/0.95 and ρₖ = 0.9ᵏ. For
     * x²: C₀ = 2 var² and ρₖ = 0.81ᵏ.
     */
    @Test
    void autocorrelationIsThatOfTheAutoregression() {
        VectorField functions = (x, out) -> {
            out[0] = x[0] + 3.0;
            out[1] = x[0] * x[0];
        };
        double variance = 0.5 / 0.95;
        NormalStream starts = NormalStream.of(Seed.of(99));
        Autocorrelation observed = Autocorrelation.of(functions, 2, 8);
        Autocorrelation.Estimate estimate = decay(1).paths(10_000)
                .until(6.0)
                .startingFrom((path, out) -> out[0] = Math.sqrt(variance) * starts.at(path, 0, 0))
                .observe(When.every(1, 0.0), observed)
                .run()
                .get(observed);
        assertThat(estimate.paths()).isEqualTo(10_000);
        assertThat(estimate.mean(0)).isCloseTo(3.0, within(4 * estimate.meanError(0)));
        assertThat(estimate.correlation(0, 0)).isEqualTo(1.0);
        assertThat(estimate.correlationError(0, 0)).isZero();
        for (int lag = 0; lag <= 8; lag++) {
            assertThat(estimate.covariance(0, lag))
                    .isCloseTo(variance * Math.pow(0.9, lag), within(4 * estimate.covarianceError(0, lag)));
            assertThat(estimate.covariance(1, lag))
                    .isCloseTo(
                            2 * variance * variance * Math.pow(0.81, lag),
                            within(4 * estimate.covarianceError(1, lag)));
            if (lag > 0) {
                assertThat(estimate.correlation(0, lag))
                        .isCloseTo(Math.pow(0.9, lag), within(4 * estimate.correlationError(0, lag)));
                assertThat(estimate.correlationError(0, lag)).isLessThan(0.01);
            }
        }
    }

    @Test
    void snapshotsAreThoseOfTheSinglePaths() {
        Snapshots first = Snapshots.ofFirst(3);
        List<Snapshots.Trajectory> many =
                decay(2).paths(1000).observe(When.every(4, 0.0), first).run().get(first);
        List<Snapshots.Trajectory> few =
                decay(2).paths(3).observe(When.every(4, 0.0), first).run().get(first);
        assertThat(many).hasSize(3);
        for (int p = 0; p < 3; p++) {
            assertThat(many.get(p).path()).isEqualTo(p);
            assertThat(many.get(p).length()).isEqualTo(5);
            for (int k = 0; k < 5; k++) {
                assertThat(many.get(p).time(k)).isCloseTo(0.4 * (k + 1), within(1e-12));
                assertThat(many.get(p).state(k, 1)).isEqualTo(few.get(p).state(k, 1));
            }
        }
    }

    /** x = t without noise: it passes 0.55 in the sixth step of 0.1. */
    @Test
    void eventsStopOrAreRecorded() {
        Sde clock = Sde.ito((x, out) -> out[0] = 1.0, Diffusion.isotropic(1, 0.0), Temperature.of(1.0));
        Event late = Event.of("late", x -> x[0] - 0.55);
        Axis axis = Axis.uniform(0, 2, 4);
        Ensemble ensemble = Ensemble.of(clock)
                .scheme(EulerMaruyama.withStep(0.1))
                .until(2.0)
                .paths(10)
                .observe(Moments.of(1))
                .observe(When.every(1, 0.0), FirstPassage.of(late, axis), FirstPassage.outOfDomain(axis));
        EnsembleResult recorded = ensemble.run();
        assertThat(recorded.get(FirstPassage.of(late, axis)).moments().mean(0)).isCloseTo(0.6, within(1e-12));
        assertThat(recorded.get(FirstPassage.of(late, axis)).count(1)).isEqualTo(10);
        assertThat(recorded.get(FirstPassage.of(late, axis)).survival(1)).isEqualTo(1.0);
        assertThat(recorded.get(FirstPassage.of(late, axis)).survival(2)).isZero();
        assertThat(recorded.get(FirstPassage.outOfDomain(axis)).censored()).isEqualTo(10);
        assertThat(recorded.get(Moments.of(1)).mean(0)).isCloseTo(2.0, within(1e-12));
        EnsembleResult stopped = ensemble.stoppingAt(late).run();
        assertThat(stopped.get(FirstPassage.of(late, axis)).moments().mean(0)).isCloseTo(0.6, within(1e-12));
        assertThat(stopped.get(FirstPassage.outOfDomain(axis)).moments().mean(0))
                .isCloseTo(0.6, within(1e-12));
        assertThat(stopped.pathEnds().count(PathEnd.Cause.EVENT)).isEqualTo(10);
        assertThat(stopped.get(Moments.of(1)).count()).isZero();
        assertThatThrownBy(() -> ensemble.stoppingAt(Event.of("undefined", x -> Double.NaN))
                        .run())
                .hasMessage("event undefined must be a number, got NaN at x = [0.0]");
    }

    /** x = t: sin 2π(x − 0.05) changes its sign at 0.05, 0.55, 1.05, 1.55, seen at 0.1, 0.6, 1.1, 1.6. */
    @Test
    void crossingsAreCountedWhereTheyHappen() {
        Sde clock = Sde.ito((x, out) -> out[0] = 1.0, Diffusion.isotropic(1, 0.0), Temperature.of(1.0));
        Crossings crossings = Crossings.of(Event.of("wave", x -> Math.sin(2 * Math.PI * (x[0] - 0.05))));
        Crossings.Summary summary = Ensemble.of(clock)
                .scheme(EulerMaruyama.withStep(0.1))
                .until(2.0)
                .paths(10)
                .observe(When.every(1, 0.0), crossings)
                .run()
                .get(crossings);
        assertThat(summary.perPath().mean(0)).isEqualTo(4.0);
        assertThat(summary.perPath().variance(0)).isZero();
        assertThat(summary.places().count()).isEqualTo(40);
        assertThat(summary.places().mean(0)).isCloseTo(0.85, within(1e-12));
        assertThat(summary.places().mean(1)).isCloseTo(0.85, within(1e-12));
    }

    /** An observable of a user's: the largest coordinate seen. */
    private record Largest() implements PathObservable<Double> {

        @Override
        public Collector<Double> collector(int dimension) {
            return new Collector<>() {
                private double largest = Double.NEGATIVE_INFINITY;

                @Override
                public void record(PathBlock block) {
                    for (int k = 0; k < block.paths(); k++) {
                        largest = Math.max(largest, block.states()[0][k]);
                    }
                }

                @Override
                public void merge(Collector<Double> later) {
                    largest = Math.max(largest, later.result());
                }

                @Override
                public Double result() {
                    return largest;
                }

                @Override
                public void write(StateWriter out) throws IOException {
                    out.number(largest);
                }

                @Override
                public void read(StateReader in) throws IOException {
                    largest = in.number();
                }
            };
        }
    }

    @Test
    void usersObservablesAreObserved(@TempDir Path folder) {
        Ensemble ensemble = decay(1).paths(3000)
                .within(Box.of(Interval.reflecting(-1, 1)))
                .observe(When.every(1, 0.0), new Largest(), MarginalHistogram.of(0, Axis.of(-1.0, 0.0, 0.99, 1.01)));
        EnsembleResult run = ensemble.run();
        assertThat(run.get(new Largest())).isGreaterThan(0.99).isLessThanOrEqualTo(1.0);
        Ensemble saved = ensemble.checkpoint(folder.resolve("c"), Duration.ZERO);
        saved.run();
        assertThat(saved.resume().get(new Largest())).isEqualTo(run.get(new Largest()));
    }

    @Test
    void aFunctionThatIsNotFiniteNeverReachesAMean() {
        VectorField inverse = (x, out) -> out[0] = 1 / x[0];
        Sde still = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 0.0), Temperature.of(1.0));
        Ensemble ensemble = Ensemble.of(still)
                .scheme(EulerMaruyama.withStep(0.5))
                .until(1.0)
                .paths(10)
                .startingFrom((path, out) -> out[0] = path - 7);
        for (PathObservable<?> observable : new PathObservable<?>[] {
            FunctionMoments.of(inverse, 1), TimeAverage.of(inverse, 1), Autocorrelation.of(inverse, 1, 1)
        }) {
            assertThatThrownBy(() -> ensemble.observe(observable).run())
                    .hasMessage("functions must be finite, got g[0] = Infinity for path 7 at time 1.0");
        }
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> Autocorrelation.of(SQUARES, 2, 0)).hasMessage("lags must be positive, got 0");
        assertThatThrownBy(() -> FunctionMoments.of(SQUARES, 0)).hasMessage("count must be positive, got 0");
        assertThatThrownBy(() -> Snapshots.ofFirst(0)).hasMessage("paths must be positive, got 0");
        assertThatThrownBy(() -> MarginalHistogram.of(1, 1, Grid.square(0, 1, 2)))
                .hasMessage("coordinates must differ and not be negative, got [1, 1]");
        assertThatThrownBy(() -> decay(1).observe(MarginalHistogram.of(1, Axis.uniform(0, 1, 2))))
                .hasMessage("coordinates must be less than 1, got 1");
        assertThatThrownBy(() -> decay(1).resume())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an ensemble needs a checkpoint to resume");
        assertThatThrownBy(() -> decay(1).checkpoint(Path.of("c"), Duration.ofSeconds(-1)))
                .hasMessage("interval must not be negative, got PT-1S");
    }
}
