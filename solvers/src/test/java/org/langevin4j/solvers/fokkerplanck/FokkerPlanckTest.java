package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.markov.Generator;

class FokkerPlanckTest {

    /** Φ and b of Example 19 of Chaudhari and Soatto (2018), λ = 1.5, as the paper prints them. */
    private static final ScalarField PHI = x -> Math.pow(x[0] * x[0] - 1, 2) / 4 + x[1] * x[1] / 2;

    private static final VectorField DRIFT = (x, out) -> {
        double r2 = x[0] * x[0] + x[1] * x[1];
        double force = 1.5 * Math.exp(PHI.at(x)) * Math.exp(-r2 * r2 / 4);
        out[0] = -force * x[1] - x[0] * (x[0] * x[0] - 1);
        out[1] = force * x[0] - x[1];
    };

    private static final Temperature ONE = Temperature.of(1.0);

    private static FokkerPlanck example19(int cells) {
        return FokkerPlanck.of(
                Sde.ito(DRIFT, Diffusion.isotropic(2, 1.0), ONE), Grid.square(-3, 3, cells), Boundary.REFLECTING);
    }

    @Test
    void aPeriodicAxisOnWhichTheWayRoundIsUnknownIsRefused() {
        Sde drifting = Sde.ito((x, out) -> out[0] = 1.0, Diffusion.isotropic(1, 1.0), Temperature.of(1.0));
        for (FunctionOfCells two : List.<FunctionOfCells>of(
                cells -> FokkerPlanck.of(drifting, Grid.of(Axis.uniform(0.0, 1.0, cells)), Boundary.PERIODIC),
                cells -> FokkerPlanck.of(
                        Sde.ito(
                                (x, out) -> {
                                    out[0] = 1.0;
                                    out[1] = 0.0;
                                },
                                Diffusion.diagonal(0.0, 1.0),
                                Temperature.of(1.0)),
                        Region.of(
                                        Grid.of(Axis.uniform(0.0, 1.0, cells), Axis.uniform(0.0, 1.0, 5)),
                                        Boundary.REFLECTING)
                                .withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC)))) {
            assertThatThrownBy(() -> two.with(2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("periodic axis 0 must have at least 3 cells, got 2");
            // ρ = 1, J = b.
            FokkerPlanck three = two.with(3);
            assertThat(three.current(three.steadyState().density()).component(0).value(1))
                    .isCloseTo(1.0, within(1e-12));
        }
        // Rates that lead two cells away, forward or back on four cells.
        Sde skewed = Sde.ito(
                (x, out) -> {
                    out[0] = 1.0;
                    out[1] = 1.0;
                },
                Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.45}, {0.45, 0.25}})),
                Temperature.of(1.0));
        FokkerPlanck four = FokkerPlanck.of(skewed, Grid.square(0.0, 1.0, 4), Boundary.PERIODIC);
        Density flat = four.steadyState().density();
        assertThatThrownBy(() -> four.current(flat))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice as many cells as a rate leads");
        assertThatThrownBy(() -> four.entropyProduction(flat, flat))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice as many cells as a rate leads");
        FokkerPlanck eight = FokkerPlanck.of(skewed, Grid.square(0.0, 1.0, 8), Boundary.PERIODIC);
        assertThat(eight.current(eight.steadyState().density()).component(1).value(9))
                .isCloseTo(1.0, within(1e-12));
    }

    @FunctionalInterface
    private interface FunctionOfCells {
        FokkerPlanck with(int cells);
    }

    @Test
    void aStartWithoutMassIsRefused() {
        Grid grid = Grid.of(Axis.uniform(-1.0, 1.0, 8));
        Sde sde = Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1.0));
        FokkerPlanck equation = FokkerPlanck.of(sde, grid, Boundary.ABSORBING);
        Density nothing = Density.of(grid, new double[8]);
        assertThatThrownBy(() -> equation.evolve(nothing, 0.1, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start must have positive mass, got 0.0");
        assertThatThrownBy(() -> HittingProblem.of(equation).survival(nothing, 0.1, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start must have positive mass, got 0.0");
        assertThatThrownBy(() -> DrivenFokkerPlanck.of(sde, grid, Boundary.ABSORBING)
                        .evolve(nothing, 0.0, new double[] {1.0}, Integrator.implicitEuler(0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start must have positive mass, got 0.0");
    }

    @Test
    void steadyStateOfExample19IsOfSecondOrder() {
        double[] errors = new double[3];
        for (int i = 0; i < 3; i++) {
            FokkerPlanck fp = example19(128 << i);
            SteadyState steady = fp.steadyState();
            assertThat(steady.residual()).isLessThan(1e-14);
            assertThat(steady.density().mass()).isCloseTo(1.0, within(1e-12));
            errors[i] = steady.density().l1Distance(Density.gibbs(fp.grid(), PHI, ONE));
        }
        assertThat(errors[1]).isLessThan(1e-4);
        assertThat(errors[0] / errors[1]).isGreaterThan(3.6);
        assertThat(errors[1] / errors[2]).isGreaterThan(3.6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.05, 1.0, 1e4})
    void freeEnergyNeverIncreases(double stepSize) {
        FokkerPlanck fp = example19(64);
        Density steady = fp.steadyState().density();
        Density narrow = Density.gaussian(fp.grid(), new double[] {1.5, 1.5}, 0.2);
        double[] corner = new double[fp.grid().cells()];
        corner[0] = 1.0;
        for (Density start :
                new Density[] {narrow, Density.of(fp.grid(), corner).normalized()}) {
            Evolution flow = fp.evolve(start, stepSize, 200);
            assertThat(flow.massError()).isLessThan(1e-12);
            FreeEnergyTrace trace = flow.freeEnergyRelativeTo(steady);
            for (int n = 1; n <= 200; n++) {
                double before = trace.values().get(n - 1).total();
                double after = trace.values().get(n).total();
                // Below 1e-24 the ratio ρ/ρˢˢ is 1 to rounding in every cell: the flow has arrived.
                assertThat(after).as("step %d", n).isLessThanOrEqualTo(Math.max(before, 1e-24));
            }
            assertThat(Arrays.stream(flow.last().values()).min().orElseThrow()).isPositive();
        }
    }

    /**
     * Reference values OU2_gyrator: F = [[2, 1], [1, 2]], D = diag(1, ¼), from N((1, 0), 0.01 I): KL to the stationary
     * law at t = 0.5 and 2. Implicit Euler is of first order in time, taken out by Richardson's extrapolation; what is
     * left is of second order in the width of the cells.
     */
    @ParameterizedTest
    @CsvSource({"0.5, 0.213054670781702", "2.0, 0.009867058088981188"})
    void freeEnergyOfTheGyratorConvergesToTheClosedForm(double time, double expected) {
        VectorField drift = (x, out) -> {
            out[0] = -(2 * x[0] + x[1]);
            out[1] = -(x[0] + 2 * x[1]);
        };
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(Axis.uniform(-5, 5, 80 << i), Axis.uniform(-3, 3, 80 << i));
            FokkerPlanck fp =
                    FokkerPlanck.of(Sde.ito(drift, Diffusion.diagonal(1.0, 0.25), ONE), grid, Boundary.REFLECTING);
            Density steady = fp.steadyState().density();
            assertThat(steady.covariance().getEntry(0, 0)).isCloseTo(0.6041666666666666, within(5e-3));
            assertThat(steady.covariance().getEntry(0, 1)).isCloseTo(-0.20833333333333334, within(5e-3));
            assertThat(steady.covariance().getEntry(1, 1)).isCloseTo(0.22916666666666666, within(5e-3));
            Density start = Density.gaussian(grid, new double[] {1, 0}, 0.1);
            double coarse = lastFreeEnergy(fp, start, time, 80, steady);
            double fine = lastFreeEnergy(fp, start, time, 160, steady);
            errors[i] = Math.abs(2 * fine - coarse - expected);
        }
        assertThat(errors[1]).isLessThan(0.007 * expected);
        assertThat(errors[0] / errors[1]).isBetween(3.0, 5.0);
    }

    private static double lastFreeEnergy(FokkerPlanck fp, Density start, double time, int steps, Density steady) {
        FreeEnergyTrace trace = fp.evolve(start, time / steps, steps).freeEnergyRelativeTo(steady);
        return trace.values().get(steps).total();
    }

    /**
     * Reference values multnoise1d_alpha: dx = −3x dt + √(2D/β) ∘α dW with D = 1 + x², β = 2 has ρ ∝ (1+x²)^(−4+α). On
     * [−4, 4] with walls without flux the law is the same, normalised there: its ratio ρ(1)/ρ(0) does not change.
     */
    @ParameterizedTest
    @CsvSource({"0.0, 0.0625", "0.5, 0.08838834764831845", "1.0, 0.125"})
    void eachCalculusHasItsOwnSteadyState(double alpha, double expectedRatio) {
        Diffusion diffusion = Diffusion.automaticDiagonal(
                1, x -> new Gradient[] {x[0].square().add(1.0)});
        Sde sde = new Sde((x, out) -> out[0] = -3 * x[0], diffusion, Temperature.of(0.5), new Calculus.Alpha(alpha));
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            // Cells centred at 0 and at 1.
            double h = 0.02 / (i + 1);
            Grid grid = Grid.of(Axis.uniform(-4.0 - h / 2, 4.0 + h / 2, 400 * (i + 1) + 1));
            Density steady = FokkerPlanck.of(sde, grid, Boundary.REFLECTING)
                    .steadyState()
                    .density();
            double ratio = steady.value(grid.cellOf(1.0)) / steady.value(grid.cellOf(0.0));
            errors[i] = Math.abs(ratio / expectedRatio - 1);
        }
        assertThat(errors[0]).isLessThan(1e-4);
        assertThat(errors[0] / errors[1]).isGreaterThan(3.6);
    }

    /** A graded axis keeps mass and the shape of the law. */
    @Test
    void gradedGrid() {
        double[] edges = new double[161];
        for (int i = 0; i <= 160; i++) {
            edges[i] = 3 * Math.sinh(2.0 * (i - 80) / 80) / Math.sinh(2.0);
        }
        Axis graded = Axis.of(edges);
        Grid grid = Grid.of(graded, Axis.uniform(-3, 3, 100));
        FokkerPlanck fp = FokkerPlanck.of(Sde.ito(DRIFT, Diffusion.isotropic(2, 1.0), ONE), grid, Boundary.REFLECTING);
        assertThat(fp.steadyState().density().l1Distance(Density.gibbs(grid, PHI, ONE)))
                .isLessThan(2e-3);
    }

    @Test
    void columnsOfTheGeneratorSumToZero() {
        Generator generator = example19(32).generator();
        double[] ones = new double[generator.states()];
        double[] p = new double[generator.states()];
        for (int cell = 0; cell < p.length; cell++) {
            p[cell] = 1 + Math.sin(cell);
            generator.forEachRateFrom(cell, (from, to, rate) -> assertThat(rate).isPositive());
        }
        generator.times(p, ones);
        assertThat(Arrays.stream(ones).sum()).isCloseTo(0.0, within(1e-9));
    }

    private static Sde matrix(double... entries) {
        return Sde.ito(
                DRIFT,
                Diffusion.of(MatrixField.of(
                        2, (x, out) -> System.arraycopy(entries, 0, out, 0, 4), (x, out) -> Arrays.fill(out, 0.0))),
                ONE);
    }

    @Test
    void badArgumentsAreRefused() {
        Grid grid = Grid.square(-1, 1, 8);
        Sde sde = Sde.ito(DRIFT, Diffusion.isotropic(2, 1.0), ONE);
        assertThatThrownBy(() -> FokkerPlanck.of(sde, Grid.of(Axis.uniform(0, 1, 4)), Boundary.REFLECTING))
                .hasMessage("grid must have the dimension of the equation, 2, got 1");
        assertThatThrownBy(() -> FokkerPlanck.of(matrix(1, 0.5, 0.4, 1), grid, Boundary.REFLECTING))
                .hasMessage("diffusion must be symmetric, got D[1][0] = 0.4 and D[0][1] = 0.5 at x = [-0.875, -0.875]");
        assertThatThrownBy(() -> FokkerPlanck.of(matrix(1, 1.5, 1.5, 1), grid, Boundary.REFLECTING))
                .hasMessage("diffusion must be positive semi-definite, got a negative minor of rows 0 and 1 in"
                        + " [1.0, 1.5, 1.5, 1.0] at x = [-0.875, -0.875]");
        assertThatThrownBy(() -> FokkerPlanck.of(matrix(1, 0, 0, -1), grid, Boundary.REFLECTING))
                .hasMessage("diffusion must be positive semi-definite, got D[1][1] = -1.0 at x = [-0.875, -0.875]");
        assertThatThrownBy(() -> FokkerPlanck.of(matrix(1, 0, 0, Double.NaN), grid, Boundary.REFLECTING))
                .hasMessage("diffusion must be finite, got D[1][1] = NaN at x = [-0.875, -0.875]");
        VectorField broken = (x, out) -> Arrays.fill(out, x[0] > 0 ? Double.NaN : 0.0);
        assertThatThrownBy(() ->
                        FokkerPlanck.of(Sde.ito(broken, Diffusion.isotropic(2, 1.0), ONE), grid, Boundary.REFLECTING))
                .hasMessage("drift must be finite, got b[0] = NaN at x = [0.125, -0.875]");
        FokkerPlanck fp = FokkerPlanck.of(sde, grid, Boundary.REFLECTING);
        Density start = Density.gaussian(grid, new double[] {0, 0}, 0.3);
        assertThatThrownBy(() -> fp.evolve(start, 0.0, 10)).hasMessage("stepSize must be positive and finite, got 0.0");
        assertThatThrownBy(() -> fp.evolve(start, 0.1, 0)).hasMessage("steps must be positive, got 0");
        assertThatThrownBy(() -> fp.evolve(Density.gaussian(Grid.square(-2, 2, 8), new double[] {0, 0}, 0.3), 0.1, 10))
                .hasMessage("start must be a density on the grid of the equation");
    }
}
