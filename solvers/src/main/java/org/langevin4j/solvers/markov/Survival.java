package org.langevin4j.solvers.markov;

import java.util.List;
import java.util.Locale;

/**
 * The law of a first-passage time T.
 *
 * @param times {@code t₀ = 0 < t₁ < …}
 * @param probabilities S(t) = P(T > t), one for each time
 * @param densities −dS/dt, the probability density of T, one for each time
 */
public record Survival(List<Double> times, List<Double> probabilities, List<Double> densities) {

    /** Copies the lists. */
    public Survival {
        times = List.copyOf(times);
        probabilities = List.copyOf(probabilities);
        densities = List.copyOf(densities);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "survival %.6g at t = %.6g, of %d times",
                probabilities.get(probabilities.size() - 1),
                times.get(times.size() - 1),
                times.size());
    }
}
