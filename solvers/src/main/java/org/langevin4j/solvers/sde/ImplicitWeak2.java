package org.langevin4j.solvers.sde;

import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * Platen's drift-implicit scheme of weak order 2 for Itô equations with a stiff drift and any noise (Kloeden and Platen 1992,
 * section 15.4): {@link PlatenWeak2} with a(y) of the new state y in place of a(Υ),
 *
 * <pre>y = x + ½(a(x) + a(y))h + the noise of {@link PlatenWeak2}.</pre>
 *
 * For additive noise it is {@link StochasticTheta} with θ = ½, except that noise that depends on time is ½(σ(t) + σ(t+h))ΔW:
 * linear equations keep their stationary covariance at every step, stiff modes and all, and the limits stated there hold here
 * too. For dx = −λx dt + σx dW, z = hλ and s = hσ², a step multiplies the mean square by
 * ((1 − z/2)²(1 + s) + s²/2)/(1 + z/2)², which is below 1 only while s(1 − z/2)² + s²/2 &lt; 2z: where the noise of a stiff mode is
 * proportional to it, {@link DriftImplicitEuler} or {@link SkRock} is the stable choice.
 *
 * <p>y is found as in {@link DriftImplicitEuler}, normals are those of {@link PlatenWeak2}.
 *
 * @param stepSize h
 * @param tolerance bound of the last correction, relative and absolute
 * @param maxIterations iterations after which a step fails
 */
public record ImplicitWeak2(double stepSize, double tolerance, int maxIterations) implements Scheme {

    /** Checks all. */
    public ImplicitWeak2 {
        Scheme.requireStepSize(stepSize);
        DriftEquation.requireSettings(tolerance, maxIterations);
    }

    @Override
    public ImplicitWeak2 withStepSize(double value) {
        return new ImplicitWeak2(value, tolerance, maxIterations);
    }

    /**
     * The scheme with a step, tolerance 10⁻¹⁰ and at most 50 iterations.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static ImplicitWeak2 withStep(double stepSize) {
        return new ImplicitWeak2(
                stepSize, DriftImplicitEuler.DEFAULT_TOLERANCE, DriftImplicitEuler.DEFAULT_MAX_ITERATIONS);
    }

    /** ½; 1 for one noise, or additive noise. */
    @Override
    public double strongOrder() {
        return 0.5;
    }

    @Override
    public double strongOrder(Noise noise) {
        return noise == Noise.ADDITIVE || noise == Noise.SCALAR ? 1.0 : 0.5;
    }

    @Override
    public double weakOrder() {
        return 2.0;
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the equation is not Itô, its drift is no {@link DifferentiableField}, or the
     *     drift is affine and I − ½hA singular
     */
    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireIto("ImplicitWeak2", sde);
        DriftEquation equation =
                DriftEquation.of("ImplicitWeak2", sde.drift(), 0.5 * stepSize, tolerance, maxIterations);
        return new PlatenStepper(sde, stepSize, equation);
    }
}
