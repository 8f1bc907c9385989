package org.langevin4j.examples.cli.model;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.examples.cli.output.NamedArray;
import org.langevin4j.examples.cli.output.Result;

/** Functions on a grid as arrays of a result: the axis of each coordinate, values with the last coordinate running fastest. */
final class GridArrays {

    private GridArrays() {}

    /** Centres of the cells as {@code x}, edges as {@code edges_x}; on a line the centres are a column of the table. */
    static void axes(Result result, List<String> names, Grid grid) {
        for (int a = 0; a < grid.dimension(); a++) {
            Axis axis = grid.axis(a);
            double[] centres = new double[axis.cells()];
            for (int k = 0; k < centres.length; k++) {
                centres[k] = axis.centre(k);
            }
            if (grid.dimension() == 1) {
                result.column(names.get(a), "1", centres);
            } else {
                result.array(new NamedArray("centres_" + names.get(a), "1", centres, centres.length));
            }
        }
        edges(result, names, grid);
    }

    /** Edges of the cells as {@code edges_x}. */
    static void edges(Result result, List<String> names, Grid grid) {
        for (int a = 0; a < grid.dimension(); a++) {
            double[] edges = new double[grid.axis(a).cells() + 1];
            for (int k = 0; k < edges.length; k++) {
                edges[k] = grid.axis(a).edge(k);
            }
            result.array(new NamedArray("edges_" + names.get(a), "1", edges, edges.length));
        }
    }

    static void function(Result result, String name, String unit, CellFunction function) {
        values(result, name, unit, function.grid(), function::value);
    }

    static void density(Result result, String name, Density density) {
        values(result, name, "1/volume", density.grid(), density::value);
    }

    private static void values(Result result, String name, String unit, Grid grid, IntToDoubleFunction value) {
        double[] all = rowMajor(grid, value);
        if (grid.dimension() == 1) {
            result.column(name, unit, all);
        } else {
            result.array(new NamedArray(name, unit, all, shape(grid)));
        }
    }

    /** Several functions on one grid, the first index theirs. */
    static NamedArray stacked(String name, String unit, Grid grid, List<? extends IntToDoubleFunction> functions) {
        double[] all = new double[functions.size() * grid.cells()];
        for (int k = 0; k < functions.size(); k++) {
            System.arraycopy(rowMajor(grid, functions.get(k)), 0, all, k * grid.cells(), grid.cells());
        }
        int[] inner = shape(grid);
        int[] shape = new int[inner.length + 1];
        shape[0] = functions.size();
        System.arraycopy(inner, 0, shape, 1, inner.length);
        return new NamedArray(name, unit, all, shape);
    }

    private static double[] rowMajor(Grid grid, IntToDoubleFunction value) {
        double[] all = new double[grid.cells()];
        for (int cell = 0; cell < all.length; cell++) {
            all[Simulation.rowMajor(grid, cell)] = value.applyAsDouble(cell);
        }
        return all;
    }

    private static int[] shape(Grid grid) {
        int[] shape = new int[grid.dimension()];
        for (int a = 0; a < shape.length; a++) {
            shape[a] = grid.axis(a).cells();
        }
        return shape;
    }

    /** −β⁻¹ log ρ from its minimum; NaN where ρ = 0. */
    static CellFunction potential(Density density, double temperature) {
        double[] values = new double[density.grid().cells()];
        for (int cell = 0; cell < values.length; cell++) {
            double rho = density.value(cell);
            values[cell] = rho > 0.0 ? -temperature * Math.log(rho) : Double.NaN;
        }
        return CellFunction.of(density.grid(), values).fromMinimum();
    }

    /** The probability in the outermost cells of axes that are not periodic. */
    static double massAtWalls(Region region, Density density) {
        Grid grid = region.grid();
        double sum = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            boolean outermost = false;
            for (int a = 0; a < grid.dimension(); a++) {
                int position = grid.position(cell, a);
                outermost |= !region.isPeriodic(a)
                        && (position == 0 || position == grid.axis(a).cells() - 1);
            }
            sum += outermost ? density.value(cell) * grid.volume(cell) : 0.0;
        }
        return sum;
    }

    /** A column of the table by its name. */
    static double[] column(Result result, String name) {
        return result.columns().stream()
                .filter(array -> array.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }
}
