package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
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
import org.langevin4j.solvers.fokkerplanck.PeriodicDecay;

/**
 * First passage on a grid. Where the scheme is of the first order it acts like noise that is not there, and the logarithm of an escape
 * time is wrong in proportion to the width of the cells: it is extrapolated from cells of width h and 2h, and its error is the difference to the same
 * from 2h and 4h. Elsewhere the error is the difference to cells of 2h. Of a driven equation the error of the time step comes on top, the
 * difference to half the steps.
 *
 * @param mean of the first-passage time from the start
 * @param meanError see above
 * @param rate of the exponential tail; 1/mean where the equation does not depend on time
 * @param rateError see above
 * @param grid the cells
 * @param how in words
 * @param times at which the survival is known, perhaps none
 * @param survival P(T ≥ t)
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record GridEscape(
        double mean,
        double meanError,
        double rate,
        double rateError,
        Grid grid,
        String how,
        double[] times,
        double[] survival) {

    static final int MOST_DIMENSIONS = 3;

    /** Paths that say where the process goes. */
    private static final int PILOTS = 64;

    private static final int PILOT_STEPS = 20_000;

    private static final int PILOT_RECORDS = 200;

    /** Cells behind the edge of a target; even, so that half the cells have the edge too. */
    private static final int BEHIND = 4;

    private static final int INSTANTS = 200;

    /** Steps between two of them, or of a period, from which on they are doubled. */
    private static final int FEWEST_STEPS = 4;

    private static final int FEWEST_STEPS_OF_A_PERIOD = 16;

    private static final int MOST_DOUBLINGS = 5;

    /** Change of the logarithm of a rate by twice the steps that ends the doubling. */
    private static final double STEADY = 0.005;

    private static final int MOST_TIMES_TOLD = 10_000;

    /** Cells of an axis that can be joined twice and still be a grid. */
    private static final int FEWEST_CELLS = 32;

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

    /** What one grid gives. */
    private record Numbers(double mean, double rate, double[] times, double[] survival) {

        double change(Numbers other) {
            return Math.abs(Math.log(rate / other.rate));
        }
    }

    /** The numbers of an equation that does not depend on time. */
    static GridEscape of(
            ChosenModel chosen, Optional<Decomposition> parts, Map<String, Axis> axes, double[] start, Target target) {
        return of(
                axes,
                0.0,
                part -> {
                    double mean = meanTime(chosen, parts, grid(axes, part), start, target);
                    return new Numbers(mean, 1.0 / mean, new double[0], new double[0]);
                },
                isRough(chosen.sde(), parts, axes));
    }

    private static boolean isRough(Sde sde, Optional<Decomposition> parts, Map<String, Axis> axes) {
        return parts.isEmpty()
                && FokkerPlanck.of(sde, grid(axes, 1), Boundary.REFLECTING)
                        .chain()
                        .isRough();
    }

    /** On cells of one, two and four times the width. */
    private static GridEscape of(
            Map<String, Axis> axes, double inTime, IntFunction<Numbers> onCells, boolean extrapolated) {
        Numbers fine = onCells.apply(1);
        Numbers coarse = onCells.apply(2);
        double mean = fine.mean;
        double rate = fine.rate;
        double meanChange = Math.abs(Math.log(fine.mean / coarse.mean));
        double rateChange = fine.change(coarse);
        boolean enough = axes.values().stream().allMatch(axis -> axis.cells() >= FEWEST_CELLS);
        String how = "cells of one and two times the width";
        if (extrapolated && enough) {
            Numbers coarsest = onCells.apply(4);
            mean *= fine.mean / coarse.mean;
            rate *= fine.rate / coarse.rate;
            meanChange = Math.abs(Math.log(mean / (coarse.mean * coarse.mean / coarsest.mean)));
            rateChange = Math.abs(Math.log(rate / (coarse.rate * coarse.rate / coarsest.rate)));
            how = "extrapolated from cells of one, two and four times the width";
        }
        return new GridEscape(
                mean,
                mean * Math.expm1(meanChange + inTime),
                rate,
                rate * Math.expm1(rateChange + inTime),
                grid(axes, 1),
                how,
                fine.times,
                fine.survival);
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

    /** The numbers of an equation of a period that starts at time 0; its survival is told until an end. */
    static GridEscape periodic(
            Sde sde, Map<String, Axis> axes, double[] start, Target target, double period, double end) {
        return ofSteps(
                sde,
                axes,
                FEWEST_STEPS_OF_A_PERIOD,
                (part, steps) -> decay(sde, grid(axes, part), start, target, period, steps, end));
    }

    /** The numbers of a driven equation that starts at time 0, by its survival until an end. */
    static GridEscape driven(Sde sde, Map<String, Axis> axes, double[] start, Target target, double end) {
        return ofSteps(
                sde, axes, FEWEST_STEPS, (part, steps) -> survival(sde, grid(axes, part), start, target, end, steps));
    }

    private interface Run {
        Numbers of(int part, int steps);
    }

    /** Steps are doubled, on the coarse grid, until that changes next to nothing. */
    private static GridEscape ofSteps(Sde sde, Map<String, Axis> axes, int fewest, Run run) {
        int steps = fewest;
        Numbers coarse = run.of(2, steps);
        double inTime = Double.POSITIVE_INFINITY;
        for (int n = 0; n < MOST_DOUBLINGS && !(inTime <= STEADY); n++) {
            steps *= 2;
            Numbers doubled = run.of(2, steps);
            inTime = doubled.change(coarse);
            coarse = doubled;
        }
        Numbers last = coarse;
        int taken = steps;
        return of(
                axes,
                inTime,
                part -> part == 2 ? last : run.of(part, taken),
                isRough(sde.atTime(0.0), Optional.empty(), axes));
    }

    private static Region region(Grid grid, Target target) {
        return Region.of(grid, Boundary.REFLECTING).where(x -> !target.contains(x), Boundary.ABSORBING);
    }

    private static Numbers decay(
            Sde sde, Grid grid, double[] start, Target target, double period, int steps, double end) {
        Region region = region(grid, target);
        PeriodicDecay decay = DrivenFokkerPlanck.of(sde, region)
                .decay(Density.at(region, start), period, Integrator.sdirk2(period / steps));
        List<Double> times = new ArrayList<>(decay.times());
        List<Double> survival = new ArrayList<>(decay.survival());
        int known = times.size();
        for (int n = 1; times.get(known - 1) + n * period <= end && times.size() < MOST_TIMES_TOLD; n++) {
            for (int k = known - decay.steps(); k < known; k++) {
                times.add(times.get(k) + n * period);
                survival.add(survival.get(k) * Math.exp(-decay.rate() * n * period));
            }
        }
        return new Numbers(
                decay.meanTime(),
                decay.rate(),
                times.stream().mapToDouble(Double::doubleValue).toArray(),
                survival.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Numbers survival(Sde sde, Grid grid, double[] start, Target target, double end, int steps) {
        double[] times = new double[INSTANTS + 1];
        for (int k = 0; k <= INSTANTS; k++) {
            times[k] = end * k / INSTANTS;
        }
        Region region = region(grid, target);
        DrivenEvolution evolution = DrivenFokkerPlanck.of(sde, region)
                .evolve(
                        Density.at(region, start),
                        0.0,
                        Arrays.copyOfRange(times, 1, times.length),
                        Integrator.implicitEuler(times[1] / steps));
        double[] survival = new double[times.length];
        survival[0] = 1.0;
        for (int k = 1; k < times.length; k++) {
            int at = evolution.densities().size() - times.length + k;
            survival[k] = evolution.densities().get(at).mass();
        }
        // Over the last three quarters.
        int from = INSTANTS / 4;
        double rate = Math.log(survival[from] / survival[INSTANTS]) / (times[INSTANTS] - times[from]);
        double mean = survival[INSTANTS] / rate;
        for (int k = 0; k < INSTANTS; k++) {
            mean += 0.5 * (survival[k] + survival[k + 1]) * (times[k + 1] - times[k]);
        }
        return new Numbers(mean, rate, times, survival);
    }

    private static Grid grid(Map<String, Axis> axes, int part) {
        return Grid.of(axes.values().stream()
                .map(axis -> part == 1
                        ? axis
                        : part == 2 ? axis.coarsened() : axis.coarsened().coarsened())
                .toArray(Axis[]::new));
    }
}
