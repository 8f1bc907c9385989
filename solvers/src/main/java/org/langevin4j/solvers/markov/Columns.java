package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * The rates of a {@link Generator} without absorption, column by column. Those from state j have the numbers begin(j) ≤ k &lt;
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

    /** Visits the rates from a state, without what has no target. */
    abstract void forEachFrom(int state, Generator.RateVisitor visitor);

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

    /** The same stored compressed. */
    CompressedColumns compressed() {
        int n = states();
        int[] starts = new int[n + 1];
        int[] targets = new int[rateCount()];
        double[] rates = new double[targets.length];
        int size = 0;
        for (int j = 0; j < n; j++) {
            for (int k = begin(j); k < end(j); k++) {
                if (rate(j, k) != 0.0) {
                    targets[size] = target(j, k);
                    rates[size++] = rate(j, k);
                }
            }
            starts[j + 1] = size;
        }
        return new CompressedColumns(starts, targets, rates);
    }

    /** The rates from j to i as rates from i to j. */
    CompressedColumns transposed() {
        int n = states();
        int[] starts = new int[n + 1];
        for (int j = 0; j < n; j++) {
            forEachFrom(j, (from, to, rate) -> starts[to + 1]++);
        }
        for (int i = 0; i < n; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = Arrays.copyOf(starts, n);
        int[] sources = new int[starts[n]];
        double[] values = new double[starts[n]];
        for (int j = 0; j < n; j++) {
            forEachFrom(j, (from, to, rate) -> {
                int at = next[to]++;
                sources[at] = from;
                values[at] = rate;
            });
        }
        return new CompressedColumns(starts, sources, values);
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
