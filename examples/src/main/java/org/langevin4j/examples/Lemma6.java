package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.chart.FieldPanel;
import org.langevin4j.examples.chart.Figure;
import org.langevin4j.examples.chart.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.examples.report.ExampleResult;
import org.langevin4j.examples.report.Measurement;
import org.langevin4j.examples.report.Picture;
import org.langevin4j.solvers.decomposition.AssumptionReport;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.Finding;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.decomposition.LossComparison;
import org.langevin4j.solvers.decomposition.Verdict;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/** Lemma 6 of Chaudhari and Soatto (2018), D = cI ⇔ Φ = f, in both directions: where it holds, by how much it does not. */
public final class Lemma6 implements Example {

    private static final Temperature ONE = Temperature.of(1.0);

    /** f = (x₁² − 1)²/4 + x₂²/2 + x₁x₂/2. */
    private static final Potential LOSS = Potential.of(
            x -> {
                double well = x[0] * x[0] - 1.0;
                return 0.25 * well * well + 0.5 * x[1] * x[1] + 0.5 * x[0] * x[1];
            },
            (x, out) -> {
                out[0] = x[0] * (x[0] * x[0] - 1.0) + 0.5 * x[1];
                out[1] = x[1] + 0.5 * x[0];
            });

    /**
     * Runs the example on its own.
     *
     * @param args options, see {@code --help}
     */
    public static void main(String[] args) {
        Mains.run(new Lemma6(), args);
    }

    @Override
    public String name() {
        return "lemma-6";
    }

    @Override
    public String summary() {
        return "Φ against f: equal for D = I, f/c for D = cI, apart by how much for other D; the exceptions both ways";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        pictures.add(nonConvex(context, measurements));
        references(context, measurements);
        pictures.add(AnisotropicNoise.angles(context, measurements));
        pictures.add(AnisotropicNoise.ratios(context, measurements));
        pictures.add(converse(context, measurements));
        return new ExampleResult(
                name(),
                "With D = cI the potential is f/c, which is f for c = 1 only. A constant D that is no multiple of I has Φ ≠ f."
                        + " It need not break detailed balance: if it commutes with the Hessian, j = 0 all the same; if it does"
                        + " not, j ≠ 0 although the drift is a gradient. For a D(x) the converse fails: there are some that"
                        + " are far from isotropic and have Φ = f.",
                "Chaudhari and Soatto (2018), Lemma 6, eq. (12). The paper has Φ = f for every multiple c, says that j ≠ 0"
                        + " whenever D is not isotropic, and has the converse for every D(x).",
                context.seed().value(),
                measurements,
                pictures);
    }

    private static VectorField minus(VectorField gradient) {
        return (x, out) -> {
            gradient.at(x, out);
            for (int i = 0; i < out.length; i++) {
                out[i] = -out[i];
            }
        };
    }

    private static AssumptionReport report(Sde sde, Grid grid) {
        return AssumptionReport.of(sde, Region.of(grid, Boundary.REFLECTING));
    }

    /** A loss with two wells: D = I, D = 2I, and D with eigenvalues in the ratio four at 45°. */
    private static Picture nonConvex(RunContext context, List<Measurement> measurements) throws IOException {
        int cells = context.effort().choose(96, 160, 256);
        VectorField drift = minus(LOSS::gradient);
        AssumptionReport isotropic =
                report(Sde.ito(drift, Diffusion.isotropic(2, 1.0), ONE), Grid.square(-4.5, 4.5, cells));
        exactly("D = I: standard deviation of Φ − f", isotropic.potentialEquals(LOSS, false), measurements);
        balanced("D = I", isotropic, measurements);
        AssumptionReport doubled = report(
                Sde.ito(drift, Diffusion.isotropic(2, 2.0), ONE),
                Grid.of(Axis.uniform(-4.5, 4.5, cells), Axis.uniform(-9.0, 9.0, cells)));
        exactly("D = 2I: standard deviation of Φ − f/2", doubled.potentialEquals(LOSS, true), measurements);
        // Φ = f/2: half the deviation of f under e^(−f/2), by sums over a grid of its own.
        Density half = Density.gibbs(Grid.square(-10.0, 10.0, 1000), LOSS, Temperature.of(2.0));
        double mean = half.expectation(LOSS);
        double spread = Math.sqrt(half.expectation(x -> Math.pow(LOSS.at(x) - mean, 2)));
        fails(
                "D = 2I: standard deviation of Φ − f",
                doubled.potentialEquals(LOSS, false),
                0.5 * spread,
                1e-3,
                measurements);
        balanced("D = 2I", doubled, measurements);
        RealMatrix oblique = AnisotropicNoise.rotated(1.6, 0.4, Math.PI / 4);
        AssumptionReport anisotropic =
                report(Sde.ito(drift, Diffusion.constant(oblique), ONE), Grid.square(-5.0, 5.0, cells));
        String name = "D = 1.6 along 45°, 0.4 across";
        double width = 10.0 / cells;
        // By Fourier collocation with NumPy: 60 × 68 and 72 × 76 points agree to 2e-6.
        fails(
                name + ": standard deviation of Φ − f",
                anisotropic.potentialEquals(LOSS, false),
                0.551869,
                width * width,
                measurements);
        fails(name + ": √E[|j|²]", anisotropic.finding(Claim.DETAILED_BALANCE), 0.627518, width * width, measurements);
        fails(
                name + ": √E[(∇·j)²], Assumption 4",
                anisotropic.finding(Claim.ASSUMPTION_4),
                0.410677,
                width * width,
                measurements);
        holds(
                name + ": order at which the residual of eq. (19) vanishes",
                anisotropic.finding(Claim.EQUATION_19),
                measurements);
        holds(name + ": order at which ∇·(jρˢˢ)/ρˢˢ vanishes", anisotropic.finding(Claim.STATIONARITY), measurements);
        LossComparison comparison = anisotropic.finest().comparedTo(LOSS);
        measurements.add(
                Measurement.reported(name + ": largest |Φ − f − E[Φ − f]| where ρˢˢ > max/1000", comparison.largest()));
        measurements.add(Measurement.reported(name + ": √E[|j|²]/√E[|∇f|²]", comparison.balanceDefect()));

        GridDecomposition plain = isotropic.finest();
        GridDecomposition rotating = anisotropic.finest();
        Grid window = Grid.of(Axis.uniform(-2.6, 2.6, 2), Axis.uniform(-2.9, 2.9, 2));
        double high = 3.5;
        CellFunction loss = CellFunction.of(plain.region().grid(), LOSS);
        double range = difference(rotating).maxNorm();
        Figure.titled("f = (x₁² − 1)²/4 + x₂²/2 + x₁x₂/2: the loss, and Φ = −log ρˢˢ at β = 1")
                .row(
                        panel("f", window, loss, high, "f − min f"),
                        panel("D = I: Φ", window, plain.potential(), high, "Φ − min Φ"),
                        FieldPanel.titled("D = I: Φ − f − E[Φ − f]", window)
                                .signedHeatMap(difference(plain), "Φ − f", range))
                .row(
                        FieldPanel.titled("D of 1.6 along 45° and 0.4 across: Jˢˢ over ρˢˢ", window)
                                .heatMap(rotating.density(), "ρˢˢ(x)")
                                .arrows("Jˢˢ", rotating.current()),
                        panel("the same D: Φ", window, rotating.potential(), high, "Φ − min Φ"),
                        FieldPanel.titled("the same D: Φ − f − E[Φ − f]", window)
                                .signedHeatMap(difference(rotating), "Φ − f", range))
                .panelSize(430, 392)
                .writeTo(context.out().resolve("loss-and-potential.png"));
        return new Picture(
                "loss-and-potential.png",
                "Above: the loss f, Φ for D = I, and their difference, which is that of the grid. Below: a D of the same trace"
                        + " with eigenvalues in the ratio 4: the current that it drives, Φ, and how far this is from f.");
    }

    private static FieldPanel panel(String title, Grid window, CellFunction function, double high, String label) {
        CellFunction shown = function.fromMinimum();
        double[] levels = {0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0};
        return FieldPanel.titled(title, window).heatMap(shown, label, high).contours("", shown::at, levels);
    }

    /** Φ − f less its mean, where ρ is not negligible. */
    private static CellFunction difference(GridDecomposition grid) {
        double[] phi = grid.potential().values();
        double[] f = CellFunction.of(grid.region().grid(), LOSS).values();
        double mean = 0.0;
        double[] p = grid.density().probabilities();
        for (int cell = 0; cell < phi.length; cell++) {
            phi[cell] -= f[cell];
            mean += p[cell] == 0.0 ? 0.0 : p[cell] * phi[cell];
        }
        for (int cell = 0; cell < phi.length; cell++) {
            phi[cell] -= mean;
        }
        return CellFunction.of(grid.region().grid(), phi).where(grid.density(), 1e-3);
    }

    /** That a claim of the lemma holds: its residual falls with second order. */
    private static void holds(String what, Finding finding, List<Measurement> measurements) {
        measurements.add(Measurement.near(what, finding.order(), 2.0, 0.3));
    }

    /** That it holds to rounding: the scheme is exact for a drift that is a gradient and a polynomial of third degree. */
    private static void exactly(String what, Finding finding, List<Measurement> measurements) {
        measurements.add(
                Measurement.atMost(what, finding.norms().get(finding.norms().size() - 1), 1e-9));
    }

    /** That it does not: its residual settles at a value that is known. */
    private static void fails(
            String what, Finding finding, double expected, double tolerance, List<Measurement> measurements) {
        double limit = finding.verdict() == Verdict.FAILS ? finding.limit() : 0.0;
        measurements.add(Measurement.near(what + ", extrapolated from three grids", limit, expected, tolerance));
    }

    private static void balanced(String name, AssumptionReport report, List<Measurement> measurements) {
        measurements.add(Measurement.atMost(
                name + ": √E[|j|²]/√E[|∇f|²]",
                report.finest().residual(Claim.DETAILED_BALANCE).relative(),
                1e-9));
    }

    /** Reference values OU2_gyrator and OU2_commuting. */
    private static void references(RunContext context, List<Measurement> measurements) {
        int cells = context.effort().choose(64, 128, 192);
        double scale = Math.pow(64.0 / cells, 2);
        RealMatrix quarter = MatrixUtils.createRealDiagonalMatrix(new double[] {1.0, 0.25});
        AnisotropicNoise.Gaussian gyrator = AnisotropicNoise.Gaussian.of(
                MatrixUtils.createRealMatrix(new double[][] {{2.0, 1.0}, {1.0, 2.0}}), quarter);
        FokkerPlanck equation = FokkerPlanck.of(gyrator.sde(), gyrator.grid(cells), Boundary.REFLECTING);
        GridDecomposition grid = GridDecomposition.of(
                gyrator.sde(), equation, equation.steadyState().density());
        String name = "gyrator, D = diag(1, ¼): ";
        // √(½ tr(MΣMΣ)), M = Σ⁻¹ − F, of the reference's Σ, by NumPy.
        measurements.add(Measurement.near(
                name + "standard deviation of Φ − f, reference",
                grid.comparedTo(gyrator.loss()).deviation(),
                0.4960783708246108,
                0.02 * scale));
        measurements.add(Measurement.near(
                name + "Q₁₂ at the origin, reference", grid.q(0, 1).at(1e-9, 1e-9), -0.1875, 0.01 * scale));
        measurements.add(Measurement.near(
                        name + "entropy production, reference",
                        equation.entropyProduction(grid.density(), grid.density())
                                .total(),
                        0.5625,
                        0.03 * scale)
                .in("nats/time"));
        AnisotropicNoise.Gaussian commuting =
                AnisotropicNoise.Gaussian.of(MatrixUtils.createRealDiagonalMatrix(new double[] {3.0, 1.0}), quarter);
        GridDecomposition still = GridDecomposition.of(commuting.sde(), commuting.grid(cells), Boundary.REFLECTING);
        LossComparison comparison = still.comparedTo(commuting.loss());
        measurements.add(Measurement.atMost(
                "commuting, D = diag(1, ¼): √E[|j|²]/√E[|∇f|²], the exception to “j ≠ 0 if D is not isotropic”",
                comparison.balanceDefect(),
                1e-9));
        measurements.add(Measurement.near(
                "commuting, D = diag(1, ¼): standard deviation of Φ − f = 3x₂²/2, closed form",
                comparison.deviation(),
                0.375 * Math.sqrt(2.0),
                1e-6));
    }

    /**
     * D(x) = (1 − ε)I + ε x⊥x⊥ᵀ, x⊥ = (−x₂, x₁), with f = r²/2: ∂ᵢ∂ⱼ((D − I)ᵢⱼρ) = 0 for ρ ∝ e^(−r²/2), hence Φ = f at β = 1, and
     * j = 0.
     */
    private static Picture converse(RunContext context, List<Measurement> measurements) throws IOException {
        double e = 0.5;
        int cells = context.effort().choose(96, 128, 192);
        Diffusion diffusion = Diffusion.automaticFactor(2, 3, x -> new Gradient[][] {
            {x[0].newInstance(Math.sqrt(1.0 - e)), x[0].newInstance(0.0), x[1].multiply(-Math.sqrt(e))},
            {x[0].newInstance(0.0), x[0].newInstance(Math.sqrt(1.0 - e)), x[0].multiply(Math.sqrt(e))}
        });
        Potential loss = Potential.of(x -> 0.5 * (x[0] * x[0] + x[1] * x[1]), (x, out) -> {
            out[0] = x[0];
            out[1] = x[1];
        });
        VectorField drift = minus(loss::gradient);
        AssumptionReport report = report(Sde.ito(drift, diffusion, ONE), Grid.square(-5.0, 5.0, cells));
        Finding same = report.potentialEquals(loss, false);
        LossComparison comparison = report.finest().comparedTo(loss);
        measurements.add(Measurement.atLeast(
                "D(x) = ½I + ½x⊥x⊥ᵀ, f = r²/2: anisotropy √E‖D − (tr D/2)I‖²/√E‖D‖²", comparison.anisotropy(), 0.5));
        measurements.add(Measurement.atLeast(
                "D(x) = ½I + ½x⊥x⊥ᵀ, f = r²/2: order at which Φ − f vanishes all the same", same.order(), 1.5));
        measurements.add(Measurement.atMost(
                "D(x) = ½I + ½x⊥x⊥ᵀ, f = r²/2: standard deviation of Φ − f",
                comparison.deviation(),
                Math.pow(10.0 / cells, 2)));
        // ∇Φ = x(1 − ε/β)/(1 − ε): at β = 2 Φ = 3f/2.
        GridDecomposition cold = GridDecomposition.of(
                Sde.ito(drift, diffusion, Temperature.of(0.5)), Grid.square(-3.5, 3.5, cells), Boundary.REFLECTING);
        double mean = cold.density().expectation(loss);
        measurements.add(Measurement.near(
                "the same at β = 2, where Φ = 3f/2: E[f]", mean, 1.0 / 3.0, Math.pow(10.0 / cells, 2)));
        Axis axis = report.finest().region().grid().axis(0);
        List<double[]> xs = new ArrayList<>();
        for (int i = 0; i < axis.cells(); i++) {
            if (Math.abs(axis.centre(i)) < 2.5) {
                xs.add(new double[] {axis.centre(i)});
            }
        }
        double[] x = xs.stream().mapToDouble(v -> v[0]).toArray();
        XyPanel panel = XyPanel.titled("f = r²/2: at β = 1 Φ is f, at β = 2 it is 3f/2")
                .xAxis("x₁ at x₂ = 0")
                .yAxis("Φ − Φ(0)")
                .line("f", x, cut(x, v -> 0.5 * v * v))
                .line("3f/2", x, cut(x, v -> 0.75 * v * v))
                .points("grid, β = 1", every(x, 4), along(report.finest(), every(x, 4)))
                .points("grid, β = 2", every(x, 4), along(cold, every(x, 4)));
        double[] r = IntStream.rangeClosed(0, 50).mapToDouble(k -> 0.05 * k).toArray();
        XyPanel eigenvalues = XyPanel.titled("The eigenvalues of D(x) = ½I + ½x⊥x⊥ᵀ")
                .xAxis("distance r from the origin")
                .yAxis("eigenvalues of D")
                .yRange(0.0, 4.0)
                .line("around the origin, ½ + ½r²", r, cut(r, v -> 0.5 + 0.5 * v * v))
                .line("away from it, ½", r, cut(r, v -> 0.5));
        Figure.titled("The converse of Lemma 6 fails for D(x): far from isotropic, and Φ = f")
                .row(eigenvalues, panel)
                .panelSize(560, 400)
                .writeTo(context.out().resolve("converse.png"));
        return new Picture(
                "converse.png",
                "A noise that is far from isotropic but has Φ = f = r²/2 at β = 1; at β = 2 the same f and D have another Φ.");
    }

    private static double[] cut(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    private static double[] every(double[] x, int step) {
        double[] out = new double[(x.length + step - 1) / step];
        for (int k = 0; k < out.length; k++) {
            out[k] = x[k * step];
        }
        return out;
    }

    private static double[] along(GridDecomposition grid, double[] x) {
        ScalarField phi = grid.potential()::at;
        double bottom = phi.at(new double[2]);
        double[] values = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            values[k] = phi.at(new double[] {x[k], 0.0}) - bottom;
        }
        return values;
    }
}
