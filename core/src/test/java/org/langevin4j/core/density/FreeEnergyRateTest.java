package org.langevin4j.core.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;

class FreeEnergyRateTest {

    /**
     * log(ρ/ρˢˢ) = ax² + bx + c, whose slope the parabola through three centres has exactly on any axis, so that dF/dt is the
     * sum −T² Σ ρ D (2ax + b)² but for the two last cells, where there is no mass.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1.0, 2.5})
    void theSlopeIsThatOfAParabolaOnGradedAxes(double temperature) {
        double[] edges = new double[41];
        for (int k = 0; k <= 40; k++) {
            double u = k / 40.0;
            edges[k] = -4 + 3 * u + 5 * u * u * u;
        }
        Grid grid = Grid.of(Axis.of(edges), Axis.of(-1, -0.2, 1.5));
        double[] steady = new double[grid.cells()];
        double[] density = new double[grid.cells()];
        double[] x = new double[2];
        double sum = 0;
        for (int cell = 0; cell < steady.length; cell++) {
            grid.centre(cell, x);
            steady[cell] = Math.exp(-x[0] * x[0] / 1.6);
            density[cell] = Math.exp(-Math.pow(x[0] - 0.4, 2) / 0.35 - x[1]);
            double slope = x[0] / 0.8 - (x[0] - 0.4) / 0.175;
            sum += density[cell] * grid.volume(cell) * (1.5 * slope * slope + 0.25);
        }
        double rate = FreeEnergy.rate(
                Density.of(grid, density),
                Density.of(grid, steady),
                Diffusion.diagonal(1.5, 0.25),
                Temperature.of(temperature));
        assertThat(rate / (-temperature * temperature * sum)).isCloseTo(1.0, within(1e-9));
    }
}
