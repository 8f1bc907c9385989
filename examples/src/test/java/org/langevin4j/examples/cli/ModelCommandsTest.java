package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.analytic.Catalogue;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NumberArray;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FinalStates;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** The commands on models, as they are typed. */
class ModelCommandsTest {

    private static final String[] DRIVEN = {
        "simulate",
        "--drift",
        "x-x^3+0.3*cos(0.1*t)",
        "--temperature",
        "0.1",
        "--paths",
        "300",
        "--until",
        "1",
        "--seed",
        "7"
    };

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Langevin4j.commandLine(List.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private int run(String line) {
        return run(line.split(" "));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static NumberArray read(String file, String array) throws IOException {
        return ArrayFile.find(array.isEmpty() ? file : file + ":" + array).read();
    }

    private static double[] numbers(String file, String array) throws IOException {
        return read(file, array).values();
    }

    private static double[][] rows(String file, String array) throws IOException {
        return read(file, array).toRows();
    }

    @Test
    void aTypedModelHasTheBitsOfTheSameInJava() throws IOException {
        assertThat(run(DRIVEN, "--final-states", "--out", file("a.npz")))
                .as(err.toString())
                .isZero();
        VectorField drift = VectorField.driven(t -> {
            double force = 0.3 * BlockMath.cos(0.1 * t);
            return (x, b) -> b[0] = x[0] - x[0] * x[0] * x[0] + force;
        });
        FinalStates.States states = Ensemble.of(Sde.ito(drift, Diffusion.isotropic(1, 1.0), Temperature.of(0.1)))
                .scheme(EulerMaruyama.withStep(0.01))
                .paths(300)
                .until(1.0)
                .seed(7)
                .observe(FinalStates.all())
                .run()
                .get(FinalStates.all());
        double[] expected = new double[300];
        double[] x = new double[1];
        for (int k = 0; k < 300; k++) {
            states.copyState(k, x);
            expected[k] = x[0];
        }
        assertThat(numbers(file("a.npz"), "final_states")).containsExactly(expected);
    }

    @Test
    void threadsChangeNoByte() throws IOException {
        assertThat(run(DRIVEN, "--threads", "1", "--out", file("one.json"))).isZero();
        assertThat(run(DRIVEN, "--threads", "2", "--out", file("two.json"))).isZero();
        assertThat(Path.of(file("one.json"))).hasSameBinaryContentAs(Path.of(file("two.json")));
    }

    @Test
    void shardsMergeToTheBitsOfOneRun() throws IOException {
        String command = "simulate double-well --paths 40000 --step 0.05 --until 0.5 --beta 3 --histogram x1=-2:2:20";
        assertThat(run(command + " --out " + file("whole.npz")))
                .as(err.toString())
                .isZero();
        String[] merge = {"merge", file("2.ck"), file("0.ck"), file("1.ck")};
        for (int shard = 0; shard < 3; shard++) {
            assertThat(run(command + " --shard " + shard + "/3 --checkpoint " + file(shard + ".ck")))
                    .as(err.toString())
                    .isZero();
        }
        assertThat(run(merge, "--out", file("merged.npz"))).as(err.toString()).isZero();
        for (String array : List.of("t", "mean_x1", "mean_x1_error", "variance_x2", "covariance_x1_x2", "density")) {
            assertThat(numbers(file("merged.npz"), array)).as(array).containsExactly(numbers(file("whole.npz"), array));
        }
        assertThat(run(Arrays.copyOf(merge, 3))).isEqualTo(2);
        assertThat(err.toString()).contains("shard 1 of 3 is missing");
    }

    @Test
    void aCheckpointIsGoneOnFrom() throws IOException {
        assertThat(run(DRIVEN, "--checkpoint", file("run.ck"), "--out", file("a.csv")))
                .isZero();
        assertThat(run(DRIVEN, "--checkpoint", file("run.ck"), "--out", file("b.csv")))
                .isZero();
        assertThat(numbers(file("b.csv"), "")).containsExactly(numbers(file("a.csv"), ""));
        assertThat(run(DRIVEN, "--checkpoint", file("run.ck"), "--step", "0.02"))
                .isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("run.ck");
        // What was refused has not taken the place of the command that merge reads.
        assertThat(Path.of(file("run.ck.command"))).content().doesNotContain("--step");
    }

    /** Where no path of a trial comes the drifts are the same. */
    @Test
    void aCheckpointKnowsTheTextAndItsParameters() throws IOException {
        String[] far = {
            "simulate", "--drift", "c*step(x-1e6)", "--paths", "10", "--until", "1", "--checkpoint", file("far.ck")
        };
        assertThat(run(far, "--set", "c=1")).as(err.toString()).isZero();
        assertThat(run(far, "--set", "c=1")).as(err.toString()).isZero();
        assertThat(run(far, "--set", "c=2")).isEqualTo(2);
        far[2] = "c*step(x-1e7)";
        assertThat(run(far, "--set", "c=1")).isEqualTo(2);
    }

    @Test
    void everyFormatIsReadBackToTheLastBit() throws IOException {
        String[] command = {
            "simulate",
            "double-well",
            "--paths",
            "50",
            "--until",
            "1",
            "--trajectories",
            "2",
            "--histogram",
            "x1=-2:2:4,x2=-2:2:5"
        };
        for (String suffix : List.of("npy", "npz", "csv", "json", "h5")) {
            assertThat(run(command, "--out", file("a." + suffix)))
                    .as(err.toString())
                    .isZero();
        }
        JsonNode json = new ObjectMapper().readTree(Path.of(file("a.json")).toFile());
        assertThat(json.path("about").path("model").asText()).isEqualTo("double-well");
        double[][] table = rows(file("a.npy"), "");
        assertThat(rows(file("a.csv"), "")).isDeepEqualTo(table);
        List<String> names = new ArrayList<>();
        json.path("table").fieldNames().forEachRemaining(names::add);
        for (int c = 0; c < names.size(); c++) {
            int column = c;
            double[] values =
                    Arrays.stream(table).mapToDouble(row -> row[column]).toArray();
            assertThat(numbers(file("a.npz"), names.get(c))).containsExactly(values);
            assertThat(numbers(file("a.h5"), names.get(c))).containsExactly(values);
            JsonNode listed = json.path("table").path(names.get(c)).path("values");
            assertThat(listed).hasSameSizeAs(Arrays.stream(values).boxed().toList());
            assertThat(listed.path(3).asDouble()).isEqualTo(values[3]);
        }
        for (String array : List.of("trajectories", "density")) {
            assertThat(numbers(file("a.h5"), array)).containsExactly(numbers(file("a.npz"), array));
        }
        assertThat(ArrayFile.find(file("a.h5") + ":trajectories").shape()).containsExactly(2, 21, 2);
    }

    @Test
    void standardOutputIsTheFileAlone() throws IOException {
        assertThat(run(DRIVEN, "--out", "-")).isZero();
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .path("table")
                        .path("t")
                        .path("values"))
                .hasSize(21);
        assertThat(run(DRIVEN, "--out", "-", "--format", "csv")).isZero();
        assertThat(out.toString().lines().filter(line -> !line.startsWith("#"))).hasSize(22);
    }

    @Test
    void aModelFileIsTheSameAsItsOptions() throws IOException {
        Path toml = Files.writeString(folder.resolve("well.toml"), """
                state = ["x", "v"]
                drift = ["v", "x - x^3 - g*v"]
                factor = "0; sqrt(g)"
                beta = 5
                [set]
                g = 0.5
                """);
        Path json = Files.writeString(folder.resolve("well.json"), """
                {"state": "x, v", "drift": "v, x - x^3 - g*v", "factor": [["0"], ["sqrt(g)"]], "temperature": 0.2, "set": {"g": 0.5}}
                """);
        String[] typed = {
            "simulate",
            "--state",
            "x,v",
            "--drift",
            "v, x - x^3 - g*v",
            "--factor",
            "0; sqrt(g)",
            "--set",
            "g=0.5",
            "--beta",
            "5"
        };
        String[] few = {"--paths", "20", "--until", "1", "--out"};
        for (String[] command : new String[][] {
            typed, {"simulate", "--model", toml.toString()}, {"simulate", "--model", json.toString()}
        }) {
            String name = file(command.length + command[command.length - 1].replaceAll("\\W", "") + ".npy");
            List<String> words = new ArrayList<>(List.of(few));
            words.add(name);
            assertThat(run(command, words.toArray(String[]::new)))
                    .as(err.toString())
                    .isZero();
        }
        double[] expected = numbers(file("115.npy"), "");
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".npy")).toList()) {
                assertThat(numbers(file.toString(), "")).containsExactly(expected);
            }
        }
        Files.writeString(toml, "drfit = \"x\"");
        assertThat(run("simulate --model " + toml)).isEqualTo(2);
        assertThat(err.toString()).contains("no key is called 'drfit'; did you mean 'drift'?");
        Files.writeString(toml, "drift = \"x");
        assertThat(run("simulate --model " + toml)).isEqualTo(2);
        assertThat(err.toString()).contains("line 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "simulate doubel-well | did you mean 'double-well'?",
                "simulate | a model is missing",
                "simulate --drift x+k | --set",
                "simulate --drift 2x | column 2",
                "simulate double-well --drift x | give one or the other",
                "simulate double-well --set lamda=1 | did you mean 'lambda'?",
                "simulate double-well --scheme eulr-maruyama | did you mean 'euler-maruyama'?",
                "simulate double-well --step 0.3 | nearest are",
                "simulate double-well --start 1 | one number for each of x1, x2",
                "simulate double-well --start y=1 | no coordinate is called 'y'",
                "simulate double-well --out a.txt | .npz",
                "simulate double-well --beta 0 | --beta must be positive",
                "simulate double-well --beta 1 --temperature 1 | exclude each other",
                "simulate double-well --shard 3/3 --checkpoint a | 0 to 2",
                "simulate double-well --paths 0 | at least 1",
                "simulate double-well --histogram z=0:1:3 | no coordinate is called 'z'",
                "first-passage double-well | --target",
                "first-passage double-well --target x1 | one inequality",
                "first-passage double-well --target x1>-5 | outside of the target",
                "sweep double-well --over lamda=1,2 | did you mean 'lambda'?",
                "sweep double-well --over beta=1:2 | from:to:count",
                "merge nothing.ck | no such file",
            })
    void aWrongWordIsOneLineWithTheWayOut(String command, String hint) {
        assertThat(run(command)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(hint);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsStatusThree() {
        assertThat(run(DRIVEN, "--out", file("no/such/folder.npz"))).isEqualTo(3);
        assertThat(err.toString()).contains("there is no such folder");
    }

    /** From 0 to |x| = 1 by dx = √2 dW takes ½ in the mean. */
    @Test
    void meanTimesArePathsAndGridAndExact() throws IOException {
        assertThat(run(
                        new String[] {"first-passage", "brownian-motion", "--set", "velocity=0", "--start", "0"},
                        "--target",
                        "abs(x) > 1",
                        "--grid",
                        "x=-1.25:1.25:200",
                        "--step",
                        "0.001",
                        "--paths",
                        "4000",
                        "--out",
                        file("t.json")))
                .as(err.toString())
                .isZero();
        JsonNode numbers =
                new ObjectMapper().readTree(Path.of(file("t.json")).toFile()).path("numbers");
        assertThat(numbers.path("mean_time_grid").path("value").asDouble()).isCloseTo(0.5, within(1e-3));
        JsonNode paths = numbers.path("mean_time_paths");
        assertThat(paths.path("value").asDouble())
                .isCloseTo(0.5, within(4.0 * paths.path("error").asDouble()));
    }

    /** Kramers' time of x − x³ over the top is √2π e^{β/4}, the first correction known. */
    @Test
    void theFormulaOfKramersStandsBesideTheGrid() throws IOException {
        assertThat(run(
                        new String[] {"first-passage", "--drift", "x-x^3", "--beta", "32", "--start", "-1", "--no-paths"
                        },
                        "--target",
                        "x > 0.8",
                        "--out",
                        file("k.json")))
                .as(err.toString())
                .isZero();
        JsonNode numbers =
                new ObjectMapper().readTree(Path.of(file("k.json")).toFile()).path("numbers");
        JsonNode theory = numbers.path("mean_time_theory");
        assertThat(theory.path("value").asDouble())
                .isCloseTo(
                        2.0 * Math.PI / Math.sqrt(2.0) * Math.exp(8.0),
                        within(1e-3 * theory.path("value").asDouble()));
        assertThat(numbers.path("mean_time_grid").path("value").asDouble())
                .isCloseTo(
                        theory.path("value").asDouble(),
                        within(2.0 * theory.path("error").asDouble()));
    }

    /** A rare escape that is driven: two methods, and no time step as long as the escape. */
    @Test
    void pathsAndTheGridOfADrivenWellAgree() throws IOException {
        String[] model = {
            "first-passage", "--drift", "x-x^3+A*cos(w*t)", "--set", "A=0.15,w=2", "--beta", "12", "--start", "-1"
        };
        assertThat(run(
                        model,
                        "--target",
                        "x > 0.7",
                        "--period",
                        "3.141592653589793",
                        "--step",
                        "0.01",
                        "--paths",
                        "3000",
                        "--out",
                        file("d.json")))
                .as(err.toString())
                .isZero();
        JsonNode numbers =
                new ObjectMapper().readTree(Path.of(file("d.json")).toFile()).path("numbers");
        for (String name : List.of("mean_time", "rate")) {
            JsonNode paths = numbers.path(name + "_paths");
            JsonNode grid = numbers.path(name + "_grid");
            double value = grid.path("value").asDouble();
            assertThat(grid.path("error").asDouble()).isLessThan(0.02 * value);
            // Paths in steps of 0.01 look at the target now and then only.
            assertThat(paths.path("value").asDouble())
                    .isCloseTo(value, within(4.0 * paths.path("error").asDouble() + 0.02 * value));
        }
        assertThat(run(model, "--target", "x > 0.7", "--period", "3")).isEqualTo(2);
        assertThat(err.toString()).contains("--period 3.0: the drift at t = 0");
    }

    @Test
    void aSweepGoesOnInItsOwnFileOnly() throws IOException {
        String[] command = {
            "sweep", "ornstein-uhlenbeck", "--paths", "100", "--until", "1", "--out", file("s.csv"), "--over"
        };
        assertThat(run(command, "beta=1:2:2")).as(err.toString()).isZero();
        List<String> before = Files.readAllLines(Path.of(file("s.csv")));
        assertThat(run(command, "beta=1:2:3")).as(err.toString()).isZero();
        List<String> after = Files.readAllLines(Path.of(file("s.csv")));
        assertThat(after).hasSize(4).containsAll(before);
        assertThat(run(command, "beta=1:2:3", "--start", "1,1")).isEqualTo(2);
        assertThat(err.toString()).contains("is of another sweep");
        assertThat(Files.readAllLines(Path.of(file("s.csv")))).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c.png", "c.svg"})
    void chartsAreDrawn(String name) throws IOException {
        assertThat(run(DRIVEN, "--trajectories", "2", "--chart", file(name)))
                .as(err.toString())
                .isZero();
        assertThat(Files.size(Path.of(file(name)))).isGreaterThan(5000);
    }

    @Test
    void theCatalogueIsListed() throws IOException {
        assertThat(run("models")).isZero();
        Catalogue.models().forEach(model -> assertThat(out.toString()).contains(model.name()));
        assertThat(run("models --json")).isZero();
        JsonNode all = new ObjectMapper().readTree(out.toString());
        assertThat(all).hasSize(Catalogue.models().size());
        assertThat(run("models double-well")).isZero();
        assertThat(out.toString().toLowerCase(Locale.ROOT)).contains("lambda", "sources");
        assertThat(run("completion")).isZero();
        assertThat(out.toString()).contains("driven-double-well", "first-passage");
    }

    @Test
    void everyCommandTellsItsStatusAndAnExample() {
        for (String name : List.of(
                "models", "simulate", "merge", "first-passage", "sweep", "trajectory-statistics", "completion")) {
            assertThat(run(name + " --help")).isZero();
            assertThat(out.toString()).contains("Exit status:", "Examples:", "langevin4j");
        }
    }

    @Test
    void aRecordOfAModelIsJudged() {
        assertThat(run("trajectory-statistics --drift -x+2*y,-2*x-y --every 0.1 --until 60 --surrogates 0 --json"))
                .isZero();
        assertThat(out.toString()).contains("\"rows\" : 541");
        assertThat(run("trajectory-statistics " + file("no.npy"))).isEqualTo(2);
    }
}
