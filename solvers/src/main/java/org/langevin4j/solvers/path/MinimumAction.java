package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.Locale;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The geometric minimum action method (Heymann and Vanden-Eijnden 2008): the path between two states that minimises
 *
 * <pre>S = inf over T of ¼∫₀ᵀ(ẋ − b)ᵀD⁻¹(ẋ − b)dt = ½∫(|b||φ′| − ⟨b, φ′⟩)dα,   ⟨u, v⟩ = uᵀD(φ)⁻¹v,</pre>
 *
 * <p>so that transitions are as rare as e^(−βS), and S = ΔΦ for the climb out of a well of b = −D∇Φ. D may depend on the state
 * and must be positive definite along the path. The curve relaxes by Heymann and Vanden-Eijnden's flow
 *
 * <pre>∂φ/∂τ = λ²φ″ − λH_θx φ′ + H_θθ H_x + λλ′φ′,   λ = |b|/|φ′|,   H = θ·Dθ + b·θ,</pre>
 *
 * <p>implicit in φ″, and its points are set at equal distances along a cubic spline after each step. The action is then taken
 * along the spline by a quadrature of high order. The points are of second order in their distance, the action therefore of
 * fourth.
 *
 * <p>The minimum found is a local one: it depends on the path to start from where there are several, as at the Maier–Stein
 * system for β &gt; 4, whose straight path is a maximum between two mirrored instantons. Start a path over a saddle at one side
 * of it, or go to the saddle only (at β = 4 itself the flow settles slower than exponentially and may end in an exception): beyond it the path may have a corner, and what follows b costs nothing. A path that spirals
 * out of a focus has infinitely many turns, of which the points resolve the outer ones; the action then converges slowly and
 * {@link TransitionPath#errorEstimate} says so.
 *
 * <p>Immutable; each call computes by itself.
 */
public final class MinimumAction {

    /** Length of central differences, relative to the length of the path. */
    private static final double DIFFERENCE = 1e-5;

    /** Steps in τ, in units of 1/‖∂b‖², and how often they may be halved. */
    private static final double STEP = 0.2;

    private static final int HALVINGS = 8;

    /** A residual that grows so much above the least one seen calls for a smaller step. */
    private static final double GROWTH = 100.0;

    private final VectorField drift;
    private final Diffusion diffusion;
    private final int segments;
    private final double tolerance;
    private final int maxIterations;

    private MinimumAction(VectorField drift, Diffusion diffusion, int segments, double tolerance, int maxIterations) {
        this.drift = drift;
        this.diffusion = diffusion;
        this.segments = segments;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /**
     * The method with 200 segments, tolerance 1e-7 and at most 50,000 iterations on a level.
     *
     * @param drift b; if it is a {@link org.langevin4j.core.field.DifferentiableField} its Jacobian is used, otherwise
     *     differences
     * @param diffusion D, positive definite
     * @return the method
     */
    public static MinimumAction of(VectorField drift, Diffusion diffusion) {
        return new MinimumAction(
                drift.requireAutonomous("MinimumAction"),
                diffusion.requireAutonomous("MinimumAction"),
                200,
                1e-7,
                50_000);
    }

    /**
     * Sets the number of segments between points.
     *
     * @param count even, at least 16
     * @return the method with that many
     */
    public MinimumAction segments(int count) {
        if (!(count >= 16 && count % 2 == 0)) {
            throw new IllegalArgumentException("segments must be even and at least 16, got " + count);
        }
        return new MinimumAction(drift, diffusion, count, tolerance, maxIterations);
    }

    /**
     * Sets when to stop: when no point moves by more than this fraction of the path in a time 1/‖∂b‖² of the flow.
     *
     * @param value positive
     * @return the method with that tolerance
     */
    public MinimumAction tolerance(double value) {
        if (!(value > 0.0)) {
            throw new IllegalArgumentException("tolerance must be positive, got " + value);
        }
        return new MinimumAction(drift, diffusion, segments, value, maxIterations);
    }

    /**
     * Sets when to give up.
     *
     * @param count iterations on each level, positive
     * @return the method with that limit
     */
    public MinimumAction maxIterations(int count) {
        if (!(count > 0)) {
            throw new IllegalArgumentException("maxIterations must be positive, got " + count);
        }
        return new MinimumAction(drift, diffusion, segments, tolerance, count);
    }

    /**
     * Minimises from the straight path.
     *
     * @param from beginning, length d
     * @param to end, length d
     * @return the path
     * @throws ConvergenceException if the iteration does not reach its tolerance
     */
    public TransitionPath between(double[] from, double[] to) {
        return along(from, to);
    }

    /**
     * Minimises from a broken line.
     *
     * @param corners the beginning, corners of the first guess if any, the end; each of length d
     * @return the path from the first to the last corner
     * @throws IllegalArgumentException if there are fewer than two corners, they do not fit or two neighbours coincide, or if
     *     D is not positive definite somewhere on the way
     * @throws ConvergenceException if the iteration does not reach its tolerance
     */
    public TransitionPath along(double[]... corners) {
        long begin = System.nanoTime();
        double length = Curve.polygonLength(corners, diffusion.dimension());
        Hamiltonian hamiltonian = Hamiltonian.of(drift, diffusion, DIFFERENCE * length);
        Metric metric = new Metric(hamiltonian, diffusion.isConstant());
        Flow flow = new Flow(hamiltonian, metric, DIFFERENCE);
        // Half as many segments first: a good start, and the estimate of the error.
        Relaxed coarse = relax(flow, Curve.alongPolygon(corners, segments / 2), length);
        Relaxed fine = relax(flow, Curve.through(coarse.points).equidistant(segments), length);
        Curve curve = Curve.through(fine.points);
        double coarseAction = TransitionPath.action(hamiltonian, metric, Curve.through(coarse.points));
        double action = TransitionPath.action(hamiltonian, metric, curve);
        return TransitionPath.of(
                hamiltonian,
                metric,
                curve,
                Math.abs(action - coarseAction),
                fine.residual,
                coarse.iterations + fine.iterations,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private static final class Relaxed {

        private final double[][] points;
        private final double residual;
        private final int iterations;

        Relaxed(double[][] points, double residual, int iterations) {
            this.points = points;
            this.residual = residual;
            this.iterations = iterations;
        }
    }

    private Relaxed relax(Flow flow, double[][] start, double length) {
        double step = STEP;
        int halvings = 0;
        double[][] points = start;
        double residual = Double.POSITIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        for (int iteration = 1; iteration <= maxIterations; iteration++) {
            double[][] next = Curve.through(flow.step(points, step)).equidistant(points.length - 1);
            residual = 0.0;
            for (int i = 1; i < points.length - 1; i++) {
                // Not Math.max, which a NaN must not pass by.
                double moved = Curve.distance(next[i], points[i]) / (step * length);
                residual = moved <= residual ? residual : moved;
            }
            if (residual <= tolerance) {
                return new Relaxed(next, residual, iteration);
            }
            if (!(residual < GROWTH * least) || !(residual < Double.MAX_VALUE)) {
                if (++halvings > HALVINGS) {
                    throw new ConvergenceException(
                            "the path does not settle at any step of its flow", residual, iteration, tolerance);
                }
                step *= 0.5;
                next = start;
                least = Double.POSITIVE_INFINITY;
            } else {
                least = Math.min(least, residual);
            }
            points = next;
        }
        throw new ConvergenceException("the path did not settle", residual, maxIterations, tolerance);
    }

    /** One step of the flow. Not safe for several threads. */
    private static final class Flow {

        private final Hamiltonian hamiltonian;
        private final Metric metric;
        private final double difference;
        private final int d;
        private final double[] b;
        private final double[] force;
        private final double[] raised;
        private final double[] shifted;
        private final double[] ahead;
        private final double[] behind;
        private final double[] jacobian;

        Flow(Hamiltonian hamiltonian, Metric metric, double difference) {
            this.hamiltonian = hamiltonian;
            this.metric = metric;
            this.difference = difference;
            this.d = hamiltonian.dimension();
            this.b = new double[d];
            this.force = new double[d];
            this.raised = new double[d];
            this.shifted = new double[d];
            this.ahead = new double[d];
            this.behind = new double[d];
            this.jacobian = new double[d * d];
        }

        double[][] step(double[][] phi, double size) {
            int n = phi.length - 1;
            double[][] tangent = new double[n + 1][d];
            double[][] theta = new double[n + 1][d];
            double[] lambda = new double[n + 1];
            double fastest = 0.0;
            for (int i = 1; i < n; i++) {
                for (int c = 0; c < d; c++) {
                    tangent[i][c] = 0.5 * n * (phi[i + 1][c] - phi[i - 1][c]);
                }
                metric.moveTo(phi[i]);
                hamiltonian.drift(phi[i], b);
                lambda[i] = Math.sqrt(metric.product(b, b) / metric.product(tangent[i], tangent[i]));
                for (int c = 0; c < d; c++) {
                    force[c] = 0.5 * (lambda[i] * tangent[i][c] - b[c]);
                }
                metric.lower(force, theta[i]);
                hamiltonian.jacobian(phi[i], jacobian);
                fastest = Math.max(fastest, metric.squaredNorm(jacobian));
            }
            lambda[0] = 2.0 * lambda[1] - lambda[2];
            lambda[n] = 2.0 * lambda[n - 1] - lambda[n - 2];
            double tau = size / fastest;
            double[][] right = new double[n + 1][d];
            for (int i = 1; i < n; i++) {
                double slope = 0.5 * n * (lambda[i + 1] - lambda[i - 1]);
                hamiltonian.momentumRate(phi[i], theta[i], force);
                metric.moveTo(phi[i]);
                metric.raise(force, raised);
                velocityAt(phi[i], difference, tangent[i], theta[i], ahead);
                velocityAt(phi[i], -difference, tangent[i], theta[i], behind);
                for (int c = 0; c < d; c++) {
                    double along = (ahead[c] - behind[c]) / (2.0 * difference);
                    right[i][c] = phi[i][c]
                            + tau * (-lambda[i] * along - 2.0 * raised[c] + lambda[i] * slope * tangent[i][c]);
                }
            }
            return implicit(phi, lambda, tau, right);
        }

        private void velocityAt(double[] x, double shift, double[] along, double[] theta, double[] out) {
            for (int c = 0; c < d; c++) {
                shifted[c] = x[c] + shift * along[c];
            }
            hamiltonian.velocity(shifted, theta, out);
        }

        /** Solves y − τλ²y″ = right with the ends of φ. */
        private double[][] implicit(double[][] phi, double[] lambda, double tau, double[][] right) {
            int n = phi.length - 1;
            double[] weight = new double[n + 1];
            double[] pivot = new double[n + 1];
            for (int i = 1; i < n; i++) {
                weight[i] = tau * lambda[i] * lambda[i] * n * n;
                pivot[i] = 1.0 + 2.0 * weight[i];
                double factor = weight[i];
                if (i > 1) {
                    factor /= pivot[i - 1];
                    pivot[i] -= factor * weight[i - 1];
                }
                double[] before = i == 1 ? phi[0] : right[i - 1];
                for (int c = 0; c < d; c++) {
                    right[i][c] += factor * before[c];
                }
            }
            right[0] = phi[0];
            right[n] = phi[n];
            for (int i = n - 1; i >= 1; i--) {
                for (int c = 0; c < d; c++) {
                    right[i][c] = (right[i][c] + weight[i] * right[i + 1][c]) / pivot[i];
                }
            }
            return right;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "minimum action in %d segments, tolerance %.2g", segments, tolerance);
    }
}
