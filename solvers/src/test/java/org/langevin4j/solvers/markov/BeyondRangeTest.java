package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times above 1e308, against the sum for birth and death (Karlin and McGregor 1957) in logarithms. */
class BeyondRangeTest {

    private static double[] up(int n, double barrier, int wells) {
        double[] u = new double[n];
        for (int k = 0; k < n; k++) {
            u[k] = -0.5 * barrier * Math.cos(2 * Math.PI * wells * (k - 0.5 * n / wells) / n);
        }
        return u;
    }

    private static Generator chain(double[] u, double speed) {
        Generator.Builder builder = Generator.builder(u.length);
        for (int k = 0; k + 1 < u.length; k++) {
            builder.rate(k, k + 1, speed * Math.exp(0.5 * (u[k] - u[k + 1])));
            builder.rate(k + 1, k, speed * Math.exp(0.5 * (u[k + 1] - u[k])));
        }
        return builder.build();
    }

    /** ln τ from 0 to the end: τ = Σₖ Σ_{j≤k} e^(−uⱼ)/(e^(−uₖ) upₖ), with upₖ the rate from k to k + 1. */
    private static double logTime(double[] u, double speed) {
        double total = Double.NEGATIVE_INFINITY;
        for (int k = 0; k + 1 < u.length; k++) {
            for (int j = 0; j <= k; j++) {
                double term = -u[j] + u[k] - 0.5 * (u[k] - u[k + 1]) - Math.log(speed);
                double most = Math.max(total, term);
                total = most + Math.log(Math.exp(total - most) + Math.exp(term - most));
            }
        }
        return total;
    }

    @ParameterizedTest
    @CsvSource({"730, 1, 60, 2", "751, 1, 60, 2", "760, 1e-5, 200, 2", "2000, 3, 120, 2", "5000, 1, 120, 3"})
    void meanTimeIsToldByItsLogarithm(double barrier, double speed, int states, int wells) {
        double[] u = up(states, barrier, wells);
        BeyondRangeException beyond = catchThrowableOfType(
                BeyondRangeException.class,
                () -> Passage.to(chain(u, speed), new int[] {states - 1}).meanTime());
        double exact = logTime(u, speed);
        assertThat(beyond.logarithm()).isCloseTo(exact, within(3 + 0.01 * exact));
        assertThat(beyond)
                .hasMessageContaining("beyond the range of double")
                .hasMessageContaining("finite, but estimated");
    }

    @Test
    void anUnknownLogarithmIsNotPrinted() {
        assertThat(new BeyondRangeException(Double.NaN))
                .hasMessage("the mean first-passage time is finite, but beyond the range of double (1e308)");
    }

    @Test
    void belowTheRangeTheTimeIsGiven() {
        double[] u = up(60, 690, 2);
        double time = Passage.to(chain(u, 1), new int[] {59}).meanTime()[0];
        assertThat(Math.log(time)).isCloseTo(logTime(u, 1), within(1e-10));
    }

    @Test
    void noWayIsNoWay() {
        Generator.Builder builder =
                Generator.builder(4).rate(0, 1, 1).rate(1, 0, 1).rate(2, 3, 1e-300);
        assertThatThrownBy(() -> Passage.to(builder.build(), new int[] {3}))
                .isInstanceOf(UnreachableTargetException.class)
                .hasMessageContaining("infinite");
    }

    @Test
    void aUniqueSteadyStateIsNotCalledReducible() {
        double[] u = new double[60];
        for (int k = 0; k < 60; k++) {
            u[k] = 0.05 * k - 400 * Math.cos(0.1 * Math.PI * k);
        }
        assertThatThrownBy(() -> StationaryDistribution.of(chain(u, 1)))
                .isInstanceOf(ReducibleGeneratorException.class)
                .hasMessageContaining("unique, but not to be found in double");
        Generator two = Generator.builder(3).rate(0, 1, 1).rate(0, 2, 1).build();
        assertThatThrownBy(() -> StationaryDistribution.of(two)).hasMessageContaining("is reducible");
    }

    /** A law is right or refused: wells further apart than the range of double, wherever they lie in the order of elimination. */
    @Test
    void aSteadyStateIsRightOrRefused() {
        int right = 0;
        for (int barrier : new int[] {600, 690, 705, 720, 800, 1600, 3000}) {
            for (int wells = 1; wells <= 3; wells++) {
                for (double tilt : new double[] {0.0, 0.05, 1.3}) {
                    for (double phase : new double[] {0.0, 0.25, 0.5}) {
                        double[] u = new double[60];
                        for (int k = 0; k < u.length; k++) {
                            u[k] = tilt * k - 0.5 * barrier * Math.cos(2.0 * Math.PI * (wells * k / 60.0 + phase));
                        }
                        double[] p;
                        try {
                            p = StationaryDistribution.of(chain(u, 1)).probabilities();
                        } catch (ReducibleGeneratorException e) {
                            assertThat(e).hasMessageContaining("unique, but not to be found in double");
                            continue;
                        }
                        right++;
                        double least = Arrays.stream(u).min().orElseThrow();
                        double sum =
                                Arrays.stream(u).map(v -> Math.exp(least - v)).sum();
                        for (int k = 0; k < u.length; k++) {
                            assertThat(p[k])
                                    .as("%s %s %s %s %s", barrier, wells, tilt, phase, k)
                                    .isCloseTo(Math.exp(least - u[k]) / sum, within(1e-10));
                        }
                    }
                }
            }
        }
        assertThat(right).isGreaterThan(40);
    }
}
