package org.langevin4j.solvers.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.field.VectorField;

class ClosedLoopTest {

    /** j of Example 19 of Chaudhari and Soatto (2018), λ e^(Φ − r⁴/4)(−x₂, x₁). */
    private static VectorField force(double lambda) {
        return (x, out) -> {
            double phi = 0.25 * (x[0] * x[0] - 1.0) * (x[0] * x[0] - 1.0) + 0.5 * x[1] * x[1];
            double r2 = x[0] * x[0] + x[1] * x[1];
            double swirl = lambda * Math.exp(phi - 0.25 * r2 * r2);
            out[0] = -swirl * x[1];
            out[1] = swirl * x[0];
        };
    }

    /** values.json, example19, period_of_xdot=j_times_lambda. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 4.958337907276603, 1.5",
        "1, 5.9220719656303435, 1.5",
        "1.5, 11.475438082663919, 0.5",
        "2, 63.39764943478926, 3"
    })
    void circlesOfExample19(double r, double periodTimesLambda, double lambda) {
        Flow flow = Flow.of(force(lambda), 2);
        ClosedLoop loop = ClosedLoop.through(flow, new double[] {r, 0.0}, 200.0);
        assertThat(loop.period()).isCloseTo(periodTimesLambda / lambda, within(1e-10));
        assertThat(loop.gap()).isLessThan(1e-11);
        assertThat(loop.drift(100)).isLessThan(1e-9);
        double[][] x = loop.orbit().coordinates(100);
        for (int k = 0; k < 100; k++) {
            assertThat(Math.hypot(x[0][k], x[1][k])).isCloseTo(r, within(1e-10));
        }
    }

    /** A dumb-bell crosses the line through its start several times; only the start itself counts. */
    @Test
    void otherCrossingsOfTheSameLineAreNoReturn() {
        // H = y²/2 + (x² − 1)²/4 just above the saddle, traversed past x = 0.
        Flow flow = Flow.of(
                (x, out) -> {
                    out[0] = x[1];
                    out[1] = -x[0] * (x[0] * x[0] - 1.0);
                },
                2);
        double x0 = 1.0;
        double y0 = Math.sqrt(2.0 * 0.26);
        ClosedLoop loop = ClosedLoop.through(flow, new double[] {x0, y0}, 100.0);
        double[][] x = loop.orbit().coordinates(1000);
        double least = 0.0;
        for (double value : x[0]) {
            least = Math.min(least, value);
        }
        // The turning point x² = 1 + √1.04.
        assertThat(least).isCloseTo(-Math.sqrt(1.0 + Math.sqrt(1.04)), within(1e-4));
        assertThat(loop.drift(10)).isLessThan(1e-10);
    }

    @Test
    void spiralDoesNotClose() {
        Flow flow = Flow.of(
                (x, out) -> {
                    out[0] = -0.01 * x[0] - x[1];
                    out[1] = x[0] - 0.01 * x[1];
                },
                2);
        // The nearest return is the first: 1 − e^(−0.02π), seen along the section.
        assertThatThrownBy(() -> ClosedLoop.through(flow, new double[] {1, 0}, 50.0))
                .isInstanceOf(OrbitException.class)
                .hasMessageStartingWith("orbit from [1.0, 0.0] did not close within the time 50.0: of ");
    }

    /** Frequencies 1 and √2 on a torus: no return is exact, and the nearest ones are those of the convergents of √2. */
    @Test
    void incommensurateFrequenciesDoNotClose() {
        double ratio = Math.sqrt(2.0);
        Flow flow = Flow.of(
                (x, out) -> {
                    out[0] = -x[1];
                    out[1] = x[0];
                    out[2] = -ratio * x[3];
                    out[3] = ratio * x[2];
                },
                4);
        assertThatThrownBy(() -> ClosedLoop.through(flow, new double[] {1, 0, 1, 0}, 80.0))
                .isInstanceOf(OrbitException.class)
                .hasMessageContaining("did not close within the time 80.0");
    }

    @Test
    void fixedPointIsRefused() {
        assertThatThrownBy(() -> ClosedLoop.through(Flow.of(force(1.0), 2), new double[2], 10.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("start must not be a fixed point, got [0.0, 0.0]");
    }
}
