package org.langevin4j.examples;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
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
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.transport.EntropicJko;
import org.langevin4j.solvers.transport.JkoFlow;
import org.langevin4j.solvers.transport.JkoFunctional;
import org.langevin4j.solvers.transport.QuantileJko;
import org.langevin4j.solvers.transport.Sinkhorn;
import org.langevin4j.solvers.transport.Wasserstein;

/** Corollary 8 of Chaudhari and Soatto (2018): for D = I the Fokker–Planck flow is the gradient flow of F in W₂. */
public final class Corollary8 implements Example {

    /** Of the reference trajectory: β = 2. */
    private static final Temperature HALF = Temperature.of(0.5);

    private static final Temperature ONE = Temperature.of(1.0);

    private static final Potential QUADRATIC = Potential.of(x -> 0.5 * x[0] * x[0], (x, out) -> out[0] = x[0]);

    private static final Potential WELL =
            Potential.of(x -> 0.25 * Math.pow(x[0] * x[0] - 1, 2), (x, out) -> out[0] = x[0] * (x[0] * x[0] - 1));

    private static final double TOLERANCE = 0.2;

    @Override
    public String name() {
        return "corollary-8";
    }

    @Override
    public String summary() {
        return "The JKO scheme, exact in 1-D and by entropic transport in 2-D, tends to the Fokker–Planck flow as τ → 0";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        XyPanel errors = XyPanel.titled("JKO against the Fokker–Planck flow, at t = 1")
                .xAxis("τ")
                .yAxis("W₂(JKO, Fokker–Planck)")
                .logX()
                .logY();
        XyPanel bias = XyPanel.titled("Entropic JKO against exact JKO, Gaussian in 2-D, τ = 0.1, t = 1")
                .xAxis("ε")
                .yAxis("W₂(entropic, exact)")
                .logX()
                .logY();
        XyPanel line = functionalPanel("Double well in 1-D, β = 2");
        XyPanel plane = functionalPanel("Double well in 2-D, β = 1");
        gaussian(context, errors, measurements);
        Picture densities = doubleWell(context, errors, line, measurements);
        Picture maps = doubleWellInThePlane(context, errors, plane, measurements);
        entropicBias(context, bias, measurements);
        scaledDiffusion(measurements);
        PowerLaw.guide(errors, "∝ τ", 0.0125, 0.2, 0.5, 1);
        PowerLaw.guide(bias, "∝ ε²", 0.04, 0.32, 0.4, 2);
        PowerLaw.guide(bias, "∝ ε", 0.04, 0.32, 2.5, 1);
        Figure.titled("Corollary 8: error in the step τ, and bias of the entropic penalty ε")
                .row(errors, bias)
                .writeTo(context.out().resolve("errors.png"));
        Figure.titled("F(ρ) = E[Φ] − β⁻¹H(ρ), above its minimum −β⁻¹ log Z, along both flows")
                .row(line, plane)
                .writeTo(context.out().resolve("functional.png"));
        return new ExampleResult(
                name(),
                "With D = I and b = −∇Φ the scheme ρₖ₊₁ = argmin W₂²(ρₖ, ρ)/(2τ) + E[Φ] − β⁻¹H(ρ) tends to the"
                        + " Fokker–Planck flow with an error of order τ, and F falls along both. D = I alone is not enough:"
                        + " with the rotation of Example 19 the two flows part.",
                "Chaudhari and Soatto (2018), Corollary 8, eq. (JKO); Jordan, Kinderlehrer and Otto (1998). The paper gives"
                        + " no τ; it writes the loss f for Φ, which is the same only if b = −∇f is the drift and D = I.",
                context.seed().value(),
                measurements,
                List.of(
                        densities,
                        new Picture(
                                "errors.png",
                                "Left: the distance of the JKO scheme to the Fokker–Planck flow at t = 1 falls like τ, in"
                                        + " one dimension by quantiles and in two by entropic transport. Right: what the"
                                        + " entropic penalty ε adds, in a case where the exact step is known: order ε² with"
                                        + " the temperature corrected, order ε without."),
                        new Picture(
                                "functional.png",
                                "F above its minimum along the Fokker–Planck flow and along the JKO scheme with a long and"
                                        + " a short step, on a logarithmic scale: it falls at every step of each."),
                        maps));
    }

    private static XyPanel functionalPanel(String title) {
        return XyPanel.titled(title)
                .xAxis("t")
                .yAxis("F + β⁻¹ log Z")
                .xRange(-0.03, 1.03)
                .logY();
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** −β⁻¹ log Z, the least value of F, by the rule of the grid. */
    private static double minimum(Grid grid, ScalarField potential, Temperature temperature) {
        return JkoFunctional.of(Density.gibbs(grid, potential, temperature), potential, temperature)
                .total();
    }

    private static double[] aboveMinimum(List<JkoFunctional> values, double minimum) {
        return values.stream().mapToDouble(f -> f.total() - minimum).toArray();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<JkoFunctional> functionals(Evolution flow, ScalarField potential) {
        return flow.densities().stream()
                .map(density -> JkoFunctional.of(density, potential, flow.temperature()))
                .toList();
    }

    private static int increases(List<JkoFunctional> values) {
        int count = 0;
        for (int k = 1; k < values.size(); k++) {
            if (!(values.get(k).total() <= values.get(k - 1).total())) {
                count++;
            }
        }
        return count;
    }

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
     * Φ = x²/2, β = 2, from N(2, ¼). The scheme is known in closed form at τ = 0.1: after 20 steps mean, deviation and F are
     * those of the reference values jko_gaussian1d. The Fokker–Planck flow is N(2e^(−t), ½ − ¼e^(−2t)).
     */
    private static void gaussian(RunContext context, XyPanel errors, List<Measurement> measurements) {
        int coarsest = context.effort().choose(100, 200, 400);
        double[] widths = new double[3];
        double[] differences = new double[3];
        for (int i = 0; i < widths.length; i++) {
            int cells = coarsest << i;
            JkoFlow flow = QuantileJko.of(QUADRATIC, HALF).evolve(gaussianStart(cells), 0.1, 20);
            double[] moments = momentsOnLine(flow.last());
            widths[i] = 1.0 / cells;
            differences[i] = Math.abs(moments[1] - 0.7023496982826934);
            if (i == widths.length - 1) {
                measurements.add(Measurement.near(
                        "Gaussian, τ = 0.1: mean after 20 steps", moments[0], 0.2972872560482874, 1e-8));
                measurements.add(Measurement.near(
                        "Gaussian, τ = 0.1: deviation after 20 steps", moments[1], 0.7023496982826934, 5e-5));
                measurements.add(Measurement.near(
                                "Gaussian, τ = 0.1: F after 20 steps",
                                flow.functionals().get(20).total(),
                                -0.24196993431514907,
                                5e-5)
                        .in("nats"));
            }
        }
        measurements.add(Measurement.near(
                "Gaussian: order of the deviation in the width of the cells",
                PowerLaw.order(widths, differences),
                2.0,
                TOLERANCE));

        double[] steps = PowerLaw.halvings(0.2, context.effort().choose(4, 5, 6));
        double[] distances = new double[steps.length];
        double variance = 0.5 - 0.25 * Math.exp(-2.0);
        Density exact = Density.gaussian(
                Grid.of(Axis.uniform(-5, 6.5, 8000)), new double[] {2.0 * Math.exp(-1.0)}, Math.sqrt(variance));
        Density start = gaussianStart(4 * coarsest);
        for (int i = 0; i < steps.length; i++) {
            JkoFlow flow = QuantileJko.of(QUADRATIC, HALF).evolve(start, steps[i], (int) Math.round(1.0 / steps[i]));
            distances[i] = Wasserstein.distance(flow.last(), exact);
        }
        measurements.add(Measurement.near(
                "Gaussian in 1-D: order of W₂ in τ", PowerLaw.order(steps, distances), 1.0, TOLERANCE));
        errors.points("Gaussian, 1-D quantiles", steps, distances);
    }

    private static Density gaussianStart(int cells) {
        return Density.gaussian(Grid.of(Axis.uniform(-2, 6, cells)), new double[] {2.0}, 0.5);
    }

    private static Picture doubleWell(
            RunContext context, XyPanel errors, XyPanel functional, List<Measurement> measurements) throws IOException {
        Grid grid = Grid.of(Axis.uniform(-3, 3, context.effort().choose(480, 800, 1600)));
        Density start = Density.gaussian(grid, new double[] {-0.4}, 0.25);
        double[] steps = PowerLaw.halvings(0.2, context.effort().choose(4, 5, 6));
        int count = context.effort().choose(2000, 4000, 10_000);
        Sde sde = Sde.ito((x, out) -> out[0] = -x[0] * (x[0] * x[0] - 1), Diffusion.isotropic(1, 1.0), HALF);
        Evolution flow = FokkerPlanck.of(sde, grid, Boundary.REFLECTING).evolve(start, 1.0 / count, count);

        double minimum = minimum(grid, WELL, HALF);
        List<JkoFunctional> along = functionals(flow, WELL);
        functional.line("Fokker–Planck", array(flow.times()), aboveMinimum(along, minimum));
        measurements.add(Measurement.near(
                        "double well in 1-D: implicit Fokker–Planck steps at which F increases, of " + count,
                        increases(along),
                        0,
                        0)
                .in("steps"));
        double[] distances = new double[steps.length];
        int total = 0;
        int increases = 0;
        int iterations = 0;
        List<JkoFlow> schemes = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            JkoFlow scheme = QuantileJko.of(WELL, HALF).evolve(start, steps[i], (int) Math.round(1.0 / steps[i]));
            schemes.add(scheme);
            distances[i] = Wasserstein.distance(scheme.last(), flow.last());
            total += scheme.steps().size();
            increases += scheme.increases();
            iterations = Math.max(
                    iterations,
                    scheme.steps().stream()
                            .mapToInt(step -> step.iterations())
                            .max()
                            .orElseThrow());
        }
        for (int i : new int[] {0, steps.length - 1}) {
            functional.points(
                    "JKO, τ = " + text(steps[i]),
                    array(schemes.get(i).times()),
                    aboveMinimum(schemes.get(i).functionals(), minimum));
        }
        measurements.add(
                Measurement.near("double well in 1-D: JKO steps at which F increases, of " + total, increases, 0, 0)
                        .in("steps"));
        measurements.add(Measurement.near(
                "double well in 1-D: order of W₂ in τ", PowerLaw.order(steps, distances), 1.0, TOLERANCE));
        measurements.add(Measurement.reported(
                "double well in 1-D: W₂ to Fokker–Planck at τ = " + text(steps[steps.length - 1]),
                distances[steps.length - 1]));
        measurements.add(Measurement.reported("double well in 1-D: most Newton iterations of a step", iterations));
        errors.points("double well, 1-D quantiles", steps, distances);
        return drawDensities(flow, schemes.get(1), context);
    }

    /** JKO with τ = 0.1 beside the flow at four times. */
    private static Picture drawDensities(Evolution flow, JkoFlow scheme, RunContext context) throws IOException {
        List<XyPanel> panels = new ArrayList<>();
        Density steady = Density.gibbs(flow.last().grid(), WELL, HALF);
        for (int k : new int[] {0, 1, 3, 10}) {
            double time = k * scheme.stepSize();
            Density exact = flow.densities()
                    .get((int) Math.round(time * (flow.densities().size() - 1)));
            XyPanel panel = XyPanel.titled("t = " + text(time))
                    .xAxis("x")
                    .yAxis("ρ")
                    .xRange(-2, 2)
                    .line("Fokker–Planck", centres(exact), exact.values())
                    .line(
                            "JKO, τ = 0.1",
                            centres(scheme.densities().get(k)),
                            scheme.densities().get(k).values())
                    .line("e^(−βΦ)/Z", centres(steady), steady.values());
            panels.add(panel);
        }
        Figure.titled("Corollary 8 in one dimension: Φ = (x² − 1)²/4, β = 2, from N(−0.4, 0.25²)")
                .row(panels.get(0), panels.get(1))
                .row(panels.get(2), panels.get(3))
                .panelSize(500, 330)
                .writeTo(context.out().resolve("densities.png"));
        return new Picture(
                "densities.png",
                "The double well in one dimension at t = 0, 0.1, 0.3 and 1: the Fokker–Planck flow, and the JKO scheme with"
                        + " steps of 0.1, ten of them to t = 1, which lags behind a little.");
    }

    private static double[] centres(Density density) {
        Axis axis = density.grid().axis(0);
        double[] x = new double[axis.cells()];
        Arrays.setAll(x, axis::centre);
        return x;
    }

    private static Picture doubleWellInThePlane(
            RunContext context, XyPanel errors, XyPanel functional, List<Measurement> measurements) throws IOException {
        int cells = context.effort().choose(40, 64, 96);
        Grid grid = Grid.square(-3.2, 3.2, cells);
        double width = 6.4 / cells;
        // As small as the grid allows.
        double epsilon = 2.0 * width * width;
        Density start = Density.gaussian(grid, new double[] {1.0, -1.0}, 0.4);
        Potential potential = new DoubleWell(0).potential();
        double[] steps = PowerLaw.halvings(0.2, context.effort().choose(3, 3, 4));
        double shortest = steps[steps.length - 1];
        int count = context.effort().choose(200, 400, 800);
        Evolution flow = FokkerPlanck.of(new DoubleWell(0).sde(ONE), grid, Boundary.REFLECTING)
                .evolve(start, 1.0 / count, count);
        Evolution rotating = FokkerPlanck.of(new DoubleWell(1.5).sde(ONE), grid, Boundary.REFLECTING)
                .evolve(start, 1.0 / count, count);

        double minimum = minimum(grid, potential, ONE);
        functional.line("Fokker–Planck", array(flow.times()), aboveMinimum(functionals(flow, potential), minimum));
        Sinkhorn distance = Sinkhorn.withEpsilon(4.0 * epsilon);
        double[] distances = new double[steps.length];
        List<JkoFlow> schemes = new ArrayList<>();
        int increases = 0;
        int total = 0;
        try (ProgressReporter.Task task = context.progress().start("corollary-8, entropic JKO", steps.length)) {
            for (int i = 0; i < steps.length; i++) {
                JkoFlow scheme = EntropicJko.of(potential, ONE, epsilon)
                        .evolve(start, steps[i], (int) Math.round(1.0 / steps[i]));
                schemes.add(scheme);
                distances[i] = distance.between(scheme.last(), flow.last()).distance();
                increases += scheme.increases();
                total += scheme.steps().size();
                task.advanceTo(i + 1L);
            }
        }
        for (int i : new int[] {0, steps.length - 1}) {
            functional.points(
                    "entropic JKO, τ = " + text(steps[i]),
                    array(schemes.get(i).times()),
                    aboveMinimum(schemes.get(i).functionals(), minimum));
        }
        errors.points("double well, 2-D entropic", steps, distances);
        Density last = schemes.get(steps.length - 1).last();
        measurements.add(Measurement.near(
                "double well in 2-D, " + cells + "² cells, ε = " + text(epsilon) + ": order of W₂ in τ",
                PowerLaw.order(steps, distances),
                1.0,
                TOLERANCE));
        measurements.add(Measurement.near(
                        "double well in 2-D: entropic JKO steps at which F increases, of " + total, increases, 0, 0)
                .in("steps"));
        double reached = distances[steps.length - 1];
        measurements.add(
                Measurement.reported("double well in 2-D: W₂ to Fokker–Planck at τ = " + text(shortest), reached));
        measurements.add(Measurement.reported(
                "double well in 2-D: most entropic iterations of a step",
                schemes.stream()
                        .flatMap(scheme -> scheme.steps().stream())
                        .mapToInt(step -> step.iterations())
                        .max()
                        .orElseThrow()));
        double parted = distance.between(last, rotating.last()).distance();
        measurements.add(Measurement.atLeast(
                "control, Example 19 with λ = 1.5 (D = I, j ≠ 0): W₂ of its flow to JKO, in units of that without j",
                parted / reached,
                10));
        return drawMaps(flow.last(), last, rotating.last(), shortest, context);
    }

    private static Picture drawMaps(Density flow, Density scheme, Density rotating, double stepSize, RunContext context)
            throws IOException {
        double high = Math.max(flow.value(flow.mode()), rotating.value(rotating.mode()));
        Figure.titled("Corollary 8 in two dimensions, t = 1: Φ of Example 19, D = I, β = 1")
                .row(
                        FieldPanel.titled("Fokker–Planck, b = −∇Φ", flow.grid()).heatMap(flow, "ρ(x)", high),
                        FieldPanel.titled("entropic JKO, τ = " + text(stepSize), flow.grid())
                                .heatMap(scheme, "ρ(x)", high),
                        FieldPanel.titled("Control: Fokker–Planck, b = −∇Φ + j, λ = 1.5", flow.grid())
                                .heatMap(rotating, "ρ(x)", high))
                .writeTo(context.out().resolve("maps.png"));
        return new Picture(
                "maps.png",
                "The densities at t = 1 from a Gaussian at (1, −1). Left and middle: the Fokker–Planck flow of −∇Φ and the"
                        + " entropic JKO scheme, which agree. Right: with the rotation of Example 19 the flow has the same"
                        + " Φ, D and steady state, but goes another way.");
    }

    /** Φ = (x₁² + 3x₂²)/2, β = 2: the exact scheme maps Gaussians to Gaussians, axis by axis. */
    private static void entropicBias(RunContext context, XyPanel panel, List<Measurement> measurements) {
        double tau = 0.1;
        int count = 10;
        double[] stiffness = {1.0, 3.0};
        double[] mean = {1.0, -0.8};
        double[] deviation = {0.5, 0.5};
        int cells = context.effort().choose(40, 72, 108);
        double[] epsilons = PowerLaw.halvings(0.32, context.effort().choose(3, 4, 5));
        Grid grid = Grid.square(-4, 4, cells);
        Density start = Density.gaussian(grid, mean, 0.5);
        for (int a = 0; a < 2; a++) {
            double k = stiffness[a];
            for (int n = 0; n < count; n++) {
                double s = deviation[a];
                mean[a] /= 1 + tau * k;
                deviation[a] = (s + Math.sqrt(s * s + 4 * tau * (1 + tau * k) * HALF.value())) / (2 * (1 + tau * k));
            }
        }
        RealMatrix covariance = MatrixUtils.createRealDiagonalMatrix(
                new double[] {deviation[0] * deviation[0], deviation[1] * deviation[1]});
        ScalarField potential = x -> 0.5 * (x[0] * x[0] + 3.0 * x[1] * x[1]);
        double[] corrected = new double[epsilons.length];
        double[] plain = new double[epsilons.length];
        for (int i = 0; i < epsilons.length; i++) {
            EntropicJko scheme = EntropicJko.of(potential, HALF, epsilons[i]);
            Density last = scheme.evolve(start, tau, count).last();
            corrected[i] = Wasserstein.betweenGaussians(last.mean(), last.covariance(), mean, covariance);
            last = scheme.withoutCorrection().evolve(start, tau, count).last();
            plain[i] = Wasserstein.betweenGaussians(last.mean(), last.covariance(), mean, covariance);
            measurements.add(Measurement.reported(
                    "Gaussian in 2-D: bias of entropic JKO in W₂, ε = " + text(epsilons[i]), corrected[i]));
            measurements.add(
                    Measurement.reported("Gaussian in 2-D: the same without correction of the temperature", plain[i]));
        }
        measurements.add(Measurement.near(
                "Gaussian in 2-D: order of the bias in ε", PowerLaw.order(epsilons, corrected), 2.0, 2 * TOLERANCE));
        measurements.add(Measurement.near(
                "Gaussian in 2-D: order of the bias in ε without correction",
                PowerLaw.order(epsilons, plain),
                1.0,
                TOLERANCE));
        panel.points("temperature corrected by ε/(4τ)", epsilons, corrected);
        panel.points("not corrected (Peyré 2015)", epsilons, plain);
    }

    /** Lemma 6 says Φ = f for D = cI. With b = −∇f it is f/c. */
    private static void scaledDiffusion(List<Measurement> measurements) {
        Grid grid = Grid.of(Axis.uniform(-4, 4, 400));
        Sde sde = Sde.ito((x, out) -> out[0] = -x[0] * (x[0] * x[0] - 1), Diffusion.isotropic(1, 2.0), HALF);
        Density steady =
                FokkerPlanck.of(sde, grid, Boundary.REFLECTING).steadyState().density();
        measurements.add(Measurement.atMost(
                "D = 2, b = −f′: L¹ distance of ρˢˢ to e^(−βf/2)/Z",
                steady.l1Distance(Density.gibbs(grid, x -> 0.5 * WELL.at(x), HALF)),
                1e-4));
        measurements.add(Measurement.atLeast(
                "D = 2, b = −f′: L¹ distance of ρˢˢ to e^(−βf)/Z, the Φ = f of Lemma 6",
                steady.l1Distance(Density.gibbs(grid, WELL, HALF)),
                0.1));
    }
}
