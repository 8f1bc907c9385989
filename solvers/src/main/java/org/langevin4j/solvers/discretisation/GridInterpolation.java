package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.markov.NestedChain;

/**
 * Multilinear interpolation from the centres of a coarsened region to those of the fine one. On each axis the value comes
 * from the cell around and from its neighbour on the nearer side. At walls it is either constant beyond the last centre
 * or extrapolated; cells outside a masked region are left out and the other weights scaled up.
 */
final class GridInterpolation implements NestedChain.Interpolation {

    private final Region fine;
    private final Region coarse;
    private final int d;

    /** For each axis and fine position: the coarse cell around, times its stride. */
    private final int[][] around;

    /** For each axis and coarse position: the first fine position inside; and the end of all. */
    private final int[][] parts;

    /** The second coarse cell, times its stride; its weight; and its weight if the values are extrapolated. */
    private final int[][] second;

    private final double[][] weight;
    private final double[][] extrapolating;

    /** Whether each cell along the last axis has two parts. */
    private final boolean halves;

    GridInterpolation(Region fine, Region coarse) {
        this.fine = fine;
        this.coarse = coarse;
        this.d = fine.grid().dimension();
        this.around = new int[d][];
        this.parts = new int[d][];
        this.second = new int[d][];
        this.weight = new double[d][];
        this.extrapolating = new double[d][];
        for (int a = 0; a < d; a++) {
            tabulate(a);
        }
        this.halves =
                fine.grid().axis(d - 1).cells() == 2 * coarse.grid().axis(d - 1).cells();
    }

    private void tabulate(int a) {
        Axis axis = fine.grid().axis(a);
        Axis wide = coarse.grid().axis(a);
        int stride = coarse.grid().stride(a);
        int n = axis.cells();
        int most = wide.cells() - 1;
        around[a] = new int[n];
        second[a] = new int[n];
        weight[a] = new double[n];
        extrapolating[a] = new double[n];
        parts[a] = new int[most + 2];
        double length = axis.max() - axis.min();
        for (int i = 0; i < n; i++) {
            int parent = most + 1 == n ? i : Math.min(i / 2, most);
            double off = axis.centre(i) - wide.centre(parent);
            int other = off < 0.0 ? parent - 1 : parent + 1;
            double turn = 0.0;
            boolean beyond = other < 0 || other > most;
            if (beyond && fine.isPeriodic(a)) {
                turn = other < 0 ? -length : length;
                other = other < 0 ? most : 0;
                beyond = false;
            } else if (beyond) {
                other = other < 0 ? 1 : most - 1;
            }
            double part = most + 1 == n ? 0.0 : off / (wide.centre(other) + turn - wide.centre(parent));
            around[a][i] = parent * stride;
            parts[a][parent + 1] = i + 1;
            second[a][i] = other * stride;
            weight[a][i] = beyond ? 0.0 : part;
            extrapolating[a][i] = part;
        }
    }

    @Override
    public void sums(double[] values, double[] out, int from, int to) {
        Arrays.fill(out, from, to, 0.0);
        Grid wide = coarse.grid();
        int last = d - 1;
        int rowLength = wide.axis(last).cells();
        int[] low = new int[d];
        int[] high = new int[d];
        int k = from;
        while (k < to) {
            int cell = coarse.cell(k);
            int row = cell / rowLength;
            int end = Math.min(to, isWhole() ? (row + 1) * rowLength : k + 1);
            for (int a = 0; a < d; a++) {
                int position = wide.position(cell, a);
                low[a] = parts[a][position];
                high[a] = parts[a][position + 1];
            }
            high[last] = parts[last][wide.position(cell, last) + end - k];
            addParts(values, out, k - wide.position(cell, last), low, high, k);
            k = end;
        }
    }

    /** Adds up the box of fine cells between two corners, row by row. */
    private void addParts(double[] values, double[] out, int start, int[] low, int[] high, int k) {
        Grid grid = fine.grid();
        int last = d - 1;
        int[] position = low.clone();
        int a;
        do {
            int row = 0;
            for (int b = 0; b < last; b++) {
                row += position[b] * grid.stride(b);
            }
            if (isWhole() && halves) {
                sumPairs(values, row + low[last], out, start + low[last] / 2, (high[last] - low[last]) / 2);
            } else {
                for (int j = low[last]; j < high[last]; j++) {
                    if (isWhole()) {
                        out[start + around[last][j]] += values[row + j];
                    } else if (fine.contains(row + j)) {
                        out[k] += values[fine.index(row + j)];
                    }
                }
            }
            a = last - 1;
            while (a >= 0 && ++position[a] == high[a]) {
                position[a] = low[a];
                a--;
            }
        } while (a >= 0);
    }

    private static void sumPairs(double[] values, int from, double[] out, int to, int count) {
        for (int m = 0; m < count; m++) {
            out[to + m] = (out[to + m] + values[from + 2 * m]) + values[from + 2 * m + 1];
        }
    }

    private boolean isWhole() {
        return fine.size() == fine.grid().cells();
    }

    @Override
    public void add(double[] values, double[] out, int from, int to) {
        interpolate(values, out, from, to, weight);
    }

    @Override
    public void addExtrapolated(double[] values, double[] out, int from, int to) {
        interpolate(values, out, from, to, extrapolating);
    }

    private void interpolate(double[] values, double[] out, int from, int to, double[][] weights) {
        Grid grid = fine.grid();
        int last = d - 1;
        int rowLength = grid.axis(last).cells();
        int corners = 1 << last;
        int[] bases = new int[corners];
        double[] baseWeights = new double[corners];
        int[] near = around[last];
        int[] far = second[last];
        double[] part = weights[last];
        double[] mixed = new double[coarse.grid().axis(last).cells()];
        int k = from;
        while (k < to) {
            int row = fine.cell(k) / rowLength;
            for (int c = 0; c < corners; c++) {
                bases[c] = 0;
                baseWeights[c] = 1.0;
                for (int a = 0; a < last; a++) {
                    int position = grid.position(row * rowLength, a);
                    double w = weights[a][position];
                    boolean other = (c >> a & 1) == 1;
                    bases[c] += other ? second[a][position] : around[a][position];
                    baseWeights[c] *= other ? w : 1.0 - w;
                }
            }
            if (isWhole()) {
                mix(values, bases, baseWeights, mixed);
                int begin = row * rowLength;
                int end = Math.min(to, begin + rowLength);
                int first = Math.max(2, k - begin + 1 & ~1);
                int after = Math.min(rowLength - 2, end - begin & ~1);
                if (halves && first < after) {
                    addRow(mixed, part, near, far, out, begin, k - begin, first);
                    addPairs(mixed, part, out, begin, first, after);
                    addRow(mixed, part, near, far, out, begin, after, end - begin);
                } else {
                    addRow(mixed, part, near, far, out, begin, k - begin, end - begin);
                }
                k = end;
                continue;
            }
            for (; k < to && fine.cell(k) / rowLength == row; k++) {
                int j = fine.cell(k) - row * rowLength;
                double w = part[j];
                double sum = 0.0;
                double total = 0.0;
                for (int c = 0; c < corners; c++) {
                    int one = coarse.index(bases[c] + near[j]);
                    int two = coarse.index(bases[c] + far[j]);
                    double first = one < 0 ? 0.0 : Math.max(baseWeights[c] * (1.0 - w), 0.0);
                    double other = two < 0 ? 0.0 : Math.max(baseWeights[c] * w, 0.0);
                    sum += first == 0.0 ? 0.0 : first * values[one];
                    sum += other == 0.0 ? 0.0 : other * values[two];
                    total += first + other;
                }
                // The coarse cell around belongs to the region, and its weight is positive.
                out[k] += sum / total;
            }
        }
    }

    /** One row of fine states from a row of values between those of the coarse ones. */
    private static void addRow(
            double[] mixed, double[] part, int[] near, int[] far, double[] out, int row, int from, int to) {
        for (int j = from; j < to; j++) {
            out[row + j] += (1.0 - part[j]) * mixed[near[j]] + part[j] * mixed[far[j]];
        }
    }

    /** The same from one even position to another, not at the ends of the row, where each coarse state has two parts. */
    private static void addPairs(double[] mixed, double[] part, double[] out, int row, int from, int to) {
        double before = mixed[from / 2 - 1];
        double here = mixed[from / 2];
        for (int j = from; j < to; j += 2) {
            double after = mixed[j / 2 + 1];
            out[row + j] += (1.0 - part[j]) * here + part[j] * before;
            out[row + j + 1] += (1.0 - part[j + 1]) * here + part[j + 1] * after;
            before = here;
            here = after;
        }
    }

    /** A row of coarse values between those around. */
    private static void mix(double[] values, int[] bases, double[] weights, double[] mixed) {
        if (bases.length == 1) {
            System.arraycopy(values, bases[0], mixed, 0, mixed.length);
            return;
        }
        Arrays.fill(mixed, 0.0);
        for (int c = 0; c < bases.length; c += 2) {
            mixPair(values, bases[c], weights[c], bases[c + 1], weights[c + 1], mixed);
        }
    }

    private static void mixPair(double[] values, int one, double first, int two, double second, double[] mixed) {
        for (int j = 0; j < mixed.length; j++) {
            mixed[j] = (mixed[j] + first * values[one + j]) + second * values[two + j];
        }
    }
}
