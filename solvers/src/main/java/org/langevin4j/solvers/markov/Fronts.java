package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The walk of a multifrontal elimination through its {@link Dissection} (Duff and Reid 1983): which states meet in each front, and
 * which rates come in there. In what numbers a front is reduced is up to the subclass.
 *
 * @param <U> what a node leaves to its parent
 */
abstract class Fronts<U extends Fronts.Update> {

    /** What a node leaves to its parent: rates among the states that remain. */
    static class Update {

        final int[] states;

        Update(int[] states) {
            this.states = states;
        }
    }

    /** Receives the rate from the state of the column to that of the row. */
    interface Entry {

        void add(int row, int column, double rate);
    }

    final Generator generator;
    private final int[] positions;
    private final boolean[] eliminated;

    /** Rates into each state, the transpose of the generator. */
    private final int[] starts;

    private final int[] sources;
    private final double[] rates;

    Fronts(Generator generator) {
        this.generator = generator;
        int n = generator.states();
        this.positions = new int[n];
        Arrays.fill(positions, -1);
        this.eliminated = new boolean[n];
        this.starts = new int[n + 1];
        this.sources = new int[generator.rateCount()];
        this.rates = new double[generator.rateCount()];
        for (int j = 0; j < n; j++) {
            generator.forEachRateFrom(j, (from, to, rate) -> starts[to + 1]++);
        }
        for (int j = 0; j < n; j++) {
            starts[j + 1] += starts[j];
        }
        int[] next = Arrays.copyOf(starts, n);
        for (int j = 0; j < n; j++) {
            generator.forEachRateFrom(j, (from, to, rate) -> {
                int k = next[to]++;
                sources[k] = from;
                rates[k] = rate;
            });
        }
    }

    /**
     * Assembles a front and eliminates its own states.
     *
     * @param own number of states to eliminate, the first of the front
     * @param front the states
     * @param updates what the children left
     * @return what is left to the parent; null if nothing is
     */
    abstract @Nullable U reduce(int own, int[] front, List<U> updates);

    /** Eliminates all states of a dissection. */
    final @Nullable U eliminate(Dissection node) {
        List<U> updates = new ArrayList<>(node.children.size());
        for (Dissection child : node.children) {
            U update = eliminate(child);
            if (update != null) {
                updates.add(update);
            }
        }
        int[] front = front(node.own, updates);
        U rest = reduce(node.own.length, front, updates);
        for (int state : node.own) {
            eliminated[state] = true;
        }
        for (int state : front) {
            positions[state] = -1;
        }
        return rest;
    }

    /** Own states first; every state's position is noted. */
    private int[] front(int[] own, List<U> updates) {
        int capacity = own.length;
        for (int state : own) {
            capacity += starts[state + 1] - starts[state] + generator.rateCountFrom(state);
        }
        for (U update : updates) {
            capacity += update.states.length;
        }
        int[] front = new int[capacity];
        int[] size = {0};
        for (int state : own) {
            append(front, size, state);
        }
        for (U update : updates) {
            for (int state : update.states) {
                append(front, size, state);
                if (positions[state] < 0) {
                    throw new IllegalArgumentException("dissection must separate its parts, got a rate between state "
                            + state + " and one of another part");
                }
            }
        }
        for (int state : own) {
            for (int k = starts[state]; k < starts[state + 1]; k++) {
                append(front, size, sources[k]);
            }
            generator.forEachRateFrom(state, (from, to, rate) -> append(front, size, to));
        }
        return Arrays.copyOf(front, size[0]);
    }

    private void append(int[] front, int[] size, int state) {
        if (positions[state] < 0 && !eliminated[state]) {
            positions[state] = size[0];
            front[size[0]++] = state;
        }
    }

    /** The place of a state in the present front. */
    final int position(int state) {
        return positions[state];
    }

    /** The rates that come into the present front with its k-th own state. */
    final void forEachRate(int k, int own, int[] front, Entry entry) {
        int state = front[k];
        generator.forEachRateFrom(state, (from, to, rate) -> {
            if (!eliminated[to]) {
                entry.add(positions[to], k, rate);
            }
        });
        for (int e = starts[state]; e < starts[state + 1]; e++) {
            // A rate between two own states has come in as an outgoing one.
            if (!eliminated[sources[e]] && positions[sources[e]] >= own) {
                entry.add(k, positions[sources[e]], rates[e]);
            }
        }
    }
}
