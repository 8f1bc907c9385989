package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.sde.EulerMaruyama;

/**
 * Euler–Maruyama on dx = −x dt + √(2β⁻¹) dW is xₙ₊₁ = (1 − h) xₙ + √(2β⁻¹h) ξ: independent numbers for h = 1, and for h &lt;
 * 1 a Gaussian sequence with ρ = 1 − h, which changes its sign with probability arccos(ρ)/π (Sheppard 1899).
 */
class IntervalsTest {

    private static final double TEMPERATURE = 0.4;

    private static Ensemble sequence(double h) {
        double deviation = Math.sqrt(TEMPERATURE / (1 - h / 2));
        NormalStream starts = NormalStream.of(Seed.of(31));
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -x[0];
                    out[1] = -x[1];
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(TEMPERATURE));
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(h))
                .paths(50)
                .until(4000 * h)
                .seed(12)
                .startingFrom((path, out) -> {
                    out[0] = deviation * starts.at(path, 0, 0);
                    out[1] = deviation * starts.at(path, 0, 1);
                });
    }

    /** Above the level with probability p: runs above and below are geometric, T = both, (1/p + 1/q, q/p² + p/q²). */
    @Test
    void independentNumbersHaveGeometricIntervals() {
        double level = Math.sqrt(2 * TEMPERATURE) * 0.5;
        double p = 0.3085375387259869; // P(ξ > ½)
        double q = 1 - p;
        Axis axis = Axis.uniform(0.5, 8.5, 8);
        Intervals rising = Intervals.of(Event.rising("up", x -> x[1] - level), axis);
        Intervals falling = Intervals.of(Event.falling("down", x -> x[1] - level), axis);
        Intervals both = Intervals.of(Event.of("any", x -> x[1] - level), axis);
        EnsembleResult run =
                sequence(1.0).observe(When.every(1, 0.0), rising, falling, both).run();
        double mean = 1 / p + 1 / q;
        double variance = q / (p * p) + p / (q * q);
        for (Intervals each : new Intervals[] {rising, falling}) {
            Intervals.Summary summary = run.get(each);
            long n = summary.count();
            // What the end cuts off shortens the mean by less than one interval in a path's thousands of steps.
            double cut = mean * 2 * mean / 4000;
            assertThat(n).isCloseTo((long) (200_000 / mean), within(1000L));
            assertThat(summary.mean()).isCloseTo(mean, within(4 * Math.sqrt(variance / n) + cut));
            assertThat(summary.meanError()).isCloseTo(Math.sqrt(variance / n), within(0.4 * Math.sqrt(variance / n)));
            assertThat(summary.variation()).isCloseTo(Math.sqrt(variance) / mean, within(0.012));
            assertThat(summary.correlation()).isCloseTo(0.0, within(4 / Math.sqrt((double) n)));
            assertThat(summary.censored()).isEqualTo(50);
            assertThat(summary.silent()).isZero();
            long counted = summary.outside();
            for (int cell = 0; cell < 8; cell++) {
                // P(T = k) = Σ p^i q^(k−i), i = 1 … k − 1: the sum of two geometric lengths.
                int k = cell + 1;
                double probability = 0;
                for (int i = 1; i < k; i++) {
                    probability += Math.pow(p, i) * Math.pow(q, k - i);
                }
                assertThat(summary.density(cell))
                        .isCloseTo(
                                probability, within(4 * Math.sqrt(probability / n) + 1e-12 + cut / mean * probability));
                counted += summary.count(cell);
            }
            assertThat(counted).isEqualTo(n);
        }
        assertThat(run.get(both).mean()).isCloseTo(mean / 2, within(0.02));
        // Long runs below alternate with short ones above: an interval of one kind follows one of the other.
        assertThat(run.get(both).correlation()).isLessThan(-0.05);
        assertThat(run.get(rising).toString()).contains("intervals, mean 4.6", "50 censored");
    }

    @Test
    void correlatedNumbersCrossAsOftenAsSheppardSays() {
        double h = 0.1;
        Intervals rising = Intervals.of(Event.rising("up", x -> x[0]), Axis.uniform(0, 10, 10));
        Intervals.Summary summary = sequence(h)
                .until(4000 * h)
                .observe(When.every(1, 0.0), rising)
                .run()
                .get(rising);
        double mean = h * 2 * Math.PI / Math.acos(1 - h);
        double cut = mean * mean / (4000 * h);
        assertThat(summary.mean()).isCloseTo(mean, within(4 * summary.meanError() + cut));
        assertThat(summary.meanError() / mean).isLessThan(0.02);
    }

    /** x = t, sin 2π(x − 0.05): seen to rise at 0.1 and 1.1, to fall at 0.6 and 1.6; the wall at 1.85 ends it. */
    @Test
    void directionsOfAClock() {
        Sde clock = Sde.ito((x, out) -> out[0] = 1.0, Diffusion.isotropic(1, 0.0), Temperature.of(1.0));
        Event.Direction[] directions = Event.Direction.values();
        Axis axis = Axis.uniform(0, 2, 4);
        for (Event.Direction direction : directions) {
            Event wave = new Event("wave", x -> Math.sin(2 * Math.PI * (x[0] - 0.05)), direction);
            Event never = Event.falling("never", x -> x[0] - 0.55);
            EnsembleResult run = Ensemble.of(clock)
                    .scheme(EulerMaruyama.withStep(0.1))
                    .until(2.0)
                    .paths(10)
                    .stoppingAt(Event.rising("end", x -> x[0] - 1.85))
                    .stoppingAt(never)
                    .observe(
                            When.every(1, 0.0),
                            Intervals.of(wave, axis),
                            Crossings.of(wave),
                            FirstPassage.of(wave, axis),
                            Intervals.of(never, axis))
                    .run();
            boolean both = direction == Event.Direction.BOTH;
            Intervals.Summary summary = run.get(Intervals.of(wave, axis));
            assertThat(summary.count()).isEqualTo(both ? 30 : 10);
            assertThat(summary.mean()).isCloseTo(both ? 0.5 : 1.0, within(1e-12));
            assertThat(summary.censored()).isEqualTo(10);
            assertThat(run.get(Crossings.of(wave)).perPath().mean(0)).isEqualTo(both ? 4.0 : 2.0);
            double first = direction == Event.Direction.FALLING ? 0.6 : 0.1;
            assertThat(run.get(FirstPassage.of(wave, axis)).moments().mean(0)).isCloseTo(first, within(1e-12));
            assertThat(run.pathEnds().count(PathEnd.Cause.EVENT)).isEqualTo(10);
            assertThat(run.get(Intervals.of(never, axis)).silent()).isEqualTo(10);
            assertThat(run.get(Intervals.of(never, axis)).mean()).isNaN();
        }
    }

    /** x = t, put back to 0 where it exceeds 0.95: at 1, 2, 3 …, which no record sees, since they show what comes after. */
    @Test
    void eventsThatChangeThePathAreHeardOf() {
        Sde clock = Sde.ito((x, out) -> out[0] = 1.0, Diffusion.isotropic(1, 0.0), Temperature.of(1.0));
        Event spike = Event.rising("spike", x -> x[0] - 0.95);
        Event half = Event.rising("half", x -> x[0] - 0.45);
        Axis axis = Axis.uniform(0, 2, 4);
        EnsembleResult run = Ensemble.of(clock)
                .scheme(EulerMaruyama.withStep(0.1))
                .until(7.0)
                .paths(20)
                .onEvent(spike, (x, mark) -> x[0] = 0.0)
                .observe(
                        When.every(1, 0.0),
                        Intervals.of(spike, axis),
                        Intervals.of(half, axis),
                        Crossings.of(spike),
                        FirstPassage.of(spike, axis))
                .run();
        assertThat(run.get(Intervals.of(spike, axis)).count()).isEqualTo(20 * 6);
        assertThat(run.get(Intervals.of(spike, axis)).mean()).isCloseTo(1.0, within(1e-12));
        assertThat(run.get(Intervals.of(spike, axis)).variation()).isCloseTo(0.0, within(1e-6));
        assertThat(run.get(Intervals.of(half, axis)).count()).isEqualTo(20 * 6);
        assertThat(run.get(Intervals.of(half, axis)).mean()).isCloseTo(1.0, within(1e-12));
        assertThat(run.get(Crossings.of(spike)).perPath().mean(0)).isEqualTo(7.0);
        assertThat(run.get(Crossings.of(spike)).places().mean(1)).isCloseTo(1.0, within(1e-12));
        assertThat(run.get(FirstPassage.of(spike, axis)).moments().mean(0)).isCloseTo(1.0, within(1e-12));
    }

    /** Saved in the middle of a block and taken up by another collector: as if nothing had happened. */
    @Test
    void aCollectorIsSavedWithItsBlock() throws IOException {
        Intervals intervals = Intervals.of(Event.rising("up", x -> x[0]), Axis.uniform(0, 10, 5));
        NormalStream normals = NormalStream.of(Seed.of(5));
        double[][] x = new double[1][8];
        long[] indices = {0, 1, 2, 3, 4, 5, 6, 7};
        PathBlock block = new PathBlock(0, 8);
        block.show(x, indices, 8, 0, 0.0);
        Collector<Intervals.Summary> whole = intervals.collector(1);
        Collector<Intervals.Summary> part = intervals.collector(1);
        whole.begin(block);
        part.begin(block);
        for (int step = 1; step <= 100; step++) {
            for (int p = 0; p < 8; p++) {
                x[0][p] = normals.at(p, step, 0);
            }
            block.show(x, indices, 8, step, step);
            whole.record(block);
            part.record(block);
            if (step % 10 == 0) {
                Collector<Intervals.Summary> next = intervals.collector(1);
                read(next, bytes(part));
                part = next;
            }
        }
        whole.end();
        part.end();
        assertThat(bytes(part)).isEqualTo(bytes(whole));
        assertThat(part.result().count()).isGreaterThan(100);
    }

    private static void read(Collector<?> collector, byte[] content) throws IOException {
        collector.read(new StateReader(
                new ByteArrayInputStream(content), content.length, new StateReader.Limits(8, 8, 0, 100_000, 10_000)));
    }

    private static byte[] bytes(Collector<?> collector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        collector.write(new StateWriter(new DataOutputStream(bytes)));
        return bytes.toByteArray();
    }
}
