package org.langevin4j.examples.paper.trajectories;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.FIGURE_3;
import static org.langevin4j.examples.experiment.Statement.REMARK_17;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import org.hipparchus.special.Erf;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;

/**
 * The nulls of Fig. 3 of Chaudhari and Soatto (2018), simulated at its length: the autocorrelation of Brownian motion and of white noise,
 * and the spectrum of the increments of those and of a reversible process xₖ₊₁ = φxₖ + √(1 − φ²) ξ, which has no loops.
 */
public final class Figure3Nulls implements Experiment {

    private static final double BAND = 2.5758293 / Math.sqrt(NullProcess.STEPS);

    /** The autocorrelation is evaluated at multiples of this lag. */
    private static final int STRIDE = 500;

    /** Lags up to 40,000. */
    private static final int LAGS = 80;

    /** What an independent program finds for Brownian motion: median lag of the first meeting with its error, share of lags outside. */
    private static final String OTHER = "NumPy, 20,000 paths of 9,900 steps by FFT, lags times 10";

    private static final double MEDIAN = 24_800.0;

    private static final double MEDIAN_ERROR = 119.0;

    private static final double SHARE = 0.99219;

    private static final String WALK =
            "the autocorrelation of Brownian motion: it decays over a quarter of the record, not quickly";

    @Override
    public String name() {
        return "fig-3-nulls";
    }

    @Override
    public String summary() {
        return "What Fig. 3’s FFT and autocorrelation look like for Brownian motion, white noise and slow relaxation";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        autocorrelations(sheet);
        IncrementSpectra.compare(sheet);
        SyntheticRecords.write(sheet);
    }

    /** Autocovariances, not normalised, at multiples of a stride. */
    private static double[] covariances(double[] x, int stride, int lags) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double[] c = new double[lags + 1];
        for (int k = 0; k <= lags; k++) {
            c[k] = covariance(x, mean, k * stride);
        }
        return c;
    }

    private static double covariance(double[] x, double mean, int lag) {
        double sum = 0.0;
        for (int t = 0; t + lag < x.length; t++) {
            sum += (x[t] - mean) * (x[t + lag] - mean);
        }
        return sum;
    }

    private static void autocorrelations(Sheet sheet) throws IOException {
        XyPanel far = panel("The nulls of the paper");
        XyPanel near = panel("A reversible process, φ = 0.995");
        NullProcess[] processes = NullProcess.values();
        for (int p = 0; p < 3; p++) {
            int stride = p == 2 ? STRIDE / 5 : STRIDE;
            int lags = p == 0 ? LAGS : p == 1 ? LAGS / 2 : 15;
            int count = p == 0 ? sheet.choose(400, 2_000, 10_000) : 128;
            double[][] found = new double[count][];
            int chunk = 50;
            for (int first = 0; first < count; first += chunk) {
                int size = Math.min(chunk, count - first);
                double[][] paths = processes[p].paths(sheet, 1000 * p + first / chunk, size);
                double[][] some = Arrays.stream(paths)
                        .parallel()
                        .map(x -> covariances(x, stride, lags))
                        .toArray(double[][]::new);
                System.arraycopy(some, 0, found, first, size);
            }
            switch (processes[p]) {
                case WALK -> walk(sheet, found);
                case NOISE -> noise(sheet, found);
                case RELAXATION -> relaxation(sheet, found);
            }
            draw(p == 2 ? near : far, processes[p], found, stride, p == 2 ? 1 : 4);
        }
        double[] lag = new double[76];
        Arrays.setAll(lag, k -> 20.0 * k);
        near.line(
                "φᵏ",
                lag,
                Arrays.stream(lag).map(k -> Math.pow(NullProcess.PHI, k)).toArray());
        far.horizontalLine(BAND, "").horizontalLine(-BAND, "");
        near.horizontalLine(BAND, "").horizontalLine(-BAND, "");
        sheet.figure(
                "autocorrelation",
                "Sample autocorrelations of 99,000 steps, with the 99 % band for white noise: Brownian motion leaves the band at once and"
                        + " comes back after a quarter of the record; a reversible process with a relaxation time of 200 steps stays outside"
                        + " for a thousand; white noise never leaves it.",
                Figure.titled("The null of Fig. 3b: Brownian motion is the process that does not decay")
                        .row(far, near)
                        .panelSize(560, 420),
                FIGURE_3,
                REMARK_17);
    }

    private static XyPanel panel(String title) {
        return XyPanel.titled(title)
                .xAxis("lag, steps")
                .yAxis("autocorrelation")
                .yRange(-0.6, 1.05);
    }

    private static void draw(XyPanel panel, NullProcess process, double[][] found, int stride, int every) {
        double[] lags = new double[(found[0].length - 1) / every + 1];
        double[] means = new double[lags.length];
        double[] deviations = new double[lags.length];
        for (int i = 0; i < lags.length; i++) {
            int k = every * i;
            lags[i] = k * stride;
            RunningMoments moments = NullProcess.moments(found, c -> c[k] / c[0]);
            means[i] = moments.mean(0);
            deviations[i] = Math.sqrt(Math.max(0.0, moments.variance(0)));
        }
        panel.points(process.words(), lags, means, deviations, "± standard deviation over paths");
    }

    private static double outside(double[] c) {
        int count = 0;
        for (int k = 1; k <= 40; k++) {
            count += Math.abs(c[k]) > BAND * c[0] ? 1 : 0;
        }
        return count / 40.0;
    }

    private static void walk(Sheet sheet, double[][] found) {
        Evidence evidence = sheet.fails(FIGURE_3, WALK);
        for (int lag : new int[] {1_000, 10_000}) {
            int k = lag / STRIDE;
            double top = NullProcess.moments(found, c -> c[k]).mean(0);
            double bottom = NullProcess.moments(found, c -> c[0]).mean(0);
            double ratio = top / bottom;
            double error = NullProcess.moments(found, c -> c[k] - ratio * c[0]).standardError(0) / bottom;
            evidence.measure(
                            "Brownian motion, 99,000 steps: mean autocovariance at lag " + lag + " over that at 0",
                            ratio)
                    .standardError(error)
                    .near(
                            walkCovariance((double) lag / NullProcess.STEPS),
                            standardErrors(4),
                            closedForm("6 ∫₀^(1−u) [1/3 − (s+u) + s²/2 + (s+u)²/2] ds, u = lag/n"));
        }
        double[] first = Arrays.stream(found)
                .mapToDouble(Figure3Nulls::firstInside)
                .sorted()
                .toArray();
        int half = (int) Math.round(0.5 * Math.sqrt(first.length));
        int middle = first.length / 2;
        double error = 0.5 * (first[middle + half] - first[middle - half]);
        double median = 0.5 * (first[middle - 1] + first[middle]);
        evidence.measure("Brownian motion: median lag at which the autocorrelation first meets the 99 % band", median)
                .in("steps")
                .standardError(error)
                .near(
                        MEDIAN,
                        standardErrors(4).plus(4.0 * MEDIAN_ERROR, "and of the other program"),
                        independent(OTHER));
        RunningMoments share = NullProcess.moments(found, Figure3Nulls::outside);
        evidence.measure("Brownian motion: share of lags up to 20,000 outside of the band", 100.0 * share.mean(0))
                .in("%")
                .standardError(100.0 * share.standardError(0))
                .near(100.0 * SHARE, standardErrors(4), independent(OTHER));
    }

    private static double walkCovariance(double u) {
        double v = 1.0 - u;
        // ∫ (s + u)ᵏ ds from 0 to 1 − u is (1 − uᵏ⁺¹)/(k + 1).
        return 6.0 * (v / 3.0 - 0.5 * (1.0 - u * u) + v * v * v / 6.0 + (1.0 - u * u * u) / 6.0);
    }

    /** Linear between the lags at hand; the autocorrelation of Brownian motion is smooth. */
    private static double firstInside(double[] c) {
        for (int k = 1; k <= LAGS; k++) {
            double after = c[k] / c[0];
            if (after <= BAND) {
                double before = c[k - 1] / c[0];
                return STRIDE * (k - 1 + (before - BAND) / (before - after));
            }
        }
        return STRIDE * LAGS;
    }

    private static void noise(Sheet sheet, double[][] found) {
        double expected = 0.0;
        for (int k = 1; k <= 40; k++) {
            // The sample autocorrelation at a lag has the variance (n − lag)/n².
            expected += Erf.erfc(2.5758293 / Math.sqrt(2.0 * (1.0 - (double) k * STRIDE / NullProcess.STEPS))) / 40.0;
        }
        RunningMoments share = NullProcess.moments(found, Figure3Nulls::outside);
        sheet.fails(FIGURE_3, IncrementSpectra.BOTH)
                .measure("white noise: share of lags up to 20,000 outside of the 99 % band", 100.0 * share.mean(0))
                .in("%")
                .standardError(100.0 * share.standardError(0))
                .near(
                        100.0 * expected,
                        standardErrors(4),
                        closedForm("normal autocorrelations of variance (n − lag)/n²"));
    }

    private static void relaxation(Sheet sheet, double[][] found) {
        RunningMoments far = NullProcess.moments(found, c -> c[5] / c[0]);
        sheet.fails(REMARK_17, IncrementSpectra.SIGNS)
                .measure("φ = 0.995: autocorrelation at lag 500", far.mean(0))
                .standardError(far.standardError(0))
                .near(
                        Math.pow(NullProcess.PHI, STRIDE),
                        standardErrors(4).plus(0.006, "the mean of the record is taken off: 3τ/n"),
                        closedForm("φᵏ"));
        sheet.fails(REMARK_17, IncrementSpectra.SIGNS)
                .measure("φ = 0.995: the same, for more than the 99 % band", far.mean(0))
                .standardError(far.standardError(0))
                .atLeast(BAND, standardErrors(4), closedForm("2.576/√n for white noise"));
    }
}
