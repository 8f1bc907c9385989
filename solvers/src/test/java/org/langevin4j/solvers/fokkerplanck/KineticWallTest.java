package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Consumer;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.markov.SteadyStateMethod;

/** Walls for the position of a system with momentum: the noise moves the momentum alone. */
class KineticWallTest {

    private static final Potential SLOPE = Potential.of(x -> x[0], (x, out) -> out[0] = 1.0);
    private static final Potential BOWL = Potential.of(x -> 0.5 * x[0] * x[0], (x, out) -> out[0] = x[0]);

    private static Sde sde(Potential potential, double friction, double temperature, double mass) {
        return UnderdampedLangevin.of(1, potential, friction, Temperature.of(temperature))
                .withMass(mass)
                .sde();
    }

    private static Region box(double from, double to, double momentum, int cells) {
        return Region.of(
                Grid.of(Axis.uniform(from, to, cells), Axis.uniform(-momentum, momentum, cells)), Boundary.REFLECTING);
    }

    private static Density atSpecularWalls(double friction, double temperature, double mass, int cells) {
        double width = Math.sqrt(mass * temperature);
        Region region =
                box(0.0, 12.0 * temperature, 5.0 * width, cells).withFaces(0, Boundary.SPECULAR, Boundary.SPECULAR);
        FokkerPlanck equation = FokkerPlanck.of(sde(SLOPE, friction, temperature, mass), region);
        SteadyState steady = equation.steadyState();
        assertThat(equation.stoppedFlow(steady.density())).isZero();
        assertThat(steady.residual()).isLessThan(1e-13);
        return steady.density();
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.0, 1.0", "0.4, 0.5, 3.0"})
    void aBounceKeepsTheGibbsLaw(double friction, double temperature, double mass) {
        // e^(−β(q + p²/2m)) on q > 0: ⟨q⟩ = T, ⟨p⟩ = 0, ⟨p²⟩ = mT; upwind in q, of first order.
        double[][] errors = new double[2][];
        for (int k = 0; k < 2; k++) {
            Density density = atSpecularWalls(friction, temperature, mass, 48 << k);
            double meanSquare = density.expectation(x -> x[1] * x[1]);
            errors[k] = new double[] {
                density.mean()[0] / temperature - 1.0,
                density.mean()[1] / Math.sqrt(mass * temperature),
                meanSquare / (mass * temperature) - 1.0
            };
        }
        for (int moment = 0; moment < 3; moment++) {
            assertThat(Math.abs(errors[1][moment])).isLessThan(0.15);
            assertThat(Math.abs(errors[1][moment])).isLessThan(0.65 * Math.abs(errors[0][moment]) + 1e-3);
            // Extrapolated.
            assertThat(2.0 * errors[1][moment] - errors[0][moment]).isCloseTo(0.0, within(0.02));
        }
    }

    private static void assertRefused(Runnable analysis) {
        assertThatThrownBy(analysis::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reflecting walls which the noise does not reach (D n = 0)")
                .hasMessageContaining("SPECULAR");
    }

    @Test
    void aWallThatWouldKeepTheMomentumIsRefused() {
        Region region = box(0.0, 8.0, 5.0, 32);
        Sde sde = sde(SLOPE, 1.0, 1.0, 1.0);
        FokkerPlanck equation = FokkerPlanck.of(sde, region);
        Density start = Density.gaussian(region.grid(), new double[] {1.0, 0.0}, 0.5);
        assertRefused(equation::steadyState);
        assertRefused(() -> equation.steadyState(SteadyStateMethod.ELIMINATION));
        assertRefused(() -> RelaxationModes.of(equation, 2));
        assertRefused(() -> GridDecomposition.of(sde, region));
        assertRefused(() -> equation.evolve(start, 0.1, 50));
        assertRefused(() -> equation.evolve(start, new double[] {5.0}, Integrator.sdirk2(0.05)));
        assertRefused(() -> HittingProblem.of(equation, x -> x[0] > 5.0));
        DrivenFokkerPlanck driven = DrivenFokkerPlanck.of(
                Sde.ito(VectorField.driven(t -> sde.drift()), sde.diffusion(), sde.temperature()), region);
        assertRefused(() -> driven.evolve(start, 0.0, new double[] {5.0}, Integrator.implicitEuler(0.1)));
        assertRefused(() -> driven.periodicSteadyState(1.0, 4, Integrator.implicitEuler(0.1)));
        // A wall at a staircase, and walls for the second of two positions.
        assertRefused(() -> FokkerPlanck.of(sde, box(-2.0, 8.0, 5.0, 32).where(x -> x[0] > 0.0, Boundary.REFLECTING))
                .steadyState());
    }

    @Test
    void aSkewedDThatMissesTheWallIsTheSame() {
        // Three coordinates, the noise in the plane of the last two.
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[1] + 0.2 * x[2];
                    out[1] = -1.0 - x[1];
                    out[2] = -x[2];
                },
                Diffusion.constant(MatrixUtils.createRealMatrix(
                        new double[][] {{0.0, 0.0, 0.0}, {0.0, 1.0, 0.3}, {0.0, 0.3, 1.0}})),
                Temperature.of(0.8));
        Grid grid = Grid.of(Axis.uniform(0.0, 6.0, 12), Axis.uniform(-4.0, 4.0, 12), Axis.uniform(-4.0, 4.0, 12));
        assertRefused(() -> FokkerPlanck.of(sde, grid, Boundary.REFLECTING).steadyState());
    }

    @Test
    void wallsInTheTailsAreNoMatter() {
        // e^(−(q² + p²)/2T) to 5 standard deviations: the walls change nothing that the grid resolves.
        Region region = box(-3.5, 3.5, 3.5, 40);
        FokkerPlanck equation = FokkerPlanck.of(sde(BOWL, 1.0, 0.5, 1.0), region);
        Density steady = equation.steadyState().density();
        assertThat(equation.stoppedFlow(steady)).isBetween(1e-12, 1e-2);
        assertThat(RelaxationModes.of(equation, 2).gap()).isPositive();
        HittingProblem.of(equation, x -> x[0] > 1.0);
        Density start = Density.gaussian(region.grid(), new double[] {0.5, 0.0}, 0.3);
        assertThat(equation.evolve(start, 0.1, 20).massError()).isLessThan(1e-12);
        // One at the middle is.
        assertRefused(() -> FokkerPlanck.of(sde(BOWL, 1.0, 0.5, 1.0), box(0.0, 3.5, 3.5, 40))
                .steadyState());
        // Noise in q, however little, is reflected as it should be.
        Sde noisy = Sde.ito(sde(SLOPE, 1.0, 1.0, 1.0).drift(), Diffusion.diagonal(0.05, 1.0), Temperature.of(1.0));
        FokkerPlanck reflecting = FokkerPlanck.of(noisy, box(0.0, 8.0, 5.0, 24));
        assertThat(reflecting.stoppedFlow(reflecting.steadyState().density())).isZero();
    }

    @Test
    void theCurrentGoesThroughTheWallAndComesBack() {
        Region region = box(0.0, 12.0, 5.0, 48).withFaces(0, Boundary.SPECULAR, Boundary.SPECULAR);
        FokkerPlanck equation = FokkerPlanck.of(sde(SLOPE, 1.0, 1.0, 1.0), region);
        Density steady = equation.steadyState().density();
        Current current = equation.current(steady);
        // J_q = pρ to the first order also in the cells at the wall, of which one face is the wall.
        Grid grid = region.grid();
        double[] x = new double[2];
        double largest = 0.0;
        for (int k = 0; k < 48; k++) {
            grid.centre(k, x);
            largest = Math.max(largest, Math.abs(x[1]) * steady.value(k));
        }
        for (int k = 0; k < 48; k++) {
            grid.centre(k, x);
            assertThat(current.component(0).value(k)).isCloseTo(x[1] * steady.value(k), within(0.15 * largest));
        }
    }

    @Test
    void aPassageTimeBetweenBounces() {
        // Overdamped limit: at γ = 20 the passage from 0 over a flat box of length 2 takes γL²/2T but for the kinetic
        // layers.
        Potential flat = Potential.of(x -> 0.0, (x, out) -> out[0] = 0.0);
        Region region = box(0.0, 2.0, 4.0, 64).withFaces(0, Boundary.SPECULAR, Boundary.SPECULAR);
        HittingProblem problem = HittingProblem.of(FokkerPlanck.of(sde(flat, 20.0, 1.0, 1.0), region), x -> x[0] > 1.9);
        double tau = problem.meanTime().at(0.05, 0.0);
        // Milne's layer at the absorbing end: 1.46 √T/γ.
        double length = 1.9 + 1.46 / 20.0;
        assertThat(tau).isCloseTo(20.0 * length * length / 2.0, within(0.25 * 40.0));
    }

    @Test
    void specularFacesBelongToPositions() {
        Region region = box(0.0, 2.0, 4.0, 8);
        assertIllegal(r -> r.withFaces(1, Boundary.SPECULAR, Boundary.REFLECTING), region, "position");
        assertIllegal(r -> r.where(x -> x[0] > 1.0, Boundary.SPECULAR), region, "rim");
        assertIllegal(r -> Region.of(r.grid(), Boundary.SPECULAR), region, "every face");
        Grid lopsided = Grid.of(Axis.uniform(0.0, 1.0, 8), Axis.uniform(-3.0, 4.0, 8));
        assertIllegal(
                r -> Region.of(lopsided, Boundary.REFLECTING).withFaces(0, Boundary.SPECULAR, Boundary.REFLECTING),
                region,
                "symmetric about 0");
        Region specular = region.withFaces(0, Boundary.SPECULAR, Boundary.REFLECTING);
        assertIllegal(
                r -> FokkerPlanck.of(
                        Sde.ito(sde(SLOPE, 1.0, 1.0, 1.0).drift(), Diffusion.isotropic(2, 1.0), Temperature.of(1.0)),
                        r),
                specular,
                "noise must not reach a specular face");
        assertIllegal(
                r -> FokkerPlanck.of(sde(SLOPE, 1.0, 1.0, 1.0), r.where(x -> x[1] > -2.0, Boundary.REFLECTING)),
                specular,
                "region must be symmetric in the momentum");
    }

    private static void assertIllegal(Consumer<Region> call, Region region, String word) {
        assertThatThrownBy(() -> call.accept(region))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(word);
    }
}
