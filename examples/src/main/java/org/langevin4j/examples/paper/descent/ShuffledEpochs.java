package org.langevin4j.examples.paper.descent;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.REMARK_12;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.rounding;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.LeastSquares;
import org.langevin4j.models.network.Sampling;

/**
 * Data shuffled once an epoch, which is what deep learning does and neither of Remark 12's ways: mini-batches of an epoch are anticorrelated, weights come
 * back at its end, and the noise left there is smaller by η.
 */
public final class ShuffledEpochs implements Experiment {

    static final int SAMPLES = 8;

    static final int BATCH = 2;

    static final int STEPS = SAMPLES / BATCH;

    private static final String CORRELATED =
            "data shuffled once an epoch: two mini-batches of one epoch have the covariance −D/N, D with the divisor N − 1";

    private static final String EPOCH_END =
            "data shuffled once an epoch, linear regression in three weights: at its end variances are ∝ η³, not ∝ η";

    private static final String REGRESSION =
            "Shuffled epochs of linear regression: covariance at the end of an epoch by Stein’s equation over all orders";

    @Override
    public String name() {
        return "sgd-shuffling";
    }

    @Override
    public String summary() {
        return "Epochs of shuffled data: noise anticorrelated within an epoch, and the covariance of the weights through it";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        LeastSquares loss = Regressions.of(SAMPLES, 0.5);
        XyPanel correlation = EpochNoise.write(sheet, loss, CORRELATED);
        ShuffledMoments counted = new ShuffledMoments(loss, BATCH);
        XyPanel within = within(sheet, loss, counted);
        XyPanel powers = powers(sheet, loss, counted);
        sheet.figure(
                "shuffling",
                "Left: correlation of the noise of the first mini-batch of an epoch with those that follow: −1/(n − 1) within the"
                        + " epoch, none with the next. Middle: the mean square of the weights about the minimum through an epoch, below that of mini-batches drawn afresh and least at"
                        + " its end. Right: at the end it falls with η³, drawn afresh with η.",
                Figure.titled("Linear regression, data shuffled once an epoch: N = 8, b = 2")
                        .row(correlation, within, powers)
                        .panelSize(400, 400),
                REMARK_12);
    }

    private static XyPanel within(Sheet sheet, LeastSquares loss, ShuffledMoments counted) {
        double eta = 0.2;
        StochasticGradientDescent descent = StochasticGradientDescent.of(eta, BATCH);
        Eigenpairs eigen = LinearAlgebra.forOrder(3).symmetricEigen(loss.hessian());
        RunningMoments moments = new RunningMoments(3 * (STEPS + 1));
        int chains = sheet.choose(60_000, 200_000, 2_000_000);
        int epochs = (int) Math.ceil(5.0 / (eta * eigen.value(2) * STEPS));
        double[] minimum = loss.minimum();
        UniformStream stream = UniformStream.of(sheet.seed().derive(2));
        try (ProgressReporter.Task task = sheet.progress().start("sgd-shuffling, chains", 1)) {
            int share = 4000;
            List<RunningMoments> shares = IntStream.range(0, chains / share)
                    .parallel()
                    .mapToObj(number -> {
                        RunningMoments one = moments.empty();
                        for (int chain = number * share; chain < (number + 1) * share; chain++) {
                            one.add(chain(loss, descent, stream, chain, epochs, eigen, minimum));
                        }
                        return one;
                    })
                    .toList();
            shares.forEach(moments::merge);
            task.advanceTo(1);
        }
        ShuffledMoments.Law law = counted.law(eta);
        Evidence evidence = sheet.supplement(REGRESSION);
        double[] steps = new double[STEPS + 1];
        double[] found = new double[STEPS + 1];
        double[] errors = new double[STEPS + 1];
        double[] exact = new double[STEPS + 1];
        double[] fresh = new double[STEPS + 1];
        double[] shared = new double[STEPS + 1];
        RealMatrix diffusion =
                loss.meanDiffusion(new double[3], loss.hessian().scalarMultiply(0.0), Sampling.WITHOUT_REPLACEMENT);
        RealMatrix afresh = loss.covariance(descent.withoutReplacement(SAMPLES), Sampling.WITHOUT_REPLACEMENT);
        for (int s = 0; s <= STEPS; s++) {
            RealMatrix second = law.second(s);
            for (int i = 0; i < 3; i++) {
                double expected = along(second, eigen.vector(i));
                if (s % 2 == 0) {
                    evidence.measure(
                                    "η = 0.2, after " + s + " of 4 steps: mean square along eigenvector " + (i + 1)
                                            + " of F, over the exact one",
                                    moments.mean(3 * s + i) / expected)
                            .standardError(moments.standardError(3 * s + i) / expected)
                            .near(
                                    1.0,
                                    standardErrors(4),
                                    independent(
                                            "the map of moments of an epoch, its mean over all 2,520 orders of mini-batches"));
                }
            }
            steps[s] = s;
            double unit = along(afresh, eigen.vector(0));
            found[s] = moments.mean(3 * s) / unit;
            errors[s] = moments.standardError(3 * s) / unit;
            exact[s] = along(second, eigen.vector(0)) / unit;
            fresh[s] = 1.0;
            shared[s] = along(descent.covarianceInEpoch(loss.hessian(), diffusion, SAMPLES, s), eigen.vector(0)) / unit;
        }
        return XyPanel.titled("weights through an epoch, η = 0.2")
                .xAxis("steps of the epoch done")
                .yAxis("mean square over that drawn afresh")
                .yRange(0.0, 1.2)
                .points("sampled", steps, found, errors)
                .line("all orders counted", steps, exact)
                .line("samples of one Hessian", steps, shared)
                .line("drawn afresh", steps, fresh);
    }

    /** Squares along the three eigenvectors after 0, 1, … steps of the last epoch. */
    private static double[] chain(
            LeastSquares loss,
            StochasticGradientDescent descent,
            UniformStream stream,
            int chain,
            int epochs,
            Eigenpairs eigen,
            double[] minimum) {
        double[] squares = new double[3 * (STEPS + 1)];
        double[] x = minimum.clone();
        double[] v = new double[3];
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] order = EpochNoise.shuffled(stream, chain, epoch);
            for (int s = 0; s <= STEPS; s++) {
                if (epoch == epochs - 1) {
                    double[] off = Vectors.difference(x, minimum);
                    for (int i = 0; i < 3; i++) {
                        squares[3 * s + i] = Math.pow(Vectors.dot(eigen.vector(i), off), 2);
                    }
                }
                if (s < STEPS) {
                    double[] g = new double[3];
                    for (int j = 0; j < BATCH; j++) {
                        loss.addGradient(order[s * BATCH + j], x, 1.0 / BATCH, g);
                    }
                    Arrays.fill(v, 0.0);
                    descent.step(x, v, g);
                }
            }
        }
        return squares;
    }

    /** The trace of the covariance at the end of an epoch against η. */
    private static XyPanel powers(Sheet sheet, LeastSquares loss, ShuffledMoments counted) {
        double[] rates = {0.2, 0.1, 0.05, 0.025, 0.0125, 0.00625};
        double[] end = new double[rates.length];
        double[] fresh = new double[rates.length];
        double[] shared = new double[rates.length];
        RealMatrix diffusion =
                loss.meanDiffusion(new double[3], loss.hessian().scalarMultiply(0.0), Sampling.WITHOUT_REPLACEMENT);
        for (int k = 0; k < rates.length; k++) {
            StochasticGradientDescent descent = StochasticGradientDescent.of(rates[k], BATCH);
            ShuffledMoments.Law law = counted.law(rates[k]);
            double[] mean = law.mean(0);
            end[k] = law.second(0).getTrace() - Vectors.dot(mean, mean);
            fresh[k] = loss.covariance(descent.withoutReplacement(SAMPLES), Sampling.WITHOUT_REPLACEMENT)
                    .getTrace();
            shared[k] = descent.covarianceInEpoch(loss.hessian(), diffusion, SAMPLES, 0)
                    .getTrace();
        }
        int last = rates.length - 1;
        Evidence evidence = sheet.fails(REMARK_12, EPOCH_END);
        double slope = Math.log(end[last - 1] / end[last]) / Math.log(2.0);
        double before = Math.log(end[last - 2] / end[last - 1]) / Math.log(2.0);
        evidence.measure("order in η of tr Σ at the end of an epoch, η = 1/80 to 1/160", slope)
                .discretisationError(Math.abs(slope - before))
                .near(
                        3.0,
                        estimatedErrors(2),
                        closedForm("n ΣQᵢSQᵢ − (ΣQᵢ)S(ΣQᵢ) is ∝ η² beside S, and forgetting takes 1/η"));
        evidence.measure(
                        "tr Σ at the end of an epoch over that drawn afresh, η = 1/80", end[last - 1] / fresh[last - 1])
                .exact()
                .atMost(0.05, rounding(0.0), closedForm("1 by Remark 12"));
        evidence.measure("the same, samples of one Hessian", shared[last - 1] / fresh[last - 1]);
        return XyPanel.titled("at the end of an epoch")
                .xAxis("η")
                .yAxis("tr Σ")
                .logX()
                .logY()
                .points("all orders counted", rates, end)
                .line("samples of one Hessian", rates, shared)
                .line("drawn afresh", rates, fresh);
    }

    private static double along(RealMatrix matrix, double[] v) {
        return Vectors.dot(v, matrix.operate(v));
    }
}
