package org.langevin4j.solvers.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.sde.Scheme;

/**
 * An ensemble of independent paths of one equation: what to run, not the run itself. Immutable; every setting gives a
 * changed copy.
 *
 * <pre>{@code
 * EnsembleResult run = Ensemble.of(sde)
 *         .scheme(EulerMaruyama.withStep(1e-3)).paths(100_000).until(10.0)
 *         .startingAt(0.5, 0.0).seed(42)
 *         .observe(Moments.of(2), Histogram.on(grid))
 *         .run();
 * }</pre>
 */
public final class Ensemble {

    /** An observable and when it is recorded. */
    record Observation(Observable<?> observable, When when) {}

    private final Sde sde;
    private final @Nullable Scheme scheme;
    private final long paths;
    private final double end;
    private final Start start;
    private final @Nullable Seed seed;
    private final int threads;
    private final List<Observation> observations;
    private final ProgressListener listener;

    private Ensemble(
            Sde sde,
            @Nullable Scheme scheme,
            long paths,
            double end,
            Start start,
            @Nullable Seed seed,
            int threads,
            List<Observation> observations,
            ProgressListener listener) {
        this.sde = sde;
        this.scheme = scheme;
        this.paths = paths;
        this.end = end;
        this.start = start;
        this.seed = seed;
        this.threads = threads;
        this.observations = observations;
        this.listener = listener;
    }

    /**
     * An ensemble of one path that starts at the origin, has a fresh seed and uses all processors. Scheme and end must
     * still be given.
     *
     * @param sde the equation
     * @return the ensemble
     */
    public static Ensemble of(Sde sde) {
        Objects.requireNonNull(sde, "sde");
        return new Ensemble(
                sde,
                null,
                1,
                Double.NaN,
                (path, out) -> Arrays.fill(out, 0.0),
                null,
                Runtime.getRuntime().availableProcessors(),
                List.of(),
                (done, total) -> {});
    }

    /**
     * Sets the scheme.
     *
     * @param value scheme with its step
     * @return the changed ensemble
     * @throws IllegalArgumentException if the scheme refuses the equation
     */
    public Ensemble scheme(Scheme value) {
        value.stepper(sde);
        return new Ensemble(sde, value, paths, end, start, seed, threads, observations, listener);
    }

    /**
     * Sets the number of paths.
     *
     * @param value at least 1
     * @return the changed ensemble
     */
    public Ensemble paths(long value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("paths must be positive, got " + value);
        }
        return new Ensemble(sde, scheme, value, end, start, seed, threads, observations, listener);
    }

    /**
     * Sets the end.
     *
     * @param value time, positive, a whole number of steps
     * @return the changed ensemble
     */
    public Ensemble until(double value) {
        if (!(value > 0.0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("until must be positive and finite, got " + value);
        }
        return new Ensemble(sde, scheme, paths, value, start, seed, threads, observations, listener);
    }

    /**
     * Starts every path at the same point.
     *
     * @param x state, finite, length d
     * @return the changed ensemble
     */
    public Ensemble startingAt(double... x) {
        if (x.length != sde.dimension()) {
            throw new IllegalArgumentException("start must have length " + sde.dimension() + ", got " + x.length);
        }
        for (int i = 0; i < x.length; i++) {
            if (!(Math.abs(x[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("start must be finite, got x[" + i + "] = " + x[i]);
            }
        }
        double[] point = x.clone();
        return startingFrom((path, out) -> System.arraycopy(point, 0, out, 0, point.length));
    }

    /**
     * Starts the paths where a function says.
     *
     * @param value start of each path
     * @return the changed ensemble
     */
    public Ensemble startingFrom(Start value) {
        Objects.requireNonNull(value, "start");
        return new Ensemble(sde, scheme, paths, end, value, seed, threads, observations, listener);
    }

    /**
     * Sets the seed.
     *
     * @param value any number
     * @return the changed ensemble
     */
    public Ensemble seed(long value) {
        return seed(Seed.of(value));
    }

    /**
     * Sets the seed.
     *
     * @param value the seed
     * @return the changed ensemble
     */
    public Ensemble seed(Seed value) {
        Objects.requireNonNull(value, "seed");
        return new Ensemble(sde, scheme, paths, end, start, value, threads, observations, listener);
    }

    /**
     * Sets the number of threads. It changes the time a run takes, never a bit of its result.
     *
     * @param value at least 1
     * @return the changed ensemble
     */
    public Ensemble threads(int value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("threads must be positive, got " + value);
        }
        return new Ensemble(sde, scheme, paths, end, start, seed, value, observations, listener);
    }

    /**
     * Adds observables, recorded once at the end.
     *
     * @param values the observables
     * @return the changed ensemble
     */
    public Ensemble observe(Observable<?>... values) {
        return observe(When.atEnd(), values);
    }

    /**
     * Adds observables with a schedule.
     *
     * @param when at which steps they are recorded
     * @param values the observables
     * @return the changed ensemble
     * @throws IllegalArgumentException if one does not fit the equation or is there already
     */
    public Ensemble observe(When when, Observable<?>... values) {
        List<Observation> more = new ArrayList<>(observations);
        for (Observable<?> value : values) {
            value.collector(sde.dimension());
            if (more.stream().anyMatch(known -> known.observable().equals(value))) {
                throw new IllegalArgumentException("observable must be added once, got it twice: " + value);
            }
            more.add(new Observation(value, when));
        }
        return new Ensemble(sde, scheme, paths, end, start, seed, threads, List.copyOf(more), listener);
    }

    /**
     * Sets the listener for progress.
     *
     * @param value listener
     * @return the changed ensemble
     */
    public Ensemble onProgress(ProgressListener value) {
        Objects.requireNonNull(value, "listener");
        return new Ensemble(sde, scheme, paths, end, start, seed, threads, observations, value);
    }

    /**
     * Runs all paths.
     *
     * @return the results of the observables
     * @throws IllegalStateException if scheme or end are missing
     * @throws NonFinitePathException if a path leaves the finite numbers
     */
    public EnsembleResult run() {
        if (scheme == null || Double.isNaN(end)) {
            throw new IllegalStateException("an ensemble needs a scheme and an end (until) to run");
        }
        double ratio = end / scheme.stepSize();
        long steps = Math.round(ratio);
        if (!(steps >= 1 && Math.abs(ratio - steps) <= 1e-9 * ratio)) {
            throw new IllegalArgumentException("until must be a whole number of steps of " + scheme.stepSize()
                    + ", got " + end + ", which is " + ratio);
        }
        Seed actual = seed == null ? Seed.fresh() : seed;
        return new Run(sde, scheme, paths, steps, start, actual, threads, observations, listener).execute();
    }
}
