package org.langevin4j.models.network;

/** Which weights meet which rows in {@link Kernels#products}: the weight at weights[k] and the row at rows[k]. */
final class Taps {

    final int[] weights;
    final int[] rows;

    /** Each of some channels meets the same, at its own distance. */
    Taps(int channels, int weightStride, int rowStride, int[] weights, int[] rows) {
        int taps = weights.length;
        this.weights = new int[channels * taps];
        this.rows = new int[channels * taps];
        for (int k = 0; k < this.weights.length; k++) {
            this.weights[k] = k / taps * weightStride + weights[k % taps];
            this.rows[k] = k / taps * rowStride + rows[k % taps];
        }
    }
}
