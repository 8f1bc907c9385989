package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.Panel;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.fokkerplanck.Current;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.SteadyState;
import org.langevin4j.solvers.markov.StationaryDistribution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code steady-state MODEL}: the stationary density on a grid. */
@Command(
        name = "steady-state",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Solves the Fokker–Planck equation for the stationary density of 1 to 3 coordinates on a grid.",
            "Gives density, potential Φ = −log(ρ)/β, moments, current and entropy production, each with an error; beside the closed form where one is known.",
            "Noise may be missing in some coordinates, as in kinetic equations. A driven model settles into a periodic state: --period."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j steady-state double-well --beta 4 --chart steady.png",
            "  langevin4j steady-state --state x,v --drift \"v, x-x^3-g*v\" --factor \"0; sqrt(g)\" --set g=0.5 --beta 5 \\",
            "      --grid x=-2.5:2.5:160,v=-2.5:2.5:160 --out steady.npz",
            "  langevin4j steady-state --drift \"1-2*sin(x)\" --grid x=0:6.283185307179586:400 --walls periodic",
            "  langevin4j steady-state --drift \"x-x^3+0.3*cos(0.5*t)\" --beta 4 --period 12.566370614359172 --grid x=-3:3:300"
        })
public final class SteadyStateCommand implements Callable<Integer> {

    /** Mass in the outermost cells from which on the grid is said to be too small. */
    private static final double CUT = 1e-5;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private GridOptions grids = new GridOptions();

    @Option(
            names = "--accept-error",
            paramLabel = "E",
            description = "The largest relative error with which a coarse grid is accepted (default: 0.25).")
    private @Nullable Double accepted;

    @Mixin
    private PeriodicDensity periodic = new PeriodicDensity();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public SteadyStateCommand() {}

    @Override
    public Integer call() throws IOException {
        output.check();
        ChosenModel chosen = models.choose();
        Sde sde = chosen.sde();
        periodic.check(sde);
        Region region = GridOptions.requireClosed(grids.region(chosen, output), "steady state");
        Result result = chosen.about(output.begin());
        GridOptions.about(result, chosen, region);
        if (!sde.isAutonomous()) {
            Density mean = periodic.fill(result, chosen, region);
            output.finish(result, () -> periodic.figure(chosen, result, mean));
            return 0;
        }
        FokkerPlanck plain = FokkerPlanck.of(sde, region);
        FokkerPlanck equation = accepted == null ? plain : plain.withErrorsUpTo(accepted);
        SteadyState steady = equation.steadyState();
        Optional<Density> known = closedForm(chosen, region);
        Current current = equation.current(steady.density());
        fill(result, chosen, equation, steady, current, known);
        output.finish(result, () -> figure(chosen, steady.density(), current, known, equation));
        return 0;
    }

    /** e^(−βΦ)/Z, where Φ is known, on the cells. */
    private static Optional<Density> closedForm(ChosenModel chosen, Region region) {
        for (int a = 0; a < region.grid().dimension(); a++) {
            if (region.isPeriodic(a)) {
                return Optional.empty();
            }
        }
        Grid grid = region.grid();
        double[][] looked = new double[5][grid.dimension()];
        for (int k = 0; k < looked.length; k++) {
            grid.centre((int) ((long) grid.cells() * (2 * k + 1) / (2L * looked.length)), looked[k]);
        }
        return chosen.model()
                .potential(chosen.temperature())
                .or(() -> GibbsForm.of(chosen, chosen.sde().withoutJumps().toIto(), looked)
                        .map(Decomposition::potential))
                .map(phi -> Density.gibbs(grid, phi, chosen.temperature()));
    }

    private void fill(
            Result result,
            ChosenModel chosen,
            FokkerPlanck equation,
            SteadyState steady,
            Current current,
            Optional<Density> known) {
        Density density = steady.density();
        Region region = equation.region();
        Optional<FokkerPlanck> coarse = coarser(chosen, region);
        Optional<Density> coarseDensity = coarse.flatMap(SteadyStateCommand::density);
        GridError error = GridError.of(equation);
        moments(result, chosen, density, coarseDensity, error);
        known.ifPresent(closed -> closed(result, chosen, density, closed));
        currents(result, chosen, equation, density, current, coarse, coarseDensity, error);
        double gridError = coarseDensity.map(wide -> error.of(density, wide)).orElse(Double.NaN);
        result.number(
                "grid_error",
                steady.gridError() > 0.0 ? steady.gridError() : gridError,
                Result.EXACT,
                "1",
                "½∫|error of ρ|, estimated from cells of twice the width");
        diagnostics(result, equation, steady);
        GridArrays.axes(result, chosen.names(), density.grid());
        GridArrays.density(result, "density", density);
        GridArrays.function(
                result,
                "potential",
                "energy",
                GridArrays.potential(density, chosen.temperature().value()));
        known.ifPresent(closed -> GridArrays.density(result, "closed_form", closed));
        for (int a = 0; a < chosen.dimension(); a++) {
            GridArrays.function(result, "current_" + chosen.names().get(a), "1/(area time)", current.component(a));
        }
    }

    static Optional<FokkerPlanck> coarser(ChosenModel chosen, Region region) {
        Region wide = GridOptions.coarser(region);
        if (wide.grid().equals(region.grid())) {
            return Optional.empty();
        }
        try {
            return Optional.of(FokkerPlanck.of(chosen.sde(), wide).withErrorsUpTo(Double.POSITIVE_INFINITY));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    static Optional<Density> density(FokkerPlanck equation) {
        try {
            return Optional.of(equation.steadyState().density());
        } catch (NumericalException | IllegalStateException unsolved) {
            return Optional.empty();
        }
    }

    private static void moments(
            Result result, ChosenModel chosen, Density density, Optional<Density> coarse, GridError error) {
        Optional<StationaryMoments> exact = chosen.model().stationaryMoments(chosen.temperature());
        List<String> names = chosen.names();
        double[] mean = density.mean();
        RealMatrix covariance = density.covariance();
        for (int i = 0; i < mean.length; i++) {
            int at = i;
            double wide = coarse.map(other -> other.mean()[at]).orElse(Double.NaN);
            result.number("mean_" + names.get(i), mean[i], error.of(mean[i], wide), "1", i == 0 ? error.remark() : "");
            exact.ifPresent(known -> result.number(
                    "mean_" + names.get(at) + "_closed_form", known.mean()[at], Result.EXACT, "1", "of the model"));
        }
        for (int i = 0; i < mean.length; i++) {
            for (int j = i; j < mean.length; j++) {
                int row = i;
                int column = j;
                String name = i == j ? "variance_" + names.get(i) : "covariance_" + names.get(i) + "_" + names.get(j);
                double value = covariance.getEntry(i, j);
                double wide = coarse.map(other -> other.covariance().getEntry(row, column))
                        .orElse(Double.NaN);
                result.number(name, value, error.of(value, wide), "1", "");
                exact.ifPresent(known -> result.number(
                        name + "_closed_form",
                        known.covariance().getEntry(row, column),
                        Result.EXACT,
                        "1",
                        "of the model"));
            }
        }
    }

    private static void closed(Result result, ChosenModel chosen, Density density, Density closed) {
        result.number(
                "distance_to_closed_form",
                0.5 * density.l1Distance(closed),
                Result.EXACT,
                "1",
                "½∫|ρ − e^(−βΦ)/Z| with the Φ that is known");
        for (int i = 0; i < chosen.dimension(); i++) {
            String name = "variance_" + chosen.names().get(i) + "_closed_form";
            if (result.quantities().stream().noneMatch(each -> each.name().equals(name))) {
                result.number(
                        name, closed.covariance().getEntry(i, i), Result.EXACT, "1", i == 0 ? "of e^(−βΦ)/Z" : "");
            }
        }
    }

    private static void currents(
            Result result,
            ChosenModel chosen,
            FokkerPlanck equation,
            Density density,
            Current current,
            Optional<FokkerPlanck> coarse,
            Optional<Density> coarseDensity,
            GridError error) {
        List<String> names = chosen.names();
        Region region = equation.region();
        boolean anyPeriodic = false;
        for (int a = 0; a < names.size(); a++) {
            if (region.isPeriodic(a)) {
                anyPeriodic = true;
                double here = drift(current.component(a));
                double there = other(coarse, coarseDensity, a);
                result.number(
                        "mean_velocity_" + names.get(a),
                        here,
                        error.of(here, there),
                        "1/time",
                        "∫J, what is carried round");
            }
        }
        for (int i = 0; !anyPeriodic && i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                int row = i;
                int column = j;
                double here = current.areaRate(i, j);
                double there = coarse.flatMap(wide ->
                                coarseDensity.map(rho -> wide.current(rho).areaRate(row, column)))
                        .orElse(Double.NaN);
                result.number(
                        "area_rate_" + names.get(i) + "_" + names.get(j),
                        here,
                        error.of(here, there),
                        "area/time",
                        "½∫(" + names.get(i) + " J" + names.get(j) + " − " + names.get(j) + " J" + names.get(i) + ")");
            }
        }
        if (NoiseRank.isSingular(chosen.sde(), region.grid())) {
            result.note(
                    "no entropy production: noise does not move every coordinate, so that only a reversal of momenta could"
                            + " compare paths ('decompose' does so about a resting point)");
            return;
        }
        double here = equation.entropyProduction(density, density).total();
        double there = coarse.flatMap(wide -> coarseDensity.map(
                        rho -> wide.entropyProduction(rho, rho).total()))
                .orElse(Double.NaN);
        result.number(
                "entropy_production", here, error.of(here, there), "nats/time", "β∫J·D⁻¹J/ρ; 0 in detailed balance");
    }

    private static double other(Optional<FokkerPlanck> coarse, Optional<Density> density, int axis) {
        return coarse.flatMap(wide -> density.map(rho -> drift(wide.current(rho).component(axis))))
                .orElse(Double.NaN);
    }

    private static double drift(CellFunction component) {
        Grid grid = component.grid();
        double sum = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            sum += component.value(cell) * grid.volume(cell);
        }
        return sum;
    }

    private static void diagnostics(Result result, FokkerPlanck equation, SteadyState steady) {
        double atWalls = GridArrays.massAtWalls(equation.region(), steady.density());
        double peclet = equation.pecletNumbers().where(steady.density(), 1e-4).maxNorm();
        result.number(
                "residual",
                steady.residual(),
                Result.EXACT,
                "1",
                "by " + steady.method().name().toLowerCase(Locale.ROOT));
        if (!StationaryDistribution.inWords(steady.weightDoubt()).isEmpty()) {
            result.number(
                    "weight_doubt",
                    steady.weightDoubt(),
                    Result.EXACT,
                    "1",
                    "how far the weights of wells may be off, from above: elimination, which would tell, does not fit into memory");
        }
        result.number("mass_at_walls", atWalls, Result.EXACT, "1", "in the outermost cells");
        result.number(
                "peclet",
                peclet,
                Result.EXACT,
                "1",
                "largest of the cells that matter; above 2 the scheme turns upwind");
        if (steady.stoppedFlow() > 0.0) {
            result.number(
                    "stopped_flow", steady.stoppedFlow(), Result.EXACT, "1", "at walls that noise does not reach");
        }
        if (atWalls > CUT) {
            result.note(String.format(
                    Locale.ROOT,
                    "%.2g of the mass is in the outermost cells: the walls cut the density; widen --grid, or is it an angle"
                            + " (--walls NAME=periodic)?",
                    atWalls));
        }
    }

    private static Figure figure(
            ChosenModel chosen, Density density, Current current, Optional<Density> known, FokkerPlanck equation) {
        List<Panel> panels = new ArrayList<>(GridFigure.density(
                "steady state", chosen.names(), density, chosen.temperature().value(), known));
        boolean flows = chosen.dimension() == 2
                && (NoiseRank.isSingular(chosen.sde(), density.grid())
                        || equation.entropyProduction(density, density).total() > 1e-8);
        if (flows) {
            panels.add(GridFigure.streamlines("current J", chosen.names(), density, "J", current));
        }
        return Figure.titled(chosen.title()).row(panels.toArray(Panel[]::new));
    }
}
