package org.langevin4j.solvers.discretisation;

import java.util.Arrays;

/** A short list of numbers under keys for each of a range of cells. Written cell after cell, then read only. */
final class CellLists {

    private final int from;
    private final int width;

    /** Where the list of each cell ends. */
    private final int[] ends;

    private int[] keys;
    private double[] values;
    private int size;
    private int start;

    /**
     * @param width numbers under a key
     * @param expected keys of a cell, more or less
     */
    CellLists(int from, int to, int width, int expected) {
        this.from = from;
        this.width = width;
        this.ends = new int[to - from];
        this.keys = new int[expected * (to - from)];
        this.values = new double[width * keys.length];
    }

    /** Adds to the list of the present cell. */
    void add(int key, double... numbers) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size + size / 2 + 1);
            values = Arrays.copyOf(values, width * keys.length);
        }
        keys[size] = key;
        System.arraycopy(numbers, 0, values, width * size, width);
        size++;
    }

    /** Whether the list of the present cell has a key. */
    boolean has(int key) {
        return find(key, start, size) >= 0;
    }

    /** Ends the list of a cell; that of the last one frees what is not needed. */
    void end(int cell) {
        ends[cell - from] = size;
        start = size;
        if (cell - from == ends.length - 1) {
            keys = Arrays.copyOf(keys, size);
            values = Arrays.copyOf(values, width * size);
        }
    }

    /** The place of a key in the list of a cell, −1 if it is not there. */
    int find(int cell, int key) {
        return find(key, cell == from ? 0 : ends[cell - from - 1], ends[cell - from]);
    }

    private int find(int key, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    /** A number at a place. */
    double number(int place, int i) {
        return values[width * place + i];
    }
}
