package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Sde;

/**
 * The scheme of Euler and Maruyama for any α-type reading of the noise, α ∈ [0, 1], through the exact Itô equation:
 * x ← x + [b + 2αβ⁻¹ Σⱼₖ Bⱼₖ ∂ⱼBᵢₖ]h + √(2β⁻¹h) Bξ, everything at the start of the step. Strong order ½ (1 if additive), weak
 * order 1, for every kind of noise whose factor has a known derivative.
 *
 * @param stepSize h
 */
public record AlphaEuler(double stepSize) implements EulerOrders {

    /** Checks the step. */
    public AlphaEuler {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public AlphaEuler withStepSize(double value) {
        return new AlphaEuler(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static AlphaEuler withStep(double stepSize) {
        return new AlphaEuler(stepSize);
    }

    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requirePlain("AlphaEuler", sde);
        if (!(sde.calculus() instanceof Calculus.Alpha)) {
            throw new IllegalArgumentException(
                    "AlphaEuler solves α-type equations, this one is " + sde.calculus() + "; use ATypeEuler");
        }
        return EulerMaruyama.withStep(stepSize).stepper(sde.toIto());
    }
}
