package org.langevin4j.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.ForeignNetwork;
import org.langevin4j.models.network.ForeignNetwork.Parameter;
import org.langevin4j.models.network.Layer;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.Network.Score;
import org.langevin4j.models.network.PerSampleGradients;
import org.langevin4j.models.network.Precision;
import org.langevin4j.models.network.Shape;

/** Against this project's own layers with the same weights, and against PyTorch 1.13's gradients ({@code networks.py}). */
class TorchScriptNetworkTest {

    private static final int[] IMAGE = {1, 6, 6};

    @Test
    void denseNetworkIsOurs() throws IOException {
        Architecture layers = Architecture.of(
                new Shape(6, 1, 1), new Layer.Dense(5), new Layer.BatchNorm(), new Layer.Relu(), new Layer.Dense(3));
        assertIsOurs("dense", layers, Precision.DOUBLE, 1e-12);
    }

    @Test
    void convolutionalNetworkIsOurs() throws IOException {
        Architecture layers = Architecture.of(
                new Shape(1, 6, 6),
                new Layer.Convolution(4, 3, 1, 1),
                new Layer.BatchNorm(),
                new Layer.Relu(),
                new Layer.MaxPool(2),
                new Layer.Dropout(0.1),
                new Layer.Convolution(4, 2, 1, 0),
                new Layer.BatchNorm(),
                new Layer.Relu(),
                new Layer.Dense(3));
        assertIsOurs("convolution", layers, Precision.DOUBLE, 1e-5, IMAGE);
    }

    private static void assertIsOurs(
            String name, Architecture layers, Precision precision, double tolerance, int... inputShape)
            throws IOException {
        DataSet data = data(name);
        Network ours = Network.of(layers, array(name, "weights")[0])
                .withStatistics(array(name, "means"), array(name, "variances"))
                .in(precision);
        TorchScriptNetwork theirs = TorchScriptNetwork.read(file(name), inputShape);
        assertThat(theirs.dimension()).isEqualTo(layers.dimension());
        PerSampleGradients gradients = theirs.perSampleGradients(data);
        assertThat(gradients).hasToString("gradients of " + theirs + " by " + data + ", in blocks of 64");
        assertClose(gradients.toRows(), ours.perSampleGradients(data).toRows(), tolerance);
        Score score = theirs.score(data);
        assertThat(score.loss()).isCloseTo(ours.score(data).loss(), within(tolerance));
        assertThat(score.accuracy()).isEqualTo(ours.score(data).accuracy());
    }

    @ParameterizedTest
    @CsvSource({
        "dense, in blocks of 64",
        "convolution, in blocks of 64",
        "residual, in blocks of 64",
        "branch, one by one: a branch of the graph depends on numbers",
        "one, one by one: ",
        "tied, one by one: in blocks they would be others"
    })
    void gradientsAreThoseOfPyTorch(String name, String how) throws IOException {
        DataSet data = data(name);
        PerSampleGradients gradients = TorchScriptNetwork.read(file(name), data.features() == 36 ? IMAGE : new int[0])
                .perSampleGradients(data);
        assertThat(gradients.toString()).contains(how.strip());
        assertClose(gradients.toRows(), array(name, "gradients"), 1e-5);
    }

    /** Blocks of every length, the last of them with less samples than it computes. */
    @ParameterizedTest
    @CsvSource({"1", "17", "65"})
    void anyNumberOfSamples(int samples) throws IOException {
        DataSet data = data("residual").first(samples);
        double[][] rows = TorchScriptNetwork.read(file("residual"), IMAGE)
                .perSampleGradients(data)
                .toRows();
        assertClose(rows, Arrays.copyOf(array("residual", "gradients"), samples), 1e-5);
    }

    /** Blocks have 64 samples. */
    @ParameterizedTest
    @CsvSource({"0, 1", "63, 65", "64, 70", "69, 70", "70, 70", "0, 70"})
    void someOfTheSamples(int from, int to) throws IOException {
        PerSampleGradients gradients =
                TorchScriptNetwork.read(file("convolution"), IMAGE).perSampleGradients(data("convolution"));
        double[][] all = gradients.toRows();
        List<double[]> found = new ArrayList<>();
        gradients.forEachBlock(from, to, (first, rows, count) -> {
            assertThat(first).isEqualTo(from + found.size());
            for (int k = 0; k < count; k++) {
                found.add(rows[k].clone());
            }
        });
        assertThat(found.toArray(double[][]::new)).isDeepEqualTo(Arrays.copyOfRange(all, from, to));
    }

    @Test
    void weightsHaveTheOrderOfPython() throws IOException {
        List<Parameter> parameters =
                TorchScriptNetwork.read(file("residual"), IMAGE).parameters();
        assertThat(parameters.stream().map(Parameter::toString))
                .containsExactly(
                        "0.weight 4×1×3×3",
                        "1.weight 4",
                        "1.bias 4",
                        "3.convolution.weight 4×2×3×3",
                        "3.convolution.bias 4",
                        "3.norm.weight 6×6",
                        "3.norm.bias 6×6",
                        // Without 6.bias, which has no gradient.
                        "6.weight 2×9",
                        "8.weight 3×8",
                        "9.scale 3");
    }

    @Test
    void theFormatIsFoundByItsName() throws IOException {
        ForeignNetwork network =
                ForeignNetwork.Format.named("TorchScript").orElseThrow().read(file("dense"));
        assertThat(network).hasToString("TorchScript network dense.pt, 63 weights");
        assertThat(ForeignNetwork.Format.named("ONNX")).isEmpty();
    }

    @Test
    void threadsDoNotDisturbEachOther() throws IOException {
        DataSet data = data("convolution");
        PerSampleGradients gradients =
                TorchScriptNetwork.read(file("convolution"), IMAGE).perSampleGradients(data);
        double[][] alone = gradients.toRows();
        List<CompletableFuture<double[][]>> several = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(gradients::toRows))
                .toList();
        for (CompletableFuture<double[][]> each : several) {
            assertThat(each.join()).isDeepEqualTo(alone);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        TorchScriptNetwork dense = TorchScriptNetwork.read(file("dense"));
        DataSet wide = DataSet.of(new double[][] {new double[7]}, new int[] {0}, 2);
        assertThatThrownBy(() -> dense.perSampleGradients(wide))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dense.pt: fails on an input of shape (1, 7): ")
                .hasMessageContaining("shapes cannot be multiplied")
                .message()
                .hasLineCount(1);
        DataSet other = DataSet.of(new double[2][6], new int[] {0, 3}, 4);
        assertThatThrownBy(() -> dense.perSampleGradients(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels must be in [0, 3), got 3 in row 1");
        DataSet huge = DataSet.of(new double[][] {{1e308, 1e308, 1e308, 1e308, 1e308, 1e308}}, new int[] {0}, 2);
        TorchScriptNetwork one = TorchScriptNetwork.read(file("one"));
        assertThatThrownBy(() -> one.score(huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("logits must be finite, got ");
        TorchScriptNetwork shaped = TorchScriptNetwork.read(file("convolution"), 1, 5, 5);
        assertThatThrownBy(() -> shaped.score(data("convolution")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("inputs of shape [1, 5, 5] have 25 features, got 36");
        assertThatThrownBy(() -> TorchScriptNetwork.read(file("convolution"), 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("inputShape must have positive extents");
    }

    /** The first samples are finite and a later one is not: it is found when it is computed. */
    @Test
    void laterSamplesThatAreNotFiniteAreNamed() throws IOException {
        double[][] inputs = new double[70][36];
        Arrays.fill(inputs[67], 1e308);
        PerSampleGradients gradients = TorchScriptNetwork.read(file("convolution"), IMAGE)
                .perSampleGradients(DataSet.of(inputs, new int[70], 2));
        assertThatThrownBy(gradients::toRows)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("for sample 67");
    }

    @ParameterizedTest
    @CsvSource({"training", "dropout"})
    void trainingModeIsRefused(String name) throws IOException {
        TorchScriptNetwork network = TorchScriptNetwork.read(file(name));
        DataSet data = data("dense");
        assertThatThrownBy(() -> network.perSampleGradients(data))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasLineCount(1)
                .satisfiesAnyOf(
                        message -> assertThat(message).contains("Export it after model.eval()"),
                        message ->
                                assertThat(message).contains("Expected more than 1 value per channel when training"));
    }

    static DataSet data(String name) throws IOException {
        String npz = resource(name + ".npz").toString();
        return DataSet.of(
                ArrayFile.find(npz + ":x").read().toRows(),
                ArrayFile.find(npz + ":y").read().integers(),
                3);
    }

    private static double[][] array(String name, String array) throws IOException {
        return ArrayFile.find(resource(name + ".npz") + ":" + array).read().toRows();
    }

    static Path file(String name) {
        return resource(name + ".pt");
    }

    private static Path resource(String name) {
        try {
            return Path.of(TorchScriptNetworkTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** To a fraction of the largest entry of each row. */
    private static void assertClose(double[][] actual, double[][] expected, double tolerance) {
        assertThat(actual.length).isEqualTo(expected.length);
        for (int n = 0; n < expected.length; n++) {
            double size = Arrays.stream(expected[n]).map(Math::abs).max().orElseThrow();
            assertThat(actual[n]).as("sample %d", n).containsExactly(expected[n], within(tolerance * size));
        }
    }
}
