package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VectorUnitTest {

    /** A program that says whether it has the vector unit, and waits if it is told to. */
    static final class Probe {

        private Probe() {}

        public static void main(String[] args) throws InterruptedException {
            OptionalInt status = VectorUnit.restart(Probe.class, args);
            if (status.isPresent()) {
                System.exit(status.getAsInt());
            }
            boolean present =
                    ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
            System.out.println(present + " " + ProcessHandle.current().pid());
            System.err.println("to standard error");
            if (args.length > 1) {
                Thread.sleep(60_000);
            }
            System.exit(7);
        }
    }

    private static Process start(List<String> options, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void longCommandsRunOnItAndGiveTheirStatus() throws IOException, InterruptedException {
        Process process = start(List.of(), "run");
        assertThat(text(process.getInputStream())).startsWith("true ");
        assertThat(text(process.getErrorStream())).isEqualTo("to standard error" + System.lineSeparator());
        assertThat(process.waitFor()).isEqualTo(7);
    }

    @Test
    void shortCommandsAndThoseToldNotToDoNot() throws IOException {
        assertThat(text(start(List.of(), "list").getInputStream())).startsWith("false ");
        assertThat(text(start(List.of("-Dlangevin4j.vector=off"), "run").getInputStream()))
                .startsWith("false ");
    }

    @Test
    void theSecondProcessEndsWithTheFirst() throws Exception {
        Process process = start(List.of(), "run", "wait");
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).startsWith("true ");
        ProcessHandle second =
                ProcessHandle.of(Long.parseLong(line.substring(5))).orElseThrow();
        process.destroyForcibly();
        second.onExit().get(20, TimeUnit.SECONDS);
        assertThat(second.isAlive()).isFalse();
    }
}
