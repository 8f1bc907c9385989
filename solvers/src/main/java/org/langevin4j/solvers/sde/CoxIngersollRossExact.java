package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.CoxIngersollRoss;
import org.langevin4j.core.sde.Sde;

/**
 * Exact sampling of the process of Cox, Ingersoll and Ross, at any interval h: with c = σ²(1 − e^(−κh))/(4κ), ν = 4κθ/σ² and
 * λ = x e^(−κh)/c,
 *
 * <pre>
 * x ← c[(ξ₁ + √λ)² + χ²(ν − 1)]   for ν > 1,
 * x ← c χ²(ν + 2N),   N of Poisson's law with mean λ/2,   for ν ≤ 1
 * </pre>
 *
 * (Glasserman 2003, "Monte Carlo Methods in Financial Engineering", section 3.4.1). χ² and N are quantiles at Φ(ξ) of one
 * standard normal each: two normals a step for each coordinate, so that paths are functions of their keyed noise. x never is
 * negative, also where 2κθ &lt; σ² and 0 is reached.
 *
 * <p>The law is exact, but the normals are not increments of a Brownian path: orders are infinite, and paths with different h
 * cannot share their noise.
 *
 * @param stepSize h
 */
public record CoxIngersollRossExact(double stepSize) implements Scheme {

    /** Checks the step. */
    public CoxIngersollRossExact {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public CoxIngersollRossExact withStepSize(double value) {
        return new CoxIngersollRossExact(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static CoxIngersollRossExact withStep(double stepSize) {
        return new CoxIngersollRossExact(stepSize);
    }

    /** Infinite: the law of a path at the times of observation is exact. */
    @Override
    public double strongOrder() {
        return Double.POSITIVE_INFINITY;
    }

    /** Infinite: the law is exact. */
    @Override
    public double weakOrder() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the equation is not one of {@link CoxIngersollRoss#sde()}
     */
    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requirePlain("CoxIngersollRossExact", sde);
        CoxIngersollRoss process = AcceptedEquations.recognised(
                "CoxIngersollRossExact",
                CoxIngersollRoss.recognise(sde),
                "CoxIngersollRoss",
                "use FullTruncationEuler");
        double h = stepSize;
        return new Stepper() {
            @Override
            public int noises() {
                return 2 * process.dimension();
            }

            @Override
            public void step(double t, double[][] x, int paths, double[][] xi) {
                for (int i = 0; i < x.length; i++) {
                    double kappa = process.rate(i);
                    double variance = process.volatility(i) * process.volatility(i);
                    double c = -Math.expm1(-kappa * h) * variance / (4.0 * kappa);
                    double decay = Math.exp(-kappa * h) / c;
                    double freedom = 4.0 * kappa * process.mean(i) / variance;
                    for (int p = 0; p < paths; p++) {
                        x[i][p] = c * chiSquare(freedom, x[i][p] * decay, xi[2 * i][p], xi[2 * i + 1][p]);
                    }
                }
            }
        };
    }

    /** The noncentral χ² law. */
    private static double chiSquare(double freedom, double noncentrality, double first, double second) {
        if (!(noncentrality >= 0.0 && noncentrality <= Double.MAX_VALUE)) {
            // Left to whoever watches for states that are not finite.
            return Double.NaN;
        }
        if (freedom > 1.0) {
            double shifted = first + Math.sqrt(noncentrality);
            return shifted * shifted + 2.0 * Quantiles.gamma(0.5 * (freedom - 1.0), second);
        }
        return 2.0 * Quantiles.gamma(0.5 * freedom + Quantiles.poisson(0.5 * noncentrality, first), second);
    }
}
