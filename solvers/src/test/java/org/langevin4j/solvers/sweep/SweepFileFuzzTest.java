package org.langevin4j.solvers.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.random.Seed;
import org.langevin4j.solvers.Budget;

/** Any bytes are the finished points of a sweep or an {@link IllegalArgumentException} that names file and line. */
class SweepFileFuzzTest {

    private static final Path FILE = temporary();

    private static Path temporary() {
        try {
            Path path = Files.createTempFile("fuzz", "");
            path.toFile().deleteOnExit();
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "")
    void sweep(byte[] bytes) throws IOException {
        Files.write(FILE, bytes, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        Budget.within(100L * bytes.length, () -> {
            try {
                Map<Seed, List<Double>> points = new SweepFile(FILE, List.of("T"), List.of("rate")).read();
                if (points.values().stream().anyMatch(values -> values.size() != 1)) {
                    throw new AssertionError("points of another length");
                }
            } catch (IllegalArgumentException refused) {
                if (!String.valueOf(refused.getMessage()).contains(FILE.toString())) {
                    throw new AssertionError("names no file", refused);
                }
            }
        });
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "T,replica,seed,rate\n0.1,0,5,0.25\n0.2,0,-7,NaN\n",
                        "T,replica,seed,rate\n0.1,0,5,0.2",
                        "T,replica,seed,rate\n0.1,0,99999999999999999999,0.25\n",
                        "T,replica,seed\n",
                        "\n")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }
}
