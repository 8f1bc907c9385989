package org.langevin4j.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.ForeignNetwork.Parameter;
import org.langevin4j.models.network.Network.Score;

/** The gradients of a real network on MNIST, which PyTorch measured in Python. */
class TinyFcMnistTest {

    @Test
    void gradientsAreThoseMeasured() throws IOException {
        Path inputs = measured("tiny-fc-mnist-inputs.npz");
        DataSet data = DataSet.of(
                ArrayFile.find(inputs + ":x").read().toRows(),
                ArrayFile.find(inputs + ":y").read().integers(),
                5);
        TorchScriptNetwork network = TorchScriptNetwork.read(measured("tiny-fc-mnist.torchscript.pt"));
        assertThat(network.parameters().stream().map(Parameter::toString))
                .containsExactly(
                        "0.weight 16×49", "0.bias 16", "1.weight 16", "1.bias 16", "3.weight 5×16", "3.bias 5");
        double[][] expected = ArrayFile.find(measured("tiny-fc-mnist.npz") + ":gradients")
                .read()
                .toRows();
        double[][] actual = network.perSampleGradients(data).toRows();
        double square = 0.0;
        double difference = 0.0;
        for (int n = 0; n < expected.length; n++) {
            for (int j = 0; j < expected[n].length; j++) {
                square += expected[n][j] * expected[n][j];
                difference += Math.pow(actual[n][j] - expected[n][j], 2);
            }
        }
        assertThat(Math.sqrt(difference / square)).isLessThan(1e-5);
        assertThat(Arrays.stream(actual).mapToInt(row -> row.length).distinct()).containsExactly(917);
        Score score = network.score(data);
        assertThat(score.loss()).isCloseTo(0.0430464, within(1e-7));
        assertThat(score.accuracy()).isEqualTo(0.9855);
    }

    /** Surefire runs in the module's folder, an editor in the project's. */
    private static Path measured(String name) {
        String given = System.getProperty("langevin4j.data", "");
        Stream<String> folders =
                given.isEmpty() ? Stream.of("../shared/data", "../../../shared/data") : Stream.of(given);
        Path file = folders.map(folder -> Path.of(folder, "measured", name))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(name));
        assumeTrue(Files.exists(file), "skipped: no measured/" + name + " below -Dlangevin4j.data or ../shared/data");
        return file;
    }
}
