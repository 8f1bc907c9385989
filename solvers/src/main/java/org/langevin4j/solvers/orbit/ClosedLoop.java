package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.linear.Vectors;

/**
 * A closed orbit that need not be isolated, such as those of ẋ = j(x) in the plane, where j is tangent to the level sets of
 * the stream function of jρˢˢ (Chaudhari and Soatto 2018, Lemma 7). Newton's method has nothing to find there: every
 * neighbour is closed, too. The orbit is followed until it comes back to its start.
 */
public final class ClosedLoop {

    /** How near to the start a crossing must be to count as a return, relative to the distance the orbit goes away. */
    private static final double CLOSED = 1e-6;

    private final Flow flow;
    private final double[] start;
    private final Section section;
    private final double period;
    private final double gap;

    private ClosedLoop(Flow flow, double[] start, Section section, double period, double gap) {
        this.flow = flow;
        this.start = start;
        this.section = section;
        this.period = period;
        this.gap = gap;
    }

    /**
     * Follows an orbit to its first return.
     *
     * @param flow of ẋ = j(x)
     * @param start a point of the loop where j ≠ 0; crossings of the hyperplane across j are watched
     * @param maxPeriod when to give up
     * @return the loop
     * @throws OrbitException if no crossing in that time comes back to the start; the message has the nearest one
     */
    public static ClosedLoop through(Flow flow, double[] start, double maxPeriod) {
        Flow.requirePositive(maxPeriod);
        double[] velocity = flow.velocity(start);
        if (!(Vectors.norm(velocity) > 0.0)) {
            throw new IllegalArgumentException("start must not be a fixed point, got " + Arrays.toString(start));
        }
        Section section = Section.of(start, velocity);
        double time = 0.0;
        double[] state = start;
        double nearest = Double.POSITIVE_INFINITY;
        double nearestTime = 0.0;
        int crossings = 0;
        double size = 0.0;
        while (time < maxPeriod) {
            Crossing next;
            try {
                next = flow.nextCrossing(state, section, maxPeriod - time);
            } catch (OrbitException e) {
                if (time + e.time() < maxPeriod) {
                    throw e;
                }
                break;
            }
            Orbit way = flow.orbit(state, next.time());
            for (int k = 1; k <= 8; k++) {
                size = Math.max(size, Vectors.distance(way.at(next.time() * k / 9), start));
            }
            state = next.state();
            time += next.time();
            crossings++;
            double gap = Vectors.distance(state, start);
            if (gap < nearest) {
                nearest = gap;
                nearestTime = time;
            }
            if (gap <= CLOSED * size) {
                return new ClosedLoop(flow, start.clone(), section, time, gap);
            }
        }
        throw new OrbitException(
                "orbit from " + OrbitException.text(start) + " did not close within the time " + maxPeriod + ": of "
                        + crossings + " crossings the nearest came to a distance of " + nearest + " at t = "
                        + nearestTime,
                time,
                state);
    }

    /**
     * The period.
     *
     * @return time of the first return
     */
    public double period() {
        return period;
    }

    /**
     * How well it closes.
     *
     * @return distance of the first return from the start
     */
    public double gap() {
        return gap;
    }

    /**
     * How far the orbit drifts off the loop, measured across it where it passes its start.
     *
     * @param turns how many
     * @return the largest distance of a return from the start
     * @throws OrbitException if it does not come back
     */
    public double drift(int turns) {
        if (!(turns >= 1)) {
            throw new IllegalArgumentException("turns must be positive, got " + turns);
        }
        double largest = 0.0;
        double[] state = start;
        for (int turn = 0; turn < turns; turn++) {
            // To just before the return, past other crossings of the same hyperplane.
            state = flow.after(state, 0.99 * period);
            state = flow.nextCrossing(state, section, 0.02 * period).state();
            largest = Math.max(largest, Vectors.distance(state, start));
        }
        return largest;
    }

    /**
     * The loop.
     *
     * @return one turn, with dense output
     */
    public Orbit orbit() {
        return flow.orbit(start, period);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "closed loop through %s, period %.6g, gap %.2g", VectorText.of(start), period, gap);
    }
}
