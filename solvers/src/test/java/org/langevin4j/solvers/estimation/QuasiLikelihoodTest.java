package org.langevin4j.solvers.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.OrnsteinUhlenbeckFit;

class QuasiLikelihoodTest {

    /** dx = −θ(x − μ)dt + √(2T) dW. */
    private static Sde relaxing(double[] p) {
        return Sde.ito(
                AffineField.of(MatrixUtils.createRealDiagonalMatrix(new double[] {-p[0]}), p[0] * p[2]),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(p[1]));
    }

    /** dx = (ax − cx³)dt + √(2T) dW. */
    private static Sde bistable(double[] p) {
        return Sde.ito(
                DifferentiableField.of(
                        (x, out) -> out[0] = p[0] * x[0] - p[1] * x[0] * x[0] * x[0],
                        (x, out) -> out[0] = p[0] - 3.0 * p[1] * x[0] * x[0]),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(p[2]));
    }

    private static double[][] relaxation(double theta, double t, double mu, double tau, int rows, Random random) {
        double[][] x = new double[rows][1];
        double decay = Math.exp(-theta * tau);
        double now = Math.sqrt(t / theta) * random.nextGaussian();
        for (double[] row : x) {
            row[0] = mu + now;
            now = decay * now + Math.sqrt(t / theta * (1.0 - decay * decay)) * random.nextGaussian();
        }
        return x;
    }

    /** By Euler's scheme at 2·10⁻³, whose own bias is below the errors here. */
    private static double[][] doubleWell(double a, double c, double t, double tau, int rows, Random random) {
        double h = 2e-3;
        double[][] x = new double[rows][1];
        double now = 1.0;
        for (double[] row : x) {
            row[0] = now;
            for (int k = 0; k < Math.round(tau / h); k++) {
                now += h * (a * now - c * now * now * now) + Math.sqrt(2.0 * t * h) * random.nextGaussian();
            }
        }
        return x;
    }

    /** Mean of estimates, their spread and the mean error bar. */
    private static final class Many {

        private final double[] mean;
        private final double[] spread;
        private final double[] bar;
        private final int runs;

        Many(double[] mean, double[] spread, double[] bar, int runs) {
            this.mean = mean;
            this.spread = spread;
            this.bar = bar;
            this.runs = runs;
        }

        static Many of(int runs, IntFunction<ParameterEstimate> fit) {
            ParameterEstimate first = fit.apply(0);
            int n = first.values().length;
            Many many = new Many(new double[n], new double[n], new double[n], runs);
            double[][] values = new double[runs][];
            for (int run = 0; run < runs; run++) {
                ParameterEstimate one = run == 0 ? first : fit.apply(run);
                values[run] = one.values();
                for (int k = 0; k < n; k++) {
                    many.mean[k] += one.value(k) / runs;
                    many.bar[k] += one.error(k) * one.error(k) / runs;
                }
            }
            for (int k = 0; k < n; k++) {
                for (double[] value : values) {
                    many.spread[k] += Math.pow(value[k] - many.mean[k], 2) / (runs - 1.0);
                }
                many.spread[k] = Math.sqrt(many.spread[k]);
                many.bar[k] = Math.sqrt(many.bar[k]);
            }
            return many;
        }

        /** The error bar is the spread within a part of it; 1/√(2·runs) is its own standard error. */
        void requireBar(int k, double part) {
            assertThat(bar[k] / spread[k]).as("error of parameter %d", k).isCloseTo(1.0, within(part));
        }

        void requireMean(int k, double expected, double bias) {
            assertThat(mean[k])
                    .as("parameter %d", k)
                    .isCloseTo(expected, within(bias + 4.0 * spread[k] / Math.sqrt(runs)));
        }
    }

    @Test
    void ofALinearEquationItIsTheExactLikelihood() {
        double[][] x = relaxation(0.8, 0.5, 0.3, 0.5, 400, new Random(1));
        double decay = Math.exp(-0.8 * 0.5);
        double variance = 0.5 / 0.8 * (1.0 - decay * decay);
        double expected = 0.0;
        for (int t = 1; t < x.length; t++) {
            double off = x[t][0] - 0.3 - decay * (x[t - 1][0] - 0.3);
            expected -= 0.5 * (off * off / variance + Math.log(2.0 * Math.PI * variance));
        }
        QuasiLikelihood likelihood = QuasiLikelihood.of(QuasiLikelihoodTest::relaxing);
        assertThat(likelihood.withSubsteps(20).logLikelihood(x, 0.5, 0.8, 0.5, 0.3))
                .isCloseTo(expected, within(1e-5));
        QuasiLikelihood onGrid =
                QuasiLikelihood.onGrid(QuasiLikelihoodTest::relaxing, Grid.of(Axis.uniform(-5.0, 5.0, 400)));
        assertThat(onGrid.logLikelihood(x, 0.5, 0.8, 0.5, 0.3)).isCloseTo(expected, within(0.1));
        ParameterEstimate fit = likelihood.withSubsteps(20).fit(x, 0.5, 1.5, 1.0, 0.0);
        OrnsteinUhlenbeckFit closed = OrnsteinUhlenbeckFit.of(x, 0.5);
        assertThat(fit.value(0)).isCloseTo(closed.rates().getEntry(0, 0), within(1e-4));
        // The closed form has the divisor n − 2 for the variance.
        assertThat(fit.value(1) * 399.0 / 397.0).isCloseTo(closed.diffusion().getEntry(0, 0), within(1e-4));
        assertThat(fit.value(2)).isCloseTo(closed.mean()[0], within(1e-4));
        assertThat(Math.sqrt(1.0 / fit.information().getEntry(0, 0))).isLessThan(fit.error(0) * 1.5);
    }

    /** Half of the variance of what is seen is noise of the instrument. 200 records of 300 states. */
    @Test
    void measurementNoise() {
        Random random = new Random(3);
        QuasiLikelihood likelihood =
                QuasiLikelihood.of(QuasiLikelihoodTest::relaxing).withMeasurementNoise(p -> new double[] {p[3]});
        Many many = Many.of(200, run -> {
            double[][] x = relaxation(1.0, 0.5, 0.0, 0.25, 400, random);
            for (double[] row : x) {
                row[0] += Math.sqrt(0.25) * random.nextGaussian();
            }
            return likelihood.fit(x, 0.25, 1.0, 0.5, 0.0, 0.25);
        });
        for (int k = 0; k < 4; k++) {
            many.requireBar(k, 0.2);
        }
        // Rate and temperature come out too large in records as short as 100 relaxation times; seen: 1.10 and 0.55.
        many.requireMean(0, 1.0, 0.1);
        many.requireMean(1, 0.5, 0.05);
        many.requireMean(2, 0.0, 0.0);
        many.requireMean(3, 0.25, 0.01);
    }

    /** What is taken for the states themselves gives a rate and a temperature far too large. */
    @Test
    void measurementNoiseNotAccountedFor() {
        Random random = new Random(4);
        double[][] x = relaxation(1.0, 0.5, 0.0, 0.25, 20_000, random);
        for (double[] row : x) {
            row[0] += 0.5 * random.nextGaussian();
        }
        ParameterEstimate blind =
                QuasiLikelihood.of(QuasiLikelihoodTest::relaxing).fit(x, 0.25, 1.0, 0.5, 0.0);
        assertThat(blind.value(0)).isGreaterThan(2.0);
        assertThat(blind.value(1)).isGreaterThan(1.5);
        ParameterEstimate fit = QuasiLikelihood.of(QuasiLikelihoodTest::relaxing)
                .withMeasurementNoise(p -> new double[] {p[3]})
                .fit(x, 0.25, 2.0, 1.0, 0.1, 0.1);
        double[] truth = {1.0, 0.5, 0.0, 0.25};
        for (int k = 0; k < 4; k++) {
            assertThat(fit.value(k)).isCloseTo(truth[k], within(4.0 * fit.error(k)));
            assertThat(fit.error(k)).isLessThan(0.06);
        }
    }

    /** A particle in a harmonic trap, q̇ = v, v̇ = −kq − γv + √(2γT)Ẇ, of which both are seen: the noise is in one coordinate only. */
    @Test
    void inertia() {
        double tau = 0.3;
        double h = 1e-3;
        Random random = new Random(12);
        double[][] x = new double[2000][2];
        double q = 0.0;
        double v = 0.0;
        for (double[] row : x) {
            row[0] = q;
            row[1] = v;
            for (int k = 0; k < 300; k++) {
                v += h * (-2.0 * q - 0.7 * v) + Math.sqrt(2.0 * 0.7 * 0.4 * h) * random.nextGaussian();
                q += h * v;
            }
        }
        Function<double[], Sde> trap = p -> Sde.ito(
                AffineField.of(MatrixUtils.createRealMatrix(new double[][] {{0.0, 1.0}, {-p[0], -p[1]}}), 0.0, 0.0),
                Diffusion.constant(MatrixUtils.createRealDiagonalMatrix(new double[] {0.0, p[1]})),
                Temperature.of(p[2]));
        ParameterEstimate fit = QuasiLikelihood.of(trap).fit(x, tau, 1.0, 1.0, 1.0);
        double[] truth = {2.0, 0.7, 0.4};
        for (int k = 0; k < 3; k++) {
            assertThat(fit.value(k)).isCloseTo(truth[k], within(4.0 * fit.error(k)));
            assertThat(fit.error(k)).isLessThan(0.08);
        }
    }

    /** At τ = 0.4 linearisation takes the wells for half as steep; the moments of the grid do not. */
    @Test
    void doubleWellAtAFiniteInterval() {
        double[][] x = doubleWell(1.0, 1.0, 0.5, 0.4, 3000, new Random(7));
        ParameterEstimate fit = QuasiLikelihood.onGrid(
                        QuasiLikelihoodTest::bistable, Grid.of(Axis.uniform(-3.0, 3.0, 60)))
                .fit(x, 0.4, 0.7, 0.7, 0.7);
        double[] truth = {1.0, 1.0, 0.5};
        for (int k = 0; k < 3; k++) {
            assertThat(fit.value(k)).isCloseTo(truth[k], within(4.0 * fit.error(k)));
        }
        assertThat(fit.error(0)).isLessThan(0.15);
        ParameterEstimate linear =
                QuasiLikelihood.of(QuasiLikelihoodTest::bistable).fit(x, 0.4, 0.7, 0.7, 0.7);
        assertThat(linear.value(0)).isLessThan(1.0 - 6.0 * linear.error(0));
    }

    @Test
    void badInputIsRefused() {
        QuasiLikelihood likelihood = QuasiLikelihood.of(QuasiLikelihoodTest::relaxing);
        double[][] x = relaxation(1.0, 0.5, 0.0, 0.25, 20, new Random(1));
        assertThatThrownBy(() -> likelihood.fit(x, 0.0, 1, 1, 0)).hasMessageContaining("interval must be positive");
        assertThatThrownBy(() -> likelihood.fit(x, 0.25, 1, -1, 0)).hasMessageContaining("temperature must be");
        assertThatThrownBy(() -> likelihood.withSubsteps(0)).hasMessage("count must be at least 1, got 0");
        QuasiLikelihood onGrid =
                QuasiLikelihood.onGrid(QuasiLikelihoodTest::relaxing, Grid.of(Axis.uniform(-0.1, 0.1, 8)));
        assertThatThrownBy(() -> onGrid.logLikelihood(x, 0.25, 1, 1, 0)).hasMessageContaining("must lie on the grid");
        assertThatThrownBy(() -> onGrid.withMeasurementNoise(p -> new double[] {1.0}))
                .hasMessage("withMeasurementNoise is for the likelihood by linearisation");
        x[3][0] = Double.NaN;
        assertThatThrownBy(() -> likelihood.fit(x, 0.25, 1, 1, 0)).hasMessageContaining("finite");
    }
}
