package org.langevin4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPoints;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.PeriodicOrbit;
import org.langevin4j.solvers.orbit.Separatrix;

/** A picture of a field in the plane: its streamlines, fixed points, separatrices and limit cycles. */
final class PhasePortrait {

    private PhasePortrait() {}

    static FieldPanel of(String title, VectorField drift, double half, List<PeriodicOrbit> cycles) {
        Flow flow = Flow.of(drift, 2);
        Grid box = Grid.square(-half, half, 8);
        FieldPanel panel = FieldPanel.titled(title, box).streamlines("b", drift);
        List<double[][]> stable = new ArrayList<>();
        List<double[][]> unstable = new ArrayList<>();
        List<FixedPoint> points =
                FixedPoints.in(flow, Grid.square(-half, half, 9)).points();
        for (FixedPoint point : points) {
            if (point.kind() == FixedPoint.Kind.SADDLE) {
                for (Separatrix separatrix : Separatrix.of(flow, point, box, 60.0)) {
                    (separatrix.unstable() ? unstable : stable)
                            .add(separatrix.orbit().coordinates(1500));
                }
            }
        }
        if (!stable.isEmpty()) {
            panel.curves("stable manifold", stable).curves("unstable manifold", unstable);
        }
        if (!cycles.isEmpty()) {
            panel.curves(
                    "limit cycle",
                    cycles.stream().map(c -> c.orbit().coordinates(600)).toList());
        }
        for (FixedPoint.Kind kind : FixedPoint.Kind.values()) {
            double[][] at = points.stream()
                    .filter(point -> point.kind() == kind)
                    .map(FixedPoint::location)
                    .toArray(double[][]::new);
            if (at.length > 0) {
                panel.points(label(kind), at);
            }
        }
        return panel;
    }

    private static String label(FixedPoint.Kind kind) {
        return kind == FixedPoint.Kind.CENTRE
                ? "weak focus"
                : kind.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
