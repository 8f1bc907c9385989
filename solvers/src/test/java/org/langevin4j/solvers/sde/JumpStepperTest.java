package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.statistics.RunningMoments;

/** Jumps alone, without a motion between them: then no step is too long. */
class JumpStepperTest {

    private static final int PATHS = 10_000;

    /** Runs a pure jump process; all paths in one block. */
    private static double[][] run(Jumps jumps, double[] start, double h, int steps, long seed) {
        double[][] x = new double[start.length][PATHS];
        for (int i = 0; i < start.length; i++) {
            Arrays.fill(x[i], start[i]);
        }
        long[] path = new long[PATHS];
        Arrays.setAll(path, p -> p);
        JumpStepper stepper = JumpStepper.of(jumps, h, Seed.of(seed));
        for (int step = 0; step < steps; step++) {
            stepper.apply(step * h, x, PATHS, path, step);
        }
        return x;
    }

    private static RunningMoments moments(double[][] x) {
        RunningMoments moments = new RunningMoments(x.length);
        double[] state = new double[x.length];
        for (int p = 0; p < PATHS; p++) {
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
            }
            moments.add(state);
        }
        return moments;
    }

    /** Mean and variance with errors of 4 standard errors; the variance's from the sample's fourth moment. */
    private static void assertMoments(double[] x, double mean, double variance) {
        double m = Arrays.stream(x).average().orElseThrow();
        double v = Arrays.stream(x).map(y -> (y - m) * (y - m)).average().orElseThrow();
        double fourth = Arrays.stream(x).map(y -> Math.pow(y - m, 4)).average().orElseThrow();
        assertThat(m).isCloseTo(mean, within(4 * Math.sqrt(v / x.length)));
        assertThat(v).isCloseTo(variance, within(4 * Math.sqrt((fourth - v * v) / x.length)));
    }

    /**
     * Birth at the rate a + bn, death at cn: m′ = a + (b − c)m, v′ = 2(b − c)v + a + (b + c)m (Kendall 1948), so that with r =
     * b − c, m∞ = −a/r: m = m∞ + (n₀ − m∞)e^(rt), v = −(a + (b + c)m∞)/(2r)·(1 − e^(2rt)) + (b + c)(n₀ − m∞)(e^(2rt) −
     * e^(rt))/r.
     */
    @Test
    void birthAndDeathWithImmigrationIsExactWhateverTheStep() {
        double a = 2.0;
        double b = 0.6;
        double c = 1.0;
        double start = 12;
        double t = 1.5;
        double r = b - c;
        double limit = -a / r;
        double mean = limit + (start - limit) * Math.exp(r * t);
        double variance = -(a + (b + c) * limit) / (2 * r) * (1 - Math.exp(2 * r * t))
                + (b + c) * (start - limit) * (Math.exp(2 * r * t) - Math.exp(r * t)) / r;
        Jump birth = Jump.atRate(x -> a + b * x[0], (x, mark) -> x[0] += 1);
        Jump death = Jump.atRate(x -> c * x[0], (x, mark) -> x[0] -= 1);
        Jumps[] forms = {
            Jumps.of(birth, death),
            Jumps.of(birth.boundedBy(60), death.boundedBy(60)),
            Jumps.of(death, birth.boundedBy(60))
        };
        for (int f = 0; f < forms.length; f++) {
            for (int steps : new int[] {1, 6}) {
                double[] x = run(forms[f], new double[] {start}, t / steps, steps, 10 + f)[0];
                assertMoments(x, mean, variance);
                assertThat(Arrays.stream(x).min().orElseThrow()).isNotNegative();
            }
        }
    }

    /** One step in which 78 % of all die: e^(−1.5)·12 = 2.68 are left, where rates frozen over the step would take 18. */
    @Test
    void ratesFollowTheStateWithinAStep() {
        double h = 1.5;
        double[] x = run(Jumps.of(Jump.atRate(y -> y[0], (y, mark) -> y[0] -= 1)), new double[] {12}, h, 1, 4)[0];
        double survival = Math.exp(-h);
        assertMoments(x, 12 * survival, 12 * survival * (1 - survival));
    }

    /** Compound Poisson in the plane: mean λt E c, covariance λt E ccᵀ; two kinds add. */
    @Test
    void compoundPoissonInThePlane() {
        Jump one = Jump.atRate(1.3, (x, mark) -> {
            x[0] += 0.5 + mark.normal(0);
            x[1] += 0.5 * mark.normal(0) + mark.normal(1);
        });
        Jump two = Jump.atRate(0.4, (x, mark) -> x[1] -= 2 * mark.uniform(0));
        RunningMoments m = moments(run(Jumps.of(one, two), new double[2], 0.4, 5, 5));
        double t = 2.0;
        assertThat(m.mean(0)).isCloseTo(1.3 * t * 0.5, within(4 * m.standardError(0)));
        assertThat(m.mean(1)).isCloseTo(-0.4 * t, within(4 * m.standardError(1)));
        double[][] covariance = {
            {1.3 * t * 1.25, 1.3 * t * 0.5},
            {1.3 * t * 0.5, t * (1.3 * 1.25 + 0.4 * 4.0 / 3)}
        };
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                // Excess kurtoses are below 3: the relative error of a variance below √(5/n).
                double error = Math.sqrt(5.0 * covariance[i][i] * covariance[j][j] / PATHS);
                assertThat(m.covariance(i, j)).isCloseTo(covariance[i][j], within(4 * error));
            }
        }
    }

    /** λ(t) = 2 + 2 sin 5t counts Λ = ∫λ dt: mean and variance Λ. With a bound no step is too long. */
    @Test
    void ratesThatDependOnTimeAreMetExactlyWithABound() {
        double h = 0.9;
        double expected = 2 * (2 * h) + 2 * (1 - Math.cos(5 * 2 * h)) / 5;
        Jumps bounded = Jumps.driven(t -> Jumps.of(Jump.atRate(x -> 2 + 2 * Math.sin(5 * t), (x, mark) -> x[0] += 1)
                .boundedBy(4)));
        assertMoments(run(bounded, new double[1], h, 2, 6)[0], expected, expected);
        // A bound that follows the rate closely.
        Jumps close = Jumps.driven(t -> Jumps.of(Jump.atRate(x -> 2 + 2 * Math.sin(5 * t), (x, mark) -> x[0] += 1)
                .boundedBy(2 + 2 * Math.sin(5 * t))));
        assertMoments(run(close, new double[1], 0.025, 72, 9)[0], expected, expected);
        Jumps homogeneous = Jumps.driven(t -> Jumps.of(Jump.atRate(2 + 2 * Math.sin(5 * t), (x, mark) -> x[0] += 1)));
        assertMoments(run(homogeneous, new double[1], 0.025, 72, 10)[0], expected, expected);
        Jumps unbounded =
                Jumps.driven(t -> Jumps.of(Jump.atRate(x -> 2 + 2 * Math.sin(5 * t), (x, mark) -> x[0] += 1)));
        double fine = 0.025;
        assertMoments(run(unbounded, new double[1], fine, 72, 7)[0], expected, expected);
        double middle = h * (4 + 2 * Math.sin(2.5 * h) + 2 * Math.sin(7.5 * h));
        assertThat(Math.abs(middle - expected)).isGreaterThan(8 * Math.sqrt(expected / PATHS));
        assertMoments(run(unbounded, new double[1], h, 2, 8)[0], middle, middle);
    }

    /** The time of a jump is part of its mark: for one kind alone they are uniform in (0, T). */
    @Test
    void marksKnowTheirTimes() {
        double[][] x = run(
                Jumps.of(Jump.atRate(3.0, (y, mark) -> {
                    y[0] += 1;
                    y[1] += mark.time();
                })),
                new double[2],
                0.7,
                3,
                9);
        RunningMoments m = moments(x);
        assertThat(m.mean(1)).isCloseTo(3 * 2.1 * 2.1 / 2, within(4 * m.standardError(1)));
    }

    @Test
    void aBlockGivesTheBitsOfSinglePathsInAnyCompany() {
        Jumps jumps = Jumps.of(
                Jump.atRate(x -> 1 + x[0] * x[0], (x, mark) -> x[0] += mark.normal(0)),
                Jump.atRate(x -> 2.0, (x, mark) -> x[0] *= mark.uniform(0)).boundedBy(3));
        double[][] all = run(jumps, new double[] {0.3}, 0.2, 4, 12);
        long[] chosen = {3, 4, 5, 900, 17, 18};
        double[][] some = new double[1][chosen.length];
        Arrays.fill(some[0], 0.3);
        JumpStepper stepper = JumpStepper.of(jumps, 0.2, Seed.of(12));
        for (int step = 0; step < 4; step++) {
            stepper.apply(step * 0.2, some, chosen.length, chosen, step);
        }
        for (int k = 0; k < chosen.length; k++) {
            assertThat(some[0][k]).isEqualTo(all[0][(int) chosen[k]]);
        }
    }

    @Test
    void ratesThatCannotBeAreReportedWithStateAndTime() {
        Jump rising = Jump.atRate(x -> 1 + x[0], (x, mark) -> x[0] += 1).boundedBy(4);
        assertThatThrownBy(() -> run(Jumps.of(rising), new double[1], 1.0, 20, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rate of jump kind 0 must not exceed its bound 4.0, got 5.0 at x = [4.0], time");
        assertThatThrownBy(() -> run(Jumps.of(Jump.atRate(x -> -1.0, (x, mark) -> {})), new double[1], 1.0, 1, 1))
                .hasMessageContaining("must be finite and not negative, got -1.0 at x = [0.0]");
        assertThatThrownBy(() -> run(Jumps.of(Jump.atRate(x -> Double.NaN, (x, mark) -> {})), new double[1], 1, 1, 1))
                .hasMessageContaining("got NaN");
        assertThatThrownBy(() -> run(Jumps.of(Jump.atRate(1e6, (x, mark) -> {})), new double[1], 1.0, 1, 1))
                .hasMessageContaining("smaller step");
        Jumps changing = Jumps.driven(t -> t < 1 ? Jumps.of(Jump.atRate(1, (x, mark) -> {})) : Jumps.none());
        assertThatThrownBy(() -> run(changing, new double[1], 1.0, 2, 1)).hasMessageContaining("same number of kinds");
        assertThatThrownBy(() -> JumpStepper.of(Jumps.none(), 0.0, Seed.of(1))).hasMessageContaining("stepSize");
    }

    /** What has blown up is for the runner to report. */
    @Test
    void statesThatAreNotFiniteAreLeftAlone() {
        Jumps jumps = Jumps.of(
                Jump.atRate(
                        x -> {
                            assertThat(x[0]).isFinite();
                            return 50.0;
                        },
                        (x, mark) -> x[0] += 1),
                Jump.atRate(50.0, (x, mark) -> assertThat(x[0]).isFinite()));
        double[][] x = {{Double.NaN, Double.POSITIVE_INFINITY, 1.0, 1e150}};
        JumpStepper.of(jumps, 1.0, Seed.of(1)).apply(0, x, 4, new long[] {0, 1, 2, 3}, 0);
        assertThat(x[0][3]).isEqualTo(1e150);
        assertThat(x[0][1]).isInfinite();
        assertThat(x[0][0]).isNaN();
        assertThat(x[0][2]).isGreaterThan(1.0);
    }
}
