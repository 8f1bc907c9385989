package org.langevin4j.examples.paper.descent;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.REMARK_11;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;

/** Logistic regression in one weight at one η/b: variance of descent, sampled and by its backward equation, over that of the SDE by quadrature. */
final class LogisticSteadyStates {

    private static final double RATIO = 0.125;

    private static final int CELLS = 40_000;

    private static final double EDGE = 4.0;

    private LogisticSteadyStates() {}

    static XyPanel write(Sheet sheet) {
        FiniteSum loss = FiniteSum.logistic(0.5, 2.0, 1.0, -0.5, 1.5, -1.0, 0.7);
        ChebyshevGrid grid = new ChebyshevGrid(new double[] {-EDGE}, new double[] {EDGE}, 56);
        Sde sde = StochasticGradientDescent.of(RATIO, 1).equation(loss.gradient(), loss.diffusion(true));
        double[] ofEquation = moments(sde);
        double variance = ofEquation[1] - ofEquation[0] * ofEquation[0];
        double[] curvature = new double[1];
        loss.hessian(new double[] {ofEquation[0]}, curvature);
        int[] batches = {1, 2, 4, 8, 16};
        double[] at = new double[5];
        double[] ratios = new double[5];
        double[] errors = new double[5];
        double[] exact = new double[3];
        int chains = sheet.choose(100_000, 400_000, 4_000_000);
        try (ProgressReporter.Task task = sheet.progress().start("sgd-steady-states, logistic regression", 5)) {
            for (int k = 0; k < 5; k++) {
                int batch = batches[k];
                double rate = RATIO * batch;
                StochasticGradientDescent descent = StochasticGradientDescent.of(rate, batch);
                int steps = (int) Math.ceil(16.0 / (rate * curvature[0]));
                RunningMoments found = SampledChains.run(
                        (sample, x, factor, out) -> {
                            double[] g = new double[1];
                            loss.gradient(sample, x, g);
                            out[0] += factor * g[0];
                        },
                        6,
                        descent,
                        batch,
                        new double[] {ofEquation[0]},
                        steps,
                        chains,
                        sheet.seed().derive(10 + k),
                        (x, out) -> out[0] = Math.pow(x[0] - ofEquation[0], 2),
                        1);
                at[k] = rate * curvature[0];
                ratios[k] = found.mean(0) / variance;
                errors[k] = found.standardError(0) / variance;
                String name = String.format(
                        Locale.ROOT,
                        "logistic regression, b = %d, ηf″ = %.2f: mean square about the SDE’s mean, over that of the SDE",
                        batch,
                        at[k]);
                if (k < 3) {
                    // Steps three times as many: a law at rest to rounding.
                    exact[k] = new BackwardEquation(grid, new double[] {0.0}, x -> Math.pow(x[0] - ofEquation[0], 2))
                                    .descent(loss, descent, loss.batches(batch, true), 3 * steps)
                            / variance;
                    Evidence evidence = k == 0
                            ? sheet.holds(REMARK_11, SteadyStates.SMALL)
                            : sheet.fails(REMARK_11, SteadyStates.LARGE);
                    evidence.measure(name, ratios[k])
                            .standardError(errors[k])
                            .near(
                                    exact[k],
                                    standardErrors(4),
                                    independent(
                                            "backward equation over all mini-batches, and quadrature of ρ ∝ e^(∫b/β⁻¹D)/D"));
                } else if (k == 4) {
                    sheet.fails(REMARK_11, SteadyStates.LARGE)
                            .measure(name + ", for more than a half more", ratios[k])
                            .standardError(errors[k])
                            .atLeast(1.5, standardErrors(4), closedForm("1 by Remark 11"));
                }
                task.advanceTo(k + 1);
            }
        }
        double[] x = new double[40];
        double[] linear = new double[40];
        for (int k = 0; k < 40; k++) {
            x[k] = 1.75 * (k + 1.0) / 40.0;
            linear[k] = 1.0 / (1.0 - 0.5 * x[k]);
        }
        return XyPanel.titled("logistic regression")
                .xAxis("ηf″ at η/b = 1/8")
                .yAxis("mean square over the SDE’s")
                .logX()
                .logY()
                .points("SGD, sampled", at, ratios, errors)
                .line("SGD, exact", Arrays.copyOf(at, 3), exact)
                .line("1/(1 − ηλ/2), constant D", x, linear);
    }

    /** E x and E x² of the stationary law ρ ∝ exp(∫ b/(β⁻¹D))/D. */
    private static double[] moments(Sde sde) {
        double h = 2.0 * EDGE / CELLS;
        double[] potential = new double[CELLS + 1];
        double[] strength = new double[CELLS + 1];
        double[] out = new double[1];
        double before = 0.0;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= CELLS; i++) {
            double[] x = {-EDGE + h * i};
            sde.drift().at(x, out);
            double drift = out[0];
            sde.diffusion().matrix(x, out);
            strength[i] = sde.temperature().value() * out[0];
            double slope = drift / strength[i];
            potential[i] = i == 0 ? 0.0 : potential[i - 1] + 0.5 * h * (before + slope);
            before = slope;
            greatest = Math.max(greatest, potential[i]);
        }
        double[] sums = new double[3];
        for (int i = 0; i <= CELLS; i++) {
            double density = Math.exp(potential[i] - greatest) / strength[i];
            double x = -EDGE + h * i;
            sums[0] += density;
            sums[1] += density * x;
            sums[2] += density * x * x;
        }
        return new double[] {sums[1] / sums[0], sums[2] / sums[0]};
    }
}
