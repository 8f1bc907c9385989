package org.langevin4j.solvers.markov;

/** What an {@link Elimination} keeps of one node of its dissection. */
final class EliminatedNode {

    /** Number of own states, the first of the front. */
    final int eliminated;

    final int[] front;

    /** {@code lower[k*front.length + i]}: the part of state k's outflow that goes to i. */
    final double[] lower;

    /** {@code upper[k*front.length + j]}: the rate from j to k. */
    final double[] upper;

    final double[] pivots;

    EliminatedNode(int eliminated, int[] front, double[] lower, double[] upper, double[] pivots) {
        this.eliminated = eliminated;
        this.front = front;
        this.lower = lower;
        this.upper = upper;
        this.pivots = pivots;
    }
}
