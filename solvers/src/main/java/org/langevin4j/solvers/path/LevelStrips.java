package org.langevin4j.solvers.path;

import java.util.Arrays;

/**
 * V and ∇V at the points (i, j) of a lattice, filled in strips between level curves. Within a triangle with corners c
 * V = Σ w_c (V_c + ½ p_c·(y − y_c)) with barycentric weights: exact for quadratic V, of third order in the size of the
 * triangle.
 */
final class LevelStrips {

    private static final double EDGE = 1e-9;

    private final int rows;
    private final int columns;
    private final double longest2;
    private final double[] value;
    private final double[] px;
    private final double[] py;
    private int settled;

    LevelStrips(int rows, int columns, double longest) {
        this.longest2 = longest * longest;
        this.rows = rows;
        this.columns = columns;
        this.value = new double[rows * columns];
        this.px = new double[rows * columns];
        this.py = new double[rows * columns];
        Arrays.fill(value, Double.POSITIVE_INFINITY);
    }

    int settled() {
        return settled;
    }

    int size() {
        return value.length;
    }

    double[] values() {
        return value;
    }

    double[] firstSlopes() {
        return px;
    }

    double[] secondSlopes() {
        return py;
    }

    /** Whether a characteristic has come, by more than half a cell's worth of V, where a cheaper one was before. */
    boolean overtakes(double[] state, double v) {
        int i = (int) Math.rint(state[0]);
        int j = (int) Math.rint(state[1]);
        if (i < 0 || j < 0 || i >= rows || j >= columns) {
            return false;
        }
        int cell = i * columns + j;
        double before = value[cell] + px[cell] * (state[0] - i) + py[cell] * (state[1] - j);
        double slope = LevelCurve.length(state[2], state[3]) + LevelCurve.length(px[cell], py[cell]);
        return before < v - 0.5 * slope;
    }

    /**
     * Fills the strip between two level curves, from marker {@code first} to {@code last} of the older one, triangle by
     * triangle.
     */
    void strip(LevelCurve old, int first, int last, double oldValue, LevelCurve front, double newValue) {
        int n = old.size();
        int m = front.size();
        boolean loop = old.closed() && front.closed();
        // Characteristics slip along the level curves: plain loops are matched by distance, folded or open ones by the
        // distance that each characteristic has slipped.
        boolean byDistance = n == 1 || (loop && !old.folded() && !front.folded());
        int oldSteps = loop ? n : Math.floorMod(last - first, n);
        int newSteps = front.closed() ? m : m - 1;
        int oldShift = first;
        int newShift = 0;
        if (loop && byDistance) {
            for (int k = 1; k < m; k++) {
                if (old.distance2(first, front, k) < old.distance2(first, front, newShift)) {
                    newShift = k;
                }
            }
        } else if (loop) {
            double place = front.place(0) - old.length() * Math.floor(front.place(0) / old.length());
            while (oldShift < n - 1 && old.arc(oldShift) < place) {
                oldShift++;
            }
        }
        double turns = loop ? Math.floor(front.place(0) / old.length()) * old.length() : 0.0;
        int i = 0;
        int j = 0;
        while (i < oldSteps || j < newSteps) {
            int a = (oldShift + i) % n;
            int b = (oldShift + i + 1) % n;
            int c = (newShift + j) % m;
            int e = (newShift + j + 1) % m;
            boolean older;
            if (j == newSteps || i == oldSteps) {
                older = j == newSteps;
            } else if (byDistance) {
                older = old.distance2(b, front, c) < old.distance2(a, front, e);
            } else {
                double oldNext = turns + old.arc(b) + (oldShift + i + 1 >= n ? old.length() : 0.0);
                double newNext = front.place(e) + (j + 1 == m ? old.length() : 0.0);
                older = oldNext < newNext;
            }
            if (older) {
                triangle(old, a, oldValue, old, b, oldValue, front, c, newValue);
                i++;
            } else {
                triangle(old, a, oldValue, front, c, newValue, front, e, newValue);
                j++;
            }
        }
    }

    private void triangle(
            LevelCurve f0, int k0, double v0, LevelCurve f1, int k1, double v1, LevelCurve f2, int k2, double v2) {
        double x0 = f0.x(k0);
        double y0 = f0.y(k0);
        double x1 = f1.x(k1);
        double y1 = f1.y(k1);
        double x2 = f2.x(k2);
        double y2 = f2.y(k2);
        if (f0.distance2(k0, f1, k1) > longest2
                || f1.distance2(k1, f2, k2) > longest2
                || f2.distance2(k2, f0, k0) > longest2) {
            return;
        }
        double area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
        int low = (int) Math.max(0, Math.ceil(Math.min(x0, Math.min(x1, x2)) - EDGE));
        int high = (int) Math.min(rows - 1, Math.floor(Math.max(x0, Math.max(x1, x2)) + EDGE));
        int left = (int) Math.max(0, Math.ceil(Math.min(y0, Math.min(y1, y2)) - EDGE));
        int right = (int) Math.min(columns - 1, Math.floor(Math.max(y0, Math.max(y1, y2)) + EDGE));
        if (area == 0.0 || high < low || right < left) {
            return;
        }
        double inverse = 1.0 / area;
        for (int i = low; i <= high; i++) {
            for (int j = left; j <= right; j++) {
                double w1 = ((i - x0) * (y2 - y0) - (x2 - x0) * (j - y0)) * inverse;
                double w2 = ((x1 - x0) * (j - y0) - (i - x0) * (y1 - y0)) * inverse;
                double w0 = 1.0 - w1 - w2;
                if (w0 < -EDGE || w1 < -EDGE || w2 < -EDGE) {
                    continue;
                }
                double v = w0 * (v0 + 0.5 * (f0.px(k0) * (i - x0) + f0.py(k0) * (j - y0)))
                        + w1 * (v1 + 0.5 * (f1.px(k1) * (i - x1) + f1.py(k1) * (j - y1)))
                        + w2 * (v2 + 0.5 * (f2.px(k2) * (i - x2) + f2.py(k2) * (j - y2)));
                int cell = i * columns + j;
                if (v < value[cell]) {
                    if (value[cell] == Double.POSITIVE_INFINITY) {
                        settled++;
                    }
                    value[cell] = v;
                    px[cell] = w0 * f0.px(k0) + w1 * f1.px(k1) + w2 * f2.px(k2);
                    py[cell] = w0 * f0.py(k0) + w1 * f1.py(k1) + w2 * f2.py(k2);
                }
            }
        }
    }
}
