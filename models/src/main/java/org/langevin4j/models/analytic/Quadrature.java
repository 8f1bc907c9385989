package org.langevin4j.models.analytic;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.langevin4j.core.field.GaussLegendre;

/** Integrals of smooth functions to rounding: Gauss and Legendre's rule of 20 points on equal panels. */
final class Quadrature {

    private static final GaussIntegrator RULE = GaussLegendre.rule(20, -1.0, 1.0);

    private Quadrature() {}

    static double integral(DoubleUnaryOperator f, double from, double to, int panels) {
        double half = 0.5 * (to - from) / panels;
        double sum = 0.0;
        for (int k = 0; k < panels; k++) {
            double middle = from + (2 * k + 1) * half;
            sum += RULE.integrate(u -> f.applyAsDouble(middle + half * u));
        }
        return half * sum;
    }

    /** Mean and variance of the density proportional to e^(−βΦ) on an interval outside of which it is negligible. */
    static double[] meanAndVariance(DoubleUnaryOperator phi, double beta, double from, double to, int panels) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int k = 0; k <= 16 * panels; k++) {
            lowest = Math.min(lowest, phi.applyAsDouble(from + (to - from) * (k + 0.5) / (16 * panels + 1)));
        }
        double bottom = lowest;
        DoubleUnaryOperator weight = x -> Math.exp(-beta * (phi.applyAsDouble(x) - bottom));
        double mass = integral(weight, from, to, panels);
        double mean = integral(x -> x * weight.applyAsDouble(x), from, to, panels) / mass;
        double variance = integral(x -> (x - mean) * (x - mean) * weight.applyAsDouble(x), from, to, panels) / mass;
        return new double[] {mean, variance};
    }
}
