package org.langevin4j.solvers.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.langevin4j.core.statistics.RunningMoments;

/** What a sweep gave: a row for each point and replica that was finished, in the order of the sweep. Immutable. */
public final class SweepResult {

    /** How many rows {@link #toString} shows. */
    private static final int SHOWN = 12;

    /**
     * A finished point.
     *
     * @param point parameters and seed
     * @param values one for each column
     */
    public record Row(SweepPoint point, List<Double> values) {

        /** Copies the values. */
        public Row {
            values = List.copyOf(values);
        }
    }

    /**
     * A point that failed.
     *
     * @param point parameters and seed
     * @param message what was thrown, in one line
     */
    public record Failure(SweepPoint point, String message) {

        @Override
        public String toString() {
            return point + ": " + message;
        }
    }

    private final List<String> columns;
    private final List<Row> rows;
    private final List<Failure> failures;
    private final int planned;

    SweepResult(List<String> columns, List<Row> rows, List<Failure> failures, int planned) {
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        this.failures = List.copyOf(failures);
        this.planned = planned;
    }

    /**
     * The names of the numbers that were computed.
     *
     * @return columns
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * The finished points.
     *
     * @return rows in the order of the sweep
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * The points that failed.
     *
     * @return failures in the order of the sweep
     */
    public List<Failure> failures() {
        return failures;
    }

    /**
     * Whether every point has a row.
     *
     * @return false if some failed or the sweep was cancelled
     */
    public boolean isComplete() {
        return rows.size() == planned;
    }

    /**
     * One column over all rows.
     *
     * @param column its name
     * @return a new array, in the order of {@link #rows}
     */
    public double[] column(String column) {
        int at = index(column);
        return rows.stream().mapToDouble(row -> row.values().get(at)).toArray();
    }

    /**
     * The moments of a column over the finished replicas of each point; its standard error is that of independent seeds.
     *
     * @param column its name
     * @return moments of one coordinate for the values of the parameters, in the order of the sweep
     */
    public Map<List<Double>, RunningMoments> overReplicas(String column) {
        int at = index(column);
        Map<List<Double>, RunningMoments> moments = new LinkedHashMap<>();
        for (Row row : rows) {
            moments.computeIfAbsent(row.point().values(), values -> new RunningMoments(1))
                    .add(row.values().get(at));
        }
        return moments;
    }

    private int index(String column) {
        int at = columns.indexOf(column);
        if (at < 0) {
            throw new IllegalArgumentException("column must be one of " + columns + ", got " + column);
        }
        return at;
    }

    /**
     * All numbers as rows: the parameters, the number of the replica, the columns.
     *
     * @return a new array, {@code [row][parameters + 1 + columns]}
     */
    public double[][] table() {
        List<double[]> table = new ArrayList<>();
        for (Row row : rows) {
            int parameters = row.point().values().size();
            double[] numbers = new double[parameters + 1 + columns.size()];
            for (int i = 0; i < parameters; i++) {
                numbers[i] = row.point().values().get(i);
            }
            numbers[parameters] = row.point().replica();
            for (int i = 0; i < columns.size(); i++) {
                numbers[parameters + 1 + i] = row.values().get(i);
            }
            table.add(numbers);
        }
        return table.toArray(double[][]::new);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%d of %d points, %d failed%n", rows.size(), planned, failures.size()));
        for (Row row : rows.subList(0, Math.min(SHOWN, rows.size()))) {
            text.append(row.point()).append(':');
            for (int i = 0; i < columns.size(); i++) {
                text.append(String.format(
                        Locale.ROOT, "  %s = %.6g", columns.get(i), row.values().get(i)));
            }
            text.append(System.lineSeparator());
        }
        if (rows.size() > SHOWN) {
            text.append("… ").append(rows.size() - SHOWN).append(" more").append(System.lineSeparator());
        }
        for (Failure failure : failures.subList(0, Math.min(SHOWN, failures.size()))) {
            text.append("failed: ").append(failure).append(System.lineSeparator());
        }
        return text.toString().stripTrailing();
    }
}
