package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;

class KramersMoyalTest {

    /**
     * km_finite_sampling_ou: θ = 0.3, σ = 0.1. At τ = 0.1 the slope of the drift is −0.295545 and Var[Δx|x]/τ = 0.00970591; at
     * τ = 1, by the same closed form, −0.259182 and 0.00751981. The limits −0.3 and 0.01 are refused at τ = 1.
     */
    @ParameterizedTest
    @CsvSource({"0.1, -0.29554466451491845, 0.009705911069291882", "1, -0.2591817793182821, 0.0075198060651"})
    void anOrnsteinUhlenbeckProcessSampledAtAnInterval(double tau, double slope, double variance) {
        double decay = Math.exp(-0.3 * tau);
        double deviation = 0.1 * Math.sqrt((1 - decay * decay) / 0.6);
        Random random = new Random(11);
        double[][] samples = new double[1_000_000][1];
        double x = 0;
        for (int t = 0; t < samples.length; t++) {
            x = decay * x + deviation * random.nextGaussian();
            samples[t][0] = x;
        }
        KramersMoyal estimate = KramersMoyal.of(samples, tau, Grid.of(Axis.uniform(-0.4, 0.4, 80)));
        double top = 0;
        double bottom = 0;
        double weight = 0;
        double mean = 0;
        double wide = 0;
        double total = 0;
        for (int cell = 0; cell < 80; cell++) {
            if (estimate.count(cell) < 100) {
                continue;
            }
            double centre = -0.395 + 0.01 * cell;
            double b = estimate.drift(cell, 0);
            // The states of a cell are not all at its centre: half a cell of slope at most.
            assertThat(b).isCloseTo(slope * centre, within(4.5 * estimate.driftError(cell, 0) + 0.3 * 0.005));
            double w = 1 / Math.pow(estimate.driftError(cell, 0), 2);
            top += w * centre * b;
            bottom += w * centre * centre;
            weight += estimate.count(cell);
            mean += estimate.count(cell) * 2 * estimate.diffusion(cell, 0, 0);
            wide = Math.max(
                    wide,
                    Math.abs(2 * estimate.diffusion(cell, 0, 0) - variance)
                            / (2 * estimate.diffusionError(cell, 0, 0)));
            total++;
        }
        double error = 1 / Math.sqrt(bottom);
        assertThat(total).isGreaterThan(40);
        // Means over cells of width w of a normal law of variance s² are flatter by w²/(12s²) = 0.05 %.
        assertThat(top / bottom).isCloseTo(slope, within(4 * error + 1e-3 * Math.abs(slope)));
        // Within a cell the mean of Δx varies: w²/12·(θτ)²/τ.
        double spread = 1e-4 / 12 * 0.09 * tau;
        assertThat(mean / weight).isCloseTo(variance, within(4 * variance * Math.sqrt(2 / weight) + spread));
        assertThat(wide).isLessThan(5);
        if (tau == 1) {
            assertThat(Math.abs(top / bottom + 0.3)).isGreaterThan(8 * error);
            assertThat(mean / weight).isLessThan(0.008);
        }
    }

    /** Brownian motion with a constant drift in the plane, correlated noise: no bias at any interval. */
    @Test
    void aPlane() {
        Random random = new Random(3);
        double[][] samples = new double[200_000][2];
        for (int t = 1; t < samples.length; t++) {
            double g = random.nextGaussian();
            samples[t][0] = samples[t - 1][0] + 0.02 + 0.2 * g;
            samples[t][1] = samples[t - 1][1] - 0.01 + 0.1 * g + 0.1 * random.nextGaussian();
        }
        KramersMoyal estimate =
                KramersMoyal.of(samples, 0.5, Grid.of(Axis.uniform(-1e4, 1e4, 2), Axis.uniform(-1e4, 1e4, 2)));
        double[] drift = {0.04, -0.02};
        double[][] diffusion = {{0.04, 0.02}, {0.02, 0.02}};
        long sum = 0;
        for (int cell = 0; cell < 4; cell++) {
            sum += estimate.count(cell);
            if (estimate.count(cell) < 1000) {
                continue;
            }
            for (int i = 0; i < 2; i++) {
                assertThat(estimate.drift(cell, i)).isCloseTo(drift[i], within(4 * estimate.driftError(cell, i)));
                for (int j = 0; j < 2; j++) {
                    assertThat(estimate.diffusion(cell, i, j))
                            .isCloseTo(diffusion[i][j], within(4 * estimate.diffusionError(cell, i, j)));
                }
            }
        }
        assertThat(sum).isEqualTo(199_999);
    }

    @Test
    void badInputIsRefused() {
        Grid grid = Grid.of(Axis.uniform(0, 1, 2));
        assertThatThrownBy(() -> KramersMoyal.of(new double[][] {{0}, {1, 2}}, 1, grid))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("samples must have the 1 coordinates of the grid, got 2 in row 1");
        assertThatThrownBy(() -> KramersMoyal.of(new double[][] {{0}, {Double.NaN}}, 1, grid))
                .hasMessage("samples must be finite, got samples[1][0] = NaN");
        assertThatThrownBy(() -> KramersMoyal.of(new double[][] {{0}}, -1, grid))
                .hasMessage("interval must be positive and finite, got -1.0");
        assertThat(KramersMoyal.of(new double[][] {{0}, {0.2}}, 1, grid).diffusion(1, 0, 0))
                .isNaN();
    }
}
