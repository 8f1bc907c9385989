package org.langevin4j.solvers.decomposition;

import java.util.Arrays;
import java.util.Objects;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;

/**
 * The stream function ψ of a current without divergence in two dimensions, J = (∂₂ψ, −∂₁ψ), at the corners of the cells. Its
 * differences along a face are the flow through that face, to rounding. Between the corners it is bilinear. Immutable.
 *
 * <p>It is unique up to a constant. Where there is a reflecting wall, ψ = 0 on the lower one of the last axis that has
 * walls; on a box then on all of its walls. Between two walls, with the other axis periodic, ψ on the other wall is plus or
 * minus the flow that winds around. On a torus ∫ψ/ρ = 0, for which E[Q²] is least.
 *
 * <p>The flow of probability through any curve from a point a to a point c, from right to left of its direction, is
 * ψ(a) − ψ(c): between a point and the wall it is ψ itself.
 */
public final class StreamFunction implements ScalarField {

    private final Region region;
    private final Grid grid;

    /** Row-major, the corners of both ends of an axis included, periodic or not. */
    private final double[] corners;

    private StreamFunction(Region region, double[] corners) {
        this.region = region;
        this.grid = region.grid();
        this.corners = corners;
    }

    /** Sums the flows from the walls, for each corner along the way on which the least has been added up. */
    static StreamFunction of(FaceFluxes fluxes) {
        Region region = fluxes.region();
        int n0 = region.grid().axis(0).cells();
        int n1 = region.grid().axis(1).cells();
        StreamFunction psi = new StreamFunction(region, new double[(n0 + 1) * (n1 + 1)]);
        double[] sizes = new double[psi.corners.length];
        Arrays.fill(sizes, Double.POSITIVE_INFINITY);
        boolean walls0 = !region.isPeriodic(0);
        boolean walls1 = !region.isPeriodic(1);
        for (int i = 0; i <= n0 && walls1; i++) {
            psi.along1(fluxes, i, 0.0, 0, sizes);
            psi.along1(fluxes, i, fluxes.winding(0), n1, sizes);
        }
        for (int k = 0; k <= n1 && walls0; k++) {
            psi.along0(fluxes, k, 0.0, 0, sizes);
            psi.along0(fluxes, k, -fluxes.winding(1), n0, sizes);
        }
        if (!walls0 && !walls1) {
            psi.along0(fluxes, 0, 0.0, 0, sizes);
            double[] start = new double[n0 + 1];
            for (int i = 0; i <= n0; i++) {
                start[i] = psi.corners[i * (n1 + 1)];
            }
            Arrays.fill(sizes, Double.POSITIVE_INFINITY);
            for (int i = 0; i <= n0; i++) {
                psi.along1(fluxes, i, start[i % n0], 0, sizes);
            }
        }
        return psi;
    }

    /** ∂₂ψ = J₁: along the second axis from one of its ends, through faces of the first axis. */
    private void along1(FaceFluxes fluxes, int i, double start, int end, double[] sizes) {
        int n1 = grid.axis(1).cells();
        int direction = end == 0 ? 1 : -1;
        double value = start;
        double size = Math.abs(start);
        keep(i, end, value, size, sizes);
        for (int k = end; k != n1 - end; k += direction) {
            double flow = face(fluxes, 0, i, direction > 0 ? k : k - 1);
            value += direction * flow;
            size += Math.abs(flow);
            keep(i, k + direction, value, size, sizes);
        }
    }

    /** ∂₁ψ = −J₂. */
    private void along0(FaceFluxes fluxes, int k, double start, int end, double[] sizes) {
        int n0 = grid.axis(0).cells();
        int direction = end == 0 ? 1 : -1;
        double value = start;
        double size = Math.abs(start);
        keep(end, k, value, size, sizes);
        for (int i = end; i != n0 - end; i += direction) {
            double flow = face(fluxes, 1, k, direction > 0 ? i : i - 1);
            value -= direction * flow;
            size += Math.abs(flow);
            keep(i + direction, k, value, size, sizes);
        }
    }

    private void keep(int i, int k, double value, double size, double[] sizes) {
        int at = i * (grid.axis(1).cells() + 1) + k;
        if (size < sizes[at]) {
            sizes[at] = size;
            corners[at] = value;
        }
    }

    /** The flow through the face across an axis at an edge of it and a position on the other axis. */
    private double face(FaceFluxes fluxes, int axis, int edge, int position) {
        int cells = grid.axis(axis).cells();
        int below = edge - 1;
        if (edge == 0 || edge == cells) {
            if (!region.isPeriodic(axis)) {
                return 0.0;
            }
            below = cells - 1;
        }
        return fluxes.upper(axis, below * grid.stride(axis) + position * grid.stride(1 - axis));
    }

    /** The same function with another constant. */
    StreamFunction plus(double constant) {
        double[] shifted = corners.clone();
        for (int k = 0; k < shifted.length; k++) {
            shifted[k] += constant;
        }
        return new StreamFunction(region, shifted);
    }

    /**
     * The value at a corner of the cells.
     *
     * @param i 0 … n₁, edge of the first axis
     * @param k 0 … n₂, edge of the second axis
     * @return ψ, in probability a time
     * @throws IndexOutOfBoundsException if there is no such corner
     */
    public double corner(int i, int k) {
        Objects.checkIndex(i, grid.axis(0).cells() + 1);
        Objects.checkIndex(k, grid.axis(1).cells() + 1);
        return corners[i * (grid.axis(1).cells() + 1) + k];
    }

    /**
     * The value at a point.
     *
     * @param x coordinates, length 2
     * @return ψ(x), NaN outside the grid
     */
    @Override
    public double at(double[] x) {
        int cell = grid.cellOf(x);
        if (cell < 0) {
            return Double.NaN;
        }
        int i = grid.position(cell, 0);
        int k = grid.position(cell, 1);
        double u = fraction(grid.axis(0), i, x[0]);
        double v = fraction(grid.axis(1), k, x[1]);
        return (1.0 - u) * ((1.0 - v) * corner(i, k) + v * corner(i, k + 1))
                + u * ((1.0 - v) * corner(i + 1, k) + v * corner(i + 1, k + 1));
    }

    private static double fraction(Axis axis, int position, double x) {
        return (x - axis.edge(position)) / axis.width(position);
    }

    @Override
    public String toString() {
        return "stream function on " + grid;
    }
}
