package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.FieldPanel;
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
import org.langevin4j.models.analytic.TwistedWell;
import org.langevin4j.solvers.orbit.ClosedLoop;
import org.langevin4j.solvers.orbit.Crossing;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.orbit.ReturnMap;
import org.langevin4j.solvers.orbit.Section;
import org.langevin4j.solvers.orbit.Tangent;

/**
 * Lemma 7 of Chaudhari and Soatto (2018): the orbits of ẋ = j(x) are closed. In the plane they are, since ∇·(jρˢˢ) = 0 gives
 * jρˢˢ a stream function ψ and j is tangent to its level sets; ∇·j = 0 is not needed. In more dimensions ∇·j = 0 does not
 * make them close.
 */
public final class Lemma7 implements Example {

    private static final int TURNS = 100;

    /** What issue and paper ask for: closed over many turns. */
    private static final double DRIFT = 1e-9;

    private static final double BETA = 1.0;
    private static final DoubleWell WELL = new DoubleWell(1.5);
    private static final TwistedWell TWISTED = new TwistedWell(1.0);
    private static final RingWell RING = new RingWell(1.0, 1.0, 1.0);
    private static final HopfNormalForm HOPF = new HopfNormalForm(1.0, 2.0);

    private static final double[] RADII = {0.5, 1.0, 1.5, 2.0};

    /** λT of the circles of these radii in Example 19: mpmath quadrature, values.json, example19. */
    private static final double[] PERIODS = {
        4.958337907276603, 5.9220719656303435, 11.475438082663919, 63.39764943478926
    };

    @Override
    public String name() {
        return "lemma-7";
    }

    @Override
    public String summary() {
        return "Orbits of ẋ = j(x) close in the plane, with the periods of closed forms; in more dimensions they need not";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        pictures.add(loops(context, measurements));
        pictures.add(periods(context, measurements));
        divergence(measurements);
        pictures.add(higherDimensions(context, measurements));
        return new ExampleResult(
                name(),
                "In two dimensions every orbit of ẋ = j(x) that stays off the fixed points of j runs along a level set of"
                        + " the stream function ψ of jρˢˢ and closes, for Example 19, too, where ∇·j ≠ 0. In four"
                        + " dimensions a linear j with ∇·j = 0 has orbits that never close, and in three a j that is not"
                        + " linear has chaotic ones.",
                "Chaudhari and Soatto (2018), Lemma 7. The paper derives closed orbits from ∇·j = 0 in any dimension; what"
                        + " is needed is ∇·(jρˢˢ) = 0 and the plane.",
                context.seed().value(),
                measurements,
                pictures);
    }

    /** A system of the plane: j, ψ and a start for each loop. */
    private record Rotation(String name, VectorField force, ScalarField stream, List<double[]> starts) {}

    private static ScalarField stream(VectorField entries, ScalarField potential) {
        return x -> {
            double[] q = new double[4];
            entries.at(x, q);
            return q[1] * Math.exp(-BETA * potential.at(x)) / BETA;
        };
    }

    private static List<Rotation> rotations() {
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

    private static Picture loops(RunContext context, List<Measurement> measurements) throws IOException {
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
            measurements.add(Measurement.atMost(
                    rotation.name() + ": largest drift off a loop of ẋ = j(x) over 100 turns", drift, DRIFT));
            measurements.add(Measurement.atMost(rotation.name() + ": largest change of ψ along a loop", change, DRIFT));
            panels.add(panel.curves("orbits of ẋ = j(x)", curves)
                    .points("starts", rotation.starts().toArray(double[][]::new)));
        }
        Figure.titled("Orbits of ẋ = j(x) are level sets of the stream function ψ of jρˢˢ")
                .row(panels.get(0), panels.get(1))
                .row(panels.get(2), panels.get(3))
                .writeTo(context.out().resolve("loops.png"));
        return new Picture(
                "loops.png",
                "Level sets of ψ and orbits of ẋ = j(x), integrated from the marked points, in four systems.");
    }

    private static Picture periods(RunContext context, List<Measurement> measurements) throws IOException {
        XyPanel circles = XyPanel.titled("Example 19: circles")
                .xAxis("radius r")
                .yAxis("λ × period of ẋ = j(x)")
                .logY();
        double[] fine = range(0.05, 2.1, 200);
        double[] quadrature = new double[fine.length];
        for (int i = 0; i < fine.length; i++) {
            quadrature[i] = WELL.lambda() * angularPeriod(WELL.conservativeForce(), new double[2], constant(fine[i]));
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
            measurements.add(Measurement.atMost(
                    String.format(Locale.ROOT, "Example 19, λ = %s: largest relative error of four periods", lambda),
                    worst,
                    1e-10));
            if (lambda == WELL.lambda()) {
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
            elliptic[i] = RING.loopPeriod(energies[i]);
            flat[i] = 2.0 * Math.PI;
        }
        levels.line("RingWell, 4K(m)/√(1+A²)", energies, elliptic).line("Hopf form, 2π", energies, flat);
        double[] sampled = {0.1, 0.5, 1.0, 2.0, 3.0};
        double[] ring = new double[sampled.length];
        double[] hopf = new double[sampled.length];
        double worstRing = 0.0;
        double worstHopf = 0.0;
        Flow ringFlow = Flow.of(RING.conservativeForce(), 2);
        Flow hopfFlow = Flow.of(HOPF.conservativeForce(), 2);
        for (int i = 0; i < sampled.length; i++) {
            double x1 = Math.sqrt(Math.sqrt(1.0 + 4.0 * sampled[i]) - 1.0);
            ring[i] =
                    ClosedLoop.through(ringFlow, new double[] {x1, 0.0}, 100.0).period();
            worstRing = Math.max(worstRing, Math.abs(ring[i] - RING.loopPeriod(sampled[i])));
            hopf[i] = 2.0
                    * ClosedLoop.through(hopfFlow, new double[] {Math.sqrt(2.0 * sampled[i]), 0.0}, 100.0)
                            .period();
            worstHopf = Math.max(worstHopf, Math.abs(hopf[i] - 2.0 * Math.PI));
        }
        measurements.add(
                Measurement.atMost("RingWell: largest error of five periods, elliptic integral", worstRing, 1e-10));
        measurements.add(Measurement.atMost("Hopf form: largest error of five periods, 2π/ω", worstHopf, 1e-10));
        levels.points("RingWell, measured", sampled, ring).points("Hopf form, measured", sampled, hopf);
        twistedPeriods(measurements);
        Figure.titled("Periods of closed loops: measured and in closed form")
                .row(circles, levels)
                .panelSize(520, 400)
                .writeTo(context.out().resolve("periods.png"));
        return new Picture("periods.png", "Periods of the loops of ẋ = j(x): markers measured, lines in closed form.");
    }

    /** Loops around the right-hand maximum of ψ: r(φ) from ψ alone, then the time along it by quadrature. */
    private static void twistedPeriods(List<Measurement> measurements) {
        Rotation twisted = rotations().get(1);
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
        measurements.add(Measurement.atMost(
                "TwistedWell: largest relative error of three periods, quadrature along level sets of ψ", worst, 1e-9));
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

    /** ∇·j does not vanish in Example 19, and the loops close all the same: its integral over a turn does. */
    private static void divergence(List<Measurement> measurements) {
        Flow flow = Flow.of(WELL.conservativeForce(), 2);
        measurements.add(Measurement.near(
                "Example 19: ∇·j/λ at (1, 1), which Assumption 4 has as zero",
                flow.jacobian(new double[] {1.0, 1.0}).getTrace() / WELL.lambda(),
                Math.exp(-0.5),
                1e-10));
        double[] start = {1.5, 0.0};
        Tangent turn =
                flow.tangent(start, ClosedLoop.through(flow, start, 100.0).period());
        measurements.add(Measurement.atMost(
                "Example 19: |∮∇·j dt| over the loop r = 1.5", Math.abs(turn.logDeterminant()), DRIFT));
    }

    private static Picture higherDimensions(RunContext context, List<Measurement> measurements) throws IOException {
        // Φ = |x|²/2 and Q with the frequencies 1 and √2: ρˢˢ ∝ e^(−β|x|²/2), ∇·j = 0, j·∇Φ = 0.
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
        double[][] section = new double[2][TURNS];
        double[] state = {1.0, 0.0, 1.0, 0.0};
        double nearest = Double.POSITIVE_INFINITY;
        double expected = Double.POSITIVE_INFINITY;
        double error = 0.0;
        for (int k = 0; k < TURNS; k++) {
            Crossing next = map.at(state);
            state = next.state();
            section[0][k] = state[2];
            section[1][k] = state[3];
            double angle = 2.0 * Math.PI * ratio * (k + 1);
            error = Math.max(error, Math.hypot(state[2] - Math.cos(angle), state[3] - Math.sin(angle)));
            nearest = Math.min(nearest, Math.hypot(state[0] - 1.0, Math.hypot(state[2] - 1.0, state[3])));
            expected = Math.min(expected, 2.0 * Math.abs(Math.sin(0.5 * angle)));
        }
        measurements.add(Measurement.atMost(
                "four dimensions, frequencies 1 and √2: largest error of 100 returns, closed form", error, DRIFT));
        measurements.add(Measurement.near(
                "four dimensions: nearest of 100 returns to the start, 2|sin 70√2π|", nearest, expected, DRIFT));
        measurements.add(
                Measurement.atLeast("four dimensions: the same, which is 0 for a closed orbit", nearest, 0.03));

        XyPanel torus = XyPanel.titled("Linear, d = 4: frequencies 1 and √2")
                .xAxis("x₃ where x₂ = 0 is crossed")
                .yAxis("x₄")
                .xRange(-1.2, 1.2)
                .yRange(-1.2, 1.2)
                .points("100 returns of one orbit", section[0], section[1]);

        XyPanel chaos = abc(context, measurements);
        Figure.titled("∇·j = 0 does not make orbits close in more than two dimensions")
                .row(torus, chaos)
                .panelSize(500, 470)
                .writeTo(context.out().resolve("open-orbits.png"));
        return new Picture(
                "open-orbits.png",
                "Returns to a section. A closed orbit would be one point, or a few. Left: a linear j in four dimensions fills a"
                        + " circle. Right: the ABC flow, ρˢˢ constant, has an orbit that is scattered and one on a closed curve.");
    }

    /**
     * Arnold, Beltrami and Childress' flow on the torus [0, 2π)³: Φ = 0, ∇·j = 0, chaotic (Dombre et al. 1986, J. Fluid Mech.
     * 167, 353).
     */
    private static XyPanel abc(RunContext context, List<Measurement> measurements) {
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
        int returns = context.effort().choose(300, 1500, 4000);
        double[][] starts = {{3.0, 4.0, 0.0}, {-0.9, 1.5, 0.0}};
        String[] names = {"a chaotic orbit", "a quasi-periodic orbit"};
        for (int s = 0; s < starts.length; s++) {
            double[][] points = wrapped(flow, starts[s], returns);
            panel.points(names[s], points[0], points[1]);
        }
        double time = 200.0;
        double[] growth = new double[2];
        for (int s = 0; s < 2; s++) {
            Tangent tangent = flow.tangent(starts[s], time);
            growth[s] = Math.log(tangent.matrix().getFrobeniusNorm()) / time;
            measurements.add(Measurement.reported(
                            "ABC flow, " + names[s] + ": log growth of a neighbour’s distance per unit time, t = 200",
                            growth[s])
                    .in("1/time"));
        }
        return panel;
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
