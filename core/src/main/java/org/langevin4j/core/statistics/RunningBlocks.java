package org.langevin4j.core.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The error of the mean of one long record in one pass, by averages over blocks: level k holds the moments of the averages
 * of 2ᵏ successive values. With V the variance of the averages of B values, BV grows with B to σ²τ, the variance of the mean times n. Memory
 * is O(log n).
 *
 * <p>{@link #blocking} (Flyvbjerg and Petersen 1989, <em>J. Chem. Phys.</em> 91, 461) takes the shortest blocks of which B³ &gt; 2n
 * (BV/σ²)² holds (Wolff 2004, <em>Comput. Phys. Commun.</em> 156, 143; Lee and others 2011, <em>Phys. Rev. E</em> 83, 066706):
 * the error of BV from what the blocks still have in common is then below the one from their number, 1/√(2(n/B − 1)) relative.
 * {@link #batchMeans} takes a fixed number of batches, 32 to 63, whatever the correlations.
 *
 * <p>Records of several independent runs of one stationary process may be merged: their blocks are then taken about the
 * common mean. What of a record does not fill a block is left out at that level. Mutable; for one thread at a time.
 */
public final class RunningBlocks {

    /** Fewer blocks than these say nothing about their spread. */
    private static final int FEWEST_BLOCKS = 16;

    private static final int BATCHES = 32;

    /** Batches must be this many autocorrelation times long; what they have in common is then 10 % of BV at most. */
    private static final double BATCH_LENGTH = 5.0;

    private final List<RunningMoments> levels = new ArrayList<>();

    /** At bit k of {@code length} being 1: the first half of the next block of level k + 1. */
    private final List<Double> pending = new ArrayList<>();

    private long length;

    /** No values yet. */
    public RunningBlocks() {}

    /**
     * The blocks of a whole record.
     *
     * @param values at equal intervals, finite
     * @return the blocks
     */
    public static RunningBlocks of(double... values) {
        RunningBlocks blocks = new RunningBlocks();
        for (double value : values) {
            blocks.add(value);
        }
        return blocks;
    }

    /**
     * Blocks as {@link #length}, {@link #level} and {@link #pending} gave them.
     *
     * @param length number of values of the record under way
     * @param levels moments of the blocks of each level, taken over
     * @param pending first halves of blocks
     * @return blocks that go on to the same bits
     * @throws IllegalArgumentException if the numbers of both differ
     */
    public static RunningBlocks restored(long length, List<RunningMoments> levels, double... pending) {
        if (levels.size() != pending.length) {
            throw new IllegalArgumentException(
                    "pending must number as the levels do, " + levels.size() + ", got " + pending.length);
        }
        if (!(length >= 0 && (levels.isEmpty() ? length == 0 : length >>> levels.size() == 0))) {
            throw new IllegalArgumentException(
                    "length must be possible with " + levels.size() + " levels, got " + length);
        }
        RunningBlocks blocks = new RunningBlocks();
        blocks.length = length;
        blocks.levels.addAll(levels);
        for (double half : pending) {
            blocks.pending.add(half);
        }
        return blocks;
    }

    /**
     * The number of values of the record under way, without those merged.
     *
     * @return number of values added
     */
    public long length() {
        return length;
    }

    /**
     * The number of levels.
     *
     * @return one more than that of the longest complete block
     */
    public int levels() {
        return levels.size();
    }

    /**
     * The averages over blocks of 2ᵏ values.
     *
     * @param k level, 0 for the values themselves
     * @return their moments, one coordinate; not to be modified
     */
    public RunningMoments level(int k) {
        return levels.get(k);
    }

    /**
     * What waits for the second half of a block.
     *
     * @return for each level the last average that had none, or one that is used up
     */
    public double[] pending() {
        return pending.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Adds the next value of the record.
     *
     * @param value finite
     */
    public void add(double value) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("values must be finite, got " + value + " at place " + length);
        }
        double average = value;
        long n = length;
        length++;
        for (int k = 0; ; k++) {
            if (k == levels.size()) {
                levels.add(new RunningMoments(1));
                pending.add(0.0);
            }
            levels.get(k).add(average);
            if ((n & 1L) == 0L) {
                pending.set(k, average);
                return;
            }
            average = 0.5 * pending.get(k) + 0.5 * average;
            n >>>= 1;
        }
    }

    /**
     * Takes in the blocks of an independent record of the same process. The record under way goes on.
     *
     * @param other its blocks; not modified
     */
    public void merge(RunningBlocks other) {
        for (int k = 0; k < other.levels.size(); k++) {
            if (k == levels.size()) {
                levels.add(new RunningMoments(1));
                pending.add(0.0);
            }
            levels.get(k).merge(other.levels.get(k));
        }
    }

    /**
     * The number of values, of all records.
     *
     * @return n
     */
    public long count() {
        return levels.isEmpty() ? 0 : levels.get(0).count();
    }

    /**
     * The mean of all values.
     *
     * @return mean, NaN if there is none
     */
    public double mean() {
        return levels.isEmpty() ? Double.NaN : levels.get(0).mean(0);
    }

    /**
     * The error by blocks that are just long enough.
     *
     * @return mean and error; in doubt if no blocks are, of which there are 16 or more
     */
    public CorrelatedMean blocking() {
        int last = lastWith(FEWEST_BLOCKS);
        for (int k = 0; k <= last; k++) {
            double b = Math.scalb(1.0, k);
            double reach = reach(k);
            if (b * b * b > 2.0 * count() * reach * reach) {
                return estimate(CorrelatedMean.Method.BLOCKING, k, "");
            }
        }
        return estimate(
                CorrelatedMean.Method.BLOCKING,
                Math.max(0, last),
                last < 0
                        ? count() + " values are too few"
                        : "no plateau up to blocks of " + (1L << last) + " of " + count() + " values");
    }

    /**
     * The error by 32 to 63 batches.
     *
     * @return mean and error; in doubt if the batches are shorter than 5 autocorrelation times
     */
    public CorrelatedMean batchMeans() {
        int level = lastWith(BATCHES);
        if (level < 0) {
            return estimate(CorrelatedMean.Method.BATCH_MEANS, 0, count() + " values are too few");
        }
        double b = Math.scalb(1.0, level);
        return estimate(
                CorrelatedMean.Method.BATCH_MEANS,
                level,
                b < BATCH_LENGTH * reach(level)
                        ? String.format(
                                Locale.ROOT,
                                "batches of %d values are only %.3g autocorrelation times long",
                                1L << level,
                                b / reach(level))
                        : "");
    }

    /** What BV/σ² says of how far correlations reach; where values alternate it is below 1, and they reach as far. */
    private double reach(int level) {
        double growth = Math.scalb(levels.get(level).variance(0) / levels.get(0).variance(0), level);
        return Math.max(growth, 1.0 / growth);
    }

    /** The highest level of at least so many blocks, −1 if there is none. */
    private int lastWith(int blocks) {
        int level = levels.size() - 1;
        while (level >= 0 && levels.get(level).count() < blocks) {
            level--;
        }
        return level;
    }

    private CorrelatedMean estimate(CorrelatedMean.Method method, int level, String doubt) {
        if (count() < 2) {
            return new CorrelatedMean(method, count(), mean(), Double.NaN, Double.NaN, Double.NaN, doubt);
        }
        double variance = levels.get(0).variance(0);
        RunningMoments averages = levels.get(level);
        if (variance == 0.0) {
            return new CorrelatedMean(method, count(), mean(), 0.0, 0.0, 0.0, "the values do not vary");
        }
        double asymptotic = Math.scalb(averages.variance(0), level);
        return new CorrelatedMean(
                method,
                count(),
                mean(),
                variance,
                Math.sqrt(asymptotic / count()),
                1.0 / Math.sqrt(2.0 * (averages.count() - 1)),
                doubt);
    }

    @Override
    public String toString() {
        return count() < 2 ? count() + " values" : blocking().toString();
    }
}
