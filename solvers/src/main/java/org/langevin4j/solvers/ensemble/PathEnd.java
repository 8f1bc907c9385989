package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/** Where, when and why a path left the run. Immutable. */
public final class PathEnd {

    /** Why. */
    public enum Cause {
        /** The state was no longer a usable number; the reported state is the last that was. */
        NON_FINITE,
        /** The path crossed an absorbing boundary of the domain; the reported state is on it. */
        ABSORBED,
        /** The function of a terminal event changed its sign; the reported state is the one after that step. */
        EVENT
    }

    private final long path;
    private final long step;
    private final double time;
    private final Cause cause;
    private final int which;
    private final double[] state;

    PathEnd(long path, long step, double time, Cause cause, int which, double[] state) {
        this.path = path;
        this.step = step;
        this.time = time;
        this.cause = cause;
        this.which = which;
        this.state = state;
    }

    /**
     * The index of the path.
     *
     * @return index in the ensemble
     */
    public long path() {
        return path;
    }

    /**
     * The step in which it happened.
     *
     * @return number of the step, from 1
     */
    public long step() {
        return step;
    }

    /**
     * The time after that step.
     *
     * @return step × h
     */
    public double time() {
        return time;
    }

    /**
     * Why the path ended.
     *
     * @return cause
     */
    public Cause cause() {
        return cause;
    }

    /**
     * Which face of the domain or which event it was.
     *
     * @return number of the face, or of the event in the order in which they were given; 0 for a state that is not finite
     */
    public int which() {
        return which;
    }

    /**
     * The state at the end, see {@link Cause}.
     *
     * @return a copy, length d
     */
    public double[] state() {
        return state.clone();
    }

    void write(StateWriter out) throws IOException {
        out.count(path);
        out.count(step);
        out.text(cause.name());
        out.count(which);
        out.numbers(state);
    }

    /**
     * What the ends of a run can be.
     *
     * @param paths number of paths
     * @param after step after which they may end
     * @param last last step
     * @param time time after a step
     * @param dimension d
     * @param restarted whether a path that leaves the finite numbers goes on
     */
    record Range(long paths, long after, long last, LongToDoubleFunction time, int dimension, boolean restarted) {}

    static PathEnd read(StateReader in, Range range) throws IOException {
        long path = in.count("path", range.paths - 1);
        long step = in.count("step", range.last);
        in.require(step > range.after, "step must be greater than " + range.after + ", got " + step);
        Cause cause = Cause.valueOf(in.text());
        int which = (int) in.count("which", Integer.MAX_VALUE);
        int dimension = range.dimension;
        double[] state = in.numbers("coordinates", dimension);
        in.require(state.length == dimension, "coordinates must number " + dimension + ", got " + state.length);
        return new PathEnd(path, step, range.time.applyAsDouble(step), cause, which, state);
    }

    @Override
    public String toString() {
        return "path " + path + " " + cause + " in step " + step + ", time " + time + ", at " + Arrays.toString(state);
    }
}
