package org.langevin4j.solvers.fokkerplanck;

import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.markov.EntropyProduction;

/**
 * The free energy F(ρ(t)) = β⁻¹KL(ρ(t)‖ρˢˢ) along a Fokker–Planck flow.
 *
 * @param times t
 * @param values F with its parts, one for each time
 * @param rates dF/dt ≤ 0 of the Markov process on the cells, one for each time: {@link FokkerPlanck#freeEnergyRate}
 */
public record FreeEnergyTrace(List<Double> times, List<FreeEnergy> values, List<Double> rates) {

    /** Copies the lists. */
    public FreeEnergyTrace {
        times = List.copyOf(times);
        values = List.copyOf(values);
        rates = List.copyOf(rates);
    }

    /** dF/dt of a density, summed in terms of one sign. */
    static double rate(GridGenerator chain, Density density, Density steady) {
        if (!chain.generator().isConservative()) {
            throw new IllegalArgumentException(
                    "an equation with absorption or killing has no steady state to which an entropy could be relative");
        }
        return -chain.temperature().value()
                * EntropyProduction.excess(
                        chain.generator(), chain.probabilities(density), chain.probabilities(steady));
    }

    /**
     * The number of steps at which F grew: Theorem 5 says none.
     *
     * @return count of i with F(tᵢ₊₁) > F(tᵢ), rounding not forgiven
     */
    public int increases() {
        int count = 0;
        for (int i = 1; i < values.size(); i++) {
            if (!(values.get(i).total() <= values.get(i - 1).total())) {
                count++;
            }
        }
        return count;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "F from %.6g at t = %.5g to %.6g at t = %.5g, increased at %d of %d steps",
                values.get(0).total(),
                times.get(0),
                values.get(values.size() - 1).total(),
                times.get(times.size() - 1),
                increases(),
                values.size() - 1);
    }
}
