package org.langevin4j.solvers.markov;

import org.langevin4j.solvers.NumericalException;

/**
 * The generator has no unique steady state: some set of states cannot be left, in exact arithmetic or because the rates
 * out of it are below the range of {@code double}; the message says which.
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

    /** For one closed class by its rates, which elimination does not find: they underflow. */
    static ReducibleGeneratorException beyondRange(int state) {
        return new ReducibleGeneratorException(
                state,
                "the steady state is unique, but not to be found in double: the set of states with state " + state
                        + " in it is left at a rate below the range of double (1e-308), or has a probability below it");
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
