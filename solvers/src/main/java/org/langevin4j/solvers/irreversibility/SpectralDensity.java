package org.langevin4j.solvers.irreversibility;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Collector;
import org.langevin4j.solvers.ensemble.PathBlock;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.SamplingInterval;
import org.langevin4j.solvers.ensemble.StateReader;
import org.langevin4j.solvers.ensemble.StateWriter;

/**
 * The {@link PowerSpectrum} of a function of the state in the steady state, by Welch's method: each path gives the mean of
 * its segments, which overlap by half, and the errors are those of independent paths. Paths with less than one segment of
 * recorded times are left out. Memory is O(segment × block).
 *
 * @param function g
 * @param segment number n of recorded times in a segment, a power of two
 */
public record SpectralDensity(ScalarField function, int segment) implements PathObservable<PowerSpectrum> {

    /** Checks both. */
    public SpectralDensity {
        Objects.requireNonNull(function, "function");
        PowerSpectrum.empty(segment);
    }

    /**
     * The spectrum of a function.
     *
     * @param function g; must be thread-safe and finite
     * @param segment n; the resolution is 2π over the time of a segment
     * @return the observable
     */
    public static SpectralDensity of(ScalarField function, int segment) {
        return new SpectralDensity(function, segment);
    }

    @Override
    public Collector<PowerSpectrum> collector(int dimension) {
        return new SpectrumCollector(function, segment, dimension);
    }

    @Override
    public String identity(int dimension) {
        return "SpectralDensity[" + PathObservable.fingerprint((x, out) -> out[0] = function.at(x), dimension, 1)
                + ", segment=" + segment + "]";
    }

    private static final class SpectrumCollector implements Collector<PowerSpectrum> {

        private final ScalarField function;
        private final int segment;
        private final List<RunningMoments> estimates;
        private final SamplingInterval interval = SamplingInterval.unknown();

        /** {@code values[slot][t mod segment]}. */
        private double[][] values = new double[0][0];

        private double[][] sums = new double[0][0];
        private long[] segments = new long[0];
        private final double[] state;
        private final double[] ordered;

        SpectrumCollector(ScalarField function, int segment, int dimension) {
            if (!(dimension >= 1)) {
                throw new IllegalArgumentException("dimension must be at least 1, got " + dimension);
            }
            this.state = new double[dimension];
            this.function = function;
            this.segment = segment;
            this.estimates = PowerSpectrum.empty(segment);
            this.ordered = new double[segment];
        }

        @Override
        public void begin(PathBlock block) {
            values = new double[block.size()][segment];
            sums = new double[block.size()][segment / 2 + 1];
            segments = new long[block.size()];
            interval.begin();
        }

        @Override
        public void record(PathBlock block) {
            int at = (int) (interval.times() % segment);
            interval.record(block.time());
            long time = interval.times();
            boolean whole = time >= segment && time % (segment / 2) == 0;
            for (int k = 0; k < block.paths(); k++) {
                int slot = block.slot(k);
                block.copyState(k, state);
                values[slot][at] = function.at(state);
                if (whole) {
                    addSegment(slot, (at + 1) % segment);
                }
            }
        }

        private void addSegment(int slot, int oldest) {
            System.arraycopy(values[slot], oldest, ordered, 0, segment - oldest);
            System.arraycopy(values[slot], 0, ordered, segment - oldest, oldest);
            double[] periodogram = PowerSpectrum.periodogram(ordered, interval.value());
            for (int k = 0; k < periodogram.length; k++) {
                sums[slot][k] += periodogram[k];
            }
            segments[slot]++;
        }

        @Override
        public void end() {
            for (int slot = 0; slot < segments.length; slot++) {
                if (segments[slot] > 0) {
                    for (int k = 0; k < sums[slot].length; k++) {
                        estimates.get(k).add(sums[slot][k] / segments[slot]);
                    }
                }
            }
            values = new double[0][0];
            sums = new double[0][0];
            segments = new long[0];
        }

        @Override
        public void merge(Collector<PowerSpectrum> later) {
            SpectrumCollector other = (SpectrumCollector) later;
            for (int k = 0; k < estimates.size(); k++) {
                estimates.get(k).merge(other.estimates.get(k));
            }
            interval.merge(other.interval);
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.moments(estimates);
            interval.write(out);
            out.counts(segments);
            out.rows(values);
            out.rows(sums);
        }

        @Override
        public void read(StateReader in) throws IOException {
            in.momentsInto(estimates, in.paths());
            interval.read(in);
            segments = in.counts("segments", in.blockPaths(), in.times());
            values = in.rows("values", segments.length, segment);
            sums = in.rows("sums", segments.length, segment / 2 + 1);
            in.require(
                    values.length == segments.length && (values.length == 0 || values[0].length == segment),
                    "values must be of the block");
            in.require(
                    sums.length == segments.length && (sums.length == 0 || sums[0].length == segment / 2 + 1),
                    "sums must be of the block");
        }

        @Override
        public PowerSpectrum result() {
            if (estimates.get(0).count() == 0) {
                throw new IllegalArgumentException("no path has the " + segment + " recorded times of a segment");
            }
            return PowerSpectrum.of(estimates, interval.value());
        }
    }
}
