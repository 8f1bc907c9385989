package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;

/** A method of integration with a fixed step: how, not what. Immutable. */
public interface Scheme {

    /**
     * The step.
     *
     * @return h > 0, in the units of time of the equation
     */
    double stepSize();

    /**
     * The order of convergence of single paths, E|X_T − X_T^h| = O(h^γ), for the most general noise it accepts.
     *
     * @return γ
     */
    double strongOrder();

    /**
     * The strong order for a kind of noise; more than {@link #strongOrder()} where the special noise lets a scheme be
     * better than it is in general.
     *
     * @param noise the kind
     * @return γ
     */
    default double strongOrder(Noise noise) {
        return strongOrder();
    }

    /**
     * The order of convergence of expectations, |E g(X_T) − E g(X_T^h)| = O(h^γ).
     *
     * @return γ
     */
    double weakOrder();

    /**
     * The weak order for a kind of noise; more than {@link #weakOrder()} where the special noise lets a scheme be better
     * than it is in general.
     *
     * @param noise the kind
     * @return the order
     */
    default double weakOrder(Noise noise) {
        return weakOrder();
    }

    /**
     * Prepares the scheme for an equation.
     *
     * @param sde the equation
     * @return a stepper for one thread
     * @throws IllegalArgumentException if the scheme cannot do the calculus or the noise of the equation
     */
    Stepper stepper(Sde sde);

    /**
     * The same method with another step, all else as it is: for a last step that is shorter than the others.
     *
     * @param value h > 0
     * @return the changed scheme
     * @throws IllegalArgumentException unless a scheme says otherwise: one whose steps depend on those before cannot change it
     */
    default Scheme withStepSize(double value) {
        throw new IllegalArgumentException(
                "a step of another length needs a scheme with withStepSize, got " + value + " for " + this);
    }

    /**
     * Checks a step size.
     *
     * @param stepSize h
     * @throws IllegalArgumentException if it is not positive and finite
     */
    static void requireStepSize(double stepSize) {
        if (!(stepSize > 0.0 && stepSize <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("stepSize must be positive and finite, got " + stepSize);
        }
    }
}
