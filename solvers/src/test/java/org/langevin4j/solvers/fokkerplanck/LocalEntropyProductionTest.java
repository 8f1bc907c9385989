package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

class LocalEntropyProductionTest {

    private static Axis graded(double end, int n) {
        double[] edges = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            double u = 2.0 * k / n - 1;
            edges[k] = end * u * (0.6 + 0.4 * u * u);
        }
        return Axis.of(edges);
    }

    /**
     * The gyrator b = −Fx, F = (2 1; 1 2), D = diag(1, ¼): covariance T·c with Fc + cFᵀ = 2D solved by hand, mean velocity
     * v = (−F + Dc⁻¹)x, and σ = ρ v·D⁻¹v/T; its integral is 9/16 at every temperature.
     */
    @Test
    void theGyratorAtAnotherTemperatureOnGradedAxes() {
        double temperature = 0.3;
        double c12 = -0.625 / 3;
        double c11 = (1 - c12) / 2;
        double c22 = (0.25 - c12) / 2;
        double det = c11 * c22 - c12 * c12;
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -(2 * x[0] + x[1]);
                    out[1] = -(x[0] + 2 * x[1]);
                },
                Diffusion.diagonal(1.0, 0.25),
                Temperature.of(temperature));
        double[] errors = new double[2];
        double[] totals = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(graded(2.6, 50 << i), graded(1.6, 50 << i));
            FokkerPlanck fp = FokkerPlanck.of(sde, grid, Boundary.REFLECTING);
            Density steady = fp.steadyState().density();
            CellFunction local = fp.localEntropyProduction(steady);
            double total = fp.entropyProduction(steady, steady).total();
            double sum = 0;
            double[] x = new double[2];
            for (int cell = 0; cell < grid.cells(); cell++) {
                sum += local.value(cell) * grid.volume(cell);
                assertThat(local.value(cell)).isNotNegative();
                grid.centre(cell, x);
                double g1 = (c22 * x[0] - c12 * x[1]) / det;
                double g2 = (c11 * x[1] - c12 * x[0]) / det;
                double rho = Math.exp(-(x[0] * g1 + x[1] * g2) / (2 * temperature))
                        / (2 * Math.PI * temperature * Math.sqrt(det));
                double v1 = -(2 * x[0] + x[1]) + g1;
                double v2 = -(x[0] + 2 * x[1]) + 0.25 * g2;
                double exact = rho * (v1 * v1 + 4 * v2 * v2) / temperature;
                errors[i] += Math.abs(local.value(cell) - exact) * grid.volume(cell);
            }
            assertThat(sum / total).isCloseTo(1.0, within(1e-12));
            totals[i] = Math.abs(sum - 0.5625);
        }
        assertThat(errors[1]).isLessThan(0.02);
        assertThat(errors[1]).isLessThan(0.35 * errors[0]);
        assertThat(totals[1]).isLessThan(5e-3);
        assertThat(totals[1]).isLessThan(0.35 * totals[0]);
    }

    /** Round a ring σ = v²/(LT), also where ρ is on its way to the steady state. */
    @Test
    void aRingOfEqualCells() {
        Grid grid = Grid.of(Axis.uniform(0, 2, 400));
        FokkerPlanck fp = FokkerPlanck.of(
                Sde.ito((x, out) -> out[0] = 0.7, Diffusion.isotropic(1, 1.0), Temperature.of(0.4)),
                grid,
                Boundary.PERIODIC);
        Density steady = fp.steadyState().density();
        CellFunction local = fp.localEntropyProduction(steady);
        double[] values = new double[400];
        for (int k = 0; k < 400; k++) {
            assertThat(local.value(k)).isCloseTo(0.49 / 0.8, within(1e-5));
            values[k] = 0.5 * (1 + 0.5 * Math.sin(Math.PI * grid.axis(0).centre(k)));
        }
        CellFunction moving = fp.localEntropyProduction(Density.of(grid, values));
        for (int k = 0; k < 400; k += 7) {
            double x = grid.axis(0).centre(k);
            double rho = 0.5 * (1 + 0.5 * Math.sin(Math.PI * x));
            double j = 0.7 * rho - 0.4 * 0.25 * Math.PI * Math.cos(Math.PI * x);
            assertThat(moving.value(k)).isCloseTo(j * j / (0.4 * rho), within(2e-4));
        }
    }

    @Test
    void withoutASteadyStateItIsRefused() {
        Grid grid = Grid.of(Axis.uniform(0, 2, 10));
        Sde sde = Sde.ito((x, out) -> out[0] = 0.7, Diffusion.isotropic(1, 1.0), Temperature.of(0.4));
        FokkerPlanck fp = FokkerPlanck.of(sde, grid, Boundary.ABSORBING);
        assertThatThrownBy(() -> fp.localEntropyProduction(Density.at(grid, 1.0)))
                .hasMessageContaining("absorption");
    }
}
