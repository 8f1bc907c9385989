package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cern.jet.stat.Probability;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.GeometricBrownianMotion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.GeometricBrownianMotionExact;
import org.langevin4j.solvers.sde.Scheme;

class JumpDiffusionTest {

    private static final double PRICE = 100;
    private static final double RATE = 0.05;
    private static final double VOLATILITY = 0.2;
    private static final double INTENSITY = 1.0;
    private static final double MU = -0.1;
    private static final double DELTA = 0.15;

    private static double blackScholes(double strike, double rate, double volatility, double t) {
        double d =
                (Math.log(PRICE / strike) + (rate + 0.5 * volatility * volatility) * t) / (volatility * Math.sqrt(t));
        return PRICE * Probability.normal(d)
                - strike * Math.exp(-rate * t) * Probability.normal(d - volatility * Math.sqrt(t));
    }

    /** The series of Merton (1976, J. Financ. Econ. 3, 125), eq. 19 with lognormal jumps. */
    private static double merton(double strike, double t) {
        double k = Math.exp(MU + 0.5 * DELTA * DELTA) - 1;
        double intensity = INTENSITY * (1 + k) * t;
        double weight = Math.exp(-intensity);
        double sum = 0;
        for (int n = 0; n < 60; n++) {
            double volatility = Math.sqrt(VOLATILITY * VOLATILITY + n * DELTA * DELTA / t);
            double rate = RATE - INTENSITY * k + n * Math.log1p(k) / t;
            sum += weight * blackScholes(strike, rate, volatility, t);
            weight *= intensity / (n + 1);
        }
        return sum;
    }

    private static Sde priceProcess() {
        double k = Math.exp(MU + 0.5 * DELTA * DELTA) - 1;
        return GeometricBrownianMotion.of(new double[] {RATE - INTENSITY * k}, new double[] {VOLATILITY})
                .sde()
                .with(Jumps.of(Jump.atRate(INTENSITY, (x, mark) -> x[0] *= Math.exp(MU + DELTA * mark.normal(0)))));
    }

    private static RunningMoments payoffs(Scheme scheme, int paths, long seed) {
        FunctionMoments payoff = FunctionMoments.of(
                (x, out) -> {
                    out[0] = Math.exp(-RATE) * Math.max(x[0] - 100, 0);
                    out[1] = Math.exp(-RATE) * Math.max(x[0] - 80, 0);
                    out[2] = Math.exp(-RATE) * x[0];
                },
                3);
        return Ensemble.of(priceProcess())
                .scheme(scheme)
                .paths(paths)
                .startingAt(PRICE)
                .until(1)
                .seed(seed)
                .observe(payoff)
                .run()
                .get(payoff);
    }

    /** With the exact scheme between jumps nothing depends on the step: growth and lognormal jumps commute. */
    @Test
    void mertonsCallByTheExactScheme() {
        assertThat(merton(100, 1)).isCloseTo(12.761, within(5e-4));
        for (double h : new double[] {1.0, 0.05}) {
            RunningMoments found = payoffs(GeometricBrownianMotionExact.withStep(h), 200_000, 1);
            assertThat(found.mean(0)).isCloseTo(merton(100, 1), within(4 * found.standardError(0)));
            assertThat(found.mean(1)).isCloseTo(merton(80, 1), within(4 * found.standardError(1)));
            assertThat(found.mean(2)).isCloseTo(PRICE, within(4 * found.standardError(2)));
            // Without jumps the call is worth 10.45.
            assertThat(found.mean(0) - blackScholes(100, RATE, VOLATILITY, 1))
                    .isGreaterThan(8 * found.standardError(0));
        }
    }

    @Test
    void mertonsCallByEulerMaruyama() {
        RunningMoments found = payoffs(EulerMaruyama.withStep(0.01), 100_000, 2);
        assertThat(found.mean(0)).isCloseTo(merton(100, 1), within(4 * found.standardError(0)));
    }

    /**
     * Shot noise that excites itself: dx = −κx dt + √(2T) dW and jumps by c with E c = m at the rate λ = a + gx (Hawkes 1971
     * without the noise): m₁′ = −κm₁ + m(a + g m₁); the variance v′ = −2κv + 2T + 2gmv + E c²(a + g m₁).
     */
    @Test
    void selfExcitingShotNoiseHasWeakOrderOne() {
        double kappa = 1.5;
        double a = 2.0;
        double g = 0.6;
        double jump = 0.8;
        double temperature = 0.3;
        double t = 1.0;
        double start = 5.0;
        double r = kappa - g * jump;
        double limit = jump * a / r;
        double mean = limit + (start - limit) * Math.exp(-r * t);
        double s = 2 * temperature + jump * jump * (a + g * limit);
        double q = jump * jump * g * (start - limit);
        double variance = s * (1 - Math.exp(-2 * r * t)) / (2 * r) + q * (Math.exp(-r * t) - Math.exp(-2 * r * t)) / r;
        // A rate may not be negative: with this start and noise λ < 0 has a probability below 10⁻⁷.
        Jump bounded = Jump.atRate(x -> a + g * x[0], (x, mark) -> x[0] += jump).boundedBy(40);
        Jump free = Jump.atRate(x -> a + g * x[0], (x, mark) -> x[0] += jump);
        Moments moments = Moments.of(1);
        int paths = 60_000;
        for (Jump kind : new Jump[] {bounded, free}) {
            double[] error = new double[2];
            double[] variances = new double[2];
            double standardError = 0;
            for (int level = 0; level < 2; level++) {
                double h = level == 0 ? 0.1 : 0.05;
                RunningMoments m = Ensemble.of(Sde.ito(
                                        (x, out) -> out[0] = -kappa * x[0],
                                        Diffusion.isotropic(1, 1.0),
                                        Temperature.of(temperature))
                                .with(Jumps.of(kind)))
                        .scheme(EulerMaruyama.withStep(h))
                        .paths(paths)
                        .startingAt(start)
                        .until(t)
                        .seed(3 + level)
                        .observe(moments)
                        .run()
                        .get(moments);
                error[level] = m.mean(0) - mean;
                standardError = m.standardError(0);
                variances[level] = m.variance(0);
            }
            // Linear moments of the split scheme: m ← (1 − κh)m, then growth at the rate gc for h.
            for (int level = 0; level < 2; level++) {
                double h = level == 0 ? 0.1 : 0.05;
                double m = start;
                for (int n = 0; n < Math.round(t / h); n++) {
                    m = (1 - kappa * h) * m;
                    m = (m + a / g) * Math.exp(g * jump * h) - a / g;
                }
                assertThat(error[level]).isCloseTo(m - mean, within(4 * standardError));
            }
            // Extrapolated to h = 0; a kurtosis of 4 would make the relative error of a variance √(3/n).
            assertThat(2 * error[1] - error[0]).isCloseTo(0.0, within(4 * Math.sqrt(5) * standardError + 0.01));
            assertThat(2 * variances[1] - variances[0])
                    .isCloseTo(variance, within(4 * Math.sqrt(5) * Math.sqrt(3.0 / paths) * variance));
        }
    }

    /** In the plane at β = ½, jumps compensated by their mean: E x = 0 and Cov = 2β⁻¹Dt + λt E ccᵀ. */
    @Test
    void compensatedJumpsInThePlane() {
        double rate = 1.4;
        VectorField drift = (x, out) -> {
            out[0] = -rate * 0.5;
            out[1] = rate * 0.25;
        };
        Sde sde = Sde.ito(drift, Diffusion.diagonal(0.3, 0.1), Temperature.of(2.0))
                .with(Jumps.of(Jump.atRate(rate, (x, mark) -> {
                    x[0] += mark.exponential(0) * 0.5;
                    x[1] -= mark.exponential(0) * 0.25;
                })));
        Moments moments = Moments.of(2);
        int paths = 50_000;
        double t = 2.0;
        RunningMoments m = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.25))
                .paths(paths)
                .until(t)
                .seed(5)
                .observe(moments)
                .run()
                .get(moments);
        double[][] covariance = {{4 * 0.3 * t + rate * t * 0.5, -rate * t * 0.25}, {0, 4 * 0.1 * t + rate * t * 0.125}};
        for (int i = 0; i < 2; i++) {
            assertThat(m.mean(i)).isCloseTo(0.0, within(4 * m.standardError(i)));
            for (int j = i; j < 2; j++) {
                double error = Math.sqrt(5.0 * covariance[i][i] * covariance[j][j] / paths);
                assertThat(m.covariance(i, j)).isCloseTo(covariance[i][j], within(4 * error));
            }
        }
    }

    /**
     * dx = √2 dW from 0 in (−1, 1), with jumps by ±5, each at the rate λ. Every jump leaves, so that the survival is that without
     * jumps times e^(−2λt): E T = (1 − 1/cosh √(2λ))/(2λ).
     */
    @Test
    void jumpsAcrossAnAbsorbingWallEndThePath() {
        double rate = 2.0;
        Sde sde = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(1.0))
                .with(Jumps.of(
                        Jump.atRate(rate, (x, mark) -> x[0] += 5.0), Jump.atRate(rate, (x, mark) -> x[0] -= 5.0)));
        FirstPassage passage = FirstPassage.outOfDomain(Axis.of(0.0, 1.0, 4.0));
        double expected = (1 - 1 / Math.cosh(Math.sqrt(2 * rate))) / (2 * rate);
        double[] means = new double[2];
        double error = 0;
        for (int level = 0; level < 2; level++) {
            FirstPassage.Times times = Ensemble.of(sde)
                    .scheme(EulerMaruyama.withStep(level == 0 ? 0.02 : 0.01))
                    .paths(40_000)
                    .until(20)
                    .seed(6)
                    .within(Box.of(Interval.absorbing(-1, 1)))
                    .observe(passage)
                    .run()
                    .get(passage);
            means[level] = times.moments().mean(0);
            error = times.moments().standardError(0);
        }
        assertThat(2 * means[1] - means[0]).isCloseTo(expected, within(4 * Math.sqrt(5) * error));
        // Half a step too long in the mean, as the page of domains says.
        assertThat(means[1]).isCloseTo(expected + 0.005, within(4 * error));
    }

    @Test
    void threadsAndBlocksDoNotChangeABit() {
        Sde sde = priceProcess();
        Snapshots all = Snapshots.ofFirst(40);
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.1))
                .startingAt(PRICE)
                .until(2)
                .seed(8)
                .observe(all);
        List<Snapshots.Trajectory> few = ensemble.paths(40).threads(1).run().get(all);
        List<Snapshots.Trajectory> many = ensemble.paths(4_000).threads(3).run().get(all);
        for (int p = 0; p < 40; p++) {
            int last = few.get(p).length() - 1;
            assertThat(few.get(p).state(last, 0)).isEqualTo(many.get(p).state(last, 0));
        }
    }

    @Test
    void aBlowUpByAJumpIsReportedWithItsStep() {
        Sde sde = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(1.0))
                .with(Jumps.of(Jump.atRate(0.5, (x, mark) -> x[0] = Double.POSITIVE_INFINITY)));
        assertThatThrownBy(() -> Ensemble.of(sde)
                        .scheme(EulerMaruyama.withStep(0.1))
                        .paths(100)
                        .until(5)
                        .seed(9)
                        .run())
                .isInstanceOf(NonFinitePathException.class);
        assertThatThrownBy(() -> Ensemble.of(sde.with(Jumps.of(Jump.atRate(x -> -1.0, (x, mark) -> {}))))
                        .scheme(EulerMaruyama.withStep(0.1))
                        .until(5)
                        .run())
                .hasMessageContaining("rate of jump kind 0 must be finite and not negative");
    }
}
