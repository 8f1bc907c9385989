package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.Objects;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.random.Seed;

/**
 * A network of one layer for K classes of inputs with F features, p = softmax(Wu + c), with the cross-entropy loss
 *
 * <pre>f(x) = −(1/N) Σₙ log p_{yₙ}(uₙ) + (λ/2)‖x‖²,   x = (W, c) ∈ ℝᵈ,   d = K(F + 1).</pre>
 *
 * The weights x are W row by row, then the biases c. With ũ = (u, 1), the gradient of sample n is
 * (p − e_{yₙ}) ⊗ ũₙ + λx and the Hessian (1/N) Σₙ (diag(p) − ppᵀ) ⊗ ũₙũₙᵀ + λI: the loss is convex. Weight decay λ acts
 * on all weights and shifts all gradients alike, so that it does not enter D (Chaudhari and Soatto 2018, eq. 2).
 * Immutable; training returns another network.
 */
public final class SoftmaxRegression {

    private final int features;
    private final int classes;
    private final double[] weights;
    private final double weightDecay;

    private SoftmaxRegression(int features, int classes, double[] weights, double weightDecay) {
        this.features = features;
        this.classes = classes;
        this.weights = weights;
        this.weightDecay = weightDecay;
    }

    /**
     * The network with all weights zero, which gives each class the probability 1/K.
     *
     * @param features F ≥ 1
     * @param classes K ≥ 2
     * @return the network, without weight decay
     * @throws IllegalArgumentException if there are too few features or classes
     */
    public static SoftmaxRegression zero(int features, int classes) {
        if (!(features >= 1)) {
            throw new IllegalArgumentException("features must be at least 1, got " + features);
        }
        if (!(classes >= 2)) {
            throw new IllegalArgumentException("classes must be at least 2, got " + classes);
        }
        return new SoftmaxRegression(
                features, classes, new double[Math.multiplyExact(classes, Math.addExact(features, 1))], 0.0);
    }

    /**
     * The same network with other weights.
     *
     * @param weights x, length d, finite; copied
     * @return the network
     * @throws IllegalArgumentException if the length is not d or a weight is not finite
     */
    public SoftmaxRegression withWeights(double... weights) {
        if (weights.length != dimension()) {
            throw new IllegalArgumentException("weights must number " + dimension() + ", got " + weights.length);
        }
        for (int i = 0; i < weights.length; i++) {
            if (!(Math.abs(weights[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("weights must be finite, got [" + i + "] = " + weights[i]);
            }
        }
        return new SoftmaxRegression(features, classes, weights.clone(), weightDecay);
    }

    /**
     * The same network with another weight decay.
     *
     * @param weightDecay λ, not negative and finite
     * @return the network
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public SoftmaxRegression withWeightDecay(double weightDecay) {
        if (!(weightDecay >= 0.0 && weightDecay <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("weightDecay must not be negative and be finite, got " + weightDecay);
        }
        return new SoftmaxRegression(features, classes, weights, weightDecay);
    }

    /**
     * The number of weights.
     *
     * @return d = K(F + 1)
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
     * The mean loss.
     *
     * @param data N samples
     * @return f(x), in nats
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public double loss(DataSet data) {
        requireFits(data);
        double sum = 0.0;
        for (int n = 0; n < data.size(); n++) {
            double[] logits = logits(data.input(n));
            sum += logSumExp(logits) - logits[data.label(n)];
        }
        double square = 0.0;
        for (double weight : weights) {
            square += weight * weight;
        }
        return sum / data.size() + 0.5 * weightDecay * square;
    }

    /**
     * The fraction of samples whose most probable class is their own.
     *
     * @param data N samples
     * @return from 0 to 1
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public double accuracy(DataSet data) {
        requireFits(data);
        int right = 0;
        for (int n = 0; n < data.size(); n++) {
            double[] logits = logits(data.input(n));
            int best = 0;
            for (int k = 1; k < classes; k++) {
                best = logits[k] > logits[best] ? k : best;
            }
            right += best == data.label(n) ? 1 : 0;
        }
        return (double) right / data.size();
    }

    /**
     * The gradient of the mean loss.
     *
     * @param data N samples
     * @return ∇f(x), length d
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public double[] gradient(DataSet data) {
        requireFits(data);
        double[] gradient = new double[dimension()];
        for (int n = 0; n < data.size(); n++) {
            addGradient(data, n, gradient);
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = gradient[i] / data.size() + weightDecay * weights[i];
        }
        return gradient;
    }

    /**
     * The gradient of the loss of each sample, for {@link MeasuredDiffusion}. Their mean is {@link #gradient}.
     *
     * @param data N samples
     * @return N×d, row n is ∇fₙ(x)
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public double[][] perSampleGradients(DataSet data) {
        requireFits(data);
        double[][] gradients = new double[data.size()][dimension()];
        for (int n = 0; n < gradients.length; n++) {
            for (int i = 0; i < weights.length; i++) {
                gradients[n][i] = weightDecay * weights[i];
            }
            addGradient(data, n, gradients[n]);
        }
        return gradients;
    }

    /**
     * The Hessian of the mean loss. It does not depend on the labels.
     *
     * @param data N samples
     * @return ∇²f(x), d×d, symmetric and positive semi-definite
     * @throws IllegalArgumentException if the data have other features or classes than the network
     */
    public RealMatrix hessian(DataSet data) {
        requireFits(data);
        int d = dimension();
        double[][] hessian = new double[d][d];
        double[] extended = new double[features + 1];
        for (int n = 0; n < data.size(); n++) {
            double[] p = probabilities(data.input(n));
            System.arraycopy(data.input(n), 0, extended, 0, features);
            extended[features] = 1.0;
            for (int k = 0; k < classes; k++) {
                for (int l = 0; l < classes; l++) {
                    double block = ((k == l ? p[k] : 0.0) - p[k] * p[l]) / data.size();
                    for (int i = 0; i <= features; i++) {
                        double[] row = hessian[index(k, i)];
                        double factor = block * extended[i];
                        for (int j = 0; j <= features; j++) {
                            row[index(l, j)] += factor * extended[j];
                        }
                    }
                }
            }
        }
        for (int i = 0; i < d; i++) {
            hessian[i][i] += weightDecay;
        }
        return new Array2DRowRealMatrix(hessian, false);
    }

    /**
     * Trains by gradient descent, x ← x − η∇f(x).
     *
     * @param data all of them in each step
     * @param learningRate η, positive
     * @param steps how many, not negative
     * @return the network with the last weights
     * @throws IllegalArgumentException if an argument is out of range, or the weights do not stay finite
     */
    public SoftmaxRegression trainedByGradientDescent(DataSet data, double learningRate, int steps) {
        requireTraining(learningRate, steps);
        SoftmaxRegression network = this;
        for (int step = 0; step < steps; step++) {
            network = network.moved(network.gradient(data), learningRate);
        }
        return network;
    }

    /**
     * Trains by stochastic gradient descent, x ← x − η∇f_b(x), each mini-batch drawn with replacement (Chaudhari and
     * Soatto 2018, Definition 1).
     *
     * @param data what the mini-batches are drawn from
     * @param learningRate η, positive
     * @param batchSize b ≥ 1
     * @param steps how many, not negative
     * @param seed of the draws; equal seeds give equal networks
     * @return the network with the last weights
     * @throws IllegalArgumentException if an argument is out of range, or the weights do not stay finite
     */
    public SoftmaxRegression trainedBySgd(DataSet data, double learningRate, int batchSize, int steps, Seed seed) {
        requireTraining(learningRate, steps);
        requireFits(data);
        Objects.requireNonNull(seed, "seed");
        if (!(batchSize >= 1)) {
            throw new IllegalArgumentException("batchSize must be at least 1, got " + batchSize);
        }
        SoftmaxRegression network = this;
        for (int step = 0; step < steps; step++) {
            double[] gradient = new double[dimension()];
            for (int k = 0; k < batchSize; k++) {
                // 63 random bits scaled to [0, N).
                long bits = seed.derive((long) step * batchSize + k).value() >>> 1;
                network.addGradient(data, (int) Math.multiplyHigh(bits, 2L * data.size()), gradient);
            }
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = gradient[i] / batchSize + weightDecay * network.weights[i];
            }
            network = network.moved(gradient, learningRate);
        }
        return network;
    }

    private SoftmaxRegression moved(double[] gradient, double learningRate) {
        double[] moved = new double[weights.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = weights[i] - learningRate * gradient[i];
        }
        return withWeights(moved);
    }

    /** Adds ∇(−log p_y) of sample n. */
    private void addGradient(DataSet data, int n, double[] to) {
        double[] input = data.input(n);
        double[] p = probabilities(input);
        p[data.label(n)] -= 1.0;
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < features; j++) {
                to[k * features + j] += p[k] * input[j];
            }
            to[classes * features + k] += p[k];
        }
    }

    /** Where the weight of feature j for class k is; feature F is the bias. */
    private int index(int k, int j) {
        return j < features ? k * features + j : classes * features + k;
    }

    private double[] logits(double[] input) {
        double[] logits = new double[classes];
        for (int k = 0; k < classes; k++) {
            double sum = weights[classes * features + k];
            for (int j = 0; j < features; j++) {
                sum += weights[k * features + j] * input[j];
            }
            logits[k] = sum;
        }
        return logits;
    }

    private double[] probabilities(double[] input) {
        double[] p = logits(input);
        double normalisation = logSumExp(p);
        for (int k = 0; k < classes; k++) {
            p[k] = StrictMath.exp(p[k] - normalisation);
        }
        return p;
    }

    /** Without overflow; StrictMath has the same bits on every platform. */
    private static double logSumExp(double[] logits) {
        double max = Arrays.stream(logits).max().orElseThrow();
        double sum = 0.0;
        for (double logit : logits) {
            sum += StrictMath.exp(logit - max);
        }
        return max + StrictMath.log(sum);
    }

    private void requireFits(DataSet data) {
        if (data.features() != features || data.classes() != classes) {
            throw new IllegalArgumentException("data must have " + features + " features and " + classes
                    + " classes, got " + data.features() + " and " + data.classes());
        }
    }

    private static void requireTraining(double learningRate, int steps) {
        if (!(learningRate > 0.0 && learningRate <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("learningRate must be positive and finite, got " + learningRate);
        }
        if (!(steps >= 0)) {
            throw new IllegalArgumentException("steps must not be negative, got " + steps);
        }
    }

    @Override
    public String toString() {
        return "softmax regression of " + features + " features in " + classes + " classes, weight decay "
                + weightDecay;
    }
}
