package org.langevin4j.examples;

import java.util.Arrays;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;

/** Where a density is at least 1e-3 of its maximum: what charts show of functions that are known there only. */
final class Support {

    private static final double NEGLIGIBLE = 1e-3;

    private Support() {}

    /** The function there, not defined elsewhere. */
    static CellFunction of(CellFunction function, Density density) {
        double[] values = function.values();
        double threshold = NEGLIGIBLE * density.value(density.mode());
        for (int cell = 0; cell < values.length; cell++) {
            if (!(density.value(cell) >= threshold)) {
                values[cell] = Double.NaN;
            }
        }
        return CellFunction.of(function.grid(), values);
    }

    /** The function less its least value. */
    static CellFunction fromZero(CellFunction function) {
        double least = Arrays.stream(function.values())
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(0.0);
        return CellFunction.of(
                function.grid(),
                Arrays.stream(function.values()).map(value -> value - least).toArray());
    }
}
