package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.examples.cli.output.NamedArray;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.ensemble.Ensemble;
import picocli.CommandLine.Option;

/** First passage to a target by paths and on a grid, whichever is possible. */
final class EscapeOptions {

    /** Path-steps of the longest run that is begun unasked; about a minute. */
    private static final double MOST_WORK = 2e9;

    /** Of its number, the error of the grid. */
    private static final double COARSE = 0.1;

    /** Mean times that paths run where a grid knows them. */
    private static final double MEAN_TIMES = 4.0;

    /** Names of the numbers, each with an error. */
    static final List<String> NUMBERS =
            List.of("mean_time_paths", "mean_time_grid", "mean_time_theory", "rate_paths", "rate_grid", "rate_theory");

    @Option(
            names = "--target",
            paramLabel = "A<B",
            description = "Where the paths are to arrive, an inequality between expressions of the state: \"x > 0.9\".")
    private @Nullable String typedTarget;

    @Option(
            names = "--grid",
            paramLabel = "X=A:B:N,…",
            description =
                    "Cells for every coordinate, x=-2:2:200,v=-3:3:200 (default: where pilot paths go, with a margin). Walls reflect.")
    private @Nullable String cells;

    @Option(
            names = "--period",
            paramLabel = "T",
            description =
                    "The period of a driven model: the grid then follows it through the periods that its transients take.")
    private @Nullable Double period;

    @Option(names = "--no-paths", description = "Grid only.")
    private boolean withoutPaths;

    @Option(names = "--no-grid", description = "Paths only.")
    private boolean withoutGrid;

    /**
     * What was found.
     *
     * @param paths null without paths
     * @param grid null without a grid
     */
    record Escape(@Nullable PathEscape paths, @Nullable GridEscape grid) {}

    boolean hasTarget() {
        return typedTarget != null;
    }

    Target target(ChosenModel chosen) {
        if (typedTarget == null) {
            throw new IllegalArgumentException(
                    "--target is missing, where the paths are to arrive, as in --target \"x > 0.9\"");
        }
        return Target.parse(typedTarget, chosen);
    }

    /** {@code --grid} as it was typed. */
    String cells() {
        return cells == null ? "" : cells;
    }

    /** The cells of {@code --grid}. */
    Map<String, Axis> grid(ChosenModel chosen) {
        if (cells == null) {
            throw new IllegalArgumentException("--grid is missing, the cells, as in --grid "
                    + chosen.coordinates().get(0) + "=-3:3:400");
        }
        return GridEscape.given(cells, chosen.coordinates());
    }

    /** Computes and fills in what was found; why something was not found is in the notes. */
    Escape compute(ChosenModel chosen, EnsembleOptions paths, Seed seed, int threads, Result result) {
        if (withoutPaths && withoutGrid) {
            throw new IllegalArgumentException("--no-paths and --no-grid leave nothing to compute");
        }
        Target target = target(chosen);
        double[] start = paths.start(chosen);
        target.requireOutside(start);
        result.about("target", target.toString())
                .about("start", Arrays.stream(start).boxed().toList());
        boolean autonomous = chosen.sde().isAutonomous();
        if (period != null) {
            result.about("period", Period.of(chosen.sde(), period));
        }
        GridEscape grid =
                withoutGrid || !autonomous ? null : onGrid(chosen, paths, seed, threads, target, start, 0.0, result);
        double end = end(paths, grid);
        PathEscape byPaths =
                withoutPaths ? null : byPaths(chosen, paths, seed, threads, target, end, grid != null, result);
        if (!withoutGrid && !autonomous) {
            double until = byPaths == null ? end : byPaths.times()[byPaths.times().length - 1];
            grid = onGrid(chosen, paths, seed, threads, target, start, until, result);
        }
        if (byPaths == null && grid == null) {
            throw new IllegalArgumentException(result.notes().get(0));
        }
        fill(result, byPaths, grid);
        return new Escape(byPaths, grid);
    }

    private @Nullable GridEscape onGrid(
            ChosenModel chosen,
            EnsembleOptions paths,
            Seed seed,
            int threads,
            Target target,
            double[] start,
            double end,
            Result result) {
        Sde sde = chosen.sde();
        if (chosen.dimension() > GridEscape.MOST_DIMENSIONS || !sde.jumps().isEmpty()) {
            result.note("no grid: "
                    + (sde.jumps().isEmpty()
                            ? chosen.dimension() + " dimensions are too many"
                            : "the model has jumps"));
            return null;
        }
        try {
            Ensemble pilots = paths.ensemble(chosen).seed(seed.derive(1)).threads(threads);
            Map<String, Axis> axes = GridEscape.axes(cells, chosen, pilots, start, paths.step(), target);
            List<String> box = new ArrayList<>();
            axes.forEach((name, axis) ->
                    box.add(String.format(Locale.ROOT, "%s=%.4g:%.4g:%d", name, axis.min(), axis.max(), axis.cells())));
            result.about("grid", String.join(",", box));
            if (!sde.isAutonomous()) {
                return period == null
                        ? GridEscape.driven(sde, axes, start, target, end)
                        : GridEscape.periodic(sde, axes, start, target, period, end);
            }
            Optional<Decomposition> parts = KnownParts.of(chosen);
            theory(chosen, parts, axes, start, target, result);
            return GridEscape.of(chosen, parts, axes, start, target);
        } catch (NumericalException | IllegalArgumentException | IllegalStateException e) {
            if (cells != null) {
                throw e;
            }
            result.note("no grid: " + e.getMessage());
            return null;
        }
    }

    private static void theory(
            ChosenModel chosen,
            Optional<Decomposition> parts,
            Map<String, Axis> axes,
            double[] start,
            Target target,
            Result result) {
        if (parts.isEmpty()) {
            result.note("no formula of Kramers: the potential Φ of the model is not known");
            return;
        }
        try {
            TheoryEscape theory = TheoryEscape.of(chosen, parts.get(), axes, start, target);
            double error = theory.rate().correctedRate().isPresent()
                    ? Math.abs(theory.rate().rate()
                                    - theory.rate().correctedRate().getAsDouble())
                            / theory.rate().rate()
                    : 1.0 / theory.rate().reducedBarrier();
            String remark = String.format(
                    Locale.ROOT,
                    "Eyring and Kramers, barrier %.4g = %.3g/β%s, bars of order 1/β",
                    theory.rate().barrier(),
                    theory.rate().reducedBarrier(),
                    theory.atSaddle() ? ", target from the saddle on" : "");
            result.number("mean_time_theory", theory.meanTime(), error * theory.meanTime(), "time", remark)
                    .number("rate_theory", 1.0 / theory.meanTime(), error / theory.meanTime(), "1/time", "1/mean");
        } catch (NumericalException | IllegalArgumentException | IllegalStateException e) {
            result.note("no formula of Kramers: " + e.getMessage());
        }
    }

    /** Long enough, in whole steps. */
    private static double end(EnsembleOptions paths, @Nullable GridEscape grid) {
        double usual = grid == null
                ? paths.until()
                : Math.min(MEAN_TIMES * grid.mean(), MOST_WORK * paths.step() / paths.paths());
        return paths.until(Math.max(1.0, Math.ceil(usual / paths.step())) * paths.step());
    }

    /** Longer and longer, where no end was given and no grid says how long it takes. */
    private static PathEscape byPaths(
            ChosenModel chosen,
            EnsembleOptions paths,
            Seed seed,
            int threads,
            Target target,
            double end,
            boolean known,
            Result result) {
        double until = end;
        while (true) {
            Ensemble ensemble = paths.ensemble(chosen, until).seed(seed).threads(threads);
            PathEscape found = PathEscape.run(ensemble, until, target);
            double longer = 4.0 * until;
            boolean enough = found.passed() >= 0.75 * (found.passed() + found.censored());
            if (known || enough || paths.until(longer) != longer || longer / paths.step() * paths.paths() > MOST_WORK) {
                paths.about(result, chosen, until).about("seed", seed.value());
                if (!found.isUsable()) {
                    result.note("only " + found.passed() + " of " + (found.passed() + found.censored())
                            + " paths arrived by t = " + until + ": give a longer --until or more --paths");
                }
                return found;
            }
            until = longer;
        }
    }

    private void fill(Result result, @Nullable PathEscape byPaths, @Nullable GridEscape grid) {
        if (byPaths != null) {
            boolean all = byPaths.censored() == 0;
            result.number(
                    "mean_time_paths",
                    byPaths.mean(),
                    byPaths.meanError(),
                    "time",
                    all ? "all paths arrived" : byPaths.censored() + " paths had not arrived: exponential tail");
        }
        if (grid != null) {
            result.number(
                    "mean_time_grid", grid.mean(), grid.meanError(), "time", "grid " + shape(grid) + ", " + grid.how());
            if (grid.meanError() > COARSE * grid.mean()) {
                boolean driven = grid.times().length > 0 && period == null;
                result.note("the grid is too coarse for these numbers"
                        + (driven ? ", or its time steps are too long: give the --period of the drive, or" : ": give")
                        + " more cells by --grid, now " + result.about().get("grid"));
            }
        }
        if (byPaths != null) {
            result.number("rate_paths", byPaths.rate(), byPaths.rateError(), "1/time", "after a quarter of the time");
        }
        if (grid != null) {
            result.number(
                    "rate_grid",
                    grid.rate(),
                    grid.rateError(),
                    "1/time",
                    grid.times().length == 0
                            ? "1/mean"
                            : period == null
                                    ? "after a quarter of the time"
                                    : "mean over a period, after the transients");
        }
        if (byPaths != null) {
            result.number(
                    "arrived",
                    (double) byPaths.passed(),
                    Result.EXACT,
                    "1",
                    "of " + (byPaths.passed() + byPaths.censored()));
            result.array(new NamedArray("t", "time", byPaths.times(), byPaths.times().length));
            result.array(new NamedArray("survival_paths", "1", byPaths.survival(), byPaths.survival().length));
        }
        if (grid != null && grid.times().length > 0) {
            result.array(new NamedArray("t_grid", "time", grid.times(), grid.times().length));
            result.array(new NamedArray("survival_grid", "1", grid.survival(), grid.survival().length));
        }
    }

    private static String shape(GridEscape grid) {
        List<String> cells = new ArrayList<>();
        for (int a = 0; a < grid.grid().dimension(); a++) {
            cells.add(Integer.toString(grid.grid().axis(a).cells()));
        }
        return String.join("×", cells);
    }
}
