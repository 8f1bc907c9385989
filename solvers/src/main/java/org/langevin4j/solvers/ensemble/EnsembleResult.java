package org.langevin4j.solvers.ensemble;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;

/** What a run of an ensemble gave, with its diagnostics. */
public final class EnsembleResult {

    /** Characters of the text of one result. */
    private static final int SHOWN = 1000;

    private final Map<PathObservable<?>, Object> results;
    private final EnsemblePlan plan;
    private final long paths;
    private final long plannedPaths;
    private final @Nullable CheckpointException checkpointFailure;
    private final PathEnds pathEnds;
    private final Duration wallTime;

    /** What a harvest gives; it is not to be used again. */
    static EnsembleResult of(EnsemblePlan plan, ShardRange range, Harvest harvest, Duration wallTime) {
        BatchGeometry geometry = BatchGeometry.of(plan);
        long first = geometry.firstPath(range.first());
        long paths = geometry.firstPath(harvest.reached()) - first;
        long planned = geometry.firstPath(range.end()) - first;
        PartialResult merged = harvest.take();
        long lost = merged.ends().count(PathEnd.Cause.NON_FINITE);
        if (plan.nonFinite() == NonFinite.STOP_PATH && paths > 0 && lost == paths) {
            throw new NonFinitePathException(
                    lost, merged.ends().firstNonFinite().get(0));
        }
        Map<PathObservable<?>, Object> results = new HashMap<>();
        for (int i = 0; i < plan.observations().size(); i++) {
            PathObservable<?> observable = plan.observations().get(i).observable();
            results.put(observable, result(observable, merged.collectors().get(i), paths == plan.paths()));
        }
        return new EnsembleResult(
                results,
                plan,
                paths,
                planned,
                merged.ends(),
                harvest.checkpointFailure().orElse(null),
                wallTime);
    }

    private static Object result(PathObservable<?> observable, Collector<?> collector, boolean complete) {
        try {
            Object result = collector.result();
            if (result == null) {
                throw new IllegalArgumentException("collector must give a result, got null from that of " + observable);
            }
            return result;
        } catch (IllegalArgumentException failed) {
            if (complete) {
                throw failed;
            }
            // The other results of a cancelled run are not to be lost with one that has seen too little.
            return new None(failed);
        }
    }

    /** In place of a result that there is not. */
    private record None(IllegalArgumentException reason) {}

    private EnsembleResult(
            Map<PathObservable<?>, Object> results,
            EnsemblePlan plan,
            long paths,
            long plannedPaths,
            PathEnds pathEnds,
            @Nullable CheckpointException checkpointFailure,
            Duration wallTime) {
        this.results = Map.copyOf(results);
        this.plan = plan;
        this.paths = paths;
        this.plannedPaths = plannedPaths;
        this.checkpointFailure = checkpointFailure;
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
    @SuppressWarnings("unchecked") // The ensemble puts the R of an PathObservable<R> under it, and nothing else.
    public <R> R get(PathObservable<R> observable) {
        Object result = results.get(observable);
        if (result == null) {
            throw new IllegalArgumentException("observable must have been observed, got " + observable);
        }
        if (result instanceof None none) {
            throw new IllegalArgumentException(none.reason.getMessage(), none.reason);
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
     * @return paths of the plan, or of the shard of it
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
     * Why the last attempt to write the checkpoint failed. The results are whole all the same.
     *
     * @return the failure, or empty if the file is there or none was asked for
     */
    public Optional<CheckpointException> checkpointFailure() {
        return Optional.ofNullable(checkpointFailure);
    }

    /**
     * How long the run took.
     *
     * @return wall-clock time
     */
    public Duration wallTime() {
        return wallTime;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d of %d paths, %d steps of %.6g, seed %d, %.3g s; %s",
                paths,
                plannedPaths(),
                steps(),
                stepSize(),
                seed().value(),
                1e-3 * wallTime.toMillis(),
                pathEnds));
        for (Observation each : plan.observations()) {
            String name = each.observable().getClass().getSimpleName();
            String shown = String.valueOf(results.get(each.observable()));
            if (shown.length() > SHOWN) {
                shown = shown.substring(0, SHOWN) + " …";
            }
            text.append("\n")
                    .append(name)
                    .append(" ")
                    .append(each.when())
                    .append(": ")
                    .append(shown.replace("\n", "\n  "));
        }
        return text.toString();
    }
}
