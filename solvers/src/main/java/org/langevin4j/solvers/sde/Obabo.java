package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Sde;

/**
 * The splitting OBABO of the underdamped Langevin equation (Bussi and Parrinello 2007, Phys. Rev. E 75, 056707;
 * Leimkuhler and Matthews 2013, Appl. Math. Res. Express 2013, 34): with c = e^(−γh/2),
 *
 * <pre>
 * p ← cp + √(β⁻¹M(1 − c²)) ξ₁,   p ← p − (h/2)∇U(q),   q ← q + hM⁻¹p,
 * p ← p − (h/2)∇U(q),   p ← cp + √(β⁻¹M(1 − c²)) ξ₂.
 * </pre>
 *
 * One gradient a step, 2n normals: fewer where γᵢ = 0. Frictions and temperatures of each coordinate take the place of γ
 * and β⁻¹, a friction matrix is taken by the midpoint rule. Of a driven equation the first two parts are those of the time
 * t, the last two of t + h.
 *
 * <p>Weak order 2, also of the stationary law. Between the two thermostats lies a step of
 * velocity Verlet. {@link Baoab} gives the better averages of q.
 *
 * @param stepSize h
 */
public record Obabo(double stepSize) implements Scheme {

    /** Checks the step. */
    public Obabo {
        Scheme.requireStepSize(stepSize);
    }

    @Override
    public Obabo withStepSize(double value) {
        return new Obabo(value);
    }

    /**
     * The scheme with a step.
     *
     * @param stepSize h > 0
     * @return the scheme
     */
    public static Obabo withStep(double stepSize) {
        return new Obabo(stepSize);
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
        LangevinSplitting parts = LangevinSplitting.of("Obabo", sde);
        double h = stepSize;
        return new Stepper() {
            @Override
            public int noises() {
                return 2 * parts.noises();
            }

            /** The normals of the thermostat are those of its exact law, not increments. */
            @Override
            public boolean followsPath(int components) {
                return false;
            }

            @Override
            public void step(double t, double[][] x, int paths, double[][] xi) {
                double end = LangevinSplitting.end(t, h);
                parts.thermostat(x, paths, h / 2, xi, 0, t);
                parts.kick(x, paths, h / 2, t);
                parts.drift(x, paths, h);
                parts.kick(x, paths, h / 2, end);
                parts.thermostat(x, paths, h / 2, xi, parts.noises(), end);
            }
        };
    }
}
