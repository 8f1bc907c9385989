package org.langevin4j.solvers.fokkerplanck;

import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.discretisation.GridGenerator;

/**
 * The densities along a Fokker–Planck flow.
 *
 * @param chain the discrete equation whose flow it is
 * @param supply the mass that a source brings per unit of time, 0 without one
 * @param times {@code t₀ = 0 < t₁ < …}
 * @param densities one for each time
 * @param absorbed the probability taken out by absorbing boundaries and killing until each time, as the method itself counts it
 * @param diagnostics steps, solves, wall time
 */
public record Evolution(
        GridGenerator chain,
        double supply,
        List<Double> times,
        List<Density> densities,
        List<Double> absorbed,
        EvolutionDiagnostics diagnostics) {

    /** Copies the lists. */
    public Evolution {
        times = List.copyOf(times);
        densities = List.copyOf(densities);
        absorbed = List.copyOf(absorbed);
    }

    /**
     * The temperature.
     *
     * @return β⁻¹ of the flow
     */
    public Temperature temperature() {
        return chain.temperature();
    }

    /**
     * The last density.
     *
     * @return ρ at the last time
     */
    public Density last() {
        return densities.get(densities.size() - 1);
    }

    /**
     * The probability that is still there: the survival function of the exit time, if there are absorbing boundaries.
     *
     * @return ∫ρ(t)/∫ρ(0), one for each time
     */
    public List<Double> survival() {
        double mass = densities.get(0).mass();
        return densities.stream().map(density -> density.mass() / mass).toList();
    }

    /**
     * The largest error of the mass along the flow: what is there and what has been absorbed must be what there was and came in.
     *
     * @return max over the times of |∫ρ(t) + absorbed(t) − ∫ρ(0) − t∫s|
     */
    public double massError() {
        double mass = densities.get(0).mass();
        double largest = 0.0;
        for (int n = 0; n < densities.size(); n++) {
            largest = Math.max(
                    largest, Math.abs(densities.get(n).mass() + absorbed.get(n) - mass - supply * times.get(n)));
        }
        return largest;
    }

    /**
     * The free energy along the flow (Chaudhari and Soatto 2018, Theorem 5) with its derivative.
     *
     * @param steady ρˢˢ, the steady state of this equation's generator
     * @return F(ρ(t)) with its parts and dF/dt, one for each time
     * @throws IllegalArgumentException if there is absorption, killing or a source, and so no such steady state
     */
    public FreeEnergyTrace freeEnergyRelativeTo(Density steady) {
        if (supply > 0.0) {
            throw new IllegalArgumentException(
                    "an equation with a source has no steady state to which an entropy could be relative");
        }
        return new FreeEnergyTrace(
                times,
                densities.stream()
                        .map(density -> FreeEnergy.of(density, steady, temperature()))
                        .toList(),
                densities.stream()
                        .map(density -> FreeEnergyTrace.rate(chain, density, steady))
                        .toList());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "flow at %d times to t = %.6g, last %s; %s",
                times.size(),
                times.get(times.size() - 1),
                last(),
                diagnostics);
    }
}
