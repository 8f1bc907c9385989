package org.langevin4j.core.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The set Ω of an equation on a grid: the box of the grid, or those of its cells whose centres satisfy a condition, with
 * what happens at each face of the box and at the rim of the set. Immutable.
 *
 * <p>The cells of the set are numbered 0 … {@link #size()} − 1 in the order of the grid; without a condition these are
 * the numbers of the grid. The rim runs along faces of cells: of first order in their width if Ω is not a box.
 */
public final class Region {

    private final Grid grid;
    private final List<Boundary> lower;
    private final List<Boundary> upper;
    private final Boundary rim;

    /** Grid numbers of the cells of the set; empty if it has all of them. */
    private final int[] cells;

    /** Numbers in the set of the cells of the grid, −1 outside; empty if it has all of them. */
    private final int[] indices;

    private Region(Grid grid, List<Boundary> lower, List<Boundary> upper, Boundary rim, int[] cells, int[] indices) {
        this.grid = grid;
        this.lower = lower;
        this.upper = upper;
        this.rim = rim;
        this.cells = cells;
        this.indices = indices;
    }

    /**
     * The whole box.
     *
     * @param grid the grid
     * @param boundary what happens at every face
     * @return the region
     * @throws IllegalArgumentException if it is specular, which only the faces of some axes can be
     */
    public static Region of(Grid grid, Boundary boundary) {
        if (boundary == Boundary.SPECULAR) {
            throw new IllegalArgumentException(
                    "boundary must not be specular at every face; give it to those of a position by withFaces");
        }
        List<Boundary> faces = new ArrayList<>();
        for (int a = 0; a < grid.dimension(); a++) {
            faces.add(boundary);
        }
        return new Region(grid, List.copyOf(faces), List.copyOf(faces), Boundary.REFLECTING, new int[0], new int[0]);
    }

    /**
     * This region with other boundaries on one axis. A specular face belongs to a position qᵢ of a state (q, p): the grid has
     * d = 2n axes, this is the i-th of the first n, and the momentum is on axis i + n, with cells symmetric about 0.
     *
     * @param axis the axis
     * @param atLower at its lower end
     * @param atUpper at its upper end
     * @return the region
     * @throws IllegalArgumentException if only one of them is periodic, or one is specular on another kind of axis
     */
    public Region withFaces(int axis, Boundary atLower, Boundary atUpper) {
        if ((atLower == Boundary.PERIODIC) != (atUpper == Boundary.PERIODIC)) {
            throw new IllegalArgumentException(
                    "both faces of axis " + axis + " must be periodic or neither, got " + atLower + " and " + atUpper);
        }
        if (atLower == Boundary.SPECULAR || atUpper == Boundary.SPECULAR) {
            requireMomentum(axis);
        }
        List<Boundary> newLower = new ArrayList<>(lower);
        List<Boundary> newUpper = new ArrayList<>(upper);
        newLower.set(axis, atLower);
        newUpper.set(axis, atUpper);
        return new Region(grid, List.copyOf(newLower), List.copyOf(newUpper), rim, cells, indices);
    }

    private void requireMomentum(int axis) {
        int d = grid.dimension();
        if (!(d % 2 == 0 && axis < d / 2)) {
            throw new IllegalArgumentException("a specular face must be one of a position, axis 0 to " + (d / 2 - 1)
                    + " of an even number, got axis " + axis + " of " + d);
        }
        Axis momentum = grid.axis(axis + d / 2);
        int n = momentum.cells();
        for (int i = 0; i <= n; i++) {
            if (!(Math.abs(momentum.edge(i) + momentum.edge(n - i)) <= 1e-9 * (momentum.max() - momentum.min()))) {
                throw new IllegalArgumentException("a specular face of axis " + axis
                        + " needs cells of its momentum, axis " + (axis + d / 2)
                        + ", that are symmetric about 0, got edges " + momentum.edge(i) + " and "
                        + momentum.edge(n - i));
            }
        }
    }

    /**
     * Those cells of this region whose centres satisfy a condition.
     *
     * @param inside the condition on the coordinates of a centre
     * @param atRim what happens between a cell inside and one outside: reflecting or absorbing
     * @return the region
     * @throws IllegalArgumentException if fewer than 2 cells are left, or the rim is periodic
     */
    public Region where(Predicate<double[]> inside, Boundary atRim) {
        if (atRim == Boundary.PERIODIC || atRim == Boundary.SPECULAR) {
            throw new IllegalArgumentException("the rim must be reflecting or absorbing, got " + atRim);
        }
        grid.requireMemory("a region", 3 * Integer.BYTES);
        int[] kept = new int[size()];
        int[] numbers = new int[grid.cells()];
        double[] x = new double[grid.dimension()];
        int count = 0;
        for (int cell = 0; cell < numbers.length; cell++) {
            grid.centre(cell, x);
            numbers[cell] = contains(cell) && inside.test(x) ? count : -1;
            if (numbers[cell] >= 0) {
                kept[count++] = cell;
            }
        }
        if (!(count >= 2)) {
            throw new IllegalArgumentException("region must have at least 2 cells, got " + count);
        }
        return new Region(grid, lower, upper, atRim, Arrays.copyOf(kept, count), numbers);
    }

    /**
     * This region on a coarser grid, with the same boundaries. A cell there belongs to it if any part of it does here.
     *
     * @param coarse the grid; its axes are those of this grid or {@linkplain Axis#coarsened() coarsened} ones
     * @return the region
     * @throws IllegalArgumentException if it is another grid, or fewer than 2 cells are left
     */
    public Region coarsened(Grid coarse) {
        boolean related = coarse.dimension() == grid.dimension();
        for (int a = 0; related && a < grid.dimension(); a++) {
            Axis axis = grid.axis(a);
            related = coarse.axis(a).equals(axis)
                    || (axis.cells() >= 4 && coarse.axis(a).equals(axis.coarsened()));
        }
        if (!related) {
            throw new IllegalArgumentException("coarse must be made of the axes of the grid or coarsened ones");
        }
        if (indices.length == 0) {
            return new Region(coarse, lower, upper, rim, new int[0], new int[0]);
        }
        int[] numbers = new int[coarse.cells()];
        Arrays.fill(numbers, -1);
        for (int cell : cells) {
            int parent = 0;
            for (int a = 0; a < grid.dimension(); a++) {
                int shrunk = coarse.axis(a).cells();
                int position = grid.position(cell, a);
                parent += coarse.stride(a)
                        * (shrunk == grid.axis(a).cells() ? position : Math.min(position / 2, shrunk - 1));
            }
            numbers[parent] = 0;
        }
        int[] kept = new int[numbers.length];
        int count = 0;
        for (int cell = 0; cell < numbers.length; cell++) {
            if (numbers[cell] == 0) {
                kept[count] = cell;
                numbers[cell] = count++;
            }
        }
        if (!(count >= 2)) {
            throw new IllegalArgumentException("region must have at least 2 cells, got " + count);
        }
        return new Region(coarse, lower, upper, rim, Arrays.copyOf(kept, count), numbers);
    }

    /**
     * The grid.
     *
     * @return the grid
     */
    public Grid grid() {
        return grid;
    }

    /**
     * The volumes of the cells of the set.
     *
     * @return of each, in their order; a new array
     */
    public double[] volumes() {
        double[] all = grid.volumes();
        double[] volumes = size() == all.length ? all : new double[size()];
        for (int k = 0; k < volumes.length; k++) {
            volumes[k] = all[cell(k)];
        }
        return volumes;
    }

    /**
     * The number of cells of the set.
     *
     * @return at least 2
     */
    public int size() {
        return indices.length == 0 ? grid.cells() : cells.length;
    }

    /**
     * The grid's number of a cell of the set.
     *
     * @param index 0 … {@link #size()} − 1
     * @return number of the cell
     */
    public int cell(int index) {
        return indices.length == 0 ? index : cells[index];
    }

    /**
     * The number in the set of a cell of the grid.
     *
     * @param cell number of the cell
     * @return its index, −1 if it is outside
     */
    public int index(int cell) {
        return indices.length == 0 ? cell : indices[cell];
    }

    /**
     * Whether a cell of the grid belongs to the set.
     *
     * @param cell number of the cell
     * @return true if inside
     */
    public boolean contains(int cell) {
        return index(cell) >= 0;
    }

    /**
     * The boundary at the lower end of an axis.
     *
     * @param axis the axis
     * @return its boundary
     */
    public Boundary lower(int axis) {
        return lower.get(axis);
    }

    /**
     * The boundary at the upper end of an axis.
     *
     * @param axis the axis
     * @return its boundary
     */
    public Boundary upper(int axis) {
        return upper.get(axis);
    }

    /**
     * Whether the ends of an axis are joined.
     *
     * @param axis the axis
     * @return true if periodic
     */
    public boolean isPeriodic(int axis) {
        return lower.get(axis) == Boundary.PERIODIC;
    }

    /**
     * The boundary between cells inside and cells outside of the set.
     *
     * @return reflecting or absorbing
     */
    public Boundary rim() {
        return rim;
    }

    @Override
    public String toString() {
        return size() + " of the " + grid.cells() + " cells of " + grid;
    }
}
