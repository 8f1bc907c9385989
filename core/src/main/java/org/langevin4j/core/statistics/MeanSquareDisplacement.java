package org.langevin4j.core.statistics;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * How far a record gets in k steps,
 *
 * <pre>M(k) = ⟨|x(t + k) − x(t)|²⟩,   k = 0 … K,</pre>
 *
 * averaged over the instants t = 0 … n − K − 1, by Fourier transforms in O(n log n) for all lags at once (Calandrini et al. 2011, Collection SFN 12,
 * 201). M grows as k for Brownian motion, as k² for a drift, and as 1 − φᵏ for a stationary process of correlations φᵏ; the slope of log M against log k is
 * the exponent of diffusion. With σ² the variance of the whole record, M is good to some 10⁻¹⁵ σ².
 *
 * <p>The instants are cut into batches, one after the other, and errors are those of their mean: right where a batch is long beside the correlation
 * time of the increments over k steps, which is k at least. A record that drifts throughout, and so is no stationary one, has no second one to differ
 * from: its error is that of its own parts. Immutable.
 */
public final class MeanSquareDisplacement {

    /** One row a batch, one number a lag. */
    private final double[][] values;

    private MeanSquareDisplacement(double[][] values) {
        this.values = values;
    }

    /**
     * Of one coordinate.
     *
     * @param series n numbers, finite; not modified
     * @param lags K ≥ 1, at most (n − K)/batches
     * @param batches at least 2; dozens serve best
     * @return its displacements
     * @throws IllegalArgumentException if the numbers do not fit, or are not finite
     */
    public static MeanSquareDisplacement of(double[] series, int lags, int batches) {
        if (!(lags >= 1)) {
            throw new IllegalArgumentException("lags must be at least 1, got " + lags);
        }
        if (!(batches >= 2)) {
            throw new IllegalArgumentException("batches must be at least 2, got " + batches);
        }
        int length = (series.length - lags) / batches;
        if (!(length >= lags)) {
            throw new IllegalArgumentException("batches must be at least as long as the " + lags + " lags, got "
                    + batches + " batches of " + length + " numbers");
        }
        int exponent = Units.exponent("series", series);
        double[] units = Units.in(exponent, series);
        double mean = Periodogram.mean(units);
        double[][] values = new double[batches][];
        for (int batch = 0; batch < batches; batch++) {
            double[] found = batch(units, mean, batch * length, length, lags);
            values[batch] = exponent == 0 ? found : Units.times(2 * exponent, found);
        }
        return new MeanSquareDisplacement(values);
    }

    /** Σₜ x²(t + k) + x²(t) − 2x(t)x(t + k), the products by a transform of the batch and one of the batch with what follows. */
    private static double[] batch(double[] series, double mean, int start, int length, int lags) {
        int size = Periodogram.smooth(length, lags);
        double[] own = new double[size];
        double[] all = new double[size];
        for (int t = 0; t < length + lags; t++) {
            all[t] = series[start + t] - mean;
            own[t] = t < length ? all[t] : 0.0;
        }
        double[] squares = new double[lags + 1];
        for (int t = 0; t < length; t++) {
            squares[0] += all[t] * all[t];
        }
        for (int k = 1; k <= lags; k++) {
            squares[k] = squares[k - 1] + all[k + length - 1] * all[k + length - 1] - all[k - 1] * all[k - 1];
        }
        DoubleFFT_1D fft = Periodogram.transform(size);
        fft.realForward(own);
        fft.realForward(all);
        own[0] *= all[0];
        own[1] *= all[1];
        for (int k = 2; k < size; k += 2) {
            double re = own[k] * all[k] + own[k + 1] * all[k + 1];
            double im = own[k] * all[k + 1] - own[k + 1] * all[k];
            own[k] = re;
            own[k + 1] = im;
        }
        fft.realInverse(own, true);
        double[] found = new double[lags + 1];
        for (int k = 1; k <= lags; k++) {
            found[k] = Math.max(0.0, (squares[0] + squares[k] - 2.0 * own[k]) / length);
        }
        return found;
    }

    /**
     * Of both coordinates together, |x|² + |y|².
     *
     * @param other of a record of the same length, lags and batches
     * @return the sum
     * @throws IllegalArgumentException if lags or batches differ
     */
    public MeanSquareDisplacement plus(MeanSquareDisplacement other) {
        if (other.values.length != values.length || other.lags() != lags()) {
            throw new IllegalArgumentException("there must be " + values.length + " batches of " + lags()
                    + " lags, got " + other.values.length + " of " + other.lags());
        }
        double[][] sum = new double[values.length][lags() + 1];
        for (int batch = 0; batch < sum.length; batch++) {
            for (int k = 0; k <= lags(); k++) {
                sum[batch][k] = values[batch][k] + other.values[batch][k];
            }
        }
        return new MeanSquareDisplacement(sum);
    }

    /**
     * The highest lag.
     *
     * @return K
     */
    public int lags() {
        return values[0].length - 1;
    }

    /**
     * The number of batches.
     *
     * @return at least 2
     */
    public int batches() {
        return values.length;
    }

    /**
     * The displacement.
     *
     * @param lag k, from 0
     * @return M(k)
     * @throws IllegalArgumentException if there is no such lag
     */
    public double value(int lag) {
        return moments(lag).mean(0);
    }

    /**
     * Its standard error, from the spread of the batches.
     *
     * @param lag k, from 0
     * @return of M(k)
     * @throws IllegalArgumentException if there is no such lag
     */
    public double error(int lag) {
        return moments(lag).standardError(0);
    }

    private RunningMoments moments(int lag) {
        if (!(lag >= 0 && lag <= lags())) {
            throw new IllegalArgumentException("lag must be from 0 to " + lags() + ", got " + lag);
        }
        RunningMoments moments = new RunningMoments(1);
        for (double[] batch : values) {
            moments.add(batch[lag]);
        }
        return moments;
    }

    /**
     * The exponent of diffusion between two lags.
     *
     * @param from k₁ ≥ 1
     * @param to k₂ &gt; k₁, at most K
     * @return log(M(k₂)/M(k₁))/log(k₂/k₁)
     * @throws IllegalArgumentException if the lags are not such
     */
    public double exponent(int from, int to) {
        return exponent(from, to, -1);
    }

    /**
     * The standard error of the exponent, by leaving out one batch after the other (jackknife).
     *
     * @param from k₁ ≥ 1
     * @param to k₂ &gt; k₁, at most K
     * @return of {@link #exponent(int, int)}
     * @throws IllegalArgumentException if the lags are not such
     */
    public double exponentError(int from, int to) {
        RunningMoments moments = new RunningMoments(1);
        for (int out = 0; out < values.length; out++) {
            moments.add(exponent(from, to, out));
        }
        int n = values.length;
        return (n - 1.0) * Math.sqrt(moments.variance(0) / n);
    }

    private double exponent(int from, int to, int without) {
        if (!(from >= 1 && from < to && to <= lags())) {
            throw new IllegalArgumentException("lags must be two from 1 to " + lags() + ", got " + from + " and " + to);
        }
        double first = 0.0;
        double second = 0.0;
        for (int batch = 0; batch < values.length; batch++) {
            if (batch != without) {
                first += values[batch][from];
                second += values[batch][to];
            }
        }
        return Math.log(second / first) / Math.log((double) to / from);
    }

    @Override
    public String toString() {
        return "mean-square displacement at lags up to " + lags() + " from " + values.length + " batches";
    }
}
