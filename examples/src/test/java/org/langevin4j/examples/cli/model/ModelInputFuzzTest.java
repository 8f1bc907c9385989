package org.langevin4j.examples.cli.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.examples.Budget;

/**
 * What a user hands to the command line over models, as a file or as a word, is taken or refused by an
 * {@link IllegalArgumentException} that says why, within the {@link Budget}. docs/trials/fuzzing.md tells how to go on from the seeds.
 */
class ModelInputFuzzTest {

    /** Bytes of heap for a character of a file: a node of a tree, its name, the list it is in. */
    private static final long EACH = 1000;

    /** The same where the drift is compiled. */
    private static final long COMPILED = 100_000;

    private static final Path FOLDER = temporary();

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            for (String name : List.of("model.toml", "model.json", "checkpoint.command")) {
                Files.createFile(folder.resolve(name)).toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("tomlSeeds")
    @FuzzTest(maxDuration = "")
    void toml(byte[] bytes) throws IOException {
        model("model.toml", bytes);
    }

    @MethodSource("jsonSeeds")
    @FuzzTest(maxDuration = "")
    void json(byte[] bytes) throws IOException {
        model("model.json", bytes);
    }

    private static void model(String name, byte[] bytes) throws IOException {
        Path file = written(name, bytes);
        Budget.within(
                EACH * bytes.length,
                () -> taken(() -> {
                    ModelText text = ModelFile.read(file);
                    text.parameters().forEach((parameter, value) -> requireFinite(parameter, value));
                }));
        // Few of many: most of the time goes into the compiler, which has a target of its own.
        if (bytes.length % 8 == 0) {
            Budget.within(
                    COMPILED * bytes.length,
                    () -> taken(() -> {
                        ModelText text = ModelFile.read(file);
                        if (text.name() == null) {
                            TypedModel.of(text);
                        }
                    }));
        }
    }

    /** The words of a command beside a checkpoint. */
    @MethodSource("commandSeeds")
    @FuzzTest(maxDuration = "")
    void command(byte[] bytes) throws IOException {
        written("checkpoint.command", bytes);
        Budget.within(
                EACH * bytes.length,
                () -> taken(() -> {
                    for (String word : CommandFile.read(FOLDER.resolve("checkpoint"))) {
                        if (word == null) {
                            throw new AssertionError("no word");
                        }
                    }
                }));
    }

    /** One text as the value of each option that has a notation of its own. */
    @MethodSource("optionSeeds")
    @FuzzTest(maxDuration = "")
    void options(byte[] bytes) throws IOException {
        String text = new String(bytes, UTF_8);
        List<Consumer<String>> options = List.of(
                typed -> Settings.assignments("--set", List.of(typed)).forEach(ModelInputFuzzTest::requireFinite),
                typed -> requireFinite("--start", Settings.numbers("--start", typed)),
                typed -> requireFinite("--sweep", Settings.range("--sweep", typed)),
                typed -> Boxes.named("--box", typed, List.of("x", "v")),
                // A grid may have ten million edges, which is no measure for its text.
                typed -> {
                    if (typed.length() < 40 && !typed.matches("(?s).*([0-9]{5}|[eE]).*")) {
                        Simulation.axes("--grid", typed);
                    }
                },
                typed -> TypedModel.entries(typed));
        for (Consumer<String> option : options) {
            // A range may have 100,000 numbers.
            Budget.within(EACH * bytes.length, () -> taken(() -> option.accept(text)));
        }
    }

    private static void requireFinite(String name, double... values) {
        for (double value : values) {
            if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                throw new AssertionError(name + " is " + value);
            }
        }
    }

    private static void taken(Budget.Reading reading) throws IOException {
        try {
            reading.run();
        } catch (IllegalArgumentException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw new AssertionError("says nothing", refused);
            }
        }
    }

    private static Path written(String name, byte[] bytes) throws IOException {
        return Files.write(FOLDER.resolve(name), bytes, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    static List<byte[]> tomlSeeds() {
        return seeds(
                """
                state = ["x", "v"]
                drift = ["v", "x - x^3 - g*v"]
                factor = [["0"], ["sqrt(g)"]]
                temperature = 0.1
                [set]
                g = 0.5
                """,
                "model = \"double-well\"\nbeta = 10\nset.a = 1\n",
                "potential = '''x^4/4 - x^2/2'''\ncalculus = 0.5\n",
                "beta = nan\n",
                "temperature = 1e400\n",
                "beta = 1e1000000000\n",
                "beta = 0x7fffffffffffffffffffffff\n",
                "drift = 1979-05-27T07:32:00Z\n",
                "drift = " + "[".repeat(10_000) + "]".repeat(10_000) + "\n",
                "a.".repeat(10_000) + "b = 1\n",
                "[".repeat(20_000),
                "a = {b = ".repeat(5_000),
                "set = {g = inf}\n",
                "drift = \"\\uD800\"\n");
    }

    static List<byte[]> jsonSeeds() {
        return seeds(
                "{\"state\": \"x, v\", \"drift\": [\"v\", \"-x\"], \"diffusion\": [[0, 0], [0, \"2*T\"]], \"set\": {\"T\": 0.1}}",
                "{\"model\": \"double-well\", \"beta\": 1, \"beta\": 2}",
                "{\"set\": {\"g\": 1e400}}",
                "{\"beta\": 0}",
                "{\"drift\": [[[\"x\"]]]}",
                "[" + "[".repeat(10_000),
                "{\"drift\": " + "9".repeat(10_000) + "}",
                "null",
                "{} {}",
                "");
    }

    static List<byte[]> commandSeeds() {
        return seeds(
                "[\"simulate\", \"--drift\", \"-x\", \"--paths\", \"100\"]",
                "null",
                "[null]",
                "[1, true, 2.5]",
                "[[\"simulate\"]]",
                "\"simulate\"",
                "{\"0\": \"simulate\"}",
                "[".repeat(10_000));
    }

    static List<byte[]> optionSeeds() {
        return seeds(
                "g=0.5,T=0.1",
                "0.1:10:5:log",
                "-1e308:1e308:3",
                "1e-308:1e308:9:log",
                "x=-3:3,v=-4:4",
                "x=-2:2:100,v=-2:2:50",
                "x=0:1e400",
                "=1",
                "x=",
                ",,,",
                "\u0661",
                "1e99999999999",
                "g=" + "1".repeat(100_000) + "x",
                "1" + ",1".repeat(100_000),
                ":".repeat(100_000),
                "x=" + "=".repeat(100_000));
    }

    private static List<byte[]> seeds(String... texts) {
        return Stream.concat(
                        Stream.of(texts).map(text -> text.getBytes(UTF_8)), Stream.of(new byte[] {-1, -2, '=', '1'}))
                .toList();
    }
}
