package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;

/** Between densities on a grid and the probabilities of the cells of a region. */
public final class CellProbabilities {

    private CellProbabilities() {}

    /**
     * The probabilities of a region's cells; a density on another grid or with mass outside is refused.
     *
     * @param density ρ, on the grid of the region
     * @param region the region
     * @return ρ·volume, one a cell of the region
     */
    public static double[] of(Density density, Region region) {
        Grid grid = region.grid();
        if (!density.grid().equals(grid)) {
            throw new IllegalArgumentException("start must be a density on the grid of the equation");
        }
        double[] p = new double[region.size()];
        for (int cell = 0; cell < grid.cells(); cell++) {
            if (region.contains(cell)) {
                p[region.index(cell)] = density.value(cell) * grid.volume(cell);
            } else if (density.value(cell) != 0.0) {
                double[] x = new double[grid.dimension()];
                grid.centre(cell, x);
                throw new IllegalArgumentException("start must be zero outside the region, got " + density.value(cell)
                        + " at x = " + Arrays.toString(x));
            }
        }
        return p;
    }

    /**
     * Those of a density from which a flow starts: there must be some.
     *
     * @param start ρ(0), on the grid of the region
     * @param region the region
     * @return ρ·volume, one a cell of the region
     */
    public static double[] startingFrom(Density start, Region region) {
        double[] p = of(start, region);
        if (!(start.mass() > 0.0)) {
            throw new IllegalArgumentException("start must have positive mass, got " + start.mass());
        }
        return p;
    }

    /**
     * The density with given probabilities of a region's cells.
     *
     * @param p probabilities, one a cell of the region
     * @param region the region
     * @return ρ, zero outside
     * @throws IllegalArgumentException if p has another length, or is no density: negative or not finite
     */
    public static Density toDensity(double[] p, Region region) {
        if (p.length != region.size()) {
            throw new IllegalArgumentException("p must have one number for each of the " + region.size()
                    + " cells of the region, got " + p.length);
        }
        Grid grid = region.grid();
        double[] values = new double[grid.cells()];
        double[] volumes = grid.volumes();
        for (int k = 0; k < p.length; k++) {
            int cell = region.cell(k);
            values[cell] = p[k] / volumes[cell];
        }
        return Density.of(grid, values);
    }
}
