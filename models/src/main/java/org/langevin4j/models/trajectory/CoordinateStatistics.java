package org.langevin4j.models.trajectory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.langevin4j.core.statistics.Autocorrelation;
import org.langevin4j.core.statistics.Periodogram;
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

    private final long rows;
    private final long constant;
    private final RunningMoments amplitude;
    private final RunningMoments power;
    private final RunningMoments correlation;
    private final RunningMoments outside;

    private CoordinateStatistics(
            long rows,
            long constant,
            RunningMoments amplitude,
            RunningMoments power,
            RunningMoments correlation,
            RunningMoments outside) {
        this.rows = rows;
        this.constant = constant;
        this.amplitude = amplitude;
        this.power = power;
        this.correlation = correlation;
        this.outside = outside;
    }

    /**
     * Reads a record.
     *
     * @param record T ≥ 3 rows in the order of time, d columns
     * @param lags highest lag of the autocorrelation, below T
     * @param group columns held at a time; the file is read d/group times, with group·T·8 bytes of memory
     * @return its statistics
     * @throws ArrayFileException if the record cannot be read
     * @throws IllegalArgumentException if it has too few rows, or no coordinate changes
     */
    public static CoordinateStatistics of(StoredArray record, int lags, int group) throws ArrayFileException {
        int n = Math.toIntExact(record.rows());
        if (!(n >= 3)) {
            throw new IllegalArgumentException("record must have at least 3 rows, got " + n);
        }
        RunningMoments amplitude = RunningMoments.ofVariances((n - 1) / 2 + 1);
        RunningMoments power = RunningMoments.ofVariances((n - 1) / 2 + 1);
        RunningMoments correlation = RunningMoments.ofVariances(lags + 1);
        RunningMoments outside = new RunningMoments(2);
        List<double[]> waiting = new ArrayList<>();
        record.forEachColumn(group, (column, values) -> {
            waiting.add(values);
            if (waiting.size() == group || column + 1 == record.columns()) {
                double[][][] found = new double[waiting.size()][][];
                IntStream.range(0, found.length).parallel().forEach(i -> found[i] = one(waiting.get(i), lags));
                for (double[][] each : found) {
                    if (each.length > 0) {
                        amplitude.add(each[0]);
                        power.add(each[1]);
                        correlation.add(each[2]);
                        outside.add(each[3]);
                    }
                }
                waiting.clear();
            }
        });
        if (power.count() == 0) {
            throw new IllegalArgumentException("record must have a coordinate that changes, all are constant");
        }
        return new CoordinateStatistics(n, record.columns() - power.count(), amplitude, power, correlation, outside);
    }

    /** Amplitude, power, autocorrelation and share of lags outside of both bands of one coordinate; nothing if it is constant. */
    private static double[][] one(double[] x, int lags) {
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
        double[] amplitude = new double[found.length];
        double[] power = new double[found.length];
        for (int k = 0; k < found.length; k++) {
            amplitude[k] = Math.sqrt(found[k]);
            power[k] = found[k] / variance;
        }
        double[] rho = Autocorrelation.of(x, lags);
        double white = Autocorrelation.whiteNoiseBand(x.length, Z);
        double[] bartlett = Autocorrelation.bartlettBand(rho, x.length, Z);
        double[] outside = new double[2];
        for (int k = 1; k <= lags; k++) {
            outside[0] += Math.abs(rho[k]) > white ? 1.0 / lags : 0.0;
            outside[1] += Math.abs(rho[k]) > bartlett[k] ? 1.0 / lags : 0.0;
        }
        return new double[][] {amplitude, power, rho, outside};
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

    @Override
    public String toString() {
        return power.count() + " coordinates over " + rows + " rows, " + constant + " constant ones left out";
    }
}
