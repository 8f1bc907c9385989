package org.langevin4j.solvers.orbit;

import java.util.Locale;
import java.util.function.DoubleFunction;
import org.hipparchus.ode.DenseOutputModel;
import org.langevin4j.core.block.VectorText;

/**
 * An orbit over a time, known at every moment by the interpolant of the method that found it: of order 7 where it was
 * integrated, of order 5 on a branch of periodic orbits.
 */
public final class Orbit {

    private final DoubleFunction<double[]> state;
    private final double duration;
    private final int dimension;

    Orbit(DoubleFunction<double[]> state, double duration, int dimension) {
        this.state = state;
        this.duration = duration;
        this.dimension = dimension;
    }

    static Orbit of(DenseOutputModel dense, double duration, int dimension) {
        // The model remembers where it looked last.
        DoubleFunction<double[]> state = time -> {
            synchronized (dense) {
                return dense.getInterpolatedState(time).getPrimaryState();
            }
        };
        return new Orbit(state, duration, dimension);
    }

    /**
     * How long it is.
     *
     * @return time from start to end
     */
    public double duration() {
        return duration;
    }

    /**
     * The state at a time.
     *
     * @param time 0 … duration
     * @return x(t), a new array
     */
    public double[] at(double time) {
        if (!(time >= 0.0 && time <= duration)) {
            throw new IllegalArgumentException("time must be 0 to " + duration + ", got " + time);
        }
        return state.apply(time);
    }

    /**
     * Where it ends.
     *
     * @return the last state
     */
    public double[] end() {
        return at(duration);
    }

    /**
     * States at equal distances in time, first and last included; by coordinate, as charts take them.
     *
     * @param points how many, at least two
     * @return {@code x[i][k]}, coordinate i at the time k·duration/(points − 1)
     */
    public double[][] coordinates(int points) {
        if (!(points >= 2)) {
            throw new IllegalArgumentException("points must be at least 2, got " + points);
        }
        double[][] x = new double[dimension][points];
        for (int k = 0; k < points; k++) {
            double[] state = at(Math.min(duration, duration * k / (points - 1)));
            for (int i = 0; i < dimension; i++) {
                x[i][k] = state[i];
            }
        }
        return x;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "orbit of duration %.6g to %s", duration, VectorText.of(end()));
    }
}
