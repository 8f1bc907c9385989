package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * Rößler's scheme SRA3 (2010, "Runge–Kutta methods for the strong approximation of solutions of stochastic differential
 * equations", SIAM J. Numer. Anal. 48, section 6) for Itô equations with additive noise, which all α-type readings share:
 * x ← x + [1/6 b(x) + 1/6 b(H₂) + ⅔b(H₃)]h + σΔW, H₂ = x + b(x)h, H₃ = x + ¼[b(x) + b(H₂)]h + 3/2 σI₍·,₀₎/h. Strong order
 * 1.5, weak order 2, order 3 without noise. Two normals for each noise. In a driven equation b(H₂) is taken at t + h, b(H₃) at
 * t + ½h, and σ as in {@link Sra1}.
 *
 * @param stepSize h
 */
public record Sra3(double stepSize) implements RoesslerOrders {

    /** Checks the step. */
    public Sra3 {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public Sra3 withStepSize(double value) {
        return new Sra3(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Sra3 withStep(double stepSize) {
        return new Sra3(stepSize);
    }

    @Override
    public Stepper stepper(Sde sde) {
        return SraStepper.of("Sra3", sde, stepSize, true);
    }
}
