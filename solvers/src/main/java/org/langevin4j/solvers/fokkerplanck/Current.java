package org.langevin4j.solvers.fokkerplanck;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.discretisation.SpecularFaces;
import org.langevin4j.solvers.markov.Generator;

/**
 * The probability current J = bρ − β⁻¹∇·(Dρ) of a density, from the flows of the Markov process on the cells. A flow between
 * two cells that are e apart counts half to either: J = ½ Σ flow·e / volume. Second order in the width of the cells, but
 * for those at a boundary. Immutable.
 *
 * <p>As a vector field it is interpolated between the centres, constant beyond the outermost ones; zero outside the region.
 */
public final class Current implements VectorField {

    private static final int MOST_PIECES = 100_000_000;

    private final Grid grid;

    /** One for each axis, zero outside the region. */
    private final CellFunction[] components;

    private final CellFunction[] functions;
    private final CellFunction divergence;

    private Current(Grid grid, CellFunction[] components, CellFunction[] functions, CellFunction divergence) {
        this.grid = grid;
        this.components = components;
        this.functions = functions;
        this.divergence = divergence;
    }

    /**
     * The current of a density.
     *
     * @param chain the discrete equation
     * @param density ρ, on its grid
     * @return J with its divergence
     * @throws IllegalArgumentException if a periodic axis is so short that the way of a jump is not known
     */
    public static Current of(GridGenerator chain, Density density) {
        double[] p = chain.probabilities(density);
        Generator generator = chain.generator();
        Flows flows = new Flows(chain);
        for (int cell = 0; cell < p.length; cell++) {
            double mass = p[cell];
            generator.forEachRateFrom(cell, (from, to, rate) -> flows.between(from, to, rate * mass));
            if (chain.killing().faceRate(cell) > 0.0) {
                flows.exit(cell, chain.killing().faceRate(cell) * mass);
            }
        }
        double[] change = new double[p.length];
        generator.times(p, change);
        for (int cell = 0; cell < p.length; cell++) {
            change[cell] = -(change[cell] + chain.killing().rate(cell) * p[cell]);
        }
        return flows.current(change);
    }

    /** Flows between the cells of a region, one by one. */
    static final class Flows {

        private final GridGenerator chain;
        private final Region region;
        private final Grid grid;
        private final double[][] sums;
        private final double[] displacement;

        Flows(GridGenerator chain) {
            chain.requireWays();
            this.chain = chain;
            this.region = chain.region();
            this.grid = region.grid();
            this.sums = new double[grid.dimension()][region.size()];
            this.displacement = new double[sums.length];
        }

        /** From one cell to another, half of it in either. */
        void between(int from, int to, double flow) {
            int face = SpecularFaces.axis(region, region.cell(from), region.cell(to));
            if (face >= 0) {
                // Out through the wall with one momentum, in with the other.
                double out = outward(from, face, flow);
                sums[face][from] += out;
                sums[face][to] -= out;
                return;
            }
            displacement(region, from, to, displacement);
            for (int a = 0; a < sums.length; a++) {
                double half = 0.5 * flow * displacement[a];
                sums[a][from] += half;
                sums[a][to] += half;
            }
        }

        /** From one cell a part of the way to another; negative for one that comes from there. */
        void part(int from, int to, double flow, double part) {
            int face = SpecularFaces.axis(region, region.cell(from), region.cell(to));
            if (face >= 0) {
                sums[face][from] += outward(from, face, flow);
                return;
            }
            displacement(region, from, to, displacement);
            for (int a = 0; a < sums.length; a++) {
                sums[a][from] += flow * part * displacement[a];
            }
        }

        private double outward(int cell, int face, double flow) {
            int position = grid.position(region.cell(cell), face);
            double half = 0.5 * flow * grid.axis(face).width(position);
            return SpecularFaces.at(region, position, face, 1) ? half : -half;
        }

        /** Out through the absorbing faces of a cell. */
        void exit(int cell, double flow) {
            addExit(region, cell, flow, sums);
        }

        /** The current, with what leaves each cell on the whole. */
        Current current(double[] leaving) {
            double[] divergence = leaving.clone();
            for (int cell = 0; cell < divergence.length; cell++) {
                double volume = grid.volume(region.cell(cell));
                divergence[cell] /= volume;
                for (double[] sum : sums) {
                    sum[cell] /= volume;
                }
            }
            CellFunction[] components = new CellFunction[sums.length];
            CellFunction[] functions = new CellFunction[sums.length];
            for (int a = 0; a < sums.length; a++) {
                functions[a] = chain.function(sums[a]);
                double[] everywhere = new double[grid.cells()];
                for (int cell = 0; cell < divergence.length; cell++) {
                    everywhere[region.cell(cell)] = sums[a][cell];
                }
                components[a] = CellFunction.of(grid, everywhere);
            }
            return new Current(grid, components, functions, chain.function(divergence));
        }
    }

    /** From centre to centre, the shorter way round a periodic axis. */
    private static void displacement(Region region, int from, int to, double[] out) {
        Grid grid = region.grid();
        for (int a = 0; a < out.length; a++) {
            Axis axis = grid.axis(a);
            double e =
                    axis.centre(grid.position(region.cell(to), a)) - axis.centre(grid.position(region.cell(from), a));
            if (region.isPeriodic(a)) {
                double length = axis.max() - axis.min();
                e -= length * Math.rint(e / length);
            }
            out[a] = e;
        }
    }

    /** What is absorbed leaves in equal parts by those faces of the cell that absorb. */
    private static void addExit(Region region, int cell, double flow, double[][] sums) {
        Grid grid = region.grid();
        int number = region.cell(cell);
        int d = sums.length;
        boolean[] open = new boolean[2 * d];
        int faces = 0;
        for (int a = 0; a < d; a++) {
            open[2 * a] = absorbs(region, number, a, -1);
            open[2 * a + 1] = absorbs(region, number, a, 1);
            faces += (open[2 * a] ? 1 : 0) + (open[2 * a + 1] ? 1 : 0);
        }
        for (int a = 0; a < d; a++) {
            double half = 0.5 * flow / Math.max(faces, 1) * grid.axis(a).width(grid.position(number, a));
            sums[a][cell] += (open[2 * a + 1] ? half : 0.0) - (open[2 * a] ? half : 0.0);
        }
    }

    private static boolean absorbs(Region region, int number, int axis, int direction) {
        Grid grid = region.grid();
        int position = grid.position(number, axis) + direction;
        int last = grid.axis(axis).cells() - 1;
        if (position < 0 || position > last) {
            Boundary face = direction < 0 ? region.lower(axis) : region.upper(axis);
            if (face != Boundary.PERIODIC) {
                return face == Boundary.ABSORBING;
            }
            position = direction < 0 ? last : 0;
        }
        int neighbour = number + (position - grid.position(number, axis)) * grid.stride(axis);
        return !region.contains(neighbour) && region.rim() == Boundary.ABSORBING;
    }

    /**
     * One component in the cells.
     *
     * @param axis the axis
     * @return J along that axis, probability per unit of area and time; not defined outside the region
     */
    public CellFunction component(int axis) {
        return functions[axis];
    }

    /**
     * The divergence, from the flows themselves: what leaves each cell for others or through faces.
     *
     * @return ∇·J = −∂ρ/∂t in the cells, with killing and a source −∂ρ/∂t − kρ + s; not defined outside the region
     */
    public CellFunction divergence() {
        return divergence;
    }

    /**
     * The circulation in the plane of two axes, ½⟨xᵢ∘dxⱼ − xⱼ∘dxᵢ⟩/dt for paths: the mean rate at which they sweep area about
     * the origin. Of a stationary current without flow through walls it does not depend on the origin. Axes must not be
     * periodic for it to mean anything.
     *
     * @param i one axis
     * @param j another one
     * @return ½∫(xᵢJⱼ − xⱼJᵢ), area per unit of time, positive from i to j
     */
    public double areaRate(int i, int j) {
        double[] x = new double[components.length];
        double sum = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            grid.centre(cell, x);
            sum += 0.5 * (x[i] * components[j].value(cell) - x[j] * components[i].value(cell)) * grid.volume(cell);
        }
        return sum;
    }

    /**
     * The flux through a straight segment of the plane. Of a stationary current through a ray from a point to where the
     * density vanishes it is the number of turns about that point, counter-clockwise less clockwise, per unit of time.
     *
     * @param from a
     * @param to c
     * @return ∫J·n from a to c with the normal n to the left, probability per unit of time; by the midpoint rule on pieces of
     *     a quarter of the smallest width of the cells
     * @throws IllegalArgumentException if the current is not two-dimensional, a point is not finite or they are more than 10⁸ pieces apart
     */
    public double flux(double[] from, double[] to) {
        if (components.length != 2) {
            throw new IllegalArgumentException(
                    "flux through a segment needs a plane, got dimension " + components.length);
        }
        if (from.length != 2 || to.length != 2 || !(Vectors.distance(from, to) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("from and to must be finite points of the plane, got "
                    + Arrays.toString(from) + " and " + Arrays.toString(to));
        }
        double dx = to[0] - from[0];
        double dy = to[1] - from[1];
        double width = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 2; a++) {
            Axis axis = grid.axis(a);
            for (int k = 0; k < axis.cells(); k++) {
                width = Math.min(width, axis.width(k));
            }
        }
        double needed = Math.max(1.0, Math.ceil(4.0 * Math.hypot(dx, dy) / width));
        if (!(needed <= MOST_PIECES)) {
            throw new IllegalArgumentException(
                    "from and to must be at most " + MOST_PIECES + " quarters of a cell apart, got " + needed);
        }
        int pieces = (int) needed;
        double[] x = new double[2];
        double[] j = new double[2];
        double sum = 0.0;
        for (int k = 0; k < pieces; k++) {
            double t = (k + 0.5) / pieces;
            x[0] = from[0] + t * dx;
            x[1] = from[1] + t * dy;
            at(x, j);
            sum += (j[1] * dx - j[0] * dy) / pieces;
        }
        return sum;
    }

    @Override
    public void at(double[] x, double[] out) {
        for (int a = 0; a < components.length; a++) {
            double value = components[a].at(x);
            out[a] = Double.isNaN(value) ? 0.0 : value;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "current on %s, largest |∇·J| %.2g", grid, divergence.maxNorm());
    }
}
