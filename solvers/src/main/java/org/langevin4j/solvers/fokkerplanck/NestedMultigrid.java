package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The steady state of an equation on a grid by nested iteration (Brandt 1977): the equation is discretised anew on coarser
 * and coarser grids, solved on the coarsest, and the logarithm of the density interpolated from each grid to the next
 * finer one.
 *
 * <p>There p = x·u with the interpolated x and u near 1 is improved. A·diag(x) has vanishing column sums and nearly vanishing
 * row sums: in u the gradient part of the drift is gone, and what remains is diffusion weighted by x and the rotation.
 * Conjugate residuals solve for u, preconditioned by cycles over the grids; each coarse one has its own A·diag(x). The
 * coarse residual is the sum over the cells inside, the correction is interpolated linearly: orders 1 and 2, enough for a
 * second-order operator. Residuals are measured cell by cell relative to the flow through the cell, as in
 * {@link Multigrid}, which takes over where the equation is not resolved by the coarser grids and this fails.
 */
final class NestedMultigrid {

    /** A grid of at most so many cells is the coarsest. */
    private static final int COARSEST = 300;

    private static final int LARGEST_DENSE = 600;

    /** An axis with fewer cells is not coarsened further. */
    private static final int SHORTEST_AXIS = 8;

    /** An axis along which rates are below this part of the largest is not coarsened. */
    private static final double WEAK = 0.2;

    private static final int SAMPLE = 10_007;

    /** Residual at which a coarse grid is left. */
    private static final double COARSE_GOAL = 1e-6;

    private static final int ROUNDS = 12;

    /** Cycles on one grid before the algebraic method is tried. */
    private static final int MOST_CYCLES = 60;

    /** A coarse grid that takes more foretells that the finest will take too many. */
    private static final int MOST_COARSE_CYCLES = 40;

    /** A residual that does not fall by this factor in {@link #PATIENCE} cycles will not get far. */
    private static final double STALLED = 0.3;

    private static final int PATIENCE = 8;

    /** Directions that the iteration keeps, more on a grid of few cells. */
    private static final int KEPT = 5;

    private static final int MOST_KEPT = 20;

    private static final int KEPT_NUMBERS = 10_000_000;

    private static final double SMALLEST_FACTOR = 0.05;

    private static final double LARGEST_FACTOR = 20.0;

    /** From this residual on one solve is carried through to the goal. */
    private static final double NEAR = 0.3;

    /** The grids, the coarsest first. */
    private final List<Mesh> meshes = new ArrayList<>();

    private final Level coarsest;
    private final CoarsestInverse inverse;

    /** Cycles on the last grid so far. */
    private int iterations;

    /** One grid and how it is joined to the next coarser one. */
    private static final class Mesh {

        final Level level;
        final Interpolation interpolation;
        final Aggregation aggregation;

        /** Mass of each coarse cell there divided by that of its parts here. */
        final double[] ratios;

        /** Vectors of the coarse grid. */
        final Hierarchy.Space space;

        Mesh(Level level, Interpolation interpolation, Aggregation aggregation) {
            this.level = level;
            this.interpolation = interpolation;
            this.aggregation = aggregation;
            this.ratios = new double[aggregation.count];
            this.space = new Hierarchy.Space(aggregation.count);
        }
    }

    private NestedMultigrid(Level coarsest) {
        this.coarsest = coarsest;
        this.inverse = CoarsestInverse.of(coarsest, true);
    }

    /**
     * The probabilities of the steady state.
     *
     * @throws ReducibleGeneratorException if it is not unique
     * @throws ConvergenceException if neither this nor the algebraic method gets to the tolerance
     */
    static Multigrid.NullVector nullVector(FokkerPlanck equation) {
        Multigrid.NullVector found = nested(equation);
        return found != null ? found : Multigrid.nullVector(equation.generator());
    }

    /** The null vector, or null if it is not found this way. */
    static Multigrid.@Nullable NullVector nested(FokkerPlanck finest) {
        if (ClosedClass.of(finest.generator()).cells < finest.generator().cells()) {
            return null;
        }
        List<FokkerPlanck> equations = new ArrayList<>();
        equations.add(finest);
        Region region = finest.region();
        while (region.size() > COARSEST && isCoarsenable(region.grid())) {
            region = region.coarsened(coarsened(equations.get(equations.size() - 1)));
            try {
                equations.add(finest.on(region));
            } catch (IllegalArgumentException e) {
                // The equation is not defined at some coarse centre.
                return null;
            }
        }
        if (region.size() > LARGEST_DENSE || equations.size() == 1) {
            return null;
        }
        FokkerPlanck last = equations.get(equations.size() - 1);
        Level level = level(last);
        try {
            level.rescale(
                    Elimination.of(last.generator(), last.dissection(), 0.0).nullVector());
        } catch (ReducibleGeneratorException e) {
            return null;
        }
        NestedMultigrid multigrid = new NestedMultigrid(level);
        for (int n = equations.size() - 2; n >= 0; n--) {
            multigrid.refine(equations.get(n), equations.get(n + 1));
            double goal = n == 0 ? Multigrid.GOAL : COARSE_GOAL;
            double left = multigrid.improve(goal);
            if (!(left <= (n == 0 ? Multigrid.ACCEPTED : goal))) {
                return null;
            }
        }
        return new Multigrid.NullVector(multigrid.level(multigrid.meshes.size()).mass, multigrid.iterations);
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

    private static Level level(FokkerPlanck equation) {
        int n = equation.generator().cells();
        int[] number = new int[n];
        Arrays.setAll(number, i -> i);
        return Level.of(equation.generator(), new double[n], number, n);
    }

    /** Grid 0 is the coarsest. */
    private Level level(int number) {
        return number == 0 ? coarsest : meshes.get(number - 1).level;
    }

    /** Adds the next finer grid, its law interpolated in log ρ. */
    private void refine(FokkerPlanck fine, FokkerPlanck coarse) {
        Region region = fine.region();
        Region wide = coarse.region();
        Level below = level(meshes.size());
        double[] logs = new double[below.cells];
        below.strips.each((from, to) -> {
            for (int k = from; k < to; k++) {
                logs[k] = Math.log(below.mass[k] / wide.grid().volume(wide.cell(k)));
            }
        });
        Interpolation interpolation = new Interpolation(region, wide);
        Level level = level(fine);
        double[] x = new double[level.cells];
        level.strips.each((from, to) -> interpolation.addExtrapolated(logs, x, from, to));
        double largest = Multigrid.largest(level, x);
        level.strips.each((from, to) -> {
            for (int k = from; k < to; k++) {
                x[k] = Math.max(Math.exp(x[k] - largest) * region.grid().volume(region.cell(k)), Level.SMALLEST_MASS);
            }
        });
        level.rescale(x);
        meshes.add(new Mesh(level, interpolation, interpolation.aggregation()));
    }

    private void weigh(Mesh mesh, Level below) {
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

    /** Improves the law on the finest grid so far; the residual that is left. */
    private double improve(double goal) {
        int number = meshes.size();
        Level level = level(number);
        double[] u = new double[level.cells];
        double[] residual = new double[level.cells];
        double left = Double.POSITIVE_INFINITY;
        int most = goal < COARSE_GOAL ? MOST_CYCLES : MOST_COARSE_CYCLES;
        int kept = Math.max(KEPT, Math.min(MOST_KEPT, KEPT_NUMBERS / level.cells));
        int cycles = 0;
        for (int round = 0; round < ROUNDS; round++) {
            level.strips.each((from, to) -> Arrays.fill(u, from, to, 1.0));
            level.sweep(true, u);
            level.sweep(false, u);
            level.rescale(u);
            double before = left;
            left = level.imbalance();
            if (left <= goal
                    || (left <= Multigrid.ACCEPTED && left > 0.3 * before)
                    || cycles >= most
                    || Double.isNaN(left)) {
                break;
            }
            weigh(meshes.get(number - 1), level(number - 1));
            level.strips.each((from, to) -> Arrays.fill(u, from, to, 1.0));
            level.apply(u, residual);
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    residual[i] = -residual[i];
                }
            });
            Krylov krylov = new Krylov(level, (r, out) -> cycle(number, r, out), u, residual, kept);
            reduce(krylov, left < NEAR ? 0.3 * goal : 1e-2 * left, most - cycles);
            cycles += krylov.iterations();
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    u[i] = Math.min(Math.max(u[i], SMALLEST_FACTOR), LARGEST_FACTOR);
                }
            });
            level.rescale(u);
        }
        iterations = cycles;
        return left;
    }

    /** Steps until the largest residual is at the goal, or falls no more. */
    private static void reduce(Krylov krylov, double goal, int most) {
        double[] recent = new double[PATIENCE];
        Arrays.fill(recent, Double.POSITIVE_INFINITY);
        while (krylov.iterations() < most) {
            krylov.step();
            double largest = krylov.largestResidual();
            int slot = krylov.iterations() % PATIENCE;
            if (largest <= goal || !(largest <= STALLED * recent[slot])) {
                return;
            }
            recent[slot] = largest;
        }
    }

    /** One cycle: u ≈ (I − G)⁻¹r on a grid. */
    private void cycle(int number, double[] r, double[] u) {
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
