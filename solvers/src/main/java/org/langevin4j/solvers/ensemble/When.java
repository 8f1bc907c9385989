package org.langevin4j.solvers.ensemble;

/** At which steps an observable is recorded. */
public sealed interface When {

    /** Once, after the last step. */
    record AtEnd() implements When {}

    /**
     * Every so many steps.
     *
     * @param steps interval, at least 1
     * @param from first time that may be recorded, not negative; the start itself is not
     */
    record Every(int steps, double from) implements When {

        /** Checks both. */
        public Every {
            if (!(steps > 0)) {
                throw new IllegalArgumentException("steps must be positive, got " + steps);
            }
            if (!(from >= 0.0)) {
                throw new IllegalArgumentException("from must not be negative, got " + from);
            }
        }
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
        return new Every(steps, from);
    }
}
