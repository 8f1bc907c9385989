package org.langevin4j.core.sde;

import org.langevin4j.core.random.Mark;

/** A sudden change of the state, x⁺ = x + c(x, mark). Must be thread-safe, and draw its chance from the mark alone. */
@FunctionalInterface
public interface StateMap {

    /**
     * Changes a state.
     *
     * @param x the state before, length d; replaced by the state after
     * @param mark the time of the event and its random numbers
     */
    void apply(double[] x, Mark mark);
}
