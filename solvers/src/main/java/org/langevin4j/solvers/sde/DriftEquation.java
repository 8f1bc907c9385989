package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;

/**
 * The equation of a step that is implicit in the drift, y = x + g·b(t, y) + r. Where b is affine by its type one
 * factorisation serves all paths, and all steps if it does not depend on time; otherwise Newton's method, started at x.
 */
final class DriftEquation {

    private final String scheme;
    private final VectorField drift;
    private final double tolerance;
    private final int maxIterations;

    private @Nullable VectorField known;
    private double knownFactor;
    private @Nullable Solution solution;

    private DriftEquation(String scheme, VectorField drift, double tolerance, int maxIterations) {
        this.scheme = scheme;
        this.drift = drift;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /**
     * The equation for a drift.
     *
     * @param scheme who asks
     * @param drift b
     * @param factor g of the steps to come, if b does not depend on time
     * @param tolerance bound of the last correction, relative and absolute
     * @param maxIterations iterations after which a step fails
     * @throws IllegalArgumentException if b does not know its Jacobian, or is affine and I − gA singular
     */
    static DriftEquation of(String scheme, VectorField drift, double factor, double tolerance, int maxIterations) {
        DriftEquation equation = new DriftEquation(scheme, drift, tolerance, maxIterations);
        if (drift.isAutonomous()) {
            equation.solution(drift, factor);
        }
        return equation;
    }

    /** Checks tolerance and iterations of a scheme. */
    static void requireSettings(double tolerance, int maxIterations) {
        if (!(tolerance > 0.0 && tolerance < 1.0)) {
            throw new IllegalArgumentException("tolerance must be in (0, 1), got " + tolerance);
        }
        if (!(maxIterations > 0)) {
            throw new IllegalArgumentException("maxIterations must be positive, got " + maxIterations);
        }
    }

    /**
     * Replaces the states x by the solutions y.
     *
     * @param t time at which the drift is taken
     * @param factor g
     * @param x states, {@code x[i][p]}
     * @param r what is added, {@code r[i][p]}
     * @param paths number of paths
     */
    void solve(double t, double factor, double[][] x, double[][] r, int paths) {
        Solution at = solution(drift.atTime(t), factor);
        int d = x.length;
        double[] state = new double[d];
        double[] right = new double[d];
        double[] next = new double[d];
        for (int p = 0; p < paths; p++) {
            for (int i = 0; i < d; i++) {
                state[i] = x[i][p];
                right[i] = state[i] + r[i][p];
            }
            at.solve(p, state, right, next);
            for (int i = 0; i < d; i++) {
                x[i][p] = next[i];
            }
        }
    }

    private Solution solution(VectorField field, double factor) {
        Solution ready = solution;
        if (ready != null && field == known && factor == knownFactor) {
            return ready;
        }
        Optional<AffineField> affine = AffineField.recognise(field);
        if (affine.isPresent()) {
            ready = affine(affine.get(), factor);
        } else if (field instanceof DifferentiableField differentiable) {
            ready = (p, x, r, out) -> newton(differentiable, factor, p, x, r, out);
        } else {
            throw new IllegalArgumentException(scheme + " needs the Jacobian of the drift; give the drift as a"
                    + " DifferentiableField, for instance by DifferentiableField.automatic, or use SkRock");
        }
        known = field;
        knownFactor = factor;
        solution = ready;
        return ready;
    }

    /** Solves y = g·b(y) + r. */
    @FunctionalInterface
    private interface Solution {

        /** Writes y into out; x is the state before the step, at the place p of its block. */
        void solve(int p, double[] x, double[] r, double[] out);
    }

    private static Solution affine(AffineField field, double factor) {
        double[] offset = field.offset();
        RealMatrix identity = MatrixUtils.createRealIdentityMatrix(field.dimension());
        LuFactors factors = LuFactors.of(identity.subtract(field.matrix().scalarMultiply(factor)));
        if (factors.isSingularToRounding()) {
            throw new IllegalArgumentException(
                    "stepSize must leave I − hA regular, got " + factor + " with 1/h an eigenvalue of A");
        }
        return (p, x, r, out) -> {
            double[] right = new double[r.length];
            for (int i = 0; i < r.length; i++) {
                right[i] = r[i] + factor * offset[i];
            }
            try {
                double[] y = factors.solve(right);
                System.arraycopy(y, 0, out, 0, y.length);
            } catch (ArithmeticException beyond) {
                // A path that leaves the doubles is refused with its place and time by who runs it.
                Arrays.fill(out, 0, r.length, Double.NaN);
            }
        };
    }

    private void newton(DifferentiableField field, double factor, int p, double[] x, double[] r, double[] out) {
        int d = x.length;
        double[] value = new double[d];
        double[] entries = new double[d * d];
        double[] residual = new double[d];
        RealMatrix matrix = MatrixUtils.createRealMatrix(d, d);
        System.arraycopy(x, 0, out, 0, d);
        for (int iteration = 1; iteration <= maxIterations; iteration++) {
            field.at(out, value);
            field.jacobian(out, entries);
            for (int i = 0; i < d; i++) {
                residual[i] = r[i] + factor * value[i] - out[i];
                for (int j = 0; j < d; j++) {
                    matrix.setEntry(i, j, (i == j ? 1.0 : 0.0) - factor * entries[i * d + j]);
                }
            }
            double[] correction;
            try {
                correction = LuFactors.of(matrix).solve(residual);
            } catch (ArithmeticException | IllegalArgumentException singular) {
                StepConvergenceException failure = failure(residual, iteration, x, p);
                failure.initCause(singular);
                throw failure;
            }
            double size = 0.0;
            double change = 0.0;
            for (int i = 0; i < d; i++) {
                out[i] += correction[i];
                size = Math.max(size, Math.abs(out[i]));
                change = Math.max(change, Math.abs(correction[i]));
            }
            if (change <= tolerance * (1.0 + size)) {
                return;
            }
        }
        field.at(out, value);
        for (int i = 0; i < d; i++) {
            residual[i] = r[i] + factor * value[i] - out[i];
        }
        throw failure(residual, maxIterations, x, p);
    }

    private StepConvergenceException failure(double[] residual, int iterations, double[] x, int p) {
        double largest = Arrays.stream(residual).map(Math::abs).reduce(0.0, Math::max);
        return new StepConvergenceException("Newton's method of " + scheme, largest, iterations, tolerance, x, p);
    }
}
