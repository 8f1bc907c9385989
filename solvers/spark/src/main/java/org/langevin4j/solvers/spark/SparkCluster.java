package org.langevin4j.solvers.spark;

import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.langevin4j.solvers.cluster.Cluster;
import org.langevin4j.solvers.cluster.Shipping;
import org.langevin4j.solvers.cluster.TaskFailedException;
import org.langevin4j.solvers.ensemble.Cancellation;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * A cluster of Apache Spark. Each number is a partition of its own; a task that is lost with its executor is tried again on another
 * one, as often as {@code spark.task.maxFailures} says, and takes as many threads as {@code spark.task.cpus} gives it.
 *
 * <p>Executors have Java's vector unit if {@code spark.executor.extraJavaOptions} holds {@code --add-modules jdk.incubator.vector},
 * which a session that {@link #launch} starts does; without it results are the same, to the last bit, and take longer.
 */
public final class SparkCluster implements Cluster {

    private static final long HEARING_MILLIS = 200;

    /** What Spark says of a task that it gives up: its index in the stage, which is that of the partition. */
    private static final Pattern GIVEN_UP = Pattern.compile("Task (\\d{1,9}) in stage");

    private final SparkSession spark;
    private final boolean isOwn;

    private SparkCluster(SparkSession spark, boolean isOwn) {
        this.spark = spark;
        this.isOwn = isOwn;
    }

    /**
     * The cluster of a session, which stays open when this is closed.
     *
     * @param spark the session
     * @return the cluster
     */
    public static SparkCluster of(SparkSession spark) {
        return new SparkCluster(Objects.requireNonNull(spark, "spark"), false);
    }

    /**
     * Starts a session, which ends when this is closed: with the vector unit for executors, and without Spark's web page, unless
     * the settings of {@code spark-submit} say otherwise.
     *
     * @param master such as {@code local[*]} or {@code spark://host:7077}; empty for that of {@code spark-submit}, or else
     *     {@code local[*]}
     * @return the cluster
     */
    public static SparkCluster launch(String master) {
        return new SparkCluster(SparkSettings.session(master), true);
    }

    /**
     * The session, for what Spark alone can do.
     *
     * @return the session
     */
    public SparkSession session() {
        return spark;
    }

    @Override
    public int parallelism() {
        return Math.max(1, context().defaultParallelism());
    }

    private SparkContext context() {
        if (spark.sparkContext().isStopped()) {
            throw stopped();
        }
        return spark.sparkContext();
    }

    private TaskFailedException stopped() {
        return new TaskFailedException(
                -1,
                "Spark has ended; is there a cluster at " + spark.sparkContext().master() + "?");
    }

    /** An answer with its number, as partitions are counted anew where some tasks are done already: plain fields, which Kryo takes as well. */
    private static final class Numbered implements Serializable {

        private static final long serialVersionUID = 1L;

        private final int number;
        private final byte[] answer;

        Numbered(int number, byte[] answer) {
            this.number = number;
            this.answer = answer;
        }
    }

    /** For Scala's functions, which do not say that they can be sent. */
    private interface Sent<A, B> extends Function1<A, B>, Serializable {}

    @Override
    public void run(List<Integer> numbers, Task task, Cancellation cancellation, Answers answers) {
        Shipping.require("task", task);
        if (numbers.isEmpty()) {
            return;
        }
        SparkContext context = context();
        JavaRDD<Numbered> tasks = JavaSparkContext.fromSparkContext(context)
                .parallelize(numbers, numbers.size())
                .map(number -> new Numbered(number, task.answer(number, new SparkWorker())));
        String group = "langevin4j-" + UUID.randomUUID();
        AtomicBoolean ended = new AtomicBoolean();
        Thread hearing = new Thread(() -> cancelWhenAsked(group, cancellation, ended), group);
        hearing.setDaemon(true);
        context.setJobGroup(group, task.toString(), false);
        hearing.start();
        try {
            submit(context, tasks, answers);
        } catch (Exception failed) {
            if (failed instanceof InterruptedException) {
                context.cancelJobGroup(group);
                Thread.currentThread().interrupt();
            } else if (!heard(cancellation, context)) {
                throw context.isStopped() ? stopped() : failure(failed, numbers);
            }
        } finally {
            ended.set(true);
            context.clearJobGroup();
        }
    }

    private static void submit(SparkContext context, JavaRDD<Numbered> tasks, Answers answers) throws Exception {
        ClassTag<Numbered> tag = ClassTag$.MODULE$.apply(Numbered.class);
        Sent<Iterator<Numbered>, Numbered> only = Iterator::next;
        Function2<Object, Numbered, BoxedUnit> taken = (partition, numbered) -> {
            answers.put(numbered.number, numbered.answer);
            return BoxedUnit.UNIT;
        };
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        context.runJob(tasks.rdd(), only, taken, tag);
    }

    private void cancelWhenAsked(String group, Cancellation cancellation, AtomicBoolean ended) {
        while (!ended.get()) {
            if (cancellation.isCancelled()) {
                // Again each time: the job may not have been there yet.
                spark.sparkContext().cancelJobGroup(group);
            }
            try {
                Thread.sleep(HEARING_MILLIS);
            } catch (InterruptedException gone) {
                return;
            }
        }
    }

    /** Whether the run was cancelled. On Ctrl-C Spark ends as well, and may do so first. */
    private static boolean heard(Cancellation cancellation, SparkContext context) {
        for (int n = 0; n < 5 && context.isStopped() && !cancellation.isCancelled(); n++) {
            try {
                Thread.sleep(HEARING_MILLIS);
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
        return cancellation.isCancelled();
    }

    private static RuntimeException failure(Exception failed, List<Integer> numbers) {
        if (failed instanceof RuntimeException own
                && !failed.getClass().getName().startsWith("org.apache.spark")) {
            return own;
        }
        for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            // What was thrown here, on taking an answer in.
            if (cause instanceof UncheckedIOException || cause instanceof TaskFailedException) {
                return (RuntimeException) cause;
            }
        }
        String message = String.valueOf(failed.getMessage());
        Matcher index = GIVEN_UP.matcher(message);
        int number = index.find() ? numbers.get(Integer.parseInt(index.group(1))) : -1;
        TaskFailedException told =
                new TaskFailedException(number, message.lines().findFirst().orElse(message));
        told.initCause(failed);
        return told;
    }

    @Override
    public void close() {
        if (isOwn) {
            spark.stop();
        }
    }

    @Override
    public String toString() {
        return "Spark at " + spark.sparkContext().master();
    }
}
