package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.Potential;

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
        assertThatThrownBy(() -> EQUATION.withMass(1, 2, 3)).hasMessage("masses must have length 1 or 2, got 3");
        assertThatThrownBy(() -> EQUATION.withMass(1, Double.NaN))
                .hasMessage("mass must be positive and finite, got m[1] = NaN");
        assertThatThrownBy(() -> GeometricBrownianMotion.of(new double[0], new double[0]))
                .hasMessage("rates and volatilities must have one and the same positive length, got 0 and 0");
    }
}
