package org.langevin4j.examples.experiment;

/**
 * How far a computed number may be from what it stands for.
 *
 * @param kind where the doubt comes from
 * @param size one standard error, or the estimated error, in the unit of the number; not negative
 */
public record Uncertainty(Kind kind, double size) {

    /** Where doubt comes from. */
    public enum Kind {
        /** Nothing but rounding. */
        EXACT,
        /** A finite sample; the size is one standard error. */
        STATISTICAL,
        /** A finite grid or step; the size is an estimate of the error, from refinement. */
        DISCRETISATION,
        /** Not estimated. */
        UNKNOWN
    }

    /** Refuses a size that is negative or NaN. */
    public Uncertainty {
        if (!(size >= 0.0)) {
            throw new IllegalArgumentException("uncertainty must not be negative, got " + size);
        }
    }

    /** Whether there is a number to divide by. */
    boolean isKnown() {
        return kind == Kind.STATISTICAL || kind == Kind.DISCRETISATION;
    }
}
