package org.langevin4j.solvers.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/**
 * One face of a domain as the surface {g = 0} of a function that is positive inside: what paths with momenta and grids need
 * to know of it. Immutable.
 */
public final class Hypersurface {

    private static final int NO_AXIS = -1;

    private final Face face;
    private final ScalarField level;
    private final VectorField gradient;
    private final VectorField direction;

    /** The coordinate of which it is an end, or {@link #NO_AXIS}. */
    private final int axis;

    private final double position;
    private final boolean lower;

    private Hypersurface(
            Face face,
            ScalarField level,
            VectorField gradient,
            VectorField direction,
            int axis,
            double position,
            boolean lower) {
        this.face = Objects.requireNonNull(face, "face");
        this.level = Objects.requireNonNull(level, "level");
        this.gradient = Objects.requireNonNull(gradient, "gradient");
        this.direction = Objects.requireNonNull(direction, "direction");
        this.axis = axis;
        this.position = position;
        this.lower = lower;
    }

    /**
     * A surface of any shape.
     *
     * @param face what happens there
     * @param level g
     * @param gradient ∇g, not zero near the surface
     * @param direction γ along which paths are pushed back; the gradient itself for reflection along the normal
     * @return the surface
     */
    public static Hypersurface of(Face face, ScalarField level, VectorField gradient, VectorField direction) {
        return new Hypersurface(face, level, gradient, direction, NO_AXIS, Double.NaN, false);
    }

    /**
     * A plane across an axis, the lower or the upper end of a coordinate; nothing ever happens at infinity, or at the seam
     * of a periodic coordinate.
     *
     * @param face what happens there
     * @param axis the coordinate
     * @param position where it ends, may be infinite
     * @param lower true for the lower end, false for the upper one
     * @return the surface
     */
    public static Hypersurface end(Face face, int axis, double position, boolean lower) {
        double inward = lower ? 1.0 : -1.0;
        boolean never = face == Face.PERIODIC || Double.isInfinite(position);
        ScalarField level = never ? x -> Double.POSITIVE_INFINITY : x -> inward * (x[axis] - position);
        VectorField gradient = (x, out) -> {
            Arrays.fill(out, 0.0);
            out[axis] = inward;
        };
        return new Hypersurface(face, level, gradient, gradient, axis, position, lower);
    }

    /** This surface, of which it is known that it is the end of a coordinate. */
    Hypersurface asEnd(int ofAxis, double at, boolean isLower) {
        return new Hypersurface(face, level, gradient, direction, ofAxis, at, isLower);
    }

    Face face() {
        return face;
    }

    ScalarField level() {
        return level;
    }

    VectorField gradient() {
        return gradient;
    }

    VectorField direction() {
        return direction;
    }

    boolean isEnd() {
        return axis != NO_AXIS;
    }

    int axis() {
        return axis;
    }

    double position() {
        return position;
    }

    boolean isLower() {
        return lower;
    }

    /** Whether paths are pushed back along another direction than the normal. */
    boolean isOblique() {
        return face == Face.REFLECTING && direction != gradient;
    }

    /** Whether a state is on its inner side; the surface itself belongs to it where it reflects. */
    boolean isInside(double[] x) {
        double g = level.at(x);
        return face == Face.REFLECTING ? g >= 0.0 : g > 0.0;
    }

    /** A periodic coordinate. */
    record Circle(int coordinate, Interval interval) {}

    /** The circles among the coordinates: the upper end of one follows its lower end. */
    static List<Circle> circles(List<Hypersurface> surfaces) {
        List<Circle> circles = new ArrayList<>();
        for (int k = 0; k + 1 < surfaces.size(); k++) {
            Hypersurface one = surfaces.get(k);
            if (one.face == Face.PERIODIC && one.lower) {
                circles.add(new Circle(one.axis, Interval.periodic(one.position, surfaces.get(k + 1).position)));
            }
        }
        return circles;
    }

    @Override
    public String toString() {
        return isEnd()
                ? face + " at the " + (lower ? "lower" : "upper") + " end " + position + " of coordinate " + axis
                : face + " at a surface";
    }
}
