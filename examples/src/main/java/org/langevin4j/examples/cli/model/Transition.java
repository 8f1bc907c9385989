package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.path.MinimumAction;
import org.langevin4j.solvers.path.TransitionPath;

/**
 * The most likely path between two states: the path of least action from the first to a saddle from which the drift leads on to the
 * second, and from there with the drift, at no cost; without such a saddle the path of least action to the second state itself.
 */
final class Transition {

    /** A typed state this near to a resting point, in parts of the way, means that point. */
    private static final double NEAR = 0.1;

    /** How far beside a saddle the drift is followed, in parts of the way. */
    private static final double BESIDE = 1e-4;

    private static final double LONG = 60.0;

    private static final int RELAXING = 100;

    private final Sde sde;
    private final Flow flow;
    private final double[][] corners;
    private final int segments;

    /** Either end, a stable resting point if it is near to one. */
    private final double[] from;

    private final double[] to;
    private final boolean betweenWells;

    /** What was found. */
    record Found(
            TransitionPath climb,
            Optional<FixedPoint> saddle,
            Optional<TransitionPath> back,
            List<double[]> relaxing,
            int saddles) {}

    Transition(Sde sde, int segments, double[]... corners) {
        this.sde = sde;
        this.flow = Flow.of(sde.drift(), sde.dimension());
        this.corners = corners;
        this.segments = segments;
        double length = Vectors.distance(corners[0], corners[corners.length - 1]);
        Optional<double[]> first = well(corners[0], length);
        Optional<double[]> last = well(corners[corners.length - 1], length);
        this.from = first.orElse(corners[0]);
        this.to = last.orElse(corners[corners.length - 1]);
        this.betweenWells = first.isPresent() && last.isPresent();
    }

    double[] from() {
        return from.clone();
    }

    double[] to() {
        return to.clone();
    }

    Flow flow() {
        return flow;
    }

    boolean betweenWells() {
        return betweenWells;
    }

    private Optional<double[]> well(double[] x, double length) {
        try {
            FixedPoint point = FixedPoint.near(flow, x);
            return point.isStable() && Vectors.distance(point.location(), x) <= NEAR * length
                    ? Optional.of(point.location())
                    : Optional.empty();
        } catch (NumericalException none) {
            return Optional.empty();
        }
    }

    Found find() {
        List<FixedPoint> saddles = betweenWells ? connecting() : List.of();
        TransitionPath best = null;
        FixedPoint over = null;
        NumericalException failure = null;
        for (FixedPoint saddle : saddles) {
            try {
                TransitionPath path = method().along(route(from, saddle.location()));
                if (best == null || path.action() < best.action()) {
                    best = path;
                    over = saddle;
                }
            } catch (NumericalException e) {
                failure = e;
            }
        }
        if (best == null && failure != null) {
            throw failure;
        }
        if (best == null || over == null) {
            return new Found(
                    method().along(route(from, to)), Optional.empty(), Optional.empty(), List.of(), saddles.size());
        }
        return new Found(best, Optional.of(over), back(over), relaxing(over), saddles.size());
    }

    private Optional<TransitionPath> back(FixedPoint saddle) {
        try {
            return Optional.of(method().between(to, saddle.location()));
        } catch (NumericalException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private MinimumAction method() {
        return MinimumAction.of(sde.drift(), sde.diffusion())
                .withSegments(segments)
                .withSaddlesLeft(true);
    }

    /** By the corners in between that were given. */
    private double[][] route(double[] start, double[] end) {
        List<double[]> route = new ArrayList<>();
        route.add(start);
        route.addAll(Arrays.asList(corners).subList(1, corners.length - 1));
        route.add(end);
        return route.toArray(double[][]::new);
    }

    /** Saddles with one unstable direction whose two sides lead to the two ends. */
    private List<FixedPoint> connecting() {
        List<FixedPoint> saddles = new ArrayList<>();
        for (FixedPoint point : candidates()) {
            Complex[] values = point.eigenvalues();
            boolean one = values[0].getReal() > 0.0 && (values.length == 1 || values[1].getReal() < 0.0);
            if (one && leadsTo(point, from) && leadsTo(point, to)) {
                saddles.add(point);
            }
        }
        return saddles;
    }

    private List<FixedPoint> candidates() {
        int d = sde.dimension();
        double length = Vectors.distance(from, to);
        if (d > 3) {
            List<double[]> starts = new ArrayList<>();
            for (int k = 1; k < 40; k++) {
                starts.add(Vectors.moved(from, Vectors.difference(to, from), k / 40.0));
            }
            starts.addAll(Arrays.asList(corners).subList(1, corners.length - 1));
            return RestingPoints.near(flow, starts);
        }
        Axis[] axes = new Axis[d];
        for (int a = 0; a < d; a++) {
            double low = Math.min(from[a], to[a]);
            double high = Math.max(from[a], to[a]);
            for (double[] corner : corners) {
                low = Math.min(low, corner[a]);
                high = Math.max(high, corner[a]);
            }
            axes[a] = Axis.uniform(low - 0.5 * length, high + 0.5 * length, 2);
        }
        return RestingPoints.in(flow, Grid.of(axes)).points();
    }

    private boolean leadsTo(FixedPoint saddle, double[] end) {
        return Math.min(endsFrom(saddle, 1.0, end), endsFrom(saddle, -1.0, end))
                <= 1e-3 * (1e-6 + Vectors.distance(from, to));
    }

    private double endsFrom(FixedPoint saddle, double side, double[] end) {
        try {
            double[] start =
                    Vectors.moved(saddle.location(), unstable(saddle), side * BESIDE * Vectors.distance(from, to));
            return Vectors.distance(flow.withTolerance(1e-8).after(start, relaxation(saddle)), end);
        } catch (NumericalException away) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** Long enough to leave the saddle and to come to rest. */
    private double relaxation(FixedPoint saddle) {
        double slowest = saddle.eigenvalues()[0].getReal();
        for (double[] end : new double[][] {from, to}) {
            for (Complex value : FixedPoint.near(flow, end).eigenvalues()) {
                slowest = Math.min(slowest, Math.abs(value.getReal()));
            }
        }
        return LONG / Math.max(slowest, 1e-6);
    }

    /** The direction in which the drift leaves it, by inverse iteration. */
    private static double[] unstable(FixedPoint saddle) {
        RealMatrix shifted = saddle.jacobian();
        double value = saddle.eigenvalues()[0].getReal();
        int d = shifted.getRowDimension();
        double off = 1e-7 * (1.0 + Math.abs(value));
        for (int i = 0; i < d; i++) {
            shifted.addToEntry(i, i, -value - off);
        }
        LuFactors factors = LuFactors.of(shifted);
        double[] v = new double[d];
        Arrays.setAll(v, i -> 1.0 + 0.3 * i);
        for (int k = 0; k < 5; k++) {
            v = Vectors.unit(factors.solve(v));
        }
        return v;
    }

    /** With the drift from beside the saddle to the second end, as points. */
    private List<double[]> relaxing(FixedPoint saddle) {
        double[] direction = unstable(saddle);
        double side = endsFrom(saddle, 1.0, to) <= endsFrom(saddle, -1.0, to) ? 1.0 : -1.0;
        double[] start = Vectors.moved(saddle.location(), direction, side * BESIDE * Vectors.distance(from, to));
        double[][] course = flow.orbit(start, 0.5 * relaxation(saddle)).coordinates(40 * RELAXING + 1);
        List<double[]> points = new ArrayList<>();
        double[] last = saddle.location();
        double apart = Vectors.distance(from, to) / RELAXING;
        for (int k = 0; k < course[0].length; k++) {
            double[] x = new double[course.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = course[i][k];
            }
            if (Vectors.distance(x, last) >= apart) {
                points.add(x);
                last = x;
            }
        }
        points.add(to.clone());
        return points;
    }
}
