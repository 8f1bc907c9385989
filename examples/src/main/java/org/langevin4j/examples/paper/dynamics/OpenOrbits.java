package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.LEMMA_7;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.solvers.orbit.Crossing;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.ReturnMap;
import org.langevin4j.solvers.orbit.Section;
import org.langevin4j.solvers.orbit.Tangent;

/** ∇·j = 0 and orbits of ẋ = j(x) that never close, in four dimensions and in three. */
final class OpenOrbits {

    private OpenOrbits() {}

    static void run(Sheet sheet) throws IOException {
        XyPanel torus = torus(sheet);
        XyPanel chaos = abc(sheet);
        sheet.figure(
                "open-orbits",
                "Returns to a section. A closed orbit would be one point, or a few. Left: a linear j in four dimensions fills a"
                        + " circle. Right: the ABC flow, ρˢˢ constant, has an orbit that is scattered and one on a closed curve.",
                Figure.titled("∇·j = 0 does not make orbits close in more than two dimensions")
                        .row(torus, chaos)
                        .panelSize(500, 470),
                LEMMA_7);
    }

    /** Φ = |x|²/2 and Q with the frequencies 1 and √2: ρˢˢ ∝ e^(−β|x|²/2), ∇·j = 0, j·∇Φ = 0. */
    private static XyPanel torus(Sheet sheet) {
        double ratio = Math.sqrt(2.0);
        Flow linear = Flow.of(
                (x, out) -> {
                    out[0] = -x[1];
                    out[1] = x[0];
                    out[2] = -ratio * x[3];
                    out[3] = ratio * x[2];
                },
                4);
        ReturnMap map = new ReturnMap(linear, Section.coordinate(4, 1, 0.0), 10.0);
        double[][] section = new double[2][ClosedLoops.TURNS];
        double[] state = {1.0, 0.0, 1.0, 0.0};
        double nearest = Double.POSITIVE_INFINITY;
        double expected = Double.POSITIVE_INFINITY;
        double error = 0.0;
        for (int k = 0; k < ClosedLoops.TURNS; k++) {
            Crossing next = map.at(state);
            state = next.state();
            section[0][k] = state[2];
            section[1][k] = state[3];
            double angle = 2.0 * Math.PI * ratio * (k + 1);
            error = Math.max(error, Math.hypot(state[2] - Math.cos(angle), state[3] - Math.sin(angle)));
            nearest = Math.min(nearest, Math.hypot(state[0] - 1.0, Math.hypot(state[2] - 1.0, state[3])));
            expected = Math.min(expected, 2.0 * Math.abs(Math.sin(0.5 * angle)));
        }
        Evidence open = sheet.fails(
                LEMMA_7,
                "four dimensions, Φ = |x|²/2 and a linear j with the frequencies 1 and √2: ∇·j = 0, and no orbit closes");
        open.measure("largest error of 100 returns to x₂ = 0", error)
                .atMost(ClosedLoops.DRIFT, none(), closedForm("turns by 2π√2; the integrator's tolerance"));
        open.measure("nearest of 100 returns to the start, 0 for a closed orbit", nearest)
                .near(
                        expected,
                        Tolerance.of(ClosedLoops.DRIFT, "the integrator’s tolerance over 100 turns"),
                        closedForm("2|sin 70√2π|"));
        return XyPanel.titled("Linear, d = 4: frequencies 1 and √2")
                .xAxis("x₃ where x₂ = 0 is crossed")
                .yAxis("x₄")
                .xRange(-1.2, 1.2)
                .yRange(-1.2, 1.2)
                .points("100 returns of one orbit", section[0], section[1]);
    }

    /**
     * Arnold, Beltrami and Childress' flow on the torus [0, 2π)³: Φ = 0, ∇·j = 0, chaotic (Dombre et al. 1986, J. Fluid Mech.
     * 167, 353).
     */
    private static XyPanel abc(Sheet sheet) {
        double b = Math.sqrt(2.0 / 3.0);
        double c = Math.sqrt(1.0 / 3.0);
        Flow flow = Flow.of(
                        (x, out) -> {
                            out[0] = Math.sin(x[2]) + c * Math.cos(x[1]);
                            out[1] = b * Math.sin(x[0]) + Math.cos(x[2]);
                            out[2] = c * Math.sin(x[1]) + b * Math.cos(x[0]);
                        },
                        3)
                .withTolerance(1e-9);
        XyPanel panel = XyPanel.titled("ABC flow, d = 3: A² = 1, B² = ⅔, C² = ⅓")
                .xAxis("x₁ where x₃ = 0, both mod 2π")
                .yAxis("x₂ mod 2π")
                .xRange(-2.5, 1.0)
                .yRange(-Math.PI, Math.PI);
        int returns = sheet.choose(300, 1500, 4000);
        double[] chaotic = {3.0, 4.0, 0.0};
        double[] regular = {-0.9, 1.5, 0.0};
        double[][] scattered = wrapped(flow, chaotic, returns);
        double[][] curve = wrapped(flow, regular, returns);
        panel.points("a chaotic orbit", scattered[0], scattered[1])
                .points("a quasi-periodic orbit", curve[0], curve[1]);

        RunningMoments growth = new RunningMoments(1);
        for (int k = 0; k < sheet.choose(12, 24, 48); k++) {
            growth.add(exponent(flow, new double[] {chaotic[0] + 0.01 * k, chaotic[1], chaotic[2]}));
        }
        Evidence chaos = sheet.fails(
                LEMMA_7,
                "three dimensions, ρˢˢ constant on the torus and j the ABC flow: ∇·j = 0, and orbits are chaotic");
        String mean = "largest Lyapunov exponent, t = 1000, mean over " + growth.count() + " orbits";
        chaos.measure(mean, growth.mean(0))
                .in("1/time")
                .standardError(growth.standardError(0))
                .near(
                        0.0594,
                        standardErrors(4).plus(4.0 * 0.0020, "and of the reference"),
                        independent("NumPy, Runge–Kutta of step 0.02, 64 other orbits"));
        chaos.measure(mean + ", 0 for orbits that close", growth.mean(0))
                .in("1/time")
                .standardError(growth.standardError(0))
                .atLeast(0.0, standardErrors(4), closedForm("neighbours of a closed loop among loops part linearly"));
        sheet.supplement("beside the chaotic orbits of the ABC flow there are quasi-periodic ones")
                .measure("growth of neighbours of such an orbit, t from 100 to 1100", exponent(flow, regular))
                .in("1/time")
                .atMost(
                        Math.log(110.0) / 1000.0,
                        none(),
                        closedForm("neighbours part linearly, elevenfold in this time, and swing"));
        return panel;
    }

    /** The growth of a tangent vector from t = 100, when it has turned into the direction that grows, to t = 1100 (Benettin et al. 1980). */
    private static double exponent(Flow flow, double[] start) {
        double[] x = start.clone();
        double[] v = {0.6, 0.0, 0.8};
        double sum = 0.0;
        for (int k = 0; k < 110; k++) {
            Tangent tangent = flow.tangent(x, 10.0);
            x = tangent.state();
            v = tangent.matrix().operate(v);
            double length = Math.sqrt(Arrays.stream(v).map(a -> a * a).sum());
            v = Arrays.stream(v).map(a -> a / length).toArray();
            sum += k < 10 ? 0.0 : Math.log(length);
        }
        return sum / 1000.0;
    }

    /** Crossings of x₃ = 0 mod 2π, upwards. */
    private static double[][] wrapped(Flow flow, double[] start, int count) {
        double[][] points = new double[2][count];
        double[] x = start.clone();
        int k = 0;
        while (k < count) {
            x = flow.orbit(x, 1e3, y -> Math.sin(0.5 * y[2])).end();
            if (flow.velocity(x)[2] > 0.0) {
                points[0][k] = wrapped(x[0]);
                points[1][k] = wrapped(x[1]);
                k++;
            }
        }
        return points;
    }

    private static double wrapped(double angle) {
        return Math.IEEEremainder(angle, 2.0 * Math.PI);
    }
}
