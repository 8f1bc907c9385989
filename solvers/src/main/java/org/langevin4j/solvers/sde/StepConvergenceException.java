package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.langevin4j.solvers.ConvergenceException;

/** An iteration inside a step did not converge: the step is too long for the drift, or the Jacobian is wrong. */
public final class StepConvergenceException extends ConvergenceException implements StepFailure {

    private static final long serialVersionUID = 1L;

    private static final long UNKNOWN = -1;

    private final String what;

    /** State before the step. */
    private final double[] state;

    private final int place;

    /** Index of the path, where it is known. */
    private final long path;

    /** Time at the start of the step, where the path is known. */
    private final double time;

    StepConvergenceException(
            String what, double residual, int iterations, double tolerance, double[] state, int place) {
        this(what, residual, iterations, tolerance, state, place, UNKNOWN, Double.NaN);
    }

    private StepConvergenceException(
            String what,
            double residual,
            int iterations,
            double tolerance,
            double[] state,
            int place,
            long path,
            double time) {
        super(what + " did not converge", residual, iterations, tolerance);
        this.what = what;
        this.state = state.clone();
        this.place = place;
        this.path = path;
        this.time = time;
    }

    @Override
    public String getMessage() {
        return super.getMessage()
                + (path == UNKNOWN ? "" : String.format(Locale.ROOT, ", path %d at time %g", path, time))
                + ", from the state " + Arrays.toString(Arrays.copyOf(state, Math.min(state.length, 8)));
    }

    /**
     * The state from which the step was tried.
     *
     * @return a new array of length d
     */
    public double[] state() {
        return state.clone();
    }

    @Override
    public int place() {
        return place;
    }

    /**
     * The path.
     *
     * @return its index, or empty where a stepper was driven by someone who has not told
     */
    public OptionalLong path() {
        return path == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(path);
    }

    /**
     * The time at the start of the step.
     *
     * @return t, or empty where the path is
     */
    public OptionalDouble time() {
        return path == UNKNOWN ? OptionalDouble.empty() : OptionalDouble.of(time);
    }

    @Override
    public StepConvergenceException ofPath(long index, double begin) {
        StepConvergenceException told =
                new StepConvergenceException(what, residual(), iterations(), tolerance(), state, place, index, begin);
        told.initCause(getCause());
        told.setStackTrace(getStackTrace());
        return told;
    }
}
