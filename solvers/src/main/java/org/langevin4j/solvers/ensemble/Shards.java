package org.langevin4j.solvers.ensemble;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The files of the shards of one plan, put together. */
final class Shards {

    private Shards() {}

    static EnsembleResult merge(Collection<Path> files, Function<Path, EnsemblePlan> planOf) {
        long begin = System.nanoTime();
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files must be one of each shard, got none");
        }
        EnsemblePlan plan = planOf.apply(files.iterator().next());
        Harvest whole = new Harvest(plan, ShardRange.of(plan, 0, 1), null, Duration.ZERO);
        Map<Integer, Path> seen = new TreeMap<>();
        int count = 0;
        for (Path file : files) {
            ShardRange range = range(plan, file);
            if (count != 0 && range.count() != count) {
                throw new CheckpointException(file, "is shard " + range + ", others are of " + count + " shards");
            }
            count = range.count();
            Path before = seen.put(range.index(), file);
            if (before != null) {
                throw new CheckpointException(file, "is shard " + range + ", and so is " + before);
            }
            if (!read(plan, range, file, whole)) {
                throw new CheckpointException(file, "is shard " + range + " and not complete, resume it first");
            }
        }
        for (int index = 0; index < count; index++) {
            if (!seen.containsKey(index)) {
                throw new IllegalArgumentException(
                        "files must be one of each shard, shard " + index + " of " + count + " is missing");
            }
        }
        return EnsembleResult.of(plan, ShardRange.of(plan, 0, 1), whole, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Whether a file holds all of a shard. */
    static boolean isComplete(EnsemblePlan plan, ExecutionSettings settings, Path file) {
        ShardRange range = settings.range(plan);
        return read(plan, range, file, new Harvest(plan, range, null, Duration.ZERO));
    }

    /** Adds the results in a file; says whether they are all of its shard. */
    private static boolean read(EnsemblePlan plan, ShardRange range, Path file, Harvest harvest) {
        new Checkpoint(file, Problem.describe(plan, range.toString())).read(harvest::read);
        for (long batch = range.first(); batch < range.end(); batch++) {
            if (!harvest.contains(batch)) {
                return false;
            }
        }
        return true;
    }

    private static ShardRange range(EnsemblePlan plan, Path file) {
        String text = Checkpoint.problem(file).getOrDefault("shard", "");
        if (!text.matches("[0-9]{1,9} of [1-9][0-9]{0,8}")) {
            throw new CheckpointException(file, "is no shard of an ensemble");
        }
        String[] parts = text.split(" of ", 2);
        int index = Integer.parseInt(parts[0]);
        int count = Integer.parseInt(parts[1]);
        if (!(index < count)) {
            throw new CheckpointException(file, "is no shard of an ensemble, it says " + text);
        }
        return ShardRange.of(plan, index, count);
    }
}
