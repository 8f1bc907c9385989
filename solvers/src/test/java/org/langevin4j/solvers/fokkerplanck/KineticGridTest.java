package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;

/** Systems with momenta on grids: the noise reaches the momenta alone, and upwind flow would blur the positions. */
class KineticGridTest {

    private static final Potential DOUBLE_WELL = Potential.of(
            x -> 0.25 * x[0] * x[0] * x[0] * x[0] - 0.5 * x[0] * x[0], (x, out) -> out[0] = x[0] * x[0] * x[0] - x[0]);

    private static final Potential FLAT = Potential.of(x -> 0.0, (x, out) -> out[0] = 0.0);

    /** Any error, but estimated. */
    private static final double ANY = 1e9;

    private static FokkerPlanck kramers(double friction, int cells) {
        Grid grid = Grid.of(Axis.uniform(-1.9, 1.9, cells), Axis.uniform(-1.5, 1.5, cells));
        return FokkerPlanck.of(
                UnderdampedLangevin.of(1, DOUBLE_WELL, friction, Temperature.of(0.05))
                        .sde(),
                grid,
                Boundary.REFLECTING);
    }

    /**
     * λ₁, twice the rate of escape, at T = 0.05 by a spectral method: Hermite functions of q and p, 140 × 340 of them, computed
     * with SciPy; for γ = 0.02 the last digits still move with 180 × 800.
     */
    @ParameterizedTest
    @CsvSource({
        "0.1, 128, 1.49194497e-3, 0.01",
        "0.3, 128, 2.25382778e-3, 0.005",
        "1.0, 128, 1.78535020e-3, 0.005",
        "10.0, 128, 2.75371951e-4, 0.006",
        "0.02, 128, 4.4645e-4, 0.06",
        "0.1, 96, 1.49194497e-3, 0.03",
        "0.1, 64, 1.49194497e-3, 0.3",
        "0.3, 64, 2.25382778e-3, 0.04",
        "1.0, 64, 1.78535020e-3, 0.01",
        "3.0, 64, 8.53078373e-4, 0.02",
        "10.0, 64, 2.75371951e-4, 0.02",
        "0.3, 40, 2.25382778e-3, 0.5",
        "3.0, 40, 8.53078373e-4, 0.06"
    })
    void kramersTurnoverWithErrorsThatAreKnown(double friction, int cells, double eigenvalue, double bound) {
        RelaxationModes modes = RelaxationModes.of(kramers(friction, cells).withErrorsUpTo(ANY), 2, 3e-3);
        double error = Math.abs(-modes.eigenvalue(1).getReal() / eigenvalue - 1.0);
        assertThat(error).isLessThan(bound);
        assertThat(modes.errorEstimate(1)).isGreaterThan(error).isLessThan(Math.max(0.02, 50.0 * error));
        assertThat(modes.toString()).contains("relative error about");
    }

    /** Ensembles of paths by BAOAB gave about 900 and 1740, to a few per cent. */
    @ParameterizedTest
    @CsvSource({"0.2, 900.0", "2.0, 1740.0"})
    void passageTimesOverTheBarrier(double friction, double expected) {
        HittingProblem problem = HittingProblem.of(kramers(friction, 128), x -> x[0] > 0.5);
        assertThat(problem.meanTime().at(-1.0, 0.0)).isCloseTo(expected, within(0.05 * expected));
        assertThat(problem.errorEstimate()).isBetween(1e-4, 0.1);
        double coarse = HittingProblem.of(kramers(friction, 96), x -> x[0] > 0.5)
                .meanTime()
                .at(-1.0, 0.0);
        assertThat(coarse).isCloseTo(problem.meanTime().at(-1.0, 0.0), within(0.015 * expected));
    }

    @Test
    void timesStayPositiveAndProbabilitiesWithinBounds() {
        HittingProblem problem =
                HittingProblem.of(kramers(0.02, 80).withErrorsUpTo(ANY), x -> x[0] > 0.9, x -> x[0] < -0.9);
        CellFunction time = problem.meanTime();
        CellFunction probability = problem.probability(0);
        CellFunction other = problem.probability(1);
        for (int cell = 0; cell < time.grid().cells(); cell++) {
            assertThat(time.value(cell)).isNotNegative();
            assertThat(probability.value(cell)).isBetween(-1e-12, 1.0 + 1e-9);
            assertThat(probability.value(cell) + other.value(cell)).isCloseTo(1.0, within(1e-9));
        }
        // Both change sides when q and p change sign.
        assertThat(probability.at(0.3, 0.2)).isCloseTo(other.at(-0.3, -0.2), within(1e-9));
        assertThat(problem.toString()).contains("relative error of the mean time about");
    }

    @Test
    void whatIsNotResolvedIsRefused() {
        FokkerPlanck equation = kramers(0.02, 64);
        HittingProblem problem = HittingProblem.of(equation, x -> x[0] > 0.5);
        assertThatThrownBy(problem::meanTime)
                .isInstanceOf(UnresolvedException.class)
                .hasMessageContaining("mean time is not resolved by the grid")
                .hasMessageContaining("axis 0")
                .hasMessageContaining("withErrorsUpTo");
        assertThatThrownBy(problem::variance).isInstanceOf(UnresolvedException.class);
        assertThatThrownBy(() -> RelaxationModes.of(equation, 2, 3e-3))
                .isInstanceOfSatisfying(
                        UnresolvedException.class, e -> assertThat(e.error()).isGreaterThan(e.accepted()));
        assertThat(HittingProblem.of(equation.withErrorsUpTo(2.0), x -> x[0] > 0.5)
                        .meanTime()
                        .at(-1.0, 0.0))
                .isPositive();
        assertThatThrownBy(() -> equation.withErrorsUpTo(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAbsorbingFaceOfThePositionsIsATarget() {
        Grid whole = Grid.of(Axis.uniform(-2.0, 2.0, 64), Axis.uniform(-1.5, 1.5, 48));
        Grid half = Grid.of(Axis.uniform(-2.0, 0.5, 40), Axis.uniform(-1.5, 1.5, 48));
        Sde sde = UnderdampedLangevin.of(1, DOUBLE_WELL, 0.8, Temperature.of(0.1))
                .withMass(1.3)
                .sde();
        CellFunction target = HittingProblem.of(FokkerPlanck.of(sde, whole, Boundary.REFLECTING), x -> x[0] > 0.5)
                .meanTime();
        Region open = Region.of(half, Boundary.REFLECTING).withFaces(0, Boundary.REFLECTING, Boundary.ABSORBING);
        CellFunction face = HittingProblem.of(FokkerPlanck.of(sde, open)).meanTime();
        for (double q = -1.5; q < 0.5; q += 0.25) {
            assertThat(face.at(q, 0.3)).isCloseTo(target.at(q, 0.3), within(1e-6 * target.at(q, 0.3)));
        }
    }

    /** The modes of a linear drift are sums of the eigenvalues of its matrix, whatever the noise (Risken 1989, section 6.5). */
    @Test
    void oscillatorOnGradedCells() {
        double stiffness = 2.0;
        double mass = 0.5;
        double friction = 0.7;
        double temperature = 0.4;
        Potential bowl = Potential.of(x -> 0.5 * stiffness * x[0] * x[0], (x, out) -> out[0] = stiffness * x[0]);
        double q = Math.sqrt(temperature / stiffness);
        double p = Math.sqrt(temperature * mass);
        Grid grid = Grid.of(graded(5.0 * q, 64), graded(5.0 * p, 64));
        FokkerPlanck equation = FokkerPlanck.of(
                UnderdampedLangevin.of(1, bowl, friction, Temperature.of(temperature))
                        .withMass(mass)
                        .sde(),
                grid,
                Boundary.REFLECTING);
        RelaxationModes modes = RelaxationModes.of(equation, 3, 1.0);
        Complex expected = new Complex(-0.5 * friction, Math.sqrt(stiffness / mass - 0.25 * friction * friction));
        double error = modes.eigenvalue(1).subtract(expected).norm() / expected.norm();
        assertThat(error).isLessThan(0.01);
        assertThat(modes.errorEstimate(1)).isBetween(error, 0.1);
    }

    /** Cells that grow smoothly from the centre to three times their width. */
    private static Axis graded(double end, int cells) {
        double[] edges = new double[cells + 1];
        for (int i = 0; i <= cells; i++) {
            double s = 2.0 * i / cells - 1.0;
            edges[i] = end * s * (1.0 + 0.6 * s * s) / 1.6;
        }
        return Axis.of(edges);
    }

    /** e^(ikq): λ = −k²T/(mγ) − nγ (Risken 1989, section 10.1.3, with mass m). */
    @Test
    void freeParticleOnARing() {
        Grid grid = Grid.of(Axis.uniform(0.0, 3.0, 40), Axis.uniform(-6.0, 6.0, 48));
        Region ring = Region.of(grid, Boundary.REFLECTING).withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC);
        FokkerPlanck equation = FokkerPlanck.of(
                UnderdampedLangevin.of(1, FLAT, 2.5, Temperature.of(0.7))
                        .withMass(2.0)
                        .sde(),
                ring);
        RelaxationModes modes = RelaxationModes.of(equation, 3, 1.0);
        double expected = -Math.pow(2.0 * Math.PI / 3.0, 2) * 0.7 / (2.0 * 2.5);
        for (int k = 1; k <= 2; k++) {
            assertThat(modes.eigenvalue(k).getReal()).isCloseTo(expected, within(-0.01 * expected));
            assertThat(modes.eigenvalue(k).getImaginary()).isCloseTo(0.0, within(1e-3));
        }
    }

    /** A box with bounces is half of a ring of twice its length. */
    @Test
    void freeParticleBetweenBounces() {
        Grid grid = Grid.of(Axis.uniform(0.0, 1.5, 32), Axis.uniform(-6.0, 6.0, 48));
        Region box = Region.of(grid, Boundary.REFLECTING).withFaces(0, Boundary.SPECULAR, Boundary.SPECULAR);
        FokkerPlanck equation = FokkerPlanck.of(
                UnderdampedLangevin.of(1, FLAT, 2.5, Temperature.of(0.7))
                        .withMass(2.0)
                        .sde(),
                box);
        assertThat(equation.steadyState().density().expectation(x -> x[1])).isCloseTo(0.0, within(1e-10));
        RelaxationModes modes = RelaxationModes.of(equation, 2, 1.0);
        double expected = -Math.pow(Math.PI / 1.5, 2) * 0.7 / (2.0 * 2.5);
        assertThat(modes.eigenvalue(1).getReal()).isCloseTo(expected, within(-0.02 * expected));
    }

    /** Two baths at a position that are one: coordinate z joins a particle, Φ = (q² + p² + z²)/2 − qz/2. */
    @Test
    void threeDimensions() {
        Potential energy =
                Potential.of(x -> 0.5 * (x[0] * x[0] + x[1] * x[1] + x[2] * x[2] - x[0] * x[2]), (x, out) -> {
                    out[0] = x[0] - 0.5 * x[2];
                    out[1] = x[1];
                    out[2] = x[2] - 0.5 * x[0];
                });
        Decomposition system = new Decomposition(
                energy,
                Diffusion.diagonal(0.0, 0.8, 0.6),
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(
                        new double[][] {{0.0, -1.0, 0.0}, {1.0, 0.0, 0.0}, {0.0, 0.0, 0.0}})));
        double temperature = 0.5;
        Axis axis = Axis.uniform(-3.2, 3.2, 20);
        FokkerPlanck equation = FokkerPlanck.of(
                        system, Temperature.of(temperature), Region.of(Grid.of(axis, axis, axis), Boundary.REFLECTING))
                .withErrorsUpTo(ANY);
        RelaxationModes modes = RelaxationModes.of(equation, 3, 1.0);
        // Drift −(D + Q)U: eigenvalues of ((0, 1, 0), (−1, −0.8, 0.5), (0.3, 0, −0.6)), from λ³ + 1.4λ² + 1.48λ + 0.45
        // = 0.
        double slowest = -0.4;
        for (int n = 0; n < 50; n++) {
            double f = ((slowest + 1.4) * slowest + 1.48) * slowest + 0.45;
            slowest -= f / ((3.0 * slowest + 2.8) * slowest + 1.48);
        }
        assertThat(modes.eigenvalue(1).getReal()).isCloseTo(slowest, within(0.03));
    }

    @Test
    void aPotentialThatIsNotPeriodicIsLeftToItsDrift() {
        Potential tilted = Potential.of(x -> -0.5 * x[0] - Math.cos(x[0]), (x, out) -> out[0] = Math.sin(x[0]) - 0.5);
        Potential straight = Potential.of(x -> -Math.cos(x[0]), (x, out) -> out[0] = Math.sin(x[0]));
        Region ring = Region.of(
                        Grid.of(Axis.uniform(-Math.PI, Math.PI, 32), Axis.uniform(-5.0, 5.0, 32)), Boundary.REFLECTING)
                .withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC);
        FokkerPlanck running = FokkerPlanck.of(
                UnderdampedLangevin.of(1, tilted, 0.5, Temperature.of(0.6)).sde(), ring);
        assertThat(running.toString()).contains("by (b, D)");
        assertThat(running.withErrorsUpTo(ANY).steadyState().density().mean()[1])
                .isGreaterThan(0.1);
        FokkerPlanck resting = FokkerPlanck.of(
                UnderdampedLangevin.of(1, straight, 0.5, Temperature.of(0.6)).sde(), ring);
        assertThat(resting.toString()).contains("by (Φ, D, Q)");
        assertThat(resting.steadyState().density().mean()[1]).isCloseTo(0.0, within(1e-10));
    }

    /** An oscillator given by its drift alone: the law is a Gaussian, and the upwind flow blurs it. */
    @ParameterizedTest
    @CsvSource({"24, 1.0", "48, 1.0", "48, 0.3", "72, 3.0"})
    void theErrorOfUpwindFlowIsEstimated(int cells, double friction) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = -x[0] - friction * x[1];
                },
                Diffusion.diagonal(0.0, friction),
                Temperature.of(0.5));
        Grid grid = Grid.of(Axis.uniform(-4.0, 4.0, cells), Axis.uniform(-4.0, 4.0, cells));
        SteadyState steady = FokkerPlanck.of(sde, grid, Boundary.REFLECTING)
                .withErrorsUpTo(ANY)
                .steadyState();
        double error = 0.0;
        double[] x = new double[2];
        for (int cell = 0; cell < grid.cells(); cell++) {
            grid.centre(cell, x);
            double exact = Math.exp(-(x[0] * x[0] + x[1] * x[1])) / Math.PI;
            error += 0.5 * grid.volume(cell) * Math.abs(steady.density().value(cell) - exact);
        }
        assertThat(steady.gridError()).isBetween(0.5 * error, 2.0 * error + 0.01);
        assertThat(steady.toString()).contains("estimated error of the grid");
    }
}
