package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.cli.output.NamedArray;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.FinalStates;
import org.langevin4j.solvers.ensemble.Histogram;
import org.langevin4j.solvers.ensemble.MarginalHistogram;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.PathEnd;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.Snapshots;
import org.langevin4j.solvers.ensemble.TimeSeries;
import org.langevin4j.solvers.ensemble.When;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code simulate} computes: the ensemble, and its observables as a result. */
final class Simulation {

    /** Up to this dimension covariances are kept beside variances. */
    private static final int WITH_COVARIANCES = 8;

    /** Records where no interval is given. */
    private static final int RECORDS = 20;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private EnsembleOptions paths = new EnsembleOptions();

    @Option(
            names = "--every",
            paramLabel = "T",
            description =
                    "Time between two records of moments and trajectories (default: a twentieth of --until, in whole steps).")
    private @Nullable Double every;

    @Option(names = "--trajectories", paramLabel = "N", description = "Keep the first N paths at the recorded times.")
    private int trajectories;

    @Option(
            names = "--histogram",
            paramLabel = "X=A:B:N,…",
            description =
                    "Density at the end of one coordinate or two on N cells from A to B each, as in x=-2:2:100,v=-2:2:100.")
    private @Nullable String histogram;

    @Option(names = "--final-states", description = "Keep the states of all paths at the end.")
    private boolean finalStates;

    /** All that follows from the options, once. */
    record Plan(
            ChosenModel chosen,
            Ensemble ensemble,
            TimeSeries<RunningMoments> moments,
            Optional<MarginalHistogram> cells) {}

    EnsembleOptions paths() {
        return paths;
    }

    /** The ensemble, with its observables but without seed and execution. */
    Plan plan() throws IOException {
        return plan(text());
    }

    /** The model in words. */
    ModelText text() throws IOException {
        return models.text();
    }

    /** The same of a model that is given. */
    Plan plan(ModelText text) {
        ChosenModel chosen = models.choose(text);
        Ensemble ensemble = paths.ensemble(chosen);
        int d = chosen.dimension();
        TimeSeries<RunningMoments> moments =
                TimeSeries.of(d <= WITH_COVARIANCES ? Moments.of(d) : Moments.ofVariances(d));
        When records = When.atStart().or(When.every(interval(), 0.0));
        ensemble = ensemble.observe(records, moments);
        if (trajectories < 0) {
            throw new IllegalArgumentException("--trajectories must not be negative, got " + trajectories);
        }
        if (trajectories > 0) {
            ensemble = ensemble.observe(records, snapshots());
        }
        Optional<MarginalHistogram> cells = Optional.ofNullable(histogram).map(words -> cells(words, chosen));
        List<PathObservable<?>> atEnd = new ArrayList<>(cells.stream().toList());
        if (finalStates) {
            atEnd.add(FinalStates.all());
        }
        return new Plan(chosen, ensemble.observe(atEnd.toArray(PathObservable<?>[]::new)), moments, cells);
    }

    private Snapshots snapshots() {
        return Snapshots.ofFirst((int) Math.min(trajectories, paths.paths()));
    }

    /** Steps between two records. */
    private int interval() {
        double steps = paths.until() / paths.step();
        if (every == null) {
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.rint(steps / RECORDS)));
        }
        double wanted = every / paths.step();
        long whole = Math.round(wanted);
        if (!(whole >= 1 && whole <= steps && whole <= Integer.MAX_VALUE && Math.abs(wanted - whole) <= 1e-9 * whole)) {
            throw new IllegalArgumentException("--every must be a whole number of steps of " + paths.step()
                    + " and not more than --until, got " + every);
        }
        return (int) whole;
    }

    private static MarginalHistogram cells(String text, ChosenModel chosen) {
        List<Axis> axes = new ArrayList<>();
        List<Integer> which = new ArrayList<>();
        for (Map.Entry<String, Axis> entry : axes("--histogram", text).entrySet()) {
            which.add(EnsembleOptions.coordinate("--histogram", entry.getKey(), chosen.coordinates()));
            axes.add(entry.getValue());
        }
        if (axes.size() > 2) {
            throw new IllegalArgumentException("--histogram takes one coordinate or two, got " + axes.size());
        }
        return new MarginalHistogram(Grid.of(axes.toArray(Axis[]::new)), which);
    }

    /** {@code x=-2:2:100,v=-2:2:100}. */
    static Map<String, Axis> axes(String option, String text) {
        Map<String, Axis> axes = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int at = part.indexOf('=');
            String[] numbers = part.substring(at + 1).split(":", -1);
            if (at < 1 || numbers.length != 3) {
                throw new IllegalArgumentException(
                        option + " takes coordinate=from:to:cells, as in x=-2:2:100, got '" + part.strip() + "'");
            }
            double cells = Settings.number(option, numbers[2]);
            if (!(cells >= 1 && cells <= 10_000_000 && cells == Math.rint(cells))) {
                throw new IllegalArgumentException(
                        option + " takes a whole number of cells from 1 on, got " + numbers[2]);
            }
            double from = Settings.number(option, numbers[0]);
            double to = Settings.number(option, numbers[1]);
            if (!(from < to)) {
                throw new IllegalArgumentException(option + " takes from < to, got " + part.strip());
            }
            if (axes.put(part.substring(0, at).strip(), Axis.uniform(from, to, (int) cells)) != null) {
                throw new IllegalArgumentException(
                        option + " names '" + part.substring(0, at).strip() + "' twice");
            }
        }
        return axes;
    }

    /** What the run gave. */
    Result fill(Result result, Plan plan, EnsembleResult run) {
        ChosenModel chosen = plan.chosen();
        chosen.about(result);
        paths.about(result, chosen, paths.until());
        result.about("seed", run.seed().value())
                .about("complete", run.isComplete())
                .about("paths_done", run.paths());
        long lost = run.pathEnds().count(PathEnd.Cause.NON_FINITE);
        if (lost > 0) {
            result.note(lost + " paths left the finite numbers: "
                    + run.pathEnds().firstNonFinite().get(0));
        }
        moments(result, chosen, run.get(plan.moments()));
        if (trajectories > 0) {
            trajectories(result, chosen, run.get(snapshots()));
        }
        plan.cells().ifPresent(cells -> histogram(result, chosen, cells, run.get(cells)));
        if (finalStates) {
            finalStates(result, chosen, run.get(FinalStates.all()));
        }
        return result;
    }

    private static void moments(Result result, ChosenModel chosen, List<TimeSeries.Entry<RunningMoments>> series) {
        result.column(
                "t", "time", series.stream().mapToDouble(TimeSeries.Entry::time).toArray());
        result.column(
                "paths",
                "1",
                series.stream().mapToDouble(entry -> entry.result().count()).toArray());
        List<String> names = chosen.names();
        int d = names.size();
        for (int i = 0; i < d; i++) {
            int at = i;
            result.column("mean_" + names.get(i), "1", each(series, moments -> moments.mean(at)));
            result.column("mean_" + names.get(i) + "_error", "1", each(series, moments -> moments.standardError(at)));
            result.column("variance_" + names.get(i), "1", each(series, moments -> moments.variance(at)));
        }
        for (int i = 0; d <= WITH_COVARIANCES && i < d; i++) {
            for (int j = i + 1; j < d; j++) {
                int row = i;
                int column = j;
                result.column(
                        "covariance_" + names.get(i) + "_" + names.get(j),
                        "1",
                        each(series, moments -> moments.covariance(row, column)));
            }
        }
    }

    private static double[] each(List<TimeSeries.Entry<RunningMoments>> series, ToDoubleFunction<RunningMoments> what) {
        return series.stream()
                .mapToDouble(entry -> entry.result().count() < 2 ? Double.NaN : what.applyAsDouble(entry.result()))
                .toArray();
    }

    /** NaN where a path has ended before. */
    private static void trajectories(Result result, ChosenModel chosen, List<Snapshots.Trajectory> kept) {
        int times = result.columns().get(0).values().length;
        int d = chosen.dimension();
        double[] values = new double[kept.size() * times * d];
        Arrays.fill(values, Double.NaN);
        for (int p = 0; p < kept.size(); p++) {
            Snapshots.Trajectory one = kept.get(p);
            for (int k = 0; k < Math.min(times, one.length()); k++) {
                for (int i = 0; i < d; i++) {
                    values[(p * times + k) * d + i] = one.state(k, i);
                }
            }
        }
        result.array(new NamedArray("trajectories", "1", values, kept.size(), times, d));
    }

    private static void histogram(Result result, ChosenModel chosen, MarginalHistogram cells, Histogram.Counts counts) {
        Grid grid = cells.grid();
        int[] shape = new int[grid.dimension()];
        for (int a = 0; a < shape.length; a++) {
            Axis axis = grid.axis(a);
            shape[a] = axis.cells();
            double[] edges = new double[axis.cells() + 1];
            for (int k = 0; k < edges.length; k++) {
                edges[k] = axis.edge(k);
            }
            result.array(new NamedArray(
                    "edges_" + chosen.names().get(cells.coordinates().get(a)), "1", edges, edges.length));
        }
        double[] density = new double[grid.cells()];
        double[] error = new double[grid.cells()];
        double total = counts.total();
        for (int cell = 0; cell < density.length; cell++) {
            double part = counts.count(cell) / total;
            int at = rowMajor(grid, cell);
            density[at] = part / grid.volume(cell);
            error[at] = Math.sqrt(part * (1.0 - part) / total) / grid.volume(cell);
        }
        result.array(new NamedArray("density", "1", density, shape));
        result.array(new NamedArray("density_error", "1", error, shape));
        if (counts.outside() > 0) {
            result.note(counts.outside() + " paths ended outside of the cells of --histogram");
        }
    }

    /** The number of a cell when the last coordinate runs fastest. */
    static int rowMajor(Grid grid, int cell) {
        int at = 0;
        for (int a = 0; a < grid.dimension(); a++) {
            at = at * grid.axis(a).cells() + grid.position(cell, a);
        }
        return at;
    }

    private static void finalStates(Result result, ChosenModel chosen, FinalStates.States states) {
        int d = chosen.dimension();
        double[] values = new double[Math.multiplyExact(states.paths(), d)];
        double[] x = new double[d];
        for (int k = 0; k < states.paths(); k++) {
            states.copyState(k, x);
            System.arraycopy(x, 0, values, k * d, d);
        }
        result.array(new NamedArray("final_states", "1", values, states.paths(), d));
    }
}
