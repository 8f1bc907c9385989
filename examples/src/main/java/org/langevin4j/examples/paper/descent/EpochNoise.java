package org.langevin4j.examples.paper.descent;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.REMARK_12;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;
import static org.langevin4j.examples.paper.descent.ShuffledEpochs.BATCH;
import static org.langevin4j.examples.paper.descent.ShuffledEpochs.SAMPLES;
import static org.langevin4j.examples.paper.descent.ShuffledEpochs.STEPS;

import java.util.stream.IntStream;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.LeastSquares;
import org.langevin4j.models.network.Sampling;

/** Noise of the mean gradients of an epoch's mini-batches at fixed weights: how the first goes with those after it, over two epochs. */
final class EpochNoise {

    private EpochNoise() {}

    static XyPanel write(Sheet sheet, LeastSquares loss, String condition) {
        double[][] gradients = loss.perSampleGradients(0.3, -0.4, 0.8).toRows();
        double[] mean = new double[3];
        for (double[] g : gradients) {
            Vectors.addMultiple(1.0 / SAMPLES, g, mean);
        }
        double[] entries = new double[9];
        loss.diffusion(Sampling.WITHOUT_REPLACEMENT).matrix(new double[] {0.3, -0.4, 0.8}, entries);
        double trace = entries[0] + entries[4] + entries[8];
        int epochs = sheet.choose(200_000, 1_000_000, 10_000_000);
        UniformStream stream = UniformStream.of(sheet.seed().derive(1));
        RunningMoments moments = new RunningMoments(2 * STEPS);
        double[][] before = new double[STEPS][3];
        for (int epoch = 0; epoch < epochs; epoch++) {
            double[][] now = noise(gradients, mean, shuffled(stream, epoch, 0));
            if (epoch % 2 == 1) {
                // Products of the first epoch's mini-batch s with all lags l, over two epochs.
                double[] products = new double[2 * STEPS];
                for (int lag = 0; lag < 2 * STEPS; lag++) {
                    double[] other = lag < STEPS ? before[lag] : now[lag - STEPS];
                    products[lag] = Vectors.dot(before[0], other);
                }
                moments.add(products);
            }
            before = now;
        }
        double[] lags = IntStream.range(0, 2 * STEPS).asDoubleStream().toArray();
        double[] found = new double[2 * STEPS];
        double[] errors = new double[2 * STEPS];
        double[] exact = new double[2 * STEPS];
        double variance = trace / BATCH * (1.0 - (double) BATCH / SAMPLES);
        Evidence evidence = sheet.fails(REMARK_12, condition);
        for (int lag = 0; lag < 2 * STEPS; lag++) {
            double covariance = lag == 0 ? variance : lag < STEPS ? -trace / SAMPLES : 0.0;
            found[lag] = moments.mean(lag) / variance;
            errors[lag] = moments.standardError(lag) / variance;
            exact[lag] = covariance / variance;
            evidence.measure(
                            "N = 8, b = 2: covariance of the first mini-batch with that " + lag
                                    + " steps later, over the variance",
                            found[lag])
                    .standardError(errors[lag])
                    .near(
                            exact[lag],
                            standardErrors(4),
                            closedForm("1; −tr D/N over (1 − b/N)tr D/b = −1/(n − 1); 0 in the next epoch"));
        }
        return XyPanel.titled("noise of the first mini-batch")
                .xAxis("lag in steps, 4 an epoch")
                .yAxis("correlation")
                .points("sampled", lags, found, errors)
                .line("closed form", lags, exact);
    }

    private static double[][] noise(double[][] gradients, double[] mean, int[] order) {
        double[][] noise = new double[STEPS][3];
        for (int s = 0; s < STEPS; s++) {
            for (int j = 0; j < BATCH; j++) {
                Vectors.addMultiple(1.0 / BATCH, gradients[order[s * BATCH + j]], noise[s]);
            }
            Vectors.addMultiple(-1.0, mean, noise[s]);
        }
        return noise;
    }

    static int[] shuffled(UniformStream stream, long path, long step) {
        int[] order = IntStream.range(0, SAMPLES).toArray();
        for (int i = 0; i < SAMPLES - 1; i++) {
            int j = i + (int) (stream.at(path, step, i) * (SAMPLES - i));
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }
}
