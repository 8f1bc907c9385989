package org.langevin4j.solvers.path;

import java.util.Locale;

/**
 * A most likely way out of a well that is driven periodically, and the rate of leaving by it; see {@link DrivenMinimumAction}.
 *
 * @param path x, p and the action at the times of the driving, from long before to long after the climb
 * @param period T of the driving
 * @param logFactor ln c of the rate c·e^(−βS)/(T√(2πβ)), exact for β → ∞
 * @param logFactorError by how much it still changes along the end of the path
 * @param modulation by how much the action of the least likely phase is above that of this path, 0 where it was not found
 */
public record DrivenTransition(
        TransitionPath path, double period, double logFactor, double logFactorError, double modulation) {

    /**
     * The action.
     *
     * @return S; transitions are as rare as e^(−βS)
     */
    public double action() {
        return path.action();
    }

    /**
     * The rate of leaving, averaged over a period, as a formula for low noise.
     *
     * @param beta β, positive
     * @return c·e^(−βS)/(T√(2πβ)) per unit of time
     * @throws IllegalArgumentException if β is not positive and finite
     */
    public double rate(double beta) {
        if (!(beta > 0.0 && beta <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("beta must be positive and finite, got " + beta);
        }
        return Math.exp(logFactor - beta * action()) / (period * Math.sqrt(2.0 * Math.PI * beta));
    }

    /**
     * When the path is half way: where it has spent half of its action.
     *
     * @return a time, of which the phase of the driving is the remainder of T
     */
    public double timeOfClimb() {
        int k = 1;
        while (path.action(k) < 0.5 * action()) {
            k++;
        }
        double before = path.action(k - 1);
        double part = (0.5 * action() - before) / (path.action(k) - before);
        return path.time(k - 1) + part * (path.time(k) - path.time(k - 1));
    }

    /**
     * Whether the formula may be believed.
     *
     * @param beta β
     * @return the smaller of βS and β times the modulation, of which the relative error is of the order of the inverse
     */
    public double largeness(double beta) {
        return beta * Math.min(action(), modulation);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "way out at action %.6g (%.6g above it at the least likely phase), at phase %.4g of the period %.6g",
                action(),
                modulation,
                timeOfClimb() / period - Math.floor(timeOfClimb() / period),
                period);
    }
}
