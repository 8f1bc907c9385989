package org.langevin4j.solvers.markov;

import java.util.Arrays;

/** Columns of any chain: targets and rates one after the other. */
final class CompressedColumns extends Columns {

    /** Column j has the entries starts[j] … starts[j + 1] − 1. */
    final int[] starts;

    final int[] targets;
    final double[] rates;

    CompressedColumns(int[] starts, int[] targets, double[] rates) {
        this.starts = starts;
        this.targets = targets;
        this.rates = rates;
    }

    /** Columns stored so, these themselves if they are. */
    static CompressedColumns of(Columns columns) {
        if (columns instanceof CompressedColumns already) {
            return already;
        }
        int n = columns.states();
        int[] starts = new int[n + 1];
        int[] targets = new int[columns.rateCount()];
        double[] rates = new double[targets.length];
        int size = 0;
        for (int j = 0; j < n; j++) {
            for (int k = columns.begin(j); k < columns.end(j); k++) {
                if (columns.has(j, k)) {
                    targets[size] = columns.target(j, k);
                    rates[size++] = columns.rate(j, k);
                }
            }
            starts[j + 1] = size;
        }
        return new CompressedColumns(starts, targets, rates);
    }

    /** The rates from j to i as rates from i to j. */
    static CompressedColumns transposed(Columns columns) {
        CompressedColumns given = of(columns);
        int n = given.states();
        int[] starts = new int[n + 1];
        for (int target : given.targets) {
            starts[target + 1]++;
        }
        for (int i = 0; i < n; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = Arrays.copyOf(starts, n);
        int[] sources = new int[starts[n]];
        double[] values = new double[starts[n]];
        for (int j = 0; j < n; j++) {
            for (int k = given.starts[j]; k < given.starts[j + 1]; k++) {
                int at = next[given.targets[k]]++;
                sources[at] = j;
                values[at] = given.rates[k];
            }
        }
        return new CompressedColumns(starts, sources, values);
    }

    /** Columns of which it is not known whether they are of a generator. */
    static CompressedColumns checked(int[] starts, int[] targets, double[] rates) {
        int n = starts.length - 1;
        if (!(n >= 1 && starts[0] == 0 && starts[n] == targets.length && targets.length == rates.length)) {
            throw new IllegalArgumentException("starts must lead from 0 to the number of targets and rates, got "
                    + starts.length + " starts, " + targets.length + " targets and " + rates.length + " rates");
        }
        CompressedColumns columns = new CompressedColumns(starts, targets, rates);
        // On all threads; what is wrong is then looked for in order.
        if (!columns.fit()) {
            columns.require();
        }
        return columns;
    }

    private void require() {
        for (int j = 0; j < states(); j++) {
            if (!(starts[j] <= starts[j + 1])) {
                throw new IllegalArgumentException(
                        "starts must not decrease, got " + starts[j + 1] + " after " + starts[j]);
            }
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                requirePair(states(), j, targets[k]);
                requireRate("rate", j, targets[k], rates[k]);
            }
        }
    }

    /** Whether columns follow each other, and all their rates are finite, not negative and lead to other states. */
    private boolean fit() {
        return ParallelStrips.of(states()).max((from, to) -> fit(from, to) ? 0.0 : 1.0) == 0.0;
    }

    private boolean fit(int from, int to) {
        for (int j = from; j < to; j++) {
            if (!(starts[j] >= 0 && starts[j] <= starts[j + 1] && starts[j + 1] <= rates.length)) {
                return false;
            }
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                int i = targets[k];
                if (!(i >= 0 && i < states() && i != j && rates[k] >= 0.0 && rates[k] <= Double.MAX_VALUE)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    int states() {
        return starts.length - 1;
    }

    @Override
    int rateCount() {
        return rates.length;
    }

    @Override
    int begin(int state) {
        return starts[state];
    }

    @Override
    int end(int state) {
        return starts[state + 1];
    }

    @Override
    int target(int state, int k) {
        return targets[k];
    }

    @Override
    double rate(int state, int k) {
        return rates[k];
    }

    @Override
    boolean has(int state, int k) {
        return true;
    }

    @Override
    int countFrom(int state) {
        return starts[state + 1] - starts[state];
    }

    boolean hasNegativeRates() {
        return Arrays.stream(rates).anyMatch(rate -> rate < 0.0);
    }

    /** One entry a pair, so that only those count as negative whose sum is. */
    CompressedColumns merged() {
        int[] ends = new int[states() + 1];
        int[] kept = new int[targets.length];
        double[] sums = new double[targets.length];
        int count = 0;
        for (int j = 0; j < states(); j++) {
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
        return new CompressedColumns(ends, Arrays.copyOf(kept, count), Arrays.copyOf(sums, count));
    }
}
