package org.langevin4j.examples.paper.paths;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.THEOREM_22_TEMPERATURE;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.MaierStein;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.path.MinimumAction;
import org.langevin4j.solvers.path.QuasiPotential;
import org.langevin4j.solvers.path.TransitionPath;

/** Most likely paths and quasi-potentials, action ¼∫(ẋ − b)ᵀD⁻¹(ẋ − b)dt, by methods that agree. */
public final class TransitionPaths implements Experiment {

    static final Diffusion IDENTITY = Diffusion.isotropic(2, 1.0);

    /** What the iterations leave in an action that is of second order in the path: their tolerance of 1e-7, squared, a thousandfold. */
    static final double SOLVER = 1e-11;

    private static final double[] LEVELS = {0.01, 0.03, 0.06, 0.1, 0.15, 0.25, 0.4, 0.6, 0.9, 1.3};

    /** Half of V((−1, 0) → (0, 0)) in the convention ½∫|ẋ − b|²dt; up to κ = 4 it is exact. */
    private static final double[] KAPPAS = {3, 5, 10};

    private static final double[] BARRIERS = {0.25, 0.5 * 0.4830697091936, 0.5 * 0.3400414033302};

    @Override
    public String name() {
        return "transition-path";
    }

    @Override
    public String summary() {
        return "Most likely paths and quasi-potentials: paths, grids and −β⁻¹ log ρˢˢ agree; where the path bifurcates";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        maierStein(sheet);
        exampleNineteen(sheet);
        KnownQuasiPotentials.measure(sheet);
    }

    private static MinimumAction action(VectorField drift) {
        return MinimumAction.of(drift, IDENTITY);
    }

    private static void maierStein(Sheet sheet) throws IOException {
        int cells = sheet.choose(181, 481, 961);
        FieldPanel[] panels = new FieldPanel[KAPPAS.length];
        Evidence evidence =
                sheet.supplement("Maier–Stein: the most likely path to the saddle leaves the axis for κ > 4");
        for (int k = 0; k < KAPPAS.length; k++) {
            MaierStein model = new MaierStein(KAPPAS[k]);
            VectorField drift = model.drift();
            List<double[]> rest = model.restingPoints();
            double[] saddle = rest.get(0);
            double[] well = rest.get(2);
            boolean bifurcated = KAPPAS[k] > MaierStein.BIFURCATION_KAPPA;
            var oracle = bifurcated
                    ? independent("Hamilton's equations as a boundary-value problem, SciPy to 1e-13")
                    : closedForm("(1 − x₁²)²/4 on the axis");
            String at = String.format(Locale.ROOT, "κ = %.0f: ", KAPPAS[k]);
            TransitionPath up = action(drift).along(well, new double[] {-0.5, 0.3}, saddle);
            List<double[][]> paths = new ArrayList<>();
            paths.add(new double[][] {up.coordinate(0), up.coordinate(1)});
            evidence.measure(at + "action of the path to the saddle", up.action())
                    .discretisationError(up.errorEstimate())
                    .near(BARRIERS[k], estimatedErrors(2).plus(SOLVER, "the iterations' own"), oracle);
            QuasiPotential v = KnownQuasiPotentials.atSaddle(
                    evidence, at, drift, Grid.square(-1.3, 1.3, cells), well, saddle, BARRIERS[k], oracle);
            if (bifurcated) {
                TransitionPath mirrored = action(drift).along(well, new double[] {-0.5, -0.3}, saddle);
                paths.add(new double[][] {mirrored.coordinate(0), mirrored.coordinate(1)});
                TransitionPath axis = action(drift).between(well, saddle);
                evidence.measure(at + "action of the path along the axis, more than the least", axis.action())
                        .discretisationError(axis.errorEstimate())
                        .near(
                                MaierStein.BARRIER_ON_AXIS,
                                estimatedErrors(2).plus(SOLVER, "the iterations' own"),
                                closedForm("(1 − x₁²)²/4 on the axis"));
            }
            // V stays at V(saddle) along the axis down to the other well: that level is drawn on the near side alone.
            panels[k] = FieldPanel.titled(
                            String.format(Locale.ROOT, "κ = %.0f, V(saddle) = %.4f", KAPPAS[k], up.action()),
                            Grid.square(-1.3, 1.3, 2))
                    .contours("V, from the left well", v::at, 0.02, 0.06, 0.12, 0.36, 0.5, 0.7, 1.0)
                    .contours("", x -> x[0] > 0.0 ? Double.NaN : v.at(x), BARRIERS[k])
                    .curves("most likely paths to the saddle", paths)
                    .dots("resting points", rest.toArray(new double[0][]));
        }
        sheet.figure(
                "maier-stein",
                "Level curves of the quasi-potential of the left well (V = 0.02, 0.06, 0.12, V(saddle), 0.36, 0.5, 0.7, 1), with the"
                        + " most likely paths to the saddle: for κ > 4 there are two, mirrored; behind the caustic V is the lesser of"
                        + " two branches, with a crease on the axis. Beyond the saddle another well attracts.",
                Figure.titled("Maier–Stein: the most likely path leaves the axis for κ > 4")
                        .row(panels)
                        .panelSize(440, 440));
    }

    /** Example 19 at λ = ½ has no Φ that holds at every β: V is the limit of −β⁻¹ log ρˢˢ. */
    private static void exampleNineteen(Sheet sheet) throws IOException {
        DoubleWell model = new DoubleWell(0.5);
        VectorField drift = model.drift();
        double[] saddle = {0.0, 0.0};
        double[] left = model.restingPoints().get(2);
        TransitionPath up =
                action(drift).withSegments(sheet.choose(200, 400, 800)).along(left, new double[] {-0.4, 0.1}, saddle);
        Evidence evidence = sheet.fails(
                THEOREM_22_TEMPERATURE,
                "Example 19's loss with λ = ½ and D = I held fixed: Φ from the drift's well to the origin falls from 0.165 at β = 1 to"
                        + " 0.071 as β → ∞");
        evidence.measure("λ = ½, β → ∞: action from the drift's well to the origin", up.action())
                .discretisationError(up.errorEstimate())
                .near(
                        0.0710135542,
                        estimatedErrors(2),
                        independent(
                                "shooting along Hamilton's characteristics, SciPy, two starting distances alike to 1e-10"));
        QuasiPotential v = KnownQuasiPotentials.atSaddle(
                evidence,
                "λ = ½, β → ∞: ",
                drift,
                Grid.square(-1.9, 1.9, sheet.choose(240, 480, 960)),
                left,
                saddle,
                up.action(),
                independent("the action of the path"));
        Potential phi = model.potential();
        evidence.measure(
                        "λ = ½, β = 1: Φ(0) − Φ(drift's well), less the action",
                        phi.at(saddle) - phi.at(left) - up.action())
                .discretisationError(up.errorEstimate())
                .atLeast(0.05, estimatedErrors(4), closedForm("0 if Φ did not depend on β"));
        double[] betas = sheet.choose(
                new double[] {32, 64, 128}, new double[] {32, 64, 128, 256}, new double[] {32, 64, 128, 256, 512});
        Grid grid = Grid.square(-1.9, 1.9, sheet.choose(120, 240, 400));
        double[] barrier = new double[betas.length];
        double[] inverse = new double[betas.length];
        ScalarField coldest = x -> Double.NaN;
        for (int k = 0; k < betas.length; k++) {
            double beta = betas[k];
            Density steady = FokkerPlanck.of(model.sde(Temperature.of(1.0 / beta)), grid, Boundary.REFLECTING)
                    .steadyState()
                    .density();
            CellFunction potential = logarithmic(steady, beta);
            double floor = Interpolation.at(potential, left);
            barrier[k] = Interpolation.at(potential, saddle) - floor;
            inverse[k] = 1.0 / beta;
            coldest = x -> Interpolation.at(potential, x) - floor;
        }
        // −β⁻¹ log ρˢˢ = V + β⁻¹ (log of a prefactor) + O(β⁻²): two terms are taken out with three temperatures.
        int last = betas.length - 1;
        double first = 2.0 * barrier[last] - barrier[last - 1];
        double before = 2.0 * barrier[last - 1] - barrier[last - 2];
        double limit = (4.0 * first - before) / 3.0;
        double doubt = Math.abs(limit - first);
        evidence.measure(
                        String.format(
                                Locale.ROOT,
                                "λ = ½: −β⁻¹ log(ρˢˢ(0)/ρˢˢ(drift's well)), extrapolated from β ≤ %.0f",
                                betas[last]),
                        limit)
                .discretisationError(doubt)
                .near(up.action(), estimatedErrors(1), independent("the action of the path"));
        double[][] rest = {saddle, left, {-left[0], -left[1]}};
        Grid window = Grid.square(-1.9, 1.9, 2);
        sheet.figure(
                "example-19",
                "Left: the quasi-potential of the wells of Example 19 with the most likely path to the saddle at the origin."
                        + " Middle: −β⁻¹ log ρˢˢ of the Fokker–Planck equation, on the same levels (0.01, 0.03, 0.06,"
                        + " 0.1, 0.15, 0.25, 0.4, 0.6, 0.9, 1.3). Right: the barrier between the two"
                        + " resting points tends to the action as the temperature falls; at β = 1 it is 0.165.",
                Figure.titled("Example 19, λ = 0.5: quasi-potential and steady state")
                        .row(
                                FieldPanel.titled("quasi-potential V of both wells", window)
                                        .contours("levels", x -> lesser(v, x), LEVELS)
                                        .line("most likely path up", up.coordinate(0), up.coordinate(1))
                                        .dots("resting points", rest),
                                FieldPanel.titled(
                                                String.format(Locale.ROOT, "−β⁻¹ log ρˢˢ, β = %.0f", betas[last]),
                                                window)
                                        .contours("levels", coldest, LEVELS)
                                        .line("most likely path up", up.coordinate(0), up.coordinate(1))
                                        .dots("resting points", rest),
                                XyPanel.titled("barrier from the well to the saddle")
                                        .xAxis("temperature β⁻¹")
                                        .yAxis("rise of −β⁻¹ log ρˢˢ")
                                        .xRange(-0.05 * inverse[0], 1.05 * inverse[0])
                                        .points("steady state", inverse, barrier)
                                        .points(
                                                "extrapolated",
                                                new double[] {0.0},
                                                new double[] {limit},
                                                new double[] {doubt},
                                                "± correction")
                                        .horizontalLine(up.action(), "action of the most likely path"))
                        .panelSize(440, 440),
                THEOREM_22_TEMPERATURE);
    }

    /** −β⁻¹ log ρ of each cell. */
    private static CellFunction logarithmic(Density density, double beta) {
        return CellFunction.of(
                density.grid(),
                Arrays.stream(density.values())
                        .map(value -> -Math.log(value) / beta)
                        .toArray());
    }

    /** The lesser of the quasi-potentials of a well and of its image under x → −x. */
    private static double lesser(QuasiPotential v, double[] x) {
        double here = v.at(x);
        double there = v.at(-x[0], -x[1]);
        return Double.isNaN(here) || there < here ? there : here;
    }
}
