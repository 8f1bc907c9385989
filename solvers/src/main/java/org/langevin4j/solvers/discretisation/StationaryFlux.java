package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/**
 * The stationary flux of a system (Φ, D, Q) through the faces of cells, a discrete curl: differences of A = β⁻¹Qe^(−βΦ) over
 * the corners of a face (in three dimensions its edges). All numbers are relative to e^(−βΦ) at the centre of the cell.
 * Mutable: one object a thread.
 */
final class StationaryFlux {

    private final Decomposition system;
    private final Region region;
    private final Grid grid;
    private final double inverseBeta;
    private final int d;

    /** Φ at the centres. */
    private final double[] potentials;

    private final int[] position;
    private final double[] x;
    private final double[] entries;
    private int own;

    StationaryFlux(Decomposition system, double inverseBeta, Region region, double[] potentials) {
        this.system = system;
        this.region = region;
        this.grid = region.grid();
        this.inverseBeta = inverseBeta;
        this.d = grid.dimension();
        this.potentials = potentials;
        this.position = new int[d];
        this.x = new double[d];
        this.entries = new double[d * d];
    }

    /** Starts from a cell of the region. */
    void from(int k) {
        own = k;
        for (int a = 0; a < d; a++) {
            position[a] = grid.position(region.cell(k), a);
        }
    }

    /**
     * The flux out through the upper (sign 1) or lower (−1) face on an axis.
     *
     * @param walled whether A vanishes at reflecting walls
     */
    double through(int i, int sign, boolean walled) {
        double flux = 0.0;
        for (int j = 0; j < d; j++) {
            if (j != i) {
                double area = 1.0;
                for (int a = 0; a < d; a++) {
                    if (a != i && a != j) {
                        area *= grid.axis(a).width(position[a]);
                    }
                }
                flux += area * (edge(i, sign, j, 1, walled) - edge(i, sign, j, -1, walled));
            }
        }
        return sign * flux;
    }

    /** Aᵢⱼ/ρˢˢ on the edge at the upper or lower end of the cell on both axes. */
    private double edge(int i, int signI, int j, int signJ, boolean walled) {
        if (walled && !(isOpen(i, signI, j, 0) && isOpen(i, 0, j, signJ) && isOpen(i, signI, j, signJ))) {
            return 0.0;
        }
        for (int a = 0; a < d; a++) {
            x[a] = grid.axis(a).centre(position[a]);
        }
        x[i] = end(i, signI);
        x[j] = end(j, signJ);
        system.q().at(x, entries);
        double q = entries[i * d + j];
        if (!(Math.abs(q) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("q must be finite, got " + q + " at x = " + Arrays.toString(x));
        }
        return q == 0.0 ? 0.0 : inverseBeta * q * Math.exp((potentials[own] - potential(system, x)) / inverseBeta);
    }

    /** The potential where it must be finite. */
    static double potential(Decomposition system, double[] x) {
        double value = system.potential().at(x);
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "potential must be finite, got " + value + " at x = " + Arrays.toString(x));
        }
        return value;
    }

    /** The coordinate of a face; on a periodic axis the upper end of the box is the lower one. */
    private double end(int axis, int sign) {
        int edge = position[axis] + (sign > 0 ? 1 : 0);
        return region.isPeriodic(axis) && edge == grid.axis(axis).cells()
                ? grid.axis(axis).min()
                : grid.axis(axis).edge(edge);
    }

    /** Whether steps to a cell around an edge meet no reflecting wall. */
    private boolean isOpen(int i, int stepI, int j, int stepJ) {
        int cell = 0;
        boolean beyond = false;
        for (int a = 0; a < d; a++) {
            int end = position[a] + (a == i ? stepI : a == j ? stepJ : 0);
            int cells = grid.axis(a).cells();
            if (end < 0 || end >= cells) {
                Boundary wall = end < 0 ? region.lower(a) : region.upper(a);
                if (wall == Boundary.REFLECTING) {
                    return false;
                }
                beyond |= wall != Boundary.PERIODIC;
                end = Math.floorMod(end, cells);
            }
            cell += end * grid.stride(a);
        }
        return beyond || region.contains(cell) || region.rim() == Boundary.ABSORBING;
    }
}
