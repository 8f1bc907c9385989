package org.langevin4j.core.sde;

/**
 * The temperature β⁻¹ of a stochastic system: it scales the noise, √(2β⁻¹D).
 *
 * @param value β⁻¹, positive and finite; for stochastic gradient descent in units of the learning rate
 */
public record Temperature(double value) {

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Temperature {
        if (!(value > 0.0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("temperature must be positive and finite, got " + value);
        }
    }

    /**
     * The temperature with the given β⁻¹.
     *
     * @param value β⁻¹
     * @return the temperature
     */
    public static Temperature of(double value) {
        return new Temperature(value);
    }

    /**
     * The temperature of stochastic gradient descent whose mini-batches are drawn with replacement, β⁻¹ = η/(2b)
     * (Chaudhari and Soatto 2018, Lemma 2).
     *
     * @param learningRate η, positive
     * @param batchSize b, at least 1
     * @return the temperature
     */
    public static Temperature ofSgd(double learningRate, int batchSize) {
        if (!(learningRate > 0.0)) {
            throw new IllegalArgumentException("learningRate must be positive, got " + learningRate);
        }
        if (!(batchSize > 0)) {
            throw new IllegalArgumentException("batchSize must be positive, got " + batchSize);
        }
        return new Temperature(learningRate / (2.0 * batchSize));
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
    public static Temperature ofSgdWithoutReplacement(double learningRate, int batchSize, int samples) {
        if (!(batchSize < samples)) {
            throw new IllegalArgumentException(
                    "batchSize must be less than samples = " + samples + ", got " + batchSize);
        }
        return new Temperature(ofSgd(learningRate, batchSize).value * (1.0 - (double) batchSize / samples));
    }

    /**
     * The inverse temperature β.
     *
     * @return 1/value
     */
    public double beta() {
        return 1.0 / value;
    }
}
