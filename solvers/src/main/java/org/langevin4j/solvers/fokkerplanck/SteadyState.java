package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;
import org.langevin4j.core.density.Density;

/**
 * A stationary density with its diagnostics.
 *
 * @param density ρˢˢ, of mass 1
 * @param residual {@link Generator#residual} of its probabilities
 * @param componentwiseResidual {@link Generator#componentwiseResidual} of its probabilities
 * @param stoppedFlow {@link FokkerPlanck#stoppedFlow} of it; 0 where the noise reaches all reflecting walls
 * @param method how it was found, never {@link SteadyStateMethod#AUTOMATIC}
 * @param iterations multigrid cycles on the finest level; zero for elimination
 * @param wallTime time of the solution
 */
public record SteadyState(
        Density density,
        double residual,
        double componentwiseResidual,
        double stoppedFlow,
        SteadyStateMethod method,
        int iterations,
        Duration wallTime) {}
