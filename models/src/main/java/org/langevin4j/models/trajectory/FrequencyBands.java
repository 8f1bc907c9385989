package org.langevin4j.models.trajectory;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Twelve bands of frequency, equally wide in its logarithm, over which a spectrum is averaged; those without a frequency are left out. */
final class FrequencyBands {

    private static final int BANDS = 12;

    private final int[] band;
    private final int[] counts = new int[BANDS];
    private final int[] kept;
    private final int top;

    /** For frequencies k/(2·top), k = 1 … top, the first of a spectrum being zero. */
    FrequencyBands(int top) {
        this.top = top;
        this.band = new int[top + 1];
        for (int k = 1; k <= top; k++) {
            band[k] = top == 1 ? 0 : Math.min(BANDS - 1, (int) (BANDS * Math.log(k) / Math.log(top)));
            counts[band[k]]++;
        }
        this.kept = IntStream.range(0, BANDS).filter(b -> counts[b] > 0).toArray();
    }

    /** Cycles a row in the middle of each. */
    double[] centres() {
        return Arrays.stream(kept)
                .mapToDouble(b -> Math.pow(top, (b + 0.5) / BANDS) / (2.0 * top))
                .toArray();
    }

    double[] means(double[] power) {
        double[] sums = new double[BANDS];
        for (int k = 1; k <= top; k++) {
            sums[band[k]] += power[k] / counts[band[k]];
        }
        return Arrays.stream(kept).mapToDouble(b -> sums[b]).toArray();
    }
}
