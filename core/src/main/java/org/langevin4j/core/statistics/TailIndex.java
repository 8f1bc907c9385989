package org.langevin4j.core.statistics;

import java.util.Arrays;

/**
 * The index α of a tail P(|x| &gt; u) ∝ u^(−α), by two estimators that answer for different laws: {@link #hill} for any law with such a tail, {@link
 * #ofStable} for symmetric α-stable laws and nothing else.
 *
 * <p>Both are biased where their assumption fails. Hill's of a Gaussian sample, which has no such tail, is about u² of the threshold u in
 * deviations (near 5 at the largest per cent) and grows without bound; of a stable sample with α near 2 it lies above 2 for any usual sample. The stable one
 * says 2 for a Gaussian sample of one variance; of a mixture of variances it says less, although no tail is heavy. So compare with a Gaussian of the
 * same variances.
 */
public final class TailIndex {

    private TailIndex() {}

    /**
     * Hill's estimate from the k largest absolute values (Hill 1975, Ann. Stat. 3, 1163), 1/α = (1/k) Σ log(|x|₍ᵢ₎/|x|₍ₖ₊₁₎), i = 1 … k. Of an
     * exact Pareto law it has the standard error α/√k.
     *
     * @param sample more than k numbers, finite; not modified
     * @param k from 1
     * @return α
     * @throws IllegalArgumentException if k is out of range, or the (k + 1)-th largest is zero
     */
    public static double hill(double[] sample, int k) {
        if (!(k >= 1 && k < sample.length)) {
            throw new IllegalArgumentException("k must be in [1, " + sample.length + "), got " + k);
        }
        double[] sizes = Arrays.stream(sample).map(Math::abs).sorted().toArray();
        double threshold = sizes[sizes.length - 1 - k];
        if (!(threshold > 0.0 && sizes[sizes.length - 1] <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "the sample must be finite with more than " + k + " numbers that are not zero");
        }
        double sum = 0.0;
        for (int i = sizes.length - k; i < sizes.length; i++) {
            sum += Math.log(sizes[i]) - Math.log(threshold);
        }
        return k / sum;
    }

    /**
     * Of symmetric α-stable variables, from sums of m of them: 1/α = (E log|sum| − E log|x|)/log m (Mohammadi, Mohammadpour and Ogata 2015, Metrika
     * 78, 549); what Şimşekli et al. (2019, arXiv:1901.06053) use.
     *
     * @param sample of which zeros, and what is left over m, do not count; not modified
     * @param m variables in a sum, at least 2; the estimate varies least near the root of their number
     * @return α
     * @throws IllegalArgumentException if fewer than m numbers are not zero, or one is not finite
     */
    public static double ofStable(double[] sample, int m) {
        if (!(m >= 2)) {
            throw new IllegalArgumentException("m must be at least 2, got " + m);
        }
        double[] units = Units.in(Units.exponent("sample", sample), sample);
        double[] x = Arrays.stream(units).filter(v -> v != 0.0).toArray();
        int blocks = x.length / m;
        if (!(blocks >= 1)) {
            throw new IllegalArgumentException(
                    "the sample must have at least " + m + " numbers that are not zero, got " + x.length);
        }
        double single = 0.0;
        double summed = 0.0;
        for (int block = 0; block < blocks; block++) {
            double sum = 0.0;
            for (int i = block * m; i < (block + 1) * m; i++) {
                sum += x[i];
                single += Math.log(Math.abs(x[i])) / (blocks * m);
            }
            summed += Math.log(Math.abs(sum)) / blocks;
        }
        return Math.log(m) / (summed - single);
    }
}
