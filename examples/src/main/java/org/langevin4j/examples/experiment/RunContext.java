package org.langevin4j.examples.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.random.Seed;

/**
 * What a run is given.
 *
 * @param out folder for this example's pictures; exists
 * @param seed of all randomness
 * @param effort how much work to do
 * @param data folder with real data, if there is one
 * @param files files named on the command line, in their order; not checked
 * @param progress told of long work
 */
public record RunContext(
        Path out, Seed seed, Effort effort, Optional<Path> data, List<Path> files, ProgressReporter progress) {

    /** Copies the list. */
    public RunContext {
        files = List.copyOf(files);
    }
}
