package org.langevin4j.solvers.discretisation;

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

    Stencil(Region region) {
        this.region = region;
        this.d = region.grid().dimension();
        this.position = new int[d];
        this.boundedStep = new int[d];
        this.way = new double[d];
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
        for (int a = 0; a < d; a++) {
            int step = sign * offsets[start + a];
            int cells = grid.axis(a).cells();
            int end = position[a] + step;
            way[a] = 0.0;
            if (step == 0) {
                cell += end * grid.stride(a);
                continue;
            }
            if (region.isPeriodic(a)) {
                int turns = Math.floorDiv(end, cells);
                end -= turns * cells;
                way[a] = turns * (grid.axis(a).max() - grid.axis(a).min());
            } else if (end < 0 || end >= cells) {
                // In cells: from the centre to the face.
                double part = ((end < 0 ? position[a] : cells - 1 - position[a]) + 0.5) / Math.abs(step);
                if (part < fraction) {
                    fraction = part;
                    absorbing = (end < 0 ? region.lower(a) : region.upper(a)) == Boundary.ABSORBING;
                }
                // As far as the offset would lead if the cells went on.
                int last = end < 0 ? 0 : cells - 1;
                way[a] = grid.axis(a).centre(last)
                        + (end - last) * grid.axis(a).width(last)
                        - grid.axis(a).centre(position[a]);
                continue;
            }
            way[a] += grid.axis(a).centre(end) - grid.axis(a).centre(position[a]);
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
        return region.grid().axis(axis).width(position[axis]) / Math.abs(way[axis]);
    }

    /** The position along an axis of the cell started from. */
    int position(int axis) {
        return position[axis];
    }
}
