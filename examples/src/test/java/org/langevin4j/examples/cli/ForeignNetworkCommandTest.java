package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NpyWriter;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.ForeignNetwork;
import org.langevin4j.models.network.Layer;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.PerSampleGradients;
import org.langevin4j.models.network.Shape;

/** {@code gradients --torchscript} with a format of the test's own in place of TorchScript. */
class ForeignNetworkCommandTest {

    private static final int SAMPLES = 5;
    private static final int FEATURES = 4;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** A dense layer of this project's, whose weights are a file of numbers. */
    public static final class Stored implements ForeignNetwork.Format {

        private static final Architecture LAYERS = Architecture.of(new Shape(FEATURES, 1, 1), new Layer.Dense(3));

        private static final List<int[]> SHAPES = new ArrayList<>();

        /** For {@link java.util.ServiceLoader}. */
        public Stored() {}

        @Override
        public String name() {
            return "TorchScript";
        }

        @Override
        public ForeignNetwork read(Path file, int... inputShape) throws IOException {
            SHAPES.add(inputShape);
            Network network =
                    Network.of(LAYERS, ArrayFile.open(file).only().read().values());
            return new ForeignNetwork() {
                @Override
                public List<Parameter> parameters() {
                    return List.of(new Parameter("weight", List.of(3, FEATURES)), new Parameter("bias", List.of(3)));
                }

                @Override
                public Network.Score score(DataSet data) {
                    return network.score(withThreeClasses(data));
                }

                @Override
                public PerSampleGradients perSampleGradients(DataSet data) {
                    return network.perSampleGradients(withThreeClasses(data));
                }
            };
        }

        private static DataSet withThreeClasses(DataSet data) {
            return DataSet.of(data.inputs(), data.labels(), 3);
        }
    }

    @BeforeEach
    void files() throws IOException {
        Random random = new Random(3);
        write("network", random.doubles(3 * (FEATURES + 1), -1, 1).toArray());
        write("x", random.doubles(SAMPLES * FEATURES, -1, 1).toArray(), FEATURES);
        write("y", new double[] {0, 1, 1, 0, 1}, 1);
        Stored.SHAPES.clear();
    }

    private void write(String name, double[] values) throws IOException {
        write(name, values, values.length);
    }

    private void write(String name, double[] values, int columns) throws IOException {
        double[][] rows = new double[values.length / columns][];
        Arrays.setAll(rows, n -> Arrays.copyOfRange(values, n * columns, (n + 1) * columns));
        try (NpyWriter writer = NpyWriter.doubles(file(name), columns)) {
            writer.write(rows, rows.length);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".npy");
    }

    private int gradients(String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> args = new ArrayList<>(List.of(
                "gradients",
                "--torchscript",
                file("network").toString(),
                "--inputs",
                file("x").toString(),
                "--labels",
                file("y").toString(),
                "--out",
                file("g").toString()));
        args.addAll(List.of(more));
        return Langevin4j.commandLine(List.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args.toArray(String[]::new));
    }

    @Test
    void writesWhatTheNetworkGives() throws IOException {
        assertThat(gradients("--precision", "DOUBLE")).isZero();
        assertThat(out.toString()).contains("gradients  5 × 15").contains("weights    weight 3×4, bias 3");
        Network network = Network.of(
                Stored.LAYERS, ArrayFile.open(file("network")).only().read().values());
        DataSet data = DataSet.of(ArrayFile.open(file("x")).only().read().toRows(), new int[] {0, 1, 1, 0, 1}, 3);
        assertThat(ArrayFile.open(file("g")).only().read().toRows())
                .isDeepEqualTo(network.perSampleGradients(data).toRows());
        assertThat(Stored.SHAPES).containsExactly(new int[0]);
    }

    @Test
    void theShapeOfAnInputCanBeGiven() {
        assertThat(gradients("--input-shape", "1,2,2")).isZero();
        assertThat(Stored.SHAPES).containsExactly(new int[] {1, 2, 2});
    }

    @Test
    void eitherOneOrTheOther() {
        assertThat(gradients("--network", "tiny-fc", "--weights", "w.npy")).isEqualTo(2);
        assertThat(err.toString()).contains("mutually exclusive").hasLineCount(1);
        assertThat(file("g")).doesNotExist();
    }

    @Test
    void withoutTheModuleTheLineSaysWhatToAdd() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(gradients()).isEqualTo(2);
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(err.toString())
                .contains("langevin4j-models-djl")
                .contains("java -cp ")
                .hasLineCount(1);
        assertThat(file("g")).doesNotExist();
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(3);
        }
    }
}
