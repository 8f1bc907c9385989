package org.langevin4j.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrownianPathTest {

    private static final Seed SEED = Seed.of(20261121);
    private static final double HORIZON = 2.0;

    private static BrownianPath path(long index) {
        return BrownianPath.of(SEED, index, 2, HORIZON);
    }

    @Test
    void isAFunctionOfItsArguments() {
        double[] a = new double[2];
        double[] b = new double[2];
        path(3).at(7, 45, a);
        path(3).at(7, 45, b);
        assertThat(a).containsExactly(b);
        path(4).at(7, 45, b);
        assertThat(a).doesNotContain(b);
        BrownianPath.of(Seed.of(1), 3, 2, HORIZON).at(7, 45, b);
        assertThat(a).doesNotContain(b);
    }

    /** A path of more components has the same first ones, so that a sub-problem may see the same noise. */
    @Test
    void componentsDoNotDependOnTheirNumber() {
        double[] two = new double[2];
        double[] five = new double[5];
        path(3).at(7, 45, two);
        BrownianPath.of(SEED, 3, 5, HORIZON).at(7, 45, five);
        assertThat(five).startsWith(two);
    }

    @Test
    void equalTimesGiveEqualBits() {
        double[] coarse = new double[2];
        double[] fine = new double[2];
        for (int i = 0; i <= 16; i++) {
            path(5).at(4, i, coarse);
            for (int level = 5; level <= 39; level += 17) {
                path(5).at(level, (long) i << (level - 4), fine);
                assertThat(fine).containsExactly(coarse);
            }
        }
        path(5).at(0, 0, coarse);
        assertThat(coarse).containsOnly(0.0);
    }

    @Test
    void incrementsOfALevelAddUp() {
        int level = 6;
        double[] sum = new double[2];
        double[] expected = new double[2];
        double[] value = new double[2];
        path(9).visit(level, (i, w, h) -> {
            path(9).increment(level, i, i + 1, expected);
            assertThat(w).containsExactly(expected, within(1e-14));
            path(9).timeIntegral(level, i, value);
            double length = HORIZON / 64;
            for (int k = 0; k < 2; k++) {
                assertThat(length * (0.5 * w[k] + h[k])).isCloseTo(value[k], within(1e-15));
                sum[k] += w[k];
            }
        });
        path(9).at(0, 1, expected);
        assertThat(sum).containsExactly(expected, within(1e-14));
    }

    @Test
    void anIntervalAloneIsTheOneVisited() {
        double[] increment = new double[2];
        double[] area = new double[2];
        path(9).visit(6, (i, w, h) -> {
            path(9).interval(6, i, increment, area);
            assertThat(increment).containsExactly(w);
            assertThat(area).containsExactly(h);
        });
    }

    /** ∫₀ʰ(W_s − W_0)ds over an interval is that of its left half, plus that of its right half, plus ½h·ΔW of the left. */
    @Test
    void timeIntegralsOfTwoLevelsAgree() {
        double[] whole = new double[2];
        double[] left = new double[2];
        double[] right = new double[2];
        double[] increment = new double[2];
        for (int i = 0; i < 8; i++) {
            path(11).timeIntegral(3, i, whole);
            path(11).timeIntegral(4, 2L * i, left);
            path(11).timeIntegral(4, 2L * i + 1, right);
            path(11).increment(4, 2L * i, 2L * i + 1, increment);
            for (int k = 0; k < 2; k++) {
                assertThat(left[k] + right[k] + HORIZON / 16 * increment[k]).isCloseTo(whole[k], within(1e-15));
            }
        }
    }

    /** The trapezoidal rule on a fine level converges to the integral that the coarse level carries. */
    @Test
    void timeIntegralIsThatOfTheFinePath() {
        double[] exact = new double[2];
        path(12).timeIntegral(0, 0, exact);
        int level = 14;
        double step = Math.scalb(HORIZON, -level);
        double[] position = new double[2];
        double[] integral = new double[2];
        path(12).visit(level, (i, w, h) -> {
            for (int k = 0; k < 2; k++) {
                integral[k] += step * (position[k] + 0.5 * w[k]);
                position[k] += w[k];
            }
        });
        // The error of the rule is Σ step·H, of variance T·step²/12: four standard deviations.
        assertThat(integral).containsExactly(exact, within(4.0 * step * Math.sqrt(HORIZON / 12.0)));
    }

    /** Coarse areas are sums of fine ones, by Chen's relation; a finer sum differs by what the Javadoc says. */
    @Test
    void levyAreasOfTwoLevelsAgree() {
        double[] w1 = new double[2];
        double[] w2 = new double[2];
        for (int i = 0; i < 8; i++) {
            double[][] whole = path(13).levyAreas(3, i, 6);
            double left = path(13).levyAreas(4, 2L * i, 5)[0][1];
            double right = path(13).levyAreas(4, 2L * i + 1, 5)[0][1];
            path(13).increment(4, 2L * i, 2L * i + 1, w1);
            path(13).increment(4, 2L * i + 1, 2L * i + 2, w2);
            assertThat(left + right + 0.5 * (w1[0] * w2[1] - w1[1] * w2[0])).isCloseTo(whole[0][1], within(1e-15));
            assertThat(whole[1][0]).isEqualTo(-whole[0][1]);
            assertThat(whole[0][0]).isZero();
        }
        int paths = 20_000;
        double square = 0.0;
        for (int p = 0; p < paths; p++) {
            double difference = path(p).levyAreas(0, 0, 1)[0][1] - path(p).levyAreas(0, 0, 7)[0][1];
            square += difference * difference;
        }
        // T²/12·(1/2 − 1/128); the kurtosis of an area is at most 5 (of sech), so four standard errors are 4·2/√N.
        double expected = HORIZON * HORIZON / 12.0 * (0.5 - 1.0 / 128);
        assertThat(square / paths).isCloseTo(expected, within(8.0 / Math.sqrt(paths) * expected));
    }

    /** E cos(λA) = 1/cosh(λT/2) (Lévy 1951), E A² = T²/4. N = 20,000 paths, 2⁷ subintervals. */
    @Test
    void levyAreaHasItsLaw() {
        int paths = 20_000;
        double[] lambdas = {0.5, 1.0, 2.0};
        double[] cosines = new double[3];
        for (int p = 0; p < paths; p++) {
            double area = path(p).levyAreas(0, 0, 7)[0][1];
            for (int i = 0; i < 3; i++) {
                cosines[i] += Math.cos(lambdas[i] * area) / paths;
            }
        }
        for (int i = 0; i < 3; i++) {
            double mean = 1.0 / Math.cosh(lambdas[i] * HORIZON / 2.0);
            double variance = 0.5 + 0.5 / Math.cosh(lambdas[i] * HORIZON) - mean * mean;
            // A deterministic part for the areas left out, λ²·T²/(24·2⁷).
            double missing = lambdas[i] * lambdas[i] * HORIZON * HORIZON / (24.0 * 128.0);
            assertThat(cosines[i]).isCloseTo(mean, within(4.0 * Math.sqrt(variance / paths) + missing));
        }
    }

    /** Variances, kurtosis and correlations of increments over four neighbouring intervals, components and paths. */
    @ParameterizedTest
    @CsvSource({"2, 0", "5, 12", "20, 777777"})
    void incrementsAreIndependentNormals(int level, long first) {
        int paths = 40_000;
        int n = 8;
        double step = Math.scalb(HORIZON, -level);
        double[][] products = new double[n][n];
        double fourth = 0.0;
        double[] w = new double[2];
        double[] v = new double[2];
        double[] all = new double[n];
        for (int p = 0; p < paths; p++) {
            BrownianPath path = path(p);
            for (int i = 0; i < 3; i++) {
                path.increment(level, first + i, first + i + 1, w);
                all[2 * i] = w[0] / Math.sqrt(step);
                all[2 * i + 1] = w[1] / Math.sqrt(step);
            }
            // The space-time area of the first interval, from its time integral.
            path.increment(level, first, first + 1, w);
            path.timeIntegral(level, first, v);
            for (int k = 0; k < 2; k++) {
                all[6 + k] = (v[k] / step - 0.5 * w[k]) * Math.sqrt(12.0 / step);
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    products[i][j] += all[i] * all[j] / paths;
                }
                fourth += Math.pow(all[i], 4) / paths / n;
            }
        }
        for (int i = 0; i < n; i++) {
            assertThat(products[i][i]).isCloseTo(1.0, within(4.0 * Math.sqrt(2.0 / paths)));
            for (int j = 0; j < i; j++) {
                assertThat(products[i][j]).isCloseTo(0.0, within(4.0 / Math.sqrt(paths)));
            }
        }
        assertThat(fourth).isCloseTo(3.0, within(4.0 * Math.sqrt(96.0 / paths / n)));
    }

    /** An ensemble that uses the same seed must not see the numbers of the path. */
    @Test
    void normalsAreNotThoseOfTheStream() {
        double[] end = new double[2];
        path(0).at(0, 1, end);
        assertThat(end[0] / Math.sqrt(HORIZON))
                .isNotCloseTo(NormalStream.of(SEED).at(0, 0, 0), within(1e-9));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> BrownianPath.of(SEED, 0, 0, 1.0)).hasMessage("components must be in [1, 2^24), got 0");
        assertThatThrownBy(() -> BrownianPath.of(SEED, 0, 1, Double.NaN))
                .hasMessage("horizon must be positive and finite, got NaN");
        assertThatThrownBy(() -> path(0).at(40, 0, new double[2])).hasMessage("level must be in [0, 39], got 40");
        assertThatThrownBy(() -> path(0).at(3, 9, new double[2])).hasMessage("index must be in [0, 2^3], got 9");
        assertThatThrownBy(() -> path(0).increment(3, 4, 4, new double[2]))
                .hasMessage("interval must be within [0, 2^3], got from 4 to 4");
        assertThatThrownBy(() -> path(0).levyAreas(39, 0, 1)).hasMessage("refinement must be in [0, 0], got 1");
    }
}
