package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.Arrays;
import java.util.Objects;
import org.langevin4j.core.random.Seed;

/**
 * The gradient of the mean loss of a mini-batch in training mode: batch normalisation by the mini-batch itself, which couples its samples, and
 * dropout. Holds its working memory; not safe for several threads.
 */
public final class MiniBatchGradient {

    private final Architecture architecture;
    private final int batchSize;
    private final Work<?> work;

    /**
     * Makes the memory.
     *
     * @param architecture the network
     * @param precision of everything between weights and gradient
     * @param batchSize the most samples of a mini-batch, from 1 to 16,384
     * @throws IllegalArgumentException if the size is out of range
     */
    public MiniBatchGradient(Architecture architecture, Precision precision, int batchSize) {
        if (!(batchSize >= 1 && batchSize <= PassMemory.MOST_GROUPS * LANES)) {
            throw new IllegalArgumentException(
                    "batchSize must be in [1, " + PassMemory.MOST_GROUPS * LANES + "], got " + batchSize);
        }
        Objects.requireNonNull(precision, "precision");
        this.architecture = Objects.requireNonNull(architecture, "architecture");
        this.batchSize = batchSize;
        this.work = new Work<>(architecture, precision.kernels(), batchSize);
    }

    /** Arrays of one precision. */
    private static final class Work<A> {

        final Pass<A> pass;
        final A sums;
        final double[] losses;
        final double[] factors;
        final boolean[] right;

        Work(Architecture architecture, Kernels<A> kernels, int batchSize) {
            int groups = (batchSize + LANES - 1) / LANES;
            this.pass = architecture.pass(kernels, groups, true);
            this.sums = kernels.allocate(architecture.dimension());
            this.losses = new double[groups * LANES];
            this.factors = new double[groups * LANES];
            this.right = new boolean[groups * LANES];
            int[] channels = architecture.normalisedChannels();
            for (int i = 0; i < channels.length; i++) {
                pass.means[i] = new double[channels[i]];
                pass.variances[i] = new double[channels[i]];
            }
        }

        double of(double[] weights, DataSet data, int[] chosen, int from, int count, double[] gradient) {
            pass.prepare(weights);
            pass.load(data, chosen, from, count);
            pass.forwardTraining();
            Arrays.fill(factors, 0, count, 1.0 / count);
            pass.crossEntropy(factors, losses, right);
            pass.backward();
            pass.kernels.laneSums(pass.rows, 0, weights.length, sums, 0);
            for (int i = 0; i < weights.length; i++) {
                gradient[i] = pass.kernels.get(sums, i);
            }
            double loss = 0.0;
            for (int s = 0; s < count; s++) {
                loss += losses[s];
            }
            return loss / count;
        }
    }

    /**
     * Computes the gradient.
     *
     * @param weights x, length d
     * @param data what the samples are of
     * @param chosen numbers of samples
     * @param from where in {@code chosen} the mini-batch begins
     * @param count its size b, at least 1
     * @param seed of dropout
     * @param step number of the step, on which dropout depends
     * @param gradient receives ∇f_b(x), length d
     * @return f_b(x), the mean loss in nats
     * @throws IllegalArgumentException if the mini-batch is too large or the data do not fit
     */
    public double at(
            double[] weights,
            DataSet data,
            int[] chosen,
            int from,
            int count,
            Seed seed,
            long step,
            double[] gradient) {
        if (!(count >= 1 && count <= batchSize)) {
            throw new IllegalArgumentException("a mini-batch must have 1 to " + batchSize + " samples, got " + count);
        }
        architecture.requireFits(data);
        work.pass.seed = seed;
        work.pass.step = step;
        return work.of(weights, data, chosen, from, count, gradient);
    }

    /**
     * The mean of a channel over the last mini-batch.
     *
     * @param norm number of the batch normalisation
     * @param channel number of the channel
     * @return μ
     */
    public double mean(int norm, int channel) {
        return work.pass.means[norm][channel];
    }

    /**
     * The variance of a channel over the last mini-batch, divided by the number of values.
     *
     * @param norm number of the batch normalisation
     * @param channel number of the channel
     * @return σ²
     */
    public double variance(int norm, int channel) {
        return work.pass.variances[norm][channel];
    }

    /**
     * How many values of a channel there were in the last mini-batch.
     *
     * @param norm number of the batch normalisation
     * @return samples times pixels
     */
    public long count(int norm) {
        return (long) work.pass.samples * architecture.normalisedPixels(norm);
    }

    @Override
    public String toString() {
        return "gradients of mini-batches of up to " + batchSize + " by " + architecture;
    }
}
