package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * The tamed Euler scheme for Itô equations whose drift grows faster than linearly,
 *
 * <pre>x ← x + b(x)h / (1 + h‖b(x)‖) + √(2β⁻¹h) B(x)ξ</pre>
 *
 * with the Euclidean norm (Hutzenthaler, Jentzen and Kloeden 2012, Ann. Appl. Probab. 22, 1611). No step of the
 * drift is longer than 1, so that moments stay bounded where those of Euler–Maruyama diverge; the strong order holds for
 * a one-sided Lipschitz drift of polynomial growth and a globally Lipschitz B.
 *
 * @param stepSize h
 */
public record TamedEuler(double stepSize) implements EulerOrders {

    /** Checks the step. */
    public TamedEuler {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public TamedEuler withStepSize(double value) {
        return new TamedEuler(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static TamedEuler withStep(double stepSize) {
        return new TamedEuler(stepSize);
    }

    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireIto("TamedEuler", sde);
        return new EulerStepper(sde, stepSize, true);
    }
}
