package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.random.Mark;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;

/**
 * The jumps of an equation at work, for one thread. A step of a scheme moves the continuous part from t to t + h; this makes
 * the jumps of that interval then, all from the state that the step has reached. Given that state the jump part is exact: the
 * chain with the generator Σₖ λₖ(x) E[f(x + cₖ) − f(x)] is run for the time h, each kind by a clock of its own that rings
 * when ∫λₖ passes an exponential number (the next reaction method; Anderson 2007, J. Chem. Phys. 127, 214107), or, where a
 * bound of the rate is known, by thinning. What is left is the error of the splitting, weak order 1 (Lie and Trotter);
 * none if the jumps commute with the motion between them.
 *
 * <p>A rate that depends on time is met exactly by thinning, if it has a bound; any other is taken at the middle of the step. A
 * bound that depends on time, too, is the largest of those at the beginning, middle and end of the step. A state that is no
 * longer finite is left alone.
 */
public final class JumpStepper {

    /** "jump" in ASCII: apart from the small numbers with which users derive seeds. */
    private static final long PART = 0x6A756D70L << 16;

    /** A path beyond is on its way to infinity, and its rate may be anything: it is for the runner to report. */
    private static final double LARGEST = 0x1p480;

    private final Jumps jumps;
    private final double stepSize;
    private final int kinds;
    private final NormalStream clocks;
    private final Seed decisions;
    private final Seed marks;
    private double[][] pairs = new double[0][0];
    private final double[] left;
    private final double[] bounds;
    private final double[] rates;

    private JumpStepper(Jumps jumps, double stepSize, Seed seed) {
        this.jumps = jumps;
        this.stepSize = stepSize;
        this.kinds = jumps.atTime(0.0).kinds().size();
        this.clocks = NormalStream.of(seed.derive(PART));
        this.decisions = seed.derive(PART + 1);
        this.marks = seed.derive(PART + 2);
        this.left = new double[kinds];
        this.bounds = new double[kinds];
        this.rates = new double[kinds];
    }

    /**
     * Prepares the jumps.
     *
     * @param jumps the jumps of the equation
     * @param stepSize h
     * @param seed seed of the run; chance is keyed by (seed, path, step, kind)
     * @return the jumps at work
     */
    public static JumpStepper of(Jumps jumps, double stepSize, Seed seed) {
        Scheme.requireStepSize(stepSize);
        return new JumpStepper(jumps, stepSize, seed);
    }

    /**
     * Makes the jumps of one step of a block of paths.
     *
     * @param t time at which the step began
     * @param x states after the continuous step, {@code x[i][p]}; replaced by those after the jumps
     * @param paths number of paths in the block
     * @param path {@code path[p]}, index of each in the ensemble; not modified
     * @param step index of the step, from 0
     * @throws IllegalArgumentException if a rate is negative, not finite or above its bound, or if a path jumps more than
     *     some thousand times in the step
     */
    public void apply(double t, double[][] x, int paths, long[] path, long step) {
        if (kinds == 0) {
            return;
        }
        List<Jump> middle = kindsAt(t + 0.5 * stepSize);
        bound(middle, t);
        pairs = PathStepper.atLeast(pairs, 2 * kinds, paths);
        // The first ringing of each clock.
        clocks.fill(path, paths, step, pairs);
        double[] state = new double[x.length];
        for (int p = 0; p < paths; p++) {
            boolean looked = false;
            boolean rings = false;
            for (int k = 0; k < kinds; k++) {
                Jump kind = middle.get(k);
                if (!(bounds[k] <= Double.MAX_VALUE) && !looked) {
                    copy(x, p, state);
                    looked = true;
                    if (!isFinite(state)) {
                        break;
                    }
                }
                // Half the square of a two-dimensional normal vector is exponential.
                left[k] = 0.5 * (pairs[2 * k][p] * pairs[2 * k][p] + pairs[2 * k + 1][p] * pairs[2 * k + 1][p]);
                rates[k] = bounds[k] <= Double.MAX_VALUE ? bounds[k] : rate(kind, k, state, t);
                rings |= left[k] < rates[k] * stepSize;
            }
            if (rings) {
                copy(x, p, state);
                if (isFinite(state) && run(middle, state, t, path[p], step)) {
                    for (int i = 0; i < state.length; i++) {
                        x[i][p] = state[i];
                    }
                }
            }
        }
    }

    /** Runs the jump part of one path for the time h; whether it has jumped. */
    private boolean run(List<Jump> middle, double[] state, double t, long path, long step) {
        boolean any = false;
        double now = 0.0;
        for (int event = 0; ; event++) {
            int first = -1;
            double wait = stepSize - now;
            for (int k = 0; k < kinds; k++) {
                if (left[k] < rates[k] * wait) {
                    wait = left[k] / rates[k];
                    first = k;
                }
            }
            if (first < 0) {
                return any;
            }
            now += wait;
            for (int k = 0; k < kinds; k++) {
                left[k] -= rates[k] * wait;
            }
            double time = t + now;
            Mark decision = Mark.of(decisions, path, step, event, time);
            left[first] = decision.exponential(0);
            Jump kind = jumps.isAutonomous() ? middle.get(first) : kindsAt(time).get(first);
            if (isThinned(middle.get(first))) {
                double rate = rate(kind, first, state, time);
                if (!(rate <= kind.bound())) {
                    throw new IllegalArgumentException("rate of jump kind " + first + " must not exceed its bound "
                            + kind.bound() + ", got " + rate + " at x = " + Arrays.toString(state) + ", time " + time);
                }
                if (!(decision.uniform(1) * bounds[first] < rate)) {
                    continue;
                }
            }
            kind.map().apply(state, Mark.of(marks, path, step, event, time));
            any = true;
            for (int k = 0; k < kinds; k++) {
                if (!(bounds[k] <= Double.MAX_VALUE)) {
                    if (!isFinite(state)) {
                        return any;
                    }
                    rates[k] = rate(middle.get(k), k, state, time);
                }
            }
        }
    }

    private static boolean isThinned(Jump kind) {
        return kind.isBounded() && !kind.isHomogeneous();
    }

    /** What the rate of each kind stays below in a step. */
    private void bound(List<Jump> middle, double t) {
        for (int k = 0; k < kinds; k++) {
            bounds[k] = middle.get(k).bound();
            if (!jumps.isAutonomous() && isThinned(middle.get(k))) {
                double ends = Math.max(
                        kindsAt(t).get(k).bound(), kindsAt(t + stepSize).get(k).bound());
                bounds[k] = Math.max(bounds[k], ends);
            }
        }
    }

    private List<Jump> kindsAt(double t) {
        List<Jump> found = jumps.atTime(t).kinds();
        if (found.size() != kinds) {
            throw new IllegalArgumentException("jumps must have the same number of kinds at all times, " + kinds
                    + ", got " + found.size() + " at t = " + t);
        }
        return found;
    }

    private static double rate(Jump kind, int k, double[] state, double t) {
        double rate = kind.rate().at(state);
        if (!(rate >= 0.0 && rate <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("rate of jump kind " + k + " must be finite and not negative, got "
                    + rate + " at x = " + Arrays.toString(state) + ", time " + t);
        }
        return rate;
    }

    private static void copy(double[][] x, int p, double[] state) {
        for (int i = 0; i < state.length; i++) {
            state[i] = x[i][p];
        }
    }

    private static boolean isFinite(double[] state) {
        for (double value : state) {
            if (!(Math.abs(value) <= LARGEST)) {
                return false;
            }
        }
        return true;
    }
}
