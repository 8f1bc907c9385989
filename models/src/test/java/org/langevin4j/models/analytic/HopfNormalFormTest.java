package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.sde.Temperature;

class HopfNormalFormTest {

    private static final HopfNormalForm MODEL = new HopfNormalForm(1.0, 2.0);

    /** Q from Hipparchus' erfc, differentiated automatically. */
    private static AntisymmetricField automatic(double beta) {
        return AntisymmetricField.automatic(2, x -> {
            Gradient z = x[0].square().add(x[1].square()).subtract(1.0).multiply(0.5);
            Gradient tail = Erf.erfc(z.multiply(Math.sqrt(beta)));
            return new Gradient[] {
                tail.multiply(z.square().multiply(beta).exp()).multiply(Math.sqrt(Math.PI * beta))
            };
        });
    }

    @Property(tries = 200)
    void theDecompositionHasTheDrift(
            @ForAll @DoubleRange(min = -2, max = 2) double x,
            @ForAll @DoubleRange(min = -2, max = 2) double y,
            @ForAll @DoubleRange(min = 0.25, max = 2) double beta) {
        double[] point = {x, y};
        double[] expected = new double[2];
        double[] found = new double[2];
        MODEL.drift().at(point, expected);
        Temperature temperature = Temperature.of(1.0 / beta);
        MODEL.decomposition(temperature)
                .orElseThrow()
                .aType(temperature)
                .toIto()
                .drift()
                .at(point, found);
        assertThat(found).containsExactly(expected, within(1e-9));

        double[] block = new double[2];
        double[][] out = new double[2][1];
        MODEL.drift().atBlock(new double[][] {{x}, {y}}, 1, out);
        block[0] = out[0][0];
        block[1] = out[1][0];
        assertThat(block).containsExactly(expected);
    }

    /** Near the cycle: far out the tail of erfc has lost the digits that e^(βz²) brings back. */
    @Property(tries = 100)
    void qIsTheScaledErfc(
            @ForAll @DoubleRange(min = -1.2, max = 1.2) double x,
            @ForAll @DoubleRange(min = -1.2, max = 1.2) double y,
            @ForAll @DoubleRange(min = 0.25, max = 2) double beta) {
        double[] point = {x, y};
        AntisymmetricField closed = MODEL.antisymmetric(Temperature.of(1.0 / beta));
        double[] a = new double[4];
        double[] b = new double[4];
        closed.at(point, a);
        automatic(beta).at(point, b);
        assertThat(a[1]).isCloseTo(b[1], within(1e-9 * (1.0 + Math.abs(b[1]))));
    }

    /** j = ω(−x₂, x₁): Assumption 4 holds, at every temperature. */
    @Property(tries = 50)
    void theForceDoesNotDiverge(
            @ForAll @DoubleRange(min = -1.5, max = 1.5) double x,
            @ForAll @DoubleRange(min = -1.5, max = 1.5) double y,
            @ForAll @DoubleRange(min = 0.25, max = 2) double beta) {
        Decomposition system = MODEL.decomposition(Temperature.of(1.0 / beta)).orElseThrow();
        assertThat(system.forceDivergence().at(new double[] {x, y})).isCloseTo(0.0, within(1e-12));
        double[] rest = new double[2];
        system.residual(MODEL.drift(), Temperature.of(1.0 / beta)).at(new double[] {x, y}, rest);
        assertThat(rest).containsExactly(new double[] {0.0, 0.0}, within(1e-12));
    }

    @Test
    void parametersMustBeFinite() {
        assertThatThrownBy(() -> new HopfNormalForm(Double.NaN, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mu must be finite, got NaN");
    }
}
