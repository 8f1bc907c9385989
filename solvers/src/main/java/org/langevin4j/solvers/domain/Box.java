package org.langevin4j.solvers.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;

/**
 * A box: the product of one interval for each coordinate, each with its own boundaries; normal reflection. The lower end
 * of coordinate i is face 2i, the upper one face 2i + 1. A path that crosses several absorbing faces in one step leaves
 * through the one with the smallest number.
 *
 * @param intervals one for each coordinate
 */
public record Box(List<Interval> intervals) implements Domain {

    /** Copies the intervals. */
    public Box {
        intervals = List.copyOf(intervals);
        if (intervals.isEmpty()) {
            throw new IllegalArgumentException("intervals must number at least 1, got 0");
        }
    }

    /**
     * The product of intervals.
     *
     * @param intervals one for each coordinate
     * @return the box
     */
    public static Box of(Interval... intervals) {
        return new Box(Arrays.asList(intervals));
    }

    /**
     * The cube of one interval.
     *
     * @param dimension d, positive
     * @param interval the interval of every coordinate
     * @return the box
     * @throws IllegalArgumentException if d is not positive or does not fit into memory
     */
    public static Box cube(int dimension, Interval interval) {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        Memory.require("a box of dimension " + dimension, 16.0 * dimension, "smaller dimensions need less");
        return new Box(Collections.nCopies(dimension, interval));
    }

    /**
     * The box of a region on a grid, with its faces, so that paths live in the same Ω as densities.
     *
     * @param region all cells of its grid
     * @return the box
     * @throws IllegalArgumentException if cells are left out, whose rim is no surface; or a face is specular, of which {@link
     *     Walls#of(Region)} knows
     */
    public static Box of(Region region) {
        return new Box(Interval.ofAxes(region, region.grid().dimension()));
    }

    @Override
    public int dimension() {
        return intervals.size();
    }

    @Override
    public int faces() {
        return 2 * intervals.size();
    }

    @Override
    public List<Hypersurface> surfaces() {
        List<Hypersurface> ends = new ArrayList<>();
        for (int i = 0; i < intervals.size(); i++) {
            Interval interval = intervals.get(i);
            ends.add(Hypersurface.end(interval.atLower(), i, interval.lower(), true));
            ends.add(Hypersurface.end(interval.atUpper(), i, interval.upper(), false));
        }
        return ends;
    }

    @Override
    public boolean contains(double[] x) {
        for (int i = 0; i < x.length; i++) {
            Interval interval = intervals.get(i);
            if (!(x[i] >= interval.lower() && x[i] <= interval.upper())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Confinement confinement(Sde sde, double stepSize, Seed seed) {
        return new BoxConfinement(intervals, sde, stepSize, seed);
    }

    @Override
    public String identity() {
        return toString();
    }

    private static final class BoxConfinement implements Confinement {

        private final Interval[] intervals;
        private final Bridge[] bridges;
        private final NormalVariance variance;
        private double[] exponents = new double[0];

        /** Whether D is one for all states and times, so that a look at the beginning is enough. */
        private final boolean constant;

        BoxConfinement(List<Interval> intervals, Sde sde, double stepSize, Seed seed) {
            this.intervals = intervals.toArray(Interval[]::new);
            this.bridges = new Bridge[2 * this.intervals.length];
            for (int face = 0; face < bridges.length; face++) {
                bridges[face] = new Bridge(seed, face);
            }
            this.variance = new NormalVariance(sde, stepSize);
            this.constant = sde.diffusion().isConstant() && sde.diffusion().isAutonomous();
            double[][] anywhere = new double[sde.dimension()][1];
            for (int i = 0; constant && i < this.intervals.length; i++) {
                if (hasMirror(this.intervals[i])) {
                    requireReach(i, anywhere, 0);
                }
            }
        }

        /** See {@link NoiseReach}: along an axis nᵀDn is an entry of D. */
        private void requireReach(int axis, double[][] x, int p) {
            if (intervals.length > 1 && !(variance.along(axis, x, p) > 0.0)) {
                throw NoiseReach.refusal(0.0, "coordinate " + axis);
            }
        }

        private static boolean hasMirror(Interval interval) {
            return (interval.atLower() == Face.REFLECTING && !Double.isInfinite(interval.lower()))
                    || (interval.atUpper() == Face.REFLECTING && !Double.isInfinite(interval.upper()));
        }

        @Override
        public void apply(double t, double[][] before, double[][] x, int paths, long[] path, long step, int[] exits) {
            Arrays.fill(exits, 0, paths, INSIDE);
            variance.at(t);
            for (int i = 0; i < intervals.length; i++) {
                Interval interval = intervals[i];
                if (interval.atLower() == Face.PERIODIC) {
                    interval.wrap(x[i], paths);
                    continue;
                }
                absorb(before, x, paths, path, step, exits, i, 2 * i, interval.atLower());
                absorb(before, x, paths, path, step, exits, i, 2 * i + 1, interval.atUpper());
                if (hasMirror(interval)) {
                    reflect(i, before, x[i], paths, exits);
                }
            }
        }

        private void absorb(
                double[][] before,
                double[][] x,
                int paths,
                long[] path,
                long step,
                int[] exits,
                int i,
                int face,
                Face kind) {
            boolean bridged = kind == Face.ABSORBING;
            double wall = (face & 1) == 0 ? intervals[i].lower() : intervals[i].upper();
            if (!(bridged || kind == Face.ABSORBING_AT_STEPS) || Double.isInfinite(wall)) {
                return;
            }
            double inward = (face & 1) == 0 ? 1.0 : -1.0;
            if (bridged) {
                if (exponents.length < paths) {
                    exponents = new double[paths];
                }
                variance.alongAxis(i, before, paths, exponents);
                exponents(before[i], x[i], paths, wall, inward, exponents);
            }
            for (int p = 0; p < paths; p++) {
                double after = inward * (x[i][p] - wall);
                boolean out = !(after > 0.0);
                if ((out || (bridged && Bridge.mayTouch(exponents[p]))) && exits[p] == INSIDE) {
                    if (out || bridges[face].touches(exponents[p], path[p], step)) {
                        exits[p] = face;
                        x[i][p] = wall;
                    }
                }
            }
        }

        /** From the variances of a step to 2a₀a₁/s, for all paths. */
        private static void exponents(
                double[] before, double[] x, int paths, double wall, double inward, double[] variances) {
            for (int p = 0; p < paths; p++) {
                double start = inward * (before[p] - wall);
                double after = inward * (x[p] - wall);
                variances[p] = 2.0 * start * after / variances[p];
            }
        }

        private void reflect(int i, double[][] before, double[] x, int paths, int[] exits) {
            Interval interval = intervals[i];
            double lower = interval.atLower() == Face.REFLECTING ? interval.lower() : Double.NEGATIVE_INFINITY;
            double upper = interval.atUpper() == Face.REFLECTING ? interval.upper() : Double.POSITIVE_INFINITY;
            for (int p = 0; p < paths; p++) {
                double value = x[p];
                if ((value < lower || value > upper) && exits[p] == INSIDE) {
                    if (!constant) {
                        requireReach(i, before, p);
                    }
                    x[p] = mirrored(value, lower, upper);
                }
            }
        }

        /** Mirrored at both ends as often as it takes. */
        static double mirrored(double value, double lower, double upper) {
            if (upper == Double.POSITIVE_INFINITY) {
                return lower + (lower - value);
            }
            if (lower == Double.NEGATIVE_INFINITY) {
                return upper - (value - upper);
            }
            double width = upper - lower;
            // The remainder is exact, however far outside: in [−width, width], and the mirror images are ±.
            double offset = Math.abs(Math.IEEEremainder(value - lower, 2.0 * width));
            return Math.min(upper, lower + offset);
        }
    }
}
