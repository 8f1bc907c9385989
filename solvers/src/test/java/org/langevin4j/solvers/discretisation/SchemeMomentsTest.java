package org.langevin4j.solvers.discretisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

class SchemeMomentsTest {

    /** Aᵀx = b whatever was added to a D that no offset matches: (1, s)(1, s)ᵀ with s irrational, alone and with little besides. */
    @ParameterizedTest
    @CsvSource({"0.6180339887, 0, 1.3", "0.6180339887, 1e-7, 1.3", "0.1415926536, 0, 0.4", "-0.3819660113, 1e-6, 0.4"})
    void theMeanMovesWithTheDriftWhereDIsThickened(double slope, double besides, double temperature) {
        Diffusion d = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {
            {1 + besides, slope}, {slope, slope * slope + besides}
        }));
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = 0.8;
                    out[1] = 0.8 * slope;
                },
                d,
                Temperature.of(temperature));
        Grid grid = Grid.square(-1, 1, 41);
        GridGenerator chain = GridGenerator.of(sde, Region.of(grid, Boundary.REFLECTING));
        assertThat(chain.thickening()).isPositive();
        int middle = grid.cellOf(0.0, 0.0);
        for (int a = 0; a < 2; a++) {
            double[] u = new double[grid.cells()];
            double[] x = new double[2];
            for (int k = 0; k < u.length; k++) {
                grid.centre(k, x);
                u[k] = x[a];
            }
            double[] change = new double[u.length];
            chain.generator().backwardTimes(u, change);
            assertThat(change[middle]).isCloseTo(a == 0 ? 0.8 : 0.8 * slope, within(1e-9));
        }
    }

    /**
     * The mean velocity Aᵀx in the form (Φ, D, Q) is −(D + Q)∇Φ + T∇·(D + Q): with Q₁₂ = q(1 + x₁) and Φ = (x₁² + 3x₂²)/2, on
     * graded axes, at several temperatures.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1.0, 3.0})
    void theBalancedFormHasItsDriftAtEveryTemperature(double temperature) {
        double q = 0.7;
        Potential potential = Potential.of(x -> 0.5 * (x[0] * x[0] + 3 * x[1] * x[1]), (x, out) -> {
            out[0] = x[0];
            out[1] = 3 * x[1];
        });
        Potential upper = Potential.of(x -> q * (1 + x[0]), (x, out) -> {
            out[0] = q;
            out[1] = 0.0;
        });
        Decomposition system =
                new Decomposition(potential, Diffusion.diagonal(1.0, 0.5), AntisymmetricField.planar(upper));
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            int n = 40 << i;
            double[] edges = new double[n + 1];
            for (int k = 0; k <= n; k++) {
                double u = 2.0 * k / n - 1;
                edges[k] = u + 0.1 * u * u;
            }
            Grid grid = Grid.of(Axis.of(edges), Axis.uniform(-1, 1, n));
            GridGenerator chain =
                    GridGenerator.of(system, Temperature.of(temperature), Region.of(grid, Boundary.REFLECTING));
            double[] x = new double[2];
            for (int a = 0; a < 2; a++) {
                double[] u = new double[grid.cells()];
                for (int k = 0; k < u.length; k++) {
                    grid.centre(k, x);
                    u[k] = x[a];
                }
                double[] change = new double[u.length];
                chain.generator().backwardTimes(u, change);
                int cell = grid.cellOf(0.31, -0.27);
                grid.centre(cell, x);
                double turn = q * (1 + x[0]);
                // (∇·Q)ᵢ = Σⱼ ∂ⱼQᵢⱼ: 0 and −q.
                double exact = a == 0 ? -x[0] - turn * 3 * x[1] : -1.5 * x[1] + turn * x[0] - temperature * q;
                errors[i] = Math.max(errors[i], Math.abs(change[cell] - exact));
            }
        }
        assertThat(errors[1]).isLessThan(2e-2);
        assertThat(errors[1]).isLessThan(0.4 * errors[0]);
    }
}
