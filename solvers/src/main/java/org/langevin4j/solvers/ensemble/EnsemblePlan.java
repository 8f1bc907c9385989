package org.langevin4j.solvers.ensemble;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.DelayedField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.domain.Confinement;
import org.langevin4j.solvers.domain.Domain;
import org.langevin4j.solvers.domain.Projection;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

/**
 * What an ensemble is, to the last bit of its result; not how it is executed. {@link Ensemble#plan()} makes one. Immutable.
 *
 * <p>Steps are counted from the time {@code origin}: step n leads from t = origin + (n − 1)h to origin + nh, and its noise is
 * that of number n − 1 of the seed's stream. A plan that goes on from another one begins where that one ended.
 *
 * @param sde the equation
 * @param scheme scheme with its step h
 * @param origin time at which step 1 begins
 * @param stepsBefore n₀, steps that lie behind the start; 0 unless the plan goes on from another one
 * @param steps number of steps of each path that does not end before
 * @param paths number of paths
 * @param seed the seed
 * @param start where paths start
 * @param observations what is observed, and when
 * @param domain where the paths are confined, null for everywhere
 * @param events events that stop a path
 * @param resets events that change the state of a path, which goes on
 * @param projection with which each step ends, if any
 * @param brownianUnit unit of time of the Brownian paths that drive the paths, see {@link Ensemble#alongBrownianPaths}; empty for
 *     keyed normals
 * @param shortenedEnd time of the end if the last step is shorter than h; empty if it is whole
 * @param nonFinite what is done with paths that leave the finite numbers
 */
public record EnsemblePlan(
        Sde sde,
        Scheme scheme,
        double origin,
        long stepsBefore,
        long steps,
        long paths,
        Seed seed,
        Start start,
        List<Observation> observations,
        @Nullable Domain domain,
        List<Event> events,
        List<Reset> resets,
        Optional<Projection> projection,
        OptionalDouble brownianUnit,
        OptionalDouble shortenedEnd,
        NonFinite nonFinite) {

    /**
     * Checks that steps and paths can be counted, that every schedule is due, and that drift and diffusion write all their
     * entries where path 0 starts.
     */
    public EnsemblePlan {
        Objects.requireNonNull(sde, "sde");
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(seed, "seed");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(nonFinite, "nonFinite");
        observations = List.copyOf(observations);
        events = List.copyOf(events);
        resets = List.copyOf(resets);
        Objects.requireNonNull(projection, "projection");
        if (!(Math.abs(origin) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("origin must be finite, got " + origin);
        }
        if (!(stepsBefore >= 0)) {
            throw new IllegalArgumentException("stepsBefore must not be negative, got " + stepsBefore);
        }
        if (stepsBefore > 0 && sde.drift() instanceof DelayedField delayed) {
            throw new IllegalArgumentException("stepsBefore must be 0 for a drift that depends on the past, " + delayed
                    + ", of which the states of an earlier run know nothing, got " + stepsBefore
                    + "; run to the later end at once");
        }
        if (!(steps > 0)) {
            throw new IllegalArgumentException("steps must be positive, got " + steps);
        }
        if (!(stepsBefore < NormalStream.STEPS && steps <= NormalStream.STEPS - stepsBefore)) {
            throw new IllegalArgumentException("steps must end within the " + NormalStream.STEPS
                    + " = 2^40 for which there is noise, got " + steps + " after " + stepsBefore);
        }
        if (!(paths > 0)) {
            throw new IllegalArgumentException("paths must be positive, got " + paths);
        }
        if (shortenedEnd.isPresent()) {
            double last = shortenedEnd.getAsDouble() - (origin + (stepsBefore + steps - 1) * scheme.stepSize());
            requireShortened(sde, scheme, last, brownianUnit.isPresent());
        }
        brownianUnit.ifPresent(unit -> BrownianNoise.requireFit(sde, scheme, unit));
        for (Observation each : observations) {
            Schedule.of(each.when(), origin, scheme.stepSize(), stepsBefore, steps, shortenedEnd);
        }
        first(sde.dimension(), start, projection, domain)
                .ifPresent(x -> sde.requireWritten(origin + stepsBefore * scheme.stepSize(), x));
    }

    /** Where path 0 starts, for who wants to evaluate something there; empty where no path may start. */
    private static Optional<double[]> first(
            int dimension, Start start, Optional<Projection> projection, @Nullable Domain domain) {
        double[] x = new double[dimension];
        try {
            start.at(0, x);
            for (double value : x) {
                if (!(Math.abs(value) <= NonFinite.LARGEST)) {
                    return Optional.empty();
                }
            }
            projection.ifPresent(each -> each.apply(x));
            return domain == null || domain.contains(x) ? Optional.of(x) : Optional.empty();
        } catch (RuntimeException refused) {
            return Optional.empty();
        }
    }

    /**
     * The time after a step.
     *
     * @param step number of the step, counted as {@link #stepsBefore} is
     * @return origin + step·h, or the end of a shortened last step
     */
    public double time(long step) {
        return step == lastStep() && shortenedEnd.isPresent()
                ? shortenedEnd.getAsDouble()
                : origin + step * scheme.stepSize();
    }

    /**
     * The number of the last step.
     *
     * @return stepsBefore + steps
     */
    public long lastStep() {
        return stepsBefore + steps;
    }

    /**
     * The length of a step.
     *
     * @param step number of the step
     * @return h, or less for a shortened last step
     */
    public double stepSize(long step) {
        return isShortened(step) ? time(step) - time(step - 1) : scheme.stepSize();
    }

    /** Whether a step is shorter than the others. */
    boolean isShortened(long step) {
        return step == lastStep() && shortenedEnd.isPresent();
    }

    /** A stepper of the continuous part of a step. */
    Stepper stepper(long step) {
        Scheme own = isShortened(step) ? scheme.withStepSize(stepSize(step)) : scheme;
        return own.stepper(sde.withoutJumps());
    }

    /** Where the paths are confined during a step, null for nowhere. */
    @Nullable
    Confinement confinement(long step) {
        return domain == null ? null : domain.confinement(sde.withoutJumps(), stepSize(step), seed);
    }

    private static void requireShortened(Sde sde, Scheme scheme, double last, boolean alongPaths) {
        if (!(last > 0.0 && last < scheme.stepSize())) {
            throw new IllegalArgumentException(
                    "a last step must be shorter than " + scheme.stepSize() + " to be shortened, got " + last);
        }
        if (sde.drift() instanceof DelayedField delayed) {
            throw new IllegalArgumentException("a last step of " + last + " rather than " + scheme.stepSize()
                    + " needs a drift that does not depend on the past, got " + delayed);
        }
        if (alongPaths) {
            throw new IllegalArgumentException(
                    "alongBrownianPaths needs whole steps of " + scheme.stepSize() + ", got a last one of " + last);
        }
        scheme.withStepSize(last).stepper(sde.withoutJumps());
    }

    /** Whether paths may stop, start anew or be changed. If not, a look at the states now and then is enough. */
    boolean isWatched() {
        return domain != null || !events.isEmpty() || !resets.isEmpty() || nonFinite != NonFinite.FAIL;
    }

    /** Which steps each observation is due at. */
    List<Schedule> schedules() {
        return observations.stream().map(each -> schedule(each.when())).toList();
    }

    /** Which steps a schedule is due at. */
    Schedule schedule(When when) {
        return Schedule.of(when, origin, scheme.stepSize(), stepsBefore, steps, shortenedEnd);
    }
}
