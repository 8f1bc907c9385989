package org.langevin4j.solvers.path;

import java.util.Arrays;

/** A level curve of V as a chain of markers, closed or open: positions y and momenta p = ∇V. */
final class LevelCurve {

    private static final int STATE = 5;

    private final boolean closed;
    private double[] states = new double[64 * STATE];
    private double[] arcs = {};
    private boolean folded;
    private int size;

    LevelCurve(boolean closed) {
        this.closed = closed;
    }

    boolean closed() {
        return closed;
    }

    int size() {
        return size;
    }

    /** Adds a marker; its place is where it has come to along the curve it is from, as a length on that curve. */
    void add(double x, double y, double px, double py, double place) {
        if ((size + 1) * STATE > states.length) {
            states = Arrays.copyOf(states, 2 * states.length);
        }
        int at = size * STATE;
        states[at] = x;
        states[at + 1] = y;
        states[at + 2] = px;
        states[at + 3] = py;
        states[at + 4] = place;
        size++;
    }

    void add(double[] state) {
        add(state[0], state[1], state[2], state[3], state[4]);
    }

    /** Adds the markers of another chain behind those of this one, their places shifted. */
    void append(LevelCurve other, double shift) {
        for (int k = 0; k < other.size; k++) {
            add(other.x(k), other.y(k), other.px(k), other.py(k), other.place(k) + shift);
        }
    }

    /** Measures the finished curve: lengths along it, and whether it is folded. */
    void measure() {
        arcs = new double[size + 1];
        int positive = 0;
        int links = closed ? size : size - 1;
        for (int k = 0; k < links; k++) {
            int next = (k + 1) % size;
            arcs[k + 1] = arcs[k] + Math.sqrt(distance2(k, this, next));
            // Outside of folds p is always on the same side of the chain.
            double side = px(k) * (y(next) - y(k)) - py(k) * (x(next) - x(k));
            positive += side > 0.0 ? 1 : 0;
        }
        folded = positive > 0 && positive < links;
    }

    /** The length of the curve from its first marker to one of its markers. */
    double arc(int marker) {
        return arcs[marker];
    }

    /** The length of the whole curve. */
    double length() {
        return arcs[closed ? size : size - 1];
    }

    boolean folded() {
        return folded;
    }

    double place(int marker) {
        return states[marker * STATE + 4];
    }

    void get(int marker, double[] state) {
        System.arraycopy(states, marker * STATE, state, 0, STATE);
    }

    double x(int marker) {
        return states[marker * STATE];
    }

    double y(int marker) {
        return states[marker * STATE + 1];
    }

    double px(int marker) {
        return states[marker * STATE + 2];
    }

    double py(int marker) {
        return states[marker * STATE + 3];
    }

    double momentum(int marker) {
        return length(px(marker), py(marker));
    }

    /** Of a vector in units of cells, where nothing over- or underflows and hypot is ten times slower. */
    static double length(double x, double y) {
        return Math.sqrt(x * x + y * y);
    }

    /** Squared distance of a marker of this front from one of another. */
    double distance2(int marker, LevelCurve other, int otherMarker) {
        double dx = x(marker) - other.x(otherMarker);
        double dy = y(marker) - other.y(otherMarker);
        return dx * dx + dy * dy;
    }
}
