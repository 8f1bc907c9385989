package org.langevin4j.examples.paper.descent;

import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.LeastSquares;

/** The data of linear regressions: always the same, so that numbers in the text stay what they are. */
final class Regressions {

    private Regressions() {}

    /** N samples with the input scales √2, 1, ½ in three directions, not orthogonal, and outputs with noise of the size given. */
    static LeastSquares of(int samples, double noise) {
        NormalStream stream = NormalStream.of(Seed.of(14));
        double[][] inputs = new double[samples][3];
        double[] outputs = new double[samples];
        double[] scales = {Math.sqrt(2.0), 1.0, 0.5};
        for (int k = 0; k < samples; k++) {
            double common = 0.3 * stream.at(k, 0, 3);
            for (int i = 0; i < 3; i++) {
                inputs[k][i] = scales[i] * stream.at(k, 0, i) + common;
            }
            // Noise larger for some samples than for others, so that D is no multiple of the Hessian.
            outputs[k] = noise * stream.at(k, 0, 4) * (1.0 + Math.abs(inputs[k][2]));
        }
        return LeastSquares.of(inputs, outputs);
    }
}
