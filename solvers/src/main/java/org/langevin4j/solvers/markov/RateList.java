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
    Columns columns(int states) {
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
        return new Columns(starts, targets, values);
    }

    /** Column j has the entries starts[j] … starts[j + 1] − 1. */
    static final class Columns {

        final int[] starts;
        final int[] targets;
        final double[] rates;

        Columns(int[] starts, int[] targets, double[] rates) {
            this.starts = starts;
            this.targets = targets;
            this.rates = rates;
        }

        boolean hasNegativeRates() {
            return Arrays.stream(rates).anyMatch(rate -> rate < 0.0);
        }

        /** One entry a pair, so that only those count as negative whose sum is. */
        Columns merged() {
            int states = starts.length - 1;
            int[] ends = new int[states + 1];
            int[] kept = new int[targets.length];
            double[] sums = new double[targets.length];
            int count = 0;
            for (int j = 0; j < states; j++) {
                int first = count;
                for (int k = starts[j]; k < starts[j + 1]; k++) {
                    int at = first;
                    while (at < count && kept[at] != targets[k]) {
                        at++;
                    }
                    kept[at] = targets[k];
                    sums[at] += rates[k];
                    count = Math.max(count, at + 1);
                }
                ends[j + 1] = count;
            }
            return new Columns(ends, Arrays.copyOf(kept, count), Arrays.copyOf(sums, count));
        }
    }
}
