package org.langevin4j.solvers.sde;

import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.sde.Sde;

/**
 * The drift-implicit Euler scheme for Itô equations with a stiff drift, y = x + b(y)h + √(2β⁻¹h) B(x)ξ (Kloeden and
 * Platen 1992, section 12.2, with α = 1). For dx = −λx dt + σx dW the mean square shrinks, for every h, wherever that of
 * the equation does.
 *
 * <p>y is found by Newton's method, started at x, to a correction ‖δ‖ ≤ tolerance·(1 + ‖y‖) in the maximum norm; the
 * drift must know its Jacobian ({@link DifferentiableField}). For a drift that is linear or affine by its type one
 * factorisation serves all steps. In a driven equation b(y) is taken at t + h.
 *
 * <p><b>It loses fluctuations.</b> A mode of rate λ has the stationary variance (β⁻¹D/λ)/(1 + λh/2): with hλ ≫ 1 stiff
 * modes are frozen, and what they do to the slow ones is lost too. For U = x²/2 + k(y − x²)²/2 with k = 10⁴, β = 1 and h
 * = 0.002 it gives ⟨x²⟩ = 1.68, the law of a rigid rod, where e^(−βU) has 1. For laws at equilibrium take {@link
 * StochasticTheta} or {@link ImplicitWeak2}.
 *
 * @param stepSize h
 * @param tolerance bound of the last correction, relative and absolute
 * @param maxIterations iterations after which a step fails
 */
public record DriftImplicitEuler(double stepSize, double tolerance, int maxIterations) implements EulerOrders {

    /** Of corrections; Newton's method converges quadratically, so the error is far smaller. */
    public static final double DEFAULT_TOLERANCE = 1e-10;

    /** Enough for any step from which Newton's method converges at all. */
    public static final int DEFAULT_MAX_ITERATIONS = 50;

    /** Checks all. */
    public DriftImplicitEuler {
        Scheme.requireStepSize(stepSize);
        DriftEquation.requireSettings(tolerance, maxIterations);
    }

    @Override
    public DriftImplicitEuler withStepSize(double value) {
        return new DriftImplicitEuler(value, tolerance, maxIterations);
    }

    /**
     * The scheme with a step, tolerance 10⁻¹⁰ and at most 50 iterations.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static DriftImplicitEuler withStep(double stepSize) {
        return new DriftImplicitEuler(stepSize, DEFAULT_TOLERANCE, DEFAULT_MAX_ITERATIONS);
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the equation is not Itô, its drift does not know its Jacobian, or the drift is
     *     affine and I − hA singular
     */
    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireIto("DriftImplicitEuler", sde);
        DriftEquation equation =
                DriftEquation.of("DriftImplicitEuler", sde.drift(), stepSize, tolerance, maxIterations);
        return new ThetaStepper(sde, stepSize, 1.0, equation);
    }
}
