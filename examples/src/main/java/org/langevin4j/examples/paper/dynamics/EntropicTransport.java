package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.COROLLARY_8;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.transport.EntropicJko;
import org.langevin4j.solvers.transport.JkoFlow;
import org.langevin4j.solvers.transport.Sinkhorn;
import org.langevin4j.solvers.transport.Wasserstein;

/** Corollary 8 in two dimensions, where the JKO step is found by entropic transport; and a field that is no gradient. */
final class EntropicTransport {

    private static final Temperature ONE = Temperature.of(1.0);

    private EntropicTransport() {}

    static void doubleWell(Sheet sheet, XyPanel errors, XyPanel functional) throws IOException {
        int cells = sheet.choose(40, 64, 96);
        Grid grid = Grid.square(-3.2, 3.2, cells);
        double width = 6.4 / cells;
        // As small as the grid allows.
        double epsilon = 2.0 * width * width;
        Density start = Density.gaussian(grid, new double[] {1.0, -1.0}, 0.4);
        Potential potential = new DoubleWell(0).potential();
        double[] steps = JkoComparison.halvings(0.2, sheet.choose(3, 3, 4));
        Evolution flow = flow(0.0, start, sheet);
        functional.line(
                "Fokker–Planck",
                JkoComparison.array(flow.times()),
                JkoComparison.aboveMinimum(JkoComparison.functionals(flow, potential), grid, potential, ONE));
        Sinkhorn distance = Sinkhorn.withEpsilon(4.0 * epsilon);
        double[] distances = new double[steps.length];
        List<JkoFlow> schemes = new ArrayList<>();
        try (ProgressReporter.Task task = sheet.progress().start("corollary-8, entropic JKO", steps.length)) {
            for (int i = 0; i < steps.length; i++) {
                JkoFlow scheme = EntropicJko.of(potential, ONE, epsilon)
                        .evolve(start, steps[i], (int) Math.round(1.0 / steps[i]));
                schemes.add(scheme);
                distances[i] = distance.between(scheme.last(), flow.last()).distance();
                task.advanceTo(i + 1L);
            }
        }
        int last = steps.length - 1;
        for (int i : new int[] {0, last}) {
            functional.points(
                    "entropic JKO, τ = " + JkoComparison.text(steps[i]),
                    JkoComparison.array(schemes.get(i).times()),
                    JkoComparison.aboveMinimum(schemes.get(i).functionals(), grid, potential, ONE));
        }
        errors.points("double well, 2-D entropic", steps, distances);
        // The bias of the entropic step is below ε², see bias.
        JkoComparison.firstOrder(sheet, "double well in 2-D, " + cells + "² cells", distances, epsilon * epsilon);
        JkoComparison.falls(sheet, "double well in 2-D", schemes);
        Evolution rotating = flow(1.5, start, sheet);
        Evidence outside = sheet.supplement(
                "Example 19’s “∇f” is no gradient: D = I, and the flow is no gradient flow; for a loss D = I forces j = 0");
        outside.measure(
                        "Example 19, λ = 1.5: W₂ of its flow to JKO at t = 1, over that of the flow without j",
                        distance.between(schemes.get(last).last(), rotating.last())
                                        .distance()
                                / distances[last])
                .atLeast(10.0, none(), closedForm("1 for a gradient flow"));
        RealMatrix jacobian = Flow.of(new DoubleWell(1.5).drift(), 2).jacobian(new double[2]);
        outside.measure(
                        "Example 19, λ = 1.5: curl of its “∇f” at the origin",
                        jacobian.getEntry(0, 1) - jacobian.getEntry(1, 0))
                .near(-3.0 * Math.exp(0.25), rounding(1e-8), closedForm("−2λe^(1/4); 0 for a gradient"));
        drawMaps(sheet, flow.last(), schemes.get(last), rotating.last());
    }

    private static Evolution flow(double lambda, Density start, Sheet sheet) {
        int count = sheet.choose(200, 400, 800);
        return FokkerPlanck.of(new DoubleWell(lambda).sde(ONE), start.grid(), Boundary.REFLECTING)
                .evolve(start, 1.0 / count, count);
    }

    private static void drawMaps(Sheet sheet, Density flow, JkoFlow scheme, Density rotating) throws IOException {
        double high = Math.max(flow.value(flow.mode()), rotating.value(rotating.mode()));
        String step = "entropic JKO, τ = " + JkoComparison.text(scheme.stepSize());
        sheet.figure(
                "maps",
                "The densities at t = 1 from a Gaussian at (1, −1). Left and middle: the Fokker–Planck flow of −∇Φ and the"
                        + " entropic JKO scheme, which agree. Right: with the rotation of Example 19 the flow has the same"
                        + " Φ, D and steady state, but goes another way.",
                Figure.titled("Corollary 8 in two dimensions, t = 1: Φ of Example 19, D = I, β = 1")
                        .row(
                                FieldPanel.titled("Fokker–Planck, b = −∇Φ", flow.grid())
                                        .heatMap(flow, "ρ(x)", high),
                                FieldPanel.titled(step, flow.grid()).heatMap(scheme.last(), "ρ(x)", high),
                                FieldPanel.titled("Fokker–Planck, b = −∇Φ + j, λ = 1.5", flow.grid())
                                        .heatMap(rotating, "ρ(x)", high)),
                COROLLARY_8);
    }

    /** Φ = (x₁² + 3x₂²)/2, β = 2: the exact scheme maps Gaussians to Gaussians, axis by axis. */
    static XyPanel bias(Sheet sheet) {
        double tau = 0.1;
        int count = 10;
        double[] stiffness = {1.0, 3.0};
        double[] mean = {1.0, -0.8};
        double[] deviation = {0.5, 0.5};
        double[] epsilons = JkoComparison.halvings(0.32, sheet.choose(3, 4, 5));
        Density start = Density.gaussian(Grid.square(-4, 4, sheet.choose(40, 72, 108)), mean, 0.5);
        for (int a = 0; a < 2; a++) {
            double k = stiffness[a];
            for (int n = 0; n < count; n++) {
                double s = deviation[a];
                mean[a] /= 1 + tau * k;
                deviation[a] = (s + Math.sqrt(s * s + 4 * tau * (1 + tau * k) * JkoComparison.HALF.value()))
                        / (2 * (1 + tau * k));
            }
        }
        RealMatrix covariance = MatrixUtils.createRealDiagonalMatrix(
                new double[] {deviation[0] * deviation[0], deviation[1] * deviation[1]});
        ScalarField potential = x -> 0.5 * (x[0] * x[0] + 3.0 * x[1] * x[1]);
        double[] corrected = new double[epsilons.length];
        double[] plain = new double[epsilons.length];
        for (int i = 0; i < epsilons.length; i++) {
            EntropicJko scheme = EntropicJko.of(potential, JkoComparison.HALF, epsilons[i]);
            Density last = scheme.evolve(start, tau, count).last();
            corrected[i] = Wasserstein.betweenGaussians(last.mean(), last.covariance(), mean, covariance);
            last = scheme.withoutCorrection().evolve(start, tau, count).last();
            plain[i] = Wasserstein.betweenGaussians(last.mean(), last.covariance(), mean, covariance);
        }
        order(sheet, "temperature corrected by ε/(4τ)", corrected, 2.0);
        order(sheet, "not corrected", plain, 1.0);
        XyPanel panel = XyPanel.titled("Entropic JKO against exact JKO, Gaussian in 2-D, τ = 0.1, t = 1")
                .xAxis("ε")
                .yAxis("W₂(entropic, exact)")
                .logX()
                .logY()
                .points("temperature corrected by ε/(4τ)", epsilons, corrected)
                .points("not corrected (Peyré 2015)", epsilons, plain);
        JkoComparison.guide(panel, "∝ ε²", 0.04, 0.32, 0.4, 2);
        JkoComparison.guide(panel, "∝ ε", 0.04, 0.32, 2.5, 1);
        return panel;
    }

    private static void order(Sheet sheet, String which, double[] bias, double expected) {
        int n = bias.length - 1;
        double last = Math.log(bias[n - 1] / bias[n]) / Math.log(2.0);
        double before = Math.log(bias[n - 2] / bias[n - 1]) / Math.log(2.0);
        sheet.supplement(
                        "the bias of the entropic JKO step in its penalty ε, and the temperature that removes its first order")
                .measure("Gaussian in 2-D, " + which + ": order of the bias in ε, last halving", last)
                .discretisationError(Math.abs(last - before))
                .near(expected, estimatedErrors(2), literature("Peyré 2015; the closed-form step on Gaussians"));
    }
}
