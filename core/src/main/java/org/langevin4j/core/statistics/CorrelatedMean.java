package org.langevin4j.core.statistics;

import java.util.Locale;
import java.util.Objects;

/**
 * The mean of a stationary record whose values depend on each other, with its standard error, the uncertainty of that
 * error, and whether the record was long enough for both.
 *
 * <p>For n values of variance σ² the mean has the variance σ²τ/n with the integrated autocorrelation time τ = 1 + 2Σρₜ, in
 * units of the interval between values, so that n/τ independent values would tell as much. An autoregression xₜ₊₁ = ρxₜ + ξ has
 * τ = (1 + ρ)/(1 − ρ), an Ornstein–Uhlenbeck process of rate γ looked at every Δ has τ = coth(γΔ/2).
 *
 * @param method how the error was found
 * @param count n
 * @param mean of all values
 * @param variance σ², of single values
 * @param standardError of the mean
 * @param relativeUncertainty standard error of {@code standardError}, relative to it
 * @param doubt why the error cannot be trusted (it is then usually too small), empty if it can
 */
public record CorrelatedMean(
        Method method,
        long count,
        double mean,
        double variance,
        double standardError,
        double relativeUncertainty,
        String doubt) {

    /** How the error was found. */
    public enum Method {
        /** The sum of the autocorrelations within an automatic window. */
        AUTOCORRELATION,
        /** Averages over blocks so long that they are independent. */
        BLOCKING,
        /** Averages over a fixed number of batches. */
        BATCH_MEANS
    }

    /** Checks the parts. */
    public CorrelatedMean {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(doubt, "doubt");
    }

    /**
     * Whether the record was long enough.
     *
     * @return whether there is no {@link #doubt}
     */
    public boolean isReliable() {
        return doubt.isEmpty();
    }

    /**
     * The integrated autocorrelation time.
     *
     * @return τ = n·standardError²/σ², in intervals between values; NaN if the values do not vary
     */
    public double autocorrelationTime() {
        return count * standardError * standardError / variance;
    }

    /**
     * The standard error of the integrated autocorrelation time.
     *
     * @return twice the relative uncertainty, times τ
     */
    public double autocorrelationTimeError() {
        return 2.0 * relativeUncertainty * autocorrelationTime();
    }

    /**
     * How many independent values would tell as much about the mean.
     *
     * @return n/τ
     */
    public double effectiveCount() {
        return count / autocorrelationTime();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.6g ± %.2g (the error itself to %.0f %%, τ = %.4g, %d values, by %s)%s",
                mean,
                standardError,
                100.0 * relativeUncertainty,
                autocorrelationTime(),
                count,
                method.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                doubt.isEmpty() ? "" : "; not to be trusted: " + doubt);
    }
}
