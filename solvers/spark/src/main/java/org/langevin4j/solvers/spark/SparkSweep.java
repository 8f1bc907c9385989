package org.langevin4j.solvers.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.cluster.Shipping;
import org.langevin4j.solvers.sweep.Sweep;
import org.langevin4j.solvers.sweep.SweepFunction;
import org.langevin4j.solvers.sweep.SweepPlan;

/**
 * A {@link Sweep} on a cluster: its points are tasks, and its result is that of {@link Sweep#run} to the last bit, for
 * any number of tasks and executors, and however often a task was tried. Immutable.
 *
 * <pre>{@code
 * Dataset<Row> rows = SparkSweep.of(Sweep.over("beta", 1, 2, 4).replicas(8).seed(42))
 *         .writingTo("hdfs:///sweeps/wells")
 *         .run(spark, List.of("rate"), point -> new double[] {rate(point.get("beta"), point.seed())})
 *         .rows();
 * rows.groupBy("beta").avg("rate").show();
 * }</pre>
 *
 * <p>What the function throws is a failure of its point, which is told with its parameters and not tried again by
 * Spark. What takes the executor with it, as a lack of memory, Spark tries again, {@code spark.task.maxFailures} times
 * in all; then it is a failure of its point too.
 */
public final class SparkSweep {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Sweep sweep;
    private final int pointsPerTask;
    private final @Nullable Path folder;
    private final Duration interval;

    private SparkSweep(Sweep sweep, int pointsPerTask, @Nullable Path folder, Duration interval) {
        this.sweep = sweep;
        this.pointsPerTask = pointsPerTask;
        this.folder = folder;
        this.interval = interval;
    }

    /**
     * A sweep to be run, a point a task: points take seconds to hours, beside which milliseconds of a task are
     * nothing, and what an executor takes with it is one point. Of more than 10,000 points as many are a task as make
     * 10,000 tasks, each of which costs the driver memory.
     *
     * @param sweep its points and seeds; how many threads it has on one machine does not matter
     * @return the sweep
     * @throws IllegalArgumentException if it writes to a CSV file
     */
    public static SparkSweep of(Sweep sweep) {
        sweep.file().ifPresent(csv -> {
            throw new IllegalArgumentException(
                    "sweep must not write to a file, got " + csv + "; on a cluster it writes to a folder");
        });
        return new SparkSweep(sweep, 0, null, MINUTE);
    }

    /**
     * Sets how many points are a task; more than one if they take less than some ten milliseconds. It changes the time
     * a sweep takes, never a bit of its result.
     *
     * @param value at least 1
     * @return the changed sweep
     */
    public SparkSweep pointsPerTask(int value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("points per task must be positive, got " + value);
        }
        return new SparkSweep(sweep, value, folder, interval);
    }

    /**
     * Writes finished points to a folder of Parquet files. Points that are in it already are not computed again: a
     * killed sweep goes on, and one with more points or replicas adds to it; points that failed are not in it and are
     * tried again. At the end it holds one file, in the order of the sweep. The folder knows parameters, seeds and
     * columns, not the function.
     *
     * @param place a folder of any file system that Spark's Hadoop knows; it is made if it is not there
     * @return the changed sweep
     */
    public SparkSweep writingTo(String place) {
        return new SparkSweep(sweep, pointsPerTask, new Path(place), interval);
    }

    /**
     * Sets how often what was finished is written, which is what a driver that is killed can lose; a minute if not set.
     *
     * @param value from a millisecond to 10,000 days
     * @return the changed sweep
     */
    public SparkSweep savingEvery(Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(10_000)) > 0) {
            throw new IllegalArgumentException("interval must be from a millisecond to 10,000 days, got " + value);
        }
        return new SparkSweep(sweep, pointsPerTask, folder, value);
    }

    /**
     * Computes all points that are not in the folder yet. An interruption of the calling thread ends the points under
     * way, writes what is finished and returns it; its interrupt status stays set. A driver that is ended by a signal,
     * as by Ctrl-C, writes what is finished.
     *
     * @param spark the session
     * @param columns names of the numbers that the function gives
     * @param function what is computed at each point
     * @return a row for each finished point, also those of the folder
     * @throws IllegalArgumentException if the function cannot be shipped, with what it captures; if the folder belongs
     *     to another sweep; if names differ in nothing but case, and the session takes them for the same
     * @throws IllegalStateException if Spark gives up and does not say at which point; what was finished is in the
     *     folder
     * @throws UncheckedIOException if the folder cannot be read or written
     */
    public SparkSweepResult run(SparkSession spark, List<String> columns, SweepFunction function) {
        Shipping.require("function", Objects.requireNonNull(function, "function"));
        SweepPlan plan = sweep.plan(columns);
        requireDifferent(spark, plan.titles());
        try {
            SweepFolder place = folder == null
                    ? null
                    : new SweepFolder(folder, spark.sparkContext().hadoopConfiguration(), plan);
            SweepJournal journal = new SweepJournal(plan, place);
            new SweepJob(spark.sparkContext(), journal, interval)
                    .run(new PointTask(plan.names(), columns.size(), function), pointsPerTask);
            return new SparkSweepResult(spark, plan, journal.result());
        } catch (IOException failed) {
            throw new UncheckedIOException("sweep folder " + folder + " cannot be read or written", failed);
        }
    }

    private static void requireDifferent(SparkSession spark, List<String> titles) {
        if (Boolean.parseBoolean(spark.conf().get("spark.sql.caseSensitive"))) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (String title : titles) {
            if (!seen.add(title.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "names must differ in more than case, as spark.sql.caseSensitive is not set," + " got "
                                + titles);
            }
        }
    }

    @Override
    public String toString() {
        return sweep + " for Spark" + (folder == null ? "" : ", written to " + folder);
    }
}
