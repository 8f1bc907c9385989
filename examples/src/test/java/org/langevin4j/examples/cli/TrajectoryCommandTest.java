package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.file.NpyWriter;

class TrajectoryCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        return Langevin4j.commandLine(List.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    /** z(t + 1) = 0.9 e^(iω)z(t) + ξ: correlation .9ᵏ cos ωk, of the whitened plane A(1) = ±.9 sin ω. */
    @Test
    void aTurningRecordIsFoundTurning() throws IOException {
        NormalStream normals = NormalStream.of(Seed.of(4));
        double omega = 0.3;
        double[][] rows = new double[20_000][3];
        double[] z = new double[2];
        for (int t = 0; t < rows.length; t++) {
            double x = 0.9 * (Math.cos(omega) * z[0] - Math.sin(omega) * z[1]) + normals.at(t, 0, 0);
            z[1] = 0.9 * (Math.sin(omega) * z[0] + Math.cos(omega) * z[1]) + normals.at(t, 0, 1);
            z[0] = x;
            rows[t] = new double[] {z[0] + 0.5 * z[1], 2.0 * z[1], 7.0};
        }
        Path file = folder.resolve("record.npy");
        try (NpyWriter writer = NpyWriter.doubles(file, 3)) {
            writer.write(rows, rows.length);
        }
        Path chart = folder.resolve("chart.svg");
        assertThat(execute(
                        "trajectory-statistics",
                        file.toString(),
                        "--json",
                        "--surrogates",
                        "49",
                        "--chart",
                        chart.toString()))
                .as(err.toString())
                .isZero();
        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertThat(found.path("rows").asInt()).isEqualTo(20_000);
        assertThat(found.path("constant_coordinates").asInt()).isEqualTo(1);
        assertThat(found.path("principal_directions").asInt()).isEqualTo(2);
        assertThat(Math.abs(found.path("rotation").asDouble()))
                .isCloseTo(
                        0.9 * Math.sin(omega),
                        within(4.0 * found.path("rotation_error").asDouble() + 0.01));
        assertThat(found.path("detailed_balance_p_value").asDouble()).isLessThan(1e-9);
        assertThat(found.path("autocorrelation_at_1").asDouble()).isCloseTo(0.9 * Math.cos(omega), within(0.02));
        // No copy without loops is as far out: (1 + 0)/(1 + 49), for both sides.
        assertThat(found.path("ranked_rotation_p_value").asDouble()).isLessThanOrEqualTo(0.04);
        assertThat(found.path("ranked_entropy_p_value").asDouble()).isEqualTo(0.04);
        // σ = 4r² sin²ω/(1 − r²) and the right model is its own bound.
        double production = 4.0 * 0.81 * Math.sin(omega) * Math.sin(omega) / (1.0 - 0.81);
        assertThat(found.path("ranked_entropy").asDouble()).isCloseTo(production, within(0.15 * production));
        assertThat(found.path("entropy_bound_of_second_half").asDouble())
                .isLessThan(production + 4.0 * found.path("entropy_bound_error").asDouble());
        assertThat(Files.size(chart)).isGreaterThan(10_000L);
    }

    @Test
    void whatIsNoRecordIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("g.npy"), DecomposeCommandTest.npy(2, 2, 3, 1, -1, 1));
        assertThat(execute("trajectory-statistics", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("at least 32 rows, got 2");
        assertThat(out.toString()).isEmpty();
        assertThat(execute("trajectory-statistics", folder.resolve("none.npy").toString()))
                .isEqualTo(2);
    }
}
