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
