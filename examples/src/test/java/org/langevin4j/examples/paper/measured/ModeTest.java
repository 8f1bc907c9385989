package org.langevin4j.examples.paper.measured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ModeTest {

    /** x ← x − η(hx + ξ): ηs/(h(2 − ηh)), correlations (1 − ηh)ᵏ. */
    @Test
    void withoutMomentum() {
        Mode mode = new Mode(0.5, 3.0, 0.2, 0.0, true);
        assertThat(mode.variance()).isCloseTo(0.2 * 3.0 / (0.5 * (2 - 0.2 * 0.5)), within(1e-12));
        assertThat(mode.correlation(7) / mode.variance()).isCloseTo(Math.pow(0.9, 7), within(1e-12));
        assertThat(mode.period()).isInfinite();
    }

    /** The heavy ball: ηs(1 + μ)/(h(1 − μ)(2(1 + μ) − ηh)). */
    @Test
    void heavyBall() {
        double eta = 0.2;
        double h = 1.5;
        double mu = 0.8;
        Mode mode = new Mode(h, 3.0, eta, mu, false);
        assertThat(mode.variance())
                .isCloseTo(eta * 3.0 * (1 + mu) / (h * (1 - mu) * (2 * (1 + mu) - eta * h)), within(1e-11));
        // x(t + 1) − (1 + μ − ηh) x(t) + μ x(t − 1) = −ηξ turns by acos((1 + μ − ηh)/(2√μ)) a step.
        assertThat(mode.period())
                .isCloseTo(2 * Math.PI / Math.acos((1 + mu - eta * h) / (2 * Math.sqrt(mu))), within(1e-9));
    }

    @Test
    void nesterovAgainstItsSteps() {
        Mode mode = new Mode(1.0, 2.0, 0.1, 0.9, true);
        Random random = new Random(4);
        double x = 0.0;
        double v = 0.0;
        double[] path = new double[2_000_000];
        for (int t = 0; t < path.length; t++) {
            double g = x + Math.sqrt(2.0) * random.nextGaussian();
            v = 0.9 * v + g;
            x -= 0.1 * (g + 0.9 * v);
            path[t] = x;
        }
        for (int k : new int[] {1, 3, 10, 30}) {
            double sum = 0.0;
            for (int t = 1000; t + k < path.length; t++) {
                sum += Math.pow(path[t + k] - path[t], 2) / (path.length - 1000 - k);
            }
            // Correlations last some 15 steps: 4√(2·15/2·10⁶) = 1.5 %.
            assertThat(sum / mode.displacement(k)).isCloseTo(1.0, within(0.016));
        }
    }

    /** A flat direction: Brownian, η²s/(1 − μ)² a step. */
    @Test
    void flatDirection() {
        Mode mode = new Mode(1e-9, 2.0, 0.01, 0.9, true);
        assertThat(mode.displacement(100_000) / 100_000).isCloseTo(0.01 * 0.01 * 2.0 / (0.1 * 0.1), within(2e-6));
    }
}
