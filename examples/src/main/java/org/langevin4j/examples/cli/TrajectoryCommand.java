package org.langevin4j.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RankTest;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.VectorAutoregression;
import org.langevin4j.examples.trajectory.TrajectoryPanels;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.StoredArray;
import org.langevin4j.models.trajectory.CoordinateStatistics;
import org.langevin4j.models.trajectory.HeldOutRotation;
import org.langevin4j.models.trajectory.LoopStatistics.Statistic;
import org.langevin4j.models.trajectory.LoopTest;
import org.langevin4j.models.trajectory.RecordProjection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trajectory-statistics FILE[:ARRAY]}: the statistics of Fig. 3 of a record, and whether it circulates. */
@Command(
        name = "trajectory-statistics",
        mixinStandardHelpOptions = true,
        description = {
            "Prints spectrum of increments, autocorrelation and a test of detailed balance of a record of many coordinates.",
            "FILE holds one row an instant, one column a coordinate, in any format that spectrum reads; it may be larger than memory.",
            "The plane of the test is chosen by the first half of the record and tested by the second. Ranks among surrogates tell loops",
            "from slow relaxation."
        })
final class TrajectoryCommand implements Callable<Integer> {

    private static final int GROUP = 64;

    /** Rows that a rank needs, half of them if means are taken off. */
    private static final int FEWEST = 512;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE[:ARRAY]", description = "The record; all numbers have to be finite.")
    private @Nullable String file;

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

    @Override
    public Integer call() throws IOException {
        if (spec == null || file == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        StoredArray record = ArrayFile.find(file);
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
            throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
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
        values.put("entropy_bound_of_second_half", bound.mean(0));
        values.put("entropy_bound_error", bound.standardError(0));
    }

    private static void among(Map<String, Object> values, String name, RankTest test) {
        values.put(name, test.mean());
        values.put(name + "_1_percent", test.low());
        values.put(name + "_99_percent", test.high());
    }
}
