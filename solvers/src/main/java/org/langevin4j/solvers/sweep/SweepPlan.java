package org.langevin4j.solvers.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.langevin4j.core.random.Seed;

/**
 * The points and columns of a sweep, checked, for whatever computes them: threads of this machine or others. Immutable.
 */
public final class SweepPlan {

    private final List<String> names;
    private final List<String> columns;
    private final List<SweepPoint> points;

    private SweepPlan(List<String> names, List<String> columns, List<SweepPoint> points) {
        this.names = names;
        this.columns = columns;
        this.points = points;
    }

    /** Checks the columns: one at least, names, all different. */
    static SweepPlan of(List<String> names, List<SweepPoint> points, List<String> columns) {
        columns.forEach(SweepFile::requireName);
        List<String> titles = new ArrayList<>(names);
        titles.addAll(columns);
        if (columns.isEmpty() || new HashSet<>(titles).size() != titles.size()) {
            throw new IllegalArgumentException(
                    "columns must be at least one, and differ from each other and from the parameters, got " + columns);
        }
        return new SweepPlan(names, List.copyOf(columns), List.copyOf(points));
    }

    /**
     * The names of the parameters.
     *
     * @return names, in the order of the values of a point
     */
    public List<String> names() {
        return names;
    }

    /**
     * The names of the numbers that are computed.
     *
     * @return columns
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * The titles of a table of the sweep.
     *
     * @return the parameters, {@code replica}, {@code seed}, the columns
     */
    public List<String> titles() {
        return SweepFile.titles(names, columns);
    }

    /**
     * The points and replicas.
     *
     * @return points in the order of the sweep
     */
    public List<SweepPoint> points() {
        return points;
    }

    /**
     * Refuses what holds points of another sweep: if all are strangers it is of another seed, and if some are, of
     * another plan.
     *
     * @param place what holds them, as it is to be named
     * @param known the seeds of its points
     * @throws IllegalArgumentException if one is not in this plan
     */
    public void requireOurs(String place, Set<Seed> known) {
        Set<Seed> ours = points.stream().map(SweepPoint::seed).collect(Collectors.toSet());
        long strangers = known.stream().filter(seed -> !ours.contains(seed)).count();
        if (strangers > 0) {
            throw new IllegalArgumentException(place + " holds " + strangers + " of " + known.size()
                    + " points that are not in this sweep: another seed, or other parameters");
        }
    }

    /**
     * What came of the sweep, in its order.
     *
     * @param finished the numbers of the points that have them
     * @param failed why others have none
     * @return rows and failures
     */
    public SweepResult result(Map<Seed, List<Double>> finished, Map<Seed, String> failed) {
        List<SweepResult.Row> rows = new ArrayList<>();
        List<SweepResult.Failure> failures = new ArrayList<>();
        for (SweepPoint point : points) {
            List<Double> values = finished.get(point.seed());
            String message = failed.get(point.seed());
            if (values != null) {
                rows.add(new SweepResult.Row(point, values));
            } else if (message != null) {
                failures.add(new SweepResult.Failure(point, message));
            }
        }
        return new SweepResult(columns, rows, failures, points.size());
    }

    @Override
    public String toString() {
        return columns + " at " + points.size() + " points of " + names;
    }
}
