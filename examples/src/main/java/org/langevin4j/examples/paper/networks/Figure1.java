package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.ABSTRACT_RANK;
import static org.langevin4j.examples.experiment.Statement.FIGURE_1;
import static org.langevin4j.examples.experiment.Statement.REMARK_13;
import static org.langevin4j.examples.experiment.Statement.SECTION_IV_A;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.List;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.Schedule;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * Fig. 1 of Chaudhari and Soatto (2018): small-lenet and small-fc trained on MNIST, and D(x) of each in evaluation mode at 20, 40 and 100 per cent of the training.
 * The paper does not say how many samples D is of, how long it trained, nor which of two networks small-fc is; both are here.
 */
public final class Figure1 implements Experiment {

    @Override
    public String name() {
        return "figure-1";
    }

    @Override
    public String summary() {
        return "small-lenet and small-fc, trained here on MNIST: the eigenvalues of D at three instants, ranks at both"
                + " ε, D against D";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        // Without the vector unit an epoch of all images takes half a minute.
        int images = sheet.choose(10_000, Integer.MAX_VALUE, Integer.MAX_VALUE);
        Seed seed = sheet.seed();
        PaperNetwork large =
                PaperNetwork.of("small-lenet", sheet.data(), seed.derive(0)).first(images);
        PaperNetwork small = PaperNetwork.of("small-fc", sheet.data(), seed.derive(0));
        Schedule schedule = new Schedule(sheet.choose(12, 30, 50), 0.1, 128);
        int samples = sheet.choose(1_250, 12_000, 60_000);
        TrainedNoise lenet = TrainedNoise.of(
                sheet,
                large,
                new Schedule(sheet.choose(8, 12, 30), 0.1, 128),
                seed.derive(1),
                sheet.choose(1_000, samples, samples));
        TrainedNoise fc = TrainedNoise.of(sheet, small, schedule, seed.derive(2), samples);
        TrainedNoise deep =
                TrainedNoise.of(sheet, small.with(Architectures.smallFcTwoHidden()), schedule, seed.derive(3), samples);
        trained(sheet, lenet, 1.0, "0.75 % after training of unknown length");
        trained(sheet, fc, 3.5, "an independent run with another framework");
        trained(sheet, deep, 3.5, "an independent run with another framework");
        for (TrainedNoise one : List.of(lenet, fc, deep)) {
            one.numbers(sheet);
            fewer(sheet, one);
        }
        if (!large.isGenerated()) {
            rule(sheet, lenet, fc, deep);
        }
        sheet.figure(
                "spectra",
                "Eigenvalues of D at 20, 40 and 100 per cent of the training, of networks trained here on "
                        + large.origin()
                        + ". The line is the cut of the paper's footnote, λₘₐₓ·d·ε in single precision.",
                Figure.titled("Eigenvalues of D at three instants of the training")
                        .row(lenet.panel(), fc.panel(), deep.panel()),
                FIGURE_1,
                REMARK_13,
                SECTION_IV_A);
    }

    private static void trained(Sheet sheet, TrainedNoise one, double limit, String source) {
        sheet.consistency("The networks have learnt what they were shown")
                .measure(one.label() + ": error on the samples of the training", one.errorPercent())
                .in("%")
                .exact()
                .atMost(limit, none(), literature(source));
    }

    /** The paper does not say of how many samples D is. */
    private static void fewer(Sheet sheet, TrainedNoise one) {
        Evidence numbers = sheet.supplement("The rank, by the number of samples that D is of");
        for (int part = 4; part >= 1; part /= 2) {
            int samples = one.samples().size() / part;
            MatrixSpectrum spectrum = part == 1
                    ? one.last().spectrum()
                    : MeasuredDiffusion.from(one.network()
                                    .perSampleGradients(one.samples().first(samples)))
                            .spectrum();
            numbers.measure(
                            one.label() + ", " + samples + " samples: rank/d at the single-precision ε",
                            100.0 * spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON) / spectrum.dimension())
                    .in("%");
        }
    }

    private static void rule(Sheet sheet, TrainedNoise lenet, TrainedNoise fc, TrainedNoise deep) {
        String of = "D of " + lenet.samples().size() + " images";
        Evidence holds = sheet.holds(
                FIGURE_1,
                "small-lenet trained here, " + of
                        + ": its mean eigenvalue to a factor of three, its rank between 0.3 and 2 % at the"
                        + " single-precision ε");
        holds.measure(
                        "log₁₀ of its mean eigenvalue over 0.3·10⁻³",
                        Math.log10(lenet.last().mean() / 0.3e-3))
                .exact()
                .near(0.0, Tolerance.of(0.5, "the order of magnitude: a factor of three"), literature("Fig. 1a"));
        double lenetRank = lenet.last().rankPercent(MatrixSpectrum.FLOAT32_EPSILON);
        holds.measure("its rank/d, for not less than printed", lenetRank)
                .in("%")
                .exact()
                .atLeast(0.25, none(), literature("0.3 to 2 %, Section IV-A"));
        Evidence fails = sheet.fails(
                FIGURE_1,
                "small-fc trained here, in both readings: a rank of more than twice that printed, at the"
                        + " single-precision ε already");
        for (TrainedNoise one : List.of(fc, deep)) {
            fails.measure(
                            one.label() + ": rank/d at the single-precision ε",
                            one.last().rankPercent(MatrixSpectrum.FLOAT32_EPSILON))
                    .in("%")
                    .exact()
                    .atLeast(1.2, none(), literature("twice the 0.6 % of Fig. 1b"));
        }
        for (var statement : List.of(ABSTRACT_RANK, SECTION_IV_A)) {
            sheet.holds(statement, "small-lenet trained on MNIST, " + of + ", at the single-precision ε")
                    .measure("small-lenet: rank/d", lenetRank)
                    .in("%")
                    .exact()
                    .atMost(2.05, none(), literature("0.3 to 2 %, as printed"));
            Evidence large = sheet.fails(
                    statement, "small-fc trained on MNIST, at either ε, and small-lenet at the double-precision one");
            large.measure(
                            "small-fc: rank/d at the single-precision ε",
                            fc.last().rankPercent(MatrixSpectrum.FLOAT32_EPSILON))
                    .in("%")
                    .exact()
                    .atLeast(2.05, none(), literature("0.3 to 2 %, as printed"));
            large.measure(
                            "small-lenet: rank/d at the double-precision ε",
                            lenet.last().rankPercent(MatrixSpectrum.FLOAT64_EPSILON))
                    .in("%")
                    .exact()
                    .atLeast(2.05, none(), literature("0.3 to 2 %, as printed"));
        }
        weights(sheet, lenet, fc);
    }

    /** Remark 13: spectra that look alike, of matrices that are not. */
    private static void weights(Sheet sheet, TrainedNoise lenet, TrainedNoise fc) {
        Evidence alike = sheet.holds(
                REMARK_13,
                "the eigenvalues of small-fc between 40 and 100 % of its training: mean and deviation within a third");
        Evidence other = sheet.fails(
                REMARK_13,
                "D itself: between 40 and 100 % of the training it changes by a good part of its own norm, and its"
                        + " leading directions turn");
        TrainedNoise.Instant early = fc.instants().get(1);
        TrainedNoise.Instant late = fc.last();
        alike.measure("small-fc: mean eigenvalue at 40 % over that at 100 %", early.mean() / late.mean())
                .exact()
                .near(
                        1.0,
                        Tolerance.of(1.0 / 3.0, "a third: curves one on the other over nine decades"),
                        literature("“almost indistinguishable”"));
        alike.measure("small-fc: deviation at 40 % over that at 100 %", early.deviation() / late.deviation())
                .exact()
                .near(
                        1.0,
                        Tolerance.of(1.0 / 3.0, "a third: curves one on the other over nine decades"),
                        literature("“almost indistinguishable”"));
        sheet.fails(
                        REMARK_13,
                        "the eigenvalues of small-lenet, whose mean falls by more than a third from 20 % of its"
                                + " training on")
                .measure(
                        "small-lenet: mean eigenvalue at 20 % over that at 100 %",
                        lenet.instants().get(0).mean() / lenet.last().mean())
                .exact()
                .atLeast(1.5, none(), closedForm("1 for a D that is constant"));
        for (TrainedNoise one : List.of(lenet, fc)) {
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
}
