package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.Locale;

/** An iteration inside a step did not converge: the step is too long for the drift, or the Jacobian is wrong. */
public final class NonConvergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Largest component of what the equation of the step still lacks. */
    private final double residual;

    /** Iterations done. */
    private final int iterations;

    /** What was asked for. */
    private final double tolerance;

    /** State before the step. */
    private final double[] state;

    NonConvergenceException(String what, double residual, int iterations, double tolerance, double[] state) {
        super(String.format(
                Locale.ROOT,
                "%s did not converge: residual %g after %d iterations, tolerance %g, from the state %s",
                what,
                residual,
                iterations,
                tolerance,
                Arrays.toString(Arrays.copyOf(state, Math.min(state.length, 8)))));
        this.residual = residual;
        this.iterations = iterations;
        this.tolerance = tolerance;
        this.state = state.clone();
    }

    /**
     * The residual of the last iterate.
     *
     * @return its largest component
     */
    public double residual() {
        return residual;
    }

    /**
     * The iterations done.
     *
     * @return number
     */
    public int iterations() {
        return iterations;
    }

    /**
     * The tolerance that was asked for.
     *
     * @return tolerance
     */
    public double tolerance() {
        return tolerance;
    }

    /**
     * The state from which the step was tried.
     *
     * @return a new array of length d
     */
    public double[] state() {
        return state.clone();
    }
}
