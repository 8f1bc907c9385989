package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.decomposition.AssumptionReport;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.Finding;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.decomposition.StreamFunction;
import org.langevin4j.solvers.decomposition.Verdict;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Snapshots;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.orbit.ClosedLoop;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.sde.PlatenWeak2;

/** Example 19 of Chaudhari and Soatto (2018) as it is: its decomposition, its assumptions, and what turns in it. */
public final class Example19 implements Example {

    private static final double LAMBDA = 1.5;
    private static final DoubleWell MODEL = new DoubleWell(LAMBDA);
    private static final Temperature ONE = Temperature.of(1.0);

    /** example19, flux_through_positive_x1_axis_over_lambda. */
    private static final double FLUX = 0.1162498319347079;

    /** √E[(∇·j)²]/λ and √E[|j|²]/λ by NumPy sums on two grids. */
    private static final double DIVERGENCE = 0.45192073890764684;

    private static final double FORCE = 0.825458425888353;

    @Override
    public String name() {
        return "example-19";
    }

    @Override
    public String summary() {
        return "Example 19 as it is: Φ, j, Q from b and D; ∇·j ≠ 0; its Φ is that of β = 1 only; rotation kept up by noise";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        int across = context.effort().choose(84, 168, 336);
        Grid grid = Grid.of(Axis.uniform(-3.5, 3.5, across), Axis.uniform(-5.0, 5.0, across / 7 * 10));
        AssumptionReport report = AssumptionReport.of(MODEL.sde(ONE), Region.of(grid, Boundary.REFLECTING));
        pictures.addAll(decomposition(report, context, measurements));
        pictures.add(assumptions(report, context, measurements));
        pictures.add(streamFunction(report.finest(), context, measurements));
        pictures.add(Example19Temperatures.temperatures(MODEL, LAMBDA * DIVERGENCE, context, measurements));
        pictures.add(skeleton(context));
        pictures.add(rotation(report.finest(), context, measurements));
        return new ExampleResult(
                name(),
                "From b, D and β alone the grid gives Φ, j and Q of Example 19 with second order. ∇·(jρˢˢ) = 0 holds;"
                        + " ∇·j = 0 (Assumption 4) and j·∇Φ = 0 (A5) do not, and Φ is that of β = 1 only. What goes round are the"
                        + " closed loops of ẋ = j (lemma-7), and the noisy system, on average; the drift alone comes to rest"
                        + " (limit-cycles).",
                "Chaudhari and Soatto (2018), Example 19, Assumption 4, Lemma 7, Theorem 22, Fig. 4. The paper says that Example"
                        + " 19 illustrates Assumption 4 and converges to limit cycles for λ = 1.5.",
                context.seed().value(),
                measurements,
                pictures);
    }

    private static double rms(GridDecomposition grid, CellFunction found, ScalarField exact) {
        Density density = grid.density();
        double[] x = new double[2];
        double sum = 0.0;
        for (int cell = 0; cell < density.grid().cells(); cell++) {
            density.grid().centre(cell, x);
            double error = found.value(cell) - exact.at(x);
            sum += density.value(cell) * density.grid().volume(cell) * error * error;
        }
        return Math.sqrt(sum);
    }

    private static ScalarField component(VectorField field, int axis) {
        return x -> {
            double[] out = new double[2];
            field.at(x, out);
            return out[axis];
        };
    }

    /** Φ, j and Q against the closed forms. */
    private static List<Picture> decomposition(
            AssumptionReport report, RunContext context, List<Measurement> measurements) throws IOException {
        ScalarField phi = MODEL.potential();
        VectorField j = MODEL.conservativeForce();
        ScalarField q = x -> {
            double[] entries = new double[4];
            MODEL.antisymmetric().at(x, entries);
            return entries[1];
        };
        XyPanel errors = XyPanel.titled("Errors against the closed forms")
                .xAxis("width of the cells along x₁")
                .yAxis("√E[error²]")
                .logX()
                .logY();
        // Z of example19: e^(−Φ) is normalised on ℝ² to about 1e-6 by this box.
        double offset = Math.log(7.623468444672765);
        series(errors, "Φ", report, grid -> rms(grid, grid.potential(), x -> phi.at(x) + offset), measurements);
        series(errors, "j₁", report, grid -> rms(grid, grid.force(0), component(j, 0)), measurements);
        series(errors, "j₂", report, grid -> rms(grid, grid.force(1), component(j, 1)), measurements);
        series(errors, "Q₁₂", report, grid -> rms(grid, grid.q(0, 1), q), measurements);
        XyPanel residuals = XyPanel.titled("What is left of the paper’s equations")
                .xAxis("width of the cells along x₁")
                .yAxis("√E[residual²]")
                .logX()
                .logY();
        double[] h = widths(report);
        String[] names = {"eq. (8)", "∇·j, eq. (9)", "∇·(jρ)/ρ, eq. (A4)", "j·∇Φ, eq. (A5)", "eq. (19)"};
        Claim[] claims = {
            Claim.EQUATION_8, Claim.ASSUMPTION_4, Claim.STATIONARITY, Claim.ORTHOGONALITY, Claim.EQUATION_19
        };
        for (int k = 0; k < names.length; k++) {
            Finding finding = report.finding(claims[k]);
            residuals.line(
                    names[k], h, finding.norms().stream().mapToDouble(v -> v).toArray());
        }
        Figure.titled("Example 19, λ = 1.5, β = 1, on three grids")
                .row(errors, residuals)
                .panelSize(560, 420)
                .writeTo(context.out().resolve("convergence.png"));

        GridDecomposition finest = report.finest();
        Grid window = Grid.of(Axis.uniform(-2.3, 2.3, 2), Axis.uniform(-2.6, 2.6, 2));
        CellFunction found = finest.potential().fromMinimum();
        Figure.titled("Example 19, λ = 1.5: what the grid finds from b, D and β (above), and the closed forms (below)")
                .row(
                        FieldPanel.titled("Φ = −β⁻¹ log ρˢˢ", window)
                                .heatMap(found, "Φ − min Φ", 3.0)
                                .contours("", found::at, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5),
                        speed("j = Jˢˢ/ρˢˢ", window, finest.region().grid(), force(finest)),
                        rotationPanel("Q₁₂ = βψ/ρˢˢ", window, finest.q(0, 1)))
                .row(
                        FieldPanel.titled("Φ = (x₁² − 1)²/4 + x₂²/2", window)
                                .heatMap(CellFunction.of(finest.region().grid(), phi), "Φ − min Φ", 3.0)
                                .contours("", phi, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5),
                        speed(
                                "j = λe^(Φ − r⁴/4)(−x₂, x₁)",
                                window,
                                finest.region().grid(),
                                j),
                        rotationPanel(
                                "Q₁₂ = λ(√π/2)erfc(r²/2)e^Φ",
                                window,
                                CellFunction.of(finest.region().grid(), q)))
                .panelSize(430, 375)
                .writeTo(context.out().resolve("decomposition.png"));
        return List.of(
                new Picture("decomposition.png", "Φ, j and Q of the grid above the closed forms."),
                new Picture(
                        "convergence.png",
                        "Left: the errors fall as the square of the width of the cells. Right: eqs. (8), (A4) and (19) hold up to"
                                + " the error of the grid; ∇·j and j·∇Φ settle, they are not zero."));
    }

    private static double[] widths(AssumptionReport report) {
        return report.grids().stream()
                .mapToDouble(grid -> grid.region().grid().axis(0).width(0))
                .toArray();
    }

    private static void series(
            XyPanel panel,
            String name,
            AssumptionReport report,
            ToDoubleFunction<GridDecomposition> error,
            List<Measurement> measurements) {
        double[] errors = report.grids().stream().mapToDouble(error).toArray();
        panel.line(name, widths(report), errors);
        measurements.add(Measurement.near(
                "order of " + name + " from the grid, of the error against the closed form",
                Math.log(errors[1] / errors[2]) / Math.log(2.0),
                2.0,
                0.3));
        measurements.add(Measurement.reported("√E[error²] of " + name + " on the finest grid", errors[2]));
    }

    private static VectorField force(GridDecomposition grid) {
        CellFunction first = grid.force(0);
        CellFunction second = grid.force(1);
        return (x, out) -> {
            out[0] = first.at(x);
            out[1] = second.at(x);
        };
    }

    private static FieldPanel speed(String title, Grid window, Grid grid, VectorField force) {
        double[] out = new double[2];
        return FieldPanel.titled(title, window)
                .heatMap(
                        CellFunction.of(grid, x -> {
                            force.at(x, out);
                            return Math.hypot(out[0], out[1]);
                        }),
                        "|j|",
                        3.0)
                .arrows("", force);
    }

    private static FieldPanel rotationPanel(String title, Grid window, CellFunction q) {
        return FieldPanel.titled(title, window)
                .heatMap(q, "Q₁₂", 1.8)
                .contours("", q::at, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5);
    }

    /** Which of the paper's assumptions hold. */
    private static Picture assumptions(AssumptionReport report, RunContext context, List<Measurement> measurements)
            throws IOException {
        for (Claim claim : new Claim[] {Claim.EQUATION_8, Claim.STATIONARITY, Claim.EQUATION_19}) {
            Finding finding = report.finding(claim);
            measurements.add(Measurement.near(
                    claim.source() + ", " + claim.statement() + ": order at which its residual vanishes",
                    finding.order(),
                    2.0,
                    0.3));
        }
        measurements.add(Measurement.atMost(
                "largest divergence of the flows through the faces of the cells",
                report.finest().current().divergence().maxNorm(),
                1e-9));
        double h = widths(report)[2];
        settles(report, Claim.ASSUMPTION_4, "√E[(∇·j)²]", LAMBDA * DIVERGENCE, h * h, measurements);
        settles(report, Claim.ORTHOGONALITY, "√E[(j·∇Φ)²]", LAMBDA * DIVERGENCE, h * h, measurements);
        settles(report, Claim.DETAILED_BALANCE, "√E[|j|²]", LAMBDA * FORCE, h * h, measurements);
        // divj_over_lambda_at of example19.
        measurements.add(Measurement.near(
                "∇·j at (1, 1), reference",
                report.finest().residual(Claim.ASSUMPTION_4).field().at(1, 1),
                LAMBDA * 0.6065306597126334,
                4.0 * h * h));
        measurements.add(Measurement.near(
                "∇·j at (½, −½), reference",
                report.finest().residual(Claim.ASSUMPTION_4).field().at(0.5, -0.5),
                -LAMBDA * 0.5360362051963221,
                4.0 * h * h));
        GridDecomposition finest = report.finest();
        Grid window = Grid.of(Axis.uniform(-2.6, 2.6, 2), Axis.uniform(-2.9, 2.9, 2));
        CellFunction divergence = shown(finest, Claim.ASSUMPTION_4);
        double high = divergence.maxNorm();
        Figure.titled(
                        "Example 19, λ = 1.5, where ρˢˢ is at least a thousandth of its maximum: Assumption 4 fails, eq. (A4)"
                                + " holds")
                .row(
                        FieldPanel.titled("∇·j", window).signedHeatMap(divergence, "∇·j", high),
                        FieldPanel.titled("βj·∇Φ, which balances it", window)
                                .signedHeatMap(shown(finest, Claim.ORTHOGONALITY), "j·∇Φ", high),
                        FieldPanel.titled("∇·(jρˢˢ)/ρˢˢ = ∇·j − βj·∇Φ", window)
                                .signedHeatMap(shown(finest, Claim.STATIONARITY), "∇·(jρˢˢ)/ρˢˢ", high))
                .panelSize(430, 375)
                .writeTo(context.out().resolve("assumption-4.png"));
        return new Picture(
                "assumption-4.png",
                "On one scale: the divergence of j, which Assumption 4 takes to be zero; j·∇Φ, which eq. (A5) does; and their"
                        + " difference, which is zero up to the error of the grid.");
    }

    /** A residual where ρˢˢ is at least a thousandth of its maximum. */
    private static CellFunction shown(GridDecomposition found, Claim claim) {
        return found.residual(claim).field().where(found.density(), 1e-3);
    }

    private static void settles(
            AssumptionReport report,
            Claim claim,
            String what,
            double expected,
            double tolerance,
            List<Measurement> measurements) {
        Finding finding = report.finding(claim);
        measurements.add(Measurement.near(
                claim.source() + ", " + claim.statement() + ": " + what + ", extrapolated from three grids",
                finding.verdict() == Verdict.FAILS ? finding.limit() : 0.0,
                expected,
                tolerance));
    }

    /** The level sets of the grid's ψ are the closed loops of ẋ = j, here integrated; {@link Lemma7} has their periods. */
    private static Picture streamFunction(GridDecomposition grid, RunContext context, List<Measurement> measurements)
            throws IOException {
        StreamFunction psi = grid.streamFunction().orElseThrow();
        Flow flow = Flow.of(MODEL.conservativeForce(), 2);
        double[] radii = {0.5, 1.0, 1.5, 2.0};
        double top = psi.at(new double[2]);
        double worst = 0.0;
        for (double radius : radii) {
            // Beside the axis, where ψ has a face of the cells.
            double level = psi.at(new double[] {radius, 1e-9});
            double[][] x = ClosedLoop.through(flow, new double[] {radius, 0.0}, 300.0)
                    .orbit()
                    .coordinates(41);
            for (int k = 0; k < x[0].length; k++) {
                worst = Math.max(worst, Math.abs(psi.at(new double[] {x[0][k], x[1][k]}) - level) / top);
            }
        }
        double h = grid.region().grid().axis(0).width(0);
        measurements.add(Measurement.atMost(
                "loops of ẋ = j at r = ½, 1, 3/2, 2: largest change of the grid’s ψ along them, relative to ψ(0)",
                worst,
                h * h));
        Figure.titled("Example 19, λ = 1.5: the stream function of the steady current")
                .row(FieldPanel.titled(
                                "ψ of the grid in colour with its level curves; arrows j", Grid.square(-2.5, 2.5, 2))
                        .heatMap(x -> psi.at(x), "ψ, flow around a point in a unit of time")
                        .contours("ψ = const", psi, levels(psi, radii))
                        .arrows("j", MODEL.conservativeForce()))
                .panelSize(600, 500)
                .writeTo(context.out().resolve("stream-function.png"));
        return new Picture(
                "stream-function.png",
                "The stream function of the stationary current, found from b and D alone. Its level curves are the closed loops"
                        + " of j; lemma-7 follows them and has their periods.");
    }

    private static double[] levels(StreamFunction psi, double[] radii) {
        return Arrays.stream(radii)
                .flatMap(r -> DoubleStream.of(r, r - 0.25))
                .map(r -> psi.at(new double[] {r, 1e-9}))
                .toArray();
    }

    private static Picture skeleton(RunContext context) throws IOException {
        double[] lambdas = {0.5, DoubleWell.MERGING_LAMBDA, LAMBDA};
        String[] titles = {"λ = 0.5: two wells and a saddle", "λ = e^(−1/4): they merge", "λ = 1.5: a weak focus"};
        FieldPanel[] panels = new FieldPanel[3];
        for (int k = 0; k < 3; k++) {
            DoubleWell model = new DoubleWell(lambdas[k]);
            panels[k] = FieldPanel.titled(titles[k], Grid.square(-2.0, 2.0, 2))
                    .contours("Φ", model.potential())
                    .streamlines("drift −∇f, width ∝ ‖∇f‖", model.drift())
                    .dots("most likely points", new double[][] {{1, 0}, {-1, 0}})
                    .rings("∇f = 0", model.restingPoints().toArray(new double[0][]));
        }
        Figure.titled("The drift of Example 19 without noise")
                .row(panels)
                .writeTo(context.out().resolve("skeleton.png"));
        return new Picture(
                "skeleton.png",
                "The drift at three λ: the points where it vanishes move away from the most likely points, merge with the origin"
                        + " at λ = e^(−1/4), and beyond all trajectories spiral into the origin.");
    }

    /**
     * The rate at which probability goes round the origin: ψ(0), the flow through the positive x₁ axis; and from paths, by
     * E[b·∇θ]/2π, since Δθ = 0.
     */
    private static Picture rotation(GridDecomposition grid, RunContext context, List<Measurement> measurements)
            throws IOException {
        double h = grid.region().grid().axis(0).width(0);
        measurements.add(Measurement.near(
                "turns around the origin in a unit of time, over λ: ψ(0) of the grid, reference",
                grid.rotationRate(0.0, 0.0) / LAMBDA,
                FLUX,
                0.1 * h * h));
        FokkerPlanck equation = FokkerPlanck.of(MODEL.sde(ONE), grid.region());
        measurements.add(Measurement.near(
                        "entropy production, over λ²: reference",
                        equation.entropyProduction(grid.density(), grid.density())
                                        .total()
                                / (LAMBDA * LAMBDA),
                        0.6813816115461889,
                        2.0 * h * h)
                .in("nats/time"));
        VectorField turning = (x, out) -> {
            double[] b = new double[2];
            MODEL.drift().at(x, b);
            out[0] = (x[0] * b[1] - x[1] * b[0]) / ((x[0] * x[0] + x[1] * x[1]) * 2.0 * Math.PI);
        };
        double stepSize = 0.02;
        double settled = 10.0;
        double end = 40.0;
        TimeAverage average = TimeAverage.of(turning, 1);
        Snapshots some = Snapshots.ofFirst(5);
        Ensemble ensemble = Ensemble.of(MODEL.sde(ONE))
                .scheme(PlatenWeak2.withStep(stepSize))
                .paths(context.effort().choose(2_500, 20_000, 200_000))
                .until(end)
                .startingAt(0.5, 0.0)
                .seed(context.seed().derive(0))
                .observe(When.every(5, settled), average)
                .observe(When.every(1, settled), some);
        EnsembleResult result = Runs.withProgress(ensemble, "example-19, rotation", context);
        RunningMoments moments = result.get(average);
        measurements.add(Measurement.near(
                "turns around the origin in a unit of time, over λ: E[b·∇θ]/2π of an ensemble, 4 standard errors",
                moments.mean(0) / LAMBDA,
                FLUX,
                4.0 * moments.standardError(0) / LAMBDA));
        XyPanel panel = XyPanel.titled("").xAxis("t − " + (int) settled).yAxis("turns around the origin");
        double[] ends = {0.0, end - settled};
        panel.line("mean: ψ(0)·t of the grid", ends, new double[] {0.0, grid.rotationRate(0.0, 0.0) * ends[1]});
        for (Snapshots.Trajectory trajectory : result.get(some)) {
            int n = trajectory.length();
            // A tenth of the samples is enough to draw, all are needed to count the turns.
            double[] t = new double[(n + 9) / 10];
            double[] turns = new double[t.length];
            double angle = 0.0;
            for (int k = 0; k < n; k++) {
                if (k > 0) {
                    double cross = trajectory.state(k - 1, 0) * trajectory.state(k, 1)
                            - trajectory.state(k - 1, 1) * trajectory.state(k, 0);
                    double dot = trajectory.state(k - 1, 0) * trajectory.state(k, 0)
                            + trajectory.state(k - 1, 1) * trajectory.state(k, 1);
                    angle += Math.atan2(cross, dot);
                }
                if (k % 10 == 0) {
                    t[k / 10] = trajectory.time(k) - settled;
                    turns[k / 10] = angle / (2.0 * Math.PI);
                }
            }
            panel.line("", t, turns);
        }
        Figure.titled("Example 19, λ = 1.5, with noise: five paths, and the rate of rotation of the steady current")
                .row(panel)
                .panelSize(760, 440)
                .writeTo(context.out().resolve("rotation.png"));
        return new Picture(
                "rotation.png",
                "Angle swept by five paths, in turns. The drift alone comes to rest; with noise the rotation goes on at the rate"
                        + " of the stationary current.");
    }
}
