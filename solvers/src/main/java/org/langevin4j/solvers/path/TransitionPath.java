package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.langevin4j.core.block.VectorText;

/**
 * A path between two states with its action S = ¼∫(ẋ − b)ᵀD⁻¹(ẋ − b)dt, taken at the best time along it: the geometric action
 * ½∫(|b||φ′| − ⟨b, φ′⟩)dα with ⟨u, v⟩ = uᵀD⁻¹v (Heymann and Vanden-Eijnden 2008). The path is the cubic spline through its points,
 * which lie at equal distances, and the integrals are taken along that spline. Where D is singular the path is a solution of
 * Hamilton's equations with its times, and points lie where they are needed. The action of any curve is an upper bound of
 * the quasi-potential, and near the most likely path its error is the square of that of the path.
 */
public final class TransitionPath {

    private final double[][] points;
    private final double[] arcLengths;
    private final double[] actions;
    private final double[] energies;
    private final double[] times;
    private final double[][] velocities;
    private final double[][] momenta;
    private final double hamiltonResidual;
    private final boolean saddle;
    private final double errorEstimate;
    private final double residual;
    private final int iterations;
    private final Duration wallTime;

    private TransitionPath(
            Measured measured,
            boolean saddle,
            double errorEstimate,
            double residual,
            int iterations,
            Duration wallTime) {
        this.saddle = saddle;
        this.points = measured.points;
        this.arcLengths = measured.arcLengths;
        this.actions = measured.actions;
        this.energies = measured.energies;
        this.times = measured.times;
        this.velocities = measured.velocities;
        this.momenta = measured.momenta;
        this.hamiltonResidual = measured.hamiltonResidual;
        this.errorEstimate = errorEstimate;
        this.residual = residual;
        this.iterations = iterations;
        this.wallTime = wallTime;
    }

    static TransitionPath of(
            Hamiltonian hamiltonian,
            ActionMetric metric,
            SplineCurve curve,
            double startAction,
            boolean saddle,
            double errorEstimate,
            double residual,
            int iterations,
            Duration wallTime) {
        return new TransitionPath(
                new Measured(hamiltonian, metric, curve, startAction),
                saddle,
                errorEstimate,
                residual,
                iterations,
                wallTime);
    }

    /** A solution of Hamilton's equations where D is singular; its points lie as they may. */
    static TransitionPath ofExtremal(
            double[][] points,
            double[] times,
            double[] actions,
            double[][] velocities,
            double[][] momenta,
            double hamiltonResidual,
            boolean saddle,
            double errorEstimate,
            double residual,
            int iterations,
            Duration wallTime) {
        double[] work = new double[points.length];
        Arrays.fill(work, 1, work.length, Double.NaN);
        double[] lengths = new double[points.length];
        for (int i = 1; i < points.length; i++) {
            lengths[i] = lengths[i - 1] + SplineCurve.distance(points[i], points[i - 1]);
        }
        return new TransitionPath(
                new Measured(points, lengths, actions, work, times, velocities, momenta, hamiltonResidual),
                saddle,
                errorEstimate,
                residual,
                iterations,
                wallTime);
    }

    TransitionPath withErrorEstimate(double estimate) {
        return new TransitionPath(
                new Measured(points, arcLengths, actions, energies, times, velocities, momenta, hamiltonResidual),
                saddle,
                estimate,
                residual,
                iterations,
                wallTime);
    }

    /** The same path in other coordinates. */
    TransitionPath in(UnaryOperator<double[]> state, UnaryOperator<double[]> direction) {
        return new TransitionPath(
                new Measured(
                        mapped(points, state),
                        arcLengths,
                        actions,
                        energies,
                        times,
                        mapped(velocities, direction),
                        mapped(momenta, direction),
                        hamiltonResidual),
                saddle,
                errorEstimate,
                residual,
                iterations,
                wallTime);
    }

    private static double[][] mapped(double[][] vectors, UnaryOperator<double[]> map) {
        return Arrays.stream(vectors).map(map).toArray(double[][]::new);
    }

    /** The geometric action of a curve, its work and its time. */
    static double[] sums(Hamiltonian hamiltonian, ActionMetric metric, SplineCurve curve) {
        double[] increments = new double[3];
        double[][] scratch = new double[3][hamiltonian.dimension()];
        double[] sums = new double[3];
        for (int i = 0; i < curve.segments(); i++) {
            integrate(hamiltonian, metric, curve, i, 1.0, scratch, increments);
            for (int k = 0; k < 3; k++) {
                sums[k] += increments[k];
            }
        }
        return sums;
    }

    /**
     * The error of the action on the finest of three levels with 1, 2, 4 times as many segments, where the differences fall by a
     * constant factor, at most 16 as for fourth order; times three.
     */
    static double refinementError(double coarse, double middle, double fine) {
        double first = Math.abs(middle - coarse);
        double second = Math.abs(fine - middle);
        double fall = second < first ? Math.max(second / first, 1.0 / 16.0) : 1.0;
        return 3.0 * Math.max(second * fall / (1.0 - Math.min(fall, 0.9)), first / 240.0);
    }

    /** Action, energy −∫⟨b, φ′⟩dα and time over a part of a segment, from its beginning. */
    static void integrate(
            Hamiltonian hamiltonian,
            ActionMetric metric,
            SplineCurve curve,
            int segment,
            double part,
            double[][] scratch,
            double[] increments) {
        double[] position = scratch[0];
        double[] tangent = scratch[1];
        double[] b = scratch[2];
        Arrays.fill(increments, 0.0);
        for (int g = 0; g < SplineCurve.NODES.length; g++) {
            curve.at(segment, part * SplineCurve.NODES[g], position, tangent);
            metric.moveTo(position);
            hamiltonian.drift(position, b);
            double force = Math.sqrt(metric.product(b, b));
            double speed = Math.sqrt(metric.product(tangent, tangent));
            double along = metric.product(b, tangent);
            double weight = part * SplineCurve.WEIGHTS[g];
            increments[0] += 0.5 * weight * (force * speed - along);
            increments[1] -= weight * along;
            increments[2] += weight * speed / force;
        }
    }

    /** What follows from the curve. */
    private static final class Measured {

        /** Below this fraction of the largest |b| on the path an end is at rest. */
        private static final double AT_REST = 1e-6;

        private final double[][] points;
        private final double[] arcLengths;
        private final double[] actions;
        private final double[] energies;
        private final double[] times;
        private final double[][] velocities;
        private final double[][] momenta;
        private final double hamiltonResidual;

        Measured(
                double[][] points,
                double[] arcLengths,
                double[] actions,
                double[] energies,
                double[] times,
                double[][] velocities,
                double[][] momenta,
                double hamiltonResidual) {
            this.points = points;
            this.arcLengths = arcLengths;
            this.actions = actions;
            this.energies = energies;
            this.times = times;
            this.velocities = velocities;
            this.momenta = momenta;
            this.hamiltonResidual = hamiltonResidual;
        }

        Measured(Hamiltonian hamiltonian, ActionMetric metric, SplineCurve curve, double startAction) {
            int n = curve.segments();
            int d = hamiltonian.dimension();
            points = curve.points();
            arcLengths = curve.arcLengths();
            actions = new double[n + 1];
            energies = new double[n + 1];
            times = new double[n + 1];
            velocities = new double[n + 1][d];
            momenta = new double[n + 1][d];
            actions[0] = startAction;
            energies[0] = startAction;
            double[] increments = new double[3];
            double[][] scratch = new double[3][d];
            for (int i = 0; i < n; i++) {
                integrate(hamiltonian, metric, curve, i, 1.0, scratch, increments);
                actions[i + 1] = actions[i] + increments[0];
                energies[i + 1] = energies[i] + increments[1];
                times[i + 1] = times[i] + increments[2];
            }
            double[] forces = new double[n + 1];
            double[] factors = new double[n + 1];
            double strongest = 0.0;
            for (int i = 0; i <= n; i++) {
                curve.at(Math.min(i, n - 1), i == n ? 1.0 : 0.0, scratch[0], scratch[1]);
                metric.moveTo(scratch[0]);
                hamiltonian.drift(scratch[0], scratch[2]);
                forces[i] = Math.sqrt(metric.product(scratch[2], scratch[2]));
                factors[i] = forces[i] / Math.sqrt(metric.product(scratch[1], scratch[1]));
                strongest = Math.max(strongest, forces[i]);
                for (int c = 0; c < d; c++) {
                    velocities[i][c] = factors[i] * scratch[1][c];
                    scratch[0][c] = 0.5 * (velocities[i][c] - scratch[2][c]);
                }
                metric.lower(scratch[0], momenta[i]);
            }
            double middle = times[n / 2];
            for (int i = 0; i <= n; i++) {
                times[i] -= middle;
            }
            if (forces[0] <= AT_REST * strongest) {
                times[0] = Double.NEGATIVE_INFINITY;
            }
            if (forces[n] <= AT_REST * strongest) {
                times[n] = Double.POSITIVE_INFINITY;
            }
            SplineCurve momentum = SplineCurve.through(momenta);
            double largest = 0.0;
            double worst = 0.0;
            for (int i = 1; i < n; i++) {
                momentum.at(i, 0.0, scratch[0], scratch[1]);
                hamiltonian.momentumRate(points[i], momenta[i], scratch[2]);
                double off = 0.0;
                for (int c = 0; c < d; c++) {
                    double difference = factors[i] * scratch[1][c] - scratch[2][c];
                    off += difference * difference;
                }
                worst = Math.max(worst, off);
                largest = Math.max(largest, SplineCurve.norm(scratch[2]));
            }
            // A path that only slides along b has no momentum at all.
            hamiltonResidual = largest > 0.0 ? Math.sqrt(worst) / largest : 0.0;
        }
    }

    /**
     * The number of points.
     *
     * @return segments + 1
     */
    public int size() {
        return points.length;
    }

    /**
     * The dimension of the state.
     *
     * @return d
     */
    public int dimension() {
        return points[0].length;
    }

    /**
     * A point.
     *
     * @param i 0 … size − 1
     * @return φᵢ, length d
     */
    public double[] point(int i) {
        return points[i].clone();
    }

    /**
     * One coordinate of all points.
     *
     * @param c 0 … d − 1
     * @return its values along the path
     */
    public double[] coordinate(int c) {
        return Arrays.stream(points).mapToDouble(p -> p[c]).toArray();
    }

    /**
     * The length of the path up to a point.
     *
     * @param i 0 … size − 1
     * @return Euclidean length
     */
    public double arcLength(int i) {
        return arcLengths[i];
    }

    /**
     * The action of the whole path.
     *
     * @return S, an upper bound of the quasi-potential of its end seen from its beginning
     */
    public double action() {
        return actions[actions.length - 1];
    }

    /**
     * The action up to a point. That of the first point is not zero where a {@link MinimumAction} begins beside a focus: it is V there.
     *
     * @param i 0 … size − 1
     * @return S from the state that the path is from
     */
    public double action(int i) {
        return actions[i];
    }

    /**
     * The work −∫ b·D⁻¹dφ done against the drift up to a point. If b = −D∇Φ it is Φ(φᵢ) − Φ(φ₀) whatever the path.
     *
     * @param i 0 … size − 1
     * @return work from the beginning; NaN where the path is one of Hamilton's equations, as D⁻¹ does not exist
     */
    public double work(int i) {
        return energies[i];
    }

    /**
     * The velocity ẋ = b + 2Dp at a point of the most likely path, |ẋ| = |b| in the metric of D⁻¹.
     *
     * @param i 0 … size − 1
     * @return length d
     */
    public double[] velocity(int i) {
        return velocities[i].clone();
    }

    /**
     * The momentum p = ½D⁻¹(ẋ − b), which is ∇V on a minimiser.
     *
     * @param i 0 … size − 1
     * @return length d
     */
    public double[] momentum(int i) {
        return momenta[i].clone();
    }

    /**
     * The time at a point, zero at the middle of the path. It is infinite at an end where the drift rests.
     *
     * @param i 0 … size − 1
     * @return time
     */
    public double time(int i) {
        return times[i];
    }

    /**
     * How well the path solves Hamilton's equation ṗ = −∂H/∂x: the largest difference at an inner point over the largest
     * |∂H/∂x|, where D is singular at a quarter of each step. ẋ = ∂H/∂p and H = 0 hold by construction. It is that of a path; the error of its action is of the order of its
     * square.
     *
     * @return relative residual
     */
    public double hamiltonResidual() {
        return hamiltonResidual;
    }

    /**
     * An estimate of the error of the action: from paths of a half and a quarter as many segments and (but out of a focus) the square of the {@linkplain
     * #hamiltonResidual() Hamilton residual} (of a string: the difference from a half), and out of a focus from what V lacks where the
     * path begins. In tests against closed forms it is never below the error and mostly 2 to 50 times it.
     *
     * @return absolute
     */
    public double errorEstimate() {
        return errorEstimate;
    }

    /**
     * Whether the path has settled on a saddle of the action, as on an axis of symmetry: a path beside it costs less.
     *
     * @return true if a nudged path went to a lesser action; false where it was not tried
     */
    public boolean isSaddle() {
        return saddle;
    }

    /**
     * What the last iteration changed, in the measure of the solver's tolerance.
     *
     * @return residual
     */
    public double residual() {
        return residual;
    }

    /**
     * The iterations on all levels of refinement.
     *
     * @return number
     */
    public int iterations() {
        return iterations;
    }

    /**
     * The time it took.
     *
     * @return wall time
     */
    public Duration wallTime() {
        return wallTime;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "path of action %.8g ± %.2g%s from %s to %s in %d points, %d iterations, |H| ≤ %.2g",
                action(),
                errorEstimate,
                saddle ? " (a saddle of the action: paths beside it cost less)" : "",
                VectorText.of(points[0]),
                VectorText.of(points[points.length - 1]),
                size(),
                iterations,
                hamiltonResidual);
    }
}
