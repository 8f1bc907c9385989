package org.langevin4j.solvers.spark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Range;
import scala.concurrent.Await;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * The job of Spark's that computes a sweep. Its answers come to the driver task by task, so that no processor waits
 * for the slowest point of a round.
 */
final class SweepJob {

    private static final int MOST_TASKS = 10_000;
    /** Before Spark's own end (40) and that of the file systems (10). */
    private static final int HOOK_PRIORITY = 60;

    private final SparkContext context;
    private final SweepJournal journal;
    private final scala.concurrent.duration.Duration interval;

    private volatile boolean stopped;
    private volatile @Nullable SimpleFutureAction<BoxedUnit> running;

    SweepJob(SparkContext context, SweepJournal journal, Duration interval) {
        this.context = context;
        this.journal = journal;
        this.interval = scala.concurrent.duration.Duration.create(interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Computes what is missing; ends early if the calling thread is interrupted. */
    void run(PointTask task, int pointsPerTask) throws IOException {
        // A thread of its own, as an interruption of the caller's would break the files.
        FutureTask<BoxedUnit> work = new FutureTask<>(() -> {
            compute(task, pointsPerTask);
            return BoxedUnit.UNIT;
        });
        Thread worker = new Thread(work, "sweep");
        worker.setDaemon(true);
        Runnable atExit = this::saveAtExit;
        ShutdownHookManager exits = ShutdownHookManager.get();
        exits.addShutdownHook(atExit, HOOK_PRIORITY);
        try {
            worker.start();
            await(work);
        } finally {
            if (!exits.isShutdownInProgress()) {
                exits.removeShutdownHook(atExit);
            }
        }
    }

    /** One job, and another for the rest each time that Spark gives up a point. */
    private void compute(PointTask task, int pointsPerTask) throws IOException, InterruptedException {
        // A point may take hours, and would keep its processor. This is the thread's own setting.
        context.setInterruptOnCancel(true);
        for (List<SentPoint> missing = journal.missing(); !missing.isEmpty(); missing = journal.missing()) {
            SimpleFutureAction<BoxedUnit> job = submit(missing, tasks(missing.size(), pointsPerTask), task);
            running = job;
            if (stopped) {
                job.cancel();
            }
            saveUntilEnd(job);
            Try<BoxedUnit> end = job.value().get();
            if (end.isFailure()) {
                if (stopped) {
                    return;
                }
                giveUp(end.failed().get());
            }
        }
        journal.tidy();
    }

    private void giveUp(Throwable failed) throws IOException {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof LostPointException lost) {
                journal.add(lost.answer());
                journal.save();
                return;
            }
        }
        throw new IllegalStateException(
                "Spark gave up the sweep at " + journal.result().rows().size() + " finished points: "
                        + failed.getMessage(),
                failed);
    }

    private void stop() {
        stopped = true;
        SimpleFutureAction<BoxedUnit> job = running;
        if (job != null) {
            job.cancel();
        }
    }

    static int tasks(int points, int pointsPerTask) {
        int size = pointsPerTask > 0 ? pointsPerTask : 1 + (points - 1) / MOST_TASKS;
        return 1 + (points - 1) / size;
    }

    private SimpleFutureAction<BoxedUnit> submit(List<SentPoint> points, int tasks, PointTask task) {
        RDD<SentPoint> sent = JavaSparkContext.fromSparkContext(context)
                .parallelize(points, tasks)
                .rdd();
        return context.submitJob(
                sent,
                task,
                new Range.Exclusive(0, tasks, 1),
                (index, answers) -> {
                    journal.add(answers);
                    return BoxedUnit.UNIT;
                },
                () -> BoxedUnit.UNIT);
    }

    /** What cannot be saved ends the job, and gets one more try then. */
    private void saveUntilEnd(SimpleFutureAction<BoxedUnit> job) throws IOException, InterruptedException {
        boolean ended = false;
        while (!ended) {
            ended = endsWithin(interval, job);
            try {
                journal.save();
            } catch (IOException | RuntimeException failed) {
                job.cancel();
                endsWithin(scala.concurrent.duration.Duration.Inf(), job);
                journal.save();
                throw failed;
            }
        }
    }

    private static boolean endsWithin(scala.concurrent.duration.Duration time, SimpleFutureAction<BoxedUnit> job)
            throws InterruptedException {
        try {
            Await.ready(job, time);
            return true;
        } catch (TimeoutException later) {
            return false;
        }
    }

    /** Waits for the end; an interruption of the caller makes it come early. */
    private void await(FutureTask<BoxedUnit> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    work.get();
                    return;
                } catch (InterruptedException exception) {
                    interrupted = true;
                    stop();
                }
            }
        } catch (ExecutionException failed) {
            stop();
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IOException(failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void saveAtExit() {
        try {
            journal.save();
        } catch (IOException failed) {
            System.getLogger(SweepJob.class.getName())
                    .log(System.Logger.Level.WARNING, "the last points of a sweep could not be written", failed);
        }
    }
}
