package org.langevin4j.solvers.discretisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class CoefficientsTest {

    @Property(tries = 1000)
    void bernoulliSatisfiesItsIdentity(@ForAll @DoubleRange(min = -600, max = 600) double z) {
        // B(−z) = B(z) + z and B(−z) = eᶻB(z).
        double b = Coefficients.bernoulli(z);
        assertThat(b).isPositive();
        assertThat(Coefficients.bernoulli(-z)).isCloseTo(b + z, within(4e-16 * (1 + Math.abs(z))));
    }
}
