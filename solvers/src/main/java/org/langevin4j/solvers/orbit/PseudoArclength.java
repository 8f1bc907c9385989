package org.langevin4j.solvers.orbit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Follows a curve F(y) = 0 (Keller 1977): a step along the tangent, then Newton's method in the plane across it, so that
 * folds are no obstacle. The step is halved where the curve bends or the correction is long, and grows where it is straight.
 *
 * @param equation F
 * @param min smallest parameter, the last component of y
 * @param max largest parameter
 * @param largestStep length of a step, at most
 */
record PseudoArclength(CurveEquation equation, double min, double max, double largestStep) {

    static final double SMALLEST_STEP = 1e-7;

    private static final int MOST_POINTS = 20_000;

    /** A curve that goes beyond |y| = 10⁶ is followed no further. */
    private static final double FAR = 1e6;

    /** Least cosine of the angle between tangents at the ends of a step. */
    private static final double LEAST_COSINE = 0.95;

    private static final double STRAIGHT = 0.995;

    /** Sees each point with its tangent, the start included. */
    @FunctionalInterface
    interface Visitor {
        void visit(double[] y, double[] tangent);
    }

    /** One direction from a point: the points, and whether they came back to it. */
    record Course(List<double[]> points, boolean closed) {}

    /** Follows the curve from a point to the end of the range of p, or once around. */
    Course follow(double[] start, double[] startTangent, Visitor visitor) {
        int n = equation.size();
        List<double[]> points = new ArrayList<>();
        points.add(start);
        double[] y = start;
        double[] tangent = startTangent;
        double step = 0.1 * largestStep;
        visitor.visit(y, tangent);
        while (points.size() < MOST_POINTS) {
            double[] predicted = Vectors.moved(y, tangent, step);
            double[] next;
            double[] nextTangent;
            try {
                next = corrected(predicted, tangent);
                nextTangent = tangent(next, tangent);
            } catch (ConvergenceException e) {
                next = predicted;
                nextTangent = new double[n + 1];
            }
            double cosine = Vectors.dot(tangent, nextTangent);
            if (!(cosine >= LEAST_COSINE && Vectors.distance(next, predicted) <= 0.5 * step)) {
                step *= 0.5;
                if (step < SMALLEST_STEP) {
                    throw new ConvergenceException(
                            "continuation cannot pass the parameter " + y[n] + ", x = "
                                    + OrbitException.text(Arrays.copyOf(y, n)),
                            Vectors.norm(equation.value(predicted)),
                            points.size(),
                            SMALLEST_STEP);
                }
                continue;
            }
            if (!(next[n] >= min && next[n] <= max)) {
                end(points, y, next);
                return new Course(points, false);
            }
            visitor.visit(next, nextTangent);
            points.add(next);
            boolean closed = points.size() > 4
                    && Vectors.distance(next, start) < step
                    && Vectors.dot(nextTangent, startTangent) > LEAST_COSINE;
            y = next;
            tangent = nextTangent;
            if (closed || Vectors.norm(y) > FAR) {
                return new Course(points, closed);
            }
            step = cosine > STRAIGHT ? Math.min(largestStep, 1.5 * step) : step;
        }
        return new Course(points, false);
    }

    /** The point where the curve leaves the range of p. */
    private void end(List<double[]> points, double[] inside, double[] outside) {
        int n = equation.size();
        double edge = outside[n] > max ? max : min;
        if (inside[n] == edge) {
            return;
        }
        double t = (edge - inside[n]) / (outside[n] - inside[n]);
        double[] guess = Vectors.moved(inside, Vectors.difference(outside, inside), t);
        DifferentiableField atEdge = DifferentiableField.of(
                (x, out) -> System.arraycopy(equation.value(Vectors.append(x, edge)), 0, out, 0, n), (x, out) -> {
                    RealMatrix derivative = equation.derivative(Vectors.append(x, edge));
                    for (int i = 0; i < n; i++) {
                        System.arraycopy(derivative.getRow(i), 0, out, i * n, n);
                    }
                });
        points.add(Vectors.append(Newton.solve(atEdge, Arrays.copyOf(guess, n), "the end of a branch"), edge));
    }

    /** The unit null vector of F′ on the side of the last one. */
    private double[] tangent(double[] y, double[] last) {
        double[] right = new double[equation.size() + 1];
        right[equation.size()] = 1.0;
        RealMatrix bordered = equation.bordered(y, last);
        LUDecomposition factors = new LUDecomposition(bordered, 0.0);
        return factors.getSolver().isNonSingular()
                ? Vectors.unit(
                        factors.getSolver().solve(new ArrayRealVector(right)).toArray())
                : last;
    }

    /** Newton's method on the plane through a point across the tangent. */
    private double[] corrected(double[] predicted, double[] tangent) {
        int n = equation.size();
        DifferentiableField system = DifferentiableField.of(
                (y, out) -> {
                    System.arraycopy(equation.value(y), 0, out, 0, n);
                    out[n] = Vectors.dot(tangent, Vectors.difference(y, predicted));
                },
                (y, out) -> {
                    RealMatrix matrix = equation.bordered(y, tangent);
                    for (int i = 0; i <= n; i++) {
                        System.arraycopy(matrix.getRow(i), 0, out, i * (n + 1), n + 1);
                    }
                });
        return Newton.solve(system, predicted, "a branch");
    }
}
