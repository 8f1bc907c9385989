package org.langevin4j.core.statistics;

/**
 * A peak of a power spectrum, S(ω) ≈ height·γ²/((ω − ω₀)² + γ²) around it, the line of an oscillation e^(−γτ)cos ω₀τ.
 *
 * @param frequency ω₀, radians per unit of time
 * @param frequencyError its standard error
 * @param halfWidth γ, half the width at half of the height, of the window's line included; it means little unless it is well
 *     above the resolution
 * @param halfWidthError its standard error
 * @param height S(ω₀)
 * @param resolution distance of two frequencies of the spectrum
 */
public record SpectralPeak(
        double frequency,
        double frequencyError,
        double halfWidth,
        double halfWidthError,
        double height,
        double resolution) {

    /**
     * The quality factor: π times the number of turns in which correlations decay by a factor e.
     *
     * @return ω₀/(2γ)
     */
    public double quality() {
        return frequency / (2.0 * halfWidth);
    }

    /**
     * The standard error of the quality factor.
     *
     * @return by linear propagation
     */
    public double qualityError() {
        return quality() * Math.hypot(frequencyError / frequency, halfWidthError / halfWidth);
    }
}
