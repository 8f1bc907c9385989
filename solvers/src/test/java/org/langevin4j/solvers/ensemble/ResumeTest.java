package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.irreversibility.AsymmetricCorrelation;
import org.langevin4j.solvers.irreversibility.PathCurrent;
import org.langevin4j.solvers.irreversibility.Periods;
import org.langevin4j.solvers.irreversibility.PhaseProfile;
import org.langevin4j.solvers.irreversibility.SpectralDensity;
import org.langevin4j.solvers.irreversibility.Winding;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.LeimkuhlerMatthews;
import org.langevin4j.solvers.sde.Scheme;

class ResumeTest {

    static final VectorField SPIRAL = (x, out) -> {
        out[0] = -x[0] - x[1];
        out[1] = x[0] - x[1];
    };

    private static final VectorField SQUARES = (x, out) -> {
        out[0] = x[0] * x[0];
        out[1] = x[0] * x[1];
    };

    static Ensemble ensemble(Scheme scheme, long paths, double until) {
        return Ensemble.of(Sde.ito(SPIRAL, Diffusion.isotropic(2, 1.0), Temperature.of(0.5)))
                .scheme(scheme)
                .until(until)
                .paths(paths)
                .seed(11)
                .startingAt(0.3, 0.1);
    }

    /** Every kind of collector that keeps something of the block under way. */
    static Ensemble observed(Ensemble ensemble) {
        Event right = Event.of("right", x -> x[0] - 0.2);
        return ensemble.observe(Moments.of(2))
                .observe(
                        When.every(3, 0.0),
                        Histogram.on(Grid.square(-3, 3, 8)),
                        FunctionMoments.of(SQUARES, 2),
                        TimeAverage.of(SQUARES, 2),
                        Autocorrelation.of(SQUARES, 2, 4),
                        Crossings.of(right),
                        FirstPassage.of(right, Axis.uniform(0, 10, 20)),
                        Winding.about(0.0, 0.0),
                        Periods.of(x -> Math.atan2(x[1], x[0]), Axis.uniform(0, 20, 10)),
                        PhaseProfile.of(x -> Math.atan2(x[1], x[0]), x -> x[0], 5),
                        AsymmetricCorrelation.of(SQUARES, 2, 3),
                        SpectralDensity.of(x -> x[0], 16),
                        PathCurrent.of((x, out) -> {
                            out[0] = -x[1];
                            out[1] = x[0];
                        }))
                .observe(When.every(40, 0.0), TimeSeries.of(Moments.of(2)), Snapshots.ofFirst(3));
    }

    /** Runs to the end, cancelled again and again a while after it was taken up; the number of times it was. */
    private static int interrupted(Ensemble ensemble, Path file) {
        int kills = 0;
        while (true) {
            Cancellation cancellation = new Cancellation();
            AtomicLong resumedAt = new AtomicLong(-1);
            EnsembleResult result = ensemble.checkpoint(file, Duration.ofDays(1))
                    .cancelledBy(cancellation)
                    .observe(When.every(1, 0.0), new CancelsAfter(cancellation, 150 + 37L * kills, resumedAt))
                    .resume();
            if (result.isComplete()) {
                return kills;
            }
            kills++;
        }
    }

    /** Cancels a number of steps after it was taken up, wherever that was; counts nothing itself. */
    private record CancelsAfter(Cancellation cancellation, long steps, AtomicLong resumedAt)
            implements PathObservable<Boolean> {

        @Override
        public String identity(int dimension) {
            return "CancelsAfter";
        }

        @Override
        public Collector<Boolean> collector(int dimension) {
            return new Collector<>() {
                private long seen;

                @Override
                public void record(PathBlock block) {
                    seen++;
                    if (seen == steps) {
                        cancellation.cancel();
                    }
                }

                @Override
                public void merge(Collector<Boolean> later) {}

                @Override
                public Boolean result() {
                    return true;
                }

                @Override
                public void write(StateWriter out) {}

                @Override
                public void read(StateReader in) {}
            };
        }
    }

    /** Deletes a folder while the run is under way. */
    private record Deletes(Path folder) implements PathObservable<Boolean> {

        @Override
        public Collector<Boolean> collector(int dimension) {
            return new Collector<>() {

                @Override
                public void record(PathBlock block) {
                    assertThat(folder.toFile().delete()).isTrue();
                }

                @Override
                public void merge(Collector<Boolean> later) {}

                @Override
                public Boolean result() {
                    return true;
                }

                @Override
                public void write(StateWriter out) {}

                @Override
                public void read(StateReader in) {}
            };
        }
    }

    private static Ensemble counted(Ensemble ensemble) {
        return ensemble.observe(
                When.every(1, 0.0), new CancelsAfter(new Cancellation(), Long.MAX_VALUE, new AtomicLong()));
    }

    static void sameBitsHoweverOftenCancelled(Ensemble ensemble, int atLeast, Path folder) throws IOException {
        Path whole = folder.resolve("whole");
        Path file = folder.resolve("killed");
        counted(ensemble).checkpoint(whole, Duration.ofDays(1)).run();
        assertThat(interrupted(ensemble, file)).isGreaterThanOrEqualTo(atLeast);
        assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(whole));
    }

    @Test
    void oneLongPathGoesOnBetweenItsSteps(@TempDir Path folder) throws IOException {
        sameBitsHoweverOftenCancelled(observed(ensemble(EulerMaruyama.withStep(0.01), 1, 200.0)), 20, folder);
    }

    @Test
    void aSchemeThatRemembersGoesOnToo(@TempDir Path folder) throws IOException {
        sameBitsHoweverOftenCancelled(observed(ensemble(LeimkuhlerMatthews.withStep(0.01), 5, 100.0)), 10, folder);
    }

    @Test
    void pathsThatStopOrStartAnewGoOnToo(@TempDir Path folder) throws IOException {
        Ensemble leaving = observed(ensemble(LeimkuhlerMatthews.withStep(0.01), 300, 20.0))
                .within(Box.of(Interval.absorbing(-1.5, 1.5), Interval.reflecting(-1, 1)))
                .stoppingAt(Event.of("corner", x -> x[0] + x[1] - 2.0))
                .observe(FirstPassage.outOfDomain(Axis.uniform(0, 20, 10)))
                .threads(2);
        sameBitsHoweverOftenCancelled(leaving, 3, folder);
        Ensemble explosive = Ensemble.of(Sde.ito(
                        (x, out) -> out[0] = x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), Temperature.of(0.2)))
                .scheme(EulerMaruyama.withStep(0.05))
                .until(100.0)
                .paths(20)
                .seed(5)
                .observe(When.every(1, 0.0), Moments.of(1), Snapshots.ofFirst(2))
                .onNonFinite(NonFinite.RESTART_PATH);
        sameBitsHoweverOftenCancelled(explosive, 5, Files.createDirectory(folder.resolve("explosive")));
    }

    /** A process of its own, to be killed: one path of two million steps. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) {
            ensemble(LeimkuhlerMatthews.withStep(0.01), 1, 20_000.0)
                    .observe(When.every(1, 0.0), TimeAverage.of(SQUARES, 2))
                    .checkpoint(Path.of(arguments[0]), Duration.ZERO)
                    .resume();
        }
    }

    @Test
    void oneLongPathSurvivesItsProcess(@TempDir Path folder) throws IOException, InterruptedException {
        TimeAverage average = TimeAverage.of(SQUARES, 2);
        Ensemble ensemble =
                ensemble(LeimkuhlerMatthews.withStep(0.01), 1, 20_000.0).observe(When.every(1, 0.0), average);
        EnsembleResult whole = ensemble.run();
        Path file = folder.resolve("c");
        Random random = new Random(4);
        for (int kill = 0; kill < 3; kill++) {
            Process child = CheckpointTest.start(Victim.class, file.toString());
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (child.isAlive() && System.nanoTime() < deadline && !Files.exists(file)) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(40));
            child.destroyForcibly();
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        EnsembleResult resumed = ensemble.checkpoint(file, Duration.ofDays(1)).resume();
        assertThat(resumed.isComplete()).isTrue();
        assertThat(resumed.get(average).exactSums())
                .isEqualTo(whole.get(average).exactSums());
    }

    @Test
    void shardsMergedInAnyOrderGiveTheBitsOfTheWhole(@TempDir Path folder) {
        Ensemble ensemble = observed(ensemble(EulerMaruyama.withStep(0.05), 2900, 4.0));
        double[] whole = ensemble.run().get(Moments.of(2)).exactSums();
        double[] series = last(ensemble.run());
        Random random = new Random(2);
        for (int count : new int[] {1, 2, 3, 7, 12, 16}) {
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Path file = folder.resolve(count + "-" + i);
                EnsembleResult shard = ensemble.threads(1 + i % 3)
                        .shard(i, count)
                        .checkpoint(file, Duration.ofDays(1))
                        .run();
                assertThat(shard.isComplete()).isTrue();
                assertThat(shard.get(Moments.of(2)).count()).isEqualTo(shard.paths());
                files.add(file);
            }
            Collections.shuffle(files, random);
            EnsembleResult merged = ensemble.merge(files);
            assertThat(merged.isComplete()).isTrue();
            assertThat(merged.paths()).isEqualTo(2900);
            assertThat(merged.get(Moments.of(2)).exactSums()).isEqualTo(whole);
            assertThat(last(merged)).isEqualTo(series);
        }
        for (int threads = 1; threads <= 7; threads++) {
            assertThat(ensemble.threads(threads).run().get(Moments.of(2)).exactSums())
                    .isEqualTo(whole);
        }
    }

    private static double[] last(EnsembleResult result) {
        return result.get(TimeAverage.of(SQUARES, 2)).exactSums();
    }

    @Test
    void shardsThatDoNotFitAreRefusedByName(@TempDir Path folder) {
        Ensemble ensemble = ensemble(EulerMaruyama.withStep(0.05), 2900, 2.0).observe(Moments.of(2));
        Path[] thirds = new Path[3];
        for (int i = 0; i < 3; i++) {
            thirds[i] = folder.resolve("third-" + i);
            ensemble.shard(i, 3).checkpoint(thirds[i], Duration.ofDays(1)).run();
        }
        assertThatThrownBy(() -> ensemble.merge(List.of(thirds[0], thirds[2])))
                .hasMessage("files must be one of each shard, shard 1 of 3 is missing");
        assertThatThrownBy(() -> ensemble.merge(List.of(thirds[0], thirds[1], thirds[0])))
                .hasMessage("checkpoint " + thirds[0] + " is shard 0 of 3, and so is " + thirds[0]);
        Path half = folder.resolve("half");
        ensemble.shard(1, 2).checkpoint(half, Duration.ofDays(1)).run();
        assertThatThrownBy(() -> ensemble.merge(List.of(thirds[0], half)))
                .hasMessage("checkpoint " + half + " is shard 1 of 2, others are of 3 shards");
        Path foreign = folder.resolve("foreign");
        ensemble.seed(12).shard(1, 3).checkpoint(foreign, Duration.ofDays(1)).run();
        assertThatThrownBy(() -> ensemble.merge(List.of(thirds[0], foreign, thirds[2])))
                .hasMessage("checkpoint " + foreign + " belongs to another problem: its seed is 12, here it is 11");
        Path cancelled = folder.resolve("cancelled");
        Cancellation atOnce = new Cancellation();
        atOnce.cancel();
        ensemble.shard(1, 3)
                .cancelledBy(atOnce)
                .checkpoint(cancelled, Duration.ofDays(1))
                .run();
        assertThatThrownBy(() -> ensemble.merge(List.of(thirds[0], cancelled, thirds[2])))
                .hasMessage("checkpoint " + cancelled + " is shard 1 of 3 and not complete, resume it first");
        assertThatThrownBy(() -> ensemble.merge(List.of())).hasMessage("files must be one of each shard, got none");
        assertThatThrownBy(() -> ensemble.shard(3, 3)).hasMessage("shard must be in [0, 3), got 3");
        // A shard does not pass for the whole.
        assertThatThrownBy(() -> ensemble.checkpoint(thirds[0], Duration.ZERO).resume())
                .hasMessageContaining("its shard is 0 of 3, here it is 0 of 1");
        assertThat(ensemble.merge(Arrays.asList(thirds)).isComplete()).isTrue();
    }

    @Test
    void aFileThatCannotBeWrittenIsFoundAtTheStart(@TempDir Path folder) throws IOException {
        AtomicLong started = new AtomicLong();
        Ensemble ensemble = ensemble(EulerMaruyama.withStep(0.05), 10, 2.0).startingFrom((path, out) -> {
            started.incrementAndGet();
            out[0] = 1.0;
        });
        Path file = Files.createFile(folder.resolve("file"));
        for (Path bad :
                new Path[] {folder, folder.resolve("missing/c"), file.resolve("c"), folder.resolve("n".repeat(300))}) {
            started.set(0);
            assertThatThrownBy(
                            () -> ensemble.checkpoint(bad, Duration.ofDays(1)).run())
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageStartingWith("checkpoint " + bad + " cannot be written: ");
        }
    }

    @Test
    void resultsAreReturnedWhateverHappensToTheFile(@TempDir Path folder) throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path file = inside.resolve("c");
        EnsembleResult result = ensemble(EulerMaruyama.withStep(0.05), 10, 2.0)
                .observe(Moments.of(2), new Deletes(inside))
                .checkpoint(file, Duration.ofDays(1))
                .run();
        assertThat(result.isComplete()).isTrue();
        assertThat(result.get(Moments.of(2)).count()).isEqualTo(10);
        assertThat(result.checkpointFailure())
                .hasValueSatisfying(failure ->
                        assertThat(failure).hasMessageStartingWith("checkpoint " + file + " cannot be written: "));
        assertThat(ensemble(EulerMaruyama.withStep(0.05), 10, 2.0).run().checkpointFailure())
                .isEmpty();
    }
}
