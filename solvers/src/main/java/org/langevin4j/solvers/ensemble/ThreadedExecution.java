package org.langevin4j.solvers.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One execution of a plan on threads: they take batches, and a {@link MergeTree} takes what those gave. */
final class ThreadedExecution {

    private static final long REPORT_NANOS = 200_000_000L;

    /** How many batches the fastest thread may be ahead of the slowest, for each thread. */
    private static final long AHEAD = 4;

    private final EnsemblePlan plan;
    private final BatchGeometry geometry;
    private final int threads;
    private final ProgressListener listener;
    private final Cancellation cancellation;
    private final Duration checkpointInterval;
    private final @Nullable Checkpoint checkpoint;

    private final AtomicLong done = new AtomicLong();
    private final Object reporting = new Object();
    private final long begin = System.nanoTime();
    private long lastReport = begin;
    private long resumedAt;

    private final Object merging = new Object();
    private final MergeTree tree;
    private long nextBatch;
    private long lastCheckpoint = begin;
    private @Nullable Throwable failure;
    private volatile boolean stopped;

    private final Supervision supervision = new Supervision() {
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
    };

    ThreadedExecution(EnsemblePlan plan, Ensemble settings) {
        this.plan = plan;
        this.geometry = BatchGeometry.of(plan);
        this.tree = new MergeTree(geometry.batches());
        this.threads = settings.threads();
        this.listener = settings.listener();
        this.cancellation = settings.cancellation();
        this.checkpointInterval = settings.checkpointInterval();
        Path file = settings.checkpointFile();
        if (file == null) {
            this.checkpoint = null;
        } else {
            PartialResult probe = PartialResult.empty(plan);
            for (int i = 0; i < probe.collectors().size(); i++) {
                if (!(probe.collectors().get(i) instanceof Saved)) {
                    throw new IllegalArgumentException("observables must have collectors that can be saved (Saved) for"
                            + " a checkpoint, got " + plan.observations().get(i).observable());
                }
            }
            this.checkpoint = new Checkpoint(file, Problem.describe(plan));
        }
    }

    /** Takes up the checkpoint. */
    void restore() {
        if (checkpoint != null) {
            checkpoint.read(this::readFrom);
        }
    }

    EnsembleResult execute() {
        int workers = (int) Math.min(threads, geometry.batches());
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
        synchronized (merging) {
            save();
            long pathsDone = geometry.firstPath(tree.prefix());
            listen(pathSteps());
            PartialResult merged = tree.takePrefix();
            if (merged == null) {
                merged = PartialResult.empty(plan);
            }
            Map<Observable<?>, Object> results = new HashMap<>();
            for (int i = 0; i < plan.observations().size(); i++) {
                results.put(
                        plan.observations().get(i).observable(),
                        merged.collectors().get(i).result());
            }
            return new EnsembleResult(
                    results, plan, pathsDone, merged.ends(), Duration.ofNanos(System.nanoTime() - begin));
        }
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
        synchronized (merging) {
            stopped = true;
            merging.notifyAll();
        }
    }

    private void fail(Throwable thrown) {
        synchronized (merging) {
            if (failure == null) {
                failure = thrown;
            }
        }
        stop();
    }

    private void rethrow() {
        synchronized (merging) {
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
        }
    }

    private void work() {
        BatchRunner runner = BatchRunner.of(plan);
        long batch = next();
        while (batch < geometry.batches()) {
            PartialResult partial = runner.run(batch, supervision);
            if (partial == null) {
                return;
            }
            add(batch, partial);
            batch = next();
        }
    }

    /**
     * The next batch that nobody has run, or their number if none is to be started. A thread that is far ahead of the
     * slowest waits: the results that wait must not grow without bound.
     */
    private long next() {
        if (supervision.isStopped()) {
            return geometry.batches();
        }
        synchronized (merging) {
            while (nextBatch < geometry.batches() && tree.contains(nextBatch)) {
                nextBatch++;
            }
            long batch = nextBatch;
            nextBatch++;
            while (!stopped && batch < geometry.batches() && batch - tree.prefix() > AHEAD * threads) {
                try {
                    merging.wait();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException("a thread of the ensemble was interrupted", interrupted);
                }
            }
            return stopped ? geometry.batches() : batch;
        }
    }

    private void add(long batch, PartialResult partial) {
        synchronized (merging) {
            tree.add(batch, partial);
            if (checkpoint != null && System.nanoTime() - lastCheckpoint >= checkpointInterval.toNanos()) {
                save();
                lastCheckpoint = System.nanoTime();
            }
            merging.notifyAll();
        }
    }

    private void save() {
        if (checkpoint != null) {
            checkpoint.write(this::writeTo);
        }
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeInt(tree.nodes().size());
        for (MergeTree.Node node : tree.nodes()) {
            out.writeInt(node.level());
            out.writeLong(node.index());
            node.result().ends().write(out);
            for (Collector<?> collector : node.result().collectors()) {
                ((Saved) collector).write(out);
            }
        }
    }

    private void readFrom(DataInput in) throws IOException {
        synchronized (merging) {
            int nodes = in.readInt();
            for (int n = 0; n < nodes; n++) {
                int level = in.readInt();
                long index = in.readLong();
                PartialResult result = PartialResult.empty(plan);
                result.ends().read(in);
                for (Collector<?> collector : result.collectors()) {
                    ((Saved) collector).read(in);
                }
                tree.add(new MergeTree.Node(level, index, result));
            }
            resumedAt = pathSteps();
            done.set(resumedAt);
        }
    }

    /** Path-steps of all batches that are done. */
    private long pathSteps() {
        long paths = 0;
        for (MergeTree.Node node : tree.nodes()) {
            paths += geometry.firstPath(tree.end(node)) - geometry.firstPath(node.first());
        }
        return paths * plan.steps();
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
        listener.progress(Progress.of(resumedAt, pathSteps, plan.paths() * plan.steps(), System.nanoTime() - begin));
    }
}
