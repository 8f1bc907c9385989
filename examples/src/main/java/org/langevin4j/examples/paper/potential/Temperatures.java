package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.THEOREM_22;
import static org.langevin4j.examples.experiment.Statement.THEOREM_22_TEMPERATURE;
import static org.langevin4j.examples.experiment.Tolerance.order;

import java.io.IOException;
import java.util.Arrays;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/** Φ = −β⁻¹ log ρˢˢ at several temperatures: of fixed (Φ, D, Q), and of fixed (f, D). */
final class Temperatures {

    private static final double[] BETAS = {0.5, 1.0, 2.0, 4.0};

    /** Where the reference values are given, beside the origin. */
    private static final double[][] POINTS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}, {0.5, 0.5}, {1.5, 0}};

    /**
     * Φ(x) − Φ(0) at these points for the drift of Example 19 at λ = 1.5, held fixed: Fourier collocation, one row for
     * each of the temperatures, error below 2e-9.
     */
    private static final double[][] FIXED_DRIFT = {
        {-0.275672005171, 0.544566159574, 0.371628092932, 0.119507477052, 0.082610600976, 0.111896465756},
        {-0.25, 0.5, 0.25, 0.25, 0.015625, 0.140625},
        {-0.167296242257, 0.357657130374, 0.153383455286, 0.392366080051, -0.036306447195, 0.236445491482},
        {-0.068501196935, 0.224749905373, 0.136277089511, 0.443374519799, -0.043014704034, 0.350239175251}
    };

    private static final String NO_GRADIENT = "Example 19’s drift held fixed, where ∇·j ≠ 0";

    private static final String MULTIPLICATIVE = "a loss in one dimension and D = 1 + x², held fixed";

    private Temperatures() {}

    /** Cells centred at the multiples of 1/perUnit, so that the reference points are centres. */
    private static Axis axis(double halfWidth, int perUnit) {
        int cells = (int) Math.round(halfWidth * perUnit);
        double end = (cells + 0.5) / perUnit;
        return Axis.uniform(-end, end, 2 * cells + 1);
    }

    static Grid grid(int perUnit) {
        Axis axis = axis(3.5, perUnit);
        return Grid.of(axis, axis);
    }

    static Density steady(Sde sde, Grid grid) {
        return FokkerPlanck.of(sde, grid, Boundary.REFLECTING).steadyState().density();
    }

    private static Density steady(VectorField drift, double beta, int perUnit) {
        return steady(Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(1.0 / beta)), grid(perUnit));
    }

    /** Centres of the cells along the first axis. */
    static double[] centres(Density density) {
        Axis axis = density.grid().axis(0);
        double[] values = new double[axis.cells()];
        Arrays.setAll(values, axis::centre);
        return values;
    }

    static void compare(Sheet sheet, DoubleWell model, int perUnit) throws IOException {
        HopfNormalForm hopf = new HopfNormalForm(1.0, 2.0);
        XyPanel fixedParts = panel("Φ, D, Q fixed: Example 19’s, λ = 1.5", "x₁ at x₂ = 0");
        XyPanel ring = panel("f, D fixed: Hopf normal form, ω = 2", "x₁ at x₂ = 0");
        XyPanel fixedDrift = panel("f, D fixed: Example 19’s drift, λ = 1.5", "x₁ at x₂ = 0");
        double[][] found = new double[BETAS.length][];
        // Twice what the error is at β = 4, where the cells are widest against the law.
        var tolerance = order(2, 1.0 / perUnit, 1.8);
        for (int k = 0; k < BETAS.length; k++) {
            double beta = BETAS[k];
            Sde aType = model.decomposition(Temperature.of(1.0)).orElseThrow().aType(Temperature.of(1.0 / beta));
            Density parts = steady(aType, grid(perUnit));
            sheet.holds(
                            THEOREM_22,
                            "Φ, D and Q(x) held fixed at every β: the equations of eq. (19) have the law e^(−βΦ)")
                    .measure(
                            label(beta) + ", Example 19: largest error of Φ(x) − Φ(0) at six points",
                            largestError(at(parts, beta), model.potential()))
                    .near(0.0, tolerance, closedForm("Φ"));
            fixedParts.line(label(beta), centres(parts), potential(parts, beta));

            Density circle = steady(hopf.drift(), beta, perUnit);
            sheet.holds(
                            THEOREM_22_TEMPERATURE,
                            "(f, D) with ∇·j = 0 and j·∇Φ = 0, such as the Hopf normal form with D = I")
                    .measure(
                            label(beta) + ", Hopf normal form: largest error of Φ(x) − Φ(0) at six points",
                            largestError(at(circle, beta), hopf.potential()))
                    .near(0.0, tolerance, closedForm("Φ = r⁴/4 − r²/2"));
            ring.line(label(beta), centres(circle), potential(circle, beta));

            Density drift = steady(model.drift(), beta, perUnit);
            found[k] = at(drift, beta);
            sheet.fails(THEOREM_22_TEMPERATURE, NO_GRADIENT)
                    .measure(
                            label(beta) + ", Example 19: largest error of Φ(x) − Φ(0) at six points",
                            largestDifference(found[k], FIXED_DRIFT[k]))
                    .near(0.0, tolerance, independent("Fourier collocation by NumPy, 108 × 124 points"));
            fixedDrift.line(label(beta), centres(drift), potential(drift, beta));
        }
        sheet.fails(THEOREM_22_TEMPERATURE, NO_GRADIENT)
                .measure(
                        "Example 19: largest difference of Φ(x) − Φ(0) between β = ½ and β = 4",
                        largestDifference(found[3], found[0]))
                .near(0.323867042747, tolerance, independent("Fourier collocation by NumPy, 108 × 124 points"));
        // One series after all the lines, so that these have the same colours in every panel.
        double[] across = new double[4 * BETAS.length];
        double[] expected = new double[across.length];
        for (int k = 0; k < BETAS.length; k++) {
            for (int i = 0; i < 4; i++) {
                across[4 * k + i] = new double[] {-1.5, -1.0, 1.0, 1.5}[i];
                expected[4 * k + i] = FIXED_DRIFT[k][i == 0 || i == 3 ? 5 : 0];
            }
        }
        fixedDrift.points("reference values", across, expected);
        sheet.figure(
                "potentials",
                "Φ(x) − Φ(0) at several β. Above, one curve: Φ, D, Q held fixed, and the Hopf form with its drift held"
                        + " fixed. Below, one curve for each β: Example 19 with its drift held fixed, and a D(x) in the Itô"
                        + " reading; markers are reference values.",
                Figure.titled("Φ = −β⁻¹ log ρˢˢ at several temperatures: where it is one curve, and where it is not")
                        .row(fixedParts, ring)
                        .row(fixedDrift, multiplicative(sheet, perUnit))
                        .panelSize(560, 400),
                THEOREM_22_TEMPERATURE);
    }

    private static String label(double beta) {
        return "β = " + (beta == 0.5 ? "½" : Integer.toString((int) beta));
    }

    private static XyPanel panel(String title, String across) {
        return XyPanel.titled(title)
                .xAxis(across)
                .yAxis("Φ(x) − Φ(0)")
                .xRange(-2, 2)
                .yRange(-0.5, 2.0);
    }

    private static double at(Density density, double beta, double... x) {
        Grid grid = density.grid();
        double[] origin = new double[grid.dimension()];
        return -Math.log(density.value(grid.cellOf(x)) / density.value(grid.cellOf(origin))) / beta;
    }

    /** Φ(x) − Φ(0) at the points. */
    private static double[] at(Density density, double beta) {
        return Arrays.stream(POINTS).mapToDouble(x -> at(density, beta, x)).toArray();
    }

    private static double largestError(double[] found, ScalarField potential) {
        double atOrigin = potential.at(new double[2]);
        return largestDifference(
                found,
                Arrays.stream(POINTS)
                        .mapToDouble(x -> potential.at(x) - atOrigin)
                        .toArray());
    }

    private static double largestDifference(double[] a, double[] b) {
        double largest = 0.0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    /** Along the first axis, at zero on the second if there is one. */
    private static double[] potential(Density density, double beta) {
        double[] point = new double[density.grid().dimension()];
        return Arrays.stream(centres(density))
                .map(x -> {
                    point[0] = x;
                    return at(density, beta, point);
                })
                .toArray();
    }

    /** dx = −3x dt + √(2β⁻¹(1 + x²)) dW, Itô: Φ(x) − Φ(0) = (3/2 + β⁻¹) log(1 + x²). */
    private static XyPanel multiplicative(Sheet sheet, int perUnit) {
        XyPanel panel = panel("f, D(x) fixed, Itô: b = −3x, D = 1 + x²", "x");
        Grid line = Grid.of(axis(8.0, 2 * perUnit));
        double[] betas = {0.5, 1.0, 2.0, 4.0, 8.0};
        double[] heights = new double[betas.length];
        Oracle exact = closedForm("(3/2 + β⁻¹) log(1 + x²)");
        for (int k = 0; k < betas.length; k++) {
            double beta = betas[k];
            Sde sde = Sde.ito(
                    (x, out) -> out[0] = -3.0 * x[0],
                    Diffusion.automaticDiagonal(
                            1, x -> new Gradient[] {x[0].square().add(1.0)}),
                    Temperature.of(1.0 / beta));
            Density density = steady(sde, line);
            heights[k] = (1.5 + 1.0 / beta) * Math.log(2.0);
            sheet.fails(THEOREM_22_TEMPERATURE, MULTIPLICATIVE)
                    .measure(label(beta) + ", b = −3x, D = 1 + x²: Φ(1) − Φ(0)", at(density, beta, 1.0))
                    .near(heights[k], order(2, 0.5 / perUnit, 0.1), exact);
            panel.line(label(beta), centres(density), potential(density, beta));
        }
        double[] across = new double[heights.length];
        Arrays.fill(across, 1.0);
        return panel.points("closed form at x = 1", across, heights);
    }
}
