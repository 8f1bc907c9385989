package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.domain.HalfSpace;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;
import org.langevin4j.solvers.markov.Survival;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** When and where a process first arrives: mean times, survival and committors from the backward equation. */
public final class FirstPassageTimes implements Example {

    /** Kramers' prefactor √(U″(1)|U″(0)|)/(2π) of the double well (x² − 1)²/4, whose barrier is ¼. */
    private static final double PREFACTOR = Math.sqrt(2.0) / (2 * Math.PI);

    @Override
    public String name() {
        return "first-passage";
    }

    @Override
    public String summary() {
        return "Mean first-passage times, exit times and committors against closed forms and an ensemble";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        pictures.add(doubleWell(context, measurements));
        pictures.add(interval(context, measurements));
        ensembles(context, measurements);
        pictures.add(exampleNineteen(context, measurements));
        return new ExampleResult(
                name(),
                "The backward equation on the grid gives the mean time over a barrier as quadrature does, at any"
                        + " temperature; Eyring and Kramers' law is its limit for large β. Paths of the equation take the"
                        + " same time. The rotation of Example 19 bends the committor and shortens the way.",
                "Gardiner (2009), section 5.5, for the integrals; Kramers (1940); Example 19 of Chaudhari and Soatto"
                        + " (2018).",
                context.seed().value(),
                measurements,
                pictures);
    }

    private static Sde well(double beta) {
        return Sde.ito(
                (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1 / beta));
    }

    private static boolean atLeft(double[] x) {
        return Math.hypot(x[0] + 1, x[1]) < 0.3;
    }

    private static boolean atRight(double[] x) {
        return Math.hypot(x[0] - 1, x[1]) < 0.3;
    }

    /** The value at a point where cells meet: the mean of the cells around it. */
    private static double between(CellFunction f, double... x) {
        double sum = 0.0;
        for (int corner = 0; corner < 1 << x.length; corner++) {
            double[] y = x.clone();
            for (int a = 0; a < x.length; a++) {
                y[a] += ((corner >> a & 1) - 0.5) * f.grid().axis(a).width(0);
            }
            sum += f.at(y);
        }
        return sum / (1 << x.length);
    }

    private static CellFunction meanTime(double beta, double target) {
        Grid grid = Grid.of(Axis.uniform(-5, 2, 1400));
        return HittingProblem.of(FokkerPlanck.of(well(beta), grid, Boundary.REFLECTING), x -> x[0] > target)
                .meanTime();
    }

    private static Picture doubleWell(RunContext context, List<Measurement> measurements) throws IOException {
        // By quadrature with 20 digits.
        double[] betas = {1, 2, 4, 16};
        double[] toTop = {1.2905613802115257, 2.5217042149276, 5.743437068035236, 135.78297715071926};
        double[] toOther = {3.488309648852845, 6.697757907111222, 14.27773663650805, 277.05457904334514};
        double[] computedTop = new double[4];
        double[] computedOther = new double[4];
        for (int i = 0; i < 4; i++) {
            computedTop[i] = between(meanTime(betas[i], 0), -1);
            computedOther[i] = between(meanTime(betas[i], 1), -1);
            String at = String.format(Locale.ROOT, "double well, β = %.0f: mean time from −1 to ", betas[i]);
            measurements.add(Measurement.near(at + "0", computedTop[i], toTop[i], 3e-4 * toTop[i])
                    .in("time"));
            measurements.add(Measurement.near(at + "1", computedOther[i], toOther[i], 3e-4 * toOther[i])
                    .in("time"));
            measurements.add(Measurement.reported(
                    String.format(Locale.ROOT, "double well, β = %.0f: mean time from −1 to 1 over Kramers'", betas[i]),
                    computedOther[i] * PREFACTOR * Math.exp(-0.25 * betas[i])));
        }
        double[] beta = new double[61];
        double[] exact = new double[61];
        double[] exactTop = new double[61];
        double[] kramers = new double[61];
        for (int i = 0; i <= 60; i++) {
            beta[i] = 1 + 0.25 * i;
            exact[i] = quadrature(beta[i], 1);
            exactTop[i] = quadrature(beta[i], 0);
            kramers[i] = Math.exp(0.25 * beta[i]) / PREFACTOR;
        }
        String file = "double-well.png";
        Figure.titled("Mean first-passage times of the double well from x = −1")
                .row(XyPanel.titled("")
                        .xAxis("β")
                        .yAxis("mean time")
                        .logY()
                        .points("to 1, grid", betas, computedOther)
                        .points("to 0, grid", betas, computedTop)
                        .line("to 1, quadrature", beta, exact)
                        .line("to 0, quadrature", beta, exactTop)
                        .line("to 1, Kramers", beta, kramers))
                .panelSize(760, 460)
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Mean times from one well of (x² − 1)²/4 to its top and to the other well: on the grid, by quadrature, and"
                        + " Kramers' law, which they approach as β grows.");
    }

    /** β∫_{−1}^b e^(βU(y)) ∫_{−∞}^y e^(−βU(z)) dz dy. */
    private static double quadrature(double beta, double target) {
        GaussIntegratorFactory factory = new GaussIntegratorFactory();
        GaussIntegrator outer = factory.legendre(40, -1, target);
        return beta
                * outer.integrate(y -> {
                    GaussIntegrator far = factory.legendre(40, -4.5, -1.0);
                    GaussIntegrator near = y > -1 ? factory.legendre(40, -1.0, y) : far;
                    double height = height(y);
                    return far.integrate(z -> Math.exp(beta * (height - height(z))))
                            + near.integrate(z -> Math.exp(beta * (height - height(z))));
                });
    }

    private static double height(double x) {
        return 0.25 * (x * x - 1) * (x * x - 1);
    }

    private static Picture interval(RunContext context, List<Measurement> measurements) throws IOException {
        Sde sde = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(0.5));
        // A cell in the middle, to start in.
        Grid grid = Grid.of(Axis.uniform(-1, 1, 401));
        HittingProblem exit = HittingProblem.of(FokkerPlanck.of(sde, grid, Boundary.ABSORBING));
        measurements.add(Measurement.near(
                        "Brownian motion, exit from [−1, 1]: mean from 0",
                        exit.meanTime().at(0.0),
                        1.0,
                        1e-4)
                .in("time"));
        measurements.add(Measurement.near(
                        "Brownian motion, exit from [−1, 1]: variance from 0",
                        exit.variance().at(0.0),
                        2.0 / 3,
                        1e-4)
                .in("time²"));
        double[] point = new double[401];
        point[200] = 1.0;
        Survival survival = exit.survival(Density.of(grid, point).normalized(), 0.01, 300);
        double[] times =
                survival.times().stream().mapToDouble(Double::doubleValue).toArray();
        double[] computed = survival.probabilities().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] densities =
                survival.densities().stream().mapToDouble(Double::doubleValue).toArray();
        double[] marks = new double[16];
        double[] exact = new double[16];
        double error = 0.0;
        for (int i = 0; i < marks.length; i++) {
            marks[i] = 0.2 * i;
            exact[i] = i == 0 ? 1.0 : seriesSurvival(marks[i]);
            error = Math.max(error, Math.abs(computed[20 * i] - exact[i]));
        }
        measurements.add(
                Measurement.atMost("Brownian motion, exit from [−1, 1]: largest error of P(T > t)", error, 1e-4));
        String file = "survival.png";
        Figure.titled("Brownian motion from 0: the time T to leave [−1, 1]")
                .row(XyPanel.titled("")
                        .xAxis("t")
                        .yAxis("P(T > t), density of T")
                        .line("P(T > t), grid", times, computed)
                        .line("density, grid", times, densities)
                        .points("P(T > t), series", marks, exact))
                .panelSize(760, 440)
                .writeTo(context.out().resolve(file));
        return new Picture(
                file, "Survival and density of the exit time of Brownian motion, with the closed series as points.");
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

    private static void ensembles(RunContext context, List<Measurement> measurements) {
        CellFunction line = meanTime(4, 0);
        compare(
                "double well, β = 4: mean time from −1 to 0",
                well(4),
                new double[] {-1},
                between(line, -1),
                context.effort().choose(0.01, 0.005, 0.0025),
                0,
                context,
                measurements);
        int cells = context.effort().choose(64, 160, 320);
        Sde plane = new DoubleWell(1.5).sde(Temperature.of(1.0));
        FokkerPlanck fp = FokkerPlanck.of(plane, Grid.square(-4, 4, cells), Boundary.REFLECTING);
        CellFunction time = HittingProblem.of(fp, x -> x[0] > 0).meanTime();
        compare(
                "Example 19, λ = 1.5, β = 1: mean time from (−1, 0) to x₁ = 0",
                plane,
                new double[] {-1, 0},
                between(time, -1, 0),
                context.effort().choose(0.005, 0.0025, 0.001),
                1,
                context,
                measurements);
    }

    /** Paths that end where x₁ = 0, with the crossings between the steps seen by Brownian bridges. */
    private static void compare(
            String what,
            Sde sde,
            double[] start,
            double onGrid,
            double step,
            int part,
            RunContext context,
            List<Measurement> measurements) {
        double[] normal = new double[start.length];
        normal[0] = -1.0;
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0, 200, 200));
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(step))
                .paths(context.effort().choose(5_000L, 40_000L, 160_000L))
                .until(200.0)
                .startingAt(start)
                .within(HalfSpace.absorbing(normal, 0.0))
                .seed(context.seed().derive(part))
                .observe(passage);
        FirstPassage.Times times =
                Runs.withProgress(ensemble, "first-passage", context).get(passage);
        measurements.add(Measurement.near(
                        what + ", mean of " + times.passed() + " paths against the grid, 4 standard errors",
                        times.moments().mean(0),
                        onGrid,
                        4 * times.moments().standardError(0))
                .in("time"));
        measurements.add(Measurement.near(what + ": paths not arrived by t = 200", (double) times.censored(), 0, 0)
                .in("paths"));
    }

    private static Picture exampleNineteen(RunContext context, List<Measurement> measurements) throws IOException {
        int cells = context.effort().choose(64, 160, 320);
        Grid grid = Grid.square(-3, 3, cells);
        Grid window = Grid.square(-2, 2, 2);
        List<FieldPanel> committors = new ArrayList<>();
        List<FieldPanel> times = new ArrayList<>();
        double[] fromLeft = new double[2];
        double[] lambdas = {0.0, 1.5};
        for (int i = 0; i < 2; i++) {
            DoubleWell model = new DoubleWell(lambdas[i]);
            FokkerPlanck fp = FokkerPlanck.of(model.sde(Temperature.of(1.0)), grid, Boundary.REFLECTING);
            CellFunction committor = HittingProblem.of(fp, FirstPassageTimes::atLeft, FirstPassageTimes::atRight)
                    .probability(1);
            CellFunction time =
                    HittingProblem.of(fp, FirstPassageTimes::atRight).meanTime();
            String at = String.format(Locale.ROOT, "Example 19, λ = %.1f: ", lambdas[i]);
            double asymmetry = 0.0;
            double range = 0.0;
            double outside = 0.0;
            for (int cell = 0; cell < grid.cells(); cell++) {
                double q = committor.value(cell);
                asymmetry = Math.max(asymmetry, Math.abs(q + committor.value(grid.cells() - 1 - cell) - 1));
                range = Math.max(range, Math.max(-q, q - 1));
                int x = grid.position(cell, 0);
                if (x == cells / 2) {
                    double mirrored = committor.value(cell - grid.stride(0));
                    outside = Math.max(outside, Math.abs(0.5 * (q + mirrored) - 0.5));
                }
            }
            measurements.add(Measurement.atMost(at + "largest |q(x) + q(−x) − 1|, by symmetry 0", asymmetry, 1e-9));
            measurements.add(Measurement.atMost(at + "committor beyond [0, 1]", Math.max(range, 0.0), 1e-12));
            measurements.add(
                    lambdas[i] == 0.0
                            ? Measurement.atMost(at + "largest |q − ½| on x₁ = 0, by symmetry 0", outside, 1e-9)
                            : Measurement.atLeast(at + "largest |q − ½| on x₁ = 0, bent by rotation", outside, 0.1));
            fromLeft[i] = between(time, -1, 0);
            measurements.add(Measurement.reported(at + "mean time from (−1, 0) to the other well", fromLeft[i])
                    .in("time"));
            committors.add(FieldPanel.titled(at + "committor q(x)", window)
                    .heatMap(committor::at, "q")
                    .contours("q = 0.1, 0.3, 0.5, 0.7, 0.9", committor::at, 0.1, 0.3, 0.5, 0.7, 0.9));
            times.add(FieldPanel.titled(at + "mean time to the disc", window).heatMap(time::at, "τ"));
        }
        measurements.add(Measurement.atMost(
                "Example 19: mean time from (−1, 0) to the other well, λ = 1.5 over λ = 0, below 1",
                fromLeft[1] / fromLeft[0],
                0.9));
        String file = "example-19.png";
        Figure.titled("Example 19, β = 1: from the disc about (−1, 0) to that about (1, 0)")
                .row(committors.toArray(new FieldPanel[0]))
                .row(times.toArray(new FieldPanel[0]))
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Above: the probability to reach the disc of radius 0.3 about (1, 0) before that about (−1, 0), without and"
                        + " with rotation. Below: the mean time to the former.");
    }
}
