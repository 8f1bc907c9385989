package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.COROLLARY_8;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.order;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.transport.JkoFlow;
import org.langevin4j.solvers.transport.JkoFunctional;
import org.langevin4j.solvers.transport.QuantileJko;
import org.langevin4j.solvers.transport.Wasserstein;

/** Corollary 8 in one dimension, where the JKO step is found by quantiles: in closed form for Gaussians, and in a double well. */
final class QuantileTransport {

    private static final Potential QUADRATIC = Potential.of(x -> 0.5 * x[0] * x[0], (x, out) -> out[0] = x[0]);

    private static final Potential WELL =
            Potential.of(x -> 0.25 * Math.pow(x[0] * x[0] - 1, 2), (x, out) -> out[0] = x[0] * (x[0] * x[0] - 1));

    private QuantileTransport() {}

    /** Mean and standard deviation with the variance within the cells, which are of different widths. */
    private static double[] momentsOnLine(Density density) {
        Axis axis = density.grid().axis(0);
        double mean = density.mean()[0];
        double second = 0.0;
        for (int i = 0; i < axis.cells(); i++) {
            second += density.value(i) * (Math.pow(axis.edge(i + 1), 3) - Math.pow(axis.edge(i), 3)) / 3.0;
        }
        return new double[] {mean, Math.sqrt(second - mean * mean)};
    }

    /**
     * f = x²/2, β = 2, from N(2, ¼). A step of the scheme is m ← m/(1 + τ), s ← (s + √(s² + 4τ(1 + τ)/β))/(2(1 + τ)); the flow is
     * N(2e^(−t), ½ − ¼e^(−2t)).
     */
    static void gaussian(Sheet sheet, XyPanel errors) {
        int cells = sheet.choose(400, 800, 1600);
        double width = 8.0 / cells;
        Density start = Density.gaussian(Grid.of(Axis.uniform(-2, 6, cells)), new double[] {2.0}, 0.5);
        JkoFlow tenth = QuantileJko.of(QUADRATIC, JkoComparison.HALF).evolve(start, 0.1, 20);
        double[] moments = momentsOnLine(tenth.last());
        Evidence evidence = sheet.holds(COROLLARY_8, JkoComparison.GRADIENT);
        var exact = closedForm("JKO maps Gaussians to Gaussians");
        evidence.measure("Gaussian, τ = 0.1: mean after 20 steps", moments[0])
                .near(0.2972872560482874, rounding(1e-8), exact);
        evidence.measure("Gaussian, τ = 0.1: deviation after 20 steps", moments[1])
                .near(0.7023496982826934, order(2, width, 0.2), exact);
        evidence.measure(
                        "Gaussian, τ = 0.1: F after 20 steps",
                        tenth.functionals().get(20).total())
                .in("nats")
                .near(-0.24196993431514907, order(2, width, 0.2), exact);

        double[] steps = JkoComparison.halvings(0.2, sheet.choose(4, 5, 6));
        double[] distances = new double[steps.length];
        double deviation = Math.sqrt(0.5 - 0.25 * Math.exp(-2.0));
        Density end =
                Density.gaussian(Grid.of(Axis.uniform(-5, 6.5, 8000)), new double[] {2.0 * Math.exp(-1.0)}, deviation);
        for (int i = 0; i < steps.length; i++) {
            double tau = steps[i];
            int count = (int) Math.round(1.0 / tau);
            distances[i] = Wasserstein.distance(
                    QuantileJko.of(QUADRATIC, JkoComparison.HALF)
                            .evolve(start, tau, count)
                            .last(),
                    end);
            double m = 2.0;
            double s = 0.5;
            for (int k = 0; k < count; k++) {
                m /= 1.0 + tau;
                s = (s + Math.sqrt(s * s + 2.0 * tau * (1.0 + tau))) / (2.0 * (1.0 + tau));
            }
            evidence.measure("Gaussian: W₂(JKO, Fokker–Planck) at t = 1, τ = " + JkoComparison.text(tau), distances[i])
                    .near(Math.hypot(m - 2.0 * Math.exp(-1.0), s - deviation), order(2, width, 0.2), exact);
        }
        JkoComparison.firstOrder(sheet, "Gaussian", distances, 0.0);
        errors.points("Gaussian, 1-D quantiles", steps, distances);
    }

    private static Evolution flowOfWell(int cells, int count) {
        Sde sde = Sde.ito(
                (x, out) -> out[0] = -x[0] * (x[0] * x[0] - 1), Diffusion.isotropic(1, 1.0), JkoComparison.HALF);
        Grid grid = Grid.of(Axis.uniform(-3, 3, cells));
        return FokkerPlanck.of(sde, grid, Boundary.REFLECTING)
                .evolve(Density.gaussian(grid, new double[] {-0.4}, 0.25), 1.0 / count, count);
    }

    static void doubleWell(Sheet sheet, XyPanel errors, XyPanel functional) throws IOException {
        int count = sheet.choose(2000, 4000, 10_000);
        Evolution flow = flowOfWell(sheet.choose(480, 800, 1600), count);
        Density start = flow.densities().get(0);
        Grid grid = start.grid();
        functional.line(
                "Fokker–Planck",
                JkoComparison.array(flow.times()),
                JkoComparison.aboveMinimum(JkoComparison.functionals(flow, WELL), grid, WELL, JkoComparison.HALF));
        double[] steps = JkoComparison.halvings(0.2, sheet.choose(4, 5, 6));
        double[] distances = new double[steps.length];
        List<JkoFlow> schemes = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            JkoFlow scheme =
                    QuantileJko.of(WELL, JkoComparison.HALF).evolve(start, steps[i], (int) Math.round(1.0 / steps[i]));
            schemes.add(scheme);
            distances[i] = Wasserstein.distance(scheme.last(), flow.last());
        }
        for (int i : new int[] {0, steps.length - 1}) {
            functional.points(
                    "JKO, τ = " + JkoComparison.text(steps[i]),
                    JkoComparison.array(schemes.get(i).times()),
                    JkoComparison.aboveMinimum(schemes.get(i).functionals(), grid, WELL, JkoComparison.HALF));
        }
        JkoComparison.firstOrder(sheet, "double well in 1-D", distances, 0.0);
        JkoComparison.falls(sheet, "double well in 1-D", schemes);
        errors.points("double well, 1-D quantiles", steps, distances);
        drawDensities(sheet, flow, schemes.get(1));
    }

    /**
     * Without any scheme: along a gradient flow −dF/dt is the square of the speed in W₂ (Ambrosio, Gigli and Savaré 2005, eq. 1.4.3).
     * The speed is W₂(ρ(t − h), ρ(t + h))/(2h); a run on half as many cells with half as many steps gives the error.
     */
    static void energyIdentity(Sheet sheet) {
        int cells = sheet.choose(480, 800, 1600);
        int count = sheet.choose(2000, 4000, 10_000);
        Evolution fine = flowOfWell(cells, count);
        Evolution coarse = flowOfWell(cells / 2, count / 2);
        for (double time : new double[] {0.1, 0.3, 0.9}) {
            double ratio = squaredSpeedOverDissipation(fine, time);
            sheet.holds(COROLLARY_8, JkoComparison.GRADIENT)
                    .measure("double well in 1-D, t = " + time + ": (speed in W₂)² over −dF/dt", ratio)
                    .discretisationError(Math.abs(ratio - squaredSpeedOverDissipation(coarse, time)))
                    .near(1.0, estimatedErrors(2), literature("Ambrosio, Gigli and Savaré 2005, energy identity"));
        }
    }

    private static double squaredSpeedOverDissipation(Evolution flow, double time) {
        int n = flow.densities().size() - 1;
        int at = (int) Math.round(time * n);
        int h = n / 200;
        Density before = flow.densities().get(at - h);
        Density after = flow.densities().get(at + h);
        double span = 2.0 * h / n;
        double speed = Wasserstein.distance(before, after) / span;
        double fall = JkoFunctional.of(before, WELL, JkoComparison.HALF).total()
                - JkoFunctional.of(after, WELL, JkoComparison.HALF).total();
        return speed * speed / (fall / span);
    }

    /** JKO with τ = 0.1 beside the flow at four times. */
    private static void drawDensities(Sheet sheet, Evolution flow, JkoFlow scheme) throws IOException {
        XyPanel[] panels = new XyPanel[4];
        Density steady = Density.gibbs(flow.last().grid(), WELL, JkoComparison.HALF);
        int[] at = {0, 1, 3, 10};
        for (int i = 0; i < 4; i++) {
            double time = at[i] * scheme.stepSize();
            Density exact = flow.densities()
                    .get((int) Math.round(time * (flow.densities().size() - 1)));
            Density step = scheme.densities().get(at[i]);
            panels[i] = XyPanel.titled("t = " + JkoComparison.text(time))
                    .xAxis("x")
                    .yAxis("ρ")
                    .xRange(-2, 2)
                    .line("Fokker–Planck", centres(exact), exact.values())
                    .line("JKO, τ = 0.1", centres(step), step.values())
                    .line("e^(−βf)/Z", centres(steady), steady.values());
        }
        sheet.figure(
                "densities",
                "The double well in one dimension at t = 0, 0.1, 0.3 and 1: the Fokker–Planck flow, and the JKO scheme with"
                        + " steps of 0.1, ten of them to t = 1, which lags behind a little.",
                Figure.titled("Corollary 8 in one dimension: f = (x² − 1)²/4, β = 2, from N(−0.4, 0.25²)")
                        .row(panels[0], panels[1])
                        .row(panels[2], panels[3])
                        .panelSize(500, 330),
                COROLLARY_8);
    }

    private static double[] centres(Density density) {
        Axis axis = density.grid().axis(0);
        double[] x = new double[axis.cells()];
        Arrays.setAll(x, axis::centre);
        return x;
    }
}
