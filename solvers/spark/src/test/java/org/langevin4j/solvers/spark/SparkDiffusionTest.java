package org.langevin4j.solvers.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.file.NpyWriter;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.FileGradients;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.PerSampleGradients;
import org.langevin4j.models.network.SampleReduction;
import org.langevin4j.models.network.Sampling;
import org.langevin4j.models.network.SketchedDiffusion;

class SparkDiffusionTest {

    private static final int SAMPLES = 1_900;

    private static final AtomicInteger TASKS = new AtomicInteger();

    private static SparkSession spark;

    @TempDir
    static Path folder;

    /** Tasks that fail are tried four times, as on a cluster. */
    @BeforeAll
    static void start() {
        spark = LocalSpark.session("local[2,4]");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static double[][] random(int n, int d) {
        Random random = new Random(17);
        double[][] rows = new double[n][d];
        for (double[] row : rows) {
            Arrays.setAll(row, i -> 3.0 + random.nextGaussian() / (1 + i));
        }
        return rows;
    }

    private static String npy(String name, double[][] rows) throws IOException {
        Path file = folder.resolve(name);
        try (NpyWriter writer = NpyWriter.doubles(file, rows[0].length)) {
            writer.write(rows, rows.length);
        }
        return file.toString();
    }

    private static void assertSameBits(MeasuredDiffusion found, MeasuredDiffusion expected) {
        assertThat(found.samples()).isEqualTo(expected.samples());
        assertThat(found.meanGradient()).isEqualTo(expected.meanGradient());
        assertThat(found.toMatrix()).isEqualTo(expected.toMatrix());
    }

    private static void assertSameBits(SketchedDiffusion found, SketchedDiffusion expected) {
        assertThat(found.trace()).isEqualTo(expected.trace());
        assertThat(found.meanGradient()).isEqualTo(expected.meanGradient());
        assertThat(found.error()).isEqualTo(expected.error()).isPositive();
        assertThat(found.rounding()).isEqualTo(expected.rounding());
        assertThat(found.rank()).isEqualTo(expected.rank()).isPositive();
        assertThat(found.leadingEigenpairs(found.rank()).vectors())
                .isEqualTo(expected.leadingEigenpairs(found.rank()).vectors());
        assertThat(found.leadingEigenpairs(found.rank()).values())
                .isEqualTo(expected.leadingEigenpairs(found.rank()).values());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void theBitsAreThoseOfOneMachine(int partitions) throws IOException {
        String file = npy("g-" + partitions + ".npy", random(SAMPLES, 20));
        PerSampleGradients here = FileGradients.open(file);
        MeasuredDiffusion found = SparkDiffusion.of(() -> FileGradients.open(file))
                .partitions(partitions)
                .run(spark);
        assertSameBits(found, SampleReduction.exact(Sampling.WITH_REPLACEMENT).run(here));
        assertThat(found.relativeDistance(MeasuredDiffusion.from(here))).isLessThan(1e-13);

        SketchedDiffusion sketch = SparkDiffusion.of(() -> FileGradients.open(file))
                .partitions(partitions)
                .sampling(Sampling.WITHOUT_REPLACEMENT)
                .sketch(8)
                .run(spark);
        assertSameBits(
                sketch, SampleReduction.sketch(8, Sampling.WITHOUT_REPLACEMENT).run(here));
        double[] values = found.spectrum().eigenvalues();
        double factor = SAMPLES / (SAMPLES - 1.0);
        for (int i = 0; i < values.length; i++) {
            assertThat(factor * values[i]).isBetween(sketch.lowest(i), sketch.highest(i));
        }
    }

    @Test
    void aFileOfSafetensors() throws IOException {
        double[][] rows = random(300, 7);
        int bytes = 8 * 300 * 7;
        byte[] header = ("{\"gradients\":{\"dtype\":\"F64\",\"shape\":[300,7],\"data_offsets\":[0," + bytes + "]}}")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer content = ByteBuffer.allocate(8 + header.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(header.length).put(header);
        for (double[] row : rows) {
            Arrays.stream(row).forEach(content::putDouble);
        }
        String file =
                Files.write(folder.resolve("g.safetensors"), content.array()).toString();
        assertSameBits(
                SparkDiffusion.of(() -> FileGradients.open(file)).partitions(2).run(spark),
                SampleReduction.exact(Sampling.WITH_REPLACEMENT).run(PerSampleGradients.of(rows)));
    }

    /** Digits of seven lines by seven, made of names and numbers alone. */
    private static PerSampleGradients digits() {
        Random random = new Random(3);
        double[][] inputs = new double[1_100][49];
        int[] labels = new int[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            int digit = k % 10;
            labels[k] = digit;
            Arrays.setAll(inputs[k], i -> (i * (digit + 3)) % 7 < 3 ? 1.0 : 0.2 * random.nextGaussian());
        }
        return Network.initialised(Architectures.fullyConnected("narrow", 49, new int[] {6}, 10), Seed.of(5))
                .perSampleGradients(DataSet.of(inputs, labels, 10));
    }

    @Test
    void aNetworkThatIsMadeInEachTask() {
        MeasuredDiffusion found =
                SparkDiffusion.of(SparkDiffusionTest::digits).partitions(3).run(spark);
        assertSameBits(found, SampleReduction.exact(Sampling.WITH_REPLACEMENT).run(digits()));
        assertThat(found.relativeDistance(MeasuredDiffusion.from(digits()))).isLessThan(1e-13);
        assertSameBits(
                SparkDiffusion.of(SparkDiffusionTest::digits)
                        .sketch(12)
                        .partitions(2)
                        .run(spark),
                SampleReduction.sketch(12, Sampling.WITH_REPLACEMENT).run(digits()));
    }

    /** The first of them, in however many partitions; each task is tried once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void entriesThatAreNotFiniteAreTold(int partitions) throws IOException {
        String file = npy("bad-" + partitions + ".npy", random(2_000, 5));
        put(file, 5 * 1_999, Double.NaN);
        put(file, 5 * 1_203 + 4, Double.POSITIVE_INFINITY);
        TASKS.set(0);
        assertThatThrownBy(() -> SparkDiffusion.of(() -> counted(FileGradients.open(file)))
                        .partitions(partitions)
                        .run(spark))
                .isInstanceOf(GradientsFailedException.class)
                .hasMessageContaining("bad-" + partitions + ".npy: has the entry Infinity in row 1203, column 4");
        assertThat(TASKS).hasValue(partitions);
        assertThatThrownBy(() -> SparkDiffusion.of(() -> infiniteAt(1_203))
                        .partitions(partitions)
                        .sketch(4)
                        .run(spark))
                .isInstanceOf(GradientsFailedException.class)
                .hasMessage("gradients must be finite, got [1203][1] = Infinity");
        put(file, 2, Double.NaN);
        assertThatThrownBy(
                        () -> SparkDiffusion.of(() -> FileGradients.open(file)).run(spark))
                .isInstanceOf(GradientsFailedException.class)
                .hasMessageContaining("row 0, column 2");
    }

    /** What no writer of this project writes. */
    private static void put(String file, int number, double value) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, value), 128 + 8L * number);
        }
    }

    private static PerSampleGradients counted(PerSampleGradients gradients) {
        if (TaskContext.get() != null) {
            TASKS.incrementAndGet();
        }
        return gradients;
    }

    private static PerSampleGradients infiniteAt(int sample) {
        double[][] rows = random(2_000, 5);
        rows[sample][1] = Double.POSITIVE_INFINITY;
        return PerSampleGradients.of(rows);
    }

    /** What may pass, here on every second try, is tried again, and leaves no trace. */
    @Test
    void faultsThatPassChangeNothing() {
        TASKS.set(0);
        MeasuredDiffusion found = SparkDiffusion.of(() -> {
                    PerSampleGradients gradients = counted(PerSampleGradients.of(random(2_000, 5)));
                    if (TASKS.get() % 2 == 1) {
                        throw new IOException("the disk is gone");
                    }
                    return gradients;
                })
                .partitions(1)
                .run(spark);
        assertThat(TASKS).hasValue(2);
        assertSameBits(
                found, SampleReduction.exact(Sampling.WITH_REPLACEMENT).run(PerSampleGradients.of(random(2_000, 5))));
    }

    @Test
    void otherGradientsOnExecutorsAreRefused() {
        assertThatThrownBy(() -> SparkDiffusion.of(
                                () -> PerSampleGradients.of(random(TaskContext.get() == null ? 900 : 901, 5)))
                        .run(spark))
                .isInstanceOf(GradientsFailedException.class)
                .hasMessage("source must give the same gradients everywhere, got 900×5 on the driver and 901×5 on an"
                        + " executor");
        assertThatThrownBy(() -> SparkDiffusion.of(() -> FileGradients.open(
                                TaskContext.get() == null ? npy("here.npy", random(9, 2)) : "nowhere.npy"))
                        .run(spark))
                .isInstanceOf(GradientsFailedException.class)
                .hasMessage("nowhere.npy: does not exist");
    }

    @Test
    void whatCannotBeShippedSaysWhy() {
        PerSampleGradients held = PerSampleGradients.of(random(9, 2));
        assertThatThrownBy(() -> SparkDiffusion.of(() -> held).run(spark))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("captures an object of ");
        assertThatThrownBy(() -> SparkDiffusion.of(() -> held).partitions(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SparkDiffusion.of(() -> held).sketch(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
