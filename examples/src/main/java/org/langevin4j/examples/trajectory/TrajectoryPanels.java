package org.langevin4j.examples.trajectory;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.Autocorrelation;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.trajectory.CoordinateStatistics;

/** Spectrum of increments and autocorrelation of one record or several, as in Fig. 3 of Chaudhari and Soatto (2018). */
public final class TrajectoryPanels {

    /** Bands of frequency over which a spectrum is averaged. */
    private static final int BANDS = 12;

    private static final int LAGS = 60;

    private final XyPanel spectrum = XyPanel.titled("Spectrum of the increments")
            .xAxis("frequency, cycles a row")
            .yAxis("power over variance")
            .logX()
            .logY()
            .horizontalLine(1.0, "white");

    private final XyPanel correlation = XyPanel.titled("Autocorrelation")
            .xAxis("lag, rows")
            .yAxis("mean over coordinates")
            .logX()
            .yRange(-0.4, 1.05);

    /**
     * Empty panels with the band of white noise.
     *
     * @param rows of the records
     */
    public TrajectoryPanels(long rows) {
        double band = Autocorrelation.whiteNoiseBand(Math.toIntExact(rows), CoordinateStatistics.Z);
        correlation.horizontalLine(band, "").horizontalLine(-band, "");
    }

    /**
     * Adds a record to both.
     *
     * @param name in the legend
     * @param found what was found in it
     */
    public void add(String name, CoordinateStatistics found) {
        int top = found.power().dimension() - 1;
        // The lowest bands of a short record may hold no frequency.
        double[] means = bands(found.power());
        int[] kept = IntStream.range(0, BANDS)
                .filter(band -> !Double.isNaN(means[band]))
                .toArray();
        spectrum.line(
                name,
                Arrays.stream(kept)
                        .mapToDouble(band -> Math.pow(top, (band + 0.5) / BANDS) / (2.0 * top))
                        .toArray(),
                Arrays.stream(kept).mapToDouble(band -> means[band]).toArray());
        RunningMoments rho = found.correlation();
        int[] lags = IntStream.range(0, LAGS)
                .map(k -> (int) Math.round(Math.pow(rho.dimension() - 1.0, k / (LAGS - 1.0))))
                .distinct()
                .toArray();
        correlation.line(
                name,
                Arrays.stream(lags).asDoubleStream().toArray(),
                Arrays.stream(lags).mapToDouble(rho::mean).toArray());
    }

    /**
     * The mean of a spectrum over twelve bands that are equally wide in the logarithm of the frequency.
     *
     * @param power one quantity for each k, the first of frequency zero
     * @return one mean a band, from low to high; NaN where there is no frequency in it
     */
    public static double[] bands(RunningMoments power) {
        int top = power.dimension() - 1;
        double[] sums = new double[BANDS];
        int[] counts = new int[BANDS];
        for (int k = 1; k <= top; k++) {
            int band = Math.min(BANDS - 1, (int) (BANDS * Math.log(k) / Math.log(top)));
            sums[band] += power.mean(k);
            counts[band]++;
        }
        for (int band = 0; band < BANDS; band++) {
            sums[band] /= counts[band];
        }
        return sums;
    }

    /**
     * The panel of the increments.
     *
     * @return with all records added so far
     */
    public XyPanel spectrum() {
        return spectrum;
    }

    /**
     * The panel of the autocorrelation.
     *
     * @return with all records added so far
     */
    public XyPanel correlation() {
        return correlation;
    }
}
