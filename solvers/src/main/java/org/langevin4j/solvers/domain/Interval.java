package org.langevin4j.solvers.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/**
 * An interval of one coordinate. An end may be infinite; nothing happens there.
 *
 * @param lower lower end
 * @param atLower what happens there
 * @param upper upper end, above the lower
 * @param atUpper what happens there
 */
public record Interval(double lower, Face atLower, double upper, Face atUpper) {

    /** Checks the ends. */
    public Interval {
        Objects.requireNonNull(atLower, "atLower");
        Objects.requireNonNull(atUpper, "atUpper");
        if (!(lower < upper && lower < Double.POSITIVE_INFINITY && upper > Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "interval must run from a smaller to a larger end, got [" + lower + ", " + upper + "]");
        }
        if ((atLower == Face.PERIODIC) != (atUpper == Face.PERIODIC)) {
            throw new IllegalArgumentException(
                    "interval must be periodic at both ends or at none, got " + atLower + " and " + atUpper);
        }
        if (atLower == Face.PERIODIC && !(upper - lower <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "a periodic interval must be finite, got [" + lower + ", " + upper + "]");
        }
    }

    /**
     * An interval with reflecting ends.
     *
     * @param lower lower end
     * @param upper upper end
     * @return the interval
     */
    public static Interval reflecting(double lower, double upper) {
        return new Interval(lower, Face.REFLECTING, upper, Face.REFLECTING);
    }

    /**
     * An interval at whose ends paths stop.
     *
     * @param lower lower end
     * @param upper upper end
     * @return the interval
     */
    public static Interval absorbing(double lower, double upper) {
        return new Interval(lower, Face.ABSORBING, upper, Face.ABSORBING);
    }

    /**
     * A circle.
     *
     * @param lower lower end
     * @param upper the same point, one period later
     * @return the interval
     */
    public static Interval periodic(double lower, double upper) {
        return new Interval(lower, Face.PERIODIC, upper, Face.PERIODIC);
    }

    /**
     * The whole line.
     *
     * @return the interval from −∞ to ∞
     */
    public static Interval unbounded() {
        return reflecting(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** The first axes of a region, all of whose cells are in it. */
    static List<Interval> ofAxes(Region region, int count) {
        Grid grid = region.grid();
        if (region.size() != grid.cells()) {
            throw new IllegalArgumentException("region must have all cells of its grid, got " + region
                    + "; its rim is no surface, give the domain of which it was made");
        }
        List<Interval> intervals = new ArrayList<>();
        for (int a = 0; a < count; a++) {
            Axis axis = grid.axis(a);
            intervals.add(
                    new Interval(axis.min(), Face.of(region.lower(a), a), axis.max(), Face.of(region.upper(a), a)));
        }
        return intervals;
    }

    /** Moves the states of a periodic coordinate into its interval. */
    void wrap(double[] x, int paths) {
        double period = upper - lower;
        for (int p = 0; p < paths; p++) {
            if (!(x[p] >= lower && x[p] < upper)) {
                double moved = x[p] - period * Math.floor((x[p] - lower) / period);
                // Rounding may put it on the upper end or a bit beyond: that is the lower end.
                x[p] = moved >= lower && moved < upper ? moved : lower;
            }
        }
    }
}
