package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/**
 * Remarks 11 and 26 of Chaudhari and Soatto (2018): the steady state depends on learning rate and batch size through η/b
 * only; and when, and when not, Φ = −β⁻¹ log ρˢˢ is the same at every temperature.
 */
public final class Remark11 implements Example {

    private static final DoubleWell MODEL = new DoubleWell(1.5);

    /** D of the first part: η/(2b)·D is β⁻¹I with β = 2 for η/b = 0.1. */
    private static final double NOISE = 10.0;

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

    private static final HopfNormalForm HOPF = new HopfNormalForm(1.0, 2.0);

    @Override
    public String name() {
        return "remark-11";
    }

    @Override
    public String summary() {
        return "Steady states depend on η/b only; −β⁻¹ log ρˢˢ is the same at every β for (Φ, D, Q), not for a fixed loss";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        int perUnit = context.effort().choose(20, 40, 80);
        Picture ratios = ratios(perUnit, context, measurements);
        discreteSgd(measurements);
        Picture potentials = potentials(perUnit, context, measurements);
        return new ExampleResult(
                name(),
                "The steady state of the stochastic differential equation depends on learning rate and batch size through"
                        + " η/b only. Φ = −β⁻¹ log ρˢˢ does not depend on β where Φ, D and Q are held fixed, nor for the Hopf"
                        + " normal form; for a fixed loss f with a drift that is not a gradient, or with D(x) in the Itô"
                        + " reading, it does.",
                "Chaudhari and Soatto (2018), Remarks 11 and 26. The paper says without restriction that Φ does not depend"
                        + " on β; for fixed f and D this needs ∇·j = 0 and j·∇Φ = 0.",
                context.seed().value(),
                measurements,
                List.of(ratios, potentials));
    }

    /** Cells centred at the multiples of 1/perUnit, so that the reference points are centres. */
    private static Axis axis(double halfWidth, int perUnit) {
        int cells = (int) Math.round(halfWidth * perUnit);
        double end = (cells + 0.5) / perUnit;
        return Axis.uniform(-end, end, 2 * cells + 1);
    }

    private static Grid grid(int perUnit) {
        Axis axis = axis(3.5, perUnit);
        return Grid.of(axis, axis);
    }

    private static Density steady(VectorField drift, Temperature temperature, double noise, int perUnit) {
        return steady(Sde.ito(drift, Diffusion.isotropic(2, noise), temperature), grid(perUnit));
    }

    private static Density steady(Sde sde, Grid grid) {
        return FokkerPlanck.of(sde, grid, Boundary.REFLECTING).steadyState().density();
    }

    private static Picture ratios(int perUnit, RunContext context, List<Measurement> measurements) throws IOException {
        double[] rates = {0.1, 0.2, 0.4, 0.3, 0.7};
        int[] batches = {1, 2, 4, 3, 7};
        Density first = steady(MODEL.drift(), Temperature.ofSgd(rates[0], batches[0]), NOISE, perUnit);
        XyPanel panel = XyPanel.titled("")
                .xAxis("x₁ at x₂ = 0.5")
                .yAxis("ρˢˢ(x)")
                .line("η = 0.1, b = 1", xs(first), cut(first));
        for (int k = 1; k < rates.length; k++) {
            Density other = steady(MODEL.drift(), Temperature.ofSgd(rates[k], batches[k]), NOISE, perUnit);
            String pair = "η = " + rates[k] + ", b = " + batches[k];
            measurements.add(Measurement.atMost(
                    "L¹ distance of the steady states at η = 0.1, b = 1 and at " + pair,
                    first.l1Distance(other),
                    1e-12));
            if (k == 2 || k == 4) {
                panel.line(pair, xs(other), cut(other));
            }
        }
        double grid = 20.0 / perUnit;
        // Reference values thm22_2d_counterexample_example19_fixed_f, β = 2: where η/(2b)·D = ½I.
        measurements.add(Measurement.near(
                "E[x₁²] at η/b = 0.1, reference by Fourier collocation",
                first.expectation(x -> x[0] * x[0]),
                0.829670297434226,
                1e-3 * grid * grid));
        measurements.add(Measurement.near(
                "E[x₁x₂] at η/b = 0.1, reference by Fourier collocation",
                first.expectation(x -> x[0] * x[1]),
                0.08053075371337268,
                1e-3 * grid * grid));
        Density hotter = steady(MODEL.drift(), Temperature.ofSgd(0.2, 1), NOISE, perUnit);
        measurements.add(Measurement.atLeast(
                "L¹ distance of the steady states at η = 0.1, b = 1 and at η = 0.2, b = 1",
                first.l1Distance(hotter),
                0.1));
        measurements.add(Measurement.near(
                "E[x₁²] at η/b = 0.2, closed form",
                hotter.expectation(x -> x[0] * x[0]),
                1.041797296487156,
                1e-3 * grid * grid));
        panel.line("η = 0.2, b = 1", xs(hotter), cut(hotter));
        Figure.titled("Steady states of Example 19’s drift, λ = 1.5, with D = 10 I and β⁻¹ = η/(2b)")
                .row(panel)
                .panelSize(760, 440)
                .writeTo(context.out().resolve("eta-over-b.png"));
        return new Picture(
                "eta-over-b.png",
                "The steady state along a line for three pairs (η, b) of one ratio, which lie on one another, and for one of"
                        + " twice that ratio, which does not.");
    }

    /** The row of cells with x₂ = 0.5. */
    private static double[] cut(Density density) {
        Axis axis = density.grid().axis(0);
        double[] values = new double[axis.cells()];
        for (int i = 0; i < values.length; i++) {
            values[i] = density.value(density.grid().cellOf(axis.centre(i), 0.5));
        }
        return values;
    }

    private static double[] xs(Density density) {
        Axis axis = density.grid().axis(0);
        double[] values = new double[axis.cells()];
        for (int i = 0; i < values.length; i++) {
            values[i] = axis.centre(i);
        }
        return values;
    }

    /**
     * Gradient descent itself, x′ = x − η(Hx + ξ) with cov ξ = D/b, has the stationary covariance
     * Σ = (I − ηH)Σ(I − ηH)ᵀ + η²D/b, which depends on η/b alone only as η → 0.
     */
    private static void discreteSgd(List<Measurement> measurements) {
        RealMatrix h = MatrixUtils.createRealMatrix(new double[][] {{2.0, 0.5}, {0.5, 1.0}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, -0.2}, {-0.2, 0.5}});
        // Of the differential equation: HΣ + ΣHᵀ = (η/b)D.
        RealMatrix limit = MatrixUtils.createRealMatrix(new double[][] {
            {0.007321428571428572, -0.004285714285714286}, {-0.004285714285714286, 0.008392857142857143}
        });
        double[] gaps = new double[2];
        double[] rates = {0.1, 0.025};
        int[] batches = {4, 1};
        for (int k = 0; k < rates.length; k++) {
            RealMatrix step = MatrixUtils.createRealIdentityMatrix(2).subtract(h.scalarMultiply(rates[k]));
            RealMatrix equation = MatrixUtils.createRealIdentityMatrix(4);
            double[] right = new double[4];
            for (int i = 0; i < 4; i++) {
                right[i] = rates[k] * rates[k] / batches[k] * d.getEntry(i / 2, i % 2);
                for (int j = 0; j < 4; j++) {
                    equation.addToEntry(i, j, -step.getEntry(i / 2, j / 2) * step.getEntry(i % 2, j % 2));
                }
            }
            double[] solution = LuFactors.of(equation).solve(right);
            RealMatrix covariance = MatrixUtils.createRealMatrix(
                    new double[][] {{solution[0], solution[1]}, {solution[2], solution[3]}});
            gaps[k] = covariance.subtract(limit).getFrobeniusNorm() / limit.getFrobeniusNorm();
        }
        measurements.add(Measurement.near(
                "discrete SGD on a quadratic, η = 0.1, b = 4: distance of its covariance from that of the equation",
                gaps[0],
                0.059786222269593826,
                1e-9));
        measurements.add(Measurement.near(
                "discrete SGD: factor by which that shrinks at η = 0.025, b = 1, the same η/b",
                gaps[0] / gaps[1],
                4.0,
                0.5));
    }

    private static Picture potentials(int perUnit, RunContext context, List<Measurement> measurements)
            throws IOException {
        double grid = 20.0 / perUnit;
        double tolerance = 4e-3 * grid * grid;
        XyPanel fixedParts = panel("Φ, D, Q fixed: Example 19’s, λ = 1.5", "x₁ at x₂ = 0");
        XyPanel hopf = panel("f, D fixed: Hopf normal form, ω = 2", "x₁ at x₂ = 0");
        XyPanel fixedDrift = panel("f, D fixed: Example 19’s drift, λ = 1.5", "x₁ at x₂ = 0");
        double[][] found = new double[BETAS.length][];
        for (int k = 0; k < BETAS.length; k++) {
            double beta = BETAS[k];
            Temperature temperature = Temperature.of(1.0 / beta);
            String at = String.format(Locale.ROOT, "β = %s", beta == 0.5 ? "½" : Integer.toString((int) beta));

            Density parts = steady(
                    MODEL.decomposition(Temperature.of(1.0)).orElseThrow().aType(temperature), grid(perUnit));
            measurements.add(Measurement.atMost(
                    at + ", Example 19 as (Φ, D, Q): largest error of Φ(x) − Φ(0) at six points, closed form",
                    largestError(at(parts, beta), MODEL.potential()),
                    tolerance));
            fixedParts.line(at, xs(parts), potential(parts, beta));

            Density ring = steady(HOPF.drift(), temperature, 1.0, perUnit);
            measurements.add(Measurement.atMost(
                    at + ", Hopf form, f fixed: largest error of Φ(x) − Φ(0) at six points, closed form",
                    largestError(at(ring, beta), HOPF.potential()),
                    tolerance));
            hopf.line(at, xs(ring), potential(ring, beta));

            Density drift = steady(MODEL.drift(), temperature, 1.0, perUnit);
            found[k] = at(drift, beta);
            double error = 0.0;
            for (int i = 0; i < POINTS.length; i++) {
                error = Math.max(error, Math.abs(found[k][i] - FIXED_DRIFT[k][i]));
            }
            measurements.add(Measurement.atMost(
                    at + ", Example 19, f fixed: largest error of Φ(x) − Φ(0) at six points, reference",
                    error,
                    tolerance));
            fixedDrift.line(at, xs(drift), potential(drift, beta));
        }
        double spread = 0.0;
        for (int i = 0; i < POINTS.length; i++) {
            spread = Math.max(spread, Math.abs(found[3][i] - found[0][i]));
        }
        measurements.add(Measurement.near(
                "Example 19, f fixed: largest difference of Φ(x) − Φ(0) between β = ½ and β = 4",
                spread,
                0.323867042747,
                tolerance));
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
        XyPanel oneDimension = multiplicative(perUnit, measurements);
        Figure.titled("Φ = −β⁻¹ log ρˢˢ at several temperatures: where it is one curve, and where it is not")
                .row(fixedParts, hopf)
                .row(fixedDrift, oneDimension)
                .panelSize(560, 400)
                .writeTo(context.out().resolve("potentials.png"));
        return new Picture(
                "potentials.png",
                "Φ(x) − Φ(0) at several β. Above, one curve: Φ, D, Q held fixed, and the Hopf form with its loss held"
                        + " fixed. Below, one curve for each β: Example 19 with its loss held fixed, and a D(x) in the Itô"
                        + " reading; markers are reference values.");
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
        double[] values = new double[POINTS.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = at(density, beta, POINTS[i]);
        }
        return values;
    }

    private static double largestError(double[] found, ScalarField potential) {
        double largest = 0.0;
        double atOrigin = potential.at(new double[2]);
        for (int i = 0; i < POINTS.length; i++) {
            largest = Math.max(largest, Math.abs(found[i] - (potential.at(POINTS[i]) - atOrigin)));
        }
        return largest;
    }

    /** Along the first axis, at zero on the second if there is one. */
    private static double[] potential(Density density, double beta) {
        double[] x = xs(density);
        double[] point = new double[density.grid().dimension()];
        double[] values = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            point[0] = x[i];
            values[i] = at(density, beta, point);
        }
        return values;
    }

    /** dx = −3x dt + √(2β⁻¹(1 + x²)) dW, Itô: Φ(x) − Φ(0) = (3/2 + β⁻¹) log(1 + x²). */
    private static XyPanel multiplicative(int perUnit, List<Measurement> measurements) {
        XyPanel panel = panel("f, D(x) fixed, Itô: b = −3x, D = 1 + x²", "x");
        Grid line = Grid.of(axis(8.0, 2 * perUnit));
        List<Double> markers = new ArrayList<>();
        double grid = 20.0 / perUnit;
        for (double beta : new double[] {0.5, 1.0, 2.0, 4.0, 8.0}) {
            Sde sde = Sde.ito(
                    (x, out) -> out[0] = -3.0 * x[0],
                    Diffusion.automaticDiagonal(
                            1, x -> new Gradient[] {x[0].square().add(1.0)}),
                    Temperature.of(1.0 / beta));
            Density density = steady(sde, line);
            String at = String.format(Locale.ROOT, "β = %s", beta == 0.5 ? "½" : Integer.toString((int) beta));
            double exact = (1.5 + 1.0 / beta) * Math.log(2.0);
            measurements.add(Measurement.near(
                    at + ", b = −3x, D = 1 + x², Itô: Φ(1) − Φ(0), closed form",
                    at(density, beta, 1.0),
                    exact,
                    1e-3 * grid * grid));
            panel.line(at, xs(density), potential(density, beta));
            markers.add(exact);
        }
        double[] heights = markers.stream().mapToDouble(Double::doubleValue).toArray();
        double[] across = new double[heights.length];
        Arrays.fill(across, 1.0);
        return panel.points("closed form at x = 1", across, heights);
    }
}
