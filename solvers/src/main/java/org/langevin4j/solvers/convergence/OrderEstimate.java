package org.langevin4j.solvers.convergence;

import java.util.List;
import java.util.Locale;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Errors at several steps and the order fitted to them: error ≈ C·h^order.
 *
 * @param errors the errors, from the largest step to the smallest
 * @param order slope of log error against log h, each point weighted by (error/standardError)²; NaN if an error is zero,
 *     and then not {@linkplain #isResolved() resolved}
 * @param standardError the standard error of the slope; where the points scatter about the line more than their
 *     statistical errors explain, as they do while higher powers of h still count, it is enlarged by that ratio. Errors
 *     at different steps are treated as independent
 */
public record OrderEstimate(List<StepError> errors, double order, double standardError) {

    /** An error below this many standard errors says nothing of the order. */
    private static final double RESOLVED = 3.0;

    /** Copies the list, of at least three errors. */
    public OrderEstimate {
        if (!(errors.size() >= 3)) {
            throw new IllegalArgumentException("errors must number at least 3, got " + errors.size());
        }
        errors = List.copyOf(errors);
    }

    /**
     * Fits the order.
     *
     * @param errors at least three errors, at different steps, positive
     * @return the estimate
     */
    static OrderEstimate fit(List<StepError> errors) {
        int n = errors.size();
        double[] x = new double[n];
        double[] y = new double[n];
        double[] weight = new double[n];
        double total = 0.0;
        double meanX = 0.0;
        double meanY = 0.0;
        for (int i = 0; i < n; i++) {
            StepError point = errors.get(i);
            x[i] = Math.log(point.stepSize());
            y[i] = Math.log(point.error());
            weight[i] = Math.pow(point.error() / point.standardError(), 2);
            total += weight[i];
            meanX += weight[i] * x[i];
            meanY += weight[i] * y[i];
        }
        meanX /= total;
        meanY /= total;
        double xx = 0.0;
        double xy = 0.0;
        for (int i = 0; i < n; i++) {
            xx += weight[i] * (x[i] - meanX) * (x[i] - meanX);
            xy += weight[i] * (x[i] - meanX) * (y[i] - meanY);
        }
        double slope = xy / xx;
        double chiSquare = 0.0;
        for (int i = 0; i < n; i++) {
            double residual = y[i] - meanY - slope * (x[i] - meanX);
            chiSquare += weight[i] * residual * residual;
        }
        double scatter = Math.max(1.0, chiSquare / (n - 2));
        return new OrderEstimate(errors, slope, Math.sqrt(scatter / xx));
    }

    /**
     * Half the width of the confidence interval of the order.
     *
     * @param confidence probability in (0, 1), such as 0.95
     * @return half width, by Student's law with two degrees of freedom less than there are steps
     */
    public double halfWidth(double confidence) {
        if (!(confidence > 0.0 && confidence < 1.0)) {
            throw new IllegalArgumentException("confidence must be in (0, 1), got " + confidence);
        }
        return new TDistribution(errors.size() - 2.0).inverseCumulativeProbability(0.5 + 0.5 * confidence)
                * standardError;
    }

    /**
     * Whether every error stands out of its statistical noise; if not, more paths or larger steps are needed, and the
     * order means nothing.
     *
     * @return true if every error is at least 3 standard errors
     */
    public boolean isResolved() {
        return Double.isFinite(order)
                && errors.stream().allMatch(point -> point.error() >= RESOLVED * point.standardError());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "order %.3f ± %.3f%s", order, halfWidth(0.95), isResolved() ? "" : " (not resolved)"));
        for (StepError point : errors) {
            text.append(String.format(
                    Locale.ROOT, "; h = %.3g: %.4g ± %.1g", point.stepSize(), point.error(), point.standardError()));
        }
        return text.toString();
    }
}
