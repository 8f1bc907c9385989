package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.REMARK_12;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;

/**
 * Gradient descent on f = Σ ½(x − aₖ)²/N in one weight, x′ = x − η(x − mean of aₖ over the mini-batch), under three ways of drawing
 * mini-batches. With q = 1 − η the variance that η leaves is η²s²/(1 − q²), s² that of the mean of a mini-batch.
 */
final class MiniBatches {

    static final String FRESH = "the strength of the noise, where each mini-batch is drawn afresh from all samples";

    private static final String RESHUFFLED =
            "data reshuffled once an epoch: successive mini-batches are anticorrelated, and next to no noise is left of small η";

    private static final int SAMPLES = 20;

    private static final double RATE = 0.2;

    private MiniBatches() {}

    private enum Drawing {
        WITH("with replacement"),
        WITHOUT("without, drawn afresh"),
        EPOCHS("without, reshuffled once an epoch");

        private final String words;

        Drawing(String words) {
            this.words = words;
        }

        /** Variance of the weight at the end of an epoch; the aₖ have the variance 1. */
        double variance(int batch) {
            double q = 1.0 - RATE;
            double mean = 1.0 / batch;
            if (this != WITH) {
                mean *= (SAMPLES - batch) / (SAMPLES - 1.0);
            }
            if (this != EPOCHS) {
                return RATE * RATE * mean / (1.0 - q * q);
            }
            int n = SAMPLES / batch;
            double sum = (1.0 - Math.pow(q, n)) / (1.0 - q);
            double squares = (1.0 - Math.pow(q, 2 * n)) / (1.0 - q * q);
            // The means of n mini-batches add up to zero: their correlation is −1/(n − 1).
            return n == 1
                    ? 0.0
                    : RATE * RATE * mean * (n * squares - sum * sum) / (n - 1.0) / (1.0 - Math.pow(q, 2 * n));
        }
    }

    static void steadyStates(Sheet sheet) throws IOException {
        int[] batches = {2, 4, 10};
        XyPanel panel = XyPanel.titled("")
                .xAxis("mini-batch b of N = 20 samples, η = 0.2")
                .yAxis("variance of the weight over η(D/b)/(2 − η)")
                .yRange(0.0, 1.2);
        double[] divisors = {1, 2, 4, 5, 10};
        for (Drawing drawing : Drawing.values()) {
            double[] exact = new double[divisors.length];
            for (int k = 0; k < exact.length; k++) {
                exact[k] = drawing.variance((int) divisors[k]) / Drawing.WITH.variance((int) divisors[k]);
            }
            panel.line(drawing.words, divisors, exact);
        }
        double[] at = new double[batches.length];
        double[][] found = new double[3][batches.length];
        double[][] errors = new double[3][batches.length];
        double[] data = data();
        int chains = sheet.choose(25_000, 100_000, 1_000_000);
        try (ProgressReporter.Task task = sheet.progress().start("definition-1, gradient descent", 9)) {
            for (int k = 0; k < batches.length; k++) {
                at[k] = batches[k];
                for (int way = 0; way < 3; way++) {
                    Drawing drawing = Drawing.values()[way];
                    UniformStream stream = UniformStream.of(sheet.seed().derive(10 * batches[k] + way));
                    RunningMoments square = new RunningMoments(1);
                    for (int chain = 0; chain < chains; chain++) {
                        double x = run(data, batches[k], drawing, stream, chain);
                        square.add(x * x);
                    }
                    found[way][k] = square.mean(0);
                    errors[way][k] = square.standardError(0);
                    task.advanceTo(3 * k + way + 1);
                }
            }
        }
        for (int k = 0; k < batches.length; k++) {
            write(sheet, batches[k], found, errors, k);
        }
        double[] across = new double[9];
        double[] heights = new double[9];
        double[] se = new double[9];
        for (int i = 0; i < 9; i++) {
            across[i] = at[i % 3];
            heights[i] = found[i / 3][i % 3] / Drawing.WITH.variance(batches[i % 3]);
            se[i] = errors[i / 3][i % 3] / Drawing.WITH.variance(batches[i % 3]);
        }
        panel.points("gradient descent", across, heights, se);
        sheet.figure(
                "mini-batches",
                "The variance of the weight in the steady state for three ways of drawing mini-batches, lines by closed form. Drawn"
                        + " afresh without replacement it is (N − b)/(N − 1) of that with replacement; reshuffled once an epoch, at the end of"
                        + " an epoch, it is far less.",
                Figure.titled("Gradient descent on a quadratic loss: how mini-batches are drawn")
                        .row(panel)
                        .panelSize(760, 440),
                REMARK_12);
    }

    private static void write(Sheet sheet, int batch, double[][] found, double[][] errors, int k) {
        double fraction = Drawing.EPOCHS.variance(batch);
        double afresh = Drawing.WITHOUT.variance(batch);
        String pair = "N = 20, b = " + batch + ", η = 0.2: ";
        Evidence fresh = sheet.holds(REMARK_12, FRESH);
        fresh.measure(pair + "variance of the weight with replacement", found[0][k])
                .standardError(errors[0][k])
                .near(Drawing.WITH.variance(batch), standardErrors(4), closedForm("η(D/b)/(2 − η)"));
        double ratio = found[1][k] / found[0][k];
        double error = ratio * Math.hypot(errors[1][k] / found[1][k], errors[0][k] / found[0][k]);
        fresh.measure(pair + "that without replacement over that with", ratio)
                .standardError(error)
                .near(
                        (SAMPLES - batch) / (SAMPLES - 1.0),
                        standardErrors(4),
                        closedForm("(1 − b/N)·N/(N−1), as D of (A2) is N/(N−1) times that of (A1)"));
        Evidence shuffled = sheet.fails(REMARK_12, RESHUFFLED);
        double share = found[2][k] / afresh;
        shuffled.measure(pair + "variance at the end of an epoch over that of η/(2b)·(1 − b/N)", share)
                .standardError(errors[2][k] / afresh)
                .near(
                        fraction / afresh,
                        standardErrors(4),
                        closedForm("n − 1 of n mini-batches are free, weights qⁿ⁻ᵏ"));
        shuffled.measure(pair + "the same, for less than half", share)
                .standardError(errors[2][k] / afresh)
                .atMost(0.5, standardErrors(4), closedForm("1 by Remark 12"));
    }

    /** Twenty numbers of mean zero and variance one, not symmetric. */
    private static double[] data() {
        double[] a = new double[SAMPLES];
        double mean = 0.0;
        for (int k = 0; k < SAMPLES; k++) {
            a[k] = (k + 1.0) * (k + 1.0);
            mean += a[k] / SAMPLES;
        }
        double variance = 0.0;
        for (int k = 0; k < SAMPLES; k++) {
            a[k] -= mean;
            variance += a[k] * a[k] / SAMPLES;
        }
        for (int k = 0; k < SAMPLES; k++) {
            a[k] /= Math.sqrt(variance);
        }
        return a;
    }

    /** The weight after as many whole epochs as forget the start. */
    private static double run(double[] data, int batch, Drawing drawing, UniformStream stream, int chain) {
        int perEpoch = SAMPLES / batch;
        int steps = perEpoch * (int) Math.ceil(40.0 / perEpoch);
        double[] order = data.clone();
        double x = 0.0;
        for (int step = 0; step < steps; step++) {
            int first = drawing == Drawing.EPOCHS ? step % perEpoch * batch : 0;
            double mean = 0.0;
            for (int j = 0; j < batch; j++) {
                double u = stream.at(chain, step, j);
                int place = first + j;
                int drawn = drawing == Drawing.WITH ? (int) (u * SAMPLES) : place + (int) (u * (SAMPLES - place));
                mean += order[drawn] / batch;
                if (drawing != Drawing.WITH) {
                    double kept = order[place];
                    order[place] = order[drawn];
                    order[drawn] = kept;
                }
            }
            x -= RATE * (x - mean);
        }
        return x;
    }
}
