package org.langevin4j.solvers.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * A {@link When} for one run: which of its steps are due. A step is looked up in constant time. Steps are those of the
 * keyed noise: a run that goes on where another ended has a first step that is not 0.
 */
final class Schedule {

    /** Largest relative distance of a time from a whole number of steps. */
    private static final double WHOLE = 1e-9;

    /** The steps of a run: {@code firstStep} is the state at the start, then come {@code steps}; step n is at origin + nh. */
    private record Clock(double origin, double stepSize, long firstStep, long steps, OptionalDouble shortenedEnd) {

        long lastStep() {
            return firstStep + steps;
        }

        double time(long step) {
            return step == lastStep() && shortenedEnd.isPresent()
                    ? shortenedEnd.getAsDouble()
                    : origin + step * stepSize;
        }

        /** Steps to a time, those within the last one as parts of that one. */
        double ratio(double time) {
            return isInShortened(time)
                    ? lastStep() - 1 + (time - time(lastStep() - 1)) / lastLength()
                    : (time - origin) / stepSize;
        }

        private boolean isInShortened(double time) {
            return shortenedEnd.isPresent() && time > time(lastStep() - 1);
        }

        private double lastLength() {
            return time(lastStep()) - time(lastStep() - 1);
        }

        /** The first step whose time is not before the given one, but for rounding; beyond the last if there is none. */
        long notBefore(double given) {
            double step = Math.ceil(ratio(given) - slack(given));
            return (long) Math.min(Math.max((double) firstStep, step), lastStep() + 1.0);
        }

        /** The last step whose time is not after the given one, but for rounding; before the first if there is none. */
        long notAfter(double given) {
            double step = Math.floor(ratio(given) + slack(given));
            return (long) Math.max(firstStep - 1.0, Math.min((double) lastStep(), step));
        }

        /** Steps by which a time may be off a whole number of them. */
        double slack(double given) {
            if (isInShortened(given)) {
                // A last step that is hardly longer than the rounding of times still has two ends.
                return Math.min(0.25, WHOLE * Math.max(1.0, given / lastLength()));
            }
            return given <= Double.MAX_VALUE ? WHOLE * Math.max(1.0, given / stepSize) : 0.0;
        }

        @Override
        public String toString() {
            return "steps of " + stepSize + " from " + time(firstStep) + " to " + time(lastStep());
        }
    }

    /** Every multiple of the interval from the first to the last step. */
    private record Repeat(long first, long last, int interval) {

        boolean isDue(long step) {
            return step >= first && step <= last && step % interval == 0;
        }
    }

    private final Clock clock;
    private final Repeat[] repeats;

    /** Single steps: an open-addressed table of a power-of-two length, −1 where empty. */
    private final long[] table;

    private Schedule(Clock clock, List<Repeat> repeats, Set<Long> single) {
        this.clock = clock;
        this.repeats = repeats.toArray(Repeat[]::new);
        this.table = new long[Integer.highestOneBit(Math.max(1, single.size())) << 2];
        Arrays.fill(table, -1L);
        for (long step : single) {
            int place = place(step);
            while (table[place] != -1L) {
                place = (place + 1) & (table.length - 1);
            }
            table[place] = step;
        }
    }

    /**
     * Compiles a schedule.
     *
     * @param when the schedule
     * @param origin time of step 0
     * @param stepSize h
     * @param firstStep number of steps before the run
     * @param steps steps of the run
     * @return which steps are due
     * @throws IllegalArgumentException if a part of it is never due, or asks for times that are no steps of the run
     */
    static Schedule of(When when, double origin, double stepSize, long firstStep, long steps) {
        return of(when, origin, stepSize, firstStep, steps, OptionalDouble.empty());
    }

    /** With a last step that may end before it is h long. */
    static Schedule of(
            When when, double origin, double stepSize, long firstStep, long steps, OptionalDouble shortenedEnd) {
        Clock clock = new Clock(origin, stepSize, firstStep, steps, shortenedEnd);
        List<Repeat> repeats = new ArrayList<>();
        Set<Long> single = new TreeSet<>();
        for (When part : when instanceof When.AnyOf any ? any.schedules() : List.of(when)) {
            if (part instanceof When.Every every) {
                repeats.add(repeat(every, clock));
            } else {
                addSingle(part, clock, single);
            }
        }
        return new Schedule(clock, repeats, single);
    }

    private static Repeat repeat(When.Every every, Clock clock) {
        long from = clock.notBefore(every.from());
        long last = clock.notAfter(every.to());
        int n = every.steps();
        long first = Math.max(from, clock.firstStep + 1);
        // The next multiple of the interval, in a form that does not overflow.
        long remainder = Math.floorMod(first, n);
        if (remainder != 0) {
            first += n - remainder;
        }
        if (!(first <= last)) {
            throw never(every, clock);
        }
        return new Repeat(first, last, n);
    }

    private static void addSingle(When part, Clock clock, Set<Long> single) {
        if (part instanceof When.AtStart) {
            single.add(clock.firstStep);
        } else if (part instanceof When.AtEnd) {
            single.add(clock.lastStep());
        } else if (part instanceof When.AtTimes given) {
            for (double time : given.times()) {
                single.add(step(time, clock));
            }
        } else if (part instanceof When.Logarithmic logarithmic) {
            addLogarithmic(logarithmic, clock, single);
        }
    }

    private static long step(double time, Clock clock) {
        double ratio = clock.ratio(time);
        long nearest = Math.round(ratio);
        if (!(nearest >= clock.firstStep && nearest <= clock.lastStep())) {
            throw new IllegalArgumentException(
                    "times of a schedule must be within the run, " + clock + ", got " + time);
        }
        if (!(Math.abs(ratio - nearest) <= clock.slack(time))) {
            throw new IllegalArgumentException("times of a schedule must be whole steps of " + clock.stepSize + ", got "
                    + time + "; the nearest is " + clock.time(nearest));
        }
        return nearest;
    }

    private static void addLogarithmic(When.Logarithmic logarithmic, Clock clock, Set<Long> single) {
        boolean none = true;
        long last = clock.notAfter(logarithmic.to());
        double time = logarithmic.first();
        for (int k = 1; time <= Double.MAX_VALUE; k++) {
            long step = Math.max(clock.firstStep + 1, Math.round(clock.ratio(time)));
            if (step > last) {
                break;
            }
            if (time > clock.time(clock.firstStep)) {
                single.add(step);
                none = false;
            }
            time = logarithmic.first() * Math.pow(10.0, (double) k / logarithmic.perDecade());
        }
        if (none) {
            throw never(logarithmic, clock);
        }
    }

    private static IllegalArgumentException never(When part, Clock clock) {
        return new IllegalArgumentException(
                "a schedule must be due within the run, " + clock + ", got \"" + part + "\"");
    }

    /**
     * Whether a step is recorded.
     *
     * @param step number of steps of the keyed noise that have been made
     * @return whether it is due
     */
    boolean isDue(long step) {
        for (Repeat repeat : repeats) {
            if (repeat.isDue(step)) {
                return true;
            }
        }
        int place = place(step);
        while (table[place] != -1L) {
            if (table[place] == step) {
                return true;
            }
            place = (place + 1) & (table.length - 1);
        }
        return false;
    }

    /**
     * How often it is due.
     *
     * @return number of steps, an upper bound where several parts repeat
     */
    long count() {
        long count = 0;
        for (Repeat repeat : repeats) {
            count += (repeat.last - repeat.first) / repeat.interval + 1;
        }
        for (long step : table) {
            count += step == -1L ? 0 : 1;
        }
        return Math.min(count, clock.steps + 1);
    }

    private int place(long step) {
        // Fibonacci hashing: neighbours are spread over the table.
        return (int) ((step * 0x9E3779B97F4A7C15L) >>> 32) & (table.length - 1);
    }
}
