package org.langevin4j.solvers.adaptive;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.sde.StepFailure;

/** The smallest step allowed still has an error above the tolerance, or leads to a state that is not finite. */
public final class ToleranceException extends NumericalException implements StepFailure {

    private static final long serialVersionUID = 1L;

    /** Error in units of the tolerance; infinite if a state was not finite. */
    private final double error;

    private final double absoluteTolerance;
    private final double relativeTolerance;
    private final double step;
    private final double time;
    private final double[] state;
    private final long path;
    private final int place;

    ToleranceException(
            double error,
            double absoluteTolerance,
            double relativeTolerance,
            double step,
            double time,
            double[] state,
            long path) {
        this(error, absoluteTolerance, relativeTolerance, step, time, state, path, 0);
    }

    private ToleranceException(
            double error,
            double absoluteTolerance,
            double relativeTolerance,
            double step,
            double time,
            double[] state,
            long path,
            int place) {
        super(String.format(
                Locale.ROOT,
                "path %d: the smallest step %g from the time %g has an error of %g tolerances (absolute %g, relative %g),"
                        + " from the state %s",
                path,
                step,
                time,
                error,
                absoluteTolerance,
                relativeTolerance,
                Arrays.toString(Arrays.copyOf(state, Math.min(state.length, 8)))));
        this.error = error;
        this.absoluteTolerance = absoluteTolerance;
        this.relativeTolerance = relativeTolerance;
        this.step = step;
        this.time = time;
        this.state = state.clone();
        this.path = path;
        this.place = place;
    }

    /**
     * The error of the step.
     *
     * @return ‖e‖ > 1 as the package defines it, in units of the tolerance; infinite if a state was not finite
     */
    public double error() {
        return error;
    }

    /**
     * The absolute tolerance.
     *
     * @return what was asked for
     */
    public double absoluteTolerance() {
        return absoluteTolerance;
    }

    /**
     * The relative tolerance.
     *
     * @return what was asked for
     */
    public double relativeTolerance() {
        return relativeTolerance;
    }

    /**
     * The step.
     *
     * @return h, the smallest allowed
     */
    public double step() {
        return step;
    }

    /**
     * The time at the start of the step.
     *
     * @return t
     */
    public double time() {
        return time;
    }

    /**
     * The state at the start of the step, the last one accepted.
     *
     * @return a new array of length d
     */
    public double[] state() {
        return state.clone();
    }

    /**
     * The path.
     *
     * @return its index
     */
    public long path() {
        return path;
    }

    @Override
    public int place() {
        return place;
    }

    /** The failure of a path of a block, which does not know of its others. */
    ToleranceException at(int p) {
        return told(path, p);
    }

    @Override
    public ToleranceException ofPath(long index, double begin) {
        return told(index, place);
    }

    private ToleranceException told(long index, int p) {
        ToleranceException told =
                new ToleranceException(error, absoluteTolerance, relativeTolerance, step, time, state, index, p);
        told.initCause(getCause());
        told.setStackTrace(getStackTrace());
        return told;
    }
}
