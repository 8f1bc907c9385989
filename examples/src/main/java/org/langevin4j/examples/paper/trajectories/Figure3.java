package org.langevin4j.examples.paper.trajectories;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.FIGURE_3;
import static org.langevin4j.examples.experiment.Statement.REMARK_17;
import static org.langevin4j.examples.experiment.Statement.REMARK_18;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.Autocorrelation;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.Recording;
import org.langevin4j.examples.training.TrainingRun;
import org.langevin4j.examples.trajectory.TrajectoryPanels;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.StoredArray;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;
import org.langevin4j.models.trajectory.CoordinateStatistics;
import org.langevin4j.models.trajectory.HeldOutRotation;
import org.langevin4j.models.trajectory.ReversibleTwin;

/**
 * Fig. 3 of Chaudhari and Soatto (2018): tiny-fc on the digits 0 to 4 at 7×7, trained for 10³ epochs at an annealed learning rate and 10⁵ more (at
 * full effort) at 10⁻³, the weights after each. Its spectrum and autocorrelation stand beside those of a reversible twin, which has the same
 * covariance and relaxation and no loops, and loops are sought where they would be: in a plane that half of the record chooses and the other tests.
 */
public final class Figure3 implements Experiment {

    private static final double RATE = 1e-3;

    private static final double FIRST_RATE = 0.1;

    private static final double MOMENTUM = 0.9;

    private static final int BATCH = 128;

    /** Directions in which loops are sought, and which the twin has. */
    private static final int DIRECTIONS = 50;

    @Override
    public String name() {
        return "figure-3";
    }

    @Override
    public String summary() {
        return "A long trajectory of tiny-fc: spectrum of increments, autocorrelation, ‖∇f‖, against a twin without loops";
    }

    /** A record and what it shows. */
    private record Seen(CoordinateStatistics statistics, HeldOutRotation rotation) {

        static Seen of(StoredArray record, Sheet sheet) throws IOException {
            int n = (int) record.rows();
            return new Seen(
                    CoordinateStatistics.of(record, Math.min(n / 5, 20_000), 128),
                    HeldOutRotation.of(record, DIRECTIONS, 1, sheet.choose(20, 30, 50)));
        }
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        int before = sheet.choose(200, 1000, 1000);
        int epochs = sheet.choose(2000, 10_000, 100_000);
        PaperNetwork paper =
                PaperNetwork.of("tiny-fc", sheet.data(), sheet.seed().derive(0));
        Sgd sgd = Sgd.withRate(epoch ->
                        epoch < before ? FIRST_RATE * Math.pow(RATE / FIRST_RATE, (double) epoch / before) : RATE)
                .momentum(MOMENTUM, true)
                .batches(BATCH, Batches.SHUFFLED);
        Seed seed = sheet.seed().derive(3);
        Recording recording = new Recording(new TrainingRun(paper, sgd, seed), before, epochs, sheet.choose(5, 10, 20));
        Path folder = sheet.out().resolve("trajectory-" + epochs);
        Training training = recording.to(folder, sheet.progress());
        StoredArray record = Recording.weights(folder);
        Seen seen = Seen.of(record, sheet);
        ReversibleTwin twin = ReversibleTwin.of(record, DIRECTIONS);
        Path copy = sheet.out().resolve("twin.npy");
        Files.deleteIfExists(copy);
        twin.write(copy, epochs, sheet.seed().derive(33));
        Seen without = Seen.of(ArrayFile.find(copy.toString()), sheet);
        String of = String.format(
                Locale.ROOT,
                "tiny-fc on %s, %,d epochs after %,d, η = 10⁻³, b = %d, Nesterov’s momentum %s",
                paper.origin(),
                epochs,
                before,
                BATCH,
                MOMENTUM);
        numbers(sheet, of, seen, without, training.network().score(paper.data()));
        rule(sheet, of, seen, without);
        gradients(sheet, of, paper, training.network(), folder);
        draw(sheet, seen, without, folder, of);
    }

    private static void numbers(Sheet sheet, String of, Seen seen, Seen twin, Network.Score end) {
        Evidence numbers = sheet.supplement("What the trajectory is: " + of);
        numbers.measure("loss at the end, nats", end.loss());
        numbers.measure("error at the end", 100.0 * (1.0 - end.accuracy())).in("%");
        numbers.measure("weights that never change", (double) seen.statistics.constantCoordinates());
        RunningMoments rho = seen.statistics.correlation();
        for (int lag = 1; lag < rho.dimension(); lag *= 10) {
            numbers.measure("mean autocorrelation at " + lag + " epochs", rho.mean(lag));
            numbers.measure(
                    "the same of the twin", twin.statistics.correlation().mean(lag));
        }
        numbers.measure(
                "share of lags outside of the white-noise band",
                seen.statistics.outside().mean(0));
        numbers.measure(
                "share of lags outside of Bartlett's band",
                seen.statistics.outside().mean(1));
        numbers.measure("the same of the twin", twin.statistics.outside().mean(1));
        numbers.measure("drift of the mean in the tested plane, deviations", seen.rotation.drift());
        double[] bands = TrajectoryPanels.bands(seen.statistics.power());
        double[] ofTwin = TrajectoryPanels.bands(twin.statistics.power());
        numbers.measure("power of increments in the lowest band of frequency, 1 for white noise", bands[0]);
        numbers.measure("the same of the twin", ofTwin[0]);
        numbers.measure("in the highest band", bands[bands.length - 1]);
        numbers.measure("the same of the twin", ofTwin[bands.length - 1]);
    }

    private static void rule(Sheet sheet, String of, Seen seen, Seen twin) {
        double band = Autocorrelation.whiteNoiseBand((int) seen.statistics.rows(), CoordinateStatistics.Z);
        // Brownian motion is outside of that band as well, so that this alone decides nothing.
        Evidence alike = sheet.fails(
                REMARK_17,
                of
                        + ": an autocorrelation outside of the band of white noise as evidence; a twin in detailed balance has it as well");
        alike.measure(
                        "mean autocorrelation at 10 epochs",
                        seen.statistics.correlation().mean(10))
                .exact()
                .atLeast(band, none(), closedForm("2.576/√n for white noise"));
        alike.measure(
                        "the same of a reversible twin",
                        twin.statistics.correlation().mean(10))
                .exact()
                .atLeast(band, none(), closedForm("2.576/√n for white noise"));
        Evidence loops = sheet.supplement("Loops, in a plane that the first half of the epochs chooses: " + of);
        loops.measure("A(1) of the second half over its error", seen.rotation.score());
        loops.measure("p-value of detailed balance", seen.rotation.test().pValue());
        loops.measure("A(1) of the reversible twin over its error", twin.rotation.score());
        loops.measure("its p-value", twin.rotation.test().pValue());
    }

    /** Fig. 3c against what noise alone keeps up: E‖∇f‖² = β⁻¹ tr(HD) of the linear equation, β⁻¹ = η/(2b(1 − μ)). */
    private static void gradients(Sheet sheet, String of, PaperNetwork paper, Network end, Path folder)
            throws IOException {
        DataSet samples = paper.data().first(Math.min(paper.data().size(), sheet.choose(2000, 10_000, 40_000)));
        RealMatrix hessian = end.hessian(samples);
        RealMatrix d = MeasuredDiffusion.from(end.perSampleGradients(samples)).toMatrix();
        double trace =
                LinearAlgebra.forOrder(d.getRowDimension()).multiply(hessian, d).getTrace();
        double noise = Math.sqrt(
                Temperature.ofSgd(RATE, BATCH).value() / (1.0 - MOMENTUM) * Math.max(0.0, trace) / end.dimension());
        double[][] rows = gradients(folder);
        int tenth = Math.max(1, rows.length / 10);
        double first = average(rows, 0, tenth);
        double last = average(rows, rows.length - tenth, rows.length);
        Evidence evidence = sheet.supplement("‖∇f‖/√d over all data, against what noise keeps up: " + of);
        evidence.measure("mean over the first tenth of the epochs", first);
        evidence.measure("mean over the last tenth", last);
        evidence.measure("first over last; about 3 in the paper", first / last);
        evidence.measure("√(β⁻¹ tr(HD)/d) of independent mini-batches, at the end", noise);
        evidence.measure("the last over that", last / noise);
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

    private static void draw(Sheet sheet, Seen seen, Seen twin, Path folder, String of) throws IOException {
        TrajectoryPanels panels = new TrajectoryPanels(seen.statistics.rows());
        panels.add("SGD", seen.statistics);
        panels.add("twin without loops", twin.statistics);
        double[][] rows = gradients(folder);
        XyPanel gradient = XyPanel.titled("Gradient over all data")
                .xAxis("epoch")
                .yAxis("‖∇f‖/√d")
                .logX()
                .logY()
                .line(
                        "",
                        Arrays.stream(rows).mapToDouble(row -> row[0]).toArray(),
                        Arrays.stream(rows).mapToDouble(row -> row[1]).toArray());
        sheet.figure(
                "trajectory",
                "Left: power of the increments of the weights from epoch to epoch over their variance, mean over"
                        + " weights and bands of frequency. Middle: their autocorrelation, mean over weights, with the 99 % band of white noise."
                        + " A twin in detailed balance, with the covariance and the relaxation of the record, stands beside both. Right:"
                        + " the gradient over all data, from the first epoch.",
                Figure.titled("Fig. 3: " + of).row(panels.spectrum(), panels.correlation(), gradient),
                FIGURE_3,
                REMARK_17,
                REMARK_18);
    }
}
