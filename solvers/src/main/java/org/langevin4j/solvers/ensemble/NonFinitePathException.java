package org.langevin4j.solvers.ensemble;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.solvers.NumericalException;

/** A path left the finite numbers: the step is too large for the drift, or the equation explodes. */
public final class NonFinitePathException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** Index of the path. */
    private final long path;

    /** Number of the step after which the state was not finite, from 1. */
    private final long step;

    /** Time after that step. */
    private final double time;

    /** State before that step. */
    private final double[] lastFinite;

    NonFinitePathException(long path, long step, double time, double[] lastFinite) {
        super(String.format(
                Locale.ROOT,
                "path %d is not finite after step %d, time %g; its last finite state was %s",
                path,
                step,
                time,
                abbreviated(lastFinite)));
        this.path = path;
        this.step = step;
        this.time = time;
        this.lastFinite = lastFinite.clone();
    }

    /** Of all paths, none of which is left. */
    NonFinitePathException(long paths, PathEnd first) {
        super(String.format(
                Locale.ROOT,
                "all %d paths have left the finite numbers, nothing is left to be observed; path %d after step %d, time %g, its"
                        + " last finite state was %s",
                paths,
                first.path(),
                first.step(),
                first.time(),
                abbreviated(first.state())));
        this.path = first.path();
        this.step = first.step();
        this.time = first.time();
        this.lastFinite = first.state();
    }

    /** In the thread of the caller what happened in another one. */
    NonFinitePathException(NonFinitePathException inWorker) {
        super(String.valueOf(inWorker.getMessage()), inWorker);
        this.path = inWorker.path;
        this.step = inWorker.step;
        this.time = inWorker.time;
        this.lastFinite = inWorker.lastFinite;
    }

    static String abbreviated(double[] x) {
        int shown = 8;
        return x.length <= shown
                ? Arrays.toString(x)
                : Arrays.toString(Arrays.copyOf(x, shown)).replace("]", ", … " + x.length + " coordinates]");
    }

    /**
     * The index of the path.
     *
     * @return path
     */
    public long path() {
        return path;
    }

    /**
     * The step after which the state was not finite.
     *
     * @return number of the step, from 1
     */
    public long step() {
        return step;
    }

    /**
     * The time after that step.
     *
     * @return time
     */
    public double time() {
        return time;
    }

    /**
     * The state before that step.
     *
     * @return a copy, length d
     */
    public double[] lastFinite() {
        return lastFinite.clone();
    }
}
