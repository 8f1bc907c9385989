package org.langevin4j.solvers.discretisation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;

/**
 * The rates of an Itô equation. D at a cell, in units of its widths, is decomposed by {@link Selling} into offsets; along
 * each of them probability flows by the exponential flux of Scharfetter and Gummel with w = β∫ω·dx, Dω = b, integrated
 * by Simpson's rule. What of b the range of D does not reach is moved upwind along the axes. b and D are evaluated once at
 * each centre, once half-way between the two cells of each pair, and once half-way to an absorbing wall.
 */
final class ItoScheme {

    /** Drift moved upwind, over the diffusion along its axis, both in cells: twice the numerical diffusion in parts of D. */
    private static final double BLURS = 0.5;

    private final Region region;
    private final Grid grid;
    private final Sde sde;
    private final double inverseBeta;
    private final int d;
    private final int[] longest;

    /** ω at the centres, {@code [axis][cell]}. */
    private final double[][] forces;

    private ItoScheme(Sde sde, Region region) {
        this.sde = sde;
        this.region = region;
        this.grid = region.grid();
        this.inverseBeta = sde.temperature().value();
        this.d = grid.dimension();
        this.longest = longestOffsets(grid);
        this.forces = new double[d][region.size()];
    }

    /** Longer than a quarter of the box says nothing about a derivative. */
    static int[] longestOffsets(Grid grid) {
        int[] longest = new int[grid.dimension()];
        for (int a = 0; a < longest.length; a++) {
            longest[a] = Math.max(2, Math.min(128, grid.axis(a).cells() / 4));
        }
        return longest;
    }

    static List<ColumnRange> columns(Sde ito, Region region) {
        if (AxisScheme.suits(ito, region)) {
            return AxisScheme.columns(ito, region);
        }
        ItoScheme scheme = new ItoScheme(ito, region);
        List<Known> known = CellRanges.map(region.size(), (from, to) -> scheme.new Evaluation().range(from, to));
        return ColumnRange.write(region.size(), scheme.d, columns -> scheme.new Writer(columns, known).write());
    }

    /** What was evaluated in a range of cells: at the centres, and half-way on the ways up to other cells, by their numbers. */
    private record Known(KnownDiffusion centres, CellLists halfway) {}

    /** A cell and the ways out of it; one object a thread. */
    private class Surroundings {

        final Coefficients coefficients = new Coefficients(sde.drift(), sde.diffusion(), region);
        final Selling selling = new Selling(d, longest);
        final Stencil stencil = new Stencil(region);
        final Ways ways = new Ways(stencil, selling);
        final double[] x = new double[d];
        final double[] scaled = new double[d * d];
        private final double[] middle = new double[d];

        /** The number of the way of the stencil, seen from the cell at which its first step leads up. */
        int way;

        boolean up;

        void standOn(int k) {
            stencil.from(region.cell(k));
            stencil.centre(x);
        }

        void evaluateAtCentre() {
            System.arraycopy(x, 0, middle, 0, d);
            coefficients.at(middle);
        }

        double width(int axis) {
            return grid.axis(axis).width(stencil.position(axis));
        }

        /** Numbers the way. In more than 3 axes steps are of one cell along one axis, and powers of an odd number differ. */
        void orient() {
            int first = 0;
            way = 0;
            for (int step : stencil.step) {
                first = first == 0 ? step : first;
                way = 1031 * way + step;
            }
            up = first > 0;
            way = up ? way : -way;
        }

        /** Half-way on the way, seen from below: ω along an axis, or else ω·dx. */
        double halfway() {
            for (int a = 0; a < d; a++) {
                middle[a] = x[a] + 0.5 * stencil.way[a];
            }
            coefficients.at(middle);
            int axis = stencil.along;
            if (axis >= 0) {
                return coefficients.force[axis];
            }
            double work = 0.0;
            for (int a = 0; a < d; a++) {
                work += coefficients.force[a] * stencil.way[a];
            }
            return up ? work : -work;
        }
    }

    /** Of the centres, and half-way up to other cells. */
    private final class Evaluation extends Surroundings {

        Known range(int from, int to) {
            KnownDiffusion centres = new KnownDiffusion(from, to, d);
            CellLists halfway = new CellLists(from, to, 1, d);
            for (int k = from; k < to; k++) {
                int cell = k;
                standOn(k);
                evaluateAtCentre();
                for (int a = 0; a < d; a++) {
                    forces[a][k] = coefficients.force[a];
                }
                stencil.inWidths(coefficients.matrix, scaled);
                selling.decompose(scaled);
                centres.put(k, coefficients, selling);
                ways.forEachUp((e, sign, axis, back) -> {
                    if (stencil.target >= 0 && stencil.target != cell) {
                        orient();
                        if (up && !halfway.has(way)) {
                            halfway.add(way, halfway());
                        }
                    }
                });
                halfway.end(k);
            }
            return new Known(centres, halfway);
        }
    }

    /** One range of cells. */
    private final class Writer extends Surroundings {

        private final ColumnRange columns;
        private final List<Known> known;
        private final double[] rest = new double[d];
        private final double[] shift = new double[d * (d + 1) / 2];
        private final int[] unit = new int[d];

        /** Half-way down, where the other cell has no such way up. */
        private final List<Integer> downs = new ArrayList<>();

        private final List<Double> halfwayDown = new ArrayList<>();
        private double peclet;

        Writer(ColumnRange columns, List<Known> known) {
            this.columns = columns;
            this.known = known;
        }

        void write() {
            KnownDiffusion here = known.get(CellRanges.of(columns.from())).centres;
            for (int k = columns.from(); k < columns.to(); k++) {
                int cell = k;
                standOn(k);
                here.get(k, coefficients);
                for (int a = 0; a < d; a++) {
                    coefficients.force[a] = forces[a][k];
                }
                double trace = stencil.inWidths(coefficients.matrix, scaled);
                if (!here.get(k, selling)) {
                    selling.decompose(scaled);
                }
                for (int a = 0; a < d; a++) {
                    requireSpecular(a, region.cell(k));
                }
                if (selling.thickness > 0.0) {
                    columns.thickness = Math.max(columns.thickness, selling.thickness / trace);
                }
                residual();
                downs.clear();
                halfwayDown.clear();
                peclet = 0.0;
                ways.forEach((e, sign, axis, back) -> go(cell, e, sign, axis, back));
                columns.peclet[k - columns.from()] = (float) peclet;
                for (int a = 0; a < d; a++) {
                    upwind(k, a);
                }
                columns.end(k);
            }
            here.forget();
        }

        /** A specular face joins two cells of the region, and the noise does not reach it. */
        private void requireSpecular(int axis, int cell) {
            int position = stencil.position(axis);
            if (!SpecularFaces.at(region, position, axis, 1) && !SpecularFaces.at(region, position, axis, -1)) {
                return;
            }
            if (!(scaled[axis * (d + 1)] == 0.0)) {
                throw new IllegalArgumentException("noise must not reach a specular face, got D[" + axis + "][" + axis
                        + "] = " + coefficients.matrix[axis * (d + 1)] + " at x = " + Arrays.toString(x));
            }
            if (!region.contains(SpecularFaces.mirrored(grid, cell, axis))) {
                throw new IllegalArgumentException("region must be symmetric in the momentum, axis " + (axis + d / 2)
                        + ", at a specular face, got x = " + Arrays.toString(x) + " without its mirror image");
            }
        }

        /**
         * The drift, in cells a time, that the forces do not carry: none unless D is singular, was thickened, or is not
         * diagonal on graded axes. An offset along the axis takes it over by a shift of its w; the rest goes upwind.
         */
        private void residual() {
            Arrays.fill(rest, 0.0);
            for (int i = 0; i < d; i++) {
                if (coefficients.singular) {
                    double drift = coefficients.drift[i] / width(i);
                    rest[i] = drift;
                    for (int j = 0; j < d; j++) {
                        double thick = scaled[i * d + j] + (i == j ? selling.thickness : 0.0);
                        rest[i] -= thick * coefficients.force[j] * width(j);
                    }
                    if (Math.abs(rest[i]) <= 1e-9 * Math.abs(drift)) {
                        rest[i] = 0.0;
                    }
                } else if (selling.thickness > 0.0) {
                    // The offsets carry (D + δ)ω.
                    rest[i] = -selling.thickness * coefficients.force[i] * width(i);
                }
            }
            // A straight line in numbers of cells is curved in space where the widths change.
            for (int e = 0; e < selling.count; e++) {
                if (Stencil.axis(selling.offsets, e * d, d) < 0) {
                    for (int i = 0; i < d; i++) {
                        int step = selling.offsets[e * d + i];
                        rest[i] -= inverseBeta * selling.weights[e] * step * step * widening(i);
                    }
                }
            }
            for (int e = 0; e < selling.count; e++) {
                shift[e] = 0.0;
                int axis = Stencil.axis(selling.offsets, e * d, d);
                if (axis >= 0 && rest[axis] != 0.0) {
                    shift[e] = rest[axis] * selling.offsets[e * d + axis] / (inverseBeta * selling.weights[e]);
                    rest[axis] = 0.0;
                }
            }
        }

        /** (h₊ − h₋)/2h, zero on a uniform axis. */
        private double widening(int axis) {
            int i = stencil.position(axis);
            int last = grid.axis(axis).cells() - 1;
            double above = grid.axis(axis).width(Math.min(i + 1, last));
            double below = grid.axis(axis).width(Math.max(i - 1, 0));
            double difference = above - below;
            // Rounded edges of equal cells are not a grading.
            return Math.abs(difference) <= 1e-9 * above ? 0.0 : difference / (2.0 * width(axis));
        }

        /** Writes the rate along a way with the weight of an offset. */
        private void go(int k, int e, int sign, int axis, boolean back) {
            int target = stencil.target;
            if (target < 0 && !stencil.absorbing) {
                wall(k, axis, sign * selling.offsets[e * d + Math.max(axis, 0)]);
                return;
            }
            if (target == k) {
                return;
            }
            for (int a = 0; a < d; a++) {
                columns.reach[a] = Math.max(columns.reach[a], Math.abs(selling.offsets[e * d + a]));
            }
            double w = work(k, target) / inverseBeta + sign * shift[e] * stencil.fraction;
            double graded = axis < 0 ? 1.0 : stencil.gradedFactor(axis);
            double rate = inverseBeta * selling.weights[e] * graded * Coefficients.bernoulli(-w);
            if (target < 0) {
                columns.exit(k, rate / stencil.fraction);
            } else {
                columns.add(target, rate);
            }
            peclet = back ? peclet : Math.max(peclet, Math.abs(w));
        }

        /** ∫ω·dx along the way: by Simpson's rule to a cell, by the midpoint to a wall. */
        private double work(int k, int target) {
            orient();
            double halfway = target < 0 ? halfway() : halfwayTo(k, target);
            int axis = stencil.along;
            if (axis >= 0) {
                double force = target < 0 ? halfway : ((forces[axis][k] + forces[axis][target]) + 4.0 * halfway) / 6.0;
                return force * stencil.way[axis];
            }
            double middle = up ? halfway : -halfway;
            if (target < 0) {
                return middle;
            }
            double ends = 0.0;
            for (int a = 0; a < d; a++) {
                ends += (forces[a][k] + forces[a][target]) * stencil.way[a];
            }
            return (ends + 4.0 * middle) / 6.0;
        }

        private double halfwayTo(int k, int target) {
            int owner = up ? k : target;
            CellLists ups = known.get(CellRanges.of(owner)).halfway;
            int place = ups.find(owner, way);
            if (place >= 0) {
                return ups.number(place, 0);
            }
            int found = downs.indexOf(way);
            if (found < 0) {
                found = downs.size();
                downs.add(way);
                halfwayDown.add(halfway());
            }
            return halfwayDown.get(found);
        }

        /** Counts a face on a reflecting wall. */
        private void wall(int k, int axis, int direction) {
            if (axis >= 0) {
                columns.wallFaces++;
                columns.outwardFaces += forces[axis][k] * direction > 0.0 ? 1 : 0;
            }
        }

        private void upwind(int k, int axis) {
            if (rest[axis] == 0.0) {
                return;
            }
            Arrays.fill(unit, 0);
            unit[axis] = 1;
            stencil.go(unit, 0, rest[axis] > 0.0 ? 1 : -1);
            double rate = Math.abs(rest[axis]);
            columns.upwind |= rate > BLURS * inverseBeta * scaled[axis * (d + 1)];
            boolean quiet = !(scaled[axis * (d + 1)] > 0.0);
            if (quiet) {
                columns.carry(
                        k,
                        rate
                                * width(axis)
                                / (grid.axis(axis).max() - grid.axis(axis).min()));
            }
            if (stencil.target >= 0 && stencil.target != k) {
                columns.reach[axis] = Math.max(columns.reach[axis], 1);
                columns.add(stencil.target, rate);
            } else if (stencil.absorbing) {
                columns.exit(k, rate);
            } else if (stencil.target < 0 && stencil.specular(axis, rest[axis] > 0.0 ? 1 : -1)) {
                int momentum = axis + d / 2;
                int far = Math.abs(grid.axis(momentum).cells() - 1 - 2 * stencil.position(momentum));
                columns.reach[momentum] = Math.max(columns.reach[momentum], far);
                columns.add(stencil.target, rate);
            } else if (stencil.target < 0 && quiet) {
                columns.stop(k, rate);
            }
        }
    }
}
