package org.langevin4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.DataSet;

class GeneratedDigitsTest {

    private static final DataSet DIGITS = GeneratedDigits.of(500, Seed.of(1));

    @Test
    void haveTheStatedShape() {
        assertThat(DIGITS.size()).isEqualTo(500);
        assertThat(DIGITS.features()).isEqualTo(49);
        assertThat(DIGITS.classes()).isEqualTo(5);
        assertThat(DIGITS.inputs()).hasDimensions(500, 49);
        assertThat(Arrays.copyOf(DIGITS.labels(), 7)).containsExactly(0, 1, 2, 3, 4, 0, 1);
    }

    @Test
    void areStandardised() {
        double[] pixels =
                Arrays.stream(DIGITS.inputs()).flatMapToDouble(Arrays::stream).toArray();
        double mean = Arrays.stream(pixels).average().orElseThrow();
        double square = Arrays.stream(pixels).map(v -> v * v).average().orElseThrow();
        assertThat(mean).isCloseTo(0.0, within(1e-13));
        assertThat(square).isCloseTo(1.0, within(1e-13));
    }

    @Test
    void areAFunctionOfTheSeed() {
        assertThat(GeneratedDigits.of(500, Seed.of(1)).inputs()).isDeepEqualTo(DIGITS.inputs());
        assertThat(GeneratedDigits.of(500, Seed.of(2)).inputs()[0]).isNotEqualTo(DIGITS.inputs()[0]);
    }

    /** A longer set begins with the same images; only the standardisation, an affine map of all pixels, differs. */
    @Test
    void longerSetsBeginAlike() {
        double[] one = GeneratedDigits.of(5, Seed.of(1)).inputs()[3];
        double[] other = DIGITS.inputs()[3];
        double slope = (other[1] - other[0]) / (one[1] - one[0]);
        for (int p = 2; p < 49; p++) {
            assertThat(other[p] - other[0]).isCloseTo(slope * (one[p] - one[0]), within(1e-10));
        }
    }

    /** The mean image of each class is nearer to its own images than that of another class, mostly. */
    @Test
    void lookAlikeWithinAClass() {
        double[][] means = means();
        double[][] images = GeneratedDigits.of(500, Seed.of(3)).inputs();
        int right = 0;
        for (int n = 0; n < 500; n++) {
            int best = 0;
            for (int k = 1; k < 5; k++) {
                best = distance(images[n], means[k]) < distance(images[n], means[best]) ? k : best;
            }
            right += best == n % 5 ? 1 : 0;
        }
        assertThat(right).isBetween(400, 499);
    }

    /** Ink lies in the middle column of a one and not in the middle of a zero. */
    @Test
    void areDrawnUpright() {
        double[][] means = means();
        int centre = 3 * 7 + 3;
        assertThat(means[1][centre]).isGreaterThan(1.0);
        assertThat(means[0][centre]).isLessThan(0.0);
        // The two has its base below, the four its crossbar below the middle and nothing at the upper left.
        assertThat(means[2][5 * 7 + 4]).isGreaterThan(1.0);
        assertThat(means[4][4 * 7 + 2]).isGreaterThan(1.0);
        assertThat(means[4][7]).isLessThan(0.0);
    }

    @Test
    void refuseBadArguments() {
        assertThatThrownBy(() -> GeneratedDigits.of(0, Seed.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("samples must be at least 1, got 0");
        assertRefused("samples must be at least 1, got 0", new double[0][], new int[0], 2);
        assertRefused("features must be at least 1, got 0", new double[1][0], new int[1], 2);
        assertRefused("labels must number 1 as the inputs, got 2", new double[1][1], new int[2], 2);
        assertRefused("classes must be at least 2, got 1", new double[1][1], new int[1], 1);
        assertRefused("labels must be in [0, 2), got 2 in row 0", new double[1][1], new int[] {2}, 2);
        assertRefused("labels must be in [0, 2), got -1 in row 0", new double[1][1], new int[] {-1}, 2);
        assertRefused("inputs must be finite, got [0][1] = NaN", new double[][] {{0, Double.NaN}}, new int[1], 2);
        assertRefused(
                "inputs must have the same length, got 1 in row 0 and 2 in row 1",
                new double[][] {{0}, {0, 0}},
                new int[2],
                2);
    }

    private static void assertRefused(String message, double[][] inputs, int[] labels, int classes) {
        assertThatThrownBy(() -> DataSet.of(inputs, labels, classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** The mean image of each class; sample n is of class n mod 5. */
    private static double[][] means() {
        double[][] means = new double[5][49];
        double[][] inputs = DIGITS.inputs();
        for (int n = 0; n < 500; n++) {
            for (int p = 0; p < 49; p++) {
                means[n % 5][p] += inputs[n][p] / 100;
            }
        }
        return means;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
