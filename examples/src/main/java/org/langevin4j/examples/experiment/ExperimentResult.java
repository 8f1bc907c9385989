package org.langevin4j.examples.experiment;

import java.util.List;

/**
 * What an experiment found.
 *
 * @param name of the experiment, and of its folder
 * @param summary what it shows, in a line
 * @param provenance how it was run
 * @param findings in the order of writing
 * @param pictures in its folder
 */
public record ExperimentResult(
        String name, String summary, Provenance provenance, List<Finding> findings, List<Picture> pictures) {

    /**
     * How a result came about.
     *
     * @param version of the program
     * @param commit of its source, empty if not known
     * @param effort how much work was done
     * @param seed of all randomness
     * @param data what real data there was, empty if none
     * @param date when it ended, as in {@code 2026-11-29T12:00:00Z}
     * @param seconds how long it took
     */
    public record Provenance(
            String version, String commit, Effort effort, long seed, String data, String date, double seconds) {}

    /** Copies the lists. */
    public ExperimentResult {
        findings = List.copyOf(findings);
        pictures = List.copyOf(pictures);
    }

    /**
     * Whether the run is in order. Says nothing on the paper, see {@link Ruling}.
     *
     * @return whether every check holds
     */
    public boolean passed() {
        return findings.stream().allMatch(Finding::holds);
    }

    /**
     * All checks.
     *
     * @return those of all findings, in their order
     */
    public List<Check> checks() {
        return findings.stream().flatMap(finding -> finding.checks().stream()).toList();
    }
}
