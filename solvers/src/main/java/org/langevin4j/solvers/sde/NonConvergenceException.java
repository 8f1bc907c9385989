package org.langevin4j.solvers.sde;

import java.util.Arrays;
import org.langevin4j.solvers.ConvergenceException;

/** An iteration inside a step did not converge: the step is too long for the drift, or the Jacobian is wrong. */
public final class NonConvergenceException extends ConvergenceException {

    private static final long serialVersionUID = 1L;

    /** State before the step. */
    private final double[] state;

    NonConvergenceException(String what, double residual, int iterations, double tolerance, double[] state) {
        super(what + " did not converge", residual, iterations, tolerance);
        this.state = state.clone();
    }

    @Override
    public String getMessage() {
        return super.getMessage() + ", from the state "
                + Arrays.toString(Arrays.copyOf(state, Math.min(state.length, 8)));
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
