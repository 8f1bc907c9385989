package org.langevin4j.solvers.estimation;

import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LuFactors;

/** Parameters that fit a record best, with their covariance. Immutable. */
public final class ParameterEstimate {

    private final double[] values;
    private final RealMatrix information;
    private final RealMatrix covariance;
    private final double logLikelihood;
    private final int iterations;

    ParameterEstimate(
            double[] values, RealMatrix information, RealMatrix scores, double logLikelihood, int iterations) {
        this.values = values.clone();
        this.information = information;
        RealMatrix inverse = LuFactors.of(information).inverse();
        this.covariance = inverse.multiply(scores).multiply(inverse);
        this.logLikelihood = logLikelihood;
        this.iterations = iterations;
    }

    /**
     * The parameters.
     *
     * @return θ̂, a copy
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * One parameter.
     *
     * @param k its number
     * @return θ̂ₖ
     */
    public double value(int k) {
        return values[k];
    }

    /**
     * The standard error of a parameter.
     *
     * @param k its number
     * @return the root of the diagonal entry of {@link #covariance}
     */
    public double error(int k) {
        return Math.sqrt(covariance.getEntry(k, k));
    }

    /**
     * The covariance of the estimates, H⁻¹GH⁻¹ with the observed information H and the sum G = Σsₜsₜᵀ of the products of the scores of single steps (White 1982,
     * Econometrica 50, 1): right also where the likelihood is not that of the process, but has its first two moments. If it is, H⁻¹ alone is about the same.
     *
     * @return a copy
     */
    public RealMatrix covariance() {
        return covariance.copy();
    }

    /**
     * The observed information.
     *
     * @return H = −∂²log L/∂θ∂θ, a copy
     */
    public RealMatrix information() {
        return information.copy();
    }

    /**
     * The logarithm of the likelihood, given the first state.
     *
     * @return log L(θ̂)
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /**
     * The work.
     *
     * @return steps of Newton's method
     */
    public int iterations() {
        return iterations;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("parameters");
        for (int k = 0; k < values.length; k++) {
            text.append(String.format(Locale.ROOT, " %.6g ± %.2g", values[k], error(k)));
        }
        return text + String.format(Locale.ROOT, ", log-likelihood %.8g", logLikelihood);
    }

    static double sum(double[] parts) {
        return Arrays.stream(parts).sum();
    }
}
