package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * The one closed class of a chain: the set of states that is reached from everywhere and never left. Its states alone have
 * a positive stationary probability. Rates count if they are positive as numbers.
 */
final class ClosedClass {

    /** Number of each state within the class, in their order; −1 for the states outside. */
    final int[] number;

    final int states;

    private ClosedClass(int[] number, int states) {
        this.number = number;
        this.states = states;
    }

    /**
     * Searches in O(states + rates).
     *
     * @throws ReducibleGeneratorException if there is more than one
     */
    static ClosedClass of(Generator generator) {
        int n = generator.states();
        int[] starts = new int[n + 1];
        for (int j = 0; j < n; j++) {
            generator.forEachRateFrom(j, (from, to, rate) -> {
                if (rate > 0.0) {
                    starts[to + 1]++;
                }
            });
        }
        for (int i = 0; i < n; i++) {
            starts[i + 1] += starts[i];
        }
        int[] sources = new int[starts[n]];
        int[] next = Arrays.copyOf(starts, n);
        for (int j = 0; j < n; j++) {
            generator.forEachRateFrom(j, (from, to, rate) -> {
                if (rate > 0.0) {
                    sources[next[to]++] = from;
                }
            });
        }
        // Searching against the jumps, each start gathers what leads to it; the last start is led to by all, if any is.
        boolean[] seen = new boolean[n];
        int[] stack = new int[n];
        int root = 0;
        for (int start = 0; start < n; start++) {
            if (!seen[start]) {
                root = start;
                searchBack(start, starts, sources, seen, stack);
            }
        }
        Arrays.fill(seen, false);
        searchBack(root, starts, sources, seen, stack);
        for (int i = 0; i < n; i++) {
            if (!seen[i]) {
                throw new ReducibleGeneratorException(root);
            }
        }
        return reachedFrom(root, generator, stack);
    }

    /**
     * Whether it is all states. That is so, and seen at once, if each state but the first has a rate to one before it and one from
     * one before it, as the cells of a box have.
     */
    static boolean isWhole(Generator generator) {
        int n = generator.states();
        Columns columns = generator.columns;
        ParallelStrips strips = ParallelStrips.of(n);
        boolean[] reached = new boolean[n];
        double strays = strips.max((from, to) -> {
            double stray = 0.0;
            for (int j = from; j < to; j++) {
                boolean leads = j == 0;
                for (int k = columns.begin(j); k < columns.end(j); k++) {
                    if (columns.rate(j, k) > 0.0) {
                        int i = columns.target(j, k);
                        leads |= i < j;
                        if (i > j) {
                            reached[i] = true;
                        }
                    }
                }
                stray = leads ? stray : 1.0;
            }
            return stray;
        });
        reached[0] = true;
        for (int i = 0; i < n && strays == 0.0; i++) {
            strays = reached[i] ? 0.0 : 1.0;
        }
        return strays == 0.0 || of(generator).states == n;
    }

    private static void searchBack(int start, int[] starts, int[] sources, boolean[] seen, int[] stack) {
        int height = 0;
        seen[start] = true;
        stack[height++] = start;
        while (height > 0) {
            int state = stack[--height];
            for (int k = starts[state]; k < starts[state + 1]; k++) {
                int source = sources[k];
                if (!seen[source]) {
                    seen[source] = true;
                    stack[height++] = source;
                }
            }
        }
    }

    private static ClosedClass reachedFrom(int root, Generator generator, int[] stack) {
        int[] number = new int[generator.states()];
        Arrays.fill(number, -1);
        int[] height = {0};
        number[root] = 0;
        stack[height[0]++] = root;
        while (height[0] > 0) {
            generator.forEachRateFrom(stack[--height[0]], (from, to, rate) -> {
                if (rate > 0.0 && number[to] < 0) {
                    number[to] = 0;
                    stack[height[0]++] = to;
                }
            });
        }
        int states = 0;
        for (int i = 0; i < number.length; i++) {
            if (number[i] == 0) {
                number[i] = states++;
            }
        }
        return new ClosedClass(number, states);
    }
}
