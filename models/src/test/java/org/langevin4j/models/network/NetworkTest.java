package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.random.Seed;

class NetworkTest {

    /** All kinds of layers, windows over the edge, pixels that pooling leaves out, channels that are no multiples of eight. */
    static Stream<Architecture> architectures() {
        return Stream.of(
                Architecture.of(Shape.vector(7), new Layer.Dense(3)),
                Architecture.of(
                        Shape.vector(5),
                        new Layer.Dense(9),
                        new Layer.BatchNorm(),
                        new Layer.Relu(),
                        new Layer.Dropout(0.3),
                        new Layer.Dense(4)),
                Architecture.of(
                        new Shape(2, 8, 7),
                        new Layer.Convolution(3, 3, 1, 1),
                        new Layer.BatchNorm(),
                        new Layer.Relu(),
                        new Layer.MaxPool(2),
                        new Layer.Dropout(0.2),
                        new Layer.Convolution(5, 2, 1, 0),
                        new Layer.MaxPool(2),
                        new Layer.Relu(),
                        new Layer.Dense(3)),
                Architecture.of(
                        new Shape(1, 7, 9),
                        new Layer.Relu(),
                        new Layer.Convolution(4, 3, 2, 1),
                        new Layer.Relu(),
                        new Layer.Convolution(3, 3, 2, 2),
                        new Layer.BatchNorm(),
                        new Layer.AveragePool()));
    }

    @Test
    void numbersOfWeightsAreThoseOfThePaper() {
        assertThat(Architectures.tinyFc().dimension()).isEqualTo(917);
        assertThat(Architectures.smallFc().dimension()).isEqualTo(3978);
        assertThat(Architectures.smallFcTwoHidden().dimension()).isEqualTo(8266);
        assertThat(Architectures.smallLenet().dimension()).isEqualTo(13_338);
        assertThat(Architectures.smallAllcnn(10).dimension()).isEqualTo(26_982);
        assertThat(Architectures.byName("small-allcnn-100").dimension()).isEqualTo(29_412);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void gradientsAreThoseOfTheLoss(Architecture architecture) {
        Network network = network(architecture).in(Precision.DOUBLE);
        DataSet data = data(architecture, 37);
        double[] gradient = network.gradient(data);
        double[] x = network.weights();
        for (int i = 0; i < x.length; i++) {
            double slope = slope(network, data, i, 1e-6);
            assertThat(gradient[i]).as("weight %d", i).isCloseTo(slope, within(1e-8));
        }
    }

    private static double slope(Network network, DataSet data, int i, double h) {
        double[] up = network.weights();
        double[] down = network.weights();
        up[i] += h;
        down[i] -= h;
        return (network.withWeights(up).score(data).loss()
                        - network.withWeights(down).score(data).loss())
                / (2.0 * h);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void gradientsOfSamplesAddUp(Architecture architecture) {
        DataSet data = data(architecture, 83);
        for (Precision precision : Precision.values()) {
            Network network = network(architecture).in(precision);
            double[][] each = network.perSampleGradients(data).toRows();
            double[] factors = new Random(3).doubles(data.size(), -1.0, 2.0).toArray();
            double[] sum = new double[network.dimension()];
            double largest = 0.0;
            for (int k = 0; k < each.length; k++) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += factors[k] * each[k][i];
                    largest = Math.max(largest, Math.abs(each[k][i]));
                }
            }
            assertThat(network.weightedGradient(data, factors))
                    .usingComparatorWithPrecision(largest * (precision == Precision.SINGLE ? 2e-5 : 1e-13))
                    .containsExactly(sum);
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void aSampleAloneHasItsOwnGradient(Architecture architecture) {
        Network network = network(architecture).in(Precision.DOUBLE);
        DataSet data = data(architecture, 21);
        double[][] each = network.perSampleGradients(data).toRows();
        DataSet last = DataSet.of(new double[][] {data.inputs()[20]}, new int[] {data.labels()[20]}, data.classes());
        assertThat(network.gradient(last)).isEqualTo(each[20]);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void theHessianIsTheSlopeOfTheGradient(Architecture architecture) {
        Network network = network(architecture).in(Precision.DOUBLE);
        DataSet data = data(architecture, 19);
        double[] v = new Random(5).doubles(network.dimension(), -1.0, 1.0).toArray();
        double[] product = network.hessianTimes(data, v);
        double h = 1e-6;
        double[] x = network.weights();
        double[] up = x.clone();
        double[] down = x.clone();
        for (int i = 0; i < v.length; i++) {
            up[i] += h * v[i];
            down[i] -= h * v[i];
        }
        double[] above = network.withWeights(up).gradient(data);
        double[] below = network.withWeights(down).gradient(data);
        for (int i = 0; i < v.length; i++) {
            assertThat(product[i]).as("weight %d", i).isCloseTo((above[i] - below[i]) / (2.0 * h), within(1e-7));
        }
    }

    @Test
    void theHessianIsSymmetricByItself() {
        Architecture architecture = architectures().toList().get(1);
        Network network = network(architecture).in(Precision.DOUBLE);
        DataSet data = data(architecture, 40);
        RealMatrix hessian = network.hessian(data);
        double[] unit = new double[network.dimension()];
        unit[3] = 1.0;
        assertThat(network.hessianTimes(data, unit))
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(hessian.getColumn(3));
    }

    /** The same network written out with numbers that carry their derivatives. */
    @Test
    void agreesWithAutomaticDifferentiation() {
        Architecture architecture = Architecture.of(
                Shape.vector(2), new Layer.Dense(3), new Layer.BatchNorm(), new Layer.Relu(), new Layer.Dense(2));
        Network network = network(architecture).in(Precision.DOUBLE);
        DataSet data = data(architecture, 1);
        double[] u = data.inputs()[0];
        int d = network.dimension();
        double[] w = network.weights();
        Gradient[] x = new Gradient[d];
        for (int i = 0; i < d; i++) {
            x[i] = Gradient.variable(d, i, w[i]);
        }
        Gradient[] hidden = new Gradient[3];
        for (int o = 0; o < 3; o++) {
            Gradient sum =
                    x[2 * o].multiply(u[0]).add(x[2 * o + 1].multiply(u[1])).add(x[6 + o]);
            double deviation = Math.sqrt(network.variances()[0][o] + 1e-5);
            Gradient normal = sum.subtract(network.means()[0][o]).divide(deviation);
            Gradient y = normal.multiply(x[9 + o]).add(x[12 + o]);
            hidden[o] = y.getValue() > 0.0 ? y : y.getField().getZero();
        }
        Gradient[] logits = new Gradient[2];
        for (int o = 0; o < 2; o++) {
            logits[o] = x[21 + o];
            for (int i = 0; i < 3; i++) {
                logits[o] = logits[o].add(x[15 + 3 * o + i].multiply(hidden[i]));
            }
        }
        Gradient loss = logits[0].exp().add(logits[1].exp()).log().subtract(logits[data.labels()[0]]);
        assertThat(network.score(data).loss()).isCloseTo(loss.getValue(), within(1e-14));
        assertThat(network.gradient(data)).usingComparatorWithPrecision(1e-14).containsExactly(loss.getGradient());
    }

    /** One dense layer has its closed forms. */
    @Test
    void oneDenseLayerIsSoftmaxRegression() {
        Architecture architecture = architectures().toList().get(0);
        Network network = network(architecture).in(Precision.DOUBLE);
        DataSet data = data(architecture, 50);
        SoftmaxRegression closed = SoftmaxRegression.zero(7, 3).withWeights(network.weights());
        assertThat(network.score(data).loss()).isCloseTo(closed.loss(data), within(1e-14));
        assertThat(network.score(data).accuracy()).isEqualTo(closed.accuracy(data));
        assertThat(network.gradient(data)).usingComparatorWithPrecision(1e-14).containsExactly(closed.gradient(data));
        assertThat(network.hessian(data).subtract(closed.hessian(data)).getNorm1())
                .isLessThan(1e-13);
        assertThat(network.in(Precision.SINGLE).score(data).loss()).isCloseTo(closed.loss(data), within(1e-6));
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() throws Exception {
        Architecture architecture = architectures().toList().get(2);
        Network network = network(architecture);
        DataSet data = data(architecture, 300);
        double[] here = network.gradient(data);
        for (int threads : new int[] {1, 3}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                assertThat(pool.submit(() -> network.gradient(data)).get()).isEqualTo(here);
            } finally {
                pool.shutdown();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void trainingModeHasTheGradientOfTheMiniBatch(Architecture architecture) {
        Network network = network(architecture);
        DataSet data = data(architecture, 23);
        int[] chosen = new Random(7).ints(21, 0, 23).toArray();
        MiniBatchGradient batch = new MiniBatchGradient(architecture, Precision.DOUBLE, 32);
        double[] x = network.weights();
        double[] gradient = new double[x.length];
        batch.at(x, data, chosen, 2, 19, Seed.of(9), 4, gradient);
        double[] ignored = new double[x.length];
        double h = 1e-6;
        for (int i = 0; i < x.length; i++) {
            double[] moved = x.clone();
            moved[i] += h;
            double above = batch.at(moved, data, chosen, 2, 19, Seed.of(9), 4, ignored);
            moved[i] -= 2.0 * h;
            double below = batch.at(moved, data, chosen, 2, 19, Seed.of(9), 4, ignored);
            assertThat(gradient[i]).as("weight %d", i).isCloseTo((above - below) / (2.0 * h), within(1e-8));
        }
    }

    @Test
    void statisticsOfAMiniBatchAreThoseOfItsSamples() {
        Architecture architecture = Architecture.of(Shape.vector(3), new Layer.BatchNorm(), new Layer.Dense(2));
        DataSet data = data(architecture, 40);
        int[] chosen = {3, 1, 4, 15, 9, 2, 6, 5, 35, 8, 9, 7, 9, 32, 38, 4, 6, 26};
        MiniBatchGradient batch = new MiniBatchGradient(architecture, Precision.DOUBLE, 18);
        batch.at(
                network(architecture).weights(),
                data,
                chosen,
                1,
                17,
                Seed.of(1),
                0,
                new double[architecture.dimension()]);
        double[] values = new double[17];
        Arrays.setAll(values, k -> data.inputs()[chosen[1 + k]][1]);
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance =
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 17.0;
        assertThat(batch.mean(0, 1)).isCloseTo(mean, within(1e-14));
        assertThat(batch.variance(0, 1)).isCloseTo(variance, within(1e-14));
        assertThat(batch.count(0)).isEqualTo(17);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Network network = network(architectures().toList().get(0));
        DataSet other = DataSet.of(new double[][] {{1.0}}, new int[] {0}, 2);
        assertThatThrownBy(() -> network.score(other))
                .hasMessage("data must have 7 features and at most 3 classes, got 1 and 2");
        assertThatThrownBy(() -> network.withWeights(1.0)).hasMessage("weights must number 24, got 1");
        assertThatThrownBy(() -> Architecture.of(new Shape(1, 2, 2), new Layer.Convolution(1, 3, 1, 0)))
                .hasMessageContaining("larger than the image");
        assertThatThrownBy(() -> Architectures.byName("lenet"))
                .hasMessageContaining("there is no network \"lenet\", but tiny-fc, small-fc");
        double[] nan = new double[24];
        nan[5] = Double.NaN;
        assertThatThrownBy(() -> network.withWeights(nan)).hasMessage("weights must be finite, got [5] = NaN");
    }

    static Network network(Architecture architecture) {
        Random random = new Random(11);
        double[] weights = random.doubles(architecture.dimension(), -0.7, 0.7).toArray();
        int[] channels = architecture.normalisedChannels();
        double[][] means = new double[channels.length][];
        double[][] variances = new double[channels.length][];
        for (int i = 0; i < channels.length; i++) {
            means[i] = random.doubles(channels[i], -0.5, 0.5).toArray();
            variances[i] = random.doubles(channels[i], 0.2, 2.0).toArray();
        }
        return Network.of(architecture, weights).withStatistics(means, variances);
    }

    static DataSet data(Architecture architecture, int samples) {
        Random random = new Random(13);
        double[][] inputs = new double[samples][architecture.inputs().size()];
        int[] labels = new int[samples];
        for (int n = 0; n < samples; n++) {
            Arrays.setAll(inputs[n], j -> random.nextGaussian());
            labels[n] = random.nextInt(architecture.classes());
        }
        return DataSet.of(inputs, labels, architecture.classes());
    }
}
