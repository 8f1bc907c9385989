package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.Panel;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.fokkerplanck.DrivenEvolution;
import org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.FreeEnergyTrace;
import org.langevin4j.solvers.fokkerplanck.Integrator;
import org.langevin4j.solvers.fokkerplanck.NegativeDensityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evolve MODEL}: a density in time. */
@Command(
        name = "evolve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Solves the Fokker–Planck equation in time, from a Gaussian, on a grid of 1 to 3 coordinates.",
            "Gives mass and moments with their errors, and the free energy F = KL(ρ‖ρˢˢ)/β, which falls to 0. Driven models have no ρˢˢ and no F."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j evolve --drift \"x-x^3\" --beta 5 --start 0.2 --times 0:20:41 --chart fall.png",
            "  langevin4j evolve double-well --start 1,0 --times 0.1,0.3,1,3,10 --out evolution.npz",
            "  langevin4j evolve --drift 1 --grid x=-5:1:300 --walls absorbing --start 0 --times 0:5:51   (mass: the survival)",
            "  langevin4j evolve --drift \"x-x^3+0.3*cos(0.5*t)\" --beta 4 --times 0:50:101 --step 0.05"
        })
public final class EvolveCommand implements Callable<Integer> {

    /** Widths of a cell that a start has in every direction where no width is given. */
    private static final double CELLS = 3.0;

    private static final int DRIVEN_STEPS = 500;

    private static final int SHOWN = 3;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private GridOptions grids = new GridOptions();

    @Option(
            names = "--start",
            paramLabel = "X",
            description =
                    "Mean of the Gaussian at the start: numbers with commas, or names as in x=1,v=0 (default: a point at rest that is known, else 0).")
    private @Nullable String start;

    @Option(
            names = "--width",
            paramLabel = "S",
            description = "Its standard deviation in every direction (default: 3 cells of the widest).")
    private @Nullable Double width;

    @Option(
            names = "--times",
            paramLabel = "A:B:N",
            description = "When: from:to:count, from:to:count:log, or a list (default: ${DEFAULT-VALUE}).")
    private String times = "0:10:21";

    @Option(
            names = "--tolerance",
            paramLabel = "E",
            description = "Error of the density by time steps, in ∫|ρ| (default: ${DEFAULT-VALUE}).")
    private double tolerance = 1e-4;

    @Option(
            names = "--step",
            paramLabel = "H",
            description = "Time step of a driven model (default: a 500th of the last time).")
    private @Nullable Double step;

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public EvolveCommand() {}

    /** What a flow gave, of a driven equation or another. */
    private record Course(List<Double> times, List<Density> densities, double massError, String how) {

        double[] each(ToDoubleFunction<Density> what) {
            return densities.stream().mapToDouble(what).toArray();
        }
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        ChosenModel chosen = models.choose();
        double[] when = Settings.range("--times", times);
        for (int k = 0; k < when.length; k++) {
            if (!(when[k] >= 0.0 && (k == 0 || when[k] > when[k - 1]))) {
                throw new IllegalArgumentException("--times must increase from 0 on, got " + times);
            }
        }
        double[] from = start(chosen);
        Region region = grids.region(chosen, output);
        double sigma = width == null ? CELLS * widest(region.grid()) : width;
        Density begin = Density.gaussian(region, from, sigma);
        Result result = chosen.about(output.begin())
                .about("start", Arrays.stream(from).boxed().toList())
                .about("width", sigma);
        GridOptions.about(result, chosen, region);
        Course course = course(chosen, region, begin, when);
        Optional<Course> coarse = coarse(chosen, region, from, sigma, when);
        FokkerPlanck frozen = FokkerPlanck.of(chosen.sde().atTime(0.0), region);
        fill(result, chosen, course, coarse, GridError.of(frozen));
        boolean relaxes = chosen.sde().isAutonomous() && frozen.generator().isConservative();
        if (relaxes) {
            freeEnergy(result, chosen, frozen, course);
        }
        result.number("mass_error", course.massError(), Result.EXACT, "1", course.how());
        result.array(GridArrays.stacked(
                "density",
                "1/volume",
                region.grid(),
                course.densities().stream()
                        .map(density -> (IntToDoubleFunction) density::value)
                        .toList()));
        GridArrays.edges(result, chosen.names(), region.grid());
        output.finish(result, () -> figure(chosen, result, course, relaxes));
        return 0;
    }

    private double[] start(ChosenModel chosen) {
        if (start != null) {
            return EnsembleOptions.point("--start", start, chosen.coordinates());
        }
        List<double[]> resting = chosen.model().restingPoints();
        return resting.isEmpty()
                ? new double[chosen.dimension()]
                : resting.get(0).clone();
    }

    private static double widest(Grid grid) {
        double widest = 0.0;
        for (int a = 0; a < grid.dimension(); a++) {
            widest = Math.max(
                    widest,
                    (grid.axis(a).max() - grid.axis(a).min()) / grid.axis(a).cells());
        }
        return widest;
    }

    private Course course(ChosenModel chosen, Region region, Density begin, double[] when) {
        Sde sde = chosen.sde();
        if (sde.isAutonomous()) {
            Evolution flow = FokkerPlanck.of(sde, region).evolve(begin, when, Integrator.adaptive(tolerance));
            return new Course(
                    flow.times(),
                    flow.densities(),
                    flow.massError(),
                    flow.diagnostics().steps() + " steps of an error of " + tolerance + " on the whole");
        }
        double h = step == null ? when[when.length - 1] / DRIVEN_STEPS : step;
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(sde, region);
        DrivenEvolution flow;
        String how;
        try {
            flow = equation.evolve(begin, 0.0, when, Integrator.sdirk2(h));
            how = "steps of at most " + h + " of second order; halve --step and see what changes";
        } catch (NegativeDensityException e) {
            flow = equation.evolve(begin, 0.0, when, Integrator.implicitEuler(h));
            how = "steps of at most " + h
                    + " by implicit Euler, of first order, as the second order was not positive; halve --step";
        }
        return new Course(flow.times(), flow.densities(), flow.massError(), how);
    }

    private Optional<Course> coarse(ChosenModel chosen, Region region, double[] from, double sigma, double[] when) {
        try {
            Region wide = GridOptions.coarser(region);
            return Optional.of(course(chosen, wide, Density.gaussian(wide, from, sigma), when));
        } catch (IllegalArgumentException | IllegalStateException | NumericalException notThere) {
            return Optional.empty();
        }
    }

    private static void fill(
            Result result, ChosenModel chosen, Course course, Optional<Course> coarse, GridError error) {
        result.column(
                "t",
                "time",
                course.times().stream().mapToDouble(Double::doubleValue).toArray());
        result.column("mass", "1", course.each(Density::mass));
        List<String> names = chosen.names();
        for (int i = 0; i < names.size(); i++) {
            int at = i;
            withError(result, "mean_" + names.get(i), density -> mean(density, at), course, coarse, error);
            withError(result, "variance_" + names.get(i), density -> variance(density, at), course, coarse, error);
        }
        if (coarse.isEmpty()) {
            result.note(
                    "no errors of the grid: the start is too narrow for cells of twice the width; widen --width or refine --grid");
        } else {
            result.about("errors", error.remark());
        }
    }

    /** Of what is left, where walls absorb. */
    private static double mean(Density density, int at) {
        return density.mass() > 0.0 ? density.normalized().mean()[at] : Double.NaN;
    }

    private static double variance(Density density, int at) {
        return density.mass() > 0.0 ? density.normalized().covariance().getEntry(at, at) : Double.NaN;
    }

    private static void withError(
            Result result,
            String name,
            ToDoubleFunction<Density> what,
            Course course,
            Optional<Course> coarse,
            GridError error) {
        double[] values = course.each(what);
        result.column(name, "1", values);
        coarse.ifPresent(other -> {
            double[] wide = other.each(what);
            double[] errors = new double[values.length];
            Arrays.setAll(errors, k -> error.of(values[k], wide[k]));
            result.column(name + "_error", "1", errors);
        });
    }

    private void freeEnergy(Result result, ChosenModel chosen, FokkerPlanck equation, Course course) {
        Density steady;
        try {
            steady = equation.steadyState().density();
        } catch (NumericalException | IllegalStateException none) {
            result.note("no free energy: " + none.getMessage());
            return;
        }
        double beta = chosen.temperature().beta();
        FreeEnergyTrace trace = new FreeEnergyTrace(
                course.times(),
                course.densities().stream()
                        .map(density -> FreeEnergy.of(density, steady, chosen.temperature()))
                        .toList(),
                course.densities().stream()
                        .map(density -> equation.freeEnergyRate(density, steady))
                        .toList());
        double[] values = trace.values().stream().mapToDouble(FreeEnergy::total).toArray();
        result.column("free_energy", "energy", values);
        result.column(
                "relative_entropy",
                "nats",
                Arrays.stream(values).map(value -> beta * value).toArray());
        result.column(
                "free_energy_rate",
                "energy/time",
                trace.rates().stream().mapToDouble(Double::doubleValue).toArray());
        result.number("increases", trace.increases(), Result.EXACT, "1", "intervals in which F grew; Theorem 5 says 0");
    }

    private static Figure figure(ChosenModel chosen, Result result, Course course, boolean relaxes) {
        double[] t = GridArrays.column(result, "t");
        XyPanel means = XyPanel.titled("mean and variance").xAxis("time").yAxis("");
        for (String name : chosen.names()) {
            means.points("mean of " + name, t, GridArrays.column(result, "mean_" + name));
            means.points("variance of " + name, t, GridArrays.column(result, "variance_" + name));
        }
        boolean energy = relaxes
                && result.columns().stream().anyMatch(column -> column.name().equals("free_energy"));
        XyPanel second = energy
                ? XyPanel.titled("free energy F = KL(ρ‖ρˢˢ)/β")
                        .xAxis("time")
                        .yAxis("F")
                        .logY()
                        .points("", t, GridArrays.column(result, "free_energy"))
                : XyPanel.titled("mass that is left")
                        .xAxis("time")
                        .yAxis("mass")
                        .points("", t, GridArrays.column(result, "mass"));
        Figure figure = Figure.titled(chosen.title()).row(means, second);
        List<Panel> panels = new ArrayList<>();
        List<Integer> shown = shown(course.times().size());
        if (chosen.dimension() == 1) {
            XyPanel lines =
                    XyPanel.titled("density").xAxis(chosen.names().get(0)).yAxis("density");
            for (int k : shown) {
                Density density = course.densities().get(k);
                lines.line(time(course, k), GridFigure.centres(density.grid()), density.values());
            }
            panels.add(lines);
        } else if (chosen.dimension() == 2) {
            for (int k : shown) {
                Density density = course.densities().get(k);
                panels.add(FieldPanel.titled(time(course, k), density.grid())
                        .axes(chosen.names().get(0), chosen.names().get(1))
                        .freeAspect()
                        .heatMap(density, "density"));
            }
        }
        return panels.isEmpty() ? figure : figure.row(panels.toArray(Panel[]::new));
    }

    private static String time(Course course, int k) {
        return "t = " + (float) (double) course.times().get(k);
    }

    /** A few numbers to the last, without the start, whose peak would hide the others. */
    private static List<Integer> shown(int count) {
        List<Integer> shown = new ArrayList<>();
        for (int k = 0; k < SHOWN; k++) {
            int at = (int) Math.max(Math.min(1, count - 1), Math.rint((double) k * (count - 1) / (SHOWN - 1)));
            if (!shown.contains(at)) {
                shown.add(at);
            }
        }
        return shown;
    }
}
