package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.linear.LeadingEigenpairs;
import org.langevin4j.core.sde.Diffusion;

/** D(x) without matrices, against that of single gradients. */
class NetworkDiffusionTest {

    private static final Architecture SMALL = Architecture.of(
            Shape.vector(3), new Layer.Dense(4), new Layer.BatchNorm(), new Layer.Relu(), new Layer.Dense(3));

    @ParameterizedTest
    @MethodSource("org.langevin4j.models.network.NetworkTest#architectures")
    void gradientProductsAreThoseOfTheGradients(Architecture architecture) {
        Network network = NetworkTest.network(architecture).in(Precision.DOUBLE);
        DataSet data = NetworkTest.data(architecture, 83);
        double[] v = new Random(3).doubles(network.dimension(), -1.0, 1.0).toArray();
        double[] expected = MatrixUtils.createRealMatrix(
                        network.perSampleGradients(data).toRows())
                .operate(v);
        assertThat(network.gradientProducts(data, v)).containsExactly(expected, within(1e-12));
        double[] single = network.in(Precision.SINGLE).gradientProducts(data, v);
        assertThat(single).containsExactly(expected, within(1e-4));
    }

    @ParameterizedTest
    @EnumSource(Sampling.class)
    void isTheMeasuredOneAtEachPoint(Sampling sampling) {
        Network network = NetworkTest.network(SMALL).in(Precision.DOUBLE);
        DataSet data = NetworkTest.data(SMALL, 37);
        Diffusion diffusion = network.diffusion(data, sampling);
        double[] x = new Random(8).doubles(network.dimension(), -1.0, 1.0).toArray();
        int d = diffusion.dimension();
        int m = diffusion.noiseDimension();
        PerSampleGradients gradients = network.withWeights(x).perSampleGradients(data);
        RealMatrix expected =
                MeasuredDiffusion.from(gradients.toRows(), sampling).toMatrix();
        assertThat(MeasuredDiffusion.from(gradients, sampling)
                        .toMatrix()
                        .subtract(expected)
                        .getFrobeniusNorm())
                .isLessThan(1e-14);
        RealMatrix entries = MatrixUtils.createRealMatrix(d, d);
        RealMatrix factor = MatrixUtils.createRealMatrix(d, m);
        double[] out = new double[d];
        double[] unit = new double[d];
        double[] noise = new double[m];
        for (int j = 0; j < d; j++) {
            unit[j] = 1.0;
            diffusion.times(x, unit, out);
            unit[j] = 0.0;
            entries.setColumn(j, out);
        }
        for (int k = 0; k < m; k++) {
            noise[k] = 1.0;
            diffusion.factorTimes(x, noise, out);
            noise[k] = 0.0;
            factor.setColumn(k, out);
        }
        assertThat(entries.subtract(expected).getFrobeniusNorm()).isLessThan(1e-14);
        assertThat(factor.multiplyTransposed(factor).subtract(expected).getFrobeniusNorm())
                .isLessThan(1e-14);
        assertThat(diffusion.isConstant()).isFalse();
        assertThat(diffusion.structure()).isEqualTo(Diffusion.Structure.FULL);
    }

    /** ∇·D and Σ Bⱼₖ∂ⱼBᵢₖ against central differences of D and B. */
    @ParameterizedTest
    @EnumSource(Sampling.class)
    void derivativesAreThoseOfTheEntries(Sampling sampling) {
        Network network = NetworkTest.network(SMALL).in(Precision.DOUBLE);
        Diffusion diffusion = network.diffusion(NetworkTest.data(SMALL, 19), sampling);
        double[] x = network.weights();
        int d = diffusion.dimension();
        int m = diffusion.noiseDimension();
        double h = 1e-6;
        double[] divergence = new double[d];
        double[] drift = new double[d];
        double[] up = new double[d];
        double[] down = new double[d];
        double[] along = new double[d];
        double[] noise = new double[m];
        for (int j = 0; j < d; j++) {
            double[] unit = new double[d];
            unit[j] = 1.0;
            diffusion.times(moved(x, unit, h), unit, up);
            diffusion.times(moved(x, unit, -h), unit, down);
            for (int i = 0; i < d; i++) {
                divergence[i] += (up[i] - down[i]) / (2.0 * h);
            }
        }
        for (int k = 0; k < m; k++) {
            noise[k] = 1.0;
            diffusion.factorTimes(x, noise, along);
            diffusion.factorTimes(moved(x, along, h), noise, up);
            diffusion.factorTimes(moved(x, along, -h), noise, down);
            noise[k] = 0.0;
            for (int i = 0; i < d; i++) {
                drift[i] += (up[i] - down[i]) / (2.0 * h);
            }
        }
        double[] out = new double[d];
        diffusion.divergence(x, out);
        assertThat(out).containsExactly(divergence, within(1e-8));
        diffusion.noiseInducedDrift().orElseThrow().at(x, out);
        assertThat(out).containsExactly(drift, within(1e-8));
    }

    private static double[] moved(double[] x, double[] v, double h) {
        double[] moved = x.clone();
        Arrays.setAll(moved, i -> x[i] + h * v[i]);
        return moved;
    }

    /** A dense layer alone is softmax regression, whose gradients are known in closed form. */
    @Test
    void oneDenseLayerIsSoftmaxRegression() {
        Architecture architecture = Architecture.of(Shape.vector(7), new Layer.Dense(3));
        DataSet data = NetworkTest.data(architecture, 60);
        Network network = NetworkTest.network(architecture).in(Precision.DOUBLE);
        SoftmaxRegression regression = SoftmaxRegression.zero(7, 3).withWeights(network.weights());
        MeasuredDiffusion expected =
                MeasuredDiffusion.from(regression.perSampleGradients(data), Sampling.WITH_REPLACEMENT);
        MeasuredDiffusion measured = MeasuredDiffusion.from(network.perSampleGradients(data));
        assertThat(measured.toMatrix().subtract(expected.toMatrix()).getFrobeniusNorm())
                .isLessThan(1e-14);
        assertThat(measured.relativeDistance(expected)).isLessThan(1e-13);
        assertThat(measured.meanGradient()).containsExactly(regression.gradient(data), within(1e-15));
        Potential loss = network.loss(data);
        assertThat(loss.at(network.weights())).isCloseTo(regression.loss(data), within(1e-14));
        double[] gradient = new double[24];
        loss.gradient(network.weights(), gradient);
        assertThat(gradient).containsExactly(regression.gradient(data), within(1e-15));
    }

    /** Leading pairs from weighted passes alone. */
    @Test
    void leadingPairsWithoutMatrices() {
        Architecture architecture = Architectures.tinyFc();
        DataSet data = NetworkTest.data(architecture, 200);
        Network network = NetworkTest.network(architecture).in(Precision.DOUBLE);
        Diffusion diffusion = network.diffusion(data, Sampling.WITH_REPLACEMENT);
        double[] x = network.weights();
        LeadingEigenpairs found = LeadingEigenpairs.of(
                network.dimension(),
                vectors -> {
                    double[][] products = new double[vectors.length][network.dimension()];
                    for (int j = 0; j < vectors.length; j++) {
                        diffusion.times(x, vectors[j], products[j]);
                    }
                    return products;
                },
                4,
                1e-8,
                200);
        MeasuredDiffusion measured = MeasuredDiffusion.from(network.perSampleGradients(data));
        double[] expected = Arrays.copyOf(measured.spectrum().eigenvalues(), 4);
        assertThat(found.pairs().values()).containsExactly(expected, within(1e-12 * expected[0]));
    }

    @Test
    void oneSampleHasNoNoise() {
        Network network = NetworkTest.network(SMALL);
        DataSet one = NetworkTest.data(SMALL, 1);
        assertThatThrownBy(() -> network.diffusion(one, Sampling.WITH_REPLACEMENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("samples must be at least 2, got 1");
    }
}
