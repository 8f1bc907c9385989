package org.langevin4j.solvers.fokkerplanck;

import java.util.List;

/**
 * The law of a first-passage time T.
 *
 * @param times t₀ = 0 < t₁ < …
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
}
