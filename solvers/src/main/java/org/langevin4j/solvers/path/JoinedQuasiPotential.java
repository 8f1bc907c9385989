package org.langevin4j.solvers.path;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Grid;

/**
 * The quasi-potential of a system with several attractors, the limit of −β⁻¹ log ρˢˢ for β → ∞ up to a constant: the
 * quasi-potentials Vᵢ of the attractors joined (Freidlin and Wentzell 1984, chapter 6, theorem 4.3),
 *
 * <pre>V(x) = minᵢ (Wᵢ + Vᵢ(x)) − minᵢ Wᵢ,   Wᵢ = min over trees that lead to i of Σ V_j(x_k) over their arrows j → k.</pre>
 *
 * <p>The trees of least cost are Edmonds' (1967). Immutable.
 */
public final class JoinedQuasiPotential {

    private final List<QuasiPotential> parts;
    private final double[] depths;

    private JoinedQuasiPotential(List<QuasiPotential> parts, double[] depths) {
        this.parts = parts;
        this.depths = depths;
    }

    /**
     * Joins the quasi-potentials of all attractors.
     *
     * @param parts Vᵢ on one grid
     * @param attractors a point of each, in the same order, between centres of cells of the grid; V of the others must be known there
     * @return their join
     * @throws IllegalArgumentException if the numbers or grids differ, or an attractor is not reached from another
     */
    public static JoinedQuasiPotential of(List<QuasiPotential> parts, double[]... attractors) {
        int n = parts.size();
        if (!(n >= 1 && n == attractors.length)) {
            throw new IllegalArgumentException(
                    "attractors must be as many as quasi-potentials, got " + attractors.length + " and " + n);
        }
        double[][] costs = new double[n][n];
        for (int j = 0; j < n; j++) {
            if (!parts.get(j).grid().equals(parts.get(0).grid())) {
                throw new IllegalArgumentException("quasi-potentials must have one grid, got "
                        + parts.get(0).grid() + " and " + parts.get(j).grid());
            }
            for (int k = 0; k < n; k++) {
                costs[j][k] = j == k ? 0.0 : parts.get(j).at(attractors[k]);
                if (!(costs[j][k] < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("quasi-potential " + j + " must be known at attractor " + k
                            + ", " + Arrays.toString(attractors[k]) + ", got " + costs[j][k]);
                }
            }
        }
        return new JoinedQuasiPotential(List.copyOf(parts), depths(costs));
    }

    /**
     * Wᵢ − minᵢ Wᵢ from the costs of all passages: −β⁻¹ log of the weight of attractor i for β → ∞.
     *
     * @param costs n × n, V_j(x_k) in row j and column k; the diagonal does not count
     * @return n values, the least of them zero
     */
    public static double[] depths(double[][] costs) {
        int n = costs.length;
        double[] depths = new double[n];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            if (!(costs[i].length == n)) {
                throw new IllegalArgumentException(
                        "costs must be square, got a row of " + costs[i].length + " of " + n);
            }
            for (int k = 0; k < n; k++) {
                if (i != k && !(costs[i][k] >= 0.0)) {
                    throw new IllegalArgumentException("costs must not be negative, got " + costs[i][k]);
                }
            }
        }
        for (int i = 0; i < n; i++) {
            depths[i] = tree(costs, i);
            least = Math.min(least, depths[i]);
        }
        for (int i = 0; i < n; i++) {
            depths[i] -= least;
        }
        return depths;
    }

    /** The least cost of a tree of arrows j → k, one from each j but the root, that lead to the root. */
    private static double tree(double[][] costs, int root) {
        int n = costs.length;
        int[] next = new int[n];
        double sum = 0.0;
        for (int j = 0; j < n; j++) {
            next[j] = -1;
            for (int k = 0; j != root && k < n; k++) {
                if (k != j && (next[j] < 0 || costs[j][k] < costs[j][next[j]])) {
                    next[j] = k;
                }
            }
            sum += j == root ? 0.0 : costs[j][next[j]];
        }
        int[] group = cycle(next, root);
        if (group.length == 0) {
            return sum;
        }
        // The cycle becomes one point: an arrow out of it replaces the one from the same point of it.
        int[] name = new int[n];
        Arrays.fill(name, -1);
        for (int j : group) {
            name[j] = 0;
        }
        int count = 1;
        for (int j = 0; j < n; j++) {
            name[j] = name[j] == 0 ? 0 : count++;
        }
        double[][] smaller = new double[count][count];
        for (double[] row : smaller) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        double around = 0.0;
        for (int j : group) {
            around += costs[j][next[j]];
        }
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                if (name[j] != name[k] && j != root) {
                    double cost = costs[j][k] - (name[j] == 0 ? costs[j][next[j]] : 0.0);
                    smaller[name[j]][name[k]] = Math.min(smaller[name[j]][name[k]], cost);
                }
            }
        }
        return around + tree(smaller, name[root]);
    }

    /** The points of a cycle of the arrows; empty if all lead to the root. */
    private static int[] cycle(int[] next, int root) {
        int n = next.length;
        for (int start = 0; start < n; start++) {
            int j = start;
            for (int step = 0; step < n && j != root; step++) {
                j = next[j];
            }
            if (j != root) {
                int[] found = new int[n];
                int size = 0;
                int k = j;
                do {
                    found[size++] = k;
                    k = next[k];
                } while (k != j);
                return Arrays.copyOf(found, size);
            }
        }
        return new int[0];
    }

    /**
     * The grid.
     *
     * @return two axes
     */
    public Grid grid() {
        return parts.get(0).grid();
    }

    /**
     * V at an attractor.
     *
     * @param i number of the attractor
     * @return Wᵢ − minᵢ Wᵢ, which exceeds V there where a path from a deeper one costs less
     */
    public double depth(int i) {
        return depths[i];
    }

    /**
     * V at the centre of a cell.
     *
     * @param cell number of the cell
     * @return V ≥ 0; infinite if the cell was not reached
     */
    public double value(int cell) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < depths.length; i++) {
            least = Math.min(least, depths[i] + parts.get(i).value(cell));
        }
        return least;
    }

    /**
     * V at a point, as {@link QuasiPotential#at}.
     *
     * @param x a point between centres of cells
     * @return V; NaN if a cell that it needs was not reached from any attractor
     */
    public double at(double... x) {
        double least = Double.NaN;
        for (int i = 0; i < depths.length; i++) {
            double v = depths[i] + parts.get(i).at(x);
            if (!(v >= least)) {
                least = Double.isNaN(v) ? least : v;
            }
        }
        return least;
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("quasi-potential of ").append(depths.length).append(" attractors, V at them");
        for (double depth : depths) {
            text.append(String.format(Locale.ROOT, " %.6g", depth));
        }
        return text.toString();
    }
}
