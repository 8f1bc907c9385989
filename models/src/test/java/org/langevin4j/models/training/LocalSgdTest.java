package org.langevin4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Layer;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.Shape;

class LocalSgdTest {

    private static DataSet data(int samples) {
        Random random = new Random(13);
        double[][] inputs = new double[samples][4];
        int[] labels = new int[samples];
        for (int n = 0; n < samples; n++) {
            Arrays.setAll(inputs[n], j -> random.nextGaussian());
            labels[n] = random.nextInt(3);
        }
        return DataSet.of(inputs, labels, 3);
    }

    /** Without normalisation training mode is evaluation mode, but for the network's single precision: exact Hessian, exact D times (N − b)/(N − 1). */
    @Test
    void softmaxRegressionHasItsHessianAndItsNoise() {
        Architecture linear = Architecture.of(Shape.vector(4), new Layer.Dense(3));
        Network network = Network.initialised(linear, Seed.of(3));
        DataSet data = data(40);
        LocalSgd local = LocalSgd.at(linear, network.weights(), data);
        RealMatrix exact = network.hessian(data);
        Eigenpairs pairs = LinearAlgebra.pureJava().symmetricEigen(exact);
        Eigenpairs found = local.leading(4);
        for (int k = 0; k < 4; k++) {
            assertThat(found.value(k)).isCloseTo(pairs.value(k), within(1e-3 * pairs.value(0)));
        }
        double[] v = pairs.vector(0);
        assertThat(Vectors.distance(local.hessianTimes(new double[][] {v})[0], exact.operate(v)))
                .isLessThan(1e-6);
        assertThat(Vectors.distance(local.gradient(), network.gradient(data))).isLessThan(1e-6);
        double d = Vectors.dot(
                v,
                MeasuredDiffusion.from(network.perSampleGradients(data))
                        .toMatrix()
                        .operate(v));
        RunningMoments squares = new RunningMoments(1);
        for (double[] g : local.noise(8, 4000, Seed.of(4))) {
            squares.add(8.0 * Vectors.dot(g, v) * Vectors.dot(g, v));
        }
        assertThat(squares.mean(0)).isCloseTo(d * (40.0 - 8.0) / 39.0, within(4.0 * squares.standardError(0)));
        assertThat(squares.standardError(0)).isLessThan(0.03 * d);
    }

    /** Weights before a normalisation have no scale: ∇f·v = 0 and Fv = −∇f on them, nothing elsewhere; evaluation mode knows nothing of it. */
    @Test
    void weightsBeforeANormalisationHaveNoScale() {
        Architecture normalised = Architecture.of(
                Shape.vector(4), new Layer.Dense(6), new Layer.BatchNorm(), new Layer.Relu(), new Layer.Dense(3));
        Network network = Network.initialised(normalised, Seed.of(5));
        // Units of any size, so that the ε of the normalisation is nothing.
        double[] weights = Vectors.scaled(network.weights(), 30.0);
        int first = 4 * 6 + 6;
        double[] v = Arrays.copyOf(Arrays.copyOf(weights, first), weights.length);
        LocalSgd local = LocalSgd.at(normalised, weights, data(200));
        double[] gradient = local.gradient();
        double[] product = local.hessianTimes(new double[][] {v})[0];
        double size = Vectors.norm(Arrays.copyOf(gradient, first));
        assertThat(Vectors.dot(gradient, v)).isCloseTo(0.0, within(1e-4 * size * Vectors.norm(v)));
        for (int i = 0; i < weights.length; i++) {
            assertThat(product[i]).isCloseTo(i < first ? -gradient[i] : 0.0, within(2e-3 * size));
        }
        assertThat(size).isGreaterThan(1e-6);
    }
}
