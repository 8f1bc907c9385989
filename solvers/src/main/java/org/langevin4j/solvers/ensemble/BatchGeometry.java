package org.langevin4j.solvers.ensemble;

/**
 * How the paths of a plan are cut into batches, and those into blocks: a function of the plan alone, so that the order of
 * all sums is one too. A block is what a core's cache holds; a batch, some blocks, is the unit of work and of merging.
 *
 * @param paths number of paths
 * @param blockPaths paths of a block, the last one of a batch may have less
 * @param batchPaths paths of a batch, the last one may have less
 */
public record BatchGeometry(long paths, int blockPaths, long batchPaths) {

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

    /** Checks the sizes. */
    public BatchGeometry {
        if (!(paths > 0 && blockPaths > 0 && batchPaths >= blockPaths)) {
            throw new IllegalArgumentException("paths must be positive and batches not smaller than blocks, got "
                    + paths + " paths, batches of " + batchPaths + ", blocks of " + blockPaths);
        }
    }

    /**
     * The batches of a plan.
     *
     * @param plan the plan
     * @return its geometry
     */
    public static BatchGeometry of(EnsemblePlan plan) {
        int numbers =
                plan.sde().dimension() + plan.stepper(plan.stepsBefore() + 1).noises();
        long largest = Math.max(USUAL_BLOCK, Math.min(LARGEST_BLOCK, Long.highestOneBit(plan.paths() / MANY_BLOCKS)));
        int block = Math.max(SMALLEST_BLOCK, (int) Math.min(largest, Integer.highestOneBit(BLOCK_NUMBERS / numbers)));
        long blocks = Math.max(1, plan.paths() / WANTED_BATCHES / block);
        return new BatchGeometry(plan.paths(), block, Math.min(LARGEST_BATCH, blocks * block));
    }

    /**
     * The number of batches.
     *
     * @return at least 1
     */
    public long batches() {
        return (paths - 1) / batchPaths + 1;
    }

    /**
     * The first path of a batch.
     *
     * @param batch number of the batch, from 0; the number of batches for the end of the last one
     * @return index of the path
     */
    public long firstPath(long batch) {
        // No product that could overflow: the last batch may be cut.
        return batch >= batches() ? paths : batch * batchPaths;
    }
}
