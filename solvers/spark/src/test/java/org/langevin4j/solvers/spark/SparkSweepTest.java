package org.langevin4j.solvers.spark;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.solvers.sweep.Sweep;
import org.langevin4j.solvers.sweep.SweepFunction;
import org.langevin4j.solvers.sweep.SweepPoint;
import org.langevin4j.solvers.sweep.SweepResult;

class SparkSweepTest {

    private static final List<String> NORMAL = List.of("normal");

    /** Tasks of a local session are threads of this machine, and share its static fields. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    private static CountDownLatch begun = new CountDownLatch(0);

    private static SparkSession spark;

    private final Sweep sweep =
            Sweep.over("a", 1, 2, 5).and("beta", -1, 0.1).replicas(2).seed(7);

    /** Two threads; a task that is lost is tried three times more. */
    @BeforeAll
    static void start() {
        spark = LocalSpark.session("local[2,4]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void reset() {
        CALLS.set(0);
    }

    private static double[] normal(SweepPoint point) {
        CALLS.incrementAndGet();
        return new double[] {point.get("a") + NormalStream.of(point.seed()).at(0, 0, 0)};
    }

    /** A failure at two of the points. */
    private static double[] failing(SweepPoint point) throws IOException {
        if (point.get("a") == 2.0 && point.replica() == 1) {
            throw new IOException("no luck at\nthis point");
        }
        return normal(point);
    }

    private SparkSweep writing(Path folder) {
        return SparkSweep.of(sweep).writingTo(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void theBitsAreThoseOfOneMachine(int pointsPerTask) {
        double shift = 0.25;
        SweepFunction function = point -> new double[] {normal(point)[0] + shift, point.replica()};
        SweepResult here = sweep.run(List.of("n", "r"), function);
        SweepResult there = SparkSweep.of(sweep)
                .pointsPerTask(pointsPerTask)
                .run(spark, List.of("n", "r"), function)
                .result();
        assertThat(there.rows()).isEqualTo(here.rows()).hasSize(12);
        assertThat(there.columns()).isEqualTo(here.columns());
        assertThat(there.isComplete()).isTrue();
    }

    @Test
    void columnsAreTypedAndOfUseInSql(@TempDir Path temporary) {
        Path folder = temporary.resolve("sweep");
        Dataset<Row> rows =
                writing(folder).run(spark, NORMAL, SparkSweepTest::normal).rows();
        assertThat(rows.schema().fields())
                .extracting(StructField::name, StructField::dataType, StructField::nullable)
                .containsExactly(
                        tuple("a", DataTypes.DoubleType, false),
                        tuple("beta", DataTypes.DoubleType, false),
                        tuple("replica", DataTypes.IntegerType, false),
                        tuple("seed", DataTypes.LongType, false),
                        tuple("normal", DataTypes.DoubleType, false));
        Dataset<Row> read = spark.read().parquet(folder.toString());
        assertThat(read.schema()).isEqualTo(rows.schema().asNullable());
        assertThat(read.collectAsList()).isEqualTo(rows.collectAsList());

        SweepResult here = sweep.run(NORMAL, SparkSweepTest::normal);
        for (Row row : read.groupBy("beta").agg(functions.avg("normal")).collectAsList()) {
            double mean = here.rows().stream()
                    .filter(one -> one.point().get("beta") == row.getDouble(0))
                    .mapToDouble(one -> one.values().get(0))
                    .average()
                    .orElseThrow();
            assertThat(row.getDouble(1)).isCloseTo(mean, within(1e-12));
        }
        read.createOrReplaceTempView("sweep");
        assertThat(spark.sql("select count(*), count(distinct seed) from sweep where a > 1 and replica = 0")
                        .collectAsList()
                        .get(0)
                        .toString())
                .isEqualTo("[4,4]");
    }

    @Test
    void aPointThatFailsIsToldAndTriedAgain(@TempDir Path folder) {
        SparkSweepResult first = writing(folder).pointsPerTask(5).run(spark, NORMAL, SparkSweepTest::failing);
        assertThat(first.failures())
                .isEqualTo(sweep.run(NORMAL, SparkSweepTest::failing).failures())
                .extracting(Object::toString)
                .containsExactly(
                        "a = 2.0, beta = -1.0, replica 1: IOException: no luck at",
                        "a = 2.0, beta = 0.1, replica 1: IOException: no luck at");
        assertThat(first.result().isComplete()).isFalse();
        assertThat(first).hasToString(first.result().toString());
        assertThat(first.rows().count()).isEqualTo(10);
        assertThat(spark.read().parquet(folder.toString()).count()).isEqualTo(10);
        CALLS.set(0);
        SparkSweepResult second = writing(folder).run(spark, NORMAL, SparkSweepTest::normal);
        assertThat(CALLS).hasValue(2);
        assertThat(second.failures()).isEmpty();
        assertThat(second.result().rows())
                .isEqualTo(sweep.run(NORMAL, SparkSweepTest::normal).rows());
    }

    @Test
    void aSweepOfWhichNothingIsLeftButFailures(@TempDir Path folder) throws IOException {
        for (int i = 0; i < 2; i++) {
            SparkSweepResult result = writing(folder).run(spark, List.of("x", "y"), SparkSweepTest::normal);
            assertThat(result.rows().count()).isZero();
            assertThat(result.failures())
                    .hasSize(12)
                    .allMatch(failure -> failure.message()
                            .equals("IllegalArgumentException: function must give 2 numbers as there are"
                                    + " columns, got 1"));
        }
        assertThat(CALLS).hasValue(24);
        assertThat(SparkSweepFolderTest.visible(folder)).isEmpty();
    }

    @Test
    void whatCannotBeShippedSaysWhy() {
        Object lock = new Object();
        assertThatThrownBy(() -> SparkSweep.of(sweep).run(spark, NORMAL, point -> {
                    synchronized (lock) {
                        return normal(point);
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "function must hold nothing but what can be sent to other machines; it captures an object of"
                                + " java.lang.Object: capture names and numbers, and build the rest inside of it");
        assertThat(CALLS).hasValue(0);
    }

    @Test
    void anErrorOfTheMachineIsTriedAgain() {
        SweepResult result = SparkSweep.of(sweep)
                .run(spark, NORMAL, point -> {
                    double[] values = normal(point);
                    if (CALLS.get() == 3) {
                        throw new Error("a bad moment");
                    }
                    return values;
                })
                .result();
        assertThat(CALLS).hasValueBetween(13, 14);
        assertThat(result.rows())
                .isEqualTo(sweep.run(NORMAL, SparkSweepTest::normal).rows());
    }

    /** Spark tries a task four times here. */
    @Test
    void aPointThatSparkGivesUpIsAFailureOfThatPoint(@TempDir Path folder) {
        SparkSweepResult result = writing(folder).run(spark, NORMAL, point -> {
            double[] values = normal(point);
            if (point.get("a") == 1.0 && point.replica() == 1) {
                throw new Error("always");
            }
            return values;
        });
        assertThat(result.failures())
                .extracting(Object::toString)
                .containsExactly(
                        "a = 1.0, beta = -1.0, replica 1: Error: always",
                        "a = 1.0, beta = 0.1, replica 1: Error: always");
        assertThat(result.rows().count()).isEqualTo(10);
        CALLS.set(0);
        assertThat(writing(folder)
                        .run(spark, NORMAL, SparkSweepTest::normal)
                        .rows()
                        .count())
                .isEqualTo(12);
        assertThat(CALLS).hasValue(2);
    }

    /** It can be sent, but not be received. */
    private static final class Unreadable implements SweepFunction {

        private static final long serialVersionUID = 1L;

        @Override
        public double[] at(SweepPoint point) {
            return normal(point);
        }

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("not on this machine, of " + in.available() + " bytes");
        }
    }

    @Test
    void whatFailsOutsideOfThePointsEndsTheSweep(@TempDir Path folder) {
        writing(folder).run(spark, NORMAL, SparkSweepTest::failing);
        assertThatThrownBy(() -> writing(folder).run(spark, NORMAL, new Unreadable()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Spark gave up the sweep at 10 finished points: ")
                .hasMessageContaining("not on this machine");
    }

    @Test
    void anInterruptionKeepsWhatIsDone(@TempDir Path folder) throws InterruptedException {
        begun = new CountDownLatch(2);
        AtomicReference<@Nullable SweepResult> result = new AtomicReference<>();
        AtomicInteger status = new AtomicInteger();
        Thread caller = new Thread(() -> {
            result.set(writing(folder)
                    .run(spark, NORMAL, point -> {
                        if (point.get("a") > 1.0) {
                            begun.countDown();
                            Thread.sleep(1_000_000);
                        }
                        return normal(point);
                    })
                    .result());
            status.set(Thread.currentThread().isInterrupted() ? 1 : 2);
        });
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join(20_000);
        SweepResult some = requireNonNull(result.get());
        assertThat(status).hasValue(1);
        assertThat(some.rows()).hasSize(4);
        assertThat(some.failures()).isEmpty();
        assertThat(spark.read().parquet(folder.toString()).count()).isEqualTo(4);
        // The processors are free again.
        assertThat(writing(folder)
                        .run(spark, NORMAL, SparkSweepTest::normal)
                        .rows()
                        .count())
                .isEqualTo(12);
    }

    @Test
    void tasksAreBounded() {
        assertThat(SweepJob.tasks(1, 0)).isEqualTo(1);
        assertThat(SweepJob.tasks(10_000, 0)).isEqualTo(10_000);
        assertThat(SweepJob.tasks(10_001, 0)).isEqualTo(5_001);
        assertThat(SweepJob.tasks(100_000, 0)).isEqualTo(10_000);
        assertThat(SweepJob.tasks(100_000, 99_999)).isEqualTo(2);
    }

    @Test
    void badArgumentsAreRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> SparkSweep.of(sweep.writingTo(folder.resolve("sweep.csv"))))
                .hasMessageContaining("must not write to a file");
        assertThatThrownBy(() -> SparkSweep.of(sweep).pointsPerTask(0)).hasMessageContaining("positive, got 0");
        assertThatThrownBy(() -> SparkSweep.of(sweep).savingEvery(Duration.ZERO))
                .hasMessageContaining("got PT0S");
        assertThatThrownBy(() -> SparkSweep.of(sweep).run(spark, List.of("a"), SparkSweepTest::normal))
                .hasMessageContaining("differ from each other and from the parameters");
        assertThatThrownBy(() -> SparkSweep.of(sweep).run(spark, List.of("Beta"), SparkSweepTest::normal))
                .hasMessageContaining("names must differ in more than case");
        assertThat(SparkSweep.of(sweep).writingTo("/x"))
                .hasToString("sweep over [a, beta], 6 points, 2 replicas for Spark, written to /x");
    }
}
