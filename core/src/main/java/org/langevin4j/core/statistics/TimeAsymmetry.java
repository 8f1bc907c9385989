package org.langevin4j.core.statistics;

import java.util.Arrays;
import java.util.Locale;

/**
 * Correlations that tell the direction of time: with Cᵢⱼ(τ) = ⟨gᵢ(t)gⱼ(t+τ)⟩ of quantities of a stationary process,
 *
 * <pre>aᵢⱼ(τ) = ½[Cᵢⱼ(τ) − Cⱼᵢ(τ)] = ½⟨gᵢ(t)gⱼ(t+τ) − gⱼ(t)gᵢ(t+τ)⟩</pre>
 *
 * is zero at every τ if the process is in detailed balance and the quantities are even under the reversal of time (Onsager
 * 1931; Steinberg 1986, Biophys. J. 50, 171). It is the area that the straight line from g(t) to g(t+τ) sweeps in the
 * plane of gᵢ and gⱼ, so that aᵢⱼ(Δt)/Δt is the area rate of the recorded process: for gᵢ = xᵢ it tends to
 * ½⟨xᵢ∘dxⱼ − xⱼ∘dxᵢ⟩/dt as Δt → 0, β⁻¹Q for an Ornstein–Uhlenbeck process (Ghanta, Neu and Teitsworth 2017, Phys. Rev. E 95,
 * 032128).
 *
 * <p>Errors are those of independent samples: paths of an ensemble, or the batches into which one long record is cut.
 * Immutable.
 */
public final class TimeAsymmetry {

    private static final int MOST = 65_536;

    private final RunningMoments moments;
    private final int functions;
    private final int lags;
    private final double interval;

    /** Moments are those of quantity i in units of 2 to the power units[i]. */
    private final int[] units;

    private final double batchCorrelation;

    private TimeAsymmetry(
            RunningMoments moments, int functions, int lags, double interval, int[] units, double batchCorrelation) {
        this.moments = moments;
        this.units = units;
        this.functions = functions;
        this.lags = lags;
        this.interval = interval;
        this.batchCorrelation = batchCorrelation;
    }

    /**
     * The asymmetry from independent samples.
     *
     * @param moments of the vectors aᵢⱼ(kΔt), for i &lt; j row by row, and for each pair k = 1 … lags; kept
     * @param functions number n of quantities, at least 2
     * @param lags largest k
     * @param interval Δt, positive
     * @return the asymmetry
     */
    public static TimeAsymmetry of(RunningMoments moments, int functions, int lags, double interval) {
        long length = length(functions, lags);
        if (moments.dimension() != length) {
            throw new IllegalArgumentException(
                    "moments must be those of " + length + " quantities, got " + moments.dimension());
        }
        return new TimeAsymmetry(moments, functions, lags, requirePositive(interval), new int[functions], 0.0);
    }

    /**
     * The asymmetry of one record, as a person has it in a file; nothing need be known of where it comes from. The mean of
     * each quantity is subtracted. The record is cut into batches of equal length, the odd ends left out; each batch must
     * be much longer than the correlation time, which {@link #batchCorrelation} tells.
     *
     * @param samples {@code samples[t][i]}, quantity i at time tΔt, finite
     * @param interval Δt, positive
     * @param lags largest lag, in intervals
     * @param batches number of batches, at least 2; some dozens serve best
     * @return the asymmetry
     * @throws IllegalArgumentException if the record is not rectangular and finite, or a batch is shorter than the lags
     */
    public static TimeAsymmetry ofTrajectory(double[][] samples, double interval, int lags, int batches) {
        requirePositive(interval);
        if (!(lags >= 1)) {
            throw new IllegalArgumentException("lags must be positive, got " + lags);
        }
        if (!(batches >= 2)) {
            throw new IllegalArgumentException("batches must be at least 2, got " + batches);
        }
        if (!(samples.length > 0)) {
            throw new IllegalArgumentException("samples must not be empty");
        }
        int n = samples[0].length;
        RunningMoments moments = moments(n, lags);
        int[] exponents = new int[n];
        double[][] record = inUnits(samples, n, exponents);
        double[] mean = means(record, n);
        double[] row = new double[moments.dimension()];
        int length = (samples.length - lags) / batches;
        if (!(length >= lags)) {
            throw new IllegalArgumentException("batches must be at least as long as the " + lags + " lags, got "
                    + batches + " batches of " + length + " samples");
        }
        double[][] values = new double[batches][];
        for (int batch = 0; batch < batches; batch++) {
            Arrays.fill(row, 0.0);
            for (int t = batch * length; t < (batch + 1) * length; t++) {
                add(record, t, lags, mean, row);
            }
            for (int k = 0; k < row.length; k++) {
                row[k] /= length;
            }
            moments.add(row);
            values[batch] = row.clone();
        }
        return new TimeAsymmetry(moments, n, lags, interval, exponents, correlation(values, moments, lags));
    }

    private static long length(int functions, int lags) {
        if (!(lags >= 1)) {
            throw new IllegalArgumentException("lags must be positive, got " + lags);
        }
        return (long) pairs(functions) * lags;
    }

    private static RunningMoments moments(int functions, int lags) {
        long length = length(functions, lags);
        if (!(length <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("lags must number fewer, got " + lags + " of " + functions
                    + " quantities, which are " + length + " correlations");
        }
        return new RunningMoments((int) length);
    }

    /** Each quantity in its own, or the record itself. */
    private static double[][] inUnits(double[][] samples, int n, int[] exponents) {
        double[] largest = new double[n];
        for (int t = 0; t < samples.length; t++) {
            if (samples[t].length != n) {
                throw new IllegalArgumentException(
                        "samples must all have " + n + " quantities, got " + samples[t].length + " in row " + t);
            }
            for (int i = 0; i < n; i++) {
                if (!(Math.abs(samples[t][i]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "samples must be finite, got samples[" + t + "][" + i + "] = " + samples[t][i]);
                }
                largest[i] = Math.max(largest[i], Math.abs(samples[t][i]));
            }
        }
        Arrays.setAll(exponents, i -> Units.exponent("samples", largest[i]));
        if (Arrays.stream(exponents).allMatch(e -> e == 0)) {
            return samples;
        }
        double[][] scaled = new double[samples.length][n];
        for (int t = 0; t < scaled.length; t++) {
            for (int i = 0; i < n; i++) {
                scaled[t][i] = Math.scalb(samples[t][i], -exponents[i]);
            }
        }
        return scaled;
    }

    private static double requirePositive(double interval) {
        if (!(interval > 0.0 && interval <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("interval must be positive and finite, got " + interval);
        }
        return interval;
    }

    /**
     * The number of pairs of quantities.
     *
     * @param functions n, at least 2
     * @return n(n − 1)/2
     * @throws IllegalArgumentException if n is less than 2: the correlation of one quantity is even in τ; or above 65,536, whose pairs are no {@code int}
     */
    public static int pairs(int functions) {
        if (!(functions >= 2)) {
            throw new IllegalArgumentException(
                    "quantities must be at least 2, for the correlation of one is even in time, got " + functions);
        }
        if (!(functions <= MOST)) {
            throw new IllegalArgumentException("quantities must be at most " + MOST + ", got " + functions);
        }
        return (int) (functions * (functions - 1L) / 2);
    }

    private static double[] means(double[][] samples, int n) {
        double[] mean = new double[n];
        for (int t = 0; t < samples.length; t++) {
            for (int i = 0; i < n; i++) {
                mean[i] += samples[t][i] / samples.length;
            }
        }
        return mean;
    }

    private static void add(double[][] samples, int t, int lags, double[] mean, double[] row) {
        int at = 0;
        for (int i = 0; i < mean.length; i++) {
            double gi = samples[t][i] - mean[i];
            for (int j = i + 1; j < mean.length; j++) {
                double gj = samples[t][j] - mean[j];
                for (int k = 1; k <= lags; k++) {
                    double[] later = samples[t + k];
                    row[at] += 0.5 * (gi * (later[j] - mean[j]) - gj * (later[i] - mean[i]));
                    at++;
                }
            }
        }
    }

    /** Of the first lag of each pair, from each batch to the next; the largest. */
    private static double correlation(double[][] values, RunningMoments moments, int lags) {
        double largest = 0.0;
        for (int k = 0; k < moments.dimension(); k += lags) {
            double sum = 0.0;
            for (int batch = 1; batch < values.length; batch++) {
                sum += (values[batch - 1][k] - moments.mean(k)) * (values[batch][k] - moments.mean(k));
            }
            double r = sum / ((values.length - 1) * moments.variance(k));
            largest = Math.abs(r) > Math.abs(largest) ? r : largest;
        }
        return largest;
    }

    private int index(int i, int j, int lag) {
        if (!(i >= 0 && i < functions && j >= 0 && j < functions && i != j)) {
            throw new IllegalArgumentException(
                    "quantities must be two different ones of " + functions + ", got " + i + " and " + j);
        }
        requireLag(lag);
        int first = Math.min(i, j);
        int second = Math.max(i, j);
        int pair = first * functions - first * (first + 1) / 2 + second - first - 1;
        return pair * lags + lag - 1;
    }

    private void requireLag(int lag) {
        if (!(lag >= 1 && lag <= lags)) {
            throw new IllegalArgumentException("lag must be from 1 to " + lags + ", got " + lag);
        }
    }

    /**
     * The asymmetry.
     *
     * @param i one quantity
     * @param j another one
     * @param lag k, from 1
     * @return aᵢⱼ(kΔt), in the units of the two quantities; infinite or zero where that is beyond the doubles
     */
    public double value(int i, int j, int lag) {
        double value = Math.scalb(moments.mean(index(i, j, lag)), units[i] + units[j]);
        return i < j ? value : -value;
    }

    /**
     * The standard error of the asymmetry.
     *
     * @param i one quantity
     * @param j another one
     * @param lag k, from 1
     * @return of aᵢⱼ(kΔt)
     */
    public double error(int i, int j, int lag) {
        return Math.scalb(moments.standardError(index(i, j, lag)), units[i] + units[j]);
    }

    /**
     * The area rate of the recorded process.
     *
     * @param i one quantity
     * @param j another one
     * @return aᵢⱼ(Δt)/Δt, per unit of time; positive from i to j
     */
    public double areaRate(int i, int j) {
        return value(i, j, 1) / interval;
    }

    /**
     * The standard error of the area rate.
     *
     * @param i one quantity
     * @param j another one
     * @return of aᵢⱼ(Δt)/Δt
     */
    public double areaRateError(int i, int j) {
        return error(i, j, 1) / interval;
    }

    /**
     * The time between two recorded states.
     *
     * @return Δt
     */
    public double interval() {
        return interval;
    }

    /**
     * The largest lag.
     *
     * @return in intervals
     */
    public int lags() {
        return lags;
    }

    /**
     * The number of independent samples.
     *
     * @return paths or batches
     */
    public long samples() {
        return moments.count();
    }

    /**
     * How far batches are from independent: the correlation of the area rate of a batch with that of the next, of the pair
     * where it is largest in size. Independent batches have ±1/√batches; a value far above says that the batches are too
     * short and the errors too small.
     *
     * @return correlation; 0 for the paths of an ensemble
     */
    public double batchCorrelation() {
        return batchCorrelation;
    }

    /**
     * Tests detailed balance by the area rates of all pairs.
     *
     * @return the test at lag 1
     */
    public DetailedBalanceTest test() {
        return test(1);
    }

    /**
     * Tests detailed balance by all pairs at some lags together. Lags that are close carry the same news twice.
     *
     * @param chosen lags, different ones
     * @return the test
     * @throws IllegalArgumentException if there are no more samples than quantities, or they depend on each other
     */
    public DetailedBalanceTest test(int... chosen) {
        if (!(chosen.length >= 1)) {
            throw new IllegalArgumentException("lags must number at least 1, got 0");
        }
        int[] kept = new int[pairs(functions) * chosen.length];
        int at = 0;
        for (int pair = 0; pair < pairs(functions); pair++) {
            for (int lag : chosen) {
                requireLag(lag);
                kept[at] = pair * lags + lag - 1;
                at++;
            }
        }
        return DetailedBalanceTest.of(moments.marginal(kept));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "antisymmetric correlations of %d functions at %d lags of %.5g: %s",
                functions,
                lags,
                interval,
                test());
    }
}
