package org.langevin4j.solvers.ensemble;

/**
 * The batches of one shard of a plan: as many as those of any other, or one more.
 *
 * @param index which shard, from 0
 * @param count number of shards
 * @param first its first batch
 * @param end the batch after its last one
 */
record ShardRange(int index, int count, long first, long end) {

    static ShardRange of(EnsemblePlan plan, int index, int count) {
        long batches = BatchGeometry.of(plan).batches();
        return new ShardRange(index, count, first(batches, index, count), first(batches, index + 1, count));
    }

    private static long first(long batches, int index, int count) {
        return batches / count * index + Math.min(index, batches % count);
    }

    @Override
    public String toString() {
        return index + " of " + count;
    }
}
