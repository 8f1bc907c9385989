package org.langevin4j.solvers.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.CheckpointException;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Histogram;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.Progress;
import org.langevin4j.solvers.ensemble.TimeSeries;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

class DistributedEnsembleTest {

    private static final Histogram CELLS =
            Histogram.on(Grid.of(Axis.uniform(-2.0, 2.0, 16), Axis.uniform(-2.0, 2.0, 16)));

    private static final TimeSeries<RunningMoments> SERIES = TimeSeries.of(Moments.of(2));

    private static Ensemble wells(long paths, double beta, long seed) {
        return Ensemble.of(Sde.ito(
                        (x, out) -> {
                            out[0] = x[0] - x[0] * x[0] * x[0] + 0.3 * x[1];
                            out[1] = -x[1] - 0.3 * x[0];
                        },
                        Diffusion.isotropic(2, 1.0),
                        Temperature.of(1.0 / beta)))
                .scheme(EulerMaruyama.withStep(0.01))
                .paths(paths)
                .until(0.3)
                .startingAt(1.0, 0.0)
                .seed(seed)
                .observe(Moments.of(2), CELLS)
                .observe(When.every(10, 0.0), SERIES);
    }

    private static List<Double> numbers(EnsembleResult result) {
        List<Double> all = new ArrayList<>();
        all.add((double) result.paths());
        List<RunningMoments> moments = new ArrayList<>(List.of(result.get(Moments.of(2))));
        result.get(SERIES).forEach(entry -> moments.add(entry.result()));
        for (RunningMoments x : moments) {
            for (int i = 0; i < 2; i++) {
                all.add(x.mean(i));
                all.add(x.covariance(0, i));
            }
        }
        for (double p : result.get(CELLS).density().values()) {
            all.add(p);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 1000})
    void theBitsAreThoseOfOneMachine(int parts) {
        assertThat(numbers(DistributedEnsemble.of(() -> wells(3_001, 2.5, 7))
                        .parts(parts)
                        .run(new ForgetfulCluster())))
                .isEqualTo(numbers(wells(3_001, 2.5, 7).threads(1).run()));
    }

    /** Nodes of the tree: one if it is the whole, ten at most of a part. */
    @Test
    void whatIsSentBackDoesNotGrowWithThePaths() {
        long whole = bytes(20_000, 1);
        assertThat(bytes(20_000, 4)).isLessThanOrEqualTo(4 * 10 * whole);
        assertThat(bytes(640_000, 4)).isLessThanOrEqualTo(4 * 10 * whole);
        assertThat(bytes(640_000, 40)).isLessThanOrEqualTo(40 * 10 * whole);
    }

    private static long bytes(long paths, int parts) {
        ForgetfulCluster cluster = new ForgetfulCluster();
        DistributedEnsemble.of(() -> wells(paths, 1.0, 7).until(0.1))
                .parts(parts)
                .run(cluster);
        return cluster.bytes;
    }

    @Test
    void partsThatAreKeptAreNotComputedAgain(@TempDir Path folder) throws IOException {
        DistributedEnsemble ensemble =
                DistributedEnsemble.of(() -> wells(3_000, 2.5, 7)).keptIn(folder);
        assertThatThrownBy(() -> ensemble.parts(5).run(new ForgetfulCluster(2)))
                .isInstanceOf(CancellationException.class)
                .hasMessage("the run was stopped; 2 of its 5 parts are done");
        assertThat(folder).isDirectoryContaining(file -> Files.isRegularFile(file));
        List<Progress> heard = new ArrayList<>();
        ForgetfulCluster second = new ForgetfulCluster();
        // As many parts as there were.
        EnsembleResult result = ensemble.parts(9).onProgress(heard::add).run(second);
        assertThat(second.done).isEqualTo(3);
        assertThat(heard).hasSize(3);
        assertThat(heard.get(2).done()).isEqualTo(heard.get(2).total()).isEqualTo(3_000L * 30);
        assertThat(numbers(result)).isEqualTo(numbers(wells(3_000, 2.5, 7).run()));
        ForgetfulCluster third = new ForgetfulCluster();
        assertThat(numbers(ensemble.run(third))).isEqualTo(numbers(result));
        assertThat(third.done).isZero();
    }

    @Test
    void partsOfAnotherProblemAreRefusedBeforeAnythingIsDone(@TempDir Path folder) {
        DistributedEnsemble.of(() -> wells(3_000, 2.5, 7)).keptIn(folder).run(new ForgetfulCluster());
        ForgetfulCluster cluster = new ForgetfulCluster();
        assertThatThrownBy(() -> DistributedEnsemble.of(() -> wells(3_000, 2.0, 7))
                        .keptIn(folder)
                        .run(cluster))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("another problem");
        assertThat(cluster.done).isZero();
    }

    @Test
    void whatCannotBeSentSaysWhy() {
        Ensemble built = wells(100, 1.0, 3);
        assertThatThrownBy(() -> DistributedEnsemble.of(() -> built).run(new ForgetfulCluster()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("captures an object of org.langevin4j.solvers.ensemble.Ensemble");
    }

    @Test
    void aRecipeWithoutSeedIsRefused() {
        assertThatThrownBy(() -> DistributedEnsemble.of(() -> wells(100, 1.0, System.nanoTime()))
                        .run(new ForgetfulCluster()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seed");
    }

    /** The rest is not computed. */
    @Test
    void aFailureForGoodNamesThePathsAndEndsTheRun() {
        AtomicInteger before = new AtomicInteger();
        ForgetfulCluster cluster = new ForgetfulCluster();
        assertThatThrownBy(() -> DistributedEnsemble.of(() ->
                                wells(2_000, 1.0, 1).startingFrom((path, out) -> out[0] = path == 1_234 ? 1e100 : 1.0))
                        .parts(4)
                        .onProgress(progress -> before.incrementAndGet())
                        .run(cluster))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageMatching("(?s)paths 10\\d\\d to 1\\d\\d\\d, part 2 of 4: .*NonFinitePathException.*1234.*")
                .satisfies(thrown ->
                        assertThat(((TaskFailedException) thrown).number()).isEqualTo(2));
        assertThat(cluster.done).isEqualTo(before.get() + 1);
    }

    @Test
    void aClusterThatIsNotOnTheClassPathIsNamed() {
        assertThatThrownBy(() -> Cluster.launch("spark", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("where there is none, got spark");
    }
}
