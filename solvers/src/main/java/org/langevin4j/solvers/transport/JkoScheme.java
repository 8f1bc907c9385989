package org.langevin4j.solvers.transport;

import org.langevin4j.core.density.Density;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The scheme ρₖ₊₁ = argmin W₂²(ρₖ, ρ)/(2τ) + F(ρ) of Jordan, Kinderlehrer and Otto (1998) with F(ρ) = E_ρ[Φ] − β⁻¹H(ρ). As
 * τ → 0 it follows the Fokker–Planck equation with drift b = −D∇Φ and the constant, diagonal diffusion D of which W₂ has the
 * metric: the cost is Σᵢ (xᵢ − yᵢ)²/Dᵢ. See the package page for what is outside of its reach.
 */
public sealed interface JkoScheme permits QuantileJko, EntropicJko {

    /**
     * The scheme from a given density.
     *
     * @param start ρ₀, of mass 1
     * @param stepSize τ > 0
     * @param steps number of steps, at least 1
     * @return all steps + 1 densities
     * @throws IllegalArgumentException if an argument is out of range
     * @throws ConvergenceException if the minimum of a step is not found
     */
    JkoFlow evolve(Density start, double stepSize, int steps);

    /** Checks what every scheme asks for. */
    static void require(Density start, double stepSize, int steps) {
        Sinkhorn.requirePositive("stepSize", stepSize);
        if (!(steps > 0)) {
            throw new IllegalArgumentException("steps must be positive, got " + steps);
        }
        double mass = start.mass();
        if (!(Math.abs(mass - 1.0) <= 1e-9)) {
            throw new IllegalArgumentException("start must have mass 1, got " + mass);
        }
    }
}
