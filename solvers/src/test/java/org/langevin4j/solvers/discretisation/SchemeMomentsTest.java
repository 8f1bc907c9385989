package org.langevin4j.solvers.discretisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
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

    /** Aᵀx = b and Aᵀ(xᵢxⱼ) = bᵢxⱼ + bⱼxᵢ + 2TDᵢⱼ with a full D on graded axes, where its oblique offsets are curved in space. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 2.5})
    void aFullDOnGradedAxes(double temperature) {
        double[] d = {1.0, 0.6, 0.6, 0.8};
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = 0.5 - x[1];
                    out[1] = -0.4 + 0.7 * x[0];
                },
                Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{d[0], d[1]}, {d[2], d[3]}})),
                Temperature.of(temperature));
        double[][] errors = new double[2][2];
        for (int i = 0; i < 2; i++) {
            int n = 40 << i;
            double[] edges = new double[n + 1];
            for (int k = 0; k <= n; k++) {
                double u = 2.0 * k / n - 1;
                edges[k] = u + 0.3 * u * u;
            }
            Grid grid = Grid.of(Axis.of(edges), Axis.of(edges));
            GridGenerator chain = GridGenerator.of(sde, Region.of(grid, Boundary.REFLECTING));
            int cell = grid.cellOf(0.31, -0.27);
            double[] centre = new double[2];
            double[] b = new double[2];
            grid.centre(cell, centre);
            sde.drift().at(centre, b);
            double[] x = new double[2];
            for (int a = 0; a < 2; a++) {
                double[] u = new double[grid.cells()];
                double[] squares = new double[grid.cells()];
                for (int k = 0; k < u.length; k++) {
                    grid.centre(k, x);
                    u[k] = x[a];
                    squares[k] = (x[0] - centre[0]) * (x[a] - centre[a]);
                }
                double[] change = new double[u.length];
                chain.generator().backwardTimes(u, change);
                errors[i][0] = Math.max(errors[i][0], Math.abs(change[cell] - b[a]));
                chain.generator().backwardTimes(squares, change);
                double second = 2 * temperature * d[a];
                errors[i][1] = Math.max(errors[i][1], Math.abs(change[cell] / second - 1));
            }
        }
        for (int moment = 0; moment < 2; moment++) {
            assertThat(errors[1][moment]).isLessThan(2e-3);
            assertThat(errors[0][moment] / errors[1][moment]).isBetween(3.0, 5.0);
        }
    }

    /** In three dimensions, Φ = (x₁² + 2x₂² + 3x₃²)/2 and a constant Q of all three planes: −(D + Q)∇Φ on graded axes. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 2.0})
    void theBalancedFormInThreeDimensions(double temperature) {
        double[][] sum = {{1.0, 0.7, -0.4}, {-0.7, 0.6, 0.5}, {0.4, -0.5, 0.8}};
        double[][] q = {{0, 0.7, -0.4}, {-0.7, 0, 0.5}, {0.4, -0.5, 0}};
        Potential potential = Potential.of(x -> 0.5 * (x[0] * x[0] + 2 * x[1] * x[1] + 3 * x[2] * x[2]), (x, out) -> {
            out[0] = x[0];
            out[1] = 2 * x[1];
            out[2] = 3 * x[2];
        });
        Decomposition system = new Decomposition(
                potential,
                Diffusion.diagonal(1.0, 0.6, 0.8),
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(q)));
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            int n = 16 << i;
            double[] edges = new double[n + 1];
            for (int k = 0; k <= n; k++) {
                double u = 2.0 * k / n - 1;
                edges[k] = u + 0.2 * u * u;
            }
            Axis axis = Axis.of(edges);
            Grid grid = Grid.of(axis, axis, axis);
            GridGenerator chain =
                    GridGenerator.of(system, Temperature.of(temperature), Region.of(grid, Boundary.REFLECTING));
            int cell = grid.cellOf(0.31, -0.27, 0.13);
            double[] at = new double[3];
            grid.centre(cell, at);
            double[] x = new double[3];
            for (int a = 0; a < 3; a++) {
                double[] u = new double[grid.cells()];
                for (int k = 0; k < u.length; k++) {
                    grid.centre(k, x);
                    u[k] = x[a];
                }
                double[] change = new double[u.length];
                chain.generator().backwardTimes(u, change);
                double exact = -(sum[a][0] * at[0] + 2 * sum[a][1] * at[1] + 3 * sum[a][2] * at[2]);
                errors[i] = Math.max(errors[i], Math.abs(change[cell] - exact));
            }
        }
        assertThat(errors[1]).isLessThan(4e-3);
        assertThat(errors[0] / errors[1]).isBetween(3.0, 6.0);
    }

    /** Simpson's rule has ∫(x − x³) without error: the rates of b = x − x³ are in balance with e^(−βΦ) at the centres, on any axis. */
    @Test
    void theBalanceOfAQuarticIsExact() {
        double temperature = 0.3;
        Sde sde = Sde.ito(
                (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0],
                Diffusion.isotropic(1, 1.0),
                Temperature.of(temperature));
        Grid grid = Grid.of(Axis.of(-1.7, -1.5, -1.1, -0.9, -0.3, 0.0, 0.2, 0.6, 0.9, 1.4, 1.6));
        double[][] rates = new double[grid.cells()][grid.cells()];
        GridGenerator chain = GridGenerator.of(sde, Region.of(grid, Boundary.REFLECTING));
        for (int cell = 0; cell < grid.cells(); cell++) {
            chain.generator().forEachRateFrom(cell, (from, to, rate) -> rates[from][to] += rate);
        }
        double[] x = new double[1];
        double before = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            grid.centre(cell, x);
            double phi = 0.25 * Math.pow(x[0], 4) - 0.5 * x[0] * x[0];
            if (cell > 0) {
                double ratio =
                        rates[cell - 1][cell] / rates[cell][cell - 1] * grid.volume(cell - 1) / grid.volume(cell);
                assertThat(Math.log(ratio)).isCloseTo((before - phi) / temperature, within(1e-12));
            }
            before = phi;
        }
    }
}
