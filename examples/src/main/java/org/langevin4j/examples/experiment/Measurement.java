package org.langevin4j.examples.experiment;

import org.jspecify.annotations.Nullable;

/**
 * A measured number and, if it belongs to a claim, what was expected of it.
 *
 * <p>Which of {@code expected} and {@code tolerance} are present says what was claimed:
 *
 * <table>
 * <caption>Claims</caption>
 * <tr><th>expected</th><th>tolerance</th><th>claim</th></tr>
 * <tr><td>absent</td><td>absent</td><td>none, the value is only reported</td></tr>
 * <tr><td>e</td><td>t</td><td>|value − e| ≤ t</td></tr>
 * <tr><td>e</td><td>absent</td><td>value ≥ e</td></tr>
 * <tr><td>absent</td><td>t</td><td>value ≤ t</td></tr>
 * </table>
 *
 * @param name what was measured
 * @param value the number; NaN never satisfies a claim
 * @param expected expected value or lower bound
 * @param tolerance allowed distance or upper bound
 * @param unit unit of the three numbers, empty if they have none
 * @param holds whether the claim holds; true if there is none
 */
public record Measurement(
        String name,
        double value,
        @Nullable Double expected,
        @Nullable Double tolerance,
        String unit,
        boolean holds) {

    /**
     * The same with a unit; without this call the numbers have none.
     *
     * @param unitOfAll unit of value, expectation and tolerance
     * @return the measurement
     */
    public Measurement in(String unitOfAll) {
        return new Measurement(name, value, expected, tolerance, unitOfAll, holds);
    }

    /**
     * A value without a claim.
     *
     * @param name what was measured
     * @param value the number
     * @return the measurement, which holds
     */
    public static Measurement reported(String name, double value) {
        return new Measurement(name, value, null, null, "", true);
    }

    /**
     * Claims |value − expected| ≤ tolerance.
     *
     * @param name what was measured
     * @param value the number
     * @param expected what it should be
     * @param tolerance how far off it may be
     * @return the measurement
     */
    public static Measurement near(String name, double value, double expected, double tolerance) {
        return new Measurement(name, value, expected, tolerance, "", Math.abs(value - expected) <= tolerance);
    }

    /**
     * Claims value ≤ limit. A value that is not negative, an error for instance, is written as expected 0 with tolerance
     * {@code limit}, which is the same claim; a negative one with the limit alone.
     *
     * @param name what was measured
     * @param value the number
     * @param limit upper bound, included
     * @return the measurement
     */
    public static Measurement atMost(String name, double value, double limit) {
        return new Measurement(name, value, value < 0.0 ? null : 0.0, limit, "", value <= limit);
    }

    /**
     * Claims value ≥ limit, written as expected {@code limit} without a tolerance.
     *
     * @param name what was measured
     * @param value the number
     * @param limit lower bound, included
     * @return the measurement
     */
    public static Measurement atLeast(String name, double value, double limit) {
        return new Measurement(name, value, limit, null, "", value >= limit);
    }
}
