package org.langevin4j.core.model;

/**
 * A limit cycle of the drift, the periodic orbit of ẋ = b(x).
 *
 * @param period T, positive and finite
 * @param amplitude largest value of the first coordinate along the cycle
 */
public record DriftCycle(double period, double amplitude) {

    /**
     * Checks the figures.
     *
     * @throws IllegalArgumentException if the period is not positive and finite, or the amplitude not finite
     */
    public DriftCycle {
        if (!(period > 0.0 && period <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("period must be positive and finite, got " + period);
        }
        if (!(Math.abs(amplitude) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("amplitude must be finite, got " + amplitude);
        }
    }
}
