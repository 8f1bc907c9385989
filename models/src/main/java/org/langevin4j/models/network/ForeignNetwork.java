package org.langevin4j.models.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A network that another library computes: a graph with weights from a file, of which this project knows the gradients and not
 * the layers. It gives logits, and its loss over N samples is that of {@link Network}, f(x) = (1/N) Σₖ fₖ(x), fₖ = −log
 * softmax(logits)_{yₖ}, in nats, each sample by itself. Immutable and safe for use by several threads.
 */
public interface ForeignNetwork {

    /**
     * The weights, array by array. A gradient has them in this order, one array after the other, each row-major.
     *
     * @return at least one
     */
    List<Parameter> parameters();

    /**
     * An array of weights.
     *
     * @param name as the file has it
     * @param shape its extents; empty for a single number
     */
    record Parameter(String name, List<Integer> shape) {

        /**
         * Keeps a copy of the shape.
         */
        public Parameter {
            shape = List.copyOf(shape);
        }

        /**
         * How many weights it holds.
         *
         * @return the product of the extents
         */
        public int size() {
            return shape.stream().reduce(1, Math::multiplyExact);
        }

        @Override
        public String toString() {
            return name + " "
                    + (shape.isEmpty()
                            ? "1"
                            : String.join(
                                    "×", shape.stream().map(String::valueOf).toList()));
        }
    }

    /**
     * The number of weights.
     *
     * @return d
     */
    default int dimension() {
        return parameters().stream().mapToInt(Parameter::size).reduce(0, Math::addExact);
    }

    /**
     * The mean loss and the accuracy.
     *
     * @param data N samples
     * @return both
     * @throws IllegalArgumentException if the network refuses the inputs, has not so many classes, or a logit is not finite
     */
    Network.Score score(DataSet data);

    /**
     * The gradient of each sample.
     *
     * @param data N samples
     * @return N×d, computed anew each time they are asked for, which throws the same exception if a logit or a gradient is not finite
     * @throws IllegalArgumentException if the network refuses the inputs, has not so many classes, or treats a sample in a batch otherwise than alone
     */
    PerSampleGradients perSampleGradients(DataSet data);

    /** Reads networks from files of one format; found by {@link ServiceLoader}. */
    interface Format {

        /**
         * What the format is called.
         *
         * @return such as {@code TorchScript}
         */
        String name();

        /**
         * Reads a network.
         *
         * @param file where it is
         * @param inputShape extents of the input of one sample; none for a row of features as it is
         * @return the network
         * @throws IOException if the file cannot be used, or the library that is to compute it cannot be loaded; one line
         */
        ForeignNetwork read(Path file, int... inputShape) throws IOException;

        /**
         * Finds a format.
         *
         * @param name what it is called
         * @return the format, or empty if no module on the class path reads it
         */
        static Optional<Format> named(String name) {
            for (Format format : ServiceLoader.load(Format.class)) {
                if (format.name().equals(name)) {
                    return Optional.of(format);
                }
            }
            return Optional.empty();
        }
    }
}
