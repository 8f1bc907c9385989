package org.langevin4j.solvers.transport;

import org.langevin4j.core.density.Density;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;

/**
 * The functional of Jordan, Kinderlehrer and Otto, F(ρ) = E_ρ[Φ] − β⁻¹H(ρ) (Chaudhari and Soatto 2018, Corollary 8). It is
 * β⁻¹KL(ρ‖ρˢˢ) − β⁻¹ log Z with ρˢˢ = e^(−βΦ)/Z, so that its least value is −β⁻¹ log Z.
 *
 * @param energetic E_ρ[Φ]
 * @param entropic −β⁻¹H(ρ)
 */
public record JkoFunctional(double energetic, double entropic) {

    /**
     * The functional of a density, with Φ taken at the centres of the cells.
     *
     * @param density ρ
     * @param potential Φ
     * @param temperature β⁻¹
     * @return F in its two parts
     */
    public static JkoFunctional of(Density density, ScalarField potential, Temperature temperature) {
        temperature.requireConstant("JkoFunctional");
        return new JkoFunctional(density.expectation(potential), -temperature.value() * density.entropy());
    }

    /**
     * The sum of the parts.
     *
     * @return F
     */
    public double total() {
        return energetic + entropic;
    }
}
