package org.langevin4j.solvers.ensemble;

import java.time.Duration;
import java.util.Map;
import org.langevin4j.core.random.Seed;

/** What a run of an ensemble gave, with its diagnostics. */
public final class EnsembleResult {

    private final Map<Observable<?>, Object> results;
    private final EnsemblePlan plan;
    private final long paths;
    private final PathEnds pathEnds;
    private final Duration wallTime;

    EnsembleResult(
            Map<Observable<?>, Object> results, EnsemblePlan plan, long paths, PathEnds pathEnds, Duration wallTime) {
        this.results = Map.copyOf(results);
        this.plan = plan;
        this.paths = paths;
        this.pathEnds = pathEnds;
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
     * What was run.
     *
     * @return the plan
     */
    public EnsemblePlan plan() {
        return plan;
    }

    /**
     * The seed, which gives the same bits again.
     *
     * @return seed
     */
    public Seed seed() {
        return plan.seed();
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
        return plan.paths();
    }

    /**
     * Whether all paths are done.
     *
     * @return false if the run was cancelled before its end
     */
    public boolean isComplete() {
        return paths == plan.paths();
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
        return plan.steps();
    }

    /**
     * The step.
     *
     * @return h
     */
    public double stepSize() {
        return plan.scheme().stepSize();
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
