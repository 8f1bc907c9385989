package org.langevin4j.solvers.fokkerplanck;

import java.util.Locale;
import org.langevin4j.solvers.NumericalException;

/** A number is so far from that of the equation, by an estimate from a coarser grid, that it is not given. */
public final class UnresolvedException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** The estimate. */
    private final double error;

    /** The bound. */
    private final double accepted;

    UnresolvedException(String what, double error, double accepted, String advice) {
        super(String.format(
                Locale.ROOT,
                "%s is not resolved by the grid: a relative error of about %.2g is estimated from cells of twice the width, more"
                        + " than the %.2g accepted; %s, or accept it by FokkerPlanck.withErrorsUpTo",
                what,
                error,
                accepted,
                advice));
        this.error = error;
        this.accepted = accepted;
    }

    /**
     * The estimate of the error.
     *
     * @return relative
     */
    public double error() {
        return error;
    }

    /**
     * The largest error that was accepted.
     *
     * @return relative
     */
    public double accepted() {
        return accepted;
    }
}
