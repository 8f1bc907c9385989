package org.langevin4j.solvers.discretisation;

import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/**
 * Where an offset leads from a cell: to another cell of the region, possibly across a periodic face, to a wall that
 * reflects, or to one that absorbs. Mutable: one object a thread; the fields hold the last answer.
 */
final class Stencil {

    private final Region region;
    private final int d;
    private final Axis[] axes;
    private final boolean[] periodic;
    private final int[] position;
    private final int[] boundedStep;

    /** Index of the cell that is reached; −1 if a wall is met first. */
    int target;

    /** Whether the wall that is met absorbs. */
    boolean absorbing;

    /** The part of the way to the wall, in (0, 1); 1 if a cell is reached. */
    double fraction;

    /** The way in space to the cell or the wall. */
    final double[] way;

    /** The way in cells, as if there were no wall. */
    final int[] step;

    /** The axis of the way; −1 if it is along none. */
    int along;

    Stencil(Region region) {
        this.region = region;
        this.d = region.grid().dimension();
        this.axes = new Axis[d];
        this.periodic = new boolean[d];
        for (int a = 0; a < d; a++) {
            axes[a] = region.grid().axis(a);
            periodic[a] = region.isPeriodic(a);
        }
        this.position = new int[d];
        this.boundedStep = new int[d];
        this.way = new double[d];
        this.step = new int[d];
    }

    /** Starts from a cell of the grid. */
    void from(int cell) {
        for (int a = 0; a < d; a++) {
            position[a] = region.grid().position(cell, a);
        }
    }

    /** Goes {@code sign} times the offset that begins at {@code offsets[start]}. */
    void go(int[] offsets, int start, int sign) {
        Grid grid = region.grid();
        int cell = 0;
        target = -1;
        absorbing = false;
        fraction = 1.0;
        along = -1;
        int moves = 0;
        for (int a = 0; a < d; a++) {
            step[a] = sign * offsets[start + a];
            int cells = axes[a].cells();
            int end = position[a] + step[a];
            way[a] = 0.0;
            if (step[a] == 0) {
                cell += end * grid.stride(a);
                continue;
            }
            along = moves++ == 0 ? a : -1;
            if (periodic[a]) {
                int turns = Math.floorDiv(end, cells);
                end -= turns * cells;
                way[a] = turns * (axes[a].max() - axes[a].min());
            } else if (end < 0 || end >= cells) {
                // In cells: from the centre to the face.
                double part = ((end < 0 ? position[a] : cells - 1 - position[a]) + 0.5) / Math.abs(step[a]);
                if (part < fraction) {
                    fraction = part;
                    absorbing = (end < 0 ? region.lower(a) : region.upper(a)) == Boundary.ABSORBING;
                }
                // As far as the offset would lead if the cells went on.
                int last = end < 0 ? 0 : cells - 1;
                way[a] = axes[a].centre(last) + (end - last) * axes[a].width(last) - axes[a].centre(position[a]);
                continue;
            }
            way[a] += axes[a].centre(end) - axes[a].centre(position[a]);
            cell += end * grid.stride(a);
        }
        if (fraction == 1.0) {
            target = region.index(cell);
            if (target < 0) {
                fraction = 0.5;
                absorbing = region.rim() == Boundary.ABSORBING;
            }
        }
        if (target < 0) {
            for (int a = 0; a < d; a++) {
                way[a] *= fraction;
            }
        }
    }

    /**
     * After an offset has met a reflecting wall of the box: goes on along the wall instead, to the cell whose positions are
     * those of the offset's end taken back into the box. Leaves {@link #target} at −1 where another kind of wall is met.
     */
    void slide(int[] offsets, int start, int sign) {
        Grid grid = region.grid();
        for (int a = 0; a < d; a++) {
            int end = position[a] + sign * offsets[start + a];
            boundedStep[a] = sign * offsets[start + a];
            if (!region.isPeriodic(a) && (end < 0 || end >= grid.axis(a).cells())) {
                if ((end < 0 ? region.lower(a) : region.upper(a)) != Boundary.REFLECTING) {
                    return;
                }
                boundedStep[a] = (end < 0 ? 0 : grid.axis(a).cells() - 1) - position[a];
            }
        }
        go(boundedStep, 0, 1);
    }

    /**
     * After a step along an axis has met a specular wall: leaves the cell of the opposite momentum in {@link #target}.
     *
     * @param direction of the step
     * @return whether there is such a wall
     */
    boolean specular(int axis, int direction) {
        if (!SpecularFaces.at(region, position[axis], axis, direction)) {
            return false;
        }
        int cell = 0;
        for (int a = 0; a < d; a++) {
            cell += position[a] * region.grid().stride(a);
        }
        target = region.index(SpecularFaces.mirrored(region.grid(), cell, axis));
        return true;
    }

    /** Whether an axis has a reflecting wall right here in the direction of a step along it. */
    boolean atWall(int axis, int step) {
        return step > 0
                ? position[axis] == region.grid().axis(axis).cells() - 1 && region.upper(axis) == Boundary.REFLECTING
                : step < 0 && position[axis] == 0 && region.lower(axis) == Boundary.REFLECTING;
    }

    /** The axis of an offset with a single entry, −1 for any other. */
    static int axis(int[] offsets, int start, int d) {
        int axis = -1;
        for (int a = 0; a < d; a++) {
            if (offsets[start + a] != 0) {
                if (axis >= 0) {
                    return -1;
                }
                axis = a;
            }
        }
        return axis;
    }

    /**
     * Width of the cell over the distance of the centres, for the offset of one step along an axis: what makes the
     * difference a finite volume on a graded axis.
     */
    double gradedFactor(int axis) {
        if (target < 0) {
            return 1.0;
        }
        return axes[axis].width(position[axis]) / Math.abs(way[axis]);
    }

    /**
     * A matrix D in units of the widths of the cell started from.
     *
     * @param scaled receives Dᵢⱼ/(hᵢhⱼ), row-major
     * @return its trace
     */
    double inWidths(double[] matrix, double[] scaled) {
        double trace = 0.0;
        for (int i = 0; i < d; i++) {
            double width = axes[i].width(position[i]);
            for (int j = 0; j < d; j++) {
                scaled[i * d + j] = matrix[i * d + j] / (width * axes[j].width(position[j]));
            }
            trace += scaled[i * (d + 1)];
        }
        return trace;
    }

    /** The centre of the cell started from. */
    void centre(double[] out) {
        for (int a = 0; a < d; a++) {
            out[a] = axes[a].centre(position[a]);
        }
    }

    /** The position along an axis of the cell started from. */
    int position(int axis) {
        return position[axis];
    }
}
