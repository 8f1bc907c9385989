package org.langevin4j.solvers.orbit;

import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.ConvergenceException;

/** Newton's method for f(x) = 0 with halved steps where |f| would not fall. */
final class Newton {

    /** Relative length of the step before the last: convergence being quadratic, the last one reaches rounding. */
    static final double TOLERANCE = 1e-9;

    private static final int MAX_ITERATIONS = 200;
    private static final int MAX_HALVINGS = 30;

    private Newton() {}

    /** The linear systems of the method. */
    @FunctionalInterface
    interface Linearisation {
        /** The solution s of f′(x)s = f(x); empty if there is none. */
        double[] step(double[] x, double[] value);
    }

    /**
     * Solves f(x) = 0.
     *
     * @throws ConvergenceException if the steps do not become short
     */
    static double[] solve(DifferentiableField f, double[] start, String what) {
        int n = start.length;
        return solve(
                f,
                (x, value) -> {
                    double[] entries = new double[n * n];
                    f.jacobian(x, entries);
                    return solution(VariationalEquation.matrix(entries, 0, n), value);
                },
                start,
                what);
    }

    /**
     * Solves f(x) = 0 where the linear systems have a structure of their own.
     *
     * @throws ConvergenceException if the steps do not become short
     */
    static double[] solve(VectorField f, Linearisation linearisation, double[] start, String what) {
        int n = start.length;
        double[] x = start.clone();
        double[] value = new double[n];
        f.at(x, value);
        double residual = Vectors.norm(value);
        for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
            if (residual == 0.0) {
                return x;
            }
            double[] step = linearisation.step(x, value);
            if (step.length == 0) {
                throw failure(what, start, x, "the Jacobian is singular", residual, iteration);
            }
            double length = Vectors.norm(step);
            double[] next = new double[n];
            double nextResidual = move(f, x, step, 1.0, next, value);
            if (length <= TOLERANCE * (1.0 + Vectors.norm(x))) {
                return nextResidual <= residual ? next : x;
            }
            double factor = 1.0;
            for (int halving = 0; halving < MAX_HALVINGS && !(nextResidual < residual); halving++) {
                factor *= 0.5;
                nextResidual = move(f, x, step, factor, next, value);
            }
            if (!(nextResidual < residual)) {
                throw failure(what, start, x, "no shorter step lowers the residual", residual, iteration);
            }
            x = next;
            residual = nextResidual;
        }
        throw failure(what, start, x, "too many iterations", residual, MAX_ITERATIONS);
    }

    private static double move(VectorField f, double[] x, double[] step, double factor, double[] next, double[] value) {
        for (int i = 0; i < x.length; i++) {
            next[i] = x[i] - factor * step[i];
        }
        f.at(next, value);
        return Vectors.norm(value);
    }

    /** The solution of a linear system; empty if there is none. */
    static double[] solution(RealMatrix matrix, double[] right) {
        try {
            double[] solution = LuFactors.of(matrix).solve(right);
            return Vectors.norm(solution) <= Double.MAX_VALUE ? solution : new double[0];
        } catch (ArithmeticException | IllegalArgumentException e) {
            return new double[0];
        }
    }

    private static ConvergenceException failure(
            String what, double[] start, double[] x, String reason, double residual, int iterations) {
        return new ConvergenceException(
                "Newton's method for " + what + " from " + OrbitException.text(start) + " stopped at "
                        + OrbitException.text(x) + ", " + reason,
                residual,
                iterations,
                TOLERANCE);
    }
}
