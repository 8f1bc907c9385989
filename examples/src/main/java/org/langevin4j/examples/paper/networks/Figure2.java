package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.ABSTRACT_RANK;
import static org.langevin4j.examples.experiment.Statement.FIGURE_2;
import static org.langevin4j.examples.experiment.Statement.REMARK_13;
import static org.langevin4j.examples.experiment.Statement.REMARK_14;
import static org.langevin4j.examples.experiment.Statement.SECTION_IV_A;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.examples.experiment.Effort;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.Schedule;
import org.langevin4j.models.data.ImageSet;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * Fig. 2 of Chaudhari and Soatto (2018): small-allcnn trained on CIFAR-10, CIFAR-100 and CIFAR-10 with augmentation, and D(x) of each in evaluation mode at 20, 40 and
 * 100 per cent of the training. Images have global contrast normalised and are whitened (ZCA), but in a quick run. Where there is no CIFAR the network learns digits,
 * with a border and three times the same colour: that shows that the program works and rules on nothing.
 *
 * <p>Twelve epochs by default, D of two thousand images: for 20,000 images of each set some ten minutes on two cores with the vector unit. With {@code --full} sixty
 * epochs and D of ten thousand: by estimate an hour and 8 GB of memory. A run that is stopped goes on from the last epoch.
 */
public final class Figure2 implements Experiment {

    /** λ(D) and rank(D)/d as printed. */
    private record Printed(double mean, double deviation, double rank) {}

    private static final List<Printed> PRINTED =
            List.of(new Printed(0.27, 0.84, 0.34), new Printed(0.98, 2.16, 0.47), new Printed(0.43, 1.32, 0.32));

    private static final Tolerance THREE = Tolerance.of(0.5, "the order of magnitude: a factor of three");

    @Override
    public String name() {
        return "figure-2";
    }

    @Override
    public String summary() {
        return "small-allcnn, trained here on CIFAR-10, CIFAR-100 and augmented CIFAR-10: as figure-1; ten"
                + " minutes, an hour with --full";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        Schedule schedule = new Schedule(sheet.choose(5, 12, 60), 0.1, sheet.choose(16, 128, 128));
        int samples = sheet.choose(48, 2_000, 10_000);
        List<PaperNetwork> papers = papers(sheet);
        List<TrainedNoise> all = new ArrayList<>();
        for (int k = 0; k < papers.size(); k++) {
            Seed seed = sheet.seed().derive(1 + k);
            all.add(TrainedNoise.of(sheet, papers.get(k), schedule, seed, samples));
        }
        Evidence reached = sheet.supplement("What the networks have learnt, on the images of the training as they are");
        for (TrainedNoise one : all) {
            reached.measure(one.label() + ": error", one.errorPercent()).in("%");
            reached.measure(one.label() + ": loss", one.score().loss()).in("nats");
            one.numbers(sheet);
        }
        // A network that has seen a few images a few times is no trained one.
        if (all.size() == PRINTED.size() && sheet.effort() != Effort.QUICK) {
            String of = papers.get(0).data().size() + " images, D of "
                    + all.get(0).samples().size();
            changes(sheet, all, of);
            rule(sheet, all, of);
            diversity(sheet, all, of);
        }
        draw(sheet, all);
    }

    private static List<PaperNetwork> papers(Sheet sheet) throws IOException {
        int images = sheet.choose(48, Integer.MAX_VALUE, Integer.MAX_VALUE);
        boolean whitened = sheet.choose(false, true, true);
        Optional<Path> data = sheet.data();
        if (data.isPresent() && ImageSet.CIFAR_10.isIn(data.get()) && ImageSet.CIFAR_100.isIn(data.get())) {
            PaperNetwork ten = PaperNetwork.photographs(ImageSet.CIFAR_10, data.get(), images, whitened);
            PaperNetwork hundred = PaperNetwork.photographs(ImageSet.CIFAR_100, data.get(), images, whitened);
            return List.of(ten, hundred, ten.augmented());
        }
        Seed seed = sheet.seed().derive(0);
        PaperNetwork digits = PaperNetwork.digitsAsPhotographs(Optional.empty(), seed, images, false);
        return List.of(digits, digits.augmented());
    }

    /** Remark 13. */
    private static void changes(Sheet sheet, List<TrainedNoise> all, String of) {
        Evidence other = sheet.fails(
                REMARK_13,
                "small-allcnn on CIFAR-10, CIFAR-100 and augmented CIFAR-10 (" + of
                        + "): between 40 and 100 % of the training D changes by a good part of its own norm, and its"
                        + " leading directions turn");
        for (TrainedNoise one : all) {
            TrainedNoise.Instant instant = one.instants().get(1);
            other.measure(one.label() + ": ‖D(40 %) − D(100 %)‖/‖D(100 %)‖", instant.distance())
                    .exact()
                    .atLeast(0.2, none(), closedForm("0 for a D that is constant"));
            other.measure(
                            one.label() + ": largest angle between the spans of the ten leading directions",
                            instant.angle())
                    .in("degrees")
                    .exact()
                    .atLeast(30.0, none(), closedForm("0 for a D that is constant"));
        }
    }

    private static void rule(Sheet sheet, List<TrainedNoise> all, String of) {
        Evidence ranks = sheet.holds(
                FIGURE_2,
                "the ranks at the single-precision ε and the deviations, to a factor of three: small-allcnn on " + of);
        Evidence means = sheet.fails(
                FIGURE_2,
                "the mean over all d eigenvalues, as in eq. (14): small-allcnn on " + of
                        + ", less than a third of what is printed");
        for (int k = 0; k < all.size(); k++) {
            TrainedNoise one = all.get(k);
            double rank = one.last().rankPercent(MatrixSpectrum.FLOAT32_EPSILON);
            ranks.measure(one.label() + ": log₁₀ of rank/d over that printed", Math.log10(rank / PRINTED.get(k).rank))
                    .exact()
                    .near(0.0, THREE, literature("Fig. 2"));
            ranks.measure(
                            one.label() + ": log₁₀ of the deviation over that printed",
                            Math.log10(one.last().deviation() / PRINTED.get(k).deviation))
                    .exact()
                    .near(0.0, THREE, literature("Fig. 2"));
            means.measure(
                            one.label() + ": mean eigenvalue over that printed",
                            one.last().mean() / PRINTED.get(k).mean)
                    .exact()
                    .atMost(1.0 / 3.0, none(), literature("Fig. 2"));
            for (var statement : List.of(ABSTRACT_RANK, SECTION_IV_A)) {
                sheet.holds(statement, "small-allcnn trained on CIFAR, " + of + ", at the single-precision ε")
                        .measure(one.label() + ": rank/d", rank)
                        .in("%")
                        .exact()
                        .atMost(2.05, none(), literature("0.3 to 2 %, as printed"));
                sheet.fails(statement, "small-allcnn trained on CIFAR, " + of + ", at the double-precision ε")
                        .measure(one.label() + ": rank/d", one.last().rankPercent(MatrixSpectrum.FLOAT64_EPSILON))
                        .in("%")
                        .exact()
                        .atLeast(2.05, none(), literature("0.3 to 2 %, as printed"));
            }
        }
    }

    /** Remark 14. */
    private static void diversity(Sheet sheet, List<TrainedNoise> all, String of) {
        TrainedNoise ten = all.get(0);
        TrainedNoise augmented = all.get(2);
        DataSet changed = augmented.samples();
        MeasuredDiffusion there = MeasuredDiffusion.from(ten.network().perSampleGradients(changed));
        Evidence larger = sheet.holds(
                REMARK_14,
                "small-allcnn trained on CIFAR-10 (" + of
                        + "), at the same weights: images changed at random, as augmentation does, have"
                        + " a larger mean and deviation of λ(D) than the same images unchanged");
        larger.measure(
                        "changed over unchanged images: mean",
                        there.meanEigenvalue() / ten.last().mean())
                .exact()
                .atLeast(1.1, none(), closedForm("1 if augmentation changed nothing"));
        larger.measure(
                        "changed over unchanged images: deviation",
                        there.eigenvalueDeviation() / ten.last().deviation())
                .exact()
                .atLeast(1.1, none(), closedForm("1 if augmentation changed nothing"));
        sheet.fails(
                        REMARK_14,
                        "the same images as evidence of less isotropy: the deviation over the mean, which no scale of"
                                + " the gradients changes, is as it was")
                .measure(
                        "changed over unchanged images: deviation over mean",
                        there.eigenvalueDeviation()
                                / there.meanEigenvalue()
                                * ten.last().mean()
                                / ten.last().deviation())
                .exact()
                .near(
                        1.0,
                        Tolerance.of(0.1, "a tenth, where mean and deviation grow by more"),
                        closedForm("1 for a change of scale"));
        Evidence numbers =
                sheet.supplement("The networks against each other, each at the end of its own training: " + of);
        for (TrainedNoise other : all.subList(1, 3)) {
            String names = other.label() + " over CIFAR-10: ";
            numbers.measure(
                    names + "mean of λ(D)", other.last().mean() / ten.last().mean());
            numbers.measure(
                    names + "deviation of λ(D)",
                    other.last().deviation() / ten.last().deviation());
        }
    }

    private static void draw(Sheet sheet, List<TrainedNoise> all) throws IOException {
        sheet.figure(
                "spectra",
                "Eigenvalues of D at 20, 40 and 100 per cent of the training of small-allcnn on "
                        + String.join(
                                ", ",
                                all.stream().map(one -> one.paper().origin()).toList())
                        + ". The line is the cut of the paper's footnote, λₘₐₓ·d·ε in single precision.",
                Figure.titled("Eigenvalues of D at three instants of the training")
                        .row(all.stream().map(TrainedNoise::panel).toArray(XyPanel[]::new)),
                FIGURE_2,
                REMARK_13,
                REMARK_14,
                SECTION_IV_A);
    }
}
