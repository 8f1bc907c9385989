package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecomposeCommandTest {

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

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    static byte[] npy(int rows, int columns, double... values) {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        header += " ".repeat(117 - header.length()) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + 118 + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    /** Reference values OU2_gyrator. */
    @Test
    void gyratorAsTextAndJson() throws IOException {
        String f = file("F.csv", "# Hessian\n2, 1\n1; 2\n");
        String d = file("D.txt", "1 0\n\n0 0.25\n");
        assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d)).isZero();
        assertThat(out.toString())
                .contains(
                        "computed by pure Java", "no detailed balance", "0.5625", "noise reaches everything", "-0.1875")
                .contains("2 positive, 0 negative, 0 zero");
        out.getBuffer().setLength(0);
        assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d, "--json"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("entropy_production_rate").asDouble()).isCloseTo(0.5625, within(1e-13));
        assertThat(json.get("q").get(0).get(1).asDouble()).isCloseTo(-0.1875, within(1e-14));
        assertThat(json.get("u").get(1).get(1).asDouble()).isCloseTo(6.3561643835616435, within(1e-13));
        assertThat(json.get("stationary_covariance").get(0).get(0).asDouble())
                .isCloseTo(0.6041666666666666, within(1e-14));
        assertThat(json.get("eigenvalues").get(0).get("re").asDouble()).isCloseTo(1.0, within(1e-14));
        assertThat(json.get("rotation_planes")).hasSize(1);
    }

    /** F + δI of lemma20_saddle is stable for δ = 1; without there is no stationary law, and JSON says null. */
    @Test
    void weightDecayMakesASaddleStable() throws IOException {
        Path npz = folder.resolve("net.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(npz))) {
            zip.putNextEntry(new ZipEntry("hessian.npy"));
            zip.write(npy(2, 2, 1, 0.4, -0.2, -0.5));
            zip.putNextEntry(new ZipEntry("noise.npy"));
            zip.write(npy(2, 2, 1, 0.3, 0.3, 0.6));
        }
        String f = npz + ":hessian";
        String d = npz + ":noise";
        assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d, "--json"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("stable").asBoolean()).isFalse();
        assertThat(json.get("stationary_covariance").isNull()).isTrue();
        assertThat(json.get("entropy_production_rate").isNull()).isTrue();
        assertThat(json.get("q").get(0).get(1).asDouble()).isCloseTo(1.78, within(1e-13));
        out.getBuffer().setLength(0);
        assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d, "--weight-decay", "1"))
                .isZero();
        assertThat(out.toString()).contains("F is stable");
        assertThat(execute("decompose", "--drift-matrix", npz + ":hesian", "--diffusion", d))
                .isEqualTo(2);
        assertThat(err.toString()).contains("has no array 'hesian'; it holds hessian, noise");
    }

    /** Gradients (±1, 0), (0, ±2) have the covariance diag(½, 2). */
    @Test
    void gradientsInsteadOfADiffusion() throws IOException {
        String f = file("F.csv", "1,0\n0,3");
        Path g = Files.write(folder.resolve("g.npy"), npy(4, 2, 1, 0, -1, 0, 0, 2, 0, -2));
        assertThat(execute("decompose", "--drift-matrix", f, "--gradients", g.toString(), "--json"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("u").get(0).get(0).asDouble()).isCloseTo(2.0, within(1e-14));
        assertThat(json.get("u").get(1).get(1).asDouble()).isCloseTo(1.5, within(1e-14));
        assertThat(json.get("detailed_balance_defect").asDouble()).isZero();
    }

    /** Underdamped: the current runs where there is no noise. */
    @Test
    void singularDiffusionIsSaid() throws IOException {
        String f = file("F.csv", "0,-1\n1,0.5");
        String d = file("D.csv", "0,0\n0,0.5");
        assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d)).isZero();
        assertThat(out.toString()).contains("1: singular", "noise reaches everything", "infinite: 0.707");
    }

    @Test
    void badInputIsOneLine() throws IOException {
        String good = file("good.csv", "1,0\n0,1");
        assertFault("drift matrix must be square, got 1×2", file("row.csv", "1,2"), good);
        assertFault("diffusion must be 2×2 as the drift matrix is, got 1×1", good, file("one.csv", "1"));
        assertFault(
                "diffusion must be symmetric, got D[1][0] = 0.0 and D[0][1] = 1.0", good, file("as.csv", "1,1\n0,1"));
        assertFault(
                "diffusion must be positive semi-definite, its eigenvalues run from",
                good,
                file("ind.csv", "1,2\n2,1"));
        assertFault(
                "nan.csv: line 2, column 1 must be a finite number, got 'NaN'", file("nan.csv", "1,0\nNaN,1"), good);
        assertFault(
                "ragged.csv: rows must be of one length, got 2 numbers in the first and 1",
                file("ragged.csv", "1,0\n1"),
                good);
        assertFault("empty.csv: holds no numbers", file("empty.csv", "#\n"), good);
        assertFault("none.csv: does not exist", folder.resolve("none.csv").toString(), good);
        assertFault("none.npy: does not exist", folder.resolve("none.npy").toString(), good);
        assertFault("eigenvalues that cancel, got λᵢ = ", file("centre.csv", "0,1\n-1,0"), good);
        assertThat(execute("decompose", "--drift-matrix", good)).isEqualTo(2);
        assertThat(execute("decompose", "--drift-matrix", good, "--diffusion", good, "--gradients", good))
                .isEqualTo(2);
    }

    private void assertFault(String message, String f, String d) {
        err.getBuffer().setLength(0);
        assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains(message);
    }

    /** Two oscillators with momenta 2 and 3 between baths of 2 and 1: σ = J/2, J = (k/2γ) sinh a/sinh 2a = 1/6 with k = γ = 1. */
    @Test
    void oddMomentaMakeTheEntropyProductionFinite() throws IOException {
        String f = file("F.csv", "0,0,-1,0\n0,0,0,-1\n2,-1,1,0\n-1,2,0,1\n");
        String d = file("D.csv", "0,0,0,0\n0,0,0,0\n0,0,2,0\n0,0,0,1\n");
        assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d)).isZero();
        assertThat(out.toString()).contains("entropy production         infinite");
        for (String odd : List.of("2,3", "2-3")) {
            out.getBuffer().setLength(0);
            assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d, "--odd", odd, "--json"))
                    .isZero();
            JsonNode found = new ObjectMapper().readTree(out.toString());
            assertThat(found.get("parity").asText()).isEqualTo("++--");
            assertThat(found.get("entropy_production_rate").asDouble()).isCloseTo(1.0 / 12.0, within(1e-12));
        }
        for (String odd : List.of("4", "x", "3-2", "-1", "1-9")) {
            assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d, "--odd=" + odd))
                    .isNotZero();
        }
        assertThat(err.toString()).contains("odd must be coordinates from 0 to 3 or FROM-TO, got 4");
    }

    /** The gyrator with noise of 1e±200: the same entropy production; and a drift of 1e-200: so much slower. */
    @Test
    void unitsOfAnySize() throws IOException {
        String f = file("F.csv", "2,1\n1,2\n");
        for (String size : List.of("e200", "e-200", "e-307")) {
            out.getBuffer().setLength(0);
            String d = file("D.csv", "1" + size + ",0\n0,0.25" + size + "\n");
            assertThat(execute("decompose", "--drift-matrix", f, "--diffusion", d, "--json"))
                    .isZero();
            JsonNode found = new ObjectMapper().readTree(out.toString());
            assertThat(found.get("entropy_production_rate").asDouble()).isCloseTo(0.5625, within(1e-12));
        }
        out.getBuffer().setLength(0);
        String slow = file("S.csv", "2e-200,1e-200\n1e-200,2e-200\n");
        String d = file("D.csv", "1,0\n0,0.25\n");
        assertThat(execute("decompose", "--drift-matrix", slow, "--diffusion", d, "--json"))
                .isZero();
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .get("entropy_production_rate")
                        .asDouble())
                .isCloseTo(0.5625e-200, within(1e-212));
    }
}
