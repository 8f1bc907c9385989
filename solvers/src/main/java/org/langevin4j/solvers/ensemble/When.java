package org.langevin4j.solvers.ensemble;

import java.util.ArrayList;
import java.util.List;

/**
 * At which steps an observable is recorded. Times are times of the equation. A schedule, and each part of one that has
 * several, must fire at least once within the run, else the run is refused before it begins.
 */
public sealed interface When {

    /** Once, before the first step. */
    record AtStart() implements When {

        @Override
        public String toString() {
            return "at the start";
        }
    }

    /** Once, after the last step. */
    record AtEnd() implements When {

        @Override
        public String toString() {
            return "at the end";
        }
    }

    /**
     * Every so many steps.
     *
     * @param steps interval, at least 1
     * @param from first time that may be recorded, not negative; the start itself is not
     * @param to last time that may be recorded, not before {@code from}; infinite for the end of the run
     */
    record Every(int steps, double from, double to) implements When {

        /** Checks the parts. */
        public Every {
            if (!(steps > 0)) {
                throw new IllegalArgumentException("steps must be positive, got " + steps);
            }
            if (!(from >= 0.0 && from <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("from must be finite and not negative, got " + from);
            }
            if (!(to >= from)) {
                throw new IllegalArgumentException("to must not be less than from, " + from + ", got " + to);
            }
        }

        @Override
        public String toString() {
            String interval = steps == 1 ? "every step" : "every " + steps + " steps";
            return interval + " from " + from + (to <= Double.MAX_VALUE ? " to " + to : "");
        }
    }

    /**
     * At given times.
     *
     * @param times whole steps from the start, increasing, not negative; 0 is the start
     */
    record AtTimes(List<Double> times) implements When {

        /** Checks the times. */
        public AtTimes {
            times = List.copyOf(times);
            if (times.isEmpty()) {
                throw new IllegalArgumentException("times must number at least 1, got 0");
            }
            double last = -Double.MIN_VALUE;
            for (double time : times) {
                if (!(time > last && time <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException("times must be finite, not negative and increasing, got " + time
                            + (last < 0.0 ? "" : " after " + last));
                }
                last = time;
            }
        }

        @Override
        public String toString() {
            return "at the times " + times;
        }
    }

    /**
     * At times that grow by a factor: {@code first}·10^(k/{@code perDecade}) for k = 0, 1, 2, …, each at the nearest step, at
     * least step 1. Where several fall on one step it is recorded once, so that early decades may have fewer points.
     *
     * @param first first time, positive
     * @param perDecade points in each factor of ten
     * @param to last time that may be recorded, not before {@code first}; infinite for the end of the run
     */
    record Logarithmic(double first, int perDecade, double to) implements When {

        /** Checks the parts. */
        public Logarithmic {
            if (!(first > 0.0 && first <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("first must be positive and finite, got " + first);
            }
            if (!(perDecade > 0 && perDecade <= 10_000)) {
                throw new IllegalArgumentException("perDecade must be 1 to 10000, got " + perDecade);
            }
            if (!(to >= first)) {
                throw new IllegalArgumentException("to must not be less than first, " + first + ", got " + to);
            }
        }

        @Override
        public String toString() {
            return perDecade + " times a decade from " + first + (to <= Double.MAX_VALUE ? " to " + to : "");
        }
    }

    /**
     * At each step at which one of several schedules is due, once.
     *
     * @param schedules at least one
     */
    record AnyOf(List<When> schedules) implements When {

        /** Checks the schedules. */
        public AnyOf {
            List<When> flat = new ArrayList<>();
            for (When each : schedules) {
                if (each instanceof AnyOf several) {
                    flat.addAll(several.schedules());
                } else {
                    flat.add(each);
                }
            }
            schedules = List.copyOf(flat);
            if (schedules.isEmpty()) {
                throw new IllegalArgumentException("schedules must number at least 1, got 0");
            }
        }

        @Override
        public String toString() {
            return String.join(" or ", schedules.stream().map(When::toString).toList());
        }
    }

    /**
     * Once, before the first step.
     *
     * @return the schedule
     */
    static When atStart() {
        return new AtStart();
    }

    /**
     * Once, after the last step.
     *
     * @return the schedule
     */
    static When atEnd() {
        return new AtEnd();
    }

    /**
     * At every step whose number is a multiple of the given one and whose time is not before the given one.
     *
     * @param steps interval
     * @param from time from which on it is recorded, for instance the end of the transient
     * @return the schedule
     */
    static When every(int steps, double from) {
        return new Every(steps, from, Double.POSITIVE_INFINITY);
    }

    /**
     * At every step whose number is a multiple of the given one and whose time is between the given ones.
     *
     * @param steps interval
     * @param from first time that may be recorded
     * @param to last time that may be recorded
     * @return the schedule
     */
    static When every(int steps, double from, double to) {
        return new Every(steps, from, to);
    }

    /**
     * At given times.
     *
     * @param times increasing, each a whole number of steps to a relative 1e-9; 0 is the start
     * @return the schedule
     */
    static When at(double... times) {
        List<Double> list = new ArrayList<>(times.length);
        for (double time : times) {
            list.add(time);
        }
        return new AtTimes(list);
    }

    /**
     * At times that grow by a factor, to the end of the run.
     *
     * @param first first time
     * @param perDecade points in each factor of ten
     * @return the schedule
     */
    static When logarithmic(double first, int perDecade) {
        return new Logarithmic(first, perDecade, Double.POSITIVE_INFINITY);
    }

    /**
     * At times that grow by a factor.
     *
     * @param first first time
     * @param perDecade points in each factor of ten
     * @param to last time that may be recorded
     * @return the schedule
     */
    static When logarithmic(double first, int perDecade, double to) {
        return new Logarithmic(first, perDecade, to);
    }

    /**
     * At the steps of this schedule and of another one, once each: {@code When.every(10, 0.0).or(When.atStart())}.
     *
     * @param other the other one
     * @return the schedule
     */
    default When or(When other) {
        return new AnyOf(List.of(this, other));
    }
}
