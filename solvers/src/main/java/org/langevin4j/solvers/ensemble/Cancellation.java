package org.langevin4j.solvers.ensemble;

/**
 * Asks a run to stop early and to give what it has. The run hears it within 64 steps of a block. Safe for any number of
 * threads and runs; once cancelled it stays so.
 */
public final class Cancellation {

    private volatile boolean cancelled;

    /** A token that is not cancelled. */
    public Cancellation() {}

    /** Cancels. */
    public void cancel() {
        cancelled = true;
    }

    /**
     * Whether {@link #cancel} was called.
     *
     * @return true if so
     */
    public boolean isCancelled() {
        return cancelled;
    }
}
