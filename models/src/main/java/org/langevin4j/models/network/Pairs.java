package org.langevin4j.models.network;

/** Which rows meet in {@link Kernels#crossProducts}: δ of deltas[p] and x of rows[p]. */
final class Pairs {

    final int[] deltas;
    final int[] rows;

    Pairs(int[] deltas, int[] rows) {
        this.deltas = deltas;
        this.rows = rows;
    }
}
