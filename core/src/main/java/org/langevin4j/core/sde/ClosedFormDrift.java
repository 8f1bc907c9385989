package org.langevin4j.core.sde;

import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.field.VectorField;

/**
 * The drift of an equation that belongs to a closed form, by which the form is found again.
 *
 * @param <M> the closed form
 */
interface ClosedFormDrift<M> extends VectorField {

    /** The closed form. */
    M form();

    /** Its equation. */
    Sde equation();

    /** The form of a type behind an equation, or empty if there is none. */
    static <M> Optional<M> formOf(Sde sde, Class<M> type) {
        Objects.requireNonNull(sde, "sde");
        return sde.drift() instanceof ClosedFormDrift<?> drift
                        && type.isInstance(drift.form())
                        && drift.equation().equals(sde)
                ? Optional.of(type.cast(drift.form()))
                : Optional.empty();
    }
}
