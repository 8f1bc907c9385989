package org.langevin4j.core.sde;

import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * The temperature β⁻¹ of a stochastic system: it scales the noise, √(2β⁻¹D). A number, or a function of time, β⁻¹(t), as in
 * annealing.
 */
public sealed interface Temperature {

    /**
     * A temperature that does not change.
     *
     * @param value β⁻¹, positive and finite; for stochastic gradient descent in units of the learning rate
     */
    record Constant(double value) implements Temperature {

        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException if it is not positive and finite
         */
        public Constant {
            if (!(value > 0.0 && value <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("temperature must be positive and finite, got " + value
                        + (value == 0.0 ? "; for no noise take Diffusion.isotropic(d, 0)" : ""));
            }
        }

        @Override
        public String toString() {
            return "β⁻¹ = " + value;
        }
    }

    /**
     * A temperature that depends on time.
     *
     * @param function β⁻¹(t)
     */
    record Varying(DoubleUnaryOperator function) implements Temperature {

        /** Checks that the function is there. */
        public Varying {
            Objects.requireNonNull(function, "function");
        }

        @Override
        public double value() {
            throw new IllegalArgumentException("temperature must not depend on time where one number is asked for;"
                    + " freeze it by atTime(t), or use an analysis that takes a driven equation");
        }

        @Override
        public boolean isConstant() {
            return false;
        }

        @Override
        public Temperature atTime(double t) {
            double value = function.applyAsDouble(t);
            if (!(value > 0.0 && value <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "temperature must be positive and finite, got " + value + " at t = " + t);
            }
            return new Constant(value);
        }

        @Override
        public String toString() {
            return "β⁻¹(t)";
        }
    }

    /**
     * β⁻¹.
     *
     * @return the value, positive and finite
     * @throws IllegalArgumentException if it depends on time
     */
    double value();

    /**
     * Whether β⁻¹ is one number.
     *
     * @return false if it depends on time
     */
    default boolean isConstant() {
        return true;
    }

    /**
     * Refuses a temperature that depends on time, for those who need one number.
     *
     * @param who what is asked of the temperature
     * @return this temperature
     * @throws IllegalArgumentException if it depends on time
     */
    default Temperature requireConstant(String who) {
        if (!isConstant()) {
            throw new IllegalArgumentException(
                    who + " takes a constant temperature, this one depends on time; freeze it by atTime(t)");
        }
        return this;
    }

    /**
     * The temperature at one time.
     *
     * @param t time
     * @return a constant temperature; this one if it does not depend on time
     * @throws IllegalArgumentException if the value at that time is not positive and finite
     */
    default Temperature atTime(double t) {
        return this;
    }

    /**
     * A temperature that depends on time.
     *
     * @param function β⁻¹(t), positive and finite where it is used; must be thread-safe
     * @return the temperature
     */
    static Temperature varying(DoubleUnaryOperator function) {
        return new Varying(function);
    }

    /**
     * The temperature with the given β⁻¹.
     *
     * @param value β⁻¹
     * @return the temperature
     */
    static Temperature of(double value) {
        return new Constant(value);
    }

    /**
     * The temperature of stochastic gradient descent whose mini-batches are drawn with replacement, β⁻¹ = η/(2b)
     * (Chaudhari and Soatto 2018, Lemma 2).
     *
     * @param learningRate η, positive
     * @param batchSize b, at least 1
     * @return the temperature
     */
    static Temperature ofSgd(double learningRate, int batchSize) {
        if (!(learningRate > 0.0)) {
            throw new IllegalArgumentException("learningRate must be positive, got " + learningRate);
        }
        if (!(batchSize > 0)) {
            throw new IllegalArgumentException("batchSize must be positive, got " + batchSize);
        }
        return new Constant(learningRate / (2.0 * batchSize));
    }

    /**
     * The temperature of stochastic gradient descent whose mini-batches are drawn without replacement,
     * β⁻¹ = η/(2b)·(1 − b/N) (Chaudhari and Soatto 2018, Remark 12).
     *
     * @param learningRate η, positive
     * @param batchSize b, at least 1 and less than N: the full batch has no noise
     * @param samples N, the size of the data set
     * @return the temperature
     */
    static Temperature ofSgdWithoutReplacement(double learningRate, int batchSize, int samples) {
        if (!(batchSize < samples)) {
            throw new IllegalArgumentException(
                    "batchSize must be less than samples = " + samples + ", got " + batchSize);
        }
        return new Constant(ofSgd(learningRate, batchSize).value() * (1.0 - (double) batchSize / samples));
    }

    /**
     * The inverse temperature β.
     *
     * @return 1/value
     */
    default double beta() {
        return 1.0 / value();
    }
}
