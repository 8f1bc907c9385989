package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
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
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.models.analytic.MaierStein;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.path.CharacteristicFronts;
import org.langevin4j.solvers.path.MinimumAction;
import org.langevin4j.solvers.path.QuasiPotential;
import org.langevin4j.solvers.path.StringMethod;
import org.langevin4j.solvers.path.TransitionPath;

/** Most likely paths and quasi-potentials, by three methods that agree. */
public final class TransitionPaths implements Example {

    private static final Diffusion IDENTITY = Diffusion.isotropic(2, 1.0);
    private static final double[] LEVELS = {0.01, 0.03, 0.06, 0.1, 0.15, 0.25, 0.4, 0.6, 0.9, 1.3};

    private static final Potential WELL = new DoubleWell(0.0).potential();

    /**
     * Half of V((−1, 0) → (0, 0)) in the convention ½∫|ẋ − b|²dt, from a boundary-value problem for Hamilton's equations to
     * 1e-13; the last two, up to κ = 4 it is exact.
     */
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
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        pictures.add(maierStein(context, measurements));
        pictures.add(exampleNineteen(context, measurements));
        pictures.add(accuracy(context, measurements));
        gradient(measurements);
        return new ExampleResult(
                name(),
                "The action of the most likely path, the quasi-potential on a grid and −β⁻¹ log ρˢˢ for β → ∞ are one and the"
                        + " same; in systems with a potential it is the barrier ΔΦ, whatever the rotation.",
                "Action ¼∫(ẋ − b)ᵀD⁻¹(ẋ − b)dt. Maier–Stein: a boundary-value problem solved independently. Error of QPot"
                        + " (1025² cells): 1.8e-3 at ω = 1, 3.0e-2 at ω = 10.",
                context.seed().value(),
                measurements,
                pictures);
    }

    private static Picture maierStein(RunContext context, List<Measurement> measurements) throws IOException {
        int cells = context.effort().choose(181, 481, 961);
        Grid grid = Grid.square(-1.3, 1.3, cells);
        FieldPanel[] panels = new FieldPanel[KAPPAS.length];
        for (int k = 0; k < KAPPAS.length; k++) {
            MaierStein model = new MaierStein(KAPPAS[k]);
            List<double[]> rest = model.restingPoints();
            double[] saddle = rest.get(0);
            double[] well = rest.get(2);
            String at = String.format(Locale.ROOT, "Maier–Stein, κ = %.0f: ", KAPPAS[k]);
            TransitionPath up = MinimumAction.of(model.drift(), IDENTITY).along(well, new double[] {-0.5, 0.3}, saddle);
            measurements.add(Measurement.near(at + "action of the path to the saddle", up.action(), BARRIERS[k], 1e-7));
            QuasiPotential v = CharacteristicFronts.of(model.drift(), IDENTITY).around(grid, well);
            measurements.add(Measurement.near(
                    at + "quasi-potential of the saddle on " + cells + "² cells",
                    v.atSaddle(saddle),
                    BARRIERS[k],
                    1e-4));
            panels[k] = FieldPanel.titled(
                            String.format(Locale.ROOT, "κ = %.0f, V(saddle) = %.7f", KAPPAS[k], up.action()),
                            Grid.square(-1.3, 1.3, 2))
                    .contours("V, from the left well", x -> v.at(x), 0.02, 0.06, 0.12, BARRIERS[k], 0.36, 0.5, 0.7, 1.0)
                    .line("most likely path to the saddle", up.coordinate(0), up.coordinate(1))
                    .dots("resting points", rest.toArray(new double[0][]));
            if (KAPPAS[k] > MaierStein.BIFURCATION_KAPPA) {
                TransitionPath mirrored =
                        MinimumAction.of(model.drift(), IDENTITY).along(well, new double[] {-0.5, -0.3}, saddle);
                panels[k].line("its mirror image", mirrored.coordinate(0), mirrored.coordinate(1));
                double axis = MinimumAction.of(model.drift(), IDENTITY)
                        .between(well, saddle)
                        .action();
                measurements.add(Measurement.near(
                        at + "action of the path along the axis, more than the minimum",
                        axis,
                        MaierStein.BARRIER_ON_AXIS,
                        1e-7));
            }
        }
        String file = "maier-stein.png";
        Figure.titled("Maier–Stein: the most likely path leaves the axis for κ > 4")
                .row(panels)
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Level curves of the quasi-potential of the left well, with the most likely path to the saddle. For κ > 4 there"
                        + " are two, mirrored; behind the caustic V is the lesser of two branches, with a crease on the"
                        + " axis. Beyond the saddle, where another well attracts, V is from ordered line integrals: it stays at V(saddle)"
                        + " along the axis down to the other well.");
    }

    /** Example 19 at λ = ½ has no Φ that holds at every β: V is the limit of −β⁻¹ log ρˢˢ. */
    private static Picture exampleNineteen(RunContext context, List<Measurement> measurements) throws IOException {
        DoubleWell model = new DoubleWell(0.5);
        VectorField drift = model.drift();
        double[] saddle = {0.0, 0.0};
        double[] left = model.restingPoints().get(2);
        TransitionPath up = MinimumAction.of(drift, IDENTITY)
                .withSegments(context.effort().choose(200, 400, 800))
                .along(left, new double[] {-0.4, 0.1}, saddle);
        int cells = context.effort().choose(240, 480, 960);
        Grid grid = Grid.square(-1.9, 1.9, cells);
        QuasiPotential v = CharacteristicFronts.of(drift, IDENTITY).around(grid, left);
        measurements.add(Measurement.reported("Example 19, λ = 0.5: action from the well to the saddle", up.action()));
        measurements.add(Measurement.near(
                "Example 19, λ = 0.5: quasi-potential of the saddle on the grid",
                v.atSaddle(saddle),
                up.action(),
                1e-4));
        double[] betas = context.effort()
                .choose(new double[] {32, 64, 128}, new double[] {32, 64, 128, 256}, new double[] {32, 64, 128, 256, 512
                });
        int fpCells = context.effort().choose(120, 240, 400);
        double[] barrier = new double[betas.length];
        double[] inverse = new double[betas.length];
        ScalarField coldest = x -> Double.NaN;
        Grid fpGrid = Grid.square(-1.9, 1.9, fpCells);
        for (int k = 0; k < betas.length; k++) {
            double beta = betas[k];
            Density steady = FokkerPlanck.of(model.sde(Temperature.of(1.0 / beta)), fpGrid, Boundary.REFLECTING)
                    .steadyState()
                    .density();
            double floor = logarithmic(steady, beta, left);
            barrier[k] = logarithmic(steady, beta, saddle) - floor;
            inverse[k] = 1.0 / beta;
            coldest = x -> logarithmic(steady, beta, x) - floor;
        }
        // −β⁻¹ log ρˢˢ = V + β⁻¹ (log of a prefactor) + O(β⁻²): two terms are taken out with three temperatures.
        int last = betas.length - 1;
        double first = 2.0 * barrier[last] - barrier[last - 1];
        double before = 2.0 * barrier[last - 1] - barrier[last - 2];
        double limit = (4.0 * first - before) / 3.0;
        measurements.add(Measurement.near(
                String.format(
                        Locale.ROOT,
                        "Example 19, λ = 0.5: −β⁻¹ log ρˢˢ between well and saddle, extrapolated from β ≤ %.0f",
                        betas[last]),
                limit,
                up.action(),
                context.effort().choose(5e-3, 2e-3, 1e-3)));
        double[] mirrored = {-left[0], -left[1]};
        String file = "example-19.png";
        Figure.titled("Example 19, λ = 0.5: quasi-potential and steady state")
                .row(
                        FieldPanel.titled("quasi-potential V of both wells", Grid.square(-1.9, 1.9, 2))
                                .contours("V", x -> lesser(v, x), LEVELS)
                                .line("most likely path up", up.coordinate(0), up.coordinate(1))
                                .dots("resting points of the drift", saddle, left, mirrored),
                        FieldPanel.titled(
                                        String.format(Locale.ROOT, "−β⁻¹ log ρˢˢ, β = %.0f", betas[last]),
                                        Grid.square(-1.9, 1.9, 2))
                                .contours("−β⁻¹ log ρˢˢ", coldest, LEVELS)
                                .dots("resting points of the drift", saddle, left, mirrored))
                .row(XyPanel.titled("barrier from the well to the saddle")
                        .xAxis("temperature β⁻¹")
                        .yAxis("−β⁻¹ log(ρˢˢ(saddle)/ρˢˢ(well))")
                        .xRange(-0.05 * inverse[0], 1.05 * inverse[0])
                        .points("steady state on the grid", inverse, barrier)
                        .points("extrapolated", new double[] {0.0}, new double[] {limit})
                        .horizontalLine(up.action(), "action of the most likely path"))
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Left: the quasi-potential of the wells of Example 19 with the most likely path to the saddle at the origin."
                        + " Right: −β⁻¹ log ρˢˢ of the Fokker–Planck equation. Below: the barrier between the two resting points"
                        + " tends to the action as the temperature falls.");
    }

    /** −β⁻¹ log ρ between the centres of the four cells around a point. */
    private static double logarithmic(Density density, double beta, double[] x) {
        Grid grid = density.grid();
        int[] low = new int[2];
        double[] part = new double[2];
        for (int a = 0; a < 2; a++) {
            Axis axis = grid.axis(a);
            double place = (x[a] - axis.centre(0)) / axis.width(0);
            low[a] = Math.max(0, Math.min(axis.cells() - 2, (int) Math.floor(place)));
            part[a] = place - low[a];
        }
        double sum = 0.0;
        for (int k = 0; k < 4; k++) {
            double weight = (k < 2 ? 1.0 - part[0] : part[0]) * (k % 2 == 0 ? 1.0 - part[1] : part[1]);
            int cell = (low[0] + k / 2) * grid.stride(0) + (low[1] + k % 2) * grid.stride(1);
            sum -= weight * Math.log(density.value(cell)) / beta;
        }
        return sum;
    }

    /** The lesser of the quasi-potentials of a well and of its image under x → −x. */
    private static double lesser(QuasiPotential v, double[] x) {
        double here = v.at(x);
        double there = v.at(-x[0], -x[1]);
        return Double.isNaN(here) || there < here ? there : here;
    }

    /** One system with a known potential. */
    private record Known(
            String name,
            VectorField drift,
            Grid unit,
            double x1,
            double x2,
            double period,
            ScalarField exact,
            double below) {

        Known withCells(int cells) {
            Axis x = unit.axis(0);
            Axis y = unit.axis(1);
            Grid grid = Grid.of(Axis.uniform(x.min(), x.max(), cells), Axis.uniform(y.min(), y.max(), cells));
            return new Known(name, drift, grid, x1, x2, period, exact, below);
        }

        /** Largest error where the potential is below the limit, and seconds. */
        double[] errorAndSeconds() {
            CharacteristicFronts method = CharacteristicFronts.of(drift, IDENTITY);
            QuasiPotential v = period > 0.0 ? method.aroundCycle(unit, period, x1, x2) : method.around(unit, x1, x2);
            double worst = 0.0;
            double[] centre = new double[2];
            for (int cell = 0; cell < unit.cells(); cell++) {
                unit.centre(cell, centre);
                double expected = exact.at(centre);
                if (expected < below) {
                    worst = Math.max(worst, Math.abs(v.value(cell) - expected));
                }
            }
            return new double[] {worst, v.wallTime().toNanos() * 1e-9};
        }
    }

    private static Known linear(double omega) {
        return new Known(
                String.format(Locale.ROOT, "linear, ω = %.0f", omega),
                (x, out) -> {
                    out[0] = -(x[0] + omega * x[1]);
                    out[1] = -(x[1] - omega * x[0]);
                },
                Grid.square(-1.0, 1.0, 2),
                0.0,
                0.0,
                0.0,
                x -> 0.5 * (x[0] * x[0] + x[1] * x[1]),
                2.0);
    }

    private static Known doubleWell(double omega) {
        return new Known(
                String.format(Locale.ROOT, "double well, ω = %.0f", omega),
                (x, out) -> {
                    double slope = x[0] * (x[0] * x[0] - 1.0);
                    out[0] = -slope - omega * x[1];
                    out[1] = -x[1] + omega * slope;
                },
                Grid.of(Axis.uniform(-1.8, 0.2, 2), Axis.uniform(-1.0, 1.0, 2)),
                -1.0,
                0.0,
                0.0,
                x -> x[0] < 0.0 ? WELL.at(x) : Double.POSITIVE_INFINITY,
                0.2);
    }

    private static Known hopf(double omega) {
        HopfNormalForm model = new HopfNormalForm(1.0, omega);
        return new Known(
                String.format(Locale.ROOT, "Hopf cycle, ω = %.0f", omega),
                model.drift(),
                Grid.square(-1.5, 1.5, 2),
                1.0,
                0.0,
                2.0 * Math.PI / omega,
                x -> model.potential().at(x) + 0.25,
                0.24);
    }

    private static Picture accuracy(RunContext context, List<Measurement> measurements) throws IOException {
        int[] sizes = context.effort().choose(new int[] {65, 129, 257}, new int[] {65, 129, 257, 513, 1025}, new int[] {
            65, 129, 257, 513, 1025, 2049
        });
        double[] sizesAsNumbers = new double[sizes.length];
        XyPanel errors = XyPanel.titled("largest error")
                .xAxis("cells along each axis")
                .yAxis("max |V − Φ|")
                .logX()
                .logY();
        XyPanel times = XyPanel.titled("time, one thread, from a cold start of the first")
                .xAxis("cells along each axis")
                .yAxis("seconds")
                .logX()
                .logY();
        // A tenth of QPot's errors at 1025² cells.
        double[] limits = {1.8e-4, 3.0e-3};
        Known[] systems = {linear(1), linear(10), doubleWell(1), doubleWell(10), hopf(3)};
        for (int k = 0; k < systems.length; k++) {
            double[] worst = new double[sizes.length];
            double[] seconds = new double[sizes.length];
            for (int i = 0; i < sizes.length; i++) {
                double[] measured = systems[k].withCells(sizes[i]).errorAndSeconds();
                worst[i] = measured[0];
                seconds[i] = measured[1];
                sizesAsNumbers[i] = sizes[i];
            }
            int last = sizes.length - 1;
            String at = String.format(Locale.ROOT, "%s, %d² cells: ", systems[k].name(), sizes[last]);
            // Strong rotation is measured by QPot's error at ω = 10, all else by that at ω = 1.
            measurements.add(Measurement.atMost(
                    at + "largest error of V, against a tenth of QPot's at 1025²",
                    worst[last],
                    k == 1 || k == 3 ? limits[1] : limits[0]));
            measurements.add(
                    Measurement.reported(at + "wall time", seconds[last]).in("s"));
            errors.points(systems[k].name(), sizesAsNumbers, worst);
            times.points(systems[k].name(), sizesAsNumbers, seconds);
        }
        errors.points("QPot, linear, ω = 1 and 10", new double[] {1025, 1025}, new double[] {1.8e-3, 3.0e-2});
        String file = "accuracy.png";
        Figure.titled("Quasi-potentials of systems with a known Φ: error and time")
                .row(errors, times)
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Left: the largest error of the quasi-potential on [−1, 1]² (linear), in the well below 4/5 of the barrier (double"
                        + " well), and about the cycle up to 0.24 (Hopf, whose top is ¼). Right: the time it took. The linear"
                        + " systems have a quadratic V, which the method interpolates exactly: only the others show its"
                        + " order. Cells that no front reaches are filled by ordered line integrals.");
    }

    /** In gradient systems everything is ΔΦ = ¼. */
    private static void gradient(List<Measurement> measurements) {
        double[] left = {-1.0, 0.0};
        double[] saddle = {0.0, 0.0};
        VectorField drift = doubleWell(0).drift();
        measurements.add(Measurement.near(
                "Double well without rotation: action of the path to the saddle",
                MinimumAction.of(drift, IDENTITY)
                        .along(left, new double[] {-0.5, 0.3}, saddle)
                        .action(),
                0.25,
                1e-7));
        measurements.add(Measurement.near(
                "Double well without rotation: barrier by the string method",
                StringMethod.of(drift, IDENTITY)
                        .along(new double[] {-1.2, 0.3}, new double[] {0.2, 0.9}, new double[] {0.8, -0.2})
                        .barrier(),
                0.25,
                1e-7));
        measurements.add(Measurement.near(
                "Double well, ω = 1: quasi-potential of the saddle on 400² cells",
                CharacteristicFronts.of(doubleWell(1).drift(), IDENTITY)
                        .around(doubleWell(1).withCells(400).unit(), left)
                        .atSaddle(saddle),
                0.25,
                1e-4));
    }
}
