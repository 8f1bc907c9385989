package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.markov.BeyondRangeException;
import org.langevin4j.solvers.markov.Dissection;
import org.langevin4j.solvers.markov.Elimination;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.Survival;

class HittingProblemTest {

    private static Sde doubleWell(double beta) {
        return Sde.ito(
                (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1 / beta));
    }

    private static Sde brownian(int dimension) {
        return Sde.ito((x, out) -> Arrays.fill(out, 0.0), Diffusion.isotropic(dimension, 1.0), Temperature.of(0.5));
    }

    /** The value at a point on an edge between two cells. */
    private static double atEdge(CellFunction f, double x) {
        double h = f.grid().axis(0).width(0);
        // Cubic through four centres, so that interpolation is finer than the scheme.
        return (9 * (f.at(x - h / 2) + f.at(x + h / 2)) - (f.at(x - 3 * h / 2) + f.at(x + 3 * h / 2))) / 16;
    }

    /** Reference values doublewell1d_beta*: mfpt_m1_to_0 and mfpt_m1_to_p1. The targets' edges are faces of cells. */
    @ParameterizedTest
    @CsvSource({
        "1, 1.2905613802115257, 3.488309648852845",
        "2, 2.5217042149276, 6.697757907111222",
        "4, 5.743437068035236, 14.27773663650805",
        "16, 135.78297715071926, 277.05457904334514"
    })
    void meanTimesOfTheDoubleWellAreOfSecondOrder(double beta, double toTop, double toOther) {
        double[] exact = {toTop, toOther};
        for (int target = 0; target < 2; target++) {
            double edge = target;
            double[] errors = new double[2];
            for (int i = 0; i < 2; i++) {
                FokkerPlanck fp =
                        FokkerPlanck.of(doubleWell(beta), Grid.of(Axis.uniform(-4, 2, 300 << i)), Boundary.REFLECTING);
                CellFunction time = HittingProblem.of(fp, x -> x[0] > edge).meanTime();
                assertThat(time.at(1.5)).isZero();
                errors[i] = Math.abs(atEdge(time, -1.0) / exact[target] - 1);
            }
            assertThat(errors[1]).isLessThan(5e-4);
            assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isBetween(1.9, 2.1);
        }
    }

    /** ΔU/T = 750: by Kramers (1940) 2π/√(U″(−1)|U″(0)|) e^750 = 2e326. */
    @Test
    void aTimeBeyondTheRangeOfDoubleIsFinite() {
        FokkerPlanck fp = FokkerPlanck.of(doubleWell(3000), Grid.of(Axis.uniform(-1.6, 1.6, 400)), Boundary.REFLECTING);
        BeyondRangeException beyond = catchThrowableOfType(
                BeyondRangeException.class,
                () -> HittingProblem.of(fp, x -> x[0] > 0.8).meanTime());
        assertThat(beyond.logarithm()).isCloseTo(750 + Math.log(2 * Math.PI / Math.sqrt(2)), within(3.0));
        assertThat(beyond).hasMessageContaining("beyond the range of double");
    }

    /** Between centres the edge of a target is taken at the next face: an error of first order, and of its size. */
    @Test
    void anEdgeBetweenFacesIsOfFirstOrder() {
        FokkerPlanck fp = FokkerPlanck.of(doubleWell(1), Grid.of(Axis.uniform(-4, 2, 300)), Boundary.REFLECTING);
        double h = 6.0 / 300;
        CellFunction onFace = HittingProblem.of(fp, x -> x[0] > 0).meanTime();
        CellFunction beside = HittingProblem.of(fp, x -> x[0] > 0.4 * h).meanTime();
        assertThat(beside.values()).isEqualTo(onFace.values());
    }

    /** Reference values bm_interval, by absorbing faces and by targets beyond ±1: mean 1 − x², variance 2/3 at 0. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void exitFromAnInterval(boolean faces) {
        double[][] errors = new double[2][4];
        for (int i = 0; i < 2; i++) {
            int cells = 80 << i;
            HittingProblem exit;
            Grid grid;
            if (faces) {
                grid = Grid.of(Axis.uniform(-1, 1, cells));
                exit = HittingProblem.of(FokkerPlanck.of(brownian(1), grid, Boundary.ABSORBING));
            } else {
                grid = Grid.of(Axis.uniform(-2, 2, 2 * cells));
                exit = HittingProblem.of(
                        FokkerPlanck.of(brownian(1), grid, Boundary.REFLECTING), x -> x[0] < -1, x -> x[0] > 1);
                assertThat(atEdge(exit.probability(1), 0.5)).isCloseTo(0.75, within(1e-12));
            }
            errors[i][0] = Math.abs(atEdge(exit.meanTime(), 0) - 1);
            errors[i][1] = Math.abs(atEdge(exit.meanTime(), 0.5) - 0.75);
            errors[i][2] = Math.abs(atEdge(exit.variance(), 0) - 2.0 / 3);
            errors[i][3] = Math.abs(atEdge(exit.survivalAt(1.0, 200), 0) - 0.3707774297995239);
            assertThat(atEdge(exit.secondMoment(), 0)).isCloseTo(5.0 / 3, within(1e-3));
        }
        for (int k = 0; k < 4; k++) {
            assertThat(errors[1][k]).isLessThan(2e-4);
            // The mean is a parabola, which some schemes have exactly.
            if (errors[1][k] > 1e-12) {
                assertThat(Math.log(errors[0][k] / errors[1][k]) / Math.log(2)).isBetween(1.85, 2.2);
            }
        }
    }

    /** Reference values bm_interval: survival from 0 at t = 1. −dS/dt is the derivative of S, and S(x, t) its dual. */
    @Test
    void survivalFromADensity() {
        Grid grid = Grid.of(Axis.uniform(-1, 1, 201));
        FokkerPlanck fp = FokkerPlanck.of(brownian(1), grid, Boundary.ABSORBING);
        HittingProblem exit = HittingProblem.of(fp);
        double[] point = new double[201];
        point[100] = 1.0;
        Density start = Density.of(grid, point).normalized();
        Survival fine = exit.survival(start, 0.005, 400);
        assertThat(fine.probabilities().get(200)).isCloseTo(0.3707774297995239, within(2e-5));
        assertThat(fine.probabilities().get(0)).isCloseTo(1.0, within(1e-14));
        for (int n = 1; n < 400; n++) {
            assertThat(fine.probabilities().get(n))
                    .isLessThan(fine.probabilities().get(n - 1) + 1e-5);
            if (n > 40) {
                double slope =
                        (fine.probabilities().get(n - 1) - fine.probabilities().get(n + 1)) / 0.01;
                assertThat(fine.densities().get(n)).isCloseTo(slope, within(1e-3));
            }
        }
        assertThat(exit.survivalAt(2.0, 400).at(0.0))
                .isCloseTo(fine.probabilities().get(400), within(1e-12));
        // Third order in time: against ten times as many steps.
        double reference = exit.survival(start, 0.002, 500).probabilities().get(500);
        double coarse = Math.abs(exit.survival(start, 0.04, 25).probabilities().get(25) - reference);
        double finer = Math.abs(exit.survival(start, 0.02, 50).probabilities().get(50) - reference);
        assertThat(Math.log(coarse / finer) / Math.log(2)).isGreaterThan(2.7);
    }

    /** A disc in the plane, D = ½: E[T] = (1 − r²)/2, with an edge in steps of first order. */
    @Test
    void discInThePlane() {
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp = FokkerPlanck.of(brownian(2), Grid.square(-1.2, 1.2, 48 << i), Boundary.REFLECTING);
            CellFunction time =
                    HittingProblem.of(fp, x -> Math.hypot(x[0], x[1]) > 1).meanTime();
            errors[i] = Math.abs(time.at(1e-9, 1e-9) - 0.5);
        }
        assertThat(errors[0]).isLessThan(0.01);
        assertThat(errors[1]).isLessThan(0.005);
    }

    /** With a tilted, narrow D the time out of the strip |x| < 1 still depends on x alone, E[T] = (1 − x²)/D₁₁ at β = 2. */
    @Test
    void wideStencilsStopAtTheFaceTheyCross() {
        double c = Math.cos(0.4);
        double s = Math.sin(0.4);
        double[][] d = {
            {c * c + 0.01 * s * s, 0.99 * c * s},
            {0.99 * c * s, s * s + 0.01 * c * c}
        };
        Sde sde = Sde.ito(
                (x, out) -> Arrays.fill(out, 0.0),
                Diffusion.constant(MatrixUtils.createRealMatrix(d)),
                Temperature.of(0.5));
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(Axis.uniform(-1.5, 1.5, 48 << i), Axis.uniform(-1, 1, 32 << i));
            Region region = Region.of(grid, Boundary.REFLECTING).withFaces(1, Boundary.PERIODIC, Boundary.PERIODIC);
            FokkerPlanck fp = FokkerPlanck.of(sde, region);
            double thin = grid.axis(0).width(0);
            // One cell thick: what jumps over it has hit it too.
            CellFunction time = HittingProblem.of(fp, x -> Math.abs(Math.abs(x[0]) - 1 - thin / 2) < thin / 2)
                    .meanTime();
            double x = thin / 2;
            errors[i] = Math.abs(time.at(x, 0.01) - (1 - x * x) / d[0][0]);
        }
        assertThat(errors[0]).isLessThan(0.01);
        assertThat(errors[1]).isLessThan(0.003);
    }

    /** Against quadrature: q(x) = ∫_{−1}^x e^(βU) / ∫_{−1}^1 e^(βU). */
    @Test
    void committorOfTheDoubleWell() {
        double beta = 4.0;
        GaussIntegratorFactory factory = new GaussIntegratorFactory();
        GaussIntegrator whole = factory.legendre(60, -1, 1);
        GaussIntegrator part = factory.legendre(60, -1, -0.4);
        double exact = part.integrate(y -> Math.exp(beta * Math.pow(y * y - 1, 2) / 4))
                / whole.integrate(y -> Math.exp(beta * Math.pow(y * y - 1, 2) / 4));
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            FokkerPlanck fp =
                    FokkerPlanck.of(doubleWell(beta), Grid.of(Axis.uniform(-3, 3, 60 << i)), Boundary.REFLECTING);
            HittingProblem between = HittingProblem.of(fp, x -> x[0] < -1, x -> x[0] > 1);
            CellFunction committor = between.probability(1);
            errors[i] = Math.abs(atEdge(committor, -0.4) - exact);
            assertThat(committor.at(-2)).isZero();
            assertThat(committor.at(2)).isEqualTo(1.0);
            for (int cell = 0; cell < fp.grid().cells(); cell++) {
                assertThat(committor.value(cell) + between.probability(0).value(cell))
                        .isCloseTo(1.0, within(1e-13));
            }
        }
        assertThat(errors[1]).isLessThan(1e-3);
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isBetween(1.8, 2.2);
    }

    /** Target, absorbing face: the ruin of a Brownian motion between the two, (1 − x)/2. */
    @Test
    void absorptionBeforeTheTarget() {
        Grid grid = Grid.of(Axis.uniform(-1, 2, 90));
        Region region = Region.of(grid, Boundary.REFLECTING).withFaces(0, Boundary.ABSORBING, Boundary.REFLECTING);
        HittingProblem problem = HittingProblem.of(FokkerPlanck.of(brownian(1), region), x -> x[0] > 1);
        CellFunction absorbed = problem.absorptionProbability();
        CellFunction hit = problem.probability(0);
        double[] x = new double[1];
        for (int cell = 0; cell < 60; cell++) {
            grid.centre(cell, x);
            assertThat(absorbed.value(cell)).isCloseTo((1 - x[0]) / 2, within(1e-12));
            assertThat(hit.value(cell) + absorbed.value(cell)).isCloseTo(1.0, within(1e-13));
        }
    }

    /**
     * Birth and death with rates uᵢ up and dᵢ down, reflected at 0: from i to i + 1 it takes on average
     * Σ_{k≤i} (1/u_k) Π_{k<l≤i} d_l/u_l.
     */
    @Property(tries = 100)
    void eliminationAgreesWithTheSumForBirthAndDeath(@ForAll @IntRange(min = 2, max = 60) int n, @ForAll long seed) {
        NormalStream normals = NormalStream.of(Seed.of(seed));
        Generator.Builder builder = Generator.builder(n);
        double[] up = new double[n];
        double[] down = new double[n];
        for (int i = 0; i < n; i++) {
            up[i] = Math.exp(1.5 * normals.at(i, 0, 0) - 1);
            down[i] = Math.exp(1.5 * normals.at(i, 0, 1) + 1);
            if (i > 0) {
                builder.pair(i - 1, i, up[i - 1], down[i]);
            }
        }
        builder.exit(n - 1, up[n - 1]);
        double[] ones = new double[n];
        Arrays.fill(ones, 1.0);
        Generator generator = builder.build();
        double[] time = Elimination.of(generator, Dissection.of(generator), 0.0).solveTransposed(ones);
        double step = 0.0;
        double[] steps = new double[n];
        for (int i = 0; i < n; i++) {
            step = (1 + (i > 0 ? down[i] * step : 0.0)) / up[i];
            steps[i] = step;
        }
        double sum = 0.0;
        for (int i = n - 1; i >= 0; i--) {
            sum += steps[i];
            assertThat(time[i] / sum).isCloseTo(1.0, within(1e-12));
        }
    }

    @Test
    void unreachableTargetsAreToldOf() {
        Grid grid = Grid.of(Axis.uniform(-3, 3, 60));
        Region split = Region.of(grid, Boundary.REFLECTING).where(x -> Math.abs(x[0]) > 0.5, Boundary.REFLECTING);
        FokkerPlanck fp = FokkerPlanck.of(brownian(1), split);
        assertThatThrownBy(() -> HittingProblem.of(fp, x -> x[0] > 2))
                .isInstanceOfSatisfying(UnreachableFromPointException.class, e -> {
                    assertThat(e.states()).isEqualTo(25);
                    assertThat(e.centre()[0]).isNegative();
                })
                .hasMessageContaining("no target can be reached from 25 of 40 cells, such as the one at x = [-2.95]");
    }

    @Test
    void badArgumentsAreRefused() {
        FokkerPlanck fp = FokkerPlanck.of(brownian(1), Grid.of(Axis.uniform(-1, 1, 10)), Boundary.REFLECTING);
        assertThatThrownBy(() -> HittingProblem.of(fp))
                .hasMessage("targets must number at least 1 where nothing is absorbed, got 0");
        assertThatThrownBy(() -> HittingProblem.of(fp, x -> x[0] > 5))
                .hasMessageStartingWith("target 0 must contain the centre of a cell, got none");
        assertThatThrownBy(() -> HittingProblem.of(fp, x -> true))
                .hasMessage("region must have at least 2 cells, got 0");
        HittingProblem problem = HittingProblem.of(fp, x -> x[0] > 0);
        assertThatThrownBy(() -> problem.probability(1)).hasMessage("target must be from 0 to 0, got 1");
        assertThatThrownBy(() -> problem.survivalAt(-1, 3)).hasMessage("time must be positive and finite, got -1.0");
        assertThatThrownBy(() -> problem.survivalAt(1, 0)).hasMessage("steps must be from 1 to 10000000, got 0");
    }
}
