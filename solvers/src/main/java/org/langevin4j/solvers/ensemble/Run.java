package org.langevin4j.solvers.ensemble;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

/** One execution of an ensemble: batches taken by threads, partial results merged in the order of the batches. */
final class Run {

    /** Numbers in a block of states and noises: what fits a core's cache. */
    private static final int BLOCK_NUMBERS = 1 << 16;

    private static final int SMALLEST_BLOCK = 16;
    private static final int LARGEST_BLOCK = 256;

    /** With fewer batches than this a machine with many processors would idle at the end. */
    private static final int WANTED_BATCHES = 256;

    private static final int LARGEST_BATCH = 16 * LARGEST_BLOCK;

    /** Steps between two looks at whether all states are finite, and between two reports of progress. */
    private static final int CHECK_INTERVAL = 64;

    private static final long REPORT_NANOS = 200_000_000L;

    private final Sde sde;
    private final Scheme scheme;
    private final long paths;
    private final long steps;
    private final Start start;
    private final Seed seed;
    private final NormalStream normals;
    private final int threads;
    private final List<Ensemble.Observation> observations;
    private final ProgressListener listener;
    private final int blockPaths;
    private final long batchPaths;
    private final long batches;

    private final AtomicLong nextBatch = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final Object reporting = new Object();
    private long lastReport = System.nanoTime();

    private final Object merging = new Object();
    private final Map<Long, List<Collector<?>>> waiting = new HashMap<>();
    private final List<Collector<?>> merged;
    private long mergedBatches;
    private @Nullable Throwable failure;

    Run(
            Sde sde,
            Scheme scheme,
            long paths,
            long steps,
            Start start,
            Seed seed,
            int threads,
            List<Ensemble.Observation> observations,
            ProgressListener listener) {
        this.sde = sde;
        this.scheme = scheme;
        this.paths = paths;
        this.steps = steps;
        this.start = start;
        this.seed = seed;
        this.normals = NormalStream.of(seed);
        this.threads = threads;
        this.observations = observations;
        this.listener = listener;
        int numbers = sde.dimension() + scheme.stepper(sde).noises();
        this.blockPaths =
                Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, Integer.highestOneBit(BLOCK_NUMBERS / numbers)));
        long blocks = Math.max(1, paths / WANTED_BATCHES / blockPaths);
        this.batchPaths = Math.min(LARGEST_BATCH, blocks * blockPaths);
        this.batches = (paths + batchPaths - 1) / batchPaths;
        this.merged = collectors();
    }

    EnsembleResult execute() {
        long begin = System.nanoTime();
        int workers = (int) Math.min(threads, batches);
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
        try {
            finished.await();
        } catch (InterruptedException interrupted) {
            fail(interrupted);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the ensemble was interrupted", interrupted);
        }
        rethrow();
        listener.progress(paths * steps, paths * steps);
        Map<Observable<?>, Object> results = new HashMap<>();
        for (int i = 0; i < merged.size(); i++) {
            results.put(observations.get(i).observable(), merged.get(i).result());
        }
        Duration wallTime = Duration.ofNanos(System.nanoTime() - begin);
        return new EnsembleResult(results, seed, paths, steps, scheme.stepSize(), wallTime);
    }

    private void fail(Throwable thrown) {
        synchronized (merging) {
            if (failure == null) {
                failure = thrown;
            }
            merging.notifyAll();
        }
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

    private List<Collector<?>> collectors() {
        List<Collector<?>> collectors = new ArrayList<>(observations.size());
        for (Ensemble.Observation observation : observations) {
            collectors.add(observation.observable().collector(sde.dimension()));
        }
        return collectors;
    }

    private void work() {
        Stepper stepper = scheme.stepper(sde);
        while (true) {
            long batch = nextBatch.getAndIncrement();
            if (batch >= batches || !mayStart(batch)) {
                return;
            }
            List<Collector<?>> collectors = collectors();
            long first = batch * batchPaths;
            long stop = Math.min(first + batchPaths, paths);
            for (long block = first; block < stop; block += blockPaths) {
                runBlock(stepper, block, (int) Math.min(blockPaths, stop - block), collectors);
            }
            merge(batch, collectors);
        }
    }

    /** Holds a thread back that is far ahead of the slowest: the results that wait must not grow without bound. */
    private boolean mayStart(long batch) {
        synchronized (merging) {
            while (failure == null && batch - mergedBatches > 4L * threads) {
                try {
                    merging.wait();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException("a thread of the ensemble was interrupted", interrupted);
                }
            }
            return failure == null;
        }
    }

    private void merge(long batch, List<Collector<?>> collectors) {
        synchronized (merging) {
            waiting.put(batch, collectors);
            List<Collector<?>> next = waiting.remove(mergedBatches);
            while (next != null) {
                for (int i = 0; i < next.size(); i++) {
                    mergeOne(merged.get(i), next.get(i));
                }
                mergedBatches++;
                next = waiting.remove(mergedBatches);
            }
            merging.notifyAll();
        }
    }

    @SuppressWarnings("unchecked") // Both come from the same observable.
    private static <R> void mergeOne(Collector<R> into, Collector<?> later) {
        into.merge((Collector<R>) later);
    }

    private void runBlock(Stepper stepper, long first, int count, List<Collector<?>> collectors) {
        double[][] x = new double[sde.dimension()][count];
        double[][] xi = new double[stepper.noises()][count];
        double[] state = new double[x.length];
        for (int p = 0; p < count; p++) {
            start.at(first + p, state);
            for (int i = 0; i < state.length; i++) {
                x[i][p] = state[i];
            }
        }
        for (Collector<?> collector : collectors) {
            collector.begin(count);
        }
        stepper.begin(count);
        long reported = 0;
        for (long step = 1; step <= steps; step++) {
            normals.fill(first, count, step - 1, xi);
            stepper.step(x, count, xi);
            if (step % CHECK_INTERVAL == 0 || step == steps) {
                requireFinite(x, count, first, step);
                report((step - reported) * count);
                reported = step;
            }
            for (int i = 0; i < collectors.size(); i++) {
                if (isDue(observations.get(i).when(), step)) {
                    requireFinite(x, count, first, step);
                    collectors.get(i).record(x, count, step * scheme.stepSize());
                }
            }
        }
        for (Collector<?> collector : collectors) {
            collector.end();
        }
    }

    private boolean isDue(When when, long step) {
        return when instanceof When.Every every
                ? step % every.steps() == 0 && step * scheme.stepSize() >= every.from()
                : step == steps;
    }

    private void requireFinite(double[][] x, int count, long first, long step) {
        for (double[] coordinate : x) {
            double sum = 0.0;
            for (int p = 0; p < count; p++) {
                // Zero, or NaN for an infinite or undefined state.
                sum += coordinate[p] * 0.0;
            }
            if (sum != 0.0) {
                for (int p = 0; p < count; p++) {
                    if (!(Math.abs(coordinate[p]) <= Double.MAX_VALUE)) {
                        throw replay(first + p, step);
                    }
                }
            }
        }
    }

    /** Noise is a function of the path: the path that blew up is run again to find the very step. */
    private NonFinitePathException replay(long path, long lastStep) {
        Stepper stepper = scheme.stepper(sde);
        double[] state = new double[sde.dimension()];
        start.at(path, state);
        double[][] x = new double[state.length][1];
        double[][] xi = new double[stepper.noises()][1];
        for (int i = 0; i < state.length; i++) {
            x[i][0] = state[i];
        }
        stepper.begin(1);
        for (long step = 1; step <= lastStep; step++) {
            normals.fill(path, 1, step - 1, xi);
            stepper.step(x, 1, xi);
            for (double[] coordinate : x) {
                if (!(Math.abs(coordinate[0]) <= Double.MAX_VALUE)) {
                    return new NonFinitePathException(path, step, step * scheme.stepSize(), state);
                }
            }
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][0];
            }
        }
        throw new AssertionError("a block and a single path gave different states");
    }

    private void report(long pathSteps) {
        long total = done.addAndGet(pathSteps);
        synchronized (reporting) {
            long now = System.nanoTime();
            if (now - lastReport >= REPORT_NANOS) {
                lastReport = now;
                listener.progress(total, paths * steps);
            }
        }
    }
}
