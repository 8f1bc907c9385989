package org.langevin4j.solvers.estimation;

import java.util.Arrays;
import java.util.function.Function;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Cholesky;
import org.langevin4j.solvers.ConvergenceException;

/** The maximum of Σₜlₜ(θ) by Newton's method with the derivatives of differences, held back where it does not climb (Levenberg 1944, Marquardt 1963). */
final class LikelihoodMaximum {

    private static final int MOST = 100;

    /** What a step of Newton's would still gain: the maximum is then some thousandths of a standard error away. */
    private static final double CONVERGED = 1e-5;

    /** With so little to gain, no step that climbs means that the digits of the likelihood end here. */
    private static final double WITHIN_ROUNDING = 1e-3;

    /** First differences, relative; later ones are a part of the standard errors. */
    private static final double FIRST_STEP = 1e-3;

    private static final double LATER_STEP = 0.05;
    private static final double LARGEST_DAMPING = 1e12;

    /** The parts lₜ; empty where θ is no parameter of a model. */
    private final Function<double[], double[]> parts;

    private final double[] at;
    private final double[] steps;
    private double value;
    private double[] gradient = {};
    private double[][] curvature = {};

    private LikelihoodMaximum(Function<double[], double[]> parts, double[] start) {
        this.parts = parts;
        this.at = start.clone();
        this.steps = new double[start.length];
        Arrays.setAll(steps, k -> FIRST_STEP * Math.max(0.01, Math.abs(start[k])));
        this.value = value(at);
        if (!(value > Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException("start must have a likelihood, got none at " + Arrays.toString(start));
        }
    }

    static ParameterEstimate from(double[] start, Function<double[], double[]> parts) {
        LikelihoodMaximum search = new LikelihoodMaximum(parts, start);
        double damping = 1e-3;
        for (int iteration = 1; iteration <= MOST; iteration++) {
            search.differentiate();
            double[] newton = search.step(0.0);
            if (newton.length > 0 && gain(search.gradient, newton) <= CONVERGED) {
                return search.estimate(iteration);
            }
            boolean climbed = false;
            while (!climbed && damping <= LARGEST_DAMPING) {
                double[] step = search.step(damping);
                climbed = step.length > 0 && search.climb(step);
                damping = climbed ? 0.1 * damping : Math.max(1e-9, 10.0 * damping);
            }
            if (!climbed && newton.length > 0 && gain(search.gradient, newton) <= WITHIN_ROUNDING) {
                return search.estimate(iteration);
            }
            if (!climbed) {
                throw new ConvergenceException(
                        "likelihood", gain(search.gradient, search.gradient), iteration, CONVERGED);
            }
        }
        throw new ConvergenceException("likelihood", gain(search.gradient, search.gradient), MOST, CONVERGED);
    }

    private static double gain(double[] gradient, double[] step) {
        double sum = 0.0;
        for (int k = 0; k < step.length; k++) {
            sum += 0.5 * gradient[k] * step[k];
        }
        return sum;
    }

    private double value(double[] x) {
        double[] l = parts.apply(x);
        double sum = l.length == 0 ? Double.NEGATIVE_INFINITY : ParameterEstimate.sum(l);
        return Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
    }

    private double shifted(int i, double byI, int j, double byJ) {
        double[] x = at.clone();
        x[i] += byI * steps[i];
        x[j] += byJ * steps[j];
        return value(x);
    }

    private void differentiate() {
        int n = at.length;
        gradient = new double[n];
        curvature = new double[n][n];
        for (int i = 0; i < n; i++) {
            double up = shifted(i, 1.0, i, 0.0);
            double down = shifted(i, -1.0, i, 0.0);
            gradient[i] = (up - down) / (2.0 * steps[i]);
            curvature[i][i] = (2.0 * value - up - down) / (steps[i] * steps[i]);
            for (int j = 0; j < i; j++) {
                double mixed = shifted(i, 1.0, j, 1.0)
                        - shifted(i, 1.0, j, -1.0)
                        - shifted(i, -1.0, j, 1.0)
                        + shifted(i, -1.0, j, -1.0);
                curvature[i][j] = -mixed / (4.0 * steps[i] * steps[j]);
                curvature[j][i] = curvature[i][j];
            }
        }
        for (int i = 0; i < n; i++) {
            if (curvature[i][i] > 0.0 && curvature[i][i] <= Double.MAX_VALUE) {
                steps[i] = LATER_STEP / Math.sqrt(curvature[i][i]);
            }
        }
    }

    /** (H + λ diag|H|)⁻¹g; empty where that is not positive. */
    private double[] step(double damping) {
        int n = at.length;
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i * n + j] = curvature[i][j];
            }
            matrix[i * n + i] += damping * Math.abs(curvature[i][i]);
        }
        double[] step = gradient.clone();
        if (Cholesky.definite(matrix, n) >= 0) {
            return new double[0];
        }
        Cholesky.solve(matrix, step);
        return step;
    }

    private boolean climb(double[] step) {
        double[] x = at.clone();
        for (int k = 0; k < x.length; k++) {
            x[k] += step[k];
        }
        double there = value(x);
        if (!(there >= value)) {
            return false;
        }
        System.arraycopy(x, 0, at, 0, x.length);
        value = there;
        return true;
    }

    private ParameterEstimate estimate(int iterations) {
        int n = at.length;
        double[][] scores = new double[n][];
        for (int k = 0; k < n; k++) {
            double[] x = at.clone();
            x[k] += steps[k];
            double[] up = parts.apply(x);
            x[k] -= 2.0 * steps[k];
            double[] down = parts.apply(x);
            double width = 2.0 * steps[k];
            scores[k] = new double[up.length];
            Arrays.setAll(scores[k], t -> (up[t] - down[t]) / width);
        }
        RealMatrix s = MatrixUtils.createRealMatrix(scores);
        return new ParameterEstimate(
                at, MatrixUtils.createRealMatrix(curvature), s.multiply(s.transpose()), value, iterations);
    }
}
