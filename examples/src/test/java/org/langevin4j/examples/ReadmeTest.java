package org.langevin4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.Test;

/** What README.md shows compiles and runs as it stands. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

    private static String read() {
        try {
            return Files.readString(README);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All blocks of a language, one after the other. */
    private static String block(String language) {
        Matcher matcher = Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(read());
        StringBuilder blocks = new StringBuilder();
        while (matcher.find()) {
            blocks.append(matcher.group(1));
        }
        assertThat(blocks).as("a block ```%s in README.md", language).isNotEmpty();
        return blocks.toString();
    }

    /** Line by line into JShell, as a paste does: a line that could be the end of a statement is one. */
    @Test
    void theJavaOfTheReadmePastesIntoJShell() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (JShell shell = JShell.builder()
                .out(out)
                .err(out)
                .remoteVMOptions("-Dfile.encoding=UTF-8", "-Xmx1g")
                .build()) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                shell.addToClasspath(entry);
            }
            // What the tool itself imports: a star import of ours must get along with these.
            for (String each : new String[] {
                "java.io",
                "java.math",
                "java.net",
                "java.nio.file",
                "java.util",
                "java.util.concurrent",
                "java.util.function",
                "java.util.prefs",
                "java.util.regex",
                "java.util.stream"
            }) {
                evaluate(shell, "import " + each + ".*;");
            }
            // The control: with the dot on the next line the statement would end here.
            assertThat(shell.sourceCodeAnalysis()
                            .analyzeCompletion("var y = 1\n")
                            .completeness()
                            .isComplete())
                    .isTrue();
            String pending = "";
            for (String line : block("java").lines().toList()) {
                pending += line + "\n";
                SourceCodeAnalysis.CompletionInfo info =
                        shell.sourceCodeAnalysis().analyzeCompletion(pending);
                while (info.completeness().isComplete()) {
                    evaluate(shell, info.source());
                    info = shell.sourceCodeAnalysis().analyzeCompletion(info.remaining());
                }
                pending = info.remaining();
            }
            assertThat(pending).isBlank();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("20000 of 20000 paths, 2000 steps of 0.005", "all paths came to the end")
                .contains("Moments at the end: 20000 vectors, mean ± standard error")
                .contains("increased at 0 of 200 steps")
                .contains("12 of 12 points, 0 failed")
                // τ₁ = 10⁹ and τ₀ = τ₁ + ½, whatever the rounding of 13 digits.
                .containsPattern("\\[1\\.000000000(5|49999)\\d*E9, (1\\.0|9\\.9999999999)\\d*E[89], 0\\.0]")
                .containsPattern("E\\[x₁²] = \\d\\.\\d{3} \\(grid");
    }

    private static void evaluate(JShell shell, String source) {
        for (SnippetEvent event : shell.eval(source)) {
            assertThat(event.status())
                    .as("%s: %s", source, shell.diagnostics(event.snippet()).toList())
                    .isEqualTo(Snippet.Status.VALID);
            assertThat(event.exception()).as(source).isNull();
        }
    }

    @Test
    void theCommandsAreThere() {
        assertThat(block("sh test")).isEqualTo("mvn -B verify\n");
        assertThat(block("sh run")).contains("java -jar examples/target/langevin4j.jar run all --quick");
    }

    @Test
    void picturesOfTheReadmeExist() {
        Matcher matcher = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)").matcher(read());
        int count = 0;
        while (matcher.find()) {
            assertThat(Path.of("..").resolve(matcher.group(1))).exists();
            count++;
        }
        assertThat(count).isPositive();
    }
}
