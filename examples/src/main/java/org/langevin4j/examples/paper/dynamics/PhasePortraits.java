package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.FIGURE_4;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.models.analytic.RingWell;
import org.langevin4j.models.analytic.VanDerPol;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPoints;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.PeriodicOrbit;
import org.langevin4j.solvers.orbit.ReturnMap;
import org.langevin4j.solvers.orbit.Section;
import org.langevin4j.solvers.orbit.Separatrix;

/** Portraits of fields in the plane, without a limit cycle and with one: streamlines, fixed points, separatrices, cycles. */
final class PhasePortraits {

    static final HopfNormalForm HOPF = new HopfNormalForm(1.0, 4.0);
    static final VanDerPol VAN_DER_POL = new VanDerPol(1.0);
    static final RingWell RING = new RingWell(0.2, 1.0, 1.0);

    private PhasePortraits() {}

    static void run(Sheet sheet) throws IOException {
        Evidence cycles = sheet.supplement(
                "Hopf’s normal form, van der Pol’s oscillator and the ring well do have a limit cycle");
        measured(
                cycles,
                "Hopf form, μ = 1, ω = 4",
                cycle(HOPF.drift(), true, 1.3),
                0.5 * Math.PI,
                -Math.PI,
                closedForm("2π/ω, −4πμ/ω"));
        PeriodicOrbit vanDerPol = cycle(VAN_DER_POL.drift(), false, 1.0);
        measured(
                cycles,
                "van der Pol, μ = 1",
                vanDerPol,
                6.6632868593231285,
                -7.0589328087989225,
                independent("SciPy DOP853"));
        PeriodicOrbit ring = cycle(RING.drift(), true, 1.0);
        measured(
                cycles,
                "RingWell, k = 0.2, h = 1",
                ring,
                RING.period(),
                RING.logMultiplier(),
                closedForm("elliptic integrals"));
        sheet.figure(
                "portraits",
                "Streamlines of the drift, fixed points, separatrices and limit cycles. In Example 19 at λ = 1.5 all orbits"
                        + " wind into the origin, ever more slowly.",
                Figure.titled(
                                "Phase portraits: Example 19 before and after its wells merge, and systems with a limit cycle")
                        .row(
                                portrait("Example 19, λ = 0.5", new DoubleWell(0.5).drift(), 2.2, List.of()),
                                portrait("Example 19, λ = 1.5", new DoubleWell(1.5).drift(), 2.2, List.of()))
                        .row(
                                portrait("van der Pol, μ = 1", VAN_DER_POL.drift(), 3.4, List.of(vanDerPol)),
                                portrait("RingWell, k = 0.2, h = 1", RING.drift(), 2.2, List.of(ring))),
                FIGURE_4);
    }

    /** To the positive x₁ axis, crossed upwards or downwards as the field turns. */
    static ReturnMap toAxis(Flow flow, boolean counterclockwise) {
        Section axis = Section.coordinate(2, 1, 0.0);
        return new ReturnMap(flow, counterclockwise ? axis : axis.reversed(), 200.0);
    }

    private static PeriodicOrbit cycle(VectorField drift, boolean counterclockwise, double start) {
        return PeriodicOrbit.near(toAxis(Flow.of(drift, 2), counterclockwise), new double[] {start, 0.0});
    }

    private static void measured(
            Evidence evidence, String name, PeriodicOrbit orbit, double period, double logMultiplier, Oracle oracle) {
        evidence.measure(name + ": period of the limit cycle", orbit.period())
                .in("time")
                .near(period, rounding(1e-10), oracle);
        evidence.measure(name + ": log of the Floquet multiplier", Math.log(orbit.largestMultiplier()))
                .near(logMultiplier, rounding(1e-9), oracle);
        evidence.measure(name + ": distance of the multiplier along the cycle from 1", orbit.trivialMultiplierError())
                .atMost(1e-9, none(), closedForm("0, as the velocity returns"));
    }

    private static FieldPanel portrait(String title, VectorField drift, double half, List<PeriodicOrbit> cycles) {
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
