package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;

/** The reversal of time against closed forms at temperatures other than one. */
class TimeReversalTest {

    /** A particle on a line whose friction depends on its place and momentum, γ(x) = 0.4 + 0.2q² + 0.1p², U = q⁴/4, driven by f. */
    private static Sde particle(double temperature, double f) {
        VectorField drift = (x, out) -> {
            double friction = 0.4 + 0.2 * x[0] * x[0] + 0.1 * x[1] * x[1];
            out[0] = x[1];
            out[1] = -Math.pow(x[0], 3) + f - friction * x[1] + temperature * 0.2 * x[1];
        };
        Diffusion diffusion = Diffusion.of(MatrixField.of(
                2,
                (x, out) -> {
                    out[0] = 0;
                    out[1] = 0;
                    out[2] = 0;
                    out[3] = 0.4 + 0.2 * x[0] * x[0] + 0.1 * x[1] * x[1];
                },
                (x, out) -> {
                    out[0] = 0;
                    out[1] = 0.2 * x[1];
                }));
        return Sde.ito(drift, diffusion, Temperature.of(temperature));
    }

    /**
     * b_irr = −γp + T∂ₚγ, so that ω = (0, −βp) and what is given off, ω∘dx + a dt, is the heat over the temperature:
     * a = −ω·b_rev = βp(f − q³). In e^(−β(p²/2 + q⁴/4)) nothing is produced; in e^(−β(p²/2 + ½p)) with g = −½γ it is βγ/4.
     */
    @ParameterizedTest
    @CsvSource({"0.3, 0", "2.5, 0.7"})
    void aParticleWhoseFrictionDependsOnItsState(double temperature, double f) {
        TimeReversal reversal = TimeReversal.of(particle(temperature, f), Parity.ofPhaseSpace(1));
        double[] x = {0.9, -1.3};
        double[] form = new double[3];
        reversal.entropyForm().at(x, form);
        assertThat(form[0]).isZero();
        assertThat(form[1]).isCloseTo(1.3 / temperature, within(1e-13));
        assertThat(form[2]).isCloseTo(-1.3 * (f - 0.729) / temperature, within(1e-9));
        double[] out = new double[2];
        reversal.reversible(x, out);
        assertThat(out[0]).isEqualTo(-1.3);
        assertThat(out[1]).isCloseTo(f - 0.729, within(1e-13));
        assertThat(reversal.entropyProduction(x, new double[] {7.0, 1.3 / temperature}))
                .isZero();
        double friction = 0.4 + 0.2 * 0.81 + 0.1 * 1.69;
        assertThat(reversal.entropyProduction(x, new double[] {7.0, (1.3 - 0.5) / temperature}))
                .isCloseTo(friction / 4 / temperature, within(1e-13));
    }

    /** b_rev = (p(1 + ½cos q), 0), which has the divergence −½p sin q: a = −ω·b_rev − ∇·b_rev. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 2.0})
    void aReversibleDriftWithADivergence(double temperature) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[1] * (1 + 0.5 * Math.cos(x[0])) - 0.6 * x[0];
                    out[1] = -0.3 * x[1];
                },
                Diffusion.diagonal(0.5, 0.2),
                Temperature.of(temperature));
        double[] x = {0.8, 1.1};
        double[] form = new double[3];
        TimeReversal.of(sde, Parity.of(1, -1)).entropyForm().at(x, form);
        assertThat(form[0]).isCloseTo(-1.2 * 0.8 / temperature, within(1e-13));
        assertThat(form[1]).isCloseTo(-1.5 * 1.1 / temperature, within(1e-13));
        double reversible = 1.1 * (1 + 0.5 * Math.cos(0.8));
        assertThat(form[2]).isCloseTo(-form[0] * reversible + 0.55 * Math.sin(0.8), within(1e-8));
    }

    /** Three even coordinates, D full: Dω = βb, and β gᵀD⁻¹g for g = b − T D∇log ρ, D inverted by Hipparchus. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 3.0})
    void threeDimensions(double temperature) {
        RealMatrix a =
                MatrixUtils.createRealMatrix(new double[][] {{-1, -0.8, 0.3}, {0.9, -1.2, -0.5}, {-0.4, 0.6, -0.9}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1, 0.3, 0.2}, {0.3, 0.8, -0.1}, {0.2, -0.1, 0.6}});
        RealMatrix inverse = MatrixUtils.inverse(d);
        TimeReversal reversal = TimeReversal.of(
                Sde.ito(LinearField.of(a), Diffusion.constant(d), Temperature.of(temperature)), Parity.even(3));
        double[] x = {0.4, -1.1, 0.7};
        double[] slope = {-0.3, 0.8, 1.9};
        double[] omega = new double[3];
        assertThat(reversal.force(x, omega)).isTrue();
        double[] b = a.operate(x);
        double[] expected = inverse.operate(b);
        double[] g = d.operate(slope);
        for (int i = 0; i < 3; i++) {
            assertThat(omega[i]).isCloseTo(expected[i] / temperature, within(1e-13 / temperature));
            g[i] = b[i] - temperature * g[i];
        }
        double[] w = inverse.operate(g);
        assertThat(reversal.entropyProduction(x, slope))
                .isCloseTo((g[0] * w[0] + g[1] * w[1] + g[2] * w[2]) / temperature, within(1e-12));
    }

    /** Units do not matter: coordinates 10⁶ times as large, D of rank 2 in three dimensions. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 1e6, 1e-6})
    void aSingularDInAnyUnit(double unit) {
        double s = unit * unit;
        double[][] d = {{1, unit, 0}, {unit, s, 0}, {0, 0, 0.5}};
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -0.7 * x[0];
                    out[1] = -0.7 * unit * x[0];
                    out[2] = -0.2 * x[2];
                },
                Diffusion.constant(MatrixUtils.createRealMatrix(d)),
                Temperature.of(0.4));
        // g = (−0.7·2, −0.7·2·unit, −0.2·3) is in im D: gᵀD⁺g = 1.4² + 0.6²/0.5.
        double[] x = {2, 5 * unit, 3};
        TimeReversal reversal = TimeReversal.of(sde, Parity.even(3));
        assertThat(reversal.entropyProduction(x, new double[3])).isCloseTo((1.96 + 0.72) / 0.4, within(1e-9));
        Sde off = Sde.ito(
                (x2, out) -> {
                    out[0] = -0.7 * x2[0];
                    out[1] = -0.71 * unit * x2[0];
                    out[2] = 0;
                },
                Diffusion.constant(MatrixUtils.createRealMatrix(d)),
                Temperature.of(0.4));
        assertThat(TimeReversal.of(off, Parity.even(3)).entropyProduction(x, new double[3]))
                .isInfinite();
    }
}
