package org.langevin4j.examples.paper.descent;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.REMARK_11;
import static org.langevin4j.examples.experiment.Tolerance.rounding;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.LeastSquares;
import org.langevin4j.models.network.Sampling;

/**
 * Steady states of gradient descent at one η/b and growing η, of linear regression with D(x) exactly and sampled, of logistic regression, and what the
 * measured F and D of a network give: where Lemma 2’s equation ends to describe them.
 */
public final class SteadyStates implements Experiment {

    static final String SMALL =
            "linear and logistic regression at one η/b while ηλmax is small: variances are off by about ηλmax/2, 5 % at 0.1";

    static final String LARGE =
            "linear and logistic regression, η scaled with b beyond ηλmax = 0.2: variances are more than a tenth above those of the SDE";

    private static final String STEIN =
            "SGD of linear regression: its covariance solves FΣ + ΣF − ηFΣF = (η/b)·E D(x), where D(x) grows away from the minimum";

    /** η/b; at a mini-batch of 32 ηλmax is near 1.5. */
    private static final double RATIO = 0.02;

    @Override
    public String name() {
        return "sgd-steady-states";
    }

    @Override
    public String summary() {
        return "Stationary covariances of SGD at one η/b against Stein’s equation and the SDE: where the SDE ends";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        XyPanel regression = regression(sheet);
        XyPanel logistic = LogisticSteadyStates.write(sheet);
        NetworkGap.write(sheet);
        sheet.figure(
                "steady-states",
                "The stationary variance of gradient descent over that of Lemma 2’s equation at the same η/b. Left: linear regression along the leading"
                        + " eigenvector of the Hessian; the equation has the D(x) of descent, so that only the step is left. Right: logistic"
                        + " regression, where the law is no Gaussian.",
                Figure.titled("Equal η/b, unequal steady states: SGD over its SDE")
                        .row(regression, logistic)
                        .panelSize(480, 420),
                REMARK_11);
    }

    private static XyPanel regression(Sheet sheet) {
        LeastSquares loss = Regressions.of(12, 0.5);
        Eigenpairs eigen = LinearAlgebra.forOrder(3).symmetricEigen(loss.hessian());
        double largest = eigen.value(0);
        int[] batches = {2, 8, 32};
        double[] at = new double[3];
        double[] ratios = new double[3];
        double[] errors = new double[3];
        int chains = sheet.choose(60_000, 200_000, 2_000_000);
        try (ProgressReporter.Task task = sheet.progress().start("sgd-steady-states, linear regression", 3)) {
            for (int k = 0; k < 3; k++) {
                StochasticGradientDescent descent = StochasticGradientDescent.of(RATIO * batches[k], batches[k]);
                RealMatrix exact = turned(loss.covariance(descent, Sampling.WITH_REPLACEMENT), eigen);
                double ofEquation = turned(loss.covarianceOfEquation(descent, Sampling.WITH_REPLACEMENT), eigen)
                        .getEntry(0, 0);
                RunningMoments found = SampledChains.run(
                        loss::addGradient,
                        loss.samples(),
                        descent,
                        batches[k],
                        loss.minimum(),
                        // The covariance has forgotten the start to e⁻⁸.
                        (int) Math.ceil(4.0 / (RATIO * batches[k] * eigen.value(2))),
                        chains,
                        sheet.seed().derive(k),
                        products(loss.minimum(), eigen, exact),
                        6);
                at[k] = RATIO * batches[k] * largest;
                ratios[k] = found.mean(0) * exact.getEntry(0, 0) / ofEquation;
                errors[k] = found.standardError(0) * exact.getEntry(0, 0) / ofEquation;
                covariance(sheet, descent, loss, eigen, found, exact);
                String name = String.format(
                        Locale.ROOT,
                        "d = 3, N = 12, b = %d, ηλmax = %.2f: variance of SGD over that of the SDE along the leading eigenvector",
                        batches[k],
                        at[k]);
                Evidence evidence = k == 0 ? sheet.holds(REMARK_11, SMALL) : sheet.fails(REMARK_11, LARGE);
                evidence.measure(name, ratios[k])
                        .standardError(errors[k])
                        .near(
                                exact.getEntry(0, 0) / ofEquation,
                                standardErrors(4),
                                closedForm("Stein’s equation over Lyapunov’s, both with E D(x)"));
                if (k == 2) {
                    evidence.measure(name + ", for more than a half more", ratios[k])
                            .standardError(errors[k])
                            .atLeast(1.5, standardErrors(4), closedForm("1 by Remark 11"));
                }
                task.advanceTo(k + 1);
            }
        }
        double[] x = new double[40];
        double[] exact = new double[40];
        double[] frozen = new double[40];
        for (int k = 0; k < 40; k++) {
            x[k] = 1.6 * (k + 1.0) / 40.0;
            // A real b, by the same η/b.
            StochasticGradientDescent one = StochasticGradientDescent.of(x[k] / largest, 1);
            exact[k] = atRatio(loss, one, x[k] / largest, eigen);
            frozen[k] = 1.0 / (1.0 - 0.5 * x[k]);
        }
        return XyPanel.titled("linear regression")
                .xAxis("ηλmax at η/b = 0.02")
                .yAxis("variance over the SDE’s")
                .logX()
                .logY()
                .points("SGD, sampled", at, ratios, errors)
                .line("SGD, exact", x, exact)
                .line("1/(1 − ηλ/2), constant D", x, frozen);
    }

    /** The exact ratio for a mini-batch that need not be whole: D is scaled by (η/b) over η. */
    private static double atRatio(LeastSquares loss, StochasticGradientDescent one, double rate, Eigenpairs eigen) {
        double[] zero = new double[3];
        RealMatrix sigma = loss.hessian().scalarMultiply(0.0);
        RealMatrix ofEquation = sigma;
        for (int turn = 0; turn < 200; turn++) {
            double scale = RATIO / rate;
            sigma = one.covariance(
                    loss.hessian(),
                    loss.meanDiffusion(zero, sigma, Sampling.WITH_REPLACEMENT).scalarMultiply(scale));
            ofEquation = one.covarianceOfEquation(
                    loss.hessian(),
                    loss.meanDiffusion(zero, ofEquation, Sampling.WITH_REPLACEMENT)
                            .scalarMultiply(scale));
        }
        return turned(sigma, eigen).getEntry(0, 0) / turned(ofEquation, eigen).getEntry(0, 0);
    }

    private static void covariance(
            Sheet sheet,
            StochasticGradientDescent descent,
            LeastSquares loss,
            Eigenpairs eigen,
            RunningMoments found,
            RealMatrix exact) {
        RealMatrix diffusion = loss.meanDiffusion(new double[3], exact.scalarMultiply(0.0), Sampling.WITH_REPLACEMENT);
        RealMatrix atMinimum = turned(descent.covariance(loss.hessian(), diffusion), eigen);
        Evidence evidence = sheet.supplement(STEIN);
        int value = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j <= i; j++) {
                int place = i == j ? i : 3 + value++;
                evidence.measure(
                                descent + ": sampled covariance along eigenvectors " + (i + 1) + " and " + (j + 1)
                                        + " of F, over the root of the exact variances",
                                found.mean(place))
                        .standardError(found.standardError(place))
                        .near(
                                exact.getEntry(i, j) / Math.sqrt(exact.getEntry(i, i) * exact.getEntry(j, j)),
                                standardErrors(4),
                                closedForm("Stein’s equation with the mean of D(x) over the same law"));
            }
        }
        evidence.measure(
                descent + ": what D of the minimum alone leaves out, ‖·‖ over ‖Σ‖",
                exact.subtract(atMinimum).getFrobeniusNorm() / exact.getFrobeniusNorm());
        // The same equation by one linear system, entry by entry in the eigenvectors of F.
        RealMatrix noise = turned(diffusion, eigen);
        double worst = 0.0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double a = eigen.value(i);
                double b = eigen.value(j);
                double expected = RATIO * noise.getEntry(i, j) / (a + b - descent.timeStep() * a * b);
                worst = Math.max(worst, Math.abs(atMinimum.getEntry(i, j) - expected));
            }
        }
        evidence.measure(descent + ", D of the minimum: largest difference from (η/b)Dᵢⱼ/(λᵢ + λⱼ − ηλᵢλⱼ)", worst)
                .exact()
                .near(0.0, rounding(1e-12), independent("entry by entry in the eigenvectors of F"));
    }

    private static RealMatrix turned(RealMatrix matrix, Eigenpairs eigen) {
        return eigen.vectors().transpose().multiply(matrix).multiply(eigen.vectors());
    }

    /** Squares of the three coordinates along eigenvectors, then their three products, in units of the exact variances. */
    static VectorField products(double[] minimum, Eigenpairs eigen, RealMatrix exact) {
        return (x, out) -> {
            double[] off = Vectors.difference(x, minimum);
            double[] y = new double[3];
            Arrays.setAll(y, i -> Vectors.dot(eigen.vector(i), off) / Math.sqrt(exact.getEntry(i, i)));
            out[0] = y[0] * y[0];
            out[1] = y[1] * y[1];
            out[2] = y[2] * y[2];
            out[3] = y[1] * y[0];
            out[4] = y[2] * y[0];
            out[5] = y[2] * y[1];
        };
    }
}
