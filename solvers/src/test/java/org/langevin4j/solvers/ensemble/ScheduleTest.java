package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.sde.EulerMaruyama;

class ScheduleTest {

    /** Without noise xₙ = x₀ + n h (1, 2): what is seen tells when it was seen. */
    private static Ensemble clock(double h, double until) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = 1.0;
                    out[1] = 2.0;
                },
                Diffusion.isotropic(2, 0.0),
                Temperature.of(0.25));
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(h))
                .paths(40)
                .until(until)
                .startingAt(7.0, 0.0)
                .seed(3);
    }

    private static List<Long> due(When when, double h, long steps) {
        Schedule schedule = Schedule.of(when, 0.0, h, 0, steps);
        List<Long> due = new ArrayList<>();
        for (long step = 0; step <= steps; step++) {
            if (schedule.isDue(step)) {
                due.add(step);
            }
        }
        assertThat(schedule.count()).isGreaterThanOrEqualTo(due.size());
        return due;
    }

    @Test
    void eachScheduleFiresWhereItSays() {
        assertThat(due(When.atStart(), 0.1, 100)).containsExactly(0L);
        assertThat(due(When.atEnd(), 0.1, 100)).containsExactly(100L);
        assertThat(due(When.every(25, 0.0), 0.1, 100)).containsExactly(25L, 50L, 75L, 100L);
        assertThat(due(When.every(20, 3.0, 8.0), 0.1, 100)).containsExactly(40L, 60L, 80L);
        assertThat(due(When.every(1, 0.7, 0.9), 0.1, 100)).containsExactly(7L, 8L, 9L);
        assertThat(due(When.every(1, 9.9), 0.1, 100)).containsExactly(99L, 100L);
        assertThat(due(When.at(0.0, 0.3, 0.7, 10.0), 0.1, 100)).containsExactly(0L, 3L, 7L, 100L);
        assertThat(due(When.at(0.3).or(When.atStart()).or(When.every(50, 0.0)), 0.1, 100))
                .containsExactly(0L, 3L, 50L, 100L);
    }

    /** Two points a decade from 1 step on: 1, 3.16, 10, 31.6, 100, 316, 1000; five from 0.5: early ones coincide. */
    @Test
    void logarithmicTimesAreDistinctSteps() {
        assertThat(due(When.logarithmic(0.01, 2), 0.01, 1000)).containsExactly(1L, 3L, 10L, 32L, 100L, 316L, 1000L);
        assertThat(due(When.logarithmic(0.01, 2, 1.0), 0.01, 1000)).containsExactly(1L, 3L, 10L, 32L, 100L);
        assertThat(due(When.logarithmic(0.5, 5), 1.0, 20)).containsExactly(1L, 2L, 3L, 5L, 8L, 13L, 20L);
        // From far below the step on: step 1, and from then on as before.
        assertThat(due(When.logarithmic(1e-6, 1), 1e-3, 1000)).containsExactly(1L, 10L, 100L, 1000L);
    }

    /** Every whole step of these times is off by a rounding in one direction or the other. */
    @Test
    void wholeStepsAreFoundInSpiteOfRounding() {
        for (double h : new double[] {0.1, 0.001, 1.0 / 3.0, 7e-5}) {
            for (int n = 1; n < 3000; n++) {
                double time = Double.parseDouble(String.format(Locale.ROOT, "%.14g", n * h));
                assertThat(Schedule.of(When.at(time), 0.0, h, 0, 3000).isDue(n)).isTrue();
                Schedule one = Schedule.of(When.every(1, time, time), 0.0, h, 0, 3000);
                assertThat(one.isDue(n)).isTrue();
                assertThat(one.count()).isEqualTo(1);
            }
        }
    }

    @Test
    void aRunThatGoesOnKeepsItsTimesAndSteps() {
        Schedule schedule =
                Schedule.of(When.every(4, 11.0, 12.0).or(When.at(10.0, 10.5)).or(When.atEnd()), 9.4, 0.1, 6, 30);
        List<Long> due = new ArrayList<>();
        for (long step = 6; step <= 36; step++) {
            if (schedule.isDue(step)) {
                due.add(step);
            }
        }
        // Time 10 + (step − 6)/10; the interval counts the steps of the whole.
        assertThat(due).containsExactly(6L, 11L, 16L, 20L, 24L, 36L);
        assertThat(Schedule.of(When.logarithmic(1.0, 1), 9.4, 0.1, 6, 9000).isDue(906))
                .isTrue();
    }

    @Test
    void lookUpsAreRightForManyTimesAndLongRuns() {
        double[] times = new double[2000];
        for (int k = 0; k < times.length; k++) {
            times[k] = 1e-3 * k * k;
        }
        Schedule schedule = Schedule.of(When.at(times), 0.0, 1e-3, 0, 4_000_000);
        int found = 0;
        for (long step = 0; step <= 4_000_000; step++) {
            found += schedule.isDue(step) ? 1 : 0;
        }
        assertThat(found).isEqualTo(2000);
        assertThat(schedule.isDue(1999L * 1999L)).isTrue();
        Schedule late = Schedule.of(When.every(Integer.MAX_VALUE, 3.0), 0.0, 1e-9, 0, 1L << 40);
        assertThat(late.isDue(2L * Integer.MAX_VALUE)).isTrue();
        assertThat(late.isDue(Integer.MAX_VALUE)).isFalse();
    }

    @Test
    void aTimeSeriesWorksWithEachSchedule() {
        TimeSeries<RunningMoments> series = TimeSeries.of(Moments.of(2));
        Ensemble ensemble = clock(0.1, 10.0);
        expect(ensemble, series, When.atStart(), 0.0);
        expect(ensemble, series, When.atEnd(), 10.0);
        expect(ensemble, series, When.every(20, 3.0, 8.0), 4.0, 6.0, 8.0);
        expect(ensemble, series, When.at(0.0, 0.3, 9.9), 0.0, 0.3, 9.9);
        expect(ensemble, series, When.logarithmic(0.1, 1), 0.1, 1.0, 10.0);
        expect(ensemble, series, When.atStart().or(When.every(50, 0.0)), 0.0, 5.0, 10.0);
    }

    private static void expect(Ensemble ensemble, TimeSeries<RunningMoments> series, When when, double... times) {
        List<TimeSeries.Entry<RunningMoments>> entries =
                ensemble.observe(when, series).run().get(series);
        assertThat(entries).hasSize(times.length);
        for (int k = 0; k < times.length; k++) {
            assertThat(entries.get(k).time()).isCloseTo(times[k], within(1e-12));
            assertThat(entries.get(k).result().count()).isEqualTo(40);
            assertThat(entries.get(k).result().mean(0)).isCloseTo(7.0 + times[k], within(1e-11));
            assertThat(entries.get(k).result().mean(1)).isCloseTo(2.0 * times[k], within(1e-11));
        }
    }

    @Test
    void aScheduleThatIsNeverDueIsRefusedWithItsNumbers() {
        assertThatThrownBy(() -> clock(0.1, 1.0)
                        .observe(When.every(1, 5.0), Moments.of(2))
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a schedule must be due within the run, steps of 0.1 from 0.0 to 1.0, got"
                        + " \"every step from 5.0\"");
        for (When when : new When[] {
            When.every(11, 0.0),
            When.every(4, 0.85),
            When.every(10, 0.1, 0.9),
            When.logarithmic(2.0, 3),
            When.every(1, 0.0).or(When.every(1, 5.0))
        }) {
            assertThatThrownBy(
                            () -> clock(0.1, 1.0).observe(when, Moments.of(2)).run())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be due within the run");
        }
        assertThatThrownBy(() ->
                        clock(0.1, 1.0).observe(When.at(0.25), Moments.of(2)).run())
                .hasMessageContaining("must be whole steps of 0.1, got 0.25; the nearest is 0.");
        assertThatThrownBy(() -> clock(0.1, 1.0)
                        .observe(When.at(0.5, 1.1), Moments.of(2))
                        .run())
                .hasMessage("times of a schedule must be within the run, steps of 0.1 from 0.0 to 1.0, got 1.1");
    }

    @Test
    void schedulesAreValues() {
        assertThat(When.at(1.0, 2.0)).isEqualTo(When.at(1.0, 2.0)).hasToString("at the times [1.0, 2.0]");
        assertThat(When.every(2, 1.0)).isNotEqualTo(When.every(2, 1.0, 5.0)).hasToString("every 2 steps from 1.0");
        assertThat(When.every(1, 1.0, 5.0)).hasToString("every step from 1.0 to 5.0");
        assertThat(When.logarithmic(0.1, 3, 9.0)).hasToString("3 times a decade from 0.1 to 9.0");
        assertThat(When.atStart().or(When.at(2.0)).or(When.atEnd()))
                .isEqualTo(When.atStart().or(When.at(2.0).or(When.atEnd())))
                .hasToString("at the start or at the times [2.0] or at the end");
        assertThatThrownBy(() -> When.every(0, 0.0)).hasMessage("steps must be positive, got 0");
        assertThatThrownBy(() -> When.every(1, Double.NaN)).hasMessageContaining("from must be");
        assertThatThrownBy(() -> When.every(1, 2.0, 1.0)).hasMessage("to must not be less than from, 2.0, got 1.0");
        assertThatThrownBy(() -> When.at()).hasMessage("times must number at least 1, got 0");
        assertThatThrownBy(() -> When.at(1.0, 1.0))
                .hasMessage("times must be finite, not negative and increasing, got 1.0 after 1.0");
        assertThatThrownBy(() -> When.at(-1.0)).hasMessageContaining("got -1.0");
        assertThatThrownBy(() -> When.at(Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> When.logarithmic(0.0, 3)).hasMessage("first must be positive and finite, got 0.0");
        assertThatThrownBy(() -> When.logarithmic(1.0, 0)).hasMessage("perDecade must be 1 to 10000, got 0");
    }
}
