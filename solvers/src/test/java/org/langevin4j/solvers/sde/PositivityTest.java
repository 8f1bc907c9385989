package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.CoxIngersollRoss;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Moments;

/** States that must not be negative: the exact law of square-root processes, and full truncation. */
class PositivityTest {

    /** Feller's condition is violated: 2κθ = σ²/25. */
    private static final CoxIngersollRoss HARD = CoxIngersollRoss.of(0.5, 0.04, 1.0);

    private static double phi(double xi) {
        return 0.5 * Erf.erfc(-xi / Math.sqrt(2.0));
    }

    /** Shapes 1 and 2 by their closed forms, ½ by χ² = Z²; relative to the smaller tail. */
    @Test
    void gammaQuantilesAreThoseOfClosedForms() {
        for (double xi = -8.0; xi <= 8.0; xi += 0.37) {
            double lower = phi(xi);
            double upper = phi(-xi);
            double one = Quantiles.gamma(1.0, xi);
            assertThat(one).isCloseTo(xi < 0 ? -Math.log1p(-lower) : -Math.log(upper), within(1e-12 * one));
            double two = Quantiles.gamma(2.0, xi);
            double tail = Math.exp(-two) * (1.0 + two);
            if (xi > 0) {
                assertThat(tail).isCloseTo(upper, within(1e-11 * upper));
            } else if (xi > -3) {
                assertThat(1.0 - tail).isCloseTo(lower, within(1e-11));
            }
            double half = Quantiles.gamma(0.5, xi);
            double z = Math.sqrt(2.0 * half);
            double both = Erf.erf(z / Math.sqrt(2.0));
            double neither = Erf.erfc(z / Math.sqrt(2.0));
            assertThat(xi < 0 ? both / lower : neither / upper).isCloseTo(1.0, within(1e-10));
        }
        assertThat(Quantiles.gamma(0.0, 1.3)).isZero();
        assertThat(Quantiles.gamma(0.04, -8.0)).isZero();
        // Large shapes are close to normal with Wilson and Hilferty's cube.
        double a = 1e5;
        for (double xi : new double[] {-3.0, 0.0, 3.0}) {
            double cube = 1.0 - 1.0 / (9.0 * a) + xi / (3.0 * Math.sqrt(a));
            assertThat(Quantiles.gamma(a, xi)).isCloseTo(a * cube * cube * cube, within(0.02));
        }
    }

    /** By adding probabilities from 0. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.3, 1.0, 7.5, 120.0})
    void poissonQuantilesAreThoseOfTheSum(double mu) {
        for (double xi = -5.0; xi <= 5.0; xi += 0.083) {
            long n = Quantiles.poisson(mu, xi);
            double probability = Math.exp(-mu);
            double sum = 0.0;
            for (int k = 0; k < n; k++) {
                sum += probability;
                probability *= mu / (k + 1);
            }
            assertThat(sum).isLessThan(phi(xi) + 1e-12);
            assertThat(sum + probability).isGreaterThan(phi(xi) - 1e-12);
        }
    }

    /**
     * E e^(−sx) = (1 + 2sc)^(−ν/2) exp(−sx₀e^(−κh)/(1 + 2sc)) after one step, with mean and variance; ν = 0.08, 0.8, 2, 6
     * and 0. 40,000 paths, four standard errors.
     */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.04, 1.0, 0.3, 1.0",
        "0.5, 0.04, 1.0, 0.0, 5.0",
        "1.0, 0.2, 1.0, 0.5, 0.05",
        "2.0, 0.25, 1.0, 0.1, 0.4",
        "3.0, 0.5, 1.0, 2.0, 0.001",
        "1.5, 0.0, 0.7, 0.4, 0.6"
    })
    void transitionLaw(double kappa, double theta, double sigma, double start, double h) {
        Sde sde = CoxIngersollRoss.of(kappa, theta, sigma).sde();
        int paths = 40_000;
        Stepper stepper = CoxIngersollRossExact.withStep(h).stepper(sde);
        double[][] x = new double[1][paths];
        Arrays.fill(x[0], start);
        double[][] xi = new double[stepper.noises()][paths];
        NormalStream.of(Seed.of(5)).fill(0, paths, 0, xi);
        stepper.step(0.0, x, paths, xi);
        double decay = Math.exp(-kappa * h);
        double mean = start * decay + theta * (1.0 - decay);
        double variance = sigma * sigma / kappa * (1.0 - decay) * (start * decay + 0.5 * theta * (1.0 - decay));
        double c = sigma * sigma * (1.0 - decay) / (4.0 * kappa);
        double nu = 4.0 * kappa * theta / (sigma * sigma);
        double[] s = {0.5 / mean, 2.0 / mean, 20.0 / mean};
        RunningMoments moments = new RunningMoments(5);
        for (double value : x[0]) {
            assertThat(value).isNotNegative();
            moments.add(
                    value,
                    (value - mean) * (value - mean),
                    Math.exp(-s[0] * value),
                    Math.exp(-s[1] * value),
                    Math.exp(-s[2] * value));
        }
        assertThat(moments.mean(0)).isCloseTo(mean, within(4.0 * moments.standardError(0)));
        assertThat(moments.mean(1)).isCloseTo(variance, within(4.0 * moments.standardError(1)));
        for (int k = 0; k < 3; k++) {
            double scale = 1.0 + 2.0 * s[k] * c;
            double exact = Math.pow(scale, -0.5 * nu) * Math.exp(-s[k] * start * decay / scale);
            assertThat(moments.mean(2 + k)).isCloseTo(exact, within(4.0 * moments.standardError(2 + k)));
        }
    }

    /** κ = .5, θ = .04, σ = 1: stationary mean .04 and variance θσ²/(2κ) = .04. Two coordinates, 20,000 paths. */
    @Test
    void stationaryLawWhereZeroIsReached() {
        CoxIngersollRoss process =
                CoxIngersollRoss.of(new double[] {0.5, 2.0}, new double[] {0.04, 0.3}, new double[] {1.0, 0.5});
        RunningMoments moments = Ensemble.of(process.sde())
                .scheme(CoxIngersollRossExact.withStep(4.0))
                .paths(20_000)
                .until(20.0)
                .startingAt(0.04, 0.3)
                .seed(3)
                .observe(Moments.of(2))
                .run()
                .get(Moments.of(2));
        assertThat(moments.mean(0)).isCloseTo(0.04, within(4.0 * moments.standardError(0)));
        assertThat(moments.mean(1)).isCloseTo(0.3, within(4.0 * moments.standardError(1)));
        // The Gamma law of shape k has kurtosis 3 + 6/k; k = 0.04 and 4.8.
        double[] variances = {0.04, 0.3 * 0.25 / 4.0};
        double[] shapes = {0.04, 4.8};
        for (int i = 0; i < 2; i++) {
            double error = variances[i] * Math.sqrt((2.0 + 6.0 / shapes[i]) / 20_000);
            assertThat(moments.variance(i)).isCloseTo(variances[i], within(4.0 * error));
        }
        assertThat(moments.covariance(0, 1))
                .isCloseTo(0.0, within(4.0 * Math.sqrt(variances[0] * variances[1] / 20_000)));
    }

    /**
     * The stationary mean of full truncation is θ = .04 at every step; reflection of Euler's step, the control, has far more at
     * h = .05. 2,000 paths, mean over t in [10, 20] of each.
     */
    @Test
    void fullTruncationKeepsTheMean() {
        for (double h : new double[] {0.05, 0.0125}) {
            RunningMoments kept = means(FullTruncationEuler.withStep(h), h, false);
            assertThat(kept.mean(0)).isCloseTo(0.04, within(4.0 * kept.standardError(0)));
        }
        RunningMoments reflected = means(EulerMaruyama.withStep(0.05), 0.05, true);
        assertThat(reflected.mean(0)).isGreaterThan(0.08 + 4.0 * reflected.standardError(0));
    }

    private static RunningMoments means(Scheme scheme, double h, boolean reflecting) {
        int paths = 2000;
        Stepper stepper = scheme.stepper(HARD.sde());
        double[][] x = new double[1][paths];
        Arrays.fill(x[0], 0.04);
        double[][] xi = new double[1][paths];
        double[] sums = new double[paths];
        NormalStream normals = NormalStream.of(Seed.of(21));
        stepper.begin(paths);
        int steps = (int) Math.round(20.0 / h);
        for (int step = 0; step < steps; step++) {
            normals.fill(0, paths, step, xi);
            stepper.step(step * h, x, paths, xi);
            for (int p = 0; p < paths; p++) {
                if (reflecting) {
                    x[0][p] = Math.abs(x[0][p]);
                }
                assertThat(x[0][p] >= 0.0).isTrue();
                if (step >= steps / 2) {
                    sums[p] += x[0][p] * 2.0 / steps;
                }
            }
        }
        RunningMoments means = new RunningMoments(1);
        for (double sum : sums) {
            means.add(sum);
        }
        return means;
    }

    /** dx₁ = −x₁dt + √x₂dW₁ may be negative, x₂ not; where nothing is truncated the steps are Euler's. */
    @Test
    void onlyTheAskedCoordinatesAreKept() {
        Diffusion diffusion = Diffusion.automaticDiagonal(2, x -> new Gradient[] {x[1], x[1].multiply(0.25)});
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0];
                    out[1] = 0.3 - x[1];
                },
                diffusion,
                Temperature.of(0.5));
        int paths = 200;
        Stepper kept = FullTruncationEuler.withStep(0.05, 1).stepper(sde);
        Stepper euler = EulerMaruyama.withStep(0.05).stepper(sde);
        double[][] x = new double[2][paths];
        Arrays.fill(x[1], 0.3);
        double[][] y = {x[0].clone(), x[1].clone()};
        double[][] xi = new double[2][paths];
        NormalStream normals = NormalStream.of(Seed.of(2));
        kept.begin(paths);
        normals.fill(0, paths, 0, xi);
        kept.step(0.0, x, paths, xi);
        euler.step(0.0, y, paths, xi);
        boolean negative = false;
        for (int p = 0; p < paths; p++) {
            assertThat(x[0][p]).isCloseTo(y[0][p], within(1e-15));
            assertThat(x[1][p]).isCloseTo(Math.max(y[1][p], 0.0), within(1e-15));
        }
        for (int step = 1; step < 100; step++) {
            normals.fill(0, paths, step, xi);
            kept.step(0.05 * step, x, paths, xi);
            for (int p = 0; p < paths; p++) {
                assertThat(x[1][p] >= 0.0).isTrue();
                negative |= x[0][p] < 0.0;
            }
        }
        assertThat(negative).isTrue();
        assertThatThrownBy(() -> FullTruncationEuler.withStep(0.1, 2).stepper(sde))
                .hasMessage("coordinates must be below 2, got 2");
        assertThatThrownBy(() -> FullTruncationEuler.withStep(0.1, -1))
                .hasMessage("coordinates must not be negative, got -1");
    }

    /** The memory moved from one stepper to another, paths in another order, gives the bits of the path that was not. */
    @Test
    void memoryCanBeMoved() {
        Stepper one = FullTruncationEuler.withStep(0.05).stepper(HARD.sde());
        Stepper other = FullTruncationEuler.withStep(0.05).stepper(HARD.sde());
        NormalStream normals = NormalStream.of(Seed.of(9));
        int paths = 20;
        double[][] x = new double[1][paths];
        Arrays.fill(x[0], 0.04);
        double[][] xi = new double[1][paths];
        one.begin(paths);
        for (int step = 0; step < 30; step++) {
            normals.fill(0, paths, step, xi);
            one.step(0.05 * step, x, paths, xi);
        }
        double[][] y = new double[1][paths];
        other.resume(paths);
        for (int p = 0; p < paths; p++) {
            y[0][p] = x[0][paths - 1 - p];
            other.memory()[0][p] = one.memory()[0][paths - 1 - p];
        }
        for (int step = 30; step < 60; step++) {
            normals.fill(0, paths, step, xi);
            one.step(0.05 * step, x, paths, xi);
            double[][] turned = new double[1][paths];
            for (int p = 0; p < paths; p++) {
                turned[0][p] = xi[0][paths - 1 - p];
            }
            other.step(0.05 * step, y, paths, turned);
        }
        for (int p = 0; p < paths; p++) {
            assertThat(y[0][p]).isEqualTo(x[0][paths - 1 - p]);
        }
    }

    @Test
    void otherEquationsAreRefused() {
        assertThat(CoxIngersollRoss.recognise(HARD.sde())).contains(HARD);
        Sde other = Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(0.5));
        assertThat(CoxIngersollRoss.recognise(other)).isEmpty();
        Sde warmer = Sde.ito(HARD.sde().drift(), HARD.sde().diffusion(), Temperature.of(1.0));
        assertThatThrownBy(() -> CoxIngersollRossExact.withStep(0.1).stepper(warmer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CoxIngersollRossExact needs an equation made by CoxIngersollRoss.sde();"
                        + " use FullTruncationEuler");
        assertThatThrownBy(() -> CoxIngersollRoss.of(0.0, 1.0, 1.0))
                .hasMessage("rates must be positive and finite, got κ[0] = 0.0");
        assertThatThrownBy(() -> CoxIngersollRoss.of(1.0, -1.0, 1.0))
                .hasMessage("means must be finite and not negative, got θ[0] = -1.0");
        assertThatThrownBy(() -> CoxIngersollRoss.of(1.0, 1.0, Double.NaN))
                .hasMessage("volatilities must be positive and finite, got σ[0] = NaN");
    }
}
