package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.Objects;

/**
 * The gradients ∇fₖ(x) of the losses of N samples at one point x of weight space, an N×d matrix that is given block by block and never has to be
 * in memory as a whole. Networks of this project give it, and files written by others.
 */
public interface PerSampleGradients {

    /**
     * The number of samples.
     *
     * @return N
     */
    int samples();

    /**
     * The number of weights.
     *
     * @return d
     */
    int dimension();

    /**
     * Gives all gradients, in the order of the samples, in one thread. The blocks are the same each time.
     *
     * @param visitor receives them
     */
    void forEachBlock(Visitor visitor);

    /**
     * Gives the gradients of some samples, in their order, in one thread. Each is to the bit the same whatever range it is asked for in. Files and
     * networks go straight to the first; where nothing else is said all samples are visited, and those of the range passed on.
     *
     * @param from number of the first sample, counted from 0
     * @param to one more than that of the last
     * @param visitor receives them
     * @throws IndexOutOfBoundsException if there are no such samples
     */
    default void forEachBlock(int from, int to, Visitor visitor) {
        Objects.checkFromToIndex(from, to, samples());
        forEachBlock(visitor.within(from, to));
    }

    /**
     * Gradients that are in memory.
     *
     * @param rows N ≥ 1 rows of length d; not copied
     * @return the same, as one block
     * @throws IllegalArgumentException if there are none or they have not the same length
     */
    static PerSampleGradients of(double[]... rows) {
        for (double[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException(
                        "gradients must have the same dimension, got " + rows[0].length + " and " + row.length);
            }
        }
        if (rows.length == 0) {
            throw new IllegalArgumentException("there must be gradients");
        }
        return new PerSampleGradients() {
            @Override
            public int samples() {
                return rows.length;
            }

            @Override
            public int dimension() {
                return rows[0].length;
            }

            @Override
            public void forEachBlock(Visitor visitor) {
                visitor.accept(0, rows, rows.length);
            }

            @Override
            public void forEachBlock(int from, int to, Visitor visitor) {
                Objects.checkFromToIndex(from, to, rows.length);
                visitor.accept(from, Arrays.copyOfRange(rows, from, to), to - from);
            }
        };
    }

    /** Receives gradients. */
    @FunctionalInterface
    interface Visitor {

        /**
         * Receives a block.
         *
         * @param first number of its first sample
         * @param rows one for each sample, of length d or more; only lent, and overwritten afterwards
         * @param count number of rows that count
         */
        void accept(int first, double[][] rows, int count);

        /**
         * The same, for some of the samples.
         *
         * @param from number of the first that is passed on, counted from 0
         * @param to one more than that of the last
         * @return leaves out what is not asked for
         */
        default Visitor within(int from, int to) {
            return (first, rows, count) -> {
                int low = Math.max(from, first);
                int high = Math.min(to, first + count);
                if (low < high) {
                    accept(low, Arrays.copyOfRange(rows, low - first, high - first), high - low);
                }
            };
        }
    }

    /**
     * All of them, where there is memory for N·d numbers.
     *
     * @return N×d, row k is ∇fₖ(x)
     * @throws IllegalArgumentException if there are more than 2²⁸ numbers
     */
    default double[][] toRows() {
        if (!((long) samples() * dimension() <= 1L << 28)) {
            throw new IllegalArgumentException("gradients of " + samples() + " samples by " + dimension()
                    + " weights are too many to be held at once");
        }
        double[][] all = new double[samples()][];
        forEachBlock((first, rows, count) -> {
            for (int k = 0; k < count; k++) {
                all[first + k] = Arrays.copyOf(rows[k], dimension());
            }
        });
        return all;
    }
}
