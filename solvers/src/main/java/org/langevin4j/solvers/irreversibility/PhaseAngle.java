package org.langevin4j.solvers.irreversibility;

import org.langevin4j.core.field.ScalarField;

/** Angles of the state, defined up to multiples of 2π. */
public final class PhaseAngle {

    private PhaseAngle() {}

    /**
     * The polar angle about a point of the plane.
     *
     * @param c1 first coordinate of the point
     * @param c2 second coordinate
     * @return x ↦ the angle of (x₁ − c₁, x₂ − c₂), in [−π, π], counter-clockwise from the first axis
     */
    public static ScalarField about(double c1, double c2) {
        return x -> Math.atan2(x[1] - c2, x[0] - c1);
    }

    /** The change from one angle to another, the shorter way round. */
    static double change(double from, double to) {
        return Math.IEEEremainder(to - from, 2.0 * Math.PI);
    }
}
