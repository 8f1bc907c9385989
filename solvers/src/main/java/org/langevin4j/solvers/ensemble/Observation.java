package org.langevin4j.solvers.ensemble;

import java.util.Objects;

/**
 * An observable and when it is recorded.
 *
 * @param observable what is measured
 * @param when at which steps
 */
public record Observation(PathObservable<?> observable, When when) {

    /** Checks both. */
    public Observation {
        Objects.requireNonNull(observable, "observable");
        Objects.requireNonNull(when, "when");
    }
}
