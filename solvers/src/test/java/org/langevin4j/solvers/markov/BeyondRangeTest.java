package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;

/**
 * Times above 1e308, against the sum for birth and death (Karlin and McGregor 1957) in logarithms, and steady states whose
 * numbers leave the range of double, against detailed balance and rational arithmetic.
 */
class BeyondRangeTest {

    private static double[] up(int n, double barrier, int wells) {
        double[] u = new double[n];
        for (int k = 0; k < n; k++) {
            u[k] = -0.5 * barrier * Math.cos(2 * Math.PI * wells * (k - 0.5 * n / wells) / n);
        }
        return u;
    }

    private static Generator chain(double[] u, double speed) {
        Generator.Builder builder = Generator.builder(u.length);
        for (int k = 0; k + 1 < u.length; k++) {
            builder.rate(k, k + 1, speed * Math.exp(0.5 * (u[k] - u[k + 1])));
            builder.rate(k + 1, k, speed * Math.exp(0.5 * (u[k + 1] - u[k])));
        }
        return builder.build();
    }

    /** ln τ from 0 to the end: τ = Σₖ Σ_{j≤k} e^(−uⱼ)/(e^(−uₖ) upₖ), with upₖ the rate from k to k + 1. */
    private static double logTime(double[] u, double speed) {
        double total = Double.NEGATIVE_INFINITY;
        for (int k = 0; k + 1 < u.length; k++) {
            for (int j = 0; j <= k; j++) {
                double term = -u[j] + u[k] - 0.5 * (u[k] - u[k + 1]) - Math.log(speed);
                double most = Math.max(total, term);
                total = most + Math.log(Math.exp(total - most) + Math.exp(term - most));
            }
        }
        return total;
    }

    @ParameterizedTest
    @CsvSource({"730, 1, 60, 2", "751, 1, 60, 2", "760, 1e-5, 200, 2", "2000, 3, 120, 2", "5000, 1, 120, 3"})
    void meanTimeIsToldByItsLogarithm(double barrier, double speed, int states, int wells) {
        double[] u = up(states, barrier, wells);
        BeyondRangeException beyond = catchThrowableOfType(
                BeyondRangeException.class,
                () -> Passage.to(chain(u, speed), new int[] {states - 1}).meanTime());
        double exact = logTime(u, speed);
        assertThat(beyond.logarithm()).isCloseTo(exact, within(3 + 0.01 * exact));
        assertThat(beyond)
                .hasMessageContaining("beyond the range of double")
                .hasMessageContaining("finite, but estimated");
    }

    @Test
    void anUnknownLogarithmIsNotPrinted() {
        assertThat(new BeyondRangeException(Double.NaN))
                .hasMessage("the mean first-passage time is finite, but beyond the range of double (1e308)");
    }

    @Test
    void belowTheRangeTheTimeIsGiven() {
        double[] u = up(60, 690, 2);
        double time = Passage.to(chain(u, 1), new int[] {59}).meanTime()[0];
        assertThat(Math.log(time)).isCloseTo(logTime(u, 1), within(1e-10));
    }

    @Test
    void noWayIsNoWay() {
        Generator.Builder builder =
                Generator.builder(4).rate(0, 1, 1).rate(1, 0, 1).rate(2, 3, 1e-300);
        assertThatThrownBy(() -> Passage.to(builder.build(), new int[] {3}))
                .isInstanceOf(UnreachableTargetException.class)
                .hasMessageContaining("infinite");
    }

    @Test
    void aUniqueSteadyStateIsNotCalledReducible() {
        double[] u = new double[60];
        for (int k = 0; k < 60; k++) {
            u[k] = 0.05 * k - 400 * Math.cos(0.1 * Math.PI * k);
        }
        isGibbs(StationaryDistribution.of(chain(u, 1)).probabilities(), u, "three wells");
        Generator two = Generator.builder(3).rate(0, 1, 1).rate(0, 2, 1).build();
        assertThatThrownBy(() -> StationaryDistribution.of(two)).hasMessageContaining("is reducible");
    }

    /** Wells further apart than the range of double, wherever they lie in the order of elimination, cut or in one front. */
    @Test
    void aSteadyStateIsRight() {
        int[] order = new int[60];
        Arrays.setAll(order, i -> i);
        Random random = new Random(3);
        int beyond = 0;
        for (int barrier : new int[] {600, 690, 705, 720, 800, 1600, 3000}) {
            for (int wells = 1; wells <= 3; wells++) {
                for (double tilt : new double[] {0.0, 0.05, 1.3}) {
                    for (double phase : new double[] {0.0, 0.25, 0.5}) {
                        double[] u = new double[60];
                        for (int k = 0; k < u.length; k++) {
                            u[k] = tilt * k - 0.5 * barrier * Math.cos(2.0 * Math.PI * (wells * k / 60.0 + phase));
                        }
                        String name = barrier + " " + wells + " " + tilt + " " + phase;
                        Generator chain = chain(u, 1);
                        beyond += isBeyondDouble(chain, Dissection.of(chain)) ? 1 : 0;
                        isGibbs(StationaryDistribution.of(chain).probabilities(), u, name);
                        for (int n = 0; n < 4; n++) {
                            isGibbs(law(chain, Dissection.of(order, List.of())), u, name);
                            shuffle(order, random);
                        }
                    }
                }
            }
        }
        assertThat(beyond).as("of 189 beyond double").isGreaterThan(15);
    }

    private static double[] law(Generator generator, Dissection order) {
        return normalised(Elimination.of(generator, order, 0.0).nullVector());
    }

    private static double[] normalised(double[] p) {
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(value -> value / sum).toArray();
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int k = random.nextInt(i + 1);
            int state = order[i];
            order[i] = order[k];
            order[k] = state;
        }
    }

    /** e^(−u)/Σe^(−u) to ten digits each; what is below the range of double is 0 or nearly. */
    private static void isGibbs(double[] p, double[] u, String name) {
        double least = Arrays.stream(u).min().orElseThrow();
        double sum = Arrays.stream(u).map(v -> Math.exp(least - v)).sum();
        for (int k = 0; k < u.length; k++) {
            double logarithm = least - u[k] - Math.log(sum);
            if (logarithm > -700) {
                assertThat(Math.log(p[k])).as("%s, state %s", name, k).isCloseTo(logarithm, within(1e-10));
            } else {
                assertThat(p[k]).as("%s, state %s", name, k).isBetween(0.0, 1e-300);
            }
        }
    }

    /** Gaussians of anisotropy 300 turned against the grid: the corners are at e^(−2000). In two and three dimensions. */
    @ParameterizedTest
    @CsvSource({"2, 24", "3, 9"})
    void cornersOfAnAnisotropicGaussianAreZeroAndTheRestIsRight(int dimension, int n) {
        Axis[] axes = new Axis[dimension];
        for (int a = 0; a < dimension; a++) {
            double[] edges = new double[n + 1];
            for (int k = 0; k <= n; k++) {
                edges[k] = 4 * Math.sinh((2.0 * k - n) / n) / Math.sinh(1.0);
            }
            axes[a] = a == 0 ? Axis.of(edges) : Axis.uniform(-3, 4, n);
        }
        Grid grid = Grid.of(axes);
        double[] u = new double[grid.cells()];
        double[] x = new double[dimension];
        for (int cell = 0; cell < u.length; cell++) {
            grid.centre(cell, x);
            double along = Math.cos(0.61) * x[0] + Math.sin(0.61) * x[1];
            double across = Math.cos(0.61) * x[1] - Math.sin(0.61) * x[0];
            u[cell] = 0.5 * (along * along + 300 * across * across) + (dimension == 3 ? 20 * x[2] * x[2] : 0.0);
        }
        Generator.Builder builder = Generator.builder(u.length);
        for (int cell = 0; cell < u.length; cell++) {
            for (int a = 0; a < dimension; a++) {
                if (grid.position(cell, a) + 1 < n) {
                    int next = cell + grid.stride(a);
                    double half = 0.5 * (u[cell] - u[next]);
                    builder.pair(cell, next, Math.exp(half), Math.exp(-half));
                }
            }
        }
        Generator generator = builder.build();
        Dissection order = Dissection.of(generator);
        double[] p = law(generator, order);
        isGibbs(p, u, "Gaussian");
        // What is lost in the corners is shown not to matter.
        assertThat(isBeyondDouble(generator, order)).isFalse();
        assertThat(p).contains(0.0);
        assertThat(Arrays.stream(u).max().orElseThrow()).isGreaterThan(1500.0);
    }

    /** Rates over 500 orders of magnitude, many missing, against rational arithmetic, in random orders. */
    @Test
    void ratesOfAnySizeGiveTheExactLaw() {
        Random random = new Random(11);
        int far = 0;
        int beyond = 0;
        for (int seed = 0; seed < 200; seed++) {
            int n = 3 + seed % 3;
            ExactChain chain = ExactChain.random(n, seed, 300.0 * (1 + seed / 3 % 4));
            int[] order = new int[n];
            Arrays.setAll(order, i -> i);
            shuffle(order, random);
            Generator generator = chain.generator();
            Dissection dissection = Dissection.of(order, List.of());
            beyond += isBeyondDouble(generator, dissection) ? 1 : 0;
            double[] exact = Arrays.stream(chain.stationary())
                    .mapToDouble(ExactChain::value)
                    .toArray();
            far += (int) Arrays.stream(exact).filter(value -> value < 1e-300).count();
            isExact(law(generator, dissection), exact, "chain " + seed);
            isExact(normalised(WideFronts.nullVector(generator, dissection)), exact, "wide chain " + seed);
        }
        // That is what was tried.
        assertThat(far).isGreaterThan(10);
        assertThat(beyond).isBetween(1, 100);
    }

    private static void isExact(double[] p, double[] exact, String name) {
        for (int i = 0; i < p.length; i++) {
            if (exact[i] > 1e-300) {
                assertThat(p[i] / exact[i]).as("%s, state %s", name, i).isCloseTo(1.0, within(1e-12));
            } else {
                assertThat(p[i]).as("%s, state %s", name, i).isBetween(0.0, 1.1e-300);
            }
        }
    }

    private static boolean isBeyondDouble(Generator generator, Dissection dissection) {
        try {
            return DoubleFronts.of(generator, dissection, 0.0).nullVector() == null;
        } catch (ReducibleGeneratorException e) {
            return true;
        }
    }

    /**
     * All probabilities are between 1e-160 and 1, but the rates between the wells 0 and 3 by way of the slow states 1 and 2 are
     * 1e-450: only their ratio, 1 : 7, is to be seen.
     */
    @Test
    void slowStatesBetweenWellsOfOrdinaryProbability() {
        for (int[] order : new int[][] {{1, 2, 0, 3}, {2, 1, 3, 0}, {0, 1, 2, 3}, {1, 0, 3, 2}}) {
            Generator chain = Generator.builder(4)
                    .pair(0, 1, 1e-150, 1e-150)
                    .pair(1, 2, 7e-300, 1e-300)
                    .pair(2, 3, 1e-150, 1e-150)
                    .build();
            assertThat(law(chain, Dissection.of(order, List.of())))
                    .containsExactly(new double[] {1.0 / 16, 1.0 / 16, 7.0 / 16, 7.0 / 16}, within(1e-15));
        }
    }

    /** Each weight is in the range of double, relative to the last state; their sum is not. */
    @Test
    void theSumOfWeightsStaysInRange() {
        Generator chain = Generator.builder(3)
                .pair(0, 1, 1, 1)
                .pair(0, 2, 1e-154, 1.2e154)
                .build();
        assertThat(law(chain, Dissection.of(new int[] {0, 1, 2}, List.of())))
                .containsExactly(new double[] {0.5, 0.5, 0.0}, within(1e-15));
    }

    /** States 60 and 61 lead into wells that are further apart than the range, and are left for ever. */
    @Test
    void transientStatesHaveNoProbabilityThereEither() {
        double[] u = up(60, 1600, 3);
        int[] order = new int[62];
        Arrays.setAll(order, i -> i);
        Random random = new Random(5);
        Generator.Builder builder = Generator.builder(62)
                .pair(60, 61, 1.0, 1e-300)
                .rate(60, 7, 1e-300)
                .rate(61, 50, 1e-200);
        Generator wells = chain(u, 1);
        for (int k = 0; k < u.length; k++) {
            wells.forEachRateFrom(k, builder::rate);
        }
        Generator chain = builder.build();
        for (int n = 0; n < 20; n++) {
            shuffle(order, random);
            double[] p = law(chain, Dissection.of(order, List.of()));
            isGibbs(Arrays.copyOf(p, 60), u, "order " + n);
            assertThat(p[60]).isZero();
            assertThat(p[61]).isZero();
        }
    }

    /** A drift so strong that rates against it underflow when multiplied, and do not matter: the law on a ring is uniform. */
    @Test
    void aStrongDriftOnARingIsLeftToDouble() {
        int n = 60;
        Generator.Builder builder = Generator.builder(n);
        for (int k = 0; k < n; k++) {
            builder.pair(k, (k + 1) % n, 1.0, 1e-100);
        }
        Generator ring = builder.build();
        double[] p = Objects.requireNonNull(
                DoubleFronts.of(ring, Dissection.of(ring), 0.0).nullVector());
        double first = p[0];
        assertThat(Arrays.stream(p).map(value -> value / first).toArray())
                .containsOnly(new double[] {1.0}, within(1e-14));
    }

    /** Where nothing leaves the range, the wide numbers give the bits of double. */
    @ParameterizedTest
    @CsvSource({"1, 90", "2, 14", "3, 6"})
    void wideNumbersRoundAsDouble(int dimension, int n) {
        Generator generator = EliminationTest.random(EliminationTest.grid(dimension, n), 8);
        Dissection order = Dissection.of(generator);
        assertThat(WideFronts.nullVector(generator, order))
                .isEqualTo(DoubleFronts.of(generator, order, 0.0).nullVector());
    }

    @Test
    void outflowCancelledByNegativeRatesIsTold() {
        Generator generator = Generator.builder(4)
                .rate(0, 2, 1)
                .correction(0, 3, -1)
                .rate(1, 2, 1)
                .correction(1, 3, -1)
                .rate(2, 0, 1)
                .rate(2, 1, 1)
                .rate(3, 2, 1)
                .build();
        assertThatThrownBy(() -> Elimination.of(generator, Dissection.of(new int[] {0, 1, 2, 3}, List.of()), 0.0))
                .isInstanceOf(ReducibleGeneratorException.class)
                .hasMessageContaining("negative rates cancel the outflow");
    }
}
