package org.langevin4j.core.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;

class TemperatureConditionsTest {

    private static final double[][] POINTS = {{0.5, -0.2}, {-1.1, 0.7}, {0.3, 1.4}};

    /** Φ, D and Q that depend on the state, every entry with derivatives by hand below. */
    private static Decomposition general() {
        Potential phi = Potential.automatic(x ->
                x[0].square().square().multiply(0.25).add(x[0].multiply(x[1])).add(x[1].square()));
        Diffusion d = Diffusion.of(MatrixField.automatic(2, x -> new Gradient[][] {
            {x[0].square().add(2.0), x[0].multiply(x[1]).multiply(0.5)},
            {x[0].multiply(x[1]).multiply(0.5), x[1].square().add(1.0)}
        }));
        AntisymmetricField q = AntisymmetricField.planar(
                Potential.automatic(x -> x[0].multiply(0.7).add(x[1]).sin()));
        return new Decomposition(phi, d, q);
    }

    /** The three parts as they are defined, with ∇·b by central differences. */
    @Test
    void partsOfTheStationaryEquation() {
        Temperature hot = Temperature.of(0.6);
        Decomposition system = general();
        VectorField drift = system.aType(hot).toIto().drift();
        // ∇·D = (2.5x₁, 2.5x₂).
        TemperatureConditions conditions = TemperatureConditions.of(system, hot, DifferentiableField.automatic(x ->
                new Gradient[] {x[0].multiply(2.5), x[1].multiply(2.5)}));
        for (double[] x : POINTS) {
            double[] b = new double[2];
            drift.at(x, b);
            double[] g = {x[0] * x[0] * x[0] + x[1], x[0] + 2 * x[1]};
            double[][] d = {{x[0] * x[0] + 2, 0.5 * x[0] * x[1]}, {0.5 * x[0] * x[1], x[1] * x[1] + 1}};
            double quadratic = d[0][0] * g[0] * g[0] + 2 * d[0][1] * g[0] * g[1] + d[1][1] * g[1] * g[1];
            double first = quadratic + b[0] * g[0] + b[1] * g[1];
            // ∇²Φ = [[3x₁², 1], [1, 2]].
            double middle = divergence(drift, x)
                    + 3 * x[0] * x[0] * d[0][0]
                    + 2 * d[0][1]
                    + 2 * d[1][1]
                    + 2 * 2.5 * (x[0] * g[0] + x[1] * g[1]);
            assertThat(conditions.orderBeta().at(x)).isCloseTo(first, within(1e-12));
            assertThat(conditions.orderOne().at(x)).isCloseTo(middle, within(1e-7));
            assertThat(conditions.orderInverseBeta().at(x)).isCloseTo(5.0, within(1e-12));
            assertThat(Math.abs(first)).isGreaterThan(0.1);
        }
    }

    /** ∇·j = (∇·Q)·∇Φ against differences of j, and j·∇Φ is β⁻¹ times that. */
    @Test
    void divergenceOfTheForce() {
        Temperature hot = Temperature.of(0.6);
        Decomposition system = general();
        VectorField j = system.conservativeForce(hot);
        double[] value = new double[2];
        double[] gradient = new double[2];
        for (double[] x : POINTS) {
            double expected = divergence(j, x);
            assertThat(system.forceDivergence().at(x)).isCloseTo(expected, within(1e-7));
            j.at(x, value);
            system.potential().gradient(x, gradient);
            assertThat(value[0] * gradient[0] + value[1] * gradient[1])
                    .isCloseTo(0.6 * system.forceDivergence().at(x), within(1e-13));
            assertThat(Math.abs(expected)).isGreaterThan(0.01);
        }
    }

    /** A constant Q, and one that is a function of Φ, satisfy Assumption 4. */
    @Test
    void systemsOfAssumption4() {
        Potential phi = Potential.automatic(
                x -> x[0].square().square().add(x[0].multiply(x[1])).add(x[1].square()));
        AntisymmetricField constant =
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, 2}, {-2, 0}}));
        AntisymmetricField ofPhi = AntisymmetricField.planar(Potential.automatic(x -> x[0].square()
                .square()
                .add(x[0].multiply(x[1]))
                .add(x[1].square())
                .sin()));
        for (double[] x : POINTS) {
            assertThat(new Decomposition(phi, Diffusion.diagonal(1, 0.3), constant)
                            .forceDivergence()
                            .at(x))
                    .isZero();
            assertThat(new Decomposition(phi, Diffusion.diagonal(1, 0.3), ofPhi)
                            .forceDivergence()
                            .at(x))
                    .isCloseTo(0.0, within(1e-14));
        }
    }

    /** thm22_1d_counterexample: b = −kx, D = 1 + x², Φ = (k/2 + β⁻¹) log(1 + x²). */
    @Test
    void theCounterexampleInOneDimension() {
        double k = 3.0;
        Temperature hot = Temperature.of(2.0);
        Decomposition system = new Decomposition(
                Potential.automatic(x -> x[0].square().add(1.0).log().multiply(0.5 * k + hot.value())),
                Diffusion.automaticDiagonal(
                        1, x -> new Gradient[] {x[0].square().add(1.0)}),
                AntisymmetricField.zero(1));
        double[] x = {0.8};
        double[] rest = new double[1];
        system.residual((y, out) -> out[0] = -k * y[0], hot).at(x, rest);
        assertThat(rest[0]).isCloseTo(0.0, within(1e-14));
        // The reference has Φ(1) − Φ(0) = 2.4260151319598084 at β = ½.
        assertThat(system.potential().at(new double[] {1.0})).isCloseTo(2.4260151319598084, within(1e-14));
        TemperatureConditions conditions = TemperatureConditions.of(
                system, hot, DifferentiableField.automatic(y -> new Gradient[] {y[0].multiply(2.0)}));
        // Φ′ = (k + 2β⁻¹)x/(1 + x²): DΦ′² − kxΦ′ = 2β⁻¹xΦ′.
        double slope = 7.0 * 0.8 / 1.64;
        assertThat(conditions.orderBeta().at(x)).isCloseTo(2 * 2.0 * 0.8 * slope, within(1e-13));
        assertThat(conditions.orderInverseBeta().at(x)).isCloseTo(2.0, within(1e-14));
        // −k + DΦ″ + 4xΦ′ with DΦ″ = 7(1 − x²)/(1 + x²).
        assertThat(conditions.orderOne().at(x)).isCloseTo(-3.0 + 7.0 * 0.36 / 1.64 + 4 * 0.8 * slope, within(1e-13));
    }

    @Test
    void aStateDependentDiffusionNeedsItsDerivatives() {
        assertThatThrownBy(() -> TemperatureConditions.of(general(), Temperature.of(1.0)))
                .hasMessage("diffusion must be constant, or its divergence be given with derivatives");
    }

    private static double divergence(VectorField field, double[] x) {
        double h = 1e-5;
        double sum = 0.0;
        double[] value = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] y = x.clone();
                y[i] += sign * h;
                field.at(y, value);
                sum += sign * value[i] / (2 * h);
            }
        }
        return sum;
    }
}
