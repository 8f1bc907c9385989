package org.langevin4j.core.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.transform.DftNormalization;
import org.hipparchus.transform.FastFourierTransformer;
import org.hipparchus.transform.TransformType;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.linear.LuFactors;

/**
 * The power spectrum of a stationary quantity g with autocovariance C, by the method of Welch (1967, IEEE Trans. Audio
 * Electroacoust. 15, 70): two-sided, in angular frequency,
 *
 * <pre>S(ω) = ∫C(τ)e^(−iωτ) dτ,   Var g = (1/π)∫₀^∞S dω,   Ŝ(ωₖ) = Δt |Σₜ wₜ(gₜ − ḡ)e^(−iωₖtΔt)|² / Σₜwₜ²,   ωₖ = 2πk/(nΔt)</pre>
 *
 * <p>with the window w of Hann over n records, ḡ the mean over them; the two lowest frequencies lack what ḡ takes. An
 * Ornstein–Uhlenbeck process dg = −γg dt + √(2D) dW has S = 2D/(γ² + ω²). Lines narrower than the resolution 2π/(nΔt) come
 * out that wide. Immutable.
 */
public final class PowerSpectrum {

    /** Of periodograms with Hann's window that overlap by half: the square of Σwₜwₜ₊ₙ⁄₂/Σwₜ² = 1/6. */
    private static final double OVERLAP_CORRELATION = 1.0 / 36.0;

    /** Neighbouring frequencies correlate by (2/3)², those after them by (1/6)²: the variance of a sum over many. */
    private static final double NEIGHBOURS = 1.0 + 2.0 * (4.0 / 9.0 + 1.0 / 36.0);

    /** Fits of a peak are repeated with the window that the last one gave, until it stands. */
    private static final int FITS = 50;

    /** Moments of one number, with the heads of their arrays. */
    private static final double BYTES = 160.0;

    private static final int FEWEST_FREQUENCIES = 5;

    /** Of the fit, in half widths to either side. */
    private static final double WINDOW = 1.5;

    /** Half of the frequencies that bring a relative error of 1 down to 1/20. */
    private static final double SMOOTHING = 200.0;

    private final double resolution;
    private final double[] density;
    private final double[] error;

    /** Densities and their errors are in units of 2 to this power, so that their squares are doubles. */
    private final int unit;

    private final long samples;

    private PowerSpectrum(double resolution, double[] density, double[] error, int unit, long samples) {
        this.resolution = resolution;
        this.density = density;
        this.error = error;
        this.unit = unit;
        this.samples = samples;
    }

    /**
     * The spectrum of one record, from segments that overlap by half.
     *
     * @param values g₀, g₁ …, finite
     * @param interval Δt, positive
     * @param segment n, a power of two, at least 8; errors are right if nΔt is much longer than the correlation time
     * @return the spectrum
     * @throws IllegalArgumentException if the record has not at least two segments
     */
    public static PowerSpectrum welch(double[] values, double interval, int segment) {
        int count = segments(values, segment);
        int size = Units.exponent("values", values);
        int time = unitOfTime(interval);
        double[] units = Units.in(size, values);
        List<RunningMoments> estimates = empty(segment);
        double[] part = new double[segment];
        for (int s = 0; s < count; s++) {
            System.arraycopy(units, s * (segment / 2), part, 0, segment);
            add(periodogram(part, Math.scalb(interval, -time)), estimates);
        }
        double inflation = Math.sqrt(1.0 + 2.0 * OVERLAP_CORRELATION * (count - 1.0) / count);
        return of(estimates, interval, inflation, 2 * size + time);
    }

    /** Their number, at least 2. */
    private static int segments(double[] values, int segment) {
        requireSegment(segment);
        int count = (values.length - segment) / (segment / 2) + 1;
        if (!(values.length >= segment && count >= 2)) {
            throw new IllegalArgumentException("values must number at least " + (segment + (long) segment / 2)
                    + " for two segments, got " + values.length);
        }
        return count;
    }

    private static int unitOfTime(double interval) {
        requireInterval(interval);
        return Units.exponent("interval", interval);
    }

    /**
     * The density of {@link #welch} alone, for many records, in less time.
     *
     * @param values as for {@link #welch}
     * @param interval as for {@link #welch}
     * @param segment as for {@link #welch}
     * @return Ŝ(ωₖ), k = 0 … n/2
     * @throws IllegalArgumentException if the record has not at least two segments
     */
    public static double[] welchDensity(double[] values, double interval, int segment) {
        int count = segments(values, segment);
        int size = Units.exponent("values", values);
        int time = unitOfTime(interval);
        double[] units = Units.in(size, values);
        double[] sum = new double[segment / 2 + 1];
        double[] part = new double[segment];
        for (int s = 0; s < count; s++) {
            System.arraycopy(units, s * (segment / 2), part, 0, segment);
            double[] one = periodogram(part, Math.scalb(interval, -time));
            for (int k = 0; k < sum.length; k++) {
                sum[k] += one[k] / count;
            }
        }
        return Units.in(-2 * size - time, sum);
    }

    /**
     * The spectrum as the mean of independent estimates.
     *
     * @param estimates for each frequency k = 0 … n/2 the moments of independent estimates, one coordinate each
     * @param interval Δt, positive
     * @return the spectrum
     */
    public static PowerSpectrum of(List<RunningMoments> estimates, double interval) {
        requireSegment(2 * (estimates.size() - 1));
        return of(estimates, interval, 1.0, 0);
    }

    private static PowerSpectrum of(List<RunningMoments> estimates, double interval, double inflation, int unit) {
        requireInterval(interval);
        double[] density = new double[estimates.size()];
        double[] error = new double[density.length];
        for (int k = 0; k < density.length; k++) {
            density[k] = estimates.get(k).mean(0);
            error[k] = inflation * estimates.get(k).standardError(0);
        }
        double resolution = 2.0 * Math.PI / (2.0 * (density.length - 1) * interval);
        return new PowerSpectrum(
                resolution, density, error, unit, estimates.get(0).count());
    }

    /**
     * Moments to gather periodograms in.
     *
     * @param segment n
     * @return n/2 + 1 empty moments
     */
    public static List<RunningMoments> empty(int segment) {
        requireSegment(segment);
        Memory.require(
                "moments of " + segment / 2 + " frequencies", BYTES * segment / 2, "a shorter segment needs less");
        List<RunningMoments> moments = new ArrayList<>(segment / 2 + 1);
        for (int k = 0; k <= segment / 2; k++) {
            moments.add(new RunningMoments(1));
        }
        return moments;
    }

    private static void add(double[] periodogram, List<RunningMoments> estimates) {
        for (int k = 0; k < periodogram.length; k++) {
            estimates.get(k).add(periodogram[k]);
        }
    }

    /**
     * The periodogram of one segment.
     *
     * @param values n of them, a power of two, finite; not modified
     * @param interval Δt
     * @return Ŝ(ωₖ) for k = 0 … n/2; infinite or zero where its size is beyond the doubles
     */
    public static double[] periodogram(double[] values, double interval) {
        int n = values.length;
        requireSegment(n);
        int time = unitOfTime(interval);
        int size = Units.exponent("values", values);
        double[] units = Units.in(size, values);
        double mean = 0.0;
        for (int t = 0; t < n; t++) {
            mean += units[t] / n;
        }
        double[] windowed = new double[n];
        double power = 0.0;
        for (int t = 0; t < n; t++) {
            double w = 0.5 * (1.0 - Math.cos(2.0 * Math.PI * t / n));
            windowed[t] = w * (units[t] - mean);
            power += w * w;
        }
        Complex[] transform =
                new FastFourierTransformer(DftNormalization.STANDARD).transform(windowed, TransformType.FORWARD);
        double[] density = new double[n / 2 + 1];
        for (int k = 0; k < density.length; k++) {
            double re = transform[k].getRealPart();
            double im = transform[k].getImaginaryPart();
            density[k] = Math.scalb(interval, -time) * (re * re + im * im) / power;
        }
        return Units.in(-2 * size - time, density);
    }

    private static void requireSegment(int segment) {
        if (!(segment >= 8 && Integer.bitCount(segment) == 1)) {
            throw new IllegalArgumentException("segment must be a power of two and at least 8, got " + segment);
        }
    }

    private static void requireInterval(double interval) {
        if (!(interval > 0.0 && interval <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("interval must be positive and finite, got " + interval);
        }
    }

    /**
     * The number of frequencies.
     *
     * @return n/2 + 1
     */
    public int size() {
        return density.length;
    }

    /**
     * A frequency.
     *
     * @param k 0 … size − 1
     * @return ωₖ, radians per unit of time
     */
    public double frequency(int k) {
        return k * resolution;
    }

    /**
     * The spectral density.
     *
     * @param k number of the frequency
     * @return Ŝ(ωₖ), square of g times time; infinite or zero where its size is beyond the doubles
     */
    public double density(int k) {
        return Math.scalb(density[k], unit);
    }

    /**
     * The standard error of the spectral density.
     *
     * @param k number of the frequency
     * @return of Ŝ(ωₖ)
     */
    public double error(int k) {
        return Math.scalb(error[k], unit);
    }

    /**
     * The distance of two frequencies.
     *
     * @return 2π/(nΔt)
     */
    public double resolution() {
        return resolution;
    }

    /**
     * The number of estimates that were averaged.
     *
     * @return segments of a record, or paths of an ensemble
     */
    public long samples() {
        return samples;
    }

    /**
     * The highest peak away from zero frequency: 1/S is fitted by a parabola over ω₀ ± 1.5γ, where S is at least
     * 4/13 of its height, by weighted least squares. The window is found from an average over as many frequencies as make the error a
     * twentieth, and then from the fit itself.
     *
     * @return the peak; empty if the spectrum has none, or one of fewer than five frequencies
     */
    public Optional<SpectralPeak> peak() {
        int strongest = 2;
        for (int k = 3; k < density.length; k++) {
            strongest = density[k] > density[strongest] ? k : strongest;
        }
        double relative = error[strongest] / density[strongest];
        double[] model = smooth((int) Math.min(density.length / 8.0, 1.0 + relative * relative * SMOOTHING));
        int top = 2;
        for (int k = 3; k < model.length; k++) {
            top = model[k] > model[top] ? k : top;
        }
        int low = top;
        while (low > 2 && model[low - 1] > 0.5 * model[top]) {
            low--;
        }
        int high = top;
        while (high < density.length - 2 && model[high + 1] > 0.5 * model[top]) {
            high++;
        }
        Fit fit = null;
        for (int round = 0; round < FITS; round++) {
            fit = high - low + 1 < FEWEST_FREQUENCIES ? null : fit(low, high, model);
            if (fit == null) {
                return Optional.empty();
            }
            for (int k = 0; k < model.length; k++) {
                model[k] = fit.density(k);
            }
            int nextLow = Math.max(2, (int) Math.ceil(fit.centre - WINDOW * fit.halfWidth));
            int nextHigh = Math.min(density.length - 1, (int) Math.floor(fit.centre + WINDOW * fit.halfWidth));
            boolean stands = nextLow == low && nextHigh == high;
            low = nextLow;
            high = nextHigh;
            if (stands) {
                break;
            }
        }
        if (fit == null || !(fit.centre - fit.halfWidth > 0.0 && fit.centre < density.length - 1)) {
            return Optional.empty();
        }
        return Optional.of(new SpectralPeak(
                fit.centre * resolution,
                fit.centreError * resolution,
                fit.halfWidth * resolution,
                fit.halfWidthError * resolution,
                Math.scalb(fit.height, unit),
                resolution));
    }

    /** Averages over the frequencies k − reach … k + reach, fewer at the ends. */
    private double[] smooth(int reach) {
        double[] average = new double[density.length];
        for (int k = 0; k < average.length; k++) {
            int near = Math.min(reach, Math.min(k, density.length - 1 - k));
            for (int l = k - near; l <= k + near; l++) {
                average[k] += density[l] / (2 * near + 1);
            }
        }
        return average;
    }

    /** height·γ²/((k − centre)² + γ²), in units of the resolution. */
    private record Fit(double centre, double centreError, double halfWidth, double halfWidthError, double height) {

        double density(int k) {
            double z = (k - centre) / halfWidth;
            return height / (1.0 + z * z);
        }
    }

    /** 1/S = p₀ + p₁u + p₂u², u ∝ k − middle; the variance of 1/Ŝ is (relative error)²/S², the former from all of them. */
    private @Nullable Fit fit(int low, int high, double[] model) {
        double middle = 0.5 * (low + high);
        double scale = 0.5 * (high - low);
        RealMatrix normal = MatrixUtils.createRealMatrix(3, 3);
        RealVector right = MatrixUtils.createRealVector(new double[3]);
        double[] powers = new double[3];
        double relative = 0.0;
        for (int k = low; k <= high; k++) {
            relative += error[k] / density[k] / (high - low + 1);
        }
        for (int k = low; k <= high; k++) {
            double weight = model[k] * model[k] / (relative * relative);
            powers[0] = 1.0;
            powers[1] = (k - middle) / scale;
            powers[2] = powers[1] * powers[1];
            for (int i = 0; i < 3; i++) {
                right.addToEntry(i, weight * powers[i] / density[k]);
                for (int j = 0; j < 3; j++) {
                    normal.addToEntry(i, j, weight * powers[i] * powers[j]);
                }
            }
        }
        if (!(normal.getNorm1() <= Double.MAX_VALUE)) {
            return null;
        }
        LuFactors factors = LuFactors.of(normal);
        if (factors.isSingularToRounding()) {
            return null;
        }
        RealMatrix covariance = factors.inverse();
        RealVector p = covariance.operate(right);
        double p2 = p.getEntry(2);
        double u0 = -p.getEntry(1) / (2.0 * p2);
        double square = p.getEntry(0) / p2 - u0 * u0;
        if (!(p2 > 0.0 && square > 0.0)) {
            return null;
        }
        double g = Math.sqrt(square);
        // Gradients of u₀ and of γ = √(p₀/p₂ − u₀²) in p.
        RealVector du = MatrixUtils.createRealVector(new double[] {0.0, -0.5 / p2, -u0 / p2});
        RealVector dg = MatrixUtils.createRealVector(
                new double[] {0.5 / (p2 * g), 0.5 * u0 / (p2 * g), 0.5 * (2.0 * u0 * u0 - p.getEntry(0) / p2) / (p2 * g)
                });
        double centreError = Math.sqrt(NEIGHBOURS * du.dotProduct(covariance.operate(du)));
        double widthError = Math.sqrt(NEIGHBOURS * dg.dotProduct(covariance.operate(dg)));
        return new Fit(middle + scale * u0, scale * centreError, scale * g, scale * widthError, 1.0 / (p2 * square));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "power spectrum of %d records at %d frequencies %.5g apart, peak %s",
                samples,
                size(),
                resolution,
                peak().map(SpectralPeak::toString).orElse("none"));
    }
}
