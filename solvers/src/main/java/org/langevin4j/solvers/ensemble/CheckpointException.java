package org.langevin4j.solvers.ensemble;

import java.nio.file.Path;

/** A checkpoint cannot be used: it is damaged, belongs to another problem or cannot be written. The message says which and why. */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CheckpointException(Path file, String reason) {
        super("checkpoint " + file + " " + reason);
    }

    CheckpointException(Path file, String reason, Throwable cause) {
        super("checkpoint " + file + " " + reason, cause);
    }
}
