package org.langevin4j.solvers.fokkerplanck;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.markov.Dissection;
import org.langevin4j.solvers.markov.Eigenmodes;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.ReducibleGeneratorException;
import org.langevin4j.solvers.markov.UnreachableTargetException;

/**
 * Sets of cells that are to be hit, and the ways of the process from outside to their faces. A rate into a target is that to
 * the face it crosses, with the distance of the face and not that of the centres. Immutable.
 */
final class Targets {

    /** Receives the rates out of the cells outside. */
    @FunctionalInterface
    interface WayVisitor {

        /**
         * One way.
         *
         * @param from a cell outside
         * @param to another cell
         * @param rate from one to the other
         * @param toFace the rate to the target hit, or the same rate
         * @param hit the first target on the way, −1 if there is none
         * @param cell the cell of it that is hit
         * @param part of the way that is outside
         */
        void visit(int from, int to, double rate, double toFace, int hit, int cell, double part);
    }

    private final GridGenerator chain;
    private final int count;

    /** Number of the target of each cell of the equation's region, −1 outside of all. */
    private final int[] targetOf;

    private final Region outside;

    Targets(GridGenerator chain, List<Predicate<double[]>> conditions) {
        this.chain = chain;
        this.count = conditions.size();
        Region region = chain.region();
        this.targetOf = assign(region, conditions);
        if (chain.hasQuietWalls()) {
            requireWalls();
        }
        this.outside = count == 0
                ? region
                : region.where(x -> targetOf[region.index(region.grid().cellOf(x))] < 0, region.rim());
    }

    private static int[] assign(Region region, List<Predicate<double[]>> conditions) {
        int[] targetOf = new int[region.size()];
        int[] count = new int[conditions.size()];
        double[] x = new double[region.grid().dimension()];
        for (int k = 0; k < targetOf.length; k++) {
            targetOf[k] = -1;
            for (int t = 0; t < count.length && targetOf[k] < 0; t++) {
                region.grid().centre(region.cell(k), x);
                if (conditions.get(t).test(x)) {
                    targetOf[k] = t;
                    count[t]++;
                }
            }
        }
        for (int t = 0; t < count.length; t++) {
            if (!(count[t] >= 1)) {
                throw new IllegalArgumentException(
                        "target " + t + " must contain the centre of a cell, got none; is the grid too coarse for it?");
            }
        }
        return targetOf;
    }

    /** What the paths do at walls must not matter, by the steady state outside of the targets. */
    private void requireWalls() {
        double[] p;
        try {
            p = Eigenmodes.weights(chain.generator(), chain.order());
        } catch (ReducibleGeneratorException e) {
            return;
        }
        for (int k = 0; k < p.length; k++) {
            p[k] = targetOf[k] < 0 ? p[k] : 0.0;
        }
        chain.requireFlow(p, "the way to a target");
    }

    int count() {
        return count;
    }

    /** What is outside; its own numbers. */
    Region outside() {
        return outside;
    }

    /** Number among the cells of the whole region of one outside. */
    int whole(int own) {
        return chain.region().index(outside.cell(own));
    }

    /** Number among the cells outside of one of the whole region. */
    int own(int whole) {
        return outside.index(chain.region().cell(whole));
    }

    /** The target of a cell of the whole region, −1 outside. */
    int of(int whole) {
        return targetOf[whole];
    }

    /** The ways that begin in targets too; of these the hit is that of the way back. */
    StraightWay way() {
        return new StraightWay(chain.region(), targetOf);
    }

    /** Visits the rates out of all cells outside, the cells numbered as in the whole region. */
    void forEachWay(WayVisitor visitor) {
        Generator generator = chain.generator();
        StraightWay way = way();
        for (int k = 0; k < outside.size(); k++) {
            generator.forEachRateFrom(whole(k), (from, to, rate) -> {
                int hit = way.firstTarget(from, to);
                if (hit < 0) {
                    visitor.visit(from, to, rate, rate, hit, to, 1.0);
                } else {
                    double toFace = shortened(from, to, rate, way.fraction);
                    visitor.visit(from, to, rate, toFace, hit, way.hit, way.fraction);
                }
            });
        }
    }

    /**
     * The rate to a point part of the way along an edge: with the flux c[B(−w)ρ₁ − B(w)ρ₂] of Scharfetter and Gummel over
     * the whole edge, whose rates give w, that over the part s is (c/s)B(−sw)ρ₁ where ρ = 0 at its end.
     */
    private double shortened(int from, int to, double rate, double part) {
        Grid grid = chain.grid();
        double back = chain.generator().rateBetween(to, from);
        double w = Math.log(rate)
                + Math.log(grid.volume(chain.region().cell(from)))
                - Math.log(back)
                - Math.log(grid.volume(chain.region().cell(to)));
        if (rate == 0.0 || w > 700.0) {
            return rate;
        }
        return Math.abs(w) < 1e-10 ? rate / part : rate * Math.expm1(-w) / Math.expm1(-part * w);
    }

    /** The process until it hits, on the cells outside; receives for each target the rates into it. */
    Generator killed(double[][] rates) {
        Generator whole = chain.generator();
        int n = outside.size();
        int[] starts = new int[n + 1];
        int[] ends = new int[whole.rateCount()];
        double[] kept = new double[ends.length];
        double[] exits = new double[n];
        for (int k = 0; k < n; k++) {
            exits[k] = whole.exitRate(whole(k));
        }
        int[] size = {0};
        forEachWay((from, to, rate, toFace, hit, cell, part) -> {
            int own = own(from);
            if (hit < 0) {
                ends[size[0]] = own(to);
                kept[size[0]++] = rate;
            } else {
                rates[hit][own] += toFace;
                exits[own] += toFace;
            }
            starts[own + 1] = size[0];
        });
        for (int k = 0; k < n; k++) {
            // States without any rate.
            starts[k + 1] = Math.max(starts[k + 1], starts[k]);
        }
        return Generator.ofColumns(starts, Arrays.copyOf(ends, size[0]), Arrays.copyOf(kept, size[0]), exits);
    }

    /** An order of elimination for rates between the cells outside. */
    Dissection order(Generator generator) {
        int[] reach = new int[outside.grid().dimension()];
        for (int k = 0; k < outside.size(); k++) {
            generator.forEachRateFrom(k, (from, to, rate) -> {
                for (int a = 0; a < reach.length; a++) {
                    reach[a] = Math.max(
                            reach[a], Math.abs(StraightWay.offset(outside, outside.cell(from), outside.cell(to), a)));
                }
            });
        }
        return GridGenerator.order(outside, reach);
    }

    /** Names the point from where nothing can be hit. */
    <T> T located(Supplier<T> solution) {
        try {
            return solution.get();
        } catch (UnreachableTargetException e) {
            double[] x = new double[outside.grid().dimension()];
            outside.grid().centre(outside.cell(e.state()), x);
            UnreachableFromPointException located =
                    new UnreachableFromPointException(e.states(), outside.size(), e.state(), x);
            located.initCause(e);
            throw located;
        }
    }

    /** Outside as given; 1 on the target named, 0 on the others; one number a cell of the whole region. */
    double[] spread(double[] u, int one) {
        double[] values = new double[targetOf.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = targetOf[k] < 0 ? u[own(k)] : targetOf[k] == one ? 1.0 : 0.0;
        }
        return values;
    }

    /** The same as a function, NaN outside the region. */
    CellFunction function(double[] u, int one) {
        return chain.function(spread(u, one));
    }
}
