package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.LEMMA_7;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.orbit.ClosedLoop;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;

/** Periods of the closed orbits of ẋ = j(x) in the plane, against closed forms and quadrature. */
final class LoopPeriods {

    private static final double[] RADII = {0.5, 1.0, 1.5, 2.0};

    /** λT of the circles of these radii in Example 19: mpmath quadrature, values.json, example19. */
    private static final double[] PERIODS = {
        4.958337907276603, 5.9220719656303435, 11.475438082663919, 63.39764943478926
    };

    private LoopPeriods() {}

    static void run(Sheet sheet) throws IOException {
        XyPanel circles = XyPanel.titled("Example 19: circles")
                .xAxis("radius r")
                .yAxis("λ × period of ẋ = j(x)")
                .logY();
        double[] fine = range(0.05, 2.1, 200);
        double[] quadrature = new double[fine.length];
        for (int i = 0; i < fine.length; i++) {
            quadrature[i] = ClosedLoops.WELL.lambda()
                    * angularPeriod(ClosedLoops.WELL.conservativeForce(), new double[2], constant(fine[i]));
        }
        circles.line("quadrature", fine, quadrature);
        for (double lambda : new double[] {0.5, 1.5, 3.0}) {
            Flow flow = Flow.of(new DoubleWell(lambda).conservativeForce(), 2);
            double worst = 0.0;
            double[] found = new double[RADII.length];
            for (int i = 0; i < RADII.length; i++) {
                found[i] = lambda
                        * ClosedLoop.through(flow, new double[] {RADII[i], 0.0}, 500.0)
                                .period();
                worst = Math.max(worst, Math.abs(found[i] / PERIODS[i] - 1.0));
            }
            sheet.holds(LEMMA_7, ClosedLoops.PLANE)
                    .measure("Example 19, λ = " + lambda + ": largest relative error of four periods", worst)
                    .atMost(1e-10, none(), independent("quadrature by mpmath"));
            if (lambda == ClosedLoops.WELL.lambda()) {
                circles.points("measured, λ = 1.5", RADII, found);
            }
        }

        XyPanel levels = XyPanel.titled("RingWell and Hopf form")
                .xAxis("energy H of the loop (Hopf: r²/2)")
                .yAxis("period of ẋ = j(x) × ω");
        double[] energies = range(0.02, 3.0, 150);
        double[] elliptic = new double[energies.length];
        double[] flat = new double[energies.length];
        for (int i = 0; i < energies.length; i++) {
            elliptic[i] = ClosedLoops.RING.loopPeriod(energies[i]);
            flat[i] = 2.0 * Math.PI;
        }
        levels.line("RingWell, 4K(m)/√(1+A²)", energies, elliptic).line("Hopf form, 2π", energies, flat);
        double[] sampled = {0.1, 0.5, 1.0, 2.0, 3.0};
        double[] ring = new double[sampled.length];
        double[] hopf = new double[sampled.length];
        double worstRing = 0.0;
        double worstHopf = 0.0;
        Flow ringFlow = Flow.of(ClosedLoops.RING.conservativeForce(), 2);
        Flow hopfFlow = Flow.of(ClosedLoops.HOPF.conservativeForce(), 2);
        for (int i = 0; i < sampled.length; i++) {
            double x1 = Math.sqrt(Math.sqrt(1.0 + 4.0 * sampled[i]) - 1.0);
            ring[i] =
                    ClosedLoop.through(ringFlow, new double[] {x1, 0.0}, 100.0).period();
            worstRing = Math.max(worstRing, Math.abs(ring[i] - ClosedLoops.RING.loopPeriod(sampled[i])));
            hopf[i] = 2.0
                    * ClosedLoop.through(hopfFlow, new double[] {Math.sqrt(2.0 * sampled[i]), 0.0}, 100.0)
                            .period();
            worstHopf = Math.max(worstHopf, Math.abs(hopf[i] - 2.0 * Math.PI));
        }
        Evidence plane = sheet.holds(LEMMA_7, ClosedLoops.PLANE);
        plane.measure("RingWell: largest error of five periods", worstRing)
                .in("time")
                .atMost(1e-10, none(), closedForm("elliptic integral"));
        plane.measure("Hopf form: largest error of five periods", worstHopf)
                .in("time")
                .atMost(1e-10, none(), closedForm("2π/ω"));
        levels.points("RingWell, measured", sampled, ring)
                .like("RingWell, 4K(m)/√(1+A²)")
                .points("Hopf form, measured", sampled, hopf)
                .like("Hopf form, 2π");
        twistedPeriods(sheet);
        sheet.figure(
                "periods",
                "Periods of the loops of ẋ = j(x): markers measured, lines in closed form.",
                Figure.titled("Periods of closed loops: measured and in closed form")
                        .row(circles, levels)
                        .panelSize(520, 400),
                LEMMA_7);
    }

    /** Loops around the right-hand maximum of ψ: r(φ) from ψ alone, then the time along it by quadrature. */
    private static void twistedPeriods(Sheet sheet) {
        ClosedLoops.Rotation twisted = ClosedLoops.rotations().get(1);
        double[] centre = FixedPoint.near(Flow.of(twisted.force(), 2), 1.0, 0.2).location();
        double worst = 0.0;
        for (double distance : new double[] {0.1, 0.2, 0.3}) {
            double[] start = {centre[0] + distance, centre[1]};
            double level = twisted.stream().at(start);
            double quadrature = angularPeriod(twisted.force(), centre, angle -> {
                double cos = Math.cos(angle);
                double sin = Math.sin(angle);
                return new BracketingNthOrderBrentSolver(1e-15, 1e-15, 5)
                        .solve(
                                200,
                                r -> twisted.stream().at(new double[] {centre[0] + r * cos, centre[1] + r * sin})
                                        - level,
                                0.3 * distance,
                                2.5 * distance);
            });
            double period = ClosedLoop.through(Flow.of(twisted.force(), 2), start, 500.0)
                    .period();
            worst = Math.max(worst, Math.abs(period / quadrature - 1.0));
        }
        sheet.holds(LEMMA_7, ClosedLoops.PLANE)
                .measure("TwistedWell: largest relative error of three periods", worst)
                .atMost(1e-9, none(), independent("quadrature along level sets of ψ"));
    }

    private static DoubleUnaryOperator constant(double value) {
        return angle -> value;
    }

    /** ∮ dt = ∮ r dφ/j_φ along r(φ) about a centre; the trapezoidal rule converges geometrically. */
    private static double angularPeriod(VectorField force, double[] centre, DoubleUnaryOperator radius) {
        int nodes = 400;
        double sum = 0.0;
        double[] j = new double[2];
        for (int i = 0; i < nodes; i++) {
            double angle = 2.0 * Math.PI * i / nodes;
            double r = radius.applyAsDouble(angle);
            force.at(new double[] {centre[0] + r * Math.cos(angle), centre[1] + r * Math.sin(angle)}, j);
            sum += r / (Math.cos(angle) * j[1] - Math.sin(angle) * j[0]);
        }
        return Math.abs(sum) * 2.0 * Math.PI / nodes;
    }

    private static double[] range(double from, double to, int points) {
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            values[i] = from + (to - from) * i / (points - 1);
        }
        return values;
    }
}
