package org.langevin4j.examples.paper.descent;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.rounding;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.LeastSquares;
import org.langevin4j.models.network.Sampling;

/**
 * Momentum, which the paper trains with and Lemma 2 does not have: stationary covariances of the heavy ball and of Nesterov's step by Stein's equation and
 * sampled, beside the overdamped equation at β⁻¹ = η/(2b(1 − μ)) and the underdamped ones.
 */
public final class Momentum implements Experiment {

    private static final String TEMPERATURE =
            "Momentum μ is a higher temperature, β⁻¹ = η/(2b(1 − μ)): 0.9 makes it ten times that of Lemma 2";

    private static final String SAMPLED =
            "SGD with momentum: its covariance is that of Stein’s equation for weights and velocities";

    private static final String GAPS =
            "Stationary covariance with momentum, D constant and not commuting with F: difference from the recursion’s over its norm";

    /** The method at a point of a panel. */
    private interface Rule {
        StochasticGradientDescent at(double value, boolean nesterov);
    }

    @Override
    public String name() {
        return "sgd-momentum";
    }

    @Override
    public String summary() {
        return "Heavy ball and Nesterov: covariances of SGD with momentum against overdamped and underdamped equations";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        oneWeight(sheet);
        LeastSquares loss = Regressions.of(12, 0.5);
        RealMatrix f = loss.hessian();
        RealMatrix d = loss.meanDiffusion(new double[3], f.scalarMultiply(0.0), Sampling.WITH_REPLACEMENT);
        sampled(sheet, loss);
        double[] rates = {0.2, 0.1, 0.05, 0.025, 0.0125, 0.00625};
        double[] rests = {0.5, 0.2, 0.1, 0.05, 0.02, 0.01};
        XyPanel overRate = XyPanel.titled("μ = 0.9")
                .xAxis("η")
                .yAxis("gap of Σ over ‖Σ‖")
                .logX()
                .logY();
        XyPanel overRest = XyPanel.titled("η = 0.05")
                .xAxis("1 − μ")
                .yAxis("gap of Σ over ‖Σ‖")
                .logX()
                .logY();
        for (boolean nesterov : new boolean[] {false, true}) {
            gaps(sheet, overRate, rates, nesterov, f, d, "μ = 0.9, η = ", (eta, look) -> descent(eta, 0.9, look));
            gaps(
                    sheet,
                    overRest,
                    rests,
                    nesterov,
                    f,
                    d,
                    "η = 0.05, 1 − μ = ",
                    (rest, look) -> descent(0.05, 1.0 - rest, look));
        }
        sheet.figure(
                "momentum",
                "How far stationary covariances of three equations are from that of gradient descent with momentum, in linear regression with the D of"
                        + " the minimum. The equation without inertia is off by an amount that momentum makes large, as F and D do not commute;"
                        + " that with inertia follows the heavy ball at every μ, and Nesterov’s step only with the friction of the Hessian.",
                Figure.titled("Momentum: gap between SGD and its equations")
                        .row(overRate, overRest)
                        .panelSize(500, 420));
    }

    private static StochasticGradientDescent descent(double rate, double momentum, boolean nesterov) {
        return StochasticGradientDescent.of(rate, 2).momentum(momentum, nesterov);
    }

    private static void oneWeight(Sheet sheet) {
        Evidence evidence = sheet.supplement(
                "One weight of curvature h and constant D: covariances of SGD with momentum are those of time series");
        for (double mu : new double[] {0.5, 0.9}) {
            for (double eta : new double[] {0.05, 0.5}) {
                double h = 1.3;
                RealMatrix f = MatrixUtils.createRealDiagonalMatrix(new double[] {h});
                RealMatrix one = MatrixUtils.createRealDiagonalMatrix(new double[] {1.0});
                double temperature = eta / (4.0 * (1.0 - mu));
                evidence.measure(
                                "heavy ball, μ = " + mu + ", ηh = " + eta * h
                                        + ": variance over β⁻¹D/h, β⁻¹ = η/(2b(1 − μ))",
                                descent(eta, mu, false).covariance(f, one).getEntry(0, 0) * h / temperature)
                        .exact()
                        .near(
                                1.0 / (1.0 - eta * h / (2.0 * (1.0 + mu))),
                                rounding(1e-12),
                                closedForm("1/(1 − ηh/(2(1 + μ)))"));
                double p1 = (1.0 + mu) * (1.0 - eta * h);
                double p2 = -mu * (1.0 - eta * h);
                double theta = -mu / (1.0 + mu);
                double expected = Math.pow(eta * (1.0 + mu), 2)
                        / 2.0
                        * ((1.0 - p2) * (1.0 + theta * theta) + 2.0 * p1 * theta)
                        / ((1.0 + p2) * (Math.pow(1.0 - p2, 2) - p1 * p1));
                evidence.measure(
                                "Nesterov, μ = " + mu + ", ηh = " + eta * h + ": variance over β⁻¹D/h",
                                descent(eta, mu, true).covariance(f, one).getEntry(0, 0) * h / temperature)
                        .exact()
                        .near(
                                expected * h / temperature,
                                rounding(1e-12),
                                closedForm("variance of an ARMA(2, 1) series"));
            }
        }
    }

    private static void sampled(Sheet sheet, LeastSquares loss) {
        Eigenpairs eigen = LinearAlgebra.forOrder(3).symmetricEigen(loss.hessian());
        RealMatrix vectors = eigen.vectors();
        double eta = 0.02;
        double mu = 0.9;
        int chains = sheet.choose(60_000, 200_000, 1_000_000);
        RealMatrix plain = loss.covariance(StochasticGradientDescent.of(eta, 2), Sampling.WITH_REPLACEMENT);
        try (ProgressReporter.Task task = sheet.progress().start("sgd-momentum, chains", 2)) {
            for (boolean nesterov : new boolean[] {false, true}) {
                StochasticGradientDescent descent = descent(eta, mu, nesterov);
                RealMatrix exact = vectors.transpose()
                        .multiply(loss.covariance(descent, Sampling.WITH_REPLACEMENT))
                        .multiply(vectors);
                RunningMoments found = SampledChains.run(
                        loss::addGradient,
                        loss.samples(),
                        descent,
                        2,
                        loss.minimum(),
                        // e⁻¹⁰ of the start is left in the covariance: of the slowest weight, or of the velocities,
                        // which √μ a step forgets at most.
                        (int) Math.ceil(Math.max(5.0 * (1.0 - mu) / (eta * eigen.value(2)), 10.0 / -Math.log(mu))),
                        chains,
                        sheet.seed().derive(nesterov ? 1 : 0),
                        SteadyStates.products(loss.minimum(), eigen, exact),
                        6);
                Evidence evidence = sheet.supplement(SAMPLED);
                int value = 3;
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j <= i; j++) {
                        int place = i == j ? i : value++;
                        evidence.measure(
                                        descent + ": sampled covariance along eigenvectors " + (i + 1) + " and "
                                                + (j + 1) + " of F, over the root of the exact variances",
                                        found.mean(place))
                                .standardError(found.standardError(place))
                                .near(
                                        exact.getEntry(i, j) / Math.sqrt(exact.getEntry(i, i) * exact.getEntry(j, j)),
                                        standardErrors(4),
                                        closedForm("Stein’s equation with the mean of D(x) over the same law"));
                    }
                }
                double[] slow = eigen.vector(2);
                double ofPlain = MatrixUtils.createRealVector(slow)
                        .dotProduct(plain.operate(MatrixUtils.createRealVector(slow)));
                double factor = exact.getEntry(2, 2) / ofPlain;
                sheet.supplement(TEMPERATURE)
                        .measure(
                                descent + ": variance along the flattest direction over that without momentum",
                                factor * found.mean(2))
                        .standardError(factor * found.standardError(2))
                        .near(factor, standardErrors(4), closedForm("Stein’s equations, both with the mean of D(x)"));
                RealMatrix diffusion = loss.meanDiffusion(
                        new double[3], loss.covariance(descent, Sampling.WITH_REPLACEMENT), Sampling.WITH_REPLACEMENT);
                againstEquations(sheet, descent, eigen, diffusion, loss.hessian(), exact, found);
                task.advanceTo(nesterov ? 2 : 1);
            }
        }
    }

    /**
     * Off the diagonal, where friction shows: along eigenvectors of F both equations have the same variances of the heavy ball. D of them is the mean over
     * the law of descent.
     */
    private static void againstEquations(
            Sheet sheet,
            StochasticGradientDescent descent,
            Eigenpairs eigen,
            RealMatrix diffusion,
            RealMatrix hessian,
            RealMatrix exact,
            RunningMoments found) {
        RealMatrix[] ofEquations = {
            descent.covarianceOfUnderdamped(hessian, diffusion), descent.covarianceOfEquation(hessian, diffusion)
        };
        double unit = Math.sqrt(exact.getEntry(0, 0) * exact.getEntry(2, 2));
        Evidence evidence = sheet.supplement(SAMPLED);
        for (int k = 0; k < 2; k++) {
            double of = eigen.vectors()
                            .transpose()
                            .multiply(ofEquations[k])
                            .multiply(eigen.vectors())
                            .getEntry(2, 0)
                    / unit;
            evidence.measure(
                            descent + ": sampled covariance along eigenvectors 3 and 1 less that of the equation "
                                    + (k == 0 ? "with" : "without") + " inertia, over the root of the exact variances",
                            found.mean(4) - of)
                    .standardError(found.standardError(4))
                    .near(
                            exact.getEntry(2, 0) / unit - of,
                            standardErrors(4),
                            closedForm("Stein’s equation less Lyapunov’s"));
        }
    }

    private static void gaps(
            Sheet sheet,
            XyPanel panel,
            double[] at,
            boolean nesterov,
            RealMatrix f,
            RealMatrix d,
            String what,
            Rule of) {
        double[] over = new double[at.length];
        double[] under = new double[at.length];
        for (int k = 0; k < at.length; k++) {
            StochasticGradientDescent descent = of.at(at[k], nesterov);
            RealMatrix exact = descent.covariance(f, d);
            over[k] = gap(descent.covarianceOfEquation(f, d), exact);
            under[k] = gap(descent.covarianceOfUnderdamped(f, d), exact);
        }
        String name = nesterov ? "Nesterov" : "heavy ball";
        Evidence evidence = sheet.supplement(GAPS);
        for (int k : new int[] {1, at.length - 2}) {
            evidence.measure(name + ", " + what + at[k] + ": equation without inertia, β⁻¹ = η/(2b(1 − μ))", over[k]);
            evidence.measure(name + ", " + what + at[k] + ": equation with inertia", under[k]);
        }
        panel.line(name + ": without inertia", at, over).points(name + ": with inertia", at, under);
        if (nesterov) {
            // Nesterov’s recursion against the equation of the heavy ball.
            double[] undamped = Arrays.stream(at)
                    .map(value -> gap(
                            of.at(value, false).covarianceOfUnderdamped(f, d),
                            of.at(value, true).covariance(f, d)))
                    .toArray();
            panel.points("Nesterov: inertia without the Hessian’s friction", at, undamped);
        }
    }

    private static double gap(RealMatrix sigma, RealMatrix exact) {
        return sigma.subtract(exact).getFrobeniusNorm() / exact.getFrobeniusNorm();
    }
}
