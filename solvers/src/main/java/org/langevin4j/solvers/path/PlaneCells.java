package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;

/** Plane grids of equal cells, in units of their cells: a centre has integer coordinates. */
final class PlaneCells {

    private PlaneCells() {}

    static Hamiltonian inCells(Grid grid, VectorField drift, Diffusion diffusion) {
        Axis first = grid.axis(0);
        Axis second = grid.axis(1);
        return new Hamiltonian(
                drift,
                diffusion,
                new double[] {first.centre(0), second.centre(0)},
                new double[] {width(first), width(second)},
                FrontMarching.DIFFERENCE);
    }

    static double width(Axis axis) {
        return (axis.max() - axis.min()) / axis.cells();
    }

    static double[] toCells(Grid grid, double[] x) {
        double[] y = new double[2];
        for (int a = 0; a < 2; a++) {
            y[a] = (x[a] - grid.axis(a).centre(0)) / width(grid.axis(a));
        }
        return y;
    }

    static void requirePlane(Grid grid) {
        if (grid.dimension() != 2) {
            throw new IllegalArgumentException("grid must have 2 axes, got " + grid.dimension());
        }
        for (int a = 0; a < 2; a++) {
            Axis axis = grid.axis(a);
            for (int i = 0; i < axis.cells(); i++) {
                if (!(Math.abs(axis.width(i) - width(axis)) <= 1e-9 * width(axis))) {
                    throw new IllegalArgumentException("grid must have cells of equal width, axis " + a + " has widths "
                            + width(axis) + " and " + axis.width(i));
                }
            }
        }
    }

    static void requireInside(Grid grid, double[] x, String name) {
        if (x.length != 2 || grid.cellOf(x) < 0) {
            throw new IllegalArgumentException(name + " must be a point of the grid, got " + Arrays.toString(x));
        }
    }

    /** Newton's method for b = 0, which may move by half a cell. */
    static double[] restingPoint(Hamiltonian hamiltonian, double[] start, double[] attractor) {
        double[] y = start.clone();
        double[] b = new double[2];
        double[] j = new double[4];
        double moved = 0.0;
        for (int iteration = 0; iteration < 10; iteration++) {
            hamiltonian.drift(y, b);
            hamiltonian.jacobian(y, j);
            double determinant = j[0] * j[3] - j[1] * j[2];
            y[0] -= (j[3] * b[0] - j[1] * b[1]) / determinant;
            y[1] -= (j[0] * b[1] - j[2] * b[0]) / determinant;
            moved = Math.hypot(y[0] - start[0], y[1] - start[1]);
        }
        if (!(moved <= 0.5)) {
            throw new IllegalArgumentException("attractor must be within half a cell of a resting point, but from "
                    + Arrays.toString(attractor) + " Newton's method goes " + moved + " cells");
        }
        return y;
    }

    /** From units of cells to those of the state. */
    static void toGrid(Grid grid, double[] values, double[] first, double[] second) {
        double perFirst = 1.0 / width(grid.axis(0));
        double perSecond = 1.0 / width(grid.axis(1));
        for (int cell = 0; cell < values.length; cell++) {
            boolean known = values[cell] < Double.POSITIVE_INFINITY;
            first[cell] = known ? perFirst * first[cell] : Double.NaN;
            second[cell] = known ? perSecond * second[cell] : Double.NaN;
        }
    }
}
