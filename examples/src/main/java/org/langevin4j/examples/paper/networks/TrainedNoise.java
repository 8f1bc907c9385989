package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.linear.PrincipalAngles;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.Schedule;
import org.langevin4j.examples.training.TrainingStages;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;

/**
 * A network trained here, and D of it in evaluation mode at 20, 40 and 100 per cent of the training: what Figs. 1 and 2 of Chaudhari and Soatto (2018) show.
 *
 * @param paper the network and its data
 * @param network at the end
 * @param samples that D is of
 * @param score of all samples of the training, without augmentation
 * @param instants D at the three
 */
record TrainedNoise(PaperNetwork paper, Network network, DataSet samples, Network.Score score, List<Instant> instants) {

    static final String[] PERCENT = {"20", "40", "100"};

    /** Light blue, blue, black. */
    private static final int[] DARKER = {6, 0, 4};

    /** Directions whose span is compared. */
    private static final int LEADING = 10;

    /**
     * D at one instant, without the matrix.
     *
     * @param mean of all d eigenvalues
     * @param deviation of all d
     * @param spectrum the eigenvalues
     * @param distance ‖D − D(100 %)‖/‖D(100 %)‖
     * @param angle the largest between the spans of the leading directions of D and D(100 %), in degrees
     */
    record Instant(double mean, double deviation, MatrixSpectrum spectrum, double distance, double angle) {

        double rankPercent(double epsilon) {
            return 100.0 * spectrum.rank(epsilon) / spectrum.dimension();
        }

        private static Instant of(MeasuredDiffusion d, MeasuredDiffusion last, RealMatrix lastDirections) {
            boolean other = d != last;
            double angle = other
                    ? Math.toDegrees(
                            PrincipalAngles.between(d.leadingEigenpairs(LEADING).vectors(), lastDirections)[
                                    LEADING - 1])
                    : 0.0;
            return new Instant(
                    d.meanEigenvalue(),
                    d.eigenvalueDeviation(),
                    d.spectrum(),
                    other ? last.relativeDistance(d) : 0.0,
                    angle);
        }
    }

    /**
     * Trains, or goes on where a run was stopped, and measures.
     *
     * @param samples of D, at most
     */
    static TrainedNoise of(Sheet sheet, PaperNetwork paper, Schedule schedule, Seed seed, int samples)
            throws IOException {
        List<Network> stages =
                TrainingStages.run(paper, schedule, seed, sheet.out().resolve("training"), sheet.progress());
        // Of augmented data those of an epoch that was not trained on.
        DataSet all = schedule.run(paper, seed).images(schedule.epochs());
        DataSet some = all.first(Math.min(all.size(), samples));
        List<Instant> instants = new ArrayList<>();
        try (ProgressReporter.Task task = sheet.progress().start("D of " + paper.label(), stages.size())) {
            Network end = stages.get(stages.size() - 1);
            MeasuredDiffusion last = MeasuredDiffusion.from(end.perSampleGradients(some));
            RealMatrix directions = last.leadingEigenpairs(LEADING).vectors();
            for (int i = stages.size() - 1; i >= 0; i--) {
                // Not more than two of them in memory.
                MeasuredDiffusion d = i == stages.size() - 1
                        ? last
                        : MeasuredDiffusion.from(stages.get(i).perSampleGradients(some));
                instants.add(Instant.of(d, last, directions));
                task.advanceTo(instants.size());
            }
            Collections.reverse(instants);
            return new TrainedNoise(paper, end, some, end.score(paper.data()), List.copyOf(instants));
        }
    }

    Instant last() {
        return instants.get(instants.size() - 1);
    }

    double errorPercent() {
        return 100.0 * (1.0 - score.accuracy());
    }

    String label() {
        return paper.label();
    }

    /** All numbers, reported. */
    void numbers(Sheet sheet) {
        Evidence numbers = sheet.supplement("What D is, from " + samples.size() + " samples");
        Evidence sums = sheet.consistency("Eigenvalues add up to the trace, which is computed without them");
        for (int i = 0; i < instants.size(); i++) {
            Instant instant = instants.get(i);
            MatrixSpectrum spectrum = instant.spectrum;
            String at = label() + ", " + PERCENT[i] + " %: ";
            sums.measure(at + "mean of the eigenvalues over tr D/d", spectrum.mean() / instant.mean)
                    .exact()
                    .near(1.0, rounding(1e-9), construction("one matrix"));
            numbers.measure(at + "mean of λ(D)", instant.mean);
            numbers.measure(at + "deviation of λ(D)", instant.deviation);
            numbers.measure(
                            at + "rank/d at the single-precision ε",
                            instant.rankPercent(MatrixSpectrum.FLOAT32_EPSILON))
                    .in("%");
            numbers.measure(
                            at + "rank/d at the double-precision ε",
                            instant.rankPercent(MatrixSpectrum.FLOAT64_EPSILON))
                    .in("%");
            numbers.measure(at + "participation ratio (Σλ)²/Σλ²", spectrum.participationRatio());
            numbers.measure(at + "stable rank Σλ/λ₁", spectrum.trace() / spectrum.max());
            if (i < instants.size() - 1) {
                numbers.measure(at + "‖D − D(100 %)‖/‖D(100 %)‖", instant.distance);
                numbers.measure(at + "largest angle to the ten leading directions at 100 %", instant.angle)
                        .in("degrees");
            }
        }
        // The paper does not say over which eigenvalues it takes mean and deviation.
        double[] kept =
                Arrays.copyOf(last().spectrum.eigenvalues(), last().spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON));
        MatrixSpectrum above = MatrixSpectrum.of(kept.length, kept);
        String of = label() + ", 100 %, of those above the cut at the single-precision ε alone: ";
        numbers.measure(of + "mean", above.mean());
        numbers.measure(of + "deviation", above.standardDeviation());
    }

    /** Eigenvalues against their numbers, darker is later. */
    XyPanel panel() {
        XyPanel panel = XyPanel.titled(label() + ", error " + String.format(Locale.ROOT, "%.2g", errorPercent()) + " %")
                .xAxis("number of the eigenvalue")
                .yAxis("eigenvalue of D")
                .logX()
                .logY();
        for (int i = 0; i < instants.size(); i++) {
            MatrixSpectrum spectrum = instants.get(i).spectrum;
            double[] values = spectrum.eigenvalues();
            int shown = Math.min(values.length, spectrum.rank(MatrixSpectrum.FLOAT64_EPSILON));
            double[] numbers = new double[shown];
            double[] positive = new double[shown];
            for (int k = 0; k < shown; k++) {
                numbers[k] = k + 1.0;
                positive[k] = values[k];
            }
            panel.line(PERCENT[i] + " % of the training", numbers, positive).look(DARKER[i], instants.size() - 1 - i);
        }
        MatrixSpectrum end = last().spectrum;
        return panel.horizontalLine(end.max() * end.dimension() * MatrixSpectrum.FLOAT32_EPSILON, "λₘₐₓ·d·ε, float32");
    }
}
