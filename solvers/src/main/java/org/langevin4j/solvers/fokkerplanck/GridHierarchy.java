package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/**
 * The same equation on coarser and coarser grids, and with it an approximate inverse of I − G on each: the K-cycle of Notay
 * (2008). Each grid has its own M·diag(x) with a reference vector x, so that u = p/x is smooth. The coarse residual is the
 * sum over the cells inside, the correction is interpolated linearly: orders 1 and 2, enough for a second-order operator.
 * Not safe for several threads.
 */
final class GridHierarchy {

    /** A grid of at most so many cells is the coarsest. */
    private static final int COARSEST = 300;

    private static final int LARGEST_DENSE = 600;

    /** An axis with fewer cells is not coarsened further. */
    private static final int SHORTEST_AXIS = 8;

    /** An axis along which rates are below this part of the largest is not coarsened. */
    private static final double WEAK = 0.2;

    private static final int SAMPLE = 10_007;

    /** The grids but the coarsest, from coarse to fine. */
    private final List<Mesh> meshes = new ArrayList<>();

    private final Level coarsest;
    private final CoarsestInverse inverse;

    /** One grid and how it is joined to the next coarser one. */
    private static final class Mesh {

        final Level level;
        final Interpolation interpolation;
        final Aggregation aggregation;

        /** Mass of each coarse cell there divided by that of its parts here. */
        final double[] ratios;

        /** Vectors of the coarse grid. */
        final Hierarchy.Space space;

        Mesh(Level level, Interpolation interpolation) {
            this.level = level;
            this.interpolation = interpolation;
            this.aggregation = interpolation.aggregation();
            this.ratios = new double[aggregation.count];
            this.space = new Hierarchy.Space(aggregation.count);
        }
    }

    /**
     * The coarsest grid alone.
     *
     * @param coarsest with its reference vector
     * @param conservative whether nothing is lost
     */
    GridHierarchy(Level coarsest, boolean conservative) {
        this.coarsest = coarsest;
        this.inverse = CoarsestInverse.of(coarsest, conservative);
    }

    /**
     * The equation on coarser and coarser grids, itself first; empty if it cannot be coarsened to a small one.
     */
    static List<FokkerPlanck> equations(FokkerPlanck finest) {
        List<FokkerPlanck> equations = new ArrayList<>();
        equations.add(finest);
        Region region = finest.region();
        while (region.size() > COARSEST && isCoarsenable(region.grid())) {
            region = region.coarsened(coarsened(equations.get(equations.size() - 1)));
            try {
                equations.add(finest.on(region));
            } catch (IllegalArgumentException e) {
                // The equation is not defined at some coarse centre.
                return List.of();
            }
        }
        return region.size() > LARGEST_DENSE || equations.size() == 1 ? List.of() : equations;
    }

    private static boolean isCoarsenable(Grid grid) {
        for (int a = 0; a < grid.dimension(); a++) {
            if (grid.axis(a).cells() >= SHORTEST_AXIS) {
                return true;
            }
        }
        return false;
    }

    /**
     * The grid with the strongly coupled axes coarsened: sweeps even out u along these only (semi-coarsening; Mulder 1989).
     */
    private static Grid coarsened(FokkerPlanck equation) {
        Grid grid = equation.grid();
        double[] rates = meanRates(equation);
        double strongest = 0.0;
        for (int a = 0; a < rates.length; a++) {
            strongest = Math.max(strongest, grid.axis(a).cells() >= SHORTEST_AXIS ? rates[a] : 0.0);
        }
        Axis[] axes = new Axis[grid.dimension()];
        for (int a = 0; a < axes.length; a++) {
            Axis axis = grid.axis(a);
            boolean strong = axis.cells() >= SHORTEST_AXIS && rates[a] >= WEAK * strongest;
            axes[a] = strong ? axis.coarsened() : axis;
        }
        return Grid.of(axes);
    }

    /** Rates to the neighbours along each axis, summed over a sample of the cells. */
    private static double[] meanRates(FokkerPlanck equation) {
        Region region = equation.region();
        Grid grid = region.grid();
        double[] sums = new double[grid.dimension()];
        for (int k = 0; k < region.size(); k += region.size() / SAMPLE + 1) {
            equation.generator().forEachRateFrom(k, (from, to, rate) -> {
                int step = Math.abs(region.cell(to) - region.cell(from));
                for (int a = 0; a < sums.length; a++) {
                    if (step == grid.stride(a)) {
                        sums[a] += rate;
                    }
                }
            });
        }
        return sums;
    }

    /** Number of the finest grid so far; the coarsest is 0. */
    int finest() {
        return meshes.size();
    }

    Level level(int number) {
        return number == 0 ? coarsest : meshes.get(number - 1).level;
    }

    /** Adds the next finer grid, its level scaled with the x of the one below, interpolated in log ρ. */
    void refine(FokkerPlanck fine, FokkerPlanck coarse, Level level) {
        Region region = fine.region();
        Region wide = coarse.region();
        Level below = level(finest());
        double[] logs = new double[below.cells];
        below.strips.each((from, to) -> {
            for (int k = from; k < to; k++) {
                logs[k] = Math.log(below.mass[k] / wide.grid().volume(wide.cell(k)));
            }
        });
        Interpolation interpolation = new Interpolation(region, wide);
        double[] x = new double[level.cells];
        level.strips.each((from, to) -> interpolation.addExtrapolated(logs, x, from, to));
        double largest = Multigrid.largest(level, x);
        level.strips.each((from, to) -> {
            for (int k = from; k < to; k++) {
                x[k] = Math.max(Math.exp(x[k] - largest) * region.grid().volume(region.cell(k)), Level.SMALLEST_MASS);
            }
        });
        level.rescale(x);
        meshes.add(new Mesh(level, interpolation));
    }

    /** Adds the next finer grid, its level scaled already. */
    void add(FokkerPlanck fine, FokkerPlanck coarse, Level level) {
        meshes.add(new Mesh(level, new Interpolation(fine.region(), coarse.region())));
        weigh();
    }

    /** Joins the finest grid so far to the one below; to be called again when the reference vector of either has changed. */
    void weigh() {
        Mesh mesh = meshes.get(finest() - 1);
        Level below = level(finest() - 1);
        Aggregation aggregation = mesh.aggregation;
        below.strips.each((from, to) -> {
            for (int a = from; a < to; a++) {
                double sum = 0.0;
                for (int m = aggregation.first[a]; m < aggregation.first[a + 1]; m++) {
                    sum += mesh.level.mass[aggregation.members[m]];
                }
                mesh.ratios[a] = below.mass[a] / sum;
            }
        });
    }

    /** r summed over the parts of the cells of the grid below, in its units. */
    double[] restricted(int number, double[] r) {
        Mesh mesh = meshes.get(number - 1);
        Aggregation aggregation = mesh.aggregation;
        Level below = level(number - 1);
        double[] out = new double[below.cells];
        below.strips.each((from, to) -> {
            for (int a = from; a < to; a++) {
                double sum = 0.0;
                for (int m = aggregation.first[a]; m < aggregation.first[a + 1]; m++) {
                    int i = aggregation.members[m];
                    sum += r[i] * mesh.level.outflow[i];
                }
                out[a] = sum / below.outflow[a] * mesh.ratios[a];
            }
        });
        return out;
    }

    /** Values on the grid below interpolated. */
    double[] interpolated(int number, double[] values) {
        Mesh mesh = meshes.get(number - 1);
        double[] u = new double[mesh.level.cells];
        mesh.level.strips.each((from, to) -> mesh.interpolation.add(values, u, from, to));
        return u;
    }

    /** One cycle: u ≈ (I − G)⁻¹r on a grid. */
    void cycle(int number, double[] r, double[] u) {
        if (number == 0) {
            inverse.times(r, u);
            return;
        }
        Mesh mesh = meshes.get(number - 1);
        Level level = mesh.level;
        Level below = level(number - 1);
        level.strips.each((from, to) -> Arrays.fill(u, from, to, 0.0));
        level.sweep(true, u, r);
        double[] right = mesh.space.right;
        double[] correction = mesh.space.correction;
        level.restrict(mesh.aggregation, below, u, r, right);
        below.strips.each((from, to) -> {
            for (int a = from; a < to; a++) {
                right[a] *= mesh.ratios[a];
            }
        });
        if (number == 1) {
            inverse.times(right, correction);
        } else {
            Hierarchy.correct(below, (given, out) -> cycle(number - 1, given, out), mesh.space);
        }
        level.strips.each((from, to) -> mesh.interpolation.add(correction, u, from, to));
        level.sweep(true, u, r);
        level.sweep(false, u, r);
    }
}
