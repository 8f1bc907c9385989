package org.langevin4j.solvers.fokkerplanck;

import java.util.List;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.sde.Temperature;

/**
 * The densities along a Fokker–Planck flow.
 *
 * @param times t₀ = 0 < t₁ < …
 * @param densities one for each time
 * @param temperature β⁻¹ of the flow
 */
public record Evolution(List<Double> times, List<Density> densities, Temperature temperature) {

    /** Copies the lists. */
    public Evolution {
        times = List.copyOf(times);
        densities = List.copyOf(densities);
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
     * The largest change of mass along the flow.
     *
     * @return max over the times of |∫ρ(t) − ∫ρ(0)|
     */
    public double massError() {
        double mass = densities.get(0).mass();
        return densities.stream()
                .mapToDouble(density -> Math.abs(density.mass() - mass))
                .max()
                .orElse(0.0);
    }

    /**
     * The free energy along the flow (Chaudhari and Soatto 2018, Theorem 5).
     *
     * @param steady ρˢˢ, on the same grid
     * @return F(ρ(t)) with its parts, one for each time
     */
    public FreeEnergyTrace freeEnergyRelativeTo(Density steady) {
        return new FreeEnergyTrace(
                times,
                densities.stream()
                        .map(density -> FreeEnergy.of(density, steady, temperature))
                        .toList());
    }
}
