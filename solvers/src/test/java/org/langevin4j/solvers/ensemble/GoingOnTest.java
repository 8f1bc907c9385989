package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.sde.EulerMaruyama;

class GoingOnTest {

    private static final int PATHS = 40_000;

    /** β⁻¹ = ½ and D = 1: dx = dW in each of two dimensions. */
    private static Ensemble brownian() {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = 0.0;
                    out[1] = 0.0;
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(0.5));
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.25))
                .paths(PATHS)
                .seed(3);
    }

    private static RunningMoments moments(EnsembleResult result) {
        return result.get(Moments.of(2));
    }

    @Test
    void noiseIsNotRepeated() {
        EnsembleResult first =
                brownian().until(1.0).observe(FinalStates.all(), Moments.of(2)).run();
        EnsembleResult second =
                Ensemble.from(first).until(2.0).observe(Moments.of(2)).run();
        double error = 4 * 2.0 * Math.sqrt(2.0 / PATHS);
        assertThat(moments(first).variance(0)).isCloseTo(1.0, within(error));
        for (int i = 0; i < 2; i++) {
            assertThat(moments(second).variance(i)).isCloseTo(2.0, within(error));
        }
        // What it was: the same seed from the same states by hand draws the same noise again, Var W(2) = 4.
        FinalStates.States states = first.get(FinalStates.all());
        EnsembleResult repeated = brownian()
                .until(1.0)
                .startingFrom((path, out) -> states.copyState((int) path, out))
                .observe(Moments.of(2))
                .run();
        assertThat(moments(repeated).variance(0)).isCloseTo(4.0, within(2 * error));
        // Also with other steps and other numbers of them.
        EnsembleResult finer = Ensemble.from(first)
                .scheme(EulerMaruyama.withStep(0.125))
                .until(2.0)
                .observe(Moments.of(2))
                .run();
        assertThat(moments(finer).variance(0)).isCloseTo(2.0, within(error));
    }

    @Test
    void aRunInPiecesIsTheRunInOne() {
        EnsembleResult whole = brownian().until(3.0).observe(Moments.of(2)).run();
        EnsembleResult one = brownian().until(1.0).observe(FinalStates.all()).run();
        EnsembleResult two = Ensemble.from(one)
                .until(2.25)
                .observe(FinalStates.all())
                .threads(3)
                .run();
        EnsembleResult three =
                Ensemble.from(two).until(3.0).observe(Moments.of(2)).run();
        assertThat(moments(three).exactSums()).isEqualTo(moments(whole).exactSums());
        assertThat(three.plan().time(three.plan().lastStep())).isEqualTo(3.0);
        assertThat(three.plan().stepsBefore()).isEqualTo(9);
    }

    @Test
    void pathsThatHaveStoppedStayBehind(@TempDir Path folder) {
        Box strip = Box.of(Interval.absorbing(-1, 1), Interval.unbounded());
        EnsembleResult first = brownian()
                .until(1.0)
                .within(strip)
                .observe(FinalStates.all())
                .checkpoint(folder.resolve("c"), Duration.ZERO)
                .run();
        FinalStates.States states = first.get(FinalStates.all());
        long absorbed = first.pathEnds().count(PathEnd.Cause.ABSORBED);
        assertThat(states.paths()).isEqualTo((int) (PATHS - absorbed));
        double[] state = new double[2];
        for (int k = 0; k < states.paths(); k++) {
            states.copyState(k, state);
            assertThat(Math.abs(state[0])).isLessThan(1.0);
            assertThat(k == 0 || states.path(k) > states.path(k - 1)).isTrue();
        }
        EnsembleResult second =
                Ensemble.from(first).until(2.0).observe(Moments.of(2)).run();
        assertThat(second.paths()).isEqualTo(states.paths());
        // In the other coordinate nothing has happened.
        assertThat(moments(second).variance(1))
                .isCloseTo(2.0, within(8.0 * Math.sqrt(2.0 / moments(second).count())));
    }

    @Test
    void timeStartsWhereItIsTold() {
        EnsembleResult run = brownian()
                .startingAtTime(-0.5)
                .until(0.5)
                .observe(TimeSeries.of(Moments.of(2)))
                .run();
        assertThat(run.steps()).isEqualTo(4);
        assertThat(run.get(TimeSeries.of(Moments.of(2))).get(0).time()).isEqualTo(0.5);
        assertThatThrownBy(() -> brownian().startingAtTime(1.0).until(1.0).run())
                .hasMessage("until must be after the start, which is at 1.0, got 1.0");
        assertThatThrownBy(() -> brownian().startingAtTime(Double.NaN))
                .hasMessage("startingAtTime must be finite, got NaN");
    }

    @Test
    void withoutFinalStatesItIsRefusedWithTheWayOut() {
        EnsembleResult none = brownian().until(1.0).run();
        assertThatThrownBy(() -> Ensemble.from(none)).hasMessageContaining("observe FinalStates.all()");
        EnsembleResult early = brownian()
                .until(1.0)
                .observe(When.every(3, 0.0), FinalStates.all())
                .run();
        assertThatThrownBy(() -> Ensemble.from(early))
                .hasMessageContaining("after the last step, 4, these are of step 3");
        EnsembleResult ended = brownian()
                .paths(10)
                .until(1.0)
                .stoppingAt(Event.of("at once", x -> x[0] == 0.0 ? 1.0 : -1.0))
                .observe(FinalStates.all())
                .run();
        assertThatThrownBy(() -> Ensemble.from(ended)).hasMessageContaining("all 10 have stopped");
        EnsembleResult few =
                brownian().paths(10).until(1.0).observe(FinalStates.all()).run();
        assertThatThrownBy(() -> Ensemble.from(few).paths(11).until(2.0).run())
                .hasMessageContaining("paths must be at most the 10 that go on, got path 10");
    }

    @Test
    void stepsWithoutNoiseAndRunsWithoutEndAreRefused() {
        assertThatThrownBy(() -> brownian()
                        .scheme(EulerMaruyama.withStep(Double.MIN_VALUE))
                        .until(1)
                        .plan())
                .hasMessageStartingWith("steps must end within the 1099511627776 = 2^40 for which there is noise, got");
        assertThatThrownBy(() -> brownian()
                        .scheme(EulerMaruyama.withStep(1e-12))
                        .until(10)
                        .plan())
                .hasMessageContaining("got 1.0E13");
        assertThatThrownBy(() -> brownian()
                        .scheme(EulerMaruyama.withStep(1e-9))
                        .paths(Long.MAX_VALUE)
                        .until(10)
                        .run())
                .hasMessageStartingWith(
                        "run must end within a year, got 9223372036854775807 paths of 10000000000 steps");
        assertThatThrownBy(() -> brownian()
                        .onNonFinite(NonFinite.RESTART_PATH)
                        .startingFrom((path, out) -> out[1] = path == 77 ? Double.NaN : 0.0)
                        .until(1)
                        .run())
                .hasMessage("start must be finite, got x[1] = NaN for path 77, which starts at [0.0, NaN]");
    }
}
