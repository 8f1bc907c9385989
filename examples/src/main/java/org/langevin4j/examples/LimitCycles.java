package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.models.analytic.RingWell;
import org.langevin4j.models.analytic.VanDerPol;
import org.langevin4j.solvers.ConvergenceException;
import org.langevin4j.solvers.orbit.Bifurcation;
import org.langevin4j.solvers.orbit.Continuation;
import org.langevin4j.solvers.orbit.Crossing;
import org.langevin4j.solvers.orbit.FirstLyapunovCoefficient;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPointBranch;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.PeriodicOrbit;
import org.langevin4j.solvers.orbit.ReturnMap;
import org.langevin4j.solvers.orbit.Section;

/**
 * The deterministic skeleton of Example 19 of Chaudhari and Soatto (2018), which is called a double well with limit cycles
 * and has none, beside three systems that do have one.
 */
public final class LimitCycles implements Example {

    private static final HopfNormalForm HOPF = new HopfNormalForm(1.0, 4.0);
    private static final VanDerPol VAN_DER_POL = new VanDerPol(1.0);
    private static final RingWell RING = new RingWell(0.2, 1.0, 1.0);

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

    /** λ, x₁, x₂ of the right well, sum and product of its eigenvalues: values.json, example19, fixed_points. */
    private static final double[][] WELLS = {
        {0.25, 0.9800689825445236, 0.19469802219715165, -2.842202307393539, 1.8422730925291633},
        {0.5, 0.9024283211774303, 0.3888022383568555, -2.263903319565981, 1.2741664920549964},
        {0.7, 0.6111841627132617, 0.48374518737316297, -0.7400327262259936, 0.21600448496174385}
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
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        pictures.add(fixedPoints(context, measurements));
        noCycleBeforeTheMerging(measurements);
        pictures.add(returns(context, measurements));
        pictures.add(portraits(context, measurements));
        return new ExampleResult(
                name(),
                "The drift of Example 19 has no limit cycle at any λ. Its two wells and the saddle between them merge at λ ="
                        + " e^(−1/4); beyond, the origin is a weak stable focus, every return to the axis is nearer to it,"
                        + " and the amplitude falls as 2/√t. The Hopf normal form, van der Pol’s oscillator and the ring"
                        + " well have one attracting cycle each, with the periods and Floquet multipliers of closed forms.",
                "Chaudhari and Soatto (2018), Example 19 and Fig. 4, which call the closed loops of ẋ = j(x), or the rotation"
                        + " under noise, limit cycles of the dynamics.",
                context.seed().value(),
                measurements,
                pictures);
    }

    private static Flow example19(double lambda) {
        return Flow.of(new DoubleWell(lambda).drift(), 2);
    }

    private static Picture fixedPoints(RunContext context, List<Measurement> measurements) throws IOException {
        Continuation continuation = Continuation.of(lambda -> new DoubleWell(lambda).drift(), 2, 0.1, 1.6)
                .withSteps(context.effort().choose(0.03, 0.01, 0.005));
        FixedPointBranch wells = continuation.from(0.1, 1.0, 0.1);
        Bifurcation merging = wells.bifurcations().get(0);
        FixedPointBranch origin = continuation.crossing(wells, merging);
        measurements.add(Measurement.near(
                "λ where the wells and the saddle merge, a pitchfork; e^(−1/4)",
                merging.type() == Bifurcation.Type.PITCHFORK ? merging.parameter() : Double.NaN,
                DoubleWell.MERGING_LAMBDA,
                1e-9));
        measurements.add(Measurement.near(
                "other bifurcations on the two branches, 0.1 ≤ λ ≤ 1.6",
                wells.bifurcations().size() - 1.0 + origin.bifurcations().size(),
                0.0,
                0.0));
        double worst = 0.0;
        double[] lambdas = wells.parameters();
        for (int i = 0; i < lambdas.length; i++) {
            double[] x = wells.points().get(i).location();
            double nearest = Double.POSITIVE_INFINITY;
            for (double[] point : new DoubleWell(lambdas[i]).restingPoints()) {
                nearest = Math.min(nearest, Math.hypot(point[0] - x[0], point[1] - x[1]));
            }
            worst = Math.max(worst, nearest);
        }
        // The merging is a square-root singularity: there a rounding error of 1e-15 in λ moves the wells by 1e-7.
        measurements.add(Measurement.atMost(
                "largest distance of the branch of wells from the scalar equation for them", worst, 1e-6));
        for (double[] row : WELLS) {
            FixedPoint well = FixedPoint.near(example19(row[0]), row[1], row[2]);
            String name = "well at λ = " + row[0];
            measurements.add(Measurement.atMost(
                    name + ": distance from the reference",
                    Math.hypot(well.location()[0] - row[1], well.location()[1] - row[2]),
                    1e-11));
            Complex first = well.eigenvalues()[0];
            Complex second = well.eigenvalues()[1];
            measurements.add(Measurement.near(
                    name + ": sum of the eigenvalues, reference",
                    first.add(second).getReal(),
                    row[3],
                    1e-9));
            measurements.add(Measurement.near(
                    name + ": product of the eigenvalues, reference",
                    first.multiply(second).getReal(),
                    row[4],
                    1e-9));
        }
        measurements.add(Measurement.near(
                "origin at λ = 1.5: imaginary part of the eigenvalues",
                FixedPoint.near(example19(1.5), 0.0, 0.0).eigenvalues()[0].getImaginary(),
                1.646093210931656,
                1e-10));

        XyPanel diagram = XyPanel.titled("Fixed points").xAxis("λ").yAxis("x₁").xRange(0.1, 1.6);
        diagram.line("stable node or focus", lambdas, wells.coordinate(0));
        lines(diagram, origin, "saddle", FixedPoint.Kind.SADDLE);
        lines(diagram, origin, "weak stable focus", FixedPoint.Kind.CENTRE);
        diagram.points("pitchfork", new double[] {merging.parameter()}, new double[] {merging.location()[0]});

        XyPanel eigenvalues =
                XyPanel.titled("Eigenvalues").xAxis("λ").yAxis("eigenvalue").xRange(0.1, 1.6);
        int half = lambdas.length / 2;
        eigenvalues.line("wells, larger real part", head(lambdas, half), head(parts(wells, true), half));
        eigenvalues.line("wells, imaginary part", head(lambdas, half), head(parts(wells, false), half));
        eigenvalues.line("origin, larger real part", origin.parameters(), parts(origin, true));
        eigenvalues.line("origin, imaginary part", origin.parameters(), parts(origin, false));
        eigenvalues.verticalLine(DoubleWell.MERGING_LAMBDA, "e^(−1/4)");
        Figure.titled("Fixed points of the drift of Example 19")
                .row(diagram, eigenvalues)
                .panelSize(520, 400)
                .writeTo(context.out().resolve("bifurcation.png"));
        return new Picture(
                "bifurcation.png",
                "Fixed points over λ by continuation, and their eigenvalues. Beyond e^(−1/4) the origin has eigenvalues ±iω: no"
                        + " Hopf point, as their real part stays zero.");
    }

    private static double[] head(double[] values, int n) {
        return Arrays.copyOf(values, n);
    }

    private static double[] parts(FixedPointBranch branch, boolean real) {
        return branch.points().stream()
                .mapToDouble(point ->
                        real ? point.eigenvalues()[0].getReal() : Math.abs(point.eigenvalues()[0].getImaginary()))
                .toArray();
    }

    /** The part of a branch of one kind. */
    private static void lines(XyPanel panel, FixedPointBranch branch, String name, FixedPoint.Kind kind) {
        double[] x = branch.coordinate(0);
        for (int i = 0; i < x.length; i++) {
            x[i] = branch.points().get(i).kind() == kind ? x[i] : Double.NaN;
        }
        panel.line(name, branch.parameters(), x);
    }

    /**
     * Two orbits exclude every cycle where there are two wells and a saddle. A closed orbit surrounds fixed points of index +1
     * together: one well, or all three points. None surrounds all three if an orbit from far outside ends in a well, and none
     * surrounds a well alone if an orbit that ends in the well comes from far outside: orbits do not cross.
     */
    private static void noCycleBeforeTheMerging(List<Measurement> measurements) {
        for (double lambda : new double[] {0.25, 0.5, 0.7}) {
            Flow flow = example19(lambda);
            double[] well = FixedPoint.near(flow, 1.0, lambda).location();
            double[] end = flow.after(new double[] {3.0, 0.0}, 200.0);
            double sign = Math.signum(end[0] * well[0]);
            measurements.add(Measurement.atMost(
                    "λ = " + lambda + ": distance from a well, at t = 200, of the orbit from (3, 0)",
                    Math.hypot(end[0] - sign * well[0], end[1] - sign * well[1]),
                    1e-9));
            double[] beside = {well[0] + 1e-3, well[1]};
            double[] origin = flow.reversed()
                    .orbit(beside, 200.0, x -> 3.0 - Math.hypot(x[0], x[1]))
                    .end();
            measurements.add(Measurement.atLeast(
                    "λ = " + lambda + ": distance from the origin, far back, of an orbit that ends in a well",
                    Math.hypot(origin[0], origin[1]),
                    2.999));
        }
    }

    /** To the positive x₁ axis, crossed upwards or downwards as the field turns. */
    private static ReturnMap toAxis(Flow flow, boolean counterclockwise) {
        Section axis = Section.coordinate(2, 1, 0.0);
        return new ReturnMap(flow, counterclockwise ? axis : axis.reversed(), 200.0);
    }

    private static Picture returns(RunContext context, List<Measurement> measurements) throws IOException {
        double worstImage = 0.0;
        double worstTime = 0.0;
        for (double[] row : RETURNS) {
            Crossing back = toAxis(example19(row[0]), true).at(new double[] {row[1], 0.0});
            worstImage = Math.max(worstImage, Math.abs(back.state()[0] - row[2]));
            worstTime = Math.max(worstTime, Math.abs(back.time() - row[3]));
        }
        measurements.add(Measurement.atMost(
                "Example 19: largest error of " + RETURNS.length + " returns P(s), reference", worstImage, 1e-10));
        measurements.add(Measurement.atMost("Example 19: largest error of their times, reference", worstTime, 1e-10));

        int points = context.effort().choose(25, 60, 120);
        XyPanel map = XyPanel.titled("Return to the positive x₁ axis")
                .xAxis("s")
                .yAxis("(P(s) − s)/s")
                .yRange(-1.0, 1.0);
        for (double lambda : new double[] {0.8, 1.0, 1.5, 3.0, 10.0}) {
            double[] s = geometric(0.05, 4.0, points);
            double[] change = changes(toAxis(example19(lambda), true), s);
            measurements.add(Measurement.atMost(
                    String.format(Locale.ROOT, "Example 19, λ = %s: largest (P(s) − s)/s³ over 0.05 ≤ s ≤ 4", lambda),
                    largestOverSquare(change, s),
                    0.0));
            if (lambda == 1.5 || lambda == 3.0) {
                map.line(String.format(Locale.ROOT, "Example 19, λ = %s", lambda), s, change);
            }
        }
        double[] s = geometric(0.4, 4.0, points);
        map.line("Hopf form", s, changes(toAxis(Flow.of(HOPF.drift(), 2), true), s));
        map.line("van der Pol", s, changes(toAxis(Flow.of(VAN_DER_POL.drift(), 2), false), s));
        double[] inner = geometric(0.4, 2.5, points);
        map.line("RingWell", inner, changes(toAxis(Flow.of(RING.drift(), 2), true), inner));
        map.horizontalLine(0.0, "limit cycle");

        XyPanel decay = decay(context, measurements);
        Figure.titled("Where the return map crosses zero there is a limit cycle: Example 19 has none")
                .row(map, decay)
                .panelSize(540, 430)
                .writeTo(context.out().resolve("return-maps.png"));
        return new Picture(
                "return-maps.png",
                "Left: relative change of the distance from the origin at one return; a zero is a limit cycle. Right: the"
                        + " amplitude of Example 19 falls as 2/√t.");
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

    private static XyPanel decay(RunContext context, List<Measurement> measurements) {
        XyPanel panel = XyPanel.titled("Approach to the origin, Example 19")
                .xAxis("t")
                .yAxis("amplitude of x₁")
                .logX()
                .logY();
        double until = context.effort().choose(1e3, 1e4, 4e4);
        for (double lambda : new double[] {1.0, 1.5, 3.0}) {
            VectorField drift = new DoubleWell(lambda).drift();
            measurements.add(Measurement.near(
                    String.format(
                            Locale.ROOT,
                            "Example 19, λ = %s: rate of A′ = cA³ from the first Lyapunov coefficient",
                            lambda),
                    FirstLyapunovCoefficient.of(drift, 0, 0).amplitudeRate(0),
                    -0.125,
                    1e-6));
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
            measurements.add(Measurement.near(
                            String.format(
                                    Locale.ROOT,
                                    "Example 19, λ = %s: slope of 1/A² over the later half, A → 2/√t",
                                    lambda),
                            slope,
                            0.25,
                            4.0 / until)
                    .in("1/time"));
            List<double[]> shown = thinned(maxima);
            panel.line(
                    String.format(Locale.ROOT, "λ = %s", lambda),
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

    private static Picture portraits(RunContext context, List<Measurement> measurements) throws IOException {
        measurements.add(Measurement.near(
                "Example 19, λ = 1.5: limit cycles found by Newton’s method from s = 0.2, 0.6, 1, 2, 4",
                cyclesFromManyStarts(),
                0.0,
                0.0));
        PeriodicOrbit hopf = cycle(HOPF.drift(), true, 1.3);
        measured(measurements, "Hopf form, μ = 1, ω = 4", hopf, 0.5 * Math.PI, 1e-10, "2π/ω");
        measurements.add(Measurement.near(
                "Hopf form: log of the Floquet multiplier, −4πμ/ω",
                Math.log(hopf.largestMultiplier()),
                -Math.PI,
                1e-9));
        PeriodicOrbit vanDerPol = cycle(VAN_DER_POL.drift(), false, 1.0);
        measured(measurements, "van der Pol, μ = 1", vanDerPol, 6.6632868593231285, 1e-10, "SciPy DOP853");
        measurements.add(Measurement.near(
                "van der Pol: log of the Floquet multiplier, SciPy DOP853",
                Math.log(vanDerPol.largestMultiplier()),
                -7.0589328087989225,
                1e-9));
        PeriodicOrbit ring = cycle(RING.drift(), true, 1.0);
        measured(measurements, "RingWell, k = 0.2, h = 1", ring, RING.period(), 1e-10, "elliptic integral");
        measurements.add(Measurement.near(
                "RingWell: log of the Floquet multiplier, −k∮|∇H|² dt",
                Math.log(ring.largestMultiplier()),
                RING.logMultiplier(),
                1e-9));
        Figure.titled("Phase portraits: Example 19 before and after its wells merge, and systems with a limit cycle")
                .row(
                        PhasePortrait.of("Example 19, λ = 0.5", new DoubleWell(0.5).drift(), 2.2, List.of()),
                        PhasePortrait.of("Example 19, λ = 1.5", new DoubleWell(1.5).drift(), 2.2, List.of()))
                .row(
                        PhasePortrait.of("van der Pol, μ = 1", VAN_DER_POL.drift(), 3.4, List.of(vanDerPol)),
                        PhasePortrait.of("RingWell, k = 0.2, h = 1", RING.drift(), 2.2, List.of(ring)))
                .writeTo(context.out().resolve("portraits.png"));
        return new Picture(
                "portraits.png",
                "Streamlines of the drift, fixed points, separatrices and limit cycles. In Example 19 at λ = 1.5 all orbits"
                        + " wind into the origin, ever more slowly.");
    }

    private static int cyclesFromManyStarts() {
        ReturnMap map = toAxis(example19(1.5), true);
        double[] starts = {0.2, 0.6, 1.0, 2.0, 4.0};
        int refused = 0;
        for (double s : starts) {
            try {
                PeriodicOrbit.near(map, new double[] {s, 0.0});
            } catch (ConvergenceException e) {
                refused++;
            }
        }
        return starts.length - refused;
    }

    private static PeriodicOrbit cycle(VectorField drift, boolean counterclockwise, double start) {
        return PeriodicOrbit.near(toAxis(Flow.of(drift, 2), counterclockwise), new double[] {start, 0.0});
    }

    private static void measured(
            List<Measurement> measurements,
            String name,
            PeriodicOrbit orbit,
            double period,
            double tolerance,
            String source) {
        measurements.add(
                Measurement.near(name + ": period of the limit cycle, " + source, orbit.period(), period, tolerance));
        measurements.add(Measurement.atMost(
                name + ": distance of the multiplier along the cycle from 1", orbit.trivialMultiplierError(), 1e-9));
    }
}
