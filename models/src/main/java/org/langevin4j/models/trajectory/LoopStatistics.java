package org.langevin4j.models.trajectory;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.langevin4j.core.statistics.Autocorrelation;
import org.langevin4j.core.statistics.Periodogram;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.RankTest;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.VectorAutoregression;

/**
 * What could tell a record of few coordinates from relaxation without loops, in numbers of which the law under any null is found by surrogates
 * ({@link RankTest}). The spectra are Welch's, of the increments of each coordinate from row to row, over their mean.
 *
 * <p>Immutable.
 */
public final class LoopStatistics {

    /** The numbers. */
    public enum Statistic {
        /** Mean of the spectrum over the four lowest frequencies: 1 for white increments. */
        LOW_POWER("power of increments in the lowest band, 1 if flat"),
        /** The highest ratio of the spectrum of a coordinate to the median of its neighbours: what the paper calls periodic. */
        PEAK("highest peak of a coordinate’s spectrum over its smooth background"),
        /** Mean autocorrelation at the middle of the lags, on a logarithmic scale. */
        CORRELATION("mean autocorrelation at the middle lag"),
        /** A(1) of the second half in the plane that the first half chooses, over its error ({@link HeldOutRotation}). */
        ROTATION("A(1) of the second half in the plane of the first, over its error"),
        /** Turns a row in that plane, over their error. */
        WINDING("winding number there, over its error"),
        /** Entropy production a row of the autoregression that is fitted to all rows; its bias is that of the surrogates. */
        ENTROPY("entropy production of the fitted autoregression, nats a row");

        private final String words;

        Statistic(String words) {
            this.words = words;
        }

        /**
         * For people.
         *
         * @return words
         */
        public String words() {
            return words;
        }
    }

    private static final int LOWEST = 4;

    /** Neighbours of a peak on either side, of which the next two are not used. */
    private static final int NEIGHBOURS = 12;

    /** Segments of which a spectrum is the mean, half of them overlapping. */
    private static final int SEGMENTS = 16;

    private final int length;
    private final double[] spectrum;
    private final double[] correlation;
    private final Map<Statistic, Double> values;

    private LoopStatistics(int length, double[] spectrum, double[] correlation, Map<Statistic, Double> values) {
        this.length = length;
        this.spectrum = spectrum;
        this.correlation = correlation;
        this.values = values;
    }

    /**
     * Of a record.
     *
     * @param rows in the order of time, at least 256; not modified
     * @param lags highest lag of the autocorrelation
     * @param batches for errors, at least 3
     * @return its numbers
     * @throws IllegalArgumentException if the record is too short, or does not vary in two directions
     */
    public static LoopStatistics of(double[][] rows, int lags, int batches) {
        int n = rows.length;
        if (!(n >= 256)) {
            throw new IllegalArgumentException("rows must number at least 256, got " + n);
        }
        int m = rows[0].length;
        int segment = Integer.highestOneBit(n / SEGMENTS) * 2;
        double[] spectrum = new double[segment / 2];
        double[] correlation = new double[lags + 1];
        double peak = 0.0;
        for (int i = 0; i < m; i++) {
            int column = i;
            double[] x = Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
            double[] own = spectrum(x, segment);
            peak = Math.max(peak, peak(own));
            double[] rho = Autocorrelation.of(x, lags);
            for (int k = 0; k < own.length; k++) {
                spectrum[k] += own[k] / m;
            }
            for (int k = 0; k <= lags; k++) {
                correlation[k] += rho[k] / m;
            }
        }
        HeldOutRotation rotation = HeldOutRotation.of(rows, m, 1, batches);
        RunningMoments winding = rotation.winding();
        Map<Statistic, Double> values = new EnumMap<>(Statistic.class);
        values.put(
                Statistic.LOW_POWER,
                Arrays.stream(spectrum, 0, LOWEST).average().orElseThrow());
        values.put(Statistic.PEAK, peak);
        values.put(Statistic.CORRELATION, correlation[middle(lags)]);
        values.put(Statistic.ROTATION, rotation.score());
        values.put(Statistic.WINDING, Math.signum(rotation.chosen()) * winding.mean(0) / winding.standardError(0));
        values.put(Statistic.ENTROPY, VectorAutoregression.fit(rows).entropyProduction());
        return new LoopStatistics(segment, spectrum, correlation, values);
    }

    /**
     * The lag of {@link Statistic#CORRELATION}.
     *
     * @param lags the highest
     * @return its root
     */
    public static int middle(int lags) {
        return Math.max(1, (int) Math.round(Math.sqrt(lags)));
    }

    private static double[] spectrum(double[] x, int segment) {
        double[] whole = PowerSpectrum.welchDensity(Periodogram.increments(x), 1.0, segment);
        double[] density = Arrays.copyOfRange(whole, 1, whole.length);
        double mean = Arrays.stream(density).average().orElseThrow();
        return Arrays.stream(density).map(v -> v / mean).toArray();
    }

    private static double peak(double[] spectrum) {
        double highest = 0.0;
        double[] around = new double[2 * NEIGHBOURS];
        for (int k = LOWEST; k < spectrum.length; k++) {
            int held = 0;
            for (int off = 3; off < 3 + NEIGHBOURS; off++) {
                if (k - off >= 0) {
                    around[held++] = spectrum[k - off];
                }
                if (k + off < spectrum.length) {
                    around[held++] = spectrum[k + off];
                }
            }
            double[] sorted = Arrays.copyOf(around, held);
            Arrays.sort(sorted);
            highest = Math.max(highest, spectrum[k] / sorted[held / 2]);
        }
        return highest;
    }

    /**
     * The length of the segments of the spectra.
     *
     * @return in rows
     */
    public int length() {
        return length;
    }

    /**
     * The mean of the coordinates' spectra, each over its mean.
     *
     * @return a copy, for frequencies k/length from k = 1 to ½ cycle a row
     */
    public double[] spectrum() {
        return spectrum.clone();
    }

    /**
     * The mean of the coordinates' autocorrelations.
     *
     * @return a copy, from lag 0 on
     */
    public double[] correlation() {
        return correlation.clone();
    }

    /**
     * One of the numbers.
     *
     * @param statistic which
     * @return its value
     */
    public double value(Statistic statistic) {
        return Objects.requireNonNull(values.get(statistic), "statistic");
    }

    /**
     * Ranks one of the numbers among those of surrogates.
     *
     * @param statistic which
     * @param copies at least 2, of the same length
     * @return the test
     */
    public RankTest test(Statistic statistic, LoopStatistics... copies) {
        return RankTest.of(
                value(statistic),
                Arrays.stream(copies).mapToDouble(copy -> copy.value(statistic)).toArray());
    }

    @Override
    public String toString() {
        return "statistics of loops " + values;
    }
}
