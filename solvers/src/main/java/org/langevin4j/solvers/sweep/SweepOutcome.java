package org.langevin4j.solvers.sweep;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one point.
 *
 * @param values its numbers, one for each column; none if it failed
 * @param failure what was thrown, in one line
 */
public record SweepOutcome(List<Double> values, @Nullable String failure) {

    /** Copies the values. */
    public SweepOutcome {
        values = List.copyOf(values);
    }

    /**
     * Computes a point. What it throws is an outcome too, apart from errors of the machine.
     *
     * @param function what is computed
     * @param point where
     * @param columns how many numbers it must give
     * @return numbers or failure
     */
    public static SweepOutcome of(SweepFunction function, SweepPoint point, int columns) {
        try {
            return new SweepOutcome(numbers(function.at(point), columns), null);
        } catch (Exception | LinkageError | AssertionError exception) {
            return failed(exception);
        }
    }

    /**
     * A failure.
     *
     * @param thrown its cause
     * @return kind and message, in one line
     */
    public static SweepOutcome failed(Throwable thrown) {
        return new SweepOutcome(List.of(), oneLine(thrown));
    }

    private static List<Double> numbers(double @Nullable [] numbers, int columns) {
        if (numbers == null || numbers.length != columns) {
            throw new IllegalArgumentException("function must give " + columns + " numbers as there are columns, got "
                    + (numbers == null ? "null" : numbers.length));
        }
        return Arrays.stream(numbers).boxed().toList();
    }

    private static String oneLine(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }
}
