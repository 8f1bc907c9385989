package org.langevin4j.solvers.path;

/** Marks on the points (i, j) of a lattice, found quickly along a row: a bit each. */
final class CellMarks {

    private final long[] bits;
    private final int words;

    CellMarks(int rows, int columns) {
        this.words = (columns + Long.SIZE - 1) / Long.SIZE;
        this.bits = new long[rows * words];
    }

    void set(int i, int j) {
        bits[i * words + (j >> 6)] |= 1L << j;
    }

    void clear(int i, int j) {
        bits[i * words + (j >> 6)] &= ~(1L << j);
    }

    boolean get(int i, int j) {
        return (bits[i * words + (j >> 6)] & (1L << j)) != 0L;
    }

    /** The first marked column of a row from one column to another; greater than the other if there is none. */
    int next(int i, int from, int to) {
        int word = from >> 6;
        long rest = from <= to ? bits[i * words + word] & (-1L << from) : 0L;
        int last = to >> 6;
        while (rest == 0L) {
            if (++word > last) {
                return to + 1;
            }
            rest = bits[i * words + word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }
}
