package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows stored by offsets do what compressed rows do. */
class RowsTest {

    private static final int HEIGHT = 43;

    /** Long enough for several strips and blocks. */
    private static final int WIDTH = 1301;

    /** A lattice with rates at random; with holes some of those between its rows are missing. */
    private static Generator lattice(boolean periodic, boolean holes) {
        SplittableRandom random = new SplittableRandom(7);
        int n = HEIGHT * WIDTH;
        Generator.Builder builder = Generator.builder(n);
        for (int j = 0; j < n; j++) {
            int column = j % WIDTH;
            int[] targets = {
                column > 0 ? j - 1 : -1,
                column < WIDTH - 1 ? j + 1 : -1,
                periodic ? Math.floorMod(j - WIDTH, n) : j - WIDTH,
                periodic ? (j + WIDTH) % n : j + WIDTH
            };
            for (int target : targets) {
                double rate = random.nextDouble(0.1, 2.0);
                if (target >= 0 && target < n && !(holes && Math.abs(target - j) > 1 && random.nextInt(9) == 0)) {
                    builder.rate(j, target, rate);
                }
            }
        }
        return builder.build();
    }

    private static double[] numbers(int seed, double low, double high) {
        return new SplittableRandom(seed).doubles(HEIGHT * WIDTH, low, high).toArray();
    }

    /** The largest difference; NaN if there is one. */
    private static double distance(double[] a, double[] b) {
        double largest = a.length == b.length ? 0.0 : Double.NaN;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void offsetsAndCompressedRowsAgree(int kind) {
        Generator generator = lattice(kind % 2 == 1, kind > 1);
        int n = generator.states();
        double[] excess = numbers(1, 0.0, 0.1);
        int[] number = new int[n];
        Arrays.setAll(number, i -> i);
        ScaledChain one = ScaledChain.of(generator, excess.clone());
        ScaledChain other = ScaledChain.compressed(generator, excess, number, n);
        assertThat(StencilColumns.of(generator.columns)).isNotNull();
        double[] x = numbers(2, 1.0, 3.0);
        // Some states that exchange nothing.
        for (int i = 0; i < n; i += 997) {
            x[i] = 0.0;
        }
        one.rescale(x.clone());
        other.rescale(x.clone());
        assertThat(distance(one.outflow, other.outflow)).isLessThan(1e-14);
        assertThat(distance(one.lost, other.lost)).isLessThan(1e-14);
        assertThat(one.imbalance()).isEqualTo(other.imbalance(), within(1e-12));
        double[] r = numbers(3, -1.0, 1.0);
        double[] u = numbers(4, -1.0, 1.0);
        double[] v = u.clone();
        for (boolean forward : new boolean[] {true, false}) {
            one.sweep(forward, u, r);
            other.sweep(forward, v, r);
            assertThat(distance(u, v)).isLessThan(1e-10);
            one.sweep(forward, u);
            other.sweep(forward, v);
            assertThat(distance(u, v)).isLessThan(1e-10);
        }
        double[] image = new double[n];
        double[] second = new double[n];
        one.apply(u, image);
        other.apply(u, second);
        assertThat(distance(image, second)).isLessThan(1e-12);
    }

    /** What the first sweep leaves is the residual, whatever u was before; the first state of all has nothing before it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whatTheFirstSweepLeavesIsItsResidual(int kind) {
        Generator generator = lattice(kind % 2 == 1, kind > 1);
        int n = generator.states();
        int[] number = new int[n];
        Arrays.setAll(number, i -> i);
        double[] r = numbers(5, -1.0, 1.0);
        double[] x = numbers(6, 1.0, 3.0);
        int[] pairs = new int[n];
        Arrays.setAll(pairs, i -> i / 2);
        Aggregation aggregation = new Aggregation((n + 1) / 2, pairs);
        double @Nullable [] found = null;
        for (ScaledChain level : new ScaledChain[] {
            ScaledChain.of(generator, new double[n]), ScaledChain.compressed(generator, new double[n], number, n)
        }) {
            level.rescale(x.clone());
            double[] u = numbers(7, -1.0, 1.0);
            level.start(u, r);
            assertThat(u[0]).isEqualTo(r[0]);
            assertThat(distance(u, found == null ? u : found)).isLessThan(1e-10);
            found = u;
            ScaledChain coarse = level.coarsened(aggregation);
            double[] out = new double[aggregation.count];
            level.restrict(aggregation, coarse, u, new double[n], out);
            double[] image = new double[n];
            level.apply(u, image);
            double[] expected = new double[aggregation.count];
            for (int i = 0; i < n; i++) {
                expected[i / 2] += (r[i] - image[i]) * level.outflow[i] / coarse.outflow[i / 2];
            }
            assertThat(distance(out, expected)).isLessThan(1e-11);
        }
    }

    /**
     * Against the sums one state after the other: the half that leads in that order to rounding; the other but for what the
     * trial of four rows does not know, the change of those before them, which fades along the sums.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void halvesMeetAsIfOneFollowedTheOther(int kind) {
        Generator generator = lattice(kind % 2 == 1, kind > 1);
        int n = generator.states();
        ScaledChain level = ScaledChain.of(generator, numbers(1, 0.0, 0.1));
        level.rescale(numbers(2, 1.0, 3.0));
        assertThat(level.strips.count()).isGreaterThan(1);
        CompressedRows rows = level.rows();
        double[] r = numbers(3, -1.0, 1.0);
        for (boolean forward : new boolean[] {true, false}) {
            double[] u = numbers(4, -1.0, 1.0);
            double[] expected = u.clone();
            double[] unknown = new double[n];
            int half = forward ? n / 2 : n - n / 2;
            int trial = half - 4 * WIDTH;
            for (int k = 0; k < n; k++) {
                int i = forward ? k : n - 1 - k;
                double sum = r[i];
                for (int entry = rows.starts[i]; entry < rows.starts[i + 1]; entry++) {
                    int j = rows.sources[entry];
                    int turn = forward ? j : n - 1 - j;
                    sum += rows.g[entry] * expected[j];
                    if (k >= trial && turn < k && (k < half || turn >= trial)) {
                        unknown[i] += rows.g[entry] * unknown[j];
                    }
                }
                expected[i] = sum;
                if (k < trial) {
                    unknown[i] = Math.abs(sum - u[i]);
                }
            }
            level.sweepInOrder(forward, u, r);
            for (int k = 0; k < n; k++) {
                int i = forward ? k : n - 1 - k;
                assertThat(Math.abs(u[i] - expected[i])).isLessThanOrEqualTo(1e-12 + (k < half ? 0.0 : unknown[i]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void missingFlowsAreTheResidual(int kind) {
        Generator generator = lattice(kind % 2 == 1, kind > 1);
        int n = generator.states();
        ScaledChain level = ScaledChain.of(generator, numbers(1, 0.0, 0.1));
        level.rescale(numbers(2, 1.0, 3.0));
        double[] r = numbers(3, -1.0, 1.0);
        double[] u = numbers(4, -1.0, 1.0);
        double[] image = new double[n];
        level.apply(u, image);
        double[] expected = new double[n];
        Arrays.setAll(expected, i -> level.outflow[i] * (r[i] - image[i]));
        double[] flows = new double[n];
        double sum = level.missing(u, r, flows);
        assertThat(distance(flows, expected)).isLessThan(1e-12);
        assertThat(sum).isCloseTo(Arrays.stream(expected).map(Math::abs).sum(), within(1e-9 * n));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aBoxIsWholeAndHolesAreSearched(int kind) {
        Generator generator = lattice(kind % 2 == 1, kind > 1);
        assertThat(ClosedClass.isWhole(generator)).isEqualTo(isStronglyConnected(generator));
    }

    private static boolean isStronglyConnected(Generator generator) {
        return reached(generator) == generator.states() && reached(generator.transposed()) == generator.states();
    }

    private static int reached(Generator generator) {
        boolean[] seen = new boolean[generator.states()];
        Deque<Integer> left = new ArrayDeque<>(List.of(0));
        seen[0] = true;
        int[] count = {0};
        while (!left.isEmpty()) {
            count[0]++;
            generator.forEachRateFrom(left.pop(), (from, to, rate) -> {
                if (!seen[to]) {
                    seen[to] = true;
                    left.push(to);
                }
            });
        }
        return count[0];
    }
}
