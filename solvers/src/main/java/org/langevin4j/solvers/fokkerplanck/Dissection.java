package org.langevin4j.solvers.fokkerplanck;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/**
 * Nested dissection of a region (George 1973): a tree of sets of cells in which the children of a node have no
 * neighbours in common, because the node's own cells — a slab across the box, as thick as a rate reaches — separate
 * them. A periodic axis is first cut open by a slab at its lower end.
 */
final class Dissection {

    /** Boxes of at most this many cells are not divided further. */
    private static final int LEAF_CELLS = 48;

    /** The cells of this node by their index in the region, eliminated after those of its children. */
    final int[] own;

    /** None for a leaf. */
    final List<Dissection> children;

    private Dissection(int[] own, List<Dissection> children) {
        this.own = own;
        this.children = children;
    }

    /** The dissection of a whole box for rates between face neighbours. */
    static Dissection of(Grid grid) {
        int[] reach = new int[grid.dimension()];
        Arrays.fill(reach, 1);
        return of(Region.of(grid, Boundary.REFLECTING), reach);
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
            return new Dissection(slab, List.of());
        }
        return node(slab, List.of(open(region, reach, with(low, axis, cut), high, axis + 1)));
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
            return new Dissection(cells(region, low, high), List.of());
        }
        int middle = low[best] + (extent - thickness + 1) / 2;
        return node(
                cells(region, with(low, best, middle), with(high, best, middle + thickness)),
                List.of(
                        divide(region, reach, low, with(high, best, middle)),
                        divide(region, reach, with(low, best, middle + thickness), high)));
    }

    /** Without the children that have no cells. */
    private static Dissection node(int[] own, List<Dissection> children) {
        return new Dissection(
                own,
                children.stream()
                        .filter(child -> child.own.length > 0 || !child.children.isEmpty())
                        .toList());
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
