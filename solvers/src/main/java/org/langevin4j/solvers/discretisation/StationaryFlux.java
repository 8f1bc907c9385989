package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/**
 * The stationary flux of a system (Φ, D, Q) through the faces of cells, a discrete curl: differences of A = β⁻¹Qe^(−βΦ) over
 * the corners of a face (in three dimensions its edges). All numbers are relative to e^(−βΦ) at the centre of the cell. Q and Φ
 * are evaluated once an edge, for the first of the four cells around it that is in the region. Mutable: one object a thread.
 */
final class StationaryFlux {

    /** What a step may meet instead of a cell. */
    private static final int WALL = -1;

    private static final int OPEN = -2;

    private final Decomposition system;
    private final Region region;
    private final Grid grid;
    private final double inverseBeta;
    private final int d;

    /** Φ at the centres. */
    private final double[] potentials;

    /** Qᵢⱼ and Φ of the edges of each cell, by their numbers there, one a range of cells. */
    private final List<CellLists> known;

    private final int[] position;
    private final double[] x;
    private final double[] entries;
    private int own;

    /** The last edge looked at: whose it is, its number there, and whether it is clear of reflecting walls. */
    private int owner;

    private int number;
    private boolean clear;

    /** A/ρˢˢ of the edges of the present cell, zero at reflecting walls; NaN where it was not asked for. */
    private final double[] strengths;

    /** @param known what {@link #evaluate} has found for all ranges, or nothing to begin with */
    StationaryFlux(
            Decomposition system, double inverseBeta, Region region, double[] potentials, List<CellLists> known) {
        this.known = known;
        this.system = system;
        this.region = region;
        this.grid = region.grid();
        this.inverseBeta = inverseBeta;
        this.d = grid.dimension();
        this.potentials = potentials;
        this.position = new int[d];
        this.x = new double[d];
        this.entries = new double[d * d];
        this.strengths = new double[4 * d * d];
    }

    /** Starts from a cell of the region. */
    void from(int k) {
        own = k;
        for (int a = 0; a < d; a++) {
            position[a] = grid.position(region.cell(k), a);
        }
        Arrays.fill(strengths, Double.NaN);
    }

    /**
     * Evaluates the edges that belong to the present cell: those clear of reflecting walls, where Q is not zero, and those of its
     * faces on such walls through which a flux is asked for.
     *
     * @param asked the axes of these faces
     */
    void evaluate(IntPredicate asked, CellLists out) {
        for (int i = 0; i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                for (int corner = 0; corner < 4; corner++) {
                    int signI = corner < 2 ? -1 : 1;
                    int signJ = corner % 2 == 0 ? -1 : 1;
                    lookAt(i, signI, j, signJ);
                    boolean wanted = clear
                            || (asked.test(i) && step(i, signI, j, 0) == WALL)
                            || (asked.test(j) && step(i, 0, j, signJ) == WALL);
                    if (owner == own && wanted) {
                        double q = evaluateQ(i, signI, j, signJ);
                        if (q != 0.0 || !clear) {
                            out.add(number, q, q == 0.0 ? 0.0 : potential(system, x));
                        }
                    }
                }
            }
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
        if (i > j) {
            return -edge(j, signJ, i, signI, walled);
        }
        int slot = slot(i, signI > 0, j, signJ > 0);
        if (Double.isNaN(strengths[slot])) {
            lookAt(i, signI, j, signJ);
            strengths[slot] = clear ? strength(i, signI, j, signJ) : 0.0;
        }
        if (!walled) {
            lookAt(i, signI, j, signJ);
        }
        return walled || clear ? strengths[slot] : strength(i, signI, j, signJ);
    }

    /** Of the edge looked at. */
    private double strength(int i, int signI, int j, int signJ) {
        CellLists edges = known.get(CellRanges.of(owner));
        int place = edges.find(owner, number);
        if (place < 0 && clear) {
            return 0.0;
        }
        // At a wall its owner may have had no reason to evaluate it.
        double q = place < 0 ? evaluateQ(i, signI, j, signJ) : edges.number(place, 0);
        if (q == 0.0) {
            return 0.0;
        }
        double phi = place < 0 ? potential(system, x) : edges.number(place, 1);
        return inverseBeta * q * Math.exp((potentials[own] - phi) / inverseBeta);
    }

    /** Qᵢⱼ on an edge of the present cell; leaves its place in x. */
    private double evaluateQ(int i, int signI, int j, int signJ) {
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
        return q;
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

    private int slot(int i, boolean upperI, int j, boolean upperJ) {
        return 4 * (i * d + j) + (upperI ? 2 : 0) + (upperJ ? 1 : 0);
    }

    /** Finds whose an edge is, and whether steps to the cells around it meet no reflecting wall. */
    private void lookAt(int i, int signI, int j, int signJ) {
        owner = -1;
        clear = true;
        for (int around = 0; around < 4; around++) {
            boolean aboveI = around >= 2;
            boolean aboveJ = around % 2 == 1;
            int cell = step(i, aboveI == signI > 0 ? signI : 0, j, aboveJ == signJ > 0 ? signJ : 0);
            clear &= cell != WALL;
            if (owner < 0 && cell >= 0) {
                owner = cell;
                number = slot(i, !aboveI, j, !aboveJ);
            }
        }
    }

    /** The number of the cell that is reached by steps on two axes, or what is met. */
    private int step(int i, int stepI, int j, int stepJ) {
        int cell = region.cell(own);
        boolean beyond = false;
        for (int a = 0; a < d; a++) {
            int step = a == i ? stepI : a == j ? stepJ : 0;
            int end = position[a] + step;
            int cells = grid.axis(a).cells();
            if (end < 0 || end >= cells) {
                Boundary wall = end < 0 ? region.lower(a) : region.upper(a);
                if (wall == Boundary.REFLECTING) {
                    return WALL;
                }
                beyond |= wall != Boundary.PERIODIC;
                end = Math.floorMod(end, cells);
            }
            cell += (end - position[a]) * grid.stride(a);
        }
        int reached = region.index(cell);
        if (beyond || reached < 0) {
            return beyond || region.rim() == Boundary.ABSORBING ? OPEN : WALL;
        }
        return reached;
    }
}
