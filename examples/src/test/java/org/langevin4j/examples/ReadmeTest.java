package org.langevin4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.langevin4j.examples.docs.Page;
import org.langevin4j.examples.docs.Shell;

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

    @Test
    void theJavaOfTheReadmePastesIntoJShellAndPrintsWhatItShows() throws IOException {
        StringBuilder printed = new StringBuilder();
        try (Shell shell = new Shell()) {
            for (Page.Block block : Page.read(README).java()) {
                String output = shell.paste(block.code());
                block.output()
                        .ifPresent(shown -> assertThat(Page.masked(output)).isEqualTo(Page.masked(shown)));
                printed.append(output);
            }
        }
        assertThat(printed.toString())
                .contains("increased at 0 of 200 steps")
                .contains("12 of 12 points, 0 failed")
                // τ₁ = 10⁹ and τ₀ = τ₁ + ½, whatever the rounding of 13 digits.
                .containsPattern("\\[1\\.000000000(5|49999)\\d*E9, (1\\.0|9\\.9999999999)\\d*E[89], 0\\.0]");
    }

    @Test
    void theCommandsAreThere() {
        assertThat(block("sh test")).isEqualTo("mvn -B -P spark verify\n");
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
