package org.langevin4j.examples.paper.paths;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.REMARK_15;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.GaussLegendre;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.domain.HalfSpace;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;
import org.langevin4j.solvers.markov.Survival;
import org.langevin4j.solvers.sde.EulerMaruyama;

/**
 * When and where a process first arrives: mean times, survival and committors from the backward equation (Gardiner 2009, section 5.5),
 * against quadrature, Kramers' law (1940) and paths.
 */
public final class FirstPassageTimes implements Experiment {

    /** Kramers' prefactor √(U″(1)|U″(0)|)/(2π) of the double well (x² − 1)²/4, whose barrier is ¼. */
    private static final double PREFACTOR = Math.sqrt(2.0) / (2 * Math.PI);

    private static final double[] BETAS = {1, 2, 4, 16};

    /** Mean times from −1 to 0 and to 1, the double integral with 20 digits. */
    private static final double[] TO_TOP = {1.2905613802115257, 2.5217042149276, 5.743437068035236, 135.78297715071926};

    private static final double[] TO_OTHER = {
        3.488309648852845, 6.697757907111222, 14.27773663650805, 277.05457904334514
    };

    private static final String MEANS =
            "The backward equation on a grid gives mean times over a barrier at any temperature";

    private static final String PATHS =
            "Paths with crossings between steps take the time that the backward equation says";

    @Override
    public String name() {
        return "first-passage";
    }

    @Override
    public String summary() {
        return "Mean first-passage times, exit times and committors against closed forms and an ensemble";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        doubleWell(sheet);
        interval(sheet);
        paths(
                "double well, β = 4: mean time from −1 to 0",
                well(4),
                new double[] {-1},
                TO_TOP[2],
                closedForm("double integral, 20 digits"),
                sheet.choose(0.01, 0.005, 0.0025),
                sheet);
        double[] plane = new double[2];
        for (int g = 0; g < 2; g++) {
            Grid grid = Grid.square(-4.5, 4.5, sheet.choose(60, 120, 240) * (g + 1));
            plane[g] = Interpolation.at(
                    HittingProblem.of(
                                    FokkerPlanck.of(
                                            new DoubleWell(1.5).sde(Temperature.of(1.0)), grid, Boundary.REFLECTING),
                                    x -> x[0] > 0)
                            .meanTime(),
                    -1,
                    0);
        }
        paths(
                "Example 19, λ = 1.5, β = 1: mean time from (−1, 0) to x₁ = 0",
                new DoubleWell(1.5).sde(Temperature.of(1.0)),
                new double[] {-1, 0},
                plane[1] + (plane[1] - plane[0]) / 3.0,
                independent("backward equation on two grids, extrapolated"),
                sheet.choose(0.005, 0.0025, 0.001),
                sheet);
        DiscPassage.measure(sheet);
    }

    private static Sde well(double beta) {
        return Sde.ito(
                (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1 / beta));
    }

    private static double meanTime(double beta, double target, int cells) {
        Grid grid = Grid.of(Axis.uniform(-5, 2, cells));
        return Interpolation.at(
                HittingProblem.of(FokkerPlanck.of(well(beta), grid, Boundary.REFLECTING), x -> x[0] > target)
                        .meanTime(),
                -1);
    }

    private static void doubleWell(Sheet sheet) throws IOException {
        Evidence evidence = sheet.supplement(MEANS);
        double[] errorsTop = new double[BETAS.length];
        double[] computedTop = means(evidence, 0, TO_TOP, errorsTop);
        double[] computedOther = means(evidence, 1, TO_OTHER, new double[BETAS.length]);
        for (int i = 0; i < BETAS.length; i++) {
            evidence.measure(
                    at(BETAS[i]) + "mean time from −1 to 1 over Kramers'",
                    computedOther[i] * PREFACTOR * Math.exp(-0.25 * BETAS[i]));
        }
        // In x₁, D = diag(D₁, 2 − D₁) at β has the temperature D₁/β.
        sheet.fails(
                        REMARK_15,
                        "the loss (x₁² − 1)²/4 + x₂²/2 at β = 6.4 with D = diag(1.6, 0.4) and diag(0.4, 1.6): of the same mean"
                                + " eigenvalue, and the barrier takes 24 times as long")
                .measure("mean time over the barrier, D₁ = 0.4 over D₁ = 1.6", computedTop[3] / computedTop[2])
                .discretisationError((errorsTop[3] + computedTop[3] / computedTop[2] * errorsTop[2]) / computedTop[2])
                .near(TO_TOP[3] / TO_TOP[2], estimatedErrors(2), closedForm("double integrals, 20 digits"));
        double[] beta =
                IntStream.rangeClosed(0, 60).mapToDouble(i -> 1 + 0.25 * i).toArray();
        sheet.figure(
                "double-well",
                "Mean times from one well of (x² − 1)²/4 to its top and to the other well: on the grid, by quadrature, and"
                        + " Kramers' law, which they approach as β grows.",
                Figure.titled("Mean first-passage times of the double well from x = −1")
                        .row(XyPanel.titled("")
                                .xAxis("β")
                                .yAxis("mean time")
                                .logY()
                                .points("to 1, grid", BETAS, computedOther)
                                .points("to 0, grid", BETAS, computedTop)
                                .line("to 1, quadrature", beta, quadrature(beta, 1))
                                .like("to 1, grid")
                                .line("to 0, quadrature", beta, quadrature(beta, 0))
                                .like("to 0, grid")
                                .line(
                                        "to 1, Kramers",
                                        beta,
                                        Arrays.stream(beta)
                                                .map(b -> Math.exp(0.25 * b) / PREFACTOR)
                                                .toArray()))
                        .panelSize(760, 460));
    }

    private static String at(double beta) {
        return String.format(Locale.ROOT, "double well, β = %.0f: ", beta);
    }

    /** The errors are of second order in the cells: two grids give them. */
    private static double[] means(Evidence evidence, double target, double[] exact, double[] errors) {
        double[] computed = new double[BETAS.length];
        for (int i = 0; i < BETAS.length; i++) {
            computed[i] = meanTime(BETAS[i], target, 1400);
            errors[i] = Math.abs(computed[i] - meanTime(BETAS[i], target, 700)) / 3.0;
            evidence.measure(
                            at(BETAS[i]) + String.format(Locale.ROOT, "mean time from −1 to %.0f", target), computed[i])
                    .in("time")
                    .discretisationError(errors[i])
                    .near(exact[i], estimatedErrors(2), closedForm("double integral, 20 digits"));
        }
        return computed;
    }

    /** β∫_{−1}^b e^(βU(y)) ∫_{−∞}^y e^(−βU(z)) dz dy. */
    private static double[] quadrature(double[] betas, double target) {
        GaussIntegrator outer = GaussLegendre.rule(40, -1, target);
        GaussIntegrator far = GaussLegendre.rule(40, -4.5, -1.0);
        return Arrays.stream(betas)
                .map(beta -> beta
                        * outer.integrate(y -> {
                            GaussIntegrator near = y > -1 ? GaussLegendre.rule(40, -1.0, y) : far;
                            double height = height(y);
                            return far.integrate(z -> Math.exp(beta * (height - height(z))))
                                    + near.integrate(z -> Math.exp(beta * (height - height(z))));
                        }))
                .toArray();
    }

    private static double height(double x) {
        return 0.25 * (x * x - 1) * (x * x - 1);
    }

    private static HittingProblem exit(int cells) {
        Sde sde = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(0.5));
        return HittingProblem.of(FokkerPlanck.of(sde, Grid.of(Axis.uniform(-1, 1, cells)), Boundary.ABSORBING));
    }

    private static void interval(Sheet sheet) throws IOException {
        // A cell in the middle, to start in.
        int cells = 401;
        HittingProblem exit = exit(cells);
        HittingProblem coarse = exit(201);
        Evidence evidence = sheet.supplement("The law of the exit time of Brownian motion from [−1, 1]");
        double mean = exit.meanTime().at(0.0);
        evidence.measure("mean from 0", mean)
                .in("time")
                .discretisationError(Math.abs(mean - coarse.meanTime().at(0.0)) / 3.0)
                .near(1.0, estimatedErrors(2), closedForm("1 − x²"));
        double variance = exit.variance().at(0.0);
        evidence.measure("variance from 0", variance)
                .in("time²")
                .discretisationError(Math.abs(variance - coarse.variance().at(0.0)) / 3.0)
                .near(2.0 / 3, estimatedErrors(2), closedForm("2(1 − x⁴)/3"));
        double[] point = new double[cells];
        point[cells / 2] = 1.0;
        Survival survival = exit.survival(
                Density.of(Grid.of(Axis.uniform(-1, 1, cells)), point).normalized(), 0.01, 300);
        double[] times = values(survival.times());
        double[] computed = values(survival.probabilities());
        double[] marks = IntStream.range(0, 16).mapToDouble(i -> 0.2 * i).toArray();
        double[] exact = Arrays.stream(marks)
                .map(t -> t == 0.0 ? 1.0 : seriesSurvival(t))
                .toArray();
        double error = IntStream.range(0, marks.length)
                .mapToDouble(i -> Math.abs(computed[20 * i] - exact[i]))
                .max()
                .orElseThrow();
        evidence.measure("largest error of P(T > t)", error)
                .exact()
                .atMost(4.0 / (cells * cells), none(), closedForm("series; the grid is of order 2, h² here"));
        sheet.figure(
                "survival",
                "Survival and density of the exit time of Brownian motion, with the closed series as points.",
                Figure.titled("Brownian motion from 0: the time T to leave [−1, 1]")
                        .row(XyPanel.titled("")
                                .xAxis("t")
                                .yAxis("P(T > t), density of T")
                                .line("P(T > t), grid", times, computed)
                                .line("density, grid", times, values(survival.densities()))
                                .points("P(T > t), series", marks, exact))
                        .panelSize(760, 440));
    }

    private static double[] values(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Σₖ 4/π (−1)ᵏ/(2k+1) e^(−(2k+1)²π²t/8). */
    private static double seriesSurvival(double t) {
        double sum = 0.0;
        for (int k = 0; k < 60; k++) {
            int odd = 2 * k + 1;
            sum += 4 / Math.PI * (k % 2 == 0 ? 1.0 : -1.0) / odd * Math.exp(-odd * odd * Math.PI * Math.PI * t / 8);
        }
        return sum;
    }

    /** Paths that end where x₁ = 0, with the crossings between the steps seen by Brownian bridges. */
    private static void paths(
            String what, Sde sde, double[] start, double expected, Oracle oracle, double step, Sheet sheet) {
        double[] normal = new double[start.length];
        normal[0] = -1.0;
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0, 200, 200));
        FirstPassage.Times times = sheet.run(
                        "first-passage",
                        Ensemble.of(sde)
                                .scheme(EulerMaruyama.withStep(step))
                                .paths(sheet.choose(20_000L, 40_000L, 160_000L))
                                .until(200.0)
                                .startingAt(start)
                                .within(HalfSpace.absorbing(normal, 0.0))
                                .seed(sheet.seed().derive(start.length - 1))
                                .observe(passage))
                .get(passage);
        Evidence evidence = sheet.supplement(PATHS);
        evidence.measure(
                        what + ", mean of " + times.passed() + " paths",
                        times.moments().mean(0))
                .in("time")
                .standardError(times.moments().standardError(0))
                .near(expected, standardErrors(4), oracle);
        evidence.measure(what + ": paths not arrived by t = 200", (double) times.censored())
                .in("paths")
                .exact()
                .near(0, none(), closedForm("e^(−200/τ) of them"));
    }
}
