package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.FIGURE_4;
import static org.langevin4j.examples.experiment.Statement.REMARK_23;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.orbit.Crossing;
import org.langevin4j.solvers.orbit.FirstLyapunovCoefficient;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.ReturnMap;

/**
 * The deterministic skeleton of Example 19 of Chaudhari and Soatto (2018), which is called a double well with limit cycles
 * and has none, beside three systems that do have one.
 */
public final class LimitCycles implements Experiment {

    private static final String NO_CYCLE =
            "Example 19, λ > e^(−1/4): its drift has no limit cycle, every return to an axis is nearer to"
                    + " the origin, and the amplitude falls as 2/√t";

    private static final Oracle POINCARE = independent("SciPy DOP853 at rtol 3e-14");

    /** λ, s, P(s), return time: DOP853 at rtol 3e-14, values.json, example19_poincare. */
    private static final double[][] RETURNS = {
        {1.0, 0.25, 0.21652050229261638, 7.417491915411603},
        {1.0, 0.5, 0.31545752342107736, 7.282347908123167},
        {1.0, 1.0, 0.3535411444103075, 7.4980326119554315},
        {1.0, 2.0, 0.35831259041953056, 7.7204156126039205},
        {1.5, 0.25, 0.2394521709491852, 3.7862486132597932},
        {1.5, 0.5, 0.4164937886372488, 3.7923026762366643},
        {1.5, 1.0, 0.5416005963117917, 4.015572506172132},
        {1.5, 2.0, 0.5624969261575427, 4.273321582568404},
        {3.0, 0.25, 0.24621079985744965, 1.687942207664251},
        {3.0, 0.5, 0.46531721256350633, 1.7037575571252428},
        {3.0, 1.0, 0.7114723210511269, 1.8642226049378983},
        {3.0, 2.0, 0.776138279922453, 2.1475916183245145}
    };

    @Override
    public String name() {
        return "limit-cycles";
    }

    @Override
    public String summary() {
        return "Example 19’s drift has no limit cycle: fixed points over λ, return map, algebraic approach; systems that have";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        MergingWells.fixedPoints(sheet);
        returns(sheet);
        PhasePortraits.run(sheet);
    }

    private static void returns(Sheet sheet) throws IOException {
        double worstImage = 0.0;
        double worstTime = 0.0;
        for (double[] row : RETURNS) {
            Crossing back =
                    PhasePortraits.toAxis(MergingWells.example19(row[0]), true).at(new double[] {row[1], 0.0});
            worstImage = Math.max(worstImage, Math.abs(back.state()[0] - row[2]));
            worstTime = Math.max(worstTime, Math.abs(back.time() - row[3]));
        }
        Evidence none = sheet.fails(FIGURE_4, NO_CYCLE);
        none.measure("largest error of " + RETURNS.length + " returns P(s)", worstImage)
                .atMost(1e-10, none(), POINCARE);
        none.measure("largest error of their times", worstTime).atMost(1e-10, none(), POINCARE);

        int points = sheet.choose(25, 60, 120);
        XyPanel map = XyPanel.titled("Return to the positive x₁ axis")
                .xAxis("s")
                .yAxis("(P(s) − s)/s")
                .yRange(-1.0, 1.0);
        for (double lambda : new double[] {0.8, 1.0, 1.5, 3.0, 10.0}) {
            double[] s = geometric(0.05, 4.0, points);
            double[] change = changes(PhasePortraits.toAxis(MergingWells.example19(lambda), true), s);
            none.measure("λ = " + lambda + ": largest (P(s) − s)/s³ over 0.05 ≤ s ≤ 4", largestOverSquare(change, s))
                    .atMost(0.0, none(), closedForm("no cycle by the criterion of Bendixson and Dulac"));
            if (lambda == 1.5 || lambda == 3.0) {
                map.line("Example 19, λ = " + lambda, s, change);
            }
        }
        double[] s = geometric(0.4, 4.0, points);
        map.line("Hopf form", s, changes(PhasePortraits.toAxis(Flow.of(PhasePortraits.HOPF.drift(), 2), true), s));
        map.line(
                "van der Pol",
                s,
                changes(PhasePortraits.toAxis(Flow.of(PhasePortraits.VAN_DER_POL.drift(), 2), false), s));
        double[] inner = geometric(0.4, 2.5, points);
        map.line(
                "RingWell",
                inner,
                changes(PhasePortraits.toAxis(Flow.of(PhasePortraits.RING.drift(), 2), true), inner));
        map.horizontalLine(0.0, "limit cycle");

        XyPanel decay = decay(sheet);
        sheet.figure(
                "return-maps",
                "Left: relative change of the distance from the origin at one return; a zero is a limit cycle. Right: the"
                        + " amplitude of Example 19 falls as 2/√t.",
                Figure.titled("Where the return map crosses zero there is a limit cycle: Example 19 has none")
                        .row(map, decay)
                        .panelSize(540, 430),
                FIGURE_4,
                REMARK_23);
    }

    private static double[] changes(ReturnMap map, double[] s) {
        double[] change = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            change[i] = map.at(new double[] {s[i], 0.0}).state()[0] / s[i] - 1.0;
        }
        return change;
    }

    private static double largestOverSquare(double[] change, double[] s) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < s.length; i++) {
            largest = Math.max(largest, change[i] / (s[i] * s[i]));
        }
        return largest;
    }

    private static double[] geometric(double from, double to, int points) {
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            values[i] = from * Math.pow(to / from, i / (points - 1.0));
        }
        return values;
    }

    private static XyPanel decay(Sheet sheet) {
        XyPanel panel = XyPanel.titled("Approach to the origin, Example 19")
                .xAxis("t")
                .yAxis("amplitude of x₁")
                .logX()
                .logY();
        Evidence none = sheet.fails(FIGURE_4, NO_CYCLE);
        double until = sheet.choose(1e3, 1e4, 4e4);
        for (double lambda : new double[] {1.0, 1.5, 3.0}) {
            VectorField drift = new DoubleWell(lambda).drift();
            String at = "λ = " + lambda + ": ";
            none.measure(
                            at + "rate c of A′ = cA³ from the first Lyapunov coefficient",
                            FirstLyapunovCoefficient.of(drift, 0, 0).amplitudeRate(0))
                    .near(
                            -0.125,
                            Tolerance.of(1e-9, "third derivatives of the drift by differences"),
                            closedForm("−1/8, averaging −x₁³ over a turn"));
            // The turning points of x₁, where its velocity changes sign from + to −: the largest x₁ of each turn.
            Flow flow = Flow.of(drift, 2).withTolerance(1e-11);
            List<double[]> maxima = new ArrayList<>();
            double time = 0.0;
            double[] x = {2.0, 0.0};
            while (time < until) {
                double[] start = x;
                var way = flow.orbit(start, until, y -> flow.velocity(y)[0]);
                time += way.duration();
                x = way.end();
                if (x[0] > 0.0 && time > 1.0 && time < until) {
                    maxima.add(new double[] {time, x[0]});
                }
            }
            double[] last = maxima.get(maxima.size() - 1);
            double[] middle = maxima.get(maxima.size() / 2);
            double slope = (1.0 / (last[1] * last[1]) - 1.0 / (middle[1] * middle[1])) / (last[0] - middle[0]);
            // A^(−2) = t/4 + κ log t + …: the next term of the normal form, κ of order 1.
            Tolerance next = Tolerance.of(4.0 / until, "next term of the normal form, κ log t, over t");
            String what = at + "slope of 1/A² over the later half";
            none.measure(what, slope).in("1/time").near(0.25, next, closedForm("¼, A → 2/√t"));
            if (lambda == 1.5) {
                sheet.holds(REMARK_23, MergingWells.SADDLE)
                        .measure(what, slope)
                        .in("1/time")
                        .near(0.25, next, closedForm("¼, A → 2/√t"));
            }
            List<double[]> shown = thinned(maxima);
            panel.line(
                    "λ = " + lambda,
                    shown.stream().mapToDouble(p -> p[0]).toArray(),
                    shown.stream().mapToDouble(p -> p[1]).toArray());
        }
        double[] times = geometric(1.0, until, 50);
        panel.line(
                "2/√t", times, Arrays.stream(times).map(t -> 2.0 / Math.sqrt(t)).toArray());
        return panel;
    }

    /** At growing distances in time, for a logarithmic axis. */
    private static List<double[]> thinned(List<double[]> points) {
        List<double[]> shown = new ArrayList<>();
        double next = 0.0;
        for (double[] point : points) {
            if (point[0] >= next) {
                shown.add(point);
                next = 1.03 * point[0];
            }
        }
        return shown;
    }
}
