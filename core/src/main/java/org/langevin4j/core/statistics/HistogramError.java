package org.langevin4j.core.statistics;

/**
 * What sampling alone does to the L¹ distance between a histogram of n independent samples and the exact cell
 * probabilities pᵢ.
 *
 * <p>A count kᵢ is nearly Poisson or, where many are expected, nearly normal. Its mean deviation is 2e^(−m) m^(⌊m⌋+1)/⌊m⌋!
 * with m = npᵢ in the first case (De Moivre) and √(2npᵢ(1−pᵢ)/π) in the second; its variance is npᵢ(1−pᵢ) in both.
 *
 * @param mean expected L¹ distance Σᵢ E|p̂ᵢ − pᵢ|
 * @param standardDeviation its standard deviation, the weak negative correlation of the cells neglected
 */
public record HistogramError(double mean, double standardDeviation) {

    /** Below this expected count the mean deviation of the Poisson law replaces the normal one. */
    private static final double SMALL = 50.0;

    /**
     * The error for the given probabilities.
     *
     * @param probabilities pᵢ, not negative, of sum at most 1; what is missing counts as one more cell outside
     * @param samples n, number of independent samples
     * @return the expected distance and its spread
     */
    public static HistogramError of(double[] probabilities, long samples) {
        if (!(samples > 0)) {
            throw new IllegalArgumentException("samples must be positive, got " + samples);
        }
        double mean = 0.0;
        double variance = 0.0;
        for (double p : probabilities) {
            if (!(p >= 0.0 && p <= 1.0)) {
                throw new IllegalArgumentException("probabilities must be in [0, 1], got " + p);
            }
            double deviation = meanDeviation(p, samples);
            mean += deviation;
            variance += Math.max(0.0, p * (1.0 - p) / samples - deviation * deviation);
        }
        return new HistogramError(mean, Math.sqrt(variance));
    }

    /** E|k/n − p| for k binomial: the Poisson form of De Moivre's identity for small np, the normal limit for large. */
    private static double meanDeviation(double p, long n) {
        double expected = n * p;
        if (expected >= SMALL) {
            return Math.sqrt(2.0 * p * (1.0 - p) / (Math.PI * n));
        }
        if (expected == 0.0) {
            return 0.0;
        }
        // Poisson of mean m: E|k − m| = 2 e^(−m) m^(⌊m⌋+1)/⌊m⌋!.
        int floor = (int) expected;
        double term = expected * Math.exp(-expected);
        for (int k = 1; k <= floor; k++) {
            term *= expected / k;
        }
        return 2.0 * term / n;
    }
}
