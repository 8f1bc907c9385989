package org.langevin4j.examples.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RankTest;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.VectorAutoregression;
import org.langevin4j.examples.cli.terminal.SeedConverter;
import org.langevin4j.examples.trajectory.TrajectoryPanels;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.StoredArray;
import org.langevin4j.models.trajectory.CoordinateStatistics;
import org.langevin4j.models.trajectory.HeldOutRotation;
import org.langevin4j.models.trajectory.LoopStatistics.Statistic;
import org.langevin4j.models.trajectory.LoopTest;
import org.langevin4j.models.trajectory.RecordProjection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code trajectory-statistics FILE[:ARRAY]|MODEL}: the statistics of Fig. 3 of a record, and whether it circulates. */
@Command(
        name = "trajectory-statistics",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints spectrum of increments, autocorrelation and a test of detailed balance of a record of many coordinates.",
            "In the place of MODEL may stand FILE[:ARRAY], one row an instant, one column a coordinate, in any format that spectrum reads;",
            "it may be larger than memory. Of a model one long path is simulated and its beginning left out.",
            "The plane of the test is chosen by the first half of the record and tested by the second. Ranks among surrogates tell loops",
            "from slow relaxation."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j trajectory-statistics weights.npy --chart record.png",
            "  langevin4j trajectory-statistics double-well --set lambda=3 --until 2000",
            "  langevin4j trajectory-statistics --drift \"-x+2*y, -2*x-y\" --step 0.01 --every 0.1 --until 1000 --json"
        })
public final class TrajectoryCommand implements Callable<Integer> {

    private static final int GROUP = 64;

    /** Rows that a rank needs, half of them if means are taken off. */
    private static final int FEWEST = 512;

    /** Errors by which a bound of what is not negative may be below zero. */
    private static final double BELOW_ZERO = 4.0;

    /** An error so much larger than what the whole record shows is that of a fit which does not hold. */
    private static final double ABSURD = 10.0;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private EnsembleOptions paths = new EnsembleOptions();

    @Option(
            names = "--every",
            paramLabel = "T",
            description = "Of a model: time between two rows (default: ten steps).")
    private @Nullable Double every;

    @Option(
            names = "--discard",
            paramLabel = "T",
            description = "Of a model: time left out at the beginning (default: a tenth of --until).")
    private @Nullable Double discard;

    @Option(
            names = "--seed",
            paramLabel = "N|fresh",
            defaultValue = "1",
            converter = SeedConverter.class,
            description = "Of a model: seed of the path (default: ${DEFAULT-VALUE}).")
    private Seed seed = Seed.of(1);

    @Option(
            names = "--lags",
            paramLabel = "K",
            description = "Highest lag of the autocorrelation (default: a fifth of the rows, 20,000 at most).")
    private @Nullable Integer lags;

    @Option(
            names = "--lag",
            paramLabel = "T",
            description = "Rows between the two instants of the test (default: ${DEFAULT-VALUE}).")
    private int lag = 1;

    @Option(
            names = "--directions",
            paramLabel = "M",
            description = "Principal directions among which the plane is chosen (default: ${DEFAULT-VALUE}).")
    private int directions = 20;

    @Option(
            names = "--batches",
            paramLabel = "B",
            description = "Into which the second half is cut for its error (default: ${DEFAULT-VALUE}).")
    private int batches = 30;

    @Option(
            names = "--surrogates",
            paramLabel = "N",
            description = {
                "Copies without loops among which the record is ranked, so many with its covariance and relaxation and so many Brownian motions;",
                "p is the larger of both, at least 2/(N + 1)",
                "(default: ${DEFAULT-VALUE}; 0: none, nor are there any for less than 512 rows)."
            })
    private int surrogates = 99;

    @Option(
            names = "--stretch",
            paramLabel = "L",
            description =
                    "Before ranking take off the mean of each L rows, of the copies too, for a record that drifts (default: do not).")
    private @Nullable Integer stretch;

    @Option(names = "--chart", paramLabel = "FILE", description = "Draw spectrum and autocorrelation: .png or .svg.")
    private @Nullable Path chart;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    /** The command, for picocli. */
    public TrajectoryCommand() {}

    @Override
    public Integer call() throws IOException {
        Optional<String> word = models.word().filter(TrajectoryCommand::isFile);
        if (word.isPresent()) {
            refuseOptionsOfModels(word.get());
            return print(word.get(), ArrayFile.find(word.get()));
        }
        Path folder = Files.createTempDirectory("langevin4j-");
        Path file = folder.resolve("record.npy");
        try {
            ChosenModel chosen = models.choose();
            SimulatedRecord.write(file, chosen, paths, every, discard, seed);
            return print(chosen.model().name(), ArrayFile.find(file.toString()));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** What looks like a file is one, that its absence be told; the names of models have neither points nor slashes. */
    private static boolean isFile(String word) {
        return word.contains(".") || word.contains("/") || word.contains(":") || Files.exists(Path.of(word));
    }

    private void refuseOptionsOfModels(String file) {
        for (String option : List.of(
                "--set",
                "--drift",
                "--potential",
                "--state",
                "--factor",
                "--diffusion",
                "--calculus",
                "--model",
                "--beta",
                "--temperature",
                "--start",
                "--paths",
                "--step",
                "--until",
                "--scheme",
                "--every",
                "--discard",
                "--seed")) {
            if (commandSpec().commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        commandSpec().commandLine(), option + " is for a simulated model, " + file + " is a file");
            }
        }
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        return spec;
    }

    private Integer print(String file, StoredArray record) throws IOException {
        int highest = lags == null ? (int) Math.min(record.rows() / 5, 20_000) : lags;
        CoordinateStatistics found;
        HeldOutRotation rotation;
        double[][] principal;
        try {
            found = CoordinateStatistics.of(record, highest, GROUP);
            rotation = HeldOutRotation.of(record, directions, lag, batches);
            if (stretch != null && !(stretch >= 8 && stretch <= record.rows() / 2)) {
                throw new IllegalArgumentException(
                        "--stretch must be from 8 to " + record.rows() / 2 + ", got " + stretch);
            }
            boolean ranked = surrogates >= 2 && record.rows() >= Math.max(FEWEST, 4L * directions);
            principal = ranked ? RecordProjection.principal(record, directions) : new double[0][];
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandSpec().commandLine(), file + ": " + e.getMessage(), e);
        }
        PrintWriter out = commandSpec().commandLine().getOut();
        Map<String, Object> values = values(record, found, rotation);
        if (principal.length > 0) {
            ranks(
                    values,
                    principal,
                    Math.max(1, Math.min(highest, (stretch == null ? principal.length : stretch) / 4)));
        }
        if (json) {
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(values));
        } else {
            values.forEach((name, value) -> out.println(
                    value instanceof Double number
                            ? String.format(Locale.ROOT, "%-36s %.6g", name, number)
                            : String.format(Locale.ROOT, "%-36s %s", name, value)));
        }
        if (chart != null) {
            TrajectoryPanels panels = new TrajectoryPanels(record.rows());
            panels.add("", found);
            Figure.titled("").row(panels.spectrum(), panels.correlation()).writeTo(chart);
        }
        out.flush();
        return 0;
    }

    private Map<String, Object> values(StoredArray record, CoordinateStatistics found, HeldOutRotation rotation) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("rows", record.rows());
        values.put("coordinates", record.columns());
        values.put("constant_coordinates", found.constantCoordinates());
        bands(values, "increments_power", found.bands());
        bands(values, "increments_power_welch", found.welch());
        RunningMoments rho = found.correlation();
        for (int k = 1; k < rho.dimension(); k *= 10) {
            values.put("autocorrelation_at_" + k, rho.mean(k));
            values.put("autocorrelation_deviation_at_" + k, deviation(rho, k));
            values.put("bartlett_band_at_" + k, found.bartlett().mean(k));
        }
        values.put("lags_outside_white_band", found.outside().mean(0));
        values.put("lags_outside_bartlett_band", found.outside().mean(1));
        values.put("principal_directions", rotation.directions());
        values.put("rotation_first_half", rotation.chosen());
        values.put("rotation", rotation.asymmetry().value(0, 1, lag));
        values.put("rotation_error", rotation.asymmetry().error(0, 1, lag));
        values.put("detailed_balance_p_value", rotation.test().pValue());
        values.put("batch_correlation", rotation.asymmetry().batchCorrelation());
        values.put("drift_in_deviations", rotation.drift());
        values.put("winding_number", rotation.winding().mean(0));
        values.put("winding_number_error", rotation.winding().standardError(0));
        return values;
    }

    private static void bands(Map<String, Object> values, String name, CoordinateStatistics.Bands bands) {
        int top = bands.frequencies().size() - 1;
        values.put(name + "_lowest_band", bands.power().mean(0));
        values.put(name + "_lowest_band_deviation", deviation(bands.power(), 0));
        values.put(name + "_highest_band", bands.power().mean(top));
        values.put(name + "_highest_band_deviation", deviation(bands.power(), top));
    }

    /** Over coordinates. */
    private static double deviation(RunningMoments moments, int k) {
        return moments.count() < 2 ? 0.0 : Math.sqrt(moments.variance(k));
    }

    /** Of the record among copies without loops, fitted to itself: stationary ones and walks. */
    private void ranks(Map<String, Object> values, double[][] principal, int highest) {
        double[][] rows = stretch == null ? principal : RecordProjection.withoutSlowDrift(principal, stretch);
        values.put("stretch_of_which_the_mean_is_taken_off", stretch == null ? "none" : stretch);
        values.put("drift_of_principal_directions", RecordProjection.drift(rows));
        LoopTest test = LoopTest.of(principal, stretch == null ? 0 : stretch, highest, batches, surrogates, Seed.of(0));
        for (Statistic statistic : Statistic.values()) {
            String name = "ranked_" + statistic.name().toLowerCase(Locale.ROOT);
            values.put(name, test.seen().value(statistic));
            among(values, name + "_of_twins", test.amongTwins(statistic));
            among(values, name + "_of_walks", test.amongWalks(statistic));
            values.put(name + "_p_value", test.pValue(statistic));
        }
        int half = rows.length / 2;
        RunningMoments bound = new RunningMoments(1);
        double[] each = VectorAutoregression.fit(Arrays.copyOf(rows, half))
                .entropyBounds(Arrays.copyOfRange(rows, half, rows.length));
        int length = each.length / batches;
        for (int batch = 0; batch < batches; batch++) {
            bound.add(Arrays.stream(each, batch * length, (batch + 1) * length)
                    .average()
                    .orElseThrow());
        }
        double scale = 1.0 + Math.abs(test.seen().value(Statistic.ENTROPY));
        entropyBound(values, bound.mean(0), bound.standardError(0), scale);
    }

    /** Entropy production is not negative, and a fit to one half that does not hold in the other bounds nothing. */
    static void entropyBound(Map<String, Object> values, double bound, double error, double scale) {
        if (bound >= -BELOW_ZERO * error && error <= ABSURD * scale) {
            values.put("entropy_bound_of_second_half", bound);
            values.put("entropy_bound_error", error);
        } else {
            values.put(
                    "entropy_bound_of_second_half",
                    String.format(
                            Locale.ROOT,
                            "no bound: the fit of the first half does not hold in the second (it gives %.3g ± %.2g)",
                            bound,
                            error));
        }
    }

    private static void among(Map<String, Object> values, String name, RankTest test) {
        values.put(name, test.mean());
        values.put(name + "_1_percent", test.low());
        values.put(name + "_99_percent", test.high());
    }
}
