package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.discretisation.CellProbabilities;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.irreversibility.PhaseProfile;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.transport.EntropicDistance;
import org.langevin4j.solvers.transport.Sinkhorn;
import org.langevin4j.solvers.transport.Wasserstein;

/** Laws, times and distances in any unit of length and time, and sizes that nothing has. */
class ExtremeUnitsTest {

    /** dx = −x/t dt + √(2T) dW, T = ℓ²/t. */
    private static FokkerPlanck equation(int length, int time) {
        double unit = Math.scalb(1.0, length);
        Sde sde = Sde.ito(
                (x, out) -> out[0] = Math.scalb(-x[0], -time),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(Math.scalb(1.0, 2 * length - time)));
        return FokkerPlanck.of(sde, Grid.of(Axis.uniform(-4.0 * unit, 5.0 * unit, 40)), Boundary.REFLECTING);
    }

    @Property(tries = 30, seed = "1")
    void lawsAndModesHaveNoUnits(
            @ForAll @IntRange(min = -450, max = 450) int length, @ForAll @IntRange(min = -60, max = 60) int time) {
        FokkerPlanck once = equation(0, 0);
        FokkerPlanck scaled = equation(length, time);
        assertThat(scaled.steadyState().density().probabilities())
                .containsExactly(once.steadyState().density().probabilities(), within(1e-13));
        assertThat(Math.scalb(RelaxationModes.of(scaled, 2).eigenvalue(1).getReal(), time))
                .isCloseTo(RelaxationModes.of(once, 2).eigenvalue(1).getReal(), within(1e-9));
    }

    @Property(tries = 20, seed = "1")
    void distancesGoWithLengths(@ForAll @IntRange(min = -400, max = 400) int length) {
        EntropicDistance once = entropic(0);
        EntropicDistance scaled = entropic(length);
        assertThat(Math.scalb(scaled.distance(), -length)).isCloseTo(once.distance(), within(1e-9));
        assertThat(Math.scalb(Wasserstein.distance(gaussian(length, -1.0), gaussian(length, 1.0)), -length))
                .isCloseTo(Wasserstein.distance(gaussian(0, -1.0), gaussian(0, 1.0)), within(1e-9));
    }

    private static Density gaussian(int length, double mean) {
        double unit = Math.scalb(1.0, length);
        Grid grid = Grid.of(Axis.uniform(-4.0 * unit, 4.0 * unit, 16));
        return Density.gaussian(grid, new double[] {mean * unit}, unit);
    }

    private static EntropicDistance entropic(int length) {
        return Sinkhorn.withEpsilon(Math.scalb(1.0, 2 * length)).between(gaussian(length, -1.0), gaussian(length, 1.0));
    }

    @Example
    void plansWithoutADigitAreRefusedAtOnce() {
        assertThatThrownBy(() -> Sinkhorn.withEpsilon(1e-308).between(gaussian(0, -1.0), gaussian(0, 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("epsilon must");
    }

    @Example
    void fluxesAreThoseThroughFiniteSegments() {
        Grid grid = Grid.square(-2.0, 2.0, 8);
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0] - x[1];
                    out[1] = x[0] - x[1];
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(0.5));
        FokkerPlanck equation = FokkerPlanck.of(sde, grid, Boundary.REFLECTING);
        Current current = equation.current(equation.steadyState().density());
        assertThat(current.flux(new double[2], new double[] {2.0, 0.0})).isPositive();
        for (double[] to :
                new double[][] {{}, {1.0}, {Double.NaN, 0.0}, {1e300, 0.0}, {Double.NEGATIVE_INFINITY, 1.0}}) {
            assertThatThrownBy(() -> current.flux(new double[2], to))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from and to must be");
        }
        assertThatThrownBy(() -> CellProbabilities.toDensity(new double[3], equation.region()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p must have");
        for (int[] reach : new int[][] {{}, {1}, {1, 1, 1}, {1, -1}}) {
            assertThatThrownBy(() -> GridGenerator.order(equation.region(), reach))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("reach must have");
        }
    }

    @Example
    void noSizeIsTooLargeToBeRefused() {
        Sde sde = Sde.ito((x, out) -> out[0] = -x[0], Diffusion.automaticDiagonal(1, x -> x), Temperature.of(1.0));
        assertThat(Milstein.withStep(Double.MIN_VALUE).stepper(sde)).isNotNull();
        Sde many = Sde.ito(
                (x, out) -> {
                    out[0] = 0.0;
                    out[1] = 0.0;
                },
                Diffusion.factor(2, 2, (x, b) -> {
                    b[0] = 1.0;
                    b[1] = x[1];
                    b[2] = x[0];
                    b[3] = 1.0;
                }),
                Temperature.of(1.0));
        assertThatThrownBy(() -> Milstein.withStep(Double.MIN_VALUE).stepper(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stepSize must be larger");
        assertThatThrownBy(() -> PhaseProfile.of(x -> 0.0, x -> 0.0, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bins");
        assertThatThrownBy(() -> Box.cube(Integer.MAX_VALUE, Interval.unbounded()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a box of dimension");
    }
}
