package org.langevin4j.models.network;

/** Which rows meet in {@link Kernels#crossProducts}: those of δ from deltas[p] on and those of x from rows[p] on. */
final class Pairs {

    final int[] deltas;
    final int[] rows;

    Pairs(int[] deltas, int[] rows) {
        this.deltas = deltas;
        this.rows = rows;
    }

    int count(int most) {
        return Math.min(most, rows.length);
    }
}
