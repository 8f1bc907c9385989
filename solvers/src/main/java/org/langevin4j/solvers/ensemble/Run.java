package org.langevin4j.solvers.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.domain.Confinement;
import org.langevin4j.solvers.domain.Domain;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

/** One execution of an ensemble: batches taken by threads, partial results merged in the order of the batches. */
final class Run {

    /** Numbers in a block of states and noises: what fits a core's cache. */
    private static final int BLOCK_NUMBERS = 1 << 16;

    private static final int SMALLEST_BLOCK = 16;
    private static final int LARGEST_BLOCK = 1024;

    /** Blocks grow beyond this only where there are so many paths that none of {@link #MANY_BLOCKS} threads would idle. */
    private static final int USUAL_BLOCK = 256;

    private static final int MANY_BLOCKS = 64;

    /** With fewer batches than this a machine with many processors would idle at the end. */
    private static final int WANTED_BATCHES = 256;

    private static final int LARGEST_BATCH = 4 * LARGEST_BLOCK;

    /** Steps between two looks at whether all states are finite and the run goes on, and between reports of progress. */
    private static final int CHECK_INTERVAL = 64;

    private static final long REPORT_NANOS = 200_000_000L;

    /** What a batch of paths gave, or all of them up to some batch. */
    record Partial(List<Collector<?>> collectors, PathEnds ends) {}

    private final Ensemble ensemble;
    private final Sde sde;
    private final Scheme scheme;
    private final long paths;
    private final long steps;
    private final Start start;
    private final Seed seed;
    private final NormalStream normals;
    private final int threads;
    private final List<Ensemble.Observation> observations;
    private final @Nullable Domain domain;
    private final int blockPaths;
    private final long batchPaths;
    private final long batches;

    private final AtomicLong nextBatch = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final Object reporting = new Object();
    private final long begin = System.nanoTime();
    private long lastReport = begin;
    private long resumedAt;

    private final Object merging = new Object();
    private final Map<Long, Partial> waiting = new HashMap<>();
    private final Partial merged;
    private long mergedBatches;
    private final @Nullable Checkpoint checkpoint;
    private long lastCheckpoint = begin;
    private @Nullable Throwable failure;
    private volatile boolean stopped;

    Run(Ensemble ensemble, Scheme scheme, long steps, Seed seed) {
        this.ensemble = ensemble;
        this.sde = ensemble.sde();
        this.scheme = scheme;
        this.paths = ensemble.paths();
        this.steps = steps;
        this.start = ensemble.start();
        this.seed = seed;
        this.normals = NormalStream.of(seed);
        this.threads = ensemble.threads();
        this.observations = ensemble.observations();
        this.domain = ensemble.domain();
        int numbers = sde.dimension() + scheme.stepper(sde).noises();
        long largest = Math.max(USUAL_BLOCK, Math.min(LARGEST_BLOCK, Long.highestOneBit(paths / MANY_BLOCKS)));
        this.blockPaths =
                Math.max(SMALLEST_BLOCK, (int) Math.min(largest, Integer.highestOneBit(BLOCK_NUMBERS / numbers)));
        long blocks = Math.max(1, paths / WANTED_BATCHES / blockPaths);
        this.batchPaths = Math.min(LARGEST_BATCH, blocks * blockPaths);
        this.batches = (paths + batchPaths - 1) / batchPaths;
        this.merged = empty();
        Path file = ensemble.checkpointFile();
        if (file == null) {
            this.checkpoint = null;
        } else {
            for (int i = 0; i < merged.collectors.size(); i++) {
                if (!(merged.collectors.get(i) instanceof Saved)) {
                    throw new IllegalArgumentException("observables must have collectors that can be saved (Saved) for"
                            + " a checkpoint, got " + observations.get(i).observable());
                }
            }
            this.checkpoint = new Checkpoint(file, Problem.describe(ensemble, scheme, steps, seed, batchPaths));
        }
    }

    /** Takes up the checkpoint. */
    void restore() {
        if (checkpoint != null) {
            checkpoint.read(this::readFrom);
            nextBatch.set(mergedBatches);
            done.set(pathsDone() * steps);
            resumedAt = done.get();
        }
    }

    EnsembleResult execute() {
        int workers = (int) Math.min(threads, batches - mergedBatches);
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
            long pathsDone = pathsDone();
            listen(pathsDone * steps);
            Map<Observable<?>, Object> results = new HashMap<>();
            for (int i = 0; i < observations.size(); i++) {
                results.put(
                        observations.get(i).observable(),
                        merged.collectors.get(i).result());
            }
            Duration wallTime = Duration.ofNanos(System.nanoTime() - begin);
            return new EnsembleResult(results, seed, pathsDone, paths, merged.ends, steps, scheme.stepSize(), wallTime);
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

    private boolean isStopped() {
        if (!stopped && ensemble.cancellation().isCancelled()) {
            stop();
        }
        return stopped;
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

    private long pathsDone() {
        return Math.min(paths, mergedBatches * batchPaths);
    }

    private Partial empty() {
        List<Collector<?>> collectors = new ArrayList<>(observations.size());
        for (Ensemble.Observation observation : observations) {
            collectors.add(observation.observable().collector(sde.dimension()));
        }
        return new Partial(collectors, new PathEnds());
    }

    private void work() {
        Stepper stepper = scheme.stepper(sde);
        Confinement confinement = domain == null ? null : domain.confinement(sde, scheme.stepSize(), seed);
        while (true) {
            long batch = nextBatch.getAndIncrement();
            if (batch >= batches || !mayStart(batch)) {
                return;
            }
            Partial partial = empty();
            long first = batch * batchPaths;
            long stop = Math.min(first + batchPaths, paths);
            for (long block = first; block < stop; block += blockPaths) {
                int count = (int) Math.min(blockPaths, stop - block);
                if (!new BlockRun(stepper, confinement, block, count, partial).toTheEnd()) {
                    return;
                }
            }
            merge(batch, partial);
        }
    }

    /** Holds a thread back that is far ahead of the slowest: the results that wait must not grow without bound. */
    private boolean mayStart(long batch) {
        if (isStopped()) {
            return false;
        }
        synchronized (merging) {
            while (!stopped && batch - mergedBatches > 4L * threads) {
                try {
                    merging.wait();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException("a thread of the ensemble was interrupted", interrupted);
                }
            }
            return !stopped;
        }
    }

    private void merge(long batch, Partial partial) {
        synchronized (merging) {
            waiting.put(batch, partial);
            long before = mergedBatches;
            Partial next = waiting.remove(mergedBatches);
            while (next != null) {
                for (int i = 0; i < next.collectors.size(); i++) {
                    mergeOne(merged.collectors.get(i), next.collectors.get(i));
                }
                merged.ends.merge(next.ends);
                mergedBatches++;
                next = waiting.remove(mergedBatches);
            }
            if (checkpoint != null
                    && mergedBatches > before
                    && System.nanoTime() - lastCheckpoint
                            >= ensemble.checkpointInterval().toNanos()) {
                save();
                lastCheckpoint = System.nanoTime();
            }
            merging.notifyAll();
        }
    }

    @SuppressWarnings("unchecked") // Both come from the same observable.
    private static <R> void mergeOne(Collector<R> into, Collector<?> later) {
        into.merge((Collector<R>) later);
    }

    private void save() {
        if (checkpoint != null) {
            checkpoint.write(this::writeTo);
        }
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeLong(mergedBatches);
        merged.ends.write(out);
        for (Collector<?> collector : merged.collectors) {
            ((Saved) collector).write(out);
        }
    }

    private void readFrom(DataInput in) throws IOException {
        synchronized (merging) {
            mergedBatches = in.readLong();
            merged.ends.read(in);
            for (Collector<?> collector : merged.collectors) {
                ((Saved) collector).read(in);
            }
        }
    }

    private boolean isDue(When when, long step) {
        return when instanceof When.Every every
                ? step % every.steps() == 0 && step * scheme.stepSize() >= every.from()
                : step == steps;
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
        ensemble.listener().progress(Progress.of(resumedAt, pathSteps, paths * steps, System.nanoTime() - begin));
    }

    /** One block of paths on its way from the start to the last step. */
    private final class BlockRun {

        private final Stepper stepper;
        private final @Nullable Confinement confinement;
        private final long first;
        private final int count;
        private final Partial partial;
        private final double[][] x;
        private final double[][] xi;
        private final PathBlock view;
        private final int[] slots;

        /** Whether paths may stop or start anew. If not, a look at the states now and then is enough. */
        private final boolean watched;

        private final double[][] before;
        private final double[][] gathered;
        private final boolean[] active;
        private final int[] exits;
        private final boolean[][] positive;
        private final double[] state;
        private int underWay;

        BlockRun(Stepper stepper, @Nullable Confinement confinement, long first, int count, Partial partial) {
            this.stepper = stepper;
            this.confinement = confinement;
            this.first = first;
            this.count = count;
            this.partial = partial;
            this.x = new double[sde.dimension()][count];
            this.xi = new double[stepper.noises()][count];
            this.view = new PathBlock(first, count);
            this.slots = new int[count];
            List<Event> events = ensemble.terminalEvents();
            this.watched = confinement != null || !events.isEmpty() || ensemble.nonFinite() != NonFinite.FAIL;
            int kept = watched ? count : 0;
            this.before = new double[x.length][kept];
            this.gathered = new double[x.length][kept];
            this.active = new boolean[kept];
            this.exits = new int[kept];
            this.positive = new boolean[events.size()][kept];
            this.state = new double[x.length];
            this.underWay = count;
        }

        /** Runs; false if the run was stopped before the block was done. */
        boolean toTheEnd() {
            begin();
            stepper.begin(count);
            long reported = 0;
            for (long step = 1; step <= steps && underWay > 0; step++) {
                normals.fill(first, count, step - 1, xi);
                if (watched) {
                    watchedStep(step);
                } else {
                    stepper.step((step - 1) * scheme.stepSize(), x, count, xi);
                }
                if (step % CHECK_INTERVAL == 0 || step == steps) {
                    if (isStopped()) {
                        return false;
                    }
                    requireFinite(step);
                    report((step - reported) * count);
                    reported = step;
                }
                record(step);
            }
            if (reported < steps) {
                report((steps - reported) * count);
            }
            for (Collector<?> collector : partial.collectors) {
                collector.end();
            }
            return true;
        }

        private void begin() {
            for (int p = 0; p < count; p++) {
                putAtStart(p);
                slots[p] = p;
            }
            Arrays.fill(active, true);
            view.show(x, slots, count, 0, 0.0);
            for (Collector<?> collector : partial.collectors) {
                collector.begin(view);
            }
        }

        private void putAtStart(int p) {
            start.at(first + p, state);
            if (domain != null && !domain.contains(state)) {
                throw new IllegalArgumentException(
                        "start must be in the domain, got " + Arrays.toString(state) + " for path " + (first + p));
            }
            for (int i = 0; i < state.length; i++) {
                x[i][p] = state[i];
            }
            for (int e = 0; e < positive.length; e++) {
                positive[e][p] = ensemble.terminalEvents().get(e).isPositive(state);
            }
        }

        private void record(long step) {
            for (int i = 0; i < partial.collectors.size(); i++) {
                if (underWay > 0 && isDue(observations.get(i).when(), step)) {
                    requireFinite(step);
                    show(step);
                    partial.collectors.get(i).record(view);
                }
            }
        }

        private void show(long step) {
            double time = step * scheme.stepSize();
            if (underWay == count) {
                view.show(x, slots, count, step, time);
                return;
            }
            for (int i = 0; i < x.length; i++) {
                for (int k = 0; k < underWay; k++) {
                    gathered[i][k] = x[i][slots[k]];
                }
            }
            view.show(gathered, slots, underWay, step, time);
        }

        private void watchedStep(long step) {
            for (int i = 0; i < x.length; i++) {
                System.arraycopy(x[i], 0, before[i], 0, count);
            }
            stepper.step((step - 1) * scheme.stepSize(), x, count, xi);
            if (underWay < count) {
                // A path that has stopped keeps its last state: the scheme computes it, nobody looks at it.
                for (int p = 0; p < count; p++) {
                    if (!active[p]) {
                        takeBack(p);
                    }
                }
            }
            int then = underWay;
            watchFinite(step);
            if (confinement != null) {
                confinement.apply(before, x, count, first, step - 1, active, exits);
                for (int p = 0; p < count; p++) {
                    if (active[p] && exits[p] != Confinement.INSIDE) {
                        end(p, step, PathEnd.Cause.ABSORBED, exits[p], x);
                    }
                }
            }
            for (int e = 0; e < positive.length; e++) {
                watchEvent(e, step);
            }
            if (underWay < then) {
                int k = 0;
                for (int p = 0; p < count; p++) {
                    if (active[p]) {
                        slots[k] = p;
                        k++;
                    }
                }
            }
        }

        private void takeBack(int p) {
            for (int i = 0; i < x.length; i++) {
                x[i][p] = before[i][p];
            }
        }

        private void watchFinite(long step) {
            for (double[] coordinate : x) {
                boolean all = true;
                for (int p = 0; p < count; p++) {
                    all &= Math.abs(coordinate[p]) <= NonFinite.LARGEST;
                }
                if (all) {
                    continue;
                }
                for (int p = 0; p < count; p++) {
                    if (active[p] && !(Math.abs(coordinate[p]) <= NonFinite.LARGEST)) {
                        lose(p, step);
                    }
                }
            }
        }

        private void lose(int p, long step) {
            if (ensemble.nonFinite() == NonFinite.FAIL) {
                copyState(before, p);
                throw new NonFinitePathException(first + p, step, step * scheme.stepSize(), state);
            }
            if (ensemble.nonFinite() == NonFinite.STOP_PATH) {
                takeBack(p);
                end(p, step, PathEnd.Cause.NON_FINITE, 0, x);
                return;
            }
            copyState(before, p);
            partial.ends.add(
                    new PathEnd(first + p, step, step * scheme.stepSize(), PathEnd.Cause.NON_FINITE, 0, state.clone()));
            putAtStart(p);
            for (int i = 0; i < x.length; i++) {
                before[i][p] = x[i][p];
            }
        }

        private void watchEvent(int e, long step) {
            Event event = ensemble.terminalEvents().get(e);
            for (int p = 0; p < count; p++) {
                if (active[p]) {
                    copyState(x, p);
                    boolean now = event.isPositive(state);
                    if (now != positive[e][p]) {
                        end(p, step, PathEnd.Cause.EVENT, e, x);
                    }
                }
            }
        }

        private void end(int p, long step, PathEnd.Cause cause, int which, double[][] where) {
            copyState(where, p);
            PathEnd end = new PathEnd(first + p, step, step * scheme.stepSize(), cause, which, state.clone());
            active[p] = false;
            underWay--;
            partial.ends.add(end);
            for (Collector<?> collector : partial.collectors) {
                collector.stopped(p, end);
            }
        }

        private void copyState(double[][] from, int p) {
            for (int i = 0; i < state.length; i++) {
                state[i] = from[i][p];
            }
        }

        private void requireFinite(long step) {
            if (watched) {
                return;
            }
            for (double[] coordinate : x) {
                for (int p = 0; p < count; p++) {
                    if (!(Math.abs(coordinate[p]) <= NonFinite.LARGEST)) {
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
            stepper.step((step - 1) * scheme.stepSize(), x, 1, xi);
            for (double[] coordinate : x) {
                if (!(Math.abs(coordinate[0]) <= NonFinite.LARGEST)) {
                    return new NonFinitePathException(path, step, step * scheme.stepSize(), state);
                }
            }
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][0];
            }
        }
        throw new AssertionError("a block and a single path gave different states");
    }
}
