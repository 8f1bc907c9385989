package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.solvers.convergence.ConvergenceStudy;
import org.langevin4j.solvers.convergence.OrderEstimate;
import org.langevin4j.solvers.convergence.PathwiseSolution;
import org.langevin4j.solvers.convergence.StepError;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Sra1;
import org.langevin4j.solvers.sde.Sri1w1;

/** Strong orders of schemes, measured against exact solutions on the same Brownian paths. */
public final class Convergence implements Example {

    /** Of the problem of Kloeden and Platen (1992), eq. (4.4.46). */
    private static final double A = 1.0;

    /** √(2β⁻¹) = 1, so that B is the coefficient of dW. */
    private static final Temperature UNIT = Temperature.of(0.5);

    private static final double TOLERANCE = 0.2;

    @Override
    public String name() {
        return "convergence";
    }

    @Override
    public String summary() {
        return "Strong orders of schemes by fitted slopes, on the same Brownian paths as the exact solution";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        // Multiplicative: dX = −a² sin X cos³X dt + a cos²X dW, X = arctan(aW + tan X₀).
        Sde multiplicative = Sde.ito(
                (x, out) -> out[0] = -A * A * Math.sin(x[0]) * Math.pow(Math.cos(x[0]), 3),
                Diffusion.automaticFactor(1, 1, x ->
                        new Gradient[][] {{x[0].cos().square().multiply(A)}}),
                UNIT);
        PathwiseSolution arctangent = (path, start, out) -> {
            path.at(0, 1, out);
            out[0] = Math.atan(A * out[0] + Math.tan(start[0]));
        };
        XyPanel first = panel("dX = −sin X cos³X dt + cos²X dW");
        ConvergenceStudy study = ConvergenceStudy.of(multiplicative)
                .startingAt(0.5)
                .levels(3, context.effort().choose(7, 8, 9))
                .paths(context.effort().choose(1000, 4000, 20_000))
                .seed(context.seed().derive(1).value());
        measure(study, EulerMaruyama::withStep, "Euler–Maruyama", 0.5, arctangent, first, measurements);
        measure(study, Milstein::withStep, "Milstein", 1.0, arctangent, first, measurements);
        measure(study, Sri1w1::withStep, "SRI1W1", 1.5, arctangent, first, measurements);

        XyPanel second = panel("dX = −X³ dt + dW, against a fine solution");
        Sde additive = Sde.ito((x, out) -> out[0] = -x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), UNIT);
        ConvergenceStudy additiveStudy = ConvergenceStudy.of(additive)
                .startingAt(0.5)
                .levels(3, context.effort().choose(7, 8, 9))
                .paths(context.effort().choose(1000, 4000, 20_000))
                .seed(context.seed().derive(2).value());
        measureFine(additiveStudy, EulerMaruyama::withStep, "Euler–Maruyama", 1.0, second, measurements);
        measureFine(additiveStudy, Sra1::withStep, "SRA1", 1.5, second, measurements);

        String file = "orders.png";
        Figure.titled("Strong error E|X(T) − Xʰ(T)| against the step h")
                .row(first, second)
                .writeTo(context.out().resolve(file));
        return new ExampleResult(
                name(),
                "The slope of the strong error in a log-log plot is the order each scheme claims, within ±" + TOLERANCE
                        + "; coarse and fine solutions see the same Brownian paths.",
                "Kloeden and Platen (1992), eq. (4.4.46) and Chapter 10; Rößler (2010)",
                context.seed().value(),
                measurements,
                List.of(new Picture(
                        file,
                        "Strong errors with standard errors against the step, doubly logarithmic. Left: multiplicative"
                                + " noise with a known exact solution. Right: additive noise.")));
    }

    private static XyPanel panel(String title) {
        return XyPanel.titled(title).xAxis("h").yAxis("strong error").logX().logY();
    }

    private static void measure(
            ConvergenceStudy study,
            DoubleFunction<? extends Scheme> scheme,
            String name,
            double order,
            PathwiseSolution exact,
            XyPanel panel,
            List<Measurement> measurements) {
        report(study.strong(scheme, exact), name + ", multiplicative noise", name, order, panel, measurements);
    }

    private static void measureFine(
            ConvergenceStudy study,
            DoubleFunction<? extends Scheme> scheme,
            String name,
            double order,
            XyPanel panel,
            List<Measurement> measurements) {
        report(study.strong(scheme, Sra1::withStep, 13), name + ", additive noise", name, order, panel, measurements);
    }

    private static void report(
            OrderEstimate estimate,
            String what,
            String name,
            double order,
            XyPanel panel,
            List<Measurement> measurements) {
        measurements.add(Measurement.near("strong order of " + what, estimate.order(), order, TOLERANCE));
        measurements.add(Measurement.reported("half width of its 95 % confidence interval", estimate.halfWidth(0.95)));
        List<StepError> errors = estimate.errors();
        panel.points(
                name + ", order " + order,
                errors.stream().mapToDouble(StepError::stepSize).toArray(),
                errors.stream().mapToDouble(StepError::error).toArray(),
                errors.stream().mapToDouble(StepError::standardError).toArray());
    }
}
