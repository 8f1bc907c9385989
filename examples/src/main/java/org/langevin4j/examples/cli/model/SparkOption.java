package org.langevin4j.examples.cli.model;

import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.cluster.Cluster;
import picocli.CommandLine.Option;

/** Whether the work goes to a cluster of Apache Spark. */
public final class SparkOption {

    /** In place of a master. */
    private static final String SUBMITTED = "submitted";

    @Option(
            names = "--spark",
            paramLabel = "MASTER",
            description = {
                "Work on Apache Spark, to the same bits: local[*], spark://HOST:7077, or \"" + SUBMITTED
                        + "\" for what spark-submit was given. Needs langevin4j-spark and Spark on the class path, see"
                        + " docs/guide/spark.md."
            })
    private @Nullable String master;

    /** None, for picocli to fill. */
    public SparkOption() {}

    /**
     * Whether it was given.
     *
     * @return true if the work goes to Spark
     */
    public boolean isGiven() {
        return master != null;
    }

    /**
     * Starts Spark, or joins it.
     *
     * @return the cluster
     * @throws IllegalArgumentException if Spark is not on the class path
     */
    public Cluster cluster() {
        String address = master == null || master.equals(SUBMITTED) ? "" : master;
        try {
            return Cluster.launch("spark", address);
        } catch (IllegalArgumentException | LinkageError missing) {
            throw new IllegalArgumentException(
                    "--spark needs langevin4j-spark and the jars of Spark on the class path, Spark's before this program's;"
                            + " docs/guide/spark.md has the command (" + missing.getMessage() + ")",
                    missing);
        }
    }
}
