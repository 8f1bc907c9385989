package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.sde.EulerMaruyama;

class NonFiniteTest {

    private static final VectorField EXPLOSIVE = (x, out) -> out[0] = x[0] * x[0] * x[0];

    /** Paths 40, 271 and 900 … 999 start at 3 and explode, the others rest near 0. */
    private static Ensemble explosive() {
        return Ensemble.of(Sde.ito(EXPLOSIVE, Diffusion.isotropic(1, 1.0), Temperature.of(1e-12)))
                .scheme(EulerMaruyama.withStep(0.5))
                .until(10.0)
                .paths(1000)
                .startingFrom((path, out) -> out[0] = path == 40 || path == 271 || path >= 900 ? 3.0 : 0.0)
                .seed(1)
                .observe(Moments.of(1))
                .observe(When.every(1, 0.0), TimeSeries.of(Moments.of(1)));
    }

    /** Steps of x ← x + x³/2 from 3 until the bound is passed. */
    private static int stepsBeyond(double bound) {
        double x = 3.0;
        int step = 0;
        while (Math.abs(x) <= bound) {
            x += 0.5 * x * x * x;
            step++;
        }
        return step;
    }

    @Test
    void aStoppedPathIsCountedToldAndInNoLaterRecord() {
        EnsembleResult run = explosive().onNonFinite(NonFinite.STOP_PATH).run();
        int last = stepsBeyond(NonFinite.LARGEST);
        assertThat(run.pathEnds().count(PathEnd.Cause.NON_FINITE)).isEqualTo(102);
        List<PathEnd> first = run.pathEnds().firstNonFinite();
        assertThat(first).hasSize(16).extracting(PathEnd::path).startsWith(40L, 271L, 900L, 901L);
        for (PathEnd end : first) {
            assertThat(end.step()).isEqualTo(last);
            assertThat(end.time()).isEqualTo(0.5 * last);
            assertThat(end.state()[0]).isFinite().isGreaterThan(1e80);
        }
        RunningMoments atEnd = run.get(Moments.of(1));
        assertThat(atEnd.count()).isEqualTo(898);
        assertThat(atEnd.mean(0)).isCloseTo(0.0, within(1e-4));
        List<TimeSeries.Entry<RunningMoments>> series = run.get(TimeSeries.of(Moments.of(1)));
        assertThat(series).hasSize(20);
        for (int k = 0; k < 20; k++) {
            RunningMoments moments = series.get(k).result();
            assertThat(moments.count()).isEqualTo(k + 1 < last ? 1000 : 898);
            assertThat(moments.mean(0)).isFinite();
            assertThat(moments.variance(0)).isFinite();
        }
    }

    @Test
    void aRestartedPathGoesOnFromItsStart() {
        EnsembleResult run = explosive().onNonFinite(NonFinite.RESTART_PATH).run();
        int cycle = stepsBeyond(NonFinite.LARGEST);
        // Twenty steps, each path anew after every cycle.
        assertThat(run.pathEnds().count(PathEnd.Cause.NON_FINITE)).isEqualTo(102L * (20 / cycle));
        assertThat(run.get(Moments.of(1)).count()).isEqualTo(1000);
        assertThat(run.get(Moments.of(1)).variance(0)).isFinite();
    }

    @Test
    void withoutAChoiceTheRunFailsAlsoWherePathsAreWatched() {
        Event never = Event.of("never", x -> 1.0);
        assertThatThrownBy(() -> explosive().stoppingAt(never).run())
                .isInstanceOfSatisfying(NonFinitePathException.class, thrown -> {
                    assertThat(thrown.step()).isEqualTo(stepsBeyond(NonFinite.LARGEST));
                    assertThat(thrown.lastFinite()[0]).isBetween(1.0, NonFinite.LARGEST);
                });
    }

    /** b = −1000x³ with D = 1 + x², whose entries complain of NaN before anyone has looked at the states. */
    private static Ensemble complaining(int dimension) {
        Diffusion diffusion = Diffusion.automaticDiagonal(dimension, x -> {
            Gradient[] entries = new Gradient[dimension];
            for (int i = 0; i < dimension; i++) {
                entries[i] = x[i].square().add(1.0);
            }
            return entries;
        });
        return Ensemble.of(Sde.ito(
                        (x, out) -> {
                            for (int i = 0; i < out.length; i++) {
                                out[i] = -1000 * x[i] * x[i] * x[i];
                            }
                        },
                        diffusion,
                        Temperature.of(7e-7)))
                .scheme(EulerMaruyama.withStep(0.01))
                .until(5.0)
                .paths(20)
                .seed(2)
                .startingFrom((path, out) -> out[dimension - 1] = path == 13 ? 3.0 : 0.0);
    }

    @Test
    void aBlowUpIsToldWhateverAFunctionSaysFirst() {
        for (int dimension : new int[] {1, 2}) {
            assertThatThrownBy(complaining(dimension)::run)
                    .isInstanceOfSatisfying(NonFinitePathException.class, thrown -> {
                        assertThat(thrown.path()).isEqualTo(13);
                        assertThat(thrown.step()).isBetween(3L, 8L);
                        assertThat(thrown.getCause()).isInstanceOf(NonFinitePathException.class);
                    });
            EnsembleResult rest = complaining(dimension)
                    .onNonFinite(NonFinite.STOP_PATH)
                    .observe(Moments.of(dimension))
                    .run();
            assertThat(rest.pathEnds().firstNonFinite())
                    .extracting(PathEnd::path)
                    .containsExactly(13L);
            assertThatThrownBy(() -> complaining(dimension)
                            .startingFrom((path, out) -> out[0] = 3.0)
                            .onNonFinite(NonFinite.STOP_PATH)
                            .run())
                    .hasMessageStartingWith("all 20 paths have left the finite numbers");
        }
    }
}
