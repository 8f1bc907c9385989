package org.langevin4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same command gives the same numbers, all of their bits, whatever runs it: one thread or two, the vector unit or plain Java, this JDK or
 * another. These five experiments use paths, grids, transport, matrices and SGD; docs/trials/reproducibility.sh compares all.
 */
class ReproducibilityTest {

    private static final List<String> NAMES =
            List.of("lemma-20", "local-entropy", "corollary-8", "remark-11", "sgd-momentum");

    @Test
    void threadsVectorUnitAndJdkChangeNoBit(@TempDir Path folder) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("java.home"));
        Process first = start(
                home, folder.resolve("first"), "-XX:ActiveProcessorCount=2", "--add-modules=jdk.incubator.vector");
        Process second =
                start(newest(home), folder.resolve("second"), "-XX:ActiveProcessorCount=1", "-Dlangevin4j.vector=off");
        for (Process process : List.of(first, second)) {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        for (String name : NAMES) {
            assertThat(numbers(folder.resolve("second").resolve(name)))
                    .as(name)
                    .isEqualTo(numbers(folder.resolve("first").resolve(name)));
        }
    }

    /** What the command computed; not when, and in how many seconds. */
    private static JsonNode numbers(Path experiment) throws IOException {
        ObjectNode result = (ObjectNode)
                new ObjectMapper().readTree(experiment.resolve("result.json").toFile());
        assertThat(result.get("findings")).isNotEmpty();
        ((ObjectNode) result.get("provenance")).remove(List.of("date", "seconds"));
        return result;
    }

    private static Process start(Path home, Path out, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Examples.class.getName(), "run"));
        command.addAll(NAMES);
        command.addAll(List.of("--quick", "--out", out.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A JDK 25 beside that of the test, where there is one; else that of the test. */
    private static Path newest(Path home) throws IOException {
        Path all = home.getParent();
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(all, "*25*")) {
            for (Path other : homes) {
                if (Files.isExecutable(other.resolve("bin/java"))) {
                    return other;
                }
            }
        }
        return home;
    }
}
