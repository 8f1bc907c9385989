package org.langevin4j.core.sde;

import java.util.Objects;
import org.langevin4j.core.field.ScalarField;

/**
 * One kind of jumps: at the rate λ(x) the state changes to x + c(x, mark), with a new mark each time.
 *
 * <pre>{@code
 * // Merton (1976): the logarithm of a price jumps by N(μ, δ²), once a year in the mean
 * Jump crash = Jump.atRate(1.0, (x, mark) -> x[0] *= Math.exp(mu + delta * mark.normal(0)));
 * // birth at the rate a + b x, which stays below 50
 * Jump birth = Jump.atRate(x -> a + b * x[0], (x, mark) -> x[0] += 1).boundedBy(50);
 * }</pre>
 *
 * @param rate λ(x) ≥ 0, a rate per unit time; must be thread-safe
 * @param bound λ̄ ≥ λ(x) for all x, or +∞ where none is known
 * @param map x⁺ = x + c(x, mark)
 */
public record Jump(ScalarField rate, double bound, StateMap map) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the bound is not a number or negative
     */
    public Jump {
        Objects.requireNonNull(rate, "rate");
        Objects.requireNonNull(map, "map");
        if (!(bound >= 0.0)) {
            throw new IllegalArgumentException("bound must not be negative, got " + bound);
        }
    }

    /**
     * Jumps at a rate that does not depend on the state: a compound Poisson process.
     *
     * @param rate λ, finite and not negative
     * @param map what a jump does
     * @return the kind
     */
    public static Jump atRate(double rate, StateMap map) {
        return new Jump(new ConstantRate(rate), rate, map);
    }

    /**
     * Jumps at a rate that depends on the state.
     *
     * @param rate λ(x), finite and not negative where it is used; must be thread-safe
     * @param map what a jump does
     * @return the kind; it is asked for its rate in every step
     */
    public static Jump atRate(ScalarField rate, StateMap map) {
        return new Jump(rate, Double.POSITIVE_INFINITY, map);
    }

    /**
     * The same jumps with a bound of the rate. The rate is then asked for only where a jump may happen (thinning, Lewis and
     * Shedler 1979), at that very time: one that depends on time is met exactly. A rate above the bound is refused when it
     * shows.
     *
     * @param value λ̄, finite and not negative
     * @return the changed kind
     */
    public Jump boundedBy(double value) {
        if (!(value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("bound must be finite and not negative, got " + value);
        }
        return new Jump(rate, value, map);
    }

    /**
     * Whether a bound of the rate is known.
     *
     * @return true if the bound is finite
     */
    public boolean isBounded() {
        return bound <= Double.MAX_VALUE;
    }

    /**
     * Whether the rate is one number, whatever the state.
     *
     * @return true if made by {@link #atRate(double, StateMap)}
     */
    public boolean isHomogeneous() {
        return rate instanceof ConstantRate;
    }

    @Override
    public String toString() {
        return "Jump[" + (rate instanceof ConstantRate constant ? "λ = " + constant.value : "λ(x)")
                + (isBounded() && !isHomogeneous() ? " ≤ " + bound : "") + "]";
    }

    /** λ(x) = λ. */
    private record ConstantRate(double value) implements ScalarField {

        ConstantRate {
            if (!(value >= 0.0 && value <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("rate must be finite and not negative, got " + value);
            }
        }

        @Override
        public double at(double[] x) {
            return value;
        }
    }
}
