package org.langevin4j.core.density;

import java.util.function.IntPredicate;

/**
 * The centres of the cells around a point with their multilinear weights: on each axis the two on either side of it, in
 * proportion to its distance from the other; beyond the last centre of an axis that one alone, or the first of the next
 * period.
 */
final class Multilinear {

    /** Takes one of the cells. */
    interface Term {

        void add(int cell, double weight);
    }

    private Multilinear() {}

    /**
     * Hands on the cells around a point, those of no weight left out.
     *
     * @param x coordinates, length d; on a periodic axis any number
     * @param periodic which axes are
     * @return false, and nothing handed on, if x is outside the closed box of the grid or not a number
     */
    static boolean around(Grid grid, double[] x, IntPredicate periodic, Term term) {
        int d = grid.dimension();
        if (x.length != d) {
            throw new IllegalArgumentException("x must have length " + d + ", got " + x.length);
        }
        int[] lower = new int[d];
        int[] upper = new int[d];
        double[] fraction = new double[d];
        for (int a = 0; a < d; a++) {
            Axis axis = grid.axis(a);
            boolean circle = periodic.test(a);
            double length = axis.max() - axis.min();
            double at = x[a];
            if (circle && !(at >= axis.min() && at < axis.max())) {
                at = Math.min(axis.max(), Math.max(axis.min(), at - length * Math.floor((at - axis.min()) / length)));
            }
            int last = axis.cells() - 1;
            int cell = at == axis.max() ? last : axis.cellOf(at);
            if (cell < 0) {
                return false;
            }
            int below = at < axis.centre(cell) ? cell - 1 : cell;
            lower[a] = below >= 0 ? below : circle ? last : 0;
            upper[a] = below < last ? below + 1 : circle ? 0 : last;
            double left = axis.centre(lower[a]) - (below < 0 && circle ? length : 0.0);
            double right = axis.centre(upper[a]) + (below == last && circle ? length : 0.0);
            fraction[a] = right > left ? (at - left) / (right - left) : 0.0;
        }
        for (int corner = 0; corner < 1 << d; corner++) {
            double weight = 1.0;
            int cell = 0;
            for (int a = 0; a < d; a++) {
                boolean above = (corner >> a & 1) == 1;
                weight *= above ? fraction[a] : 1.0 - fraction[a];
                cell += grid.stride(a) * (above ? upper[a] : lower[a]);
            }
            if (weight != 0.0) {
                term.add(cell, weight);
            }
        }
        return true;
    }

    /** Σ weight · value; the value outside where x is not in the box. */
    static double sum(Grid grid, double[] values, double[] x, double outside) {
        double[] sum = new double[1];
        boolean inside = around(grid, x, a -> false, (cell, weight) -> sum[0] += weight * values[cell]);
        return inside ? sum[0] : outside;
    }
}
