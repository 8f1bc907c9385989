package org.langevin4j.solvers.sde;

import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * The stochastic theta method for Itô equations with a stiff drift (Higham 2000, SIAM J. Numer. Anal. 38, 753; the family of
 * implicit Euler schemes of Kloeden and Platen 1992, eq. 12.2.2),
 *
 * <pre>y = x + [(1 − θ)b(x) + θb(y)]h + √(2β⁻¹h) B(x)ξ.</pre>
 *
 * θ = 1 is {@link DriftImplicitEuler}. With θ = ½, the trapezoidal rule for the drift, a linear equation with additive noise,
 * dx = Ax dt + σ dW, has its own stationary covariance at every step, stiff modes and all: (I − ½hA)Σ(I − ½hA)ᵀ = (I +
 * ½hA)Σ(I + ½hA)ᵀ + hσσᵀ is Lyapunov's equation. Larger θ lose fluctuations: the variance of a mode of rate λ is
 * divided by 1 + (2θ − 1)hλ/2. In a driven equation b(y) is taken at t + h.
 *
 * <p><b>Limits at θ = ½.</b> A stiff mode is multiplied by (1 − hλ/2)/(1 + hλ/2) ≈ −1 a step: its law is right, but a start away
 * from equilibrium and correlations in time decay like (−1)ⁿ e^(−4n/(hλ)), not like e^(−λnh). If the drift is not linear the
 * stationary law is right up to an error that must be found by halving h, and a step may be too long for Newton's method, or for
 * moments to stay finite. For U = x²/2 + k(y − x²)²/2, k = 10⁴, β = 1, ⟨x²⟩ was 1.048 ± 0.026 at h = 0.002, 20 times the
 * step up to which an explicit scheme is stable, and 1.035 ± 0.025 at h = 0.0005, for 1; h = 0.01 is too long.
 *
 * <p>y is found as in {@link DriftImplicitEuler}.
 *
 * @param stepSize h
 * @param theta θ ∈ [½, 1]
 * @param tolerance bound of the last correction, relative and absolute
 * @param maxIterations iterations after which a step fails
 */
public record StochasticTheta(double stepSize, double theta, double tolerance, int maxIterations)
        implements EulerOrders {

    /** Checks all. */
    public StochasticTheta {
        Scheme.requireStepSize(stepSize);
        if (!(theta >= 0.5 && theta <= 1.0)) {
            throw new IllegalArgumentException("theta must be in [0.5, 1], got " + theta);
        }
        DriftEquation.requireSettings(tolerance, maxIterations);
    }

    @Override
    public StochasticTheta withStepSize(double value) {
        return new StochasticTheta(value, theta, tolerance, maxIterations);
    }

    /**
     * The scheme with θ = ½, tolerance 10⁻¹⁰ and at most 50 iterations.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static StochasticTheta withStep(double stepSize) {
        return withTheta(stepSize, 0.5);
    }

    /**
     * The scheme with another θ.
     *
     * @param stepSize h > 0
     * @param theta θ ∈ [½, 1]
     * @return the scheme
     */
    public static StochasticTheta withTheta(double stepSize, double theta) {
        return new StochasticTheta(
                stepSize, theta, DriftImplicitEuler.DEFAULT_TOLERANCE, DriftImplicitEuler.DEFAULT_MAX_ITERATIONS);
    }

    /** 1; 2 for additive noise that does not depend on time and θ = ½. */
    @Override
    public double weakOrder(Noise noise) {
        return noise == Noise.ADDITIVE && theta == 0.5 ? 2.0 : 1.0;
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the equation is not Itô, its drift is no {@link DifferentiableField}, or the
     *     drift is affine and I − θhA singular
     */
    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireIto("StochasticTheta", sde);
        DriftEquation equation =
                DriftEquation.of("StochasticTheta", sde.drift(), theta * stepSize, tolerance, maxIterations);
        return new ThetaStepper(sde, stepSize, theta, equation);
    }
}
