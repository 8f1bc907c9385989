package org.langevin4j.core.density;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.core.block.Memory;

/** One axis of a grid: an interval divided into cells by increasing edges. Immutable. */
public final class Axis {

    /** Sums and differences of edges are numbers. */
    private static final double LARGEST = 0.5 * Double.MAX_VALUE;

    private final double[] edges;

    /** Cells per unit of length where uniform and a number, else 0. */
    private final double uniformRate;

    private Axis(double[] edges, double uniformRate) {
        this.edges = edges;
        this.uniformRate = uniformRate;
    }

    /**
     * Cells of equal width.
     *
     * @param min lower end
     * @param max upper end, above min
     * @param cells number of cells, at least 2
     * @return the axis
     * @throws IllegalArgumentException if an end is not finite, the axis is reversed or empty, or there are too few cells
     */
    public static Axis uniform(double min, double max, int cells) {
        if (!(min > -Double.MAX_VALUE && max < Double.MAX_VALUE && min < max)) {
            throw new IllegalArgumentException(
                    "axis must run from a smaller to a larger finite end, got [" + min + ", " + max + "]");
        }
        if (!(cells >= 2)) {
            throw new IllegalArgumentException("cells must be at least 2, got " + cells);
        }
        Memory.require("an axis of " + cells + " cells", 8.0 * cells, "fewer cells need less");
        double[] edges = new double[cells + 1];
        for (int i = 0; i <= cells; i++) {
            // Symmetric in both ends, so that a symmetric box has exactly symmetric edges.
            edges[i] = (min * (cells - i) + max * i) / cells;
            if (!(Math.abs(edges[i]) <= LARGEST && (i == 0 || isCell(edges[i - 1], edges[i])))) {
                throw new IllegalArgumentException("axis must have room for " + cells
                        + " cells with edges and centres of their own, got [" + min + ", " + max + "]");
            }
        }
        double rate = cells / (max - min);
        return new Axis(edges, rate <= Double.MAX_VALUE ? rate : 0.0);
    }

    /**
     * Cells between given edges.
     *
     * @param edges strictly increasing, with a number between each two of them, in size at most half the largest double, at least 3
     * @return the axis
     * @throws IllegalArgumentException if they are not
     */
    public static Axis of(double... edges) {
        if (!(edges.length >= 3)) {
            throw new IllegalArgumentException("edges must number at least 3, got " + edges.length);
        }
        for (int i = 0; i < edges.length; i++) {
            if (!(Math.abs(edges[i]) <= LARGEST) || (i > 0 && !isCell(edges[i - 1], edges[i]))) {
                throw new IllegalArgumentException(
                        "edges must be finite and strictly increasing, with room for a centre between them, got "
                                + Arrays.toString(edges));
            }
        }
        return new Axis(edges.clone(), 0.0);
    }

    /** Whether the centre is a number of its own, which is part of the cell. */
    private static boolean isCell(double lower, double upper) {
        double centre = 0.5 * (lower + upper);
        return lower < centre && centre < upper;
    }

    /**
     * The axis of half as many cells, each two of these joined, the last three where their number is odd.
     *
     * @return the axis of ⌊n/2⌋ cells, cell i of this one being part of min(⌊i/2⌋, ⌊n/2⌋ − 1)
     * @throws IllegalArgumentException if n is below 4
     */
    public Axis coarsened() {
        int coarse = cells() / 2;
        if (!(coarse >= 2)) {
            throw new IllegalArgumentException("cells must be at least 4, got " + cells());
        }
        double[] joined = new double[coarse + 1];
        for (int i = 0; i < coarse; i++) {
            joined[i] = edges[2 * i];
        }
        joined[coarse] = max();
        return new Axis(joined, cells() % 2 == 0 ? 0.5 * uniformRate : 0.0);
    }

    /**
     * The number of cells.
     *
     * @return n ≥ 2
     */
    public int cells() {
        return edges.length - 1;
    }

    /**
     * The lower end.
     *
     * @return first edge
     */
    public double min() {
        return edges[0];
    }

    /**
     * The upper end.
     *
     * @return last edge
     */
    public double max() {
        return edges[edges.length - 1];
    }

    /**
     * An edge.
     *
     * @param i 0 … n
     * @return the lower edge of cell i
     */
    public double edge(int i) {
        return edges[i];
    }

    /**
     * The centre of a cell.
     *
     * @param i 0 … n − 1
     * @return midpoint of its edges
     */
    public double centre(int i) {
        return 0.5 * (edges[i] + edges[i + 1]);
    }

    /**
     * The width of a cell.
     *
     * @param i 0 … n − 1
     * @return distance of its edges
     */
    public double width(int i) {
        return edges[i + 1] - edges[i];
    }

    /**
     * The cell of a point. A point on an edge belongs to the cell above it, the last edge to no cell.
     *
     * @param x coordinate
     * @return number of the cell, −1 if x is outside the axis or NaN
     */
    public int cellOf(double x) {
        if (!(x >= min() && x < max())) {
            return -1;
        }
        if (uniformRate > 0.0) {
            int i = Math.min((int) ((x - edges[0]) * uniformRate), edges.length - 2);
            // Rounding may miss, by one or, where cells are a few roundings wide, by more; the edges decide.
            while (x < edges[i]) {
                i--;
            }
            while (x >= edges[i + 1]) {
                i++;
            }
            return i;
        }
        int found = Arrays.binarySearch(edges, x);
        return found >= 0 ? found : -found - 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Axis axis && Arrays.equals(edges, axis.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "[%.5g, %.5g] in %d cells", min(), max(), cells());
    }
}
