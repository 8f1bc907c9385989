package org.langevin4j.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TypefaceTest {

    private static final String MATHEMATICS =
            "ΦλρβηθαγδεκμνξπστφχψωΓΔΘΛΣΩ∇∂∫∑∏√∞∝≈≠≤≥±·×−–‖|⟨⟩∈ℝℓ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ˢᵀ₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₐₓₘô";

    @Test
    void knowsTheSignsOfMathematics() {
        assertThat(Typeface.plain(12).canDisplayUpTo(MATHEMATICS)).isEqualTo(-1);
        assertThat(Typeface.bold(12).canDisplayUpTo(MATHEMATICS)).isEqualTo(-1);
    }

    @Test
    void comesFromTheClassPath() {
        assertThat(Typeface.plain(12).getFontName()).isEqualTo("DejaVu Sans");
        assertThat(Typeface.bold(12).getFontName()).isEqualTo("DejaVu Sans Bold");
    }

    /** An empty configuration hides every installed font, in a process of its own as Java looks only once. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void drawsWithoutAnInstalledFont(@TempDir Path folder) throws IOException, InterruptedException {
        Path configuration = Files.writeString(
                folder.resolve("fonts.conf"),
                "<?xml version=\"1.0\"?><fontconfig></fontconfig>",
                StandardCharsets.UTF_8);
        Path picture = folder.resolve("picture.png");
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TypefaceTest.class.getName(),
                        picture.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("FONTCONFIG_FILE", configuration.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log, StandardCharsets.UTF_8)).isEmpty();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllBytes(picture)).isEqualTo(picture().png());
    }

    private static Figure picture() {
        return Figure.titled("F(ρ) = β⁻¹ KL(ρ‖ρˢˢ)")
                .row(XyPanel.titled("λ").xAxis("t").yAxis("√t").line("∇Φ", new double[] {1, 2}, new double[] {1, 2}));
    }

    /** Runs in the process without fonts. */
    public static void main(String[] args) throws IOException {
        picture().writeTo(Path.of(args[0]));
    }
}
