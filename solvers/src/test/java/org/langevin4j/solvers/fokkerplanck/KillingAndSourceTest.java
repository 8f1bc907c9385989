package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.markov.SteadyStateMethod;

class KillingAndSourceTest {

    private static Sde brownian(int d, double temperature) {
        return Sde.ito((x, out) -> Arrays.fill(out, 0.0), Diffusion.isotropic(d, 1.0), Temperature.of(temperature));
    }

    /** Evans and Majumdar 2011, eq. 8: reset to x₀ at rate r, ρ = α/2 e^(−α|x − x₀|), α = √(r/T). On a graded axis too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stochasticResetting(boolean graded) {
        double temperature = 0.6;
        double r = 1.7;
        double alpha = Math.sqrt(r / temperature);
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            int n = i == 0 ? 201 : 403;
            double[] edges = new double[n + 1];
            for (int k = 0; k <= n; k++) {
                double u = 2.0 * k / n - 1;
                edges[k] = 10 * (graded ? u * (0.4 + 0.6 * u * u) : u);
            }
            Grid grid = Grid.of(Axis.of(edges));
            FokkerPlanck fp = FokkerPlanck.of(brownian(1, temperature), grid, Boundary.REFLECTING)
                    .withKilling(x -> r)
                    .withSource(Density.at(grid, 0.0), r);
            assertThat(fp.supply()).isCloseTo(r, within(1e-12));
            SteadyState steady = fp.steadyState();
            assertThat(steady.method()).isEqualTo(SteadyStateMethod.ELIMINATION);
            assertThat(steady.residual()).isLessThan(1e-13);
            assertThat(steady.density().mass()).isCloseTo(1.0, within(1e-12));
            assertThat(steady.density().mean()[0]).isCloseTo(0.0, within(1e-10));
            for (double x : new double[] {-2.0, -0.7, 1.5, 3.0}) {
                int cell = grid.cellOf(x);
                double centre = grid.axis(0).centre(cell);
                double exact = alpha / 2 * Math.exp(-alpha * Math.abs(centre));
                errors[i] = Math.max(errors[i], Math.abs(steady.density().value(cell) / exact - 1));
            }
        }
        assertThat(errors[1]).isLessThan(5e-3);
        assertThat(errors[1]).isLessThan(0.35 * errors[0]);
    }

    /** From a point, d⟨x²⟩/dt = 2T − r⟨x²⟩, exact on equal cells; the mass stays 1 as what is killed comes in again. */
    @Test
    void resettingInTime() {
        double temperature = 0.6;
        double r = 1.7;
        Grid grid = Grid.of(Axis.uniform(-12, 12, 241));
        Density origin = Density.at(grid, 0.0);
        FokkerPlanck fp = FokkerPlanck.of(brownian(1, temperature), grid, Boundary.REFLECTING)
                .withKilling(x -> r)
                .withSource(origin, r);
        double h = 0.05;
        Evolution euler = fp.evolve(origin, h, 20);
        double exact = 0;
        for (int n = 0; n < 20; n++) {
            exact = (exact + 2 * temperature * h) / (1 + r * h);
        }
        assertThat(euler.last().covariance().getEntry(0, 0)).isCloseTo(exact, within(1e-9));
        assertThat(euler.massError()).isLessThan(1e-12);
        double limit = 2 * temperature / r * -Math.expm1(-r);
        for (Integrator integrator : new Integrator[] {Integrator.adaptive(1e-5), Integrator.sdirk2(0.01)}) {
            Evolution flow = fp.evolve(origin, new double[] {0.5, 1.0}, integrator);
            assertThat(flow.last().covariance().getEntry(0, 0)).isCloseTo(limit, within(1e-4));
            assertThat(flow.last().mass()).isCloseTo(1.0, within(1e-10));
            assertThat(flow.massError()).isLessThan(1e-10);
            assertThat(flow.supply()).isCloseTo(r, within(1e-12));
        }
        assertThatThrownBy(() -> fp.evolve(origin, new double[] {1}, Integrator.uniformisation(1e-8)))
                .hasMessageContaining("uniformisation has no sources");
    }

    /** Killing at k on [−1, 1] with absorbing ends: E e^(−kT) = cosh κx/cosh κ, κ = √(k/T), and the mean end is at (1 − that)/k. */
    @Test
    void feynmanAndKacOnAnInterval() {
        double temperature = 0.7;
        double k = 3.0;
        double kappa = Math.sqrt(k / temperature);
        double[][] errors = new double[2][3];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(Axis.uniform(-1, 1, 41 << i));
            FokkerPlanck fp = FokkerPlanck.of(brownian(1, temperature), grid, Boundary.ABSORBING)
                    .withKilling(x -> k);
            HittingProblem end = HittingProblem.of(fp);
            int cell = grid.cellOf(0.3);
            double x = grid.axis(0).centre(cell);
            double exact = Math.cosh(kappa * x) / Math.cosh(kappa);
            errors[i][0] = Math.abs(end.absorptionProbability().value(cell) / exact - 1);
            errors[i][1] = Math.abs(end.meanTime().value(cell) / ((1 - exact) / k) - 1);
            // With a source s = 2 instead of paths that start: ρ = s(1 − cosh κx/cosh κ)/k, J = −Tρ'.
            FokkerPlanck fed = fp.withSource(y -> 2.0);
            SteadyState steady = fed.steadyState();
            errors[i][2] = Math.abs(steady.density().value(cell) / (2 * (1 - exact) / k) - 1);
            Current current = fed.current(steady.density());
            int last = grid.cells() - 1;
            double xLast = grid.axis(0).centre(last);
            for (int c : new int[] {cell, last}) {
                double y = c == cell ? x : xLast;
                double flow = 2 * temperature * kappa / k * Math.sinh(kappa * y) / Math.cosh(kappa);
                assertThat(current.component(0).value(c) / flow).isCloseTo(1.0, within(c == cell ? 1e-2 : 5e-2));
                assertThat(current.divergence().value(c))
                        .isCloseTo(2 - k * steady.density().value(c), within(1e-10));
            }
        }
        for (int q = 0; q < 3; q++) {
            assertThat(errors[1][q]).isLessThan(1e-3);
            assertThat(errors[1][q]).isLessThan(0.35 * errors[0][q]);
        }
    }

    /** E exp(−c∫|x|² dt) = cosh(2√(cT)t)^(−d/2) for Brownian motion from 0 (Cameron and Martin 1945). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void feynmanAndKacOfAParabola(int d) {
        double temperature = 0.5;
        double c = 0.8;
        Axis axis = Axis.uniform(-5, 5, 101);
        Grid grid = d == 1 ? Grid.of(axis) : Grid.of(axis, Axis.uniform(-5, 5, 81));
        FokkerPlanck fp = FokkerPlanck.of(brownian(d, temperature), grid, Boundary.REFLECTING)
                .withKilling(x -> c * Arrays.stream(x).map(y -> y * y).sum());
        Density start = Density.at(grid, new double[d]);
        Evolution flow = fp.evolve(start, new double[] {1.0}, Integrator.sdirk2(0.02));
        double exact = Math.pow(Math.cosh(2 * Math.sqrt(c * temperature)), -0.5 * d);
        assertThat(flow.survival().get(1)).isCloseTo(exact, within(2e-3));
        assertThat(flow.massError()).isLessThan(1e-11);
        int origin = grid.cellOf(new double[d]);
        assertThat(HittingProblem.of(fp).survivalAt(1.0, 20).value(origin)).isCloseTo(exact, within(2e-3));
    }

    /** Two rates of killing add up, and so do two sources: round a ring ρ = s/k, whatever the drift. */
    @Test
    void ratesAddUp() {
        Sde drift = Sde.ito((x, out) -> out[0] = 2.0, Diffusion.isotropic(1, 1.0), Temperature.of(0.3));
        Grid grid = Grid.of(Axis.uniform(0, 1, 16));
        FokkerPlanck fp = FokkerPlanck.of(drift, grid, Boundary.PERIODIC)
                .withKilling(x -> 1.0)
                .withKilling(x -> 0.5)
                .withSource(x -> 2.0)
                .withSource(Density.of(grid, fill(16)), 1.0);
        Density steady = fp.steadyState().density();
        for (int k = 0; k < 16; k++) {
            assertThat(steady.value(k)).isCloseTo(2.0, within(1e-12));
            assertThat(fp.current(steady).component(0).value(k)).isCloseTo(4.0, within(1e-10));
        }
        assertThat(HittingProblem.of(fp).meanTime().value(3)).isCloseTo(1 / 1.5, within(1e-12));
        Density late = fp.evolve(Density.of(grid, new double[16]), new double[] {20}, Integrator.adaptive(1e-6))
                .last();
        assertThat(late.l1Distance(steady)).isLessThan(1e-4);
        // Modes are those of single paths: all rates are larger by what kills.
        assertThat(RelaxationModes.of(fp, 2).eigenvalue(0).getReal()).isCloseTo(-1.5, within(1e-9));
    }

    private static double[] fill(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1.0);
        return ones;
    }

    @Test
    void whatHasNoAnswerIsRefused() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 16));
        FokkerPlanck fp = FokkerPlanck.of(brownian(1, 1.0), grid, Boundary.REFLECTING);
        assertThatThrownBy(() -> fp.withKilling(x -> x[0] - 0.5))
                .hasMessageContaining("killing rate must be finite and not negative, got -0.4");
        assertThatThrownBy(() -> fp.withSource(x -> Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> fp.withSource(Density.at(grid, 0.5), -1)).hasMessageContaining("got -1.0");
        assertThatThrownBy(() -> fp.withSource(x -> 1.0).steadyState()).hasMessageContaining("mass comes in");
        assertThatThrownBy(() -> fp.withKilling(x -> 1.0).steadyState()).hasMessageContaining("absorbed");
        FokkerPlanck both = fp.withKilling(x -> 1.0).withSource(x -> 1.0);
        Density one = both.steadyState().density();
        assertThatThrownBy(() -> both.entropyProduction(one, one)).hasMessageContaining("killing or a source");
        assertThatThrownBy(() -> fp.withSource(x -> 1.0).evolve(one, 0.1, 2).freeEnergyRelativeTo(one))
                .hasMessageContaining("source");
    }
}
