package org.langevin4j.examples.paper.trajectories;

import static org.langevin4j.examples.experiment.Statement.FIGURE_3;
import static org.langevin4j.examples.experiment.Statement.REMARK_17;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.RankTest;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.trajectory.LoopStatistics;
import org.langevin4j.models.trajectory.LoopStatistics.Statistic;

/** Spectrum, autocorrelation and rotation of a record in the bands of its nulls. */
final class NullFigure {

    private static final int POINTS = 14;

    private NullFigure() {}

    static void draw(Sheet sheet, NullRecords nulls, String of, String name) throws IOException {
        XyPanel spectrum = XyPanel.titled("Spectrum of the increments")
                .xAxis("frequency, cycles an epoch")
                .yAxis("power over its mean")
                .logX()
                .logY();
        XyPanel correlation = XyPanel.titled("Autocorrelation")
                .xAxis("lag, epochs")
                .yAxis("mean over directions")
                .logX();
        int[] frequencies = logarithmic(1, nulls.seen.spectrum().length);
        int[] lags = logarithmic(1, nulls.seen.correlation().length - 1);
        double[] f = Arrays.stream(frequencies)
                .mapToDouble(k -> (double) k / nulls.seen.length())
                .toArray();
        double[] tau = Arrays.stream(lags).asDoubleStream().toArray();
        spectrum.points("record", f, at(nulls.seen.spectrum(), frequencies, 1));
        correlation.points("record", tau, at(nulls.seen.correlation(), lags, 0));
        for (String kind : new String[] {NullRecords.TWIN, NullRecords.BROWNIAN, NullRecords.SGD}) {
            LoopStatistics[] copies = Objects.requireNonNull(nulls.copies.get(kind), kind);
            band(spectrum, kind, f, frequencies, 1, copies, LoopStatistics::spectrum);
            band(correlation, kind, tau, lags, 0, copies, LoopStatistics::correlation);
        }
        sheet.figure(
                name,
                "The end of the record in the leading eigenvectors of F, with the bands from 1 to 99 % of surrogates; only SGD’s own model has loops, and momentum. Left: mean"
                        + " spectrum of the increments. Middle: mean autocorrelation. Right: A(1) in the plane"
                        + " that the first half chooses, over its error, of the record and, as means with 1 to 99 %, of surrogates: Brownian motion, the equation with Q = 0, SGD’s model with D and F commuting, the twin of the record, SGD’s model.",
                Figure.titled("Fig. 3 among its nulls: " + of).row(spectrum, correlation, rotation(nulls)),
                FIGURE_3,
                REMARK_17);
    }

    private static XyPanel rotation(NullRecords nulls) {
        XyPanel panel =
                XyPanel.titled("Rotation in the held-out plane").xAxis("").yAxis("A(1) over its error");
        String[] names = nulls.copies.keySet().toArray(String[]::new);
        double[] x = IntStream.rangeClosed(1, names.length).asDoubleStream().toArray();
        double[] middle = new double[names.length];
        double[] half = new double[names.length];
        for (int k = 0; k < names.length; k++) {
            RankTest test = nulls.test(Statistic.ROTATION, names[k]);
            middle[k] = 0.5 * (test.low() + test.high());
            half[k] = 0.5 * (test.high() - test.low());
        }
        return panel.xCategories(Arrays.asList("B", "Q=0", "DF=FD", "twin", "SGD"))
                .points("surrogates", x, middle, half, "1 to 99 %")
                .horizontalLine(nulls.seen.value(Statistic.ROTATION), "record");
    }

    private static void band(
            XyPanel panel,
            String name,
            double[] x,
            int[] places,
            int shift,
            LoopStatistics[] copies,
            Function<LoopStatistics, double[]> values) {
        double[] low = new double[places.length];
        double[] high = new double[places.length];
        for (int k = 0; k < places.length; k++) {
            int at = places[k] - shift;
            RankTest test = RankTest.of(
                    0.0,
                    Arrays.stream(copies)
                            .mapToDouble(copy -> values.apply(copy)[at])
                            .toArray());
            low[k] = test.low();
            high[k] = test.high();
        }
        panel.line(name + ", 1 and 99 %", x, low).line("", x, high).like(name + ", 1 and 99 %");
    }

    private static double[] at(double[] values, int[] places, int shift) {
        return Arrays.stream(places).mapToDouble(k -> values[k - shift]).toArray();
    }

    private static int[] logarithmic(int from, int to) {
        return IntStream.range(0, POINTS)
                .map(k -> (int) Math.round(from * Math.pow((double) to / from, k / (POINTS - 1.0))))
                .distinct()
                .toArray();
    }
}
