package org.langevin4j.core.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;

class KineticDecompositionTest {

    private static final Potential COUPLED =
            Potential.of(q -> 0.25 * Math.pow(q[0], 4) + 0.5 * (q[1] - q[0]) * (q[1] - q[0]), (q, out) -> {
                out[0] = Math.pow(q[0], 3) - (q[1] - q[0]);
                out[1] = q[1] - q[0];
            });

    private static UnderdampedLangevin particle() {
        return UnderdampedLangevin.of(2, COUPLED, 0.7, Temperature.of(0.4)).withMass(1.5, 0.6);
    }

    private static void assertDecomposes(UnderdampedLangevin equation) {
        Decomposition system = Decomposition.of(equation).orElseThrow();
        double[] rest = new double[4];
        double[][] points = {{0.3, -0.2, 0.5, 1.1}, {-1.0, 0.4, -0.7, 0.2}};
        for (double[] x : points) {
            system.residual(equation.sde().drift(), Temperature.of(0.4)).at(x, rest);
            for (double value : rest) {
                assertThat(value).isCloseTo(0.0, within(1e-12));
            }
            assertThat(system.potential().at(x))
                    .isCloseTo(COUPLED.at(x) + x[2] * x[2] / 3.0 + x[3] * x[3] / 1.2, within(1e-12));
        }
    }

    @Test
    void everyFrictionAtOneTemperatureKeepsTheEnergy() {
        assertDecomposes(particle());
        assertDecomposes(particle().withFriction(0.2, 0.0));
        assertDecomposes(particle().withFriction(q -> 1.0 + q[0] * q[0]));
        assertDecomposes(particle().withFrictionMatrix(Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {
            {1.0, 0.4}, {0.4, 0.5}
        }))));
    }

    @Test
    void thePotentialOfOneCoordinateIsIntegrated() {
        Decomposition system = Decomposition.of(UnderdampedLangevin.ofGradient(
                        1, (q, out) -> out[0] = Math.sin(q[0]) + q[0] * q[0] * q[0], 1.0, Temperature.of(0.4)))
                .orElseThrow();
        for (double q : new double[] {-2.7, 0.0, 1.3}) {
            assertThat(system.potential().at(new double[] {q, 0.6}))
                    .isCloseTo(1.0 - Math.cos(q) + 0.25 * Math.pow(q, 4) + 0.18, within(1e-11));
        }
    }

    @Test
    void elseThereIsNone() {
        assertThat(Decomposition.of(particle().withTemperature(Temperature.of(0.4), Temperature.of(0.5))))
                .isEmpty();
        assertThat(Decomposition.of(UnderdampedLangevin.ofGradient(2, COUPLED::gradient, 1.0, Temperature.of(0.4))))
                .isEmpty();
        assertThat(Decomposition.of(particle().withTemperature(Temperature.varying(t -> 1.0 + t))))
                .isEmpty();
    }
}
