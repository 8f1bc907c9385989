package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.EQUATION_A4;
import static org.langevin4j.examples.experiment.Statement.EXAMPLE_19;
import static org.langevin4j.examples.experiment.Statement.FIGURE_4;
import static org.langevin4j.examples.experiment.Statement.THEOREM_22;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.decomposition.AssumptionReport;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.orbit.Flow;

/** Example 19 of Chaudhari and Soatto (2018) as it is: its decomposition, its assumptions, and what turns in it. */
public final class Example19 implements Experiment {

    private static final double LAMBDA = Example19Assumptions.LAMBDA;
    private static final DoubleWell MODEL = Example19Assumptions.MODEL;
    private static final Temperature ONE = Temperature.of(1.0);

    @Override
    public String name() {
        return "example-19";
    }

    @Override
    public String summary() {
        return "Example 19 as it is: Φ, j, Q from b and D; ∇·j ≠ 0; its Φ is that of β = 1 only; rotation kept up by noise";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        int across = sheet.choose(84, 168, 336);
        Grid grid = Grid.of(Axis.uniform(-3.5, 3.5, across), Axis.uniform(-5.0, 5.0, across / 7 * 10));
        AssumptionReport report = AssumptionReport.of(MODEL.sde(ONE), Region.of(grid, Boundary.REFLECTING));
        decomposition(report, sheet);
        Example19Assumptions.assumptions(report, sheet);
        Example19Assumptions.orthogonality(sheet);
        noCycle(sheet);
        Example19Temperatures.temperatures(sheet);
        Example19Rotation.rotation(report.grids(), sheet);
    }

    private static ScalarField component(VectorField field, int axis) {
        return x -> {
            double[] out = new double[2];
            field.at(x, out);
            return out[axis];
        };
    }

    /** Φ, j and Q against the closed forms. */
    private static void decomposition(AssumptionReport report, Sheet sheet) throws IOException {
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
        // Z of the reference values: e^(−Φ) is normalised on ℝ² to about 1e-6 by this box.
        double offset = Math.log(7.623468444672765);
        Evidence potential = sheet.holds(EXAMPLE_19, Figure4.STATIONARY);
        error(potential, errors, "Φ", report, grid -> GridNorms.rms(grid, grid.potential(), x -> phi.at(x) + offset));
        Evidence force = sheet.holds(EQUATION_A4, Example19Assumptions.ALL);
        error(force, errors, "j₁", report, grid -> GridNorms.rms(grid, grid.force(0), component(j, 0)));
        error(force, errors, "j₂", report, grid -> GridNorms.rms(grid, grid.force(1), component(j, 1)));
        Evidence rotation = sheet.holds(THEOREM_22, "constant D: Q from (f, D) fulfils eq. (19)");
        error(rotation, errors, "Q₁₂", report, grid -> GridNorms.rms(grid, grid.q(0, 1), q));
        GridNorms.vanishes(rotation, "what is left of eq. (19)", GridNorms.norms(report, Claim.EQUATION_19));
        XyPanel residuals = XyPanel.titled("What is left of the paper’s equations")
                .xAxis("width of the cells along x₁")
                .yAxis("√E[residual²]")
                .logX()
                .logY();
        String[] names = {"eq. (8)", "∇·j, eq. (9)", "∇·(jρ)/ρ, eq. (A4)", "j·∇Φ, eq. (A5)", "eq. (19)"};
        Claim[] claims = {
            Claim.EQUATION_8, Claim.ASSUMPTION_4, Claim.STATIONARITY, Claim.ORTHOGONALITY, Claim.EQUATION_19
        };
        for (int k = 0; k < names.length; k++) {
            // ∇·j and j·∇Φ lie on each other.
            if (claims[k] == Claim.ASSUMPTION_4) {
                residuals.line(names[k], widths(report), GridNorms.norms(report, claims[k]));
            } else {
                residuals.points(names[k], widths(report), GridNorms.norms(report, claims[k]));
            }
        }
        double[] h = widths(report);
        double[] squares = Arrays.stream(h).map(width -> width * width).toArray();
        errors.line("h²/4", h, Arrays.stream(squares).map(v -> v / 4.0).toArray());
        residuals.line("h²", h, squares);
        sheet.figure(
                "convergence",
                "Left: the errors fall as the square of the width of the cells. Right: eqs. (8), (A4) and (19) hold up to the error"
                        + " of the grid; ∇·j and j·∇Φ settle, they are not zero.",
                Figure.titled("Example 19, λ = 1.5, β = 1, on three grids")
                        .row(errors, residuals)
                        .panelSize(560, 420),
                EXAMPLE_19);
        GridDecomposition finest = report.finest();
        Grid window = Grid.of(Axis.uniform(-2.3, 2.3, 2), Axis.uniform(-2.6, 2.6, 2));
        Grid cells = finest.region().grid();
        CellFunction found = finest.potential().fromMinimum();
        VectorField foundForce = (x, out) -> {
            out[0] = finest.force(0).at(x);
            out[1] = finest.force(1).at(x);
        };
        sheet.figure(
                "decomposition",
                "Φ, j and Q of the grid beside the closed forms.",
                Figure.titled(
                                "Example 19, λ = 1.5: what the grid finds from b, D and β (left), and the closed forms (right)")
                        .row(
                                potentialPanel("Φ = −β⁻¹ log ρˢˢ", window, found),
                                potentialPanel("Φ = (x₁² − 1)²/4 + x₂²/2", window, CellFunction.of(cells, phi)))
                        .row(
                                speed("j = Jˢˢ/ρˢˢ", window, cells, foundForce),
                                speed("j = λe^(Φ − r⁴/4)(−x₂, x₁)", window, cells, j))
                        .row(
                                rotationPanel("Q₁₂ = βψ/ρˢˢ", window, finest.q(0, 1)),
                                rotationPanel("Q₁₂ = λ(√π/2)erfc(r²/2)e^Φ", window, CellFunction.of(cells, q)))
                        .panelSize(430, 375),
                EXAMPLE_19);
    }

    private static double[] widths(AssumptionReport report) {
        return report.grids().stream()
                .mapToDouble(grid -> grid.region().grid().axis(0).width(0))
                .toArray();
    }

    private static void error(
            Evidence evidence,
            XyPanel panel,
            String name,
            AssumptionReport report,
            ToDoubleFunction<GridDecomposition> error) {
        double[] errors = report.grids().stream().mapToDouble(error).toArray();
        panel.points(name, widths(report), errors);
        GridNorms.vanishes(evidence, "error of " + name + " from the grid", errors);
    }

    private static FieldPanel potentialPanel(String title, Grid window, CellFunction phi) {
        return FieldPanel.titled(title, window)
                .heatMap(phi, "Φ − min Φ", 3.0)
                .contours("", phi::at, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5);
    }

    private static FieldPanel speed(String title, Grid window, Grid grid, VectorField force) {
        double[] out = new double[2];
        CellFunction speed = CellFunction.of(grid, x -> {
            force.at(x, out);
            return Math.hypot(out[0], out[1]);
        });
        return FieldPanel.titled(title, window).heatMap(speed, "|j|", 3.0).arrows("", force);
    }

    private static FieldPanel rotationPanel(String title, Grid window, CellFunction q) {
        return FieldPanel.titled(title, window)
                .heatMap(q, "Q₁₂", 1.8)
                .contours("", q::at, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5);
    }

    /**
     * With B = exp(−Φ + r²/2 + r⁴/4), ∇·(Bb) = −B(x₁² + 2x₁⁴ + x₁⁴x₂² + x₂⁴) ≤ 0 for every λ, as Bj = λe^(r²/2)(−x₂, x₁) has no
     * divergence: no closed orbit of b encloses an area (Bendixson 1901, Dulac 1933).
     */
    private static void noCycle(Sheet sheet) {
        double worst = 0.0;
        double largest = Double.NEGATIVE_INFINITY;
        double[] x = new double[2];
        double[] slope = new double[2];
        Grid grid = Grid.square(-2.5, 2.5, 26);
        for (double lambda : List.of(0.5, 0.8, 1.5, 3.0, 10.0)) {
            DoubleWell model = new DoubleWell(lambda);
            Flow flow = Flow.of(model.drift(), 2);
            for (int cell = 0; cell < grid.cells(); cell++) {
                grid.centre(cell, x);
                double[] b = flow.velocity(x);
                model.potential().gradient(x, slope);
                double r2 = x[0] * x[0] + x[1] * x[1];
                double sum = flow.jacobian(x).getTrace();
                for (int i = 0; i < 2; i++) {
                    sum += b[i] * ((1.0 + r2) * x[i] - slope[i]);
                }
                double a = x[0] * x[0];
                double c = x[1] * x[1];
                worst = Math.max(worst, Math.abs(sum + a + 2.0 * a * a + a * a * c + c * c));
                largest = Math.max(largest, sum);
            }
        }
        Evidence evidence = sheet.fails(FIGURE_4, Figure4.NO_CYCLE);
        evidence.measure(
                        "∇·(Bb)/B for B = exp(−Φ + r²/2 + r⁴/4), λ = 0.5 … 10, 676 points: largest distance from −(x₁² + 2x₁⁴ +"
                                + " x₁⁴x₂² + x₂⁴)",
                        worst)
                .atMost(1e-9, none(), closedForm("an identity; differences of the drift"));
        evidence.measure("the same points: largest ∇·(Bb)/B", largest)
                .atMost(0.0, Tolerance.of(1e-9, "differences of the drift"), closedForm("negative but at the origin"));
        double curl = -Flow.of(MODEL.drift(), 2).jacobian(new double[2]).getEntry(1, 0)
                + Flow.of(MODEL.drift(), 2).jacobian(new double[2]).getEntry(0, 1);
        sheet.fails(FIGURE_4, "SGD on any loss: “∇f” has curl −2λe^(1/4) at the origin and is no gradient")
                .measure("λ = 1.5: ∂₁(∇f)₂ − ∂₂(∇f)₁ at the origin", curl)
                .near(
                        -2.0 * LAMBDA * Math.exp(0.25),
                        Tolerance.of(1e-9, "differences of the drift"),
                        closedForm("−2λe^(1/4)"));
    }
}
