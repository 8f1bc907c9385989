package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.LEMMA_6;
import static org.langevin4j.examples.experiment.Statement.LEMMA_6_FORCE;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.order;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.decomposition.AssumptionReport;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.GridDecomposition;

/** Noise that is not isotropic and has Φ = f: the converse of Lemma 6 fails, for constant D on a compact Ω and for D(x). */
final class Lemma6Converse {

    private static final double ANISOTROPY = 0.8;

    private static final Potential RADIAL = Potential.of(x -> 0.5 * (x[0] * x[0] + x[1] * x[1]), (x, out) -> {
        out[0] = x[0];
        out[1] = x[1];
    });

    private Lemma6Converse() {}

    /**
     * On the torus D = diag(1 − m, 1 + m) and f = −β⁻¹ log(1 + e cos x cos y): ∇·((I − D)∇ρ) = 0 for ρ ∝ e^(−βf), as ∂ₓₓρ = ∂ᵧᵧρ; hence
     * Φ = f. And j = (D − I)∇f.
     */
    static void constant(Sheet sheet) {
        double m = 0.5;
        double e = 0.8;
        int cells = sheet.choose(96, 160, 256);
        double width = 2.0 * Math.PI / cells;
        for (double beta : new double[] {1.0, 2.5}) {
            Potential loss =
                    Potential.of(x -> -Math.log(1.0 + e * Math.cos(x[0]) * Math.cos(x[1])) / beta, (x, out) -> {
                        double rho = 1.0 + e * Math.cos(x[0]) * Math.cos(x[1]);
                        out[0] = e * Math.sin(x[0]) * Math.cos(x[1]) / (beta * rho);
                        out[1] = e * Math.cos(x[0]) * Math.sin(x[1]) / (beta * rho);
                    });
            Sde sde = Sde.ito(minus(loss::gradient), Diffusion.diagonal(1.0 - m, 1.0 + m), Temperature.of(1.0 / beta));
            AssumptionReport report =
                    AssumptionReport.of(sde, Region.of(Grid.square(0.0, 2.0 * Math.PI, cells), Boundary.PERIODIC));
            Evidence evidence =
                    sheet.fails(LEMMA_6, "D = diag(½, 3/2) on a torus, Ω being compact as the paper has it: Φ = f");
            String at = String.format(Locale.ROOT, "torus, β = %s: ", beta);
            GridNorms.vanishes(evidence, at + "Φ − f", report.potentialEquals(loss, false));
            evidence.measure(
                            at + "order at which Φ − f vanishes",
                            report.potentialEquals(loss, false).order())
                    .atLeast(1.5, none(), closedForm("the scheme is of order 2"));
            sheet.holds(LEMMA_6_FORCE, "a constant D that is no multiple of I, even where Φ = f")
                    .measure(at + "√E[|j|²]", GridNorms.limit(report.finding(Claim.DETAILED_BALANCE)))
                    .near(
                            m / beta * Math.sqrt(fisherInformation(e)),
                            order(2, width, 1.0),
                            closedForm("j = (D − I)∇f, by quadrature"));
        }
    }

    /** ∫ |∇ρ|²/ρ over the torus; sums over a periodic grid converge exponentially. */
    private static double fisherInformation(double e) {
        int n = 200;
        double sum = 0.0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double x = 2.0 * Math.PI * i / n;
                double y = 2.0 * Math.PI * j / n;
                double gx = e * Math.sin(x) * Math.cos(y);
                double gy = e * Math.cos(x) * Math.sin(y);
                sum += (gx * gx + gy * gy) / (1.0 + e * Math.cos(x) * Math.cos(y));
            }
        }
        return sum / (n * n);
    }

    /**
     * D = I + ε/(1 + r²)·(x x⊥ᵀ + x⊥ xᵀ), x⊥ = (−x₂, x₁), and any radial f: D r̂ = r̂ + a t̂ with a = εr²/(1 + r²), and a field g(r) t̂ has no
     * divergence, hence Φ = f at every β. j = (a f′ − β⁻¹(a′ + 2a/r)) t̂; the eigenvalues of D are 1 ± a.
     */
    static void stateDependent(Sheet sheet) throws IOException {
        int cells = sheet.choose(96, 128, 192);
        Diffusion diffusion = Diffusion.automaticFactor(2, 2, Lemma6Converse::factor);
        Evidence evidence = sheet.fails(
                LEMMA_6,
                "D(x) = I + ε(x x⊥ᵀ + x⊥ xᵀ)/(1 + r²) and any radial loss: Φ = f at every β, condition number up to 9");
        double[] r = IntStream.rangeClosed(0, 50).mapToDouble(k -> 0.05 * k).toArray();
        XyPanel panel = XyPanel.titled("f = r²/2: Φ is f at every β")
                .xAxis("x₁ at x₂ = 0")
                .yAxis("Φ − Φ(0)")
                .line("f", r, map(r, v -> 0.5 * v * v));
        for (double beta : new double[] {0.5, 2.0}) {
            double half = 5.0 / Math.sqrt(beta);
            double width = 2.0 * half / cells;
            Sde sde = Sde.ito(minus(RADIAL::gradient), diffusion, Temperature.of(1.0 / beta));
            AssumptionReport report =
                    AssumptionReport.of(sde, Region.of(Grid.square(-half, half, cells), Boundary.REFLECTING));
            String at = String.format(Locale.ROOT, "f = r²/2, β = %s: ", beta);
            GridNorms.vanishes(evidence, at + "Φ − f", report.potentialEquals(RADIAL, false));
            evidence.measure(
                            at + "anisotropy √E‖D − (tr D/2)I‖²/√E‖D‖²",
                            report.finest().comparedTo(RADIAL).anisotropy())
                    .atLeast(0.1, none(), closedForm("0 for isotropic D"));
            sheet.holds(LEMMA_6_FORCE, "D(x) = I + ε(x x⊥ᵀ + x⊥ xᵀ)/(1 + r²), even where Φ = f")
                    .measure(at + "√E[|j|²]", GridNorms.limit(report.finding(Claim.DETAILED_BALANCE)))
                    .near(
                            force(beta),
                            order(2, width, 1.0),
                            closedForm("j = (a f′ − β⁻¹(a′ + 2a/r)) t̂, by quadrature"));
            double[] marks =
                    map(IntStream.rangeClosed(1, 9).mapToDouble(k -> 0.25 * k).toArray(), v -> v);
            panel.points(String.format(Locale.ROOT, "grid, β = %s", beta), marks, along(report.finest(), marks));
        }
        XyPanel eigenvalues = XyPanel.titled("The eigenvalues of D(x), 1 ± εr²/(1 + r²)")
                .xAxis("distance r from the origin")
                .yAxis("eigenvalues of D")
                .line("1 + a", r, map(r, v -> 1.0 + a(v)))
                .line("1 − a", r, map(r, v -> 1.0 - a(v)));
        sheet.figure(
                "converse",
                "A noise that is far from isotropic and has Φ = f = r²/2 at every temperature, although j is not zero.",
                Figure.titled("The converse of Lemma 6 fails for D(x): far from isotropic, and Φ = f")
                        .row(eigenvalues, panel)
                        .panelSize(560, 400),
                LEMMA_6);
    }

    private static double a(double r) {
        return ANISOTROPY * r * r / (1.0 + r * r);
    }

    /** A lower triangular B with B Bᵀ = D. */
    private static Gradient[][] factor(Gradient[] x) {
        Gradient c = x[0].square().add(x[1].square()).add(1.0).reciprocal().multiply(ANISOTROPY);
        Gradient first = x[0].multiply(x[1]).multiply(-2.0).multiply(c).add(1.0).sqrt();
        Gradient below = x[0].square().subtract(x[1].square()).multiply(c).divide(first);
        Gradient last = x[0].multiply(x[1])
                .multiply(2.0)
                .multiply(c)
                .add(1.0)
                .subtract(below.square())
                .sqrt();
        return new Gradient[][] {{first, first.newInstance(0.0)}, {below, last}};
    }

    /** √E[j²] of j = a r − β⁻¹(a′ + 2a/r) under the density βr e^(−βr²/2), by the midpoint rule. */
    private static double force(double beta) {
        int n = 20_000;
        double h = 12.0 / Math.sqrt(beta) / n;
        double sum = 0.0;
        for (int k = 0; k < n; k++) {
            double r = (k + 0.5) * h;
            double square = 1.0 + r * r;
            double slope = 2.0 * ANISOTROPY * r / (square * square);
            double j = a(r) * r - (slope + 2.0 * a(r) / r) / beta;
            sum += j * j * beta * r * Math.exp(-0.5 * beta * r * r) * h;
        }
        return Math.sqrt(sum);
    }

    static VectorField minus(VectorField gradient) {
        return (x, out) -> {
            gradient.at(x, out);
            for (int i = 0; i < out.length; i++) {
                out[i] = -out[i];
            }
        };
    }

    private static double[] map(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    private static double[] along(GridDecomposition grid, double[] x) {
        double bottom = grid.potential().at(0.0, 0.0);
        return map(x, v -> grid.potential().at(v, 0.0) - bottom);
    }
}
