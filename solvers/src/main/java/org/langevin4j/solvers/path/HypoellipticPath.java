package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The path of least action out of a stable resting point where D is singular but noise reaches every direction with the help of the
 * drift, as in kinetic equations: a solution of Hamilton's equations ẋ = b + 2Dp, ṗ = −∂H/∂x with H = 0, which need no D⁻¹.
 *
 * <p>It begins on the {@linkplain RestPlane plane} p = Ux so near the point that what is left out of V₀ does not count. The end
 * is led from the point along a given line to its place, from the known path of the linear equation; each path is the guess of the
 * next. At a saddle it is cut likewise. The mesh is fitted to the path and halved until the action is known.
 *
 * <p>Coordinates are in units of the ellipsoid V₀ = V₀(end), p in units of V₀(end). Not safe for several threads.
 */
final class HypoellipticPath {

    private static final double DIFFERENCE = 1e-5;

    /** Below this length times ‖∂b‖ a drift is at rest. */
    static final double AT_REST = 1e-6;

    /** How far in time from rest the linear path is followed, in e-folds at the slowest rate. */
    private static final double FOLDS = 6.0;

    /** Size of the parts of the path near rest that are taken as linear; how much of it is gone into in one go. */
    private static final double NEAR_REST = 1e-4;

    private static final double NEAR_SADDLE = 1e-3;
    private static final double NEARER = 0.3;

    /** Where the way to a saddle changes from a held end to the plane. */
    private static final double BESIDE = 0.1;

    private static final double FIRST_STEP = 0.25;
    private static final double LEAST_STEP = 1e-5;
    private static final double COARSE = 1e-6;
    private static final double FINE = 1e-10;
    private static final int NODES = 1 << 18;

    private final int d;
    private final double[] rest;
    private final double[] scale;
    private final double unit;
    private final Hamiltonian hamiltonian;
    private final RestPlane start;
    private final ExtremalEquations equations;
    private final int maxIterations;
    private double[] t;
    private double[][] z;
    private ExtremalEquations.Boundary end;

    private HypoellipticPath(
            VectorField drift, Diffusion diffusion, double[] rest, double[] to, double length, int maxIterations) {
        this.d = rest.length;
        this.rest = rest.clone();
        this.maxIterations = maxIterations;
        Hamiltonian raw = Hamiltonian.of(drift, diffusion, DIFFERENCE * length);
        double[] b = new double[d];
        raw.drift(rest, b);
        RealMatrix jacobian = RestPlane.jacobian(raw, rest);
        if (!(Vectors.norm(b) <= AT_REST * length * Vectors.norm(jacobian))) {
            throw new IllegalArgumentException(
                    "diffusion must be positive definite along the path, or the path begin at a"
                            + " stable resting point, got a drift there of " + VectorText.of(b));
        }
        RealMatrix u = RestPlane.outOf(raw, rest).matrix();
        double[] offset = Vectors.difference(to, rest);
        this.unit = 0.5 * Vectors.dot(offset, u.operate(offset));
        RealMatrix covariance = LuFactors.of(u).inverse();
        this.scale = new double[d];
        Arrays.setAll(scale, i -> Math.sqrt(2.0 * unit * covariance.getEntry(i, i)));
        this.hamiltonian = new Hamiltonian(drift, diffusion, rest, scale, DIFFERENCE, unit);
        this.start = RestPlane.outOf(hamiltonian, new double[d]);
        this.equations = new ExtremalEquations(hamiltonian, DIFFERENCE, start.plane());
        this.t = new double[0];
        this.z = new double[0][];
        this.end = ExtremalEquations.held(new double[d]);
    }

    /** From the first of several corners to the last, which is led along them; at least a number of segments. */
    static TransitionPath along(
            VectorField drift,
            Diffusion diffusion,
            double[][] corners,
            int segments,
            double tolerance,
            int maxIterations) {
        long begin = System.nanoTime();
        double length = SplineCurve.polygonLength(corners, diffusion.dimension());
        double[] to = corners[corners.length - 1];
        return new HypoellipticPath(drift, diffusion, corners[0], to, length, maxIterations)
                .follow(corners, length, segments, tolerance, begin);
    }

    private double[] scaled(double[] x) {
        double[] y = Vectors.difference(x, rest);
        for (int i = 0; i < d; i++) {
            y[i] /= scale[i];
        }
        return y;
    }

    private TransitionPath follow(double[][] corners, double length, int segments, double tolerance, long begin) {
        double[] to = scaled(corners[corners.length - 1]);
        double[] b = new double[d];
        hamiltonian.drift(to, b);
        boolean atRest = Vectors.norm(b) <= AT_REST * Vectors.norm(RestPlane.jacobian(hamiltonian, to));
        RestPlane saddle = atRest ? RestPlane.into(hamiltonian, to) : start;
        double last = SplineCurve.distance(corners[corners.length - 1], corners[corners.length - 2]);
        firstMesh(to);
        lead(corners, atRest ? 1.0 - BESIDE * last / length : 1.0);
        refit(Math.max(segments, 2 * t.length));
        backToRest();
        double size = 0.0;
        if (atRest) {
            end = saddle.cut(z[z.length - 1]);
            settle(t, z, COARSE, false);
            size = saddle.distance(z[z.length - 1]);
            while (size > 1.1 * NEAR_SADDLE) {
                refit(Math.max(segments, t.length - 1));
                size = onward(saddle, size);
            }
            refit(Math.max(segments, t.length - 1));
        }
        double action = action(atRest, saddle);
        double before;
        double error;
        do {
            halve();
            before = action;
            action = action(atRest, saddle);
            error = 3.0 * Math.abs(action - before) / 15.0;
        } while (error > 0.01 * tolerance * action && t.length * (double) d * d < NODES);
        // What is of third order near rest.
        error += start.action(z[0]) * start.distance(z[0]) + 1e-12 * action;
        if (atRest) {
            error += saddle.action(z[z.length - 1]) * size;
        }
        return result(atRest, to, action, error, begin);
    }

    /** In units of {@link #unit}. */
    private double action(boolean atRest, RestPlane saddle) {
        double[] actions = equations.actions(t, z);
        double rest = atRest ? saddle.action(z[z.length - 1]) : 0.0;
        return start.action(z[0]) + actions[actions.length - 1] + rest;
    }

    private void settle(double[] times, double[][] guess, double tolerance, boolean strict) {
        if (equations.iterations() >= maxIterations) {
            throw new ConvergenceException("the path did not settle", equations.residual(), maxIterations, tolerance);
        }
        z = equations.solve(times, guess, end, tolerance, strict);
        t = times;
    }

    /** The path of the linear equation that comes to a state, in steps that suit it. */
    private void firstMesh(double[] to) {
        RealMatrix flow = start.flow();
        double slowest = Double.POSITIVE_INFINITY;
        for (Complex value : LinearAlgebra.pureJava().eigenvalues(flow)) {
            slowest = Math.min(slowest, value.getReal());
        }
        double total = FOLDS / slowest;
        List<double[]> states = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        double[] state = start.at(to);
        double time = 0.0;
        double step = total;
        states.add(state);
        times.add(0.0);
        while (time < total * (1.0 - 1e-9)) {
            step = Math.min(Math.min(start.step(state, step), 0.025 * total), total - time);
            state = start.after(state, -step);
            time += step;
            states.add(state);
            times.add(time);
        }
        int n = states.size();
        t = new double[n];
        z = new double[n][];
        for (int k = 0; k < n; k++) {
            t[k] = time - times.get(n - 1 - k);
            z[k] = states.get(n - 1 - k);
        }
    }

    /** Leads the end along the corners up to a part of their length. */
    private void lead(double[][] corners, double upTo) {
        double reached = 0.0;
        double earlier = 0.0;
        double step = FIRST_STEP;
        double[][] old = z;
        while (reached < upTo) {
            double next = Math.min(upTo, reached + step);
            double[] place = scaled(SplineCurve.onPolygon(corners, next));
            end = ExtremalEquations.held(place);
            double[][] guess;
            if (reached == 0.0) {
                guess = linear(place);
            } else if (earlier == 0.0) {
                guess = combined(next / reached, z, 0.0, z);
            } else {
                double more = (next - reached) / (reached - earlier);
                guess = combined(1.0 + more, z, -more, old);
            }
            double[][] here = z;
            try {
                settle(t, guess, COARSE, true);
                old = here;
                earlier = reached;
                reached = next;
                step *= 1.5;
            } catch (ConvergenceException e) {
                step *= 0.4;
                if (step < LEAST_STEP || equations.iterations() >= maxIterations) {
                    throw e;
                }
                continue;
            }
            if (reached < upTo) {
                double[] times = fitted(t.length - 1);
                old = equations.at(t, old, times);
                z = equations.at(t, z, times);
                t = times;
            }
        }
    }

    /** The path of the linear equation to a state. */
    private double[][] linear(double[] place) {
        double[][] path = new double[t.length][];
        path[t.length - 1] = start.at(place);
        for (int k = t.length - 1; k > 0; k--) {
            path[k - 1] = start.after(path[k], t[k - 1] - t[k]);
        }
        return path;
    }

    private static double[][] combined(double a, double[][] first, double b, double[][] second) {
        double[][] out = new double[first.length][first[0].length];
        for (int k = 0; k < out.length; k++) {
            for (int i = 0; i < out[k].length; i++) {
                out[k][i] = a * first[k][i] + b * second[k][i];
            }
        }
        return out;
    }

    /** Goes back in time along the linear path until it is near rest. */
    private void backToRest() {
        double step = t[1] - t[0];
        double time = t[0];
        List<double[]> states = new ArrayList<>();
        List<Double> before = new ArrayList<>();
        double[] state = start.at(Arrays.copyOf(z[0], d));
        while (start.distance(state) > NEAR_REST) {
            step = start.step(state, step);
            time -= step;
            state = start.after(state, -step);
            states.add(0, state);
            before.add(0, time);
        }
        if (before.isEmpty()) {
            return;
        }
        int more = before.size();
        double[] times = new double[more + t.length];
        double[][] guess = new double[times.length][];
        for (int k = 0; k < times.length; k++) {
            times[k] = k < more ? before.get(k) : t[k - more];
            guess[k] = k < more ? states.get(k) : z[k - more];
        }
        settle(times, guess, FINE, false);
    }

    /** Goes on along the linear path to the saddle. */
    private double onward(RestPlane saddle, double size) {
        int n = t.length;
        double step = t[n - 1] - t[n - 2];
        double time = t[n - 1];
        List<double[]> added = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        double[] state = z[n - 1];
        while (saddle.distance(state) > Math.max(NEARER * size, NEAR_SADDLE)) {
            step = saddle.step(state, step);
            time += step;
            state = saddle.after(state, step);
            added.add(state);
            after.add(time);
        }
        double[] times = Arrays.copyOf(t, n + added.size());
        double[][] guess = Arrays.copyOf(z, times.length);
        for (int k = n; k < times.length; k++) {
            times[k] = after.get(k - n);
            guess[k] = added.get(k - n);
        }
        end = saddle.cut(state);
        settle(times, guess, FINE, false);
        return saddle.distance(z[z.length - 1]);
    }

    /** A mesh of n steps of which each has about the same error, with a fifth of them spread evenly. */
    private double[] fitted(int n) {
        double[] density = equations.density(t, z);
        int m = density.length;
        double total = 0.0;
        for (int k = 0; k < m; k++) {
            total += density[k] * (t[k + 1] - t[k]);
        }
        double[] sums = new double[m + 1];
        for (int k = 0; k < m; k++) {
            double beside = Math.max(k > 0 ? density[k - 1] : 0.0, k + 1 < m ? density[k + 1] : 0.0);
            double share = Math.max(density[k], 0.7 * beside) + 0.25 * total / (t[m] - t[0]);
            sums[k + 1] = sums[k] + share * (t[k + 1] - t[k]);
        }
        double[] times = new double[n + 1];
        times[0] = t[0];
        times[n] = t[m];
        int k = 0;
        for (int i = 1; i < n; i++) {
            double wanted = sums[m] * i / n;
            while (sums[k + 1] < wanted) {
                k++;
            }
            times[i] = t[k] + (wanted - sums[k]) / (sums[k + 1] - sums[k]) * (t[k + 1] - t[k]);
        }
        return times;
    }

    private void refit(int n) {
        double[] times = fitted(n);
        try {
            settle(times, equations.at(t, z, times), FINE, false);
        } catch (ConvergenceException e) {
            // H is not conserved well enough.
            if (equations.iterations() >= maxIterations || n * (double) d * d > NODES) {
                throw e;
            }
            refit(2 * n);
        }
    }

    private void halve() {
        double[] times = ExtremalEquations.halved(t);
        settle(times, equations.at(t, z, times), FINE, false);
    }

    /** In the coordinates of the state, with the resting points at its ends. */
    private TransitionPath result(boolean atRest, double[] to, double action, double error, long begin) {
        int n = t.length + (atRest ? 2 : 1);
        double[][] points = new double[n][d];
        double[][] velocities = new double[n][d];
        double[][] momenta = new double[n][d];
        double[] times = new double[n];
        double[] actions = new double[n];
        double[] sums = equations.actions(t, z);
        double[] rate = new double[2 * d];
        double middle = 0.5 * (t[0] + t[t.length - 1]);
        for (int k = 0; k < t.length; k++) {
            equations.rates(t[k], z[k], rate);
            for (int i = 0; i < d; i++) {
                points[k + 1][i] = rest[i] + scale[i] * z[k][i];
                velocities[k + 1][i] = scale[i] * rate[i];
                momenta[k + 1][i] = unit * z[k][d + i] / scale[i];
            }
            times[k + 1] = t[k] - middle;
            actions[k + 1] = unit * (start.action(z[0]) + sums[k]);
        }
        points[0] = rest.clone();
        times[0] = Double.NEGATIVE_INFINITY;
        if (atRest) {
            for (int i = 0; i < d; i++) {
                points[n - 1][i] = rest[i] + scale[i] * to[i];
            }
            times[n - 1] = Double.POSITIVE_INFINITY;
            actions[n - 1] = unit * action;
        }
        return TransitionPath.ofExtremal(
                points,
                times,
                actions,
                velocities,
                momenta,
                equations.hamiltonResidual(t, z),
                equations.hasConjugatePoint(t, z, start.matrix()),
                unit * error,
                equations.residual(),
                equations.iterations(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public String toString() {
        return "path of least action out of " + VectorText.of(rest) + " where D is singular";
    }
}
