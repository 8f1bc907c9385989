package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The quasi-potential V(x) = inf ¼∫(ẋ − b)ᵀD⁻¹(ẋ − b)dt over paths from an attractor to x, with its gradient, at the centres of
 * the cells of a plane grid. In the basin of the attractor it is the limit of −β⁻¹ log ρˢˢ for β → ∞, up to a constant, and in a
 * gradient system b = −D∇Φ the difference of Φ.
 */
public final class QuasiPotential {

    private static final double NEAR = 2.0;

    private final Grid grid;
    private final VectorField drift;
    private final Diffusion diffusion;
    private final double[] values;
    private final double[] first;
    private final double[] second;
    private final BitSet ordered;
    private final int reached;
    private final int fronts;
    private final long markers;
    private final Duration wallTime;

    QuasiPotential(
            Grid grid,
            VectorField drift,
            Diffusion diffusion,
            double[] values,
            double[] first,
            double[] second,
            BitSet ordered,
            int fronts,
            long markers,
            Duration wallTime) {
        this.grid = grid;
        this.drift = drift;
        this.diffusion = diffusion;
        this.values = values;
        this.first = first;
        this.second = second;
        this.ordered = ordered;
        int finite = 0;
        for (double value : values) {
            finite += value < Double.POSITIVE_INFINITY ? 1 : 0;
        }
        this.reached = finite;
        this.fronts = fronts;
        this.markers = markers;
        this.wallTime = wallTime;
    }

    /**
     * The grid.
     *
     * @return two axes
     */
    public Grid grid() {
        return grid;
    }

    /**
     * V at the centre of a cell.
     *
     * @param cell number of the cell
     * @return V ≥ 0; infinite if the cell was not reached
     */
    public double value(int cell) {
        return values[cell];
    }

    /**
     * ∇V at the centre of a cell.
     *
     * @param cell number of the cell
     * @param out receives ∇V, length 2; NaN if the cell was not reached
     */
    public void gradient(int cell, double[] out) {
        out[0] = first[cell];
        out[1] = second[cell];
    }

    /**
     * V at a point, from values and gradients at the four centres around it; exact for quadratic V, of third order where they
     * are from fronts.
     *
     * @param x a point between centres of cells
     * @return V; NaN if a cell that it needs was not reached or the point is outside of them
     */
    public double at(double... x) {
        double[] corner = new double[2];
        double[] jet = new double[3];
        return interpolate(x, corner, jet) ? jet[0] : Double.NaN;
    }

    /** V and ∇V at a point, with bilinear weights w: V = Σ w(V_c + ½∇V_c·(x − x_c)). */
    private boolean interpolate(double[] x, double[] corner, double[] jet) {
        double[] y = PlaneCells.toCells(grid, x);
        int rows = grid.axis(0).cells();
        int columns = grid.axis(1).cells();
        if (!(y[0] >= 0.0 && y[0] <= rows - 1 && y[1] >= 0.0 && y[1] <= columns - 1)) {
            return false;
        }
        int i = Math.min((int) y[0], rows - 2);
        int j = Math.min((int) y[1], columns - 2);
        Arrays.fill(jet, 0.0);
        for (int k = 0; k < 4; k++) {
            int row = i + k / 2;
            int column = j + k % 2;
            double weight = (1.0 - Math.abs(y[0] - row)) * (1.0 - Math.abs(y[1] - column));
            if (weight == 0.0) {
                continue;
            }
            int cell = row * columns + column;
            grid.centre(cell, corner);
            jet[0] += weight
                    * (values[cell] + 0.5 * (first[cell] * (x[0] - corner[0]) + second[cell] * (x[1] - corner[1])));
            jet[1] += weight * first[cell];
            jet[2] += weight * second[cell];
        }
        // The gradient of a cell that was not reached is NaN.
        return Double.isFinite(jet[0]);
    }

    /**
     * V at a saddle, which the characteristics approach but never reach: from the jet of the nearest cell that a front has
     * reached (of the nearest cell if none has), with ∇V = 0 at the saddle. The error is that of a quadratic V over the few cells in between.
     *
     * @param x a resting point of the drift at the edge of the region that was reached
     * @return V
     * @throws IllegalArgumentException if no cell was reached
     */
    public double atSaddle(double... x) {
        double[] centre = new double[2];
        double nearest = Double.POSITIVE_INFINITY;
        double value = Double.NaN;
        for (int cell = 0; cell < values.length; cell++) {
            if (values[cell] == Double.POSITIVE_INFINITY || (fronts > 0 && ordered.get(cell))) {
                continue;
            }
            grid.centre(cell, centre);
            double d1 = x[0] - centre[0];
            double d2 = x[1] - centre[1];
            double distance = Math.hypot(d1, d2);
            if (distance < nearest) {
                nearest = distance;
                value = values[cell] + 0.5 * (first[cell] * d1 + second[cell] * d2);
            }
        }
        if (!(nearest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("no cell was reached");
        }
        return value;
    }

    /**
     * The most likely path to a point: the characteristic ẋ = b + 2D∇V followed back to the attractor, by steps of half a cell.
     *
     * <p>Only in cells that a front has reached: a path that slides down behind a saddle takes infinite time at it, and ordered
     * line integrals know its direction only roughly.
     *
     * @param x end of the path, a point where {@link #at} is known, in a cell with V from a front
     * @return points from near the attractor to x
     * @throws IllegalArgumentException if V is not known at x from a front
     * @throws ConvergenceException if the path leaves the cells that were reached or does not come to the attractor
     */
    public double[][] pathTo(double... x) {
        if (!Double.isFinite(at(x)) || ordered.get(grid.cellOf(x))) {
            throw new IllegalArgumentException(
                    "V must be known at the end of the path, and from a front, got " + Arrays.toString(x));
        }
        Hamiltonian hamiltonian = Hamiltonian.of(drift, diffusion, 1.0);
        List<double[]> points = new ArrayList<>();
        double[] point = x.clone();
        points.add(point);
        double[] slope = new double[3];
        double[] middle = new double[2];
        int limit = 100 * (grid.axis(0).cells() + grid.axis(1).cells());
        double cell = Math.min(PlaneCells.width(grid.axis(0)), PlaneCells.width(grid.axis(1)));
        while (points.size() < limit) {
            if (!backwards(hamiltonian, point, slope)) {
                throw new ConvergenceException(
                        "the path back left the cells that were reached", at(point), points.size(), 0.0);
            }
            // |∇V| falls to zero at the attractor: there V is about half of |∇V| times the distance.
            if (2.0 * at(point) <= NEAR * cell * slope[2]) {
                Collections.reverse(points);
                return points.toArray(new double[0][]);
            }
            for (int a = 0; a < 2; a++) {
                middle[a] = point[a] + 0.25 * cell * slope[a];
            }
            if (backwards(hamiltonian, middle, slope)) {
                double[] next = new double[2];
                for (int a = 0; a < 2; a++) {
                    next[a] = point[a] + 0.5 * cell * slope[a];
                }
                point = next;
                points.add(point);
            } else {
                throw new ConvergenceException(
                        "the path back left the cells that were reached", at(point), points.size(), 0.0);
            }
        }
        throw new ConvergenceException("the path back does not come to the attractor", at(point), limit, 0.0);
    }

    /** The unit vector against the characteristic, and |∇V|. */
    private boolean backwards(Hamiltonian hamiltonian, double[] x, double[] out) {
        double[] corner = new double[2];
        double[] jet = new double[3];
        if (!interpolate(x, corner, jet)) {
            return false;
        }
        double[] velocity = new double[2];
        hamiltonian.velocity(x, new double[] {jet[1], jet[2]}, velocity);
        double speed = Math.hypot(velocity[0], velocity[1]);
        out[0] = -velocity[0] / speed;
        out[1] = -velocity[1] / speed;
        out[2] = Math.hypot(jet[1], jet[2]);
        return true;
    }

    /**
     * How many cells a minimising path was found for.
     *
     * @return number of cells with a finite V
     */
    public int reached() {
        return reached;
    }

    /**
     * How many of these cells have V from an ordered march: those that no front reached, or reached by a dearer path.
     *
     * @return number of cells for which {@link #isOrdered} holds
     */
    public int ordered() {
        return ordered.cardinality();
    }

    /**
     * How V in a cell was computed.
     *
     * @param cell number of the cell
     * @return true if by {@linkplain OrderedLineIntegrals ordered line integrals}, of first to second order; false if from
     *     {@linkplain CharacteristicFronts fronts}, of third, or if the cell was not reached
     */
    public boolean isOrdered(int cell) {
        return ordered.get(cell);
    }

    /**
     * How many level curves it took.
     *
     * @return number
     */
    public int fronts() {
        return fronts;
    }

    /**
     * How many steps of characteristics it took.
     *
     * @return sum of the markers of all level curves
     */
    public long markers() {
        return markers;
    }

    /**
     * The time it took.
     *
     * @return wall time
     */
    public Duration wallTime() {
        return wallTime;
    }

    @Override
    public String toString() {
        return "quasi-potential on " + grid + ", reached " + reached + " cells, by fronts " + (reached - ordered());
    }
}
