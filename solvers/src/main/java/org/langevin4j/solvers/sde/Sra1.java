package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * Rößler's scheme SRA1 (2010, "Runge–Kutta methods for the strong approximation of solutions of stochastic differential
 * equations", SIAM J. Numer. Anal. 48, section 6) for Itô equations with additive noise, which all α-type readings share:
 * x ← x + [⅓b(x) + ⅔b(H)]h + σΔW, H = x + ¾b(x)h + 3/2 σI₍·,₀₎/h. Strong order 1.5, weak order 2. Two normals for each noise.
 * In a driven equation b(H) is taken at t + ¾h, and σΔW is σ(t+h)(ΔW − I₍·,₀₎/h) + σ(t)I₍·,₀₎/h.
 *
 * @param stepSize h
 */
public record Sra1(double stepSize) implements RoesslerOrders {

    /** Checks the step. */
    public Sra1 {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public Sra1 withStepSize(double value) {
        return new Sra1(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Sra1 withStep(double stepSize) {
        return new Sra1(stepSize);
    }

    @Override
    public Stepper stepper(Sde sde) {
        return SraStepper.of("Sra1", sde, stepSize, false);
    }
}
