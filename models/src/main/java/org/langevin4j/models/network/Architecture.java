package org.langevin4j.models.network;

import java.util.ArrayList;
import java.util.List;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;

/**
 * The layers of a network for K classes, from inputs to logits. The weights x ∈ ℝᵈ are those of the layers one after the other. Immutable.
 *
 * <pre>{@code
 * Architecture smallFc = Architecture.of(
 *         Shape.vector(49), new Layer.Dense(64), new Layer.BatchNorm(), new Layer.Relu(), new Layer.Dense(10));
 * }</pre>
 */
public final class Architecture {

    private final String name;
    private final Shape inputs;
    private final List<Layer> layers;
    private final List<Stage> stages;
    private final int dimension;
    private final int statistics;

    private Architecture(String name, Shape inputs, List<Layer> layers) {
        this.name = name;
        this.inputs = inputs;
        this.layers = layers;
        this.stages = new ArrayList<>();
        Shape shape = inputs;
        int first = 0;
        int norms = 0;
        for (Layer layer : layers) {
            int index = stages.size();
            Stage stage;
            if (layer instanceof Layer.Dense dense) {
                stage = LinearStage.dense(index, shape, dense.outputs(), first);
            } else if (layer instanceof Layer.Convolution convolution) {
                stage = LinearStage.convolution(index, shape, convolution, first);
            } else if (layer instanceof Layer.BatchNorm) {
                stage = new BatchNormStage(index, shape, first, norms++, isRelu(index + 1));
            } else if (layer instanceof Layer.Relu) {
                stage = new ReluStage(
                        index, shape, first, index > 0 && layers.get(index - 1) instanceof Layer.BatchNorm);
            } else if (layer instanceof Layer.MaxPool pool) {
                stage = new MaxPoolStage(index, shape, first, pool.edge());
            } else if (layer instanceof Layer.AveragePool) {
                stage = new AveragePoolStage(index, shape, first);
            } else if (layer instanceof Layer.Dropout dropout) {
                stage = new DropoutStage(index, shape, first, dropout.probability());
            } else {
                throw new IllegalStateException("no such layer: " + layer);
            }
            stages.add(stage);
            shape = stage.out;
            first += stage.weights;
        }
        this.dimension = first;
        this.statistics = norms;
    }

    private boolean isRelu(int index) {
        return index < layers.size() && layers.get(index) instanceof Layer.Relu;
    }

    /**
     * The given layers.
     *
     * @param inputs shape of an input
     * @param layers from the inputs to the logits, which are the numbers that the last layer gives, one for each class
     * @return the architecture
     * @throws IllegalArgumentException if there are no weights, less than two classes, or a layer does not fit what comes before it
     */
    public static Architecture of(Shape inputs, Layer... layers) {
        return named("network", inputs, layers);
    }

    static Architecture named(String name, Shape inputs, Layer... layers) {
        Architecture architecture = new Architecture(name, inputs, List.of(layers));
        if (!(architecture.dimension >= 1)) {
            throw new IllegalArgumentException("layers must have weights");
        }
        if (!(architecture.classes() >= 2)) {
            throw new IllegalArgumentException(
                    "the last layer must give at least 2 logits, got " + architecture.classes());
        }
        return architecture;
    }

    /**
     * The same layers under another name.
     *
     * @param name for people
     * @return the architecture
     */
    public Architecture named(String name) {
        return new Architecture(name, inputs, layers);
    }

    /**
     * The name.
     *
     * @return such as "small-lenet"
     */
    public String name() {
        return name;
    }

    /**
     * The number of weights.
     *
     * @return d
     */
    public int dimension() {
        return dimension;
    }

    /**
     * The shape of an input.
     *
     * @return C×H×W
     */
    public Shape inputs() {
        return inputs;
    }

    /**
     * The number of classes.
     *
     * @return K, the number of logits
     */
    public int classes() {
        return stages.get(stages.size() - 1).out.size();
    }

    /**
     * The layers.
     *
     * @return from inputs to logits
     */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * The channels of each batch normalisation, whose statistics are kept beside the weights.
     *
     * @return in the order of the layers
     */
    public int[] normalisedChannels() {
        return stages.stream()
                .filter(BatchNormStage.class::isInstance)
                .mapToInt(stage -> stage.in.channels())
                .toArray();
    }

    /** Pixels of a channel before a batch normalisation. */
    int normalisedPixels(int norm) {
        return stages.stream()
                .filter(stage -> stage instanceof BatchNormStage own && own.statistics == norm)
                .findFirst()
                .orElseThrow()
                .in
                .positions();
    }

    /** Weights to begin training with, uniform in ±1/√n or γ = 1. */
    double[] initialWeights(Seed seed) {
        UniformStream uniform = UniformStream.of(seed);
        double[] weights = new double[dimension];
        for (Stage stage : stages) {
            for (int i = stage.first; i < stage.first + stage.weights; i++) {
                if (stage instanceof LinearStage linear) {
                    double bound = 1.0 / Math.sqrt(linear.fanIn());
                    weights[i] = (float) (bound * (2.0 * uniform.at(stage.index, 0, i) - 1.0));
                } else if (i < stage.first + stage.weights / 2) {
                    weights[i] = 1.0;
                }
            }
        }
        return weights;
    }

    /** The data themselves, if the network can take them. */
    DataSet requireFits(DataSet data) {
        if (data.features() != inputs.size() || data.classes() > classes()) {
            throw new IllegalArgumentException("data must have " + inputs.size() + " features and at most " + classes()
                    + " classes, got " + data.features() + " and " + data.classes());
        }
        return data;
    }

    /** Working memory. */
    <A> Pass<A> pass(Kernels<A> kernels, int groups, boolean training) {
        return new Pass<>(kernels, stages, groups, statistics, training);
    }

    @Override
    public String toString() {
        return name + ", " + dimension + " weights";
    }
}
