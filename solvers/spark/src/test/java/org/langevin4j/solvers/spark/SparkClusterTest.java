package org.langevin4j.solvers.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.cluster.Cluster;
import org.langevin4j.solvers.cluster.DistributedEnsemble;
import org.langevin4j.solvers.cluster.TaskFailedException;
import org.langevin4j.solvers.ensemble.Cancellation;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.TimeSeries;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

class SparkClusterTest {

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.session("local[2,4]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static Ensemble wells(double beta, long seed) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[0] - x[0] * x[0] * x[0] + 0.3 * x[1];
                    out[1] = -x[1] - 0.3 * x[0];
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(1.0 / beta));
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.01))
                .paths(5_000)
                .until(0.5)
                .startingAt(1.0, 0.0)
                .seed(seed)
                .observe(Moments.of(2))
                .observe(When.every(10, 0.0), TimeSeries.of(Moments.of(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void theBitsAreThoseOfOneMachine(int parts) {
        double beta = 2.5;
        EnsembleResult here = wells(beta, 7).threads(1).run();
        EnsembleResult there =
                DistributedEnsemble.of(() -> wells(beta, 7)).parts(parts).run(SparkCluster.of(spark));
        assertThat(there.paths()).isEqualTo(5_000);
        RunningMoments a = here.get(Moments.of(2));
        RunningMoments b = there.get(Moments.of(2));
        for (int i = 0; i < 2; i++) {
            assertThat(b.mean(i)).isEqualTo(a.mean(i));
            assertThat(b.standardError(i)).isEqualTo(a.standardError(i));
        }
    }

    @Test
    void whatCannotBeShippedSaysWhy() {
        Ensemble built = wells(1.0, 3);
        assertThatThrownBy(() -> DistributedEnsemble.of(() -> built).run(SparkCluster.of(spark)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("captures an object of org.langevin4j.solvers.ensemble.Ensemble");
    }

    @Test
    void aSourceWithoutSeedIsRefused() {
        assertThatThrownBy(() -> DistributedEnsemble.of(() -> wells(1.0, System.nanoTime()))
                        .run(SparkCluster.of(spark)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seed");
    }

    /** Not tried four times, and told with its paths. */
    @Test
    void aFailureForGoodNamesThePathsAndTheCause() {
        assertThatThrownBy(() -> DistributedEnsemble.of(() -> Ensemble.of(Sde.ito(
                                        (x, out) -> out[0] = x[0] * x[0] * x[0],
                                        Diffusion.isotropic(1, 1.0),
                                        Temperature.of(1.0)))
                                .scheme(EulerMaruyama.withStep(0.1))
                                .paths(2_000)
                                .until(50.0)
                                .startingAt(2.0)
                                .seed(1)
                                .observe(Moments.of(1)))
                        .parts(2)
                        .run(SparkCluster.of(spark)))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageMatching("paths [0-9]+ to [0-9]+, part [01] of 2: .*NonFinitePathException.*");
    }

    private static final AtomicInteger TRIES = new AtomicInteger();

    private static byte[] unlucky(int number, int failures) throws IOException {
        if (number == 5 && TRIES.incrementAndGet() <= failures) {
            throw new IOException("the disk is full");
        }
        return new byte[] {(byte) number};
    }

    @Test
    void whatIsLostIsTriedAgain() {
        TRIES.set(0);
        Map<Integer, Byte> answers = new ConcurrentHashMap<>();
        SparkCluster.of(spark)
                .run(
                        List.of(3, 5, 8),
                        (number, worker) -> unlucky(number, 3),
                        new Cancellation(),
                        (number, answer) ->
                                assertThat(answers.put(number, answer[0])).isNull());
        assertThat(answers).isEqualTo(Map.of(3, (byte) 3, 5, (byte) 5, 8, (byte) 8));
        assertThat(TRIES).hasValue(4);
    }

    @Test
    void whatFailsEachTimeIsNamed() {
        TRIES.set(0);
        assertThatThrownBy(() -> SparkCluster.of(spark)
                        .run(
                                List.of(3, 5, 8),
                                (number, worker) -> unlucky(number, 4),
                                new Cancellation(),
                                (number, answer) -> {}))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("the disk is full")
                .satisfies(thrown ->
                        assertThat(((TaskFailedException) thrown).number()).isEqualTo(5));
    }

    private static final CountDownLatch BEGUN = new CountDownLatch(2);
    private static final CountDownLatch HEARD = new CountDownLatch(2);

    /** The tasks under way hear of it as well, and those that wait are not begun. */
    @Test
    void aCancellationIsHeard() throws InterruptedException {
        Cancellation cancellation = new Cancellation();
        AtomicInteger answers = new AtomicInteger();
        Thread run = new Thread(() -> SparkCluster.of(spark)
                .run(
                        List.of(0, 1, 2, 3),
                        (number, worker) -> {
                            BEGUN.countDown();
                            while (!worker.isStopped()) {
                                Thread.sleep(10);
                            }
                            HEARD.countDown();
                            return new byte[0];
                        },
                        cancellation,
                        (number, answer) -> answers.incrementAndGet()));
        run.start();
        assertThat(BEGUN.await(60, TimeUnit.SECONDS)).isTrue();
        cancellation.cancel();
        run.join(60_000);
        assertThat(run.isAlive()).isFalse();
        assertThat(HEARD.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(answers).hasValue(0);
    }

    @Test
    void anInterruptionIsACancellation() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread run = new Thread(() -> {
            SparkCluster.of(spark)
                    .run(
                            List.of(0),
                            (number, worker) -> {
                                while (!worker.isStopped()) {
                                    Thread.sleep(10);
                                }
                                return new byte[0];
                            },
                            new Cancellation(),
                            (number, answer) -> {});
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        run.start();
        Thread.sleep(500);
        run.interrupt();
        run.join(60_000);
        assertThat(run.isAlive()).isFalse();
        assertThat(interrupted).isTrue();
    }

    @Test
    void whatAnswersThrowEndsTheRun() {
        assertThatThrownBy(() -> SparkCluster.of(spark)
                        .run(List.of(1, 2), (number, worker) -> new byte[1], new Cancellation(), (number, answer) -> {
                            throw new UncheckedIOException(new IOException("no room"));
                        }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no room");
    }

    @Test
    void itIsASparkThatTheServiceLoaderFinds() {
        assertThat(ServiceLoader.load(Cluster.Launcher.class))
                .anySatisfy(launcher -> assertThat(launcher.name()).isEqualTo("spark"));
    }
}
