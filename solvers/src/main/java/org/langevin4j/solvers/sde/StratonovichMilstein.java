package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * Milstein's scheme for Stratonovich equations: x ← x + bh + σ∘ΔW + Σⱼₖ (Lʲσᵏ) J₍ⱼ,ₖ₎, J₍ⱼ,ₖ₎ = ½ΔWʲΔWᵏ + Aⱼₖ (Kloeden
 * and Platen 1992, section 10.3). Strong order 1, weak order 1, for every kind of noise; derivatives and areas as
 * in {@link Milstein}.
 *
 * @param stepSize h
 */
public record StratonovichMilstein(double stepSize) implements Scheme {

    /** Checks the step. */
    public StratonovichMilstein {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public StratonovichMilstein withStepSize(double value) {
        return new StratonovichMilstein(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static StratonovichMilstein withStep(double stepSize) {
        return new StratonovichMilstein(stepSize);
    }

    @Override
    public double strongOrder() {
        return 1.0;
    }

    @Override
    public double weakOrder() {
        return 1.0;
    }

    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireStratonovich("StratonovichMilstein", sde);
        return new MilsteinStepper(sde, stepSize, false);
    }
}
