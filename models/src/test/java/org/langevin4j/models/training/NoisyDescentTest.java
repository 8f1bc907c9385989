package org.langevin4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.data.GeneratedDigits;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Layer;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.Precision;
import org.langevin4j.models.network.Sampling;
import org.langevin4j.models.network.Shape;

class NoisyDescentTest {

    private static final DataSet DIGITS = GeneratedDigits.of(200, Seed.of(1));

    private static final Network START =
            Network.initialised(Architectures.tinyFc(), Seed.of(2)).in(Precision.DOUBLE);

    private static final double RATE = 0.05;

    private static final int BATCH = 50;

    private static final Sgd SGD = Sgd.withRate(RATE).momentum(0.0, false).batches(BATCH, Batches.WITH_REPLACEMENT);

    private static double[][] path(GradientNoise noise, Sgd sgd, int epochs) {
        NoisyDescent descent = NoisyDescent.of(START, sgd, DIGITS, noise, Seed.of(3));
        List<double[]> path = new ArrayList<>();
        while (descent.epoch() < epochs) {
            descent.run(x -> path.add(x.clone()));
        }
        return path.toArray(new double[0][]);
    }

    private static void assertNear(double[] x, double[] y, double most) {
        assertThat(Vectors.distance(x, y)).isLessThan(most);
    }

    @Test
    void withoutNoiseIsGradientDescent() {
        double[] x = START.weights();
        for (double[] seen : path(GradientNoise.none(), SGD, 2)) {
            x = Vectors.moved(x, START.withWeights(x).gradient(DIGITS), -RATE);
            assertNear(seen, x, 1e-12);
        }
    }

    /** Without batch normalisation training mode is evaluation mode. */
    @Test
    void miniBatchesAreThoseOfTraining() {
        Architecture plain = Architecture.of(
                Shape.vector(49), new Layer.Dense(8), new Layer.Relu(), new Layer.Dense(DIGITS.classes()));
        Network start = Network.initialised(plain, Seed.of(5)).in(Precision.DOUBLE);
        for (Batches batches : Batches.values()) {
            Sgd sgd = Sgd.withRate(RATE).batches(48, batches);
            Training training = Training.of(start, sgd, DIGITS, Seed.of(6));
            NoisyDescent descent = NoisyDescent.of(
                    start, sgd, DIGITS, GradientNoise.miniBatches(), Seed.of(6).derive(0));
            for (int epoch = 0; epoch < 3; epoch++) {
                training.run();
                descent.run();
            }
            assertNear(descent.network().weights(), training.network().weights(), 1e-10);
        }
    }

    /** The noise of one step against D from the gradients themselves: its variance along eigenvectors, and their covariance. */
    @Test
    void exactNoiseHasTheCovarianceOfMiniBatches() {
        MeasuredDiffusion d = MeasuredDiffusion.from(START.perSampleGradients(DIGITS));
        Eigenpairs strongest = d.leadingEigenpairs(3);
        double[] still = Vectors.moved(START.weights(), START.gradient(DIGITS), -RATE);
        int runs = 1000;
        Sgd one = SGD.batches(200, Batches.WITH_REPLACEMENT);
        RunningMoments seen = new RunningMoments(3);
        for (int run = 0; run < runs; run++) {
            NoisyDescent descent = NoisyDescent.of(START, one, DIGITS, GradientNoise.exact(), Seed.of(100 + run));
            descent.run();
            double[] noise = Vectors.difference(descent.network().weights(), still);
            seen.add(
                    Vectors.dot(strongest.vector(0), noise),
                    Vectors.dot(strongest.vector(1), noise),
                    Vectors.dot(strongest.vector(2), noise));
        }
        for (int i = 0; i < 3; i++) {
            double variance = RATE * RATE / 200 * strongest.value(i);
            assertThat(seen.mean(i)).isCloseTo(0.0, within(4 * Math.sqrt(variance / runs)));
            assertThat(seen.variance(i) / variance).isCloseTo(1.0, within(4 * Math.sqrt(2.0 / runs)));
            double next = RATE * RATE / 200 * strongest.value((i + 1) % 3);
            assertThat(seen.covariance(i, (i + 1) % 3) / Math.sqrt(variance * next))
                    .isCloseTo(0.0, within(4 / Math.sqrt(runs)));
        }
    }

    /** One weighted sum is the two of drift and factor. */
    @Test
    void exactNoiseIsThatOfTheDiffusion() {
        double[][] exact = path(GradientNoise.exact(), SGD, 3);
        double[][] other = path(GradientNoise.of(START.diffusion(DIGITS, Sampling.WITH_REPLACEMENT)), SGD, 3);
        assertNear(exact[11], other[11], 1e-10);
        assertThat(exact).hasDimensions(12, 917);
    }

    /** D kept is the factor made of the gradients of the start; there are fewer samples than weights, so that it has the same noises. */
    @Test
    void keptNoiseIsThatOfMeasuredGradients() {
        double[][] kept = path(GradientNoise.refreshed(5), SGD, 3);
        double[][] frozen = path(GradientNoise.of(MeasuredDiffusion.from(START.perSampleGradients(DIGITS))), SGD, 3);
        double[][] exact = path(GradientNoise.exact(), SGD, 3);
        assertNear(kept[11], frozen[11], 1e-9);
        assertNear(kept[0], exact[0], 1e-12);
        assertThat(Vectors.distance(kept[11], exact[11])).isGreaterThan(1e-4);
        assertNear(path(GradientNoise.refreshed(2), SGD, 2)[7], kept[7], 1e-12);
        assertThat(path(GradientNoise.refreshed(1), SGD, 2)[7]).isNotEqualTo(kept[7]);
    }

    /** v ← μv + g, x ← x − η(g + μv). */
    @Test
    void momentumIsThatOfTheMethod() {
        Sgd nesterov = Sgd.withRate(RATE).batches(200, Batches.SHUFFLED);
        double[] x = START.weights();
        double[] v = new double[x.length];
        for (double[] seen : path(GradientNoise.none(), nesterov, 3)) {
            double[] g = START.withWeights(x).gradient(DIGITS);
            v = Vectors.moved(g, v, 0.9);
            x = Vectors.moved(Vectors.moved(x, g, -RATE), v, -RATE * 0.9);
            assertNear(seen, x, 1e-12);
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> GradientNoise.refreshed(0)).hasMessageContaining("epochs must be at least 1");
        assertThatThrownBy(() -> path(GradientNoise.of(Diffusion.isotropic(3, 1.0)), SGD, 1))
                .hasMessageContaining("dimension of the network");
        assertThatThrownBy(() -> NoisyDescent.of(START, Sgd.withRate(1e300), DIGITS, GradientNoise.exact(), Seed.of(1))
                        .run())
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> DIGITS.at()).hasMessageContaining("at least one");
        assertThatThrownBy(() -> DIGITS.at(200)).hasMessageContaining("[0, 200)");
    }
}
