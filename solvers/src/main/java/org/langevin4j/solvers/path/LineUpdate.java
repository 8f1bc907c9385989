package org.langevin4j.solvers.path;

import java.util.Arrays;

/**
 * Straight steps to a point y of the plane and their geometric action ½(|b||Δ| − ⟨b, Δ⟩), the metric D⁻¹, by the midpoint rule. From
 * an edge between two points b and D⁻¹ are interpolated linearly between the two midpoints. Units of cells.
 */
final class LineUpdate {

    private static final int ITERATIONS = 12;
    private static final double ENOUGH = 1e-5;

    private final Hamiltonian hamiltonian;
    private final boolean constant;
    /**
     * b, and D⁻¹ if it is not constant, at points and midpoints, where many steps meet: a row of half cells is made when a step first comes
     * to it, and what is not there yet is NaN.
     */
    private final double[][] known;

    private final int halfColumns;
    private final int stride;
    private final double[] middle = new double[2];
    private final double[] b = new double[2];
    private final double[] d = new double[4];
    /** b, D⁻¹ at the midpoint of the step that was aimed, and what they change by to the midpoint from the other end of an edge. */
    private double b1;

    private double b2;
    private double g11;
    private double g12;
    private double g22;
    private double db1;
    private double db2;
    private double dg11;
    private double dg12;
    private double dg22;
    /** Twice the step's midpoint, and the step. */
    private int place1;

    private int place2;
    private double r1;
    private double r2;
    /** Of the slope at the beginning of all edges: D⁻¹b, D⁻¹Δ, their squares and the root of the product of these. */
    private double mb1;

    private double mb2;
    private double mv1;
    private double mv2;
    private double bb0;
    private double vv0;
    private double root0;
    private double rise;
    private double bend;
    private double e1;
    private double e2;
    /** Of the last action: |b||Δ|, and in the metric the cosine and sine of the angle from b to Δ by it, the sine without √det. */
    private double product;

    private double cosine;
    private double sine;
    private double determinant;
    /** The square of its length in the metric. */
    private double length2;

    LineUpdate(Hamiltonian hamiltonian, boolean constant, int rows, int columns) {
        this.hamiltonian = hamiltonian;
        this.constant = constant;
        this.known = new double[2 * rows - 1][];
        this.halfColumns = 2 * columns - 1;
        this.stride = constant ? 2 : 5;
        if (constant) {
            invert();
        }
    }

    private void invert() {
        hamiltonian.diffusion(middle, d);
        double determinant = d[0] * d[3] - d[1] * d[2];
        if (!(determinant > 0.0 && d[0] > 0.0)) {
            throw new IllegalArgumentException("diffusion must be positive definite on the grid, got determinant "
                    + determinant + " in units of cells");
        }
        g11 = d[3] / determinant;
        g12 = -d[1] / determinant;
        g22 = d[0] / determinant;
    }

    /** The row of what is known at (x, ·)/2, with an entry for (x, y)/2. */
    private double[] at(int x, int y) {
        double[] row = known[x];
        if (row == null) {
            row = new double[stride * halfColumns];
            Arrays.fill(row, Double.NaN);
            known[x] = row;
        }
        if (Double.isNaN(row[stride * y])) {
            evaluate(x, y, row, stride * y);
        }
        return row;
    }

    private void evaluate(int x, int y, double[] row, int k) {
        middle[0] = 0.5 * x;
        middle[1] = 0.5 * y;
        hamiltonian.drift(middle, b);
        row[k] = b[0];
        row[k + 1] = b[1];
        if (!constant) {
            double m11 = g11;
            double m12 = g12;
            double m22 = g22;
            invert();
            row[k + 2] = g11;
            row[k + 3] = g12;
            row[k + 4] = g22;
            g11 = m11;
            g12 = m12;
            g22 = m22;
        }
    }

    /** Aims the step from (x1, x2) to (y1, y2); returns its action. */
    double action(int x1, int x2, int y1, int y2) {
        place1 = x1 + y1;
        place2 = x2 + y2;
        double[] row = at(place1, place2);
        int k = stride * place2;
        b1 = row[k];
        b2 = row[k + 1];
        if (!constant) {
            g11 = row[k + 2];
            g12 = row[k + 3];
            g22 = row[k + 4];
        }
        r1 = y1 - x1;
        r2 = y2 - x2;
        return action(b1, b2, g11, g12, g22, r1, r2);
    }

    private double action(double c1, double c2, double m11, double m12, double m22, double v1, double v2) {
        double bb = m11 * c1 * c1 + 2.0 * m12 * c1 * c2 + m22 * c2 * c2;
        double vv = m11 * v1 * v1 + 2.0 * m12 * v1 * v2 + m22 * v2 * v2;
        length2 = vv;
        product = Math.sqrt(bb * vv);
        cosine = m11 * c1 * v1 + m12 * (c1 * v2 + c2 * v1) + m22 * c2 * v2;
        determinant = m11 * m22 - m12 * m12;
        sine = c1 * v2 - c2 * v1;
        return 0.5 * (product - cosine);
    }

    /** Whether b changes by more from one end of the step that was aimed to the other than its length at the midpoint. */
    boolean turns(int x1, int x2, int y1, int y2) {
        double[] begin = at(2 * x1, 2 * x2);
        double[] end = at(2 * y1, 2 * y2);
        int from = 2 * stride * x2;
        int to = 2 * stride * y2;
        double c1 = end[to] - begin[from];
        double c2 = end[to + 1] - begin[from + 1];
        return !(c1 * c1 + c2 * c2 <= b1 * b1 + b2 * b2);
    }

    /**
     * What a step from within an edge at the beginning of the last {@link #action} can cost less than one from its nearer end, at a half of
     * the edge: |b||e|²/(16|Δ|) of the action's second derivative along it, in the metric, for the longest edge e; twice that, for those of
     * V and b.
     */
    double slack() {
        return length2 > 0.0 ? product * (g11 + g22 + 2.0 * Math.abs(g12)) / (8.0 * length2) : 0.0;
    }

    /** Prepares for edges from the beginning of the step that was aimed. */
    void openEdges() {
        mb1 = g11 * b1 + g12 * b2;
        mb2 = g12 * b1 + g22 * b2;
        mv1 = g11 * r1 + g12 * r2;
        mv2 = g12 * r1 + g22 * r2;
        bb0 = mb1 * b1 + mb2 * b2;
        vv0 = mv1 * r1 + mv2 * r2;
        root0 = Math.sqrt(bb0 * vv0);
    }

    /**
     * The least of V + action over steps to the same point from within an edge from the beginning x of the step that was aimed, where V
     * = v, to x + (f1, f2), where V = v + rise, and V = v + s rise + s(1 − s) bend in between; infinite if it is at one of the ends.
     */
    double least(double v, int f1, int f2, double rise, double bend) {
        double[] row = at(place1 + f1, place2 + f2);
        int k = stride * (place2 + f2);
        db1 = row[k] - b1;
        db2 = row[k + 1] - b2;
        if (!constant) {
            dg11 = row[k + 2] - g11;
            dg12 = row[k + 3] - g12;
            dg22 = row[k + 4] - g22;
        }
        e1 = f1;
        e2 = f2;
        this.rise = rise;
        this.bend = bend;
        double atLow = firstSlope();
        if (!(atLow < 0.0)) {
            return Double.POSITIVE_INFINITY;
        }
        double atHigh = slope(1.0);
        if (!(atHigh > 0.0)) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0.0;
        double high = 1.0;
        // The Illinois variant of the rule of false position.
        double s = 0.5;
        int side = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            double next = (low * atHigh - high * atLow) / (atHigh - atLow);
            double moved = Math.abs(next - s);
            s = next;
            if (moved < ENOUGH) {
                break;
            }
            double here = slope(s);
            if (here < 0.0) {
                low = s;
                atLow = here;
                atHigh *= side < 0 ? 0.5 : 1.0;
                side = -1;
            } else {
                high = s;
                atHigh = here;
                atLow *= side > 0 ? 0.5 : 1.0;
                side = 1;
            }
        }
        return v
                + s * (rise + (1.0 - s) * bend)
                + action(
                        b1 + s * db1,
                        b2 + s * db2,
                        g11 + s * dg11,
                        g12 + s * dg12,
                        g22 + s * dg22,
                        r1 - s * e1,
                        r2 - s * e2);
    }

    /** {@link #slope} at 0, the same bits. */
    private double firstSlope() {
        double bbSlope = 2.0 * (mb1 * db1 + mb2 * db2);
        double vvSlope = -2.0 * (mv1 * e1 + mv2 * e2);
        double bvSlope = mv1 * db1 + mv2 * db2 - mb1 * e1 - mb2 * e2;
        if (!constant) {
            bbSlope += dg11 * b1 * b1 + 2.0 * dg12 * b1 * b2 + dg22 * b2 * b2;
            vvSlope += dg11 * r1 * r1 + 2.0 * dg12 * r1 * r2 + dg22 * r2 * r2;
            bvSlope += dg11 * b1 * r1 + dg12 * (b1 * r2 + b2 * r1) + dg22 * b2 * r2;
        }
        double rootSlope = root0 > 0.0 ? 0.5 * (bbSlope * vv0 + bb0 * vvSlope) / root0 : 0.0;
        return rise + bend + 0.5 * (rootSlope - bvSlope);
    }

    /** The derivative of V + action along the edge. */
    private double slope(double s) {
        double c1 = b1 + s * db1;
        double c2 = b2 + s * db2;
        double v1 = r1 - s * e1;
        double v2 = r2 - s * e2;
        double m11 = g11 + s * dg11;
        double m12 = g12 + s * dg12;
        double m22 = g22 + s * dg22;
        double mb1 = m11 * c1 + m12 * c2;
        double mb2 = m12 * c1 + m22 * c2;
        double mv1 = m11 * v1 + m12 * v2;
        double mv2 = m12 * v1 + m22 * v2;
        double bb = mb1 * c1 + mb2 * c2;
        double vv = mv1 * v1 + mv2 * v2;
        double bbSlope = 2.0 * (mb1 * db1 + mb2 * db2);
        double vvSlope = -2.0 * (mv1 * e1 + mv2 * e2);
        double bvSlope = mv1 * db1 + mv2 * db2 - mb1 * e1 - mb2 * e2;
        if (!constant) {
            bbSlope += dg11 * c1 * c1 + 2.0 * dg12 * c1 * c2 + dg22 * c2 * c2;
            vvSlope += dg11 * v1 * v1 + 2.0 * dg12 * v1 * v2 + dg22 * v2 * v2;
            bvSlope += dg11 * c1 * v1 + dg12 * (c1 * v2 + c2 * v1) + dg22 * c2 * v2;
        }
        double root = Math.sqrt(bb * vv);
        double rootSlope = root > 0.0 ? 0.5 * (bbSlope * vv + bb * vvSlope) / root : 0.0;
        return rise + (1.0 - 2.0 * s) * bend + 0.5 * (rootSlope - bvSlope);
    }

    /**
     * ½(cos θ − 1) of the last step, θ the angle from b to ẋ at the midpoint. It is taken for that at the end, where
     * {@link #momentum} makes ∇V of it: right where b or −b leads the way.
     */
    double along() {
        return product > 0.0 ? 0.5 * (cosine / product - 1.0) : 0.0;
    }

    /** ½ sin θ of the last step. */
    double across() {
        return product > 0.0 ? 0.5 * (Math.sqrt(determinant) * sine) / product : 0.0;
    }

    /** ∇V at (y1, y2): p = ½D⁻¹(ẋ − b) with |ẋ| = |b|, 2p = (cos θ − 1)D⁻¹b + sin θ (det D)^(−½)(−b₂, b₁). */
    void momentum(int y1, int y2, double along, double across, double[] out) {
        double[] row = at(2 * y1, 2 * y2);
        int k = 2 * stride * y2;
        double m11 = constant ? g11 : row[k + 2];
        double m12 = constant ? g12 : row[k + 3];
        double m22 = constant ? g22 : row[k + 4];
        double s = across * Math.sqrt(m11 * m22 - m12 * m12);
        out[0] = along * (m11 * row[k] + m12 * row[k + 1]) - s * row[k + 1];
        out[1] = along * (m12 * row[k] + m22 * row[k + 1]) + s * row[k];
    }
}
