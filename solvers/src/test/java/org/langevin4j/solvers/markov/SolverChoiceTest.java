package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.discretisation.GridGenerator;

class SolverChoiceTest {

    private static GridGenerator oscillator(int cells, VectorField drift, Diffusion diffusion) {
        Grid grid = Grid.of(Axis.uniform(-4, 4, cells), Axis.uniform(-5, 5, cells));
        return GridGenerator.of(Sde.ito(drift, diffusion, Temperature.of(1.0)), Region.of(grid, Boundary.REFLECTING));
    }

    /** Van der Pol's oscillator with noise on the velocity alone: multigrid stagnates there. */
    @Test
    void degenerateNoiseIsEliminated() {
        GridGenerator chain = oscillator(
                150,
                (x, b) -> {
                    b[0] = x[1];
                    b[1] = x[1] * (1 - x[0] * x[0]) - x[0];
                },
                Diffusion.diagonal(0, 0.125));
        StationaryDistribution law = StationaryDistribution.of(chain, SteadyStateMethod.AUTOMATIC);
        assertThat(law.method()).isEqualTo(SteadyStateMethod.ELIMINATION);
        assertThat(law.residual()).isLessThan(1e-12);
    }

    @Test
    void wellsAreLeftToMultigrid() {
        GridGenerator chain = oscillator(
                150,
                (x, b) -> {
                    b[0] = -x[0];
                    b[1] = -x[1];
                },
                Diffusion.isotropic(2, 1.0));
        assertThat(StationaryDistribution.of(chain, SteadyStateMethod.AUTOMATIC).method())
                .isEqualTo(SteadyStateMethod.MULTIGRID);
    }

    /** Any state leads to three of 5000 at random: by elimination 10¹⁰ multiplications. Three permutations have the uniform law. */
    @Test
    void chainsWithoutSmallSeparatorsAreNotEliminated() {
        int n = 5000;
        Generator.Builder builder = Generator.builder(n);
        Random random = new Random(1);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            order.add(i);
        }
        for (int k = 0; k < 3; k++) {
            Collections.shuffle(order, random);
            for (int i = 0; i < n; i++) {
                builder.rate(order.get(i), order.get((i + 1) % n), 1.0 + k);
            }
        }
        StationaryDistribution law = StationaryDistribution.of(builder.build());
        assertThat(law.method()).isEqualTo(SteadyStateMethod.MULTIGRID);
        for (double p : law.probabilities()) {
            assertThat(p).isCloseTo(1.0 / n, within(1e-12 / n));
        }
    }

    /** A lattice in space whose rates alone are known, so that there is no coarser one: its law is the product of three. */
    @Test
    void spaceIsLeftToAlgebraicMultigrid() {
        int m = 30;
        int n = m * m * m;
        double[] ratios = {0.9, 1.05, 1.2};
        int[] strides = {1, m, m * m};
        Generator.Builder builder = Generator.builder(n);
        double[] expected = new double[n];
        double sum = 0.0;
        for (int i = 0; i < n; i++) {
            double log = 0.0;
            for (int a = 0; a < 3; a++) {
                int position = i / strides[a] % m;
                log += position * Math.log(ratios[a]);
                if (position + 1 < m) {
                    builder.pair(i, i + strides[a], ratios[a], 1.0);
                }
            }
            expected[i] = Math.exp(log);
            sum += expected[i];
        }
        StationaryDistribution law = StationaryDistribution.of(builder.build());
        assertThat(law.method()).isEqualTo(SteadyStateMethod.MULTIGRID);
        double[] p = law.probabilities();
        for (int i = 0; i < n; i++) {
            assertThat(p[i]).isCloseTo(expected[i] / sum, within(1e-10 * expected[i] / sum));
        }
    }

    /** Nearly singular noise across the axes leads far on the grid: fewer cells than usual are worth an elimination. */
    @Test
    void longRatesAreNotEliminated() {
        StationaryDistribution law = StationaryDistribution.of(turned(140), SteadyStateMethod.AUTOMATIC);
        assertThat(law.method()).isEqualTo(SteadyStateMethod.MULTIGRID);
        assertThat(law.componentwiseResidual()).isLessThan(1e-12);
    }

    /** Its aggregates get few so slowly that a cycle with two steps on each of the levels would take a hundred times as long. */
    @Test
    void aCycleIsBounded() {
        Generator generator = turned(300).generator();
        ClosedClass closed = ClosedClass.of(generator);
        AggregationHierarchy hierarchy = AggregationHierarchy.of(
                ScaledChain.compressed(generator, new double[generator.states()], closed.number, closed.states));
        assertThat(hierarchy.coarsest()).isGreaterThan(12);
        assertThat(hierarchy.work()).isLessThan(hierarchy.coarsest() + 1.0);
    }

    /** D has eigenvalues 1 and 1e-6, turned by 30 degrees. */
    private static GridGenerator turned(int cells) {
        double c = Math.cos(Math.PI / 6);
        double s = Math.sin(Math.PI / 6);
        double small = 1e-6;
        Diffusion diffusion = Diffusion.of(MatrixField.of(
                2,
                (x, out) -> {
                    out[0] = c * c * small + s * s;
                    out[1] = c * s * (small - 1);
                    out[2] = c * s * (small - 1);
                    out[3] = s * s * small + c * c;
                },
                (x, out) -> Arrays.fill(out, 0.0)));
        return oscillator(
                cells,
                (x, b) -> {
                    b[0] = x[0] * (1 - x[0] * x[0]) + x[1];
                    b[1] = -x[1] - x[0];
                },
                diffusion);
    }

    /** Two wells in space, 50 kT deep: multigrid may balance every state and mistake the weights of the wells. */
    @Test
    void wellsThatRareJumpsJoinAreEliminated() {
        Axis axis = Axis.uniform(-2, 2, 24);
        GridGenerator chain = GridGenerator.of(
                Sde.ito(
                        (x, b) -> {
                            double slope = 4 * x[0] * (x[0] * x[0] - 1);
                            b[0] = -slope + x[1];
                            b[1] = -x[1] - slope;
                            b[2] = -2 * x[2] + x[0];
                        },
                        Diffusion.isotropic(3, 1.0),
                        Temperature.of(0.02)),
                Region.of(Grid.of(axis, axis, axis), Boundary.REFLECTING));
        StationaryDistribution law = StationaryDistribution.of(chain, SteadyStateMethod.AUTOMATIC);
        assertThat(law.method()).isEqualTo(SteadyStateMethod.ELIMINATION);
        double right = 0.0;
        double[] p = law.probabilities();
        for (int k = 0; k < p.length; k++) {
            right += chain.region().grid().position(chain.region().cell(k), 0) >= 12 ? p[k] : 0.0;
        }
        assertThat(right).isCloseTo(0.5, within(1e-9));
    }

    /** Two wells in a plane with a barrier of about 1 between them, β in units of kT, and a tilt. */
    private static GridGenerator tilted(double beta, int cells, int rows) {
        return GridGenerator.of(
                Sde.ito(
                        (x, b) -> {
                            b[0] = -4 * x[0] * (x[0] * x[0] - 1) + 0.15 + 0.3 * x[1];
                            b[1] = -x[1];
                        },
                        Diffusion.isotropic(2, 1.0),
                        Temperature.of(1 / beta)),
                Region.of(Grid.of(Axis.uniform(-1.35, 1.35, cells), Axis.uniform(-1, 1, rows)), Boundary.REFLECTING));
    }

    /** What multigrid gets wrong in the weights of wells, against elimination, is never more than its doubt. */
    @ParameterizedTest
    @ValueSource(doubles = {5, 10, 15, 20, 30})
    void doubtBoundsTheErrorOfWells(double beta) {
        GridGenerator chain = tilted(beta, 80, 60);
        Multigrid.NullVector found = Multigrid.nullVector(chain.generator());
        double[] expected =
                Elimination.of(chain.generator(), chain.order(), 0.0).nullVector();
        double sum = Arrays.stream(found.p).sum();
        double expectedSum = Arrays.stream(expected).sum();
        double largest = 0.0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(Math.log(found.p[i] / sum) - Math.log(expected[i] / expectedSum)));
        }
        assertThat(largest).isLessThan(Math.max(found.doubt, 1e-12));
    }

    /** Wells that a barrier of 40 kT parts: the law says how little multigrid knows of their weights. */
    @Test
    void doubtIsToldWithTheLaw() {
        GridGenerator chain = tilted(40.0, 80, 60);
        StationaryDistribution byMultigrid = StationaryDistribution.of(chain, SteadyStateMethod.MULTIGRID);
        assertThat(byMultigrid.weightDoubt()).isGreaterThan(1e-4);
        assertThat(byMultigrid.toString()).contains("; weights of wells in doubt by ");
        // So many cells are eliminated only in doubt.
        StationaryDistribution automatic =
                StationaryDistribution.of(tilted(40.0, 180, 120), SteadyStateMethod.AUTOMATIC);
        assertThat(automatic.method()).isEqualTo(SteadyStateMethod.ELIMINATION);
        assertThat(automatic.weightDoubt()).isZero();
        assertThat(automatic.toString()).doesNotContain("doubt");
    }

    /** Where elimination does not fit there is nothing to spare work for. */
    @Test
    void theBudgetHasNoLimitWithoutElimination() {
        int n = 50_000;
        assertThat(SolverChoice.budget(ring(n), EliminationCost.of(ring(n), oneFront(n))))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    /** A budget of one cycle is too little for any method, which says so. */
    @Test
    void aSpentBudgetEndsBothMethods() {
        GridGenerator chain = oscillator(
                100,
                (x, b) -> {
                    b[0] = -x[0] - 20 * x[1];
                    b[1] = -x[1] + 20 * x[0];
                },
                Diffusion.isotropic(2, 1.0));
        CycleBudget little = new CycleBudget(() -> 10_000.0);
        assertThat(NestedMultigrid.nested(chain, little)).isNull();
        assertThatThrownBy(() -> Multigrid.nullVector(chain.generator(), new CycleBudget(() -> 10_000.0)))
                .isInstanceOf(ConvergenceException.class);
    }

    /** One front of all n states: Σ k² multiplications for k = 1 … n. */
    @Test
    void workOfADenseEliminationIsASumOfSquares() {
        int n = 60;
        EliminationCost cost = EliminationCost.of(ring(n), oneFront(n));
        assertThat(cost.work()).isEqualTo(n * (n + 1) * (2 * n + 1) / 6.0);
        assertThat(cost.fits()).isTrue();
    }

    /** A front that no array holds is refused beforehand, whatever the memory. */
    @Test
    void anEliminationTooLargeIsRefusedInWords() {
        int n = 50_000;
        assertThat(EliminationCost.of(ring(n), oneFront(n)).fits()).isFalse();
        assertThatThrownBy(() -> Elimination.of(ring(n), oneFront(n), 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elimination")
                .hasMessageContaining("multigrid needs less");
    }

    private static Generator ring(int n) {
        Generator.Builder builder = Generator.builder(n);
        for (int i = 0; i < n; i++) {
            builder.pair(i, (i + 1) % n, 2.0, 1.0);
        }
        return builder.build();
    }

    private static Dissection oneFront(int n) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return Dissection.of(all, List.of());
    }
}
