package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an execution has so far, the nodes of the {@link MergeTree} and the states of batches under way, and its checkpoint.
 * For any number of threads.
 */
final class Harvest {

    /** Writing may take one part in so many of the time. */
    private static final long PATIENCE = 10;

    private final EnsemblePlan plan;
    private final BatchGeometry geometry;
    private final ShardRange range;
    private final MergeTree tree;
    private final Map<Long, byte[]> underWay = new TreeMap<>();

    private final @Nullable Checkpoint checkpoint;
    private final @Nullable Path file;
    private final long interval;
    private long lastSave = System.nanoTime();
    private volatile long gap;
    private @Nullable CheckpointException checkpointFailure;

    Harvest(EnsemblePlan plan, ShardRange range, @Nullable Path file, Duration interval) {
        this.plan = plan;
        this.geometry = BatchGeometry.of(plan);
        this.range = range;
        this.tree = new MergeTree(geometry.batches());
        this.file = file;
        this.checkpoint = file == null ? null : new Checkpoint(file, Problem.describe(plan, range.toString()));
        this.interval = interval.compareTo(Duration.ofDays(10_000)) > 0 ? Long.MAX_VALUE : interval.toNanos();
        this.gap = this.interval;
    }

    boolean isSaved() {
        return checkpoint != null;
    }

    /** The time between two saves, that asked for or longer where writing takes long. */
    long gap() {
        return gap;
    }

    /** Takes up the checkpoint. */
    void restore() {
        if (checkpoint != null) {
            checkpoint.read(this::read);
        }
    }

    void requireWritable() {
        if (checkpoint != null) {
            checkpoint.requireWritable();
        }
    }

    synchronized boolean contains(long batch) {
        return tree.contains(batch);
    }

    /** The first batch from the start of the range on that is missing. */
    synchronized long reached() {
        return tree.prefix(range.first());
    }

    synchronized byte @Nullable [] stateOf(long batch) {
        return underWay.get(batch);
    }

    synchronized void add(long batch, PartialResult result) {
        tree.add(batch, result);
        underWay.remove(batch);
        saveIfDue();
    }

    synchronized void addState(long batch, byte[] state) {
        underWay.put(batch, state);
        saveIfDue();
    }

    private void saveIfDue() {
        if (checkpoint != null && System.nanoTime() - lastSave >= gap) {
            save();
        }
    }

    /** Whatever happens to the file, the results are not to be lost with it: a failure is kept and told with them. */
    synchronized void save() {
        if (checkpoint == null || file == null) {
            return;
        }
        long begin = System.nanoTime();
        try {
            checkpoint.write(this::write);
            checkpointFailure = null;
        } catch (IOException | RuntimeException failed) {
            checkpointFailure = new CheckpointException(file, "cannot be written: " + failed, failed);
        }
        lastSave = System.nanoTime();
        gap = Math.max(interval, PATIENCE * (lastSave - begin));
    }

    synchronized Optional<CheckpointException> checkpointFailure() {
        return Optional.ofNullable(checkpointFailure);
    }

    /** Path-steps of all that is done, the states of batches under way included. */
    synchronized long pathSteps() {
        long paths = 0;
        for (MergeTree.Node node : tree.nodes()) {
            paths += paths(node.first(), tree.end(node));
        }
        long steps = paths * plan.steps();
        BatchRunner runner = BatchRunner.of(plan);
        for (Map.Entry<Long, byte[]> state : underWay.entrySet()) {
            steps += runner.pathSteps(state.getKey(), state.getValue());
        }
        return steps;
    }

    private long paths(long first, long end) {
        return geometry.firstPath(end) - geometry.firstPath(first);
    }

    /** The results of the batches before {@link #reached}; not to be called twice. */
    synchronized PartialResult take() {
        PartialResult merged = tree.takePrefix(range.first());
        return merged == null ? PartialResult.empty(plan) : merged;
    }

    private void write(StateWriter out) throws IOException {
        out.count(tree.nodes().size());
        for (MergeTree.Node node : tree.nodes()) {
            out.count(node.level());
            out.count(node.index());
            node.result().write(out);
        }
        out.count(underWay.size());
        for (Map.Entry<Long, byte[]> state : underWay.entrySet()) {
            out.count(state.getKey());
            out.bytes(state.getValue());
        }
    }

    synchronized void read(StateReader in) throws IOException {
        long nodes = in.count("nodes", 2L * Long.SIZE + geometry.batches());
        for (long n = 0; n < nodes; n++) {
            int level = (int) in.count("level", Long.SIZE - 2L);
            long index = in.count("index", geometry.batches());
            MergeTree.Shape shape = tree.node(level, index);
            in.require(
                    shape.first() >= range.first() && shape.end() <= range.end(),
                    "batches must be those of the shard, got " + shape.first() + " to " + shape.end());
            long paths = paths(shape.first(), shape.end());
            tree.add(new MergeTree.Node(level, index, PartialResult.read(in, plan, paths, false)));
        }
        long states = in.count("batches under way", geometry.batches());
        for (long s = 0; s < states; s++) {
            long batch = in.count("batch", geometry.batches() - 1);
            in.require(
                    batch >= range.first() && batch < range.end() && !tree.contains(batch),
                    "batch under way must be one of the shard that is not done, got " + batch);
            byte[] state = in.bytes("state of a batch");
            // Damage is found here, not in a thread that takes the batch up some day.
            BatchRunner.of(plan).requireState(batch, state);
            in.require(underWay.put(batch, state) == null, "batch under way must be there once, got " + batch);
        }
    }
}
