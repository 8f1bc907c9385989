package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.Panel;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.Integrator;
import org.langevin4j.solvers.fokkerplanck.NegativeDensityException;
import org.langevin4j.solvers.fokkerplanck.PeriodicSteadyState;
import picocli.CommandLine.Option;

/** The periodic density into which a driven model settles. */
final class PeriodicDensity {

    @Option(
            names = "--period",
            paramLabel = "T",
            description = "The period of a driven model: the density that repeats itself after T.")
    private @Nullable Double period;

    @Option(
            names = "--phases",
            paramLabel = "N",
            description = "Instants of the period at which it is kept (default: ${DEFAULT-VALUE}).")
    private int phases = 16;

    @Option(
            names = "--steps-per-period",
            paramLabel = "N",
            description = "Time steps of a period, a multiple of --phases (default: ${DEFAULT-VALUE}).")
    private int steps = 128;

    /** Refuses what does not go together. */
    void check(Sde sde) {
        if (sde.isAutonomous()) {
            if (period != null) {
                Period.of(sde, period);
            }
            return;
        }
        if (period == null) {
            throw new IllegalArgumentException(
                    "the model depends on t: give --period T for its periodic state, or use 'evolve' for a density in time");
        }
        Period.of(sde, period);
        if (!(phases >= 4 && steps >= phases && steps % phases == 0)) {
            throw new IllegalArgumentException(
                    "--phases must be at least 4 and --steps-per-period a multiple of it, got " + phases + " and "
                            + steps);
        }
    }

    /** Solves and fills; returns the mean over the period. */
    Density fill(Result result, ChosenModel chosen, Region region) {
        if (period == null) {
            throw new IllegalStateException("check comes first");
        }
        DrivenFokkerPlanck equation = DrivenFokkerPlanck.of(chosen.sde(), region);
        PeriodicSteadyState state = solve(equation, period, steps, result);
        PeriodicSteadyState halfSteps = solve(equation, period, Math.max(phases, steps / 2), result);
        PeriodicSteadyState wide =
                solve(DrivenFokkerPlanck.of(chosen.sde(), GridOptions.coarser(region)), period, steps, result);
        GridError grid = GridError.of(equation.atTime(0.0));
        int order = state.integrator() instanceof Integrator.ImplicitEuler ? 1 : 2;
        double inTime = 1.0 / (Math.pow(2.0, order) - 1.0);
        result.about("integrator", order == 1 ? "implicit Euler" : "SDIRK2").about("steps_per_period", state.steps());
        result.column(
                "t",
                "time",
                state.times().stream().mapToDouble(Double::doubleValue).toArray());
        for (int i = 0; i < chosen.dimension(); i++) {
            int at = i;
            String name = chosen.names().get(i);
            double[] mean = each(state, density -> density.mean()[at]);
            double[] other = each(halfSteps, density -> density.mean()[at]);
            double[] coarse = each(wide, density -> density.mean()[at]);
            double[] error = new double[mean.length];
            for (int k = 0; k < error.length; k++) {
                error[k] = grid.of(mean[k], coarse[k]) + inTime * Math.abs(mean[k] - other[k]);
            }
            result.column("mean_" + name, "1", mean).column("mean_" + name + "_error", "1", error);
            result.column(
                    "variance_" + name,
                    "1",
                    each(state, density -> density.covariance().getEntry(at, at)));
            Complex response = state.response(x -> x[at], 1);
            Complex wideResponse = wide.response(x -> x[at], 1);
            Complex halfResponse = halfSteps.response(x -> x[at], 1);
            result.number(
                    "response_" + name,
                    response.norm(),
                    grid.of(response.norm(), wideResponse.norm())
                            + inTime * Math.abs(response.norm() - halfResponse.norm()),
                    "1",
                    i == 0 ? "amplitude of the mean at the period; ± of grid and time step" : "");
            result.number("phase_" + name, response.getArgument(), Result.EXACT, "rad", "negative: behind cos(2πt/T)");
        }
        Density average = state.average();
        result.number("residual", state.residual(), Result.EXACT, "1", "∫|ρ(T) − ρ(0)|");
        result.number(
                "mass_at_walls", GridArrays.massAtWalls(region, average), Result.EXACT, "1", "in the outermost cells");
        result.array(GridArrays.stacked(
                "density",
                "1/volume",
                region.grid(),
                state.densities().stream()
                        .map(density -> (java.util.function.IntToDoubleFunction) density::value)
                        .toList()));
        GridArrays.edges(result, chosen.names(), region.grid());
        return average;
    }

    private PeriodicSteadyState solve(DrivenFokkerPlanck equation, double period, int count, Result result) {
        try {
            return equation.periodicSteadyState(period, phases, Integrator.sdirk2(period / count));
        } catch (NegativeDensityException e) {
            result.about("positivity", "steps of second order made densities negative: implicit Euler, of first order");
            return equation.periodicSteadyState(period, phases, Integrator.implicitEuler(period / count));
        }
    }

    private static double[] each(PeriodicSteadyState state, java.util.function.ToDoubleFunction<Density> what) {
        return state.densities().stream().mapToDouble(what).toArray();
    }

    Figure figure(ChosenModel chosen, Result result, Density mean) {
        List<Panel> panels = new ArrayList<>();
        XyPanel means = XyPanel.titled("mean over a period").xAxis("time").yAxis("mean");
        double[] t = result.columns().get(0).values();
        for (String name : chosen.names()) {
            double[] values = GridArrays.column(result, "mean_" + name);
            means.points(name, t, values, GridArrays.column(result, "mean_" + name + "_error"), "± estimated error");
        }
        panels.add(means);
        panels.addAll(GridFigure.density(
                        "mean density of the period",
                        chosen.names(),
                        mean,
                        chosen.temperature().value(),
                        Optional.empty())
                .subList(0, 1));
        return Figure.titled(chosen.title()).row(panels.toArray(Panel[]::new));
    }
}
