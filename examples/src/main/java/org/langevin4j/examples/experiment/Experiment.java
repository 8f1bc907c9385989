package org.langevin4j.examples.experiment;

import java.io.IOException;

/** Something computed that bears on statements of the paper, or on something else worth knowing. */
public interface Experiment {

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
     * Runs the experiment. Equal seed and effort give equal sheets.
     *
     * @param sheet takes what is found, knows folder, seed, effort and data
     * @throws IOException if a file cannot be read or written
     * @throws IllegalArgumentException if a file given by the user is not what the experiment needs; one line that names
     *     file and fault
     */
    void run(Sheet sheet) throws IOException;
}
