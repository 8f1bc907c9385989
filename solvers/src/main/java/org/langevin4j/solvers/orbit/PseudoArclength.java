package org.langevin4j.solvers.orbit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.linear.Vectors;
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

    /** A step that was made: where it ends, the tangent there, its length, and the length to try next. */
    static final class Step {
        private final double[] y;
        private final double[] tangent;
        private final double length;
        private final double next;

        private Step(double[] y, double[] tangent, double length, double next) {
            this.y = y;
            this.tangent = tangent;
            this.length = length;
            this.next = next;
        }

        double[] y() {
            return y;
        }

        double[] tangent() {
            return tangent;
        }

        double length() {
            return length;
        }

        double next() {
            return next;
        }
    }

    /** The length of the first step. */
    double firstStep() {
        return 0.1 * largestStep;
    }

    boolean contains(double[] y) {
        double parameter = y[equation.size()];
        return parameter >= min && parameter <= max;
    }

    /** Follows the curve from a point to the end of the range of p, or once around. */
    Course follow(double[] start, double[] startTangent, Visitor visitor) {
        List<double[]> points = new ArrayList<>();
        points.add(start);
        double[] y = start;
        double[] tangent = startTangent;
        double length = firstStep();
        visitor.visit(y, tangent);
        while (points.size() < MOST_POINTS) {
            Step step = advance(y, tangent, length, points.size());
            if (!contains(step.y())) {
                if (!leavesFromEdge(y, step.y())) {
                    points.add(edge(y, step.y()));
                }
                return new Course(points, false);
            }
            visitor.visit(step.y(), step.tangent());
            points.add(step.y());
            y = step.y();
            tangent = step.tangent();
            length = step.next();
            boolean closed = points.size() > 4
                    && Vectors.distance(y, start) < step.length()
                    && Vectors.dot(tangent, startTangent) > LEAST_COSINE;
            if (closed || Vectors.norm(y) > FAR) {
                return new Course(points, closed);
            }
        }
        return new Course(points, false);
    }

    /**
     * One step, of the length given or shorter.
     *
     * @throws ConvergenceException if no step is short enough
     */
    Step advance(double[] y, double[] tangent, double length, int points) {
        int n = equation.size();
        double step = length;
        while (true) {
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
            if (cosine >= LEAST_COSINE && Vectors.distance(next, predicted) <= 0.5 * step) {
                return new Step(next, nextTangent, step, cosine > STRAIGHT ? Math.min(largestStep, 1.5 * step) : step);
            }
            step *= 0.5;
            if (step < SMALLEST_STEP) {
                throw new ConvergenceException(
                        "continuation cannot pass the parameter " + y[n] + ", x = "
                                + OrbitException.text(Arrays.copyOf(y, n)),
                        Vectors.norm(equation.value(predicted)),
                        points,
                        SMALLEST_STEP);
            }
        }
    }

    /** Whether the last point within the range is its end already. */
    boolean leavesFromEdge(double[] inside, double[] outside) {
        int n = equation.size();
        return inside[n] == (outside[n] > max ? max : min);
    }

    /** The point where the curve leaves the range of p. */
    double[] edge(double[] inside, double[] outside) {
        int n = equation.size();
        double edge = outside[n] > max ? max : min;
        double t = (edge - inside[n]) / (outside[n] - inside[n]);
        double[] guess = Vectors.moved(inside, Vectors.difference(outside, inside), t);
        guess[n] = edge;
        double[] along = new double[n + 1];
        along[n] = 1.0;
        double[] y = corrected(guess, along);
        y[n] = edge;
        return y;
    }

    /** The unit null vector of F′ on the side of the last one; that one where there are two. */
    double[] tangent(double[] y, double[] last) {
        double[] right = new double[equation.size() + 1];
        right[equation.size()] = 1.0;
        double[] tangent = equation.solve(y, last, right);
        return tangent.length == 0 ? last : Vectors.unit(tangent);
    }

    /** Newton's method on the plane through a point across the tangent. */
    double[] corrected(double[] predicted, double[] tangent) {
        int n = equation.size();
        return Newton.solve(
                (y, out) -> {
                    System.arraycopy(equation.value(y), 0, out, 0, n);
                    out[n] = Vectors.dot(tangent, Vectors.difference(y, predicted));
                },
                (y, value) -> equation.solve(y, tangent, value),
                predicted,
                "a branch");
    }
}
