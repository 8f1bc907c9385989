package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * The splitting BAOAB of the underdamped Langevin equation (Leimkuhler and Matthews 2013, Appl. Math. Res. Express 2013,
 * 34): with c = e^(−γh),
 *
 * <pre>
 * p ← p − (h/2)∇U(q),   q ← q + (h/2)M⁻¹p,   p ← cp + √(β⁻¹M(1 − c²)) ξ,
 * q ← q + (h/2)M⁻¹p,   p ← p − (h/2)∇U(q).
 * </pre>
 *
 * One gradient a step, n normals: fewer where γᵢ = 0. Frictions and temperatures of each coordinate take the place of γ
 * and β⁻¹. A friction γ(q) is taken at the q of the middle; a friction matrix by the midpoint rule, which keeps the law of
 * p as well. Of a driven equation the first kick is that of the time t, the last of t + h, and the bath that of t + h/2.
 *
 * <p>Weak order 2, also of the stationary law; configurational averages have order 4 in the
 * limit of high friction. For the harmonic oscillator (M = γ = β = 1) ⟨q²⟩ = 1 is exact and ⟨p²⟩ = 1 − h²/4; it is
 * stable for h &lt; 2/ω.
 *
 * @param stepSize h
 */
public record Baoab(double stepSize) implements Scheme {

    /** Checks the step. */
    public Baoab {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public Baoab withStepSize(double value) {
        return new Baoab(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Baoab withStep(double stepSize) {
        return new Baoab(stepSize);
    }

    /** 1: the normals are those of the exact flow of O, not increments of W, which costs no more than O(h). */
    @Override
    public double strongOrder() {
        return 1.0;
    }

    @Override
    public double weakOrder() {
        return 2.0;
    }

    /**
     * Prepares the scheme.
     *
     * @throws IllegalArgumentException if the equation is not one of {@link
     *     org.langevin4j.core.sde.UnderdampedLangevin#sde()}, as it is or at one time
     */
    @Override
    public Stepper stepper(Sde sde) {
        LangevinSplitting parts = LangevinSplitting.of("Baoab", sde);
        double h = stepSize;
        return new Stepper() {
            @Override
            public int noises() {
                return parts.noises();
            }

            /** The normal of the thermostat is that of its exact law, not an increment. */
            @Override
            public boolean followsPath(int components) {
                return false;
            }

            @Override
            public void step(double t, double[][] x, int paths, double[][] xi) {
                parts.kick(x, paths, h / 2, t);
                parts.drift(x, paths, h / 2);
                parts.thermostat(x, paths, h, xi, 0, t + h / 2);
                parts.drift(x, paths, h / 2);
                parts.kick(x, paths, h / 2, LangevinSplitting.end(t, h));
            }
        };
    }
}
