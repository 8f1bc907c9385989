package org.langevin4j.solvers.convergence;

import org.langevin4j.solvers.NumericalException;

/** A path of a study left the finite numbers: its longest steps are too long for the equation. */
public final class NonFiniteSolutionException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** Index of the path. */
    private final long path;

    private final double stepSize;

    NonFiniteSolutionException(long path, double stepSize) {
        super("path " + path + " left the finite numbers at step size " + stepSize);
        this.path = path;
        this.stepSize = stepSize;
    }

    /**
     * The path.
     *
     * @return its index
     */
    public long path() {
        return path;
    }

    /**
     * The step size.
     *
     * @return h
     */
    public double stepSize() {
        return stepSize;
    }
}
