package org.langevin4j.examples.numerics;

import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.convergence.ConvergenceStudy;
import org.langevin4j.solvers.convergence.OrderEstimate;
import org.langevin4j.solvers.convergence.PathwiseSolution;
import org.langevin4j.solvers.convergence.StepError;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.sde.Sra1;
import org.langevin4j.solvers.sde.Sri1w1;

/** Strong orders of schemes, measured against exact solutions on the same Brownian paths. */
public final class Convergence implements Experiment {

    /** √(2β⁻¹) = 1, so that B is the coefficient of dW. */
    private static final Temperature UNIT = Temperature.of(0.5);

    /** From 128 steps on the slopes no longer move by as much as their standard errors: at eight the next power of h adds a quarter. */
    private static final int COARSEST = 7;

    private static final Oracle EULER = literature("Kloeden and Platen (1992), Theorem 10.2.2");
    private static final Oracle ADDITIVE =
            literature("Kloeden and Platen (1992), Section 10.3: Milstein's scheme, as ∂B/∂x = 0");
    private static final Oracle MILSTEIN = literature("Kloeden and Platen (1992), Theorem 10.3.5");
    private static final Oracle ROESSLER = literature("Rößler (2010), SIAM J. Numer. Anal. 48, 922, Section 6");

    /** A slope and what it should be. */
    private record Slope(String scheme, double claimed, OrderEstimate found) {}

    @Override
    public String name() {
        return "convergence";
    }

    @Override
    public String summary() {
        return "Strong orders of schemes by fitted slopes, on the same Brownian paths as the exact solution";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        // dX = −sin X cos³X dt + cos²X dW, X = arctan(W + tan X₀): Kloeden and Platen (1992), eq. (4.4.46).
        Sde multiplicative = Sde.ito(
                (x, out) -> out[0] = -Math.sin(x[0]) * Math.pow(Math.cos(x[0]), 3),
                Diffusion.automaticFactor(1, 1, x ->
                        new Gradient[][] {{x[0].cos().square()}}),
                UNIT);
        PathwiseSolution exact = (path, start, out) -> {
            path.at(0, 1, out);
            out[0] = Math.atan(out[0] + Math.tan(start[0]));
        };
        ConvergenceStudy study = study(sheet, multiplicative, 1).levels(COARSEST, sheet.choose(11, 11, 12));
        List<Slope> slopes = new ArrayList<>();
        slopes.add(new Slope("Euler–Maruyama", 0.5, study.strong(EulerMaruyama::withStep, exact)));
        slopes.add(new Slope("Milstein", 1.0, study.strong(Milstein::withStep, exact)));
        slopes.add(new Slope("SRI1W1", 1.5, study.strong(Sri1w1::withStep, exact)));
        List<Oracle> sources = List.of(EULER, MILSTEIN, ROESSLER);
        XyPanel first = panel("dX = −sin X cos³X dt + cos²X dW");
        write(sheet, "multiplicative noise", slopes, sources, first);

        Sde additive = Sde.ito((x, out) -> out[0] = -x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), UNIT);
        int finest = sheet.choose(10, 10, 11);
        ConvergenceStudy fine = study(sheet, additive, 2).levels(COARSEST, finest);
        // At an eighth of the finest step the error of SRA1 is a twentieth, independent of it: it adds a thousandth.
        List<Slope> more = List.of(
                new Slope("Euler–Maruyama", 1.0, fine.strong(EulerMaruyama::withStep, Sra1::withStep, finest + 3)),
                new Slope("SRA1", 1.5, fine.strong(Sra1::withStep, Sra1::withStep, finest + 3)));
        XyPanel second = panel("dX = −X³ dt + dW, against a fine solution");
        write(sheet, "additive noise", more, List.of(ADDITIVE, ROESSLER), second);

        slopes.addAll(more);
        sheet.figure(
                "orders",
                "Strong errors against the step, doubly logarithmic, with the fitted power laws."
                        + " Left: multiplicative noise with a known exact solution. Right: additive noise. Below: the fitted"
                        + " orders less the orders claimed.",
                Figure.titled("Strong error E|X(T) − Xʰ(T)| against the step h, T = 1")
                        .row(first, second)
                        .row(orders(slopes))
                        .panelSize(440, 420));
    }

    private static ConvergenceStudy study(Sheet sheet, Sde sde, int stream) {
        return ConvergenceStudy.of(sde)
                .startingAt(0.5)
                .paths(sheet.choose(2000, 8000, 20_000))
                .seed(sheet.seed().derive(stream).value());
    }

    private static XyPanel panel(String title) {
        return XyPanel.titled(title).xAxis("h").yAxis("strong error").logX().logY();
    }

    private static void write(Sheet sheet, String noise, List<Slope> slopes, List<Oracle> sources, XyPanel panel) {
        for (int k = 0; k < slopes.size(); k++) {
            Slope slope = slopes.get(k);
            OrderEstimate found = slope.found();
            sheet.supplement("strong orders of the schemes, by slopes from " + (1 << COARSEST) + " steps on")
                    .measure(slope.scheme() + ", " + noise + ": strong order", found.order())
                    .standardError(found.standardError())
                    .near(slope.claimed(), standardErrors(4), sources.get(k));
            List<StepError> errors = found.errors();
            panel.points(
                    slope.scheme(),
                    errors.stream().mapToDouble(StepError::stepSize).toArray(),
                    errors.stream().mapToDouble(StepError::error).toArray(),
                    errors.stream().mapToDouble(StepError::standardError).toArray());
        }
        for (Slope slope : slopes) {
            fit(slope.scheme(), slope.found(), panel);
        }
    }

    /** The fitted line, which goes through the weighted mean of the logarithms. */
    private static void fit(String scheme, OrderEstimate found, XyPanel panel) {
        double total = 0.0;
        double constant = 0.0;
        for (StepError e : found.errors()) {
            double weight = Math.pow(e.error() / e.standardError(), 2);
            total += weight;
            constant += weight * (Math.log(e.error()) - found.order() * Math.log(e.stepSize()));
        }
        double factor = Math.exp(constant / total);
        double[] h = {
            found.errors().get(found.errors().size() - 1).stepSize(),
            found.errors().get(0).stepSize()
        };
        panel.line(
                        String.format(
                                Locale.ROOT,
                                "%s: order %.3f ± %.3f",
                                scheme.replace("–Maruyama", ""),
                                found.order(),
                                2.0 * found.standardError()),
                        h,
                        new double[] {factor * Math.pow(h[0], found.order()), factor * Math.pow(h[1], found.order())})
                .like(scheme);
    }

    private static XyPanel orders(List<Slope> slopes) {
        double[] number =
                IntStream.rangeClosed(1, slopes.size()).asDoubleStream().toArray();
        return XyPanel.titled("Fitted less claimed")
                .xCategories(slopes.stream()
                        .map(s -> s.scheme().replace("–Maruyama", ""))
                        .toList())
                .xAxis("scheme; the last two with additive noise")
                .yAxis("fitted − claimed order")
                .points(
                        "fitted",
                        number,
                        slopes.stream()
                                .mapToDouble(s -> s.found().order() - s.claimed())
                                .toArray(),
                        slopes.stream()
                                .mapToDouble(s -> s.found().standardError())
                                .toArray())
                .horizontalLine(0.0, "");
    }
}
