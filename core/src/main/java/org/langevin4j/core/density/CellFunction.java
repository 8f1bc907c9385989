package org.langevin4j.core.density;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.core.field.ScalarField;

/**
 * A real function with one value in each cell of a grid, at its centre: an eigenfunction, a mean first-passage time, a
 * divergence. Unlike a {@link Density} it may be negative; NaN marks the cells where it is not defined. Immutable.
 */
public final class CellFunction {

    private final Grid grid;
    private final double[] values;

    private CellFunction(Grid grid, double[] values) {
        this.grid = grid;
        this.values = values;
    }

    /**
     * The function with the given values.
     *
     * @param grid the grid
     * @param values one a cell; copied
     * @return the function
     */
    public static CellFunction of(Grid grid, double... values) {
        if (values.length != grid.cells()) {
            throw new IllegalArgumentException("values must number " + grid.cells() + ", got " + values.length);
        }
        return new CellFunction(grid, values.clone());
    }

    /**
     * The values of a field at the centres of the cells.
     *
     * @param grid the grid
     * @param field on the space of the grid
     * @return the function
     */
    public static CellFunction of(Grid grid, ScalarField field) {
        grid.requireMemory("a function", Double.BYTES);
        double[] values = new double[grid.cells()];
        double[] x = new double[grid.dimension()];
        for (int cell = 0; cell < values.length; cell++) {
            grid.centre(cell, x);
            values[cell] = field.at(x);
        }
        return new CellFunction(grid, values);
    }

    /**
     * The grid.
     *
     * @return the grid
     */
    public Grid grid() {
        return grid;
    }

    /**
     * The value in a cell.
     *
     * @param cell number of the cell
     * @return its value, NaN where not defined
     */
    public double value(int cell) {
        return values[cell];
    }

    /**
     * The value at a point, multilinear between the centres of the cells: second order in their width. Beyond the last centre
     * of an axis it is as at that centre. The value of the cell around x is {@code value(grid().cellOf(x))}.
     *
     * @param x coordinates, length d
     * @return the value, NaN outside the grid or where it takes part of a cell in which the function is not defined
     */
    public double at(double... x) {
        return Multilinear.sum(grid, values, x, Double.NaN);
    }

    /**
     * All values.
     *
     * @return a copy, one a cell
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The function where a density is not small, as charts show what is known there only.
     *
     * @param density on the same grid
     * @param fraction of its largest value, between 0 and 1
     * @return the function in the cells with at least that part of the largest density, NaN in the others
     * @throws IllegalArgumentException if the density is on another grid or the fraction is out of its range
     */
    public CellFunction where(Density density, double fraction) {
        if (!density.grid().equals(grid)) {
            throw new IllegalArgumentException("density must be on the grid of the function");
        }
        if (!(fraction >= 0.0 && fraction <= 1.0)) {
            throw new IllegalArgumentException("fraction must be between 0 and 1, got " + fraction);
        }
        double[] shown = values.clone();
        double least = fraction * density.value(density.mode());
        for (int cell = 0; cell < shown.length; cell++) {
            if (!(density.value(cell) >= least)) {
                shown[cell] = Double.NaN;
            }
        }
        return new CellFunction(grid, shown);
    }

    /**
     * The function less its least value, as a potential is counted from its deepest well.
     *
     * @return the function with minimum 0 where it is defined
     */
    public CellFunction fromMinimum() {
        double least = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(0.0);
        return new CellFunction(
                grid, Arrays.stream(values).map(value -> value - least).toArray());
    }

    /**
     * The largest absolute value.
     *
     * @return max |value| over the cells where it is defined, 0 if there are none
     */
    public double maxNorm() {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .map(Math::abs)
                .max()
                .orElse(0.0);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "function on %s, largest absolute value %.5g", grid, maxNorm());
    }
}
