package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.List;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Grid;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.PeriodicOrbit;
import org.langevin4j.solvers.orbit.Separatrix;

/** A drift drawn with its resting points, cycles, and what leads into and out of its saddles. */
final class PhasePortrait {

    private static final int SAMPLES = 600;

    private PhasePortrait() {}

    /** b over x. */
    static XyPanel line(String name, Flow flow, Grid box, List<FixedPoint> points) {
        double[] x = new double[SAMPLES + 1];
        double[] b = new double[x.length];
        for (int k = 0; k <= SAMPLES; k++) {
            x[k] = box.axis(0).min() + (box.axis(0).max() - box.axis(0).min()) * k / SAMPLES;
            b[k] = flow.velocity(new double[] {x[k]})[0];
        }
        XyPanel panel = XyPanel.titled("drift")
                .xAxis(name)
                .yAxis("b(" + name + ")")
                .line("b", x, b)
                .horizontalLine(0.0, "");
        points(panel, "stable", points, true);
        points(panel, "unstable", points, false);
        return panel;
    }

    private static void points(XyPanel panel, String name, List<FixedPoint> points, boolean stable) {
        double[] x = points.stream()
                .filter(point -> point.isStable() == stable)
                .mapToDouble(point -> point.location()[0])
                .toArray();
        if (x.length > 0) {
            panel.points(name, x, new double[x.length]);
        }
    }

    /** Streamlines with all that is known. */
    static FieldPanel plane(
            List<String> names,
            Flow flow,
            Grid box,
            List<FixedPoint> points,
            List<PeriodicOrbit> cycles,
            double duration) {
        FieldPanel panel = FieldPanel.titled("drift", box)
                .axes(names.get(0), names.get(1))
                .freeAspect()
                .streamlines("b", flow.field());
        List<double[][]> out = new ArrayList<>();
        List<double[][]> in = new ArrayList<>();
        for (FixedPoint point : points) {
            if (point.kind() == FixedPoint.Kind.SADDLE) {
                separatrices(flow, point, box, duration, out, in);
            }
        }
        if (!in.isEmpty()) {
            panel.curves("into saddles", in);
        }
        if (!out.isEmpty()) {
            panel.curves("out of saddles", out);
        }
        if (!cycles.isEmpty()) {
            panel.curves(
                    cycles.size() == 1 ? "limit cycle" : "limit cycles",
                    cycles.stream()
                            .map(cycle -> cycle.orbit().coordinates(SAMPLES))
                            .toList());
        }
        marks(panel, points);
        return panel;
    }

    static void marks(FieldPanel panel, List<FixedPoint> points) {
        double[][] stable = points.stream()
                .filter(FixedPoint::isStable)
                .map(FixedPoint::location)
                .toArray(double[][]::new);
        double[][] unstable = points.stream()
                .filter(point -> !point.isStable())
                .map(FixedPoint::location)
                .toArray(double[][]::new);
        if (stable.length > 0) {
            panel.dots("stable", stable);
        }
        if (unstable.length > 0) {
            panel.rings("unstable", unstable);
        }
    }

    private static void separatrices(
            Flow flow, FixedPoint saddle, Grid box, double duration, List<double[][]> out, List<double[][]> in) {
        try {
            for (Separatrix each : Separatrix.of(flow, saddle, box, duration)) {
                (each.unstable() ? out : in).add(each.orbit().coordinates(SAMPLES));
            }
        } catch (NumericalException notFollowed) {
            return;
        }
    }
}
