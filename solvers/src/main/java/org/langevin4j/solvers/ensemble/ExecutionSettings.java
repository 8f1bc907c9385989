package org.langevin4j.solvers.ensemble;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a plan is executed: nothing of it changes a bit of the result. */
record ExecutionSettings(
        int threads,
        ProgressListener listener,
        Cancellation cancellation,
        @Nullable Path checkpointFile,
        Duration checkpointInterval,
        int shard,
        int shards) {

    ExecutionSettings {
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(cancellation, "cancellation");
        if (!(threads > 0)) {
            throw new IllegalArgumentException("threads must be positive, got " + threads);
        }
        if (checkpointInterval.isNegative()) {
            throw new IllegalArgumentException("interval must not be negative, got " + checkpointInterval);
        }
        if (!(shard >= 0 && shard < shards)) {
            throw new IllegalArgumentException("shard must be in [0, " + shards + "), got " + shard);
        }
    }

    /** All processors, nobody listens, nothing is saved, the whole. */
    static ExecutionSettings usual() {
        return new ExecutionSettings(
                Runtime.getRuntime().availableProcessors(),
                progress -> {},
                new Cancellation(),
                null,
                Duration.ZERO,
                0,
                1);
    }

    ExecutionSettings withThreads(int value) {
        return new ExecutionSettings(value, listener, cancellation, checkpointFile, checkpointInterval, shard, shards);
    }

    ExecutionSettings withListener(ProgressListener value) {
        return new ExecutionSettings(threads, value, cancellation, checkpointFile, checkpointInterval, shard, shards);
    }

    ExecutionSettings withCancellation(Cancellation value) {
        return new ExecutionSettings(threads, listener, value, checkpointFile, checkpointInterval, shard, shards);
    }

    ExecutionSettings withCheckpoint(Path file, Duration interval) {
        Objects.requireNonNull(file, "file");
        return new ExecutionSettings(threads, listener, cancellation, file, interval, shard, shards);
    }

    ExecutionSettings withShard(int index, int count) {
        return new ExecutionSettings(threads, listener, cancellation, checkpointFile, checkpointInterval, index, count);
    }

    ShardRange range(EnsemblePlan plan) {
        return ShardRange.of(plan, shard, shards);
    }
}
