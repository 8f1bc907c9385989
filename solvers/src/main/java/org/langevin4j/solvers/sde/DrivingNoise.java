package org.langevin4j.solvers.sde;

/**
 * What a step sees of the Brownian motion of each path of a block, over one step of length h, without units: the numbers
 * of a {@link org.langevin4j.core.random.BrownianPath}, or numbers of the same law made from raw standard normals.
 *
 * <p>The arrays belong to the noise and are not modified.
 */
public interface DrivingNoise {

    /** How much of it a step asks for. */
    enum Detail {
        /** Increments alone. */
        INCREMENTS,
        /** Increments and time areas. */
        TIME_AREAS,
        /** Increments and Lévy areas. */
        LEVY_AREAS
    }

    /**
     * The normalised increments ξₖ = ΔWₖ/√h, independent standard normals.
     *
     * @return {@code xi[k][p]}, k &lt; m
     */
    double[][] increments();

    /**
     * The normalised space-time Lévy areas ζₖ = √(12/h)·[(1/h)∫(W_s − W_0)ds − ½ΔW], standard normals independent of the
     * increments: ∫(Wₖ(s) − Wₖ(0))ds = I₍ₖ,₀₎ = ½h^{3/2}(ξₖ + ζₖ/√3) (Kloeden and Platen 1992, eq. 10.4.3).
     *
     * @return {@code zeta[k][p]}, k &lt; m
     */
    double[][] timeAreas();

    /**
     * The normalised Lévy areas aⱼₖ = (1/2h)∫(WʲdWᵏ − WᵏdWʲ) for j &lt; k: I₍ⱼ,ₖ₎ = h·(½(ξⱼξₖ − δⱼₖ) + aⱼₖ), aₖⱼ = −aⱼₖ.
     *
     * @return {@code area[pair][p]} with the pairs in the order (0,1), (0,2) … (0,m−1), (1,2) …
     */
    double[][] levyAreas();
}
