package org.langevin4j.solvers.path;

import java.util.Arrays;

/** Cells in the order of their values: a binary heap that knows where each cell is, so that a value can fall. */
final class CellQueue {

    private final double[] key;
    private final int[] place;
    private int[] heap = new int[256];
    private int size;

    /** Cells are ordered by the entries of an array, which may fall between calls of {@link #add}. */
    CellQueue(double[] key) {
        this.key = key;
        this.place = new int[key.length];
        Arrays.fill(place, -1);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a cell, or moves it forwards after its value has fallen. */
    void add(int cell) {
        int at = place[cell];
        if (at < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            at = size++;
        }
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (key[heap[parent]] <= key[cell]) {
                break;
            }
            put(at, heap[parent]);
            at = parent;
        }
        put(at, cell);
    }

    /** Takes out the cell of the least value. */
    int removeLeast() {
        int least = heap[0];
        place[least] = -1;
        int cell = heap[--size];
        if (size == 0) {
            return least;
        }
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && key[heap[child + 1]] < key[heap[child]]) {
                child++;
            }
            if (key[cell] <= key[heap[child]]) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, cell);
        return least;
    }

    private void put(int at, int cell) {
        heap[at] = cell;
        place[cell] = at;
    }
}
