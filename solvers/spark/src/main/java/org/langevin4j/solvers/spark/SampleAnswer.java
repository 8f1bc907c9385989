package org.langevin4j.solvers.spark;

import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.network.SampleReduction;

/**
 * What is known of some samples: a partial result, or why there is none.
 *
 * @param partial what they give
 * @param failure the fault of the first of them that has one
 */
record SampleAnswer<P extends Serializable>(
        @Nullable P partial, @Nullable String failure) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The fault that would be the same on every try, as gradients that are not finite; of what may pass, as a network that is down, null. */
    static @Nullable String lasting(Exception failed) {
        Throwable cause = failed.getCause();
        Throwable fault = failed instanceof UncheckedIOException && cause != null ? cause : failed;
        boolean ofFile = fault instanceof ArrayFileException && fault.getCause() == null;
        return ofFile || fault instanceof IllegalArgumentException || fault instanceof ArithmeticException
                ? Objects.requireNonNullElse(fault.getMessage(), fault.toString())
                : null;
    }

    /** Of the first fault in the order of the samples, whatever was merged first. */
    static <P extends Serializable> SampleAnswer<P> merged(
            SampleReduction<P, ?> reduction, SampleAnswer<P> left, SampleAnswer<P> right) {
        if (left.partial == null || right.partial == null) {
            return left.partial == null ? left : right;
        }
        try {
            return new SampleAnswer<>(reduction.merge(left.partial, right.partial), null);
        } catch (IllegalArgumentException | ArithmeticException failed) {
            return new SampleAnswer<>(null, lasting(failed));
        }
    }

    P orThrow() {
        if (partial == null) {
            throw new GradientsFailedException(String.valueOf(failure));
        }
        return partial;
    }
}
