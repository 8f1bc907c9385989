package org.langevin4j.solvers.path;

import java.util.BitSet;
import org.langevin4j.core.density.Grid;

/**
 * Settles the points (i, j) of a lattice in the order of V, from values that some of them have: the next point is the one of
 * least V, and steps of up to a radius lead on from it. Units of cells.
 */
final class OrderedMarch {

    private final LineUpdate segment;
    private final int rows;
    private final int columns;
    private final int radius;
    /** How far the circle of the radius reaches along a row, by the distance of the row. */
    private final int[] reach;

    /** Points that the one being reached may be led to from, and what it costs at least from the lines at them. */
    private final int[] source;

    private final double[] below;

    private final double[] value;
    /** Of a point on trial that has its value from here: what its ∇V will be made of once it is settled. */
    private final double[] px;

    private final double[] py;
    /** A point is far off, on trial, or settled; settled ones at the edge have neighbours that are open. */
    private final CellMarks trial;

    private final CellMarks settled;
    private final CellMarks edge;
    /** Points that may still get a lesser value: on trial, or far off and without one. */
    private final CellMarks open;

    private final BitSet ordered = new BitSet();
    private final CellQueue queue;
    private final double[] p = new double[2];

    /** 10 cells on 128 cells, and four more for each doubling (Yang, Potter and Cameron 2019). */
    static int defaultRadius(Grid grid) {
        double cells = Math.sqrt((double) grid.axis(0).cells() * grid.axis(1).cells());
        return (int) Math.max(6, Math.rint(10.0 + 4.0 * Math.log(cells / 128.0) / Math.log(2.0)));
    }

    /** Continues V and ∇V in place: a point with V = ∞ has no value yet. */
    OrderedMarch(
            Hamiltonian hamiltonian,
            boolean constantDiffusion,
            int rows,
            int columns,
            int radius,
            double[] value,
            double[] px,
            double[] py) {
        this.segment = new LineUpdate(hamiltonian, constantDiffusion, rows, columns);
        this.rows = rows;
        this.columns = columns;
        this.radius = radius;
        this.reach = new int[radius + 1];
        for (int k = 0; k <= radius; k++) {
            reach[k] = (int) Math.sqrt(radius * radius - k * k);
        }
        this.source = new int[(2 * radius + 1) * (2 * radius + 1)];
        this.below = new double[source.length];
        this.value = value;
        this.px = px;
        this.py = py;
        this.trial = new CellMarks(rows, columns);
        this.settled = new CellMarks(rows, columns);
        this.edge = new CellMarks(rows, columns);
        this.open = new CellMarks(rows, columns);
        this.queue = new CellQueue(value);
    }

    /** Settles all points; returns those that got their values here. */
    BitSet run() {
        CellMarks rim = new CellMarks(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                if (value[i * columns + j] == Double.POSITIVE_INFINITY) {
                    open.set(i, j);
                    around(rim, i, j);
                }
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int j = rim.next(i, 0, columns - 1); j < columns; j = rim.next(i, j + 1, columns - 1)) {
                if (value[i * columns + j] < Double.POSITIVE_INFINITY) {
                    begin(i, j);
                }
            }
        }
        while (!queue.isEmpty()) {
            settle(queue.removeLeast());
        }
        return ordered;
    }

    private void around(CellMarks marks, int i, int j) {
        for (int k = Math.max(0, i - 1); k <= Math.min(rows - 1, i + 1); k++) {
            for (int l = Math.max(0, j - 1); l <= Math.min(columns - 1, j + 1); l++) {
                marks.set(k, l);
            }
        }
    }

    private void begin(int i, int j) {
        trial.set(i, j);
        open.set(i, j);
        queue.add(i * columns + j);
    }

    private boolean hasOpenNeighbour(int i, int j) {
        int right = Math.min(columns - 1, j + 1);
        for (int k = Math.max(0, i - 1); k <= Math.min(rows - 1, i + 1); k++) {
            if (open.next(k, Math.max(0, j - 1), right) <= right) {
                return true;
            }
        }
        return false;
    }

    private void settle(int cell) {
        int i = cell / columns;
        int j = cell % columns;
        trial.clear(i, j);
        open.clear(i, j);
        settled.set(i, j);
        edge.set(i, j);
        if (ordered.get(cell)) {
            segment.momentum(i, j, px[cell], py[cell], p);
            px[cell] = p[0];
            py[cell] = p[1];
        }
        for (int k = Math.max(0, i - 1); k <= Math.min(rows - 1, i + 1); k++) {
            for (int l = Math.max(0, j - 1); l <= Math.min(columns - 1, j + 1); l++) {
                if (edge.get(k, l)) {
                    if (!hasOpenNeighbour(k, l)) {
                        edge.clear(k, l);
                    }
                } else if (!settled.get(k, l) && !trial.get(k, l) && value[k * columns + l] > value[cell]) {
                    reach(k, l);
                }
            }
        }
        for (int k = Math.max(0, i - radius); k <= Math.min(rows - 1, i + radius); k++) {
            int width = reach[Math.abs(k - i)];
            int right = Math.min(columns - 1, j + width);
            for (int l = trial.next(k, Math.max(0, j - width), right); l <= right; l = trial.next(k, l + 1, right)) {
                if (lead(i, j, k, l)) {
                    queue.add(k * columns + l);
                }
            }
        }
    }

    /**
     * A point next to a settled one is tried from all of the edge: by the straight steps first, since few of the lines between points can
     * undercut the best of them.
     */
    private void reach(int i, int j) {
        int cell = i * columns + j;
        boolean known = value[cell] < Double.POSITIVE_INFINITY;
        int count = 0;
        int best = -1;
        double least = value[cell];
        for (int k = Math.max(0, i - radius); k <= Math.min(rows - 1, i + radius); k++) {
            int width = reach[Math.abs(k - i)];
            int right = Math.min(columns - 1, j + width);
            for (int l = edge.next(k, Math.max(0, j - width), right); l <= right; l = edge.next(k, l + 1, right)) {
                double from = value[k * columns + l];
                if (!(from < least)) {
                    continue;
                }
                double v = from + segment.action(k, l, i, j);
                double bound = v - segment.slack();
                if (bound < least) {
                    if (v < least && !turns(k, l, i, j)) {
                        least = v;
                        best = count;
                    }
                    source[count] = k * columns + l;
                    below[count++] = bound;
                }
            }
        }
        if (best >= 0) {
            segment.action(source[best] / columns, source[best] % columns, i, j);
            improve(cell, least);
        }
        for (int n = 0; n < count; n++) {
            if (below[n] < value[cell]) {
                int k = source[n] / columns;
                int l = source[n] % columns;
                segment.action(k, l, i, j);
                if (!turns(k, l, i, j)) {
                    edges(k, l, cell);
                }
            }
        }
        // A value from a front stays, unless it is clearly beaten.
        if (value[cell] < Double.POSITIVE_INFINITY && (!known || ordered.get(cell))) {
            begin(i, j);
        }
    }

    /**
     * Steps from (i, j) to (k, l), and from the edges between it and its settled neighbours unless they cannot be better: the least value
     * from within an edge is below that from its nearer end by no more than the {@linkplain LineUpdate#slack() slack}.
     */
    private boolean lead(int i, int j, int k, int l) {
        int cell = k * columns + l;
        double v = value[i * columns + j] + segment.action(i, j, k, l);
        double least = v - segment.slack();
        if (!(least < value[cell]) || turns(i, j, k, l)) {
            return false;
        }
        boolean better = improve(cell, v);
        return (least < value[cell] && edges(i, j, cell)) || better;
    }

    /** A step along which the drift changes too much for the midpoint rule is taken to the eight neighbours only. */
    private boolean turns(int i, int j, int k, int l) {
        return (Math.abs(i - k) > 1 || Math.abs(j - l) > 1) && segment.turns(i, j, k, l);
    }

    /** Steps from the edges between a point and its settled neighbours. */
    private boolean edges(int i, int j, int cell) {
        int from = i * columns + j;
        boolean better = false;
        segment.openEdges();
        int right = Math.min(columns - 1, j + 1);
        for (int k = Math.max(0, i - 1); k <= Math.min(rows - 1, i + 1); k++) {
            for (int l = settled.next(k, Math.max(0, j - 1), right); l <= right; l = settled.next(k, l + 1, right)) {
                int other = k * columns + l;
                if (other != from) {
                    double bend = 0.5 * ((px[from] - px[other]) * (k - i) + (py[from] - py[other]) * (l - j));
                    double v = segment.least(value[from], k - i, l - j, value[other] - value[from], bend);
                    better |= improve(cell, v);
                }
            }
        }
        return better;
    }

    /** Takes the value of the segment's last step, if it is less. */
    private boolean improve(int cell, double v) {
        if (!(v < value[cell])) {
            return false;
        }
        if (value[cell] < Double.POSITIVE_INFINITY
                && !ordered.get(cell)
                && !(v < value[cell] - 0.5 * LevelCurve.length(px[cell], py[cell]))) {
            return false;
        }
        value[cell] = v;
        px[cell] = segment.along();
        py[cell] = segment.across();
        ordered.set(cell);
        return true;
    }
}
