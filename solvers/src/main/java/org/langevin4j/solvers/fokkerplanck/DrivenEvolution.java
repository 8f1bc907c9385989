package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;

/**
 * The densities along the flow of an equation that depends on time.
 *
 * @param temperature β⁻¹ of the equation whose flow it is
 * @param times t₀ &lt; t₁ &lt; …
 * @param densities one for each time
 * @param absorbed the probability taken out by absorbing boundaries until each time, as the method itself counts it
 * @param diagnostics steps, solves, wall time
 */
public record DrivenEvolution(
        Temperature temperature,
        List<Double> times,
        List<Density> densities,
        List<Double> absorbed,
        EvolutionDiagnostics diagnostics) {

    /** Copies the lists. */
    public DrivenEvolution {
        times = List.copyOf(times);
        densities = List.copyOf(densities);
        absorbed = List.copyOf(absorbed);
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
     * The expectations of a function.
     *
     * @param f the function
     * @return ∫fρ(t), one for each time
     */
    public List<Double> expectations(ScalarField f) {
        return densities.stream().map(density -> density.expectation(f)).toList();
    }

    /**
     * The largest error of the mass along the flow: what is there and what has been absorbed must be what there was.
     *
     * @return max over the times of |∫ρ(t) + absorbed(t) − ∫ρ(t₀)|
     */
    public double massError() {
        double mass = densities.get(0).mass();
        double largest = 0.0;
        for (int n = 0; n < densities.size(); n++) {
            largest = Math.max(largest, Math.abs(densities.get(n).mass() + absorbed.get(n) - mass));
        }
        return largest;
    }

    /**
     * The free energy relative to a given density, F = β(t)⁻¹KL(ρ(t)‖π). Nothing makes it fall: that holds relative to a
     * density that is stationary, or to another solution of the same equation.
     *
     * @param reference π, on the grid of the equation
     * @return F with its parts, one for each time
     */
    public List<FreeEnergy> freeEnergyRelativeTo(Density reference) {
        List<FreeEnergy> values = new ArrayList<>(times.size());
        for (int n = 0; n < times.size(); n++) {
            values.add(FreeEnergy.of(densities.get(n), reference, temperature.atTime(times.get(n))));
        }
        return values;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "DrivenEvolution from t = %g to %g: %d densities on %d cells, %d steps, mass error %.1e",
                times.get(0),
                times.get(times.size() - 1),
                times.size(),
                last().grid().cells(),
                diagnostics.steps(),
                massError());
    }
}
