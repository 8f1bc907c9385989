package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * The times between successive events of one path, such as the intervals between the spikes of a neuron; the path goes on.
 * The event is looked for at the recorded times, {@code When.every(1, 0.0)} is every step, and times are those of the
 * records; an event that changes the path ({@link Ensemble#onEvent}) is heard of at once. What precedes the first event of a path is no interval; what is under way when a path ends is censored. Long
 * intervals are censored more often than short ones, so that the mean is too small unless a path sees many.
 *
 * @param event the event, in one direction or both
 * @param times cells in which the intervals are counted
 */
public record Intervals(Event event, Axis times) implements PathObservable<Intervals.Summary> {

    /** Checks both. */
    public Intervals {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(times, "times");
    }

    /**
     * The intervals between events.
     *
     * @param event the event; {@link Event#rising} and {@link Event#falling} count one direction
     * @param times cells in which the intervals are counted
     * @return the observable
     */
    public static Intervals of(Event event, Axis times) {
        return new Intervals(event, times);
    }

    @Override
    public Collector<Summary> collector(int dimension) {
        return new IntervalCollector(event, times);
    }

    @Override
    public String identity(int dimension) {
        return "Intervals[" + event.identity(dimension) + ", " + times.cells() + " cells from " + times.min() + " to "
                + times.max() + " #" + times.hashCode() + "]";
    }

    /** What is known of the intervals T. Immutable to its reader. */
    public static final class Summary {

        private final Axis axis;
        private final long[] counts;
        private long outside;
        private long censored;
        private long silent;
        private RunningMoments moments = new RunningMoments(1);

        /** (T, next T) over intervals with a successor. */
        private RunningMoments successive = new RunningMoments(2);

        /** (n, ΣT) over paths. */
        private RunningMoments paths = new RunningMoments(2);

        private Summary(Axis axis) {
            this.axis = axis;
            this.counts = new long[axis.cells()];
        }

        private void add(double time) {
            int cell = axis.cellOf(time);
            if (cell >= 0) {
                counts[cell]++;
            } else {
                outside++;
            }
            moments.add(time);
        }

        private void merge(Summary later) {
            for (int cell = 0; cell < counts.length; cell++) {
                counts[cell] += later.counts[cell];
            }
            outside += later.outside;
            censored += later.censored;
            silent += later.silent;
            moments.merge(later.moments);
            successive.merge(later.successive);
            paths.merge(later.paths);
        }

        /**
         * The number of complete intervals.
         *
         * @return count over all paths
         */
        public long count() {
            return moments.count();
        }

        /**
         * The moments of T over all intervals. The standard error there is that of independent intervals.
         *
         * @return moments of one coordinate
         */
        public RunningMoments moments() {
            return moments;
        }

        /**
         * The mean interval.
         *
         * @return ⟨T⟩, NaN if there is none
         */
        public double mean() {
            return moments.mean(0);
        }

        /**
         * The standard error of the mean over independent paths, however much intervals of one path depend on each other.
         *
         * @return √(Σ(Sₚ − nₚ⟨T⟩)²)/Σnₚ for paths with nₚ intervals of sum Sₚ; NaN for a single path
         */
        public double meanError() {
            if (paths.count() < 2) {
                return Double.NaN;
            }
            double t = mean();
            double square =
                    paths.secondMoment(1, 1) - 2.0 * t * paths.secondMoment(0, 1) + t * t * paths.secondMoment(0, 0);
            return Math.sqrt(Math.max(0.0, square) / (paths.count() - 1)) / paths.mean(0);
        }

        /**
         * The coefficient of variation.
         *
         * @return standard deviation of T over its mean: 0 for a clock, 1 for a Poisson process
         */
        public double variation() {
            return Math.sqrt(moments.variance(0)) / mean();
        }

        /**
         * The correlation of an interval with the next of the same path.
         *
         * @return ρ₁; 0 for a renewal process
         */
        public double correlation() {
            return successive.covariance(0, 1) / Math.sqrt(successive.variance(0) * successive.variance(1));
        }

        /**
         * The number of intervals that had begun with an event when their path ended.
         *
         * @return one at most for each path
         */
        public long censored() {
            return censored;
        }

        /**
         * The number of paths without any event.
         *
         * @return paths
         */
        public long silent() {
            return silent;
        }

        /**
         * The axis on which intervals are counted.
         *
         * @return the axis
         */
        public Axis axis() {
            return axis;
        }

        /**
         * The count of a cell.
         *
         * @param cell number of the cell
         * @return number of intervals in it
         */
        public long count(int cell) {
            return counts[cell];
        }

        /**
         * The number of intervals beyond the axis.
         *
         * @return intervals in no cell
         */
        public long outside() {
            return outside;
        }

        /**
         * The density of intervals in a cell.
         *
         * @param cell number of the cell
         * @return fraction of all intervals per unit of time
         */
        public double density(int cell) {
            return counts[cell] / (count() * axis.width(cell));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d intervals, mean %.5g ± %.2g, coefficient of variation %.4g; %d censored, %d paths without event",
                    count(),
                    mean(),
                    paths.count() < 2 ? moments.standardError(0) : meanError(),
                    variation(),
                    censored,
                    silent);
        }
    }

    private static final class IntervalCollector implements Collector<Summary> {

        private final Event event;
        private final Summary summary;

        // Of the block under way, by slot.
        private boolean[] positive = new boolean[0];

        /** Time of the last event and length of the interval before it, NaN if there is none. */
        private double[] last = new double[0];

        private double[] previous = new double[0];
        private double[] counts = new double[0];
        private double[] sums = new double[0];
        private double[] state = new double[0];

        IntervalCollector(Event event, Axis axis) {
            this.event = event;
            this.summary = new Summary(axis);
        }

        @Override
        public void begin(PathBlock block) {
            resize(block.size());
            Arrays.fill(last, Double.NaN);
            Arrays.fill(previous, Double.NaN);
            state = new double[block.states().length];
            for (int k = 0; k < block.paths(); k++) {
                block.copyState(k, state);
                positive[block.slot(k)] = event.isPositive(state);
            }
        }

        private void resize(int size) {
            positive = new boolean[size];
            last = new double[size];
            previous = new double[size];
            counts = new double[size];
            sums = new double[size];
        }

        @Override
        public void record(PathBlock block) {
            if (state.length != block.states().length) {
                state = new double[block.states().length];
            }
            for (int k = 0; k < block.paths(); k++) {
                block.copyState(k, state);
                look(block.slot(k), event.isPositive(state), block.time());
            }
        }

        @Override
        public void stopped(int slot, PathEnd end) {
            if (end.cause() != PathEnd.Cause.NON_FINITE) {
                look(slot, event.isPositive(end.state()), end.time());
            }
        }

        @Override
        public void changed(int slot, Event cause, double time, double[] before, double[] after) {
            if (cause.equals(event)) {
                happen(slot, time);
            } else {
                look(slot, event.isPositive(before), time);
            }
            positive[slot] = event.isPositive(after);
        }

        private void look(int slot, boolean now, double time) {
            boolean happened = event.happens(positive[slot], now);
            positive[slot] = now;
            if (happened) {
                happen(slot, time);
            }
        }

        private void happen(int slot, double time) {
            double interval = time - last[slot];
            last[slot] = time;
            if (interval >= 0.0) {
                summary.add(interval);
                counts[slot]++;
                sums[slot] += interval;
                if (previous[slot] >= 0.0) {
                    summary.successive.add(previous[slot], interval);
                }
                previous[slot] = interval;
            }
        }

        @Override
        public void end() {
            for (int slot = 0; slot < last.length; slot++) {
                if (Double.isNaN(last[slot])) {
                    summary.silent++;
                } else {
                    summary.censored++;
                }
                summary.paths.add(counts[slot], sums[slot]);
            }
            resize(0);
        }

        @Override
        public void merge(Collector<Summary> later) {
            summary.merge(later.result());
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.counts(summary.counts);
            out.count(summary.outside);
            out.count(summary.censored);
            out.count(summary.silent);
            out.moments(summary.moments, summary.successive, summary.paths);
            out.flags(positive);
            out.numbers(last);
            out.numbers(previous);
            out.numbers(counts);
            out.numbers(sums);
        }

        @Override
        public void read(StateReader in) throws IOException {
            in.countsInto("intervals", summary.counts, Long.MAX_VALUE);
            summary.outside = in.count("intervals outside", Long.MAX_VALUE);
            summary.censored = in.count("censored intervals", in.paths());
            summary.silent = in.count("paths without event", in.paths());
            summary.moments = in.moments(1, Long.MAX_VALUE);
            summary.successive = in.moments(2, Long.MAX_VALUE);
            summary.paths = in.moments(2, in.paths());
            positive = in.flags("signs", in.blockPaths());
            last = in.numbers("last events", in.blockPaths());
            previous = in.numbers("last intervals", in.blockPaths());
            counts = in.numbers("numbers of intervals", in.blockPaths());
            sums = in.numbers("sums of intervals", in.blockPaths());
            in.require(
                    last.length == positive.length
                            && previous.length == positive.length
                            && counts.length == positive.length
                            && sums.length == positive.length,
                    "what is kept of a block must be of as many paths");
            long counted = summary.outside;
            for (long count : summary.counts) {
                counted += count;
            }
            in.require(counted == summary.count(), "intervals must number " + counted + ", got " + summary.count());
        }

        @Override
        public Summary result() {
            return summary;
        }
    }
}
