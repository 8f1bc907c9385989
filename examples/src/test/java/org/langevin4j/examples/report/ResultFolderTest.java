package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {

    static final ExampleResult RESULT = new ExampleResult(
            "theorem-5",
            "F <never> rises & \"falls\"",
            "Theorem 5",
            Long.MAX_VALUE,
            List.of(
                    Measurement.near("λ", 1.5, 1.0, 1.0).in("nats"),
                    Measurement.atLeast("ratio", 4.0, 3.6),
                    Measurement.reported("rank", 7),
                    Measurement.atMost("bad", Double.NaN, 1.0),
                    Measurement.reported("far", Double.POSITIVE_INFINITY)),
            List.of(new Picture("a b.png", "F < 1 over t")));

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void jsonHasExactlyTheKeys(@TempDir Path out) throws IOException {
        new ResultFolder(out).write(RESULT);
        JsonNode json =
                new ObjectMapper().readTree(out.resolve("theorem-5/result.json").toFile());
        assertThat(keys(json)).containsExactly("name", "claim", "reference", "seed", "measurements", "holds");
        for (JsonNode m : json.get("measurements")) {
            assertThat(keys(m)).containsExactly("name", "value", "expected", "tolerance", "unit", "holds");
        }
        assertThat(json.get("seed").asLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(json.get("holds").asBoolean()).isFalse();
        assertThat(json.at("/measurements/1/tolerance").isNull()).isTrue();
        assertThat(json.at("/measurements/2/expected").isNull()).isTrue();
        assertThat(json.at("/measurements/3/value").isNull()).isTrue();
        assertThat(json.at("/measurements/3/holds").asBoolean()).isFalse();
        assertThat(json.at("/measurements/4/value").isNull()).isTrue();
    }

    @Test
    void whatIsReadBackIsWhatWasWrittenButForInfinity(@TempDir Path out) throws IOException {
        ResultFolder folder = new ResultFolder(out);
        folder.write(RESULT);
        List<ExampleResult> read = folder.readAll();
        assertThat(read).hasSize(1);
        assertThat(read.get(0).pictures()).isEqualTo(RESULT.pictures());
        assertThat(read.get(0).measurements().subList(0, 4))
                .isEqualTo(RESULT.measurements().subList(0, 4));
        assertThat(read.get(0).measurements().get(4).value()).isNaN();
        assertThat(read.get(0).seed()).isEqualTo(RESULT.seed());
        assertThat(read.get(0).holds()).isFalse();
    }

    @Test
    void preparingTakesTheFormerResultAway(@TempDir Path out) throws IOException {
        ResultFolder folder = new ResultFolder(out.resolve("new"));
        folder.write(RESULT);
        assertThat(folder.prepare("theorem-5")).isDirectory();
        assertThat(folder.readAll()).isEmpty();
    }

    @Test
    void foldersWithoutResultAreLeftAloneAndBrokenOnesNamed(@TempDir Path out) throws IOException {
        Files.createDirectories(out.resolve("other"));
        assertThat(new ResultFolder(out).readAll()).isEmpty();
        Files.writeString(out.resolve("other/result.json"), "{\"name\":", StandardCharsets.UTF_8);
        assertThatIOException()
                .isThrownBy(() -> new ResultFolder(out).readAll())
                .withMessageContaining("result.json: not a result of an earlier run");
    }
}
