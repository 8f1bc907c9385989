package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * The one closed class of a chain: the set of states that is reached from everywhere and never left. Its states alone have
 * a positive stationary probability. Rates count if they are positive as numbers.
 */
final class ClosedClass {

    /** Reached from the first state; and leading to it. */
    private static final byte REACHED = 1;

    private static final byte LEADS = 2;

    /** Sweeps over all states up and down that mark neighbours; where these do not find all, it takes a search. */
    private static final int MOST_SWEEPS = 4;

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

    /** Whether it is all states. */
    static boolean isWhole(Generator generator) {
        int n = generator.states();
        byte[] marks = new byte[n];
        marks[0] = 3;
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            int whole = 0;
            for (int k = 0; k < n; k++) {
                int j = sweep % 2 == 0 ? k : n - 1 - k;
                byte mark = marks[j];
                for (int e = generator.starts[j]; e < generator.starts[j + 1]; e++) {
                    if (generator.rates[e] > 0.0) {
                        mark |= (byte) (marks[generator.targets[e]] & LEADS);
                    }
                }
                marks[j] = mark;
                if ((mark & REACHED) != 0) {
                    for (int e = generator.starts[j]; e < generator.starts[j + 1]; e++) {
                        if (generator.rates[e] > 0.0) {
                            marks[generator.targets[e]] |= REACHED;
                        }
                    }
                }
            }
            for (byte mark : marks) {
                whole += mark == (REACHED | LEADS) ? 1 : 0;
            }
            if (whole == n) {
                return true;
            }
        }
        return of(generator).states == n;
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
