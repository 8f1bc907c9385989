package org.langevin4j.core.statistics;

import java.util.Arrays;
import java.util.Locale;

/**
 * A test by surrogates: how far out a statistic is among the values it has in n independent copies of what the null hypothesis says. With k copies
 * at least as large, p = (1 + k)/(1 + n) is at most α in no more than α of all cases, whatever the law of the statistic (Barnard 1963; Davison and
 * Hinkley 1997, <em>Bootstrap methods</em>, sec. 4.2).
 *
 * @param observed the statistic
 * @param count n
 * @param mean of the copies
 * @param deviation of the copies
 * @param low their quantile of 1 %, the smallest if there are fewer than 100
 * @param high their quantile of 99 %, the largest if there are fewer than 100
 * @param pAbove (1 + k)/(1 + n) for copies at least as large
 * @param pBelow the same for copies at most as large
 */
public record RankTest(
        double observed,
        int count,
        double mean,
        double deviation,
        double low,
        double high,
        double pAbove,
        double pBelow) {

    private static final double QUANTILE = 0.01;

    /**
     * Ranks a statistic.
     *
     * @param observed finite
     * @param copies of the null hypothesis, at least 2, finite; not modified
     * @return the test
     * @throws IllegalArgumentException if there are too few copies or a number is not finite
     */
    public static RankTest of(double observed, double... copies) {
        int n = copies.length;
        if (!(n >= 2)) {
            throw new IllegalArgumentException("copies must number at least 2, got " + n);
        }
        int exponent = Units.exponent("copies", copies);
        RunningMoments moments = new RunningMoments(1);
        int above = 0;
        int below = 0;
        for (double copy : copies) {
            if (!(Math.abs(observed) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "statistics must be finite, got " + observed + " and " + copy + " in a copy");
            }
            moments.add(Math.scalb(copy, -exponent));
            above += copy >= observed ? 1 : 0;
            below += copy <= observed ? 1 : 0;
        }
        double[] sorted = copies.clone();
        Arrays.sort(sorted);
        int out = (int) Math.floor(QUANTILE * n);
        return new RankTest(
                observed,
                n,
                Math.scalb(moments.mean(0), exponent),
                Math.scalb(Math.sqrt(moments.variance(0)), exponent),
                sorted[out],
                sorted[n - 1 - out],
                (1.0 + above) / (1.0 + n),
                (1.0 + below) / (1.0 + n));
    }

    /**
     * The p-value for either side.
     *
     * @return twice the smaller of both, 1 at most
     */
    public double pValue() {
        return Math.min(1.0, 2.0 * Math.min(pAbove, pBelow));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.5g among %d copies of %.5g ± %.2g, 1 to 99 %% of them from %.5g to %.5g: p = %.3g",
                observed,
                count,
                mean,
                deviation,
                low,
                high,
                pValue());
    }
}
