package org.langevin4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.VectorAutoregression;
import org.langevin4j.models.network.Precision;

class QuadraticSgdTest {

    private static final int N = 23;

    private static final int B = 5;

    private static final double RATE = 0.02;

    private static final double[] CURVATURES = {1.3, 0.4};

    /** The samples' own gradients at x = 0, of mean zero. */
    private static double[][] samples() {
        NormalStream normals = NormalStream.of(Seed.of(17));
        double[][] c = new double[N][2];
        for (int axis = 0; axis < 2; axis++) {
            double mean = 0.0;
            for (int k = 0; k < N; k++) {
                c[k][axis] = normals.at(k, 0, axis) + (axis == 1 ? 0.6 * c[k][0] : 0.0);
                mean += c[k][axis] / N;
            }
            for (int k = 0; k < N; k++) {
                c[k][axis] -= mean;
            }
        }
        return c;
    }

    private static RealMatrix noise(double[][] c) {
        RealMatrix d = MatrixUtils.createRealMatrix(2, 2);
        for (double[] one : c) {
            for (int e = 0; e < 4; e++) {
                d.addToEntry(e / 2, e % 2, one[e / 2] * one[e % 2] / N);
            }
        }
        return d;
    }

    /** Samples drawn and steps taken one by one, by the classes that train networks: Σ and ⟨x(t + 1)x(t)ᵀ⟩ of x, with errors of 100 batches. */
    @ParameterizedTest
    @EnumSource(Batches.class)
    void everyWayToDrawHasItsCovariances(Batches batches) {
        double[][] c = samples();
        Sgd sgd = Sgd.withRate(RATE).momentum(0.8, true).batches(B, batches);
        double[] x = new double[2];
        double[] v = new double[2];
        double[] before = new double[2];
        RunningMoments moments = new RunningMoments(8);
        int length = 500;
        for (int batch = -1; batch < 100; batch++) {
            double[] sums = new double[8];
            for (int t = 0; t < length; t++) {
                System.arraycopy(x, 0, before, 0, 2);
                int[] order = batches.epoch(N, B, Seed.of(5), (batch + 1L) * length + t);
                for (int start = 0; start < N; start += B) {
                    double[] g = {CURVATURES[0] * x[0], CURVATURES[1] * x[1]};
                    int count = Math.min(B, N - start);
                    for (int k = start; k < start + count; k++) {
                        g[0] += c[order[k]][0] / count;
                        g[1] += c[order[k]][1] / count;
                    }
                    sgd.move(x, v, g, RATE, Precision.DOUBLE);
                }
                for (int e = 0; e < 4; e++) {
                    sums[e] += x[e / 2] * x[e % 2] / length;
                    sums[4 + e] += x[e / 2] * before[e % 2] / length;
                }
            }
            if (batch >= 0) {
                moments.add(sums);
            }
        }
        VectorAutoregression model =
                QuadraticSgd.of(RATE, 0.8, true, batches, N, B).epochs(CURVATURES, noise(c));
        RealMatrix next = model.lagged(1);
        for (int e = 0; e < 4; e++) {
            assertThat(moments.mean(e))
                    .as("covariance " + e)
                    .isCloseTo(model.covariance().getEntry(e / 2, e % 2), within(4.0 * moments.standardError(e)));
            assertThat(moments.mean(4 + e))
                    .as("next " + e)
                    .isCloseTo(next.getEntry(e / 2, e % 2), within(4.0 * moments.standardError(4 + e)));
        }
        // All numbers known to 2 %, so that a factor N/(N − 1) = 1.045 would be seen.
        assertThat(moments.standardError(0) / moments.mean(0)).isLessThan(0.02);
    }

    /** η → 0 without momentum: Σ → η D/(2bλ) with replacement, and with equal shuffled mini-batches next to nothing. */
    @Test
    void shufflingTakesTheTemperatureAway() {
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(1);
        double eta = 1e-4;
        double drawn = QuadraticSgd.of(eta, 0.0, true, Batches.WITH_REPLACEMENT, 100, 10)
                .epochs(new double[] {1.0}, one)
                .covariance()
                .getEntry(0, 0);
        assertThat(drawn / (eta / 20.0)).isCloseTo(1.0, within(1e-3));
        double shuffled = QuadraticSgd.of(eta, 0.0, true, Batches.SHUFFLED, 100, 10)
                .epochs(new double[] {1.0}, one)
                .covariance()
                .getEntry(0, 0);
        // An epoch leaves −η·(−ηλ)Σ(K − 1 − k)ζₖ, of variance η⁴(N/(N − 1)/b)K(K² − 1)/12; one in 2ηK of it relaxes.
        double exact = Math.pow(eta, 4) * (100.0 / 99.0 / 10.0) * 82.5 / (2.0 * eta * 10.0);
        assertThat(shuffled / exact).isCloseTo(1.0, within(2e-3));
    }
}
