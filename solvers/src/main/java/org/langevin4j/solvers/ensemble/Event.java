package org.langevin4j.solvers.ensemble;

import java.util.Arrays;
import java.util.Objects;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/**
 * A change of sign of a function of the state from one step to the next: from g &gt; 0 to g ≤ 0 (falling) or back (rising).
 * Crossings that come back within a step are not seen, so that first-passage times have an error of order ½ in the step; an
 * absorbing domain ({@link org.langevin4j.solvers.domain.LevelSet}) sees them and has order 1.
 *
 * @param name what it is called in results
 * @param function g; must be thread-safe and never NaN
 * @param direction which changes count
 */
public record Event(String name, ScalarField function, Direction direction) {

    /** Which changes of sign count. */
    public enum Direction {
        /** From g ≤ 0 to g &gt; 0. */
        RISING,
        /** From g &gt; 0 to g ≤ 0. */
        FALLING,
        /** Either. */
        BOTH
    }

    /** Checks the parts. */
    public Event {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(direction, "direction");
    }

    /**
     * The event that a function changes its sign, either way.
     *
     * @param name what it is called
     * @param function g
     * @return the event
     */
    public static Event of(String name, ScalarField function) {
        return new Event(name, function, Direction.BOTH);
    }

    /**
     * The event that a function becomes positive.
     *
     * @param name what it is called
     * @param function g
     * @return the event
     */
    public static Event rising(String name, ScalarField function) {
        return new Event(name, function, Direction.RISING);
    }

    /**
     * The event that a function ceases to be positive.
     *
     * @param name what it is called
     * @param function g
     * @return the event
     */
    public static Event falling(String name, ScalarField function) {
        return new Event(name, function, Direction.FALLING);
    }

    /** Its name and direction, and the function by its values. */
    String identity(int dimension) {
        VectorField values = (x, out) -> out[0] = function.at(x);
        return name + " " + direction + " " + Identity.withValues(values, dimension, 1);
    }

    /** Whether it has happened between two states of which the signs are known. */
    boolean happens(boolean positiveBefore, boolean positiveNow) {
        return positiveBefore != positiveNow
                && (direction == Direction.BOTH || positiveNow == (direction == Direction.RISING));
    }

    /** 1 where the function is positive, else −1. */
    static double side(boolean positive) {
        return positive ? 1.0 : -1.0;
    }

    boolean isPositive(double[] state) {
        return isPositive(function.at(state), state);
    }

    /** Whether g is positive at a state where its value is known; it must be a number. */
    boolean isPositive(double value, double[] state) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(
                    "event " + name + " must be a number, got NaN at x = " + Arrays.toString(state));
        }
        return value > 0.0;
    }

    /** g at a block of states, which must be numbers. */
    void values(double[][] x, int paths, double[] out) {
        function.atBlock(x, paths, out);
        for (int p = 0; p < paths; p++) {
            if (Double.isNaN(out[p])) {
                double[] state = new double[x.length];
                for (int i = 0; i < state.length; i++) {
                    state[i] = x[i][p];
                }
                isPositive(out[p], state);
            }
        }
    }
}
