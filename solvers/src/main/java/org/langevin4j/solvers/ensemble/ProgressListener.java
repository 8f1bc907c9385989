package org.langevin4j.solvers.ensemble;

/** Hears how far a run is. Called a few times a second, by one thread at a time. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Some work is done.
     *
     * @param progress how much, how fast and how long yet
     */
    void progress(Progress progress);
}
