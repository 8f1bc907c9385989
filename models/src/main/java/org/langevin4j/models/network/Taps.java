package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

/** Which weights meet which rows in {@link Kernels#products}: the weight at weights[k] and the row at rows[k]. */
final class Taps {

    final int[] weights;
    final int[] rows;

    /** At each pixel of a window some channels, one row after the other. */
    Taps(int channels, int weightStride, int[] weights, int[] rows) {
        this.weights = new int[channels * weights.length];
        this.rows = new int[channels * weights.length];
        for (int k = 0; k < this.weights.length; k++) {
            this.weights[k] = k % channels * weightStride + weights[k / channels];
            this.rows[k] = k % channels * LANES + rows[k / channels];
        }
    }
}
