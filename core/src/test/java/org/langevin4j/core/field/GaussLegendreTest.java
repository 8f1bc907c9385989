package org.langevin4j.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.junit.jupiter.api.Test;

class GaussLegendreTest {

    private static final GaussIntegratorFactory FACTORY = new GaussIntegratorFactory();

    /** The same bits as Hipparchus' own rule on the interval. */
    @Property(tries = 50)
    void isTheRuleOfHipparchus(
            @ForAll @IntRange(min = 1, max = 60) int points,
            @ForAll @DoubleRange(min = -5.0, max = 0.0) double from,
            @ForAll @DoubleRange(min = 0.5, max = 3.0) double to) {
        GaussIntegrator rule = GaussLegendre.rule(points, from, to);
        GaussIntegrator expected = FACTORY.legendre(points, from, to);
        for (int i = 0; i < points; i++) {
            assertThat(rule.getPoint(i)).isEqualTo(expected.getPoint(i));
            assertThat(rule.getWeight(i)).isEqualTo(expected.getWeight(i));
        }
    }

    @Test
    void integratesPolynomialsOfTwiceItsPointsExactly() {
        // ∫₁³ x⁵ dx = (3⁶ − 1)/6, by three points.
        assertThat(GaussLegendre.rule(3, 1.0, 3.0).integrate(x -> Math.pow(x, 5)))
                .isCloseTo(728.0 / 6.0, within(1e-12));
        assertThat(GaussLegendre.rule(2, 1.0, 3.0).integrate(x -> Math.pow(x, 5)))
                .isNotCloseTo(728.0 / 6.0, within(0.1));
    }
}
