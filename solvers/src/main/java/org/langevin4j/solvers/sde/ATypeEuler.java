package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Sde;

/**
 * The A-type integrator: x ← x + [−(D+Q)∇Φ + β⁻¹∇·(D+Q)]h + √(2β⁻¹h) Bξ, everything at the start of the step. It takes
 * equations in the A-type reading, such as those of a decomposition (Φ, D, Q), and ends at ρˢˢ ∝ e^(−βΦ) as h → 0
 * (Chaudhari and Soatto 2018, eqs. 18 and 19).
 *
 * @param stepSize h
 */
public record ATypeEuler(double stepSize) implements EulerOrders {

    /** Checks the step. */
    public ATypeEuler {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public ATypeEuler withStepSize(double value) {
        return new ATypeEuler(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static ATypeEuler withStep(double stepSize) {
        return new ATypeEuler(stepSize);
    }

    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requirePlain("ATypeEuler", sde);
        if (!(sde.calculus() instanceof Calculus.AType)) {
            throw new IllegalArgumentException(
                    "ATypeEuler solves A-type equations, this one is " + sde.calculus() + "; use EulerMaruyama");
        }
        return EulerMaruyama.withStep(stepSize).stepper(sde.toIto());
    }
}
