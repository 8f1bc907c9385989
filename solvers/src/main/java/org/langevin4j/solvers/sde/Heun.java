package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * Heun's scheme (Rümelin 1982) for Stratonovich equations: with x̂ = x + b(x)h + σ(x)ΔW,
 * x ← x + ½[b(x) + b(x̂)]h + ½[σ(x) + σ(x̂)]ΔW, σ = √(2β⁻¹)B. No derivative, no Lévy area. Strong order 1 if the noise
 * commutes, ½ otherwise; weak order 1, for every kind of noise. Without noise it is Heun's rule of order 2.
 *
 * @param stepSize h
 */
public record Heun(double stepSize) implements CommutingOrders {

    /** Checks the step. */
    public Heun {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public Heun withStepSize(double value) {
        return new Heun(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Heun withStep(double stepSize) {
        return new Heun(stepSize);
    }

    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireStratonovich("Heun", sde);
        return new TwoStageStepper(sde, stepSize, 1.0);
    }
}
