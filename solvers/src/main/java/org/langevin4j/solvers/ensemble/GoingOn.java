package org.langevin4j.solvers.ensemble;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.langevin4j.core.random.NormalStream;

/**
 * Where a plan takes up another one: the time, the step after which noise is fresh, and what the noise is that of.
 *
 * @param time time at which paths start
 * @param steps steps that lie behind
 * @param origin time at which step 1 began, as long as the steps stay as they were
 * @param stepSize h of the steps behind, 0 if there are none
 * @param unit of time of the Brownian paths, if the noise is theirs
 * @param shortening whether the last step may be shorter than the others
 */
record GoingOn(double time, long steps, double origin, double stepSize, OptionalDouble unit, boolean shortening) {

    static GoingOn atTime(double time) {
        return new GoingOn(time, 0, time, 0.0, OptionalDouble.empty(), false);
    }

    static GoingOn after(EnsemblePlan plan) {
        double end = plan.time(plan.lastStep());
        double h = plan.scheme().stepSize();
        // After a shortened step the whole ones begin anew where it ended.
        double origin = plan.isShortened(plan.lastStep()) ? end - plan.lastStep() * h : plan.origin();
        return new GoingOn(end, plan.lastStep(), origin, h, plan.brownianUnit(), false);
    }

    /** With noise of Brownian paths. */
    GoingOn along(double brownianUnit) {
        if (!(brownianUnit > 0.0 && brownianUnit <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("unit must be positive and finite, got " + brownianUnit);
        }
        return new GoingOn(time, steps, origin, stepSize, OptionalDouble.of(brownianUnit), shortening);
    }

    /** With a last step that is as long as is left. */
    GoingOn shorteningLast() {
        return new GoingOn(time, steps, origin, stepSize, unit, true);
    }

    /** With another time, and the same noise behind. */
    GoingOn at(double other) {
        if (!(Math.abs(other) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("startingAtTime must be finite, got " + other);
        }
        return new GoingOn(other, steps, other - steps * stepSize, stepSize, unit, shortening);
    }

    /** The time at which step 1 would have begun with steps of this size: exactly as before if they are the same. */
    double origin(double h) {
        return steps == 0 || h == stepSize ? origin : time - steps * h;
    }

    /** The end if the last of so many steps is shorter than h, else nothing. */
    OptionalDouble shortenedEnd(double end, double h, long count) {
        double ratio = (end - time) / h;
        return shortening && count > ratio && !isWhole(end, h, ratio) ? OptionalDouble.of(end) : OptionalDouble.empty();
    }

    private static boolean isWhole(double end, double h, double ratio) {
        long whole = Math.round(ratio);
        return whole >= 1 && Math.abs(ratio - whole) <= 1e-9 * Math.max(ratio, Math.abs(end) / h);
    }

    /** The number of steps to the end, the last of which is whole unless it may be shorter. */
    long stepsUntil(double end, double h) {
        if (!(steps == 0 || unit.isEmpty() || h == stepSize)) {
            throw new IllegalArgumentException("stepSize must stay " + stepSize
                    + " where an ensemble along Brownian paths goes on, lest their noise be drawn twice, got " + h);
        }
        if (!(end > time)) {
            throw new IllegalArgumentException("until must be after the start, which is at " + time + ", got " + end);
        }
        double ratio = (end - time) / h;
        if (!(ratio < NormalStream.STEPS + 0.5)) {
            throw new IllegalArgumentException("steps must end within the " + NormalStream.STEPS
                    + " = 2^40 for which there is noise, got " + ratio + ", until = " + end + " in steps of " + h);
        }
        if (isWhole(end, h, ratio)) {
            return Math.round(ratio);
        }
        if (!shortening) {
            throw new IllegalArgumentException("until must be a whole number of steps of " + h + ", got " + end
                    + ", which is " + ratio + "; or let the last one be shorter, by shorteningLastStep()");
        }
        return (long) Math.ceil(ratio);
    }

    /** The states in which the paths of a result were left, in the order of their indices. */
    static FinalStates.States states(EnsembleResult result) {
        boolean observed = result.plan().observations().stream()
                .anyMatch(observation -> observation.observable().equals(FinalStates.all()));
        if (!observed) {
            throw new IllegalArgumentException("an ensemble goes on from final states, this result has none; observe"
                    + " FinalStates.all() in the run before");
        }
        FinalStates.States states = result.get(FinalStates.all());
        if (!result.isComplete()) {
            throw new IllegalArgumentException("an ensemble goes on from a complete result, this one has "
                    + result.paths() + " of " + result.plannedPaths() + " paths; resume it first");
        }
        if (states.paths() == 0) {
            throw new IllegalArgumentException(
                    "an ensemble goes on from paths that are under way, all " + result.paths() + " have stopped");
        }
        if (states.step() != result.plan().lastStep()) {
            throw new IllegalArgumentException("an ensemble goes on from states after the last step, "
                    + result.plan().lastStep() + ", these are of step " + states.step()
                    + "; observe FinalStates.all() without a schedule");
        }
        return states;
    }

    static Start start(FinalStates.States states) {
        return (path, out) -> {
            if (!(path < states.paths())) {
                Arrays.fill(out, Double.NaN);
                throw new IllegalArgumentException(
                        "paths must be at most the " + states.paths() + " that go on, got path " + path);
            }
            states.copyState((int) path, out);
        };
    }
}
