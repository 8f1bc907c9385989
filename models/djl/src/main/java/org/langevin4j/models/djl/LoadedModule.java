package org.langevin4j.models.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.network.ForeignNetwork.Parameter;

/** A module in PyTorch's memory, in evaluation mode. For one thread at a time. */
final class LoadedModule implements AutoCloseable {

    private final PtNDManager memory;
    private final PtSymbolBlock block;
    private final List<PtNDArray> weights;
    private final long[] inputShape;

    /** Samples of a pass with gradients, each with its copy of the weights; 0 if there is no copy, and a pass has one sample. */
    private final int copies;

    private LoadedModule(
            PtNDManager memory, PtSymbolBlock block, List<PtNDArray> weights, long[] inputShape, int copies) {
        this.memory = memory;
        this.block = block;
        this.weights = weights;
        this.inputShape = inputShape;
        this.copies = copies;
    }

    /**
     * Loads a file.
     *
     * @param file a sound one
     * @param inputShape of one sample
     * @return the module
     * @throws IOException if PyTorch refuses the file, or is not there
     */
    static LoadedModule of(Path file, long... inputShape) throws IOException {
        PtNDManager memory = PyTorch.memory();
        try {
            PtSymbolBlock block =
                    JniUtils.loadModule(memory, file.toAbsolutePath(), true, new String[0], new String[0], true);
            JniUtils.enableInferenceMode(block);
            List<PtNDArray> weights = weights(block, memory);
            requireUsable(weights, file);
            return new LoadedModule(memory, block, weights, inputShape, 0);
        } catch (IOException e) {
            memory.close();
            throw e;
        } catch (RuntimeException e) {
            memory.close();
            throw new ArrayFileException(
                    file.toString(), "is refused by PyTorch, as no TorchScript network: " + Failures.line(e), e);
        }
    }

    /** As {@code named_parameters()} of Python has them: what has two names is there once, under the first. */
    private static List<PtNDArray> weights(PtSymbolBlock block, PtNDManager memory) {
        List<PtNDArray> weights = new ArrayList<>();
        for (NDArray array : JniUtils.moduleGetParams(block, memory)) {
            if (array instanceof PtNDArray weight
                    && JniUtils.requiresGrad(weight)
                    && weights.stream().noneMatch(known -> areOne(known, weight))) {
                weights.add(weight);
            }
        }
        return weights;
    }

    /** Whether a change of the one is a change of the other. */
    private static boolean areOne(PtNDArray known, PtNDArray weight) {
        if (!known.getShape().equals(weight.getShape()) || known.getShape().size() == 0) {
            return false;
        }
        ByteBuffer first = known.toByteBuffer(true);
        ByteBuffer second = weight.toByteBuffer(true);
        byte before = first.get(0);
        if (second.get(0) != before) {
            return false;
        }
        first.put(0, (byte) (before ^ 1));
        boolean one = second.get(0) != before;
        first.put(0, before);
        return one;
    }

    private static void requireUsable(List<PtNDArray> weights, Path file) throws ArrayFileException {
        if (weights.isEmpty()) {
            throw new ArrayFileException(
                    file.toString(),
                    "has no weights with a gradient: they are frozen (torch.jit.freeze, requires_grad = False), or there are none");
        }
        for (PtNDArray weight : weights) {
            DataType type = weight.getDataType();
            if (!(type == DataType.FLOAT32 || type == DataType.FLOAT64)
                    || type != weights.get(0).getDataType()) {
                throw new ArrayFileException(
                        file.toString(),
                        "must have weights of float32 or of float64, got " + type + " in " + weight.getName());
            }
        }
    }

    /**
     * Loads a network in which each sample has weights of its own.
     *
     * @param archive of {@link Archive#withWeightsOfEach}
     * @param names of the arrays of weights; others are constant
     * @param copies samples of a pass
     * @param inputShape of one sample
     * @return the module
     * @throws IOException if it cannot be made
     */
    static LoadedModule ofEach(byte[] archive, Set<String> names, int copies, long... inputShape) throws IOException {
        PtNDManager memory = PyTorch.memory();
        try {
            PtSymbolBlock block = JniUtils.loadModule(memory, new ByteArrayInputStream(archive), true, false);
            JniUtils.enableInferenceMode(block);
            try (NDManager scratch = memory.newSubManager()) {
                NDArray like = scratch.zeros(new Shape(copies, 1));
                NDArray method = scratch.zeros(new Shape(1));
                method.setName("module_method:" + EachSource.METHOD);
                IValueUtils.forward(block, new NDList(like, method), true);
            }
            List<PtNDArray> weights = weights(block, memory);
            weights.removeIf(weight -> !names.contains(weight.getName()));
            return new LoadedModule(memory, block, weights, inputShape, copies);
        } catch (IOException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    /** Its arrays of weights. */
    List<Parameter> parameters() {
        return weights.stream()
                .map(weight -> new Parameter(
                        weight.getName(),
                        Arrays.stream(weight.getShape().getShape())
                                .skip(copies == 0 ? 0 : 1)
                                .mapToObj(Math::toIntExact)
                                .toList()))
                .toList();
    }

    /** How many samples a pass with gradients has. */
    int samplesOfPass() {
        return Math.max(1, copies);
    }

    /**
     * The logits of samples.
     *
     * @param inputs a row each
     * @return a row each
     * @throws RuntimeException if PyTorch fails
     */
    double[][] logits(double[]... inputs) {
        try (NDManager scratch = memory.newSubManager()) {
            return rows(forward(scratch, inputs, inputs.length));
        }
    }

    /**
     * The gradients of samples, as many as a pass has, or less.
     *
     * @param inputs a row each
     * @param labels the classes
     * @param to receives a row each
     * @param at the first of these rows
     * @return the logits
     * @throws RuntimeException if PyTorch fails
     */
    double[][] gradients(double[][] inputs, int[] labels, double[][] to, int at) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try (NDManager scratch = memory.newSubManager()) {
            PtNDArray output = forward(scratch, inputs, samplesOfPass());
            double[][] logits = rows(output);
            NDArray up = array(scratch, derivatives(logits, labels), output.getShape());
            JniUtils.backward(output, (PtNDArray) up, false, false);
            int start = 0;
            for (PtNDArray weight : weights) {
                start += take(scratch, weight, inputs.length, to, at, start);
            }
            return Arrays.copyOf(logits, inputs.length);
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    private PtNDArray forward(NDManager scratch, double[][] inputs, int samples) {
        int features = inputs[0].length;
        double[] all = new double[samples * features];
        for (int k = 0; k < samples; k++) {
            System.arraycopy(inputs[Math.min(k, inputs.length - 1)], 0, all, k * features, features);
        }
        Shape shape = new Shape(LongStream.concat(LongStream.of(samples), Arrays.stream(inputShape))
                .toArray());
        NDList outputs = IValueUtils.forward(block, new NDList(array(scratch, all, shape)), true);
        if (outputs.size() != 1) {
            throw new IllegalStateException("it gives " + outputs.size() + " arrays in place of one of logits");
        }
        PtNDArray output = (PtNDArray) outputs.get(0);
        Shape given = output.getShape();
        if (!(given.dimension() == 2 && given.get(0) == samples && given.get(1) >= 2)) {
            throw new IllegalStateException("logits must be of shape (" + samples + ", classes), got " + given);
        }
        return output;
    }

    /**
     * An array in PyTorch's memory. DJL makes it in a buffer of Java's, which PyTorch does not own; a gradient may be a view of
     * it and would outlive the buffer.
     */
    private NDArray array(NDManager scratch, double[] values, Shape shape) {
        if (weights.get(0).getDataType() == DataType.FLOAT64) {
            return scratch.create(DoubleBuffer.wrap(values), shape, DataType.FLOAT64)
                    .duplicate();
        }
        float[] singles = new float[values.length];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = (float) values[i];
        }
        return scratch.create(FloatBuffer.wrap(singles), shape, DataType.FLOAT32)
                .duplicate();
    }

    /** ∂fₖ/∂z = softmax(z) − e_y, and 0 for samples that only fill the pass. */
    private static double[] derivatives(double[][] logits, int[] labels) {
        int classes = logits[0].length;
        double[] up = new double[logits.length * classes];
        for (int k = 0; k < labels.length; k++) {
            double normaliser = Loss.logSumExp(logits[k]);
            for (int j = 0; j < classes; j++) {
                up[k * classes + j] = Math.exp(logits[k][j] - normaliser) - (j == labels[k] ? 1 : 0);
            }
        }
        return up;
    }

    private static double[][] rows(PtNDArray output) {
        int classes = (int) output.getShape().get(1);
        double[][] rows = new double[(int) output.getShape().get(0)][classes];
        read(output, rows, 0, classes);
        return rows;
    }

    /** Copies the gradient of an array of weights and sets it to zero, since PyTorch adds to it. */
    private int take(NDManager scratch, PtNDArray weight, int samples, double[][] to, int at, int start) {
        int size = Math.toIntExact(weight.getShape().size() / samplesOfPass());
        PtNDArray gradient = JniUtils.getGradient(weight);
        if (gradient == null) {
            // What no logit depends on has none.
            for (int k = 0; k < samples; k++) {
                Arrays.fill(to[at + k], start, start + size, 0.0);
            }
        } else {
            gradient.attach(scratch);
            read(gradient, Arrays.copyOfRange(to, at, at + samples), start, size);
            JniUtils.zeroGrad(weight);
        }
        return size;
    }

    /** Reads rows of an array, into the rows from a column on. */
    private static void read(PtNDArray array, double[][] rows, int start, int size) {
        ByteBuffer bytes = array.toByteBuffer(true);
        if (array.getDataType() == DataType.FLOAT64) {
            DoubleBuffer numbers = bytes.asDoubleBuffer();
            for (int k = 0; k < rows.length; k++) {
                numbers.get(k * size, rows[k], start, size);
            }
        } else {
            FloatBuffer numbers = bytes.asFloatBuffer();
            float[] singles = new float[size];
            for (int k = 0; k < rows.length; k++) {
                numbers.get(k * size, singles);
                for (int j = 0; j < size; j++) {
                    rows[k][start + j] = singles[j];
                }
            }
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
