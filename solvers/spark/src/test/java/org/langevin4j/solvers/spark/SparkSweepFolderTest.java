package org.langevin4j.solvers.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.solvers.sweep.Sweep;
import org.langevin4j.solvers.sweep.SweepPoint;
import org.langevin4j.solvers.sweep.SweepResult;

/** What a folder of a sweep holds, and what it takes. */
class SparkSweepFolderTest {

    private static final List<String> NORMAL = List.of("normal");

    /** Tasks of a local session are threads of this machine, and share its static fields. */
    private static final AtomicInteger CALLS = new AtomicInteger();

    private static SparkSession spark;

    private final Sweep sweep =
            Sweep.over("a", 1, 2, 5).and("beta", -1, 0.1).replicas(2).seed(7);

    @BeforeAll
    static void start() {
        spark = LocalSpark.session("local[2]");
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

    private SparkSweep writing(Path folder) {
        return SparkSweep.of(sweep).writingTo(folder.toString());
    }

    static List<String> visible(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
                    .toList();
        }
    }

    @Test
    void finishedPointsAreNotComputedAgain(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("new/[deep] folder");
        SparkSweep first = SparkSweep.of(sweep).writingTo(folder.toString());
        first.run(spark, NORMAL, SparkSweepFolderTest::normal);
        assertThat(CALLS).hasValue(12);
        first.run(spark, NORMAL, SparkSweepFolderTest::normal);
        assertThat(CALLS).hasValue(12);
        Sweep more = sweep.replicas(3).and("c", 0.5);
        assertThatThrownBy(() -> SparkSweep.of(more)
                        .writingTo(folder.toString())
                        .run(spark, NORMAL, SparkSweepFolderTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have the columns [a: DOUBLE, beta: DOUBLE, c: DOUBLE, replica: INT32");
        SweepResult added = SparkSweep.of(sweep.replicas(3))
                .writingTo(folder.toString())
                .run(spark, NORMAL, SparkSweepFolderTest::normal)
                .result();
        assertThat(CALLS).hasValue(12 + 6);
        assertThat(added.rows())
                .isEqualTo(sweep.replicas(3)
                        .run(NORMAL, SparkSweepFolderTest::normal)
                        .rows());
        assertThat(visible(folder)).hasSize(1);
    }

    @Test
    void numbersComeBackToTheLastBit(@TempDir Path folder) {
        List<String> columns = List.of("E[x²]", "a.b", "`q` (1)", "s", "t");
        Sweep one = Sweep.over("λ = 1; x", 1.0 / 3.0, Double.POSITIVE_INFINITY).seed(-1);
        SparkSweep written = SparkSweep.of(one).writingTo(folder.toString());
        written.run(spark, columns, point ->
                new double[] {Math.PI * 1e-300, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE});
        SparkSweepResult again = written.run(spark, columns, point -> {
            throw new IllegalStateException("computed again");
        });
        assertThat(again.failures()).isEmpty();
        assertThat(again.result().rows())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.values())
                        .isEqualTo(List.of(
                                Math.PI * 1e-300, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE)));
        List<Row> read = spark.read().parquet(folder.toString()).collectAsList();
        assertThat(read).isEqualTo(again.rows().collectAsList());
        assertThat(Double.doubleToLongBits(read.get(0).getDouble(6))).isEqualTo(Long.MIN_VALUE);
        assertThat(read.get(0).getDouble(0)).isEqualTo(1.0 / 3.0);
    }

    @Test
    void foldersOfOthersAreRefusedAndLeftAlone(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("sweep");
        writing(folder).run(spark, NORMAL, SparkSweepFolderTest::normal);
        CALLS.set(0);
        List<String> before = visible(folder);
        assertThatThrownBy(() -> SparkSweep.of(sweep.seed(8))
                        .writingTo(folder.toString())
                        .run(spark, NORMAL, SparkSweepFolderTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sweep folder " + folder + " holds 12 of 12 points that are not in this sweep");
        assertThatThrownBy(() -> SparkSweep.of(sweep.replicas(1))
                        .writingTo(folder.toString())
                        .run(spark, NORMAL, SparkSweepFolderTest::normal))
                .hasMessageContaining("holds 6 of 12 points");
        assertThatThrownBy(() -> writing(folder).run(spark, List.of("other"), SparkSweepFolderTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have the columns")
                .hasMessageContaining("other: DOUBLE], got")
                .hasMessageContaining("normal: DOUBLE]");
        assertThat(visible(folder)).isEqualTo(before);

        Path dates = temporary.resolve("dates");
        spark.read()
                .parquet(folder.toString())
                .withColumn("normal", functions.current_timestamp())
                .write()
                .parquet(dates.toString());
        assertThatThrownBy(() -> writing(dates).run(spark, NORMAL, SparkSweepFolderTest::normal))
                .hasMessageContaining("must have the columns");
        Path nulls = temporary.resolve("nulls");
        spark.read()
                .parquet(folder.toString())
                .withColumn("normal", functions.lit(null).cast("double"))
                .write()
                .parquet(nulls.toString());
        assertThatThrownBy(() -> writing(nulls).run(spark, NORMAL, SparkSweepFolderTest::normal))
                .hasMessageContaining("has a row without normal");
        Files.writeString(folder.resolve("notes.txt"), "what I did");
        assertThatThrownBy(() -> writing(folder).run(spark, NORMAL, SparkSweepFolderTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file notes.txt, cannot be read");
        Files.delete(folder.resolve("notes.txt"));
        Files.createDirectory(folder.resolve("a=1"));
        assertThatThrownBy(() -> writing(folder).run(spark, NORMAL, SparkSweepFolderTest::normal))
                .hasMessageContaining("holds a folder a=1");
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> writing(file).run(spark, NORMAL, SparkSweepFolderTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> writing(file.resolve("below")).run(spark, NORMAL, SparkSweepFolderTest::normal))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(CALLS).hasValue(0);
    }

    /**
     * What Spark and a killed driver leave of a file that was not whole, a point twice, and files that Spark has
     * copied.
     */
    @Test
    void halvesAndDoublesDoNoHarm(@TempDir Path temporary) throws IOException {
        Path whole = temporary.resolve("whole");
        writing(whole).run(spark, NORMAL, SparkSweepFolderTest::normal);
        Path folder = temporary.resolve("sweep");
        Dataset<Row> some = spark.read().parquet(whole.toString()).where("a < 3");
        some.repartition(3).write().parquet(folder.toString());
        some.where("a = 2").write().mode("append").parquet(folder.toString());
        Files.createDirectories(folder.resolve("_temporary/0/_temporary/attempt_1"));
        Files.writeString(folder.resolve("_temporary/0/_temporary/attempt_1/part-0.parquet"), "PAR1");
        Files.writeString(folder.resolve("_half"), "PAR1");
        assertThat(spark.read().parquet(folder.toString()).count()).isEqualTo(12);
        CALLS.set(0);
        SparkSweepResult result = writing(folder).run(spark, NORMAL, SparkSweepFolderTest::normal);
        assertThat(CALLS).hasValue(4);
        assertThat(result.rows().collectAsList())
                .isEqualTo(spark.read().parquet(whole.toString()).collectAsList());
        assertThat(visible(folder)).hasSize(1);
        assertThat(spark.read().parquet(folder.toString()).collectAsList())
                .isEqualTo(result.rows().collectAsList());

        // Nothing is left to compute, and yet a point is there twice.
        some.write().mode("append").parquet(folder.toString());
        assertThat(writing(folder)
                        .run(spark, NORMAL, SparkSweepFolderTest::normal)
                        .rows()
                        .count())
                .isEqualTo(12);
        assertThat(CALLS).hasValue(4);
        assertThat(spark.read().parquet(folder.toString()).count()).isEqualTo(12);

        some.withColumn("normal", some.col("normal").plus(1.0))
                .write()
                .mode("append")
                .parquet(folder.toString());
        assertThatThrownBy(() -> writing(folder).run(spark, NORMAL, SparkSweepFolderTest::normal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds two rows of seed ");
    }

    /** The other has computed half of the points when this one ends, and this one has written the others meanwhile. */
    @Test
    void twoDriversLeaveEachPointOnce(@TempDir Path temporary) throws IOException {
        String place = temporary.resolve("sweep").toString();
        SweepResult result = writing(Path.of(place))
                .savingEvery(Duration.ofMillis(1))
                .run(spark, NORMAL, point -> {
                    if (point.get("a") == 5.0 && point.get("beta") > 0 && point.replica() == 1) {
                        SparkSweep.of(Sweep.over("a", 1, 2)
                                        .and("beta", -1, 0.1)
                                        .replicas(2)
                                        .seed(7))
                                .writingTo(place + ".other")
                                .run(spark, NORMAL, SparkSweepFolderTest::normal);
                        try (Stream<Path> files = Files.list(Path.of(place + ".other"))) {
                            for (Path file : files.toList()) {
                                Files.copy(file, Path.of(place).resolve(file.getFileName()));
                            }
                        }
                    }
                    return normal(point);
                })
                .result();
        assertThat(result.rows())
                .isEqualTo(sweep.run(NORMAL, SparkSweepFolderTest::normal).rows());
        assertThat(visible(Path.of(place))).hasSize(1);
        assertThat(spark.read().parquet(place).count()).isEqualTo(12);
    }

    /** While the last point is computed the others are in the folder already. */
    @Test
    void pointsAreWrittenWhileOthersAreComputed(@TempDir Path folder) {
        String place = folder.toString();
        SparkSweepResult result = writing(folder)
                .savingEvery(Duration.ofMillis(20))
                .run(spark, List.of("there"), point -> {
                    boolean last = point.get("a") == 5.0 && point.get("beta") > 0 && point.replica() == 1;
                    for (int i = 0; last && i < 1000 && visible(Path.of(place)).isEmpty(); i++) {
                        Thread.sleep(20);
                    }
                    return new double[] {last ? visible(Path.of(place)).size() : 0};
                });
        assertThat(result.result().rows().get(11).values().get(0)).isPositive();
    }

    /** Hours of computing that cannot be kept are not computed. */
    @Test
    void aFolderThatIsLostEndsTheSweep(@TempDir Path temporary) {
        String place = temporary.resolve("sweep").toString();
        assertThatThrownBy(() -> writing(Path.of(place))
                        .savingEvery(Duration.ofMillis(20))
                        .run(spark, NORMAL, point -> {
                            if (point.get("a") == 5.0) {
                                Thread.sleep(1_000_000);
                            }
                            Files.deleteIfExists(Path.of(place));
                            Files.writeString(Path.of(place), "in the way");
                            return normal(point);
                        }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("sweep folder " + place + " cannot be read or written");
    }

    @Test
    void manyPoints(@TempDir Path folder) {
        SparkSweep many = SparkSweep.of(Sweep.over(
                                "a", IntStream.range(0, 50_000).asDoubleStream().toArray())
                        .replicas(2)
                        .seed(3))
                .pointsPerTask(20_000)
                .writingTo(folder.toString());
        many.run(spark, NORMAL, SparkSweepFolderTest::normal);
        SparkSweepResult again = many.run(spark, NORMAL, SparkSweepFolderTest::normal);
        assertThat(CALLS).hasValue(100_000);
        assertThat(again.result().isComplete()).isTrue();
        assertThat(spark.read().parquet(folder.toString()).count()).isEqualTo(100_000);
    }
}
