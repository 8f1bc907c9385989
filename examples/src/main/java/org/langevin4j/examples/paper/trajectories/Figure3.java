package org.langevin4j.examples.paper.trajectories;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.FIGURE_3;
import static org.langevin4j.examples.experiment.Statement.REMARK_17;
import static org.langevin4j.examples.experiment.Statement.REMARK_18;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.LongTrajectory;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.trajectory.TrajectoryPanels;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.StoredArray;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.trajectory.CoordinateStatistics;
import org.langevin4j.models.trajectory.RecordProjection;

/**
 * Fig. 3 of Chaudhari and Soatto (2018): tiny-fc on the digits 0 to 4 at 7×7, trained for 10³ epochs at an annealed learning rate and 10⁵ more (at
 * full effort) at 10⁻³, the weights after each. What single weights show is drawn as in the paper. What it means is decided at the end of the record, in
 * the leading eigenvectors of F, where the quadratic model with the measured F and D can be held against it and gives surrogates: those without
 * loops are the nulls, those with loops the power.
 */
public final class Figure3 implements Experiment {

    /** Rows in which ‖∇f‖ in training mode is computed. */
    private static final int GRADIENTS = 20;

    @Override
    public String name() {
        return "figure-3";
    }

    @Override
    public String summary() {
        return "A long trajectory of tiny-fc: spectrum of increments, autocorrelation, ‖∇f‖, loops; against what F and D predict";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        LocalBowl.Run paper =
                new LocalBowl.Run(LongTrajectory.RATE, LongTrajectory.MOMENTUM, Batches.SHUFFLED, LongTrajectory.BATCH);
        one(sheet, paper, LongTrajectory.epochs(sheet), "");
        int others = sheet.choose(0, 2000, 5000);
        if (others > 0) {
            one(sheet, paper.with(LongTrajectory.MOMENTUM, Batches.WITH_REPLACEMENT), others, "-replaced");
            one(sheet, paper.with(0.0, Batches.WITH_REPLACEMENT), others, "-no-momentum");
        }
    }

    private static void one(Sheet sheet, LocalBowl.Run run, int epochs, String suffix) throws IOException {
        LongTrajectory trajectory = LongTrajectory.recorded(sheet, run.momentum(), run.batches(), epochs, suffix);
        PaperNetwork paper = trajectory.paper();
        StoredArray record = trajectory.weights();
        Path folder = trajectory.folder();
        String of = String.format(
                Locale.ROOT,
                "tiny-fc on %s, %,d epochs after %,d, η = 10⁻³, b = %d %s, momentum %s",
                paper.origin(),
                epochs,
                LongTrajectory.before(sheet),
                LongTrajectory.BATCH,
                run.batches() == Batches.SHUFFLED ? "shuffled" : "with replacement",
                run.momentum());
        if (suffix.isEmpty()) {
            CoordinateStatistics found = CoordinateStatistics.of(record, Math.min(epochs / 5, 20_000), 128);
            numbers(sheet, of, found, trajectory.end().score(paper.data()));
            draw(sheet, found, folder, of);
        }
        int last = sheet.choose(1000, Math.min(5000, epochs / 2), Math.min(10_000, epochs / 2));
        int stretch = sheet.choose(250, 500, 500);
        double[][] rows = RecordProjection.last(record, last);
        LocalBowl bowl = LocalBowl.at(rows[last - 1], paper.architecture(), paper.data(), run, sheet);
        double[][] raw = Arrays.stream(rows).map(bowl::within).toArray(double[][]::new);
        stationarity(sheet, of, bowl, raw, stretch);
        new LoopsSeen(RecordProjection.withoutSlowDrift(raw, stretch), bowl).write(sheet, of, "prediction" + suffix);
        NullRecords nulls = new NullRecords(raw, stretch, bowl, sheet);
        nulls.write(sheet, of);
        NullFigure.draw(sheet, nulls, of, "nulls" + suffix);
        gradients(sheet, of, bowl, rows, folder);
    }

    private static void numbers(Sheet sheet, String of, CoordinateStatistics seen, Network.Score end) {
        Evidence numbers = sheet.supplement("What single weights show: " + of);
        numbers.measure("loss at the end, evaluation mode, nats", end.loss());
        numbers.measure("error at the end", 100.0 * (1.0 - end.accuracy())).in("%");
        numbers.measure("weights that never change", (double) seen.constantCoordinates());
        RunningMoments rho = seen.correlation();
        for (int lag = 1; lag < rho.dimension(); lag *= 10) {
            numbers.measure("mean autocorrelation at " + lag + " epochs", rho.mean(lag));
            numbers.measure("its deviation over weights", Math.sqrt(rho.variance(lag)));
            numbers.measure(
                    "half of Bartlett’s 99 % band there", seen.bartlett().mean(lag));
        }
        numbers.measure(
                "share of lags outside of the white-noise band", seen.outside().mean(0));
        numbers.measure(
                "share of lags outside of Bartlett’s band", seen.outside().mean(1));
        bands(numbers, "FFT", seen.bands());
        bands(numbers, "Welch", seen.welch());
    }

    private static void bands(Evidence numbers, String name, CoordinateStatistics.Bands bands) {
        for (int band : new int[] {0, bands.frequencies().size() - 1}) {
            numbers.measure(
                    String.format(
                            Locale.ROOT,
                            "%s, power of increments about %.2g cycles an epoch, 1 for white ones",
                            name,
                            bands.frequencies().get(band)),
                    bands.power().mean(band));
            numbers.measure(
                    "its deviation over weights", Math.sqrt(bands.power().variance(band)));
        }
    }

    private static void stationarity(Sheet sheet, String of, LocalBowl bowl, double[][] raw, int stretch) {
        Evidence numbers = sheet.supplement(
                "The last " + raw.length + " epochs in the leading eigenvectors of F, which alone are tested; of each "
                        + stretch + " epochs the mean is taken off, of surrogates too: " + of);
        double[][] rest = RecordProjection.withoutSlowDrift(raw, stretch);
        numbers.measure("drift between halves, over the deviation, as it is", RecordProjection.drift(raw));
        numbers.measure(
                "part of the variance that goes with the means of stretches", 1.0 - variance(rest) / variance(raw));
        numbers.measure("eigenvalue 1 of F, training mode", bowl.curvatures[0]);
        numbers.measure("eigenvalue " + LocalBowl.DIRECTIONS + " of F", bowl.curvatures[LocalBowl.DIRECTIONS - 1]);
        numbers.measure("images in the last mini-batch of an epoch", (double) bowl.rest());
        numbers.measure(
                "its noise an image over that of others: batch normalisation",
                bowl.lastNoise.getTrace() / bowl.noise.getTrace());
        numbers.measure(
                "total variance of the record over that of the equation",
                variance(rest) / bowl.equation().covariance().getTrace());
        double[] model = {
            trace(bowl),
            bowl.quiet()
                    .covariance()
                    .getSubMatrix(0, LocalBowl.DIRECTIONS - 1, 0, LocalBowl.DIRECTIONS - 1)
                    .getTrace()
        };
        numbers.measure(
                "of SGD’s model over that of the equation",
                model[0] / bowl.equation().covariance().getTrace());
        numbers.measure(
                "of the same if images of the last mini-batch were as quiet as others",
                model[1] / bowl.equation().covariance().getTrace());
    }

    private static double trace(LocalBowl bowl) {
        return LocalBowl.positions(bowl.sgd()).covariance().getTrace();
    }

    private static double variance(double[][] rows) {
        RunningMoments moments = RunningMoments.ofVariances(rows[0].length);
        for (double[] row : rows) {
            moments.add(row);
        }
        double sum = 0.0;
        for (int i = 0; i < rows[0].length; i++) {
            sum += moments.variance(i);
        }
        return sum;
    }

    /** Fig. 3c against what noise alone keeps up: E‖∇f‖² = β⁻¹ tr(HD) of the equation, Σλ²⟨x²⟩ of SGD's model. */
    private static void gradients(Sheet sheet, String of, LocalBowl bowl, double[][] rows, Path folder)
            throws IOException {
        int d = rows[0].length;
        RunningMoments found = new RunningMoments(2);
        for (int k = 0; k < GRADIENTS; k++) {
            double[] g = bowl.gradient(rows[rows.length - 1 - k * (rows.length / GRADIENTS)]);
            double[] within = bowl.within(g);
            found.add(Vectors.dot(g, g) / d, Vectors.dot(within, within) / d);
        }
        double equation = bowl.temperature() * bowl.trace().mean(0) / d;
        double sgd = bowl.squaredGradient(bowl.sgd().covariance()) / d;
        double leading = bowl.squaredGradient(bowl.equation().covariance()) / d;
        double[][] all = gradients(folder);
        int tenth = Math.max(1, all.length / 10);
        Evidence evidence = sheet.supplement("‖∇f‖/√d over all data, against what noise keeps up: " + of);
        double first = average(all, 0, tenth);
        double last = average(all, all.length - tenth, all.length);
        evidence.measure("evaluation mode, mean over the first tenth of the epochs", first);
        evidence.measure("evaluation mode, mean over the last tenth", last);
        evidence.measure("first over last; about 3 in the paper", first / last);
        evidence.measure("training mode, root of the mean square, end of the record", Math.sqrt(found.mean(0)));
        evidence.measure("√(β⁻¹ tr(HD)/d) of the equation", Math.sqrt(equation));
        evidence.measure("mean square within the leading directions over that of the equation", found.mean(1) / leading)
                .standardError(found.standardError(1) / leading);
        evidence.measure("the same over that of SGD’s model", found.mean(1) / sgd)
                .standardError(found.standardError(1) / sgd);
        double ratio = found.mean(0) / equation;
        double error = ratio
                * Math.hypot(
                        found.standardError(0) / found.mean(0),
                        bowl.trace().standardError(0) / bowl.trace().mean(0));
        String words = "mean of ‖∇f‖² in training mode over β⁻¹ tr(HD), what independent mini-batches would keep up";
        if (ratio - 4.0 * error > 1.0) {
            sheet.holds(REMARK_18, of + ": the gradient is larger than the equation's noise alone keeps up")
                    .measure(words, ratio)
                    .standardError(error)
                    .atLeast(1.0, standardErrors(4), closedForm("E‖∇f‖² = β⁻¹ tr(HD)"));
        } else if (ratio + 4.0 * error < 1.0) {
            sheet.fails(REMARK_18, of + ": the gradient is smaller than the equation's noise keeps up")
                    .measure(words, ratio)
                    .standardError(error)
                    .atMost(1.0, standardErrors(4), closedForm("E‖∇f‖² = β⁻¹ tr(HD)"));
        } else if (8.0 * error < 1.0) {
            sheet.fails(REMARK_18, of + ": the gradient is no larger than the equation's noise alone keeps up")
                    .measure(words, ratio)
                    .standardError(error)
                    .near(1.0, standardErrors(4), closedForm("E‖∇f‖² = β⁻¹ tr(HD)"));
        }
    }

    private static double[][] gradients(Path folder) throws IOException {
        return ArrayFile.find(folder.resolve("gradients.npy").toString()).read().toRows();
    }

    private static double average(double[][] rows, int from, int to) {
        return Arrays.stream(rows, from, to)
                .mapToDouble(row -> row[1])
                .average()
                .orElseThrow();
    }

    private static void draw(Sheet sheet, CoordinateStatistics seen, Path folder, String of) throws IOException {
        TrajectoryPanels panels = new TrajectoryPanels(seen.rows());
        panels.add("SGD", seen);
        double[][] rows = gradients(folder);
        XyPanel gradient = XyPanel.titled("Gradient over all data")
                .xAxis("epoch")
                .yAxis("‖∇f‖/√d")
                .logX()
                .logY()
                .line(
                        "‖∇f‖/√d, evaluation mode",
                        Arrays.stream(rows).mapToDouble(row -> row[0]).toArray(),
                        Arrays.stream(rows).mapToDouble(row -> row[1]).toArray());
        sheet.figure(
                "trajectory",
                "Left: power of the increments of the weights from epoch to epoch over their variance, mean over"
                        + " weights and bands of frequency, by one transform and by Welch’s method. Middle: autocorrelation of the weights, with the"
                        + " 99 % bands of white noise and of Bartlett. Right: the gradient over all data, from the first epoch.",
                Figure.titled("Fig. 3: " + of).row(panels.spectrum(), panels.correlation(), gradient),
                FIGURE_3,
                REMARK_17,
                REMARK_18);
    }
}
