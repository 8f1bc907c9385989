package org.langevin4j.solvers.fokkerplanck;

import java.util.Arrays;

/**
 * Cells joined to aggregates of up to four, by pairing twice along the strongest couplings (Notay 2010).
 *
 * <p>The coupling of two cells is the probability that a jump out of one leads to the other, added for both directions.
 * It does not depend on x in one direction only, so that also strongly one-sided rates, as of a fast drift, count.
 */
final class Aggregation {

    /** Weaker couplings are not joined, unless the chain does not get shorter otherwise. */
    private static final double WEAK = 0.12;

    /** A cell that loses more than this part of its outflow for good needs no correction from the coarse chain. */
    private static final double SELF_CONTAINED = 0.8;

    final int count;

    /** Aggregate of each cell; −1 for none. */
    final int[] of;

    /** The cells of aggregate a are {@code members[first[a]]} to {@code members[first[a + 1] - 1]}. */
    final int[] first;

    final int[] members;

    /** Aggregates 0 … count − 1, each with at least one cell. */
    Aggregation(int count, int[] of) {
        this.count = count;
        this.of = of;
        this.first = new int[count + 1];
        int inside = 0;
        for (int a : of) {
            if (a >= 0) {
                first[a + 1]++;
                inside++;
            }
        }
        for (int a = 0; a < count; a++) {
            first[a + 1] += first[a];
        }
        int[] next = Arrays.copyOf(first, count);
        this.members = new int[inside];
        for (int i = 0; i < of.length; i++) {
            if (of[i] >= 0) {
                members[next[of[i]]++] = i;
            }
        }
    }

    /** Pairs twice. */
    static Aggregation of(Level level) {
        Aggregation aggregation = twice(level, WEAK);
        return aggregation.count > 0.7 * level.cells ? twice(level, 0.0) : aggregation;
    }

    private static Aggregation twice(Level level, double weak) {
        Aggregation pairs = pairs(level, weak);
        Aggregation quadruples = pairs(level.coarsened(pairs), weak);
        int[] of = pairs.of;
        for (int i = 0; i < of.length; i++) {
            of[i] = of[i] < 0 ? -1 : quadruples.of[of[i]];
        }
        return new Aggregation(quadruples.count, of);
    }

    private static Aggregation pairs(Level level, double weak) {
        int none = -2;
        int[] of = new int[level.cells];
        Arrays.fill(of, none);
        int count = 0;
        for (int i = 0; i < level.cells; i++) {
            if (level.lost[i] > SELF_CONTAINED * level.outflow[i]) {
                of[i] = -1;
            }
        }
        for (int i = 0; i < level.cells; i++) {
            if (of[i] != none) {
                continue;
            }
            int best = -1;
            double strongest = weak;
            for (int k = level.starts[i]; k < level.starts[i + 1]; k++) {
                int j = level.sources[k];
                if (of[j] != none) {
                    continue;
                }
                double in = level.g[k] * level.outflow[i] / level.outflow[j];
                double strength = in + level.flow(j, i) / level.outflow[i];
                // Ties, up to rounding, go to the first: aggregates are then alike on a uniform grid.
                if (strength > strongest * (1.0 + 1e-9)) {
                    strongest = strength;
                    best = j;
                }
            }
            of[i] = count;
            if (best >= 0) {
                of[best] = count;
            }
            count++;
        }
        return new Aggregation(count, of);
    }
}
