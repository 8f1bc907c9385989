package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The simplified string method (E, Ren and Vanden-Eijnden 2007): a string of images moves with the drift and is set at equal
 * distances along a cubic spline after each step, until it is invariant under the flow ẋ = b. Its ends move too and come to
 * rest at attractors.
 *
 * <p>In a gradient system b = −D∇Φ this is the minimum-energy path: over each saddle of lowest height, up along ∇Φ in the metric
 * of D and down against it. It is then also the most likely path, and its climb is the barrier. In a system that is not a
 * gradient it is a chain of heteroclinic orbits of the drift, attractor to saddle to attractor; the saddle is right, but the
 * most likely path climbs elsewhere, so that the action of this one is an upper bound only: use {@link MinimumAction}. Where
 * the orbit spirals into a focus there is no such string of finite resolution.
 *
 * <p>Immutable; each call computes by itself.
 */
public final class StringMethod {

    private static final double DIFFERENCE = 1e-5;

    /** Time of one step, in units of 1/‖∂b‖. */
    private static final double STEP = 0.5;

    /** A string of this part of its first length is none. */
    private static final double SHRUNK = 1e-9;

    private static final int BISECTIONS = 60;
    private static final int NEWTON = 20;

    private final VectorField drift;
    private final Diffusion diffusion;
    private final int segments;
    private final double tolerance;
    private final int maxIterations;

    private StringMethod(VectorField drift, Diffusion diffusion, int segments, double tolerance, int maxIterations) {
        this.drift = drift;
        this.diffusion = diffusion;
        this.segments = segments;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /**
     * The method with 100 segments, tolerance 1e-8 and at most 50,000 steps on a level.
     *
     * @param drift b
     * @param diffusion D, positive definite; the string does not depend on it, its action does
     * @return the method
     */
    public static StringMethod of(VectorField drift, Diffusion diffusion) {
        return new StringMethod(
                drift.requireAutonomous("StringMethod"),
                diffusion.requireAutonomous("StringMethod"),
                100,
                1e-8,
                50_000);
    }

    /**
     * Sets the number of segments between images.
     *
     * @param count even, at least 16
     * @return the method with that many
     */
    public StringMethod withSegments(int count) {
        if (!(count >= 16 && count % 2 == 0)) {
            throw new IllegalArgumentException("segments must be even and at least 16, got " + count);
        }
        return new StringMethod(drift, diffusion, count, tolerance, maxIterations);
    }

    /**
     * Sets when to stop: when no image moves by more than this fraction of the string in a time 1/‖∂b‖.
     *
     * @param value positive
     * @return the method with that tolerance
     */
    public StringMethod withTolerance(double value) {
        if (!(value > 0.0)) {
            throw new IllegalArgumentException("tolerance must be positive, got " + value);
        }
        return new StringMethod(drift, diffusion, segments, value, maxIterations);
    }

    /**
     * Sets when to give up.
     *
     * @param count steps on each level, positive
     * @return the method with that limit
     */
    public StringMethod withMaxIterations(int count) {
        if (!(count > 0)) {
            throw new IllegalArgumentException("maxIterations must be positive, got " + count);
        }
        return new StringMethod(drift, diffusion, segments, tolerance, count);
    }

    /**
     * Relaxes a broken line.
     *
     * @param corners a point in the basin of the first attractor, corners of the first guess if any, a point in the basin of
     *     the last; each of length d
     * @return the path between the attractors with its saddle and barrier
     * @throws IllegalArgumentException if there are fewer than two corners, they do not fit or two neighbours coincide, or if
     *     D is not positive definite somewhere on the string
     * @throws ConvergenceException if the string does not come to rest
     */
    public MinimumEnergyPath along(double[]... corners) {
        long begin = System.nanoTime();
        double length = SplineCurve.polygonLength(corners, diffusion.dimension());
        Hamiltonian hamiltonian = Hamiltonian.of(drift, diffusion, DIFFERENCE * length);
        ActionMetric metric = new ActionMetric(hamiltonian, diffusion.isConstant());
        Relaxation relaxation = new Relaxation(hamiltonian);
        double[][] coarse = relaxation.run(SplineCurve.alongPolygon(corners, segments / 2));
        double[][] fine = relaxation.run(SplineCurve.through(coarse).equidistant(segments));
        SplineCurve curve = SplineCurve.through(fine);
        double error = Math.abs(TransitionPath.sums(hamiltonian, metric, curve)[0]
                - TransitionPath.sums(hamiltonian, metric, SplineCurve.through(coarse))[0]);
        TransitionPath path = TransitionPath.of(
                hamiltonian,
                metric,
                curve,
                0.0,
                false,
                error,
                relaxation.residual,
                relaxation.iterations,
                Duration.ofNanos(System.nanoTime() - begin));
        return highest(hamiltonian, metric, curve, path);
    }

    /** Finds where b·φ′ turns from against to along the path, and there the highest saddle. */
    private static MinimumEnergyPath highest(
            Hamiltonian hamiltonian, ActionMetric metric, SplineCurve curve, TransitionPath path) {
        int d = hamiltonian.dimension();
        double[][] scratch = new double[3][d];
        double[] increments = new double[3];
        Optional<double[]> saddle = Optional.empty();
        double barrier = 0.0;
        for (int i = 1; i < curve.segments() - 1; i++) {
            if (!(along(hamiltonian, metric, curve, i, 0.0, scratch) < 0.0
                    && along(hamiltonian, metric, curve, i, 1.0, scratch) >= 0.0)) {
                continue;
            }
            double low = 0.0;
            double high = 1.0;
            for (int k = 0; k < BISECTIONS; k++) {
                double middle = 0.5 * (low + high);
                if (along(hamiltonian, metric, curve, i, middle, scratch) < 0.0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            TransitionPath.integrate(hamiltonian, metric, curve, i, high, scratch, increments);
            double height = path.work(i) + increments[1];
            if (saddle.isEmpty() || height > barrier) {
                curve.at(i, high, scratch[0], scratch[1]);
                saddle = Optional.of(newton(hamiltonian, scratch[0]));
                barrier = height;
            }
        }
        return new MinimumEnergyPath(path, saddle, Math.max(0.0, barrier));
    }

    private static double along(
            Hamiltonian hamiltonian,
            ActionMetric metric,
            SplineCurve curve,
            int segment,
            double u,
            double[][] scratch) {
        curve.at(segment, u, scratch[0], scratch[1]);
        metric.moveTo(scratch[0]);
        hamiltonian.drift(scratch[0], scratch[2]);
        return metric.product(scratch[2], scratch[1]);
    }

    /** The zero of b near a point of the string. */
    private static double[] newton(Hamiltonian hamiltonian, double[] start) {
        int d = start.length;
        double[] x = start.clone();
        double[] b = new double[d];
        double[] jacobian = new double[d * d];
        RealMatrix matrix = MatrixUtils.createRealMatrix(d, d);
        double step = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < NEWTON; iteration++) {
            hamiltonian.drift(x, b);
            hamiltonian.jacobian(x, jacobian);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    matrix.setEntry(i, j, jacobian[i * d + j]);
                }
            }
            double[] change;
            try {
                change = LuFactors.of(matrix).solve(b);
            } catch (ArithmeticException | IllegalArgumentException e) {
                break;
            }
            for (int i = 0; i < d; i++) {
                x[i] -= change[i];
            }
            double moved = SplineCurve.norm(change);
            // At a point in the origin |x| gives no scale.
            if (!(moved < step) || moved <= Math.ulp(SplineCurve.norm(start))) {
                return x;
            }
            step = moved;
        }
        throw new ConvergenceException("no resting point near the top of the string", SplineCurve.norm(b), NEWTON, 0.0);
    }

    /** Moves strings with the drift. */
    private final class Relaxation {

        private final Hamiltonian hamiltonian;
        private final int d;
        private final double[][] slopes;
        private final double[] stage;
        private final double[] jacobian;
        private double residual;
        private int iterations;

        Relaxation(Hamiltonian hamiltonian) {
            this.hamiltonian = hamiltonian;
            this.d = hamiltonian.dimension();
            this.slopes = new double[4][d];
            this.stage = new double[d];
            this.jacobian = new double[d * d];
        }

        double[][] run(double[][] start) {
            double[][] points = start;
            double atFirst = SplineCurve.through(start).arcLengths()[start.length - 1];
            for (int iteration = 1; iteration <= maxIterations; iteration++) {
                double fastest = 0.0;
                for (double[] point : points) {
                    hamiltonian.jacobian(point, jacobian);
                    fastest = Math.max(fastest, SplineCurve.norm(jacobian));
                }
                double step = STEP / fastest;
                double[][] moved = new double[points.length][];
                for (int i = 0; i < points.length; i++) {
                    moved[i] = flow(points[i], step);
                }
                SplineCurve curve = SplineCurve.through(moved);
                double length = curve.arcLengths()[points.length - 1];
                if (length <= SHRUNK * atFirst) {
                    throw new ConvergenceException(
                            "the string shrank to nothing, both of its ends lie in one basin",
                            length / atFirst,
                            iterations,
                            SHRUNK);
                }
                double[][] next = curve.equidistant(points.length - 1);
                residual = 0.0;
                for (int i = 0; i < points.length; i++) {
                    double change = SplineCurve.distance(next[i], points[i]) / (STEP * length);
                    residual = change <= residual ? residual : change;
                }
                iterations++;
                points = next;
                if (residual <= tolerance) {
                    return points;
                }
                if (!(residual < Double.MAX_VALUE)) {
                    throw new ConvergenceException(
                            "the string left the finite numbers", residual, iteration, tolerance);
                }
            }
            throw new ConvergenceException("the string did not come to rest", residual, maxIterations, tolerance);
        }

        /** One step of the classical Runge–Kutta method. */
        private double[] flow(double[] x, double h) {
            hamiltonian.drift(x, slopes[0]);
            for (int s = 1; s < 4; s++) {
                double part = s == 3 ? h : 0.5 * h;
                for (int c = 0; c < d; c++) {
                    stage[c] = x[c] + part * slopes[s - 1][c];
                }
                hamiltonian.drift(stage, slopes[s]);
            }
            double[] result = new double[d];
            for (int c = 0; c < d; c++) {
                result[c] = x[c] + h / 6.0 * (slopes[0][c] + 2.0 * (slopes[1][c] + slopes[2][c]) + slopes[3][c]);
            }
            return result;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "string method in %d segments, tolerance %.2g", segments, tolerance);
    }
}
