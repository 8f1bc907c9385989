package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.block.VectorText;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPoints;
import org.langevin4j.solvers.orbit.Flow;

/** Resting points of a drift in a box, from one start a cell. */
final class RestingPoints {

    private static final int[] STARTS = {60, 12, 6};

    /** More starts would take long. */
    private static final int MOST_STARTS = 20_000;

    private RestingPoints() {}

    /** The cells of the box from which Newton's method starts. */
    static Grid starts(Grid box) {
        int d = box.dimension();
        Axis[] axes = new Axis[d];
        for (int a = 0; a < d; a++) {
            axes[a] = Axis.uniform(box.axis(a).min(), box.axis(a).max(), d <= STARTS.length ? STARTS[d - 1] : 2);
        }
        Grid starts = Grid.of(axes);
        if (starts.cells() > MOST_STARTS) {
            throw new IllegalArgumentException("dimension must be small to search a box, got " + d);
        }
        return starts;
    }

    static FixedPoints in(Flow flow, Grid box) {
        return FixedPoints.in(flow, starts(box));
    }

    /** Near single starts, each found once. */
    static List<FixedPoint> near(Flow flow, List<double[]> starts) {
        List<FixedPoint> points = new ArrayList<>();
        for (double[] start : starts) {
            near(flow, start)
                    .filter(point -> points.stream().noneMatch(other -> same(other, point)))
                    .ifPresent(points::add);
        }
        return points;
    }

    private static Optional<FixedPoint> near(Flow flow, double[] start) {
        try {
            return Optional.of(FixedPoint.near(flow, start));
        } catch (ConvergenceException none) {
            return Optional.empty();
        }
    }

    private static boolean same(FixedPoint one, FixedPoint other) {
        double[] x = one.location();
        return Vectors.distance(other.location(), x) <= 1e-6 * (1.0 + Vectors.norm(x));
    }

    static String kind(FixedPoint point) {
        return point.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String text(FixedPoint point) {
        StringBuilder text = new StringBuilder(kind(point))
                .append(" at ")
                .append(VectorText.of(point.location()))
                .append(", eigenvalues");
        Complex[] values = point.eigenvalues();
        for (int k = 0; k < Math.min(6, values.length); k++) {
            text.append(k == 0 ? " " : ", ").append(String.format(Locale.ROOT, "%.5g", values[k].getReal()));
            if (values[k].getImaginary() != 0.0) {
                text.append(String.format(Locale.ROOT, " %+.5gi", values[k].getImaginary()));
            }
        }
        return text.toString();
    }
}
