package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;

/**
 * What an evolution cost.
 *
 * @param integrator the method
 * @param steps steps taken; for uniformisation one for each interval between two snapshots
 * @param rejectedSteps steps tried and not taken
 * @param factorisations factorisations of I − τA
 * @param solves solutions of (I − τA)p′ = p
 * @param products products with A
 * @param smallestDensity smallest density in any cell of the region after any step, the start included
 * @param wallTime time of all of it
 */
public record EvolutionDiagnostics(
        Integrator integrator,
        int steps,
        int rejectedSteps,
        int factorisations,
        int solves,
        long products,
        double smallestDensity,
        Duration wallTime) {}
