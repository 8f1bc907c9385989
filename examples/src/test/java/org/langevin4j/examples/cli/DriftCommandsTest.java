package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** orbit and path of a model, against closed forms. */
class DriftCommandsTest {

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
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--out";
        all[args.length + 1] = "-";
        assertThat(execute(all)).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private static double number(JsonNode result, String name) {
        return result.path("numbers").path(name).path("value").asDouble(Double.NaN);
    }

    private static JsonNode array(JsonNode result, String name) {
        JsonNode table = result.path("table").path(name);
        return (table.isMissingNode() ? result.path("arrays").path(name) : table).path("values");
    }

    /** ṙ = r(μ − r²), θ̇ = ω: radius √μ, period 2π/ω, multiplier e^(−2μT). */
    @Test
    void aLimitCycleHasItsPeriodAmplitudeAndMultiplier() throws IOException {
        JsonNode result = json(
                "orbit",
                "--drift",
                "m*x-w*y-x*(x^2+y^2), w*x+m*y-y*(x^2+y^2)",
                "--set",
                "m=0.25,w=2",
                "--box",
                "x=-1:1,y=-1:1",
                "--chart",
                folder.resolve("portrait.png").toString());
        assertThat(number(result, "cycle_period")).isCloseTo(Math.PI, within(1e-8));
        assertThat(number(result, "cycle_amplitude_x")).isCloseTo(0.5, within(1e-4));
        assertThat(number(result, "cycle_multiplier")).isCloseTo(Math.exp(-0.5 * Math.PI), within(1e-7));
        assertThat(number(result, "resting_points")).isEqualTo(1.0);
        assertThat(array(result, "eigenvalue_1_real").get(0).asDouble()).isCloseTo(0.25, within(1e-10));
        assertThat(folder.resolve("portrait.png")).isNotEmptyFile();
    }

    @Test
    void restingPointsOfTheWell() throws IOException {
        JsonNode result = json("orbit", "--drift", "x-x^3", "--box", "x=-2:2");
        assertThat(number(result, "resting_points")).isEqualTo(3.0);
        double[] found = new double[3];
        Arrays.setAll(found, k -> array(result, "x").get(k).asDouble());
        Arrays.sort(found);
        assertThat(found[0]).isCloseTo(-1.0, within(1e-10));
        assertThat(found[1]).isCloseTo(0.0, within(1e-10));
        assertThat(found[2]).isCloseTo(1.0, within(1e-10));
    }

    /** ẋ = mx − x³ branches at m = 0. */
    @Test
    void aParameterIsFollowedThroughAPitchfork() throws IOException {
        JsonNode result = json("orbit", "--drift", "m*x-x^3", "--set", "m=1", "--box", "x=-2:2", "--over", "m=-1:2");
        assertThat(number(result, "bifurcations")).isEqualTo(1.0);
        assertThat(array(result, "m").get(0).asDouble()).isCloseTo(0.0, within(1e-6));
        assertThat(out.toString()).contains("pitchfork");
        err.getBuffer().setLength(0);
        assertThat(execute("orbit", "--drift", "m*x-x^3", "--set", "m=1", "--box", "x=-2:2", "--over", "k=0:1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("k");
    }

    /** Barrier ¼, rate √2/(2π) e^(−β/4). */
    @Test
    void pathOverTheBarrierOfAWell() throws IOException {
        JsonNode result = json("path", "--drift", "x-x^3", "--beta", "24", "--from", "-0.9", "--to", "1");
        assertThat(number(result, "action")).isCloseTo(0.25, within(1e-9));
        assertThat(number(result, "saddle_x")).isCloseTo(0.0, within(1e-9));
        assertThat(number(result, "rate")).isCloseTo(Math.sqrt(2.0) / (2.0 * Math.PI) * Math.exp(-6.0), within(1e-9));
        JsonNode x = array(result, "x");
        assertThat(x.get(0).asDouble()).isCloseTo(-1.0, within(1e-9));
        assertThat(x.get(x.size() - 1).asDouble()).isCloseTo(1.0, within(1e-9));
    }

    /** With inertia: the same barrier; Kramers' λ₊ = √(γ²/4 + 1) − γ/2 at the saddle of ω = 1. */
    /** S = ¼ − A√(πω/sinh πω) + O(A²), as in the tests of DrivenMinimumAction. */
    @Test
    void pathOutOfADrivenWell() throws IOException {
        JsonNode result = json(
                "path",
                "--drift",
                "x-x^3+A*cos(t)",
                "--set",
                "A=0.01",
                "--beta",
                "2000",
                "--period",
                "6.283185307179586",
                "--from",
                "-0.9",
                "--to",
                "1");
        double chi = Math.sqrt(Math.PI / Math.sinh(Math.PI));
        assertThat(number(result, "action")).isCloseTo(0.25 - 0.01 * chi, within(5e-5));
        assertThat(number(result, "action_back")).isCloseTo(number(result, "action"), within(1e-6));
        assertThat(number(result, "modulation")).isCloseTo(0.02 * chi, within(1e-5));
        assertThat(number(result, "rate")).isPositive();
        assertThat(execute("path", "--drift", "x-x^3", "--period", "1", "--from", "-1", "--to", "1"))
                .isEqualTo(2);
    }

    @Test
    void pathWithNoiseInTheVelocityAlone() throws IOException {
        JsonNode result = json(
                "path",
                "--state",
                "x,v",
                "--drift",
                "v, x-x^3-g*v",
                "--factor",
                "0; sqrt(g)",
                "--set",
                "g=1",
                "--beta",
                "24",
                "--from",
                "-1,0",
                "--to",
                "1,0");
        assertThat(number(result, "action")).isCloseTo(0.25, within(1e-6));
        double unstable = Math.sqrt(1.25) - 0.5;
        assertThat(number(result, "rate"))
                .isCloseTo(unstable * Math.sqrt(2.0) / (2.0 * Math.PI) * Math.exp(-6.0), within(1e-8));
    }

    @Test
    void anIrreversibleDriftHasAnActionButNoFormulaForItsRate() throws IOException {
        JsonNode result = json(
                "path",
                "--drift",
                "x-x^3-10*x*y^2, -(1+x^2)*y",
                "--beta",
                "20",
                "--from",
                "-1,0",
                "--to",
                "1,0",
                "--via",
                "-0.5,0.3");
        assertThat(number(result, "action")).isLessThan(0.2450);
        assertThat(result.path("numbers").has("rate")).isFalse();
        assertThat(out.toString()).contains("first-passage");
        err.getBuffer().setLength(0);
        assertThat(execute("path", "--drift", "x-x^3", "--from", "0.9", "--to", "0.9"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the same state");
    }
}
