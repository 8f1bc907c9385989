package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * The explicit midpoint scheme for Stratonovich equations: with x̄ = x + ½[b(x)h + σ(x)ΔW], x ← x + b(x̄)h + σ(x̄)ΔW,
 * σ = √(2β⁻¹)B (the midpoint rule of Runge and Kutta along the path, Rümelin 1982). No derivative, no Lévy area. Strong order
 * 1 if the noise commutes, ½ otherwise; weak order 1, for every kind of noise. Without noise it is the midpoint rule of
 * order 2.
 *
 * @param stepSize h
 */
public record Midpoint(double stepSize) implements CommutingOrders {

    /** Checks the step. */
    public Midpoint {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public Midpoint withStepSize(double value) {
        return new Midpoint(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Midpoint withStep(double stepSize) {
        return new Midpoint(stepSize);
    }

    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireStratonovich("Midpoint", sde);
        return new TwoStageStepper(sde, stepSize, 0.5);
    }
}
