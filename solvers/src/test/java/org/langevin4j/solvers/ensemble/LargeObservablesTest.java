package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** What cannot fit into memory is refused in one line, before the run; in many dimensions variances do. */
class LargeObservablesTest {

    private static final VectorField STATE = (x, out) -> System.arraycopy(x, 0, out, 0, out.length);

    private static Ensemble decay(int d) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    for (int i = 0; i < x.length; i++) {
                        out[i] = -x[i];
                    }
                },
                Diffusion.isotropic(d, 1.0),
                Temperature.of(0.3));
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.5))
                .until(2.0)
                .paths(40)
                .seed(2);
    }

    /** d = 10⁴: xₙ₊₁ = ½xₙ + √0.3 ξ has the variance 0.3(1 − 4⁻⁴)/(1 − ¼) after four steps. */
    @Test
    void variancesOfTenThousandCoordinates() {
        int d = 10_000;
        Moments state = Moments.ofVariances(d);
        FunctionMoments functions = FunctionMoments.ofVariances(STATE, d);
        TimeAverage averages = TimeAverage.ofVariances(STATE, d);
        TimeSeries<RunningMoments> series = TimeSeries.of(state);
        EnsembleResult run = decay(d).observe(state, functions, averages)
                .observe(When.every(1, 0.0), series)
                .run();
        double variance = 0.3 * (1 - Math.pow(4, -4)) / 0.75;
        for (RunningMoments moments : new RunningMoments[] {
            run.get(state),
            run.get(functions),
            run.get(averages),
            run.get(series).get(3).result()
        }) {
            assertThat(moments.hasCovariances()).isFalse();
            assertThat(moments.count()).isEqualTo(40);
            double mean = 0;
            for (int i = 0; i < d; i++) {
                mean += moments.variance(i) / d;
            }
            // 10⁴ independent variances of 40 paths each.
            assertThat(mean).isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / 39 / d)));
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheWayOut() {
        assertThatThrownBy(() -> Moments.of(100_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the covariance of 100000 coordinates needs 80.0 GB, the heap has at most ")
                .hasMessageEndingWith("Moments.ofVariances(100000) does without it");
        assertThatThrownBy(() -> FunctionMoments.of(STATE, 200_000))
                .hasMessageContaining("needs 320 GB")
                .hasMessageEndingWith("FunctionMoments.ofVariances does without it");
        assertThatThrownBy(() -> TimeAverage.of(STATE, 1_000_000))
                .hasMessageContaining("needs 8.0 TB")
                .hasMessageEndingWith("TimeAverage.ofVariances does without it");
        assertThatThrownBy(() -> Autocorrelation.of(STATE, 3, 200_000)).hasMessageContaining("needs 960 GB");
        assertThatThrownBy(() -> Autocorrelation.of(STATE, 1, Integer.MAX_VALUE))
                .hasMessageContaining("EB");
        assertThat(Moments.ofVariances(1_000_000).bytes(1_000_000, 1, 1)).isEqualTo(32e6);
    }

    @Test
    void theSumOfManyTimesIsRefusedBeforeTheRun() {
        Ensemble ensemble = decay(2).until(5e5);
        Grid grid = Grid.square(-3, 3, 500);
        assertThatThrownBy(() -> ensemble.observe(When.every(1, 0.0), TimeSeries.of(Histogram.on(grid)))
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "what is observed, most of it TimeSeries at 1000000 times, needs 2.0 TB, the heap")
                .hasMessageContaining("fewer times");
        assertThatThrownBy(() -> decay(10_000)
                        .until(5e5)
                        .observe(When.every(1, 0.0), Snapshots.ofFirst(5))
                        .run())
                .hasMessageContaining("Snapshots at 1000000 times");
        assertThatThrownBy(() -> decay(10_000)
                        .until(5e6)
                        .observe(When.every(1, 0.0), TimeSeries.of(Moments.ofVariances(10_000)))
                        .plan())
                .hasMessageContaining("needs 6.4 TB");
    }
}
