package org.langevin4j.core.field;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.LegendreRuleFactory;
import org.hipparchus.util.Pair;

/**
 * The rules of Gauss and Legendre: ∫f over an interval, exact for polynomials of degree below twice the number of points.
 *
 * <p>Hipparchus' factory of all rules computes the constants of a decimal arithmetic first, for a tenth of a second.
 */
public final class GaussLegendre {

    private GaussLegendre() {}

    /**
     * A rule.
     *
     * @param points number of points, at least 1
     * @param from one end of the interval
     * @param to the other end
     * @return the rule; immutable
     * @throws org.hipparchus.exception.MathIllegalArgumentException if there is no point
     */
    public static GaussIntegrator rule(int points, double from, double to) {
        Pair<double[], double[]> rule = new LegendreRuleFactory().getRule(points);
        double half = 0.5 * (to - from);
        double middle = from + half;
        double[] places = rule.getFirst().clone();
        double[] weights = rule.getSecond().clone();
        for (int i = 0; i < points; i++) {
            places[i] = places[i] * half + middle;
            weights[i] *= half;
        }
        return new GaussIntegrator(places, weights);
    }
}
