package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.FIGURE_4;
import static org.langevin4j.examples.experiment.Statement.REMARK_23;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.Arrays;
import org.hipparchus.complex.Complex;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Grid;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.orbit.Bifurcation;
import org.langevin4j.solvers.orbit.Continuation;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPointBranch;
import org.langevin4j.solvers.orbit.FixedPoints;
import org.langevin4j.solvers.orbit.Flow;

/** Fixed points of the drift of Example 19 over λ: two wells and a saddle, which merge at λ = e^(−1/4). */
final class MergingWells {

    static final String SADDLE =
            "Example 19 with λ = 1.5, its drift held fixed, as β → ∞: all orbits wind into the origin, the"
                    + " saddle of Φ";

    /** λ, x₁, x₂ of the right well, sum and product of its eigenvalues: values.json, example19, fixed_points. */
    private static final double[][] WELLS = {
        {0.25, 0.9800689825445236, 0.19469802219715165, -2.842202307393539, 1.8422730925291633},
        {0.5, 0.9024283211774303, 0.3888022383568555, -2.263903319565981, 1.2741664920549964},
        {0.7, 0.6111841627132617, 0.48374518737316297, -0.7400327262259936, 0.21600448496174385}
    };

    private MergingWells() {}

    static Flow example19(double lambda) {
        return Flow.of(new DoubleWell(lambda).drift(), 2);
    }

    static void fixedPoints(Sheet sheet) throws IOException {
        Continuation continuation = Continuation.of(lambda -> new DoubleWell(lambda).drift(), 2, 0.1, 1.6)
                .withSteps(sheet.choose(0.03, 0.01, 0.005));
        FixedPointBranch wells = continuation.from(0.1, 1.0, 0.1);
        Bifurcation merging = wells.bifurcations().get(0);
        FixedPointBranch origin = continuation.crossing(wells, merging);
        Evidence points = sheet.supplement("the wells and the saddle of Example 19’s drift merge at λ = e^(−1/4)");
        points.measure(
                        "λ where the wells and the saddle merge, a pitchfork",
                        merging.type() == Bifurcation.Type.PITCHFORK ? merging.parameter() : Double.NaN)
                .near(DoubleWell.MERGING_LAMBDA, rounding(1e-9), closedForm("e^(−1/4)"));
        points.measure(
                        "other bifurcations on the two branches, 0.1 ≤ λ ≤ 1.6",
                        wells.bifurcations().size()
                                - 1.0
                                + origin.bifurcations().size())
                .exact()
                .near(0.0, none(), closedForm("det F = 0 at e^(−1/4) only"));
        double worst = 0.0;
        double[] lambdas = wells.parameters();
        for (int i = 0; i < lambdas.length; i++) {
            double[] x = wells.points().get(i).location();
            double nearest = Double.POSITIVE_INFINITY;
            for (double[] point : new DoubleWell(lambdas[i]).restingPoints()) {
                nearest = Math.min(nearest, Math.hypot(point[0] - x[0], point[1] - x[1]));
            }
            worst = Math.max(worst, nearest);
        }
        // The merging is a square-root singularity: there a rounding error of 1e-15 in λ moves the wells by 1e-7.
        points.measure("largest distance of the branch of wells from the roots of a scalar equation", worst)
                .atMost(1e-6, none(), independent("the scalar equation for the wells"));
        Oracle reference = independent("mpmath");
        for (double[] row : WELLS) {
            FixedPoint well = FixedPoint.near(example19(row[0]), row[1], row[2]);
            String name = "well at λ = " + row[0];
            points.measure(
                            name + ": distance from the reference",
                            Math.hypot(well.location()[0] - row[1], well.location()[1] - row[2]))
                    .atMost(1e-11, none(), reference);
            Complex first = well.eigenvalues()[0];
            Complex second = well.eigenvalues()[1];
            points.measure(name + ": sum of the eigenvalues", first.add(second).getReal())
                    .in("1/time")
                    .near(row[3], rounding(1e-9), reference);
            points.measure(
                            name + ": product of the eigenvalues",
                            first.multiply(second).getReal())
                    .in("1/time²")
                    .near(row[4], rounding(1e-9), reference);
        }
        Evidence saddle = sheet.holds(REMARK_23, SADDLE);
        var found = FixedPoints.in(example19(1.5), Grid.square(-3.0, 3.0, 9)).points();
        saddle.measure("fixed points of the drift", found.size())
                .exact()
                .near(1.0, none(), closedForm("the wells have merged at e^(−1/4)"));
        saddle.measure(
                        "eigenvalues of the drift at the origin, imaginary part",
                        found.get(0).eigenvalues()[0].getImaginary())
                .in("1/time")
                .near(1.646093210931656, rounding(1e-10), closedForm("√(λ²e^(1/2) − 1)"));
        // b = −∇Φ for λ = 0.
        saddle.measure(
                        "smaller eigenvalue of Φ″ at the origin",
                        -FixedPoint.near(example19(0.0), 0.0, 0.0)
                                .eigenvalues()[0]
                                .getReal())
                .near(-1.0, rounding(1e-9), closedForm("Φ″ = diag(−1, 1)"));

        XyPanel diagram = XyPanel.titled("Fixed points").xAxis("λ").yAxis("x₁").xRange(0.1, 1.6);
        diagram.line("stable node or focus", lambdas, wells.coordinate(0));
        lines(diagram, origin, "saddle", FixedPoint.Kind.SADDLE);
        lines(diagram, origin, "weak stable focus", FixedPoint.Kind.CENTRE);
        diagram.points("pitchfork", new double[] {merging.parameter()}, new double[] {merging.location()[0]});

        XyPanel eigenvalues =
                XyPanel.titled("Eigenvalues").xAxis("λ").yAxis("eigenvalue").xRange(0.1, 1.6);
        int half = lambdas.length / 2;
        eigenvalues.line("wells, larger real part", head(lambdas, half), head(parts(wells, true), half));
        eigenvalues.line("wells, imaginary part", head(lambdas, half), head(parts(wells, false), half));
        eigenvalues.line("origin, larger real part", origin.parameters(), parts(origin, true));
        eigenvalues.line("origin, imaginary part", origin.parameters(), parts(origin, false));
        eigenvalues.verticalLine(DoubleWell.MERGING_LAMBDA, "e^(−1/4)");
        sheet.figure(
                "bifurcation",
                "Fixed points over λ by continuation, and their eigenvalues. Beyond e^(−1/4) the origin has eigenvalues ±iω: no"
                        + " Hopf point, as their real part stays zero.",
                Figure.titled("Fixed points of the drift of Example 19")
                        .row(diagram, eigenvalues)
                        .panelSize(520, 400),
                FIGURE_4);
    }

    private static double[] head(double[] values, int n) {
        return Arrays.copyOf(values, n);
    }

    private static double[] parts(FixedPointBranch branch, boolean real) {
        return branch.points().stream()
                .mapToDouble(point ->
                        real ? point.eigenvalues()[0].getReal() : Math.abs(point.eigenvalues()[0].getImaginary()))
                .toArray();
    }

    /** The part of a branch of one kind. */
    private static void lines(XyPanel panel, FixedPointBranch branch, String name, FixedPoint.Kind kind) {
        double[] x = branch.coordinate(0);
        for (int i = 0; i < x.length; i++) {
            x[i] = branch.points().get(i).kind() == kind ? x[i] : Double.NaN;
        }
        panel.line(name, branch.parameters(), x);
    }
}
