package org.langevin4j.solvers.markov;

import java.util.Arrays;

/** States joined to aggregates: which belongs to which. */
final class Aggregation implements Parts {

    final int count;

    /** Aggregate of each state; −1 for none. */
    final int[] of;

    /** The states of aggregate a are {@code members[first[a]]} to {@code members[first[a + 1] - 1]}. */
    final int[] first;

    final int[] members;

    /** Aggregates 0 … count − 1, each with at least one state. */
    Aggregation(int count, int[] of) {
        this.count = count;
        this.of = of;
        this.first = new int[count + 1];
        int inside = 0;
        for (int a : of) {
            if (a >= 0) {
                first[a + 1]++;
                inside++;
            }
        }
        for (int a = 0; a < count; a++) {
            first[a + 1] += first[a];
        }
        int[] next = Arrays.copyOf(first, count);
        this.members = new int[inside];
        for (int i = 0; i < of.length; i++) {
            if (of[i] >= 0) {
                members[next[of[i]]++] = i;
            }
        }
    }

    @Override
    public void sums(double[] values, double[] out, int from, int to) {
        for (int a = from; a < to; a++) {
            double sum = 0.0;
            for (int m = first[a]; m < first[a + 1]; m++) {
                sum += values[members[m]];
            }
            out[a] = sum;
        }
    }
}
