package org.langevin4j.solvers.ensemble;

/**
 * The batches of one shard of a plan: as many as those of any other, to a sixteenth. Where they are many, shards begin at even places
 * of the tree of merging, so that the results a shard has at its end are ten of its nodes at most, for any number of batches.
 *
 * @param index which shard, from 0
 * @param count number of shards
 * @param first its first batch
 * @param end the batch after its last one
 */
public record ShardRange(int index, int count, long first, long end) {

    /** In a shard of many batches, at least. */
    private static final int UNITS = 16;

    /**
     * The batches of a shard of a plan.
     *
     * @param plan the plan
     * @param index which shard, 0 … count − 1
     * @param count number of shards
     * @return its range
     */
    public static ShardRange of(EnsemblePlan plan, int index, int count) {
        long batches = BatchGeometry.of(plan).batches();
        return new ShardRange(index, count, first(batches, index, count), first(batches, index + 1, count));
    }

    private static long first(long batches, int index, int count) {
        long unit = Math.max(1, Long.highestOneBit(batches / count / UNITS));
        long units = (batches - 1) / unit + 1;
        return Math.min(batches, unit * (units / count * index + Math.min(index, units % count)));
    }

    @Override
    public String toString() {
        return index + " of " + count;
    }
}
