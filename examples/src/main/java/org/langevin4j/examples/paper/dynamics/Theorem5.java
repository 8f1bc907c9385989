package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.ABSTRACT_INFERENCE;
import static org.langevin4j.examples.experiment.Statement.THEOREM_5;
import static org.langevin4j.examples.experiment.Statement.THEOREM_5_SPLIT;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.order;

import java.io.IOException;
import java.util.Locale;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.special.Erf;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.GaussLegendre;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.FreeEnergyTrace;
import org.langevin4j.solvers.fokkerplanck.Integrator;

/** Theorem 5: the free energy falls along the Fokker–Planck flow, to zero, and is E[Φ] − β⁻¹H(ρ) but for a constant. */
public final class Theorem5 implements Experiment {

    private static final Temperature ONE = Temperature.of(1.0);

    private static final double STEP = 0.05;

    private static final int STEPS = 200;

    @Override
    public String name() {
        return "theorem-5";
    }

    @Override
    public String summary() {
        return "F(ρ(t)) = β⁻¹KL(ρ‖ρˢˢ) falls to zero for every kind of D, with and without j, at the rate of the theorem";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        split(sheet);
        decay(sheet);
        GaussianFlow.run(sheet);
        KindsOfNoise.run(sheet);
        EquationA3.run(sheet, KindsOfNoise.kinds().get(2));
    }

    /** The flow of Example 19 given as (f, D): ρˢˢ is that of the grid, Φ and Z are in closed form. */
    private static void split(Sheet sheet) throws IOException {
        DoubleWell model = new DoubleWell(1.5);
        int cells = sheet.choose(96, 192, 384);
        double width = 2.0 * FallingFreeEnergy.HALF_WIDTH / cells;
        Grid grid = Grid.square(-FallingFreeEnergy.HALF_WIDTH, FallingFreeEnergy.HALF_WIDTH, cells);
        FokkerPlanck equation = FokkerPlanck.of(model.sde(ONE), grid, Boundary.REFLECTING);
        Density steady = equation.steadyState().density();
        double logZ = logPartitionFunction();
        XyPanel total = XyPanel.titled("F(ρ(t))").xAxis("t").yAxis("nats").logY();
        XyPanel[] panels = {total, total, total};
        String[] names = {"narrow, beside a well", "wide, between the wells"};
        Density[] starts = {
            Density.gaussian(grid, new double[] {1.5, 1.5}, 0.2), Density.gaussian(grid, new double[] {0.0, -1.0}, 1.2)
        };
        for (int k = 0; k < 2; k++) {
            Evolution flow = equation.evolve(starts[k], STEP, STEPS);
            FreeEnergyTrace trace = flow.freeEnergyRelativeTo(steady);
            FallingFreeEnergy.consistency(sheet, names[k], flow, trace);
            double split = 0.0;
            double parts = Double.NaN;
            for (int n = 0; n <= STEPS; n++) {
                Density density = flow.densities().get(n);
                parts = density.expectation(model.potential()) - density.entropy();
                split = Math.max(
                        split, Math.abs(parts + logZ - trace.values().get(n).total()));
            }
            var exact = closedForm("Φ and Z of Example 19");
            sheet.holds(THEOREM_5_SPLIT, "the flow of Example 19 given as (f, D), the constant being β⁻¹ log Z")
                    .measure(names[k] + ": largest |E[Φ] − β⁻¹H + β⁻¹ log Z − F|, t ≤ 10", split)
                    .in("nats")
                    .atMost(order(2, width, 0.1).size(), none(), exact);
            sheet.holds(
                            ABSTRACT_INFERENCE,
                            "the SDE of Lemma 2 with a unique ρˢˢ, where E[Φ] − β⁻¹H(ρ) falls to −β⁻¹ log Z")
                    .measure(names[k] + ": E[Φ] − β⁻¹H at t = 10", parts)
                    .in("nats")
                    .near(-logZ, order(2, width, 0.1), exact);
            double[] times = FallingFreeEnergy.times(trace);
            total.line(names[k], times, FallingFreeEnergy.array(trace, FreeEnergy::total));
            panels[k + 1] = XyPanel.titled("Start " + names[k])
                    .xAxis("t")
                    .yAxis("nats")
                    .line("F", times, FallingFreeEnergy.array(trace, FreeEnergy::total))
                    .line("E[Φ]", times, FallingFreeEnergy.array(trace, FreeEnergy::energetic))
                    .line("−β⁻¹H(ρ)", times, FallingFreeEnergy.array(trace, FreeEnergy::entropic));
            if (k == 0) {
                drawCurrents(sheet, equation, flow, steady);
            }
        }
        sheet.figure(
                "free-energy",
                "Left: the free energy from two starts, on a logarithmic scale: it falls at every step. Middle and right: its energetic part"
                        + " E[Φ] and its entropic part −β⁻¹H, for Φ = −β⁻¹ log ρˢˢ: either may rise for a while, F never does.",
                Figure.titled("Theorem 5: the free energy along the Fokker–Planck flow, Example 19, λ = 1.5")
                        .row(panels)
                        .panelSize(420, 380),
                THEOREM_5,
                THEOREM_5_SPLIT,
                ABSTRACT_INFERENCE);
    }

    /** log ∫e^(−Φ) over the square: Φ is a sum over the coordinates, so that Z is a product of two integrals. */
    private static double logPartitionFunction() {
        GaussIntegrator rule = GaussLegendre.rule(120, -FallingFreeEnergy.HALF_WIDTH, FallingFreeEnergy.HALF_WIDTH);
        double first = rule.integrate(x -> Math.exp(-0.25 * (x * x - 1) * (x * x - 1)));
        double second = Math.sqrt(2 * Math.PI) * Erf.erf(FallingFreeEnergy.HALF_WIDTH / Math.sqrt(2.0));
        return Math.log(first * second);
    }

    /** In one dimension F is left with the slowest mode, which decays twice as fast as ρ. */
    private static void decay(Sheet sheet) {
        double[] slopes = new double[3];
        for (int k = 0; k < 3; k++) {
            Grid grid = Grid.of(Axis.uniform(-4.0, 4.0, 64 << k));
            FokkerPlanck equation = FokkerPlanck.of(
                    Sde.ito((x, out) -> out[0] = x[0] - x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), ONE),
                    grid,
                    Boundary.REFLECTING);
            Density start = Density.gaussian(grid, new double[] {1.0}, 1.0);
            double[] f = FallingFreeEnergy.array(
                    equation.evolve(start, new double[] {7.0, 8.0}, Integrator.adaptive(1e-6))
                            .freeEnergyRelativeTo(equation.steadyState().density()),
                    FreeEnergy::total);
            slopes[k] = Math.log(f[f.length - 2] / f[f.length - 1]);
        }
        Limit.of(2, slopes[0], slopes[1], slopes[2])
                .on(
                        sheet.holds(THEOREM_5, FallingFreeEnergy.FALLS),
                        "double well in one dimension: −d log F/dt, t from 7 to 8")
                .in("1/time")
                .near(
                        2.0 * 0.7920884265794528,
                        estimatedErrors(2).plus(1e-4, "time steps, and F beyond second order in ρ − ρˢˢ"),
                        independent("twice the first eigenvalue, oscillator basis with mpmath"));
    }

    private static void drawCurrents(Sheet sheet, FokkerPlanck equation, Evolution flow, Density steady)
            throws IOException {
        FieldPanel[] panels = new FieldPanel[4];
        int[] steps = {2, 8, 30};
        for (int k = 0; k < 4; k++) {
            Density density = k < 3 ? flow.densities().get(steps[k]) : steady;
            String title = k < 3 ? String.format(Locale.ROOT, "t = %.1f", steps[k] * STEP) : "Steady state";
            panels[k] = FieldPanel.titled(title, equation.grid())
                    .heatMap(density, "ρ(x)")
                    .arrows("J", equation.current(density));
        }
        sheet.figure(
                "current",
                "The density at four times and the probability current as arrows, the longest of each panel equally long: first"
                        + " down the gradient of Φ and to both sides, in the end round and round.",
                Figure.titled("Density and probability current J, Example 19, λ = 1.5")
                        .row(panels[0], panels[1])
                        .row(panels[2], panels[3]),
                THEOREM_5);
    }
}
