package org.langevin4j.solvers.sde;

import org.langevin4j.core.field.DelayedField;
import org.langevin4j.core.sde.Sde;

/**
 * The scheme of Euler and Maruyama (1955) for Itô equations: x ← x + b(x)h + √(2β⁻¹h) B(x)ξ.
 *
 * <p>It also takes a drift with a delay, b(t, x(t), x(t − τ)) ({@link org.langevin4j.core.field.VectorField#delayed}), where τ
 * is a whole number of steps, with the same orders (Küchler and Platen 2000, Math. Comput. Simulation 54, 189).
 *
 * @param stepSize h
 */
public record EulerMaruyama(double stepSize) implements EulerOrders {

    /** Checks the step. */
    public EulerMaruyama {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public EulerMaruyama withStepSize(double value) {
        return new EulerMaruyama(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static EulerMaruyama withStep(double stepSize) {
        return new EulerMaruyama(stepSize);
    }

    @Override
    public Stepper stepper(Sde sde) {
        if (sde.drift() instanceof DelayedField delayed) {
            sde.requireContinuous("EulerMaruyama");
            AcceptedEquations.requireItoReading("EulerMaruyama", sde);
            return new DelayStepper(sde, delayed, stepSize);
        }
        AcceptedEquations.requireIto("EulerMaruyama", sde);
        return new EulerStepper(sde, stepSize, false);
    }
}
