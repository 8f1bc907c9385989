package org.langevin4j.solvers.markov;

/** The check of a generator's columns, on all threads. */
final class Columns {

    private Columns() {}

    /** Whether columns follow each other, and all their rates are finite, not negative and lead to other states. */
    static boolean fit(int[] starts, int[] targets, double[] rates) {
        return ParallelStrips.of(starts.length - 1).max((from, to) -> fit(starts, targets, rates, from, to) ? 0.0 : 1.0)
                == 0.0;
    }

    private static boolean fit(int[] starts, int[] targets, double[] rates, int from, int to) {
        for (int j = from; j < to; j++) {
            if (!(starts[j] >= 0 && starts[j] <= starts[j + 1] && starts[j + 1] <= rates.length)) {
                return false;
            }
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                int i = targets[k];
                if (!(i >= 0 && i < starts.length - 1 && i != j && rates[k] >= 0.0 && rates[k] <= Double.MAX_VALUE)) {
                    return false;
                }
            }
        }
        return true;
    }
}
