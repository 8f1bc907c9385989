package org.langevin4j.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cern.jet.stat.Probability;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class NormalStreamTest {

    private static final int PATHS = 1024;
    private static final int STEPS = 512;
    private static final int COMPONENTS = 4;
    private static final long COUNT = (long) PATHS * STEPS * COMPONENTS;

    private static double[] sample(long seed) {
        NormalStream stream = NormalStream.of(Seed.of(seed));
        double[] all = new double[(int) COUNT];
        double[][] out = new double[COMPONENTS][PATHS];
        int at = 0;
        for (int step = 0; step < STEPS; step++) {
            stream.fill(0, PATHS, step, out);
            for (double[] row : out) {
                System.arraycopy(row, 0, all, at, PATHS);
                at += PATHS;
            }
        }
        return all;
    }

    @Test
    void momentsToTheEighthAreThoseOfTheNormalLaw() {
        double[] x = sample(1);
        // E[x^k] = (k−1)!! for even k, and the standard error of the mean of x^k is √((2k−1)!! − ((k−1)!!)²)/√n.
        double[] doubleFactorial = {1, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10395, 0, 135135, 0, 2027025};
        for (int k = 1; k <= 8; k++) {
            int power = k;
            double mean =
                    Arrays.stream(x).map(v -> Math.pow(v, power)).average().orElseThrow();
            double error = Math.sqrt((doubleFactorial[2 * k] - doubleFactorial[k] * doubleFactorial[k]) / COUNT);
            assertThat(mean).as("moment %d", k).isCloseTo(doubleFactorial[k], within(4.0 * error));
        }
    }

    @Test
    void distributionIsNormalByKolmogorovAndSmirnov() {
        double[] x = sample(2);
        Arrays.sort(x);
        double largest = 0.0;
        for (int i = 0; i < x.length; i++) {
            double p = Probability.normal(x[i]);
            largest = Math.max(largest, Math.max(p - (double) i / x.length, (i + 1.0) / x.length - p));
        }
        // P(√n D > 1.95) = 0.001.
        assertThat(largest * Math.sqrt(x.length)).isLessThan(1.95);
    }

    @Test
    void tailsAreThoseOfTheNormalLaw() {
        double[] x = sample(3);
        for (double z : new double[] {1.0, 2.0, 3.0, 4.0, 4.5}) {
            double p = 2.0 * Probability.normal(-z);
            double expected = p * COUNT;
            long found = Arrays.stream(x).filter(v -> Math.abs(v) > z).count();
            assertThat((double) found)
                    .as("beyond %s", z)
                    .isCloseTo(expected, within(4.0 * Math.sqrt(expected * (1 - p)) + 1));
        }
    }

    /** Half a billion numbers against the exact law out to 6σ, where two in a billion lie: Poisson counts. */
    @Test
    void farTailsAreThoseOfTheNormalLaw() {
        NormalStream stream = NormalStream.of(Seed.of(6));
        int paths = 4096;
        int steps = 61_035;
        double[][] out = new double[2][paths];
        double[] borders = {4.5, 5.0, 5.5, 6.0};
        long[] beyond = new long[borders.length];
        for (int step = 0; step < steps; step++) {
            stream.fill(0, paths, step, out);
            for (double[] row : out) {
                for (double value : row) {
                    double size = Math.abs(value);
                    if (size > borders[0]) {
                        for (int b = 0; b < borders.length; b++) {
                            beyond[b] += size > borders[b] ? 1 : 0;
                        }
                    }
                }
            }
        }
        for (int b = 0; b < borders.length; b++) {
            double expected = 2.0 * paths * steps * 2.0 * Probability.normal(-borders[b]);
            assertThat((double) beyond[b])
                    .as("beyond %s", borders[b])
                    .isCloseTo(expected, within(4.0 * Math.sqrt(expected) + 1.0));
        }
    }

    /** Correlations of the numbers, their squares and cubes at many distances; 4.5 standard errors for 45 comparisons. */
    @Test
    void numbersAtADistanceAreUncorrelated() {
        NormalStream stream = NormalStream.of(Seed.of(8));
        int n = 100_000;
        long[][] shifts = {
            {1, 0, 0},
            {2, 0, 0},
            {256, 0, 0},
            {1024, 0, 0},
            {1L << 32, 0, 0},
            {0, 1, 0},
            {0, 2, 0},
            {0, 64, 0},
            {0, 1L << 20, 0},
            {0, 0, 2},
            {0, 0, 3},
            {0, 0, 1024},
            {1, 1, 0},
            {1, -1, 0},
            {3, 0, 1}
        };
        for (long[] shift : shifts) {
            double[] sums = new double[3];
            for (int i = 0; i < n; i++) {
                double x = stream.at(i, 5, 0);
                double y = stream.at(i + shift[0], 5 + shift[1], (int) shift[2]);
                sums[0] += x * y;
                sums[1] += (x * x - 1) * (y * y - 1) / 2.0;
                sums[2] += (x * x * x - 3 * x) * (y * y * y - 3 * y) / 6.0;
            }
            for (double sum : sums) {
                assertThat(sum / n).as("shift %s", Arrays.toString(shift)).isCloseTo(0.0, within(4.5 / Math.sqrt(n)));
            }
        }
    }

    @Test
    void pathsStepsAndComponentsAreUncorrelated() {
        NormalStream stream = NormalStream.of(Seed.of(4));
        NormalStream neighbour = NormalStream.of(Seed.of(5));
        int n = 100_000;
        double[] sums = new double[6];
        for (int i = 0; i < n; i++) {
            double x = stream.at(i, 7, 0);
            sums[0] += x * stream.at(i + 1, 7, 0);
            sums[1] += x * stream.at(i, 8, 0);
            sums[2] += x * stream.at(i, 7, 1);
            sums[3] += x * stream.at(i, 7, 2);
            sums[4] += x * neighbour.at(i, 7, 0);
            double y = stream.at(i, 7, 1);
            sums[5] += (x * x - 1) * (y * y - 1) / 2.0;
        }
        for (double sum : sums) {
            assertThat(sum / n).isCloseTo(0.0, within(4.0 / Math.sqrt(n)));
        }
    }

    @Property(tries = 200)
    void oneNumberIsTheSameAloneAndInABlock(
            @ForAll long seed,
            @ForAll @LongRange(max = 1L << 62) long path,
            @ForAll @LongRange(max = (1L << 40) - 1) long step,
            @ForAll @IntRange(min = 1, max = 7) int components,
            @ForAll @IntRange(min = 1, max = 9) int paths) {
        NormalStream stream = NormalStream.of(Seed.of(seed));
        double[][] block = new double[components][paths];
        stream.fill(path, paths, step, block);
        for (int k = 0; k < components; k++) {
            for (int p = 0; p < paths; p++) {
                assertThat(block[k][p]).isFinite().isEqualTo(stream.at(path + p, step, k));
            }
        }
    }

    @Property(tries = 200)
    void pathsOfAnyOrderHaveTheSameNumbersAsConsecutiveOnes(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count, @ForAll @IntRange(max = 5) int noises) {
        NormalStream stream = NormalStream.of(Seed.of(seed));
        Random random = new Random(seed);
        long[] paths = random.longs(count).toArray();
        double[][] out = new double[noises][count];
        boolean[] needed = new boolean[noises];
        Arrays.fill(needed, true);
        stream.fill(paths, count, 7, needed, out);
        for (int k = 0; k < noises; k++) {
            for (int p = 0; p < count; p++) {
                assertThat(out[k][p]).isEqualTo(stream.at(paths[p], 7, k));
            }
        }
    }

    @Property(tries = 100)
    void whatIsNotNeededIsNotDrawnAndTheRestHasItsBits(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int noises) {
        NormalStream stream = NormalStream.of(Seed.of(seed));
        Random random = new Random(seed);
        boolean[] needed = new boolean[noises];
        for (int k = 0; k < noises; k++) {
            needed[k] = random.nextInt(4) == 0;
        }
        double[][] one = new double[noises][3];
        double[][] other = new double[noises][3];
        stream.fill(5, 3, 7, needed, one);
        stream.fill(new long[] {5, 6, 7}, 3, 7, needed, other);
        for (int k = 0; k < noises; k++) {
            boolean pair = needed[k] || ((k ^ 1) < noises && needed[k ^ 1]);
            for (int p = 0; p < 3; p++) {
                assertThat(one[k][p])
                        .isEqualTo(pair ? stream.at(5 + p, 7, k) : 0.0)
                        .isEqualTo(other[k][p]);
            }
        }
    }

    @Test
    void refusesStepsOutOfRange() {
        NormalStream stream = NormalStream.of(Seed.of(0));
        assertThatThrownBy(() -> stream.at(0, -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("step must be in [0, 2^40), got -1");
        assertThatThrownBy(() -> stream.at(0, 1L << 40, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void derivedSeedsDiffer() {
        Seed seed = Seed.of(17);
        assertThat(seed.derive(1))
                .isEqualTo(seed.derive(1))
                .isNotEqualTo(seed.derive(2))
                .isNotEqualTo(seed);
        assertThat(Seed.fresh()).isNotEqualTo(Seed.fresh());
    }
}
