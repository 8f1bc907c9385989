package org.langevin4j.solvers.discretisation;

import java.util.Optional;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.markov.Generator;

/**
 * Which axes of a grid are coarsened together: the strongly coupled ones, because sweeps even out p/x along these only
 * (semi-coarsening; Mulder 1989).
 */
final class GridCoarsening {

    /** An axis with fewer cells is not coarsened further. */
    private static final int SHORTEST_AXIS = 8;

    /** An axis along which rates are below this part of the largest is not coarsened. */
    private static final double WEAK = 0.2;

    private static final int SAMPLE = 10_007;

    private GridCoarsening() {}

    /** The next coarser grid; empty if all axes are short. */
    static Optional<Grid> of(Region region, Generator generator) {
        Grid grid = region.grid();
        double[] rates = meanRates(region, generator);
        double strongest = 0.0;
        boolean any = false;
        for (int a = 0; a < rates.length; a++) {
            boolean isLong = grid.axis(a).cells() >= SHORTEST_AXIS;
            strongest = Math.max(strongest, isLong ? rates[a] : 0.0);
            any |= isLong;
        }
        if (!any) {
            return Optional.empty();
        }
        Axis[] axes = new Axis[grid.dimension()];
        for (int a = 0; a < axes.length; a++) {
            Axis axis = grid.axis(a);
            boolean strong = axis.cells() >= SHORTEST_AXIS && rates[a] >= WEAK * strongest;
            axes[a] = strong ? axis.coarsened() : axis;
        }
        return Optional.of(Grid.of(axes));
    }

    /** Rates to the neighbours along each axis, summed over a sample of the cells. */
    private static double[] meanRates(Region region, Generator generator) {
        Grid grid = region.grid();
        double[] sums = new double[grid.dimension()];
        for (int k = 0; k < region.size(); k += region.size() / SAMPLE + 1) {
            generator.forEachRateFrom(k, (from, to, rate) -> {
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
}
