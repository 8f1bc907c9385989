package org.langevin4j.examples.experiment;

import java.util.List;

/**
 * A picture of a result.
 *
 * @param file file name in the folder of the experiment
 * @param caption what it shows; also its text for those who cannot see it
 * @param data file name of the numbers behind its series, empty if there is none
 * @param fields file name of the numbers behind its fields, empty if there is none
 * @param statements of the paper that it illustrates; may be empty
 */
public record Picture(String file, String caption, String data, String fields, List<Statement> statements) {

    /** Copies the list. */
    public Picture {
        statements = List.copyOf(statements);
    }
}
