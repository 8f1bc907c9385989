package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;

class UnderdampedLangevinTest {

    /** U = q₁⁴/4 + q₁q₂, M = diag(2, 5), γ = 0.3. */
    private static final UnderdampedLangevin EQUATION = UnderdampedLangevin.of(
                    2,
                    Potential.automatic(q -> q[0].square().square().divide(4.0).add(q[0].multiply(q[1]))),
                    0.3,
                    Temperature.of(1.5))
            .withMass(2.0, 5.0);

    @Test
    void driftIsThatOfPhaseSpace() {
        Sde sde = EQUATION.sde();
        assertThat(sde.dimension()).isEqualTo(4);
        double[] x = {1.5, -0.5, 3.0, -4.0};
        double[] out = new double[4];
        sde.drift().at(x, out);
        double[] expected = {1.5, -0.8, -(3.375 - 0.5) - 0.9, -1.5 + 1.2};
        assertThat(out).containsExactly(expected, within(1e-14));
        double[][] block = new double[4][3];
        double[][] states = {{9, 1.5, 0}, {9, -0.5, 0}, {9, 3.0, 0}, {9, -4.0, 0}};
        sde.drift().atBlock(states, 2, block);
        for (int i = 0; i < 4; i++) {
            assertThat(block[i][1]).isEqualTo(out[i]);
            assertThat(block[i][2]).isZero();
        }
        double[] entries = new double[16];
        sde.diffusion().matrix(x, entries);
        assertThat(entries)
                .containsExactly(new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.6, 0, 0, 0, 0, 1.5}, within(1e-15));
        assertThat(sde.diffusion().isConstant()).isTrue();
        assertThat(sde.temperature()).isEqualTo(Temperature.of(1.5));
    }

    @Test
    void theEquationIsFoundAgainOnlyIfNothingWasChanged() {
        Sde sde = EQUATION.sde();
        assertThat(UnderdampedLangevin.recognise(sde)).containsSame(EQUATION);
        assertThat(UnderdampedLangevin.recognise(Sde.ito(sde.drift(), Diffusion.isotropic(4, 1.0), sde.temperature())))
                .isEmpty();
        assertThat(UnderdampedLangevin.recognise(
                        Sde.ito((x, out) -> out[0] = 0, Diffusion.isotropic(1, 1), sde.temperature())))
                .isEmpty();
    }

    private static double[] drift(Sde sde, double... x) {
        double[] out = new double[x.length];
        sde.drift().at(x, out);
        double[][] block = new double[x.length][2];
        double[][] states = new double[x.length][2];
        for (int i = 0; i < x.length; i++) {
            states[i][1] = x[i];
        }
        sde.drift().atBlock(states, 2, block);
        for (int i = 0; i < x.length; i++) {
            assertThat(block[i][1]).isEqualTo(out[i]);
        }
        return out;
    }

    /** D·β⁻¹ from the factor, alone and in a block, against D v. */
    private static double[] strength(Sde sde, double... x) {
        int d = x.length;
        Diffusion diffusion = sde.diffusion();
        double[] sum = new double[d * d];
        double[][] states = new double[d][2];
        for (int i = 0; i < d; i++) {
            states[i][1] = x[i];
        }
        for (int k = 0; k < diffusion.noiseDimension(); k++) {
            double[] xi = new double[diffusion.noiseDimension()];
            double[][] noise = new double[xi.length][2];
            xi[k] = 1.0;
            noise[k][1] = 1.0;
            double[] column = new double[d];
            double[][] block = new double[d][2];
            diffusion.factorTimes(x, xi, column);
            diffusion.factorTimesBlock(states, noise, 2, block);
            for (int i = 0; i < d; i++) {
                assertThat(block[i][1]).isEqualTo(column[i]);
                for (int j = 0; j < d; j++) {
                    sum[i * d + j] += column[i] * column[j];
                }
            }
        }
        double[] matrix = new double[d * d];
        diffusion.matrix(x, matrix);
        assertThat(matrix).containsExactly(sum, within(1e-14));
        for (int k = 0; k < sum.length; k++) {
            sum[k] *= sde.temperature().value();
        }
        return sum;
    }

    private static double[] matrix(double... lower) {
        double[] all = new double[16];
        all[10] = lower[0];
        all[11] = lower[1];
        all[14] = lower[1];
        all[15] = lower[2];
        return all;
    }

    @Test
    void bathsOfTheirOwn() {
        UnderdampedLangevin equation =
                EQUATION.withFriction(0.0, 0.7).withTemperature(Temperature.of(3.0), Temperature.of(0.5));
        double[] x = {1.5, -0.5, 3.0, -4.0};
        assertThat(drift(equation.sde(), x))
                .containsExactly(new double[] {1.5, -0.8, -(3.375 - 0.5), -1.5 + 2.8}, within(1e-14));
        // γMT.
        assertThat(strength(equation.sde(), x)).containsExactly(matrix(0, 0, 0.7 * 5 * 0.5), within(1e-14));
        assertThat(UnderdampedLangevin.recognise(equation.sde())).containsSame(equation);
        assertThat(equation)
                .hasToString("UnderdampedLangevin[n = 2, M = [2.0, 5.0], γ = [0.0, 0.7], [β⁻¹ = 3.0, β⁻¹ = 0.5]]");
        // Baths that are alike are one temperature: the same equation as before.
        assertThat(EQUATION.withTemperature(Temperature.of(1.5), Temperature.of(1.5))
                        .sde()
                        .temperature())
                .isEqualTo(Temperature.of(1.5));
    }

    @Test
    void frictionOfThePosition() {
        UnderdampedLangevin equation = EQUATION.withFriction(q -> 1 + q[0] * q[0]);
        double[] x = {1.5, -0.5, 3.0, -4.0};
        assertThat(drift(equation.sde(), x))
                .containsExactly(new double[] {1.5, -0.8, -(3.375 - 0.5) - 3.25 * 3, -1.5 + 3.25 * 4}, within(1e-14));
        assertThat(strength(equation.sde(), x))
                .containsExactly(matrix(3.25 * 2 * 1.5, 0, 3.25 * 5 * 1.5), within(1e-13));
        assertThat(equation.sde().diffusion().noiseDimension()).isEqualTo(2);
        assertThat(UnderdampedLangevin.recognise(equation.sde())).containsSame(equation);
        double[] zero = new double[4];
        equation.sde().diffusion().divergence(x, zero);
        assertThat(zero).containsOnly(0.0);
        assertThatThrownBy(() -> strength(EQUATION.withFriction(q -> -q[0]).sde(), x))
                .hasMessage("friction must not be negative, got γ[0] = -1.5 at q = [1.5, -0.5]");
    }

    /** Γ = LLᵀ with L = (1, 0; q₁, 2). */
    @Test
    void frictionMatrix() {
        Diffusion gamma = Diffusion.automaticFactor(2, 2, q -> new Gradient[][] {
            {q[0].multiply(0).add(1), q[0].multiply(0)}, {q[0], q[0].multiply(0).add(2)}
        });
        UnderdampedLangevin equation = EQUATION.withFrictionMatrix(gamma);
        double[] x = {1.5, -0.5, 3.0, -4.0};
        // Γ = (1, 1.5; 1.5, 6.25), velocities 1.5 and −0.8.
        assertThat(drift(equation.sde(), x))
                .containsExactly(
                        new double[] {1.5, -0.8, -(3.375 - 0.5) - (1.5 - 1.2), -1.5 - (2.25 - 5.0)}, within(1e-14));
        assertThat(strength(equation.sde(), x)).containsExactly(matrix(1.5, 2.25, 1.5 * 6.25), within(1e-13));
        assertThat(UnderdampedLangevin.recognise(equation.sde())).containsSame(equation);
        assertThatThrownBy(() -> equation.withTemperature(Temperature.of(1), Temperature.of(2)))
                .hasMessage("temperature must be one for all coordinates where the friction is a matrix, got 2");
        assertThatThrownBy(() -> EQUATION.withFrictionMatrix(Diffusion.isotropic(3, 1)))
                .hasMessage("gamma must have the dimension 2, got 3");
    }

    @Test
    void whatIsDrivenIsRecognisedAtATime() {
        VectorField force = VectorField.driven(t -> (q, out) -> {
            out[0] = q[0] + t;
            out[1] = q[1] - t;
        });
        UnderdampedLangevin still = UnderdampedLangevin.ofGradient(2, force.atTime(0), 0.3, Temperature.of(1.5));
        UnderdampedLangevin pushed = UnderdampedLangevin.ofGradient(2, force, 0.3, Temperature.of(1.5));
        Temperature rising = Temperature.varying(t -> 1 + t);
        VectorField rates = VectorField.driven(t -> (q, out) -> Arrays.fill(out, 1 + t));
        for (UnderdampedLangevin equation : new UnderdampedLangevin[] {
            pushed,
            still.withTemperature(rising),
            pushed.withTemperature(rising, Temperature.of(1)),
            still.withTemperature(rising, Temperature.of(1)).withFriction(q -> 1 + q[0] * q[0]),
            still.withFriction(rates),
            pushed.withFriction(rates).withTemperature(rising),
            still.withFrictionMatrix(Diffusion.driven(t -> Diffusion.isotropic(2, 1 + t)))
        }) {
            assertThat(equation.isAutonomous()).isFalse();
            assertThat(UnderdampedLangevin.recognise(equation.sde())).containsSame(equation);
            Sde moment = equation.sde().atTime(2.0);
            UnderdampedLangevin found = UnderdampedLangevin.recognise(moment).orElseThrow();
            assertThat(found.isAutonomous()).isTrue();
            double[] x = {1.5, -0.5, 3.0, -4.0};
            assertThat(drift(found.sde(), x)).isEqualTo(drift(moment, x));
            assertThat(strength(found.sde(), x)).containsExactly(strength(moment, x), within(1e-14));
            // Parts of two times are no equation of ours.
            Sde later = equation.sde().atTime(3.0);
            assertThat(UnderdampedLangevin.recognise(Sde.ito(moment.drift(), later.diffusion(), later.temperature()))
                            .isPresent())
                    .isEqualTo(later.diffusion().equals(moment.diffusion())
                            && later.temperature().equals(moment.temperature()));
        }
        assertThat(drift(pushed.sde().atTime(2.0), 1, 1, 0, 0)).containsExactly(0, 0, -3, 1);
        // 2γT at t = 2 is 2·0.3·3.
        UnderdampedLangevin hot = still.withTemperature(rising, Temperature.of(1));
        assertThat(strength(hot.sde().atTime(2.0), 0, 0, 0, 0)).containsExactly(matrix(0.9, 0, 0.3), within(1e-15));
    }

    @Test
    void geometricBrownianMotionHasItsEquation() {
        GeometricBrownianMotion motion = GeometricBrownianMotion.of(new double[] {0.1, -0.2}, new double[] {0.4, 0.3})
                .read(Calculus.STRATONOVICH);
        Sde sde = motion.sde();
        double[] out = new double[2];
        sde.drift().at(new double[] {2, 3}, out);
        assertThat(out).containsExactly(new double[] {0.2, -0.6}, within(1e-15));
        // √(2β⁻¹)Bξ = σxξ.
        sde.diffusion().factorTimes(new double[] {2, 3}, new double[] {1, -1}, out);
        double scale = Math.sqrt(2 * sde.temperature().value());
        assertThat(scale * out[0]).isCloseTo(0.8, within(1e-15));
        assertThat(scale * out[1]).isCloseTo(-0.9, within(1e-15));
        assertThat(motion.logarithmicRate(0)).isEqualTo(0.1);
        assertThat(GeometricBrownianMotion.recognise(sde)).containsSame(motion);
        // The Itô equation with the same paths has the drift (μ + σ²/2)x.
        sde.toIto().drift().at(new double[] {2, 3}, out);
        assertThat(out[0]).isCloseTo(2 * (0.1 + 0.08), within(1e-15));
        assertThat(GeometricBrownianMotion.recognise(sde.toIto())).isEmpty();
    }

    @Test
    void badArgumentsAreRefused() {
        Potential flat = Potential.automatic(q -> q[0].multiply(0.0));
        assertThatThrownBy(() -> UnderdampedLangevin.of(0, flat, 1.0, Temperature.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("degreesOfFreedom must be positive, got 0");
        assertThatThrownBy(() -> UnderdampedLangevin.of(1, flat, 0.0, Temperature.of(1)))
                .hasMessage("friction must be positive and finite, got 0.0");
        assertThatThrownBy(() -> EQUATION.withFriction(1, -0.5))
                .hasMessage("friction must be finite and not negative, got γ[1] = -0.5");
        assertThatThrownBy(() -> EQUATION.withFriction(1, 2, 3)).hasMessage("rates must have length 1 or 2, got 3");
        assertThatThrownBy(() -> EQUATION.withTemperature(Temperature.of(1), Temperature.of(1), Temperature.of(1)))
                .hasMessage("temperatures must have length 1 or 2, got 3");
        assertThatThrownBy(() -> EQUATION.withMass(1, 2, 3)).hasMessage("masses must have length 1 or 2, got 3");
        assertThatThrownBy(() -> EQUATION.withMass(1, Double.NaN))
                .hasMessage("mass must be positive and finite, got m[1] = NaN");
        assertThatThrownBy(() -> GeometricBrownianMotion.of(new double[0], new double[0]))
                .hasMessage("rates and volatilities must have one and the same positive length, got 0 and 0");
    }
}
