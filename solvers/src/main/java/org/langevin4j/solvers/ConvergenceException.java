package org.langevin4j.solvers;

import java.util.Locale;

/** An iteration of a solver did not reach its tolerance. */
public class ConvergenceException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** What is left. */
    private final double residual;

    /** Iterations done. */
    private final int iterations;

    /** What was asked for. */
    private final double tolerance;

    /**
     * Says what failed.
     *
     * @param message what did not converge
     * @param residual of the last iterate, in the measure of the tolerance
     * @param iterations done
     * @param tolerance asked for
     */
    public ConvergenceException(String message, double residual, int iterations, double tolerance) {
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
    public final double residual() {
        return residual;
    }

    /**
     * The iterations done.
     *
     * @return number
     */
    public final int iterations() {
        return iterations;
    }

    /**
     * The tolerance that was asked for.
     *
     * @return tolerance
     */
    public final double tolerance() {
        return tolerance;
    }
}
