package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.markov.Dissection;

/**
 * Nested dissection of a region (George 1973) by slabs across the box, as thick as a rate reaches. A periodic axis is first
 * cut open by a slab at its lower end.
 */
final class GridDissection {

    /** Boxes of at most this many cells are not divided further. */
    private static final int LEAF_CELLS = 48;

    private final Region region;
    private final int[] reach;
    private @Nullable Dissection found;

    /** Found when it is asked for: multigrid has no need of it. */
    GridDissection(Region region, int[] reach) {
        this.region = region;
        this.reach = reach;
    }

    synchronized Dissection get() {
        Dissection order = found;
        if (order == null) {
            order = of(region, reach);
            found = order;
        }
        return order;
    }

    /**
     * The dissection of a region.
     *
     * @param region the region
     * @param reach how many cells a rate leads at most, one number an axis
     */
    static Dissection of(Region region, int[] reach) {
        int d = region.grid().dimension();
        int[] low = new int[d];
        int[] high = new int[d];
        for (int a = 0; a < d; a++) {
            high[a] = region.grid().axis(a).cells();
        }
        return open(region, reach, low, high, 0);
    }

    /** Cuts the periodic axes from the given one on, then divides. */
    private static Dissection open(Region region, int[] reach, int[] low, int[] high, int axis) {
        if (axis == reach.length) {
            return divide(region, reach, low, high);
        }
        if (!region.isPeriodic(axis)) {
            return open(region, reach, low, high, axis + 1);
        }
        int cut = Math.min(Math.max(reach[axis], 1), high[axis]);
        int[] slab = cells(region, low, with(high, axis, cut));
        if (cut == high[axis]) {
            return Dissection.of(slab, List.of());
        }
        return Dissection.of(slab, List.of(open(region, reach, with(low, axis, cut), high, axis + 1)));
    }

    private static Dissection divide(Region region, int[] reach, int[] low, int[] high) {
        long size = 1;
        // The axis whose slab is thinnest in proportion.
        int best = 0;
        for (int a = 0; a < low.length; a++) {
            size *= high[a] - low[a];
            if ((long) (high[a] - low[a]) * Math.max(reach[best], 1)
                    > (long) (high[best] - low[best]) * Math.max(reach[a], 1)) {
                best = a;
            }
        }
        int extent = high[best] - low[best];
        int thickness = Math.max(reach[best], 1);
        if (size <= LEAF_CELLS || extent < thickness + 2) {
            return Dissection.of(cells(region, low, high), List.of());
        }
        int middle = low[best] + (extent - thickness + 1) / 2;
        return Dissection.of(
                cells(region, with(low, best, middle), with(high, best, middle + thickness)),
                List.of(
                        divide(region, reach, low, with(high, best, middle)),
                        divide(region, reach, with(low, best, middle + thickness), high)));
    }

    private static int[] with(int[] corner, int axis, int value) {
        int[] changed = corner.clone();
        changed[axis] = value;
        return changed;
    }

    private static int[] cells(Region region, int[] low, int[] high) {
        int size = 1;
        for (int a = 0; a < low.length; a++) {
            size *= high[a] - low[a];
        }
        int[] cells = new int[size];
        int[] position = low.clone();
        int count = 0;
        for (int k = 0; k < size; k++) {
            int cell = 0;
            for (int a = 0; a < low.length; a++) {
                cell += position[a] * region.grid().stride(a);
            }
            if (region.contains(cell)) {
                cells[count++] = region.index(cell);
            }
            for (int a = low.length - 1; a >= 0; a--) {
                if (++position[a] < high[a]) {
                    break;
                }
                position[a] = low[a];
            }
        }
        return Arrays.copyOf(cells, count);
    }
}
