package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.HalfSpace;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.domain.LevelSet;
import org.langevin4j.solvers.sde.AlphaEuler;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** A problem with another parameter never resumes: whatever it is of, wherever the parameter is. */
class IdentityTest {

    /** Counts what is above a threshold; does not say who it is. */
    private record Above(double threshold, List<double[]> more, Map<String, Integer> names)
            implements PathObservable<Long> {

        @Override
        public Collector<Long> collector(int dimension) {
            return new AboveCollector(threshold);
        }
    }

    /** The same as a class, whose parameters are fields. */
    private static final class AboveClass implements PathObservable<Long> {

        private final double threshold;
        private final double[] weights;

        AboveClass(double threshold, double... weights) {
            this.threshold = threshold;
            this.weights = weights;
        }

        @Override
        public Collector<Long> collector(int dimension) {
            return new AboveCollector(threshold + 0.0 * weights.length);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof AboveClass;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static final class AboveCollector implements Collector<Long> {

        private final double threshold;
        private long count;

        AboveCollector(double threshold) {
            this.threshold = threshold;
        }

        @Override
        public void record(PathBlock block) {
            for (int k = 0; k < block.paths(); k++) {
                count += block.states()[0][k] > threshold ? 1 : 0;
            }
        }

        @Override
        public void merge(Collector<Long> later) {
            count += later.result();
        }

        @Override
        public Long result() {
            return count;
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.count(count);
        }

        @Override
        public void read(StateReader in) throws IOException {
            count = in.count("states", in.records());
        }
    }

    private static Above above(double threshold, double inside, int named) {
        return new Above(threshold, List.of(new double[] {inside}), Map.of("n", named, "m", 2));
    }

    private static Ensemble ensemble(Sde sde) {
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.1))
                .until(1.0)
                .paths(10)
                .seed(1);
    }

    private static Sde ornsteinUhlenbeck() {
        return Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1.0));
    }

    private static Ensemble observing(PathObservable<?> observable) {
        return ensemble(ornsteinUhlenbeck()).observe(observable);
    }

    private static void differ(Path folder, Ensemble one, Ensemble equal, Ensemble other) {
        Path file = folder.resolve("c");
        one.checkpoint(file, Duration.ZERO).run();
        assertThat(equal.checkpoint(file, Duration.ZERO).resume().isComplete()).isTrue();
        assertThatThrownBy(() -> other.checkpoint(file, Duration.ZERO).resume())
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("checkpoint " + file + " belongs to another problem: its ");
    }

    private static void differ(Path folder, DoubleFunction<Ensemble> ensemble) {
        differ(folder, ensemble.apply(1.5), ensemble.apply(1.5), ensemble.apply(1.75));
    }

    @Test
    void observablesAreKnownByTheirComponents(@TempDir Path folder) {
        differ(folder, a -> observing(above(a, 0, 0)));
        differ(folder, a -> observing(above(0, a, 0)));
        differ(folder, a -> observing(above(0, 0, (int) (4 * a))));
        differ(folder, a -> observing(new AboveClass(a)));
        differ(folder, a -> observing(new AboveClass(0, 1.0, a)));
        differ(folder, a -> observing(TimeSeries.of(new AboveClass(a))));
        differ(folder, a -> observing(MarginalHistogram.of(0, Axis.of(-1, 0, a))));
        differ(folder, a -> observing(Histogram.on(Grid.of(Axis.of(-1, a - 1.4, 2)))));
        differ(folder, a -> observing(Snapshots.ofFirst((int) (4 * a))));
    }

    /** Differences far from every start are seen in what the functions have caught. */
    @Test
    void functionsAreKnownByWhatTheyCatch(@TempDir Path folder) {
        differ(folder, a -> observing(FunctionMoments.of((x, out) -> out[0] = x[0] > 100 * a ? 1 : 0, 1)));
        differ(folder, a -> observing(TimeAverage.of((x, out) -> out[0] = x[0] > 100 * a ? 1 : 0, 1)));
        differ(folder, a -> observing(Autocorrelation.of((x, out) -> out[0] = x[0] > 100 * a ? 1 : 0, 1, 2)));
        differ(folder, a -> observing(Crossings.of(Event.of("far", x -> x[0] - 100 * a))));
        differ(
                folder,
                a -> observing(FirstPassage.of(
                        Event.of("far", x -> Math.min(1.0, 100 * a - x[0])), Axis.uniform(0, 1, 2))));
        double[] caught = {1.5, 1.75};
        differ(folder, a -> {
            double[] mine = {0.0, a == 1.5 ? caught[0] : caught[1]};
            return observing(FunctionMoments.of((x, out) -> out[0] = x[0] > 100 * mine[1] ? 1 : 0, 1));
        });
        differ(
                folder,
                a -> ensemble(ornsteinUhlenbeck()).stoppingAt(Event.of("far", x -> Math.min(1.0, 100 * a - x[0]))));
    }

    @Test
    void domainsAreKnownByTheirParameters(@TempDir Path folder) {
        differ(folder, a -> ensemble(ornsteinUhlenbeck()).within(Box.of(Interval.absorbing(-1, a))));
        differ(folder, a -> ensemble(ornsteinUhlenbeck()).within(HalfSpace.reflecting(new double[] {1}, -a)));
        differ(
                folder,
                a -> ensemble(ornsteinUhlenbeck())
                        .within(LevelSet.absorbing(1, x -> 100 * a - x[0], (x, out) -> out[0] = -1.0)));
    }

    @Test
    void equationsAreKnownByValuesAndByWhatTheyCatch(@TempDir Path folder) {
        differ(
                folder,
                a -> ensemble(Sde.ito(
                        (x, out) -> out[0] = x[0] > 100 * a ? -1.0 : 0.0,
                        Diffusion.isotropic(1, 1.0),
                        Temperature.of(1.0))));
        differ(
                folder,
                a -> ensemble(Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, a), Temperature.of(1.0))));
        described(a -> Sde.ito(
                VectorField.driven(t -> (x, out) -> out[0] = t > 0.55 && t < 0.58 ? a : 0.0),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(1.0)));
        differ(
                folder,
                a -> Ensemble.of(new Sde(
                                (x, out) -> {
                                    out[0] = 0.0;
                                    out[1] = 0.0;
                                },
                                Diffusion.isotropic(2, 1.0),
                                Temperature.of(1.0),
                                new Calculus.Alpha(a - 1.0)))
                        .scheme(AlphaEuler.withStep(0.1))
                        .until(1.0)
                        .seed(1));
    }

    private static void described(DoubleFunction<Sde> sde) {
        Map<String, String> one = Problem.describe(ensemble(sde.apply(1.5)).plan(), "0 of 1");
        assertThat(Problem.describe(ensemble(sde.apply(1.5)).plan(), "0 of 1")).isEqualTo(one);
        assertThat(Problem.describe(ensemble(sde.apply(1.75)).plan(), "0 of 1")).isNotEqualTo(one);
    }

    @Test
    void whatCannotBeLookedIntoIsRefusedWhereItIsSaved(@TempDir Path folder) {
        Thread closed = new Thread(() -> {});
        ScalarField threaded = x -> x[0] + closed.getPriority();
        assertThatThrownBy(() -> observing(Crossings.of(Event.of("closed", threaded)))
                        .checkpoint(folder.resolve("closed"), Duration.ZERO)
                        .run())
                .hasMessageStartingWith("a checkpoint or shard cannot tell java.lang.Thread from another of its kind;")
                .hasMessageContaining("implement Identified");
        assertThat(observing(Crossings.of(Event.of("closed", threaded))).run().isComplete())
                .isTrue();
        PathObservable<?> identified = new Above(1, List.of(), Map.of());
        assertThat(Identity.of(identified)).contains("threshold=1.0");
        Identified named = () -> "my function, a = 3";
        assertThat(Identity.of(named)).endsWith("[my function, a = 3]");
        assertThat(Identity.of(new double[][] {{1, 2}, {3}})).isEqualTo("[[1.0, 2.0, ], [3.0, ], ]");
        assertThat(Identity.of("x".repeat(10_000))).hasSizeLessThan(300);
        assertThat(Identity.of("x".repeat(10_000))).isNotEqualTo(Identity.of("x".repeat(9_999) + "y"));
        Ensemble unsaved = observing(new AboveClass(1));
        assertThat(unsaved.run().isComplete()).isTrue();
    }
}
