package org.langevin4j.core.density;

import java.util.List;
import java.util.stream.Collectors;
import org.langevin4j.core.block.Memory;

/** A box divided into cells by the product of its axes. Immutable. */
public final class Grid {

    private final List<Axis> axes;
    private final int[] strides;
    private final int cells;

    private Grid(List<Axis> axes) {
        this.axes = axes;
        this.strides = new int[axes.size()];
        long product = 1;
        double smallest = 1.0;
        double largest = 1.0;
        for (int a = axes.size() - 1; a >= 0; a--) {
            strides[a] = (int) product;
            product *= axes.get(a).cells();
            if (!(product <= Integer.MAX_VALUE)) {
                throw new IllegalArgumentException("grid must have fewer than 2^31 cells");
            }
        }
        this.cells = (int) product;
        for (Axis axis : axes) {
            double narrowest = axis.width(0);
            for (int i = 1; i < axis.cells(); i++) {
                narrowest = Math.min(narrowest, axis.width(i));
            }
            smallest *= narrowest;
            largest *= axis.max() - axis.min();
            if (!(smallest >= Double.MIN_NORMAL && largest <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "axes must give cells of a volume above 1e-307 and a box of one below 1e308, got " + this);
            }
        }
    }

    /**
     * The grid with the given axes.
     *
     * @param axes one for each dimension, at least one
     * @return the grid
     * @throws IllegalArgumentException if there are 2³¹ cells or more, or the volume of a cell or of the box, or the part of
     *     it from the first axes, is not a normal double
     */
    public static Grid of(Axis... axes) {
        if (!(axes.length >= 1)) {
            throw new IllegalArgumentException("axes must number at least 1, got 0");
        }
        return new Grid(List.of(axes));
    }

    /**
     * A square [min, max]² of n×n cells.
     *
     * @param min lower end of both axes
     * @param max upper end of both axes
     * @param cells n
     * @return the grid
     */
    public static Grid square(double min, double max, int cells) {
        Axis axis = Axis.uniform(min, max, cells);
        return of(axis, axis);
    }

    /**
     * The number of axes.
     *
     * @return d
     */
    public int dimension() {
        return axes.size();
    }

    /**
     * An axis.
     *
     * @param a 0 … d − 1
     * @return the axis
     */
    public Axis axis(int a) {
        return axes.get(a);
    }

    /**
     * The number of cells.
     *
     * @return product over the axes
     */
    public int cells() {
        return cells;
    }

    /**
     * Refuses what takes more memory on this grid than the heap of this virtual machine may have.
     *
     * @param what what it is, the beginning of a sentence: "a density"
     * @param bytesPerCell how much it takes for each cell
     * @throws IllegalArgumentException if it is too much; the message has what is needed and what there is
     */
    public void requireMemory(String what, double bytesPerCell) {
        Memory.require(what + " on " + cells + " cells, " + this + ",", bytesPerCell * cells, "fewer cells need less");
    }

    /**
     * How far the numbers of neighbouring cells along an axis are apart.
     *
     * @param a axis
     * @return the stride
     */
    public int stride(int a) {
        return strides[a];
    }

    /**
     * The position of a cell along an axis.
     *
     * @param cell number of the cell
     * @param a axis
     * @return 0 … cells of the axis − 1
     */
    public int position(int cell, int a) {
        return cell / strides[a] % axes.get(a).cells();
    }

    /**
     * The centre of a cell.
     *
     * @param cell number of the cell
     * @param out receives the coordinates, length d
     */
    public void centre(int cell, double[] out) {
        for (int a = 0; a < strides.length; a++) {
            out[a] = axes.get(a).centre(position(cell, a));
        }
    }

    /**
     * The volume of a cell.
     *
     * @param cell number of the cell
     * @return product of its widths
     */
    public double volume(int cell) {
        double volume = 1.0;
        for (int a = 0; a < strides.length; a++) {
            volume *= axes.get(a).width(position(cell, a));
        }
        return volume;
    }

    /**
     * The volumes of all cells.
     *
     * @return {@link #volume} of each, in their order; a new array
     */
    public double[] volumes() {
        double[] volumes = {1.0};
        for (Axis axis : axes) {
            double[] more = new double[volumes.length * axis.cells()];
            int cell = 0;
            for (double volume : volumes) {
                for (int i = 0; i < axis.cells(); i++) {
                    more[cell++] = volume * axis.width(i);
                }
            }
            volumes = more;
        }
        return volumes;
    }

    /**
     * The cell of a point.
     *
     * @param x coordinates, length d
     * @return number of the cell, −1 if the point is outside or not a number
     */
    public int cellOf(double... x) {
        if (x.length != strides.length) {
            throw new IllegalArgumentException("x must have length " + strides.length + ", got " + x.length);
        }
        int cell = 0;
        for (int a = 0; a < strides.length; a++) {
            int position = axes.get(a).cellOf(x[a]);
            if (position < 0) {
                return -1;
            }
            cell += position * strides[a];
        }
        return cell;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Grid grid) || grid.dimension() != dimension()) {
            return false;
        }
        return axes.equals(grid.axes);
    }

    @Override
    public int hashCode() {
        return axes.hashCode();
    }

    @Override
    public String toString() {
        return axes.stream().map(Axis::toString).collect(Collectors.joining(" × "));
    }
}
