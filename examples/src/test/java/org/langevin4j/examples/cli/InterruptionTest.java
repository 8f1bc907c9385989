package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.examples.Examples;

/** Ctrl-C, and a scheduler that ends a process, leave whole files and words. */
class InterruptionTest {

    @TempDir
    private Path folder;

    /** Blocks of paths are the units of work: many of them, so that some are done and some are not. */
    private Process start(String out) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Examples.class.getName()));
        command.addAll(List.of("simulate", "--drift", "x-x^3", "--beta", "3", "--until", "8", "--paths", "240000"));
        command.addAll(List.of("--checkpoint", "run.bin", "--checkpoint-every", "0.05", "--out", out));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("words").toFile())
                .start();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisabledOnOs(OS.WINDOWS)
    void whatWasDoneIsKeptAndSaid(String signal, int status) throws Exception {
        Process stopped = start("part.npz");
        while (stopped.isAlive() && !Files.exists(folder.resolve("run.bin"))) {
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-" + signal, Long.toString(stopped.pid()))
                .start()
                .waitFor();
        assertThat(stopped.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String words = Files.readString(folder.resolve("words"), StandardCharsets.UTF_8);
        assertThat(stopped.exitValue()).as(words).isEqualTo(status);
        assertThat(words)
                .containsPattern(
                        "stopped early: the result is of \\d+ of 240000 paths; the same command goes on from run.bin")
                .contains("written: part.npz");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.bin", "run.bin.command", "part.npz", "words");
        }
        if (signal.equals("INT")) {
            goesOnToTheSameBits();
        }
    }

    private void goesOnToTheSameBits() throws Exception {
        assertThat(start("on.npz").waitFor()).isZero();
        Files.delete(folder.resolve("run.bin"));
        assertThat(start("once.npz").waitFor()).isZero();
        assertThat(folder.resolve("on.npz")).hasSameBinaryContentAs(folder.resolve("once.npz"));
    }
}
