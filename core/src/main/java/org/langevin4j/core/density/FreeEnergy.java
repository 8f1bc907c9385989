package org.langevin4j.core.density;

import org.langevin4j.core.sde.Temperature;

/**
 * The free energy of a density relative to the stationary one, F(ρ) = β⁻¹KL(ρ‖ρˢˢ), with its split
 * F = E_ρ[Φ] − β⁻¹H(ρ) where Φ = −β⁻¹ log ρˢˢ (Chaudhari and Soatto 2018, eqs. 5, 10 and 11). With this Φ the paper's
 * constant is zero.
 *
 * @param total F ≥ 0; computed without the cancellation of the two parts
 * @param energetic E_ρ[Φ]
 * @param entropic −β⁻¹H(ρ)
 */
public record FreeEnergy(double total, double energetic, double entropic) {

    /**
     * The free energy of a density.
     *
     * @param density ρ
     * @param steady ρˢˢ, on the same grid
     * @param temperature β⁻¹
     * @return F and its parts
     */
    public static FreeEnergy of(Density density, Density steady, Temperature temperature) {
        double inverseBeta = temperature.value();
        return new FreeEnergy(
                inverseBeta * density.relativeEntropy(steady),
                inverseBeta * density.crossEntropy(steady),
                -inverseBeta * density.entropy());
    }
}
