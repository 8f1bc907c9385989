package org.langevin4j.examples.cli;

import picocli.CommandLine;

/**
 * Runs a command so that no failure is taken for a success or a claim that does not hold: neither too small a heap nor output that has
 * not arrived, as the disk is full or the reader has gone.
 */
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
        int status;
        try {
            status = command.execute(args);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            // Picocli hands on what is no exception, wherever it comes from.
            status = Failures.report(e, command);
        }
        // What failed has been told, perhaps just this.
        if (status >= PROGRAM_FAILED || !command.getOut().checkError()) {
            return status;
        }
        command.getErr()
                .println(
                        "langevin4j: standard output could not be written whole: the disk is full, or the reader has gone");
        command.getErr().flush();
        return PROGRAM_FAILED;
    }
}
