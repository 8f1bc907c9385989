package org.langevin4j.core.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

class DecompositionTest {

    /** Reference values OU2_full: F = (D+Q)U to 16 digits. */
    @Test
    void linearSystemHasTheDriftOfLemma20() {
        RealMatrix u = MatrixUtils.createRealMatrix(
                new double[][] {{0.8825831702544031, -0.08610567514677103}, {-0.08610567514677103, 1.4035225048923679}
                });
        RealMatrix q = MatrixUtils.createRealMatrix(new double[][] {{0, -1.8636363636363635}, {1.8636363636363635, 0}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 1}});
        Potential phi =
                Potential.of(x -> 0.5 * u.preMultiply(x)[0] * x[0] + 0.5 * u.preMultiply(x)[1] * x[1], (x, out) -> {
                    double[] g = u.operate(x);
                    System.arraycopy(g, 0, out, 0, 2);
                });
        Decomposition decomposition = new Decomposition(phi, Diffusion.constant(d), AntisymmetricField.constant(q));
        double[] x = {0.4, -1.3};
        double[] drift = new double[2];
        decomposition.aType(Temperature.of(1.0)).toIto().drift().at(x, drift);
        assertThat(drift).containsExactly(new double[] {-(0.4 + 2.0 * 1.3), -(2.0 * 0.4 - 1.2 * 1.3)}, within(1e-14));
    }

    /** j of eq. (8), b + D∇Φ − β⁻¹∇·D, is −Q∇Φ + β⁻¹∇·Q. */
    @Test
    void conservativeForceIsWhatEquation8Leaves() {
        Potential phi = Potential.automatic(
                x -> x[0].square().square().add(x[0].multiply(x[1])).add(x[1].square()));
        Diffusion d = Diffusion.automaticFactor(2, 2, x -> new Gradient[][] {
            {x[1].sin().add(2.0), x[0].newInstance(0.0)},
            {x[0].multiply(0.3), x[0].cos().add(2.0)}
        });
        AntisymmetricField q = AntisymmetricField.planar(
                Potential.automatic(x -> x[0].multiply(x[1]).exp()));
        Temperature temperature = Temperature.of(0.7);
        Decomposition decomposition = new Decomposition(phi, d, q);
        Sde ito = decomposition.aType(temperature).toIto();
        double[] x = {0.5, -0.2};
        double[] b = new double[2];
        double[] gradient = new double[2];
        double[] dGradient = new double[2];
        double[] divergence = new double[2];
        double[] j = new double[2];
        ito.drift().at(x, b);
        phi.gradient(x, gradient);
        d.times(x, gradient, dGradient);
        d.divergence(x, divergence);
        decomposition.conservativeForce(temperature).at(x, j);
        for (int i = 0; i < 2; i++) {
            assertThat(j[i]).isCloseTo(b[i] + dGradient[i] - 0.7 * divergence[i], within(1e-14));
        }
    }

    /** ∇·(jρˢˢ) = 0 (eq. A4), by central differences of jρˢˢ. */
    @Test
    void stationaryCurrentHasNoDivergence() {
        Potential phi = Potential.automatic(x -> x[0].square().square().add(x[1].square()));
        AntisymmetricField q = AntisymmetricField.planar(
                Potential.automatic(x -> x[0].multiply(x[1]).exp()));
        Temperature temperature = Temperature.of(0.7);
        VectorField j = new Decomposition(phi, Diffusion.isotropic(2, 1.0), q).conservativeForce(temperature);
        double h = 1e-4;
        double sum = 0.0;
        for (int i = 0; i < 2; i++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] x = {0.5, -0.2};
                x[i] += sign * h;
                double[] value = new double[2];
                j.at(x, value);
                sum += sign * value[i] * Math.exp(-phi.at(x) / 0.7) / (2 * h);
            }
        }
        assertThat(sum).isCloseTo(0.0, within(1e-7));
    }

    @Test
    void dimensionsMustAgree() {
        assertThatThrownBy(() -> new Decomposition(
                        Potential.automatic(x -> x[0]), Diffusion.isotropic(2, 1.0), AntisymmetricField.zero(3)))
                .hasMessage("q must have the dimension of the diffusion, 2, got 3");
    }
}
