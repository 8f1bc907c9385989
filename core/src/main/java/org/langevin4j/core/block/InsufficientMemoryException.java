package org.langevin4j.core.block;

/** What is asked for cannot fit into the memory there is. The message has both numbers, and a way out. */
public final class InsufficientMemoryException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal before anything is allocated.
     *
     * @param message what needs how much, and how much there is
     */
    public InsufficientMemoryException(String message) {
        super(message);
    }
}
