package org.langevin4j.examples.cli;

import picocli.CommandLine;

/** Runs a command and finds out whether all that it printed has arrived: a full disk or a reader that has gone is told of. */
public final class WholeOutput {

    private static final int PROGRAM_FAILED = 3;

    private WholeOutput() {}

    /**
     * Runs a command.
     *
     * @param command the whole command
     * @param args its command line
     * @return its exit status; at least 3, after a line on standard error, if its output is not whole
     */
    public static int execute(CommandLine command, String... args) {
        int status = command.execute(args);
        if (!command.getOut().checkError()) {
            return status;
        }
        command.getErr()
                .println("langevin4j: standard output could not be written whole: the disk is full, or the reader has gone");
        command.getErr().flush();
        return Math.max(status, PROGRAM_FAILED);
    }
}
