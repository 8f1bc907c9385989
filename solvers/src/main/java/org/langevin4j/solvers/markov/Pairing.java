package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * States joined to aggregates of up to four, by pairing twice along the strongest couplings (Notay 2010).
 *
 * <p>The coupling of two states is the probability that a jump out of one leads to the other, added for both directions.
 * It does not depend on x in one direction only, so that also strongly one-sided rates, as of a fast drift, count.
 */
final class Pairing {

    /** Weaker couplings are not joined, unless the chain does not get shorter otherwise. */
    private static final double WEAK = 0.12;

    /** A state that loses more than this part of its outflow for good needs no correction from the coarse chain. */
    private static final double SELF_CONTAINED = 0.8;

    private Pairing() {}

    /** Pairs twice. */
    static Aggregation of(ScaledChain level) {
        Aggregation aggregation = twice(level, WEAK);
        return aggregation.count > 0.7 * level.states ? twice(level, 0.0) : aggregation;
    }

    private static Aggregation twice(ScaledChain level, double weak) {
        Aggregation pairs = pairs(level, weak);
        Aggregation quadruples = pairs(level.coarsened(pairs), weak);
        int[] of = pairs.of;
        for (int i = 0; i < of.length; i++) {
            of[i] = of[i] < 0 ? -1 : quadruples.of[of[i]];
        }
        return new Aggregation(quadruples.count, of);
    }

    private static Aggregation pairs(ScaledChain level, double weak) {
        CompressedRows rows = level.rows();
        int none = -2;
        int[] of = new int[level.states];
        Arrays.fill(of, none);
        int count = 0;
        for (int i = 0; i < level.states; i++) {
            if (level.lost[i] > SELF_CONTAINED * level.outflow[i]) {
                of[i] = -1;
            }
        }
        for (int i = 0; i < level.states; i++) {
            if (of[i] != none) {
                continue;
            }
            int best = -1;
            double strongest = weak;
            for (int k = rows.starts[i]; k < rows.starts[i + 1]; k++) {
                int j = rows.sources[k];
                if (of[j] != none) {
                    continue;
                }
                double in = rows.g[k] * level.outflow[i] / level.outflow[j];
                double strength = in + rows.entry(j, i) * level.outflow[j] / level.outflow[i];
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
