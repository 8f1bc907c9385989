package org.langevin4j.core.decomposition;

import java.util.Locale;

/**
 * Two eigenvalues of the drift matrix cancel, λᵢ + λⱼ = 0 to rounding, so that F Q + Q Fᵀ = F D − D Fᵀ has no solution
 * or more than one.
 */
public final class ResonanceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient Resonance pair;
    private final double threshold;

    ResonanceException(Resonance pair, double threshold) {
        super(String.format(
                Locale.ROOT,
                "drift matrix must not have eigenvalues that cancel, got λᵢ = %s, λⱼ = %s with |λᵢ + λⱼ| = %.3g (rounding"
                        + " reaches %.3g): F Q + Q Fᵀ = F D − D Fᵀ has no solution or more than one",
                Resonance.text(pair.first()),
                Resonance.text(pair.second()),
                pair.distance(),
                threshold));
        this.pair = pair;
        this.threshold = threshold;
    }

    /**
     * The two eigenvalues.
     *
     * @return λᵢ and λⱼ
     */
    public Resonance pair() {
        return pair;
    }

    /**
     * What |λᵢ + λⱼ| would have to exceed.
     *
     * @return d·2⁻⁵²·‖F‖, the Frobenius norm
     */
    public double threshold() {
        return threshold;
    }
}
