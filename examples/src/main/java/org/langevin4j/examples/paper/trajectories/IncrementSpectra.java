package org.langevin4j.examples.paper.trajectories;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.FIGURE_3;
import static org.langevin4j.examples.experiment.Statement.REMARK_17;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;

/** Spectra of the increments of the null processes, by Welch's method. */
final class IncrementSpectra {

    static final String BOTH =
            "the two nulls together: white noise, whose autocorrelation does vanish, has increments with a spectrum ∝ 1 − cos ω";

    static final String SIGNS =
            "the signs as evidence of periodic components: a reversible process, which has no loops, has a rising FFT of increments"
                    + " and is correlated at large lags";

    private static final int SEGMENT = 8192;

    private IncrementSpectra() {}

    static void compare(Sheet sheet) throws IOException {
        XyPanel panel = XyPanel.titled("")
                .xAxis("ω, radians a step")
                .yAxis("spectrum of increments over its mean")
                .logX()
                .logY();
        double[] omega = new double[61];
        Arrays.setAll(omega, i -> Math.PI * Math.pow(10.0, -3.4 * (60 - i) / 60.0));
        NullProcess[] processes = NullProcess.values();
        double[][] centres = new double[3][];
        double[][] heights = new double[3][];
        double[][] errors = new double[3][];
        for (int p = 0; p < 3; p++) {
            NullProcess process = processes[p];
            int count = sheet.choose(64, 128, 512);
            double[][] densities = Arrays.stream(process.paths(sheet, 5000 + p, count))
                    .parallel()
                    .map(IncrementSpectra::increments)
                    .toArray(double[][]::new);
            RunningMoments ratio = NullProcess.moments(densities, IncrementSpectra::ratio);
            write(sheet, process, ratio);
            double scale = mean(k -> process.spectrum(frequency(k)), 1, SEGMENT / 2);
            panel.line(
                    process.words() + ", exact",
                    omega,
                    Arrays.stream(omega).map(w -> process.spectrum(w) / scale).toArray());
            bins(densities, scale, p, centres, heights, errors);
        }
        for (int p = 0; p < 3; p++) {
            String words = processes[p].words();
            panel.points(words, centres[p], heights[p], errors[p]).like(words + ", exact");
        }
        sheet.figure(
                "increments",
                "Spectra of increments: flat for Brownian motion; rising for a reversible process without loops, at frequencies below its"
                        + " rate of relaxation; rising throughout for white noise. Errors are over paths.",
                Figure.titled(
                                "The null of Fig. 3a: only Brownian motion has a flat one, and what rises need not have loops")
                        .row(panel)
                        .panelSize(760, 440),
                FIGURE_3,
                REMARK_17);
    }

    private static double[] increments(double[] x) {
        double[] steps = new double[x.length - 1];
        Arrays.setAll(steps, t -> x[t + 1] - x[t]);
        PowerSpectrum spectrum = PowerSpectrum.welch(steps, 1.0, SEGMENT);
        double[] density = new double[spectrum.size()];
        Arrays.setAll(density, spectrum::density);
        return density;
    }

    private static double frequency(int k) {
        return 2.0 * Math.PI * k / SEGMENT;
    }

    private static double mean(IntToDoubleFunction value, int from, int to) {
        return IntStream.range(from, to).mapToDouble(value).average().orElseThrow();
    }

    /** What Hann's window leaves of it: its second moment in ω is a third of the squared resolution. */
    private static double windowed(NullProcess process, double omega) {
        double half = 0.5 * frequency(1);
        double middle = process.spectrum(omega);
        return middle + (process.spectrum(omega - half) - 2.0 * middle + process.spectrum(omega + half)) * 4.0 / 6.0;
    }

    /** Of low frequencies, but above those that window and mean touch, over the upper half. */
    private static double ratio(double[] density) {
        return ratio(k -> density[k]);
    }

    private static double ratio(IntToDoubleFunction density) {
        return mean(density, 4, 8) / mean(density, SEGMENT / 4, SEGMENT / 2);
    }

    private static void write(Sheet sheet, NullProcess process, RunningMoments ratio) {
        double exact = ratio(k -> windowed(process, frequency(k)));
        String name = process.words() + ": spectrum of increments, ω = 0.003 … 0.005 over ω > π/2";
        Evidence evidence = switch (process) {
            case WALK ->
                sheet.holds(REMARK_17, "the FFT of increments as a test against Brownian motion, for which it is flat");
            case NOISE -> sheet.fails(FIGURE_3, BOTH);
            case RELAXATION -> sheet.fails(REMARK_17, SIGNS);
        };
        evidence.measure(name, ratio.mean(0))
                .standardError(ratio.standardError(0))
                .near(exact, standardErrors(4), closedForm("S(ω) under Hann’s window"));
        if (process == NullProcess.WALK) {
            sheet.holds(FIGURE_3, "the FFT of white noise, the increments of Brownian motion: it is flat")
                    .measure(name, ratio.mean(0))
                    .standardError(ratio.standardError(0))
                    .near(1.0, standardErrors(4), closedForm("S = 1"));
        }
        if (process == NullProcess.RELAXATION) {
            evidence.measure("reversible, φ = 0.995: the same, for less than one", ratio.mean(0))
                    .standardError(ratio.standardError(0))
                    .atMost(1.0, standardErrors(4), closedForm("1 if flat"));
        }
    }

    private static void bins(
            double[][] densities, double scale, int p, double[][] centres, double[][] heights, double[][] errors) {
        int[] edges = {2, 3, 5, 9, 17, 33, 65, 129, 257, 513, 1025, 2049, 4096};
        centres[p] = new double[edges.length - 1];
        heights[p] = new double[edges.length - 1];
        errors[p] = new double[edges.length - 1];
        for (int i = 0; i < centres[p].length; i++) {
            int from = edges[i];
            int to = edges[i + 1];
            centres[p][i] = Math.sqrt(mean(k -> frequency(k) * frequency(k), from, to));
            RunningMoments bin = NullProcess.moments(densities, density -> mean(k -> density[k], from, to) / scale);
            heights[p][i] = bin.mean(0);
            errors[p][i] = bin.standardError(0);
        }
    }
}
