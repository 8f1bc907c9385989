package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NpyWriter;
import org.langevin4j.models.file.SafetensorsWriter;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.Precision;

class NetworkCommandsTest {

    private static final int SAMPLES = 37;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Langevin4j.commandLine(List.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void trainingGoesOnToTheSameBits() throws IOException {
        assertThat(train("whole", 4)).isZero();
        assertThat(train("parts", 2)).isZero();
        assertThat(train("parts", 4)).isZero();
        assertThat(out.toString()).contains("epoch 3: loss").doesNotContain("epoch 2: loss");
        assertThat(Files.readAllBytes(folder.resolve("parts/network.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole/network.safetensors")));
    }

    @Test
    void aStateOfAnotherTrainingIsLeftAsItIs() throws IOException {
        assertThat(train("one", 1)).isZero();
        byte[] before = Files.readAllBytes(folder.resolve("one/training.state"));
        assertThat(train("one", 2, "--rate", "0.3")).isEqualTo(2);
        assertThat(err.toString()).contains("training.state: it was saved by a training with another network");
        assertThat(Files.readAllBytes(folder.resolve("one/training.state"))).isEqualTo(before);
    }

    @Test
    void dataThatAreNotThereAreNotMadeUp() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(train("out", 1, "--data", empty.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("--data: there is no MNIST in " + empty)
                .hasLineCount(1);
        assertThat(execute("train", "--network", "small-allcnn", "--epochs", "1", "--out", folder + "/out"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("a folder with cifar10 or cifar100 is needed")
                .hasLineCount(1);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void theBenchOfSpectraNamesSizes() throws IOException {
        new SpectrumBench(new PrintWriter(out), 0.001).run();
        assertThat(out.toString())
                .hasLineCount(3)
                .contains("D and spectrum, small-lenet       60 x  13338:")
                .contains("Gram route, small-lenet           12 x  13338:")
                .contains("spectrum of a file of 2 GB       125 x   3978:");
        assertThat(execute("bench", "networks", "--full", "2")).isEqualTo(2);
        assertThat(err.toString()).contains("--full must be above 0 and at most 1, got 2.0");
    }

    private int train(String name, int epochs, String... more) {
        String[] args = {
            "train",
            "--network",
            "tiny-fc",
            "--epochs",
            Integer.toString(epochs),
            "--out",
            folder.resolve(name).toString()
        };
        return execute(Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new));
    }

    @Test
    void gradientsAreThoseOfTheNetwork() throws IOException {
        assertThat(train("trained", 1)).isZero();
        String inputs = inputs();
        assertThat(gradients("tiny-fc", inputs, labels(5))).isZero();
        assertThat(out.toString()).contains("37 × 917").contains("nats");
        ArrayFile file = ArrayFile.open(folder.resolve("trained/network.safetensors"));
        Network network = Network.of(
                        Architectures.tinyFc(), file.array("weights").read().values())
                .withStatistics(
                        new double[][] {file.array("running_mean").read().values()},
                        new double[][] {file.array("running_var").read().values()});
        DataSet data = DataSet.of(
                ArrayFile.find(inputs).read().toRows(),
                ArrayFile.find(labels(5)).read().integers(),
                5);
        assertThat(ArrayFile.find(folder.resolve("g.npy").toString()).read().toRows())
                .isDeepEqualTo(network.perSampleGradients(data).toRows());
    }

    /** What the file has times v is the change of the mean gradient along v. */
    @Test
    void theHessianIsTheDerivativeOfTheGradient() throws IOException {
        assertThat(train("trained", 1)).isZero();
        String hessian = folder.resolve("h.npy").toString();
        assertThat(gradients(
                        "tiny-fc", inputs(), labels(5), statistics(), "--hessian", hessian, "--precision", "DOUBLE"))
                .isZero();
        double[][] h = ArrayFile.find(hessian).read().toRows();
        ArrayFile file = ArrayFile.open(folder.resolve("trained/network.safetensors"));
        double[] weights = file.array("weights").read().values();
        Network network = Network.of(Architectures.tinyFc(), weights)
                .withStatistics(
                        new double[][] {file.array("running_mean").read().values()},
                        new double[][] {file.array("running_var").read().values()})
                .in(Precision.DOUBLE);
        DataSet data = DataSet.of(
                ArrayFile.find(inputs()).read().toRows(),
                ArrayFile.find(labels(5)).read().integers(),
                5);
        int direction = 900;
        double step = 1e-5;
        double[] up = weights.clone();
        up[direction] += step;
        double[] down = weights.clone();
        down[direction] -= step;
        double[] above = network.withWeights(up).gradient(data);
        double[] below = network.withWeights(down).gradient(data);
        for (int i = 0; i < weights.length; i++) {
            assertThat(h[i][direction]).isCloseTo((above[i] - below[i]) / (2.0 * step), within(1e-8));
            assertThat(h[direction][i]).isCloseTo(h[i][direction], within(1e-14));
        }
        assertThat(gradients(
                        "tiny-fc",
                        inputs(),
                        labels(7),
                        statistics(),
                        "--hessian",
                        folder.resolve("none.npy").toString()))
                .isEqualTo(2);
        assertThat(folder.resolve("none.npy")).doesNotExist();
    }

    @Test
    void whatDoesNotFitIsOneLineAndLeavesNothing() throws IOException {
        assertThat(train("trained", 1)).isZero();
        assertThat(gradients("small-fc", inputs(), labels(5))).isEqualTo(2);
        assertThat(err.toString())
                .contains("small-fc has 3978 weights, got 917")
                .hasLineCount(1);
        assertThat(gradients("tiny-fc", inputs(), labels(7))).isEqualTo(2);
        assertThat(err.toString()).contains("labels must be in [0, 5), got ").hasLineCount(1);
        assertThat(folder.resolve("g.npy")).doesNotExist();
        assertThat(folder.resolve("g.npy.part")).doesNotExist();
    }

    /** A network that divides by √(σ² + ε) with another ε is another function. */
    @Test
    void batchNormalisationWithAnotherEpsilonIsRefused() throws IOException {
        assertThat(train("trained", 1)).isZero();
        for (double epsilon : new double[] {1e-5, (float) 1e-5, 1e-3}) {
            Path statistics = folder.resolve("statistics.safetensors");
            double[] zeros = new double[16];
            double[] ones = new double[16];
            Arrays.fill(ones, 1.0);
            try (OutputStream bytes = Files.newOutputStream(statistics)) {
                SafetensorsWriter.write(
                        Map.of("running_mean", zeros, "running_var", ones, "eps", new double[] {epsilon}), bytes);
            }
            int status = gradients("tiny-fc", inputs(), labels(5), statistics);
            assertThat(status).isEqualTo(epsilon == 1e-3 ? 2 : 0);
        }
        assertThat(err.toString())
                .contains("statistics.safetensors: batch normalisation has eps = 1.0E-5 here, got 0.001")
                .hasLineCount(1);
    }

    private int gradients(String network, String inputs, String labels) {
        return gradients(network, inputs, labels, statistics());
    }

    private Path statistics() {
        return folder.resolve("trained/network.safetensors");
    }

    private int gradients(String network, String inputs, String labels, Path statistics, String... more) {
        Path trained = folder.resolve("trained/network.safetensors");
        String[] args = {
            "gradients",
            "--network",
            network,
            "--weights",
            trained + ":weights",
            "--batch-norm",
            statistics.toString(),
            "--inputs",
            inputs,
            "--labels",
            labels,
            "--out",
            folder.resolve("g.npy").toString()
        };
        return execute(Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new));
    }

    private String inputs() throws IOException {
        Path file = folder.resolve("x.npy");
        if (!Files.exists(file)) {
            double[][] rows = new double[SAMPLES][];
            Random random = new Random(1);
            for (int n = 0; n < SAMPLES; n++) {
                rows[n] = random.doubles(49, -2.0, 2.0).toArray();
            }
            try (NpyWriter writer = NpyWriter.singles(file, 49)) {
                writer.write(rows, SAMPLES);
            }
        }
        return file.toString();
    }

    /** Classes from 0 on. */
    private String labels(int classes) throws IOException {
        Path file = folder.resolve("y" + classes + ".npy");
        if (!Files.exists(file)) {
            double[][] rows = new double[SAMPLES][1];
            for (int n = 0; n < SAMPLES; n++) {
                rows[n][0] = n % classes;
            }
            try (NpyWriter writer = NpyWriter.doubles(file, 1)) {
                writer.write(rows, SAMPLES);
            }
        }
        return file.toString();
    }
}
