package org.langevin4j.models.training;

import java.util.Objects;
import java.util.function.Consumer;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;

/**
 * Descent of a network along the gradient of its loss over all samples, with noise of one's choice in place of that of mini-batches: with a method of
 * learning rate η and mini-batches of b, and without momentum,
 *
 * <pre>x ← x − η∇f(x) + η√(D/b) ξ,</pre>
 *
 * which is Euler–Maruyama of dx = −∇f dt + √(2β⁻¹D) dW, β⁻¹ = η/(2b), at the step η (Chaudhari and Soatto 2018, Lemma 2). Half the rate with
 * mini-batches of half the size is the same equation at half the step. Momentum and weight decay are those of the method. So that true stochastic
 * gradient descent and its equation differ by nothing but the noise, {@link GradientNoise#miniBatches} is one of the choices.
 *
 * <pre>{@code
 * NoisyDescent descent = NoisyDescent.of(network, Sgd.withRate(0.05).momentum(0.0, false), data, GradientNoise.exact(), Seed.of(3));
 * while (descent.epoch() < 20) {
 *     descent.run();
 * }
 * double loss = descent.network().score(data).loss();
 * }</pre>
 *
 * <p>For ensembles and other schemes the equation is an {@link org.langevin4j.core.sde.Sde} of {@link Network#loss} and {@link Network#diffusion} at
 * {@link org.langevin4j.core.sde.Temperature#ofSgd}, at two passes a step in place of one.
 *
 * <p>The network is in evaluation mode, with the running averages it starts with: only so has each sample a gradient of its own. What
 * people run, with batch normalisation by the mini-batch, is {@link Training}.
 *
 * <p>What it does depends on its arguments alone, to the last bit. Not safe for several threads.
 */
public final class NoisyDescent {

    private final Network start;
    private final Sgd sgd;
    private final DataSet data;
    private final GradientNoise noise;
    private final GradientNoise.Source source;
    private final double[] weights;
    private final double[] velocity;
    private int epoch;

    private NoisyDescent(Network start, Sgd sgd, DataSet data, GradientNoise noise, Seed seed) {
        this.start = Objects.requireNonNull(start, "start");
        this.sgd = Objects.requireNonNull(sgd, "sgd");
        this.data = Objects.requireNonNull(data, "data");
        this.noise = Objects.requireNonNull(noise, "noise");
        this.source = noise.begin(start, data, sgd, Objects.requireNonNull(seed, "seed"));
        this.weights = start.weights();
        this.velocity = new double[weights.length];
    }

    /**
     * Descent from the beginning.
     *
     * @param start the first weights; its running averages and its precision are kept
     * @param sgd learning rate, size of mini-batches, momentum and weight decay
     * @param data all samples
     * @param noise in place of mini-batches
     * @param seed of the noise
     * @return before its first epoch
     * @throws IllegalArgumentException if the noise has another dimension than the network
     */
    public static NoisyDescent of(Network start, Sgd sgd, DataSet data, GradientNoise noise, Seed seed) {
        return new NoisyDescent(start, sgd, data, noise, seed);
    }

    /**
     * Runs one epoch: as many steps as there are mini-batches.
     *
     * @throws ArithmeticException as {@link #run(Consumer)}
     * @throws IllegalArgumentException as {@link #run(Consumer)}
     */
    public void run() {
        run(x -> {});
    }

    /**
     * Runs one epoch and shows the weights after each step.
     *
     * @param observer told of the weights, in an array that is used again
     * @throws ArithmeticException if a weight is no longer finite; says at which step
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public void run(Consumer<double[]> observer) {
        int b = sgd.batchSize();
        int steps = (data.size() + b - 1) / b;
        double eta = sgd.rate(epoch);
        for (int s = 0; s < steps; s++) {
            int count = Math.min(b, data.size() - s * b);
            double[] gradient = source.gradient(start.withWeights(weights), epoch, s, count);
            sgd.move(weights, velocity, gradient, eta, start.precision());
            for (double weight : weights) {
                if (!(Math.abs(weight) <= Double.MAX_VALUE)) {
                    throw new ArithmeticException("a weight is " + weight + " in epoch " + epoch + ", step " + s
                            + ": the learning rate " + eta + " is too large");
                }
            }
            observer.accept(weights);
        }
        epoch++;
    }

    /**
     * How many epochs have been run.
     *
     * @return from 0
     */
    public int epoch() {
        return epoch;
    }

    /**
     * The network as it is now.
     *
     * @return with the last weights
     */
    public Network network() {
        return start.withWeights(weights);
    }

    @Override
    public String toString() {
        return "descent of " + start + " by " + sgd + " with " + noise + ", after " + epoch + " epochs";
    }
}
