package org.langevin4j.models.network;

import java.util.Arrays;

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
