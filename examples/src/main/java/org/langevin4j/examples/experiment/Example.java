package org.langevin4j.examples.experiment;

import java.io.IOException;
import org.langevin4j.examples.report.ExampleResult;

/** One experiment: a claim, the computation that tests it, and pictures. */
public interface Example {

    /**
     * The name on the command line and of the folder of results.
     *
     * @return lower-case words joined by hyphens, such as {@code theorem-5}
     */
    String name();

    /**
     * What the experiment shows.
     *
     * @return one line, for {@code list}
     */
    String summary();

    /**
     * How many files it reads if they are given.
     *
     * @return the largest number of files; none unless overridden
     */
    default int files() {
        return 0;
    }

    /**
     * Runs the experiment and writes its pictures into {@link RunContext#out()}. Equal seed and effort give equal
     * results.
     *
     * @param context folder, seed, effort, data
     * @return claim and measurements
     * @throws IOException if a file cannot be read or written
     * @throws IllegalArgumentException if a file given by the user is not what the experiment needs; one line that names
     *     file and fault
     */
    ExampleResult run(RunContext context) throws IOException;
}
