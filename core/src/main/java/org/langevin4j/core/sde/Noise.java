package org.langevin4j.core.sde;

/**
 * What is known of the noise term B(x) dW, from the most special to the general. It decides which iterated integrals
 * ∫∫ dWʲ dWᵏ a scheme needs for a strong order above ½ (Kloeden and Platen 1992, sections 10.3 and 11.1).
 */
public enum Noise {
    /** B does not depend on the state. */
    ADDITIVE,

    /** One noise, m = 1; B is a column that may depend on all coordinates. */
    SCALAR,

    /** m = d, B is diagonal and Bᵢᵢ depends on xᵢ alone. A diagonal D(x) whose entries mix coordinates is GENERAL. */
    DIAGONAL,

    /** Σₗ Bₗⱼ ∂ₗBᵢₖ = Σₗ Bₗₖ ∂ₗBᵢⱼ for all i, j, k (Kloeden and Platen 1992, section 10.3): no Lévy area is needed. */
    COMMUTATIVE,

    /** Nothing is known. */
    GENERAL;

    /**
     * Whether the commutativity condition holds.
     *
     * @return true for all but {@link #GENERAL}
     */
    public boolean commutes() {
        return this != GENERAL;
    }
}
