package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/** How probability leaves a driven equation, period by period. */
class PeriodicDecayTest {

    private static final double PERIOD = 0.3;

    private static final double BETA = 2.5;

    /** Free noise of β⁻¹(t) = (1 + 0.6 cos 2πt/T)/β, time measured by its own clock τ = ∫β⁻¹dt. */
    private static PeriodicDecay free(int cells, int steps) {
        Sde sde = Sde.ito(
                (x, out) -> out[0] = 0.0,
                Diffusion.isotropic(1, 1.0),
                Temperature.varying(t -> (1.0 + 0.6 * Math.cos(2.0 * Math.PI * t / PERIOD)) / BETA));
        Region region = Region.of(Grid.of(Axis.uniform(0.0, 1.0, cells)), Boundary.ABSORBING);
        // A start that is smooth: sin πx is the slowest mode.
        double[] sine = new double[cells];
        for (int i = 0; i < cells; i++) {
            sine[i] = Math.sin(Math.PI * (i + 0.5) / cells);
        }
        Density start = Density.of(region.grid(), sine).normalized();
        return DrivenFokkerPlanck.of(sde, region).decay(start, PERIOD, Integrator.sdirk2(PERIOD / steps));
    }

    private static double clock(double t) {
        return (t + 0.6 * PERIOD / (2.0 * Math.PI) * Math.sin(2.0 * Math.PI * t / PERIOD)) / BETA;
    }

    /** S(t) = e^{−π²τ(t)} exactly, λ = π²/β, and the mean time is the integral of S. */
    @Test
    void theSurvivalOfFreeNoiseRunsByItsOwnClock() {
        double rate = Math.PI * Math.PI / BETA;
        double mean = 0.0;
        int n = 200_000;
        double end = 12.0;
        for (int k = 0; k < n; k++) {
            mean += end / n * Math.exp(-Math.PI * Math.PI * clock((k + 0.5) * end / n));
        }
        double[] rates = new double[2];
        double[] means = new double[2];
        for (int k = 0; k < 2; k++) {
            PeriodicDecay decay = free(40 << k, 24 << k);
            rates[k] = Math.abs(decay.rate() - rate) / rate;
            means[k] = Math.abs(decay.meanTime() - mean) / mean;
            assertThat(decay.settled()).isLessThan(1e-6);
            assertThat(decay.negative()).isLessThan(1e-12);
            int middle = decay.steps() / 4;
            assertThat(decay.survival().get(middle))
                    .isCloseTo(
                            Math.exp(-Math.PI * Math.PI * clock(decay.times().get(middle))),
                            within(4e-3 / (1 << (2 * k))));
        }
        assertThat(rates[1]).isLessThan(3e-4);
        assertThat(rates[0] / rates[1]).isBetween(3.5, 4.5);
        assertThat(means[1]).isLessThan(3e-3);
        assertThat(means[0] / means[1]).isBetween(3.5, 4.5);
    }

    /** Inertia that is not driven, from a point in the plane: mean time and rate of a linear system of the same cells. */
    @Test
    void whatIsNotDrivenIsTheLinearSystem() {
        double friction = 0.5;
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = x[0] - x[0] * x[0] * x[0] - friction * x[1];
                },
                Diffusion.diagonal(0.0, friction),
                Temperature.of(0.1));
        Axis v = Axis.of(-1.8, -1.2, -0.8, -0.5, -0.3, -0.15, 0.0, 0.15, 0.3, 0.5, 0.8, 1.2, 1.8);
        Region whole = Region.of(Grid.of(Axis.uniform(-2.0, 1.0, 30), v), Boundary.REFLECTING);
        Region region = whole.where(x -> x[0] < 0.8, Boundary.ABSORBING);
        double[] start = {-0.95, 0.075};
        double mean = HittingProblem.of(FokkerPlanck.of(sde, region).withErrorsUpTo(Double.MAX_VALUE))
                .meanTime()
                .at(start);
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(sde, region);
        Density at = Density.at(region, start);
        assertThat(equation.decay(at, 4.0, Integrator.sdirk2(0.1)).meanTime()).isCloseTo(mean, within(1e-5 * mean));
        double[] off = new double[2];
        for (int k = 0; k < 2; k++) {
            PeriodicDecay decay = equation.decay(at, 4.0, Integrator.implicitEuler(0.2 / (1 << k)));
            off[k] = Math.abs(decay.meanTime() - mean) / mean;
            assertThat(decay.meanTime() * decay.rate()).isBetween(0.5, 2.0);
        }
        assertThat(off[1]).isLessThan(1e-2);
        assertThat(off[0] / off[1]).isBetween(1.8, 2.2);
    }

    @Test
    void whatHasNoDecayIsRefused() {
        Sde sde = Sde.ito(
                VectorField.driven(t -> (x, out) -> out[0] = -x[0] + Math.cos(2.0 * Math.PI * t)),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(1.0 / BETA));
        Grid grid = Grid.of(Axis.uniform(-3.0, 3.0, 30));
        Region shut = Region.of(grid, Boundary.REFLECTING);
        Region open = Region.of(grid, Boundary.ABSORBING);
        Integrator steps = Integrator.sdirk2(0.05);
        assertThatThrownBy(() -> DrivenFokkerPlanck.of(sde, shut).decay(Density.at(shut, 0.0), 1.0, steps))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no probability is absorbed");
        assertThatThrownBy(() -> DrivenFokkerPlanck.of(sde, open).decay(Density.at(open, 0.0), 0.7, steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("period");
        assertThatThrownBy(() -> DrivenFokkerPlanck.of(sde, open).decay(Density.at(open, 0.0), Double.NaN, steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("period");
        Sde hot = Sde.ito(sde.drift(), sde.diffusion(), Temperature.of(1e3));
        assertThatThrownBy(() -> DrivenFokkerPlanck.of(hot, open).decay(Density.at(open, 0.0), 1.0, steps))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after one period");
    }
}
