package org.langevin4j.solvers.ensemble;

import java.time.Duration;
import java.util.Map;
import org.langevin4j.core.random.Seed;

/** What a run of an ensemble gave, with its diagnostics. */
public final class EnsembleResult {

    private final Map<Observable<?>, Object> results;
    private final Seed seed;
    private final long paths;
    private final long plannedPaths;
    private final PathEnds pathEnds;
    private final long steps;
    private final double stepSize;
    private final Duration wallTime;

    EnsembleResult(
            Map<Observable<?>, Object> results,
            Seed seed,
            long paths,
            long plannedPaths,
            PathEnds pathEnds,
            long steps,
            double stepSize,
            Duration wallTime) {
        this.results = Map.copyOf(results);
        this.seed = seed;
        this.paths = paths;
        this.plannedPaths = plannedPaths;
        this.pathEnds = pathEnds;
        this.steps = steps;
        this.stepSize = stepSize;
        this.wallTime = wallTime;
    }

    /**
     * The result of an observable.
     *
     * @param observable one that was observed, or an equal one
     * @param <R> type of the result
     * @return the result
     * @throws IllegalArgumentException if it was not observed
     */
    @SuppressWarnings("unchecked") // The ensemble puts the R of an Observable<R> under it, and nothing else.
    public <R> R get(Observable<R> observable) {
        Object result = results.get(observable);
        if (result == null) {
            throw new IllegalArgumentException("observable must have been observed, got " + observable);
        }
        return (R) result;
    }

    /**
     * The seed, which gives the same bits again.
     *
     * @return seed
     */
    public Seed seed() {
        return seed;
    }

    /**
     * The number of paths in the results, those with the smallest indices.
     *
     * @return all paths, unless the run was cancelled
     */
    public long paths() {
        return paths;
    }

    /**
     * The number of paths that was asked for.
     *
     * @return paths of a complete run
     */
    public long plannedPaths() {
        return plannedPaths;
    }

    /**
     * Whether all paths are done.
     *
     * @return false if the run was cancelled before its end
     */
    public boolean isComplete() {
        return paths == plannedPaths;
    }

    /**
     * How many paths left the run before its end, and why.
     *
     * @return numbers for each cause, and the first paths that left the finite numbers
     */
    public PathEnds pathEnds() {
        return pathEnds;
    }

    /**
     * The number of steps of each path that does not end before.
     *
     * @return steps
     */
    public long steps() {
        return steps;
    }

    /**
     * The step.
     *
     * @return h
     */
    public double stepSize() {
        return stepSize;
    }

    /**
     * How long the run took.
     *
     * @return wall-clock time
     */
    public Duration wallTime() {
        return wallTime;
    }
}
