package org.langevin4j.solvers.adaptive;

import java.util.List;
import java.util.Locale;
import org.langevin4j.core.block.VectorText;

/**
 * The solution on one path, and how it was found. Immutable.
 */
public final class AdaptiveSolution {

    private final double[] state;
    private final long accepted;
    private final long rejected;
    private final double smallestStep;
    private final double largestStep;
    private final List<Point> trajectory;

    AdaptiveSolution(
            double[] state,
            long accepted,
            long rejected,
            double smallestStep,
            double largestStep,
            List<Point> trajectory) {
        this.state = state.clone();
        this.accepted = accepted;
        this.rejected = rejected;
        this.smallestStep = smallestStep;
        this.largestStep = largestStep;
        this.trajectory = List.copyOf(trajectory);
    }

    /**
     * The state at the end of the path.
     *
     * @return X_T, a new array of length d
     */
    public double[] state() {
        return state.clone();
    }

    /**
     * The steps taken. If the scheme has no embedded one each is two halves.
     *
     * @return number
     */
    public long accepted() {
        return accepted;
    }

    /**
     * The steps tried and not taken.
     *
     * @return number
     */
    public long rejected() {
        return rejected;
    }

    /**
     * The smallest step taken.
     *
     * @return h, in the units of time of the equation
     */
    public double smallestStep() {
        return smallestStep;
    }

    /**
     * The largest step taken.
     *
     * @return h, in the units of time of the equation
     */
    public double largestStep() {
        return largestStep;
    }

    /**
     * The trajectory.
     *
     * @return the start and the end of every step taken, in the order of time, if {@link
     *     AdaptiveSolver#withTrajectory()} asked for it; otherwise empty
     */
    public List<Point> trajectory() {
        return trajectory;
    }

    /** A point of a trajectory. Immutable. */
    public static final class Point {

        private final double time;
        private final double[] state;

        Point(double time, double[] state) {
            this.time = time;
            this.state = state.clone();
        }

        /**
         * The time.
         *
         * @return t
         */
        public double time() {
            return time;
        }

        /**
         * The state.
         *
         * @return x, a new array of length d
         */
        public double[] state() {
            return state.clone();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "x = %s at t = %.6g", VectorText.of(state), time);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "x = %s after %d accepted and %d rejected steps of %.3g to %.3g",
                VectorText.of(state),
                accepted,
                rejected,
                smallestStep,
                largestStep);
    }
}
