package org.langevin4j.models.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.sde.Temperature;

class RingWellTest {

    private static final RingWell MODEL = new RingWell(1.5, 0.8, -2.0);

    /** b = j − ∇Φ from Φ and H by automatic differentiation. */
    private static DifferentiableField automatic() {
        return DifferentiableField.automatic(x -> {
            Gradient slope = x[0].add(x[0].pow(3));
            Gradient energy = x[1].square()
                    .multiply(0.5)
                    .add(x[0].square().multiply(0.5))
                    .add(x[0].pow(4).multiply(0.25));
            Gradient pull = energy.subtract(0.8).multiply(-1.5);
            return new Gradient[] {
                pull.multiply(slope).add(x[1].multiply(2.0)),
                pull.multiply(x[1]).subtract(slope.multiply(2.0))
            };
        });
    }

    @Property(tries = 200)
    void driftJacobianAndDecompositionAgree(
            @ForAll @DoubleRange(min = -1.6, max = 1.6) double x,
            @ForAll @DoubleRange(min = -1.6, max = 1.6) double y,
            @ForAll @DoubleRange(min = 0.25, max = 2) double beta) {
        double[] point = {x, y};
        double[] expected = new double[2];
        double[] found = new double[2];
        automatic().at(point, expected);
        MODEL.drift().at(point, found);
        assertThat(found).containsExactly(expected, within(1e-12));

        double[] exact = new double[4];
        double[] jacobian = new double[4];
        automatic().jacobian(point, exact);
        MODEL.drift().jacobian(point, jacobian);
        assertThat(jacobian).containsExactly(exact, within(1e-11));

        Temperature temperature = Temperature.of(1.0 / beta);
        double[] general = new double[2];
        MODEL.decomposition(temperature)
                .orElseThrow()
                .aType(temperature)
                .toIto()
                .drift()
                .at(point, general);
        assertThat(general).containsExactly(expected, within(1e-9));
        MODEL.decomposition(temperature)
                .orElseThrow()
                .conservativeForce(temperature)
                .at(point, general);
        double[] force = new double[2];
        MODEL.conservativeForce().at(point, force);
        assertThat(general).containsExactly(force, within(1e-9));

        double[][] out = new double[2][1];
        MODEL.drift().atBlock(new double[][] {{x}, {y}}, 1, out);
        assertThat(new double[] {out[0][0], out[1][0]}).containsExactly(found);

        // Assumption 4 and j·∇Φ = 0.
        double[] gradient = new double[2];
        MODEL.potential().gradient(point, gradient);
        assertThat(force[0] * gradient[0] + force[1] * gradient[1]).isCloseTo(0.0, within(1e-12));
        MODEL.energy().gradient(point, gradient);
        assertThat(force).containsExactly(new double[] {2.0 * gradient[1], -2.0 * gradient[0]}, within(1e-12));
    }

    /** SciPy, DOP853 at rtol 2.5e-14 along ẋ = j(x) with an event on the axis: period and −k∮|∇H|² dt. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 4.548330398082166, -15.323893796029665",
        "2, 0.75, 3, 1.589340676367488, -7.4125020667452155",
        "0.5, 3, -2, 1.8449376483454434, -13.486169261455995"
    })
    void cycle(double stiffness, double level, double omega, double period, double logMultiplier) {
        RingWell model = new RingWell(stiffness, level, omega);
        assertThat(model.period()).isCloseTo(period, within(1e-12));
        assertThat(model.logMultiplier()).isCloseTo(logMultiplier, within(1e-11));
        assertThat(model.energy().at(new double[] {model.amplitude(), 0.0})).isCloseTo(level, within(1e-14));
        assertThat(model.potential().at(new double[] {model.amplitude(), 0.0})).isCloseTo(0.0, within(1e-25));
    }

    /** A small loop is harmonic, x₁ + x₁³ ≈ x₁: T → 2π/ω, and ∮|∇H|² dt → 2h·2π/ω. */
    @Test
    void smallLoop() {
        RingWell model = new RingWell(1.0, 1e-8, 2.0);
        assertThat(model.period()).isCloseTo(Math.PI, within(1e-7));
        assertThat(model.logMultiplier()).isCloseTo(-2e-8 * Math.PI, within(1e-14));
    }

    @Test
    void parametersAreChecked() {
        assertThatThrownBy(() -> new RingWell(0.0, 1.0, 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stiffness must be positive and finite, got 0.0");
        assertThatThrownBy(() -> new RingWell(1.0, 1.0, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("omega must be finite and not zero, got NaN");
        assertThatThrownBy(() -> MODEL.loopPeriod(0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("energy must be positive, got 0.0");
    }
}
