package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.PeriodicOrbit;
import org.langevin4j.solvers.orbit.ReturnMap;
import org.langevin4j.solvers.orbit.Section;

/**
 * Limit cycles in a box: the flow is followed forwards, for those that attract, and in the plane backwards, for those that repel, from
 * beside each resting point and from the cells of a coarse grid; where it goes on moving Newton's method closes the orbit.
 */
final class LimitCycles {

    /** Of the flow that only has to come near an orbit. */
    private static final double ROUGH = 1e-8;

    private static final int SAMPLES = 400;

    private static final int MOST = 6;

    private static final double BESIDE = 1e-2;

    private final Flow flow;
    private final Grid box;
    private final List<FixedPoint> points;
    private final double transient0;
    private final List<PeriodicOrbit> found = new ArrayList<>();

    private LimitCycles(Flow flow, Grid box, List<FixedPoint> points, double transient0) {
        this.flow = flow;
        this.box = box;
        this.points = points;
        this.transient0 = transient0;
    }

    /** One of each period and place. */
    static List<PeriodicOrbit> in(Flow flow, Grid box, List<FixedPoint> points, double transientTime) {
        return new LimitCycles(flow, box, points, transientTime).search();
    }

    private List<PeriodicOrbit> search() {
        for (double[] start : starts()) {
            follow(flow, start);
            if (flow.dimension() == 2) {
                follow(flow.reversed(), start);
            }
            if (found.size() >= MOST) {
                break;
            }
        }
        return found;
    }

    private List<double[]> starts() {
        List<double[]> starts = new ArrayList<>();
        int d = flow.dimension();
        for (FixedPoint point : points) {
            double[] start = point.location();
            for (int a = 0; a < d; a++) {
                start[a] += BESIDE * (box.axis(a).max() - box.axis(a).min());
            }
            starts.add(start);
        }
        double[] x = new double[d];
        for (int k = 0; k < 5; k++) {
            for (int a = 0; a < d; a++) {
                double part = (0.5 + k * 0.618034 * (a + 1) + 0.2 * k) % 1.0;
                x[a] = box.axis(a).min()
                        + part * (box.axis(a).max() - box.axis(a).min());
            }
            starts.add(x.clone());
        }
        return starts;
    }

    private void follow(Flow along, double[] start) {
        try {
            double[] x = along.withTolerance(ROUGH).after(start, transient0);
            if (!(isInside(x) && moves(along, x))) {
                return;
            }
            Section section = Section.of(x, flow.velocity(x));
            PeriodicOrbit orbit = PeriodicOrbit.near(new ReturnMap(flow, section, transient0), x);
            if (isInside(orbit.point()) && found.stream().noneMatch(other -> same(other, orbit))) {
                found.add(orbit);
            }
        } catch (NumericalException notThere) {
            return;
        }
    }

    private boolean isInside(double[] x) {
        for (int a = 0; a < x.length; a++) {
            double length = box.axis(a).max() - box.axis(a).min();
            if (!(x[a] >= box.axis(a).min() - length && x[a] <= box.axis(a).max() + length)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it has not come to rest. */
    private boolean moves(Flow along, double[] x) {
        double size = 0.0;
        for (int a = 0; a < x.length; a++) {
            size = Math.max(size, box.axis(a).max() - box.axis(a).min());
        }
        return Vectors.norm(along.velocity(x)) * transient0 > 1e-3 * size;
    }

    /** The same period, and the same means along the orbit. */
    private static boolean same(PeriodicOrbit one, PeriodicOrbit other) {
        if (!(Math.abs(one.period() - other.period()) <= 1e-5 * one.period())) {
            return false;
        }
        double[][] a = one.orbit().coordinates(SAMPLES + 1);
        double[][] b = other.orbit().coordinates(SAMPLES + 1);
        for (int i = 0; i < a.length; i++) {
            double size = amplitude(a[i]) + Math.abs(mean(a[i]));
            if (!(Math.abs(mean(a[i]) - mean(b[i])) <= 1e-3 * size)) {
                return false;
            }
        }
        return true;
    }

    static double mean(double[] values) {
        return Arrays.stream(values, 0, values.length - 1).average().orElse(Double.NaN);
    }

    /** Half of the range. */
    static double amplitude(double[] values) {
        return 0.5
                * (Arrays.stream(values).max().orElse(Double.NaN)
                        - Arrays.stream(values).min().orElse(Double.NaN));
    }
}
