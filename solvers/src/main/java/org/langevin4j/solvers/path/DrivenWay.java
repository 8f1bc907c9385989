package org.langevin4j.solvers.path;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;

/**
 * The way from the path of the mean drift to those of a driven one, for {@link DrivenMinimumAction}. Coordinates are in units of the extent of that
 * path, p in units of its action. Not safe for several threads.
 */
final class DrivenWay {

    private static final int PHASES = 96;

    /** How far in time, in e-folds, the window goes beyond where all but LITTLE of the action is spent. */
    private static final double FOLDS = 18.0;

    private static final double LITTLE = 1e-3;

    /** At first: steps of a period, half of those of the climb, and of the radian of a spiral. */
    private static final double STEPS = 32.0;

    private static final double RADIAN = 2.0;

    private static final double FIRST_STRENGTH = 1.0 / 16.0;
    private static final double LEAST_STRENGTH = 1e-4;
    private static final double DIFFERENCE = 1e-5;
    private static final double FINE = 1e-9;
    private static final int NODES = 1 << 17;

    /** Where in the part of the window after the climb the factor of the rate is read. */
    private static final double[] PLATEAU = {0.3, 0.6};

    /** Below this part of the action a driving does nothing, and a drift is not the same after a period. */
    private static final double NOTHING = 1e-9;

    private static final double SAME = 1e-6;

    private final VectorField drift;
    private final Diffusion diffusion;
    private final PeriodMean mean;
    private final double period;
    private final double[] rest;
    private final double[] scale;
    private final double unit;
    private final TransitionPath base;
    private final RestPlane start;
    private final RestPlane end;

    /** The window and the end of the climb, in the times of the base. */
    private final double from;

    private final double climbed;
    private final double until;
    private final int steps;

    /** A path of the driven equations. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Settled(ExtremalEquations equations, double[] t, double[][] z) {

        double action() {
            return equations.actions(t, z)[t.length - 1];
        }
    }

    DrivenWay(VectorField drift, Diffusion diffusion, double period, double[] well, double[] saddle) {
        this.drift = drift;
        this.diffusion = diffusion;
        this.period = period;
        int d = diffusion.dimension();
        this.mean = PeriodMean.of(drift, diffusion, period);
        FixedPoint bottom = FixedPoint.near(Flow.of(mean.drift(), d), well);
        FixedPoint top = FixedPoint.near(Flow.of(mean.drift(), d), saddle);
        if (!bottom.isStable()) {
            throw new IllegalArgumentException(
                    "the mean drift has no stable resting point near the well " + VectorText.of(well));
        }
        long unstable = Arrays.stream(top.eigenvalues())
                .filter(value -> value.getReal() >= 0.0)
                .count();
        if (unstable != 1) {
            throw new IllegalArgumentException("the resting point of the mean drift near the saddle "
                    + VectorText.of(saddle) + " must have one unstable direction, it has " + unstable);
        }
        this.rest = bottom.location();
        this.base = MinimumAction.of(mean.drift(), mean.diffusion())
                .withSaddlesLeft(true)
                .between(rest, top.location());
        this.scale = new double[d];
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < base.size(); k++) {
                scale[i] = Math.max(scale[i], Math.abs(base.point(k)[i] - rest[i]));
            }
        }
        double largest = Arrays.stream(scale).max().orElseThrow();
        Arrays.setAll(scale, i -> Math.max(scale[i], 1e-3 * largest));
        this.unit = base.action();
        Hamiltonian still = new Hamiltonian(mean.drift(), mean.diffusion(), rest, scale, DIFFERENCE, unit);
        this.start = RestPlane.outOf(still, new double[d]);
        double[] place = Vectors.difference(top.location(), rest);
        Arrays.setAll(place, i -> place[i] / scale[i]);
        this.end = RestPlane.into(still, place);
        double leaves = base.time(lastBelow(LITTLE * unit));
        this.climbed = base.time(lastBelow((1.0 - LITTLE) * unit) + 1);
        this.from = leaves - FOLDS / slowest(bottom);
        this.until = climbed + FOLDS / slowest(top);
        double turning = 1e-300;
        for (Complex value : bottom.eigenvalues()) {
            turning = Math.max(turning, Math.abs(value.getImaginary()));
        }
        double step = Math.min(Math.min(period / STEPS, 0.5 * (climbed - leaves) / STEPS), 1.0 / (RADIAN * turning));
        double count = Math.ceil((until - from) / step);
        if (!(count < NODES)) {
            throw new IllegalArgumentException("period " + period + " is too short for the climb of "
                    + (climbed - leaves) + ": average the drift over it and use MinimumAction");
        }
        this.steps = (int) count;
        requirePeriodic();
    }

    private int lastBelow(double action) {
        int k = 1;
        while (base.action(k + 1) < action) {
            k++;
        }
        return Math.min(k, base.size() - 3);
    }

    private static double slowest(FixedPoint point) {
        double least = Double.POSITIVE_INFINITY;
        for (Complex value : point.eigenvalues()) {
            least = Math.min(least, Math.abs(value.getReal()));
        }
        return least;
    }

    private void requirePeriodic() {
        int d = rest.length;
        double[] now = new double[d];
        double[] later = new double[d];
        for (int k = 0; k < 8; k++) {
            double t = (0.13 + 0.61 * k) * period;
            double[] x = base.point(base.size() * k / 8);
            drift.atTime(t).at(x, now);
            drift.atTime(t + period).at(x, later);
            if (!(Vectors.distance(now, later) <= SAME * (1.0 + Vectors.norm(now)))) {
                throw new IllegalArgumentException("the drift must have the period " + period + ", at t = " + t
                        + " it is " + VectorText.of(now) + " and a period later " + VectorText.of(later));
            }
        }
    }

    /** (x, p) of the base in scaled coordinates. */
    private double[] baseAt(double tau) {
        int d = rest.length;
        int k = 1;
        int last = base.size() - 2;
        while (k < last && base.time(k + 1) < tau) {
            k++;
        }
        double[] z = new double[2 * d];
        double part = k == last ? 0.0 : (tau - base.time(k)) / (base.time(k + 1) - base.time(k));
        part = Math.max(0.0, Math.min(1.0, part));
        boolean before = tau < base.time(1);
        boolean after = k == last && tau > base.time(last);
        int lower = before ? 0 : after ? base.size() - 1 : k;
        int upper = before || after || k == last ? lower : k + 1;
        double[] x = between(base.point(lower), base.point(upper), part);
        double[] p = before || after ? new double[d] : between(base.momentum(lower), base.momentum(upper), part);
        for (int i = 0; i < d; i++) {
            z[i] = (x[i] - rest[i]) / scale[i];
            z[d + i] = p[i] * scale[i] / unit;
        }
        return z;
    }

    private static double[] between(double[] x, double[] y, double part) {
        return Vectors.moved(x, Vectors.difference(y, x), part);
    }

    /** By how much weak driving changes the action, −∫(p·(b − b̄) + p·(D − D̄)p)dt, of each of PHASES phases. */
    private double[] changes() {
        int d = rest.length;
        double[] changes = new double[PHASES];
        double step = (until - from) / steps;
        double[][] z = new double[steps + 1][];
        double[][] still = new double[steps + 1][d];
        double[] before = new double[steps + 1];
        Hamiltonian quiet = new Hamiltonian(mean.drift(), mean.diffusion(), rest, scale, DIFFERENCE, unit);
        Hamiltonian driven = new Hamiltonian(drift, diffusion, rest, scale, DIFFERENCE, unit);
        for (int k = 0; k <= steps; k++) {
            z[k] = baseAt(from + k * step);
            before[k] = quiet.velocity(Arrays.copyOf(z[k], d), Arrays.copyOfRange(z[k], d, 2 * d), still[k]);
        }
        double[] velocity = new double[d];
        for (int m = 0; m < PHASES; m++) {
            for (int k = 0; k <= steps; k++) {
                double[] p = Arrays.copyOfRange(z[k], d, 2 * d);
                driven.moveTo(from + k * step + m * period / PHASES);
                double rate = driven.velocity(Arrays.copyOf(z[k], d), p, velocity);
                // b + 2Dp against p has D twice.
                changes[m] -= step * (Vectors.dot(p, Vectors.difference(velocity, still[k])) - (rate - before[k]));
            }
        }
        return changes;
    }

    /** Phases at which the action is locally least; returns one at which it is most. */
    double phases(List<Double> best) {
        double[] changes = changes();
        int most = 0;
        double least = changes[0];
        for (int m = 1; m < PHASES; m++) {
            most = changes[m] > changes[most] ? m : most;
            least = Math.min(least, changes[m]);
        }
        if (!(changes[most] - least > NOTHING)) {
            throw new IllegalArgumentException(
                    "the driving does not act along the path of the mean drift, whose action is " + unit
                            + ": rates are those of the mean drift");
        }
        for (int m = 0; m < PHASES; m++) {
            if (changes[m] < changes[(m + PHASES - 1) % PHASES] && changes[m] <= changes[(m + 1) % PHASES]) {
                best.add(refined(changes, m));
            }
        }
        return refined(changes, most);
    }

    /** The top or bottom of the parabola through three neighbours. */
    private double refined(double[] changes, int m) {
        double before = changes[(m + PHASES - 1) % PHASES];
        double after = changes[(m + 1) % PHASES];
        return (m + 0.5 * (before - after) / (before - 2.0 * changes[m] + after)) * period / PHASES;
    }

    /** The path of a phase with all of the driving. */
    Settled settle(double phase) {
        double step = (until - from) / steps;
        double[] t = new double[steps + 1];
        double[][] z = new double[steps + 1][];
        for (int k = 0; k <= steps; k++) {
            t[k] = phase + from + k * step;
            z[k] = baseAt(from + k * step);
        }
        double reached = 0.0;
        double earlier = 0.0;
        double more = FIRST_STRENGTH;
        double[][] old = z;
        ExtremalEquations equations = equations(1.0);
        while (reached < 1.0) {
            double next = Math.min(1.0, reached + more);
            equations = equations(next);
            double part = earlier > 0.0 ? (next - reached) / (reached - earlier) : 0.0;
            double[][] guess = new double[z.length][];
            for (int k = 0; k < z.length; k++) {
                guess[k] = between(old[k], z[k], 1.0 + part);
            }
            try {
                double[][] solved = equations.solve(t, guess, end.separatrix(), FINE, false);
                old = z;
                z = solved;
                earlier = reached;
                reached = next;
                more *= 2.0;
            } catch (ConvergenceException e) {
                more *= 0.4;
                if (more < LEAST_STRENGTH) {
                    throw e;
                }
            }
        }
        return new Settled(equations, t, z);
    }

    double action(double phase) {
        return unit * settle(phase).action();
    }

    private ExtremalEquations equations(double strength) {
        Hamiltonian hamiltonian = new Hamiltonian(
                mean.drift(drift, strength), mean.diffusion(diffusion, strength), rest, scale, DIFFERENCE, unit);
        return new ExtremalEquations(hamiltonian, DIFFERENCE, ExtremalEquations.held(new double[rest.length]));
    }

    /** The path of a phase, as fine as it must be. */
    DrivenTransition follow(double phase, double worst, double tolerance, long begin) {
        Settled path = settle(phase);
        double action = path.action();
        double error;
        do {
            double[] t = ExtremalEquations.halved(path.t);
            double[][] z = path.equations.solve(t, path.equations.at(path.t, path.z, t), end.separatrix(), FINE, false);
            path = new Settled(path.equations, t, z);
            double before = action;
            action = path.action();
            error = 3.0 * Math.abs(action - before) / 15.0;
        } while (error > tolerance * action && path.t.length < NODES);
        PathFluctuations beside = PathFluctuations.along(path.equations, path.t, path.z, start.matrix());
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double factor = Double.NaN;
        for (int k = 0; k < path.t.length; k++) {
            double after = (path.t[k] - phase - climbed) / (until - climbed);
            if (after >= PLATEAU[0] && after <= PLATEAU[1]) {
                factor = beside.logFactor(k);
                low = Math.min(low, factor);
                high = Math.max(high, factor);
            }
        }
        return new DrivenTransition(
                result(path, error, factor, begin),
                period,
                factor - 0.5 * Math.log(unit),
                high - low,
                Double.isNaN(worst) ? 0.0 : Math.max(0.0, worst - unit * action));
    }

    private TransitionPath result(Settled path, double error, double factor, long begin) {
        int d = rest.length;
        int n = path.t.length;
        double[][] points = new double[n][d];
        double[][] velocities = new double[n][d];
        double[][] momenta = new double[n][d];
        double[] actions = path.equations.actions(path.t, path.z);
        double[] rate = new double[2 * d];
        for (int k = 0; k < n; k++) {
            path.equations.rates(path.t[k], path.z[k], rate);
            for (int i = 0; i < d; i++) {
                points[k][i] = rest[i] + scale[i] * path.z[k][i];
                velocities[k][i] = scale[i] * rate[i];
                momenta[k][i] = unit * path.z[k][d + i] / scale[i];
            }
            actions[k] *= unit;
        }
        return TransitionPath.ofExtremal(
                points,
                path.t,
                actions,
                velocities,
                momenta,
                path.equations.hamiltonResidual(path.t, path.z),
                Double.isNaN(factor),
                unit * error,
                path.equations.residual(),
                path.equations.iterations(),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public String toString() {
        return "driven way out of " + VectorText.of(rest);
    }
}
