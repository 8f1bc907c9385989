package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.REMARK_10;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.order;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;
import static org.langevin4j.examples.paper.networks.LinearRegression.CURVATURES;
import static org.langevin4j.examples.paper.networks.LinearRegression.NOISE;
import static org.langevin4j.examples.paper.networks.LinearRegression.SAMPLES;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.examples.paper.networks.LinearRegression.Estimate;
import org.langevin4j.examples.paper.networks.LinearRegression.Run;

/**
 * Remark 10 of Chaudhari and Soatto (2018): which prefactor κ of the prior makes the law of stochastic gradients the posterior? In variational
 * inference with w = μ + σε, in Langevin dynamics, and in linear regression with the noise of mini-batches.
 */
public final class Remark10 implements Experiment {

    /** Curvatures of likelihood and of the Gaussian prior, their sum is that of the posterior. */
    private static final double LIKELIHOOD = 0.75;

    private static final double PRIOR = 0.25;

    private static final String INFERENCE =
            "variational inference by stochastic gradients: their noise adds to the entropy, and the best prefactor is below one";

    private static final String SAMPLING =
            "isotropic noise of the posterior’s temperature: the entropy it adds is the bound’s own −H(q), and with prefactor one the"
                    + " law is the posterior";

    private static final String MINI_BATCHES =
            "the noise of mini-batches in linear regression, D = s²H: the best prefactor is on either side of one and gains next to"
                    + " nothing";

    @Override
    public String name() {
        return "remark-10";
    }

    @Override
    public String summary() {
        return "Which prefactor of a Gaussian prior makes the law of stochastic gradients the posterior";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        inference(sheet);
        sampling(sheet);
        miniBatches(sheet);
    }

    /** Variance of w = μ + σε: σ² = κ/a minimises the bound, a = likelihood + κ·prior; μ moves by one sample of ε a step. */
    private static double variance(double rate, double kappa) {
        double a = LIKELIHOOD + kappa * PRIOR;
        double sigma = kappa / a;
        return sigma + rate * LIKELIHOOD * LIKELIHOOD * sigma / (a * (2.0 - rate * a));
    }

    /** Where the variance is that of the posterior, 1/(likelihood + prior). */
    private static double best(double rate) {
        double low = 0.1;
        double high = 2.0;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (variance(rate, middle) * (LIKELIHOOD + PRIOR) < 1.0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void inference(Sheet sheet) throws IOException {
        double[] rates = {0.02, 0.1, 0.2};
        double[][] points = new double[4][3];
        for (int k = 0; k < 3; k++) {
            double rate = rates[k];
            double best = best(rate);
            String at = "η = " + rate + ": ";
            Evidence evidence = sheet.holds(REMARK_10, INFERENCE);
            RunningMoments one = simulate(sheet, rate, 1.0, 2 * k);
            evidence.measure(at + "variance of w at κ = 1 over that of the posterior", one.mean(0))
                    .standardError(one.standardError(0))
                    .near(
                            variance(rate, 1.0),
                            standardErrors(4),
                            closedForm("κ/a·(1 + ηℓ²/(a(2 − ηa))), ℓ of the likelihood, a = ℓ + κ·prior"));
            if (k > 0) {
                evidence.measure(at + "the same, for more than one", one.mean(0))
                        .standardError(one.standardError(0))
                        .atLeast(1.0, standardErrors(4), closedForm("1 for the posterior"));
            }
            RunningMoments right = simulate(sheet, rate, best, 2 * k + 1);
            evidence.measure(at + "variance of w at the best κ over that of the posterior", right.mean(0))
                    .standardError(right.standardError(0))
                    .near(1.0, standardErrors(4), closedForm("1 for the posterior"));
            evidence.measure(at + "the best κ", best)
                    .exact()
                    .near(
                            1.0 - 0.5 * rate * LIKELIHOOD,
                            order(2, rate, 1.0),
                            closedForm("1 − ηℓ/2 to first order in η"));
            points[0][k] = one.mean(0);
            points[1][k] = one.standardError(0);
            points[2][k] = right.mean(0);
            points[3][k] = right.standardError(0);
        }
        double[] fine = new double[41];
        Arrays.setAll(fine, i -> 0.0055 * i);
        sheet.figure(
                "prefactor",
                "Variational inference by stochastic gradients: variance of the weight over that of the posterior, with the prior’s"
                        + " divergence at full weight and at the best prefactor. Lines by closed form.",
                Figure.titled("The noise of stochastic gradients widens the law; a prefactor below one takes that off")
                        .row(XyPanel.titled("")
                                .xAxis("η")
                                .yAxis("variance over the posterior’s; best κ")
                                .line("κ = 1", fine, map(fine, rate -> variance(rate, 1.0)))
                                .line("best κ", fine, map(fine, rate -> 1.0))
                                .line("the best κ itself", fine, map(fine, Remark10::best))
                                .points("κ = 1, sampled", rates, points[0], points[1])
                                .like("κ = 1")
                                .points("best κ, sampled", rates, points[2], points[3])
                                .like("best κ"))
                        .panelSize(720, 420),
                REMARK_10);
    }

    private static double[] map(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    /** Moments of w² over paths and, in blocks a relaxation time apart, over time: the mean of each path is one number. */
    private static RunningMoments simulate(Sheet sheet, double rate, double kappa, int part) {
        double a = LIKELIHOOD + kappa * PRIOR;
        double sigma = Math.sqrt(kappa / a);
        NormalStream stream = NormalStream.of(sheet.seed().derive(part));
        int paths = sheet.choose(2_000, 10_000, 100_000);
        int burnIn = (int) Math.round(8.0 / rate);
        int steps = 6 * burnIn;
        double[] mu = new double[paths];
        double[] squares = new double[paths];
        double[][] normals = new double[2][paths];
        for (int step = 0; step < steps; step++) {
            stream.fill(0, paths, step, normals);
            for (int p = 0; p < paths; p++) {
                mu[p] -= rate * (LIKELIHOOD * (mu[p] + sigma * normals[0][p]) + kappa * PRIOR * mu[p]);
                if (step >= burnIn) {
                    double w = mu[p] + sigma * normals[1][p];
                    squares[p] += w * w / (steps - burnIn);
                }
            }
        }
        RunningMoments moments = new RunningMoments(1);
        for (double square : squares) {
            moments.add((LIKELIHOOD + PRIOR) * square);
        }
        return moments;
    }

    /** Langevin dynamics on f + ½λ|w|² at τ = s²/N, λ = s²/(N·variance of the prior): the posterior is N(m, τ(H + λ)⁻¹). */
    private static void sampling(Sheet sheet) {
        double temperature = NOISE * NOISE / SAMPLES;
        // As narrow a prior as the likelihood in its widest direction, so that it counts.
        double decay = CURVATURES[2];
        double rate = 0.02;
        Run run = LinearRegression.run(
                sheet,
                "remark-10, isotropic noise",
                50,
                sheet.choose(20_000, 60_000, 400_000),
                1_000,
                map(CURVATURES, h -> 2.0 * temperature / (h + decay)),
                decay,
                LinearRegression.langevin(sheet.seed().derive(51), rate, temperature, decay));
        for (int i = 0; i < CURVATURES.length; i++) {
            int k = i;
            double a = CURVATURES[i] + decay;
            Estimate ratio = run.estimate(moments -> moments.within().getEntry(k, k) * a / temperature);
            sheet.fails(REMARK_10, SAMPLING)
                    .measure(
                            "curvature " + CURVATURES[i]
                                    + ", prior 0.1: variance about the posterior’s mean over that of the posterior",
                            ratio.value())
                    .standardError(ratio.error())
                    .near(
                            1.0 / (1.0 - 0.5 * rate * a),
                            standardErrors(4).plus((CURVATURES.length + 1.0) / SAMPLES, "data sets of N, (d + 1)/N"),
                            closedForm("1, and 1/(1 − ηa/2) in steps of η = 0.02"));
        }
    }

    /**
     * SGD on f + κ½λ|w|²: its law is N((H + κλ)⁻¹Hw*, (ηs²/2b) H(H + κλ)⁻¹) given the data, the posterior N((H + λ)⁻¹Hw*, (s²/N)(H + λ)⁻¹); the
     * divergence of the first from the second in nats, its mean over weights of prior variance one and data.
     */
    private static double divergence(double beta, double kappa) {
        double lambda = NOISE * NOISE / SAMPLES;
        double sum = 0.0;
        for (double h : CURVATURES) {
            double precision = (h + lambda) / lambda;
            double v = NOISE * NOISE * h / (beta * (h + kappa * lambda)) * precision;
            double shift = h / (h + kappa * lambda) - h / (h + lambda);
            sum += 0.5 * (v - 1.0 - Math.log(v) + shift * shift * (1.0 + lambda / h) * precision);
        }
        return sum;
    }

    /** By golden sections in log κ. */
    private static double bestForMiniBatches(double beta) {
        double low = Math.log(0.01);
        double high = Math.log(20.0);
        for (int i = 0; i < 200; i++) {
            double left = high - 0.618 * (high - low);
            double right = low + 0.618 * (high - low);
            if (divergence(beta, Math.exp(left)) < divergence(beta, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp(low);
    }

    private static void miniBatches(Sheet sheet) {
        // Found by SciPy's bounded minimisation of the same divergence.
        double[] betas = {50.0, 200.0, 1600.0};
        double[] known = {1.4671591778, 0.7399757936, 0.5299283138};
        Evidence evidence = sheet.fails(REMARK_10, MINI_BATCHES);
        for (int k = 0; k < 3; k++) {
            double best = bestForMiniBatches(betas[k]);
            String at = String.format(Locale.ROOT, "β = %.0f: ", betas[k]);
            evidence.measure(at + "the best prefactor", best)
                    .exact()
                    .near(
                            known[k],
                            Tolerance.of(1e-5, "where SciPy’s bounded minimisation stops"),
                            independent("SciPy, bounded minimisation of the same formula"));
            double atOne = divergence(betas[k], 1.0);
            evidence.measure(
                            at + "gain over κ = 1, share of the divergence from the posterior",
                            1.0 - divergence(betas[k], best) / atOne)
                    .exact()
                    .atMost(1e-3, none(), closedForm("a thousandth is next to nothing"));
        }
        double rate = 0.01;
        double[] start = new double[CURVATURES.length];
        Arrays.fill(start, 0.5 * rate * NOISE * NOISE);
        Run run = LinearRegression.run(
                sheet,
                "remark-10, mini-batches",
                60,
                sheet.choose(20_000, 60_000, 400_000),
                1_500,
                start,
                0.0,
                LinearRegression.stochasticGradient(sheet.seed().derive(61), rate));
        double lambda = NOISE * NOISE / SAMPLES;
        double[] variances = LinearRegression.variances(rate);
        double expected = 0.0;
        for (int i = 0; i < variances.length; i++) {
            double v = CURVATURES[i] * variances[i] / lambda;
            expected += 0.5 * (v - 1.0 - Math.log(v));
        }
        RealMatrix h = MatrixUtils.createRealDiagonalMatrix(CURVATURES);
        Estimate found = run.estimate(moments -> {
            RealMatrix scaled = h.multiply(moments.within()).scalarMultiply(1.0 / lambda);
            return 0.5 * (scaled.getTrace() - CURVATURES.length - LinearRegression.logDeterminant(scaled));
        });
        evidence.measure("β = 200, no prior: divergence of SGD’s law from the posterior", found.value())
                .in("nats")
                .standardError(found.error())
                .near(expected, standardErrors(4), closedForm("normal laws, variances of SGD to all orders in η"));
    }
}
