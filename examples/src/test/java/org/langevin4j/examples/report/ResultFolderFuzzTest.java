package org.langevin4j.examples.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.examples.Budget;

/** Any {@code result.json} is a result that can be told of, or left out in one line that names it. */
class ResultFolderFuzzTest {

    private static final Path OUT = temporary();

    private static Path temporary() {
        try {
            Path out = Files.createTempDirectory("fuzz");
            Path folder = Files.createDirectory(out.resolve("example"));
            Files.createFile(folder.resolve("result.json")).toFile().deleteOnExit();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void result(byte[] bytes) throws IOException {
        Files.write(
                OUT.resolve("example/result.json"),
                bytes,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        Budget.within(1000L * bytes.length, () -> {
            List<String> leftOut = new ArrayList<>();
            int read = new ResultFolder(OUT).readAll(leftOut::add).size();
            if (read + leftOut.size() != 1) {
                throw new AssertionError(read + " read, left out " + leftOut);
            }
            if (read == 0 && !leftOut.get(0).contains("result.json: ")) {
                throw new AssertionError("names no file: " + leftOut);
            }
        });
    }

    static List<byte[]> seeds() {
        String result =
                "{\"name\": \"example\", \"summary\": \"s\", \"provenance\": {\"effort\": \"quick\", \"seed\": 1}, \"findings\":"
                        + " [{\"bearing\": \"supports\", \"statement\": \"lemma-2\", \"text\": \"t\", \"checks\": [{\"name\": \"a\", \"value\": 1.5, \"relation\": \"near\","
                        + " \"expected\": 1.5, \"tolerance\": 0.1, \"reason\": \"r\", \"oracle\": {\"kind\": \"closed-form\", \"source\": \"s\"},"
                        + " \"holds\": true}]}], \"pictures\": [{\"file\": \"../../a.png\", \"statements\": [\"lemma-7\"]}]}";
        return Stream.of(
                        result,
                        result.replace("1.5", "1e400"),
                        "[]",
                        "",
                        "null",
                        "{\"findings\": []}",
                        "{\"findings\": [], \"provenance\": {\"effort\": \"quick\"}}",
                        "{\"findings\": " + "[".repeat(10_000))
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}
