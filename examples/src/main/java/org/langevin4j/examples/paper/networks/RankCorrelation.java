package org.langevin4j.examples.paper.networks;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * Spearman's rank correlation of a few pairs, with its exact probability: over all permutations of one side, each as likely as another if the two
 * have nothing to do with each other.
 *
 * @param coefficient ρ from −1 to 1
 * @param probability of one at least as large in absolute value by chance
 */
record RankCorrelation(double coefficient, double probability) {

    private static final int MOST = 10;

    /** Equal coefficients may differ by rounding. */
    private static final double ROUNDING = 1e-9;

    /** Of at most ten pairs; equal values share the mean of their ranks. */
    static RankCorrelation of(double[] x, double[] y) {
        if (x.length != y.length || !(x.length >= 2 && x.length <= MOST)) {
            throw new IllegalArgumentException(
                    "there must be 2 to " + MOST + " pairs, got " + x.length + " and " + y.length);
        }
        double[] first = standardRanks(x);
        double[] second = standardRanks(y);
        double coefficient = 0.0;
        for (int i = 0; i < first.length; i++) {
            coefficient += first[i] * second[i];
        }
        double found = Math.abs(coefficient);
        return new RankCorrelation(coefficient, share(first, second, rho -> Math.abs(rho) >= found - ROUNDING));
    }

    /** The smallest |ρ| of n pairs without ties whose probability is not above the level. */
    static double critical(int n, double level) {
        double[] ranks = new double[n];
        Arrays.setAll(ranks, i -> i);
        double[] standard = standardRanks(ranks);
        // Of n pairs without ties ρ = 1 − 6S/(n³ − n), S even.
        double step = 12.0 / ((double) n * n * n - n);
        double critical = 1.0;
        for (double rho = 1.0; rho > 0.0; rho -= step) {
            double bound = rho - ROUNDING;
            if (share(standard, standard, other -> Math.abs(other) >= bound) > level) {
                return critical;
            }
            critical = rho;
        }
        return critical;
    }

    /** Ranks less their mean, of length one; zeros if all values are equal. */
    private static double[] standardRanks(double[] values) {
        int n = values.length;
        double[] ranks = new double[n];
        double square = 0.0;
        for (int i = 0; i < n; i++) {
            double rank = -0.5 * n;
            for (double other : values) {
                rank += other < values[i] ? 1.0 : other == values[i] ? 0.5 : 0.0;
            }
            ranks[i] = rank;
            square += rank * rank;
        }
        for (int i = 0; i < n && square > 0.0; i++) {
            ranks[i] /= Math.sqrt(square);
        }
        return ranks;
    }

    private static double share(double[] x, double[] y, DoublePredicate counts) {
        long[] found = new long[2];
        permute(x, y.clone(), 0, 0.0, counts, found);
        return (double) found[0] / found[1];
    }

    private static void permute(double[] x, double[] y, int at, double sum, DoublePredicate counts, long[] found) {
        if (at == x.length) {
            found[0] += counts.test(sum) ? 1 : 0;
            found[1]++;
            return;
        }
        for (int i = at; i < y.length; i++) {
            swap(y, at, i);
            permute(x, y, at + 1, sum + x[at] * y[at], counts, found);
            swap(y, at, i);
        }
    }

    private static void swap(double[] y, int i, int j) {
        double kept = y[i];
        y[i] = y[j];
        y[j] = kept;
    }
}
