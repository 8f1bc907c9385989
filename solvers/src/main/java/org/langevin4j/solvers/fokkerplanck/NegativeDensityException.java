package org.langevin4j.solvers.fokkerplanck;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.solvers.NumericalException;

/** A step of a method that is not positive for every step has made a density negative. */
public final class NegativeDensityException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** Time at the start of the step. */
    private final double time;

    /** Length of the step. */
    private final double stepSize;

    /** Most negative density. */
    private final double lowest;

    /** Longest step that is positive for certain. */
    private final double safeStepSize;

    NegativeDensityException(double time, double stepSize, double lowest, double[] where, double safeStepSize) {
        super(String.format(
                Locale.ROOT,
                "the step of %g from t = %g makes the density negative, %g at x = %s: for certain it is positive up to steps"
                        + " of %g only; implicitEuler, adaptive and uniformisation are positive at any",
                stepSize,
                time,
                lowest,
                Arrays.toString(where),
                safeStepSize));
        this.time = time;
        this.stepSize = stepSize;
        this.lowest = lowest;
        this.safeStepSize = safeStepSize;
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
     * The length of the step.
     *
     * @return h
     */
    public double stepSize() {
        return stepSize;
    }

    /**
     * The most negative density after the step.
     *
     * @return ρ &lt; 0, probability per unit of volume
     */
    public double lowest() {
        return lowest;
    }

    /**
     * The longest step for which the method is positive whatever the density.
     *
     * @return h
     */
    public double safeStepSize() {
        return safeStepSize;
    }
}
