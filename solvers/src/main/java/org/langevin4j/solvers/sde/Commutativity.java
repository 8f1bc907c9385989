package org.langevin4j.solvers.sde;

import java.util.Arrays;
import java.util.Optional;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.FactorDerivative;

/** The commutativity condition Lʲbᵏ = Lᵏbʲ (Kloeden and Platen 1992, section 10.3), checked where it was declared. */
final class Commutativity {

    /** Relative to the largest derivative. */
    private static final double ROUNDING = 1e-9;

    /** Noise of more components is not checked: it takes m² derivatives. */
    private static final int CHECKED_NOISES = 32;

    private Commutativity() {}

    /**
     * Checks the condition at one state, where the derivative of the factor is known.
     *
     * @throws IllegalArgumentException if it does not hold
     */
    static void check(Diffusion diffusion, double[] x) {
        Optional<FactorDerivative> derivative = diffusion.factorDerivative();
        int m = diffusion.noiseDimension();
        if (derivative.isEmpty() || m > CHECKED_NOISES) {
            return;
        }
        int d = x.length;
        double[][] columns = new double[m][d];
        double[] unit = new double[m];
        for (int j = 0; j < m; j++) {
            unit[j] = 1.0;
            diffusion.factorTimes(x, unit, columns[j]);
            unit[j] = 0.0;
        }
        double[][][] products = new double[m][m][d];
        double scale = 0.0;
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                unit[k] = 1.0;
                derivative.get().at(x, columns[j], unit, products[j][k]);
                unit[k] = 0.0;
                for (double value : products[j][k]) {
                    scale = Math.max(scale, Math.abs(value));
                }
            }
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < j; k++) {
                for (int i = 0; i < d; i++) {
                    double difference = products[j][k][i] - products[k][j][i];
                    if (!(Math.abs(difference) <= ROUNDING * scale)) {
                        throw new IllegalArgumentException("noise must commute as declared, " + diffusion.noise()
                                + ", got a commutator of columns " + k + " and " + j + " with component " + i + " = "
                                + difference + " at x = " + Arrays.toString(x) + "; declare GENERAL");
                    }
                }
            }
        }
    }
}
