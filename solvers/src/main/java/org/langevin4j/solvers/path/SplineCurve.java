package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.langevin4j.core.linear.Vectors;

/**
 * A curve φ(t), 0 ≤ t ≤ n, through n + 1 points: the cubic spline with two continuous derivatives, its slopes at the ends by
 * one-sided differences of fourth order.
 */
final class SplineCurve {

    /** Nodes and weights of Gauss and Legendre on [0, 1], four points. */
    static final double[] NODES = new double[4];

    static final double[] WEIGHTS = new double[4];

    static {
        for (int side = 0; side < 2; side++) {
            double root = Math.sqrt(3.0 / 7.0 - (1 - 2 * side) * 2.0 / 7.0 * Math.sqrt(1.2));
            double weight = (18.0 + (1 - 2 * side) * Math.sqrt(30.0)) / 72.0;
            NODES[2 * side] = 0.5 * (1.0 - root);
            NODES[2 * side + 1] = 0.5 * (1.0 + root);
            WEIGHTS[2 * side] = weight;
            WEIGHTS[2 * side + 1] = weight;
        }
    }

    private final double[][] points;
    private final double[][] slopes;

    private SplineCurve(double[][] points) {
        int n = points.length - 1;
        int d = points[0].length;
        this.points = points;
        this.slopes = new double[n + 1][d];
        double[] right = new double[n + 1];
        double[] pivot = new double[n + 1];
        for (int c = 0; c < d; c++) {
            right[0] = endSlope(c, 0, 1);
            right[n] = endSlope(c, n, -1);
            pivot[0] = 1.0;
            // m(i−1) + 4m(i) + m(i+1) = 3(φ(i+1) − φ(i−1)), forward elimination.
            for (int i = 1; i < n; i++) {
                double factor = i == 1 ? 1.0 : 1.0 / pivot[i - 1];
                pivot[i] = i == 1 ? 4.0 : 4.0 - factor;
                right[i] = 3.0 * (points[i + 1][c] - points[i - 1][c]) - factor * right[i - 1];
            }
            slopes[n][c] = right[n];
            for (int i = n - 1; i >= 1; i--) {
                slopes[i][c] = (right[i] - slopes[i + 1][c]) / pivot[i];
            }
            slopes[0][c] = right[0];
        }
    }

    private double endSlope(int c, int end, int inward) {
        return inward
                * (-25.0 * points[end][c]
                        + 48.0 * points[end + inward][c]
                        - 36.0 * points[end + 2 * inward][c]
                        + 16.0 * points[end + 3 * inward][c]
                        - 3.0 * points[end + 4 * inward][c])
                / 12.0;
    }

    /** The spline through points, at least five. */
    static SplineCurve through(double[][] points) {
        return new SplineCurve(points);
    }

    /** The length of a broken line in d dimensions, after a check of its corners. */
    static double polygonLength(double[][] corners, int d) {
        if (!(corners.length >= 2)) {
            throw new IllegalArgumentException("a path must have at least two corners, got " + corners.length);
        }
        double length = 0.0;
        for (int k = 0; k < corners.length; k++) {
            if (corners[k].length != d || !(norm(corners[k]) < Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "corners must be finite with " + d + " coordinates, got " + Arrays.toString(corners[k]));
            }
            if (k > 0) {
                double side = distance(corners[k], corners[k - 1]);
                if (!(side > 0.0)) {
                    throw new IllegalArgumentException(
                            "neighbouring corners must differ, got " + Arrays.toString(corners[k]) + " twice");
                }
                length += side;
            }
        }
        return length;
    }

    /** The point of a broken line at a part of its length. */
    static double[] onPolygon(double[][] corners, double part) {
        double total = 0.0;
        for (int k = 1; k < corners.length; k++) {
            total += distance(corners[k], corners[k - 1]);
        }
        double rest = part * total;
        int k = 1;
        while (k < corners.length - 1 && rest > distance(corners[k], corners[k - 1])) {
            rest -= distance(corners[k], corners[k - 1]);
            k++;
        }
        double[] side = Vectors.difference(corners[k], corners[k - 1]);
        return part == 1.0 ? corners[k].clone() : Vectors.moved(corners[k - 1], side, rest / Vectors.norm(side));
    }

    /** Points at equal distances along a broken line. */
    static double[][] alongPolygon(double[][] corners, int segments) {
        int m = corners.length;
        double[] length = new double[m];
        for (int k = 1; k < m; k++) {
            length[k] = length[k - 1] + distance(corners[k], corners[k - 1]);
        }
        double[][] points = new double[segments + 1][];
        int k = 1;
        for (int i = 0; i <= segments; i++) {
            double s = length[m - 1] * i / segments;
            while (k < m - 1 && length[k] < s) {
                k++;
            }
            double w = Math.min(1.0, (s - length[k - 1]) / (length[k] - length[k - 1]));
            points[i] = new double[corners[0].length];
            for (int c = 0; c < points[i].length; c++) {
                points[i][c] = (1.0 - w) * corners[k - 1][c] + w * corners[k][c];
            }
        }
        return points;
    }

    static double distance(double[] a, double[] b) {
        double sum = 0.0;
        for (int c = 0; c < a.length; c++) {
            sum += (a[c] - b[c]) * (a[c] - b[c]);
        }
        return Math.sqrt(sum);
    }

    int segments() {
        return points.length - 1;
    }

    /** φ and φ′ at t = segment + u. */
    void at(int segment, double u, double[] position, double[] derivative) {
        double v = 1.0 - u;
        double[] p = points[segment];
        double[] q = points[segment + 1];
        double[] m = slopes[segment];
        double[] k = slopes[segment + 1];
        for (int c = 0; c < position.length; c++) {
            double step = q[c] - p[c];
            position[c] =
                    p[c] * v * v * (1.0 + 2.0 * u) + q[c] * u * u * (3.0 - 2.0 * u) + u * v * (v * m[c] - u * k[c]);
            derivative[c] = 6.0 * u * v * step + v * (1.0 - 3.0 * u) * m[c] + u * (3.0 * u - 2.0) * k[c];
        }
    }

    private double speed(int segment, double u, double[] position, double[] derivative) {
        at(segment, u, position, derivative);
        return norm(derivative);
    }

    static double norm(double[] v) {
        return Vectors.norm(v);
    }

    /** Distances along the curve from its beginning to each of its points. */
    double[] arcLengths() {
        int d = points[0].length;
        double[] position = new double[d];
        double[] derivative = new double[d];
        double[] length = new double[points.length];
        for (int i = 0; i < segments(); i++) {
            double sum = 0.0;
            for (int g = 0; g < NODES.length; g++) {
                sum += WEIGHTS[g] * speed(i, NODES[g], position, derivative);
            }
            length[i + 1] = length[i] + sum;
        }
        return length;
    }

    /** n + 1 points at equal distances along the curve. */
    double[][] equidistant(int n) {
        int d = points[0].length;
        double[] length = arcLengths();
        double[] position = new double[d];
        double[] derivative = new double[d];
        double[][] result = new double[n + 1][d];
        result[0] = points[0].clone();
        result[n] = points[segments()].clone();
        int k = 0;
        for (int i = 1; i < n; i++) {
            double target = length[segments()] * i / n;
            while (k < segments() - 1 && length[k + 1] < target) {
                k++;
            }
            double rest = target - length[k];
            double u = rest / (length[k + 1] - length[k]);
            for (int newton = 0; newton < 3; newton++) {
                double covered = 0.0;
                for (int g = 0; g < NODES.length; g++) {
                    covered += WEIGHTS[g] * u * speed(k, u * NODES[g], position, derivative);
                }
                u = Math.max(0.0, Math.min(1.0, u - (covered - rest) / speed(k, u, position, derivative)));
            }
            at(k, u, result[i], derivative);
        }
        return result;
    }

    double[][] points() {
        return points;
    }
}
