package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.examples.cli.terminal.Interruption;
import org.langevin4j.examples.cli.terminal.Terminal;
import org.langevin4j.examples.cli.terminal.TerminalProgress;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.solvers.cluster.Cluster;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.sweep.Sweep;
import org.langevin4j.solvers.sweep.SweepFunction;
import org.langevin4j.solvers.sweep.SweepPoint;
import org.langevin4j.solvers.sweep.SweepResult;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sweep MODEL --over beta=0.5:2:7}: numbers over one parameter or two. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Computes numbers at many values of one parameter or two: of beta, temperature or any parameter of the model.",
            "With --target first-passage times and rates; with --steady mean and variance of the stationary density on --grid;",
            "else mean and variance of paths at --until. With --out FILE.csv a sweep that was stopped goes on where it was."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j sweep --drift \"x-x^3\" --start -1 --target \"x > 0\" --over beta=2:10:5 --out rates.csv --chart rates.png",
            "  langevin4j sweep double-well --over lambda=0,0.5,1,2 --over beta=1:4:4 --until 20 --paths 4000",
            "  langevin4j sweep --potential \"x^4/4-x^2/2-a*x\" --set a=0 --over a=-0.5:0.5:11 --steady --grid x=-3:3:400 --chart a.png"
        })
public final class SweepCommand implements Callable<Integer> {

    private static final int FAILED = 3;

    private static final String ERROR = "_error";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Option(
            names = "--over",
            paramLabel = "NAME=A:B:N",
            required = true,
            description =
                    "N values from A to B of a parameter, beta or temperature; A:B:N:log in equal ratios; or a list A,B,C. Twice for a plane.")
    private List<String> over = List.of();

    @Option(names = "--steady", description = "Mean and variance of the stationary density on --grid.")
    private boolean steady;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "Compute each point N times with seeds of its own (default: ${DEFAULT-VALUE}).")
    private int replicas = 1;

    @Mixin
    private EscapeOptions escape = new EscapeOptions();

    @Mixin
    private EnsembleOptions paths = new EnsembleOptions();

    @Mixin
    private SparkOption spark = new SparkOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public SweepCommand() {}

    @Override
    public Integer call() throws Exception {
        output.check();
        ModelText text = models.text();
        ChosenModel chosen = models.choose(text);
        Map<String, double[]> values = values();
        for (Map.Entry<String, double[]> entry : values.entrySet()) {
            for (double value : entry.getValue()) {
                chosen.with(entry.getKey(), value);
            }
        }
        if (steady && escape.hasTarget()) {
            throw fault("--steady and --target exclude each other");
        }
        if (steady) {
            stationary(chosen.atFirst(values));
        } else if (escape.hasTarget()) {
            escape.target(chosen).requireOutside(paths.start(chosen));
        } else {
            paths.ensemble(chosen);
        }
        Sweep sweep = sweep(values).replicas(replicas).seed(output.seed()).threads(output.threads());
        Optional<Path> csv = output.file()
                .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".csv"));
        if (csv.isPresent()) {
            claim(csv.get());
            sweep = sweep.writingTo(csv.get());
        }
        List<String> names = List.copyOf(values.keySet());
        if (!spark.isGiven()) {
            return run(sweep, chosen, names, point -> numbers(chosen, names, point), csv);
        }
        try (Cluster cluster = spark.cluster()) {
            SentPoints points = new SentPoints(List.copyOf(CommandFile.words(commandSpec())), text, names);
            return run(sweep.on(cluster), chosen, names, points, csv);
        }
    }

    /** What is computed at each point, for machines that may not have the file of the model. */
    private record SentPoints(List<String> words, ModelText text, List<String> names) implements SweepFunction {

        @Override
        public double[] at(SweepPoint point) {
            SweepCommand made = new SweepCommand();
            new CommandLine(made).parseArgs(words.toArray(String[]::new));
            return made.numbers(made.models.choose(text), names, point);
        }
    }

    private double[] numbers(ChosenModel chosen, List<String> names, SweepPoint point) {
        ChosenModel at = chosen;
        for (String name : names) {
            at = at.with(name, point.get(name));
        }
        return numbers(at, point.seed());
    }

    private int run(Sweep sweep, ChosenModel chosen, List<String> names, SweepFunction function, Optional<Path> csv)
            throws Exception {
        Thread caller = Thread.currentThread();
        int planned = sweep.points().size();
        AtomicLong done = new AtomicLong();
        return Interruption.guard(caller::interrupt, () -> {
            SweepResult found;
            try (ProgressReporter.Task task =
                    TerminalProgress.on(Terminal.standard()).start("points", planned)) {
                found = sweep.onRow(row -> task.advanceTo(done.incrementAndGet()))
                        .run(columns(chosen), function);
            }
            // An interrupted thread writes no file.
            boolean stopped = Thread.interrupted();
            Result result = result(chosen, names, found);
            for (SweepResult.Failure failure : found.failures()) {
                result.note("failed: " + failure);
            }
            if (stopped) {
                output.say("langevin4j: stopped early: " + found.rows().size() + " of " + planned + " points are done"
                        + csv.map(file -> " and in " + file + "; the same command goes on from there")
                                .orElse(""));
            }
            if (csv.isPresent()) {
                output.draw(() -> SweepFigure.of(chosen, names, result));
                result.notes().forEach(note -> output.say("langevin4j: " + note));
                output.say("written: " + csv.get());
            } else {
                output.finish(result, () -> SweepFigure.of(chosen, names, result));
            }
            if (!found.failures().isEmpty()) {
                output.say("langevin4j: " + found.failures().size() + " of " + planned + " points failed");
            }
            return found.failures().isEmpty() ? 0 : FAILED;
        });
    }

    private Map<String, double[]> values() {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (String text : over) {
            int at = text.indexOf('=');
            if (at < 1) {
                throw fault("--over takes name=from:to:count or name=a,b,c, got '" + text + "'");
            }
            String name = text.substring(0, at).strip();
            if (values.put(name, Settings.range("--over " + name, text.substring(at + 1))) != null) {
                throw fault("--over names '" + name + "' twice");
            }
        }
        if (values.size() > 2) {
            throw fault("--over takes one parameter or two, got " + values.size());
        }
        return values;
    }

    private static Sweep sweep(Map<String, double[]> values) {
        List<Map.Entry<String, double[]>> each = List.copyOf(values.entrySet());
        Sweep sweep = Sweep.over(each.get(0).getKey(), each.get(0).getValue());
        return each.size() == 1
                ? sweep
                : sweep.and(each.get(1).getKey(), each.get(1).getValue());
    }

    /** A file of another sweep is not touched. */
    private void claim(Path csv) throws IOException {
        if (Files.exists(csv) && Files.size(csv) > 0) {
            List<String> before = withoutRange(List.of(CommandFile.read(csv)));
            List<String> now = withoutRange(CommandFile.words(commandSpec()));
            if (!before.equals(now)) {
                throw new IllegalArgumentException(csv + " is of another sweep, 'sweep " + String.join(" ", before)
                        + "': give another --out, or remove it");
            }
        }
        CommandFile.write(csv, commandSpec());
    }

    /** A sweep over more values goes on with the same file. */
    private static List<String> withoutRange(List<String> words) {
        List<String> rest = new ArrayList<>();
        for (int k = 0; k < words.size(); k++) {
            if (words.get(k).equals("--over") || words.get(k).equals("--replicas")) {
                k++;
            } else if (!words.get(k).startsWith("--over=") && !words.get(k).startsWith("--replicas=")) {
                rest.add(words.get(k));
            }
        }
        return rest;
    }

    private List<String> columns(ChosenModel chosen) {
        List<String> columns = new ArrayList<>();
        if (escape.hasTarget()) {
            EscapeOptions.NUMBERS.forEach(name -> columns.addAll(List.of(name, name + ERROR)));
        } else {
            for (String name : chosen.names()) {
                columns.addAll(List.of(
                        "mean_" + name, "mean_" + name + ERROR, "variance_" + name, "variance_" + name + ERROR));
            }
        }
        return columns;
    }

    private double[] numbers(ChosenModel chosen, Seed seed) {
        if (steady) {
            return stationary(chosen);
        }
        if (escape.hasTarget()) {
            Result found = new Result();
            escape.compute(chosen, paths, seed, 1, found);
            double[] numbers = new double[2 * EscapeOptions.NUMBERS.size()];
            Arrays.fill(numbers, Double.NaN);
            for (Result.Quantity quantity : found.quantities()) {
                int at = EscapeOptions.NUMBERS.indexOf(quantity.name());
                if (at >= 0) {
                    numbers[2 * at] = quantity.value();
                    numbers[2 * at + 1] = quantity.error();
                }
            }
            return numbers;
        }
        int d = chosen.dimension();
        Moments moments = Moments.ofVariances(d);
        RunningMoments x = paths.ensemble(chosen)
                .seed(seed)
                .threads(1)
                .observe(moments)
                .run()
                .get(moments);
        double[] numbers = new double[4 * d];
        for (int i = 0; i < d; i++) {
            numbers[4 * i] = x.mean(i);
            numbers[4 * i + 1] = x.standardError(i);
            numbers[4 * i + 2] = x.variance(i);
            // Of a Gaussian.
            numbers[4 * i + 3] = x.variance(i) * Math.sqrt(2.0 / Math.max(1, x.count() - 1));
        }
        return numbers;
    }

    /** Mean and variance on the grid, with the difference to half the cells as error. */
    private double[] stationary(ChosenModel chosen) {
        Map<String, Axis> axes = escape.grid(chosen);
        Density fine = density(chosen, axes, false);
        Density coarse = density(chosen, axes, true);
        int d = chosen.dimension();
        double[] numbers = new double[4 * d];
        for (int i = 0; i < d; i++) {
            numbers[4 * i] = fine.mean()[i];
            numbers[4 * i + 1] = Math.abs(fine.mean()[i] - coarse.mean()[i]);
            numbers[4 * i + 2] = fine.covariance().getEntry(i, i);
            numbers[4 * i + 3] = Math.abs(
                    fine.covariance().getEntry(i, i) - coarse.covariance().getEntry(i, i));
        }
        return numbers;
    }

    private static Density density(ChosenModel chosen, Map<String, Axis> axes, boolean half) {
        Grid grid = Grid.of(axes.values().stream()
                .map(axis -> half ? axis.coarsened() : axis)
                .toArray(Axis[]::new));
        return FokkerPlanck.of(chosen.sde(), grid, Boundary.REFLECTING)
                .steadyState()
                .density();
    }

    private Result result(ChosenModel chosen, List<String> names, SweepResult found) {
        Result result = chosen.about(output.begin()).about("seed", output.seed().value());
        result.about("over", over).about("complete", found.isComplete());
        if (steady) {
            result.about("grid", escape.cells());
        }
        for (int i = 0; i < names.size(); i++) {
            int at = i;
            result.column(
                    names.get(i).replaceAll("\\W", "_"),
                    "1",
                    found.rows().stream()
                            .mapToDouble(row -> row.point().values().get(at))
                            .toArray());
        }
        if (replicas > 1) {
            result.column(
                    "replica",
                    "1",
                    found.rows().stream()
                            .mapToDouble(row -> row.point().replica())
                            .toArray());
        }
        for (String column : found.columns()) {
            double[] numbers = found.column(column);
            if (Arrays.stream(numbers).anyMatch(number -> !Double.isNaN(number))) {
                String unit = column.startsWith("mean_time") ? "time" : column.startsWith("rate") ? "1/time" : "1";
                result.column(column, unit, numbers);
            }
        }
        return result;
    }

    private ParameterException fault(String message) {
        return new ParameterException(commandSpec().commandLine(), message);
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        return spec;
    }
}
