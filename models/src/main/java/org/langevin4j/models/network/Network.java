package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.Objects;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;

/**
 * An {@link Architecture} with weights x ∈ ℝᵈ and the running averages of its batch normalisations, in evaluation mode: each sample by itself,
 * without dropout. Its loss over N samples is
 *
 * <pre>f(x) = (1/N) Σₖ fₖ(x),   fₖ = −log p_{yₖ}(uₖ),   p = softmax(logits),</pre>
 *
 * in nats, without weight decay. Samples are computed in groups of sixteen and blocks of 64, sums over them taken in their order: the
 * bits do not depend on the number of threads or the vector unit. Immutable.
 */
public final class Network {

    private final Architecture architecture;
    private final double[] weights;
    private final double[][] means;
    private final double[][] variances;
    private final Precision precision;

    private Network(
            Architecture architecture, double[] weights, double[][] means, double[][] variances, Precision precision) {
        this.architecture = architecture;
        this.weights = weights;
        this.means = means;
        this.variances = variances;
        this.precision = precision;
    }

    /**
     * The network with running averages 0 and 1, in single precision.
     *
     * @param architecture its layers
     * @param weights x, length d, finite; copied
     * @return the network
     * @throws IllegalArgumentException if the weights are not what they must be
     */
    public static Network of(Architecture architecture, double[] weights) {
        int[] channels = architecture.normalisedChannels();
        double[][] means = new double[channels.length][];
        double[][] variances = new double[channels.length][];
        for (int i = 0; i < channels.length; i++) {
            means[i] = new double[channels[i]];
            variances[i] = new double[channels[i]];
            Arrays.fill(variances[i], 1.0);
        }
        return new Network(architecture, checked(architecture, weights), means, variances, Precision.SINGLE);
    }

    /**
     * A network to begin training with: weights of dense and convolutional layers uniform in ±1/√n, n the number of inputs of an output; γ = 1,
     * δ = 0; running averages 0 and 1; single precision. This is what PyTorch begins with (its "Kaiming uniform" with a = √5).
     *
     * @param architecture its layers
     * @param seed equal seeds give equal networks, to the last bit
     * @return the network
     */
    public static Network initialised(Architecture architecture, Seed seed) {
        return of(architecture, architecture.initialWeights(seed));
    }

    private static double[] checked(Architecture architecture, double[] weights) {
        Objects.requireNonNull(architecture, "architecture");
        if (weights.length != architecture.dimension()) {
            throw new IllegalArgumentException(
                    "weights must number " + architecture.dimension() + ", got " + weights.length);
        }
        Evaluation.requireFinite("weights", weights);
        return weights.clone();
    }

    /**
     * The same with other weights.
     *
     * @param weights x, length d, finite; copied
     * @return the network
     * @throws IllegalArgumentException if the weights are not what they must be
     */
    public Network withWeights(double... weights) {
        return new Network(architecture, checked(architecture, weights), means, variances, precision);
    }

    /**
     * The same with other running averages.
     *
     * @param means μ of the channels of each batch normalisation, in the order of the layers; copied
     * @param variances σ² of the same, not negative; copied
     * @return the network
     * @throws IllegalArgumentException if the numbers do not fit the layers, or are out of range
     */
    public Network withStatistics(double[][] means, double[][] variances) {
        int[] channels = architecture.normalisedChannels();
        if (means.length != channels.length || variances.length != channels.length) {
            throw new IllegalArgumentException("there must be statistics of " + channels.length
                    + " batch normalisations, got " + means.length + " means and " + variances.length + " variances");
        }
        for (int i = 0; i < channels.length; i++) {
            if (means[i].length != channels[i] || variances[i].length != channels[i]) {
                throw new IllegalArgumentException("batch normalisation " + i + " must have statistics of "
                        + channels[i] + " channels, got " + means[i].length + " means and " + variances[i].length
                        + " variances");
            }
            Evaluation.requireFinite("means", means[i]);
            Evaluation.requireFinite("variances", variances[i]);
            for (double variance : variances[i]) {
                if (!(variance >= 0.0)) {
                    throw new IllegalArgumentException("variances must not be negative, got " + variance);
                }
            }
        }
        return new Network(architecture, weights, copy(means), copy(variances), precision);
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The same, computed with other precision.
     *
     * @param precision of everything between weights and results; sums over blocks of samples are in double precision
     * @return the network
     */
    public Network in(Precision precision) {
        Objects.requireNonNull(precision, "precision");
        return new Network(architecture, weights, means, variances, precision);
    }

    /**
     * Its layers.
     *
     * @return the architecture
     */
    public Architecture architecture() {
        return architecture;
    }

    /**
     * The number of weights.
     *
     * @return d
     */
    public int dimension() {
        return weights.length;
    }

    /**
     * The weights.
     *
     * @return a copy of x, length d
     */
    public double[] weights() {
        return weights.clone();
    }

    /**
     * The running means of the batch normalisations.
     *
     * @return a copy, one row for each
     */
    public double[][] means() {
        return copy(means);
    }

    /**
     * The running variances of the batch normalisations.
     *
     * @return a copy, one row for each
     */
    public double[][] variances() {
        return copy(variances);
    }

    /**
     * With how many digits it computes.
     *
     * @return the precision
     */
    public Precision precision() {
        return precision;
    }

    /**
     * The mean loss and the accuracy, in one go.
     *
     * @param data N samples
     * @return both
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public Score score(DataSet data) {
        double[] sums = Sums.lossAndRight(evaluation(), architecture.requireFits(data));
        return new Score(sums[0] / data.size(), sums[1] / data.size());
    }

    /**
     * How well a network does.
     *
     * @param loss f(x), in nats
     * @param accuracy fraction of samples whose most probable class is their own, the first of equal ones
     */
    public record Score(double loss, double accuracy) {}

    /**
     * The gradient of the mean loss.
     *
     * @param data N samples
     * @return ∇f(x), length d
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public double[] gradient(DataSet data) {
        double[] each = new double[data.size()];
        Arrays.fill(each, 1.0 / data.size());
        return weightedGradient(data, each);
    }

    /**
     * A weighted sum of the gradients of the samples, in the time of one gradient: products with the factor of D without forming it.
     *
     * @param data N samples
     * @param factors w, length N, finite
     * @return Σₖ wₖ∇fₖ(x), length d
     * @throws IllegalArgumentException if the data have other features or classes than the network, or the factors are not what they must be
     */
    public double[] weightedGradient(DataSet data, double[] factors) {
        architecture.requireFits(data);
        if (factors.length != data.size()) {
            throw new IllegalArgumentException("factors must number " + data.size() + ", got " + factors.length);
        }
        Evaluation.requireFinite("factors", factors);
        return Sums.weightedGradient(evaluation(), data, factors);
    }

    /**
     * The products of all gradients with a vector, by the change of the losses along it: no gradient is formed.
     *
     * @param data N samples
     * @param v length d, finite
     * @return ∇fₖ(x)·v for each sample, length N
     * @throws IllegalArgumentException if the data have other features or classes than the network, or v is not what it must be
     */
    public double[] gradientProducts(DataSet data, double... v) {
        architecture.requireFits(data);
        return Sums.gradientProducts(evaluation(), data, checked(architecture, v));
    }

    /**
     * The diffusion matrix of stochastic gradient descent on these samples at every point x, exactly: a product with D or B costs one or two
     * gradients of the loss, and neither matrix nor single gradients are formed. {@link MeasuredDiffusion} is its value at one point.
     *
     * <p>∇·D and the noise-induced drift need second derivatives of each sample and cost d products with Hessians; they are for networks of some hundred
     * weights.
     *
     * @param data N ≥ 2 samples
     * @param sampling which matrix is meant
     * @return D(x), in this precision, with the running averages of this network
     * @throws IllegalArgumentException if the data have other features or classes than the network, or there are fewer than two samples
     */
    public Diffusion diffusion(DataSet data, Sampling sampling) {
        return NetworkDiffusion.of(evaluation(), architecture.requireFits(data), sampling);
    }

    /**
     * The mean loss as a function of the weights, whose negative gradient is the drift of stochastic gradient descent.
     *
     * @param data N samples
     * @return f, with its gradient, in this precision, with the running averages of this network
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public Potential loss(DataSet data) {
        architecture.requireFits(data);
        return Potential.of(
                x -> withWeights(x).score(data).loss(),
                (x, out) -> System.arraycopy(withWeights(x).gradient(data), 0, out, 0, dimension()));
    }

    /**
     * The gradient of each sample.
     *
     * @param data N samples
     * @return N×d, computed anew each time they are asked for
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public PerSampleGradients perSampleGradients(DataSet data) {
        return new NetworkGradients(evaluation(), architecture.requireFits(data));
    }

    /**
     * The product of the Hessian of the mean loss with a vector, exactly, by the derivative of the gradient along v (Pearlmutter 1994).
     *
     * @param data N samples
     * @param v length d, finite
     * @return ∇²f(x)·v, length d
     * @throws IllegalArgumentException if the data have other features or classes than the network, or v is not what it must be
     */
    public double[] hessianTimes(DataSet data, double... v) {
        architecture.requireFits(data);
        return Sums.hessianTimes(evaluation(), data, checked(architecture, v));
    }

    /**
     * The Hessian of the mean loss, by d products, where there is memory and time for d·d numbers.
     *
     * @param data N samples
     * @return ∇²f(x), d×d, symmetric to the last bit: what products give, averaged with its transpose
     * @throws IllegalArgumentException if the data have other features or classes than the network, or d is above 5,000
     */
    public RealMatrix hessian(DataSet data) {
        if (!(dimension() <= 5000)) {
            throw new IllegalArgumentException(
                    "a Hessian of " + dimension() + " weights is too large to be formed; there is hessianTimes");
        }
        return Sums.hessian(evaluation(), architecture.requireFits(data));
    }

    private Evaluation evaluation() {
        return new Evaluation(architecture, weights, means, variances, precision);
    }

    @Override
    public String toString() {
        return evaluation().toString();
    }
}
