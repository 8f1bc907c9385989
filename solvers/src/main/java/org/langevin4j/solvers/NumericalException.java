package org.langevin4j.solvers;

/**
 * A well-posed question to which the numbers gave no answer: an iteration that does not come to its end, a path that leaves the
 * finite numbers, a step that is too long. Each kind carries its own numbers; one {@code catch} takes all of them. A fault of the
 * caller is an {@link IllegalArgumentException}.
 */
public abstract class NumericalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what failed.
     *
     * @param message with the numbers
     */
    protected NumericalException(String message) {
        super(message);
    }

    /**
     * Says what failed, and by what.
     *
     * @param message with the numbers
     * @param cause what was met first
     */
    protected NumericalException(String message, Throwable cause) {
        super(message, cause);
    }
}
