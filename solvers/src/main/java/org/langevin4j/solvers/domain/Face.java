package org.langevin4j.solvers.domain;

/** What happens at an end of an {@link Interval}. */
public enum Face {
    /** The path is mirrored. */
    REFLECTING,
    /** The path stops; crossings within a step are found by the law of the Brownian bridge. */
    ABSORBING,
    /** The path stops if it is outside after a step; crossings that come back within a step are missed. */
    ABSORBING_AT_STEPS,
    /** The path enters again at the other end. Both ends of an interval are, or none. */
    PERIODIC
}
