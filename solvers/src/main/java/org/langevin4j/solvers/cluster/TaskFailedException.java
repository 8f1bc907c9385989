package org.langevin4j.solvers.cluster;

import org.langevin4j.solvers.NumericalException;

/** A task failed for good: it would fail everywhere, or did so after as many tries as the cluster makes. */
public final class TaskFailedException extends NumericalException {

    private static final long serialVersionUID = 1L;

    private final int number;

    /**
     * A failure.
     *
     * @param number of the task; −1 if that is not known
     * @param message what was being done, and why it failed
     */
    public TaskFailedException(int number, String message) {
        super(message);
        this.number = number;
    }

    /**
     * Which task.
     *
     * @return its number; −1 if that is not known
     */
    public int number() {
        return number;
    }
}
