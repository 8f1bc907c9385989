package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;
import org.langevin4j.core.density.Density;

/**
 * A stationary density with its diagnostics.
 *
 * @param density ρˢˢ, of mass 1
 * @param residual {@link Generator#residual} of its probabilities
 * @param wallTime time of the elimination and substitution
 */
public record SteadyState(Density density, double residual, Duration wallTime) {}
