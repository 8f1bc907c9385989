package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.Effort;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Statement;
import org.langevin4j.examples.experiment.Tolerance;
import picocli.CommandLine;

class Langevin4jTest {

    @TempDir
    Path folder;

    private final List<Sheet> sheets = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @FunctionalInterface
    private interface Work {
        double run() throws IOException;
    }

    /** An experiment that claims its value to be 1. */
    private Experiment example(String name, Work work) {
        return new Experiment() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String summary() {
                return "what " + name + " shows";
            }

            @Override
            public int files() {
                return name.equals("good") ? 1 : 0;
            }

            @Override
            public void run(Sheet sheet) throws IOException {
                sheets.add(sheet);
                sheet.fails(Statement.LEMMA_6, "a test")
                        .measure("value", work.run())
                        .near(1.0, Tolerance.none(), Oracle.closedForm("one"));
            }
        };
    }

    private int execute(CommandLine command, String... args) {
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }

    private int execute(String... args) {
        return execute(
                Langevin4j.commandLine(List.of(
                        example("good", () -> 1.0),
                        example("bad", () -> 2.0),
                        example("missing", () -> {
                            throw new NoSuchFileException("data.npz");
                        }),
                        example("refused", () -> {
                            throw new IllegalArgumentException("data.npz: one\nrow");
                        }),
                        example("broken", () -> {
                            throw new ArithmeticException("singular");
                        }))),
                args);
    }

    private String outFolder() {
        return "--out=" + folder.resolve("out");
    }

    private void assertOneLine(String expected) {
        assertThat(err.toString()).isEqualTo("langevin4j: " + expected + System.lineSeparator());
    }

    @Test
    void listShowsNamesAndSummaries() {
        assertThat(execute("list")).isZero();
        assertThat(out.toString().lines()).hasSize(5).first().isEqualTo("good     what good shows");
    }

    @Test
    void runWritesResultTableAndPage() throws IOException {
        assertThat(execute("run", "good", outFolder())).isZero();
        assertThat(folder.resolve("out/good/result.json")).isRegularFile();
        assertThat(Files.readString(folder.resolve("out/index.html"), StandardCharsets.UTF_8))
                .contains("id=\"run-good\"");
        assertThat(out.toString())
                .contains("good ✓ 1 check")
                .contains("0 holds · 0 holds under a condition · 1 does not hold · 49 not decided")
                .contains("Lemma 6 does not hold: for a test")
                .contains("index.html");
        assertThat(folder.resolve("out/report.json")).isRegularFile();
        assertThat(folder.resolve("out/report.md")).isRegularFile();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void pageKeepsEarlierResultsButNotThoseOfAFailedRun() throws IOException {
        execute("run", "good", outFolder());
        execute("run", "bad", outFolder());
        assertThat(Files.readString(folder.resolve("out/index.html"), StandardCharsets.UTF_8))
                .contains("id=\"run-good\"")
                .contains("id=\"run-bad\"");
        execute(
                Langevin4j.commandLine(List.of(example("good", () -> {
                    throw new IOException("no luck");
                }))),
                "run",
                "good",
                outFolder());
        assertThat(Files.readString(folder.resolve("out/index.html"), StandardCharsets.UTF_8))
                .doesNotContain("id=\"run-good\"")
                .contains("id=\"run-bad\"");
    }

    @Test
    void aCheckThatFailsGivesOneAndIsShown() {
        assertThat(execute("run", "bad", outFolder())).isEqualTo(1);
        assertThat(out.toString()).contains("bad ✗ 1 of 1 check failed").contains("✗ FAILS");
    }

    @Test
    void allRunsTheOthersTooAndGivesTheWorstStatus() {
        assertThat(execute("run", "all", outFolder())).isEqualTo(3);
        assertThat(sheets).hasSize(5);
        assertThat(out.toString()).contains("index.html");
        assertThat(err.toString().lines()).hasSize(3);
    }

    @Test
    void wrongWordsGiveOneLineAndTwo() {
        assertThat(execute("run", "goood")).isEqualTo(2);
        assertOneLine("no experiment is called 'goood'; did you mean 'good'? (see langevin4j run --help)");
    }

    @Test
    void filesThatNobodyReadsAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("g.npy"), "", StandardCharsets.UTF_8);
        assertThat(execute("run", "all", file.toString(), outFolder())).isEqualTo(2);
        assertThat(err.toString()).contains("reads no file, got 1").hasLineCount(1);
        assertThat(sheets).isEmpty();
    }

    @Test
    void anUnusableFolderGivesOneLineAndTwo() throws IOException {
        Files.writeString(folder.resolve("out"), "in the way", StandardCharsets.UTF_8);
        assertThat(execute("run", "good", outFolder())).isEqualTo(2);
        assertThat(err.toString()).contains("is in the way, not a folder").hasLineCount(1);
        assertThat(sheets).isEmpty();
    }

    @Test
    void wrongCommandsGiveOneLineAndTwo() {
        assertThat(execute("rnu", "good")).isEqualTo(2);
        assertOneLine("no command is called 'rnu'; did you mean 'run'? (see langevin4j --help)");
    }

    @Test
    void wrongOptionsGiveOneLineAndTwo() {
        assertThat(execute("run", "good", "--quik")).isEqualTo(2);
        assertOneLine("no option is called '--quik'; did you mean '--quick'? (see langevin4j run --help)");
    }

    @Test
    void missingWordsGiveOneLineAndTwo() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .startsWith("langevin4j: a command is missing: models, simulate, ")
                .contains(", list, run, train, ", ", trajectory-statistics, bench")
                .endsWith(" (see langevin4j --help)" + System.lineSeparator());
    }

    @Test
    void everyBadArgumentGivesOneLineAndTwo() {
        String[][] lines = {
            {"run"},
            {"list", "twice"},
            {"run", "good", "--seed", "x"},
            {"run", "good", "--seed"},
            {"run", "good", "--quick", "--full"},
            {"run", "good", "--data", "/no/such/folder"},
            {"run", "good", "/no/such/file"},
            {"spectrum"},
            {"spectrum", "/no/such/file.npz"},
            {"spectrum", "a.npy", "b.npy"},
            {"--nonsense"}
        };
        for (String[] line : lines) {
            err.getBuffer().setLength(0);
            assertThat(execute(line)).as(String.join(" ", line)).isEqualTo(2);
            assertThat(err.toString().lines()).as(String.join(" ", line)).hasSize(1);
        }
        assertThat(sheets).isEmpty();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void failuresOfInputGiveOneLineAndTwo() {
        assertThat(execute("run", "missing", outFolder())).isEqualTo(2);
        assertOneLine("data.npz: no such file or folder");
        err.getBuffer().setLength(0);
        assertThat(execute("run", "refused", outFolder())).isEqualTo(2);
        assertOneLine("data.npz: one row");
    }

    @Test
    void failuresOfTheProgramGiveOneLineAndThreeAndAStackTraceOnDemand() {
        assertThat(execute("run", "broken", outFolder())).isEqualTo(3);
        assertOneLine("failed: java.lang.ArithmeticException: singular (--stacktrace shows where)");
        assertThat(execute("run", "broken", "--stacktrace", outFolder())).isEqualTo(3);
        assertThat(err.toString()).contains("\tat org.langevin4j");
    }

    @Test
    void outThatIsAFileGivesOneLineAndTwo() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "", StandardCharsets.UTF_8);
        assertThat(execute("run", "good", "--out=" + file)).isEqualTo(2);
        assertThat(err.toString().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains(file.toString()));
    }

    @Test
    void optionsReachTheExample() throws IOException {
        Path file = Files.writeString(folder.resolve("g.npy"), "", StandardCharsets.UTF_8);
        assertThat(execute(
                        "run",
                        "good",
                        file.toString(),
                        outFolder(),
                        "--seed=7",
                        "--quick",
                        "--data",
                        folder.toString()))
                .isZero();
        Sheet context = sheets.get(0);
        assertThat(context.seed()).isEqualTo(Seed.of(7));
        assertThat(context.effort()).isEqualTo(Effort.QUICK);
        assertThat(context.data()).isEqualTo(Optional.of(folder));
        assertThat(context.files()).containsExactly(file);
        assertThat(context.out()).isDirectory().hasFileName("good");
    }

    @Test
    void theDefaultSeedIsFixedAndAFreshOneIsNot() {
        execute("run", "good", outFolder());
        execute("run", "good", outFolder(), "--seed=fresh");
        execute("run", "good", outFolder(), "--seed=fresh");
        assertThat(sheets.get(0).seed()).isEqualTo(Seed.of(20180217));
        assertThat(sheets.get(0).effort()).isEqualTo(Effort.STANDARD);
        assertThat(sheets.get(1).seed()).isNotEqualTo(sheets.get(2).seed());
    }

    @Test
    void severalNamesRunInTheOrderGiven() {
        assertThat(execute("run", "bad", "good", outFolder())).isEqualTo(1);
        assertThat(sheets)
                .extracting(sheet -> sheet.out().getFileName().toString())
                .containsExactly("bad", "good");
        assertThat(out.toString()).contains("1/2 bad ✗").contains("2/2 good ✓");
    }

    @Test
    void verboseShowsEveryNumber() {
        assertThat(execute("run", "good", "-v", outFolder())).isZero();
        assertThat(out.toString()).contains("Lemma 6 fails for a test").contains("= 1");
    }

    @Test
    void helpIsEverywhere() {
        for (String[] line :
                new String[][] {{"--help"}, {"list", "--help"}, {"run", "--help"}, {"spectrum", "--help"}}) {
            assertThat(execute(line)).isZero();
        }
        assertThat(out.toString()).contains("20180217").contains("Exit status:");
        assertThat(execute("--version")).isZero();
        assertThat(execute("spectrum", "--version")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    /** The steady state of Example 19 is e^(−Φ): the error that is printed falls with the square of the width. */
    @Test
    void fokkerPlanckBenchPrintsTheErrorInTwoAndThreeDimensions() {
        for (String dimension : List.of("2", "3")) {
            double coarse = benchError("16", dimension);
            double fine = benchError("32", dimension);
            assertThat(coarse / fine).isBetween(3.0, 5.0);
        }
    }

    @Test
    void fokkerPlanckBenchMeasuresSteps() {
        assertThat(execute(Langevin4j.commandLine(List.of()), "bench", "fp", "--cells", "32", "--step", "0.05"))
                .isZero();
        assertThat(out.toString().strip())
                .startsWith("1024 cells: build ")
                .containsPattern("cold: a step of 0\\.05 with its preparation takes [0-9.]+ s, [0-9.]+ passes")
                .containsPattern("warm: a step of 0\\.05 takes -?[0-9.]+ s, -?[0-9.]+ passes; prepared in -?[0-9.]+ s");
    }

    private double benchError(String cells, String dimension) {
        out.getBuffer().setLength(0);
        int code = execute(
                Langevin4j.commandLine(List.of()),
                "bench",
                "fp",
                "--cells",
                cells,
                "--dimension",
                dimension,
                "--method",
                "MULTIGRID");
        assertThat(code).isZero();
        String text = out.toString().strip();
        return Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1));
    }

    /** Both systems have a known potential; QPot's errors at 1025² cells are 1.8e-3 at ω = 1 and 3.0e-2 at ω = 10. */
    @Test
    void quasiPotentialBenchPrintsErrors() {
        for (String omega : List.of("1", "10")) {
            out.getBuffer().setLength(0);
            int code = execute(Langevin4j.commandLine(List.of()), "bench", "qp", "--cells", "257", "--omega", omega);
            assertThat(code).isZero();
            List<String> lines = out.toString().strip().lines().toList();
            assertThat(lines).hasSize(2);
            double limit = omega.equals("1") ? 1.8e-4 : 3.0e-3;
            for (String line : lines) {
                String error = line.replaceAll(".*maximal error ([^,]*),.*", "$1");
                assertThat(Double.parseDouble(error)).isPositive().isLessThan(limit);
            }
            assertThat(lines.get(0)).contains("66049 of 66049 cells reached by fronts, 0 filled");
        }
        assertThat(execute(Langevin4j.commandLine(List.of()), "bench", "qp", "--cells", "3"))
                .isNotZero();
        assertThat(err.toString()).contains("cells must be at least 16, got 3");
    }
}
