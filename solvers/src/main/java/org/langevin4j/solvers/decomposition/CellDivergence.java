package org.langevin4j.solvers.decomposition;

import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;

/** The divergence of a function of the state over a cell, by its differences between opposite faces. */
final class CellDivergence {

    private final Grid grid;
    private final VectorField field;
    private final double[] x;
    private final double[] above;
    private final double[] below;

    CellDivergence(Grid grid, VectorField field) {
        this.grid = grid;
        this.field = field;
        int d = grid.dimension();
        this.x = new double[d];
        this.above = new double[d];
        this.below = new double[d];
    }

    double at(int cell) {
        double sum = 0.0;
        grid.centre(cell, x);
        for (int a = 0; a < x.length; a++) {
            double width = grid.axis(a).width(grid.position(cell, a));
            double centre = x[a];
            x[a] = centre + 0.5 * width;
            field.at(x, above);
            x[a] = centre - 0.5 * width;
            field.at(x, below);
            x[a] = centre;
            sum += (above[a] - below[a]) / width;
        }
        return sum;
    }
}
