package org.langevin4j.examples;

import java.util.Arrays;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.field.ScalarField;

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

    /** The function between the centres of the cells, bilinear; not defined beyond them. */
    static ScalarField smooth(CellFunction function) {
        Axis first = function.grid().axis(0);
        Axis second = function.grid().axis(1);
        return x -> {
            int i = below(first, x[0]);
            int k = below(second, x[1]);
            if (i < 0 || k < 0) {
                return Double.NaN;
            }
            double u = (x[0] - first.centre(i)) / (first.centre(i + 1) - first.centre(i));
            double v = (x[1] - second.centre(k)) / (second.centre(k + 1) - second.centre(k));
            int cell = i * function.grid().stride(0) + k;
            int above = cell + function.grid().stride(0);
            return (1.0 - u) * ((1.0 - v) * function.value(cell) + v * function.value(cell + 1))
                    + u * ((1.0 - v) * function.value(above) + v * function.value(above + 1));
        };
    }

    /** The cell whose centre is the last one below x; −1 if x is not between two centres. */
    private static int below(Axis axis, double x) {
        int cell = axis.cellOf(x);
        if (cell < 0) {
            return -1;
        }
        int lower = x < axis.centre(cell) ? cell - 1 : cell;
        return lower + 1 < axis.cells() ? lower : -1;
    }
}
