package org.langevin4j.solvers.discretisation;

import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/** Which cells {@link Boundary#SPECULAR} faces join: those of opposite momenta next to the same piece of wall. */
public final class SpecularFaces {

    private SpecularFaces() {}

    /**
     * Whether a step along an axis meets such a face at once.
     *
     * @param region the region
     * @param position of a cell on the axis
     * @param axis the axis
     * @param direction of the step, ±1
     * @return whether it does
     */
    public static boolean at(Region region, int position, int axis, int direction) {
        return direction > 0
                ? region.upper(axis) == Boundary.SPECULAR
                        && position == region.grid().axis(axis).cells() - 1
                : region.lower(axis) == Boundary.SPECULAR && position == 0;
    }

    /** Whether a region has one. */
    static boolean in(Region region) {
        boolean found = false;
        for (int a = 0; a < region.grid().dimension(); a++) {
            found |= region.lower(a) == Boundary.SPECULAR || region.upper(a) == Boundary.SPECULAR;
        }
        return found;
    }

    /** The cell with the opposite momentum of an axis of positions. */
    static int mirrored(Grid grid, int cell, int axis) {
        int momentum = axis + grid.dimension() / 2;
        int position = grid.position(cell, momentum);
        return cell + (grid.axis(momentum).cells() - 1 - 2 * position) * grid.stride(momentum);
    }

    /**
     * The axis through a face of which a rate leads from one cell to another. Between neighbours it is taken for a step of the
     * momentum.
     *
     * @param region the region
     * @param from a cell of the grid
     * @param to another one
     * @return the axis of the position; −1 if it is none of these faces
     */
    public static int axis(Region region, int from, int to) {
        Grid grid = region.grid();
        for (int a = 0; a < grid.dimension() / 2; a++) {
            int position = grid.position(from, a);
            if ((at(region, position, a, 1) || at(region, position, a, -1))
                    && mirrored(grid, from, a) == to
                    && Math.abs(to - from) > grid.stride(a + grid.dimension() / 2)) {
                return a;
            }
        }
        return -1;
    }
}
