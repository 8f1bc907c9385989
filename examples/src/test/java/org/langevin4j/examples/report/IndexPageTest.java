package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexPageTest {

    private static final ExampleResult GOOD = new ExampleResult(
            "figure-4", "It holds.", "Figure 4", 1, List.of(Measurement.near("x", 1, 1, 0)), List.of());

    @Test
    void showsClaimPictureFiguresAndVerdict(@TempDir Path out) throws IOException {
        Path page = IndexPage.write(out, List.of(ResultFolderTest.RESULT, GOOD), List.of("figure-4", "theorem-5"));
        String html = Files.readString(page, StandardCharsets.UTF_8);
        assertThat(page).isEqualTo(out.resolve("index.html"));
        assertThat(html)
                .contains("1 of 2 claims hold.")
                .contains("F &lt;never&gt; rises &amp; &quot;falls&quot;")
                .contains("src=\"theorem-5/a%20b.png\"")
                .contains("alt=\"F &lt; 1 over t\"")
                .contains("1 ± 1")
                .contains("✓ holds")
                .contains("✗ does not hold")
                .doesNotContain("<script")
                .doesNotContain("<never>")
                .doesNotContain("http");
        assertThat(html.indexOf("<section id=\"figure-4\"")).isLessThan(html.indexOf("<section id=\"theorem-5\""));
    }

    @Test
    void unknownExamplesComeLast(@TempDir Path out) throws IOException {
        String html = Files.readString(
                IndexPage.write(out, List.of(GOOD, ResultFolderTest.RESULT), List.of("theorem-5")),
                StandardCharsets.UTF_8);
        assertThat(html.indexOf("<section id=\"theorem-5\"")).isLessThan(html.indexOf("<section id=\"figure-4\""));
    }
}
