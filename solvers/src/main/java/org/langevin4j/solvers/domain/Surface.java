package org.langevin4j.solvers.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/**
 * One face of a domain as the surface {g = 0} of a function that is positive inside.
 *
 * @param kind what the domain does there; nothing is ever on a periodic face or one at infinity
 * @param level g
 * @param gradient ∇g
 */
record Surface(Face kind, ScalarField level, VectorField gradient) {

    /** The faces of a domain in their order; {@code wrapped} receives the circles among its coordinates. */
    static List<Surface> of(Domain domain, List<Circle> wrapped) {
        List<Surface> faces = new ArrayList<>();
        if (domain instanceof Box box) {
            for (int i = 0; i < box.intervals().size(); i++) {
                Interval interval = box.intervals().get(i);
                if (interval.atLower() == Face.PERIODIC) {
                    wrapped.add(new Circle(i, interval));
                }
                faces.add(end(i, interval.atLower(), interval.lower(), 1.0));
                faces.add(end(i, interval.atUpper(), interval.upper(), -1.0));
            }
        } else if (domain instanceof HalfSpace half) {
            if (half.isOblique()) {
                throw oblique();
            }
            faces.add(new Surface(half.face(), half::level, half::gradient));
        } else if (domain instanceof LevelSet set) {
            if (set.isOblique()) {
                throw oblique();
            }
            faces.add(new Surface(set.face(), set.function(), set.gradient()));
        } else if (domain instanceof Intersection intersection) {
            for (Domain part : intersection.parts()) {
                faces.addAll(of(part, wrapped));
            }
        } else {
            throw new IllegalArgumentException(
                    "positions must be in a box, a half-space, a level set or an intersection" + " of these, got "
                            + domain);
        }
        return faces;
    }

    /** A periodic coordinate. */
    record Circle(int coordinate, Interval interval) {}

    private static IllegalArgumentException oblique() {
        return new IllegalArgumentException("positions must be in a domain that reflects along its normal: momenta have"
                + " no other direction in which a wall could push");
    }

    private static Surface end(int i, Face kind, double wall, double inward) {
        boolean never = kind == Face.PERIODIC || Double.isInfinite(wall);
        return new Surface(kind, never ? q -> Double.POSITIVE_INFINITY : q -> inward * (q[i] - wall), (q, out) -> {
            Arrays.fill(out, 0.0);
            out[i] = inward;
        });
    }
}
