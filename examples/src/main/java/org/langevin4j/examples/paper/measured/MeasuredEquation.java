package org.langevin4j.examples.paper.measured;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.LEMMA_2;
import static org.langevin4j.examples.experiment.Statement.REMARK_13;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;

/**
 * Lemma 2 of Chaudhari and Soatto (2018) on a network itself: x ← x − η∇f + η√(D/b) ξ with the gradient over all samples and the measured D, at
 * every step anew, renewed in stages, of the start alone as Remark 13 suggests, or isotropic, beside stochastic gradient descent from
 * the same weights. Early in training, and late.
 */
public final class MeasuredEquation implements Experiment {

    private static final double RATE = 0.05;

    /** While the network is trained to where all begin. */
    private static final double FIRST_RATE = 0.1;

    /** Eigenvectors of D at the start. */
    private static final int DIRECTIONS = 6;

    @Override
    public String name() {
        return "measured-equation";
    }

    @Override
    public String summary() {
        return "tiny-fc by SGD and by dx = −∇f dt + √(2β⁻¹D) dW with its measured D: exact, renewed, frozen, isotropic";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        PaperNetwork paper =
                PaperNetwork.of("tiny-fc", sheet.data(), sheet.seed().derive(0));
        DataSet data = paper.data().first(Math.min(paper.data().size(), sheet.choose(1000, 40_000, 40_000)));
        int batch = sheet.choose(32, 128, 128);
        int epochs = sheet.choose(10, 3, 20);
        Training training = Training.of(
                Network.initialised(paper.architecture(), sheet.seed().derive(1)),
                Sgd.withRate(FIRST_RATE).batches(batch, Batches.SHUFFLED),
                data,
                sheet.seed().derive(2));
        for (int begun : new int[] {1, 20}) {
            while (training.epoch() < begun) {
                training.run();
            }
            Rival.Problem problem = Rival.Problem.of(training.network(), data, RATE, batch, epochs, DIRECTIONS);
            Field field = Field.run(problem, sheet.choose(12, 6, 12), sheet, begun);
            String of = String.format(
                    Locale.ROOT,
                    "tiny-fc on %d images of %s, from its epoch %d on, η = %s, b = %d, without momentum",
                    data.size(),
                    paper.origin(),
                    begun,
                    RATE,
                    batch);
            rule(sheet, of, field);
            frozen(sheet, of, field, begun);
            draw(sheet, of, field, begun);
        }
    }

    private static Oracle sgd(Field field) {
        return independent("SGD itself from the same weights, " + field.runs() + " runs of each");
    }

    private static void rule(Sheet sheet, String of, Field field) {
        Evidence holds = sheet.holds(
                LEMMA_2,
                of + ", D(x) of all gradients at each step, against SGD with mini-batches drawn with replacement");
        Evidence numbers = sheet.supplement("Each over SGD with mini-batches drawn with replacement: " + of);
        for (Quantity quantity : Quantity.values()) {
            for (Rival rival : Rival.values()) {
                if (rival == Rival.DRAWN) {
                    continue;
                }
                double[] found = field.against(quantity, rival);
                String name = quantity + (quantity.isRatio() ? ", over that of SGD" : ", less that of SGD");
                if (rival == Rival.EXACT) {
                    holds.measure(name, found[0])
                            .standardError(found[1])
                            .near(quantity.isRatio() ? 1.0 : 0.0, standardErrors(4), sgd(field));
                } else {
                    numbers.measure(rival + ": " + name, found[0]).standardError(found[1]);
                }
            }
        }
    }

    /** How long D of the start will do. Early in training it changes on any data; late it depends on how many images there are to fit. */
    private static void frozen(Sheet sheet, String of, Field field, int begun) {
        Rival.Problem problem = field.problem();
        double[] strength = field.against(Quantity.STEP, Rival.FROZEN);
        Evidence numbers = sheet.supplement("How long D of the start will do: " + of);
        if (begun == 1) {
            sheet.fails(REMARK_13, of + ": D of the start for all " + field.steps() + " steps")
                    .measure(Quantity.STEP + ", over that of SGD", strength[0])
                    .standardError(strength[1])
                    .atLeast(1.0, standardErrors(4), closedForm("1 if D does not depend on the weights"));
        } else {
            numbers.measure(Quantity.STEP + ", over that of SGD", strength[0]).standardError(strength[1]);
        }
        int perEpoch = field.steps() / problem.epochs();
        int good = 0;
        for (int epoch = 0; epoch < problem.epochs(); epoch++) {
            double[] ratio = field.ratio(Rival.FROZEN, Rival.DRAWN, epoch);
            if (epoch == 0 || epoch == problem.epochs() / 2) {
                numbers.measure(
                                "mean square of a step over that of SGD, steps " + (epoch * perEpoch + 1) + " to "
                                        + (epoch + 1) * perEpoch,
                                ratio[0])
                        .standardError(ratio[1]);
            }
            good = good == epoch && Math.abs(ratio[0] - 1.0) < 0.2 + 2.0 * ratio[1] ? epoch + 1 : good;
        }
        numbers.measure("steps before noise is off by more than a fifth beyond two standard errors", good * perEpoch);
        MeasuredDiffusion first = MeasuredDiffusion.from(problem.start().perSampleGradients(problem.data()));
        MeasuredDiffusion last = MeasuredDiffusion.from(field.end().perSampleGradients(problem.data()));
        numbers.measure("tr D at the end of a run of SGD over that at the start", last.trace() / first.trace());
        numbers.measure("‖D(end) − D(start)‖/‖D(start)‖", first.relativeDistance(last));
    }

    private static void draw(Sheet sheet, String of, Field field, int begun) throws IOException {
        int perEpoch = field.steps() / field.problem().epochs();
        double[] step = IntStream.rangeClosed(1, field.problem().epochs())
                .mapToDouble(epoch -> (double) epoch * perEpoch)
                .toArray();
        double[] lag = IntStream.rangeClosed(0, Course.LAGS).asDoubleStream().toArray();
        double[] number = IntStream.rangeClosed(1, DIRECTIONS).asDoubleStream().toArray();
        XyPanel loss = XyPanel.titled("Loss").xAxis("step").yAxis("f, nats").logY();
        XyPanel distance = XyPanel.titled("Distance").xAxis("step").yAxis("‖x − x₀‖²");
        XyPanel square = XyPanel.titled("Strength of noise")
                .xAxis("step")
                .yAxis("mean of ‖Δx‖² over an epoch")
                .logY();
        XyPanel variance = XyPanel.titled("Second half of the run")
                .xAxis("number k of the eigenvector of D(x₀)")
                .yAxis("variance along it")
                .logY();
        XyPanel correlation = XyPanel.titled("Second half of the run")
                .xAxis("lag, steps")
                .yAxis("autocorrelation along " + DIRECTIONS + " eigenvectors, mean");
        for (Rival rival : Rival.values()) {
            add(loss, rival, step, field.series(rival, Course::losses));
            add(distance, rival, step, field.series(rival, Course::distances));
            add(square, rival, step, field.series(rival, Course::squares));
            add(variance, rival, number, field.series(rival, Course::variances));
            RunningMoments rho = field.series(rival, Course::correlation);
            correlation.line(
                    rival.toString(),
                    lag,
                    IntStream.rangeClosed(0, Course.LAGS).mapToDouble(rho::mean).toArray());
        }
        sheet.figure(
                "from-epoch-" + begun,
                "Stochastic gradient descent and the equation with measured D from the same weights, means of "
                        + field.runs()
                        + " runs with standard errors: loss, distance from the start, size of the steps, variance and autocorrelation along the"
                        + " leading eigenvectors of D.",
                Figure.titled(of)
                        .row(loss, distance, square)
                        .row(variance, correlation)
                        .panelSize(520, 400),
                LEMMA_2,
                REMARK_13);
    }

    private static void add(XyPanel panel, Rival rival, double[] x, RunningMoments moments) {
        panel.points(
                rival.toString(),
                x,
                IntStream.range(0, x.length).mapToDouble(moments::mean).toArray(),
                IntStream.range(0, x.length).mapToDouble(moments::standardError).toArray());
    }
}
