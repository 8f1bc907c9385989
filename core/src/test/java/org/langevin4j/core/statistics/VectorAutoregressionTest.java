package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.Seed;

class VectorAutoregressionTest {

    private static final double R = 0.8;

    private static final double ANGLE = 0.4;

    /** x ← r·rotation(φ)x + √(1 − r²)ξ: Σ = I. */
    private static VectorAutoregression rotation() {
        return rotation(ANGLE);
    }

    private static VectorAutoregression rotation(double angle) {
        double c = R * Math.cos(angle);
        double s = R * Math.sin(angle);
        return VectorAutoregression.of(
                MatrixUtils.createRealMatrix(new double[][] {{c, -s}, {s, c}}),
                MatrixUtils.createRealIdentityMatrix(2).scalarMultiply(1.0 - R * R));
    }

    /** N = (1 − r²)I both ways, so that σ = ½|A − Aᵀ|²/(1 − r²) = 4r² sin²φ/(1 − r²). */
    private static double production() {
        return 4.0 * R * R * Math.sin(ANGLE) * Math.sin(ANGLE) / (1.0 - R * R);
    }

    @Test
    void aRotationHasItsCovariancesAndItsEntropyProduction() {
        VectorAutoregression turning = rotation();
        assertThat(turning.covariance()
                        .subtract(MatrixUtils.createRealIdentityMatrix(2))
                        .getNorm1())
                .isLessThan(1e-12);
        assertThat(turning.lagged(3).getEntry(1, 0)).isCloseTo(Math.pow(R, 3) * Math.sin(3.0 * ANGLE), within(1e-12));
        assertThat(turning.entropyProduction()).isCloseTo(production(), within(1e-9));
        assertThat(turning.reversible().entropyProduction()).isCloseTo(0.0, within(1e-12));
        assertThat(turning.reversible().lagged(1).getEntry(0, 0)).isCloseTo(R * Math.cos(ANGLE), within(1e-12));
        assertThat(turning.reversible().lagged(1).getEntry(0, 1)).isCloseTo(0.0, within(1e-12));
    }

    /** In other coordinates Σ is no unit matrix, and σ the same. */
    @Test
    void entropyProductionKnowsNoCoordinates() {
        double[][] shear = {{2.0, 1.5}, {0.0, 0.3}};
        VectorAutoregression sheared = rotation().projected(shear);
        assertThat(sheared.covariance().getEntry(0, 1)).isCloseTo(0.45, within(1e-12));
        assertThat(sheared.entropyProduction()).isCloseTo(production(), within(1e-9));
    }

    /** Moments of a path within 4 standard errors by batches; the bound of the other half meets σ, which for the right model is what it estimates. */
    @Test
    void pathsAreItsOwn() {
        double[][] path = rotation().simulate(40_000, 2, Seed.of(11));
        RunningMoments moments = new RunningMoments(3);
        int length = 400;
        for (int batch = 0; batch < path.length / length; batch++) {
            double[] sums = new double[3];
            for (int t = batch * length; t + 1 < (batch + 1) * length; t++) {
                sums[0] += path[t][0] * path[t][0] / (length - 1);
                sums[1] += path[t][0] * path[t][1] / (length - 1);
                sums[2] += path[t][0] * path[t + 1][1] / (length - 1);
            }
            moments.add(sums);
        }
        double[] exact = {1.0, 0.0, R * Math.sin(ANGLE)};
        for (int k = 0; k < 3; k++) {
            assertThat(moments.mean(k)).isCloseTo(exact[k], within(4.0 * moments.standardError(k)));
        }
        VectorAutoregression fitted = VectorAutoregression.fit(path);
        assertThat(fitted.entropyProduction()).isCloseTo(production(), within(0.12 * production()));
        RunningMoments bound = new RunningMoments(1);
        // A slower one, whose e^(−l) has few large values; what steps have in common doubles the variance at most.
        double slow = 0.15;
        for (double one : rotation(slow).entropyBounds(rotation(slow).simulate(40_000, 2, Seed.of(12)))) {
            bound.add(one);
        }
        double production = 4.0 * R * R * Math.sin(slow) * Math.sin(slow) / (1.0 - R * R);
        assertThat(bound.mean(0)).isCloseTo(production, within(4.0 * Math.sqrt(2.0) * bound.standardError(0)));
        assertThat(bound.standardError(0)).isLessThan(0.05 * production);
    }

    /** F = diag(1, 3), D with an off-diagonal: with Q = 0 the same Σ, and d⟨x(τ)xᵀ⟩/dτ = −D at τ = 0. */
    @Test
    void detailedBalanceKeepsCovarianceAndNoise() {
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.4}, {0.4, 0.8}});
        RealMatrix sigma = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.2}, {0.2, 0.8 / 3.0}});
        double h = 1e-6;
        VectorAutoregression still = VectorAutoregression.inDetailedBalance(sigma, d, h);
        RealMatrix slope = still.lagged(1).subtract(sigma).scalarMultiply(-1.0 / h);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                assertThat(slope.getEntry(i, j)).isCloseTo(d.getEntry(i, j), within(1e-4));
            }
        }
        assertThat(VectorAutoregression.inDetailedBalance(sigma, d, 0.7).entropyProduction())
                .isCloseTo(0.0, within(1e-9));
    }

    @Test
    void whatGrowsHasNoLaw() {
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(2);
        assertThatThrownBy(() -> VectorAutoregression.of(one.scalarMultiply(1.01), one))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("no stationary law");
        assertThatThrownBy(() -> VectorAutoregression.fit(new double[4][2])).hasMessageContaining("got 4");
    }

    /** Of exchangeable numbers each rank is as likely; the test alarms as often as it says. */
    @Test
    void ranksAlarmAsOftenAsTheySay() {
        double[] copies = new double[99];
        int alarms = 0;
        int seeds = 4000;
        VectorAutoregression noise =
                VectorAutoregression.of(MatrixUtils.createRealMatrix(2, 2), MatrixUtils.createRealIdentityMatrix(2));
        double[][] all = noise.simulate(50 * seeds, 2, Seed.of(3));
        for (int s = 0; s < seeds; s++) {
            for (int k = 0; k < 99; k++) {
                copies[k] = all[50 * s + k / 2][k % 2];
            }
            RankTest test = RankTest.of(all[50 * s + 49][1], copies);
            alarms += test.pAbove() <= 0.05 ? 1 : 0;
            assertThat(test.pAbove() + test.pBelow()).isCloseTo(1.01, within(1e-12));
        }
        assertThat((double) alarms / seeds).isCloseTo(0.05, within(4.0 * Math.sqrt(0.05 * 0.95 / seeds)));
        RankTest far = RankTest.of(1e9, copies);
        assertThat(far.pValue()).isEqualTo(0.02);
        assertThatThrownBy(() -> RankTest.of(Double.NaN, copies)).hasMessageContaining("finite");
    }
}
