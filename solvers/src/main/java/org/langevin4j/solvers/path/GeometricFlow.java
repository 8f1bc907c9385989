package org.langevin4j.solvers.path;

import java.util.Optional;

/**
 * One step of the flow of the geometric minimum action method (Heymann and Vanden-Eijnden 2008),
 *
 * <pre>∂φ/∂τ = λ²φ″ − λH_θx φ′ + H_θθ H_x + λλ′φ′,   λ = |b|/|φ′|,   H = θ·Dθ + b·θ,</pre>
 *
 * <p>implicit in φ″. The last point is held; so is the first, unless the path begins at a {@link Focus}: then it begins beside it
 * in the direction b + 2D∇V₀, where V₀ + S is least, and does not move along itself. Not safe for several threads.
 */
final class GeometricFlow {

    private final Hamiltonian hamiltonian;
    private final ActionMetric metric;
    private final double difference;
    private final int d;
    private final double[] b;
    private final double[] force;
    private final double[] raised;
    private final double[] shifted;
    private final double[] ahead;
    private final double[] behind;
    private final double[] jacobian;
    private final Optional<Focus> focus;
    /** With paths that begin at a given point. */
    GeometricFlow(Hamiltonian hamiltonian, ActionMetric metric, double difference) {
        this(hamiltonian, metric, difference, Optional.empty());
    }

    private GeometricFlow(Hamiltonian hamiltonian, ActionMetric metric, double difference, Optional<Focus> focus) {
        this.focus = focus;
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

    /** With paths that begin beside a focus. */
    GeometricFlow from(Focus start) {
        return new GeometricFlow(hamiltonian, metric, difference, Optional.of(start));
    }

    /** The larger of the action and the work along the spline, in size. */
    double scale(double[][] points) {
        double[] sums = TransitionPath.sums(hamiltonian, metric, SplineCurve.through(points));
        return Math.max(sums[0], Math.abs(sums[1]));
    }

    /** V₀ at the first point and the action along the spline. */
    double action(double[][] points) {
        double sum = TransitionPath.sums(hamiltonian, metric, SplineCurve.through(points))[0];
        return focus.isPresent() ? sum + focus.get().value(points[0]) : sum;
    }

    /** The path after a time of the flow, in units of 1/‖∂b‖², at equal distances. */
    double[][] advance(double[][] phi, double size) {
        return SplineCurve.through(step(phi, size)).equidistant(phi.length - 1);
    }

    private double[][] step(double[][] phi, double size) {
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
                right[i][c] =
                        phi[i][c] + tau * (-lambda[i] * along - 2.0 * raised[c] + lambda[i] * slope * tangent[i][c]);
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
        double[] first = new double[d];
        if (focus.isPresent()) {
            firstStep(focus.get(), phi[0], phi[1], first);
        }
        double[] weight = new double[n + 1];
        double[] pivot = new double[n + 1];
        for (int i = 1; i < n; i++) {
            weight[i] = tau * lambda[i] * lambda[i] * n * n;
            pivot[i] = 1.0 + 2.0 * weight[i];
            double factor = weight[i];
            if (i == 1 && focus.isPresent()) {
                // y₀ = y₁ − first.
                pivot[i] -= weight[i];
                for (int c = 0; c < d; c++) {
                    right[i][c] -= weight[i] * first[c];
                }
                continue;
            }
            if (i > 1) {
                factor /= pivot[i - 1];
                pivot[i] -= factor * weight[i - 1];
            }
            double[] before = i == 1 ? phi[0] : right[i - 1];
            for (int c = 0; c < d; c++) {
                right[i][c] += factor * before[c];
            }
        }
        right[0] = phi[0].clone();
        right[n] = phi[n];
        for (int i = n - 1; i >= 1; i--) {
            for (int c = 0; c < d; c++) {
                right[i][c] = (right[i][c] + weight[i] * right[i + 1][c]) / pivot[i];
            }
        }
        if (focus.isPresent()) {
            for (int c = 0; c < d; c++) {
                right[0][c] = right[1][c] - first[c];
            }
            hold(phi[0], right[0], first);
        }
        return right;
    }

    /** As long as from x to y, in the direction that paths have there. */
    private void firstStep(Focus start, double[] x, double[] y, double[] out) {
        for (int c = 0; c < d; c++) {
            shifted[c] = 0.5 * (x[c] + y[c]);
        }
        start.velocity(shifted, out);
        double factor = SplineCurve.distance(x, y) / SplineCurve.norm(out);
        for (int c = 0; c < d; c++) {
            out[c] *= factor;
        }
    }

    /** Takes back what the first point has moved along the path. */
    private void hold(double[] before, double[] x, double[] along) {
        double moved = 0.0;
        double length2 = 0.0;
        for (int c = 0; c < d; c++) {
            moved += (x[c] - before[c]) * along[c];
            length2 += along[c] * along[c];
        }
        for (int c = 0; c < d; c++) {
            x[c] -= moved / length2 * along[c];
        }
    }
}
