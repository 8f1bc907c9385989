package org.langevin4j.models.analytic;

import cern.jet.stat.Probability;

/** The scaled complementary error function e^(z²) erfc(z), which neither underflows nor overflows for z ≥ 0. */
final class ScaledErfc {

    /** From here on the continued fraction is taken, before erfc underflows and e^(z²) overflows. */
    private static final double LARGE = 4.0;

    private ScaledErfc() {}

    static double at(double z) {
        return z < LARGE ? Probability.errorFunctionComplemented(z) * Math.exp(z * z) : fraction(z);
    }

    /** Laplace's continued fraction, evaluated from its tail. */
    private static double fraction(double z) {
        double fraction = z;
        for (int k = 40; k >= 1; k--) {
            fraction = z + 0.5 * k / fraction;
        }
        return 1.0 / (Math.sqrt(Math.PI) * fraction);
    }
}
