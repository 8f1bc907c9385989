package org.langevin4j.solvers.fokkerplanck;

import java.util.Locale;

/** An iteration did not reach its tolerance. */
public final class ConvergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is left. */
    private final double residual;

    /** Iterations done. */
    private final int iterations;

    /** What was asked for. */
    private final double tolerance;

    ConvergenceException(String message, double residual, int iterations, double tolerance) {
        super(String.format(
                Locale.ROOT,
                "%s: residual %g after %d iterations, tolerance %g",
                message,
                residual,
                iterations,
                tolerance));
        this.residual = residual;
        this.iterations = iterations;
        this.tolerance = tolerance;
    }

    /**
     * The residual of the last iterate.
     *
     * @return in the measure of the tolerance
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
}
