package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayList;
import java.util.List;
import org.langevin4j.core.density.Grid;

/**
 * Nested dissection of a grid (George 1973): a tree of sets of cells in which the two children of a node have no
 * neighbours in common, because the node's own cells — a plane across the box — separate them.
 */
final class Dissection {

    /** Boxes of at most this many cells are not divided further. */
    private static final int LEAF_CELLS = 48;

    /** The cells of this node, eliminated after those of its children. */
    final int[] own;

    /** None for a leaf. */
    final List<Dissection> children;

    private Dissection(int[] own, List<Dissection> children) {
        this.own = own;
        this.children = children;
    }

    static Dissection of(Grid grid) {
        int d = grid.dimension();
        int[] low = new int[d];
        int[] high = new int[d];
        for (int a = 0; a < d; a++) {
            high[a] = grid.axis(a).cells();
        }
        return divide(grid, low, high);
    }

    private static Dissection divide(Grid grid, int[] low, int[] high) {
        long size = 1;
        int longest = 0;
        for (int a = 0; a < low.length; a++) {
            size *= high[a] - low[a];
            if (high[a] - low[a] > high[longest] - low[longest]) {
                longest = a;
            }
        }
        int extent = high[longest] - low[longest];
        if (size <= LEAF_CELLS || extent < 3) {
            return new Dissection(cells(grid, low, high), List.of());
        }
        int middle = low[longest] + extent / 2;
        List<Dissection> children = new ArrayList<>(2);
        children.add(divide(grid, low, with(high, longest, middle)));
        children.add(divide(grid, with(low, longest, middle + 1), high));
        return new Dissection(cells(grid, with(low, longest, middle), with(high, longest, middle + 1)), children);
    }

    private static int[] with(int[] corner, int axis, int value) {
        int[] changed = corner.clone();
        changed[axis] = value;
        return changed;
    }

    private static int[] cells(Grid grid, int[] low, int[] high) {
        int size = 1;
        for (int a = 0; a < low.length; a++) {
            size *= high[a] - low[a];
        }
        int[] cells = new int[size];
        int[] position = low.clone();
        for (int k = 0; k < size; k++) {
            for (int a = 0; a < low.length; a++) {
                cells[k] += position[a] * grid.stride(a);
            }
            for (int a = low.length - 1; a >= 0; a--) {
                if (++position[a] < high[a]) {
                    break;
                }
                position[a] = low[a];
            }
        }
        return cells;
    }
}
