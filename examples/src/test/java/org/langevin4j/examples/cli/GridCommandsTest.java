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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.models.file.ArrayFile;

/** steady-state, evolve, spectrum and decompose of a model, against closed forms. */
class GridCommandsTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        return Langevin4j.commandLine(List.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private JsonNode json(String... args) throws IOException {
        out.getBuffer().setLength(0);
        String[] all = java.util.Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--out";
        all[args.length + 1] = "-";
        assertThat(execute(all)).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private static double number(JsonNode result, String name) {
        return quantity(result, name).path("value").asDouble(Double.NaN);
    }

    private static double error(JsonNode result, String name) {
        return quantity(result, name).path("error").asDouble(Double.NaN);
    }

    private static JsonNode quantity(JsonNode result, String name) {
        return result.path("numbers").path(name);
    }

    private static JsonNode array(JsonNode result, String name) {
        JsonNode table = result.path("table").path(name);
        return (table.isMissingNode() ? result.path("arrays").path(name) : table).path("values");
    }

    private void assertRefused(String message, String... args) {
        err.getBuffer().setLength(0);
        assertThat(execute(args)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(err.toString().lines().filter(line -> line.startsWith("langevin4j:")))
                .hasSize(1);
    }

    /** Variances T/2 and, by F Σ + Σ Fᵀ = 2TD, nothing off the diagonal: rotation keeps an isotropic law. */
    @Test
    void steadyStateOfARotatingLinearDriftHasItsCovarianceAndEntropyProduction() throws IOException {
        JsonNode result = json(
                "steady-state", "--drift", "-2*x-3*y, 3*x-2*y", "--beta", "4", "--grid", "x=-2.2:2.2:96,y=-2.2:2.2:96");
        assertThat(number(result, "variance_x")).isCloseTo(0.125, within(4.0 * error(result, "variance_x") + 1e-6));
        assertThat(error(result, "variance_x")).isLessThan(2e-3);
        // ½⟨x dy − y dx⟩/dt = ½ω⟨x² + y²⟩, and σ = βω²⟨r²⟩.
        assertThat(number(result, "area_rate_x_y")).isCloseTo(0.5 * 3.0 * 0.25, within(4e-3));
        assertThat(number(result, "entropy_production"))
                .isCloseTo(4.0 * 9.0 * 0.25, within(3.0 * error(result, "entropy_production")));
        assertThat(number(result, "mass_at_walls")).isLessThan(1e-8);
    }

    @Test
    void steadyStateOfATypedWellIsItsGibbsDensityInEveryFormat() throws IOException {
        String[] command = {"steady-state", "--drift", "x-x^3", "--beta", "6", "--grid", "x=-2.5:2.5:200"};
        JsonNode result = json(command);
        assertThat(number(result, "distance_to_closed_form")).isLessThan(1e-12);
        JsonNode x = array(result, "x");
        JsonNode phi = array(result, "potential");
        double v = x.get(60).asDouble();
        double least = phi.get(140).asDouble()
                - (Math.pow(x.get(140).asDouble(), 4) / 4 - Math.pow(x.get(140).asDouble(), 2) / 2);
        assertThat(phi.get(60).asDouble() - least).isCloseTo(v * v * v * v / 4 - v * v / 2, within(1e-9));
        Path file = folder.resolve("steady.npz");
        String[] written = java.util.Arrays.copyOf(command, command.length + 4);
        written[command.length] = "--out";
        written[command.length + 1] = file.toString();
        written[command.length + 2] = "--chart";
        written[command.length + 3] = folder.resolve("steady.svg").toString();
        assertThat(execute(written)).isZero();
        assertThat(folder.resolve("steady.svg")).isNotEmptyFile();
        double[] density = numbers(file, "density");
        assertThat(density).hasSize(200);
        assertThat(density[60]).isEqualTo(array(result, "density").get(60).asDouble());
    }

    private static double[] numbers(Path file, String name) throws IOException {
        return ArrayFile.find(file + ":" + name).read().values();
    }

    /** A drift around a circle, b = 1: uniform density, mean velocity 1, entropy production β. */
    @Test
    void aPeriodicAxisCarriesACurrent() throws IOException {
        JsonNode result =
                json("steady-state", "--drift", "1", "--beta", "3", "--grid", "x=0:2:50", "--walls", "periodic");
        assertThat(number(result, "mean_velocity_x")).isCloseTo(1.0, within(1e-9));
        assertThat(number(result, "entropy_production")).isCloseTo(3.0, within(0.01));
    }

    /** ẋ = −x + cos t: the mean is (cos t + sin t)/2, of amplitude 1/√2 and phase −π/4. */
    @Test
    void aDrivenModelSettlesIntoItsPeriodicMean() throws IOException {
        JsonNode result = json(
                "steady-state",
                "--drift",
                "cos(t)-x",
                "--beta",
                "4",
                "--period",
                "6.283185307179586",
                "--grid",
                "x=-3.5:3.5:140",
                "--steps-per-period",
                "64");
        assertThat(number(result, "response_x"))
                .isCloseTo(Math.sqrt(0.5), within(3.0 * error(result, "response_x") + 1e-4));
        assertThat(error(result, "response_x")).isLessThan(5e-3);
        assertThat(number(result, "phase_x")).isCloseTo(-Math.PI / 4.0, within(5e-3));
        assertRefused(
                "one period later", "steady-state", "--drift", "cos(t)-x", "--period", "6", "--grid", "x=-4:4:50");
        assertRefused("--period T", "steady-state", "--drift", "cos(t)-x", "--grid", "x=-4:4:50");
    }

    /** Of ẋ = −x: mean e^(−t), variance T(1 − e^(−2t)) + s²e^(−2t), F from both. */
    @Test
    void evolutionOfALinearDriftIsGaussian() throws IOException {
        JsonNode result = json(
                "evolve",
                "--drift",
                "-x",
                "--beta",
                "4",
                "--start",
                "1",
                "--width",
                "0.2",
                "--times",
                "0.5,1.5",
                "--grid",
                "x=-3:3:240",
                "--tolerance",
                "1e-5");
        JsonNode mean = array(result, "mean_x");
        JsonNode variance = array(result, "variance_x");
        JsonNode energy = array(result, "free_energy");
        double[] t = {0.0, 0.5, 1.5};
        for (int k = 0; k < t.length; k++) {
            double m = Math.exp(-t[k]);
            double v = 0.25 + (0.04 - 0.25) * Math.exp(-2.0 * t[k]);
            assertThat(mean.get(k).asDouble()).isCloseTo(m, within(5e-4));
            assertThat(variance.get(k).asDouble()).isCloseTo(v, within(5e-4));
            double kl = 0.5 * (v / 0.25 - 1.0 + m * m / 0.25 - Math.log(v / 0.25));
            assertThat(energy.get(k).asDouble()).isCloseTo(kl / 4.0, within(1e-3));
        }
        assertThat(number(result, "increases")).isZero();
    }

    /** Eigenvalues −n of ẋ = −x; of the well the gap beside Kramers' rate of both wells. */
    @Test
    void spectrumOfALinearDriftIsTheIntegers() throws IOException {
        JsonNode result = json("spectrum", "--drift", "-x", "--beta", "2", "--modes", "3", "--grid", "x=-5:5:200");
        for (int n = 0; n <= 3; n++) {
            assertThat(array(result, "real").get(n).asDouble())
                    .isCloseTo(-n, within(3.0 * array(result, "error").get(n).asDouble() + 1e-9));
            assertThat(array(result, "real_closed_form").get(n).asDouble()).isCloseTo(-n, within(1e-12));
        }
        assertThat(error(result, "gap")).isLessThan(1e-2);
        assertRefused("did you mean 'double-well'", "spectrum", "duble-well");
    }

    /** Loss through absorbing ends of a line without drift: D π²/L² with β = 1. */
    @Test
    void spectrumWithAbsorbingWallsIsTheRateOfLoss() throws IOException {
        JsonNode result =
                json("spectrum", "--drift", "0", "--grid", "x=0:3:120", "--walls", "absorbing", "--modes", "2");
        assertThat(number(result, "loss_rate")).isCloseTo(Math.PI * Math.PI / 9.0, within(2e-3));
        assertRefused("absorbing", "steady-state", "--drift", "0", "--grid", "x=0:3:20", "--walls", "absorbing");
    }

    /** F = [[1, 2], [−2, 1]], D = 1: Q is the antisymmetric part, U = 1. */
    @Test
    void decompositionAboutARestingPoint() throws IOException {
        JsonNode result = json("decompose", "--drift", "-x-2*y, 2*x-y", "--beta", "5", "--at", "x=0.3,y=1");
        assertThat(number(result, "Q_x_y")).isCloseTo(2.0, within(1e-12));
        assertThat(number(result, "U_x_x")).isCloseTo(1.0, within(1e-12));
        assertThat(number(result, "covariance_y_y")).isCloseTo(0.2, within(1e-12));
        assertThat(number(result, "rotation_1")).isCloseTo(2.0, within(1e-12));
        // tr(QUQᵀ) with D = 1.
        assertThat(number(result, "entropy_production")).isCloseTo(8.0, within(1e-10));
        assertThat(number(result, "eigenvalue_1_imaginary")).isCloseTo(2.0, within(1e-12));
    }

    @Test
    void decompositionOnAGridTellsWhatHolds() throws IOException {
        JsonNode result = json("decompose", "--drift", "-x-2*y, 2*x-y", "--beta", "2", "--grid", "x=-4:4:48,y=-4:4:48");
        assertThat(quantity(result, "assumption_4").path("remark").asText()).endsWith("holds");
        assertThat(quantity(result, "detailed_balance").path("remark").asText()).endsWith("fails");
        assertThat(array(result, "Q_x_y").get(24).get(24).asDouble()).isCloseTo(2.0, within(0.05));
    }

    @Test
    void whatDoesNotGoIsSaidInOneLine() throws IOException {
        assertRefused("missing is v", "steady-state", "--state", "x,v", "--drift", "v,-x", "--grid", "x=-1:1:10");
        assertRefused("no coordinate is called 'z'", "steady-state", "--drift", "-x", "--grid", "z=-1:1:10");
        assertRefused("did you mean 'periodic'", "steady-state", "--drift", "-x", "--walls", "periodc");
        assertRefused("one period of x", "steady-state", "--drift", "1", "--walls", "periodic");
        assertRefused("1 to 3 coordinates", "steady-state", "--drift", "-a,-b,-c,-d", "--state", "a,b,c,d");
        assertRefused("--time T freezes", "orbit", "--drift", "cos(t)-x");
        assertRefused("must increase", "evolve", "--drift", "-x", "--times", "2,1");
        Path none = folder.resolve("none.npy");
        assertThat(Files.exists(none)).isFalse();
        assertRefused("none.npy", "spectrum", none.toString());
    }
}
