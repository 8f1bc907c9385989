package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.distribution.discrete.PoissonDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniformisationTest {

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.3, 7.0, 1e3, 3e7})
    void weightsAreThoseOfPoisson(double mean) {
        PoissonWeights weights = PoissonWeights.of(mean, 1e-10);
        PoissonDistribution law = new PoissonDistribution(mean, 1e-15, 10_000_000);
        double sum = 0.0;
        double difference = 0.0;
        for (long k = weights.first(); k <= weights.last(); k++) {
            sum += weights.of(k);
            if (mean < 1e5) {
                difference += Math.abs(weights.of(k) - law.probability((int) k));
            }
        }
        assertThat(sum).isCloseTo(1.0, within(1e-13));
        assertThat(difference).isLessThan(1e-10);
        // Chernoff: outside of ten standard deviations there is less than 1e-20.
        double deviation = Math.sqrt(mean) + 3;
        assertThat((double) weights.first()).isGreaterThan(mean - 10 * deviation);
        assertThat((double) weights.last()).isLessThan(mean + 10 * deviation);
    }
}
