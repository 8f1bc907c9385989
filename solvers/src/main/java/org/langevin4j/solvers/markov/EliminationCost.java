package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.block.Memory;

/** What an {@link Elimination} will take, from the sizes of its fronts alone (symbolic factorisation). */
final class EliminationCost {

    /** The largest square matrix in one Java array. */
    private static final int LARGEST_FRONT = 46_340;

    private final Generator generator;
    private final Generator back;

    /** Number of the node in whose front each state was seen last, and which states are gone. */
    private final int[] seen;

    private final boolean[] eliminated;
    private int node;
    private double kept;
    private double waiting;

    /** Multiplications. */
    private double work;

    /** Numbers held at one time, at most. */
    private double numbers;

    /** The same for a null vector alone, which takes half of what is kept. */
    private double numbersOfNullVector;

    private int largestFront;

    private EliminationCost(Generator generator) {
        this.generator = generator;
        this.back = generator.transposed();
        this.seen = new int[generator.states()];
        this.eliminated = new boolean[generator.states()];
    }

    static EliminationCost of(Generator generator, Dissection dissection) {
        EliminationCost cost = new EliminationCost(generator);
        cost.visit(dissection);
        return cost;
    }

    /** Counts a node and those below; the states that its update joins. */
    private int[] visit(Dissection dissection) {
        List<int[]> updates = new ArrayList<>(dissection.children.size());
        for (Dissection child : dissection.children) {
            updates.add(visit(child));
        }
        int mine = ++node;
        int[][] front = {new int[Math.max(8, 2 * dissection.own.length)]};
        int[] size = {0};
        for (int state : dissection.own) {
            append(front, size, mine, state);
        }
        for (int[] update : updates) {
            for (int state : update) {
                append(front, size, mine, state);
            }
        }
        for (int state : dissection.own) {
            generator.forEachRateFrom(state, (from, to, rate) -> append(front, size, mine, to));
            back.forEachRateFrom(state, (from, to, rate) -> append(front, size, mine, to));
        }
        int own = dissection.own.length;
        double whole = size[0];
        double rest = whole - own;
        for (int k = 0; k < own; k++) {
            work += (whole - k) * (whole - k);
        }
        largestFront = Math.max(largestFront, size[0]);
        hold(whole);
        for (int[] update : updates) {
            waiting -= (double) update.length * update.length;
        }
        kept += 2.0 * own * whole;
        waiting += rest * rest;
        hold(whole);
        for (int state : dissection.own) {
            eliminated[state] = true;
        }
        return Arrays.copyOfRange(front[0], own, size[0]);
    }

    private void hold(double front) {
        numbers = Math.max(numbers, kept + waiting + front * front);
        numbersOfNullVector = Math.max(numbersOfNullVector, 0.5 * kept + waiting + front * front);
    }

    private void append(int[][] front, int[] size, int mine, int state) {
        if (seen[state] == mine || eliminated[state]) {
            return;
        }
        seen[state] = mine;
        if (size[0] == front[0].length) {
            front[0] = Arrays.copyOf(front[0], 2 * size[0]);
        }
        front[0][size[0]++] = state;
    }

    /**
     * The time it takes.
     *
     * @return multiplications, each with an addition
     */
    double work() {
        return work;
    }

    /** Whether it can be done in the memory of this virtual machine. */
    boolean fits() {
        return largestFront <= LARGEST_FRONT
                && bytes() <= 0.9 * Runtime.getRuntime().maxMemory();
    }

    private double bytes() {
        return 8.0 * numbers;
    }

    /**
     * Refuses what cannot be done.
     *
     * @throws IllegalArgumentException if the memory or the longest array are too small
     */
    void requireMemory() {
        require("elimination", bytes());
    }

    /**
     * Refuses a null vector that cannot be found in {@link WideNumbers}.
     *
     * @throws IllegalArgumentException if the memory or the longest array are too small
     */
    void requireWideMemory() {
        require("elimination beyond the range of double", WideNumbers.BYTES * numbersOfNullVector);
    }

    private void require(String what, double bytes) {
        String wayOut = "multigrid needs less, and fewer states or rates that lead less far need less";
        Memory.require(what + " of " + generator.states() + " states", bytes, wayOut);
        if (!(largestFront <= LARGEST_FRONT)) {
            throw new IllegalArgumentException("elimination must join at most " + LARGEST_FRONT
                    + " states at a time, the side of the largest matrix in an array, got " + largestFront + "; "
                    + wayOut);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "elimination of %d states: %.2g multiplications, %.2g numbers, largest front %d",
                generator.states(),
                work,
                numbers,
                largestFront);
    }
}
