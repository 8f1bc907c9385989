package org.langevin4j.solvers.markov;

/** From which states of a chain its exits can be reached. */
final class Reach {

    /** Up and down through all states: on a grid that finds most, and the walk backwards needs the transposed rates. */
    private static final int MOST_SWEEPS = 6;

    private Reach() {}

    /** Whether each state leads to an exit. */
    static boolean[] ofExits(Generator generator) {
        int n = generator.states();
        boolean[] reached = new boolean[n];
        int count = 0;
        for (int sweep = 0; sweep < MOST_SWEEPS && count < n; sweep++) {
            for (int k = 0; k < n; k++) {
                int j = sweep % 2 == 0 ? k : n - 1 - k;
                if (!reached[j] && leads(generator, j, reached)) {
                    reached[j] = true;
                    count++;
                }
            }
        }
        if (count < n) {
            walkBack(generator.transposed(), reached);
        }
        return reached;
    }

    private static boolean leads(Generator generator, int state, boolean[] reached) {
        Columns columns = generator.columns;
        boolean leads = generator.exitRate(state) > 0.0;
        for (int k = columns.begin(state); k < columns.end(state) && !leads; k++) {
            leads = columns.rate(state, k) > 0.0 && reached[columns.target(state, k)];
        }
        return leads;
    }

    private static void walkBack(Generator back, boolean[] reached) {
        int[] open = new int[reached.length];
        int[] size = {0};
        for (int k = 0; k < reached.length; k++) {
            if (reached[k]) {
                open[size[0]++] = k;
            }
        }
        for (int k = 0; k < size[0]; k++) {
            back.forEachRateFrom(open[k], (from, to, rate) -> {
                if (!reached[to] && rate > 0.0) {
                    reached[to] = true;
                    open[size[0]++] = to;
                }
            });
        }
    }
}
