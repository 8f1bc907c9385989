package org.langevin4j.solvers.domain;

import org.langevin4j.core.density.Boundary;

/** What happens at an end of an {@link Interval}. */
public enum Face {
    /** The path is mirrored. */
    REFLECTING,
    /** The path stops; crossings within a step are found by the law of the Brownian bridge. */
    ABSORBING,
    /** The path stops if it is outside after a step; crossings that come back within a step are missed. */
    ABSORBING_AT_STEPS,
    /** The path enters again at the other end. Both ends of an interval are, or none. */
    PERIODIC;

    /** What paths do at a face of a grid. */
    static Face of(Boundary boundary, int axis) {
        return switch (boundary) {
            case REFLECTING -> REFLECTING;
            case ABSORBING -> ABSORBING;
            case PERIODIC -> PERIODIC;
            case SPECULAR ->
                throw new IllegalArgumentException(
                        "region must have no specular faces where momenta are not known, got one" + " on axis " + axis
                                + "; Walls.of takes a region of positions and momenta");
        };
    }
}
