package org.langevin4j.solvers.ensemble;

/** Hears how far a run is. Called a few times a second, by one thread at a time. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Some work is done.
     *
     * @param done path-steps taken
     * @param total path-steps of the whole run
     */
    void progress(long done, long total);
}
