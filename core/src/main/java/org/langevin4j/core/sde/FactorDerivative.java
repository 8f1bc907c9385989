package org.langevin4j.core.sde;

/** The derivative of the factor B(x) of a diffusion along a direction. */
@FunctionalInterface
public interface FactorDerivative {

    /**
     * Computes (∂ᵥB)ξ, component i is Σₗₖ vₗ ∂ₗBᵢₖ(x) ξₖ. With v = B eⱼ and ξ = eₖ it is Lʲbᵏ, the coefficient of the
     * iterated integral I₍ⱼ,ₖ₎ in Milstein's scheme (Kloeden and Platen 1992, section 10.3).
     *
     * @param x state, length d; not modified
     * @param v direction, length d; not modified
     * @param xi length m; not modified
     * @param out receives the d components; must not be one of the other arrays
     */
    void at(double[] x, double[] v, double[] xi, double[] out);
}
