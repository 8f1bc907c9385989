package org.langevin4j.solvers.orbit;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.linear.Vectors;

/**
 * Half of a one-dimensional invariant manifold of a saddle: an orbit that comes from it (unstable) or ends in it (stable).
 * In the plane these are the four separatrices.
 *
 * @param unstable whether the orbit leaves the saddle with time
 * @param orbit away from the saddle: forwards in time if unstable, backwards if stable
 */
public record Separatrix(boolean unstable, Orbit orbit) {

    /** First distance from the saddle; the manifold is off its tangent by the square of that. */
    private static final double DISTANCE = 1e-6;

    /**
     * The separatrices of a saddle. In more than two dimensions only the one-dimensional manifolds are followed.
     *
     * @param flow of ẋ = b(x)
     * @param saddle a fixed point of it
     * @param box where to stop
     * @param duration when to stop; each spends log(10⁶)/|eigenvalue| near the saddle
     * @return two for each eigenvalue that is alone on its side of the imaginary axis, unstable ones first
     * @throws IllegalArgumentException if the point is no saddle
     */
    public static List<Separatrix> of(Flow flow, FixedPoint saddle, Grid box, double duration) {
        if (saddle.kind() != FixedPoint.Kind.SADDLE) {
            throw new IllegalArgumentException("saddle must be one, got " + saddle);
        }
        if (box.dimension() != flow.dimension()) {
            throw new IllegalArgumentException("box must have " + flow.dimension() + " axes, got " + box.dimension());
        }
        Complex[] values = saddle.eigenvalues();
        List<Separatrix> separatrices = new ArrayList<>();
        if (values.length == 2 || values[1].getReal() < 0.0) {
            both(flow, saddle, values[0], box, duration, true, separatrices);
        }
        if (values.length == 2 || values[values.length - 2].getReal() > 0.0) {
            both(flow.reversed(), saddle, values[values.length - 1], box, duration, false, separatrices);
        }
        return List.copyOf(separatrices);
    }

    private static void both(
            Flow flow,
            FixedPoint saddle,
            Complex eigenvalue,
            Grid box,
            double duration,
            boolean unstable,
            List<Separatrix> separatrices) {
        Complex[] direction = Eigenvalues.vector(saddle.jacobian(), eigenvalue);
        double[] at = saddle.location();
        for (int sign = 1; sign >= -1; sign -= 2) {
            double[] start = at.clone();
            for (int i = 0; i < start.length; i++) {
                start[i] += sign * DISTANCE * (1.0 + Vectors.norm(at)) * direction[i].getReal();
            }
            separatrices.add(new Separatrix(unstable, flow.orbit(start, duration, within(box))));
        }
    }

    /** Positive in the box. */
    private static ScalarField within(Grid box) {
        return x -> {
            double least = Double.POSITIVE_INFINITY;
            for (int a = 0; a < x.length; a++) {
                least = Math.min(
                        least, Math.min(x[a] - box.axis(a).min(), box.axis(a).max() - x[a]));
            }
            return least;
        };
    }
}
