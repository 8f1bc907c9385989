package org.langevin4j.examples.cli.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** The result is there but could not be written: no room, no permission, nobody who reads. */
public final class OutputException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says where and why.
     *
     * @param where the file, or "standard output"
     * @param cause why
     */
    public OutputException(String where, IOException cause) {
        super(where + " could not be written: " + reason(cause), cause);
    }

    /**
     * Says what happened.
     *
     * @param message one line
     */
    public OutputException(String message) {
        super(message);
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        if (cause instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
