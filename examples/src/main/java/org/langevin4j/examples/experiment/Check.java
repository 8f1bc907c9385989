package org.langevin4j.examples.experiment;

import org.jspecify.annotations.Nullable;

/**
 * A computed number and, if one was, what was expected of it.
 *
 * @param name what was measured
 * @param value the number; NaN never meets an expectation
 * @param unit of all numbers, empty if they have none
 * @param uncertainty how far the value may be from what it stands for
 * @param expectation what was expected
 * @param holds whether the expectation is met; true for a value that is only reported
 */
public record Check(
        String name, double value, String unit, Uncertainty uncertainty, Expectation expectation, boolean holds) {

    /** What is expected of a number. */
    public sealed interface Expectation {}

    /**
     * |value − expected| ≤ tolerance.
     *
     * @param expected the number
     * @param tolerance how far off, in the unit of the value
     * @param reason why so far
     * @param oracle where the expected number comes from
     */
    public record Near(double expected, double tolerance, String reason, Oracle oracle) implements Expectation {}

    /**
     * value + margin ≤ limit: surely below, if the margin is a multiple of the uncertainty.
     *
     * @param limit upper bound
     * @param margin by how much it must stay below
     * @param reason why this margin
     * @param oracle where the limit comes from
     */
    public record AtMost(double limit, double margin, String reason, Oracle oracle) implements Expectation {}

    /**
     * value − margin ≥ limit.
     *
     * @param limit lower bound
     * @param margin by how much it must stay above
     * @param reason why this margin
     * @param oracle where the limit comes from
     */
    public record AtLeast(double limit, double margin, String reason, Oracle oracle) implements Expectation {}

    /** Nothing: the value is told, and bears no claim. */
    public record Reported() implements Expectation {}

    static Check of(String name, double value, String unit, Uncertainty uncertainty, Expectation expectation) {
        boolean holds;
        if (expectation instanceof Near near) {
            holds = Math.abs(value - near.expected()) <= near.tolerance();
        } else if (expectation instanceof AtMost most) {
            holds = value + most.margin() <= most.limit();
        } else if (expectation instanceof AtLeast least) {
            holds = value - least.margin() >= least.limit();
        } else {
            holds = true;
        }
        return new Check(name, value, unit, uncertainty, expectation, holds);
    }

    /**
     * Whether it can fail.
     *
     * @return false for a value that is only reported
     */
    public boolean isClaim() {
        return !(expectation instanceof Reported);
    }

    /**
     * How many standard errors the value is from what was expected.
     *
     * @return z, if the uncertainty is statistical and a number was expected; else null
     */
    public @Nullable Double z() {
        return uncertainty.kind() == Uncertainty.Kind.STATISTICAL
                        && uncertainty.size() > 0.0
                        && expectation instanceof Near near
                ? (value - near.expected()) / uncertainty.size()
                : null;
    }

    /**
     * How much of what is allowed was used.
     *
     * @return distance over tolerance; above 1 the check fails; null where there is no such number
     */
    public @Nullable Double used() {
        double used = Double.NaN;
        if (expectation instanceof Near near) {
            used = Math.abs(value - near.expected()) / near.tolerance();
        } else if (expectation instanceof AtMost most) {
            used = used(value, most.limit(), most.margin());
        } else if (expectation instanceof AtLeast least) {
            used = used(least.limit(), value, least.margin());
        }
        return Double.isNaN(used) ? null : used;
    }

    /** Of a bound with a margin, the part of the distance that the margin takes; of one without, how far to the bound. */
    private static double used(double below, double above, double margin) {
        if (margin > 0.0) {
            return above > below ? margin / (above - below) : Double.POSITIVE_INFINITY;
        }
        return above > 0.0 && below >= 0.0 ? below / above : Double.NaN;
    }

    /**
     * The deviation that a statistical check would see, relative to the expected number: four of its standard errors by the rule of this
     * project.
     *
     * @return tolerance over expected, or null if nothing is statistical or there is no such number
     */
    public @Nullable Double sees() {
        return uncertainty.kind() == Uncertainty.Kind.STATISTICAL
                        && expectation instanceof Near near
                        && near.expected() != 0.0
                ? near.tolerance() / Math.abs(near.expected())
                : null;
    }
}
