package org.langevin4j.solvers.markov;

import org.langevin4j.solvers.NumericalException;

/**
 * The generator has no unique steady state: some set of states cannot be left, in exact arithmetic or because the rates
 * out of it are below the range of {@code double}.
 */
public final class ReducibleGeneratorException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** A state of the second closed set found. */
    private final int state;

    ReducibleGeneratorException(int state) {
        super("the generator is reducible: a second set of states, with state " + state
                + " in it, cannot be left, so the steady state is not unique");
        this.state = state;
    }

    /**
     * A state of the closed set.
     *
     * @return number of the state
     */
    public int state() {
        return state;
    }
}
