package org.langevin4j.examples.paper.measured;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.Autocorrelation;
import org.langevin4j.core.statistics.MeanSquareDisplacement;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Line;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.GradientNoise;
import org.langevin4j.models.training.NoisyDescent;
import org.langevin4j.models.training.Sgd;

/**
 * A network at a minimum of its loss with weight decay, where stochastic gradient descent with momentum is stationary: does it oscillate and spread as the linear
 * map of the measured Hessian and D says? Mini-batches are drawn with replacement, in evaluation mode.
 */
final class MinimumWithMomentum {

    private static final double DECAY = 0.02;

    private static final double RATE = 0.05;

    private static final double MOMENTUM = 0.9;

    private static final int BATCH = 256;

    /** While the minimum is sought, without noise; at last a tenth, for a loss with kinks. */
    private static final double DESCENT_RATE = 0.2;

    /** Steps for the noise to come up. */
    private static final int BEFORE = 800;

    /** Directions of the largest curvature that are watched. */
    private static final int WATCHED = 3;

    private static final int LAGS = 300;

    private static final int SHOWN = 80;

    /** With mini-batches of half the size variances are off by up to 4 %, exponents by .02. */
    private static final String ANHARMONIC = "the loss is not quadratic: twice that at twice the noise";

    private final Network minimum;
    private final DataSet data;
    private final QuadraticModel model;
    private final RunningMoments seen;
    private final RunningMoments correlations;

    private MinimumWithMomentum(Network minimum, DataSet data, QuadraticModel model) {
        this.minimum = minimum;
        this.data = data;
        this.model = model;
        this.seen = RunningMoments.ofVariances(2 * WATCHED + 3);
        this.correlations = RunningMoments.ofVariances(SHOWN + 1);
    }

    /** Draws into the panel. */
    static void write(Sheet sheet, Network start, DataSet data, String origin, XyPanel panel) {
        int sought = sheet.choose(5000, 20_000, 40_000);
        Sgd descent = Sgd.withRate(epoch -> epoch < sought / 2 ? DESCENT_RATE : 0.1 * DESCENT_RATE)
                .momentum(MOMENTUM, true)
                .weightDecay(DECAY)
                .batches(data.size(), Batches.SHUFFLED);
        NoisyDescent down = NoisyDescent.of(start, descent, data, GradientNoise.none(), Seed.of(0));
        while (down.epoch() < sought) {
            down.run();
        }
        Network minimum = down.network();
        double[] rest = Vectors.moved(minimum.gradient(data), minimum.weights(), DECAY);
        MinimumWithMomentum here =
                new MinimumWithMomentum(minimum, data, QuadraticModel.of(minimum, data, DECAY, RATE, MOMENTUM, BATCH));
        int runs = sheet.choose(10, 20, 20);
        int steps = sheet.choose(3000, 6000, 6000);
        List<double[][]> found = IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> here.run(steps, sheet.seed().derive(50).derive(run)))
                .toList();
        for (double[][] one : found) {
            here.seen.add(one[0]);
            here.correlations.add(one[1]);
        }
        here.rule(sheet, Vectors.norm(rest), origin, runs, steps);
        here.draw(panel);
    }

    /** Variances over those of the model, of weights and of steps, and three exponents; the autocorrelation along the first direction. */
    private double[][] run(int steps, Seed seed) {
        Sgd sgd =
                Sgd.withRate(RATE).momentum(MOMENTUM, true).weightDecay(DECAY).batches(BATCH, Batches.WITH_REPLACEMENT);
        NoisyDescent descent = NoisyDescent.of(minimum, sgd, data, GradientNoise.miniBatches(), seed);
        List<float[]> rows = new ArrayList<>();
        double[] centre = minimum.weights();
        int d = centre.length;
        while (rows.size() < BEFORE + steps) {
            descent.run(x -> {
                float[] row = new float[d];
                for (int i = 0; i < d; i++) {
                    row[i] = (float) (x[i] - centre[i]);
                }
                rows.add(row);
            });
        }
        List<float[]> kept = rows.subList(BEFORE, BEFORE + steps);
        double[] values = new double[seen.dimension()];
        double[] rho = new double[0];
        for (int j = 0; j < WATCHED; j++) {
            double[] along = along(kept, model.direction(j));
            double mean = Arrays.stream(along).average().orElseThrow();
            values[j] = Arrays.stream(along)
                            .map(x -> (x - mean) * (x - mean))
                            .average()
                            .orElseThrow()
                    / model.mode(j).variance();
            values[WATCHED + j] = IntStream.range(1, steps)
                            .mapToDouble(t -> Math.pow(along[t] - along[t - 1], 2))
                            .average()
                            .orElseThrow()
                    / model.mode(j).displacement(1);
            rho = j == 0 ? Autocorrelation.of(along, SHOWN) : rho;
        }
        MeanSquareDisplacement all = displacement(kept, d);
        for (int k = 0; k < 3; k++) {
            values[2 * WATCHED + k] = all.exponent(from(k), to(k));
        }
        return new double[][] {values, rho};
    }

    private static int from(int decade) {
        return decade == 2 ? LAGS / 10 : (int) Math.pow(10, decade);
    }

    private static int to(int decade) {
        return 10 * from(decade);
    }

    private static double[] along(List<float[]> rows, double[] direction) {
        return rows.stream()
                .mapToDouble(row -> {
                    double sum = 0.0;
                    for (int i = 0; i < row.length; i++) {
                        sum += row[i] * direction[i];
                    }
                    return sum;
                })
                .toArray();
    }

    private static MeanSquareDisplacement displacement(List<float[]> rows, int d) {
        MeanSquareDisplacement sum = null;
        for (int i = 0; i < d; i++) {
            int column = i;
            double[] series = rows.stream().mapToDouble(row -> row[column]).toArray();
            MeanSquareDisplacement own = MeanSquareDisplacement.of(series, LAGS, 2);
            sum = sum == null ? own : sum.plus(own);
        }
        if (sum == null) {
            throw new IllegalStateException("no weights");
        }
        return sum;
    }

    private void rule(Sheet sheet, double rest, String origin, int runs, int steps) {
        String of = String.format(
                Locale.ROOT,
                "tiny-fc on %d images of %s at a minimum under weight decay %s, η = %s, b = %d, Nesterov’s momentum %s, %d runs of %,d steps",
                data.size(),
                origin,
                DECAY,
                RATE,
                BATCH,
                MOMENTUM,
                runs,
                steps);
        String law = "the stationary law of the linear map of (x, v) with the measured Hessian and D";
        Evidence evidence = sheet.supplement("Phase-space oscillation and spreading about a minimum: " + of);
        evidence.measure("‖∇f + λx‖ at the minimum, as small as kinks of the loss let it be", rest);
        for (int j = 0; j < WATCHED; j++) {
            String mode = "mode " + (j + 1) + ", curvature " + String.format(Locale.ROOT, "%.3g", model.curvature(j));
            evidence.measure(mode + ": ⟨x²⟩ over that of the linear model", seen.mean(j))
                    .standardError(seen.standardError(j))
                    .near(1.0, standardErrors(4).plus(0.02, ANHARMONIC), closedForm(law));
            evidence.measure(mode + ": ⟨(Δx)²⟩ over that of the linear model", seen.mean(WATCHED + j))
                    .standardError(seen.standardError(WATCHED + j))
                    .near(1.0, standardErrors(4).plus(0.02, ANHARMONIC), closedForm(law));
        }
        double period = model.mode(0).period();
        evidence.measure("period of mode 1 in the linear model, steps", period);
        for (int k : new int[] {(int) Math.round(period / 4), (int) Math.round(period / 2), (int) Math.round(period)}) {
            if (k >= 1 && k <= SHOWN) {
                evidence.measure("autocorrelation of mode 1 at " + k + " steps", correlations.mean(k))
                        .standardError(correlations.standardError(k))
                        .near(
                                model.mode(0).correlation(k) / model.mode(0).variance(),
                                standardErrors(4).plus(0.02, ANHARMONIC),
                                closedForm(law));
            }
        }
        Line half = evidence.measure(
                        "autocorrelation of mode 1 at half a period", correlations.mean((int) Math.round(period / 2)))
                .standardError(correlations.standardError((int) Math.round(period / 2)));
        half.atMost(0.0, standardErrors(4), literature("Kunin et al. 2021: phase-space oscillations, below 0"));
        for (int k = 0; k < 3; k++) {
            evidence.measure(
                            "exponent of the mean-square displacement, " + from(k) + " to " + to(k) + " steps",
                            seen.mean(2 * WATCHED + k))
                    .standardError(seen.standardError(2 * WATCHED + k))
                    .near(model.exponent(from(k), to(k)), standardErrors(4).plus(0.01, ANHARMONIC), closedForm(law));
        }
        evidence.measure(
                "slope of log ⟨x²⟩ against log curvature, linear model, curvatures above λₘₐₓ/10; −1 for e^(−βf), 0 for D ∝ F",
                model.slope(0.1));
    }

    private void draw(XyPanel panel) {
        double[] lag = IntStream.rangeClosed(0, SHOWN).asDoubleStream().toArray();
        panel.line(
                        "linear model",
                        lag,
                        Arrays.stream(lag)
                                .map(k -> model.mode(0).correlation((long) k)
                                        / model.mode(0).variance())
                                .toArray())
                .points(
                        "SGD",
                        lag,
                        IntStream.rangeClosed(0, SHOWN)
                                .mapToDouble(correlations::mean)
                                .toArray(),
                        IntStream.rangeClosed(0, SHOWN)
                                .mapToDouble(correlations::standardError)
                                .toArray());
    }
}
