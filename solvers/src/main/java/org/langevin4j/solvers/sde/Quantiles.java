package org.langevin4j.solvers.sde;

import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;

/**
 * Random numbers of other laws as increasing functions of a standard normal ξ, F⁻¹(Φ(ξ)): a fixed number of normals a step,
 * whatever the law. The smaller tail is the one that is inverted, so that both keep their digits.
 */
final class Quantiles {

    private static final int MAX_ITERATIONS = 200;

    private Quantiles() {}

    /** Φ(−|ξ|), to its relative accuracy. */
    private static double tail(double xi) {
        return 0.5 * Erf.erfc(Math.abs(xi) / Math.sqrt(2.0));
    }

    /** The Gamma law of shape a ≥ 0 and scale 1, by Newton's method in log x on the logarithm of the tail. */
    static double gamma(double a, double xi) {
        if (a == 0.0) {
            return 0.0;
        }
        boolean lower = xi <= 0.0;
        double target = Math.log(tail(xi));
        double logGamma = Gamma.logGamma(a);
        // P(a, x) ≈ xᵃ/Γ(a + 1) for small x: a lower bound of log x.
        double below = ((lower ? target : Math.log1p(-Math.exp(target))) + Math.log(a) + logGamma) / a;
        if (below < -700.0) {
            return below < -745.0 ? 0.0 : Math.exp(below);
        }
        double low = below;
        double high = Double.POSITIVE_INFINITY;
        // Wilson and Hilferty (1931), where it is of use.
        double cube = 1.0 - 1.0 / (9.0 * a) + xi / (3.0 * Math.sqrt(a));
        double y = cube > 0.0 ? Math.max(below, Math.log(a) + 3.0 * Math.log(cube)) : below;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            double x = Math.exp(y);
            double probability = lower ? Gamma.regularizedGammaP(a, x) : Gamma.regularizedGammaQ(a, x);
            double difference = Math.log(probability) - target;
            if (difference > 0.0 == lower) {
                high = y;
            } else {
                low = y;
            }
            double slope = Math.exp(a * y - x - logGamma) / probability;
            double next = y - difference / (lower ? slope : -slope);
            if (!(next >= low && next <= high)) {
                next = high < Double.POSITIVE_INFINITY ? 0.5 * (low + high) : low + 1.0;
            }
            if (Math.abs(next - y) <= 1e-14 * Math.max(1.0, Math.abs(y))) {
                return Math.exp(next);
            }
            y = next;
        }
        return Math.exp(y);
    }

    /** The law of Poisson of mean μ ≥ 0: from a first guess along the probabilities of its neighbours. */
    static long poisson(double mu, double xi) {
        if (mu == 0.0) {
            return 0;
        }
        boolean lower = xi <= 0.0;
        double target = tail(xi);
        // Cornish and Fisher (1938).
        long n = (long) Math.max(0.0, Math.floor(mu + Math.sqrt(mu) * xi + (xi * xi - 1.0) / 6.0 + 0.5));
        double pmf = Math.exp(-mu + n * Math.log(mu) - Gamma.logGamma(n + 1.0));
        // P(N ≤ n), or P(N > n) in the upper half.
        double probability = lower ? Gamma.regularizedGammaQ(n + 1.0, mu) : Gamma.regularizedGammaP(n + 1.0, mu);
        double sign = lower ? 1.0 : -1.0;
        // The smallest n with P(N ≤ n) ≥ Φ(ξ).
        while (sign * (probability - target) < 0.0) {
            n++;
            pmf *= mu / n;
            if (pmf == 0.0) {
                return n;
            }
            probability += sign * pmf;
        }
        while (n > 0 && sign * (probability - sign * pmf - target) >= 0.0) {
            probability -= sign * pmf;
            pmf *= n / mu;
            n--;
        }
        return n;
    }
}
