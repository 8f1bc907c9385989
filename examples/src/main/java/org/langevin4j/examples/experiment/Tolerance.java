package org.langevin4j.examples.experiment;

import java.util.Locale;

/**
 * How far a number may be from what is expected, and why so far.
 *
 * @param reason in a few words
 * @param size in the unit of the number
 * @param multiples of the number's own uncertainty that are allowed on top
 */
public record Tolerance(String reason, double size, double multiples) {

    /** Refuses sizes that are negative or NaN. */
    public Tolerance {
        if (!(size >= 0.0) || !(multiples >= 0.0)) {
            throw new IllegalArgumentException("tolerance must not be negative, got " + size + " and " + multiples);
        }
    }

    /**
     * Standard errors of a statistical quantity. A check says which deviation it would see.
     *
     * @param count how many; 4 is the rule of this project
     * @return the tolerance
     */
    public static Tolerance standardErrors(double count) {
        return new Tolerance(text(count) + " standard errors", 0.0, count);
    }

    /**
     * Multiples of an error estimated by refinement.
     *
     * @param count how many
     * @return the tolerance
     */
    public static Tolerance estimatedErrors(double count) {
        return new Tolerance(text(count) + " × the error estimated from refinement", 0.0, count);
    }

    /**
     * What a scheme of known order leaves: constant · stepᵒʳᵈᵉʳ.
     *
     * @param order of the scheme
     * @param step width of a cell or of a time step
     * @param constant the next derivative's share, larger than derived or measured elsewhere
     * @return the tolerance
     */
    public static Tolerance order(int order, double step, double constant) {
        return new Tolerance("order " + order + ", step " + text(step), constant * Math.pow(step, order), 0.0);
    }

    /**
     * Rounding.
     *
     * @param size how much of it
     * @return the tolerance
     */
    public static Tolerance rounding(double size) {
        return new Tolerance("rounding", size, 0.0);
    }

    /**
     * The digits of a printed figure.
     *
     * @param size half a unit of the last one
     * @return the tolerance
     */
    public static Tolerance printed(double size) {
        return new Tolerance("digits of the source", size, 0.0);
    }

    /**
     * No room at all.
     *
     * @return the tolerance 0
     */
    public static Tolerance none() {
        return new Tolerance("none", 0.0, 0.0);
    }

    /**
     * A tolerance with a reason of its own.
     *
     * @param size how much
     * @param reason why so much
     * @return the tolerance
     */
    public static Tolerance of(double size, String reason) {
        return new Tolerance(reason, size, 0.0);
    }

    /**
     * This and another one, for an expected number that has an error of its own.
     *
     * @param extra how much more
     * @param why the reason
     * @return the sum
     */
    public Tolerance plus(double extra, String why) {
        return new Tolerance(reason + ", " + why, size + extra, multiples);
    }

    double of(Uncertainty uncertainty) {
        if (multiples > 0.0 && !uncertainty.isKnown()) {
            throw new IllegalStateException("a tolerance of " + reason + " needs an uncertainty");
        }
        return size + multiples * (multiples > 0.0 ? uncertainty.size() : 0.0);
    }

    private static String text(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
    }
}
