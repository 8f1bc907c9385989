package org.langevin4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Layer;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.Shape;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;

class LargeDigitsTest {

    private static final Shape SHAPE = new Shape(1, GeneratedDigits.LARGE_EDGE, GeneratedDigits.LARGE_EDGE);
    private static final DataSet DIGITS = GeneratedDigits.large(4000, Seed.of(1));

    @Test
    void haveTheShapeOfMnist() {
        assertThat(DIGITS.features()).isEqualTo(784);
        assertThat(DIGITS.classes()).isEqualTo(10);
        assertThat(Arrays.copyOf(DIGITS.labels(), 12)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1);
        double ink = 0.0;
        int full = 0;
        for (int n = 0; n < 1000; n++) {
            float[] image = DIGITS.single(n);
            float sum = 0.0f;
            for (float pixel : image) {
                assertThat(pixel).isBetween(0.0f, 1.0f);
                sum += pixel;
                full += pixel == 1.0f ? 1 : 0;
            }
            // A stroke as long as half of the image and a pixel wide at least, and most of the paper stays free.
            assertThat(sum).isBetween(14.0f, 392.0f);
            ink += sum / 784_000.0;
        }
        // Of MNIST 0.13.
        assertThat(ink).isBetween(0.1, 0.25);
        assertThat(full).isGreaterThan(10_000);
    }

    @Test
    void areAFunctionOfTheSeedAndTheSample() {
        double[][] images = DIGITS.first(50).inputs();
        assertThat(GeneratedDigits.large(50, Seed.of(1)).inputs()).isDeepEqualTo(images);
        double[][] others = GeneratedDigits.large(50, Seed.of(2)).inputs();
        for (int n = 0; n < 50; n++) {
            assertThat(others[n]).isNotEqualTo(images[n]);
        }
        // Nor is any image there twice, or turned into another by its bends alone: images of a class differ.
        assertThat(images[40]).isNotEqualTo(images[30]);
        assertThatThrownBy(() -> GeneratedDigits.large(0, Seed.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("samples must be at least 1, got 0");
    }

    /**
     * Ink where the drawings have it, on average: the axis of a one, the hole of a zero, the bars of five and seven.
     */
    @Test
    void areDrawnUpright() {
        double[][] means = new double[10][784];
        for (int n = 0; n < DIGITS.size(); n++) {
            for (int p = 0; p < 784; p++) {
                means[n % 10][p] += DIGITS.single(n)[p] / 400.0;
            }
        }
        assertThat(means[1][14 * 28 + 14]).isGreaterThan(0.3);
        assertThat(means[0][14 * 28 + 14]).isLessThan(0.05);
        assertThat(means[7][5 * 28 + 14]).isGreaterThan(2 * means[7][23 * 28 + 20]);
        assertThat(means[5][4 * 28 + 14]).isGreaterThan(0.2);
        assertThat(means[9][10 * 28 + 19]).isGreaterThan(2 * means[9][18 * 28 + 8]);
        assertThat(means[6][18 * 28 + 8]).isGreaterThan(2 * means[6][10 * 28 + 19]);
    }

    /** On 7×7 pixels small-fc learns what a network of one layer cannot. */
    @Test
    void needMoreThanOneLayer() {
        DataSet raw = Preparation.averaged(DIGITS, SHAPE, 4);
        DataSet small = Standardisation.over(raw).apply(raw);
        double smallFc = error(Architectures.smallFc(), small, 0.1, 20);
        double linear = error(Architecture.of(Shape.vector(49), new Layer.Dense(10)), small, 0.1, 60);
        assertThat(smallFc).isLessThan(0.035);
        assertThat(linear).isGreaterThan(2 * 0.035);
    }

    /** On unseen images too: a guess is wrong in nine of ten. */
    @Test
    void areLearntBySmallLenet() {
        DataSet raw = DIGITS.first(2000);
        Standardisation standardisation = Standardisation.over(raw);
        Network network = trained(Architectures.smallLenet(), standardisation.apply(raw), 0.05, 5);
        DataSet unseen = standardisation.apply(GeneratedDigits.large(1000, Seed.of(2)));
        assertThat(network.score(unseen).accuracy()).isGreaterThan(0.9);
    }

    private static double error(Architecture architecture, DataSet data, double rate, int epochs) {
        return 1.0 - trained(architecture, data, rate, epochs).score(data).accuracy();
    }

    /** The rate falls to a tenth for the last quarter. */
    private static Network trained(Architecture architecture, DataSet data, double rate, int epochs) {
        Sgd sgd = Sgd.withRate(epoch -> 4 * epoch < 3 * epochs ? rate : rate / 10);
        Training training = Training.of(Network.initialised(architecture, Seed.of(3)), sgd, data, Seed.of(4));
        while (training.epoch() < epochs) {
            training.run();
        }
        return training.network();
    }
}
