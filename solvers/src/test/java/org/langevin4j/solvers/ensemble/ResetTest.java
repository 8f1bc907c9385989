package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.domain.HalfSpace;
import org.langevin4j.solvers.sde.Baoab;
import org.langevin4j.solvers.sde.EulerMaruyama;

class ResetTest {

    private static final double DRIVE = 1.2;
    private static final double TEMPERATURE = 0.15;
    private static final int SPIKES = 10;

    /** dv = (μ − v) dt + √(2T) dW, in blocks. */
    private static Sde leaky(int dimension) {
        VectorField drift = new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                for (int i = 0; i < x.length; i++) {
                    out[i] = DRIVE - x[i];
                }
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                for (int i = 0; i < x.length; i++) {
                    for (int p = 0; p < paths; p++) {
                        out[i][p] = DRIVE - x[i][p];
                    }
                }
            }
        };
        return Sde.ito(drift, Diffusion.isotropic(dimension, 1.0), Temperature.of(TEMPERATURE));
    }

    private static double simpson(DoubleUnaryOperator f, double from, double to, int intervals) {
        double h = (to - from) / intervals;
        double sum = f.applyAsDouble(from) + f.applyAsDouble(to);
        for (int i = 1; i < intervals; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * f.applyAsDouble(from + i * h);
        }
        return sum * h / 3;
    }

    /** √π ∫ e^(u²)(1 + erf u) du between (0 − μ)/s and (1 − μ)/s, s = √(2T) (Siegert 1951, Phys. Rev. 81, 617). */
    private static double siegertMean() {
        double s = Math.sqrt(2 * TEMPERATURE);
        return Math.sqrt(Math.PI) * simpson(u -> Math.exp(u * u) * Erf.erfc(-u), -DRIVE / s, (1 - DRIVE) / s, 2_000);
    }

    /** 2π ∫ e^(x²) ∫₋∞ˣ e^(u²)(1 + erf u)² du dx (Brunel 2000, J. Comput. Neurosci. 8, 183, appendix). */
    private static double siegertVariance() {
        double s = Math.sqrt(2 * TEMPERATURE);
        return 2
                * Math.PI
                * simpson(
                        x -> Math.exp(x * x) * simpson(u -> Math.exp(u * u) * Math.pow(Erf.erfc(-u), 2), -8, x, 2_000),
                        -DRIVE / s,
                        (1 - DRIVE) / s,
                        400);
    }

    /** The time of the n-th reset of each path: moments of its n-th part. */
    private record Spikes(String event, int count) implements PathObservable<RunningMoments> {

        @Override
        public Collector<RunningMoments> collector(int dimension) {
            return new SpikeCollector(this);
        }
    }

    private static final class SpikeCollector implements Collector<RunningMoments> {
        private final Spikes what;
        private final RunningMoments moments = new RunningMoments(1);
        private int[] seen = new int[0];

        SpikeCollector(Spikes what) {
            this.what = what;
        }

        @Override
        public void begin(PathBlock block) {
            seen = new int[block.size()];
        }

        @Override
        public void record(PathBlock block) {}

        @Override
        public void changed(int slot, Event event, double time, double[] before, double[] after) {
            if (event.name().equals(what.event)) {
                seen[slot]++;
                if (seen[slot] == what.count) {
                    moments.add(time / what.count);
                }
            }
        }

        @Override
        public void end() {
            assertThat(Arrays.stream(seen).min().orElseThrow()).isGreaterThanOrEqualTo(what.count);
        }

        @Override
        public void merge(Collector<RunningMoments> later) {
            moments.merge(later.result());
        }

        @Override
        public RunningMoments result() {
            return moments;
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.moments(moments);
        }

        @Override
        public void read(StateReader in) {
            throw new UnsupportedOperationException("not read in these tests");
        }
    }

    private static final Event THRESHOLD = Event.of("threshold", x -> 1 - x[0]);

    private static final Reset PLAIN = Reset.at(THRESHOLD, (x, mark) -> x[0] = 0);

    private static final Reset BRIDGED = PLAIN.bridged((x, out) -> {
        Arrays.fill(out, 0.0);
        out[0] = -1;
    });

    private static RunningMoments intervals(Reset reset, double h, int paths, long seed) {
        Spikes spikes = new Spikes("threshold", SPIKES);
        return Ensemble.of(leaky(1))
                .scheme(EulerMaruyama.withStep(h))
                .paths(paths)
                .until(36)
                .seed(seed)
                .onEvent(reset)
                .observe(spikes)
                .run()
                .get(spikes);
    }

    /** Mean and coefficient of variation of the intervals of a leaky integrate-and-fire neuron. */
    @Test
    void integrateAndFireConvergesToSiegertsIntervalsAtOrderOneWithTheBridgeAndHalfWithout() {
        double mean = siegertMean();
        double variance = siegertVariance();
        int paths = 20_000;
        double[] bridged = new double[3];
        double[] plain = new double[3];
        double standardError = Math.sqrt(variance / SPIKES / paths);
        double[] relative = new double[3];
        for (int level = 0; level < 3; level++) {
            double h = 0.2 / (1 << level);
            RunningMoments m = intervals(BRIDGED, h, paths, 1 + level);
            assertThat(m.count()).isEqualTo(paths);
            bridged[level] = m.mean(0) - mean;
            relative[level] = SPIKES * m.variance(0) / variance;
            plain[level] = intervals(PLAIN, h, paths, 11 + level).mean(0) - mean;
        }
        double error = 4 * standardError;
        for (int level = 0; level < 3; level++) {
            double h = 0.2 / (1 << level);
            assertThat(bridged[level]).isCloseTo(0.0, within(0.1 * h + error));
            assertThat(plain[level]).isGreaterThan(6 * Math.abs(bridged[level]));
        }
        assertThat(2 * bridged[2] - bridged[1]).isCloseTo(0.0, within(Math.sqrt(5) * error));
        // Variances of sums of ten intervals, close to normal: the coefficient of variation is right, too.
        assertThat(2 * relative[2] - relative[1]).isCloseTo(1.0, within(4 * Math.sqrt(5) * Math.sqrt(2.4 / paths)));
        // Without the bridge the error falls as √h: extrapolated so it vanishes, extrapolated as O(h) it does not.
        double root = Math.sqrt(2);
        assertThat(plain[1] / plain[2]).isBetween(1.25, 1.65);
        assertThat((root * plain[2] - plain[1]) / (root - 1)).isCloseTo(0.0, within(0.035 + 10 * standardError));
        assertThat(2 * plain[2] - plain[1]).isGreaterThan(8 * standardError);
    }

    /** The second neuron is never reset: it keeps its Ornstein–Uhlenbeck law. */
    @Test
    void otherCoordinatesGoOn() {
        Moments moments = Moments.of(2);
        RunningMoments m = Ensemble.of(leaky(2))
                .scheme(EulerMaruyama.withStep(0.02))
                .paths(20_000)
                .until(6)
                .seed(4)
                .onEvent(BRIDGED)
                .observe(moments)
                .run()
                .get(moments);
        assertThat(m.mean(1)).isCloseTo(DRIVE, within(0.01 + 4 * m.standardError(1)));
        assertThat(m.variance(1))
                .isCloseTo(TEMPERATURE / (1 - 0.01), within(4 * TEMPERATURE * Math.sqrt(2.0 / 20_000)));
        assertThat(m.mean(0)).isBetween(0.2, 0.8);
    }

    /**
     * A particle of mass 1 that falls (∇U = 1) on a wall of the bath's temperature T, which gives it a velocity of the law of
     * outgoing ones, v e^(−v²/2T): density e^(−q/T) and Maxwell's law.
     */
    @Test
    void aThermalWallKeepsTheLawOfItsTemperature() {
        double temperature = 1.7;
        Sde sde = UnderdampedLangevin.ofGradient(1, (q, out) -> out[0] = 1.0, 0.3, Temperature.of(temperature))
                .sde();
        FunctionMoments functions = FunctionMoments.of(
                (x, out) -> {
                    out[0] = x[0];
                    out[1] = x[1];
                    out[2] = x[1] * x[1];
                },
                3);
        double[] q = new double[2];
        RunningMoments m = new RunningMoments(3);
        for (int level = 0; level < 2; level++) {
            m = Ensemble.of(sde)
                    .scheme(Baoab.withStep(level == 0 ? 0.1 : 0.05))
                    .paths(20_000)
                    .startingAt(1.0, 0.0)
                    .until(40)
                    .seed(5)
                    .onEvent(Event.of("wall", x -> x[0]), (x, mark) -> {
                        x[0] = -x[0];
                        x[1] = Math.sqrt(2 * temperature * mark.exponential(0));
                    })
                    .observe(functions)
                    .run()
                    .get(functions);
            q[level] = m.mean(0);
        }
        assertThat(2 * q[1] - q[0]).isCloseTo(temperature, within(4 * Math.sqrt(5) * m.standardError(0)));
        assertThat(m.mean(1)).isCloseTo(0.0, within(4 * m.standardError(1)));
        assertThat(m.mean(2)).isCloseTo(temperature, within(0.03 + 4 * m.standardError(2)));
    }

    @Test
    void resetsStopsAndWallsOfOneStepComeInTheirOrder() {
        Sde still = Sde.ito((x, out) -> out[0] = -1.0, Diffusion.isotropic(1, 0.0), Temperature.of(1.0));
        Ensemble ensemble = Ensemble.of(still)
                .scheme(EulerMaruyama.withStep(0.25))
                .startingAt(1.0)
                .until(3.0)
                .seed(6);
        Spikes kicks = new Spikes("zero", 1);
        // From 1 at speed 1 to 0 at t = 1, back to 1: to 0 again at 2 and 3.
        Ensemble kicked = ensemble.onEvent(Event.of("zero", x -> x[0]), (x, mark) -> x[0] = mark.time());
        assertThat(kicked.observe(kicks).run().get(kicks).mean(0)).isEqualTo(1.0);
        Moments end = Moments.of(1);
        // At t = 1 to 1, at t = 2 to 2, at t = 3 it is 1.
        assertThat(kicked.observe(end).run().get(end).mean(0)).isEqualTo(1.0);
        // A stop at the same level comes first.
        EnsembleResult stopped = kicked.stoppingAt(Event.of("end", x -> x[0])).run();
        assertThat(stopped.pathEnds().count(PathEnd.Cause.EVENT)).isEqualTo(1);
        assertThatThrownBy(() -> ensemble.onEvent(Event.of("zero", x -> x[0]), (x, mark) -> x[0] = -1)
                        .within(HalfSpace.reflecting(new double[] {1}, -0.5))
                        .run())
                .hasMessageContaining("reset at zero must lead into the domain, got [-1.0] for path 0 at time 1.0");
        assertThatThrownBy(() -> ensemble.onEvent(Event.of("zero", x -> x[0]), (x, mark) -> x[0] = Double.NaN)
                        .run())
                .hasMessageContaining("reset at zero must give a finite state, got x[0] = NaN for path 0 at time 1.0");
    }

    /** The library's own observable hears of spikes that no recorded state shows. */
    @Test
    void intervalsBetweenResets() {
        Intervals intervals = Intervals.of(THRESHOLD, Axis.uniform(0, 10, 20));
        Intervals.Summary found = Ensemble.of(leaky(1))
                .scheme(EulerMaruyama.withStep(0.05))
                .paths(500)
                .until(400)
                .seed(8)
                .onEvent(BRIDGED)
                .observe(intervals)
                .run()
                .get(intervals);
        // Some 300 intervals a path: what the end cuts off makes the mean too small by about one in 300.
        assertThat(found.mean()).isCloseTo(siegertMean(), within(0.01 * siegertMean() + 4 * found.meanError()));
        assertThat(found.variation()).isCloseTo(Math.sqrt(siegertVariance()) / siegertMean(), within(0.03));
        // A renewal process, up to the correlation of times that are whole steps.
        assertThat(found.correlation()).isCloseTo(0.0, within(4 / Math.sqrt((double) found.count())));
    }

    /** x = sin t on [0, 4π] rises through ½ twice and falls through it twice. */
    @Test
    void aDirectionIsThatFromWhichThePathComes() {
        Sde swing = Sde.ito(
                VectorField.driven(t -> (x, out) -> out[0] = Math.cos(t)),
                Diffusion.isotropic(1, 0.0),
                Temperature.of(1.0));
        Event both = Event.of("half", x -> x[0] - 0.5);
        Event rising = Event.rising("half", x -> x[0] - 0.5);
        Event falling = Event.falling("half", x -> x[0] - 0.5);
        Event[] events = {rising, falling, both};
        int[] counts = {2, 2, 4};
        for (int e = 0; e < 3; e++) {
            for (Reset reset : new Reset[] {
                Reset.at(events[e], (x, mark) -> x[0] += 0.0),
                Reset.at(events[e], (x, mark) -> x[0] += 0.0).bridged((x, out) -> out[0] = 1)
            }) {
                Crossings crossings = Crossings.of(events[e]);
                RunningMoments found = Ensemble.of(swing)
                        .scheme(EulerMaruyama.withStep(0.001))
                        .until(12.5)
                        .seed(9)
                        .onEvent(reset)
                        .observe(crossings)
                        .run()
                        .get(crossings)
                        .perPath();
                assertThat(found.mean(0)).isEqualTo(counts[e]);
            }
        }
    }

    @Test
    void threadsAndBlocksDoNotChangeABit() {
        Snapshots all = Snapshots.ofFirst(30);
        Ensemble ensemble = Ensemble.of(leaky(2))
                .scheme(EulerMaruyama.withStep(0.1))
                .until(5)
                .seed(7)
                .onEvent(Reset.at(THRESHOLD, (x, mark) -> x[0] = 0.1 * mark.normal(0))
                        .bridged(BRIDGED.gradient().get()))
                .observe(all);
        var few = ensemble.paths(30).threads(1).run().get(all);
        var many = ensemble.paths(3_000).threads(3).run().get(all);
        for (int p = 0; p < 30; p++) {
            int last = few.get(p).length() - 1;
            assertThat(few.get(p).state(last, 0)).isEqualTo(many.get(p).state(last, 0));
        }
    }
}
