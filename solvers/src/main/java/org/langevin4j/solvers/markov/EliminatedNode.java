package org.langevin4j.solvers.markov;

import java.util.List;

/** What an {@link Elimination} keeps of one node of its dissection. */
final class EliminatedNode {

    /** Number of own states, the first of the front. */
    final int eliminated;

    final int[] front;

    /** {@code lower[k*front.length + i]}: the part of state k's outflow that goes to i; empty of a singular matrix. */
    final double[] lower;

    /** {@code upper[k*front.length + j]}: the rate from j to k. */
    final double[] upper;

    final double[] pivots;

    /** Of a singular matrix: a bound of the rate out of each state of the front that underflow has taken so far. */
    final double[] lost;

    EliminatedNode(int eliminated, int[] front, double[] lower, double[] upper, double[] pivots, double[] lost) {
        this.eliminated = eliminated;
        this.front = front;
        this.lower = lower;
        this.upper = upper;
        this.pivots = pivots;
        this.lost = lost;
    }

    /** From forward to solution, in place. */
    static void substituteBack(List<EliminatedNode> nodes, double[] p) {
        double[] local = new double[0];
        for (int n = nodes.size() - 1; n >= 0; n--) {
            EliminatedNode node = nodes.get(n);
            int size = node.front.length;
            local = node.gather(p, local);
            for (int k = node.eliminated - 1; k >= 0; k--) {
                double sum = local[k];
                int row = k * size;
                for (int j = k + 1; j < size; j++) {
                    sum += node.upper[row + j] * local[j];
                }
                local[k] = sum / node.pivots[k];
                p[node.front[k]] = local[k];
            }
        }
    }

    /** The values in the states of the front, in an array that may be longer. */
    double[] gather(double[] p, double[] space) {
        double[] local = space.length < front.length ? new double[2 * front.length] : space;
        for (int i = 0; i < front.length; i++) {
            local[i] = p[front[i]];
        }
        return local;
    }
}
