package org.langevin4j.solvers.fokkerplanck;

/** An iteration on a generator did not converge. */
public final class ConvergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The residual of the last iterate. */
    private final double residual;

    /** Iterations done. */
    private final int iterations;

    /** What was asked for. */
    private final double tolerance;

    ConvergenceException(String message, double residual, int iterations, double tolerance) {
        super(message + ": residual " + residual + " after " + iterations + " iterations, tolerance " + tolerance);
        this.residual = residual;
        this.iterations = iterations;
        this.tolerance = tolerance;
    }

    /**
     * The residual of the last iterate.
     *
     * @return its norm, relative as the method states it
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
