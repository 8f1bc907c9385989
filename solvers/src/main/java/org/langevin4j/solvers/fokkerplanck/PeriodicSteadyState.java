package org.langevin4j.solvers.fokkerplanck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.field.ScalarField;

/**
 * The densities ρ(t + T) = ρ(t) into which a periodically driven equation settles.
 *
 * @param period T
 * @param times the phases 0, T/n, …, T − T/n
 * @param densities one for each phase, of mass 1
 * @param residual ‖ρ(T) − ρ(0)‖₁ of the discrete flow, between 0 and 2. An error of ρ is larger by up to 1/(1 − λ) if λ is the
 *     part of the slowest mode that is left after a period
 * @param periods how often the flow through a period was computed
 * @param steps steps of one period
 * @param integrator the method
 * @param wallTime time of all of it
 */
public record PeriodicSteadyState(
        double period,
        List<Double> times,
        List<Density> densities,
        double residual,
        int periods,
        int steps,
        Integrator integrator,
        Duration wallTime) {

    /** Copies the lists. */
    public PeriodicSteadyState {
        times = List.copyOf(times);
        densities = List.copyOf(densities);
    }

    /**
     * The density averaged over a period.
     *
     * @return the mean of all phases
     */
    public Density average() {
        double[] sum = new double[densities.get(0).grid().cells()];
        for (Density density : densities) {
            for (int cell = 0; cell < sum.length; cell++) {
                sum[cell] += density.value(cell) / densities.size();
            }
        }
        return Density.of(densities.get(0).grid(), sum);
    }

    /**
     * The expectations of a function.
     *
     * @param f the function
     * @return ⟨f⟩(t), one for each phase
     */
    public List<Double> expectations(ScalarField f) {
        List<Double> values = new ArrayList<>(densities.size());
        for (Density density : densities) {
            values.add(density.expectation(f));
        }
        return values;
    }

    /**
     * A Fourier coefficient of an expectation, ⟨f⟩(t) = c₀ + Re Σₖ cₖ e^{ikΩt}, Ω = 2π/T. Its modulus is the amplitude, its
     * argument the phase, negative where the response lags behind a drive cos(kΩt).
     *
     * @param f the function
     * @param harmonic k, from 1 to less than half the number of phases
     * @return cₖ
     */
    public Complex response(ScalarField f, int harmonic) {
        int n = densities.size();
        if (!(harmonic >= 1 && 2 * harmonic < n)) {
            throw new IllegalArgumentException(
                    "harmonic must be at least 1 and below half of the " + n + " phases, got " + harmonic);
        }
        double real = 0.0;
        double imaginary = 0.0;
        List<Double> values = expectations(f);
        for (int k = 0; k < n; k++) {
            double angle = 2.0 * Math.PI * ((long) harmonic * k % n) / n;
            real += 2.0 / n * values.get(k) * Math.cos(angle);
            imaginary -= 2.0 / n * values.get(k) * Math.sin(angle);
        }
        return new Complex(real, imaginary);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "PeriodicSteadyState of period %g: %d phases on %d cells, %d steps a period, residual %.1e after %d periods",
                period,
                densities.size(),
                densities.get(0).grid().cells(),
                steps,
                residual,
                periods);
    }
}
