package org.langevin4j.solvers.markov;

import org.langevin4j.solvers.NumericalException;

/**
 * The generator has no unique steady state: some set of states cannot be left, by its rates or, in an operator with
 * negative rates, since these cancel the others; the message says which.
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

    private ReducibleGeneratorException(int state, String message) {
        super(message);
        this.state = state;
    }

    /** For one closed class by its positive rates, whose outflow negative rates cancel. */
    static ReducibleGeneratorException cancelled(int state) {
        return new ReducibleGeneratorException(
                state,
                "the steady state is not to be found: negative rates cancel the outflow of the set of states with state "
                        + state + " in it");
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
