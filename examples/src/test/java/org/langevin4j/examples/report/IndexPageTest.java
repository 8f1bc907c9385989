package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.examples.experiment.ExperimentResult;
import org.langevin4j.examples.experiment.Ruling;
import org.langevin4j.examples.experiment.Statement;

class IndexPageTest {

    private static final List<ExperimentResult> RESULTS = List.of(Samples.GOOD, Samples.RESULT);

    @TempDir
    Path out;

    @Test
    void everyStatementHasARowWithItsRuling() throws IOException {
        Path page = IndexPage.write(out, Samples.RUN, Ruling.on(RESULTS), RESULTS);
        String html = Files.readString(page, StandardCharsets.UTF_8);
        assertThat(page).isEqualTo(out.resolve("index.html"));
        int last = 0;
        for (Statement statement : Statement.values()) {
            int at = html.indexOf("id=\"" + statement.id() + "\"");
            assertThat(at).as(statement.id()).isGreaterThan(last);
            last = at;
        }
        assertThat(html)
                .contains("class=\"row holds\" id=\"theorem-5\"")
                .contains("class=\"row does-not-hold\" id=\"lemma-6\"")
                .contains("our run is in doubt")
                .contains("✗ does not hold 1")
                .contains("? not decided " + (Statement.values().length - 2))
                .contains("1.50 ± 0.25 nats")
                .contains("older than the code")
                .contains("langevin4j 1.0 (abc) · quick · seed 7 · data: data")
                .contains("run figure-4 --quick");
    }

    @Test
    void strangersTextIsEscapedAndNothingComesFromOutside() throws IOException {
        String html = Files.readString(
                IndexPage.write(out, Samples.RUN, Ruling.on(RESULTS), RESULTS), StandardCharsets.UTF_8);
        assertThat(html)
                .contains("F &lt;never&gt; rises &amp; &quot;falls&quot;")
                .contains("src=\"theorem-5/a%20b.png\"")
                .contains("href=\"theorem-5/a%20b.csv\"")
                .contains("href=\"theorem-5/a%20b.npz\"")
                .contains("alt=\"F &lt; 1 over t\"")
                .doesNotContain("<never>")
                .doesNotContain("<D>")
                .doesNotContain("http");
    }

    @Test
    void jsonHasTheKeysThatItsReadersAreTold() throws IOException {
        Path file = ReportData.writeJson(out, Samples.RUN, Ruling.on(RESULTS));
        JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
        assertThat(json.path("schema").asInt()).isEqualTo(1);
        for (String key : List.of("version", "commit", "effort", "seed", "data", "seconds")) {
            assertThat(json.path("run").has(key)).as(key).isTrue();
        }
        assertThat(json.path("statements")).hasSize(Statement.values().length);
        for (JsonNode statement : json.path("statements")) {
            for (String key : List.of("id", "place", "quote", "ruling", "condition", "checks")) {
                assertThat(statement.has(key)).as(key).isTrue();
            }
            for (JsonNode check : statement.path("checks")) {
                for (String key :
                        List.of("name", "value", "uncertainty", "kind", "expected", "tolerance", "oracle", "holds")) {
                    assertThat(check.has(key)).as(key).isTrue();
                }
            }
        }
        JsonNode theorem =
                json.path("statements").get(List.of(Statement.values()).indexOf(Statement.THEOREM_5));
        assertThat(theorem.path("ruling").asText()).isEqualTo("holds");
        assertThat(theorem.path("inDoubt").asBoolean()).isTrue();
        assertThat(theorem.path("checks").get(0).path("z").asDouble()).isEqualTo(2.0);
        assertThat(theorem.path("checks").get(0).path("sees").asDouble()).isEqualTo(1.0);
        assertThat(theorem.path("checks").get(1).path("sees").isNull()).isTrue();
        assertThat(theorem.path("checks").get(3).path("value").isNull()).isTrue();
    }

    @Test
    void markdownHasARowForEachStatement() throws IOException {
        Path file = ReportData.writeMarkdown(out, Samples.RUN, Ruling.on(RESULTS));
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        assertThat(lines.stream().filter(line -> line.startsWith("| "))).hasSize(Statement.values().length + 2);
        assertThat(lines).anyMatch(line -> line.contains("| does not hold | for D = 2I |"));
    }
}
