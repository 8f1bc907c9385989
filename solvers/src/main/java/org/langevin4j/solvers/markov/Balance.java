package org.langevin4j.solvers.markov;

import java.util.function.IntToDoubleFunction;

/**
 * How far probabilities p are from the steady state of a chain.
 *
 * @param residual Σᵢ|(Ap)ᵢ| / Σⱼ 2|Aⱼⱼ|pⱼ; 0 where nothing flows
 * @param componentwise the largest |(Ap)ᵢ| / (|Aᵢᵢ|pᵢ) over the states whose pᵢ is at least 1e-270 of the largest; 0 where
 *     nothing flows
 */
record Balance(double residual, double componentwise) {

    private static final double SMALLEST_PART = 1e-270;

    /**
     * Of p under a chain.
     *
     * @param columns its rates
     * @param outflows |Aⱼⱼ|
     * @param p probabilities
     */
    static Balance of(Columns columns, IntToDoubleFunction outflows, double[] p) {
        ParallelStrips strips = ParallelStrips.of(p.length);
        double[] change = new double[p.length];
        int reach = reach(columns, strips);
        strips.each((from, to) -> addInflow(columns, p, change, from, to, reach));
        double largest = strips.max((from, to) -> {
            double max = 0.0;
            for (int i = from; i < to; i++) {
                max = Math.max(max, p[i]);
            }
            return max;
        });
        double[] worst = new double[strips.count()];
        double[] scale = new double[strips.count()];
        double sum = strips.sum((from, to) -> {
            int strip = strips.stripOf(from);
            double rest = 0.0;
            for (int i = from; i < to; i++) {
                double outflow = outflows.applyAsDouble(i) * p[i];
                double size = Math.abs(change[i] - outflow);
                rest += size;
                scale[strip] += 2.0 * outflow;
                if (p[i] >= SMALLEST_PART * largest && size != 0.0) {
                    worst[strip] = Math.max(worst[strip], size / outflow);
                }
            }
            return rest;
        });
        double all = 0.0;
        double most = 0.0;
        for (int strip = 0; strip < worst.length; strip++) {
            all += scale[strip];
            most = Math.max(most, worst[strip]);
        }
        return new Balance(sum == 0.0 ? 0.0 : sum / all, most);
    }

    /** The largest difference of the numbers of two states that a rate joins. */
    private static int reach(Columns columns, ParallelStrips strips) {
        return (int) strips.max((from, to) -> {
            int reach = 0;
            for (int j = from; j < to; j++) {
                for (int k = columns.begin(j); k < columns.end(j); k++) {
                    reach = Math.max(reach, Math.abs(columns.target(j, k) - j));
                }
            }
            return reach;
        });
    }

    /**
     * Adds Σⱼ Aᵢⱼpⱼ without the diagonal, for from ≤ i < to. The sums are taken in the order of the columns, whatever the
     * range.
     */
    private static void addInflow(Columns columns, double[] p, double[] out, int from, int to, int reach) {
        int begin = (int) Math.max(0L, (long) from - reach);
        int end = (int) Math.min(p.length, (long) to + reach);
        for (int j = begin; j < end; j++) {
            for (int k = columns.begin(j); k < columns.end(j); k++) {
                int i = columns.target(j, k);
                if (i >= from && i < to) {
                    out[i] += columns.rate(j, k) * p[j];
                }
            }
        }
    }
}
