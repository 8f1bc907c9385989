package org.langevin4j.solvers.fokkerplanck;

import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.discretisation.SpecularFaces;

/** The straight way between two cells of a region, and the first target on it. For one thread. */
final class StraightWay {

    private final Region region;
    private final int[] targetOf;
    private final int[] position;
    private final int[] steps;
    private final double[] length;
    private final double[] covered;

    /** Of the last way to a target: the part of it outside. */
    double fraction;

    /** And the cell of the target that is hit. */
    int hit;

    StraightWay(Region region, int[] targetOf) {
        this.region = region;
        this.targetOf = targetOf;
        int d = region.grid().dimension();
        this.position = new int[d];
        this.steps = new int[d];
        this.length = new double[d];
        this.covered = new double[d];
    }

    /** The first target on the way, its end included; −1 if there is none. */
    int firstTarget(int from, int to) {
        if (targetOf[to] < 0 && areNeighbours(region.cell(from), region.cell(to))) {
            return -1;
        }
        Grid grid = region.grid();
        int d = position.length;
        if (SpecularFaces.axis(region, region.cell(from), region.cell(to)) >= 0) {
            // There is nothing between the cells.
            fraction = 1.0;
            hit = to;
            return targetOf[to];
        }
        for (int a = 0; a < d; a++) {
            int n = grid.axis(a).cells();
            position[a] = grid.position(region.cell(from), a);
            steps[a] = offset(region, region.cell(from), region.cell(to), a);
            covered[a] = 0.5 * grid.axis(a).width(position[a]);
            length[a] = 0.0;
            for (int m = 0; m <= Math.abs(steps[a]); m++) {
                double width = grid.axis(a).width(Math.floorMod(position[a] + m * Integer.signum(steps[a]), n));
                length[a] += m == 0 || m == Math.abs(steps[a]) ? 0.5 * width : width;
            }
        }
        while (true) {
            double next = Double.POSITIVE_INFINITY;
            for (int a = 0; a < d; a++) {
                if (steps[a] != 0) {
                    next = Math.min(next, covered[a] / length[a]);
                }
            }
            if (next == Double.POSITIVE_INFINITY) {
                return -1;
            }
            int cell = 0;
            for (int a = 0; a < d; a++) {
                // Faces that meet are crossed together, through their common edge.
                if (steps[a] != 0 && covered[a] / length[a] <= next + 1e-9) {
                    position[a] = Math.floorMod(
                            position[a] + Integer.signum(steps[a]), grid.axis(a).cells());
                    covered[a] += grid.axis(a).width(position[a]);
                    steps[a] -= Integer.signum(steps[a]);
                }
                cell += position[a] * grid.stride(a);
            }
            int index = region.index(cell);
            if (index >= 0 && targetOf[index] >= 0) {
                fraction = next;
                hit = index;
                return targetOf[index];
            }
        }
    }

    /** Whether two cells have a face in common, that of an axis that is closed to a ring not counted. */
    private boolean areNeighbours(int from, int to) {
        Grid grid = region.grid();
        for (int a = 0; a < position.length; a++) {
            int first = grid.position(Math.min(from, to), a);
            if (Math.abs(to - from) == grid.stride(a)
                    && first + 1 < grid.axis(a).cells()) {
                return true;
            }
        }
        return false;
    }

    /** How many cells apart along an axis, the short way round if it is periodic. */
    static int offset(Region region, int from, int to, int axis) {
        int n = region.grid().axis(axis).cells();
        int offset = region.grid().position(to, axis) - region.grid().position(from, axis);
        if (region.isPeriodic(axis) && 2 * Math.abs(offset) > n) {
            offset -= n * Integer.signum(offset);
        }
        return offset;
    }
}
