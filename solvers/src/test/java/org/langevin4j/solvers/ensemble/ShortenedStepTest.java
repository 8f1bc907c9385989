package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.adaptive.AdaptiveScheme;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.sde.Baoab;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.FullTruncationEuler;
import org.langevin4j.solvers.sde.LeimkuhlerMatthews;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.sde.OrnsteinUhlenbeckExact;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.SkRock;
import org.langevin4j.solvers.sde.Sra1;
import org.langevin4j.solvers.sde.StochasticTheta;

/** Ends that are no whole number of steps away. */
class ShortenedStepTest {

    private static final int PATHS = 40_000;
    private static final double[] RATES = {1.0, 2.5};
    private static final double TEMPERATURE = 0.4;

    /** dxᵢ = −kᵢxᵢ dt + √(2β⁻¹) dWᵢ. */
    private static final Sde LINEAR = Sde.ito(
            LinearField.of(MatrixUtils.createRealDiagonalMatrix(new double[] {-RATES[0], -RATES[1]})),
            Diffusion.isotropic(2, 1.0),
            Temperature.of(TEMPERATURE));

    /** dx = dW. */
    private static final Sde FREE = Sde.ito(
            (x, out) -> {
                out[0] = 0.0;
                out[1] = 0.0;
            },
            Diffusion.isotropic(2, 1.0),
            Temperature.of(0.5));

    private static Ensemble ensemble(Sde sde, Scheme scheme, double end) {
        return Ensemble.of(sde)
                .scheme(scheme)
                .paths(PATHS)
                .seed(8)
                .startingAt(1.0, -0.5)
                .until(end)
                .shorteningLastStep();
    }

    private static RunningMoments moments(Ensemble ensemble) {
        return ensemble.observe(Moments.of(2)).run().get(Moments.of(2));
    }

    private static void requireNormal(RunningMoments moments, int i, double mean, double variance) {
        assertThat(moments.mean(i)).isCloseTo(mean, within(4.0 * Math.sqrt(variance / PATHS)));
        assertThat(moments.variance(i)).isCloseTo(variance, within(4.0 * variance * Math.sqrt(2.0 / PATHS)));
    }

    @Test
    void theExactSchemeHasTheLawAtTheVeryEnd() {
        for (double end : new double[] {0.11, 0.37, 1.37}) {
            RunningMoments moments = moments(ensemble(LINEAR, OrnsteinUhlenbeckExact.withStep(0.25), end));
            for (int i = 0; i < 2; i++) {
                double decay = Math.exp(-RATES[i] * end);
                requireNormal(
                        moments, i, (i == 0 ? 1.0 : -0.5) * decay, TEMPERATURE / RATES[i] * (1.0 - decay * decay));
            }
        }
    }

    /** x ← (1 − kh)x + √(2β⁻¹h)ξ five times with h = 0.25, then once with 0.12. */
    @Test
    void eulerMaruyamaHasItsOwnRecursion() {
        RunningMoments moments = moments(ensemble(LINEAR, EulerMaruyama.withStep(0.25), 1.37));
        for (int i = 0; i < 2; i++) {
            double mean = i == 0 ? 1.0 : -0.5;
            double variance = 0.0;
            for (int n = 0; n <= 5; n++) {
                double h = n < 5 ? 0.25 : 0.12;
                double factor = 1.0 - RATES[i] * h;
                mean *= factor;
                variance = factor * factor * variance + 2.0 * TEMPERATURE * h;
            }
            requireNormal(moments, i, mean, variance);
        }
    }

    /** Without noise: x = Σ h cos tₙ, y = Σ h tₙ, alone and in blocks, where a wall or an event is watched and where not. */
    @Test
    void aDrivenEquationSeesTheRightTimes() {
        Sde driven = Sde.ito(
                VectorField.driven(t -> (x, out) -> {
                    out[0] = Math.cos(t);
                    out[1] = t;
                }),
                Diffusion.isotropic(2, 0.0),
                Temperature.of(0.5));
        double x = 1.0;
        double y = -0.5;
        for (int n = 0; n <= 3; n++) {
            double t = 0.5 + 0.25 * n;
            double h = n < 3 ? 0.25 : 0.05;
            x += h * Math.cos(t);
            y += h * t;
        }
        for (int paths : new int[] {1, 700}) {
            Ensemble ensemble = ensemble(driven, EulerMaruyama.withStep(0.25), 1.3)
                    .startingAtTime(0.5)
                    .paths(paths);
            for (Ensemble each : List.of(ensemble, ensemble.stoppingAt(Event.of("never", s -> s[0] - 1e9)))) {
                RunningMoments moments = moments(each);
                assertThat(moments.mean(0)).isCloseTo(x, within(1e-13));
                assertThat(moments.mean(1)).isCloseTo(y, within(1e-13));
            }
        }
    }

    /**
     * Brownian motion from a distance a of an absorbing wall survives with probability erf(a/√(2T)), exactly with the bridge for
     * any steps; with that of a whole step over the last one it would be bridged as if its variance were ten times as much.
     */
    @Test
    void theBridgeOfTheLastStepIsThatOfItsLength() {
        EnsembleResult run = ensemble(FREE, EulerMaruyama.withStep(1.0), 1.1)
                .startingAt(1.0, 0.0)
                .within(Box.of(Interval.absorbing(0.0, 100.0), Interval.unbounded()))
                .run();
        double survival = Erf.erf(1.0 / Math.sqrt(2.2));
        double survived = 1.0 - run.pathEnds().count(PathEnd.Cause.ABSORBED) / (double) PATHS;
        assertThat(survived).isCloseTo(survival, within(4.0 * Math.sqrt(survival * (1.0 - survival) / PATHS)));
    }

    /** Jumps of one at rate 3: their number by T = 0.6 is a Poisson number of mean 1.8. */
    @Test
    void jumpsStopAtTheEnd() {
        Sde jumping = FREE.with(Jumps.of(new Jump(x -> 3.0, 3.0, (x, mark) -> x[1] += 1.0)));
        RunningMoments moments =
                moments(ensemble(jumping, EulerMaruyama.withStep(0.5), 0.6).startingAt(0.0, 0.0));
        assertThat(moments.mean(1)).isCloseTo(1.8, within(4.0 * Math.sqrt(2.4 / PATHS)));
    }

    @Test
    void schedulesEndWhereTheRunEnds() {
        TimeSeries<RunningMoments> series = TimeSeries.of(Moments.of(2));
        EnsembleResult run = ensemble(FREE, EulerMaruyama.withStep(0.25), 0.6)
                .paths(100)
                .observe(When.every(1, 0.0).or(When.atStart()), series)
                .run();
        assertThat(run.get(series).stream().map(TimeSeries.Entry::time)).containsExactly(0.0, 0.25, 0.5, 0.6);
        assertThat(run.plan().time(3)).isEqualTo(0.6);
        assertThat(run.plan().stepSize(3)).isCloseTo(0.1, within(1e-15));
        assertThat(run.plan().stepSize(2)).isEqualTo(0.25);
        for (When when : List.of(When.at(0.6), When.at(0.25, 0.6), When.every(1, 0.55), When.logarithmic(0.6, 1))) {
            assertThat(run.plan().schedule(when).isDue(3)).isTrue();
        }
        assertThat(run.plan().schedule(When.every(1, 0.0, 0.58)).isDue(3)).isFalse();
        assertThatThrownBy(() -> run.plan().schedule(When.at(0.56))).hasMessageContaining("got 0.56");
        assertThatThrownBy(() -> run.plan().schedule(When.at(0.75))).hasMessageContaining("within the run");
    }

    /** Var W(0.6 + 0.65) = 1.25, and not that of noise drawn twice. */
    @Test
    void aRunGoesOnFromTheVeryEndWithFreshNoise() {
        EnsembleResult first = ensemble(FREE, EulerMaruyama.withStep(0.25), 0.6)
                .observe(FinalStates.all())
                .run();
        assertThat(Ensemble.from(first).until(1.1).plan().time(3)).isCloseTo(0.6, within(1e-15));
        assertThat(Ensemble.from(first).until(1.1).plan().steps()).isEqualTo(2);
        assertThatThrownBy(() -> Ensemble.from(first).until(1.25).plan())
                .hasMessageStartingWith("until must be a whole number of steps of 0.25, got 1.25, which is 2.6");
        Ensemble second = Ensemble.from(first).until(1.25).shorteningLastStep();
        assertThat(second.plan().stepSize(second.plan().lastStep())).isCloseTo(0.15, within(1e-14));
        RunningMoments moments = moments(second);
        requireNormal(moments, 0, 1.0, 1.25);
        requireNormal(moments, 1, -0.5, 1.25);
    }

    @Test
    void aWholeNumberOfStepsStaysWhatItIs() {
        Ensemble shortening = ensemble(LINEAR, EulerMaruyama.withStep(0.1), 0.3);
        assertThat(shortening.plan().shortenedEnd()).isEmpty();
        Ensemble plain = Ensemble.of(LINEAR)
                .scheme(EulerMaruyama.withStep(0.1))
                .paths(PATHS)
                .seed(8)
                .startingAt(1.0, -0.5)
                .until(0.3);
        assertThat(moments(shortening).exactSums()).isEqualTo(moments(plain).exactSums());
    }

    @Test
    void aCheckpointGoesOnToTheSameBitsAndKnowsTheEnd(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("c");
        Sde positive = Sde.ito(
                (x, out) -> {
                    out[0] = 0.1 - x[0];
                    out[1] = 0.1 - x[1];
                },
                Diffusion.diagonal(2, (x, out) -> {
                    out[0] = x[0];
                    out[1] = x[1];
                }),
                Temperature.of(0.5));
        // A scheme that keeps numbers of each path between steps.
        Ensemble whole = ensemble(positive, FullTruncationEuler.withStep(0.01), 1.304)
                .startingAt(0.1, 0.2)
                .paths(300);
        assertThat(moments(whole.threads(1)).exactSums())
                .isEqualTo(moments(whole.threads(3).stoppingAt(Event.of("never", x -> x[0] - 1e9)))
                        .exactSums());
        Ensemble observed = whole.paths(20).until(10.004).observe(Moments.of(2));
        ResumeTest.sameBitsHoweverOftenCancelled(observed, 2, folder);
        observed.checkpoint(file, Duration.ZERO).run();
        assertThatThrownBy(() ->
                        observed.checkpoint(file, Duration.ZERO).until(10.006).resume())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("end of time");
    }

    @Test
    void schemesAreMadeWithTheOtherStepAndAllElseTheSame() {
        assertThat(Sra1.withStep(0.5).withStepSize(0.1)).isEqualTo(Sra1.withStep(0.1));
        assertThat(Baoab.withStep(0.5).withStepSize(0.1)).isEqualTo(Baoab.withStep(0.1));
        assertThat(SkRock.withStages(0.5, 7).withStepSize(0.1)).isEqualTo(SkRock.withStages(0.1, 7));
        assertThat(StochasticTheta.withTheta(0.5, 0.75).withStepSize(0.1))
                .isEqualTo(StochasticTheta.withTheta(0.1, 0.75));
        AdaptiveScheme adaptive = AdaptiveScheme.of(Sra1::withStep, 0.5).withTolerances(1e-5, 1e-4);
        assertThat(adaptive.withStepSize(0.1).absoluteTolerance()).isEqualTo(1e-5);
        assertThat(adaptive.withStepSize(0.1).stepSize()).isEqualTo(0.1);
        // Two noises that do not commute: a shorter step takes more numbers.
        Sde full = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0];
                    out[1] = -x[1];
                },
                Diffusion.factor(2, 2, (x, out) -> {
                    out[0] = 1.0;
                    out[1] = 0.3 * x[0];
                    out[2] = 0.3 * x[1];
                    out[3] = 1.0;
                }),
                Temperature.of(0.5));
        Ensemble ensemble = ensemble(full, Milstein.withStep(0.25), 0.5 + 1e-4);
        EnsemblePlan plan = ensemble.plan();
        assertThat(plan.stepper(3).noises()).isGreaterThan(plan.stepper(2).noises());
        // Both drift and noise leave the mean of Itô equations to the recursion (1 − h)x.
        double factor = 0.75 * 0.75 * (1.0 - 1e-4);
        RunningMoments moments = moments(ensemble);
        for (int i = 0; i < 2; i++) {
            assertThat(moments.mean(i))
                    .isCloseTo((i == 0 ? 1.0 : -0.5) * factor, within(4.0 * Math.sqrt(moments.variance(i) / PATHS)));
        }
    }

    @Test
    void whatRemembersStepsIsRefused() {
        assertThatThrownBy(() ->
                        ensemble(LINEAR, LeimkuhlerMatthews.withStep(0.25), 0.6).plan())
                .hasMessageStartingWith("a step of another length needs a scheme with withStepSize, got 0.09")
                .hasMessageContaining("LeimkuhlerMatthews");
        assertThat(ensemble(LINEAR, LeimkuhlerMatthews.withStep(0.25), 0.75)
                        .plan()
                        .steps())
                .isEqualTo(3);
        Sde delayed = Sde.ito(
                VectorField.delayed(0.5, (t, x, past, out) -> {
                    out[0] = -past[0];
                    out[1] = -past[1];
                }),
                Diffusion.isotropic(2, 1.0),
                Temperature.of(0.5));
        assertThatThrownBy(() ->
                        ensemble(delayed, EulerMaruyama.withStep(0.25), 0.6).plan())
                .hasMessageContaining("needs a drift that does not depend on the past");
        assertThatThrownBy(() -> ensemble(LINEAR, EulerMaruyama.withStep(0.25), 0.6)
                        .alongBrownianPaths(1.0)
                        .plan())
                .hasMessageStartingWith("alongBrownianPaths needs whole steps of 0.25, got a last one of 0.09");
    }
}
