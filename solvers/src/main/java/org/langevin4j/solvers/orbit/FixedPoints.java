package org.langevin4j.solvers.orbit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The fixed points in a box, by Newton's method from the centre of every cell of a grid. No finite number of starts finds
 * all points of every field; in two dimensions the Poincaré index tells whether some were missed: the field turns as often
 * around the box as around all points in it together (+1 for a node, focus or centre, −1 for a saddle).
 */
public final class FixedPoints {

    /** Points nearer than this are one, relative to 1 + |x|; a degenerate point is only found so well. */
    /** Products of norms from here to its inverse have all their digits. */
    private static final double SMALL = 1e-250;

    private static final double SAME = 1e-6;

    private static final int FEWEST_STEPS = 64;
    private static final double LARGEST_TURN = 0.5;
    private static final int MAX_BISECTIONS = 40;

    private final List<FixedPoint> points;
    private final OptionalInt boundaryIndex;
    private final OptionalInt indexSum;
    private final int failedStarts;

    private FixedPoints(List<FixedPoint> points, OptionalInt boundaryIndex, OptionalInt indexSum, int failedStarts) {
        this.points = points;
        this.boundaryIndex = boundaryIndex;
        this.indexSum = indexSum;
        this.failedStarts = failedStarts;
    }

    /**
     * Searches a box.
     *
     * @param flow whose field vanishes
     * @param starts the box, and one start in each cell
     * @return the points within
     */
    public static FixedPoints in(Flow flow, Grid starts) {
        int d = flow.dimension();
        if (starts.dimension() != d) {
            throw new IllegalArgumentException("starts must have " + d + " axes, got " + starts.dimension());
        }
        List<FixedPoint> found = new ArrayList<>();
        int failed = 0;
        double[] start = new double[d];
        for (int cell = 0; cell < starts.cells(); cell++) {
            starts.centre(cell, start);
            try {
                FixedPoint point = FixedPoint.near(flow, start);
                if (inside(starts, point.location()) && found.stream().noneMatch(other -> same(other, point))) {
                    found.add(point);
                }
            } catch (ConvergenceException e) {
                failed++;
            }
        }
        OptionalInt around = OptionalInt.empty();
        OptionalInt sum = OptionalInt.empty();
        if (d == 2) {
            around = turns(flow, starts);
            sum = sum(flow, found);
        }
        return new FixedPoints(List.copyOf(found), around, sum, failed);
    }

    private static boolean inside(Grid box, double[] x) {
        for (int a = 0; a < x.length; a++) {
            if (!(x[a] >= box.axis(a).min() && x[a] <= box.axis(a).max())) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(FixedPoint one, FixedPoint other) {
        double[] a = one.location();
        double[] b = other.location();
        for (int i = 0; i < a.length; i++) {
            if (!(Math.abs(a[i] - b[i]) <= SAME * (1.0 + Math.abs(a[i])))) {
                return false;
            }
        }
        return true;
    }

    private static OptionalInt sum(Flow flow, List<FixedPoint> points) {
        int sum = 0;
        for (FixedPoint point : points) {
            double radius = 0.01;
            for (FixedPoint other : points) {
                double gap = Math.hypot(
                        point.location()[0] - other.location()[0], point.location()[1] - other.location()[1]);
                if (gap > 0.0) {
                    radius = Math.min(radius, 0.5 * gap);
                }
            }
            OptionalInt index = point.kind() == FixedPoint.Kind.DEGENERATE
                    ? turns(flow, point.location(), radius)
                    : OptionalInt.of(point.kind() == FixedPoint.Kind.SADDLE ? -1 : 1);
            if (index.isEmpty()) {
                return index;
            }
            sum += index.getAsInt();
        }
        return OptionalInt.of(sum);
    }

    /** How often the field turns around the rectangle, counterclockwise. */
    private static OptionalInt turns(Flow flow, Grid box) {
        Axis x = box.axis(0);
        Axis y = box.axis(1);
        return turns(flow, new double[][] {
            {x.min(), y.min()}, {x.max(), y.min()}, {x.max(), y.max()}, {x.min(), y.max()}
        });
    }

    private static OptionalInt turns(Flow flow, double[] centre, double radius) {
        double[][] corners = new double[FEWEST_STEPS][];
        for (int k = 0; k < corners.length; k++) {
            double angle = 2.0 * Math.PI * k / corners.length;
            corners[k] = new double[] {centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)};
        }
        return turns(flow, corners);
    }

    private static OptionalInt turns(Flow flow, double[][] corners) {
        double sum = 0.0;
        for (int c = 0; c < corners.length; c++) {
            double[] from = corners[c];
            double[] to = corners[(c + 1) % corners.length];
            for (int k = 0; k < FEWEST_STEPS && !Double.isNaN(sum); k++) {
                sum += turn(
                        flow,
                        between(from, to, k / (double) FEWEST_STEPS),
                        between(from, to, (k + 1) / (double) FEWEST_STEPS),
                        MAX_BISECTIONS);
            }
        }
        return Double.isNaN(sum) ? OptionalInt.empty() : OptionalInt.of((int) Math.round(sum / (2.0 * Math.PI)));
    }

    /** The angle by which the field turns from one point to the other; NaN if it vanishes between them. */
    private static double turn(Flow flow, double[] from, double[] to, int bisections) {
        double[] a = flow.velocity(from);
        double[] b = flow.velocity(to);
        double ofA = Vectors.norm(a);
        double ofB = Vectors.norm(b);
        if (ofA > 0.0 && ofB > 0.0) {
            // Products of very small or large components are no numbers.
            boolean usual = ofA * ofB >= SMALL && ofA * ofB <= 1.0 / SMALL;
            a = usual ? a : Vectors.unit(a);
            b = usual ? b : Vectors.unit(b);
            double angle = Math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]);
            if (Math.abs(angle) <= LARGEST_TURN) {
                return angle;
            }
        }
        if (bisections == 0) {
            return Double.NaN;
        }
        double[] middle = between(from, to, 0.5);
        double first = turn(flow, from, middle, bisections - 1);
        return Double.isNaN(first) ? first : first + turn(flow, middle, to, bisections - 1);
    }

    private static double[] between(double[] a, double[] b, double t) {
        return new double[] {(1.0 - t) * a[0] + t * b[0], (1.0 - t) * a[1] + t * b[1]};
    }

    /**
     * The points.
     *
     * @return in the order of the cells from which they were first reached
     */
    public List<FixedPoint> points() {
        return points;
    }

    /**
     * The index of the boundary of the box, in two dimensions.
     *
     * @return how often the field turns; empty if d ≠ 2 or the field vanishes on the boundary
     */
    public OptionalInt boundaryIndex() {
        return boundaryIndex;
    }

    /**
     * The indices of the points together, in two dimensions.
     *
     * @return their sum; empty if d ≠ 2 or a degenerate point has none that could be found
     */
    public OptionalInt indexSum() {
        return indexSum;
    }

    /**
     * Whether the two indices agree. If they do not, points are missing; if they do, only groups of index zero may be.
     *
     * @return false also where they are not known
     */
    public boolean indicesAgree() {
        return boundaryIndex.isPresent() && boundaryIndex.equals(indexSum);
    }

    /**
     * Starts from which Newton's method did not converge.
     *
     * @return number of cells
     */
    public int failedStarts() {
        return failedStarts;
    }

    @Override
    public String toString() {
        return points.size() + " fixed points, " + failedStarts + " searches without one: " + points;
    }
}
