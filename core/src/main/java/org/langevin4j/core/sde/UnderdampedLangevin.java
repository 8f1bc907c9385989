package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;

/**
 * The underdamped (kinetic) Langevin equation,
 *
 * <pre>dq = M⁻¹p dt,   dp = −∇U(q) dt − γp dt + √(2γβ⁻¹M) dW,</pre>
 *
 * of n degrees of freedom with positions q ∈ ℝⁿ, momenta p ∈ ℝⁿ and a diagonal mass matrix M. Its stationary density is
 * e^(−β(U(q) + pᵀM⁻¹p/2)) (Leimkuhler and Matthews 2013, J. Chem. Phys. 138, 174102).
 *
 * <p>{@link #sde()} gives the same equation in the state x = (q, p) ∈ ℝ²ⁿ, which any scheme takes; schemes that split
 * it find it again by {@link #recognise}.
 */
public final class UnderdampedLangevin {

    private final VectorField gradient;
    private final double[] mass;
    private final double friction;
    private final Temperature temperature;
    private final Sde sde;

    private UnderdampedLangevin(VectorField gradient, double[] mass, double friction, Temperature temperature) {
        this.gradient = Objects.requireNonNull(gradient, "gradient");
        this.temperature = Objects.requireNonNull(temperature, "temperature");
        if (!(mass.length > 0)) {
            throw new IllegalArgumentException("degreesOfFreedom must be positive, got " + mass.length);
        }
        for (int i = 0; i < mass.length; i++) {
            if (!(mass[i] > 0.0 && mass[i] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("mass must be positive and finite, got m[" + i + "] = " + mass[i]);
            }
        }
        if (!(friction > 0.0 && friction <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("friction must be positive and finite, got " + friction);
        }
        this.mass = mass;
        this.friction = friction;
        int n = mass.length;
        double[] entries = new double[2 * n];
        for (int i = 0; i < n; i++) {
            entries[n + i] = friction * mass[i];
        }
        this.sde = Sde.ito(new PhaseSpaceDrift(this), Diffusion.diagonal(entries), temperature);
    }

    /**
     * The equation of unit masses in a potential.
     *
     * @param degreesOfFreedom n ≥ 1
     * @param potential U: ℝⁿ → ℝ
     * @param friction γ > 0, a rate
     * @param temperature β⁻¹
     * @return the equation
     */
    public static UnderdampedLangevin of(
            int degreesOfFreedom, Potential potential, double friction, Temperature temperature) {
        Objects.requireNonNull(potential, "potential");
        return ofGradient(degreesOfFreedom, potential::gradient, friction, temperature);
    }

    /**
     * The equation of unit masses under a force given by ∇U, which may have a block form.
     *
     * @param degreesOfFreedom n ≥ 1
     * @param gradient ∇U: ℝⁿ → ℝⁿ
     * @param friction γ > 0, a rate
     * @param temperature β⁻¹
     * @return the equation
     */
    public static UnderdampedLangevin ofGradient(
            int degreesOfFreedom, VectorField gradient, double friction, Temperature temperature) {
        if (!(degreesOfFreedom > 0)) {
            throw new IllegalArgumentException("degreesOfFreedom must be positive, got " + degreesOfFreedom);
        }
        double[] mass = new double[degreesOfFreedom];
        Arrays.fill(mass, 1.0);
        return new UnderdampedLangevin(gradient, mass, friction, temperature);
    }

    /**
     * The same equation with other masses.
     *
     * @param masses diagonal of M, all positive: one for each degree of freedom, or a single one for all
     * @return the changed equation
     */
    public UnderdampedLangevin withMass(double... masses) {
        double[] all = masses.clone();
        if (masses.length == 1) {
            all = new double[mass.length];
            Arrays.fill(all, masses[0]);
        }
        if (all.length != mass.length) {
            throw new IllegalArgumentException(
                    "masses must have length 1 or " + mass.length + ", got " + masses.length);
        }
        return new UnderdampedLangevin(gradient, all, friction, temperature);
    }

    /**
     * The underdamped equation behind an equation in (q, p).
     *
     * @param sde any equation
     * @return the equation whose {@link #sde()} it is, or empty if there is none
     */
    public static Optional<UnderdampedLangevin> recognise(Sde sde) {
        return sde.drift() instanceof PhaseSpaceDrift drift && drift.equation.sde.equals(sde)
                ? Optional.of(drift.equation)
                : Optional.empty();
    }

    /**
     * The number of degrees of freedom.
     *
     * @return n; the state has dimension 2n
     */
    public int degreesOfFreedom() {
        return mass.length;
    }

    /**
     * The gradient of the potential.
     *
     * @return ∇U: ℝⁿ → ℝⁿ
     */
    public VectorField gradient() {
        return gradient;
    }

    /**
     * A mass.
     *
     * @param i degree of freedom
     * @return Mᵢᵢ
     */
    public double mass(int i) {
        return mass[i];
    }

    /**
     * The friction.
     *
     * @return γ, a rate
     */
    public double friction() {
        return friction;
    }

    /**
     * The temperature.
     *
     * @return β⁻¹
     */
    public Temperature temperature() {
        return temperature;
    }

    /**
     * The equation in x = (q, p): drift (M⁻¹p, −∇U − γp) and D = diag(0, γM). The noise is additive, so every reading
     * but the A-type is the same.
     *
     * @return the Itô equation of dimension 2n
     */
    public Sde sde() {
        return sde;
    }

    private static final class PhaseSpaceDrift implements VectorField {

        private final UnderdampedLangevin equation;

        PhaseSpaceDrift(UnderdampedLangevin equation) {
            this.equation = equation;
        }

        @Override
        public void at(double[] x, double[] out) {
            int n = equation.mass.length;
            double[] force = new double[n];
            equation.gradient.at(Arrays.copyOf(x, n), force);
            for (int i = 0; i < n; i++) {
                out[i] = x[n + i] / equation.mass[i];
                out[n + i] = -force[i] - equation.friction * x[n + i];
            }
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            int n = equation.mass.length;
            double[][] positions = Arrays.copyOf(x, n);
            double[][] force = Arrays.copyOfRange(out, n, 2 * n);
            equation.gradient.atBlock(positions, paths, force);
            for (int i = 0; i < n; i++) {
                double m = equation.mass[i];
                double[] momentum = x[n + i];
                double[] velocity = out[i];
                double[] change = out[n + i];
                for (int p = 0; p < paths; p++) {
                    velocity[p] = momentum[p] / m;
                    change[p] = -change[p] - equation.friction * momentum[p];
                }
            }
        }
    }

    @Override
    public String toString() {
        return "underdamped Langevin equation, " + sde.dimension() / 2 + " positions and momenta";
    }
}
