package org.langevin4j.models.trajectory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.langevin4j.core.statistics.Autocorrelation;
import org.langevin4j.core.statistics.Periodogram;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.file.StoredArray;

/**
 * The statistics of Fig. 3 of Chaudhari and Soatto (2018) for a record x of T rows and d coordinates: with the mean and the deviation over the
 * coordinates i,
 *
 * <pre>Aᵢ(f) = |Σₜ (Δxᵢ(t) − Δx̄ᵢ) e^(−2πift)|/√(T − 1),  Δxᵢ(t) = xᵢ(t + 1) − xᵢ(t),   f = k/(T − 1) in cycles a row,
 * ρ̂ᵢ(k), the autocorrelation at lag k,   and   Pᵢ(f) = Aᵢ(f)²/Var Δxᵢ, which is 1 on average for white increments.</pre>
 *
 * Coordinates that never change have neither and are counted apart. Neither spectrum nor autocorrelation of single coordinates knows the
 * direction of time: a loop and a slow relaxation can have the same of both; {@link HeldOutRotation} tells them apart.
 */
public final class CoordinateStatistics {

    /** The quantile of the 99 % bands. */
    public static final double Z = 2.5758293035489004;

    private static final int FEWEST = 32;

    /** Segments of Welch's estimate, half of them overlapping. */
    private static final int SEGMENTS = 8;

    private final long rows;
    private final FrequencyBands ofPower;
    private final FrequencyBands ofWelch;
    private final int segment;
    private final RunningMoments amplitude;
    private final RunningMoments power;
    private final RunningMoments correlation;
    private final RunningMoments outside;
    private final RunningMoments bartlett;
    private final Bands bands;
    private final Bands welch;
    private long constant;

    /**
     * A spectrum in bands of frequency, equally wide in its logarithm.
     *
     * @param frequencies in the middle of each, cycles a row
     * @param power mean of Pᵢ(f) over the band, one sample a coordinate
     */
    public record Bands(List<Double> frequencies, RunningMoments power) {

        private static Bands of(FrequencyBands bands) {
            List<Double> centres = Arrays.stream(bands.centres()).boxed().toList();
            return new Bands(centres, RunningMoments.ofVariances(centres.size()));
        }
    }

    private CoordinateStatistics(int rows, int lags) {
        int frequencies = (rows - 1) / 2 + 1;
        this.rows = rows;
        this.segment = Math.max(8, Integer.highestOneBit((rows - 1) / SEGMENTS) * 2);
        this.ofPower = new FrequencyBands(frequencies - 1);
        this.ofWelch = new FrequencyBands(segment / 2);
        this.amplitude = RunningMoments.ofVariances(frequencies);
        this.power = RunningMoments.ofVariances(frequencies);
        this.correlation = RunningMoments.ofVariances(lags + 1);
        this.outside = new RunningMoments(2);
        this.bartlett = RunningMoments.ofVariances(lags + 1);
        this.bands = Bands.of(ofPower);
        this.welch = Bands.of(ofWelch);
    }

    /**
     * Reads a record.
     *
     * @param record T ≥ 32 rows in the order of time, d columns
     * @param lags highest lag of the autocorrelation, from 1, below T
     * @param group columns held at a time; the file is read d/group times, with group·T·8 bytes of memory
     * @return its statistics
     * @throws ArrayFileException if the record cannot be read
     * @throws IllegalArgumentException if it has too few rows, or no coordinate changes
     */
    public static CoordinateStatistics of(StoredArray record, int lags, int group) throws ArrayFileException {
        int n = Math.toIntExact(record.rows());
        if (!(n >= FEWEST)) {
            throw new IllegalArgumentException("record must have at least " + FEWEST + " rows, got " + n);
        }
        CoordinateStatistics all = new CoordinateStatistics(n, lags);
        List<double[]> waiting = new ArrayList<>();
        record.forEachColumn(group, (column, values) -> {
            waiting.add(values);
            if (waiting.size() == group || column + 1 == record.columns()) {
                double[][][] found = new double[waiting.size()][][];
                IntStream.range(0, found.length).parallel().forEach(i -> found[i] = all.one(waiting.get(i), lags));
                for (double[][] each : found) {
                    all.add(each);
                }
                waiting.clear();
            }
        });
        if (all.power.count() == 0) {
            throw new IllegalArgumentException("record must have a coordinate that changes, all are constant");
        }
        return all;
    }

    private void add(double[][] each) {
        if (each.length == 0) {
            constant++;
            return;
        }
        RunningMoments[] moments = {amplitude, power, correlation, outside, bartlett, bands.power(), welch.power()};
        for (int k = 0; k < moments.length; k++) {
            moments[k].add(each[k]);
        }
    }

    /** What is averaged over coordinates, of one of them; nothing if it is constant. */
    private double[][] one(double[] x, int lags) {
        double[] found = Periodogram.of(Periodogram.increments(x));
        int n = x.length - 1;
        // Parseval: all but the middle one of an even length stand for two frequencies.
        double variance = 0.0;
        for (int k = 1; k < found.length; k++) {
            variance += (2 * k == n ? 1.0 : 2.0) * found[k] / n;
        }
        if (!(variance > 0.0)) {
            return new double[0][];
        }
        double[] amplitudes = new double[found.length];
        double[] powers = new double[found.length];
        for (int k = 0; k < found.length; k++) {
            amplitudes[k] = Math.sqrt(found[k]);
            powers[k] = found[k] / variance;
        }
        double[] rho = Autocorrelation.of(x, lags);
        double white = Autocorrelation.whiteNoiseBand(x.length, Z);
        double[] band = Autocorrelation.bartlettBand(rho, x.length, Z);
        double[] shares = new double[2];
        for (int k = 1; k <= lags; k++) {
            shares[0] += Math.abs(rho[k]) > white ? 1.0 / lags : 0.0;
            shares[1] += Math.abs(rho[k]) > band[k] ? 1.0 / lags : 0.0;
        }
        return new double[][] {
            amplitudes, powers, rho, shares, band, ofPower.means(powers), ofWelch.means(welch(x, variance))
        };
    }

    /** Over the variance; the density of white noise of variance one is one. */
    private double[] welch(double[] x, double variance) {
        double[] density = PowerSpectrum.welchDensity(Periodogram.increments(x), 1.0, segment);
        return Arrays.stream(density).map(v -> v / variance).toArray();
    }

    /**
     * The length of the record.
     *
     * @return T
     */
    public long rows() {
        return rows;
    }

    /**
     * Coordinates that never change and are left out.
     *
     * @return their number
     */
    public long constantCoordinates() {
        return constant;
    }

    /**
     * Aᵢ(f) over the coordinates, as the paper draws it.
     *
     * @return one quantity for each k = 0 … ⌊(T − 1)/2⌋, one sample a coordinate
     */
    public RunningMoments amplitude() {
        return amplitude;
    }

    /**
     * Pᵢ(f) over the coordinates.
     *
     * @return one quantity for each k = 0 … ⌊(T − 1)/2⌋, one sample a coordinate
     */
    public RunningMoments power() {
        return power;
    }

    /**
     * ρ̂ᵢ(k) over the coordinates.
     *
     * @return one quantity for each lag from 0, one sample a coordinate
     */
    public RunningMoments correlation() {
        return correlation;
    }

    /**
     * The share of lags, from 1 on, at which a coordinate's autocorrelation is outside of its 99 % band.
     *
     * @return two quantities, for the band of white noise and for Bartlett's, one sample a coordinate
     */
    public RunningMoments outside() {
        return outside;
    }

    /**
     * Half the width of Bartlett's 99 % band.
     *
     * @return one quantity for each lag from 0, one sample a coordinate
     */
    public RunningMoments bartlett() {
        return bartlett;
    }

    /**
     * The spectrum of the increments by one transform of all rows.
     *
     * @return in bands of frequency
     */
    public Bands bands() {
        return bands;
    }

    /**
     * The same by Welch's method, with Hann's window.
     *
     * @return in bands of frequency, from that of a segment on
     */
    public Bands welch() {
        return welch;
    }

    @Override
    public String toString() {
        return power.count() + " coordinates over " + rows + " rows, " + constant + " constant ones left out";
    }
}
