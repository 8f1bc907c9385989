package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.markov.EliminationTest;

class EvolutionTest {

    private static final Temperature ONE = Temperature.of(1.0);

    /** A tilted, rotating well on a few cells: not reversible, complex eigenvalues. */
    private static final VectorField SWIRL = (x, out) -> {
        out[0] = -x[0] - 2 * x[1] + 0.3;
        out[1] = 2 * x[0] - 1.2 * x[1];
    };

    private static FokkerPlanck swirl(int cells) {
        return FokkerPlanck.of(
                Sde.ito(SWIRL, Diffusion.diagonal(1.0, 0.5), ONE), Grid.square(-3, 3, cells), Boundary.REFLECTING);
    }

    /** e^{tA}p by Padé's approximation of the dense matrix. */
    private static Density exact(FokkerPlanck fp, Density start, double time) {
        RealMatrix a = EliminationTest.dense(fp.generator());
        int n = a.getRowDimension();
        double[] p = MatrixUtils.matrixExponential(a.scalarMultiply(time)).operate(start.probabilities());
        for (int cell = 0; cell < n; cell++) {
            p[cell] = Math.max(p[cell], 0.0) / fp.grid().volume(cell);
        }
        return Density.of(fp.grid(), p);
    }

    private static double order(DoubleFunction<Integrator> method) {
        FokkerPlanck fp = swirl(12);
        Density start = Density.gaussian(fp.grid(), new double[] {0.5, -0.5}, 0.8);
        Density exact = exact(fp, start, 1.0);
        double coarse = fp.evolve(start, new double[] {1.0}, method.apply(1.0 / 16))
                .last()
                .l1Distance(exact);
        double fine = fp.evolve(start, new double[] {1.0}, method.apply(1.0 / 128))
                .last()
                .l1Distance(exact);
        return Math.log(coarse / fine) / Math.log(8.0);
    }

    @Test
    void theOrdersInTime() {
        assertThat(order(Integrator::implicitEuler)).isCloseTo(1.0, within(0.1));
        assertThat(order(Integrator::sdirk2)).isCloseTo(2.0, within(0.1));
        assertThat(order(Integrator::crankNicolson)).isCloseTo(2.0, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-7, 1e-12})
    void uniformisationKeepsToItsError(double tolerance) {
        FokkerPlanck fp = swirl(12);
        Density start = Density.gaussian(fp.grid(), new double[] {0.5, -0.5}, 0.3);
        double[] times = {0.01, 0.5, 3.0};
        Evolution flow = fp.evolve(start, times, Integrator.uniformisation(tolerance));
        assertThat(flow.times()).containsExactly(0.0, 0.01, 0.5, 3.0);
        for (int n = 0; n < times.length; n++) {
            assertThat(flow.densities().get(n + 1).l1Distance(exact(fp, start, times[n])))
                    .isLessThan(tolerance + 1e-13);
        }
        assertThat(flow.massError()).isLessThan(1e-13);
        assertThat(flow.diagnostics().products()).isPositive();
        assertThat(flow.diagnostics().solves()).isZero();
    }

    /** From one cell for a very long time: the flow ends, and after it has settled its steps grow. */
    @ParameterizedTest
    @CsvSource({"1e4, 1e-2, 1000", "1e5, 1e-4, 10000", "1e7, 1e-2, 1000"})
    void longAdaptiveFlowsEndInFewSteps(double end, double tolerance, int most) {
        Sde sde = Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(0.7));
        FokkerPlanck fp = FokkerPlanck.of(sde, Grid.of(Axis.uniform(-5, 5, 512)), Boundary.REFLECTING);
        double[] values = new double[512];
        values[100] = 1.0;
        Density start = Density.of(fp.grid(), values).normalized();
        Evolution flow = fp.evolve(start, new double[] {0.5, 0.9 * end, end}, Integrator.adaptive(tolerance));
        assertThat(flow.diagnostics().steps()).isLessThan(most);
        assertThat(flow.last().l1Distance(fp.steadyState().density())).isLessThan(1e-10);
        Density exact = fp.evolve(start, new double[] {0.5}, Integrator.uniformisation(1e-12))
                .last();
        assertThat(flow.densities().get(1).l1Distance(exact)).isBetween(1e-3 * 0.02 * tolerance, tolerance);
    }

    @Test
    void theAdaptiveMethodMeetsItsToleranceAndCountsItsSteps() {
        FokkerPlanck fp = swirl(12);
        // All in one cell: far from smooth, negative at once with a long step.
        double[] values = new double[fp.grid().cells()];
        values[fp.grid().cellOf(1.1, 1.1)] = 1.0;
        Density start = Density.of(fp.grid(), values).normalized();
        int steps = 0;
        for (double tolerance : new double[] {1e-3, 1e-5, 1e-7}) {
            Evolution flow = fp.evolve(start, new double[] {0.3, 2.0, 6.0}, Integrator.adaptive(tolerance));
            for (int n = 1; n <= 3; n++) {
                double error = flow.densities()
                        .get(n)
                        .l1Distance(exact(fp, start, flow.times().get(n)));
                assertThat(error).isLessThan(tolerance);
            }
            EvolutionDiagnostics spent = flow.diagnostics();
            assertThat(spent.smallestDensity()).isNotNegative();
            assertThat(flow.massError()).isLessThan(1e-13 + 2e-15 * spent.steps());
            // Fewer factorisations than steps: they are used again.
            assertThat(spent.factorisations()).isLessThan(25);
            assertThat(spent.steps()).isGreaterThan(2 * steps);
            steps = spent.steps();
        }
    }

    /** The steps become long again once the fast modes have gone. */
    @Test
    void adaptiveStepsGrow() {
        FokkerPlanck fp = swirl(24);
        Density start = Density.gaussian(fp.grid(), new double[] {1.5, 0.0}, 0.25);
        Evolution flow = fp.evolve(start, new double[] {8.0}, Integrator.adaptive(1e-4));
        Evolution early = fp.evolve(start, new double[] {0.05}, Integrator.adaptive(1e-4 * 0.05 / 8));
        double laterSteps = flow.diagnostics().steps() - early.diagnostics().steps();
        assertThat(7.95 / laterSteps)
                .isGreaterThan(5 * 0.05 / early.diagnostics().steps());
        assertThat(flow.diagnostics().rejectedSteps()).isPositive();
    }

    /**
     * Where no way leads back, A is bidiagonal and what stays in the first cell is R(−hΛ): negative for Crank–Nicolson from
     * hΛ = 2 on, for the L-stable method from 1 + √2 on.
     */
    @ParameterizedTest
    @CsvSource({"true, 2.0", "false, 2.414213562373095"})
    void theLimitsOfPositivityAreSharp(boolean crankNicolson, double limit) {
        FokkerPlanck fp = FokkerPlanck.of(
                Sde.ito((x, out) -> out[0] = 1.0, Diffusion.isotropic(1, 1e-4), ONE),
                Grid.of(Axis.uniform(0, 10, 100)),
                Boundary.REFLECTING);
        // Drift over width: one-way but for e^(−1000).
        double outflow = 10.0;
        double[] values = new double[100];
        values[0] = 10.0;
        Density start = Density.of(fp.grid(), values);
        double below = 0.9999 * limit / outflow;
        double above = 1.0001 * limit / outflow;
        DoubleFunction<Integrator> method = crankNicolson ? Integrator::crankNicolson : Integrator::sdirk2;
        double[] shorter = {below, 2 * below, 3 * below};
        assertThat(fp.evolve(start, shorter, method.apply(below)).diagnostics().smallestDensity())
                .isNotNegative();
        double[] longer = {above};
        NegativeDensityException refused = catchThrowableOfType(
                NegativeDensityException.class, () -> fp.evolve(start, longer, method.apply(above)));
        assertThat(refused.safeStepSize()).isCloseTo(limit / outflow, within(1e-9));
        assertThat(refused.stepSize()).isEqualTo(above);
        assertThat(refused.time()).isZero();
        assertThat(refused.lowest()).isNegative();
        assertThat(refused).hasMessageContaining("makes the density negative");
    }

    /** At hΛ ≫ 2 the delta changes sign: −1 of its height, as R(−∞) = −1. Implicit Euler and the adaptive method go on. */
    @Test
    void crankNicolsonOvershootsAndSaysSo() {
        FokkerPlanck fp = swirl(64);
        double[] values = new double[fp.grid().cells()];
        values[fp.grid().cellOf(0.1, 0.1)] = 1.0;
        Density start = Density.of(fp.grid(), values);
        NegativeDensityException refused = catchThrowableOfType(
                NegativeDensityException.class,
                () -> fp.evolve(start, new double[] {1.0}, Integrator.crankNicolson(0.1)));
        assertThat(refused.lowest()).isBetween(-1.0, -0.5);
        assertThat(refused).hasMessageContaining("x = [0.140625, 0.140625]");
        assertThat(fp.evolve(start, new double[] {1.0}, Integrator.implicitEuler(0.1))
                        .diagnostics()
                        .smallestDensity())
                .isNotNegative();
        assertThat(fp.evolve(start, new double[] {1.0}, Integrator.adaptive(1e-2))
                        .diagnostics()
                        .smallestDensity())
                .isNotNegative();
    }

    @Test
    void freeEnergyFallsAndMassStaysUnderUniformisation() {
        FokkerPlanck fp = swirl(32);
        Density steady = fp.steadyState().density();
        double[] values = new double[fp.grid().cells()];
        values[0] = 1.0;
        Density start = Density.of(fp.grid(), values).normalized();
        double[] times = new double[60];
        double time = 0.0;
        for (int n = 0; n < times.length; n++) {
            time += 0.001 + 0.17 * Math.abs(Math.sin(n));
            times[n] = time;
        }
        Evolution flow = fp.evolve(start, times, Integrator.uniformisation(1e-8));
        assertThat(flow.massError()).isLessThan(1e-12);
        FreeEnergyTrace trace = flow.freeEnergyRelativeTo(steady);
        assertThat(trace.increases()).isZero();
        assertThat(trace.rates()).allMatch(rate -> rate <= 0.0);
    }

    /** Snapshots at any spacing end where they should, and one factorisation serves equal steps. */
    @Test
    void factorsAreUsedAgain() {
        FokkerPlanck fp = swirl(12);
        Density start = Density.gaussian(fp.grid(), new double[] {0.5, -0.5}, 0.8);
        double[] times = {0.3, 0.6, 0.9, 1.2};
        Evolution flow = fp.evolve(start, times, Integrator.sdirk2(0.1));
        assertThat(flow.diagnostics().steps()).isEqualTo(12);
        assertThat(flow.diagnostics().solves()).isEqualTo(24);
        assertThat(flow.diagnostics().factorisations()).isEqualTo(1);
        Evolution euler = fp.evolve(start, 0.1, 30);
        assertThat(euler.diagnostics().factorisations()).isEqualTo(1);
        assertThat(euler.diagnostics().solves()).isEqualTo(30);
        assertThat(euler.survival()).allMatch(mass -> Math.abs(mass - 1.0) < 1e-12);
    }

    /** OU2_gyrator at t = 0.5: the normal density with the mean and covariance of the reference values. */
    @Test
    void theGyratorIsOfSecondOrderInTheWidth() {
        VectorField drift = (x, out) -> {
            out[0] = -(2 * x[0] + x[1]);
            out[1] = -(x[0] + 2 * x[1]);
        };
        double[] mean = {0.4148304099305316, -0.1917002497821018};
        RealMatrix inverse = MatrixUtils.inverse(MatrixUtils.createRealMatrix(
                new double[][] {{0.46073115528643677, -0.10014762278626133}, {-0.10014762278626133, 0.13648188650016652}
                }));
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(Axis.uniform(-4, 4.5, 100 << i), Axis.uniform(-2.5, 2.5, 80 << i));
            FokkerPlanck fp =
                    FokkerPlanck.of(Sde.ito(drift, Diffusion.diagonal(1.0, 0.25), ONE), grid, Boundary.REFLECTING);
            Density start = Density.gaussian(grid, new double[] {1, 0}, 0.1);
            Density expected = Density.gibbs(
                    grid,
                    x -> {
                        double[] z = {x[0] - mean[0], x[1] - mean[1]};
                        return 0.5 * (z[0] * inverse.operate(z)[0] + z[1] * inverse.operate(z)[1]);
                    },
                    ONE);
            errors[i] = fp.evolve(start, new double[] {0.5}, Integrator.uniformisation(1e-9))
                    .last()
                    .l1Distance(expected);
        }
        assertThat(errors[1]).isLessThan(2e-3);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isGreaterThan(1.9);
    }

    /** OU2_full at t = 0.5: full D and strong rotation, from N((1, −0.5), 0.04 I). */
    @Test
    void ornsteinUhlenbeckWithFullDIsOfSecondOrderInTheWidth() {
        VectorField drift = (x, out) -> {
            out[0] = -(x[0] - 2 * x[1]);
            out[1] = -(2 * x[0] + 1.2 * x[1]);
        };
        Diffusion diffusion = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 1}}));
        double[] mean = {0.09376761838924678, -0.6297283117198473};
        RealMatrix inverse = MatrixUtils.inverse(MatrixUtils.createRealMatrix(
                new double[][] {{0.8327066065603349, 0.16478433952796773}, {0.16478433952796773, 0.4207303538362937}}));
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(Axis.uniform(-4.5, 4.5, 75 << i), Axis.uniform(-4, 4, 75 << i));
            FokkerPlanck fp = FokkerPlanck.of(Sde.ito(drift, diffusion, ONE), grid, Boundary.REFLECTING);
            Density expected = Density.gibbs(
                    grid,
                    x -> {
                        double[] z = {x[0] - mean[0], x[1] - mean[1]};
                        return 0.5 * (z[0] * inverse.operate(z)[0] + z[1] * inverse.operate(z)[1]);
                    },
                    ONE);
            errors[i] = fp.evolve(
                            Density.gaussian(grid, new double[] {1, -0.5}, 0.2),
                            new double[] {0.5},
                            Integrator.uniformisation(1e-9))
                    .last()
                    .l1Distance(expected);
        }
        assertThat(errors[1]).isLessThan(1e-2);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isGreaterThan(1.9);
    }

    /** heat2d_anisotropic: D = [[1, 0.9], [0.9, 1]] from a point, at t = 0.02. */
    @Test
    void theAnisotropicHeatKernel() {
        Diffusion diffusion = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 0.9}, {0.9, 1}}));
        double[][] points = {{0, 0}, {0.1, 0.1}, {0.1, -0.1}};
        double[] expected = {9.128162017138665, 8.00275145561968, 0.7492851666155527};
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            double h = 0.02 / (1 << i);
            int cells = 2 * (50 << i) + 1;
            Axis axis = Axis.uniform(-0.5 * h * cells, 0.5 * h * cells, cells);
            Grid grid = Grid.of(axis, axis);
            FokkerPlanck fp = FokkerPlanck.of(
                    Sde.ito(
                            (x, out) -> {
                                out[0] = 0.0;
                                out[1] = 0.0;
                            },
                            diffusion,
                            ONE),
                    grid,
                    Boundary.REFLECTING);
            double[] values = new double[grid.cells()];
            values[grid.cellOf(0, 0)] = 1.0;
            Density end = fp.evolve(
                            Density.of(grid, values).normalized(),
                            new double[] {0.02},
                            Integrator.uniformisation(1e-10))
                    .last();
            for (int k = 0; k < 3; k++) {
                errors[i] = Math.max(errors[i], Math.abs(end.value(grid.cellOf(points[k])) / expected[k] - 1));
            }
        }
        assertThat(errors[1]).isLessThan(0.02);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isGreaterThan(1.9);
    }

    /** bm_interval, D = 1/2 on (−1, 1) with absorbing ends: survival at t = 1 from 0. What is lost has been absorbed. */
    @Test
    void survivalBetweenAbsorbingWalls() {
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(Axis.uniform(-1, 1, 41 * (2 * i + 1)));
            FokkerPlanck fp = FokkerPlanck.of(
                    Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 0.5), ONE), grid, Boundary.ABSORBING);
            double[] values = new double[grid.cells()];
            values[grid.cellOf(0.0)] = 1.0;
            Density start = Density.of(grid, values).normalized();
            double[] times = {0.25, 1.0};
            for (Integrator method : new Integrator[] {
                Integrator.implicitEuler(1e-2), Integrator.adaptive(1e-6), Integrator.uniformisation(1e-10)
            }) {
                Evolution flow = fp.evolve(start, times, method);
                assertThat(flow.massError())
                        .as("%s", method)
                        .isLessThan(1e-13 + 2e-15 * flow.diagnostics().steps());
                assertThat(flow.absorbed().get(2)).isGreaterThan(0.5);
                assertThat(flow.survival().get(2)).isCloseTo(0.3707774297995239, within(5e-3));
                errors[i] = Math.abs(flow.survival().get(2) - 0.3707774297995239);
                assertThatThrownBy(() -> flow.freeEnergyRelativeTo(start)).hasMessageContaining("no steady state");
            }
        }
        assertThat(errors[1]).isLessThan(1e-4);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(3)).isGreaterThan(1.9);
    }

    @Test
    void badArgumentsAreRefused() {
        FokkerPlanck fp = swirl(8);
        Density start = Density.gaussian(fp.grid(), new double[] {0, 0}, 0.5);
        Integrator euler = Integrator.implicitEuler(0.1);
        assertThatThrownBy(() -> fp.evolve(start, new double[0], euler))
                .hasMessage("times must number at least 1, got 0");
        assertThatThrownBy(() -> fp.evolve(start, new double[] {1.0, 1.0}, euler))
                .hasMessage("times must be finite, not negative and increasing, got [1.0, 1.0]");
        assertThatThrownBy(() -> fp.evolve(start, new double[] {Double.NaN}, euler))
                .hasMessage("times must be finite, not negative and increasing, got [NaN]");
        assertThatThrownBy(() -> Integrator.sdirk2(Double.NaN))
                .hasMessage("stepSize must be positive and finite, got NaN");
        assertThatThrownBy(() -> Integrator.uniformisation(0.0))
                .hasMessage("tolerance must be between 1e-14 and 1, got 0.0");
        assertThatThrownBy(() -> Integrator.adaptive(Double.NaN))
                .hasMessage("tolerance must be between 1e-10 and 1, got NaN");
        assertThatThrownBy(() -> fp.evolve(start, new double[] {1.0}, Integrator.implicitEuler(1e-12)))
                .hasMessageStartingWith("stepSize must be larger");
    }
}
