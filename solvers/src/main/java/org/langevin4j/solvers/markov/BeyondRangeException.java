package org.langevin4j.solvers.markov;

import java.util.Locale;
import org.langevin4j.solvers.NumericalException;

/** A target is reached, but only after a mean time above the range of {@code double}. */
public final class BeyondRangeException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** Natural logarithm of the largest mean time. */
    private final double logarithm;

    BeyondRangeException(double logarithm) {
        super("the mean first-passage time is finite, but " + size(logarithm) + "beyond the range of double (1e308)");
        this.logarithm = logarithm;
    }

    private static String size(double logarithm) {
        return Double.isNaN(logarithm)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "estimated at up to about e^%.0f (10^%.0f), ",
                        logarithm,
                        logarithm / Math.log(10.0));
    }

    /**
     * The logarithm of the largest mean time, estimated by extrapolation from chains with lower barriers.
     *
     * @return about ln τ, within a few units and a percent; NaN if it could not be told
     */
    public double logarithm() {
        return logarithm;
    }
}
