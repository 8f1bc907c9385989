package org.langevin4j.solvers.markov;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.langevin4j.solvers.markov.MultigridTest.CORRELATED;
import static org.langevin4j.solvers.markov.MultigridTest.equation;
import static org.langevin4j.solvers.markov.MultigridTest.example19;
import static org.langevin4j.solvers.markov.MultigridTest.masked;
import static org.langevin4j.solvers.markov.MultigridTest.rotation;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

class NestedMultigridTest {

    /** Every cell against the subtraction-free elimination; the algebraic method may not help. */
    private static void agreesWithElimination(FokkerPlanck fp) {
        Multigrid.NullVector found = requireNonNull(NestedMultigrid.nested(fp.chain()), "nested iteration gave up");
        double[] expected =
                Elimination.of(fp.generator(), fp.chain().order(), 0.0).nullVector();
        double sum = Arrays.stream(found.p).sum();
        double expectedSum = Arrays.stream(expected).sum();
        double largest = 0.0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(Math.log(found.p[i] / sum) - Math.log(expected[i] / expectedSum)));
        }
        assertThat(largest).isLessThan(1e-10);
        assertThat(fp.generator().componentwiseResidual(found.p)).isLessThan(Multigrid.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1.5, 1, 1", "3, 1, 1", "1.5, 0.25, 1", "3, 4, 1", "0, 16, 1", "1.5, 16, 1", "1.5, 1, 0.01"})
    void example19AgreesWithElimination(double lambda, double beta, double secondDiffusion) {
        agreesWithElimination(equation(example19(lambda), Diffusion.diagonal(1.0, secondDiffusion), beta, 96));
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "20, 1", "50, 1", "20, 4"})
    void rotationAgreesWithElimination(double rate, double beta) {
        agreesWithElimination(equation(rotation(rate), Diffusion.isotropic(2, 1.0), beta, 96));
    }

    /** An odd number of cells: the last three of a level are joined. */
    @ParameterizedTest
    @ValueSource(ints = {67, 75, 101})
    void oddNumbersOfCells(int cells) {
        agreesWithElimination(equation(example19(1.5), Diffusion.isotropic(2, 1.0), 1.0, cells));
    }

    @Test
    void fullDiffusionAgreesWithElimination() {
        agreesWithElimination(equation(example19(1.5), CORRELATED, 1.0, 96));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 5.0})
    void threeDimensionsAgreeWithElimination(double rate) {
        agreesWithElimination(equation(rotation(rate), Diffusion.isotropic(3, 1.0), 1.0, 20));
    }

    /** A tilted periodic force across a channel: the current runs round the periodic axis. */
    @Test
    void periodicAxis() {
        VectorField drift = (x, out) -> {
            out[0] = 3.0 - 2.0 * Math.sin(x[0]) * (1 + 0.3 * x[1]);
            out[1] = -x[1];
        };
        Grid grid = Grid.of(Axis.uniform(0, 2 * Math.PI, 90), Axis.uniform(-3, 3, 64));
        Region region = Region.of(grid, Boundary.REFLECTING).withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC);
        agreesWithElimination(
                FokkerPlanck.of(Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(1.0)), region));
    }

    /** A sublevel set of Φ, and cells that grow outward. */
    @Test
    void maskedRegionWithGradedAxes() {
        agreesWithElimination(masked());
    }

    @Test
    void cyclesDoNotDependOnTheMesh() {
        int[] cycles = new int[3];
        for (int k = 0; k < 3; k++) {
            FokkerPlanck fp = equation(example19(1.5), Diffusion.isotropic(2, 1.0), 1.0, 128 << k);
            cycles[k] = requireNonNull(NestedMultigrid.nested(fp.chain()), "nested iteration gave up").iterations;
        }
        assertThat(Arrays.stream(cycles).max().orElseThrow())
                .isLessThanOrEqualTo((int) (1.3 * Arrays.stream(cycles).min().orElseThrow()))
                .isLessThanOrEqualTo(20);
    }

    @Test
    void sameBitsForAnyNumberOfThreads() {
        FokkerPlanck fp = equation(example19(1.5), Diffusion.isotropic(2, 1.0), 1.0, 160);
        double[][] steady = new double[2][];
        int[] threads = {1, 4};
        for (int k = 0; k < 2; k++) {
            ForkJoinPool pool = new ForkJoinPool(threads[k]);
            try {
                steady[k] = pool.submit(() -> NestedMultigrid.nullVector(fp.chain()).p)
                        .join();
            } finally {
                pool.shutdown();
            }
        }
        assertThat(steady[1]).containsExactly(steady[0]);
    }

    /** Without noise along the second axis everything ends in its middle row; few cells have no coarser grid. */
    @ParameterizedTest
    @CsvSource({"0.0, 41", "1.0, 12"})
    void algebraicMultigridTakesOver(double secondDiffusion, int cells) {
        FokkerPlanck fp = equation(rotation(0.0), Diffusion.diagonal(1.0, secondDiffusion), 1.0, cells);
        assertThat(NestedMultigrid.nested(fp.chain())).isNull();
        double[] p = NestedMultigrid.nullVector(fp.chain()).p;
        double[] expected =
                Elimination.of(fp.generator(), fp.chain().order(), 0.0).nullVector();
        double sum = Arrays.stream(p).sum();
        double expectedSum = Arrays.stream(expected).sum();
        for (int i = 0; i < p.length; i++) {
            double value = expected[i] / expectedSum;
            assertThat(p[i] / sum).isCloseTo(value, within(1e-10 * value));
        }
    }

    /** Without noise along the second axis its rows do not exchange anything: no steady state is unique. */
    @Test
    void reducibleEquationIsRefused() {
        VectorField drift = (x, out) -> {
            out[0] = -x[0];
            out[1] = 0.0;
        };
        FokkerPlanck fp = equation(drift, Diffusion.diagonal(1.0, 0.0), 1.0, 40);
        assertThatThrownBy(() -> fp.steadyState(SteadyStateMethod.MULTIGRID))
                .isInstanceOf(ReducibleGeneratorException.class);
    }
}
