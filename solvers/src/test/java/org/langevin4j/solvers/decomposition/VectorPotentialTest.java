package org.langevin4j.solvers.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

class VectorPotentialTest {

    private static final double[][] F = {{1, 0.8, -0.3}, {-0.9, 1.2, 0.5}, {0.4, -0.6, 0.9}};
    private static final double[][] D = {{1, 0.3, 0.2}, {0.3, 0.8, -0.1}, {0.2, -0.1, 0.6}};

    /** FΣ − D with FΣ + ΣFᵀ = 2D, by scipy.linalg.solve_continuous_lyapunov. */
    private static final double[] Q = {0.639083942, -0.153983247, 0.270023169};

    private static GridDecomposition linear(int cells) {
        Axis axis = Axis.uniform(-4.5, 4.5, cells);
        return GridDecomposition.of(Systems.linear(F, D), Grid.of(axis, axis, axis), Boundary.REFLECTING);
    }

    /** The Q of least E[‖Q‖²] is the constant one of Lemma 20; residuals of second order. */
    @Test
    void aLinearSystemHasTheRotationOfLemma20() {
        double[] errors = new double[2];
        double[] rests = new double[2];
        for (int k = 0; k < 2; k++) {
            GridDecomposition grid = linear(14 << k);
            assertThat(grid.vectorPotentialResidual()).isBetween(1e-16, 1e-11);
            assertThat(grid.vectorPotentialIterations()).isBetween(10, 200);
            for (double[] x : new double[][] {{0.1, 0.1, 0.1}, {1.2, -0.7, 0.3}, {-0.9, 0.2, -1.1}}) {
                errors[k] = Math.max(errors[k], Math.abs(grid.q(0, 1).at(x) - Q[0]));
                errors[k] = Math.max(errors[k], Math.abs(grid.q(0, 2).at(x) - Q[1]));
                errors[k] = Math.max(errors[k], Math.abs(grid.q(1, 2).at(x) - Q[2]));
                assertThat(grid.q(2, 1).at(x)).isEqualTo(-grid.q(1, 2).at(x));
            }
            rests[k] = grid.residual(Claim.EQUATION_19).rms();
        }
        assertThat(errors[1]).isLessThan(0.02);
        assertThat(errors[0] / errors[1]).isBetween(3.2, 4.8);
        assertThat(rests[0] / rests[1]).isBetween(3.2, 4.8);
    }

    /** Q of a linear system does not know the temperature, the width of its box does; on uniform and on graded axes. */
    @ParameterizedTest
    @CsvSource({"0.25, false", "4, false", "0.25, true"})
    void theRotationAtOtherTemperatures(double temperature, boolean graded) {
        double end = 4.5 * Math.sqrt(temperature);
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            int cells = 14 << k;
            Axis axis = graded ? Systems.graded(end, cells) : Axis.uniform(-end, end, cells);
            GridDecomposition grid = GridDecomposition.of(
                    Systems.linear(F, D, Temperature.of(temperature)), Grid.of(axis, axis, axis), Boundary.REFLECTING);
            for (double[] at : new double[][] {{0.1, 0.1, 0.1}, {0.9, -0.7, 0.3}, {-0.8, 0.2, -0.6}}) {
                double[] x = at.clone();
                for (int a = 0; a < 3; a++) {
                    x[a] *= Math.sqrt(temperature);
                }
                errors[k] = Math.max(errors[k], Math.abs(grid.q(0, 1).at(x) - Q[0]));
                errors[k] = Math.max(errors[k], Math.abs(grid.q(0, 2).at(x) - Q[1]));
                errors[k] = Math.max(errors[k], Math.abs(grid.q(1, 2).at(x) - Q[2]));
            }
        }
        assertThat(errors[1]).isLessThan(0.04);
        assertThat(errors[0] / errors[1]).isBetween(2.0, 6.0);
    }

    /** j = 0: nothing to be found. */
    @Test
    void detailedBalance() {
        Axis axis = Axis.uniform(-4, 4, 12);
        GridDecomposition grid = GridDecomposition.of(
                Systems.linear(
                        new double[][] {{1, 0, 0}, {0, 1.5, 0}, {0, 0, 2}},
                        new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 0.5}}),
                Grid.of(axis, axis, axis),
                Boundary.REFLECTING);
        assertThat(grid.q(0, 1).at(0.1, 0.1, 0.1)).isCloseTo(0.0, within(1e-10));
        assertThat(grid.q(1, 2).at(0.1, 0.1, 0.1)).isCloseTo(0.0, within(1e-10));
    }

    /** tilted_V1_F1_beta1 along one axis, wells along the others: a torus, and a tube between walls. */
    @Test
    void aCurrentThatWinds() {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = Math.sin(x[0]) + 1.0;
                    out[1] = Math.sin(x[1]);
                    out[2] = Math.sin(x[2]);
                },
                Diffusion.isotropic(3, 1.0),
                Systems.ONE);
        Axis ring = Axis.uniform(0, 2 * Math.PI, 20);
        Grid grid = Grid.of(ring, ring, ring);
        double turns = 0.7747184253032277 / (2 * Math.PI);
        GridDecomposition torus = GridDecomposition.of(sde, grid, Boundary.PERIODIC);
        assertThat(torus.winding(0)).isCloseTo(turns, within(3e-3));
        assertThat(torus.winding(2)).isCloseTo(0.0, within(1e-12));
        assertThat(torus.harmonicCurrent()[0]).isCloseTo(torus.winding(0) / Math.pow(2 * Math.PI, 2), within(1e-15));
        assertThat(torus.vectorPotentialResidual()).isLessThan(1e-11);
        assertThat(torus.residual(Claim.EQUATION_19).relative()).isGreaterThan(0.05);
        GridDecomposition tube = GridDecomposition.of(
                sde, Region.of(grid, Boundary.REFLECTING).withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC));
        assertThat(tube.winding(0)).isCloseTo(turns, within(3e-3));
        assertThat(tube.harmonicCurrent()).containsOnly(0.0);
        assertThat(tube.vectorPotentialResidual()).isLessThan(1e-11);
        GridDecomposition coarser = GridDecomposition.of(
                sde, tube.region().coarsened(Grid.of(ring.coarsened(), ring.coarsened(), ring.coarsened())));
        assertThat(coarser.residual(Claim.EQUATION_19).rms()
                        / tube.residual(Claim.EQUATION_19).rms())
                .isBetween(2.5, 5.5);
    }

    /** A constant drift round tori of uneven cells: all of J = bρ is the constant current, and nothing is left for Q. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aConstantCurrentOnUnevenTori(int dimension) {
        double[] b = {0.7, -0.3, 0.2};
        Axis axis = Axis.of(0, 0.3, 0.5, 1.1, 1.3, 1.8, 2.0);
        Axis[] axes = new Axis[dimension];
        Arrays.fill(axes, axis);
        GridDecomposition grid = GridDecomposition.of(
                Sde.ito(
                        (x, out) -> System.arraycopy(b, 0, out, 0, dimension),
                        Diffusion.isotropic(dimension, 0.5),
                        Temperature.of(0.4)),
                Grid.of(axes),
                Boundary.PERIODIC);
        double volume = Math.pow(2, dimension);
        for (int a = 0; a < dimension; a++) {
            assertThat(grid.winding(a)).isCloseTo(b[a] / 2, within(1e-12));
            assertThat(grid.harmonicCurrent()[a]).isCloseTo(b[a] / volume, within(1e-12));
            for (int k = 0; k < dimension; k++) {
                assertThat(grid.q(a, k).maxNorm()).isLessThan(1e-9);
            }
        }
    }
}
