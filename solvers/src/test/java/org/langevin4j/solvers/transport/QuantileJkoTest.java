package org.langevin4j.solvers.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

class QuantileJkoTest {

    private static final Potential QUADRATIC = Potential.of(x -> 0.5 * x[0] * x[0], (x, out) -> out[0] = x[0]);

    private static final Potential DOUBLE_WELL =
            Potential.of(x -> 0.25 * Math.pow(x[0] * x[0] - 1, 2), (x, out) -> out[0] = x[0] * (x[0] * x[0] - 1));

    private static final Potential FLAT = Potential.of(x -> 0.0, (x, out) -> out[0] = 0.0);

    private static Density gaussian(double mean, double deviation, int cells) {
        double reach = 8 * deviation;
        return Density.gaussian(
                Grid.of(Axis.uniform(mean - reach, mean + reach, cells)), new double[] {mean}, deviation);
    }

    private static double mean(Density density) {
        return density.mean()[0];
    }

    /** With the variance within the cells. */
    private static double deviation(Density density) {
        Axis axis = density.grid().axis(0);
        double second = 0.0;
        for (int i = 0; i < axis.cells(); i++) {
            second += density.value(i) * (Math.pow(axis.edge(i + 1), 3) - Math.pow(axis.edge(i), 3)) / 3;
        }
        return Math.sqrt(second - mean(density) * mean(density));
    }

    /** Reference values jko_gaussian1d: Φ = x²/2, β = 2, τ = 0.1, from N(2, 0.5²); n, mean, std, F. */
    private static final double[][] TRAJECTORY = {
        {1, 1.8181818181818181, 0.5388933909273201, 1.3977450978355097},
        {2, 1.6528925619834711, 0.569691134011847, 1.1001621058000994},
        {5, 1.2418426461183103, 0.630568318429117, 0.4909924011065167},
        {10, 0.7710865788590635, 0.6772079965263169, 0.012011735012178868},
        {20, 0.2972872560482874, 0.7023496982826934, -0.24196993431514907}
    };

    @Test
    void gaussiansConvergeToTheClosedForm() {
        double[] stdErrors = new double[3];
        double[] energyErrors = new double[3];
        for (int i = 0; i < 3; i++) {
            JkoFlow flow = QuantileJko.of(QUADRATIC, Temperature.of(0.5)).evolve(gaussian(2, 0.5, 100 << i), 0.1, 20);
            assertThat(flow.increases()).isZero();
            for (double[] row : TRAJECTORY) {
                int n = (int) row[0];
                Density density = flow.densities().get(n);
                // The mean of the scheme is exact for a quadratic Φ, whatever the cells.
                assertThat(mean(density)).isCloseTo(row[1], within(1e-9));
                stdErrors[i] = Math.max(stdErrors[i], Math.abs(deviation(density) - row[2]));
                energyErrors[i] = Math.max(
                        energyErrors[i], Math.abs(flow.functionals().get(n).total() - row[3]));
                assertThat(flow.times().get(n)).isCloseTo(0.1 * n, within(1e-14));
            }
        }
        assertThat(stdErrors[2]).isLessThan(1e-4);
        assertThat(energyErrors[2]).isLessThan(1e-4);
        assertThat(0.5 * Math.log(stdErrors[0] / stdErrors[2]) / Math.log(2)).isBetween(1.8, 2.2);
        assertThat(0.5 * Math.log(energyErrors[0] / energyErrors[2]) / Math.log(2))
                .isBetween(1.8, 2.2);
    }

    /** Without Φ the variance follows s′² − s′s = τβ⁻¹D, from the optimality of a dilation. */
    @Test
    void heatFlow() {
        double s = 0.4;
        double tau = 0.03;
        JkoFlow flow =
                QuantileJko.of(FLAT, Temperature.of(2.0)).withDiffusion(1.5).evolve(gaussian(-1, s, 400), tau, 10);
        for (int n = 1; n <= 10; n++) {
            double next = 0.5 * (s + Math.sqrt(s * s + 4 * tau * 2.0 * 1.5));
            // The distance of the step in the metric 1/D.
            assertThat(flow.steps().get(n - 1).distance()).isCloseTo((next - s) / Math.sqrt(1.5), within(2e-5));
            s = next;
            assertThat(deviation(flow.densities().get(n))).isCloseTo(s, within(1e-4));
            assertThat(mean(flow.densities().get(n))).isCloseTo(-1, within(1e-9));
        }
    }

    /** D changes the unit of length: Φ = x²/2 with D = 4 is Φ = 4y²/2 with D = 1, x = 2y. */
    @Test
    void diffusionIsAChangeOfScale() {
        double tau = 0.05;
        JkoFlow flow =
                QuantileJko.of(QUADRATIC, Temperature.of(0.5)).withDiffusion(4).evolve(gaussian(2, 0.5, 400), tau, 5);
        double m = 1.0;
        double s = 0.25;
        double k = 4;
        for (int n = 1; n <= 5; n++) {
            m /= 1 + tau * k;
            s = (s + Math.sqrt(s * s + 4 * tau * (1 + tau * k) * 0.5)) / (2 * (1 + tau * k));
            assertThat(mean(flow.densities().get(n))).isCloseTo(2 * m, within(1e-9));
            assertThat(deviation(flow.densities().get(n))).isCloseTo(2 * s, within(2e-4));
        }
    }

    /** The functional, its distance and the inequality of the scheme, F(ρₖ₊₁) + W₂²/(2τ) ≤ F(ρₖ), in the double well. */
    @Property(tries = 60)
    void functionalFallsByTheDistanceAtLeast(
            @ForAll @DoubleRange(min = -2, max = 2) double mean,
            @ForAll @DoubleRange(min = 0.1, max = 1) double deviation,
            @ForAll @DoubleRange(min = 0.05, max = 2) double temperature,
            @ForAll @DoubleRange(min = 0.01, max = 0.95) double stepSize) {
        JkoFlow flow = QuantileJko.of(DOUBLE_WELL, Temperature.of(temperature))
                .evolve(gaussian(mean, deviation, 60), stepSize, 8);
        assertThat(flow.densities()).hasSize(9);
        assertThat(flow.steps()).hasSize(8);
        for (int k = 0; k < 8; k++) {
            JkoStep step = flow.steps().get(k);
            double before = flow.functionals().get(k).total();
            double after = flow.functionals().get(k + 1).total();
            double moved = Wasserstein.distance(
                    flow.densities().get(k), flow.densities().get(k + 1));
            assertThat(step.distance()).isCloseTo(moved, within(1e-10));
            assertThat(after + moved * moved / (2 * stepSize)).isLessThanOrEqualTo(before + 1e-11);
            assertThat(step.residual()).isLessThanOrEqualTo(1e-9);
            assertThat(flow.densities().get(k + 1).mass()).isCloseTo(1.0, within(1e-12));
        }
    }

    /**
     * Starts as rough as they come, neighbouring cells differing by up to e^60: the quadratic Φ moves the mean by 1/(1 + τ)
     * whatever the density, no step fails, and F falls by W₂²/(2τ) at
     * least.
     */
    @Property(tries = 300)
    void roughStarts(
            @ForAll @Size(min = 2, max = 40) List<@DoubleRange(min = -60.0, max = 0.0) Double> logWeights,
            @ForAll @DoubleRange(min = -3, max = 3) double centre,
            @ForAll @DoubleRange(min = -4, max = 1) double logWidth,
            @ForAll @DoubleRange(min = -6, max = 2) double logTemperature,
            @ForAll @DoubleRange(min = -7, max = 2) double logStep) {
        double halfWidth = Math.exp(logWidth);
        double tau = Math.exp(logStep);
        double[] weights = logWeights.stream().mapToDouble(Math::exp).toArray();
        Density start = Density.of(
                        Grid.of(Axis.uniform(centre - halfWidth, centre + halfWidth, weights.length)), weights)
                .normalized();
        JkoFlow flow = QuantileJko.of(QUADRATIC, Temperature.of(Math.exp(logTemperature)))
                .withPiecesPerCell(2)
                .evolve(start, tau, 3);
        double expected = mean(start);
        for (int k = 1; k <= 3; k++) {
            expected /= 1 + tau;
            assertThat(mean(flow.densities().get(k))).isCloseTo(expected, within(1e-8));
            // A cell of negligible mass is a gap, which the first step closes.
            if (k == 1 && Collections.min(logWeights) < -18) {
                continue;
            }
            double before = flow.functionals().get(k - 1).total();
            double after = flow.functionals().get(k).total();
            double moved = flow.steps().get(k - 1).distance();
            assertThat(after + moved * moved / (2 * tau)).isLessThanOrEqualTo(before + 1e-9 * (1 + Math.abs(before)));
        }
    }

    /** Against the Fokker–Planck flow, in implicit steps a hundred times as short: the error is of first order in τ. */
    @Test
    void convergesToTheFokkerPlanckFlow() {
        Temperature temperature = Temperature.of(0.5);
        Grid grid = Grid.of(Axis.uniform(-3.2, 3.2, 480));
        Density start = Density.gaussian(grid, new double[] {0.5}, 0.3);
        Sde sde = Sde.ito((x, out) -> out[0] = -x[0] * (x[0] * x[0] - 1), Diffusion.isotropic(1, 1.0), temperature);
        Density flow = FokkerPlanck.of(sde, grid, Boundary.REFLECTING)
                .evolve(start, 2.5e-4, 4000)
                .last();
        double[] errors = new double[3];
        for (int i = 0; i < 3; i++) {
            int steps = 10 << i;
            Density last = QuantileJko.of(DOUBLE_WELL, temperature)
                    .evolve(start, 1.0 / steps, steps)
                    .last();
            errors[i] = Wasserstein.distance(last, flow);
        }
        assertThat(errors[2]).isLessThan(0.005);
        assertThat(0.5 * Math.log(errors[0] / errors[2]) / Math.log(2)).isBetween(0.8, 1.2);
    }

    /** A start with a gap, and one of two cells, divided: the flow closes the gap at once. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0, 1", "1, 1, 1, 1", "0, 1, 0, 3"})
    void coarseStarts(double a, double b, double c, double d) {
        Density start = Density.of(Grid.of(Axis.uniform(-1, 1, 4)), a, b, c, d).normalized();
        Temperature temperature = Temperature.of(0.5);
        JkoFlow flow =
                QuantileJko.of(QUADRATIC, temperature).withPiecesPerCell(64).evolve(start, 0.1, 60);
        double expectedMean = mean(start);
        for (int n = 0; n < 60; n++) {
            expectedMean /= 1.1;
        }
        assertThat(mean(flow.last())).isCloseTo(expectedMean, within(1e-9));
        // At rest: N(0, ½), of which cells of equal mass end in tails that are too wide.
        assertThat(deviation(flow.last())).isCloseTo(Math.sqrt(0.5), within(5e-3));
        for (int k = 2; k < flow.functionals().size(); k++) {
            assertThat(flow.functionals().get(k).total())
                    .isLessThanOrEqualTo(flow.functionals().get(k - 1).total() + 1e-14);
        }
    }

    @Test
    void longStepsOverABarrierAreRefused() {
        // Φ″ = 3x² − 1 is least at the origin: τ < 1/D.
        Density start = Density.gaussian(Grid.of(Axis.uniform(-2, 2, 81)), new double[] {0}, 0.5);
        QuantileJko scheme = QuantileJko.of(DOUBLE_WELL, Temperature.of(0.1));
        assertThat(scheme.evolve(start, 0.9, 3).increases()).isZero();
        assertThatThrownBy(() -> scheme.evolve(start, 1.1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("stepSize must be less than 1/\\(D max\\(−Φ″\\)\\) = (1\\.00|0\\.99).*"
                        + " for the step to have one minimum, got 1\\.1");
        assertThatThrownBy(() -> scheme.withDiffusion(2).evolve(start, 0.6, 1))
                .hasMessageStartingWith("stepSize must be less than");
        // Away from the barrier Φ is convex.
        Density aside = Density.gaussian(Grid.of(Axis.uniform(1, 1.6, 40)), new double[] {1.3}, 0.05);
        assertThat(QuantileJko.of(DOUBLE_WELL, Temperature.of(1e-4))
                        .evolve(aside, 5.0, 2)
                        .increases())
                .isZero();
    }

    @Test
    void badArgumentsAreRefused() {
        QuantileJko scheme = QuantileJko.of(QUADRATIC, Temperature.of(1.0));
        Density start = gaussian(0, 1, 20);
        assertThatThrownBy(() -> scheme.evolve(start, Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stepSize must be positive and finite, got NaN");
        assertThatThrownBy(() -> scheme.evolve(start, 0.1, 0)).hasMessage("steps must be positive, got 0");
        assertThatThrownBy(() -> scheme.evolve(Density.of(start.grid(), new double[20]), 0.1, 1))
                .hasMessage("start must have mass 1, got 0.0");
        assertThatThrownBy(() -> scheme.evolve(Density.gaussian(Grid.square(-1, 1, 4), new double[2], 1.0), 0.1, 1))
                .hasMessage("start must have 1 axis, got 2; EntropicJko takes any number");
        assertThatThrownBy(() -> scheme.withDiffusion(-1))
                .hasMessage("diffusion must be positive and finite, got -1.0");
        assertThatThrownBy(() -> scheme.withPiecesPerCell(0)).hasMessage("pieces must be at least 1, got 0");
        Potential broken = Potential.of(x -> x[0], (x, out) -> out[0] = Double.NaN);
        assertThatThrownBy(() -> QuantileJko.of(broken, Temperature.of(1.0)).evolve(start, 0.1, 1))
                .hasMessageStartingWith("potential must have a finite derivative, got NaN at x = -7.");
    }
}
