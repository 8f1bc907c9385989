package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.special.Erf;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.sde.Diffusion;
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
import org.langevin4j.models.analytic.TwistedWell;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.FreeEnergyTrace;
import org.langevin4j.solvers.fokkerplanck.Integrator;

/** Theorem 5 of Chaudhari and Soatto (2018): the free energy never increases along the Fokker–Planck flow. */
public final class Theorem5 implements Example {

    private static final Temperature TEMPERATURE = Temperature.of(1.0);
    private static final double HALF_WIDTH = 3.0;
    private static final double STEP = 0.05;
    private static final int STEPS = 200;

    /** Steps along the flows of every kind of D. */
    private static final int KIND_STEPS = 120;

    @Override
    public String name() {
        return "theorem-5";
    }

    @Override
    public String summary() {
        return "F(ρ(t)) = β⁻¹KL(ρ‖ρˢˢ) falls at every step for every kind of D, with and without j; dF/dt in three ways";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        DoubleWell model = new DoubleWell(1.5);
        List<Measurement> measurements = new ArrayList<>();
        measureOrder(model, context, measurements);

        Grid grid = Grid.square(-HALF_WIDTH, HALF_WIDTH, context.effort().choose(128, 256, 512));
        FokkerPlanck fp = FokkerPlanck.of(model.sde(TEMPERATURE), grid, Boundary.REFLECTING);
        Density steady = fp.steadyState().density();
        List<Start> starts = List.of(
                new Start("narrow, beside a well", Density.gaussian(grid, new double[] {1.5, 1.5}, 0.2)),
                new Start("wide, between the wells", Density.gaussian(grid, new double[] {0.0, -1.0}, 1.2)));
        double logZ = logPartitionFunction();
        List<Trace> traces = new ArrayList<>();
        for (Start start : starts) {
            Evolution flow = fp.evolve(start.density(), STEP, STEPS);
            Trace trace = new Trace(start.name(), flow, flow.freeEnergyRelativeTo(steady));
            traces.add(trace);
            measure(trace, model, logZ, measurements);
        }
        draw(traces, context);
        drawCurrents(fp, traces.get(0).flow(), steady, context);
        List<KindResult> kinds = new ArrayList<>();
        for (Kind kind : kinds()) {
            kinds.add(measure(kind, context, measurements));
        }
        drawKinds(kinds, context);
        return new ExampleResult(
                name(),
                "F(ρ) = β⁻¹KL(ρ‖ρˢˢ) decreases at every one of " + STEPS
                        + " implicit steps, whatever the start, and splits into E[Φ] − β⁻¹H(ρ) up to the constant"
                        + " β⁻¹ log Z; Φ is that of Example 19, λ = 1.5, not the loss. So it does for D isotropic,"
                        + " anisotropic, state-dependent and singular, and dF/dt is −∫ρ D:(∇δF/δρ)(∇δF/δρ)ᵀ. The conservative"
                        + " force j adds nothing to dF/dt at a given ρ; as it changes ρ(t), it does change the later F.",
                "Chaudhari and Soatto (2018), Theorem 5, eqs. (10) and (11)",
                context.seed().value(),
                measurements,
                List.of(
                        new Picture(
                                "free-energy.png",
                                "The free energy F(ρ(t)) from two starts, on a logarithmic scale: it falls at every step."),
                        new Picture(
                                "parts.png",
                                "Its energetic part E[Φ], its entropic part −β⁻¹H and their sum plus β⁻¹ log Z: either part"
                                        + " may rise for a while, F never does."),
                        new Picture(
                                "current.png",
                                "The density at four times and the probability current as arrows, the longest of each panel"
                                        + " equally long: first down the gradient of Φ and to both sides, in the end round and"
                                        + " round."),
                        new Picture(
                                "kinds.png",
                                "F(ρ(t)) for four kinds of D, with the conservative force j and without: both fall from the"
                                        + " same start at the same rate, then ρ(t) differs. With D of rank one and no j there is"
                                        + " no way to the steady state, and F stays above zero."),
                        new Picture(
                                "rates.png",
                                "−dF/dt along the flows with j in three ways: of the Markov process on the grid, by the formula"
                                        + " of Theorem 5, by differences of F in time.")));
    }

    private record Start(String name, Density density) {}

    private record Trace(String name, Evolution flow, FreeEnergyTrace freeEnergy) {

        double[] times() {
            return freeEnergy.times().stream().mapToDouble(Double::doubleValue).toArray();
        }

        double[] of(ToDoubleFunction<FreeEnergy> part) {
            return freeEnergy.values().stream().mapToDouble(part).toArray();
        }
    }

    private static void measure(Trace trace, DoubleWell model, double logZ, List<Measurement> measurements) {
        String from = trace.name() + ": ";
        measurements.add(Measurement.near(
                        from + "steps at which F increases, of " + STEPS,
                        trace.freeEnergy().increases(),
                        0,
                        0)
                .in("steps"));
        measurements.add(
                Measurement.atMost(from + "largest change of mass", trace.flow().massError(), 1e-12));
        double lowest = Double.POSITIVE_INFINITY;
        double split = 0.0;
        for (int n = 0; n <= STEPS; n++) {
            Density density = trace.flow().densities().get(n);
            for (double value : density.values()) {
                lowest = Math.min(lowest, value);
            }
            double parts = density.expectation(model.potential()) - TEMPERATURE.value() * density.entropy();
            double whole = trace.freeEnergy().values().get(n).total();
            split = Math.max(split, Math.abs(parts + TEMPERATURE.value() * logZ - whole));
        }
        measurements.add(Measurement.atLeast(from + "lowest density, positive", lowest, Double.MIN_VALUE));
        measurements.add(
                Measurement.atMost(from + "largest |E[Φ] − β⁻¹H + β⁻¹ log Z − F|, closed-form Φ and Z", split, 1e-3));
        measurements.add(Measurement.reported(
                        from + "F at t = 0", trace.freeEnergy().values().get(0).total())
                .in("nats"));
        measurements.add(Measurement.reported(
                        from + "F at t = 10",
                        trace.freeEnergy().values().get(STEPS).total())
                .in("nats"));
    }

    /** The steady state, three grids, each twice as fine: errors to e^(−Φ)/Z fall by four. */
    private static void measureOrder(DoubleWell model, RunContext context, List<Measurement> measurements) {
        int coarsest = context.effort().choose(64, 128, 128);
        double[] errors = new double[3];
        for (int i = 0; i < errors.length; i++) {
            Grid grid = Grid.square(-HALF_WIDTH, HALF_WIDTH, coarsest << i);
            Density steady = FokkerPlanck.of(model.sde(TEMPERATURE), grid, Boundary.REFLECTING)
                    .steadyState()
                    .density();
            errors[i] = steady.l1Distance(Density.gibbs(grid, model.potential(), TEMPERATURE));
            String cells = (coarsest << i) + "² cells";
            measurements.add(
                    coarsest << i >= 256
                            ? Measurement.atMost("L¹ error of ρˢˢ on " + cells, errors[i], 1e-4)
                            : Measurement.reported("L¹ error of ρˢˢ on " + cells, errors[i]));
            if (i > 0) {
                measurements.add(Measurement.atLeast(
                        "factor by which " + cells + " improve on half as many a side",
                        errors[i - 1] / errors[i],
                        3.6));
            }
        }
    }

    /** log ∫e^(−Φ) over the square: Φ is a sum over the coordinates, so that Z is a product of two integrals. */
    private static double logPartitionFunction() {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(120, -HALF_WIDTH, HALF_WIDTH);
        double first = rule.integrate(x -> Math.exp(-0.25 * (x * x - 1) * (x * x - 1)));
        double second = Math.sqrt(2 * Math.PI) * Erf.erf(HALF_WIDTH / Math.sqrt(2.0));
        return Math.log(first * second);
    }

    private static void draw(List<Trace> traces, RunContext context) throws IOException {
        XyPanel total = XyPanel.titled("").xAxis("t").yAxis("F(ρ(t))").logY();
        List<XyPanel> parts = new ArrayList<>();
        for (Trace trace : traces) {
            total.line(trace.name(), trace.times(), trace.of(FreeEnergy::total));
            parts.add(XyPanel.titled("Start " + trace.name())
                    .xAxis("t")
                    .yAxis("nats")
                    .line("F", trace.times(), trace.of(FreeEnergy::total))
                    .line("E[Φ]", trace.times(), trace.of(FreeEnergy::energetic))
                    .line("−β⁻¹H(ρ)", trace.times(), trace.of(FreeEnergy::entropic)));
        }
        Figure.titled("Theorem 5: the free energy along the Fokker–Planck flow, Example 19, λ = 1.5")
                .row(total)
                .panelSize(760, 440)
                .writeTo(context.out().resolve("free-energy.png"));
        Figure.titled("F = E[Φ] − β⁻¹H, with Φ = −β⁻¹ log ρˢˢ (eq. 11)")
                .row(parts.toArray(new XyPanel[0]))
                .writeTo(context.out().resolve("parts.png"));
    }

    /**
     * A system (Φ, D, Q), all with the same Φ.
     *
     * @param order of the discretisation in the width of the cells: where D is singular the rotation must be upwinded
     */
    private record Kind(String name, Decomposition system, int order) {

        Decomposition withoutForce() {
            return new Decomposition(system.potential(), system.diffusion(), AntisymmetricField.zero(2));
        }
    }

    private static List<Kind> kinds() {
        DoubleWell model = new DoubleWell(1.5);
        RealMatrix oblique = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.4}, {0.4, 0.6}});
        RealMatrix line = MatrixUtils.createRealMatrix(new double[][] {{0.8, 0.4}, {0.4, 0.2}});
        AntisymmetricField rotation =
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, 1.5}, {-1.5, 0}}));
        return List.of(
                new Kind("D isotropic", model.decomposition(TEMPERATURE).orElseThrow(), 2),
                new Kind(
                        "D constant, correlated",
                        new Decomposition(model.potential(), Diffusion.constant(oblique), rotation),
                        2),
                new Kind("D(x)", new TwistedWell(2.0).decomposition(TEMPERATURE).orElseThrow(), 2),
                new Kind("D of rank one", new Decomposition(model.potential(), Diffusion.constant(line), rotation), 1));
    }

    /** The flows of one kind, with j and without, and dF/dt along the one with j. */
    private record KindResult(
            Kind kind, FreeEnergyTrace with, FreeEnergyTrace without, FreeEnergyTrace fine, List<Double> byFormula) {}

    private static KindResult measure(Kind kind, RunContext context, List<Measurement> measurements) {
        int cells = context.effort().choose(48, 96, 160);
        Grid grid = Grid.square(-HALF_WIDTH, HALF_WIDTH, cells);
        Region box = Region.of(grid, Boundary.REFLECTING);
        // The exact steady state of both, also where it is not the only one.
        Density steady = Density.gibbs(grid, kind.system().potential(), TEMPERATURE);
        Density start = start(grid);
        FokkerPlanck with = FokkerPlanck.of(kind.system(), TEMPERATURE, box);
        FokkerPlanck without = FokkerPlanck.of(kind.withoutForce(), TEMPERATURE, box);
        Evolution flow = with.evolve(start, STEP, KIND_STEPS);
        Evolution still = without.evolve(start, STEP, KIND_STEPS);
        FreeEnergyTrace trace = flow.freeEnergyRelativeTo(steady);
        FreeEnergyTrace stillTrace = still.freeEnergyRelativeTo(steady);
        String of = kind.name() + ": ";
        measurements.add(Measurement.near(
                        of + "steps at which F increases, of " + KIND_STEPS + " with j and as many without",
                        trace.increases() + stillTrace.increases(),
                        0,
                        0)
                .in("steps"));
        measurements.add(Measurement.atMost(
                of + "largest change of mass", Math.max(flow.massError(), still.massError()), 1e-12));
        compareAtTheSameDensity(kind, cells, measurements);
        measurements.add(Measurement.reported(
                        of + "F at t = 0, with j and without",
                        trace.values().get(0).total())
                .in("nats"));
        measurements.add(Measurement.reported(
                        of + "F at t = 1 with j", trace.values().get(20).total())
                .in("nats"));
        measurements.add(Measurement.reported(
                        of + "F at t = 1 without j", stillTrace.values().get(20).total())
                .in("nats"));
        measurements.add(Measurement.reported(
                        of + "F at t = 6 with j", trace.values().get(KIND_STEPS).total())
                .in("nats"));
        measurements.add(Measurement.reported(
                        of + "F at t = 6 without j",
                        stillTrace.values().get(KIND_STEPS).total())
                .in("nats"));

        double[] times = new double[KIND_STEPS];
        for (int n = 0; n < times.length; n++) {
            times[n] = (n + 1) * STEP;
        }
        Evolution fine = with.evolve(start, times, Integrator.adaptive(1e-3));
        FreeEnergyTrace fineTrace = fine.freeEnergyRelativeTo(steady);
        List<Double> byFormula = fine.densities().stream()
                .map(density -> FreeEnergy.rate(density, steady, kind.system().diffusion(), TEMPERATURE))
                .toList();
        compareRates(kind, fineTrace, byFormula, cells, measurements);
        return new KindResult(kind, trace, stillTrace, fineTrace, byFormula);
    }

    private static Density start(Grid grid) {
        return Density.gaussian(grid, new double[] {1.0, 1.0}, 0.4);
    }

    /** dF/dt with j and without at one and the same ρ, on two grids: the difference is that of the discretisation. */
    private static void compareAtTheSameDensity(Kind kind, int cells, List<Measurement> measurements) {
        double[] differences = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.square(-HALF_WIDTH, HALF_WIDTH, cells << i);
            Region box = Region.of(grid, Boundary.REFLECTING);
            Density steady = Density.gibbs(grid, kind.system().potential(), TEMPERATURE);
            double with = FokkerPlanck.of(kind.system(), TEMPERATURE, box).freeEnergyRate(start(grid), steady);
            double without =
                    FokkerPlanck.of(kind.withoutForce(), TEMPERATURE, box).freeEnergyRate(start(grid), steady);
            differences[i] = Math.abs(with / without - 1.0);
        }
        measurements.add(Measurement.atMost(
                kind.name() + ": dF/dt of the start, part that j makes on " + (cells << 1) + "² cells",
                differences[1],
                kind.order() == 2 ? 20.0 / ((double) cells * cells) : 6.0 / cells));
        measurements.add(Measurement.atLeast(
                kind.name() + ": factor by which that part shrinks when the cells are halved",
                differences[0] / differences[1],
                kind.order() == 2 ? 3.5 : 1.75));
    }

    /** dF/dt from t = 0.25 to 4, where the fourth-order differences of F in time are accurate. */
    private static void compareRates(
            Kind kind, FreeEnergyTrace trace, List<Double> byFormula, int cells, List<Measurement> measurements) {
        String of = kind.name() + ": ";
        double formula = 0.0;
        double difference = 0.0;
        for (int n = 5; n <= 80; n++) {
            double rate = trace.rates().get(n);
            formula = Math.max(formula, Math.abs(byFormula.get(n) / rate - 1.0));
            difference = Math.max(difference, Math.abs(slope(trace, n) / rate - 1.0));
        }
        measurements.add(Measurement.atMost(
                of + "largest relative difference of dF/dt by the formula of Theorem 5, t from 0.25 to 4",
                formula,
                kind.order() == 2 ? 60.0 / ((double) cells * cells) : 16.0 / cells));
        measurements.add(Measurement.atMost(
                of + "largest relative difference of dF/dt by differences of F in time, t from 0.25 to 4",
                difference,
                0.01));
    }

    private static double slope(FreeEnergyTrace trace, int n) {
        if (n < 2 || n + 2 >= trace.values().size()) {
            return Double.NaN;
        }
        return (8.0
                                * (trace.values().get(n + 1).total()
                                        - trace.values().get(n - 1).total())
                        - (trace.values().get(n + 2).total()
                                - trace.values().get(n - 2).total()))
                / (12.0 * STEP);
    }

    private static void drawKinds(List<KindResult> kinds, RunContext context) throws IOException {
        List<XyPanel> energies = new ArrayList<>();
        List<XyPanel> rates = new ArrayList<>();
        for (KindResult result : kinds) {
            double[] times = result.with().times().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            energies.add(XyPanel.titled(result.kind().name())
                    .xAxis("t")
                    .yAxis("F(ρ(t))")
                    .logY()
                    .yRange(1e-4, 10)
                    .line("with j", times, totals(result.with()))
                    .line("without j", times, totals(result.without())));
            // The two kinds of markers take turns, so that both are seen.
            int every = 8;
            int count = KIND_STEPS / every - 1;
            double[][] formula = new double[2][count];
            double[][] differences = new double[2][count];
            for (int k = 0; k < count; k++) {
                int n = every * k + 3;
                formula[0][k] = times[n];
                formula[1][k] = -result.byFormula().get(n);
                n += every / 2;
                differences[0][k] = times[n];
                differences[1][k] = -slope(result.fine(), n);
            }
            rates.add(XyPanel.titled(result.kind().name())
                    .xAxis("t")
                    .yAxis("−dF/dt")
                    .logY()
                    .yRange(1e-4, 100)
                    .line(
                            "Markov process",
                            times,
                            result.fine().rates().stream()
                                    .mapToDouble(rate -> -rate)
                                    .toArray())
                    .points("formula", formula[0], formula[1])
                    .points("ΔF/Δt", differences[0], differences[1]));
        }
        Figure.titled("F(ρ(t)) with and without the conservative force j, Φ a double well, β = 1")
                .row(energies.get(0), energies.get(1))
                .row(energies.get(2), energies.get(3))
                .panelSize(520, 360)
                .writeTo(context.out().resolve("kinds.png"));
        Figure.titled("−dF/dt in three ways (Theorem 5)")
                .row(rates.get(0), rates.get(1))
                .row(rates.get(2), rates.get(3))
                .panelSize(520, 360)
                .writeTo(context.out().resolve("rates.png"));
    }

    private static double[] totals(FreeEnergyTrace trace) {
        return trace.values().stream().mapToDouble(FreeEnergy::total).toArray();
    }

    private static void drawCurrents(FokkerPlanck fp, Evolution flow, Density steady, RunContext context)
            throws IOException {
        List<FieldPanel> panels = new ArrayList<>();
        for (int step : new int[] {2, 8, 30}) {
            String title = String.format(Locale.ROOT, "t = %.1f", step * STEP);
            panels.add(panel(title, fp, flow.densities().get(step)));
        }
        panels.add(panel("Steady state", fp, steady));
        Figure.titled("Density and probability current J, Example 19, λ = 1.5")
                .row(panels.get(0), panels.get(1))
                .row(panels.get(2), panels.get(3))
                .writeTo(context.out().resolve("current.png"));
    }

    private static FieldPanel panel(String title, FokkerPlanck fp, Density density) {
        return FieldPanel.titled(title, fp.grid()).heatMap(density, "ρ(x)").arrows("J", fp.current(density));
    }
}
