package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.ABSTRACT_RANK;
import static org.langevin4j.examples.experiment.Statement.FIGURE_1;
import static org.langevin4j.examples.experiment.Statement.REMARK_13;
import static org.langevin4j.examples.experiment.Statement.SECTION_IV_A;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.linear.PrincipalAngles;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.TrainingStages;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;

/**
 * Fig. 1 of Chaudhari and Soatto (2018): small-lenet and small-fc trained on MNIST, and D(x) of each in evaluation mode at 20, 40 and 100 per cent of the training.
 * The paper does not say how many samples D is of, how long it trained, nor which of two networks small-fc is; both are here.
 */
public final class Figure1 implements Experiment {

    private static final String[] PERCENT = {"20", "40", "100"};

    /** Directions whose span is compared. */
    private static final int LEADING = 10;

    @Override
    public String name() {
        return "figure-1";
    }

    @Override
    public String summary() {
        return "small-lenet and small-fc, trained here on MNIST: the eigenvalues of D at three instants, ranks at both ε, D against D";
    }

    /** A network at the end of its training, and D at the three instants. */
    private record Measured(
            PaperNetwork paper, Network network, Network.Score score, List<MeasuredDiffusion> diffusions) {

        MatrixSpectrum spectrum(int instant) {
            return diffusions.get(instant).spectrum();
        }

        double rankPercent(int instant, double epsilon) {
            MatrixSpectrum spectrum = spectrum(instant);
            return 100.0 * spectrum.rank(epsilon) / spectrum.dimension();
        }
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        // Without the vector unit an epoch of all images takes half a minute.
        int images = sheet.choose(15_000, Integer.MAX_VALUE, Integer.MAX_VALUE);
        Measured lenet = measured(sheet, "small-lenet", images, sheet.choose(8, 12, 30), 1);
        Measured fc = measured(sheet, "small-fc", Integer.MAX_VALUE, sheet.choose(12, 30, 50), 2);
        Measured deep = measured(sheet, "small-fc-2", Integer.MAX_VALUE, sheet.choose(12, 30, 50), 3);
        trained(sheet, lenet, 1.0, "0.75 % after training of unknown length");
        trained(sheet, fc, 3.5, "an independent run with another framework");
        trained(sheet, deep, 3.5, "an independent run with another framework");
        for (Measured one : List.of(lenet, fc, deep)) {
            numbers(sheet, one);
            fewer(sheet, one);
        }
        if (!lenet.paper.isGenerated()) {
            rule(sheet, lenet, fc, deep);
        }
        draw(sheet, List.of(lenet, fc, deep));
    }

    private static Measured measured(Sheet sheet, String name, int images, int epochs, int number) throws IOException {
        Seed seed = sheet.seed().derive(number);
        PaperNetwork paper =
                PaperNetwork.of(name, sheet.data(), sheet.seed().derive(0)).first(images);
        List<Network> stages =
                TrainingStages.run(paper, new org.langevin4j.examples.training.Schedule(epochs, 0.1, 128), seed, sheet.out().resolve("training"), sheet.progress());
        DataSet samples = paper.data().first(Math.min(paper.data().size(), sheet.choose(2000, 12_000, 60_000)));
        List<MeasuredDiffusion> diffusions = new ArrayList<>();
        for (Network stage : stages) {
            diffusions.add(MeasuredDiffusion.from(stage.perSampleGradients(samples)));
        }
        return new Measured(paper, stages.get(2), stages.get(2).score(paper.data()), diffusions);
    }

    private static void trained(Sheet sheet, Measured one, double limit, String source) {
        sheet.consistency("The networks have learnt what they were shown")
                .measure(label(one) + ": error on the samples of the training", 100.0 * (1.0 - one.score.accuracy()))
                .in("%")
                .exact()
                .atMost(limit, none(), literature(source));
    }

    private static String label(Measured one) {
        return one.paper.architecture().name() + " on " + one.paper.origin();
    }

    private static void numbers(Sheet sheet, Measured one) {
        Evidence numbers =
                sheet.supplement("What D is, from " + one.diffusions.get(0).samples() + " samples");
        for (int i = 0; i < 3; i++) {
            MatrixSpectrum spectrum = one.spectrum(i);
            String at = label(one) + ", " + PERCENT[i] + " %: ";
            numbers.measure(at + "mean of λ(D)", one.diffusions.get(i).meanEigenvalue());
            numbers.measure(at + "deviation of λ(D)", one.diffusions.get(i).eigenvalueDeviation());
            numbers.measure(at + "rank/d at the single-precision ε", one.rankPercent(i, MatrixSpectrum.FLOAT32_EPSILON))
                    .in("%");
            numbers.measure(at + "rank/d at the double-precision ε", one.rankPercent(i, MatrixSpectrum.FLOAT64_EPSILON))
                    .in("%");
            numbers.measure(at + "participation ratio (Σλ)²/Σλ²", spectrum.participationRatio());
            numbers.measure(at + "stable rank Σλ/λ₁", spectrum.trace() / spectrum.max());
        }
    }

    /** The paper does not say of how many samples D is. */
    private static void fewer(Sheet sheet, Measured one) {
        Evidence numbers = sheet.supplement("The rank, by the number of samples that D is of");
        DataSet data = one.paper.data();
        for (int part = 4; part >= 1; part /= 2) {
            int samples = one.diffusions.get(2).samples() / part;
            MatrixSpectrum spectrum = part == 1
                    ? one.spectrum(2)
                    : MeasuredDiffusion.from(one.network.perSampleGradients(data.first(samples)))
                            .spectrum();
            numbers.measure(
                            label(one) + ", " + samples + " samples: rank/d at the single-precision ε",
                            100.0 * spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON) / spectrum.dimension())
                    .in("%");
        }
    }

    private static void rule(Sheet sheet, Measured lenet, Measured fc, Measured deep) {
        String of = "D of " + lenet.diffusions.get(2).samples() + " images";
        Evidence holds = sheet.holds(
                FIGURE_1,
                "small-lenet trained here, " + of
                        + ": its mean eigenvalue to a factor of three, its rank between 0.3 and 2 % at the single-precision ε");
        holds.measure(
                        "log₁₀ of its mean eigenvalue over 0.3·10⁻³",
                        Math.log10(lenet.diffusions.get(2).meanEigenvalue() / 0.3e-3))
                .exact()
                .near(0.0, Tolerance.of(0.5, "the order of magnitude: a factor of three"), literature("Fig. 1a"));
        double lenetRank = lenet.rankPercent(2, MatrixSpectrum.FLOAT32_EPSILON);
        holds.measure("its rank/d, for not less than printed", lenetRank)
                .in("%")
                .exact()
                .atLeast(0.25, none(), literature("0.3 to 2 %, Section IV-A"));
        Evidence fails = sheet.fails(
                FIGURE_1,
                "small-fc trained here, in both readings: a rank of more than twice that printed, at the single-precision ε already");
        for (Measured one : List.of(fc, deep)) {
            fails.measure(
                            label(one) + ": rank/d at the single-precision ε",
                            one.rankPercent(2, MatrixSpectrum.FLOAT32_EPSILON))
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
                            fc.rankPercent(2, MatrixSpectrum.FLOAT32_EPSILON))
                    .in("%")
                    .exact()
                    .atLeast(2.05, none(), literature("0.3 to 2 %, as printed"));
            large.measure(
                            "small-lenet: rank/d at the double-precision ε",
                            lenet.rankPercent(2, MatrixSpectrum.FLOAT64_EPSILON))
                    .in("%")
                    .exact()
                    .atLeast(2.05, none(), literature("0.3 to 2 %, as printed"));
        }
        weights(sheet, lenet, fc);
    }

    /** Remark 13: spectra that look alike, of matrices that are not. */
    private static void weights(Sheet sheet, Measured lenet, Measured fc) {
        Evidence alike = sheet.holds(
                REMARK_13,
                "the eigenvalues of small-fc between 40 and 100 % of its training: mean and deviation within a third");
        Evidence other = sheet.fails(
                REMARK_13,
                "D itself: between 40 and 100 % of the training it changes by a good part of its own norm, and its leading directions turn");
        MeasuredDiffusion early = fc.diffusions.get(1);
        MeasuredDiffusion late = fc.diffusions.get(2);
        alike.measure(
                        "small-fc: mean eigenvalue at 40 % over that at 100 %",
                        early.meanEigenvalue() / late.meanEigenvalue())
                .exact()
                .near(
                        1.0,
                        Tolerance.of(1.0 / 3.0, "a third: curves one on the other over nine decades"),
                        literature("“almost indistinguishable”"));
        alike.measure(
                        "small-fc: deviation at 40 % over that at 100 %",
                        early.eigenvalueDeviation() / late.eigenvalueDeviation())
                .exact()
                .near(
                        1.0,
                        Tolerance.of(1.0 / 3.0, "a third: curves one on the other over nine decades"),
                        literature("“almost indistinguishable”"));
        sheet.fails(
                        REMARK_13,
                        "the eigenvalues of small-lenet, whose mean falls by more than a third from 20 % of its training on")
                .measure(
                        "small-lenet: mean eigenvalue at 20 % over that at 100 %",
                        lenet.diffusions.get(0).meanEigenvalue()
                                / lenet.diffusions.get(2).meanEigenvalue())
                .exact()
                .atLeast(1.5, none(), closedForm("1 for a D that is constant"));
        for (Measured one : List.of(lenet, fc)) {
            MeasuredDiffusion last = one.diffusions.get(2);
            other.measure(
                            label(one) + ": ‖D(40 %) − D(100 %)‖/‖D(100 %)‖",
                            one.diffusions.get(1).relativeDistance(last))
                    .exact()
                    .atLeast(0.2, none(), closedForm("0 for a D that is constant"));
            double[] angles = PrincipalAngles.between(
                    one.diffusions.get(1).leadingEigenpairs(LEADING).vectors(),
                    last.leadingEigenpairs(LEADING).vectors());
            other.measure(
                            label(one) + ": largest angle between the spans of the ten leading directions",
                            Math.toDegrees(angles[LEADING - 1]))
                    .in("degrees")
                    .exact()
                    .atLeast(30.0, none(), closedForm("0 for a D that is constant"));
        }
    }

    private static void draw(Sheet sheet, List<Measured> all) throws IOException {
        XyPanel[] panels = new XyPanel[all.size()];
        for (int n = 0; n < panels.length; n++) {
            Measured one = all.get(n);
            MatrixSpectrum last = one.spectrum(2);
            XyPanel panel = XyPanel.titled(one.paper.architecture().name() + ", error "
                            + String.format(Locale.ROOT, "%.2g", 100.0 * (1.0 - one.score.accuracy())) + " %")
                    .xAxis("number of the eigenvalue")
                    .yAxis("eigenvalue of D")
                    .logX()
                    .logY();
            for (int i = 0; i < 3; i++) {
                double[] values = one.spectrum(i).eigenvalues();
                int shown = Math.min(values.length, one.spectrum(i).rank(MatrixSpectrum.FLOAT64_EPSILON));
                double[] numbers = new double[shown];
                double[] positive = new double[shown];
                for (int k = 0; k < shown; k++) {
                    numbers[k] = k + 1.0;
                    positive[k] = values[k];
                }
                panel.line(PERCENT[i] + " % of the training", numbers, positive);
            }
            panels[n] = panel.horizontalLine(
                    last.max() * last.dimension() * MatrixSpectrum.FLOAT32_EPSILON, "λₘₐₓ·d·ε, float32");
        }
        sheet.figure(
                "spectra",
                "Eigenvalues of D at 20, 40 and 100 per cent of the training, of networks trained here on "
                        + all.get(0).paper.origin()
                        + ". The line is the cut of the paper's footnote, λₘₐₓ·d·ε in single precision.",
                Figure.titled("Eigenvalues of D at three instants of the training")
                        .row(panels),
                FIGURE_1,
                REMARK_13,
                SECTION_IV_A);
    }
}
