package org.langevin4j.solvers.orbit;

import java.util.Objects;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The first-return map P of a Poincaré section, from a point of the section to the next place where its orbit crosses in
 * the same direction.
 *
 * @param flow of ẋ = b(x)
 * @param section where
 * @param maxDuration how long to wait for one return
 */
public record ReturnMap(Flow flow, Section section, double maxDuration) {

    /**
     * Checks the arguments.
     *
     * @throws IllegalArgumentException if the dimensions differ or maxDuration is not positive
     */
    public ReturnMap {
        Objects.requireNonNull(flow, "flow");
        section.requireDimension(flow.dimension());
        Flow.requirePositive(maxDuration);
    }

    /**
     * The map.
     *
     * @param x a point; the nearest point of the section is taken
     * @return P(x) and the time of return
     * @throws OrbitException if the orbit does not return in time or runs away
     */
    public Crossing at(double[] x) {
        return at(x, 1);
    }

    /**
     * The iterated map.
     *
     * @param x a point; the nearest point of the section is taken
     * @param returns n ≥ 1
     * @return Pⁿ(x) and the time for all of it
     * @throws OrbitException if the orbit does not return in time or runs away
     */
    public Crossing at(double[] x, int returns) {
        if (!(returns >= 1)) {
            throw new IllegalArgumentException("returns must be positive, got " + returns);
        }
        double[] state = section.project(x);
        double time = 0.0;
        for (int k = 0; k < returns; k++) {
            Crossing next = flow.nextCrossing(state, section, maxDuration);
            state = next.state();
            time += next.time();
        }
        return new Crossing(state, time);
    }

    /**
     * The derivative of the map, where V is that of the flow over the time of return: DP = (I − b nᵀ/(n·b)) V at P(x).
     *
     * @param end P(x)
     * @param v V
     * @return d×d; it maps vectors along the section to such
     */
    RealMatrix derivative(double[] end, RealMatrix v) {
        RealMatrix normal = MatrixUtils.createColumnRealMatrix(section.normal());
        double[] velocity = flow.velocity(end);
        RealMatrix along = MatrixUtils.createColumnRealMatrix(velocity)
                .multiply(normal.transpose())
                .scalarMultiply(1.0 / section.rate(velocity));
        return v.subtract(along.multiply(v));
    }
}
