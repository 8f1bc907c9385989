package org.langevin4j.examples.paper.networks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;

/**
 * The inverse variance–flatness relation (Feng and Tu 2021, PNAS 118, e2015617118): SGD at a constant learning rate goes on from a trained
 * network, its weights are kept after each epoch, and along each principal direction p of them σ² is their variance and
 * F = θ₊ − θ₋ the width of the loss, f(x + θ±p) = e·f(x). They find σ² ∝ F^(−ψ) with ψ about 4; in equilibrium, where σ² ∝ F², ψ is −2.
 */
final class VarianceFlatness {

    private static final double RATE = 0.1;

    private static final int BATCH = 50;

    /** Principal directions compared, 1 to this. */
    private static final int DIRECTIONS = 24;

    /** How far along a direction the loss is followed; weights are of order one. */
    private static final double FARTHEST = 1e3;

    /** A direction's variance and the width of the loss along it. */
    static final class Measured {

        private final double[] variances;
        private final double[] widths;

        private Measured(double[] variances, double[] widths) {
            this.variances = variances;
            this.widths = widths;
        }

        double[] variances() {
            return variances;
        }

        double[] widths() {
            return widths;
        }

        /** ψ: minus the slope of log σ² against log F. */
        double exponent() {
            RunningMoments moments = new RunningMoments(2);
            for (int k = 0; k < variances.length; k++) {
                moments.add(Math.log(widths[k]), Math.log(variances[k]));
            }
            return -moments.covariance(0, 1) / moments.variance(0);
        }
    }

    private VarianceFlatness() {}

    static void write(TrainedNetwork trained, Sheet sheet) throws IOException {
        int epochs = sheet.choose(80, 1000, 2000);
        int runs = sheet.choose(2, 4, 8);
        DataSet all = trained.paper().data();
        DataSet data = all.first(Math.min(all.size(), sheet.choose(2000, Integer.MAX_VALUE, Integer.MAX_VALUE)));
        Evidence evidence = sheet.supplement(String.format(
                Locale.ROOT,
                "Variance of the weights against the width of the loss, %s on %d samples of %s, η = %s, b = %d: ψ of σ² ∝ F^(−ψ)",
                trained.paper().architecture().name(),
                data.size(),
                trained.paper().origin(),
                RATE,
                BATCH));
        List<XyPanel> panels = new ArrayList<>();
        for (boolean longer : new boolean[] {false, true}) {
            String window = longer ? epochs + " epochs" : "one epoch";
            XyPanel panel = XyPanel.titled("Weights of " + window)
                    .xAxis("width F of the loss along the direction")
                    .yAxis("variance σ² of the weights along it")
                    .logX()
                    .logY();
            for (Batches batches : new Batches[] {Batches.SHUFFLED, Batches.WITH_REPLACEMENT}) {
                String name = batches == Batches.SHUFFLED ? "shuffled" : "drawn with replacement";
                RunningMoments exponents = new RunningMoments(1);
                for (int run = 0; run < runs; run++) {
                    Seed seed = sheet.seed().derive(190).derive(run);
                    Sgd sgd = Sgd.withRate(RATE).momentum(0.0, false).batches(BATCH, batches);
                    Training training = Training.of(trained.network(), sgd, data, seed);
                    List<double[]> weights =
                            longer ? afterEpochs(training, epochs, sheet) : afterSteps(training, data, epochs / 10);
                    Measured one = measured(training.network().loss(data), weights);
                    exponents.add(one.exponent());
                    if (run == 0) {
                        panel.points(name, one.widths(), one.variances());
                    }
                }
                evidence.measure("ψ over " + window + ", batches " + name, exponents.mean(0))
                        .standardError(exponents.standardError(0));
            }
            panels.add(panel);
        }
        sheet.figure(
                "variance-flatness",
                "Variance of the weights along their first " + DIRECTIONS
                        + " principal directions against the distance over which the loss along each grows e-fold: weights after"
                        + " each step of one epoch, and after each of many epochs.",
                Figure.titled("Variance against flatness: "
                                + trained.paper().architecture().name() + " on "
                                + trained.paper().origin())
                        .row(panels.toArray(XyPanel[]::new)));
    }

    /** The weights after each step of an epoch, when some epochs have passed. */
    private static List<double[]> afterSteps(Training training, DataSet data, int before) {
        for (int epoch = 0; epoch < before; epoch++) {
            training.run();
        }
        List<double[]> weights = new ArrayList<>();
        training.run(data, x -> weights.add(x.clone()));
        return weights;
    }

    private static List<double[]> afterEpochs(Training training, int epochs, Sheet sheet) {
        List<double[]> weights = new ArrayList<>();
        try (ProgressReporter.Task task = sheet.progress().start("SGD at a constant rate", epochs)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                training.run();
                weights.add(training.network().weights());
                task.advanceTo(epoch);
            }
        }
        // The first tenth is for the noise to come up.
        return weights.subList(epochs / 10, epochs);
    }

    /** Along the principal directions of the weights, from the last of them. */
    static Measured measured(Potential loss, List<double[]> weights) {
        RealMatrix x = MatrixUtils.createRealMatrix(weights.toArray(double[][]::new));
        for (int i = 0; i < x.getColumnDimension(); i++) {
            double mean = Arrays.stream(x.getColumn(i)).average().orElseThrow();
            for (int k = 0; k < x.getRowDimension(); k++) {
                x.addToEntry(k, i, -mean);
            }
        }
        LinearAlgebra algebra = LinearAlgebra.forOrder(x.getColumnDimension());
        Eigenpairs principal =
                algebra.symmetricEigen(algebra.columnProducts(x).scalarMultiply(1.0 / x.getRowDimension()));
        double[] end = weights.get(weights.size() - 1);
        double[] variances = new double[DIRECTIONS];
        double[] widths = new double[DIRECTIONS];
        for (int k = 0; k < DIRECTIONS; k++) {
            variances[k] = principal.value(k);
            widths[k] = edge(loss, end, principal.vector(k), 1.0) + edge(loss, end, principal.vector(k), -1.0);
        }
        return new Measured(variances, widths);
    }

    /** How far the loss is from e times itself. */
    private static double edge(Potential loss, double[] x, double[] direction, double sign) {
        double level = Math.E * loss.at(x);
        UnivariateFunction above = theta -> {
            double[] at = x.clone();
            for (int i = 0; i < at.length; i++) {
                at[i] += sign * theta * direction[i];
            }
            return loss.at(at) - level;
        };
        double far = 0.1;
        while (above.value(far) < 0.0) {
            far *= 2.0;
            if (far > FARTHEST) {
                return far;
            }
        }
        return new BracketingNthOrderBrentSolver(1e-2, 1e-3, 5).solve(100, above, 0.0, far);
    }
}
