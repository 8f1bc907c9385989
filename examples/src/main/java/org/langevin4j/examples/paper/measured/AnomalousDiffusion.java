package org.langevin4j.examples.paper.measured;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.MeanSquareDisplacement;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.LongTrajectory;
import org.langevin4j.models.network.DataSet;

/**
 * How far the weights get in k epochs (Kunin et al. 2021, arXiv:2107.09133, who find powers of k other than 1): exponents of the
 * mean-square displacement of the record of Fig. 3 from decade to decade, with and without its mean drift, against the stationary process of the Hessian and D
 * measured at its end. And stochastic gradient descent with momentum about a minimum, where that process is right.
 */
public final class AnomalousDiffusion implements Experiment {

    private static final int BATCHES = 9;

    @Override
    public String name() {
        return "anomalous-diffusion";
    }

    @Override
    public String summary() {
        return "How far weights get in k epochs, against the linear model of measured F and D; oscillation by momentum";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        LongTrajectory record = LongTrajectory.of(sheet);
        DataSet all = record.paper().data();
        int n = (int) record.weights().rows();
        MeanSquareDisplacement[] found = displacements(record, n, n / (BATCHES + 1));
        DataSet samples = all.first(Math.min(all.size(), sheet.choose(1000, 10_000, 40_000)));
        QuadraticModel model = QuadraticModel.of(
                record.end(), samples, 0.0, LongTrajectory.RATE, LongTrajectory.MOMENTUM, LongTrajectory.BATCH);
        int steps = (all.size() + LongTrajectory.BATCH - 1) / LongTrajectory.BATCH;
        String of = String.format(
                Locale.ROOT,
                "tiny-fc on %s, %,d epochs at η = %s, b = %d, Nesterov’s momentum %s",
                record.paper().origin(),
                n,
                LongTrajectory.RATE,
                LongTrajectory.BATCH,
                LongTrajectory.MOMENTUM);
        rule(sheet, of, found, model, steps);
        XyPanel oscillation = XyPanel.titled("SGD with momentum at a minimum")
                .xAxis("lag, steps")
                .yAxis("autocorrelation, stiffest direction");
        MinimumWithMomentum.write(
                sheet,
                record.end(),
                all.first(Math.min(all.size(), 500)),
                record.paper().origin(),
                oscillation);
        draw(sheet, of, found, model, steps, oscillation);
    }

    private static void rule(Sheet sheet, String of, MeanSquareDisplacement[] found, QuadraticModel model, int steps) {
        Evidence evidence = sheet.supplement(
                "Exponents of the mean-square displacement of all weights, 1 for Brownian motion, 2 for a drift: "
                        + of);
        int lags = found[0].lags();
        int from = 1;
        while (10 * from <= lags) {
            decade(evidence, found, model, steps, from, 10 * from);
            from *= 10;
        }
        if (from < lags) {
            decade(evidence, found, model, steps, lags / 10, lags);
        }
        Evidence refuted = sheet.supplement(
                "The stationary linear model of the Hessian and D at the end of the record is refuted by its exponent: "
                        + of);
        refuted.measure(
                        "exponent at the longest decade, drift of the whole record removed",
                        found[1].exponent(lags / 10, lags))
                .standardError(found[1].exponentError(lags / 10, lags))
                .atLeast(
                        model.exponent((long) (lags / 10) * steps, (long) lags * steps),
                        standardErrors(4),
                        closedForm("mean-square displacement of the linear map, mode by mode"));
        for (int k : new int[] {1, lags}) {
            refuted.measure(
                    "displacement in " + k + " epochs over that of the model with independent mini-batches",
                    found[0].value(k) / model.displacement((long) k * steps));
        }
    }

    private static void decade(
            Evidence evidence, MeanSquareDisplacement[] found, QuadraticModel model, int steps, int from, int to) {
        String decade = from + " to " + to + " epochs";
        evidence.measure(decade, found[0].exponent(from, to)).standardError(found[0].exponentError(from, to));
        evidence.measure(decade + ", drift of the whole record removed", found[1].exponent(from, to))
                .standardError(found[1].exponentError(from, to));
        evidence.measure(decade + ", linear model", model.exponent((long) from * steps, (long) to * steps));
    }

    /** Of all weights together; as recorded, and about the straight line from the first row to the last. */
    private static MeanSquareDisplacement[] displacements(LongTrajectory record, int n, int lags) throws IOException {
        MeanSquareDisplacement[] sums = new MeanSquareDisplacement[2];
        record.weights().forEachColumn(64, (column, values) -> {
            double drift = (values[n - 1] - values[0]) / (n - 1.0);
            double[] straight = new double[n];
            Arrays.setAll(straight, t -> values[t] - t * drift);
            MeanSquareDisplacement[] own = {
                MeanSquareDisplacement.of(values, lags, BATCHES), MeanSquareDisplacement.of(straight, lags, BATCHES)
            };
            for (int k = 0; k < 2; k++) {
                sums[k] = column == 0 ? own[k] : sums[k].plus(own[k]);
            }
        });
        return sums;
    }

    private static void draw(
            Sheet sheet,
            String of,
            MeanSquareDisplacement[] found,
            QuadraticModel model,
            int steps,
            XyPanel oscillation)
            throws IOException {
        int lags = found[0].lags();
        int[] lag = IntStream.rangeClosed(0, (int) (8 * Math.log10(lags)))
                .map(i -> (int) Math.round(Math.pow(10, i / 8.0)))
                .distinct()
                .toArray();
        double[] x = Arrays.stream(lag).asDoubleStream().toArray();
        XyPanel panel = XyPanel.titled("All weights")
                .xAxis("lag k, epochs")
                .yAxis("⟨‖x(t + k) − x(t)‖²⟩")
                .logX()
                .logY();
        String[] names = {"SGD", "SGD, drift removed"};
        for (int which = 0; which < 2; which++) {
            MeanSquareDisplacement one = found[which];
            panel.points(
                    names[which],
                    x,
                    Arrays.stream(lag).mapToDouble(one::value).toArray(),
                    Arrays.stream(lag).mapToDouble(one::error).toArray());
        }
        panel.line(
                "linear model, independent mini-batches",
                x,
                Arrays.stream(lag)
                        .mapToDouble(k -> model.displacement((long) k * steps))
                        .toArray());
        sheet.figure(
                "displacement",
                "Left: mean-square displacement of the weights against the number of epochs between, as recorded and with the mean drift"
                        + " removed, and of the stationary linear process of the Hessian and D at the end. Right: autocorrelation along the direction of"
                        + " largest curvature, of stochastic gradient descent with momentum about a minimum, and of the linear map of measured Hessian and"
                        + " D.",
                Figure.titled(of).row(panel, oscillation));
    }
}
