package org.langevin4j.solvers.transport;

import java.util.Locale;

/** An iteration for a transport plan or a step of the JKO scheme did not reach its tolerance. */
public final class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the iteration reached. */
    private final double residual;

    /** Iterations done. */
    private final int iterations;

    /** What was asked for. */
    private final double tolerance;

    TransportException(String what, double residual, int iterations, double tolerance) {
        super(String.format(
                Locale.ROOT,
                "%s did not converge: residual %g after %d iterations, tolerance %g",
                what,
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
     * @return in the unit of the tolerance
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
