package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPoints;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.path.EscapeRate;
import org.langevin4j.solvers.path.EyringKramers;

/**
 * Escape by the formula of Eyring and Kramers: out of the well that the drift leads the start to, over the saddles from which the drift
 * leads to that well and to the target.
 *
 * @param rate with its barrier and prefactor
 * @param atSaddle whether the target begins at the saddle, from where half of the paths would fall back
 */
record TheoryEscape(EscapeRate rate, boolean atSaddle) {

    private static final int STARTS = 24;

    private static final double LONG = 60.0;

    private static final int INSTANTS = 60;

    /** Parts of the box: a push away from a saddle, and what counts as near. */
    private static final double PUSH = 1e-4;

    private static final double NEAR = 0.02;

    /** Widths of the layer about a saddle in which paths are undecided. */
    private static final double LAYERS = 2.0;

    /**
     * The rate.
     *
     * @throws IllegalArgumentException if there is no such well or saddle, with the reason
     */
    static TheoryEscape of(
            ChosenModel chosen, Decomposition parts, Map<String, Axis> axes, double[] start, Target target) {
        int d = chosen.dimension();
        Flow flow = Flow.of(chosen.sde().drift(), d);
        double size = axes.values().stream()
                .mapToDouble(axis -> axis.max() - axis.min())
                .max()
                .orElseThrow();
        FixedPoint well = FixedPoint.near(flow, flow.after(start, LONG));
        if (!well.isStable() || distance(well.location(), flow.after(start, LONG)) > NEAR * size) {
            throw new IllegalArgumentException("the drift leads the start to no point at rest");
        }
        Grid starts = Grid.of(axes.values().stream()
                .map(axis -> Axis.uniform(axis.min(), axis.max(), d == 1 ? STARTS * STARTS : STARTS))
                .toArray(Axis[]::new));
        List<double[]> saddles = new ArrayList<>();
        boolean edge = false;
        for (FixedPoint point : FixedPoints.in(flow, starts).points()) {
            double[] out = wayOut(flow, point, well, size, target);
            if (out.length > 0) {
                double layer =
                        Math.sqrt(maxDiffusion(parts, d) / (chosen.temperature().beta() * largestReal(point)));
                edge |= begins(target, point.location(), out, layer);
                saddles.add(point.location());
            }
        }
        if (saddles.isEmpty()) {
            throw new IllegalArgumentException("no saddle of the drift leads from the well of the start to the target");
        }
        return new TheoryEscape(
                EyringKramers.of(parts, chosen.temperature()).rate(well.location(), saddles.toArray(double[][]::new)),
                edge);
    }

    double meanTime() {
        return rate.meanTime() * (atSaddle ? 0.5 : 1.0);
    }

    /** The direction, of length one, in which the drift leads from a saddle to the target; empty if it is none or leads elsewhere. */
    private static double[] wayOut(Flow flow, FixedPoint point, FixedPoint well, double size, Target target) {
        int unstable = 0;
        for (var eigenvalue : point.eigenvalues()) {
            unstable += eigenvalue.getReal() > 0.0 ? 1 : 0;
        }
        if (unstable != 1) {
            return new double[0];
        }
        int d = point.location().length;
        boolean back = false;
        double[] out = new double[0];
        for (int sign : new int[] {1, -1}) {
            double[] x = point.location();
            for (int i = 0; i < d; i++) {
                x[i] += sign * PUSH * size * (i + 1.0) / d;
            }
            double[] first = x;
            boolean arrived = false;
            for (int k = 0; k < INSTANTS; k++) {
                x = flow.after(x, LONG / INSTANTS);
                if (distance(first, point.location()) < 2 * PUSH * size
                        && distance(x, point.location()) > NEAR * size) {
                    first = x;
                }
                arrived |= target.contains(x);
            }
            if (arrived) {
                out = towards(point.location(), first);
            } else {
                back |= distance(x, well.location()) < NEAR * size;
            }
        }
        return back ? out : new double[0];
    }

    private static double[] towards(double[] from, double[] to) {
        double length = distance(from, to);
        double[] direction = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            direction[i] = (to[i] - from[i]) / length;
        }
        return direction;
    }

    /** Whether the target begins at the saddle itself; in the layer about it the formula does not hold. */
    private static boolean begins(Target target, double[] saddle, double[] out, double layer) {
        boolean before = target.contains(along(saddle, out, -1e-6 * layer));
        boolean behind = target.contains(along(saddle, out, 1e-6 * layer));
        if (before || (!behind && target.contains(along(saddle, out, LAYERS * layer)))) {
            throw new IllegalArgumentException("the target begins near the saddle, where paths may still fall back");
        }
        return behind;
    }

    private static double[] along(double[] x, double[] direction, double length) {
        double[] moved = x.clone();
        for (int i = 0; i < x.length; i++) {
            moved[i] += length * direction[i];
        }
        return moved;
    }

    private static double largestReal(FixedPoint point) {
        double largest = 0.0;
        for (var eigenvalue : point.eigenvalues()) {
            largest = Math.max(largest, eigenvalue.getReal());
        }
        return largest;
    }

    private static double maxDiffusion(Decomposition parts, int d) {
        double[] matrix = new double[d * d];
        parts.diffusion().matrix(new double[d], matrix);
        double largest = 0.0;
        for (int i = 0; i < d; i++) {
            largest = Math.max(largest, matrix[i * d + i]);
        }
        return largest;
    }

    private static double distance(double[] x, double[] y) {
        double sum = 0.0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }
        return Math.sqrt(sum);
    }
}
