package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;

/**
 * The rates of {@link ItoScheme} for noise of constant strengths along the axes, Dᵢⱼ = Dᵢδᵢⱼ > 0: probability flows between
 * neighbours along the axes only, and the weights of all cells are known beforehand. b is evaluated once at each centre, once
 * half-way up to each neighbour, and once half-way to an absorbing wall.
 */
final class AxisScheme {

    private final Sde sde;
    private final Region region;
    private final Grid grid;
    private final int d;
    private final double inverseBeta;

    /** Dᵢ. */
    private final double[] strengths;

    private final double[][] centres;

    /** The way up and the weight of the rate there, and the same down, of each position; {@code [axis][4·position …]}. */
    private final double[][] ways;

    /** ω at the centres, and then w on the way up to the neighbour, {@code [axis][cell]}. */
    private final double[][] forces;

    private final double[][] ups;

    private AxisScheme(Sde sde, Region region, double[] strengths) {
        this.sde = sde;
        this.region = region;
        this.grid = region.grid();
        this.d = grid.dimension();
        this.inverseBeta = sde.temperature().value();
        this.strengths = strengths;
        this.centres = new double[d][];
        this.ways = new double[d][];
        for (int a = 0; a < d; a++) {
            int cells = grid.axis(a).cells();
            centres[a] = new double[cells];
            Arrays.setAll(centres[a], grid.axis(a)::centre);
            ways[a] = ways(a);
        }
        this.forces = new double[d][region.size()];
        this.ups = new double[d][region.size()];
    }

    private double[] ways(int a) {
        Axis axis = grid.axis(a);
        double[] table = new double[4 * axis.cells()];
        for (int i = 0; i < axis.cells(); i++) {
            double width = axis.width(i);
            for (int sign = 1; sign >= -1; sign -= 2) {
                int end = i + sign;
                boolean beyond = end < 0 || end >= axis.cells();
                // Beyond a wall the cells go on.
                double way = sign * width;
                if (beyond && region.isPeriodic(a)) {
                    double turn = sign * (axis.max() - axis.min());
                    way = turn + (axis.centre(end - sign * axis.cells()) - axis.centre(i));
                } else if (!beyond) {
                    way = axis.centre(end) - axis.centre(i);
                }
                double graded = beyond && !region.isPeriodic(a) ? 1.0 : width / Math.abs(way);
                table[4 * i + 1 - sign] = way;
                table[4 * i + 2 - sign] = inverseBeta * (strengths[a] / (width * width)) * graded;
            }
        }
        return table;
    }

    /** Whether an equation has such noise on a region. */
    static boolean suits(Sde ito, Region region) {
        if (!ito.diffusion().isConstant() || SpecularFaces.in(region)) {
            return false;
        }
        for (double strength : strengths(ito, region)) {
            if (!(strength > 0.0)) {
                return false;
            }
        }
        return true;
    }

    /** The diagonal of D, checked; zeros if it is not all of D. */
    private static double[] strengths(Sde ito, Region region) {
        double[] x = new double[region.grid().dimension()];
        region.grid().centre(region.cell(0), x);
        Coefficients coefficients = new Coefficients(ito.drift(), ito.diffusion(), region);
        coefficients.diffusionAt(x);
        double[] strengths = new double[x.length];
        for (int a = 0; a < x.length && coefficients.isDiagonal(); a++) {
            strengths[a] = coefficients.matrix[a * (x.length + 1)];
        }
        return strengths;
    }

    static List<ColumnRange> columns(Sde ito, Region region) {
        AxisScheme scheme = new AxisScheme(ito, region, strengths(ito, region));
        CellRanges.map(region.size(), scheme::evaluateCentres);
        CellRanges.map(region.size(), scheme::evaluateHalfway);
        return ColumnRange.write(region.size(), scheme.d, scheme::write);
    }

    /** Goes from cell to cell; one object a thread. */
    private final class Walk {

        final int[] position = new int[d];
        private int cell = -2;

        /** The neighbour; −1 where there is none. */
        int target;

        /** The way to it or to the cell that would be there. */
        double way;

        /** β⁻¹Dᵢ in units of the cells, on graded axes of a finite volume. */
        double weight;

        /** Whether the wall on the way absorbs. */
        boolean absorbing;

        void standOn(int k) {
            int next = region.cell(k);
            int last = d - 1;
            if (next == cell + 1 && position[last] + 1 < centres[last].length) {
                position[last]++;
            } else {
                for (int a = 0; a < d; a++) {
                    position[a] = grid.position(next, a);
                }
            }
            cell = next;
        }

        void centre(double[] x) {
            for (int a = 0; a < d; a++) {
                x[a] = centres[a][position[a]];
            }
        }

        /** Goes one step along an axis. */
        void go(int axis, int sign) {
            int here = position[axis];
            int end = here + sign;
            int cells = centres[axis].length;
            way = ways[axis][4 * here + 1 - sign];
            weight = ways[axis][4 * here + 2 - sign];
            target = -1;
            if (end < 0 || end >= cells) {
                if (!region.isPeriodic(axis)) {
                    absorbing = (sign < 0 ? region.lower(axis) : region.upper(axis)) == Boundary.ABSORBING;
                    return;
                }
                end -= sign * cells;
            }
            target = region.index(cell + (end - here) * grid.stride(axis));
            absorbing = target < 0 && region.rim() == Boundary.ABSORBING;
        }
    }

    private Coefficients coefficients() {
        return new Coefficients(sde.drift(), sde.diffusion(), region);
    }

    /** Nothing is left of it but what is in the arrays. */
    private boolean evaluateCentres(int from, int to) {
        Coefficients coefficients = coefficients();
        Walk walk = new Walk();
        double[] x = new double[d];
        for (int k = from; k < to; k++) {
            walk.standOn(k);
            walk.centre(x);
            coefficients.at(x);
            for (int a = 0; a < d; a++) {
                forces[a][k] = coefficients.force[a];
            }
        }
        return true;
    }

    private boolean evaluateHalfway(int from, int to) {
        Coefficients coefficients = coefficients();
        Walk walk = new Walk();
        double[] x = new double[d];
        for (int k = from; k < to; k++) {
            walk.standOn(k);
            for (int a = 0; a < d; a++) {
                walk.go(a, 1);
                if (walk.target >= 0) {
                    double halfway = force(coefficients, walk, a, 0.5 * walk.way, x);
                    double mean = ((forces[a][k] + forces[a][walk.target]) + 4.0 * halfway) / 6.0;
                    ups[a][k] = mean * walk.way / inverseBeta;
                }
            }
        }
        return true;
    }

    /** ω along an axis, away from the centre along it. */
    private static double force(Coefficients coefficients, Walk walk, int axis, double off, double[] x) {
        walk.centre(x);
        x[axis] += off;
        coefficients.at(x);
        return coefficients.force[axis];
    }

    private void write(ColumnRange columns) {
        Coefficients coefficients = coefficients();
        Walk walk = new Walk();
        double[] x = new double[d];
        for (int k = columns.from(); k < columns.to(); k++) {
            walk.standOn(k);
            double peclet = 0.0;
            for (int a = 0; a < d; a++) {
                for (int sign = 1; sign >= -1; sign -= 2) {
                    walk.go(a, sign);
                    if (walk.target < 0 && !walk.absorbing) {
                        columns.wallFaces++;
                        columns.outwardFaces += forces[a][k] * sign > 0.0 ? 1 : 0;
                        continue;
                    }
                    columns.reach[a] = 1;
                    double w;
                    if (walk.target >= 0) {
                        w = sign > 0 ? ups[a][k] : -ups[a][walk.target];
                        columns.add(walk.target, walk.weight * Coefficients.bernoulli(-w));
                    } else {
                        double way = 0.5 * walk.way;
                        w = force(coefficients, walk, a, 0.5 * way, x) * way / inverseBeta;
                        double width = grid.axis(a).width(walk.position[a]);
                        double weight = inverseBeta * (strengths[a] / (width * width));
                        columns.exit(k, weight * Coefficients.bernoulli(-w) / 0.5);
                    }
                    peclet = Math.max(peclet, Math.abs(w));
                }
            }
            columns.peclet[k - columns.from()] = (float) peclet;
            columns.end(k);
        }
    }
}
