package org.langevin4j.solvers.markov;

/**
 * The rates of a generator without absorption, column by column. Those from state j have the numbers begin(j) ≤ k &lt;
 * end(j); where the rate of a number is zero there may be no target. Immutable.
 */
abstract class Columns {

    abstract int states();

    /** Pairs of states with a rate. */
    abstract int rateCount();

    abstract int begin(int state);

    abstract int end(int state);

    abstract int target(int state, int k);

    abstract double rate(int state, int k);

    /** Whether that number is a rate. */
    abstract boolean has(int state, int k);

    /** How many of them there are. */
    abstract int countFrom(int state);

    /** The rates from a state, added one by one to a number. */
    double addedFrom(int state, double start) {
        double sum = start;
        for (int k = begin(state); k < end(state); k++) {
            sum += rate(state, k);
        }
        return sum;
    }

    static void requireRate(String what, int from, int to, double rate) {
        if (!(rate >= 0.0 && rate <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(what + (to < 0 ? " of state " : " from state ") + from
                    + (to < 0 ? "" : " to state " + to) + " must be finite and not negative, got " + rate);
        }
    }

    static void requirePair(int states, int from, int to) {
        if (!(from >= 0 && from < states && to >= 0 && to < states && from != to)) {
            throw new IllegalArgumentException(
                    "a rate must lead from one of " + states + " states to another, got from " + from + " to " + to);
        }
    }
}
