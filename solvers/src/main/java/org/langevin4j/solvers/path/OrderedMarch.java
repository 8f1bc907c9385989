package org.langevin4j.solvers.path;

import java.util.BitSet;
import org.langevin4j.core.density.Grid;

/**
 * Settles the points (i, j) of a lattice in the order of V, from values that some of them have: the next point is the one of
 * least V, and steps of up to a radius lead on from it. Units of cells.
 */
final class OrderedMarch {

    private static final byte FAR = 0;
    private static final byte TRIAL = 1;
    private static final byte EDGE = 2;
    private static final byte INNER = 3;

    private final LineUpdate segment;
    private final int rows;
    private final int columns;
    private final int radius;
    private final double[] value;
    private final double[] px;
    private final double[] py;
    private final byte[] state;
    private final double[] drift;
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
        this.value = value;
        this.px = px;
        this.py = py;
        this.state = new byte[value.length];
        this.drift = new double[2 * value.length];
        this.queue = new CellQueue(value);
        double[] y = new double[2];
        double[] b = new double[2];
        for (int cell = 0; cell < value.length; cell++) {
            int row = cell / columns;
            y[0] = row;
            y[1] = cell - row * columns;
            hamiltonian.drift(y, b);
            drift[2 * cell] = b[0];
            drift[2 * cell + 1] = b[1];
        }
    }

    /** Settles all points; returns those that got their values here. */
    BitSet run() {
        for (int cell = 0; cell < value.length; cell++) {
            if (value[cell] < Double.POSITIVE_INFINITY && hasNeighbour(cell, true)) {
                begin(cell);
            }
        }
        while (!queue.isEmpty()) {
            settle(queue.removeLeast());
        }
        return ordered;
    }

    private void begin(int cell) {
        state[cell] = TRIAL;
        queue.add(cell);
    }

    private boolean hasNeighbour(int cell, boolean unknown) {
        int i = cell / columns;
        int j = cell % columns;
        for (int k = Math.max(0, i - 1); k <= Math.min(rows - 1, i + 1); k++) {
            for (int l = Math.max(0, j - 1); l <= Math.min(columns - 1, j + 1); l++) {
                int other = k * columns + l;
                if (unknown ? value[other] == Double.POSITIVE_INFINITY : open(other)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a point may still get a lesser value. */
    private boolean open(int cell) {
        return state[cell] == TRIAL || (state[cell] == FAR && value[cell] == Double.POSITIVE_INFINITY);
    }

    private void settle(int cell) {
        int i = cell / columns;
        int j = cell % columns;
        state[cell] = EDGE;
        for (int k = Math.max(0, i - 1); k <= Math.min(rows - 1, i + 1); k++) {
            for (int l = Math.max(0, j - 1); l <= Math.min(columns - 1, j + 1); l++) {
                int other = k * columns + l;
                if (state[other] == EDGE && !hasNeighbour(other, false)) {
                    state[other] = INNER;
                } else if (state[other] == FAR && value[other] > value[cell]) {
                    reach(other, k, l);
                }
            }
        }
        for (int k = Math.max(0, i - radius); k <= Math.min(rows - 1, i + radius); k++) {
            int width = (int) Math.sqrt(radius * radius - (k - i) * (k - i));
            for (int l = Math.max(0, j - width); l <= Math.min(columns - 1, j + width); l++) {
                int other = k * columns + l;
                if (state[other] == TRIAL && lead(cell, i, j, other, k, l)) {
                    queue.add(other);
                }
            }
        }
    }

    /** A point next to a settled one is tried from all of the edge. */
    private void reach(int cell, int i, int j) {
        boolean known = value[cell] < Double.POSITIVE_INFINITY;
        for (int k = Math.max(0, i - radius); k <= Math.min(rows - 1, i + radius); k++) {
            int width = (int) Math.sqrt(radius * radius - (k - i) * (k - i));
            for (int l = Math.max(0, j - width); l <= Math.min(columns - 1, j + width); l++) {
                int other = k * columns + l;
                if (state[other] == EDGE && value[other] < value[cell]) {
                    lead(other, k, l, cell, i, j);
                }
            }
        }
        // A value from a front stays, unless it is clearly beaten.
        if (value[cell] < Double.POSITIVE_INFINITY && (!known || ordered.get(cell))) {
            state[cell] = TRIAL;
            queue.add(cell);
        }
    }

    /**
     * Steps from a point, and from the edges between it and its settled neighbours unless they cannot be better: the least value from
     * within an edge is below that from its nearer end by no more than the {@linkplain LineUpdate#slack() slack}.
     */
    private boolean lead(int from, int i, int j, int cell, int k, int l) {
        double v = step(from, i, j, cell, k, l);
        double least = v - segment.slack();
        boolean better = improve(cell, k, l, v);
        return (least < value[cell] && edges(from, cell, k, l)) || better;
    }

    /** V by the straight step; infinite where the drift changes too much along it for the midpoint rule. */
    private double step(int from, int i, int j, int cell, int k, int l) {
        double v = value[from] + segment.action(i, j, k, l);
        if (Math.abs(i - k) <= 1 && Math.abs(j - l) <= 1) {
            return v;
        }
        double c1 = drift[2 * cell] - drift[2 * from];
        double c2 = drift[2 * cell + 1] - drift[2 * from + 1];
        return c1 * c1 + c2 * c2 <= segment.speed2() ? v : Double.POSITIVE_INFINITY;
    }

    /** Steps from the edges between a point and its settled neighbours. */
    private boolean edges(int from, int cell, int i, int j) {
        int row = from / columns;
        int column = from % columns;
        boolean better = false;
        for (int k = Math.max(0, row - 1); k <= Math.min(rows - 1, row + 1); k++) {
            for (int l = Math.max(0, column - 1); l <= Math.min(columns - 1, column + 1); l++) {
                int other = k * columns + l;
                if (other != from && state[other] >= EDGE) {
                    better |= edge(from, other, cell, i, j);
                }
            }
        }
        return better;
    }

    private boolean edge(int from, int other, int cell, int i, int j) {
        int row = from / columns;
        int column = from % columns;
        double v = segment.least(
                row,
                column,
                value[from],
                other / columns - row,
                other % columns - column,
                value[other] - value[from],
                0.5
                        * ((px[from] - px[other]) * (other / columns - row)
                                + (py[from] - py[other]) * (other % columns - column)),
                i,
                j);
        return v < value[cell] && improve(cell, i, j, v);
    }

    /** Takes the value of the segment's last step, if it is less. */
    private boolean improve(int cell, int i, int j, double v) {
        double clearly = value[cell] == Double.POSITIVE_INFINITY || ordered.get(cell)
                ? 0.0
                : 0.5 * Math.hypot(px[cell], py[cell]);
        if (!(v < value[cell] - clearly)) {
            return false;
        }
        value[cell] = v;
        segment.momentum(i, j, p);
        px[cell] = p[0];
        py[cell] = p[1];
        ordered.set(cell);
        return true;
    }
}
