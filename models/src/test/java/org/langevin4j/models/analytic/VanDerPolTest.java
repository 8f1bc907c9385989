package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.sde.Temperature;

class VanDerPolTest {

    @Property(tries = 100)
    void driftAndJacobian(
            @ForAll @DoubleRange(min = -3, max = 3) double x,
            @ForAll @DoubleRange(min = -3, max = 3) double y,
            @ForAll @DoubleRange(min = -2, max = 5) double mu) {
        DifferentiableField automatic = DifferentiableField.automatic(z -> new Gradient[] {
            z[1], z[0].square().negate().add(1.0).multiply(z[1]).multiply(mu).subtract(z[0])
        });
        VanDerPol model = new VanDerPol(mu);
        double[] point = {x, y};
        double[] expected = new double[4];
        double[] found = new double[4];
        automatic.jacobian(point, expected);
        model.drift().jacobian(point, found);
        assertThat(found).containsExactly(expected, within(1e-12));
        double[] value = new double[2];
        double[] drift = new double[2];
        automatic.at(point, value);
        model.sde(Temperature.of(0.1)).drift().at(point, drift);
        assertThat(drift).containsExactly(value, within(1e-12));
        double[][] block = new double[2][1];
        model.drift().atBlock(new double[][] {{x}, {y}}, 1, block);
        assertThat(new double[] {block[0][0], block[1][0]}).containsExactly(drift);
    }

    /** SciPy, DOP853 at rtol 2.5e-14: the error of the series falls as μ¹⁰. */
    @Test
    void seriesOfThePeriod() {
        double half = new VanDerPol(0.5).seriesPeriod() - 6.380675801773597;
        double one = new VanDerPol(1.0).seriesPeriod() - 6.6632868593231285;
        assertThat(Math.abs(half)).isLessThan(1e-7);
        assertThat(Math.log(one / half) / Math.log(2.0)).isCloseTo(10.0, within(0.5));
    }

    @Test
    void muMustBeFinite() {
        assertThatThrownBy(() -> new VanDerPol(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mu must be finite, got NaN");
    }
}
