package org.langevin4j.core.statistics;

import org.hipparchus.special.Beta;
import org.langevin4j.core.linear.Cholesky;
import org.langevin4j.core.linear.Vectors;

/**
 * A test of detailed balance: quantities that are odd under the reversal of time have the mean zero in a stationary
 * reversible process. Hotelling's statistic (1931, Ann. Math. Stat. 2, 360) of N independent vectors of n such quantities,
 * with mean m and sample covariance S,
 *
 * <pre>T² = N mᵀS⁻¹m,   T²(N − n)/(n(N − 1)) ~ F(n, N − n),</pre>
 *
 * is exact if the vectors are normal, which averages over times much longer than the correlation time nearly are. For large
 * N, T² is the χ² of the standardised means with n degrees of freedom. A small p-value is evidence of irreversibility. A large
 * one is not evidence of reversibility: the quantities may be the wrong ones, or too few data.
 *
 * @param statistic T²
 * @param degreesOfFreedom n
 * @param samples N
 * @param pValue probability of a T² at least as large if detailed balance holds
 */
public record DetailedBalanceTest(double statistic, int degreesOfFreedom, long samples, double pValue) {

    /** Correlations closer to singular than this leave nothing of S⁻¹. */
    private static final double SINGULAR = 1e-12;

    /**
     * The test of a mean that should be zero.
     *
     * @param odd moments of independent vectors that are odd under the reversal of time
     * @return the test
     * @throws IllegalArgumentException if there are no more vectors than components, or their covariance is singular
     */
    public static DetailedBalanceTest of(RunningMoments odd) {
        int n = odd.dimension();
        long count = odd.count();
        if (!(count > n)) {
            throw new IllegalArgumentException(
                    "samples must be more than the " + n + " quantities that are tested, got " + count);
        }
        double[] standardised = new double[n];
        double[] correlation = new double[n * n];
        for (int i = 0; i < n; i++) {
            if (!(odd.variance(i) > 0.0)) {
                throw new IllegalArgumentException("quantities must vary, got variance " + odd.variance(i)
                        + " of quantity " + i + " over " + count + " samples");
            }
            standardised[i] = odd.mean(i) / odd.standardError(i);
            for (int j = 0; j < n; j++) {
                correlation[i * n + j] =
                        odd.covariance(i, j) / (Math.sqrt(odd.variance(i)) * Math.sqrt(odd.variance(j)));
            }
        }
        if (Cholesky.definite(correlation, n, SINGULAR) >= 0) {
            throw new IllegalArgumentException(
                    "quantities must not depend on each other linearly: the correlation matrix of the " + n
                            + " quantities is singular");
        }
        double[] solved = standardised.clone();
        Cholesky.solve(correlation, solved);
        double statistic = Vectors.dot(standardised, solved);
        return new DetailedBalanceTest(statistic, n, count, tail(statistic, n, count));
    }

    /** P(F(n, N−n) > f) = I_{(N−n)/(N−n + nf)}((N−n)/2, n/2), and nf = T²(N−n)/(N−1). */
    private static double tail(double statistic, int n, long count) {
        double x = 1.0 / (1.0 + statistic / (count - 1.0));
        return Beta.regularizedBeta(x, 0.5 * (count - n), 0.5 * n);
    }

    /**
     * The verdict at a level.
     *
     * @param level probability with which a reversible process is called irreversible, between 0 and 1
     * @return whether detailed balance is rejected
     */
    public boolean rejectsAt(double level) {
        if (!(level > 0.0 && level < 1.0)) {
            throw new IllegalArgumentException("level must be between 0 and 1, got " + level);
        }
        return pValue <= level;
    }
}
