package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.REMARK_15;
import static org.langevin4j.examples.experiment.Statement.REMARK_16;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.printed;
import static org.langevin4j.examples.paper.networks.RankCorrelation.critical;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.examples.experiment.Effort;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.Schedule;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;

/**
 * Remarks 15 and 16 of Chaudhari and Soatto (2018) on networks of several sizes, trained here on the same digits: does eq. (14), (η/b)·mean λ(D) = constant, say which
 * mini-batch another network wants; and does rank(D)/d + var(λ(D)) say which network is the better one. The paper shows two networks; with so few points only
 * an order that is nearly perfect can be told from chance.
 */
public final class Remarks15And16 implements Experiment {

    /** Of an order by chance. */
    private static final double LEVEL = 0.05;

    /** Hidden layers; one network is the standard for others. */
    private static final int[][] HIDDEN = {{8}, {16}, {32}, {64}, {128}, {16, 16}, {64, 64}};

    private static final int STANDARD = 3;

    @Override
    public String name() {
        return "remarks-15-16";
    }

    @Override
    public String summary() {
        return "Networks of several sizes, trained here: (η/b)·mean λ(D) of each, and Remark 16’s score against the"
                + " error on images held out";
    }

    /** A network, the spectrum of D before and after its training, and its errors. */
    private record Fitted(
            String name,
            Schedule schedule,
            MatrixSpectrum before,
            MatrixSpectrum after,
            double trainingError,
            double heldOutError) {

        /** The left side of eq. (14). */
        double strength() {
            return schedule.rate() / schedule.batch() * after.mean();
        }
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        DigitTrainings trainings = new DigitTrainings(sheet);
        Seed seed = sheet.seed().derive(0);
        PaperNetwork small = PaperNetwork.of("small-fc", sheet.data(), seed);
        List<Fitted> all = new ArrayList<>();
        for (int[] hidden : HIDDEN) {
            all.add(fitted(trainings, small.with(DigitTrainings.fullyConnected(hidden))));
        }
        boolean quick = sheet.effort() == Effort.QUICK;
        if (!quick) {
            all.add(fitted(trainings, PaperNetwork.of("small-lenet", sheet.data(), seed)));
        }
        numbers(sheet, all, small.origin());
        strengths(sheet, all);
        score(sheet, all, small.origin());
        draw(sheet, all, small.origin());
        if (!quick) {
            EqualNoise.write(sheet, small);
        }
    }

    private static Fitted fitted(DigitTrainings trainings, PaperNetwork whole) throws IOException {
        Schedule schedule = trainings.schedule();
        Network start = trainings.start(whole, schedule);
        Network end = trainings.end(whole, schedule, 0);
        DataSet samples = trainings.samples(whole);
        return new Fitted(
                whole.architecture().name(),
                schedule,
                spectrum(start, samples),
                spectrum(end, samples),
                errorPercent(end, trainings.shown(whole).data()),
                errorPercent(end, trainings.heldOut(whole)));
    }

    private static double errorPercent(Network network, DataSet data) {
        return 100.0 * (1.0 - network.score(data).accuracy());
    }

    private static MatrixSpectrum spectrum(Network network, DataSet samples) {
        return MeasuredDiffusion.from(network.perSampleGradients(samples)).spectrum();
    }

    private static void numbers(Sheet sheet, List<Fitted> all, String origin) {
        Evidence numbers =
                sheet.supplement("The networks, trained on " + origin + " with η = 0.1 at first and b = 128");
        for (Fitted one : all) {
            String of = one.name + ", d = " + one.after.dimension() + ": ";
            numbers.measure(of + "error on images of the training", one.trainingError)
                    .in("%");
            numbers.measure(of + "error on images held out", one.heldOutError).in("%");
            numbers.measure(of + "variance of λ(D)", one.after.variance());
            numbers.measure(
                    of + "rank/d + var(λ) at the single-precision ε",
                    one.after.architectureScore(MatrixSpectrum.FLOAT32_EPSILON));
            numbers.measure(
                    of + "rank/d + var(λ) at the double-precision ε",
                    one.after.architectureScore(MatrixSpectrum.FLOAT64_EPSILON));
            numbers.measure(
                    of + "the same before training, single precision",
                    one.before.architectureScore(MatrixSpectrum.FLOAT32_EPSILON));
            numbers.measure(
                    of + "the same before training, double precision",
                    one.before.architectureScore(MatrixSpectrum.FLOAT64_EPSILON));
        }
    }

    /** Remark 15. */
    private static void strengths(Sheet sheet, List<Fitted> all) {
        Fitted standard = all.get(STANDARD);
        Evidence table = sheet.supplement("Eq. (14) at equal η and b, and the b for which it would hold");
        for (Fitted one : all) {
            table.measure(one.name + ": (η/b)·mean λ(D)", one.strength());
            table.measure(
                    one.name + ": b with the strength of " + standard.name,
                    DigitTrainings.BATCH * one.strength() / standard.strength());
        }
    }

    /** Remark 16. */
    private static void score(Sheet sheet, List<Fitted> all, String origin) {
        sheet.consistency("What could be seen")
                .measure("smallest |ρ| of six pairs that chance has in 5 % of all orders", critical(6, LEVEL))
                .exact()
                .near(0.886, printed(5e-4), literature("Zar 1972, J. Am. Stat. Assoc. 67, 578"));
        List<MatrixSpectrum> before = all.stream().map(Fitted::before).toList();
        List<MatrixSpectrum> after = all.stream().map(Fitted::after).toList();
        double[] accuracies = all.stream().mapToDouble(one -> -one.heldOutError).toArray();
        String networks = all.size() + " networks of different size trained on " + origin;
        Evidence trained = sheet.fails(
                REMARK_16, networks + ": the larger the score, the worse the network on images held out, at either ε");
        Evidence early = sheet.fails(REMARK_16, networks + ", the score taken before any training: the same");
        Evidence chance = sheet.supplement("Probability of such an order by chance, from all permutations");
        for (boolean single : new boolean[] {true, false}) {
            String precision = single ? ", single-precision ε" : ", double-precision ε";
            order(trained, chance, "score" + precision, scores(after, single), accuracies);
            order(early, chance, "score before training" + precision, scores(before, single), accuracies);
        }
        double[] sizes = after.stream().mapToDouble(MatrixSpectrum::dimension).toArray();
        RankCorrelation size = RankCorrelation.of(sizes, accuracies);
        chance.measure("Spearman’s ρ of the number of weights and accuracy", size.coefficient());
        chance.measure("the same: probability", size.probability());
    }

    private static void order(Evidence claim, Evidence chance, String what, double[] scores, double[] accuracies) {
        RankCorrelation found = RankCorrelation.of(scores, accuracies);
        claim.measure("Spearman’s ρ of " + what + " and accuracy", found.coefficient())
                .exact()
                .atMost(
                        -critical(scores.length, LEVEL),
                        none(),
                        closedForm("one in twenty orders by chance has as large a |ρ|"));
        chance.measure(what + ": probability", found.probability());
    }

    private static double[] scores(List<MatrixSpectrum> spectra, boolean single) {
        double epsilon = single ? MatrixSpectrum.FLOAT32_EPSILON : MatrixSpectrum.FLOAT64_EPSILON;
        return spectra.stream()
                .mapToDouble(one -> one.architectureScore(epsilon))
                .toArray();
    }

    private static void draw(Sheet sheet, List<Fitted> all, String origin) throws IOException {
        List<MatrixSpectrum> spectra = all.stream().map(Fitted::after).toList();
        double[] errors = all.stream().mapToDouble(Fitted::heldOutError).toArray();
        sheet.figure(
                "scores",
                "Remark 16’s score against the error on images held out, and the left side of eq. (14), of networks"
                        + " trained here on "
                        + origin + " with the same η and b.",
                Figure.titled("Score and strength of the noise of " + all.size() + " networks")
                        .row(
                                XyPanel.titled("Remark 16")
                                        .xAxis("rank(D)/d + var(λ(D))")
                                        .yAxis("error on images held out, %")
                                        .logX()
                                        .points("single-precision ε", scores(spectra, true), errors)
                                        .points("double-precision ε", scores(spectra, false), errors),
                                XyPanel.titled("Remark 15: η = 0.1, b = 128")
                                        .xAxis("number of weights d")
                                        .yAxis("(η/b)·mean λ(D)")
                                        .logX()
                                        .logY()
                                        .points(
                                                "each network",
                                                all.stream()
                                                        .mapToDouble(one -> one.after.dimension())
                                                        .toArray(),
                                                all.stream()
                                                        .mapToDouble(Fitted::strength)
                                                        .toArray())
                                        .look(2, 2))
                        .panelSize(680, 420),
                REMARK_15,
                REMARK_16);
    }
}
