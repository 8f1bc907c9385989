package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;
import java.util.Locale;
import org.langevin4j.core.density.Density;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.Passage;
import org.langevin4j.solvers.markov.StationaryDistribution;
import org.langevin4j.solvers.markov.SteadyStateMethod;

/**
 * A stationary density with its diagnostics.
 *
 * @param density ρˢˢ, of mass 1 unless a source sustains it
 * @param gridError ½∫|ρ − ρˢˢ| as estimated from cells of twice the width, where the scheme is not of second order in every
 *     direction; 0 where it is, NaN if it could not be estimated
 * @param residual {@link Generator#residual} of its probabilities
 * @param componentwiseResidual {@link Generator#componentwiseResidual} of its probabilities
 * @param stoppedFlow {@link FokkerPlanck#stoppedFlow} of it; 0 where the noise reaches all reflecting walls
 * @param method how it was found, never {@link SteadyStateMethod#AUTOMATIC}
 * @param iterations multigrid cycles on the finest level; zero for elimination
 * @param weightDoubt {@link StationaryDistribution#weightDoubt} of its probabilities
 * @param wallTime time of the solution
 */
public record SteadyState(
        Density density,
        double gridError,
        double residual,
        double componentwiseResidual,
        double stoppedFlow,
        SteadyStateMethod method,
        int iterations,
        double weightDoubt,
        Duration wallTime) {

    /** That of a source, Aρ = −s, by elimination. */
    static SteadyState sustained(GridGenerator chain, double[] source) {
        Generator generator = chain.generator();
        if (generator.isConservative()) {
            throw new IllegalStateException("there is no steady state: mass comes in and none is absorbed or killed");
        }
        long start = System.nanoTime();
        double[] p = Passage.of(generator, chain.order(), new double[0][]).occupation(source);
        chain.requireFlow(p, "the steady state");
        double[] change = new double[p.length];
        generator.times(p, change);
        double sum = 0.0;
        double scale = 0.0;
        double worst = 0.0;
        for (int k = 0; k < p.length; k++) {
            double rest = Math.abs(change[k] + source[k]);
            double size = generator.outflow(k) * p[k];
            sum += rest;
            scale += 2.0 * size;
            worst = rest == 0.0 ? worst : Math.max(worst, rest / size);
        }
        return new SteadyState(
                chain.density(p),
                chain.isRough() ? Double.NaN : 0.0,
                sum / scale,
                worst,
                chain.stoppedFlow(p),
                SteadyStateMethod.ELIMINATION,
                0,
                0.0,
                Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s%s; residual %.2g, of each probability %.2g, by %s, %d iterations, %.3g s%s",
                density,
                gridError == 0.0 ? "" : String.format(Locale.ROOT, "; estimated error of the grid %.2g", gridError),
                residual,
                componentwiseResidual,
                method,
                iterations,
                1e-3 * wallTime.toMillis(),
                StationaryDistribution.inWords(weightDoubt));
    }
}
