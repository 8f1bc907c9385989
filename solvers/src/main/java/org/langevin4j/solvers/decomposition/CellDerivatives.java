package org.langevin4j.solvers.decomposition;

import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/** Derivatives of functions of the cells, of second order on uniform axes: central, at the ends of a region one-sided. */
final class CellDerivatives {

    private final Region region;
    private final Grid grid;

    CellDerivatives(Region region) {
        this.region = region;
        this.grid = region.grid();
    }

    /** ∂u along an axis in every cell of the grid; NaN where there are not two neighbours. */
    double[] first(double[] u, int axis) {
        return derivative(u, axis, (du, a, dv, b) -> (du * b / a - dv * a / b) / (b - a));
    }

    /** ∂²u along an axis in every cell of the grid; of first order where it is one-sided. */
    double[] second(double[] u, int axis) {
        return derivative(u, axis, (du, a, dv, b) -> 2.0 * (du / a - dv / b) / (a - b));
    }

    /** The parabola through u at 0, a and b, by the differences du and dv from its value at 0. */
    @FunctionalInterface
    private interface Parabola {
        double derivative(double du, double a, double dv, double b);
    }

    private double[] derivative(double[] u, int axis, Parabola parabola) {
        double[] out = new double[grid.cells()];
        for (int cell = 0; cell < out.length; cell++) {
            out[cell] = Double.NaN;
            if (!region.contains(cell)) {
                continue;
            }
            boolean below = exists(cell, axis, -1);
            boolean above = exists(cell, axis, 1);
            int one = below ? -1 : 2;
            int other = above ? 1 : -2;
            if ((below && above) || (below && exists(cell, axis, -2)) || (above && exists(cell, axis, 2))) {
                out[cell] = parabola.derivative(
                        u[neighbour(cell, axis, one)] - u[cell],
                        distance(cell, axis, one),
                        u[neighbour(cell, axis, other)] - u[cell],
                        distance(cell, axis, other));
            }
        }
        return out;
    }

    private boolean exists(int cell, int axis, int steps) {
        int position = grid.position(cell, axis) + steps;
        return (region.isPeriodic(axis)
                        || (position >= 0 && position < grid.axis(axis).cells()))
                && region.contains(neighbour(cell, axis, steps));
    }

    private int neighbour(int cell, int axis, int steps) {
        int position = grid.position(cell, axis);
        int next = Math.floorMod(position + steps, grid.axis(axis).cells());
        return cell + (next - position) * grid.stride(axis);
    }

    private double distance(int cell, int axisNumber, int steps) {
        Axis axis = grid.axis(axisNumber);
        int position = grid.position(cell, axisNumber);
        int n = axis.cells();
        int next = position + steps;
        double turns = Math.floorDiv(next, n) * (axis.max() - axis.min());
        return axis.centre(Math.floorMod(next, n)) - axis.centre(position) + turns;
    }
}
