package org.langevin4j.solvers.markov;

import java.util.Arrays;

/** Rates one after the other, and the columns they make. Mutable. */
final class RateList {

    private int[] from = new int[32];
    private int[] to = new int[32];
    private double[] rates = new double[32];
    private int size;

    void add(int source, int target, double rate) {
        if (size == from.length) {
            int capacity = 2 * size;
            from = Arrays.copyOf(from, capacity);
            to = Arrays.copyOf(to, capacity);
            rates = Arrays.copyOf(rates, capacity);
        }
        from[size] = source;
        to[size] = target;
        rates[size] = rate;
        size++;
    }

    int size() {
        return size;
    }

    /** The rates out of each state, in the order in which they came. */
    CompressedColumns columns(int states) {
        int[] starts = new int[states + 1];
        for (int e = 0; e < size; e++) {
            starts[from[e] + 1]++;
        }
        for (int j = 0; j < states; j++) {
            starts[j + 1] += starts[j];
        }
        int[] next = Arrays.copyOf(starts, states);
        int[] targets = new int[size];
        double[] values = new double[size];
        for (int e = 0; e < size; e++) {
            int k = next[from[e]]++;
            targets[k] = to[e];
            values[k] = rates[e];
        }
        return new CompressedColumns(starts, targets, values);
    }
}
