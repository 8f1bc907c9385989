package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * The first time at which something happens to a path: it is stopped (by an absorbing boundary or a terminal event), or an
 * event happens to it that does not stop it. Times are whole numbers of steps. An event that does not stop is looked for at
 * the recorded times only, {@code When.every(1, 0.0)} is every step; stops are heard of at once, whatever the schedule.
 *
 * @param event the event, null for the stop of the path
 * @param times cells in which the times are counted
 */
public record FirstPassage(@Nullable Event event, Axis times) implements PathObservable<FirstPassage.Times> {

    /** Checks the axis. */
    public FirstPassage {
        Objects.requireNonNull(times, "times");
    }

    /**
     * The time at which a path is absorbed by the boundary of the domain or stopped by a terminal event.
     *
     * @param times cells in which the times are counted
     * @return the observable
     */
    public static FirstPassage outOfDomain(Axis times) {
        return new FirstPassage(null, times);
    }

    /**
     * The first time at which an event happens; the path goes on.
     *
     * @param event the event
     * @param times cells in which the times are counted
     * @return the observable
     */
    public static FirstPassage of(Event event, Axis times) {
        return new FirstPassage(Objects.requireNonNull(event, "event"), times);
    }

    @Override
    public Collector<Times> collector(int dimension) {
        return new PassageCollector(event, times, dimension);
    }

    @Override
    public String identity(int dimension) {
        String what = event == null ? "stop" : event.identity(dimension);
        return "FirstPassage[" + what + ", " + times.cells() + " cells from " + times.min() + " to " + times.max()
                + " #" + times.hashCode() + "]";
    }

    /** What is known of the first-passage time T. Immutable to its reader. */
    public static final class Times {

        private final Axis axis;
        private final long[] counts;
        private long before;
        private long censored;
        private RunningMoments moments = new RunningMoments(1);

        private Times(Axis axis) {
            this.axis = axis;
            this.counts = new long[axis.cells()];
        }

        private void add(double time) {
            int cell = axis.cellOf(time);
            if (cell >= 0) {
                counts[cell]++;
            } else if (time < axis.min()) {
                before++;
            }
            moments.add(time);
        }

        private void merge(Times later) {
            for (int cell = 0; cell < counts.length; cell++) {
                counts[cell] += later.counts[cell];
            }
            before += later.before;
            censored += later.censored;
            moments.merge(later.moments);
        }

        /**
         * The moments of T over the paths to which it happened.
         *
         * @return moments of one coordinate
         */
        public RunningMoments moments() {
            return moments;
        }

        /**
         * The number of paths to which it happened.
         *
         * @return paths
         */
        public long passed() {
            return moments.count();
        }

        /**
         * The number of paths to which it did not happen before their end: the mean of T is then too small.
         *
         * @return paths
         */
        public long censored() {
            return censored;
        }

        /**
         * The axis on which times are counted.
         *
         * @return the axis
         */
        public Axis axis() {
            return axis;
        }

        /**
         * The count of a cell of the axis of times.
         *
         * @param cell number of the cell
         * @return number of paths with T in it
         */
        public long count(int cell) {
            return counts[cell];
        }

        /**
         * The probability P(T ≥ t) at an edge of the axis. A path that left the finite numbers without passing counts as
         * one that never passes.
         *
         * @param edge number of the edge, t = {@code axis().edge(edge)}; not later than the end of the run
         * @return fraction of all paths
         */
        public double survival(int edge) {
            long earlier = before;
            for (int cell = 0; cell < edge; cell++) {
                earlier += counts[cell];
            }
            long total = passed() + censored;
            return (double) (total - earlier) / total;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d paths passed, %d did not; mean time %.5g ± %.2g",
                    passed(),
                    censored,
                    moments.mean(0),
                    moments.standardError(0));
        }
    }

    private static final class PassageCollector implements Collector<Times> {

        private final @Nullable Event event;
        private final Times times;

        private boolean[] passed = new boolean[0];
        private boolean[] positive = new boolean[0];
        private final double[] state;

        PassageCollector(@Nullable Event event, Axis axis, int dimension) {
            if (!(dimension >= 1)) {
                throw new IllegalArgumentException("dimension must be at least 1, got " + dimension);
            }
            this.state = new double[dimension];
            this.event = event;
            this.times = new Times(axis);
        }

        @Override
        public void begin(PathBlock block) {
            passed = new boolean[block.size()];
            positive = new boolean[block.size()];
            if (event != null) {
                for (int k = 0; k < block.paths(); k++) {
                    block.copyState(k, state);
                    positive[block.slot(k)] = event.isPositive(state);
                }
            }
        }

        @Override
        public void record(PathBlock block) {
            if (event == null) {
                return;
            }
            for (int k = 0; k < block.paths(); k++) {
                int slot = block.slot(k);
                if (!passed[slot]) {
                    block.copyState(k, state);
                    boolean now = event.isPositive(state);
                    if (event.happens(positive[slot], now)) {
                        passed[slot] = true;
                        times.add(block.time());
                    }
                    positive[slot] = now;
                }
            }
        }

        @Override
        public void changed(int slot, Event cause, double time, double[] before, double[] after) {
            if (event == null) {
                return;
            }
            if (!passed[slot] && (cause.equals(event) || event.happens(positive[slot], event.isPositive(before)))) {
                passed[slot] = true;
                times.add(time);
            }
            positive[slot] = event.isPositive(after);
        }

        @Override
        public void stopped(int slot, PathEnd end) {
            boolean happened;
            if (event == null) {
                happened = end.cause() != PathEnd.Cause.NON_FINITE;
            } else {
                happened = event.happens(positive[slot], event.isPositive(end.state()));
            }
            if (happened && !passed[slot]) {
                passed[slot] = true;
                times.add(end.time());
            }
        }

        @Override
        public void end() {
            for (boolean happened : passed) {
                if (!happened) {
                    times.censored++;
                }
            }
            passed = new boolean[0];
            positive = new boolean[0];
        }

        @Override
        public void merge(Collector<Times> later) {
            times.merge(later.result());
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.counts(times.counts);
            out.count(times.before);
            out.count(times.censored);
            out.moments(times.moments);
            out.flags(passed);
            out.flags(positive);
        }

        @Override
        public void read(StateReader in) throws IOException {
            in.countsInto("times", times.counts, in.paths());
            times.before = in.count("earlier times", in.paths());
            times.censored = in.count("censored paths", in.paths());
            times.moments = in.moments(1, in.paths() - times.censored);
            passed = in.flags("passages", in.blockPaths());
            positive = in.flags("signs", in.blockPaths());
            in.require(passed.length == positive.length, "passages and signs must be as many");
        }

        @Override
        public Times result() {
            return times;
        }
    }
}
