package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class WholeOutputTest {

    /** A disk with room for so many characters. */
    private static final class Disk extends Writer {

        private int room;

        Disk(int room) {
            this.room = room;
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            room -= length;
            if (room < 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static int exit(int room, StringWriter said, String... args) {
        CommandLine command = Langevin4j.commandLine(List.of());
        command.setOut(new PrintWriter(new Disk(room), true));
        command.setErr(new PrintWriter(said, true));
        return WholeOutput.execute(command, args);
    }

    @Test
    void tooSmallAHeapIsNoClaimThatDoesNotHold() {
        @Command(name = "large")
        class Large implements Runnable {
            @Override
            public void run() {
                throw new OutOfMemoryError("Java heap space");
            }
        }
        StringWriter said = new StringWriter();
        CommandLine command = new CommandLine(new Large());
        command.setErr(new PrintWriter(said, true));
        assertThat(WholeOutput.execute(command)).isEqualTo(3);
        assertThat(said.toString()).startsWith("langevin4j: not enough memory").hasLineCount(1);
    }

    @Test
    void aFullDiskIsNoSuccess() {
        for (String[] args : new String[][] {{"--help"}, {"--version"}, {"spectrum", "--help"}}) {
            StringWriter nothing = new StringWriter();
            assertThat(exit(1_000_000, nothing, args)).isZero();
            assertThat(nothing.toString()).isEmpty();
            StringWriter said = new StringWriter();
            assertThat(exit(3, said, args)).isEqualTo(3);
            assertThat(said.toString())
                    .startsWith("langevin4j: standard output")
                    .hasLineCount(1);
        }
    }
}
