package org.langevin4j.solvers.ensemble;

import java.io.IOException;

/** The interval of a schedule, as its first two recorded times tell it. A part of a {@link Collector}, for one thread. */
public final class SamplingInterval {

    private double interval = Double.NaN;
    private double last;
    private long times;

    private SamplingInterval() {}

    /**
     * Of no times yet.
     *
     * @return for one collector
     */
    public static SamplingInterval unknown() {
        return new SamplingInterval();
    }

    /** Begins with a block. */
    public void begin() {
        times = 0;
    }

    /**
     * Takes a recorded time.
     *
     * @param time in the units of the equation
     */
    public void record(double time) {
        if (times == 1) {
            interval = time - last;
        }
        last = time;
        times++;
    }

    /**
     * The interval.
     *
     * @return between the first two times of a block, NaN before the second
     */
    public double value() {
        return interval;
    }

    /**
     * The number of recorded times of the block.
     *
     * @return how many
     */
    public long times() {
        return times;
    }

    /**
     * Takes over what is known of later paths.
     *
     * @param later the interval of the same schedule
     */
    public void merge(SamplingInterval later) {
        interval = Double.isNaN(interval) ? later.interval : interval;
    }

    /**
     * Writes a checkpoint.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    public void write(StateWriter out) throws IOException {
        out.number(interval);
        out.count(times);
        out.number(last);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from
     * @throws IOException if it cannot be read
     */
    public void read(StateReader in) throws IOException {
        interval = in.number();
        times = in.count("times", in.times());
        last = in.number();
    }

    @Override
    public String toString() {
        return "interval " + interval + " after " + times + " times";
    }
}
