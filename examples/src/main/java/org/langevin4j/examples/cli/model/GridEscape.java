package org.langevin4j.examples.cli.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.NonFinite;
import org.langevin4j.solvers.ensemble.Snapshots;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.fokkerplanck.DrivenEvolution;
import org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;
import org.langevin4j.solvers.fokkerplanck.Integrator;

/**
 * First passage on a grid. Its error is the difference to a grid of half the cells, of a driven equation with half the steps.
 *
 * @param mean of the first-passage time from the start
 * @param meanError see above
 * @param rate of the exponential tail; 1/mean where the equation does not depend on time
 * @param rateError see above
 * @param grid the cells
 * @param times at which the survival is known, perhaps none
 * @param survival P(T ≥ t)
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record GridEscape(
        double mean, double meanError, double rate, double rateError, Grid grid, double[] times, double[] survival) {

    static final int MOST_DIMENSIONS = 3;

    /** Paths that say where the process goes. */
    private static final int PILOTS = 64;

    private static final int PILOT_STEPS = 20_000;

    private static final int PILOT_RECORDS = 200;

    /** Cells behind the edge of a target; even, so that half the cells have the edge too. */
    private static final int BEHIND = 4;

    private static final int INSTANTS = 200;

    /** Steps between two of them, a driven equation; on the coarse grid half as many. */
    private static final int STEPS = 4;

    /** Cells of an axis where none are given, by dimension. */
    private static int cells(Sde sde) {
        return switch (sde.dimension()) {
            case 1 -> 1600;
            case 2 -> sde.isAutonomous() ? 256 : 128;
            default -> 40;
        };
    }

    /** The box and its cells: given, or where pilot paths go with a margin, and to the edge of the target. */
    static Map<String, Axis> axes(
            @Nullable String given, ChosenModel chosen, Ensemble ensemble, double[] start, double step, Target target) {
        List<String> names = chosen.coordinates();
        if (given != null) {
            return given(given, names);
        }
        Map<String, Axis> axes = new LinkedHashMap<>();
        double[][] ends = visited(ensemble.paths(PILOTS).until(PILOT_STEPS * step), start);
        int n = cells(chosen.sde());
        for (int i = 0; i < names.size(); i++) {
            double margin = Math.max(0.5 * (ends[1][i] - ends[0][i]), 1e-6);
            double low = ends[0][i] - margin;
            double high = ends[1][i] + margin;
            OptionalDouble bound = target.bound(i);
            if (bound.isPresent()) {
                axes.put(names.get(i), upTo(bound.getAsDouble(), start[i], low, high, n));
            } else {
                axes.put(names.get(i), Axis.uniform(low, high, n));
            }
        }
        return axes;
    }

    /** Typed cells, in the order of the coordinates. */
    static Map<String, Axis> given(String text, List<String> names) {
        Map<String, Axis> typed = Simulation.axes("--grid", text);
        for (String name : typed.keySet()) {
            EnsembleOptions.coordinate("--grid", name, names);
        }
        Map<String, Axis> axes = new LinkedHashMap<>();
        for (String name : names) {
            Axis axis = typed.get(name);
            if (axis == null) {
                throw new IllegalArgumentException("--grid must have cells for each of " + String.join(", ", names)
                        + ", '" + name + "' is missing");
            }
            axes.put(name, axis);
        }
        return axes;
    }

    /** With the edge of the target on an edge of cells, and few of them behind it. */
    private static Axis upTo(double bound, double start, double low, double high, int n) {
        if (start < bound) {
            double width = (bound - Math.min(low, start - 0.5 * (bound - start))) / (n - BEHIND);
            return Axis.uniform(bound - (n - BEHIND) * width, bound + BEHIND * width, n);
        }
        double width = (Math.max(high, start + 0.5 * (start - bound)) - bound) / (n - BEHIND);
        return Axis.uniform(bound - BEHIND * width, bound + (n - BEHIND) * width, n);
    }

    private static double[][] visited(Ensemble pilots, double[] start) {
        Snapshots kept = Snapshots.ofFirst(PILOTS);
        double[] low = start.clone();
        double[] high = start.clone();
        for (Snapshots.Trajectory path : pilots.onNonFinite(NonFinite.STOP_PATH)
                .observe(When.every(PILOT_STEPS / PILOT_RECORDS, 0.0), kept)
                .run()
                .get(kept)) {
            for (int k = 0; k < path.length(); k++) {
                for (int i = 0; i < low.length; i++) {
                    low[i] = Math.min(low[i], path.state(k, i));
                    high[i] = Math.max(high[i], path.state(k, i));
                }
            }
        }
        return new double[][] {low, high};
    }

    /** The numbers of an equation that does not depend on time. */
    static GridEscape of(
            ChosenModel chosen, Optional<Decomposition> parts, Map<String, Axis> axes, double[] start, Target target) {
        Grid grid = grid(axes, 1);
        double fine = meanTime(chosen, parts, grid, start, target);
        double coarse = meanTime(chosen, parts, grid(axes, 2), start, target);
        double error = Math.abs(fine - coarse);
        return new GridEscape(fine, error, 1.0 / fine, error / (fine * fine), grid, new double[0], new double[0]);
    }

    /** By Φ, D and Q where they are known, which spares the error of a flux without noise. */
    private static double meanTime(
            ChosenModel chosen, Optional<Decomposition> parts, Grid grid, double[] start, Target target) {
        Region region = Region.of(grid, Boundary.REFLECTING);
        FokkerPlanck equation = parts.isPresent()
                ? FokkerPlanck.of(parts.get(), chosen.temperature(), region)
                : FokkerPlanck.of(chosen.sde(), region);
        // The error is told beside the number, whatever it is.
        return HittingProblem.of(equation.withErrorsUpTo(Double.MAX_VALUE), target.cells())
                .meanTime()
                .at(start);
    }

    /** The numbers of a driven equation that starts at time 0, by its survival until an end. */
    static GridEscape driven(Sde sde, Map<String, Axis> axes, double[] start, Target target, double end) {
        Grid grid = grid(axes, 1);
        double[] times = new double[INSTANTS + 1];
        for (int k = 0; k <= INSTANTS; k++) {
            times[k] = end * k / INSTANTS;
        }
        double[] fine = survival(sde, grid, start, target, times, STEPS);
        double[] coarse = survival(sde, grid(axes, 2), start, target, times, STEPS / 2);
        double rate = rate(times, fine);
        double mean = mean(times, fine, rate);
        double coarseRate = rate(times, coarse);
        return new GridEscape(
                mean,
                Math.abs(mean - mean(times, coarse, coarseRate)),
                rate,
                Math.abs(rate - coarseRate),
                grid,
                times,
                fine);
    }

    private static double[] survival(Sde sde, Grid grid, double[] start, Target target, double[] times, int steps) {
        Region region = Region.of(grid, Boundary.REFLECTING).where(x -> !target.contains(x), Boundary.ABSORBING);
        double step = times[1] / steps;
        DrivenEvolution evolution = DrivenFokkerPlanck.of(sde, region)
                .evolve(
                        Density.at(region, start),
                        0.0,
                        Arrays.copyOfRange(times, 1, times.length),
                        Integrator.implicitEuler(step));
        double[] survival = new double[times.length];
        survival[0] = 1.0;
        for (int k = 1; k < times.length; k++) {
            int at = evolution.densities().size() - times.length + k;
            survival[k] = evolution.densities().get(at).mass();
        }
        return survival;
    }

    /** Over the last three quarters. */
    private static double rate(double[] times, double[] survival) {
        int from = INSTANTS / 4;
        return Math.log(survival[from] / survival[INSTANTS]) / (times[INSTANTS] - times[from]);
    }

    private static double mean(double[] times, double[] survival, double rate) {
        double sum = 0.0;
        for (int k = 0; k < INSTANTS; k++) {
            sum += 0.5 * (survival[k] + survival[k + 1]) * (times[k + 1] - times[k]);
        }
        return sum + survival[INSTANTS] / rate;
    }

    private static Grid grid(Map<String, Axis> axes, int part) {
        return Grid.of(axes.values().stream()
                .map(axis -> part == 1 ? axis : axis.coarsened())
                .toArray(Axis[]::new));
    }
}
