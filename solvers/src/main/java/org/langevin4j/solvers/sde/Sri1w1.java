package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/**
 * Rößler's scheme SRI1W1 (2010, "Runge–Kutta methods for the strong approximation of solutions of stochastic differential
 * equations", SIAM J. Numer. Anal. 48, section 6; SRIW1 in DifferentialEquations.jl) for Itô equations with scalar or diagonal
 * noise, or additive noise of any factor. Four evaluations of B, three of b, no derivative. Strong order 1.5. Two normals for
 * each noise.
 *
 * <p>The weak order is 2 for additive noise and for autonomous linear noise, B(x) = Cx, and 1.5 otherwise: with the tableau's
 * Σβ⁽¹⁾(A⁽¹⁾e)(B⁽¹⁾e) = −½ one step has a term −½h²ξ B″B b in it, whose product with ΔW is of order h^{5/2}, and likewise
 * −½h²ξ B ∂ₜB′ in a driven equation. The stages of B belong to the times t, t + ¼h, t + h, t + ¼h, that of b to t + ¾h.
 *
 * @param stepSize h
 */
public record Sri1w1(double stepSize) implements RoesslerOrders {

    /** Checks the step. */
    public Sri1w1 {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public Sri1w1 withStepSize(double value) {
        return new Sri1w1(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Sri1w1 withStep(double stepSize) {
        return new Sri1w1(stepSize);
    }

    /** 1.5; 2 for additive noise. */
    @Override
    public double weakOrder() {
        return 1.5;
    }

    @Override
    public double weakOrder(Noise noise) {
        return noise == Noise.ADDITIVE ? 2.0 : 1.5;
    }

    @Override
    public Stepper stepper(Sde sde) {
        AcceptedEquations.requireIto("Sri1w1", sde);
        Noise noise = sde.diffusion().noise();
        if (!(noise == Noise.ADDITIVE || noise == Noise.SCALAR || noise == Noise.DIAGONAL)) {
            throw new IllegalArgumentException("Sri1w1 takes additive, scalar or diagonal noise, this one is " + noise
                    + "; use Milstein, or declare DIAGONAL where every entry depends on its own coordinate alone");
        }
        return new SriStepper(sde, stepSize);
    }
}
