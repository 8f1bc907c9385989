package org.langevin4j.examples.trajectory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.Autocorrelation;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.trajectory.CoordinateStatistics;

/** Spectrum of increments and autocorrelation of one record or several, as in Fig. 3 of Chaudhari and Soatto (2018). */
public final class TrajectoryPanels {

    private static final int LAGS = 30;

    private final XyPanel spectrum = XyPanel.titled("Spectrum of the increments")
            .xAxis("frequency, cycles a row")
            .yAxis("power over variance")
            .logX()
            .logY()
            .horizontalLine(1.0, "white increments");

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
        correlation.horizontalLine(band, "99 % of white noise").horizontalLine(-band, "");
    }

    /**
     * Adds a record to both: means over coordinates with one standard deviation of them, Welch's spectrum beside that of one transform, and Bartlett's
     * band.
     *
     * @param name in the legend
     * @param found what was found in it
     */
    public void add(String name, CoordinateStatistics found) {
        points(spectrum, name, array(found.bands().frequencies()), found.bands().power(), null);
        CoordinateStatistics.Bands welch = found.welch();
        double[] means = IntStream.range(0, welch.frequencies().size())
                .mapToDouble(welch.power()::mean)
                .toArray();
        spectrum.line(name.isEmpty() ? "Welch" : name + ", Welch", array(welch.frequencies()), means);
        RunningMoments rho = found.correlation();
        int[] lags = IntStream.range(0, LAGS)
                .map(k -> (int) Math.round(Math.pow(rho.dimension() - 1.0, k / (LAGS - 1.0))))
                .distinct()
                .toArray();
        double[] x = Arrays.stream(lags).asDoubleStream().toArray();
        points(correlation, name, x, rho, lags);
        RunningMoments bartlett = found.bartlett();
        correlation.line(
                "Bartlett’s 99 %",
                x, Arrays.stream(lags).mapToDouble(bartlett::mean).toArray());
        correlation
                .line(
                        "",
                        x,
                        Arrays.stream(lags)
                                .mapToDouble(lag -> -bartlett.mean(lag))
                                .toArray())
                .like("Bartlett’s 99 %");
    }

    private static void points(XyPanel panel, String name, double[] x, RunningMoments moments, int @Nullable [] which) {
        double[] means = new double[x.length];
        double[] deviations = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            int at = which == null ? k : which[k];
            means[k] = moments.mean(at);
            deviations[k] = moments.count() < 2 ? 0.0 : Math.sqrt(moments.variance(at));
        }
        panel.points(name, x, means, deviations, "± one deviation over coordinates");
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
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
