package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LyapunovEquation;
import org.langevin4j.core.linear.LyapunovEquation.Symmetry;
import org.langevin4j.core.linear.MatrixLogarithm;
import org.langevin4j.core.random.Seed;

class OrnsteinUhlenbeckFitTest {

    private static final RealMatrix F =
            MatrixUtils.createRealMatrix(new double[][] {{1.0, -1.5, 0.0}, {1.2, 0.8, 0.3}, {0.2, 0.0, 2.0}});
    private static final RealMatrix D =
            MatrixUtils.createRealMatrix(new double[][] {{0.5, 0.2, 0.0}, {0.2, 0.8, -0.1}, {0.0, -0.1, 0.3}});

    /** e^(−Fτ) by its series, of a small matrix. */
    private static RealMatrix decay(RealMatrix f, double tau) {
        RealMatrix sum = MatrixUtils.createRealIdentityMatrix(f.getRowDimension());
        RealMatrix term = sum;
        for (int k = 1; k < 60; k++) {
            term = term.multiply(f).scalarMultiply(-tau / k);
            sum = sum.add(term);
        }
        return sum;
    }

    private static VectorAutoregression process(int d, double tau) {
        RealMatrix f = F.getSubMatrix(0, d - 1, 0, d - 1);
        RealMatrix sigma = LyapunovEquation.of(f, LinearAlgebra.pureJava())
                .solve(D.getSubMatrix(0, d - 1, 0, d - 1).scalarMultiply(2.0), Symmetry.SYMMETRIC);
        RealMatrix a = decay(f, tau);
        return VectorAutoregression.ofCovariances(sigma, a.multiply(sigma));
    }

    @Test
    void logarithmIsTheInverseOfTheExponentialAlsoOfRotationsNearHalfATurn() {
        for (double size : new double[] {1e-6, 0.1, 1.0, 2.2}) {
            RealMatrix back = MatrixLogarithm.of(decay(F, size)).scalarMultiply(-1.0 / size);
            assertThat(back.subtract(F).getNorm1()).isLessThan(1e-9);
        }
        RealMatrix turn = MatrixUtils.createRealMatrix(new double[][] {{0.3, 3.0}, {-3.0, 0.3}});
        assertThat(MatrixLogarithm.of(decay(turn, 1.0)).add(turn).getNorm1()).isLessThan(1e-12);
        RealMatrix jordan = MatrixUtils.createRealMatrix(new double[][] {{5.0, 1.0}, {0.0, 5.0}});
        RealMatrix log = MatrixLogarithm.of(jordan);
        assertThat(log.getEntry(0, 0)).isCloseTo(Math.log(5.0), within(1e-13));
        assertThat(log.getEntry(0, 1)).isCloseTo(0.2, within(1e-13));
        assertThatThrownBy(() -> MatrixLogarithm.of(MatrixUtils.createRealDiagonalMatrix(new double[] {1.0, -0.5})))
                .isInstanceOf(ArithmeticException.class);
    }

    /** At τ = 0.5 with D = 1, where the plain quotient gives 0.63 of it. */
    @Test
    void theBiasOfTheIntervalIsGone() {
        Random random = new Random(5);
        double decay = Math.exp(-0.5);
        double[][] x = new double[100_000][1];
        for (int t = 1; t < x.length; t++) {
            x[t][0] = decay * x[t - 1][0] + Math.sqrt(1 - decay * decay) * random.nextGaussian();
        }
        OrnsteinUhlenbeckFit fit = OrnsteinUhlenbeckFit.of(x, 0.5);
        KramersMoyal plain = KramersMoyal.of(x, 0.5, Grid.of(Axis.of(-0.3, -0.1, 0.1, 0.3)));
        assertThat(plain.diffusion(1, 0, 0)).isCloseTo(0.632, within(0.05));
        assertThat(fit.diffusion().getEntry(0, 0)).isCloseTo(1.0, within(4 * fit.diffusionError(0, 0)));
        assertThat(fit.rates().getEntry(0, 0)).isCloseTo(1.0, within(4 * fit.rateError(0, 0)));
        assertThat(fit.diffusionError(0, 0)).isLessThan(0.01);
    }

    /** Two coordinates with rotation and correlated noise, at τ = 0.4: 250 records, long enough for the bias of order 1/T to be small. */
    @Test
    void errorsAreThoseOfManyRecords() {
        VectorAutoregression process = process(2, 0.4);
        Spread.check(250, run -> {
            double[][] x = process.simulate(1000, 2, Seed.of(900 + run));
            for (double[] row : x) {
                row[0] += 2.0;
            }
            OrnsteinUhlenbeckFit fit = OrnsteinUhlenbeckFit.of(x, 0.4);
            return new double[][] {
                {fit.rates().getEntry(0, 0), fit.rateError(0, 0)},
                {fit.rates().getEntry(0, 1), fit.rateError(0, 1)},
                {fit.rates().getEntry(1, 1), fit.rateError(1, 1)},
                {fit.diffusion().getEntry(0, 0), fit.diffusionError(0, 0), 0.5},
                {fit.diffusion().getEntry(0, 1), fit.diffusionError(0, 1), 0.2},
                {fit.diffusion().getEntry(1, 1), fit.diffusionError(1, 1)},
                {fit.mean()[0], fit.meanError(0), 2.0},
                {fit.mean()[1], fit.meanError(1), 0.0}
            };
        });
    }

    /** Yu (2012): the rate from a record of T = 40 comes out too large by 4/T; seen: 0.115 ± 0.005 at θ = 1, of which 0.015 is of next order. */
    @Test
    void biasOfShortRecordsIsTheStatedOne() {
        double decay = Math.exp(-0.2);
        RunningMoments found = new RunningMoments(1);
        Random random = new Random(8);
        for (int run = 0; run < 2000; run++) {
            double[][] x = new double[201][1];
            double now = random.nextGaussian();
            for (double[] row : x) {
                row[0] = now;
                now = decay * now + Math.sqrt(1 - decay * decay) * random.nextGaussian();
            }
            found.add(OrnsteinUhlenbeckFit.of(x, 0.2).rates().getEntry(0, 0));
        }
        assertThat(found.mean(0) - 1.0).isCloseTo(4.0 / 40.0, within(4 * found.standardError(0) + 0.015));
    }

    @Test
    void covarianceAndDiscreteProcessAgree() {
        double[][] x = process(3, 0.3).simulate(5000, 3, Seed.of(4));
        OrnsteinUhlenbeckFit fit = OrnsteinUhlenbeckFit.of(x, 0.3);
        assertThat(fit.covariance().subtract(fit.discrete().covariance()).getNorm1())
                .isLessThan(1e-10);
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> OrnsteinUhlenbeckFit.of(new double[2][1], 1))
                .hasMessage("samples must be more than twice as many as coordinates and at least 4, got 2");
        assertThatThrownBy(() -> OrnsteinUhlenbeckFit.of(new double[9][1], 0))
                .hasMessage("interval must be positive and finite, got 0.0");
        double[][] alternating = new double[50][1];
        for (int t = 0; t < 50; t++) {
            alternating[t][0] = (t % 2) + 0.01 * Math.sin(t * t);
        }
        assertThatThrownBy(() -> OrnsteinUhlenbeckFit.of(alternating, 1)).isInstanceOf(ArithmeticException.class);
        double[][] growing = new double[50][1];
        for (int t = 0; t < 50; t++) {
            growing[t][0] = Math.pow(1.2, t) + 0.01 * Math.sin(t * t);
        }
        assertThatThrownBy(() -> OrnsteinUhlenbeckFit.of(growing, 1))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("not stationary");
    }
}
