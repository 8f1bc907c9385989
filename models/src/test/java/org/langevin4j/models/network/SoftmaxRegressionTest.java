package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.models.data.GeneratedDigits;

class SoftmaxRegressionTest {

    private static final DataSet DIGITS = GeneratedDigits.of(300, Seed.of(5));

    @Test
    void startsWithEqualProbabilities() {
        SoftmaxRegression zero = SoftmaxRegression.zero(49, 5);
        assertThat(zero.dimension()).isEqualTo(250);
        assertThat(zero.loss(DIGITS)).isCloseTo(Math.log(5), within(1e-14));
    }

    /** Each sample's loss, written once more for automatic differentiation, weights in the stated order. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.3})
    void gradientsAgreeWithAutomaticDifferentiation(double weightDecay) {
        DataSet data = GeneratedDigits.of(10, Seed.of(1));
        SoftmaxRegression network = randomNetwork().withWeightDecay(weightDecay);
        double[][] gradients = network.perSampleGradients(data);
        double[] mean = new double[250];
        double loss = 0.0;
        for (int n = 0; n < data.size(); n++) {
            double[] input = data.inputs()[n];
            int label = data.labels()[n];
            Potential sample = Potential.automatic(w -> {
                Gradient sum = w[0].newInstance(0.0);
                Gradient own = sum;
                for (int k = 0; k < 5; k++) {
                    Gradient logit = w[245 + k];
                    for (int j = 0; j < 49; j++) {
                        logit = logit.add(w[49 * k + j].multiply(input[j]));
                    }
                    sum = sum.add(logit.exp());
                    own = k == label ? logit : own;
                }
                Gradient square = w[0].newInstance(0.0);
                for (Gradient weight : w) {
                    square = square.add(weight.multiply(weight));
                }
                return sum.log().subtract(own).add(square.multiply(weightDecay / 2));
            });
            double[] expected = new double[250];
            sample.gradient(network.weights(), expected);
            assertThat(gradients[n]).containsExactly(expected, within(1e-13));
            loss += sample.at(network.weights()) / data.size();
            for (int i = 0; i < 250; i++) {
                mean[i] += expected[i] / data.size();
            }
        }
        assertThat(network.gradient(data)).containsExactly(mean, within(1e-13));
        assertThat(network.loss(data)).isCloseTo(loss, within(1e-12));
    }

    /** A small network against second-order automatic differentiation. */
    @Test
    void hessianAgreesWithAutomaticDifferentiation() {
        double[][] inputs = {{0.3, -1.2}, {1.5, 0.4}, {-0.7, 0.9}};
        int[] labels = {0, 2, 1};
        DataSet data = DataSet.of(inputs, labels, 3);
        double[] weights = {0.1, -0.5, 0.7, 0.2, -0.3, 0.9, 0.4, -0.2, 0.6};
        double weightDecay = 0.05;
        SoftmaxRegression network =
                SoftmaxRegression.zero(2, 3).withWeights(weights).withWeightDecay(weightDecay);

        DSFactory factory = new DSFactory(9, 2);
        DerivativeStructure loss = factory.constant(0.0);
        DerivativeStructure[] w = new DerivativeStructure[9];
        for (int i = 0; i < 9; i++) {
            w[i] = factory.variable(i, weights[i]);
            loss = loss.add(w[i].multiply(w[i]).multiply(weightDecay / 2));
        }
        for (int n = 0; n < 3; n++) {
            DerivativeStructure sum = factory.constant(0.0);
            DerivativeStructure own = sum;
            for (int k = 0; k < 3; k++) {
                DerivativeStructure logit =
                        w[6 + k].add(w[2 * k].multiply(inputs[n][0])).add(w[2 * k + 1].multiply(inputs[n][1]));
                sum = sum.add(logit.exp());
                own = k == labels[n] ? logit : own;
            }
            loss = loss.add(sum.log().subtract(own).divide(3));
        }

        RealMatrix hessian = network.hessian(data);
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < 9; j++) {
                int[] orders = new int[9];
                orders[i]++;
                orders[j]++;
                assertThat(hessian.getEntry(i, j)).isCloseTo(loss.getPartialDerivative(orders), within(1e-14));
            }
        }
    }

    @Test
    void hessianOfTheDigitsAgreesWithCentralDifferences() {
        SoftmaxRegression network = randomNetwork();
        RealMatrix hessian = network.hessian(DIGITS);
        double[] weights = network.weights();
        double h = 1e-5;
        for (int j = 0; j < 250; j += 27) {
            double[] right = weights.clone();
            double[] left = weights.clone();
            right[j] += h;
            left[j] -= h;
            double[] above = network.withWeights(right).gradient(DIGITS);
            double[] below = network.withWeights(left).gradient(DIGITS);
            for (int i = 0; i < 250; i++) {
                // Error h²/6 times the third derivative, and rounding 10⁻¹⁶/h.
                assertThat(hessian.getEntry(i, j)).isCloseTo((above[i] - below[i]) / (2 * h), within(1e-8));
            }
        }
    }

    @Test
    void learnsTheDigitsAndKeepsItsNoise() {
        DataSet unseen = GeneratedDigits.of(300, Seed.of(6));
        SoftmaxRegression trained = SoftmaxRegression.zero(49, 5).trainedByGradientDescent(DIGITS, 0.5, 200);

        assertThat(trained.accuracy(DIGITS)).isGreaterThan(0.9);
        assertThat(trained.accuracy(unseen)).isGreaterThan(0.9).isLessThan(1.0);
        assertThat(trained.loss(DIGITS)).isGreaterThan(0.02);
        MeasuredDiffusion diffusion =
                MeasuredDiffusion.from(trained.perSampleGradients(DIGITS), Sampling.WITH_REPLACEMENT);
        assertThat(diffusion.trace()).isGreaterThan(0.1);
        // The rows p − e_y of a gradient add up to zero over the classes: 4 × 50 directions are left.
        assertThat(diffusion.spectrum().rank(MatrixSpectrum.FLOAT64_EPSILON)).isEqualTo(200);
        assertThat(diffusion.spectrum().participationRatio()).isBetween(3.0, 100.0);
    }

    @Test
    void weightDecayDoesNotEnterTheDiffusion() {
        SoftmaxRegression network = randomNetwork();
        double without = MeasuredDiffusion.from(network.perSampleGradients(DIGITS), Sampling.WITH_REPLACEMENT)
                .trace();
        double with = MeasuredDiffusion.from(
                        network.withWeightDecay(0.5).perSampleGradients(DIGITS), Sampling.WITH_REPLACEMENT)
                .trace();
        assertThat(with).isCloseTo(without, within(1e-12 * without));
    }

    /** With weight decay the loss is strictly convex: the minimum is where the gradient vanishes. */
    @Test
    void gradientDescentFindsTheMinimum() {
        SoftmaxRegression trained =
                SoftmaxRegression.zero(49, 5).withWeightDecay(0.2).trainedByGradientDescent(DIGITS, 0.2, 1000);
        assertThat(trained.gradient(DIGITS)).containsExactly(new double[250], within(1e-13));
    }

    @Test
    void stochasticGradientDescentLearnsAndRepeats() {
        SoftmaxRegression zero = SoftmaxRegression.zero(49, 5);
        SoftmaxRegression trained = zero.trainedBySgd(DIGITS, 0.1, 10, 500, Seed.of(9));
        assertThat(trained.accuracy(DIGITS)).isGreaterThan(0.9);
        assertThat(zero.trainedBySgd(DIGITS, 0.1, 10, 500, Seed.of(9)).weights())
                .isEqualTo(trained.weights());
        assertThat(zero.trainedBySgd(DIGITS, 0.1, 10, 500, Seed.of(10)).weights())
                .isNotEqualTo(trained.weights());
    }

    /** One step of size 1 from one place moves by −∇f_b: mean ∇f and total variance tr D/b (Definition 1). */
    @Test
    void miniBatchesHaveTheMeanAndVarianceOfD() {
        SoftmaxRegression network = randomNetwork();
        int batchSize = 4;
        int draws = 2000;
        MeasuredDiffusion diffusion =
                MeasuredDiffusion.from(network.perSampleGradients(DIGITS), Sampling.WITH_REPLACEMENT);
        double[] start = network.weights();
        double[] mean = diffusion.meanGradient();
        double[] average = new double[250];
        double sum = 0.0;
        double squares = 0.0;
        for (int draw = 0; draw < draws; draw++) {
            double[] end = network.trainedBySgd(DIGITS, 1.0, batchSize, 1, Seed.of(draw))
                    .weights();
            double distance = 0.0;
            for (int i = 0; i < 250; i++) {
                double noise = start[i] - end[i] - mean[i];
                average[i] += noise / draws;
                distance += noise * noise;
            }
            sum += distance;
            squares += distance * distance;
        }
        double variance = sum / draws;
        double standardError = Math.sqrt((squares / draws - variance * variance) / draws);
        assertThat(variance).isCloseTo(diffusion.trace() / batchSize, within(4 * standardError));
        // E|average|² = tr D/(b·draws).
        double bias = 0.0;
        for (double a : average) {
            bias += a * a;
        }
        assertThat(bias).isLessThan(4 * diffusion.trace() / (batchSize * draws));
    }

    @Test
    void largeLogitsDoNotOverflow() {
        DataSet data = DataSet.of(new double[][] {{1000}, {-1000}}, new int[] {0, 0}, 2);
        SoftmaxRegression network = SoftmaxRegression.zero(1, 2).withWeights(1, -1, 0, 0);
        assertThat(network.loss(data)).isCloseTo(1000, within(1e-9));
        assertThat(network.gradient(data)).containsExactly(new double[] {500, -500, -0.5, 0.5}, within(1e-9));
    }

    @Test
    void refusesWhatDoesNotFit() {
        SoftmaxRegression network = SoftmaxRegression.zero(48, 5);
        assertThatThrownBy(() -> network.loss(DIGITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data must have 48 features and 5 classes, got 49 and 5");
        assertThatThrownBy(() -> SoftmaxRegression.zero(0, 5)).hasMessage("features must be at least 1, got 0");
        assertThatThrownBy(() -> SoftmaxRegression.zero(3, 1)).hasMessage("classes must be at least 2, got 1");
        assertThatThrownBy(() -> network.withWeights(1, 2)).hasMessage("weights must number 245, got 2");
        assertThatThrownBy(() -> network.withWeightDecay(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> network.trainedByGradientDescent(DIGITS, Double.NaN, 1))
                .hasMessage("learningRate must be positive and finite, got NaN");
        assertThatThrownBy(() -> network.trainedByGradientDescent(DIGITS, 1, -1))
                .hasMessage("steps must not be negative, got -1");
        assertThatThrownBy(() -> SoftmaxRegression.zero(49, 5).trainedBySgd(DIGITS, 1, 0, 1, Seed.of(1)))
                .hasMessage("batchSize must be at least 1, got 0");
    }

    private static SoftmaxRegression randomNetwork() {
        double[] weights = new double[250];
        for (int i = 0; i < 250; i++) {
            weights[i] = 0.2 * NormalStream.of(Seed.of(77)).at(0, 0, i);
        }
        return SoftmaxRegression.zero(49, 5).withWeights(weights);
    }
}
