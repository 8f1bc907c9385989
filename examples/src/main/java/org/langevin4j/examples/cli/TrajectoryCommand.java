package org.langevin4j.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.trajectory.TrajectoryPanels;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.StoredArray;
import org.langevin4j.models.trajectory.CoordinateStatistics;
import org.langevin4j.models.trajectory.HeldOutRotation;
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
            "The plane of the test is chosen by the first half of the record and tested by the second."
        })
final class TrajectoryCommand implements Callable<Integer> {

    private static final int GROUP = 64;

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
    private int directions = 50;

    @Option(
            names = "--batches",
            paramLabel = "B",
            description = "Into which the second half is cut for its error (default: ${DEFAULT-VALUE}).")
    private int batches = 30;

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
        try {
            found = CoordinateStatistics.of(record, highest, GROUP);
            rotation = HeldOutRotation.of(record, directions, lag, batches);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> values = values(record, found, rotation);
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
        double[] bands = TrajectoryPanels.bands(found.power());
        values.put("increments_power_lowest_band", bands[0]);
        values.put("increments_power_highest_band", bands[bands.length - 1]);
        RunningMoments rho = found.correlation();
        for (int k = 1; k < rho.dimension(); k *= 10) {
            values.put("autocorrelation_at_" + k, rho.mean(k));
            values.put("autocorrelation_deviation_at_" + k, Math.sqrt(rho.variance(k)));
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
        return values;
    }
}
