package org.langevin4j.examples.paper.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.network.LeastSquares;
import org.langevin4j.models.network.Sampling;

class BackwardEquationTest {

    /** Against the tree of all sequences of mini-batches. */
    @Test
    void descentIsTheMeanOverAllSequences() {
        FiniteSum loss = FiniteSum.wells();
        StochasticGradientDescent descent = StochasticGradientDescent.of(0.1, 2);
        List<int[]> batches = loss.batches(2, false);
        assertThat(batches).hasSize(10);
        assertThat(loss.batches(2, true)).hasSize(25);
        double found = new BackwardEquation(
                        new ChebyshevGrid(new double[] {-1.5, -1.6}, new double[] {1.5, 1.6}, 30, 9),
                        new double[] {0.4, -0.6},
                        x -> x[0] * x[0] + x[0] * x[1])
                .descent(loss, descent, batches, 3);
        assertThat(found).isCloseTo(tree(loss, descent, batches, new double[] {0.4, -0.6}, 3), within(1e-11));
    }

    private static double tree(
            FiniteSum loss, StochasticGradientDescent descent, List<int[]> batches, double[] x, int steps) {
        if (steps == 0) {
            return x[0] * x[0] + x[0] * x[1];
        }
        double sum = 0.0;
        for (int[] batch : batches) {
            double[] next = x.clone();
            double[] g = new double[2];
            loss.gradient(batch, x, g);
            descent.step(next, new double[2], g);
            sum += tree(loss, descent, batches, next, steps - 1) / batches.size();
        }
        return sum;
    }

    /** dx = −1.5x dt + √(2β⁻¹(0.3 + 0.2x²)) dW: d E x²/dt = −3 E x² + 2β⁻¹(0.3 + 0.2 E x²), at β⁻¹ = 0.4; with a turn in the second coordinate. */
    @Test
    void equationHasTheMomentsOfItsClosedForm() {
        double rate = 3.0 - 2.0 * 0.4 * 0.2;
        double rest = 2.0 * 0.4 * 0.3 / rate;
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -1.5 * x[0];
                    out[1] = 0.7 * x[0] - x[1];
                },
                Diffusion.diagonal(2, (x, out) -> {
                    out[0] = 0.3 + 0.2 * x[0] * x[0];
                    out[1] = 1.0;
                }),
                Temperature.of(0.4));
        ChebyshevGrid grid = new ChebyshevGrid(new double[] {-2.0, -2.0}, new double[] {2.0, 2.0}, 7, 5);
        double[] start = {0.8, 0.3};
        assertThat(new BackwardEquation(grid, start, x -> x[0] * x[0]).equation(sde, 0.6))
                .isCloseTo(rest + (0.64 - rest) * Math.exp(-0.6 * rate), within(1e-12));
        assertThat(new BackwardEquation(grid, start, x -> x[1]).equation(sde, 0.6))
                .isCloseTo(0.3 * Math.exp(-0.6) + 0.8 * 0.7 / 0.5 * (Math.exp(-0.6) - Math.exp(-0.9)), within(1e-12));
    }

    /** Hessians by differences of the mean gradient, and D by its definition, at a point. */
    @Test
    void lossesKnowTheirDerivatives() {
        for (FiniteSum loss : new FiniteSum[] {FiniteSum.wells(), FiniteSum.logistic(0.3, 1.0, -2.0, 0.5)}) {
            int d = loss.dimension();
            double[] x = d == 1 ? new double[] {0.7} : new double[] {0.7, -0.4};
            double[] hessian = new double[d * d];
            loss.hessian(x, hessian);
            for (int j = 0; j < d; j++) {
                double[] up = x.clone();
                double[] down = x.clone();
                up[j] += 1e-5;
                down[j] -= 1e-5;
                double[] above = new double[d];
                double[] below = new double[d];
                loss.gradient().at(up, above);
                loss.gradient().at(down, below);
                for (int i = 0; i < d; i++) {
                    assertThat((above[i] - below[i]) / 2e-5).isCloseTo(hessian[i * d + j], within(1e-9));
                }
            }
            double[] mean = new double[d];
            loss.gradient().at(x, mean);
            double sum = 0.0;
            for (int k = 0; k < loss.samples(); k++) {
                double[] g = new double[d];
                loss.gradient(k, x, g);
                sum += Math.pow(g[0] - mean[0], 2) / (loss.samples() - 1.0);
            }
            double[] entries = new double[d * d];
            loss.diffusion(false).matrix(x, entries);
            assertThat(entries[0]).isCloseTo(sum, within(1e-13));
        }
    }

    /** Against the tree of all single samples, and an equation whose moments are those of an Ornstein–Uhlenbeck process. */
    @Test
    void momentsOfRegressionAreMeansOverAllSequences() {
        LeastSquares loss = LeastSquares.of(new double[][] {{1, 0}, {-0.5, 1}, {0.3, -1.5}}, 1.0, 0.2, -0.7);
        RegressionMoments moments = new RegressionMoments(loss, Sampling.WITH_REPLACEMENT);
        double[] z = {0.4, -0.9};
        double[] w = loss.minimum();
        double[] x = {w[0] + z[0], w[1] + z[1]};
        assertThat(moments.descent(z, 0.3, 1.0, 1.0, 3)).isCloseTo(tree(loss, x, 3), within(1e-14));
        RealMatrix f = loss.hessian();
        double[] half = MatrixUtils.matrixExponential(f.scalarMultiply(-0.5)).operate(z);
        assertThat(moments.equation(z, 0.0, 0.0, 0.5))
                .isCloseTo(0.5 * (half[0] * f.operate(half)[0] + half[1] * f.operate(half)[1]), within(1e-13));
        // At rest, the trace of FΣ + ΣF = 2β⁻¹ E D: E f = ½β⁻¹ tr E D.
        RealMatrix sigma = loss.covarianceOfEquation(StochasticGradientDescent.of(0.1, 1), Sampling.WITH_REPLACEMENT);
        assertThat(moments.equation(z, 0.05, 0.0, 200.0))
                .isCloseTo(0.5 * f.multiply(sigma).getTrace(), within(1e-12));
    }

    private static double tree(LeastSquares loss, double[] x, int steps) {
        if (steps == 0) {
            double[] w = loss.minimum();
            double[] z = {x[0] - w[0], x[1] - w[1]};
            double[] force = loss.hessian().operate(z);
            return 0.5 * (z[0] * force[0] + z[1] * force[1]);
        }
        double sum = 0.0;
        for (int k = 0; k < 3; k++) {
            double[] next = x.clone();
            loss.addGradient(k, x, -0.3, next);
            sum += tree(loss, next, steps - 1) / 3.0;
        }
        return sum;
    }

    /** Where all samples have one Hessian, all orders counted are the closed form. */
    @Test
    void shuffledMomentsAreTheClosedFormForOneHessian() {
        LeastSquares loss = LeastSquares.of(
                new double[][] {{1.2}, {-1.2}, {1.2}, {1.2}, {-1.2}, {1.2}}, 1.0, 0.2, -0.7, 0.4, 1.1, 0.0);
        ShuffledMoments.Law law = new ShuffledMoments(loss, 2).law(0.25);
        RealMatrix diffusion =
                loss.meanDiffusion(new double[1], loss.hessian().scalarMultiply(0.0), Sampling.WITHOUT_REPLACEMENT);
        for (int step = 0; step <= 3; step++) {
            assertThat(law.mean(step)[0]).isCloseTo(0.0, within(1e-14));
            assertThat(law.second(step).getEntry(0, 0))
                    .isCloseTo(
                            StochasticGradientDescent.of(0.25, 2)
                                    .covarianceInEpoch(loss.hessian(), diffusion, 6, step)
                                    .getEntry(0, 0),
                            within(1e-14));
        }
    }

    @Test
    void orderOfAPowerWithItsNextOrderIsFound() {
        double[] rates = {0.1, 0.05, 0.025, 0.0125, 0.00625};
        double[] errors = new double[5];
        for (int k = 0; k < 5; k++) {
            errors[k] = -3.0 * rates[k] * rates[k] * Math.exp(2.0 * rates[k]) * (1.0 + 1e-4 * (k % 2));
        }
        Order order = Order.of(rates, errors);
        assertThat(order.value()).isCloseTo(2.0, within(order.halfWidth()));
        assertThat(order.halfWidth()).isBetween(1e-5, 2e-2);
    }

    /** One-dimensional, an affine drift: kept, so that the grid may end where noise still reaches. */
    @Test
    void nothingIsAskedOfTheEdge() {
        Sde sde = Sde.ito(
                AffineField.of(MatrixUtils.createRealDiagonalMatrix(new double[] {-1.0}), 0.0),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(0.5));
        ChebyshevGrid grid = new ChebyshevGrid(new double[] {-0.5}, new double[] {0.5}, 6);
        assertThat(new BackwardEquation(grid, new double[] {0.2}, x -> x[0] * x[0]).equation(sde, 1.0))
                .isCloseTo(0.5 + (0.04 - 0.5) * Math.exp(-2.0), within(1e-12));
    }
}
