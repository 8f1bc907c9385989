package org.langevin4j.solvers.transport;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.langevin4j.core.density.Density;

/**
 * The densities along a JKO scheme.
 *
 * @param stepSize τ
 * @param densities ρ₀, ρ₁, …, each on a grid of its own if the scheme moves the cells
 * @param functionals F(ρ₀), F(ρ₁), …
 * @param steps one less than there are densities
 */
public record JkoFlow(double stepSize, List<Density> densities, List<JkoFunctional> functionals, List<JkoStep> steps) {

    /** Copies the lists. */
    public JkoFlow {
        densities = List.copyOf(densities);
        functionals = List.copyOf(functionals);
        steps = List.copyOf(steps);
    }

    /**
     * The times of the densities.
     *
     * @return kτ
     */
    public List<Double> times() {
        return IntStream.range(0, densities.size()).mapToObj(k -> k * stepSize).toList();
    }

    /**
     * The last density.
     *
     * @return ρ after all steps
     */
    public Density last() {
        return densities.get(densities.size() - 1);
    }

    /**
     * The number of steps at which F grew.
     *
     * @return count of k with F(ρₖ₊₁) > F(ρₖ), rounding not forgiven
     */
    public int increases() {
        int count = 0;
        for (int k = 1; k < functionals.size(); k++) {
            if (!(functionals.get(k).total() <= functionals.get(k - 1).total())) {
                count++;
            }
        }
        return count;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d steps of %.5g, last %s", steps.size(), stepSize, densities.get(densities.size() - 1));
    }
}
