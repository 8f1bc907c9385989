package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.MatrixField;

class StochasticGradientDescentTest {

    private static final RealMatrix F =
            MatrixUtils.createRealMatrix(new double[][] {{2, 0.3, 0}, {0.3, 1, -0.2}, {0, -0.2, 0.5}});

    private static final RealMatrix D =
            MatrixUtils.createRealMatrix(new double[][] {{1, 0.5, 0.2}, {0.5, 2, 0}, {0.2, 0, 3}});

    private static RealMatrix scalar(double value) {
        return MatrixUtils.createRealDiagonalMatrix(new double[] {value});
    }

    /** Covariance by the recursion of moments itself, whose matrix is read off from steps of unit vectors. */
    private static RealMatrix bySteps(StochasticGradientDescent descent, double factor, int steps) {
        RealMatrix a = MatrixUtils.createRealMatrix(6, 6);
        RealMatrix b = MatrixUtils.createRealMatrix(6, 3);
        for (int k = 0; k < 9; k++) {
            double[] x = new double[3];
            double[] v = new double[3];
            double[] g = new double[3];
            if (k < 3) {
                x[k] = 1.0;
                g = F.operate(x);
            } else if (k < 6) {
                v[k - 3] = 1.0;
            } else {
                g[k - 6] = 1.0;
            }
            descent.step(x, v, g);
            double[] next = Arrays.copyOf(x, 6);
            System.arraycopy(v, 0, next, 3, 3);
            if (k < 6) {
                a.setColumn(k, next);
            } else {
                b.setColumn(k - 6, next);
            }
        }
        RealMatrix noise = b.multiply(D.scalarMultiply(factor)).multiplyTransposed(b);
        RealMatrix sigma = MatrixUtils.createRealMatrix(6, 6);
        for (int k = 0; k < steps; k++) {
            sigma = a.multiply(sigma).multiplyTransposed(a).add(noise);
        }
        return sigma.getSubMatrix(0, 2, 0, 2);
    }

    @Test
    void covarianceIsWhereTheRecursionOfMomentsEnds() {
        for (double momentum : new double[] {0.0, 0.8}) {
            for (boolean nesterov : new boolean[] {false, true}) {
                StochasticGradientDescent descent =
                        StochasticGradientDescent.of(0.3, 4).momentum(momentum, nesterov);
                RealMatrix expected = bySteps(descent, 0.25, 3000);
                assertThat(descent.covariance(F, D).subtract(expected).getFrobeniusNorm())
                        .isLessThan(1e-12 * expected.getFrobeniusNorm());
                RealMatrix fresh = descent.withoutReplacement(10).covariance(F, D);
                assertThat(fresh.subtract(expected.scalarMultiply(0.6)).getFrobeniusNorm())
                        .isLessThan(1e-12 * expected.getFrobeniusNorm());
            }
        }
    }

    /** Heavy ball: η(D/b)(1 + μ)/(h(1 − μ)(2(1 + μ) − ηh)); Nesterov: an ARMA(2, 1) process. */
    @Test
    void oneWeightHasTheVarianceOfTheTimeSeries() {
        double eta = 0.2;
        double h = 1.7;
        double mu = 0.9;
        double noise = 3.0 / 8.0;
        StochasticGradientDescent ball = StochasticGradientDescent.of(eta, 8).momentum(mu, false);
        assertThat(ball.covariance(scalar(h), scalar(3.0)).getEntry(0, 0))
                .isCloseTo(eta * noise * (1 + mu) / (h * (1 - mu) * (2 * (1 + mu) - eta * h)), within(1e-13));
        double p1 = (1 + mu) * (1 - eta * h);
        double p2 = -mu * (1 - eta * h);
        double theta = -mu / (1 + mu);
        double variance = Math.pow(eta * (1 + mu), 2)
                * noise
                * ((1 - p2) * (1 + theta * theta) + 2 * p1 * theta)
                / ((1 + p2) * ((1 - p2) * (1 - p2) - p1 * p1));
        assertThat(StochasticGradientDescent.of(eta, 8)
                        .momentum(mu, true)
                        .covariance(scalar(h), scalar(3.0))
                        .getEntry(0, 0))
                .isCloseTo(variance, within(1e-13));
        assertThatThrownBy(() -> StochasticGradientDescent.of(3.9 / h, 1)
                        .momentum(mu, false)
                        .covariance(scalar(h), scalar(1.0)))
                .hasMessageContaining("spectral radius");
    }

    @Test
    void covarianceOfTheEquationSolvesLyapunovs() {
        StochasticGradientDescent descent =
                StochasticGradientDescent.of(0.09, 5).momentum(0.7, true);
        double temperature = 0.09 / (2.0 * 5.0 * 0.3);
        assertThat(descent.temperature().value()).isCloseTo(temperature, within(1e-16));
        assertThat(descent.timeStep()).isCloseTo(0.3, within(1e-15));
        assertThat(descent.friction()).isCloseTo(1.0, within(1e-15));
        RealMatrix sigma = descent.covarianceOfEquation(F, D);
        RealMatrix left = F.multiply(sigma).add(sigma.multiply(F));
        assertThat(left.subtract(D.scalarMultiply(2 * temperature)).getFrobeniusNorm())
                .isLessThan(1e-14);
    }

    /** Moments in time by Cayley’s transform of the flow, which keeps the stationary covariance. */
    @Test
    void covarianceOfUnderdampedIsWhereItsMomentsEnd() {
        Diffusion written = Diffusion.of(MatrixField.of(3, (x, out) -> {
            for (int i = 0; i < 9; i++) {
                out[i] = D.getEntry(i / 3, i % 3);
            }
        }));
        AffineField gradient = AffineField.of(F, 0, 0, 0);
        for (boolean nesterov : new boolean[] {false, true}) {
            StochasticGradientDescent descent =
                    StochasticGradientDescent.of(0.09, 5).momentum(0.7, nesterov);
            for (Diffusion diffusion : new Diffusion[] {Diffusion.constant(D), written}) {
                RealMatrix moments = stationary(descent.underdampedEquation(gradient, diffusion));
                // x = q + μ√η·p.
                double look = nesterov ? 0.7 * 0.3 : 0.0;
                RealMatrix one = MatrixUtils.createRealIdentityMatrix(3);
                RealMatrix toWeights = MatrixUtils.createRealMatrix(3, 6);
                toWeights.setSubMatrix(one.getData(), 0, 0);
                toWeights.setSubMatrix(one.scalarMultiply(look).getData(), 0, 3);
                RealMatrix expected = toWeights.multiply(moments).multiplyTransposed(toWeights);
                assertThat(descent.covarianceOfUnderdamped(F, D)
                                .subtract(expected)
                                .getFrobeniusNorm())
                        .isLessThan(1e-10 * expected.getFrobeniusNorm());
                assertThat(expected.subtract(descent.covarianceOfEquation(F, D)).getFrobeniusNorm())
                        .isGreaterThan(0.01 * expected.getFrobeniusNorm());
            }
        }
    }

    private static RealMatrix stationary(Sde sde) {
        RealMatrix a = MatrixUtils.createRealMatrix(6, 6);
        for (int k = 0; k < 6; k++) {
            double[] z = new double[6];
            double[] out = new double[6];
            z[k] = 1.0;
            sde.drift().at(z, out);
            a.setColumn(k, out);
        }
        double[] entries = new double[36];
        sde.diffusion().matrix(new double[6], entries);
        RealMatrix noise = MatrixUtils.createRealMatrix(6, 6);
        for (int i = 0; i < 36; i++) {
            noise.setEntry(i / 6, i % 6, 2 * sde.temperature().value() * entries[i]);
        }
        double h = 0.02;
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(6);
        RealMatrix inverse = new LUDecomposition(one.subtract(a.scalarMultiply(h / 2)))
                .getSolver()
                .getInverse();
        RealMatrix step = inverse.multiply(one.add(a.scalarMultiply(h / 2)));
        RealMatrix kick = inverse.multiply(noise.scalarMultiply(h)).multiplyTransposed(inverse);
        RealMatrix moments = MatrixUtils.createRealMatrix(6, 6);
        for (int k = 0; k < 6000; k++) {
            moments = step.multiply(moments).multiplyTransposed(step).add(kick);
        }
        return moments;
    }

    /** Halving η and 1 − μ together keeps the share of curvature in the friction of Nesterov’s: without it that law would stay apart from the recursion. */
    @Test
    void underdampedLawsAreThoseOfTheRecursionAsTheRateFalls() {
        for (boolean nesterov : new boolean[] {false, true}) {
            double before = 1.0;
            for (double eta : new double[] {0.04, 0.02, 0.01, 0.005}) {
                StochasticGradientDescent descent =
                        StochasticGradientDescent.of(eta, 5).momentum(1.0 - 2.0 * eta, nesterov);
                RealMatrix exact = descent.covariance(F, D);
                double gap =
                        descent.covarianceOfUnderdamped(F, D).subtract(exact).getFrobeniusNorm()
                                / exact.getFrobeniusNorm();
                assertThat(gap).isLessThan(0.6 * before);
                before = gap;
            }
            assertThat(before).isLessThan(0.01);
        }
    }

    /** ∇(f + ¼η‖∇f‖²) by differences of f alone, at β ≠ 1. */
    @Test
    void secondOrderDriftIsTheGradientOfTheModifiedLoss() {
        DifferentiableField gradient = DifferentiableField.of(
                (x, out) -> {
                    out[0] = x[0] * x[0] * x[0] - x[0] + x[1];
                    out[1] = x[0] + 2.0 * x[1];
                    out[2] = Math.sin(x[2]);
                },
                (x, out) -> {
                    Arrays.fill(out, 0.0);
                    out[0] = 3 * x[0] * x[0] - 1;
                    out[1] = 1.0;
                    out[3] = 1.0;
                    out[4] = 2.0;
                    out[8] = Math.cos(x[2]);
                });
        Sde sde = StochasticGradientDescent.of(0.4, 2)
                .withoutReplacement(8)
                .secondOrderEquation(gradient, Diffusion.isotropic(3, 1.0));
        assertThat(sde.temperature().value()).isCloseTo(0.4 / 4.0 * 0.75, within(1e-16));
        double[] x = {0.7, -0.3, 1.1};
        double[] drift = new double[3];
        sde.drift().at(x, drift);
        for (int i = 0; i < 3; i++) {
            double h = 1e-5;
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += h;
            down[i] -= h;
            assertThat(drift[i]).isCloseTo(-(modified(up) - modified(down)) / (2 * h), within(1e-9));
        }
        Sde first = StochasticGradientDescent.of(0.4, 2).equation(gradient, Diffusion.isotropic(3, 1.0));
        first.drift().at(x, drift);
        assertThat(drift[2]).isCloseTo(-Math.sin(1.1), within(1e-15));
        assertThat(first.temperature().value()).isCloseTo(0.1, within(1e-16));
    }

    private static double modified(double[] x) {
        double loss = Math.pow(x[0], 4) / 4 - x[0] * x[0] / 2 + x[0] * x[1] + x[1] * x[1] - Math.cos(x[2]);
        double g0 = Math.pow(x[0], 3) - x[0] + x[1];
        double g1 = x[0] + 2 * x[1];
        double g2 = Math.sin(x[2]);
        return loss + 0.25 * 0.4 * (g0 * g0 + g1 * g1 + g2 * g2);
    }

    /**
     * Six samples in two dimensions, every order of them counted: mini-batches of two, fₖ = ½(x − aₖ)ᵀF(x − aₖ). The law at the end of an epoch is a
     * fixed point of the map of one epoch, moments of which are means over all 720 orders.
     */
    @Test
    void shuffledEpochsAreCountedOverAllOrders() {
        double[][] a = {{1, 0}, {-2, 1}, {0.5, 0.5}, {0, -3}, {1.5, 1}, {-1, 0.5}};
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{1.5, 0.4}, {0.4, 0.6}});
        RealMatrix d = MatrixUtils.createRealMatrix(2, 2);
        for (double[] point : a) {
            double[] g = f.operate(point);
            for (int i = 0; i < 4; i++) {
                d.addToEntry(i / 2, i % 2, g[i / 2] * g[i % 2] / 5.0);
            }
        }
        double eta = 0.3;
        StochasticGradientDescent descent = StochasticGradientDescent.of(eta, 2);
        RealMatrix end = descent.covarianceInEpoch(f, d, 6, 0);
        RealMatrix q = MatrixUtils.createRealIdentityMatrix(2).subtract(f.scalarMultiply(eta));
        for (int steps = 1; steps <= 3; steps++) {
            RealMatrix counted = MatrixUtils.createRealMatrix(2, 2);
            int[] order = {0, 1, 2, 3, 4, 5};
            int orders = 0;
            do {
                double[] x = new double[2];
                for (int s = 0; s < steps; s++) {
                    double[] mean = {
                        (a[order[2 * s]][0] + a[order[2 * s + 1]][0]) / 2,
                        (a[order[2 * s]][1] + a[order[2 * s + 1]][1]) / 2
                    };
                    double[] g = f.operate(new double[] {x[0] - mean[0], x[1] - mean[1]});
                    descent.step(x, new double[2], g);
                }
                for (int i = 0; i < 4; i++) {
                    counted.addToEntry(i / 2, i % 2, x[i / 2] * x[i % 2] / 720.0);
                }
                orders++;
            } while (next(order));
            assertThat(orders).isEqualTo(720);
            RealMatrix power = q.power(steps);
            RealMatrix expected = power.multiply(end).multiply(power).add(counted);
            assertThat(descent.covarianceInEpoch(f, d, 6, steps)
                            .subtract(expected)
                            .getFrobeniusNorm())
                    .isLessThan(1e-14);
            if (steps == 3) {
                assertThat(expected.subtract(end).getFrobeniusNorm()).isLessThan(1e-14);
            }
        }
    }

    /** The next order by the alphabet. */
    private static boolean next(int[] order) {
        int i = order.length - 2;
        while (i >= 0 && order[i] > order[i + 1]) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        int j = order.length - 1;
        while (order[j] < order[i]) {
            j--;
        }
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
        Arrays.sort(order, i + 1, order.length);
        return true;
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> StochasticGradientDescent.of(Double.NaN, 1)).hasMessageContaining("learningRate");
        assertThatThrownBy(() -> StochasticGradientDescent.of(0.1, 0)).hasMessageContaining("batchSize");
        StochasticGradientDescent descent = StochasticGradientDescent.of(0.1, 4);
        assertThatThrownBy(() -> descent.withoutReplacement(4)).hasMessageContaining("samples");
        assertThatThrownBy(() -> descent.momentum(1.0, true)).hasMessageContaining("momentum");
        assertThatThrownBy(() -> descent.covarianceInEpoch(F, D, 10, 0)).hasMessageContaining("multiple");
        assertThatThrownBy(() -> descent.momentum(0.5, false)
                        .secondOrderEquation(AffineField.of(F, 0, 0, 0), Diffusion.constant(D)))
                .hasMessageContaining("without momentum");
    }
}
