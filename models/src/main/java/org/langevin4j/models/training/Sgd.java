package org.langevin4j.models.training;

import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.langevin4j.models.network.Precision;

/**
 * Stochastic gradient descent with momentum,
 *
 * <pre>v ← μv + g,   x ← x − η(g + μv) (Nesterov)   or   x ← x − ηv,   g = ∇f_b(x) + λx.</pre>
 *
 * Immutable.
 */
public final class Sgd {

    private final IntToDoubleFunction rate;

    /** Of the rate, for people. */
    private final String schedule;

    private final double momentum;
    private final boolean nesterov;
    private final double weightDecay;
    private final int batchSize;
    private final Batches batches;

    private Sgd(
            IntToDoubleFunction rate,
            String schedule,
            double momentum,
            boolean nesterov,
            double weightDecay,
            int batchSize,
            Batches batches) {
        this.rate = rate;
        this.schedule = schedule;
        this.momentum = momentum;
        this.nesterov = nesterov;
        this.weightDecay = weightDecay;
        this.batchSize = batchSize;
        this.batches = batches;
    }

    /**
     * A learning rate for each epoch, Nesterov's momentum 0.9, mini-batches of 128 shuffled samples, no weight decay: the settings of Chaudhari and
     * Soatto (2018), Section IV.
     *
     * @param rate η of epoch 0, 1, …, positive
     * @return the method
     */
    public static Sgd withRate(IntToDoubleFunction rate) {
        return new Sgd(Objects.requireNonNull(rate, "rate"), "by epoch", 0.9, true, 0.0, 128, Batches.SHUFFLED);
    }

    /**
     * The same with one learning rate.
     *
     * @param rate η, positive and finite
     * @return the method
     * @throws IllegalArgumentException if η is not positive and finite
     */
    public static Sgd withRate(double rate) {
        requireRate(rate);
        return new Sgd(epoch -> rate, Double.toString(rate), 0.9, true, 0.0, 128, Batches.SHUFFLED);
    }

    private static double requireRate(double rate) {
        if (!(rate > 0.0 && rate <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("the learning rate must be positive and finite, got " + rate);
        }
        return rate;
    }

    /**
     * With another momentum.
     *
     * @param momentum μ in [0, 1)
     * @param nesterov whether the step looks ahead
     * @return the method
     * @throws IllegalArgumentException if μ is out of range
     */
    public Sgd momentum(double momentum, boolean nesterov) {
        if (!(momentum >= 0.0 && momentum < 1.0)) {
            throw new IllegalArgumentException("momentum must be in [0, 1), got " + momentum);
        }
        return new Sgd(rate, schedule, momentum, nesterov, weightDecay, batchSize, batches);
    }

    /**
     * With weight decay.
     *
     * @param weightDecay λ, not negative and finite
     * @return the method
     * @throws IllegalArgumentException if λ is out of range
     */
    public Sgd weightDecay(double weightDecay) {
        if (!(weightDecay >= 0.0 && weightDecay <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("weightDecay must not be negative and be finite, got " + weightDecay);
        }
        return new Sgd(rate, schedule, momentum, nesterov, weightDecay, batchSize, batches);
    }

    /**
     * With other mini-batches.
     *
     * @param batchSize b ≥ 1; the last of an epoch is smaller if b does not divide the number of samples
     * @param batches how they are drawn
     * @return the method
     * @throws IllegalArgumentException if b is below 1
     */
    public Sgd batches(int batchSize, Batches batches) {
        if (!(batchSize >= 1)) {
            throw new IllegalArgumentException("batchSize must be at least 1, got " + batchSize);
        }
        return new Sgd(
                rate, schedule, momentum, nesterov, weightDecay, batchSize, Objects.requireNonNull(batches, "batches"));
    }

    double rate(int epoch) {
        return requireRate(rate.applyAsDouble(epoch));
    }

    int batchSize() {
        return batchSize;
    }

    Batches batches() {
        return batches;
    }

    /** One step from the gradient of the loss; {@code rounded} gives what a weight can be. */
    void move(double[] weights, double[] velocity, double[] gradient, double eta, Precision precision) {
        for (int i = 0; i < weights.length; i++) {
            double g = gradient[i] + weightDecay * weights[i];
            velocity[i] = precision.round(momentum * velocity[i] + g);
            double direction = nesterov ? g + momentum * velocity[i] : velocity[i];
            weights[i] = precision.round(weights[i] - eta * direction);
        }
    }

    @Override
    public String toString() {
        return "SGD, learning rate " + schedule + ", mini-batches of " + batchSize + " " + batches + ", momentum "
                + momentum + (nesterov ? " (Nesterov)" : "") + ", weight decay " + weightDecay;
    }
}
