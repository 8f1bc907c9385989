package org.langevin4j.examples;

import org.langevin4j.examples.cli.Langevin4j;
import org.langevin4j.examples.experiment.Example;

/** The main of a single example. */
public final class Mains {

    private Mains() {}

    /**
     * Runs the example with the options of {@code langevin4j run} and ends the process with its exit status.
     *
     * @param example what to run
     * @param args the command line
     */
    public static void run(Example example, String[] args) {
        System.exit(Langevin4j.commandLine(example).execute(args));
    }
}
