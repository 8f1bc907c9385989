package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;

/**
 * The rates of an Itô equation. D at a cell, in units of its widths, is decomposed by {@link Selling} into offsets; along
 * each of them probability flows by the exponential flux of Scharfetter and Gummel with w = β∫ω·dx, Dω = b, integrated
 * by Simpson's rule. What of b the range of D does not reach is moved upwind along the axes.
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
        ItoScheme scheme = new ItoScheme(ito, region);
        ColumnRange.write(region.size(), scheme.d, scheme::evaluate);
        return ColumnRange.write(region.size(), scheme.d, columns -> scheme.new Writer(columns).write());
    }

    private void evaluate(ColumnRange range) {
        Coefficients coefficients = new Coefficients(sde.drift(), sde.diffusion(), region);
        double[] x = new double[d];
        for (int k = range.from(); k < range.to(); k++) {
            grid.centre(region.cell(k), x);
            coefficients.at(x);
            for (int a = 0; a < d; a++) {
                forces[a][k] = coefficients.force[a];
            }
        }
    }

    /** One range of cells. */
    private final class Writer {

        private final ColumnRange columns;
        private final Coefficients coefficients = new Coefficients(sde.drift(), sde.diffusion(), region);
        private final Selling selling = new Selling(d, longest);
        private final Stencil stencil = new Stencil(region);
        private final double[] x = new double[d];
        private final double[] middle = new double[d];
        private final double[] scaled = new double[d * d];
        private final double[] rest = new double[d];
        private final double[] shift = new double[d * (d + 1) / 2];
        private final int[] unit = new int[d];
        private final int[] back = new int[d];

        Writer(ColumnRange columns) {
            this.columns = columns;
        }

        void write() {
            for (int k = columns.from(); k < columns.to(); k++) {
                int cell = region.cell(k);
                stencil.from(cell);
                grid.centre(cell, x);
                System.arraycopy(x, 0, middle, 0, d);
                coefficients.at(middle);
                double trace = 0.0;
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        scaled[i * d + j] = coefficients.matrix[i * d + j] / (width(i) * width(j));
                    }
                    trace += scaled[i * d + i];
                }
                selling.decompose(scaled);
                for (int a = 0; a < d; a++) {
                    requireSpecular(a, cell);
                }
                if (selling.thickness > 0.0) {
                    columns.thickness = Math.max(columns.thickness, selling.thickness / trace);
                }
                residual();
                double peclet = 0.0;
                for (int e = 0; e < selling.count; e++) {
                    peclet = Math.max(peclet, Math.max(offset(k, e, 1), offset(k, e, -1)));
                }
                columns.peclet[k - columns.from()] = (float) peclet;
                for (int a = 0; a < d; a++) {
                    upwind(k, a);
                }
                columns.end(k);
            }
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

        private double width(int axis) {
            return grid.axis(axis).width(stencil.position(axis));
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

        /** The rate along an offset; returns |w|. */
        private double offset(int k, int e, int sign) {
            int start = e * d;
            int axis = Stencil.axis(selling.offsets, start, d);
            stencil.go(selling.offsets, start, sign);
            if (stencil.target < 0 && !stencil.absorbing) {
                wall(k, start, sign);
                if (axis < 0) {
                    stencil.slide(selling.offsets, start, sign);
                }
            }
            double w = edge(k, e, sign * shift[e], axis);
            if (axis < 0) {
                backFromWall(k, e, sign);
            }
            return w;
        }

        /**
         * The rates back along those offsets that lead other cells along the wall to this one, so that the pair
         * stays in detailed balance if the equation is.
         */
        private void backFromWall(int k, int e, int sign) {
            int start = e * d;
            int first = -1;
            long choices = 1;
            for (int a = 0; a < d; a++) {
                int step = sign * selling.offsets[start + a];
                if (stencil.atWall(a, step)) {
                    first = a;
                    choices *= Math.abs(step) + 1;
                }
            }
            if (first < 0) {
                return;
            }
            // All ways to have gone 0 … |step| cells beyond each of the walls, but not beyond none.
            for (long choice = 1; choice < choices; choice++) {
                long left = choice;
                for (int a = 0; a < d; a++) {
                    int step = sign * selling.offsets[start + a];
                    int beyond = 0;
                    if (stencil.atWall(a, step)) {
                        beyond = (int) (left % (Math.abs(step) + 1));
                        left /= Math.abs(step) + 1;
                    }
                    back[a] = -(step - Integer.signum(step) * beyond);
                }
                stencil.go(back, 0, 1);
                if (stencil.target >= 0) {
                    edge(k, e, 0.0, -1);
                }
            }
        }

        /** The rate along the way of the stencil with the weight of an offset; returns |w|. */
        private double edge(int k, int e, double shifted, int axis) {
            int target = stencil.target;
            if (target == k || (target < 0 && !stencil.absorbing)) {
                return 0.0;
            }
            for (int a = 0; a < d; a++) {
                columns.reach[a] = Math.max(columns.reach[a], Math.abs(selling.offsets[e * d + a]));
                middle[a] = x[a] + 0.5 * stencil.way[a];
            }
            coefficients.at(middle);
            double w = 0.0;
            for (int a = 0; a < d; a++) {
                double force = target < 0
                        ? coefficients.force[a]
                        : ((forces[a][k] + forces[a][target]) + 4.0 * coefficients.force[a]) / 6.0;
                w += force * stencil.way[a];
            }
            w = w / inverseBeta + shifted * stencil.fraction;
            double graded = axis < 0 ? 1.0 : stencil.gradedFactor(axis);
            double rate = inverseBeta * selling.weights[e] * graded * Coefficients.bernoulli(-w);
            if (target < 0) {
                columns.exit(k, rate / stencil.fraction);
            } else {
                columns.add(target, rate);
            }
            return Math.abs(w);
        }

        /** Counts a face on a reflecting wall. */
        private void wall(int k, int start, int sign) {
            int axis = Stencil.axis(selling.offsets, start, d);
            if (axis >= 0) {
                columns.wallFaces++;
                int direction = sign * selling.offsets[start + axis];
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
                columns.carried[k - columns.from()] += rate
                        * width(axis)
                        / (grid.axis(axis).max() - grid.axis(axis).min());
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
                columns.stopped[k - columns.from()] += rate;
            }
        }
    }
}
