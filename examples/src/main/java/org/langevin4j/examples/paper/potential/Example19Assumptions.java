package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Statement.ASSUMPTION_4;
import static org.langevin4j.examples.experiment.Statement.EQUATION_A4;
import static org.langevin4j.examples.experiment.Statement.EQUATION_A5;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.solvers.decomposition.AssumptionReport;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.GridDecomposition;

/** Assumption 4 and eqs. (A4) and (A5) in Example 19, and in a system that fulfils them. */
final class Example19Assumptions {

    static final String ALL = "every (f, D) computed, as it follows from Assumption 3 alone";

    static final double LAMBDA = 1.5;

    static final DoubleWell MODEL = new DoubleWell(LAMBDA);

    /** √E[(∇·j)²] and √E[|j|²] by NumPy sums on two grids. */
    static final double DIVERGENCE = LAMBDA * 0.45192073890764684;

    private static final double FORCE = LAMBDA * 0.825458425888353;

    private Example19Assumptions() {}

    /** Which of the paper's assumptions hold. */
    static void assumptions(AssumptionReport report, Sheet sheet) throws IOException {
        sheet.consistency("Flows of the steady state balance in every cell")
                .measure(
                        "largest divergence of the flows through the faces of the cells",
                        report.finest().current().divergence().maxNorm())
                .atMost(1e-9, none(), construction("the linear equations solved"));
        Evidence holds = sheet.holds(EQUATION_A4, ALL);
        GridNorms.vanishes(holds, "∇·(jρˢˢ)/ρˢˢ", GridNorms.norms(report, Claim.STATIONARITY));
        GridNorms.vanishes(holds, "b + D∇Φ − β⁻¹∇·D − Jˢˢ/ρˢˢ", GridNorms.norms(report, Claim.EQUATION_8));
        GridNorms.settles(
                holds,
                "|j|",
                FORCE,
                "λe^(Φ − r⁴/4)r, summed by NumPy",
                GridNorms.norms(report, Claim.DETAILED_BALANCE));
        Evidence fails = sheet.fails(
                ASSUMPTION_4, "Example 19, given as its illustration: ∇·j = j·∇Φ = λe^(Φ − r⁴/4)x₁x₂(2 − x₁²)");
        GridNorms.settles(
                fails, "∇·j", DIVERGENCE, "that formula, summed by NumPy", GridNorms.norms(report, Claim.ASSUMPTION_4));
        GridNorms.settles(
                fails,
                "j·∇Φ",
                DIVERGENCE,
                "that formula, summed by NumPy",
                GridNorms.norms(report, Claim.ORTHOGONALITY));
        // divj_over_lambda_at of the reference values.
        double[][] points = {{1.0, 1.0, 0.6065306597126334}, {0.5, -0.5, -0.5360362051963221}};
        for (double[] point : points) {
            double[] found = report.grids().stream()
                    .mapToDouble(
                            grid -> grid.residual(Claim.ASSUMPTION_4).field().at(point[0], point[1]))
                    .toArray();
            Extrapolated limit = Extrapolated.of(found[1], found[2]);
            fails.measure("∇·j at (" + point[0] + ", " + point[1] + "), extrapolated", limit.value())
                    .discretisationError(limit.error())
                    .near(LAMBDA * point[2], estimatedErrors(1), closedForm("that formula"));
        }
        GridDecomposition finest = report.finest();
        Grid window = Grid.of(Axis.uniform(-2.6, 2.6, 2), Axis.uniform(-2.9, 2.9, 2));
        CellFunction divergence = shown(finest, Claim.ASSUMPTION_4);
        double high = divergence.maxNorm();
        sheet.figure(
                "assumption-4",
                "On one scale: the divergence of j, which Assumption 4 takes to be zero; j·∇Φ, which eq. (A5) does; and their"
                        + " difference, which is zero up to the error of the grid.",
                Figure.titled(
                                "Example 19, λ = 1.5, where ρˢˢ is at least a thousandth of its maximum: Assumption 4 fails, eq. (A4)"
                                        + " holds")
                        .row(
                                FieldPanel.titled("∇·j", window).signedHeatMap(divergence, "1/time", high),
                                FieldPanel.titled("βj·∇Φ, which balances it", window)
                                        .signedHeatMap(shown(finest, Claim.ORTHOGONALITY), "1/time", high),
                                FieldPanel.titled("∇·(jρˢˢ)/ρˢˢ = ∇·j − βj·∇Φ", window)
                                        .signedHeatMap(shown(finest, Claim.STATIONARITY), "1/time", high))
                        .panelSize(430, 375),
                ASSUMPTION_4,
                EQUATION_A4,
                EQUATION_A5);
    }

    /** A residual where ρˢˢ is at least a thousandth of its maximum. */
    private static CellFunction shown(GridDecomposition found, Claim claim) {
        return found.residual(claim).field().where(found.density(), 1e-3);
    }

    /** Eq. (A5) where Assumption 4 holds, and its missing β, both at β = 2. */
    static void orthogonality(Sheet sheet) {
        int cells = sheet.choose(48, 96, 160);
        double[][] ring = new double[2][2];
        double[][] fixed = new double[2][2];
        Temperature half = Temperature.of(0.5);
        for (int k = 0; k < 2; k++) {
            GridDecomposition hopf = GridDecomposition.of(
                    new HopfNormalForm(1, 2).sde(half), Grid.square(-2.6, 2.6, cells << k), Boundary.REFLECTING);
            ring[0][k] = hopf.residual(Claim.ASSUMPTION_4).rms();
            ring[1][k] = hopf.residual(Claim.ORTHOGONALITY).rms();
            Grid box = Grid.of(Axis.uniform(-3.0, 3.0, cells << k), Axis.uniform(-4.0, 4.0, cells << k));
            GridDecomposition cold = GridDecomposition.of(MODEL.sde(half), box, Boundary.REFLECTING);
            CellFunction divergence = cold.residual(Claim.ASSUMPTION_4).field();
            CellFunction along = cold.residual(Claim.ORTHOGONALITY).field();
            fixed[0][k] = GridNorms.rms(cold, divergence, along::at);
            fixed[1][k] = cold.residual(Claim.STATIONARITY).rms();
        }
        GridNorms.vanishes(
                sheet.holds(ASSUMPTION_4, "the Hopf normal form, a ring with rotation"), "β = 2: ∇·j", ring[0]);
        GridNorms.vanishes(
                sheet.holds(EQUATION_A5, "the Hopf normal form, which fulfils Assumption 4: j·∇Φ = 0"),
                "β = 2: j·∇Φ",
                ring[1]);
        Evidence dropped =
                sheet.fails(EQUATION_A5, "its first line at β ≠ 1, which drops a β: ∇·(jρˢˢ) = ρˢˢ(∇·j − βj·∇Φ)");
        Extrapolated printed = Extrapolated.of(fixed[0][0], fixed[0][1]);
        dropped.measure("f and D of Example 19, β = 2: ∇·j − j·∇Φ, root mean square, extrapolated", printed.value())
                .discretisationError(printed.error())
                .atLeast(0.0, estimatedErrors(10), closedForm("0 if the line were right"));
        GridNorms.vanishes(dropped, "f and D of Example 19, β = 2: ∇·j − βj·∇Φ", fixed[1]);
    }
}
