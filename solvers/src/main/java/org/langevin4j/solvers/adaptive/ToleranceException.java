package org.langevin4j.solvers.adaptive;

import java.util.Arrays;
import java.util.Locale;

/** The smallest step allowed still has an error above the tolerance, or leads to a state that is not finite. */
public final class ToleranceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Error in units of the tolerance; infinite if a state was not finite. */
    private final double error;

    private final double absoluteTolerance;
    private final double relativeTolerance;
    private final double step;
    private final double time;
    private final double[] state;
    private final long path;

    ToleranceException(
            double error,
            double absoluteTolerance,
            double relativeTolerance,
            double step,
            double time,
            double[] state,
            long path) {
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
}
