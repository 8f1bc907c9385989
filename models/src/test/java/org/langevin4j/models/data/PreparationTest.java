package org.langevin4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Shape;

class PreparationTest {

    private static DataSet data(float[]... inputs) {
        return DataSet.ofSingles(inputs, new int[inputs.length], 2);
    }

    /** Normal numbers, correlated from pixel to pixel. */
    private static DataSet random(int samples, int features, long seed) {
        NormalStream normals = NormalStream.of(Seed.of(seed));
        float[][] inputs = new float[samples][features];
        for (int n = 0; n < samples; n++) {
            for (int j = 0; j < features; j++) {
                double before = j == 0 ? 0.0 : inputs[n][j - 1];
                inputs[n][j] = (float) (0.9 * before + normals.at(n, 0, j) + 0.1 * j);
            }
        }
        return data(inputs);
    }

    @Test
    void averagesSquares() {
        float[] image = {
            1, 3, 0, 0, 10, 20,
            5, 7, 0, 4, 30, 40,
            // second channel
            -1, -1, 8, 8, 0, 1,
            -1, -1, 8, 8, 0, 1
        };
        DataSet averaged = Preparation.averaged(data(image), new Shape(2, 2, 6), 2);
        assertThat(averaged.single(0)).containsExactly(4, 1, 25, -1, 8, 0.5f);
        assertThat(Preparation.averaged(data(image), new Shape(2, 2, 6), 1).single(0))
                .containsExactly(image);
        assertThatThrownBy(() -> Preparation.averaged(data(image), new Shape(2, 2, 6), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("edge must divide 2 and 6, got 3");
        assertThatThrownBy(() -> Preparation.averaged(data(image), new Shape(1, 2, 6), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data must have the 12 features of 1×2×6, got 24");
    }

    @Test
    void makesPhotographsOfGreyImages() {
        DataSet coloured = Preparation.coloured(data(new float[] {1, 2}), new Shape(1, 1, 2), 1);
        float[] plane = {0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0};
        float[] all = coloured.single(0);
        assertThat(all).hasSize(36);
        for (int c = 0; c < 3; c++) {
            assertThat(Arrays.copyOfRange(all, 12 * c, 12 * c + 12)).containsExactly(plane);
        }
        assertThatThrownBy(() -> Preparation.coloured(data(new float[] {1, 2, 3, 4}), new Shape(2, 1, 2), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images must be grey and the border not negative, got 2×1×2 and 1");
    }

    /** What becomes of an image is the same for brighter ones and ones of more contrast. */
    @Test
    void normalisesContrast() {
        DataSet normalised = Preparation.contrastNormalised(data(
                new float[] {1, 1, 3, 3}, new float[] {5, 5, 6, 6}, new float[] {0.3f, 0.3f, 0.3f, 0.3f}, new float[] {
                    0, 0, 0, 4
                }));
        assertThat(normalised.single(0)).containsExactly(-1, -1, 1, 1);
        assertThat(normalised.single(1)).containsExactly(-1, -1, 1, 1);
        assertThat(normalised.single(2)).containsExactly(new float[4], within(0.0f));
        float third = (float) (1 / Math.sqrt(3));
        assertThat(normalised.single(3))
                .containsExactly(new float[] {-third, -third, -third, 3 * third}, within(1e-6f));
    }

    @Test
    void standardises() {
        DataSet data = data(new float[] {1, 2, 10, 20}, new float[] {3, 6, 10, 40});
        Standardisation all = Standardisation.over(data);
        // Numbers sum to 92, their squares to 2250.
        assertThat(all.means()).containsExactly(11.5);
        assertThat(all.deviations()).containsExactly(new double[] {Math.sqrt(149.0)}, within(1e-12));
        assertThat(all.apply(data).single(1)[3]).isCloseTo((float) (28.5 / Math.sqrt(149.0)), within(1e-6f));
        Standardisation each = Standardisation.perChannel(data, new Shape(2, 1, 2));
        assertThat(each.means()).containsExactly(3.0, 20.0);
        assertThat(each.deviations()).containsExactly(new double[] {Math.sqrt(3.5), Math.sqrt(150.0)}, within(1e-12));
        // Other data by the same numbers.
        assertThat(each.apply(data(new float[] {3, 3, 20, 35})).single(0))
                .containsExactly(new float[] {0, 0, 0, (float) (15 / Math.sqrt(150.0))}, within(1e-6f));
        assertThatThrownBy(() -> all.apply(data(new float[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data must have the 4 features of 4, got 3");
    }

    @Test
    void refusesToDivideByNothing() {
        DataSet flat = data(new float[] {0.1f, 0.1f, 1, 2}, new float[] {0.1f, 0.1f, 2, 2});
        assertThatThrownBy(() -> Standardisation.perChannel(flat, new Shape(2, 1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("data must not be the same everywhere, but all of channel 0 are 0.1");
        assertThatThrownBy(() -> Standardisation.over(data(new float[3], new float[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data must not be the same everywhere, but all are 0.0");
    }

    /** The expected numbers are NumPy's, by {@code eigh} of the covariance. */
    @Test
    void whitensAsNumPyDoes() {
        DataSet data = data(new float[] {1, 2, 0}, new float[] {0, 1, 3}, new float[] {2, 2, 1}, new float[] {5, 0, 1});
        Whitening whitening = Whitening.fit(data, 0.1);
        double[][] matrix = {
            {0.707362767959765, 0.49091578152733645, 0.3035436893357561},
            {0.49091578152733645, 1.7831279035954892, 0.5330572037697774},
            {0.3035436893357561, 0.5330572037697774, 1.1370944473550333}
        };
        double[][] white = {
            {-0.7186055434839578, 0.18010864145705874, -1.3251188457022147},
            {-1.006253024963791, -0.4947634323564347, 1.2495636032573518},
            {0.2923009138115633, 1.2040816267541725, 0.11551929098857472},
            {1.4325576546361858, -0.8894268358547965, -0.03996404854371183}
        };
        assertThat(whitening.mean()).containsExactly(2.0, 1.25, 1.25);
        for (int i = 0; i < 3; i++) {
            assertThat(whitening.matrix().getRow(i)).containsExactly(matrix[i], within(1e-13));
        }
        for (int n = 0; n < 4; n++) {
            assertThat(whitening.apply(data).inputs()[n]).containsExactly(white[n], within(1e-7));
        }
    }

    /** In several blocks: W(C + εI)W = I, and C by sums of products. Test data go the same way. */
    @Test
    void whitens() {
        DataSet data = random(5000, 12, 1);
        double epsilon = 0.1;
        Whitening whitening = Whitening.fit(data, epsilon);
        RealMatrix covariance = covariance(data);
        RealMatrix w = whitening.matrix();
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(12);
        RealMatrix regularised = covariance.add(one.scalarMultiply(epsilon));
        assertThat(w.multiply(regularised).multiply(w).subtract(one).getNormInfty())
                .isLessThan(1e-12);
        assertThat(w.subtract(w.transpose()).getNormInfty()).isZero();
        RealMatrix ofWhite = w.multiply(covariance).multiply(w);
        assertThat(covariance(whitening.apply(data)).subtract(ofWhite).getNormInfty())
                .isLessThan(1e-5);
        DataSet test = random(3, 12, 2);
        double[] first = new double[12];
        Arrays.setAll(first, j -> test.single(2)[j] - whitening.mean()[j]);
        double[] expected = w.operate(first);
        for (int j = 0; j < 12; j++) {
            assertThat((double) whitening.apply(test).single(2)[j]).isCloseTo(expected[j], within(1e-6));
        }
    }

    /** Fewer samples than features: the regulariser bounds W by ε^(−1/2), and is reached. */
    @Test
    void whitensWhatIsSingular() {
        DataSet data = random(5, 20, 3);
        RealMatrix w = Whitening.fit(data, 0.01).matrix();
        // Orthogonal to what the samples span: a vector less its parts, by Gram and Schmidt.
        double[] outside = new double[20];
        outside[7] = 1.0;
        double[][] basis = new double[4][];
        for (int k = 0; k < 4; k++) {
            double[] direction = new double[20];
            for (int j = 0; j < 20; j++) {
                direction[j] = (double) data.single(k + 1)[j] - data.single(0)[j];
            }
            basis[k] = orthogonal(direction, basis, k);
        }
        outside = orthogonal(outside, basis, 4);
        double[] image = w.operate(outside);
        for (int j = 0; j < 20; j++) {
            assertThat(image[j]).isCloseTo(10.0 * outside[j], within(1e-11));
        }
        for (double bad : new double[] {0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Whitening.fit(data, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("regulariser must be positive and finite, got " + bad);
        }
    }

    private static double[] orthogonal(double[] vector, double[][] basis, int count) {
        double[] rest = vector.clone();
        for (int twice = 0; twice < 2; twice++) {
            for (int k = 0; k < count; k++) {
                double part = 0.0;
                for (int j = 0; j < rest.length; j++) {
                    part += rest[j] * basis[k][j];
                }
                for (int j = 0; j < rest.length; j++) {
                    rest[j] -= part * basis[k][j];
                }
            }
        }
        double norm = Math.sqrt(Arrays.stream(rest).map(v -> v * v).sum());
        return Arrays.stream(rest).map(v -> v / norm).toArray();
    }

    private static RealMatrix covariance(DataSet data) {
        int features = data.features();
        double[] mean = new double[features];
        double[][] products = new double[features][features];
        for (double[] row : data.inputs()) {
            for (int i = 0; i < features; i++) {
                mean[i] += row[i] / data.size();
            }
        }
        for (double[] row : data.inputs()) {
            for (int i = 0; i < features; i++) {
                for (int j = 0; j < features; j++) {
                    products[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / data.size();
                }
            }
        }
        return MatrixUtils.createRealMatrix(products);
    }
}
