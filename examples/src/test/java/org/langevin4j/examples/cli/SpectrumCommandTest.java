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

class SpectrumCommandTest {

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

    /** D = diag(2, ½), by hand. */
    @Test
    void eigenvaluesByHand() throws IOException {
        Path file = Files.write(folder.resolve("g.npy"), DecomposeCommandTest.npy(4, 2, 3, 1, -1, 1, 1, 2, 1, 0));
        assertThat(execute("spectrum", file.toString(), "--json")).isZero();
        JsonNode all = new ObjectMapper().readTree(out.toString());
        assertThat(all.path("N").asInt()).isEqualTo(4);
        assertThat(all.path("trace").asDouble()).isCloseTo(2.5, within(1e-15));
        assertThat(all.path("mean_eigenvalue").asDouble()).isCloseTo(1.25, within(1e-15));
        assertThat(all.path("std_eigenvalue").asDouble()).isCloseTo(0.75, within(1e-15));
        assertThat(all.path("frobenius").asDouble()).isCloseTo(Math.sqrt(4.25), within(1e-15));
        assertThat(all.path("lambda_max").asDouble()).isCloseTo(2.0, within(1e-15));
        assertThat(all.path("stable_rank").asDouble()).isCloseTo(17.0 / 16.0, within(1e-15));
        assertThat(all.path("intrinsic_dimension").asDouble()).isCloseTo(1.25, within(1e-15));
        assertThat(all.path("rank_at_float64_eps").asInt()).isEqualTo(2);
        assertThat(all.path("top").get(1).asDouble()).isCloseTo(0.5, within(1e-15));
        assertThat(all.path("computed").asText()).startsWith("D, 2×2, by pure Java");

        out.getBuffer().setLength(0);
        assertThat(execute("spectrum", file.toString(), "--leading", "1", "--json"))
                .isZero();
        JsonNode leading = new ObjectMapper().readTree(out.toString());
        assertThat(leading.path("top").size()).isEqualTo(1);
        assertThat(leading.path("top").get(0).asDouble()).isCloseTo(2.0, within(1e-15));
        assertThat(leading.path("std_eigenvalue")).isEqualTo(all.path("std_eigenvalue"));
        assertThat(leading.has("lambda_max")).isFalse();

        assertThat(execute("spectrum", file.toString(), "--leading", "3")).isEqualTo(2);
        assertThat(err.toString()).contains("k must be between 1 and the rank 2, got 3");
    }
}
