package org.langevin4j.models.djl;

import java.util.Arrays;

/** f = −log softmax(z)_y = log Σⱼ exp zⱼ − z_y. */
final class Loss {

    private Loss() {}

    static double of(double[] logits, int label) {
        return logSumExp(logits) - logits[label];
    }

    static double logSumExp(double[] logits) {
        double max = Arrays.stream(logits).max().orElseThrow();
        return max + Math.log(Arrays.stream(logits).map(z -> Math.exp(z - max)).sum());
    }

    /** Whether the most probable class, the first of equal ones, is the given one. */
    static boolean isRight(double[] logits, int label) {
        int best = 0;
        for (int j = 1; j < logits.length; j++) {
            if (logits[j] > logits[best]) {
                best = j;
            }
        }
        return best == label;
    }

    /** Refuses logits that are no numbers. */
    static void requireFinite(double[] logits, int sample) {
        for (double z : logits) {
            if (!(Math.abs(z) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("logits must be finite, got " + z + " for sample " + sample);
            }
        }
    }
}
