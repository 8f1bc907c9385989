package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * Milstein's scheme (1974) for Itô equations: x ← x + bh + σΔW + Σⱼₖ (Lʲσᵏ) I₍ⱼ,ₖ₎, Lʲσᵏ = Σₗ σₗⱼ ∂ₗσₖ, σ = √(2β⁻¹)B
 * (Kloeden and Platen 1992, section 10.3). Strong order 1, weak order 1, for every kind of noise.
 *
 * <p>For scalar and diagonal noise it takes the noise-induced drift alone, for commutative noise one derivative of the
 * factor more; general noise of m components takes m derivatives and the Lévy areas, from the Brownian path or as
 * Mrongowius and Rößler (2022) approximate them. Where the derivative of the factor is not known, Platen's difference
 * quotient stands in for it.
 *
 * @param stepSize h
 */
public record Milstein(double stepSize) implements Scheme {

    /** Checks the step. */
    public Milstein {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public Milstein withStepSize(double value) {
        return new Milstein(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Milstein withStep(double stepSize) {
        return new Milstein(stepSize);
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
        AcceptedEquations.requireIto("Milstein", sde);
        return new MilsteinStepper(sde, stepSize, true);
    }
}
