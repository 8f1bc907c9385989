package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.special.Erf;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.chart.Figure;
import org.langevin4j.examples.chart.XyPanel;
import org.langevin4j.examples.report.ExampleResult;
import org.langevin4j.examples.report.Measurement;
import org.langevin4j.examples.report.Picture;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.FreeEnergyTrace;

/** Theorem 5 of Chaudhari and Soatto (2018): the free energy never increases along the Fokker–Planck flow. */
public final class Theorem5 implements Example {

    private static final Temperature TEMPERATURE = Temperature.of(1.0);
    private static final double HALF_WIDTH = 3.0;
    private static final double STEP = 0.05;
    private static final int STEPS = 200;

    /**
     * Runs the example on its own.
     *
     * @param args options, see {@code --help}
     */
    public static void main(String[] args) {
        Mains.run(new Theorem5(), args);
    }

    @Override
    public String name() {
        return "theorem-5";
    }

    @Override
    public String summary() {
        return "F(ρ(t)) = β⁻¹KL(ρ‖ρˢˢ) decreases at every step from two starts; its energetic and entropic parts";
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
        return new ExampleResult(
                name(),
                "F(ρ) = β⁻¹KL(ρ‖ρˢˢ) decreases at every one of " + STEPS
                        + " implicit steps, whatever the start, and splits into E[Φ] − β⁻¹H(ρ) up to the constant"
                        + " β⁻¹ log Z; Φ is that of Example 19, λ = 1.5, not the loss.",
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
                                        + " may rise for a while, F never does.")));
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
                0,
                "steps"));
        measurements.add(
                Measurement.atMost(from + "largest change of mass", trace.flow().massError(), 1e-12, ""));
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
        measurements.add(Measurement.atLeast(from + "lowest density, positive", lowest, Double.MIN_VALUE, ""));
        measurements.add(Measurement.atMost(
                from + "largest |E[Φ] − β⁻¹H + β⁻¹ log Z − F|, closed-form Φ and Z", split, 1e-3, ""));
        measurements.add(Measurement.reported(
                from + "F at t = 0", trace.freeEnergy().values().get(0).total(), "nats"));
        measurements.add(Measurement.reported(
                from + "F at t = 10", trace.freeEnergy().values().get(STEPS).total(), "nats"));
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
                            ? Measurement.atMost("L¹ error of ρˢˢ on " + cells, errors[i], 1e-4, "")
                            : Measurement.reported("L¹ error of ρˢˢ on " + cells, errors[i], ""));
            if (i > 0) {
                measurements.add(Measurement.atLeast(
                        "factor by which " + cells + " improve on half as many a side",
                        errors[i - 1] / errors[i],
                        3.6,
                        ""));
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
}
