package org.langevin4j.solvers.markov;

import org.langevin4j.solvers.NumericalException;

/** From some states no target can be reached: the mean time is infinite. */
public class UnreachableTargetException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** How many states there are. */
    private final int states;

    /** One of them. */
    private final int state;

    /**
     * Says from where no target can be reached.
     *
     * @param states how many states have no way to a target
     * @param state one of them
     * @param from which these are, for a message
     */
    public UnreachableTargetException(int states, int state, String from) {
        super("no target can be reached from " + from + ": the mean first-passage time is infinite");
        this.states = states;
        this.state = state;
    }

    /**
     * The number of states without a way to a target.
     *
     * @return count
     */
    public final int states() {
        return states;
    }

    /**
     * One of these states.
     *
     * @return its number
     */
    public final int state() {
        return state;
    }
}
