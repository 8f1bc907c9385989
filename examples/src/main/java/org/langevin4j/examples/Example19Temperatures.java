package org.langevin4j.examples;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.core.decomposition.TemperatureConditions;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.GridDecomposition;

/** What becomes of Φ when the temperature changes and the drift does not: of Example 19, and of a line with D = 1 + x². */
final class Example19Temperatures {

    private static final Temperature ONE = Temperature.of(1.0);

    private Example19Temperatures() {}

    /** The three parts of the stationary equation of a fixed drift, and what follows for Φ. */
    static Picture temperatures(DoubleWell model, double divergence, RunContext context, List<Measurement> measurements)
            throws IOException {
        TemperatureConditions conditions =
                TemperatureConditions.of(model.decomposition(ONE).orElseThrow(), ONE);
        Density law = Density.gibbs(Grid.square(-6, 6, 600), model.potential(), ONE);
        double part =
                Math.sqrt(law.expectation(x -> Math.pow(conditions.orderBeta().at(x), 2)));
        measurements.add(Measurement.near(
                "closed form: √E[(∇Φ·D∇Φ − ∇f·∇Φ)²], which a Φ for all β needs to be 0; NumPy",
                part,
                divergence,
                1e-6));
        int across = context.effort().choose(70, 112, 168);
        Grid grid = Grid.of(Axis.uniform(-3.5, 3.5, across), Axis.uniform(-6.0, 6.0, across / 7 * 12));
        // thm22_2d_counterexample_example19_fixed_f: Φ(1, 0) − Φ(0, 0).
        double[] known = {0.5, 1.0, 2.0, 4.0};
        double[] reference = {-0.275672005171, -0.25, -0.167296242257, -0.068501196935};
        int finer = context.effort().choose(1, 2, 4);
        double[] betas = new double[3 * finer + 1];
        for (int k = 0; k < betas.length; k++) {
            betas[k] = Math.pow(2.0, (double) k / finer - 1.0);
        }
        double[] first = new double[betas.length];
        double[] second = new double[betas.length];
        double[] third = new double[betas.length];
        double[] rest = new double[betas.length];
        double[] found = new double[betas.length];
        double h = 7.0 / across;
        for (int k = 0; k < betas.length; k++) {
            Grid box = betas[k] < 1.0
                    ? Grid.of(Axis.uniform(-4.2, 4.2, across), Axis.uniform(-8.4, 8.4, 2 * across))
                    : grid;
            GridDecomposition at =
                    GridDecomposition.of(model.sde(Temperature.of(1.0 / betas[k])), box, Boundary.REFLECTING);
            first[k] = betas[k] * at.residual(Claim.ORDER_BETA).rms();
            second[k] = at.residual(Claim.ORDER_ONE).rms();
            third[k] = at.residual(Claim.ORDER_INVERSE_BETA).rms() / betas[k];
            rest[k] = at.residual(Claim.STATIONARITY).rms();
            ScalarField phi = at.potential()::at;
            found[k] = phi.at(new double[] {1, 0}) - phi.at(new double[] {0, 0});
            if (k % finer == 0) {
                measurements.add(Measurement.near(
                        String.format(
                                Locale.ROOT, "f of Example 19 fixed, β = %.1f: Φ(1, 0) − Φ(0), reference", betas[k]),
                        found[k],
                        reference[k / finer],
                        2.0 * h * h));
                measurements.add(Measurement.atLeast(
                        String.format(
                                Locale.ROOT,
                                "f of Example 19 fixed, β = %.1f: √E[(∇Φ·D∇Φ − ∇f·∇Φ)²] over the residual of the grid",
                                betas[k]),
                        first[k] / rest[k],
                        3.0));
            }
        }
        XyPanel one = oneDimension(context, measurements);
        Figure.titled("A fixed loss and D have one Φ for all β only if three parts of the stationary equation vanish")
                .row(
                        XyPanel.titled("Example 19’s f and D, λ = 1.5: the parts do not vanish, their sum does")
                                .xAxis("β")
                                .yAxis("√E[part²]")
                                .logX()
                                .yRange(0.0, 1.3 * Arrays.stream(second).max().orElse(1.0))
                                .line("β(∇Φ·D∇Φ − ∇f·∇Φ)", betas, first)
                                .line("−∇·∇f + D:∇²Φ + 2(∇·D)·∇Φ", betas, second)
                                .line("β⁻¹∂ᵢ∂ⱼDᵢⱼ", betas, third)
                                .points("first − second + third", betas, rest),
                        XyPanel.titled("so that Φ(1, 0) − Φ(0, 0) depends on β")
                                .xAxis("β")
                                .yAxis("Φ(1, 0) − Φ(0, 0)")
                                .logX()
                                .line("Fokker–Planck equation on a grid", betas, found)
                                .points("reference values", known, reference),
                        one)
                .panelSize(460, 420)
                .writeTo(context.out().resolve("temperature.png"));
        return new Picture(
                "temperature.png",
                "Left and middle: Example 19 with its loss held fixed; the parts of the stationary equation of orders β and 1"
                        + " cancel at each β, with another Φ. Right: −kx with D = 1 + x² in three readings; only α = 1 has one Φ.");
    }

    /** −kx with D = 1 + x², k = 3: thm22_1d_counterexample, and multnoise1d_alpha at β = 2. */
    private static XyPanel oneDimension(RunContext context, List<Measurement> measurements) {
        int cells = context.effort().choose(400, 800, 1600);
        double[] betas = {0.5, 1.0, 2.0, 4.0, 8.0};
        double[] ito = {
            2.4260151319598084, 1.7328679513998633, 1.3862943611198906, 1.2130075659799042, 1.126364168409911
        };
        Diffusion diffusion = Diffusion.automaticDiagonal(
                1, x -> new Gradient[] {x[0].square().add(1.0)});
        String[] names = {"α = 0, Itô", "α = ½, Stratonovich", "α = 1"};
        // multnoise1d_alpha, Phi_1_minus_Phi_0 at β = 2.
        double[] atTwo = {1.3862943611198906, 1.2130075659799042, 1.039720770839918};
        XyPanel panel = XyPanel.titled("−kx and D = 1 + x², k = 3: Φ(1) − Φ(0)")
                .xAxis("β")
                .yAxis("Φ(1) − Φ(0)")
                .logX();
        double[] fine = IntStream.rangeClosed(0, 80)
                .mapToDouble(k -> 0.5 * Math.pow(16.0, k / 80.0))
                .toArray();
        double[] all = new double[3 * betas.length];
        double[] grids = new double[all.length];
        for (int a = 0; a < 3; a++) {
            double[] found = new double[betas.length];
            for (int k = 0; k < betas.length; k++) {
                double halfWidth = betas[k] < 1.0 ? 30.0 : 10.0;
                Sde sde = new Sde(
                        (x, out) -> out[0] = -3.0 * x[0],
                        diffusion,
                        Temperature.of(1.0 / betas[k]),
                        new Calculus.Alpha(0.5 * a));
                GridDecomposition grid = GridDecomposition.of(
                        sde,
                        Grid.of(Axis.uniform(
                                -halfWidth - 0.5 * halfWidth / cells,
                                halfWidth + 0.5 * halfWidth / cells,
                                2 * cells + 1)),
                        Boundary.REFLECTING);
                found[k] = grid.potential().at(1.0) - grid.potential().at(0.0);
                if (a == 0 && betas[k] == 2.0) {
                    measurements.add(Measurement.near(
                            "−3x, D = 1 + x², Itô, β = 2: √E[(∂²D)²], which a Φ for all β needs to be 0",
                            grid.residual(Claim.ORDER_INVERSE_BETA).rms(),
                            2.0,
                            1e-9));
                }
                if (a == 0) {
                    measurements.add(Measurement.near(
                            String.format(
                                    Locale.ROOT, "−3x, D = 1 + x², Itô, β = %.1f: Φ(1) − Φ(0), reference", betas[k]),
                            found[k],
                            ito[k],
                            5e-3));
                }
                if (betas[k] == 2.0) {
                    measurements.add(Measurement.near(
                            "−3x, D = 1 + x², " + names[a] + ", β = 2: Φ(1) − Φ(0), reference",
                            found[k],
                            atTwo[a],
                            5e-3));
                }
            }
            for (int k = 0; k < betas.length; k++) {
                all[a * betas.length + k] = betas[k];
                grids[a * betas.length + k] = found[k];
            }
            // ν log 2/β with ν = 1 − α + βk/2.
            double shift = 1.0 - 0.5 * a;
            panel.line(
                    names[a],
                    fine,
                    Arrays.stream(fine)
                            .map(b -> (shift / b + 1.5) * Math.log(2.0))
                            .toArray());
        }
        return panel.points("grid", all, grids);
    }
}
