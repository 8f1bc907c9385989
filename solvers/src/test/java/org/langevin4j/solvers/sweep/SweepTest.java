package org.langevin4j.solvers.sweep;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hipparchus.linear.MatrixUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.sde.OrnsteinUhlenbeckExact;

class SweepTest {

    private static final List<String> NORMAL = List.of("normal");

    private static double[] normal(SweepPoint point) {
        return new double[] {point.get("a") + NormalStream.of(point.seed()).at(0, 0, 0)};
    }

    private final Sweep sweep =
            Sweep.over("a", 1, 2, 5).and("b", -1, 0.1).replicas(2).seed(7);

    @Test
    void pointsAreThoseOfTheGridAndHaveSeedsOfTheirOwn() {
        List<SweepPoint> points = sweep.points();
        assertThat(points).hasSize(12);
        assertThat(points.get(0)).hasToString("a = 1.0, b = -1.0, replica 0");
        assertThat(points.get(3)).hasToString("a = 1.0, b = 0.1, replica 1");
        assertThat(points.get(11)).hasToString("a = 5.0, b = 0.1, replica 1");
        assertThat(new HashSet<>(points.stream().map(SweepPoint::seed).toList()))
                .hasSize(12);
        // Points that are added leave those that were there alone.
        assertThat(Sweep.over("a", 0, 5, 1).and("b", 3, -1).replicas(5).seed(7).points())
                .contains(points.get(0), points.get(1), points.get(8), points.get(9));
        assertThat(Sweep.at(List.of("a", "b"), new double[][] {{2, 0.1}})
                        .seed(7)
                        .points())
                .containsExactly(points.get(6));
        assertThat(Sweep.over("a", -0.0).seed(1).points())
                .isEqualTo(Sweep.over("a", 0.0).seed(1).points());
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        double[][] one = sweep.threads(1).run(NORMAL, SweepTest::normal).table();
        assertThat(sweep.threads(5).run(NORMAL, SweepTest::normal).table()).isDeepEqualTo(one);
        assertThat(one[4]).startsWith(2.0, -1.0, 0.0).hasSize(4);
    }

    /** Ornstein–Uhlenbeck, dx = −ax dt + √(2T) dW: the variance is T/a, and the spread of replicas its standard error. */
    @Test
    void ensemblesInASweep() {
        SweepResult result = Sweep.over("a", 0.5, 2.0)
                .and("T", 0.3, 1.0)
                .replicas(40)
                .seed(11)
                .threads(2)
                .run(List.of("variance"), point -> {
                    Sde sde = Sde.ito(
                            LinearField.of(MatrixUtils.createRealDiagonalMatrix(new double[] {-point.get("a")})),
                            Diffusion.isotropic(1, 1.0),
                            Temperature.of(point.get("T")));
                    RunningMoments x = Ensemble.of(sde)
                            .scheme(OrnsteinUhlenbeckExact.withStep(20.0))
                            .paths(500)
                            .until(20.0)
                            .seed(point.seed())
                            .threads(1)
                            .observe(Moments.of(1))
                            .run()
                            .get(Moments.of(1));
                    return new double[] {x.secondMoment(0, 0)};
                });
        Map<List<Double>, RunningMoments> variances = result.overReplicas("variance");
        assertThat(variances).hasSize(4);
        variances.forEach((values, moments) -> {
            double expected = values.get(1) / values.get(0);
            // Var of a mean of 500 squares of normals is 2σ⁴/500; of 40 of these, 1/40 of it.
            double error = expected * Math.sqrt(2.0 / 500 / 40);
            assertThat(moments.mean(0)).isCloseTo(expected, within(4 * error));
            assertThat(moments.standardError(0) / error).isBetween(0.5, 1.6);
        });
    }

    @Test
    void aKilledSweepGoesOnToTheSameFile(@TempDir Path folder) throws IOException {
        Path whole = folder.resolve("whole.csv");
        sweep.writingTo(whole).run(NORMAL, SweepTest::normal);
        List<String> lines = Files.readAllLines(whole);
        assertThat(lines).hasSize(13);
        assertThat(lines.get(0)).isEqualTo("a,b,replica,seed,normal");

        Path killed = folder.resolve("killed.csv");
        // Three lines in another order, and what a kill left of a fourth.
        Files.writeString(
                killed,
                lines.get(0) + "\n" + lines.get(7) + "\n" + lines.get(2) + "\n" + lines.get(12) + "\n"
                        + lines.get(5).substring(0, 9));
        AtomicInteger calls = new AtomicInteger();
        SweepResult result = sweep.writingTo(killed).run(NORMAL, point -> {
            calls.incrementAndGet();
            return normal(point);
        });
        assertThat(calls).hasValue(9);
        assertThat(result.isComplete()).isTrue();
        assertThat(killed).hasSameTextualContentAs(whole);

        SweepResult more = sweep.replicas(3).writingTo(killed).run(NORMAL, point -> {
            calls.incrementAndGet();
            return normal(point);
        });
        assertThat(calls).hasValue(9 + 6);
        assertThat(more.table())
                .isDeepEqualTo(sweep.replicas(3).run(NORMAL, SweepTest::normal).table());
    }

    @Test
    void aPointThatFailsIsToldAndTriedAgain(@TempDir Path folder) {
        Path file = folder.resolve("sweep.csv");
        SweepResult first = sweep.threads(3).writingTo(file).run(NORMAL, point -> {
            if (point.get("a") == 2.0 && point.replica() == 1) {
                throw new IOException("no luck at\nthis point");
            }
            return point.get("a") == 5.0 && point.get("b") < 0 ? new double[2] : normal(point);
        });
        assertThat(first.isComplete()).isFalse();
        assertThat(first.rows()).hasSize(8);
        assertThat(first.failures())
                .extracting(Object::toString)
                .containsExactly(
                        "a = 2.0, b = -1.0, replica 1: IOException: no luck at",
                        "a = 2.0, b = 0.1, replica 1: IOException: no luck at",
                        "a = 5.0, b = -1.0, replica 0: IllegalArgumentException: function must give 1 numbers as there are"
                                + " columns, got 2",
                        "a = 5.0, b = -1.0, replica 1: IllegalArgumentException: function must give 1 numbers as there are"
                                + " columns, got 2");
        assertThat(first.toString()).startsWith("8 of 12 points, 4 failed").contains("failed: a = 2.0, b = -1.0");
        SweepResult second = sweep.writingTo(file).run(NORMAL, SweepTest::normal);
        assertThat(second.table())
                .isDeepEqualTo(sweep.run(NORMAL, SweepTest::normal).table());
    }

    @Test
    void numbersComeBackToTheLastBit(@TempDir Path folder) {
        double[] odd = {Math.PI * 1e-300, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE};
        List<String> columns = List.of("p", "q", "r", "s", "t");
        Sweep one = Sweep.over("a", 1.0 / 3.0).seed(1).writingTo(folder.resolve("s.csv"));
        one.run(columns, point -> odd);
        SweepResult again = one.run(columns, point -> {
            throw new IllegalStateException("computed again");
        });
        assertThat(again.rows().get(0).values()).containsExactly(odd[0], odd[1], odd[2], odd[3], odd[4]);
        assertThat(again.rows().get(0).point().get("a")).isEqualTo(1.0 / 3.0);
    }

    @Test
    void filesOfOthersAreRefusedAndLeftAlone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sweep.csv");
        sweep.writingTo(file).run(NORMAL, SweepTest::normal);
        String before = Files.readString(file);
        assertThatThrownBy(() -> sweep.seed(8).writingTo(file).run(NORMAL, SweepTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds 12 of 12 points that are not in this sweep");
        assertThatThrownBy(() -> sweep.replicas(1).writingTo(file).run(NORMAL, SweepTest::normal))
                .hasMessageContaining("holds 6 of 12 points");
        assertThatThrownBy(() -> sweep.writingTo(file).run(List.of("other"), SweepTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 1");
        assertThat(file).hasContent(before);
        Files.writeString(file, before.replaceFirst("2.0,0.1,0,", "2.0;0.1;0;") + "torn");
        String torn = Files.readString(file);
        assertThatThrownBy(() -> sweep.writingTo(file).run(NORMAL, SweepTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 8: it must have 5 fields");
        assertThat(file).hasContent(torn);
        Files.write(file, before.replace("normal", "nörmal").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> sweep.writingTo(file).run(NORMAL, SweepTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UTF-8");
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> sweep.writingTo(folder.resolve("no/such/folder.csv"))
                        .run(NORMAL, point -> {
                            calls.incrementAndGet();
                            return normal(point);
                        }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be written");
        assertThat(calls).hasValue(0);
    }

    @Test
    void anInterruptionKeepsWhatIsDone() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<@Nullable SweepResult> result = new AtomicReference<>();
        Thread caller = new Thread(() -> result.set(sweep.threads(1).run(NORMAL, point -> {
            begun.countDown();
            goOn.await();
            return normal(point);
        })));
        caller.start();
        begun.await();
        caller.interrupt();
        // Time for the caller to hear it, while the first point is held.
        Thread.sleep(300);
        goOn.countDown();
        caller.join();
        SweepResult some = requireNonNull(result.get());
        assertThat(some.isComplete()).isFalse();
        assertThat(some.rows()).hasSize(1);
        assertThat(some.failures()).isEmpty();
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> Sweep.over("a")).hasMessageContaining("points must number at least 1");
        assertThatThrownBy(() -> Sweep.over("a", 1, 1)).hasMessageContaining("twice");
        assertThatThrownBy(() -> Sweep.over("a", Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> Sweep.over("a,b", 1)).hasMessageContaining("commas");
        assertThatThrownBy(() -> Sweep.over("seed", 1)).hasMessageContaining("\"seed\"");
        assertThatThrownBy(() -> Sweep.over("a", 1).and("a", 2)).hasMessageContaining("names must differ");
        assertThatThrownBy(() -> sweep.replicas(0)).hasMessageContaining("replicas must be positive, got 0");
        assertThatThrownBy(() -> sweep.run(List.of(), SweepTest::normal)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> sweep.run(List.of("a"), SweepTest::normal)).hasMessageContaining("differ");
        assertThatThrownBy(() -> Sweep.at(List.of("a", "b"), new double[][] {{1}}))
                .hasMessageContaining("must have 2 values");
        assertThatThrownBy(() -> sweep.points().get(0).get("c")).hasMessage("parameter must be one of [a, b], got c");
        assertThatThrownBy(() -> sweep.run(NORMAL, SweepTest::normal).column("x"))
                .hasMessage("column must be one of [normal], got x");
    }
}
