package org.langevin4j.examples.report;

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
     * A value without a claim.
     *
     * @param name what was measured
     * @param value the number
     * @param unit its unit, may be empty
     * @return the measurement, which holds
     */
    public static Measurement reported(String name, double value, String unit) {
        return new Measurement(name, value, null, null, unit, true);
    }

    /**
     * Claims |value − expected| ≤ tolerance.
     *
     * @param name what was measured
     * @param value the number
     * @param expected what it should be
     * @param tolerance how far off it may be
     * @param unit unit of all three, may be empty
     * @return the measurement
     */
    public static Measurement near(String name, double value, double expected, double tolerance, String unit) {
        return new Measurement(name, value, expected, tolerance, unit, Math.abs(value - expected) <= tolerance);
    }

    /**
     * Claims value ≤ limit. A value that is not negative, an error for instance, is written as expected 0 with tolerance
     * {@code limit}, which is the same claim; a negative one with the limit alone.
     *
     * @param name what was measured
     * @param value the number
     * @param limit upper bound, included
     * @param unit unit of both, may be empty
     * @return the measurement
     */
    public static Measurement atMost(String name, double value, double limit, String unit) {
        return new Measurement(name, value, value < 0.0 ? null : 0.0, limit, unit, value <= limit);
    }

    /**
     * Claims value ≥ limit, written as expected {@code limit} without a tolerance.
     *
     * @param name what was measured
     * @param value the number
     * @param limit lower bound, included
     * @param unit unit of both, may be empty
     * @return the measurement
     */
    public static Measurement atLeast(String name, double value, double limit, String unit) {
        return new Measurement(name, value, limit, null, unit, value >= limit);
    }
}
