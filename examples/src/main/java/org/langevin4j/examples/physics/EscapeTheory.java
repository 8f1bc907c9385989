package org.langevin4j.examples.physics;

import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/**
 * Escape from a well of U = q⁴/4 − q²/2 and what theory says of its rate k. The wells have ω₀ = √2, the barrier the height ¼ and ω = 1
 * on top, and the orbit of one well at the energy of the top the action ∮p dq = 4/3.
 */
final class EscapeTheory {

    static final ScalarField ENERGY = new ScalarField() {
        @Override
        public double at(double[] x) {
            return energy(x[0]);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[] out) {
            for (int i = 0; i < paths; i++) {
                out[i] = energy(x[0][i]);
            }
        }
    };

    static final VectorField SLOPE = new VectorField() {
        @Override
        public void at(double[] q, double[] out) {
            out[0] = q[0] * (q[0] * q[0] - 1.0);
        }

        @Override
        public void atBlock(double[][] q, int paths, double[][] out) {
            for (int i = 0; i < paths; i++) {
                out[0][i] = q[0][i] * (q[0][i] * q[0][i] - 1.0);
            }
        }
    };

    private static final double ACTION = 4.0 / 3.0;

    private EscapeTheory() {}

    static double energy(double q) {
        return 0.25 * q * q * q * q - 0.5 * q * q;
    }

    private static double attempts(double temperature) {
        return Math.sqrt(2.0) / (2.0 * Math.PI) * Math.exp(-0.25 / temperature);
    }

    /** Kramers (1940): diffusion over the top, wells in equilibrium. */
    static double strong(double friction, double temperature) {
        return attempts(temperature) * (Math.sqrt(0.25 * friction * friction + 1.0) - 0.5 * friction);
    }

    /** Kramers (1940), halved: of two equal wells a particle above the top falls into either. */
    static double weak(double friction, double temperature) {
        return 0.5 * attempts(temperature) * friction * ACTION / temperature;
    }

    /** Mel'nikov and Meshkov (1986) for a symmetric double well: strong friction times A(δ)²/A(2δ), δ the loss of energy in T. */
    static double bridge(double friction, double temperature) {
        double loss = friction * ACTION / temperature;
        double depopulation = depopulation(loss);
        return strong(friction, temperature) * depopulation * depopulation / depopulation(2.0 * loss);
    }

    /** A(δ) = exp(1/2π ∫ ln(1 − e^(−δ(λ² + ¼)))/(λ² + ¼) dλ), with λ = ½ tan θ. */
    private static double depopulation(double loss) {
        int nodes = 2000;
        double sum = 0.0;
        for (int i = 0; i < nodes; i++) {
            double cosine = Math.cos(0.5 * Math.PI * (i + 0.5) / nodes);
            sum += Math.log(-Math.expm1(-0.25 * loss / (cosine * cosine)));
        }
        return Math.exp(sum / nodes);
    }
}
