package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.StochasticGradientDescent;

class LeastSquaresTest {

    private static final int N = 7;

    private final double[][] inputs = new double[N][3];
    private final double[] outputs = new double[N];
    private final LeastSquares loss;

    LeastSquaresTest() {
        Random random = new Random(5);
        for (int k = 0; k < N; k++) {
            for (int i = 0; i < 3; i++) {
                inputs[k][i] = random.nextGaussian() * (i + 1) / 2;
            }
            outputs[k] = random.nextGaussian();
        }
        loss = LeastSquares.of(inputs, outputs);
    }

    /** By definition of D, from gradients written out here. */
    private RealMatrix diffusion(double[] x, double divisor) {
        double[][] g = new double[N][3];
        double[] mean = new double[3];
        for (int k = 0; k < N; k++) {
            double error = -outputs[k];
            for (int i = 0; i < 3; i++) {
                error += inputs[k][i] * x[i];
            }
            for (int i = 0; i < 3; i++) {
                g[k][i] = error * inputs[k][i];
                mean[i] += g[k][i] / N;
            }
        }
        RealMatrix d = MatrixUtils.createRealMatrix(3, 3);
        for (int k = 0; k < N; k++) {
            for (int i = 0; i < 9; i++) {
                d.addToEntry(i / 3, i % 3, (g[k][i / 3] - mean[i / 3]) * (g[k][i % 3] - mean[i % 3]) / divisor);
            }
        }
        return d;
    }

    @Test
    void diffusionAndGradientAreThoseOfTheSamples() {
        double[] x = {0.4, -1.2, 0.7};
        for (Sampling sampling : new Sampling[] {Sampling.WITH_REPLACEMENT, Sampling.WITHOUT_REPLACEMENT}) {
            RealMatrix expected = diffusion(x, sampling == Sampling.WITH_REPLACEMENT ? N : N - 1.0);
            Diffusion diffusion = loss.diffusion(sampling);
            double[] entries = new double[9];
            diffusion.matrix(x, entries);
            for (int i = 0; i < 9; i++) {
                assertThat(entries[i]).isCloseTo(expected.getEntry(i / 3, i % 3), within(1e-13));
            }
            double[] w = loss.minimum();
            double[] z = {x[0] - w[0], x[1] - w[1], x[2] - w[2]};
            RealMatrix square = MatrixUtils.createColumnRealMatrix(z).multiply(MatrixUtils.createRowRealMatrix(z));
            assertThat(loss.meanDiffusion(z, square, sampling)
                            .subtract(expected)
                            .getFrobeniusNorm())
                    .isLessThan(1e-12);
            double[] divergence = new double[3];
            diffusion.divergence(x, divergence);
            double h = 1e-4;
            for (int i = 0; i < 3; i++) {
                double sum = 0.0;
                for (int j = 0; j < 3; j++) {
                    double[] up = x.clone();
                    double[] down = x.clone();
                    up[j] += h;
                    down[j] -= h;
                    double divisor = sampling == Sampling.WITH_REPLACEMENT ? N : N - 1.0;
                    sum += (diffusion(up, divisor).getEntry(i, j)
                                    - diffusion(down, divisor).getEntry(i, j))
                            / (2 * h);
                }
                assertThat(divergence[i]).isCloseTo(sum, within(1e-8));
            }
        }
        double[] gradient = new double[3];
        loss.gradient().at(x, gradient);
        double[] sum = new double[3];
        for (double[] row : loss.perSampleGradients(x).toRows()) {
            for (int i = 0; i < 3; i++) {
                sum[i] += row[i] / N;
            }
        }
        assertThat(gradient).containsExactly(sum, within(1e-13));
    }

    /** Σ = E[A_k Σ A_kᵀ] + η² E[a_k a_kᵀ r_k²] over single samples, as one equation in nine unknowns. */
    @Test
    void covarianceIsThatOfKroneckersEquation() {
        double eta = 0.15;
        double[] w = loss.minimum();
        RealMatrix operator = MatrixUtils.createRealIdentityMatrix(9);
        double[] right = new double[9];
        for (int k = 0; k < N; k++) {
            RealMatrix a = MatrixUtils.createRealIdentityMatrix(3);
            double residual = -outputs[k];
            for (int i = 0; i < 3; i++) {
                residual += inputs[k][i] * w[i];
                for (int j = 0; j < 3; j++) {
                    a.addToEntry(i, j, -eta * inputs[k][i] * inputs[k][j]);
                }
            }
            for (int i = 0; i < 9; i++) {
                right[i] += eta * eta * residual * residual * inputs[k][i / 3] * inputs[k][i % 3] / N;
                for (int j = 0; j < 9; j++) {
                    operator.addToEntry(i, j, -a.getEntry(i / 3, j / 3) * a.getEntry(i % 3, j % 3) / N);
                }
            }
        }
        double[] expected = new LUDecomposition(operator)
                .getSolver()
                .solve(MatrixUtils.createRealVector(right))
                .toArray();
        RealMatrix found = loss.covariance(StochasticGradientDescent.of(eta, 1), Sampling.WITH_REPLACEMENT);
        for (int i = 0; i < 9; i++) {
            assertThat(found.getEntry(i / 3, i % 3)).isCloseTo(expected[i], within(1e-12));
        }
    }

    /** In one weight 2FΣ = 2β⁻¹(D₀ + D₂Σ), D₀ and D₂ sums over samples; SGD’s is that of the same with −ηF²Σ. */
    @Test
    void oneWeightHasTheVarianceOfItsClosedForm() {
        double[] a = {1.0, -2.0, 0.5, 1.5};
        double[] y = {0.3, -1.0, 1.2, 0.1};
        double f = 0.0;
        double w = 0.0;
        for (int k = 0; k < 4; k++) {
            f += a[k] * a[k] / 4;
            w += a[k] * y[k] / 4;
        }
        w /= f;
        double constant = 0.0;
        double quadratic = -f * f;
        for (int k = 0; k < 4; k++) {
            constant += Math.pow(a[k] * (a[k] * w - y[k]), 2) / 4;
            quadratic += Math.pow(a[k], 4) / 4;
        }
        double eta = 0.2;
        int batch = 2;
        // Without replacement D has the factor N/(N − 1), the variance (1 − b/N)/b.
        double ratio = eta / batch * (1.0 - batch / 4.0) * 4.0 / 3.0;
        LeastSquares one = LeastSquares.of(new double[][] {{a[0]}, {a[1]}, {a[2]}, {a[3]}}, y);
        StochasticGradientDescent descent =
                StochasticGradientDescent.of(eta, batch).withoutReplacement(4);
        assertThat(one.covarianceOfEquation(descent, Sampling.WITHOUT_REPLACEMENT)
                        .getEntry(0, 0))
                .isCloseTo(ratio * constant / (2 * f - ratio * quadratic), within(1e-14));
        assertThat(one.covariance(descent, Sampling.WITHOUT_REPLACEMENT).getEntry(0, 0))
                .isCloseTo(ratio * constant / (2 * f - eta * f * f - ratio * quadratic), within(1e-14));
    }

    @Test
    void refusesWhatIsNoRegression() {
        assertThatThrownBy(() -> LeastSquares.of(new double[][] {{1, 2}, {2, 4}}, 1, 2))
                .hasMessageContaining("span");
        assertThatThrownBy(() -> LeastSquares.of(new double[][] {{1}, {2, 4}}, 1, 2))
                .hasMessageContaining("length 1");
        assertThatThrownBy(() -> loss.diffusion(Sampling.EQUATION_A2_AS_PRINTED))
                .hasMessageContaining("sampling");
        // ηλ < 2 and yet the noise of single samples grows beyond all bounds.
        LeastSquares wild = LeastSquares.of(new double[][] {{10}, {0.1}, {0.1}}, 1, 0, 1);
        double eta = 1.5 / wild.hessian().getEntry(0, 0);
        assertThatThrownBy(() -> wild.covariance(StochasticGradientDescent.of(eta, 1), Sampling.WITH_REPLACEMENT))
                .isInstanceOf(ArithmeticException.class);
    }
}
