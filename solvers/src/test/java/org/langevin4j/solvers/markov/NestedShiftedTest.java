package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.langevin4j.solvers.markov.MultigridTest.CORRELATED;
import static org.langevin4j.solvers.markov.MultigridTest.equation;
import static org.langevin4j.solvers.markov.MultigridTest.example19;
import static org.langevin4j.solvers.markov.MultigridTest.masked;
import static org.langevin4j.solvers.markov.MultigridTest.rotation;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.hipparchus.linear.Array2DRowRealMatrix;
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
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

class NestedShiftedTest {

    private static final double[] STEPS = {1e-5, 1e-3, 0.05, 1.0, 10.0, 100.0, 1e4, 1e6};

    /** A narrow Gaussian beside the middle, and the uniform density. */
    private static double[][] starts(FokkerPlanck fp) {
        int n = fp.generator().states();
        double[][] starts = new double[2][n];
        double[] x = new double[fp.grid().dimension()];
        for (int k = 0; k < n; k++) {
            int cell = fp.region().cell(k);
            fp.grid().centre(cell, x);
            double square = (x[0] - 0.5) * (x[0] - 0.5);
            for (int a = 1; a < x.length; a++) {
                square += x[a] * x[a];
            }
            starts[0][k] = Math.exp(-square / 0.08);
            starts[1][k] = fp.grid().volume(cell);
        }
        for (double[] p : starts) {
            double sum = Arrays.stream(p).sum();
            for (int k = 0; k < n; k++) {
                p[k] /= sum;
            }
        }
        return starts;
    }

    private static NestedShifted solver(FokkerPlanck fp, double h) {
        ChainSequence chains = ChainSequence.of(fp.chain()).orElseThrow();
        assertThat(chains.size()).isGreaterThan(2);
        return NestedShifted.of(chains, () -> NestedMultigrid.nullVectors(chains), 1.0 / h);
    }

    /** Against the subtraction-free elimination, for steps from shorter than a jump to as good as endless. */
    private static void agreesWithElimination(FokkerPlanck fp, double... steps) {
        for (double h : steps) {
            NestedShifted nested = solver(fp, h);
            Elimination elimination = Elimination.of(fp.generator(), fp.chain().order(), 1.0 / h);
            for (double[] p : starts(fp)) {
                double[] right = Arrays.stream(p).map(value -> value / h).toArray();
                double[] found = nested.solve(right);
                double[] expected = elimination.solve(right);
                double distance = 0.0;
                double mass = 0.0;
                for (int k = 0; k < found.length; k++) {
                    distance += 0.5 * Math.abs(found[k] - expected[k]);
                    mass += (1.0 + h * fp.generator().exitRate(k)) * found[k];
                    assertThat(found[k]).isNotNegative();
                }
                assertThat(distance).as("h = %s", h).isLessThan(Multigrid.TOLERANCE);
                assertThat(mass).as("h = %s", h).isCloseTo(1.0, within(1e-12));
            }
            assertThat(nested.iterations()).as("h = %s", h).isLessThanOrEqualTo(2 * 40);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1.5, 1, 1", "1.5, 0.25, 1", "3, 4, 1", "1.5, 10, 1", "1.5, 1, 0.01"})
    void example19AgreesWithElimination(double lambda, double beta, double secondDiffusion) {
        agreesWithElimination(equation(example19(lambda), Diffusion.diagonal(1.0, secondDiffusion), beta, 96), STEPS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5.0, 20.0, 50.0})
    void rotationAgreesWithElimination(double rate) {
        agreesWithElimination(equation(rotation(rate), Diffusion.isotropic(2, 1.0), 1.0, 96), STEPS);
    }

    @Test
    void constantFullDiffusionAgreesWithElimination() {
        Diffusion d = Diffusion.constant(new Array2DRowRealMatrix(new double[][] {{1.0, 0.6}, {0.6, 0.5}}));
        agreesWithElimination(equation(example19(1.5), d, 1.0, 96), STEPS);
    }

    @Test
    void varyingFullDiffusionAgreesWithElimination() {
        agreesWithElimination(equation(example19(1.5), CORRELATED, 1.0, 101), STEPS);
    }

    @Test
    void threeDimensionsAgreeWithElimination() {
        agreesWithElimination(equation(rotation(5.0), Diffusion.isotropic(3, 1.0), 1.0, 20), 1e-3, 0.05, 1.0, 1e4);
    }

    @Test
    void periodicAxesAgreeWithElimination() {
        agreesWithElimination(periodic(90), STEPS);
    }

    @Test
    void absorbingWallsAgreeWithElimination() {
        Axis axis = Axis.uniform(-2, 2, 90);
        agreesWithElimination(
                FokkerPlanck.of(
                        Sde.ito(example19(1.5), Diffusion.isotropic(2, 1.0), Temperature.of(1.0)),
                        Grid.of(axis, axis),
                        Boundary.ABSORBING),
                STEPS);
    }

    /** A sublevel set of Φ, and cells that grow outward. */
    @Test
    void maskedRegionWithGradedAxesAgreesWithElimination() {
        agreesWithElimination(masked(), STEPS);
    }

    /** The finer the grid, the nearer is the interpolated solution of the next coarser one to begin with. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.05, 1.0, 1e4})
    void cyclesDoNotGrowWithTheMesh(double h) {
        int[] cycles = new int[3];
        for (int k = 0; k < 3; k++) {
            FokkerPlanck fp = equation(example19(1.5), Diffusion.isotropic(2, 1.0), 1.0, 96 << k);
            NestedShifted solver = solver(fp, h);
            solver.solve(Arrays.stream(starts(fp)[0]).map(value -> value / h).toArray());
            cycles[k] = solver.iterations();
        }
        assertThat(cycles[2]).isLessThanOrEqualTo(cycles[0] + 1).isLessThanOrEqualTo(10);
    }

    private static FokkerPlanck periodic(int cells) {
        VectorField drift = (x, out) -> {
            out[0] = 3.0 - 2.0 * Math.sin(x[0]);
            out[1] = 1.0 + 2.0 * Math.cos(x[1]);
        };
        Axis axis = Axis.uniform(0, 2 * Math.PI, cells);
        return FokkerPlanck.of(
                Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(1.0)),
                Grid.of(axis, axis),
                Boundary.PERIODIC);
    }

    /** Enough states for strips that are swept side by side. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void sameBitsForAnyNumberOfThreads(int kind) {
        FokkerPlanck fp = switch (kind) {
            case 0 -> equation(example19(1.5), Diffusion.isotropic(2, 1.0), 1.0, 160);
            case 1 -> equation(example19(1.5), CORRELATED, 1.0, 160);
            case 2 -> equation(rotation(1.0), Diffusion.isotropic(3, 1.0), 1.0, 32);
            default -> periodic(160);
        };
        for (double h : new double[] {0.05, 1.0}) {
            double[][] found = new double[2][];
            int[] threads = {1, 4};
            for (int k = 0; k < 2; k++) {
                ForkJoinPool pool = new ForkJoinPool(threads[k]);
                try {
                    found[k] = pool.submit(() -> solver(fp, h).solve(starts(fp)[0]))
                            .join();
                } finally {
                    pool.shutdown();
                }
            }
            assertThat(found[1]).containsExactly(found[0]);
        }
    }

    /** Where strips meet nothing is left over that takes cycles of its own. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1})
    void stepsOfAFineGridTakeFourCycles(double h) {
        FokkerPlanck fp = equation(example19(1.5), Diffusion.isotropic(2, 1.0), 1.0, 512);
        NestedShifted solver = solver(fp, h);
        double[] start =
                Density.gaussian(fp.grid(), new double[] {0.5, 0.0}, 0.2).probabilities();
        double[] p = solver.solve(Arrays.stream(start).map(value -> value / h).toArray());
        assertThat(solver.iterations()).isLessThanOrEqualTo(4);
        assertThat(Arrays.stream(p).min().orElseThrow()).isNotNegative();
        assertThat(Arrays.stream(p).sum()).isCloseTo(1.0, within(1e-12));
        // p = start + hAp.
        double[] flow = new double[p.length];
        fp.generator().times(p, flow);
        double missing = 0.0;
        for (int k = 0; k < p.length; k++) {
            missing += Math.abs(start[k] + h * flow[k] - p[k]);
        }
        assertThat(missing).isLessThan(2.0 * Multigrid.TOLERANCE);
    }

    /** Without noise along the second axis no coarse grid is like the fine one; few cells have no coarser grid. */
    @ParameterizedTest
    @CsvSource({"0.0, 41", "1.0, 12"})
    void resolventOfAnyEquation(double secondDiffusion, int cells) {
        FokkerPlanck fp = equation(rotation(1.0), Diffusion.diagonal(1.0, secondDiffusion), 1.0, cells);
        double[] p = starts(fp)[0];
        for (double h : new double[] {1e-3, 0.05, 1.0, 100.0}) {
            double[] found = new Resolvent(fp.chain(), false).apply(h, p);
            double[] expected = new Resolvent(fp.chain(), true).apply(h, p);
            double distance = 0.0;
            for (int k = 0; k < found.length; k++) {
                distance += 0.5 * Math.abs(found[k] - expected[k]);
            }
            assertThat(distance).as("h = %s", h).isLessThan(Multigrid.TOLERANCE);
        }
    }
}
