package org.langevin4j.solvers.decomposition;

import java.util.List;
import java.util.Locale;

/**
 * A verdict with its numbers: how the norm of what should be zero behaves as the cells are halved.
 *
 * @param statement what is claimed
 * @param norms of what should be zero, in L²(ρˢˢ), from the coarsest grid to the finest, each twice as fine
 * @param scale the size of the terms that cancel, in the same unit
 * @param order log₂ of the ratio of the last two norms; NaN if the last is rounding
 * @param limit 0 if the claim holds; else the norm extrapolated to cells of width 0, for an error of second order
 * @param verdict the judgement, by the rule of {@link #of}
 */
public record Finding(String statement, List<Double> norms, double scale, double order, double limit, Verdict verdict) {

    /** Below this part of the scale a norm is rounding. */
    private static final double ROUNDING = 1e-9;

    private static final double LEAST_ORDER = 0.75;

    /** Copies the list. */
    public Finding {
        norms = List.copyOf(norms);
    }

    /**
     * Judges. A claim holds if the last norm is below 1e-9 of the scale or falls with an order of at least 0.75; it fails
     * if the norms settle above the noise: if their last change is below a tenth of their limit, and this is above three
     * times the noise.
     *
     * @param statement what is claimed
     * @param norms of what should be zero, at least two, each grid twice as fine as the one before
     * @param scale the size of the terms that cancel
     * @param noise what the finest grid leaves of an identity of the same kind
     * @return the verdict
     */
    public static Finding of(String statement, List<Double> norms, double scale, double noise) {
        int last = norms.size() - 1;
        if (!(last >= 1)) {
            throw new IllegalArgumentException("norms must number at least 2, got " + norms.size());
        }
        double fine = norms.get(last);
        double coarse = norms.get(last - 1);
        if (fine <= ROUNDING * scale) {
            return new Finding(statement, norms, scale, Double.NaN, 0.0, Verdict.HOLDS);
        }
        double order = Math.log(coarse / fine) / Math.log(2.0);
        if (order >= LEAST_ORDER) {
            return new Finding(statement, norms, scale, order, 0.0, Verdict.HOLDS);
        }
        double limit = Math.abs(4.0 * fine - coarse) / 3.0;
        boolean settled = Math.abs(fine - coarse) < 0.1 * limit && limit > 3.0 * noise;
        Verdict verdict = settled ? Verdict.FAILS : Verdict.UNDECIDED;
        return new Finding(statement, norms, scale, order, limit, verdict);
    }

    /**
     * The finding in a line.
     *
     * @return verdict, statement and numbers
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-9s  %-36s", verdict, statement));
        for (double norm : norms) {
            text.append(String.format(Locale.ROOT, "  %.3e", norm));
        }
        if (verdict != Verdict.HOLDS) {
            text.append(String.format(Locale.ROOT, "  → %.4g", limit));
        } else if (Double.isNaN(order)) {
            text.append("  rounding");
        } else {
            text.append(String.format(Locale.ROOT, "  order %.2f", order));
        }
        return text.toString();
    }
}
