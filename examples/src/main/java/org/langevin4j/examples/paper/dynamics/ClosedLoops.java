package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.LEMMA_7;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.models.analytic.RingWell;
import org.langevin4j.models.analytic.TwistedWell;
import org.langevin4j.solvers.orbit.ClosedLoop;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.Tangent;

/** Closed orbits of ẋ = j(x) in the plane: level sets of the stream function ψ of jρˢˢ. */
final class ClosedLoops {

    static final int TURNS = 100;

    static final String PLANE =
            "the plane: ∇·(jρˢˢ) = 0 makes all orbits of ẋ = j(x) off its fixed points close, even in Example 19,"
                    + " where ∇·j ≠ 0";

    /** Closed over many turns. */
    static final double DRIFT = 1e-9;

    private static final double BETA = 1.0;
    static final DoubleWell WELL = new DoubleWell(1.5);
    private static final TwistedWell TWISTED = new TwistedWell(1.0);
    static final RingWell RING = new RingWell(1.0, 1.0, 1.0);
    static final HopfNormalForm HOPF = new HopfNormalForm(1.0, 2.0);

    private ClosedLoops() {}

    static void run(Sheet sheet) throws IOException {
        loops(sheet);
        divergence(sheet);
    }

    /** A system of the plane: j, ψ and a start for each loop. */
    record Rotation(String name, VectorField force, ScalarField stream, List<double[]> starts) {}

    private static ScalarField stream(VectorField entries, ScalarField potential) {
        return x -> {
            double[] q = new double[4];
            entries.at(x, q);
            return q[1] * Math.exp(-BETA * potential.at(x)) / BETA;
        };
    }

    static List<Rotation> rotations() {
        Temperature temperature = Temperature.of(1.0 / BETA);
        List<double[]> across = onAxis(0.5, 1.0, 1.5);
        return List.of(
                new Rotation(
                        "Example 19, λ = 1.5",
                        WELL.conservativeForce(),
                        stream(WELL.antisymmetric()::at, WELL.potential()),
                        onAxis(0.5, 1.0, 1.5, 2.0)),
                new Rotation(
                        "TwistedWell, β = 1",
                        TWISTED.decomposition(temperature).orElseThrow().conservativeForce(temperature),
                        stream(TWISTED.antisymmetric()::at, TWISTED.potential()),
                        onAxis(1.2, 1.6, -1.3, 1.9)),
                new Rotation(
                        "RingWell, h = 1",
                        RING.conservativeForce(),
                        stream(RING.antisymmetric(temperature)::at, RING.potential()),
                        across),
                new Rotation(
                        "Hopf normal form, μ = 1",
                        HOPF.conservativeForce(),
                        stream(HOPF.antisymmetric(temperature)::at, HOPF.potential()),
                        across));
    }

    private static List<double[]> onAxis(double... x1) {
        return Arrays.stream(x1).mapToObj(x -> new double[] {x, 0.0}).toList();
    }

    private static void loops(Sheet sheet) throws IOException {
        Evidence plane = sheet.holds(LEMMA_7, PLANE);
        List<FieldPanel> panels = new ArrayList<>();
        for (Rotation rotation : rotations()) {
            Flow flow = Flow.of(rotation.force(), 2);
            FieldPanel panel = FieldPanel.titled(
                            rotation.name(), Grid.of(Axis.uniform(-2.4, 2.4, 2), Axis.uniform(-2.4, 2.4, 2)))
                    .contours(
                            "level sets of ψ",
                            rotation.stream(),
                            rotation.starts().stream()
                                    .mapToDouble(rotation.stream()::at)
                                    .distinct()
                                    .toArray());
            List<double[][]> curves = new ArrayList<>();
            double drift = 0.0;
            double change = 0.0;
            for (double[] start : rotation.starts()) {
                ClosedLoop loop = ClosedLoop.through(flow, start, 500.0);
                drift = Math.max(drift, loop.drift(TURNS));
                double[][] x = loop.orbit().coordinates(400);
                double level = rotation.stream().at(start);
                for (int k = 0; k < x[0].length; k++) {
                    double here = rotation.stream().at(new double[] {x[0][k], x[1][k]});
                    change = Math.max(change, Math.abs(here - level));
                }
                curves.add(x);
            }
            plane.measure(rotation.name() + ": largest drift off a loop of ẋ = j(x) over 100 turns", drift)
                    .atMost(DRIFT, none(), closedForm("0; the integrator's tolerance"));
            plane.measure(rotation.name() + ": largest change of ψ along a loop", change)
                    .atMost(DRIFT, none(), closedForm("j is tangent to the level sets of ψ"));
            panels.add(panel.curves("orbits of ẋ = j(x)", curves)
                    .points("starts", rotation.starts().toArray(double[][]::new)));
        }
        sheet.figure(
                "loops",
                "Level sets of ψ and orbits of ẋ = j(x), integrated from the marked points, in four systems.",
                Figure.titled("Orbits of ẋ = j(x) are level sets of the stream function ψ of jρˢˢ")
                        .row(panels.get(0), panels.get(1))
                        .row(panels.get(2), panels.get(3)),
                LEMMA_7);
    }

    /** ∇·j does not vanish in Example 19, and the loops close all the same: its integral over a turn does. */
    private static void divergence(Sheet sheet) {
        Flow flow = Flow.of(WELL.conservativeForce(), 2);
        sheet.holds(LEMMA_7, PLANE)
                .measure(
                        "Example 19: ∇·j/λ at (1, 1), where Assumption 4 asks for zero",
                        flow.jacobian(new double[] {1.0, 1.0}).getTrace() / WELL.lambda())
                .near(Math.exp(-0.5), rounding(1e-10), closedForm("∇·j = λe^(Φ − r⁴/4) x₁x₂(2 − x₁²)"));
        double[] start = {1.5, 0.0};
        Tangent turn =
                flow.tangent(start, ClosedLoop.through(flow, start, 100.0).period());
        sheet.supplement("the loops of ẋ = j(x) are no limit cycles: they fill the plane, and attract nothing")
                .measure(
                        "Example 19: log of the multipliers’ product, ∮∇·j dt over r = 1.5",
                        Math.abs(turn.logDeterminant()))
                .atMost(DRIFT, none(), closedForm("0, as the neighbours of a loop are loops"));
    }
}
