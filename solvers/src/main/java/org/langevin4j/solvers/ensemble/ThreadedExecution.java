package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One execution of a plan, or of a shard of it, on threads: they take batches and bring in what those gave. */
final class ThreadedExecution {

    private static final long REPORT_NANOS = 200_000_000L;

    /** How many batches the fastest thread may be ahead of the slowest, for each thread. */
    private static final long AHEAD = 4;

    /** Path-steps a second of one thread that no equation reaches. */
    private static final double FASTEST = 1e9;

    private static final double YEAR = 365.25 * 86_400;

    private final EnsemblePlan plan;
    private final ShardRange range;
    private final int threads;
    private final ProgressListener listener;
    private final Cancellation cancellation;
    private final Harvest harvest;

    private final AtomicLong done = new AtomicLong();
    private final Object reporting = new Object();
    private final long begin = System.nanoTime();
    private long lastReport = begin;
    private long resumedAt;

    private final Object taking = new Object();
    private long nextBatch;
    private @Nullable Throwable failure;
    private volatile boolean stopped;

    ThreadedExecution(EnsemblePlan plan, ExecutionSettings settings) {
        this.plan = plan;
        this.range = settings.range(plan);
        this.threads = settings.threads();
        this.listener = settings.listener();
        this.cancellation = settings.cancellation();
        this.harvest = new Harvest(plan, range, settings.checkpointFile(), settings.checkpointInterval());
        this.nextBatch = range.first();
    }

    /** One that takes up the checkpoint, if it is there. */
    static ThreadedExecution resumed(Function<Path, EnsemblePlan> planOf, ExecutionSettings settings) {
        Path file = settings.checkpointFile();
        if (file == null) {
            throw new IllegalStateException("an ensemble needs a checkpoint to resume");
        }
        boolean isThere = Files.exists(file);
        ThreadedExecution resumed = new ThreadedExecution(planOf.apply(file), settings);
        if (isThere) {
            resumed.harvest.restore();
            resumed.resumedAt = resumed.harvest.pathSteps();
            resumed.done.set(resumed.resumedAt);
        }
        return resumed;
    }

    EnsembleResult execute() {
        requireFeasible(plan, threads, range.end() - range.first());
        harvest.requireWritable();
        int workers = (int) Math.min(threads, range.end() - range.first());
        CountDownLatch finished = new CountDownLatch(workers);
        for (int w = 0; w < workers; w++) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            work();
                        } catch (RuntimeException | Error thrown) {
                            fail(thrown);
                        } finally {
                            finished.countDown();
                        }
                    },
                    "ensemble-" + w);
            thread.setDaemon(true);
            thread.start();
        }
        awaitUninterruptibly(finished);
        rethrow();
        harvest.save();
        listen(harvest.pathSteps());
        return EnsembleResult.of(plan, range, harvest, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** An interruption ends the run early; the threads still have to come to their end. */
    private void awaitUninterruptibly(CountDownLatch finished) {
        boolean interrupted = false;
        while (true) {
            try {
                finished.await();
                break;
            } catch (InterruptedException exception) {
                interrupted = true;
                stop();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        synchronized (taking) {
            stopped = true;
            taking.notifyAll();
        }
    }

    private void fail(Throwable thrown) {
        synchronized (taking) {
            if (failure == null) {
                failure = thrown;
            }
        }
        stop();
    }

    private void rethrow() {
        synchronized (taking) {
            if (failure != null) {
                throw WorkerFailure.inCaller(failure);
            }
        }
    }

    private void work() {
        BatchRunner runner = BatchRunner.of(plan);
        Supervision supervision = new Overseer();
        long batch = next(supervision);
        while (batch < range.end()) {
            byte[] state = harvest.stateOf(batch);
            PartialResult partial;
            try {
                partial = state == null ? runner.run(batch, supervision) : runner.resume(batch, state, supervision);
            } catch (IOException impossible) {
                throw new IllegalStateException("the state of batch " + batch + " was read before", impossible);
            }
            if (partial == null) {
                return;
            }
            harvest.add(batch, partial);
            synchronized (taking) {
                taking.notifyAll();
            }
            batch = next(supervision);
        }
    }

    /**
     * The next batch that nobody has run, or the end if none is to be started. A thread that is far ahead of the slowest
     * waits: the results that wait must not grow without bound.
     */
    private long next(Supervision supervision) {
        if (supervision.isStopped()) {
            return range.end();
        }
        synchronized (taking) {
            while (nextBatch < range.end() && harvest.contains(nextBatch)) {
                nextBatch++;
            }
            long batch = nextBatch;
            nextBatch++;
            while (!stopped && batch < range.end() && batch - harvest.reached() > AHEAD * threads) {
                try {
                    taking.wait();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException("a thread of the ensemble was interrupted", interrupted);
                }
            }
            return stopped ? range.end() : batch;
        }
    }

    /** Of one thread. */
    private final class Overseer implements Supervision {

        private long lastState = System.nanoTime();

        @Override
        public boolean isStopped() {
            if (!stopped && cancellation.isCancelled()) {
                stop();
            }
            return stopped;
        }

        @Override
        public void advanced(long pathSteps) {
            report(pathSteps);
        }

        @Override
        public boolean wantsState() {
            return harvest.isSaved() && System.nanoTime() - lastState >= harvest.gap();
        }

        @Override
        public void state(long batch, byte[] state) {
            lastState = System.nanoTime();
            harvest.addState(batch, state);
        }
    }

    private void report(long pathSteps) {
        long total = done.addAndGet(pathSteps);
        synchronized (reporting) {
            long now = System.nanoTime();
            if (now - lastReport >= REPORT_NANOS) {
                lastReport = now;
                listen(total);
            }
        }
    }

    private void listen(long pathSteps) {
        BatchGeometry geometry = BatchGeometry.of(plan);
        long paths = geometry.firstPath(range.end()) - geometry.firstPath(range.first());
        listener.progress(Progress.of(resumedAt, pathSteps, paths * plan.steps(), System.nanoTime() - begin));
    }

    /** Refuses what would not end in a year, at a rate that no machine reaches. */
    private static void requireFeasible(EnsemblePlan plan, int threads, long batches) {
        double share = batches / (double) BatchGeometry.of(plan).batches();
        double seconds = (double) plan.paths() * plan.steps() * share / (FASTEST * threads);
        if (!(seconds <= YEAR)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "run must end within a year, got %d paths of %d steps, %.3g years at %.0e path-steps a second on each"
                            + " of %d threads",
                    plan.paths(),
                    plan.steps(),
                    seconds / YEAR,
                    FASTEST,
                    threads));
        }
    }
}
