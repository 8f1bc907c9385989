package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MeanSquareDisplacementTest {

    private static double[] walk(int n, double drift, long seed) {
        Random random = new Random(seed);
        double[] x = new double[n];
        for (int t = 1; t < n; t++) {
            x[t] = x[t - 1] + drift + random.nextGaussian();
        }
        return x;
    }

    /** Stationary from the start, of variance 1 and correlations φᵏ. */
    private static double[] relaxing(int n, double phi, long seed) {
        Random random = new Random(seed);
        double[] x = new double[n];
        x[0] = random.nextGaussian();
        for (int t = 1; t < n; t++) {
            x[t] = phi * x[t - 1] + Math.sqrt(1 - phi * phi) * random.nextGaussian();
        }
        return x;
    }

    @Test
    void isTheSumOfSquares() {
        double[] x = walk(7 * 13 + 11, 0.3, 1);
        MeanSquareDisplacement found = MeanSquareDisplacement.of(x, 11, 7);
        for (int k = 0; k <= 11; k++) {
            double sum = 0.0;
            for (int t = 0; t < 7 * 13; t++) {
                sum += Math.pow(x[t + k] - x[t], 2) / (7 * 13);
            }
            assertThat(found.value(k)).isCloseTo(sum, within(1e-11));
        }
    }

    @Test
    void twoCoordinatesAddUp() {
        MeanSquareDisplacement one = MeanSquareDisplacement.of(walk(500, 0, 1), 20, 8);
        MeanSquareDisplacement two = MeanSquareDisplacement.of(walk(500, 0, 2), 20, 8);
        assertThat(one.plus(two).value(20)).isCloseTo(one.value(20) + two.value(20), within(1e-9));
        assertThatThrownBy(() -> one.plus(MeanSquareDisplacement.of(walk(500, 0, 2), 19, 8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void brownianMotionHasTheExponentOne() {
        MeanSquareDisplacement found = MeanSquareDisplacement.of(walk(100_000, 0, 3), 100, 50);
        assertThat(found.value(1)).isCloseTo(1.0, within(4 * found.error(1)));
        assertThat(found.exponent(1, 100)).isCloseTo(1.0, within(4 * found.exponentError(1, 100)));
        assertThat(found.exponentError(1, 100)).isLessThan(0.02);
    }

    @Test
    void aDriftHasTheExponentTwo() {
        assertThat(MeanSquareDisplacement.of(walk(20_000, 1e3, 4), 100, 50).exponent(10, 100))
                .isCloseTo(2.0, within(1e-5));
    }

    /** M(k) = 2(1 − φᵏ). */
    @Test
    void relaxationLevelsOff() {
        double phi = Math.exp(-0.1);
        MeanSquareDisplacement found = MeanSquareDisplacement.of(relaxing(200_000, phi, 5), 100, 100);
        for (int k : new int[] {1, 5, 10, 30, 100}) {
            assertThat(found.value(k)).isCloseTo(2 * (1 - Math.pow(phi, k)), within(4 * found.error(k)));
            assertThat(found.error(k)).isLessThan(0.03);
        }
        double slope = Math.log((1 - Math.pow(phi, 100)) / (1 - Math.pow(phi, 10))) / Math.log(10);
        assertThat(found.exponent(10, 100)).isCloseTo(slope, within(4 * found.exponentError(10, 100)));
    }

    @Test
    void errorsOfAWalk() {
        Spread.check(600, run -> {
            MeanSquareDisplacement found = MeanSquareDisplacement.of(walk(2060, 0, 100 + run), 20, 50);
            return new double[][] {
                {found.value(1), found.error(1), 1.0},
                {found.value(8), found.error(8), 8.0},
                {found.exponent(1, 10), found.exponentError(1, 10)}
            };
        });
    }

    @Test
    void errorsOfRelaxation() {
        Spread.check(600, run -> {
            MeanSquareDisplacement found = MeanSquareDisplacement.of(relaxing(4020, 0.8, 1000 + run), 20, 40);
            return new double[][] {
                {found.value(2), found.error(2), 2 * (1 - 0.64)},
                {found.value(20), found.error(20), 2 * (1 - Math.pow(0.8, 20))},
                {found.exponent(1, 10), found.exponentError(1, 10)}
            };
        });
    }

    @Test
    void saysWhatIsWrong() {
        double[] x = walk(100, 0, 6);
        assertThatThrownBy(() -> MeanSquareDisplacement.of(x, 40, 2)).hasMessageContaining("at least as long as");
        assertThatThrownBy(() -> MeanSquareDisplacement.of(x, 10, 1)).hasMessageContaining("batches");
        assertThatThrownBy(() -> MeanSquareDisplacement.of(x, 0, 2)).hasMessageContaining("lags");
        assertThatThrownBy(() -> MeanSquareDisplacement.of(x, 10, 4).exponent(0, 5))
                .hasMessageContaining("from 1 to 10");
        x[3] = Double.NaN;
        assertThatThrownBy(() -> MeanSquareDisplacement.of(x, 10, 2)).hasMessageContaining("finite");
    }
}
