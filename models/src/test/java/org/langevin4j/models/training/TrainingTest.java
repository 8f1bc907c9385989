package org.langevin4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.data.Augmentation;
import org.langevin4j.models.data.GeneratedDigits;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.Precision;
import org.langevin4j.models.network.Shape;

class TrainingTest {

    private static final DataSet DIGITS = GeneratedDigits.of(1000, Seed.of(1));

    @Test
    void learns() {
        Training training = training(Sgd.withRate(0.05), 2);
        double first = training.run();
        for (int epoch = 1; epoch < 10; epoch++) {
            training.run();
        }
        Network.Score score = training.network().score(DIGITS);
        assertThat(first).isGreaterThan(0.4);
        assertThat(score.accuracy()).isGreaterThan(0.97);
        assertThat(score.loss()).isLessThan(0.15);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhereItWasSaved(Batches batches) throws IOException {
        Sgd sgd = Sgd.withRate(epoch -> epoch < 2 ? 0.05 : 0.01).batches(48, batches);
        Training whole = training(sgd, 3);
        Training broken = training(sgd, 3);
        for (int epoch = 0; epoch < 4; epoch++) {
            whole.run();
            broken.run();
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            broken.save(saved);
            broken = resume(sgd, 3, saved.toByteArray());
        }
        assertThat(broken.epoch()).isEqualTo(4);
        assertThat(broken.network().weights()).isEqualTo(whole.network().weights());
        assertThat(broken.network().variances()).isDeepEqualTo(whole.network().variances());
    }

    @Test
    void refusesWhatItHasNotSaved() throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        training(Sgd.withRate(0.1), 3).save(saved);
        byte[] bytes = saved.toByteArray();
        assertThatThrownBy(() -> resume(Sgd.withRate(0.1), 4, bytes)).hasMessageContaining("another network, method");
        assertThatThrownBy(() -> resume(Sgd.withRate(0.1).weightDecay(0.1), 3, bytes))
                .hasMessageContaining("another network, method");
        assertThatThrownBy(() -> resume(Sgd.withRate(0.1), 3, Arrays.copyOf(bytes, bytes.length - 3)))
                .hasMessage("it ends too early");
        assertThatThrownBy(() -> resume(Sgd.withRate(0.1), 3, Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessage("it is too long");
        bytes[0] ^= 1;
        assertThatThrownBy(() -> resume(Sgd.withRate(0.1), 3, bytes)).hasMessage("it is no saved training");
    }

    /** Steps written out: plain, with momentum and with Nesterov's. */
    @Test
    void stepsAreThoseOfTheFormula() {
        double[] x = {1.0, -2.0};
        double[] v = {0.5, 0.25};
        double[] g = {0.1, 0.2};
        Sgd.withRate(0.1).momentum(0.0, false).move(x, v, g, 0.1, Precision.DOUBLE);
        assertThat(x).containsExactly(1.0 - 0.1 * 0.1, -2.0 - 0.1 * 0.2);
        x = new double[] {1.0, -2.0};
        v = new double[] {0.5, 0.25};
        Sgd.withRate(0.1).momentum(0.5, false).weightDecay(0.25).move(x, v, g, 0.1, Precision.DOUBLE);
        assertThat(v).containsExactly(0.5 * 0.5 + (0.1 + 0.25), 0.5 * 0.25 + (0.2 - 0.5));
        assertThat(x).containsExactly(1.0 - 0.1 * v[0], -2.0 - 0.1 * v[1]);
        x = new double[] {1.0, -2.0};
        v = new double[] {0.5, 0.25};
        Sgd.withRate(0.1).momentum(0.5, true).move(x, v, g, 0.1, Precision.DOUBLE);
        assertThat(x[0]).isEqualTo(1.0 - 0.1 * (0.1 + 0.5 * (0.5 * 0.5 + 0.1)));
    }

    @Test
    void drawsAreWhatTheirNamesSay() {
        int[] shuffled = Batches.SHUFFLED.epoch(100, 7, Seed.of(1), 3);
        assertThat(Arrays.stream(shuffled).sorted().toArray())
                .isEqualTo(IntStream.range(0, 100).toArray());
        assertThat(shuffled).isNotEqualTo(Batches.SHUFFLED.epoch(100, 7, Seed.of(1), 4));
        int[] without = Batches.WITHOUT_REPLACEMENT.epoch(100, 20, Seed.of(1), 3);
        for (int start = 0; start < 100; start += 20) {
            assertThat(Arrays.stream(without, start, start + 20).distinct().count())
                    .isEqualTo(20);
        }
        // Five subsets of a fifth leave out (4/5)⁵ = 33 ± 2 of 100.
        assertThat(Arrays.stream(without).distinct().count()).isBetween(55L, 80L);
        int[] with = Batches.WITH_REPLACEMENT.epoch(10_000, 20, Seed.of(1), 3);
        // 1 − 1/e of them, with a deviation of 31.
        assertThat(Arrays.stream(with).distinct().count()).isBetween(6321L - 124L, 6321L + 124L);
    }

    @Test
    void aLossThatIsNoNumberStopsWithTheStep() {
        Training training = training(Sgd.withRate(1e30), 2);
        assertThatThrownBy(() -> {
                    for (int epoch = 0; epoch < 5; epoch++) {
                        training.run();
                    }
                })
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("in epoch 0, step")
                .hasMessageContaining("learning rate 1.0E30 is too large");
    }

    /** Epochs on shifted images, broken off and resumed, are those of one run, and other than epochs on the images themselves. */
    @Test
    void runsOnAugmentedData() throws IOException {
        Augmentation augmentation = new Augmentation(new Shape(1, 7, 7), 1, false);
        Sgd sgd = Sgd.withRate(0.05);
        Training whole = training(sgd, 3);
        Training broken = training(sgd, 3);
        Training plain = training(sgd, 3);
        Training same = training(sgd, 3);
        for (int epoch = 0; epoch < 2; epoch++) {
            whole.run(augmentation.apply(DIGITS, Seed.of(6), epoch));
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            broken.save(saved);
            broken = resume(sgd, 3, saved.toByteArray());
            broken.run(augmentation.apply(DIGITS, Seed.of(6), broken.epoch()));
            plain.run();
            same.run(DIGITS);
        }
        assertThat(broken.network().weights()).isEqualTo(whole.network().weights());
        assertThat(same.network().weights()).isEqualTo(plain.network().weights());
        assertThat(plain.network().weights()).isNotEqualTo(whole.network().weights());
        assertThatThrownBy(() -> plain.run(DIGITS.first(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("samples must be " + DIGITS + ", got " + DIGITS.first(999));
        assertThat(plain.epoch()).isEqualTo(2);
    }

    /** One step of plain SGD by hand: x − ηg of the mini-batch, from what was seen before it. */
    @Test
    void eachStepIsSeen() {
        Sgd sgd = Sgd.withRate(0.05).momentum(0.0, false).batches(128, Batches.SHUFFLED);
        Training seen = training(sgd, 3);
        Training plain = training(sgd, 3);
        List<double[]> weights = new ArrayList<>();
        seen.run(DIGITS, x -> weights.add(x.clone()));
        plain.run();
        assertThat(weights).hasSize(8);
        assertThat(weights.get(7)).isEqualTo(plain.network().weights());
        // A rate a hundredth of it moves along the same first gradient.
        Training slow = training(Sgd.withRate(0.0005).momentum(0.0, false).batches(128, Batches.SHUFFLED), 3);
        List<double[]> small = new ArrayList<>();
        slow.run(DIGITS, x -> small.add(x.clone()));
        double[] start = network().weights();
        for (int i = 0; i < start.length; i++) {
            assertThat(weights.get(0)[i] - start[i]).isCloseTo(100.0 * (small.get(0)[i] - start[i]), within(2e-5));
        }
    }

    private static Training training(Sgd sgd, long seed) {
        return Training.of(network(), sgd, DIGITS, Seed.of(seed));
    }

    private static Training resume(Sgd sgd, long seed, byte[] saved) throws IOException {
        return Training.resume(network(), sgd, DIGITS, Seed.of(seed), new ByteArrayInputStream(saved));
    }

    private static Network network() {
        Architecture architecture = Architectures.tinyFc();
        return Network.initialised(architecture, Seed.of(5));
    }
}
