package org.langevin4j.solvers.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.ensemble.BatchGeometry;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsemblePlan;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Progress;
import org.langevin4j.solvers.ensemble.ProgressListener;
import org.langevin4j.solvers.ensemble.ShardRange;
import org.langevin4j.solvers.file.AtomicFile;

/** One run of a distributed ensemble: the parts that are there, as files of a folder. */
final class PartRun implements Cluster.Answers {

    private final Ensemble ensemble;
    private final EnsemblePlan plan;
    private final int count;
    private final Path folder;
    private final ProgressListener listener;
    private final long begin = System.nanoTime();
    private final BitSet there = new BitSet();
    private @Nullable TaskFailedException own;
    private long before;
    private long paths;

    private PartRun(Ensemble ensemble, int count, Path folder, ProgressListener listener) {
        this.ensemble = ensemble;
        this.plan = ensemble.plan();
        this.count = count;
        this.folder = folder;
        this.listener = listener;
    }

    /** A run that has the parts of the folder. One of another problem, or damaged, is refused. */
    static PartRun of(Ensemble ensemble, int count, Path folder, ProgressListener listener) {
        PartRun run = new PartRun(ensemble, count, folder, listener);
        for (int index = 0; index < count; index++) {
            if (Files.exists(run.file(index))) {
                if (ensemble.shard(index, count).isComplete(run.file(index))) {
                    run.there.set(index);
                    run.before += run.size(index);
                }
            }
        }
        run.paths = run.before;
        return run;
    }

    private Path file(int index) {
        return folder.resolve("part-" + index + "-of-" + count);
    }

    private long size(int index) {
        ShardRange range = ShardRange.of(plan, index, count);
        BatchGeometry geometry = BatchGeometry.of(plan);
        return geometry.firstPath(range.end()) - geometry.firstPath(range.first());
    }

    int count() {
        return count;
    }

    List<Integer> missing() {
        return IntStream.range(0, count)
                .filter(index -> !there.get(index))
                .boxed()
                .toList();
    }

    @Override
    public synchronized void put(int index, byte[] answer) {
        if (!EnsemblePart.isDone(answer)) {
            String why = EnsemblePart.failure(answer);
            if (!why.isEmpty()) {
                own = new TaskFailedException(index, EnsemblePart.paths(plan, index, count) + ": " + why);
                throw own;
            }
            return;
        }
        try {
            AtomicFile.write(file(index), out -> out.write(answer, 1, answer.length - 1));
        } catch (IOException failed) {
            throw new UncheckedIOException("part cannot be kept in " + folder + ": " + failed.getMessage(), failed);
        }
        there.set(index);
        paths += size(index);
        double seconds = Math.max(1e-9, (System.nanoTime() - begin) * 1e-9);
        double rate = (double) (paths - before) * plan.steps() / seconds;
        long left = plan.paths() - paths;
        listener.progress(new Progress(
                paths * plan.steps(),
                plan.paths() * plan.steps(),
                rate,
                Duration.ofNanos((long) (seconds * 1e9)),
                Duration.ofMillis((long) (1e3 * left * plan.steps() / rate))));
    }

    /** The same failure with the paths of its part. */
    synchronized TaskFailedException named(TaskFailedException failed) {
        return failed.number() < 0 || failed.equals(own)
                ? failed
                : new TaskFailedException(
                        failed.number(), EnsemblePart.paths(plan, failed.number(), count) + ": " + failed.getMessage());
    }

    /** All parts, merged. */
    synchronized EnsembleResult result() {
        if (there.cardinality() < count) {
            throw new CancellationException(
                    "the run was stopped; " + there.cardinality() + " of its " + count + " parts are done");
        }
        return ensemble.merge(IntStream.range(0, count).mapToObj(this::file).toList());
    }

    @Override
    public String toString() {
        return there.cardinality() + " of " + count + " parts in " + folder;
    }
}
