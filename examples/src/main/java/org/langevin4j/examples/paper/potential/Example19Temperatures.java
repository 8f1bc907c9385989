package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.THEOREM_22_TEMPERATURE;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.order;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.TemperatureConditions;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.GridDecomposition;

/** What becomes of Φ when the temperature changes and the drift does not: of Example 19, and of a line with D = 1 + x². */
final class Example19Temperatures {

    private static final Temperature ONE = Temperature.of(1.0);

    private Example19Temperatures() {}

    static void temperatures(Sheet sheet) throws IOException {
        XyPanel parts = XyPanel.titled("Example 19’s f and D, λ = 1.5: two parts do not vanish, but cancel")
                .xAxis("log₂ β")
                .yAxis("√E[part²]");
        XyPanel depth = XyPanel.titled("so that Φ(1, 0) − Φ(0, 0) depends on β")
                .xAxis("log₂ β")
                .yAxis("Φ(1, 0) − Φ(0, 0)");
        fixedDrift(sheet, parts, depth);
        linear(sheet);
        XyPanel line = oneDimension(sheet);
        sheet.figure(
                "temperature",
                "Left and middle: Example 19 with its drift held fixed; the parts of the stationary equation of orders β and 1"
                        + " cancel at each β, with another Φ. Right: −kx with"
                        + " D = 1 + x² in three readings; only α = 1 has one Φ.",
                Figure.titled(
                                "A fixed loss and D have one Φ for all β only if three parts of the stationary equation vanish")
                        .row(parts, depth, line)
                        .panelSize(460, 420),
                THEOREM_22_TEMPERATURE);
    }

    /** The parts of the stationary equation of a fixed drift, and what follows for Φ. */
    private static void fixedDrift(Sheet sheet, XyPanel parts, XyPanel depth) {
        Evidence fails = sheet.fails(THEOREM_22_TEMPERATURE, "Example 19, its drift and D = I held fixed");
        TemperatureConditions conditions = TemperatureConditions.of(
                Example19Assumptions.MODEL.decomposition(ONE).orElseThrow(), ONE);
        Density law = Density.gibbs(Grid.square(-6, 6, 600), Example19Assumptions.MODEL.potential(), ONE);
        fails.measure(
                        "√E[(∇Φ·D∇Φ − ∇f·∇Φ)²] of the Φ of β = 1, which a Φ for all β needs to be 0",
                        Math.sqrt(law.expectation(
                                x -> Math.pow(conditions.orderBeta().at(x), 2))))
                .near(Example19Assumptions.DIVERGENCE, rounding(1e-9), independent("sums by NumPy on two grids"));
        int across = sheet.choose(56, 84, 112);
        // thm22_2d_counterexample_example19_fixed_f of the reference values.
        double[] reference = {-0.275672005171, -0.25, -0.167296242257, -0.068501196935};
        double[] logs = {-1.0, 0.0, 1.0, 2.0};
        double[][] part = new double[3][logs.length];
        double[] found = new double[logs.length];
        double[] errors = new double[logs.length];
        for (int k = 0; k < logs.length; k++) {
            double beta = Math.pow(2.0, logs[k]);
            // (1, 0) and the origin are corners of cells on all grids, so that interpolation leaves an error in h²
            // alone.
            int half = beta < 1.0 ? 8 : 7;
            double[] difference = new double[2];
            for (int i = 0; i < 2; i++) {
                Grid box = Grid.of(
                        Axis.uniform(-0.5 * half, 0.5 * half, (across << i) / 7 * half),
                        Axis.uniform(-0.9 * half, 0.9 * half, (across << i) / 7 * 10));
                GridDecomposition at = GridDecomposition.of(
                        Example19Assumptions.MODEL.sde(Temperature.of(1.0 / beta)), box, Boundary.REFLECTING);
                difference[i] = at.potential().at(1, 0) - at.potential().at(0, 0);
                part[0][k] = beta * at.residual(Claim.ORDER_BETA).rms();
                part[1][k] = at.residual(Claim.ORDER_ONE).rms();
                part[2][k] = at.residual(Claim.STATIONARITY).rms();
            }
            Extrapolated limit = Extrapolated.of(difference[0], difference[1]);
            found[k] = limit.value();
            errors[k] = limit.error();
            fails.measure(String.format(Locale.ROOT, "β = %.1f: Φ(1, 0) − Φ(0, 0), extrapolated", beta), found[k])
                    .discretisationError(errors[k])
                    .near(
                            reference[k],
                            estimatedErrors(1),
                            independent("Fourier collocation with NumPy, two grids alike to 2e-9"));
        }
        parts.line("β(∇Φ·D∇Φ − ∇f·∇Φ)", logs, part[0])
                .points("−∇·∇f + D:∇²Φ + 2(∇·D)·∇Φ", logs, part[1])
                .points("their difference, as ∂ᵢ∂ⱼDᵢⱼ = 0: error of the grid", logs, part[2]);
        depth.points("Fokker–Planck equation on grids, extrapolated", logs, found, errors, "± estimated error")
                .line("Fourier collocation", logs, reference);
    }

    /** The gyrator: its Φ = ½xᵀUx, with the U of Lemma 20, at two temperatures. */
    private static void linear(Sheet sheet) {
        AnisotropicNoise.Gaussian gyrator = AnisotropicNoise.Gaussian.of(
                MatrixUtils.createRealMatrix(new double[][] {{2.0, 1.0}, {1.0, 2.0}}),
                MatrixUtils.createRealDiagonalMatrix(new double[] {1.0, 0.25}));
        int cells = sheet.choose(48, 80, 128);
        for (double beta : new double[] {0.5, 4.0}) {
            double[] found = new double[2];
            double scale = 1.0 / Math.sqrt(beta);
            for (int i = 0; i < 2; i++) {
                Grid unit = gyrator.grid(cells << i);
                Grid box = Grid.of(
                        Axis.uniform(
                                scale * unit.axis(0).min(), scale * unit.axis(0).max(), cells << i),
                        Axis.uniform(
                                scale * unit.axis(1).min(), scale * unit.axis(1).max(), cells << i));
                Sde sde = Sde.ito(
                        LinearField.of(gyrator.f().scalarMultiply(-1.0)),
                        Diffusion.constant(gyrator.d()),
                        Temperature.of(1.0 / beta));
                GridDecomposition at = GridDecomposition.of(sde, box, Boundary.REFLECTING);
                // A corner of cells, three standard deviations out.
                double x = 0.5 * box.axis(0).max();
                found[i] = 2.0 * (at.potential().at(x, 0.0) - at.potential().at(0.0, 0.0)) / (x * x);
            }
            Extrapolated limit = Extrapolated.of(found[0], found[1]);
            sheet.holds(THEOREM_22_TEMPERATURE, "a linear f and a constant D")
                    .measure(
                            String.format(Locale.ROOT, "gyrator, β = %.1f: 2(Φ(x, 0) − Φ(0))/x², extrapolated", beta),
                            limit.value())
                    .discretisationError(limit.error())
                    .near(gyrator.u().getEntry(0, 0), estimatedErrors(1), closedForm("U₁₁ of Lemma 20"));
        }
    }

    /** −kx with D = 1 + x², k = 3: Φ = (ν/β) log(1 + x²) with ν = 1 − α + βk/2. */
    private static XyPanel oneDimension(Sheet sheet) {
        int cells = sheet.choose(400, 800, 1600);
        double[] logs = {-1.0, 0.0, 1.0, 2.0, 3.0};
        Diffusion diffusion = Diffusion.automaticDiagonal(
                1, x -> new Gradient[] {x[0].square().add(1.0)});
        String[] names = {"α = 0, Itô", "α = ½, Stratonovich", "α = 1"};
        XyPanel panel = XyPanel.titled("−kx and D = 1 + x², k = 3: Φ(1) − Φ(0)")
                .xAxis("log₂ β")
                .yAxis("Φ(1) − Φ(0)");
        double[] fine =
                IntStream.rangeClosed(0, 80).mapToDouble(k -> k / 20.0 - 1.0).toArray();
        double[][] grids = new double[3][logs.length];
        for (int a = 0; a < 3; a++) {
            double shift = 1.0 - 0.5 * a;
            Evidence evidence = a == 0
                    ? sheet.fails(THEOREM_22_TEMPERATURE, "the Itô equation dx = −3x dt + √(2β⁻¹(1 + x²)) dW")
                    : sheet.supplement("Φ of −3x and D = 1 + x² in other readings: only α = 1 has one for all β");
            for (int k = 0; k < logs.length; k++) {
                double beta = Math.pow(2.0, logs[k]);
                double half = beta < 1.0 ? 30.0 : 10.0;
                double h = half / cells;
                Sde sde = new Sde(
                        (x, out) -> out[0] = -3.0 * x[0],
                        diffusion,
                        Temperature.of(1.0 / beta),
                        new Calculus.Alpha(0.5 * a));
                GridDecomposition grid = GridDecomposition.of(
                        sde,
                        Grid.of(Axis.uniform(-half - 0.5 * h, half + 0.5 * h, 2 * cells + 1)),
                        Boundary.REFLECTING);
                grids[a][k] = grid.potential().at(1.0) - grid.potential().at(0.0);
                if (a == 0 || k == 2) {
                    evidence.measure(
                                    String.format(Locale.ROOT, "%s, β = %.1f: Φ(1) − Φ(0)", names[a], beta),
                                    grids[a][k])
                            .near(
                                    (shift / beta + 1.5) * Math.log(2.0),
                                    order(2, h, 0.1),
                                    closedForm("(ν/β) log 2, ν = 1 − α + βk/2"));
                }
            }
            panel.line(
                    names[a],
                    fine,
                    Arrays.stream(fine)
                            .map(log -> (shift / Math.pow(2.0, log) + 1.5) * Math.log(2.0))
                            .toArray());
        }
        for (int a = 0; a < 3; a++) {
            panel.points(names[a] + ", grid", logs, grids[a]).like(names[a]);
        }
        return panel;
    }
}
