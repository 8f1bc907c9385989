package org.langevin4j.solvers.spark;

/** Gradients cannot be used, and could not be on any other try. */
public final class GradientsFailedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    GradientsFailedException(String message) {
        super(message);
    }
}
