package org.langevin4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Shape;

class AugmentationTest {

    private static final Shape SHAPE = new Shape(2, 3, 4);

    /** All the same image: pixels 1 to 24. */
    private static DataSet same(int samples) {
        float[] image = new float[24];
        for (int p = 0; p < 24; p++) {
            image[p] = p + 1;
        }
        float[][] images = new float[samples][];
        Arrays.fill(images, image);
        return DataSet.ofSingles(
                images, IntStream.range(0, samples).map(n -> n % 3).toArray(), 3);
    }

    /** Padded, cropped, mirrored: written after the definition. */
    private static float[] expected(float[] image, int down, int right, boolean flip) {
        float[][][] padded = new float[2][9][10];
        for (int c = 0; c < 2; c++) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 4; column++) {
                    int from = flip ? 3 - column : column;
                    padded[c][3 + row][3 + column] = image[c * 12 + row * 4 + from];
                }
            }
        }
        float[] crop = new float[24];
        for (int p = 0; p < 24; p++) {
            crop[p] = padded[p / 12][3 - down + p % 12 / 4][3 - right + p % 4];
        }
        return crop;
    }

    /** Every image is one of the 2·5·5 that there can be, and each of these comes as often as chance has it. */
    @Test
    void drawsAllShiftsAndFlipsAlike() {
        int samples = 20_000;
        DataSet augmented = new Augmentation(SHAPE, 2, true).apply(same(samples), Seed.of(1), 0);
        Map<String, Integer> counts = new HashMap<>();
        for (int n = 0; n < samples; n++) {
            counts.merge(Arrays.toString(augmented.single(n)), 1, Integer::sum);
        }
        double chiSquare = 0.0;
        int seen = 0;
        for (int down = -2; down <= 2; down++) {
            for (int right = -2; right <= 2; right++) {
                for (boolean flip : new boolean[] {false, true}) {
                    int count = counts.getOrDefault(Arrays.toString(expected(same(1).single(0), down, right, flip)), 0);
                    chiSquare += (count - 400.0) * (count - 400.0) / 400.0;
                    seen += count;
                }
            }
        }
        assertThat(seen).isEqualTo(samples);
        // 49 degrees of freedom: above 95 once in 10⁴, below 21 as seldom.
        assertThat(chiSquare).isBetween(21.0, 95.0);
        assertThat(augmented.labels()).isEqualTo(same(samples).labels());
    }

    @Test
    void isAFunctionOfSampleSeedAndEpoch() {
        Augmentation augmentation = new Augmentation(SHAPE, 2, true);
        double[][] images = augmentation.apply(same(200), Seed.of(1), 5).inputs();
        assertThat(augmentation.apply(same(200), Seed.of(1), 5).inputs()).isDeepEqualTo(images);
        assertThat(augmentation.apply(same(7), Seed.of(1), 5).inputs()).isDeepEqualTo(Arrays.copyOf(images, 7));
        assertThat(alike(images, augmentation.apply(same(200), Seed.of(1), 6).inputs()))
                .isLessThan(20);
        assertThat(alike(images, augmentation.apply(same(200), Seed.of(2), 5).inputs()))
                .isLessThan(20);
    }

    private static long alike(double[][] a, double[][] b) {
        return IntStream.range(0, a.length)
                .filter(n -> Arrays.equals(a[n], b[n]))
                .count();
    }

    @Test
    void canDoLess() {
        DataSet data = same(100);
        assertThat(new Augmentation(SHAPE, 0, false).apply(data, Seed.of(1), 0).inputs())
                .isDeepEqualTo(data.inputs());
        long mirrored = alike(
                new Augmentation(SHAPE, 0, true)
                        .apply(same(2000), Seed.of(1), 0)
                        .inputs(),
                same(2000).inputs());
        assertThat((double) mirrored).isCloseTo(1000.0, within(4 * Math.sqrt(500.0)));
    }

    @Test
    void refusesBadArguments() {
        for (int padding : new int[] {-1, 3}) {
            assertThatThrownBy(() -> new Augmentation(SHAPE, padding, true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("padding must be in [0, 3), got " + padding);
        }
        assertThatThrownBy(() -> new Augmentation(SHAPE, 1, true).apply(same(1), Seed.of(1), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epoch must be at least 0, got -1");
        assertThatThrownBy(() -> new Augmentation(new Shape(1, 3, 4), 1, true).apply(same(1), Seed.of(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data must have the 12 features of 1×3×4, got 24");
    }
}
