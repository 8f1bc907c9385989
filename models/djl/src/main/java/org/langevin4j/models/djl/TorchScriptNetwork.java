package org.langevin4j.models.djl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.ForeignNetwork;
import org.langevin4j.models.network.Network.Score;
import org.langevin4j.models.network.PerSampleGradients;

/**
 * A network that {@code torch.jit.trace} or {@code torch.jit.script} wrote: one array in, of shape (n, …), and logits of shape
 * (n, K) out. It is computed by PyTorch, in evaluation mode, with the precision of its weights; softmax and loss are in double
 * precision.
 *
 * <p>Its weights are the arrays with a gradient, in the order of {@code named_parameters()} in Python: of each module its own
 * arrays and then those of its parts, as they were registered. A dense layer has W[output][input], then its biases; batch
 * normalisation its scales, then its shifts. {@link #parameters()} says which they are.
 *
 * <p>Gradients are computed in blocks where the graph allows it ({@link org.langevin4j.models.djl how}): of tiny-fc, 917 weights,
 * some 20,000 a second and core, and 1,300 one by one; of small-lenet, 13,338 weights, 1,400 and 320.
 */
public final class TorchScriptNetwork implements ForeignNetwork {

    /** Samples that are tried before the rest is computed. */
    private static final int TRIED = 16;

    /** Relative difference of logits that rounding may make, in single precision and a deep network. */
    private static final double ROUNDING = 1e-4;

    private final Path file;
    private final long[] inputShape;
    private final List<Parameter> parameters;

    private TorchScriptNetwork(Path file, long[] inputShape, List<Parameter> parameters) {
        this.file = file;
        this.inputShape = inputShape;
        this.parameters = parameters;
    }

    /**
     * Reads a network.
     *
     * @param file of {@code torch.jit.save}; it has to stay as it is
     * @param inputShape extents of the input of one sample, such as 1, 28, 28; none for a row of features as it is
     * @return the network
     * @throws IOException if the file is not there, damaged or not TorchScript, if it has no weights, or if PyTorch cannot be loaded; one line
     * @throws IllegalArgumentException if an extent is not positive
     */
    public static TorchScriptNetwork read(Path file, int... inputShape) throws IOException {
        for (int extent : inputShape) {
            if (!(extent >= 1)) {
                throw new IllegalArgumentException(
                        "inputShape must have positive extents, got " + Arrays.toString(inputShape));
            }
        }
        Archive.requireSound(file);
        long[] shape = Arrays.stream(inputShape).asLongStream().toArray();
        try (LoadedModule module = LoadedModule.of(file, shape)) {
            return new TorchScriptNetwork(file, shape, module.parameters());
        }
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public Score score(DataSet data) {
        try (LoadedModule module = load(data)) {
            boolean batches = takesBatches(module, data);
            double loss = 0.0;
            long right = 0;
            int step = batches ? 256 : 1;
            int[] labels = data.labels();
            for (int first = 0; first < labels.length; first += step) {
                double[][] logits = module.logits(data.inputs(first, Math.min(first + step, labels.length)));
                for (int k = 0; k < logits.length; k++) {
                    Loss.requireFinite(logits[k], first + k);
                    loss += Loss.of(logits[k], labels[first + k]);
                    right += Loss.isRight(logits[k], labels[first + k]) ? 1 : 0;
                }
            }
            return new Score(loss / labels.length, (double) right / labels.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Whether they are computed in blocks is decided here, by the first samples; the text of the result says it.
     */
    @Override
    public PerSampleGradients perSampleGradients(DataSet data) {
        try (LoadedModule module = load(data)) {
            takesBatches(module, data);
            return TorchScriptGradients.of(this, module, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return file;
    }

    LoadedModule load(DataSet data) throws IOException {
        long features = LongStream.of(inputShape).reduce(1, Math::multiplyExact);
        if (inputShape.length > 0 && features != data.features()) {
            throw new IllegalArgumentException("inputs of shape " + Arrays.toString(inputShape) + " have " + features
                    + " features, got " + data.features());
        }
        return LoadedModule.of(file, shapeOf(data));
    }

    long[] shapeOf(DataSet data) {
        return inputShape.length > 0 ? inputShape : new long[] {data.features()};
    }

    /** Tries the first samples, alone and in a batch. */
    private boolean takesBatches(LoadedModule module, DataSet data) {
        int tried = Math.min(TRIED, data.size());
        double[][] inputs = data.inputs(0, tried);
        double[][] alone = new double[tried][];
        for (int n = 0; n < tried; n++) {
            alone[n] = alone(module, inputs[n], n);
        }
        requireLabels(data, alone[0].length);
        double[][] repeated = tried == 1 ? new double[][] {inputs[0], inputs[0]} : inputs;
        double[][] together;
        boolean batches = true;
        try {
            together = module.logits(repeated);
        } catch (RuntimeException e) {
            // A graph for one sample, such as a trace with its batch written into a shape.
            batches = false;
            together = new double[][] {alone(module, inputs[0], 0)};
        }
        for (int n = 0; n < Math.min(together.length, tried); n++) {
            requireSame(alone[n], together[n], n);
        }
        return batches;
    }

    private double[] alone(LoadedModule module, double[] input, int sample) {
        double[] logits;
        try {
            logits = module.logits(input)[0];
        } catch (RuntimeException e) {
            String shape = LongStream.concat(
                            LongStream.of(1),
                            LongStream.of(inputShape.length > 0 ? inputShape : new long[] {input.length}))
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    file + ": fails on an input of shape (" + shape + "): " + Failures.line(e), e);
        }
        Loss.requireFinite(logits, sample);
        return logits;
    }

    private static void requireLabels(DataSet data, int classes) {
        int[] labels = data.labels();
        for (int n = 0; n < labels.length; n++) {
            if (!(labels[n] < classes)) {
                throw new IllegalArgumentException(
                        "labels must be in [0, " + classes + "), got " + labels[n] + " in row " + n);
            }
        }
    }

    private void requireSame(double[] alone, double[] together, int sample) {
        double size = Arrays.stream(alone).map(Math::abs).max().orElseThrow();
        for (int j = 0; j < alone.length; j++) {
            if (!(Math.abs(alone[j] - together[j]) <= ROUNDING * size)) {
                throw new IllegalArgumentException(file + ": sample " + sample + " has the logit " + alone[j]
                        + " alone and " + together[j]
                        + " in a batch or a second time, so that it has no gradient of its own:"
                        + " batch normalisation or dropout in training mode? Export it after model.eval()");
            }
        }
    }

    @Override
    public String toString() {
        return "TorchScript network " + file.getFileName() + ", " + dimension() + " weights";
    }
}
