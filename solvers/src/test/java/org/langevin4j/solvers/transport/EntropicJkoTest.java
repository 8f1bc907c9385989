package org.langevin4j.solvers.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ConvergenceException;

class EntropicJkoTest {

    /** Φ = (x₁² + 3x₂²)/2. */
    private static final ScalarField QUADRATIC = x -> 0.5 * (x[0] * x[0] + 3 * x[1] * x[1]);

    private static final double BETA_INVERSE = 0.5;

    private static Density gaussian(Grid grid, double[] mean, double[] deviation) {
        return Density.gibbs(
                grid,
                x -> {
                    double sum = 0.0;
                    for (int i = 0; i < mean.length; i++) {
                        double z = (x[i] - mean[i]) / deviation[i];
                        sum += 0.5 * z * z;
                    }
                    return sum;
                },
                Temperature.of(1.0));
    }

    /**
     * One step for a Gaussian of deviation s: OT_ε in closed form (Janati et al. 2020), minus εH(ρ), over 2τ, plus
     * ks′²/2 − θ log s′, minimal where (1/τ + k)s′ − 2s²s′/(τ(A + ε/2)) = (θ + ε/(2τ))/s′, A = √(4s²s′² + ε²/4).
     */
    private static double next(double s, double k, double tau, double epsilon, double theta) {
        return new BracketingNthOrderBrentSolver(1e-14, 1e-14, 5)
                .solve(
                        200,
                        t -> {
                            double root = Math.sqrt(4 * s * s * t * t + 0.25 * epsilon * epsilon);
                            return (1 / tau + k) * t * t
                                    - 2 * s * s * t * t / (tau * (root + 0.5 * epsilon))
                                    - theta
                                    - epsilon / (2 * tau);
                        },
                        1e-3,
                        10);
    }

    /** In scaled coordinates xᵢ/√Dᵢ: D = (1, 2), k = (1, 6); against the closed form of the entropic step itself. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stepsOfGaussiansAreThoseOfTheClosedForm(boolean corrected) {
        Grid grid = Grid.of(Axis.uniform(-4.5, 5.5, 72), Axis.uniform(-3.5, 3.5, 64));
        Density start = gaussian(grid, new double[] {1, -0.5}, new double[] {0.6, 0.4});
        double tau = 0.1;
        double epsilon = 0.05;
        EntropicJko scheme =
                EntropicJko.of(QUADRATIC, Temperature.of(BETA_INVERSE), epsilon).withDiffusion(1, 2);
        JkoFlow flow = (corrected ? scheme : scheme.withoutCorrection()).evolve(start, tau, 4);
        double theta = corrected ? BETA_INVERSE - epsilon / (4 * tau) : BETA_INVERSE;
        double[] mean = {1, -0.5 / Math.sqrt(2)};
        double[] s = {0.6, 0.4 / Math.sqrt(2)};
        double[] k = {1, 6};
        for (int n = 1; n <= 4; n++) {
            Density density = flow.densities().get(n);
            double moved = 0.0;
            for (int a = 0; a < 2; a++) {
                double unit = Math.sqrt(a + 1);
                double before = s[a];
                moved += Math.pow(mean[a] * (1 - 1 / (1 + tau * k[a])), 2);
                mean[a] /= 1 + tau * k[a];
                s[a] = next(s[a], k[a], tau, epsilon, theta);
                moved += Math.pow(s[a] - before, 2);
                assertThat(density.mean()[a]).isCloseTo(unit * mean[a], within(1e-5));
                assertThat(Math.sqrt(density.covariance().getEntry(a, a))).isCloseTo(unit * s[a], within(1e-5));
            }
            assertThat(density.covariance().getEntry(0, 1)).isCloseTo(0.0, within(1e-6));
            assertThat(flow.steps().get(n - 1).distance()).isCloseTo(Math.sqrt(moved), within(1e-4));
            assertThat(flow.steps().get(n - 1).residual()).isBetween(0.0, 1e-8);
            assertThat(density.mass()).isCloseTo(1.0, within(1e-12));
            assertThat(flow.functionals().get(n).total())
                    .isLessThan(flow.functionals().get(n - 1).total());
        }
    }

    /** Against the JKO scheme itself (jko_gaussian1d): the bias is of order ε², uncorrected of order ε. */
    @Test
    void biasFallsWithEpsilon() {
        // τ = 0.1, β = 2, n = 5.
        double expected = 0.630568318429117;
        Grid grid = Grid.of(Axis.uniform(-3, 6, 160));
        Density start = Density.gaussian(grid, new double[] {2}, 0.5);
        double[] corrected = new double[3];
        double[] plain = new double[3];
        for (int i = 0; i < 3; i++) {
            EntropicJko scheme = EntropicJko.of(x -> 0.5 * x[0] * x[0], Temperature.of(BETA_INVERSE), 0.08 / (1 << i));
            corrected[i] = Math.abs(deviation(scheme.evolve(start, 0.1, 5).last()) - expected);
            plain[i] = Math.abs(
                    deviation(scheme.withoutCorrection().evolve(start, 0.1, 5).last()) - expected);
        }
        assertThat(0.5 * Math.log(corrected[0] / corrected[2]) / Math.log(2)).isBetween(1.8, 2.2);
        assertThat(0.5 * Math.log(plain[0] / plain[2]) / Math.log(2)).isBetween(0.8, 1.2);
        assertThat(corrected[2]).isLessThan(2e-4);
        assertThat(plain[2]).isGreaterThan(1e-2);
    }

    private static double deviation(Density density) {
        return Math.sqrt(density.covariance().getEntry(0, 0));
    }

    /** ε = 4τβ⁻¹ makes θ = 0: without Φ a step is then the heat kernel; beyond, θ < 0, the step is still found. */
    @Test
    void largeEpsilon() {
        Grid grid = Grid.of(Axis.uniform(-6, 6, 200));
        Density start = Density.gaussian(grid, new double[] {0}, 0.7);
        JkoFlow heat =
                EntropicJko.of(x -> 0.0, Temperature.of(BETA_INVERSE), 0.2).evolve(start, 0.1, 3);
        assertThat(deviation(heat.last())).isCloseTo(Math.sqrt(0.49 + 0.3), within(1e-9));
        JkoFlow beyond =
                EntropicJko.of(x -> 0.0, Temperature.of(BETA_INVERSE), 0.4).evolve(start, 0.1, 1);
        double expected = next(0.7, 0.0, 0.1, 0.4, BETA_INVERSE - 1.0);
        assertThat(deviation(beyond.last())).isCloseTo(expected, within(1e-7));
    }

    /** The double well on a line, where the quantile scheme is exact; F along both. */
    @Test
    void agreesWithTheQuantileScheme() {
        Potential well =
                Potential.of(x -> 0.25 * Math.pow(x[0] * x[0] - 1, 2), (x, out) -> out[0] = x[0] * (x[0] * x[0] - 1));
        Temperature temperature = Temperature.of(0.4);
        Grid grid = Grid.of(Axis.uniform(-3, 3, 240));
        Density start = Density.gaussian(grid, new double[] {0.5}, 0.4);
        JkoFlow exact = QuantileJko.of(well, temperature).evolve(start, 0.1, 10);
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            JkoFlow flow = EntropicJko.of(well, temperature, 0.04 / (1 << i)).evolve(start, 0.1, 10);
            errors[i] = Wasserstein.distance(flow.last(), exact.last());
            assertThat(flow.increases()).isZero();
            for (int k = 0; k <= 10; k++) {
                assertThat(flow.functionals().get(k).total())
                        .isCloseTo(exact.functionals().get(k).total(), within(2e-3));
            }
        }
        assertThat(errors[1]).isLessThan(1e-3);
        assertThat(errors[0] / errors[1]).isGreaterThan(2.5);
    }

    /** Walls of infinite Φ, a start with empty cells, the coarsest ε: positive where it may be, zero where it must. */
    @Test
    void wallsAndEmptyCells() {
        Grid grid = Grid.square(-2, 2, 40);
        double[] values = new double[grid.cells()];
        values[grid.cellOf(0.3, -0.4)] = 1.0;
        Density start = Density.of(grid, values).normalized();
        ScalarField walled = x -> x[0] > 1 ? Double.POSITIVE_INFINITY : 0.5 * (x[0] * x[0] + x[1] * x[1]);
        JkoFlow flow = EntropicJko.of(walled, Temperature.of(0.3), 0.05).evolve(start, 0.05, 4);
        for (Density density : flow.densities().subList(1, 5)) {
            double[] x = new double[2];
            for (int cell = 0; cell < grid.cells(); cell++) {
                grid.centre(cell, x);
                if (x[0] > 1) {
                    assertThat(density.value(cell)).isZero();
                } else {
                    assertThat(density.value(cell)).isPositive();
                }
            }
            assertThat(density.mass()).isCloseTo(1.0, within(1e-12));
        }
        assertThat(Arrays.stream(flow.last().values()).max().orElseThrow()).isLessThan(5);
    }

    @Test
    void faultsAreTold() {
        Density start = Density.gaussian(Grid.square(-2, 2, 10), new double[2], 0.5);
        Temperature one = Temperature.of(1.0);
        assertThatThrownBy(() -> EntropicJko.of(QUADRATIC, one, -0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epsilon must be positive and finite, got -0.1");
        EntropicJko scheme = EntropicJko.of(QUADRATIC, one, 0.1);
        assertThatThrownBy(() -> scheme.withDiffusion(1).evolve(start, 0.1, 1))
                .hasMessage("diffusion must have 2 entries, got 1");
        assertThatThrownBy(() -> scheme.withDiffusion(1, 0))
                .hasMessage("diffusion must be positive and finite, got 0.0");
        assertThatThrownBy(() -> scheme.withTolerance(0)).hasMessage("tolerance must be positive and finite, got 0.0");
        assertThatThrownBy(() -> scheme.withMaxIterations(0)).hasMessage("maxIterations must be at least 1, got 0");
        assertThatThrownBy(() -> scheme.evolve(start, 0, 1))
                .hasMessage("stepSize must be positive and finite, got 0.0");
        assertThatThrownBy(() -> EntropicJko.of(x -> Double.NaN, one, 0.1).evolve(start, 0.1, 1))
                .hasMessageStartingWith("potential must be above −∞, got NaN at x = ");
        ConvergenceException failure = catchThrowableOfType(
                ConvergenceException.class, () -> scheme.withMaxIterations(2).evolve(start, 1.0, 1));
        assertThat(failure.iterations()).isEqualTo(2);
        assertThat(failure.residual()).isGreaterThan(1e-8);
        assertThat(failure).hasMessageStartingWith("entropic iteration for a JKO step did not converge: residual ");
    }
}
