package org.langevin4j.solvers.orbit;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.solvers.ConvergenceException;

/** Newton's method for f(x) = 0 with halved steps where |f| would not fall. */
final class Newton {

    /** Relative length of the step before the last: convergence being quadratic, the last one reaches rounding. */
    static final double TOLERANCE = 1e-9;

    private static final int MAX_ITERATIONS = 200;
    private static final int MAX_HALVINGS = 30;

    private Newton() {}

    /**
     * Solves f(x) = 0.
     *
     * @throws ConvergenceException if the steps do not become short
     */
    static double[] solve(DifferentiableField f, double[] start, String what) {
        int n = start.length;
        double[] x = start.clone();
        double[] value = new double[n];
        f.at(x, value);
        double residual = Vectors.norm(value);
        for (int iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
            if (residual == 0.0) {
                return x;
            }
            double[] step = step(f, x, value);
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

    private static double move(
            DifferentiableField f, double[] x, double[] step, double factor, double[] next, double[] value) {
        for (int i = 0; i < x.length; i++) {
            next[i] = x[i] - factor * step[i];
        }
        f.at(next, value);
        return Vectors.norm(value);
    }

    /** The solution of J step = f; empty if there is none. */
    private static double[] step(DifferentiableField f, double[] x, double[] value) {
        int n = x.length;
        double[] entries = new double[n * n];
        f.jacobian(x, entries);
        RealMatrix jacobian = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                jacobian.setEntry(i, j, entries[i * n + j]);
            }
        }
        try {
            double[] step = new LUDecomposition(jacobian, 0.0)
                    .getSolver()
                    .solve(new ArrayRealVector(value))
                    .toArray();
            return Vectors.norm(step) <= Double.MAX_VALUE ? step : new double[0];
        } catch (MathRuntimeException e) {
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
