package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.KramersMoyal;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.estimation.ParameterEstimate;
import org.langevin4j.solvers.estimation.QuasiLikelihood;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sensitivity.PathDerivative;

/** Parameters from records at finite intervals, their error bars against the spread of many records, and derivatives of means by three methods. */
public final class Estimators implements Experiment {

    private static final double T = 0.5;

    /** Of Euler's scheme by which records are made; its own bias is below the errors. */
    private static final double STEP = 2e-3;

    private static final double[] INTERVALS = {0.05, 0.1, 0.2, 0.4};

    private static final int ROWS = 300;

    private static final String[] NAMES = {"a", "c", "T"};

    private static final double[] TRUTH = {1.0, 1.0, T};

    /** Mean of estimates of many records, their spread and the mean square of the error bars, one a parameter. */
    private static final class Many {

        private final double[] mean;
        private final double[] spread;
        private final double[] bar;
        private final int runs;

        Many(double[] mean, double[] spread, double[] bar, int runs) {
            this.mean = mean;
            this.spread = spread;
            this.bar = bar;
            this.runs = runs;
        }

        static Many of(int runs, IntFunction<ParameterEstimate> fit) {
            int n = TRUTH.length;
            RunningMoments values = new RunningMoments(n);
            double[] bars = new double[n];
            for (int run = 0; run < runs; run++) {
                ParameterEstimate one = fit.apply(run);
                values.add(one.values());
                for (int k = 0; k < n; k++) {
                    bars[k] += one.error(k) * one.error(k) / runs;
                }
            }
            double[] mean = new double[n];
            double[] spread = new double[n];
            for (int k = 0; k < n; k++) {
                mean[k] = values.mean(k);
                spread[k] = Math.sqrt(values.variance(k));
                bars[k] = Math.sqrt(bars[k]);
            }
            return new Many(mean, spread, bars, runs);
        }

        double error(int k) {
            return spread[k] / Math.sqrt(runs);
        }
    }

    @Override
    public String name() {
        return "estimators";
    }

    @Override
    public String summary() {
        return "Parameters from records at finite intervals with tested error bars; derivatives of means by three methods";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        sheet.figure(
                "estimators",
                "Left: a double well, dx = (ax − cx³)dt + √(2T) dW with a = c = 1, T = ½, from records at the interval τ: T by the plain"
                        + " quotient in the cell around 0, by linearisation and by the moments of the Fokker–Planck equation. Right:"
                        + " variance of one path's contribution to d⟨x²⟩/dθ of an Ornstein–Uhlenbeck process.",
                Figure.titled("Estimators").row(intervals(sheet), sensitivities(sheet)));
    }

    private static Sde doubleWell(double[] p) {
        return Sde.ito(
                DifferentiableField.of(
                        (x, out) -> out[0] = p[0] * x[0] - p[1] * x[0] * x[0] * x[0],
                        (x, out) -> out[0] = p[0] - 3.0 * p[1] * x[0] * x[0]),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(p[2]));
    }

    /** Independent records, {@code [record][t][0]}. */
    private static double[][][] records(int count, double tau, Seed seed) {
        NormalStream normals = NormalStream.of(seed);
        double[][] xi = new double[1][count];
        double[] x = new double[count];
        Arrays.fill(x, 1.0);
        double[][][] records = new double[count][ROWS][1];
        int steps = (int) Math.round(tau / STEP);
        double noise = Math.sqrt(2.0 * T * STEP);
        for (int t = 0; t < ROWS; t++) {
            for (int run = 0; run < count; run++) {
                records[run][t][0] = x[run];
            }
            for (int k = 0; k < steps; k++) {
                normals.fill(0, count, (long) t * steps + k, xi);
                for (int run = 0; run < count; run++) {
                    x[run] += STEP * (x[run] - x[run] * x[run] * x[run]) + noise * xi[0][run];
                }
            }
        }
        return records;
    }

    private static XyPanel intervals(Sheet sheet) {
        Grid grid = Grid.of(Axis.uniform(-3.1, 3.1, sheet.choose(44, 62, 80)));
        Grid cells = Grid.of(Axis.of(-3.1, -0.2, 0.2, 3.1));
        int runs = sheet.choose(120, 200, 1000);
        double[][] temperature = new double[3][INTERVALS.length];
        double[][] error = new double[3][INTERVALS.length];
        Evidence evidence = sheet.supplement(
                "parameters from records at finite intervals have no bias of the interval, and right error bars");
        for (int i = 0; i < INTERVALS.length; i++) {
            double tau = INTERVALS[i];
            boolean judged = tau == 0.4;
            int count = judged ? runs : runs / 20;
            double[][][] records = records(count, tau, sheet.seed().derive(i));
            Many onGrid = Many.of(
                    count,
                    run -> QuasiLikelihood.onGrid(Estimators::doubleWell, grid).fit(records[run], tau, TRUTH));
            Many linear = Many.of(
                    count, run -> QuasiLikelihood.of(Estimators::doubleWell).fit(records[run], tau, TRUTH));
            RunningMoments plain = new RunningMoments(1);
            for (double[][] record : records) {
                plain.add(KramersMoyal.of(record, tau, cells).diffusion(1, 0, 0));
            }
            double[] means = {plain.mean(0), linear.mean[2], onGrid.mean[2]};
            double[] errors = {plain.standardError(0), linear.error(2), onGrid.error(2)};
            for (int k = 0; k < 3; k++) {
                temperature[k][i] = means[k];
                error[k][i] = errors[k];
            }
            if (judged) {
                judge(onGrid, linear, evidence);
            }
        }
        return XyPanel.titled("Temperature found")
                .xAxis("interval τ")
                .yAxis("T")
                .horizontalLine(T, "true")
                .points("plain quotient at 0", INTERVALS, temperature[0], error[0])
                .points("linearised", INTERVALS, temperature[1], error[1])
                .points("Fokker–Planck", INTERVALS, temperature[2], error[2]);
    }

    private static void judge(Many onGrid, Many linear, Evidence evidence) {
        for (int k = 0; k < TRUTH.length; k++) {
            String what = String.format(
                    Locale.ROOT, "τ = 0.4, %d records of %d states: %s by Fokker–Planck", onGrid.runs, ROWS, NAMES[k]);
            evidence.measure(what, onGrid.mean[k])
                    .standardError(onGrid.error(k))
                    .near(
                            TRUTH[k],
                            standardErrors(4)
                                    .plus(0.05 * TRUTH[k], "the bias of a record of this length, of order 1/n"),
                            construction("the parameters of the records"));
            evidence.measure(what + ", error bar over spread", onGrid.bar[k] / onGrid.spread[k])
                    .standardError(1.0 / Math.sqrt(2.0 * onGrid.runs))
                    .near(1.0, standardErrors(4), closedForm("they are equal"));
        }
        evidence.measure("τ = 0.4: a by linearisation, which its bias makes much too small", linear.mean[0])
                .standardError(linear.error(0))
                .atMost(0.7, none(), construction("the parameters of the records"));
    }

    /** dx = −θx dt + √(2T) dW from x = 1: d⟨x²⟩/dθ at θ = 0.8 and the variance of one path, over time. */
    private static XyPanel sensitivities(Sheet sheet) {
        double theta = 0.8;
        double[] times = {0.5, 2.0, 8.0, 24.0};
        DoubleFunction<Sde> model = p -> Sde.ito(
                AffineField.of(MatrixUtils.createRealDiagonalMatrix(new double[] {-p}), 0.0),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(T));
        ScalarField square = x -> x[0] * x[0];
        String[] names = {"common random numbers", "tangent of the path", "likelihood ratio"};
        PathDerivative[] methods = {
            PathDerivative.commonNumbers(model, theta, 0.05),
            PathDerivative.pathwise(model, theta),
            PathDerivative.likelihoodRatio(model, theta)
        };
        XyPanel panel = XyPanel.titled("Variance of one path")
                .xAxis("time t")
                .yAxis("Var")
                .logX()
                .logY();
        double h = 0.01;
        Evidence evidence = sheet.supplement("derivatives of means by paths have the right value and error bar");
        double[] last = new double[names.length];
        for (int m = 0; m < names.length; m++) {
            double[] variances = new double[times.length];
            for (int i = 0; i < times.length; i++) {
                double e = Math.exp(-2.0 * theta * times[i]);
                double mean = e + T / theta * (1.0 - e);
                FunctionMoments moments = FunctionMoments.of(methods[m].of(square, mean), 1);
                RunningMoments found = sheet.run(
                                "estimators, " + names[m],
                                Ensemble.of(methods[m].sde())
                                        .scheme(EulerMaruyama.withStep(h))
                                        .startingAt(methods[m].start(1.0))
                                        .paths(sheet.choose(2_000, 10_000, 100_000))
                                        .until(times[i])
                                        .seed(sheet.seed().derive(100 + m))
                                        .observe(When.atEnd(), moments))
                        .get(moments);
                double expected = -2.0 * times[i] * e + T * (2.0 * times[i] * e / theta - (1.0 - e) / (theta * theta));
                variances[i] = found.variance(0);
                evidence.measure(
                                String.format(Locale.ROOT, "d⟨x²⟩/dθ at t = %s by %s", times[i], names[m]),
                                found.mean(0))
                        .standardError(found.standardError(0))
                        .near(
                                expected,
                                standardErrors(4)
                                        .plus(2.0 * h * Math.abs(expected), "2h of it, of Euler's scheme and of δ²"),
                                closedForm("derivative of e^(−2θt) + T(1 − e^(−2θt))/θ"));
            }
            last[m] = variances[times.length - 1];
            panel = panel.line(names[m], times, variances);
        }
        evidence.measure("variance of the likelihood ratio over that of the tangent at t = 24", last[2] / last[1])
                .exact()
                .atLeast(5.0, none(), literature("Glynn (1990), Commun. ACM 33, 75"));
        return panel;
    }
}
