package org.langevin4j.examples.paper.descent;

/** Products of Chebyshev points on a box: interpolation by the barycentric formula, and derivatives of the interpolating polynomial. */
final class ChebyshevGrid {

    private final double[][] points;
    private final double[][] weights;
    /** Of the interpolating polynomial at the points, for each axis. */
    private final double[][][] derivatives;

    private final int size;

    ChebyshevGrid(double[] low, double[] high, int... counts) {
        points = new double[counts.length][];
        weights = new double[counts.length][];
        derivatives = new double[counts.length][][];
        int product = 1;
        for (int axis = 0; axis < counts.length; axis++) {
            int n = counts[axis];
            points[axis] = new double[n];
            weights[axis] = new double[n];
            for (int i = 0; i < n; i++) {
                double unit = -Math.cos(Math.PI * i / (n - 1.0));
                points[axis][i] = low[axis] + 0.5 * (1.0 + unit) * (high[axis] - low[axis]);
                weights[axis][i] = (i % 2 == 0 ? 1.0 : -1.0) * (i == 0 || i == n - 1 ? 0.5 : 1.0);
            }
            derivatives[axis] = derivative(points[axis], weights[axis]);
            product *= n;
        }
        size = product;
    }

    private static double[][] derivative(double[] x, double[] w) {
        double[][] d = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                if (i != j) {
                    d[i][j] = w[j] / w[i] / (x[i] - x[j]);
                    d[i][i] -= d[i][j];
                }
            }
        }
        return d;
    }

    int size() {
        return size;
    }

    int dimension() {
        return points.length;
    }

    /** A point; the last axis runs fastest. */
    double[] point(int index) {
        double[] x = new double[points.length];
        int rest = index;
        for (int axis = points.length - 1; axis >= 0; axis--) {
            x[axis] = points[axis][rest % points[axis].length];
            rest /= points[axis].length;
        }
        return x;
    }

    /** Adds factor times the row that takes values at the points to the value at x. */
    void addInterpolation(double[] x, double factor, double[] row) {
        double[] product = {factor};
        for (int axis = 0; axis < points.length; axis++) {
            double[] of = interpolation(axis, x[axis]);
            double[] longer = new double[product.length * of.length];
            for (int i = 0; i < longer.length; i++) {
                longer[i] = product[i / of.length] * of[i % of.length];
            }
            product = longer;
        }
        for (int i = 0; i < size; i++) {
            row[i] += product[i];
        }
    }

    private double[] interpolation(int axis, double x) {
        double[] at = points[axis];
        double[] of = new double[at.length];
        double sum = 0.0;
        for (int i = 0; i < at.length; i++) {
            double off = x - at[i];
            if (off == 0.0) {
                double[] unit = new double[at.length];
                unit[i] = 1.0;
                return unit;
            }
            of[i] = weights[axis][i] / off;
            sum += of[i];
        }
        for (int i = 0; i < of.length; i++) {
            of[i] /= sum;
        }
        return of;
    }

    /** Adds factor times ∂ₐ∂_b, or ∂ₐ alone if b is negative, at a point to a row. */
    void addDerivative(int index, int a, int b, double factor, double[] row) {
        double[] product = {factor};
        int[] place = new int[points.length];
        int rest = index;
        for (int axis = points.length - 1; axis >= 0; axis--) {
            place[axis] = rest % points[axis].length;
            rest /= points[axis].length;
        }
        for (int axis = 0; axis < points.length; axis++) {
            double[] of = new double[points[axis].length];
            of[place[axis]] = 1.0;
            if (axis == a) {
                of = times(of, derivatives[axis]);
            }
            if (axis == b) {
                of = times(of, derivatives[axis]);
            }
            double[] longer = new double[product.length * of.length];
            for (int i = 0; i < longer.length; i++) {
                longer[i] = product[i / of.length] * of[i % of.length];
            }
            product = longer;
        }
        for (int i = 0; i < size; i++) {
            row[i] += product[i];
        }
    }

    private static double[] times(double[] row, double[][] matrix) {
        double[] out = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            for (int j = 0; j < row.length; j++) {
                out[j] += row[i] * matrix[i][j];
            }
        }
        return out;
    }
}
