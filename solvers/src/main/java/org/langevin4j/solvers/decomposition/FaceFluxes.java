package org.langevin4j.solvers.decomposition;

import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/**
 * The steady current as flows through the faces of the cells. Each jump of the Markov process is led from cell to cell along
 * the axes, one half in their order and one half in the reverse order: what enters a cell leaves it, to rounding, and the
 * two ways together are symmetric about the middle of the jump, which keeps the second order.
 */
final class FaceFluxes {

    private final Region region;
    private final Grid grid;

    /** Net flow through the upper face of a cell of the grid, {@code [axis][cell]}, in probability a time. */
    private final double[][] upper;

    /** All that flows through it, in both directions. */
    private final double[][] gross;

    private FaceFluxes(Region region) {
        this.region = region;
        this.grid = region.grid();
        this.upper = new double[grid.dimension()][grid.cells()];
        this.gross = new double[grid.dimension()][grid.cells()];
    }

    static FaceFluxes of(FokkerPlanck equation, Density steady) {
        FaceFluxes fluxes = new FaceFluxes(equation.region());
        Region region = fluxes.region;
        Grid grid = fluxes.grid;
        int d = grid.dimension();
        int[] steps = new int[d];
        for (int k = 0; k < region.size(); k++) {
            int start = region.cell(k);
            double mass = steady.value(start) * grid.volume(start);
            equation.generator().forEachRateFrom(k, (from, to, rate) -> {
                fluxes.steps(start, region.cell(to), steps);
                fluxes.lead(start, steps, 0.5 * rate * mass, true);
                fluxes.lead(start, steps, 0.5 * rate * mass, false);
            });
        }
        return fluxes;
    }

    /** The jump along each axis, the shorter way round a periodic one. */
    private void steps(int from, int to, int[] out) {
        for (int a = 0; a < out.length; a++) {
            out[a] = grid.position(to, a) - grid.position(from, a);
            if (region.isPeriodic(a)) {
                int cells = grid.axis(a).cells();
                out[a] -= cells * (int) Math.rint((double) out[a] / cells);
            }
        }
    }

    private void lead(int start, int[] steps, double flow, boolean ascending) {
        int cell = start;
        for (int k = 0; k < steps.length; k++) {
            int a = ascending ? k : steps.length - 1 - k;
            for (int s = 0; s < Math.abs(steps[a]); s++) {
                int next = neighbour(cell, a, Integer.signum(steps[a]));
                int face = steps[a] > 0 ? cell : next;
                upper[a][face] += Math.signum((double) steps[a]) * flow;
                gross[a][face] += flow;
                cell = next;
            }
        }
    }

    /** Never beyond a wall: a jump ends in the box, and its way is monotonic. */
    private int neighbour(int cell, int axis, int direction) {
        int position = grid.position(cell, axis);
        int next = Math.floorMod(position + direction, grid.axis(axis).cells());
        return cell + (next - position) * grid.stride(axis);
    }

    Region region() {
        return region;
    }

    /** The net flow through the upper face of a cell. */
    double upper(int axis, int cell) {
        return upper[axis][cell];
    }

    /** What flows through the upper face of a cell in both directions together; the net flow is known to a part of it. */
    double gross(int axis, int cell) {
        return gross[axis][cell];
    }

    /** The net flow through a section across a periodic axis, the mean over all of them; they differ by rounding. */
    double winding(int axis) {
        if (!region.isPeriodic(axis)) {
            return 0.0;
        }
        double sum = 0.0;
        for (double flow : upper[axis]) {
            sum += flow;
        }
        return sum / grid.axis(axis).cells();
    }

    /** The same flows less those of a constant current. */
    FaceFluxes minus(double[] current) {
        FaceFluxes rest = new FaceFluxes(region);
        for (int a = 0; a < current.length; a++) {
            for (int cell = 0; cell < grid.cells(); cell++) {
                double area = grid.volume(cell) / grid.axis(a).width(grid.position(cell, a));
                rest.upper[a][cell] = upper[a][cell] - current[a] * area;
                rest.gross[a][cell] = gross[a][cell];
            }
        }
        return rest;
    }
}
