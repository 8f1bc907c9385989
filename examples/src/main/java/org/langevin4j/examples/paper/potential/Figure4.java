package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.EQUATION_7;
import static org.langevin4j.examples.experiment.Statement.EXAMPLE_19;
import static org.langevin4j.examples.experiment.Statement.FIGURE_4;
import static org.langevin4j.examples.experiment.Statement.REMARK_21;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.Locale;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.FixedPoints;
import org.langevin4j.solvers.orbit.Flow;
import org.langevin4j.solvers.sde.PlatenWeak2;

/** Figure 4 of Chaudhari and Soatto (2018): the dynamics of Example 19 for three strengths of the rotating force. */
public final class Figure4 implements Experiment {

    static final String STATIONARY = "β = 1 and every λ computed";

    static final String NO_CYCLE =
            "(c), and any other λ: the drift has no limit cycle, by Bendixson’s and Dulac’s criterion; beyond λ = e^(−1/4) all ends"
                    + " in the origin";

    private static final Temperature ONE = Temperature.of(1.0);

    private static final double[][] LIKELY = {{1, 0}, {-1, 0}};

    @Override
    public String name() {
        return "figure-4";
    }

    @Override
    public String summary() {
        return "Example 19 for λ = 0, 0.5, 1.5: gradient field, most likely points, where the drift ends";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        double[] lambdas = {0.0, 0.5, 1.5};
        FieldPanel[] panels = new FieldPanel[lambdas.length];
        for (int k = 0; k < lambdas.length; k++) {
            DoubleWell model = new DoubleWell(lambdas[k]);
            String title = String.format(Locale.ROOT, "(%c) λ = %s", 'a' + k, k == 0 ? "0" : model.lambda());
            Evidence steady = k == 0 ? sheet.holds(EQUATION_7, "D = I") : sheet.holds(EXAMPLE_19, STATIONARY);
            StationaryLaw.of(model.potential(), 1.0)
                    .agrees(
                            steady,
                            title,
                            StationaryLaw.sample(
                                    sheet, "figure-4, " + title, model.sde(ONE), PlatenWeak2::withStep, 0.03, k));
            if (k > 0) {
                mostLikely(sheet, title, model);
            }
            panels[k] = FieldPanel.titled(title, Grid.square(-2, 2, 64))
                    .contours("Φ", model.potential())
                    .streamlines("−∇f", model.drift())
                    .dots("most likely points", LIKELY)
                    .rings("∇f = 0", model.restingPoints().toArray(new double[0][]));
        }
        restingPoints(sheet);
        origin(sheet);
        sheet.figure(
                "figure-4",
                "The field −∇f for three strengths of the rotating force, on one scale of line widths, over the contours of Φ. Red"
                        + " dots: the most likely points of e^(−Φ), the same for all; rings: the points where ∇f = 0, which move"
                        + " with λ and have merged in the origin in (c), where all trajectories end.",
                Figure.titled("Example 19: three different ∇f share the steady state e^(−Φ)")
                        .row(panels)
                        .panelSize(430, 440),
                FIGURE_4,
                EXAMPLE_19);
    }

    /** Of the grid's steady state, on two grids. */
    private static void mostLikely(Sheet sheet, String title, DoubleWell model) {
        int cells = sheet.choose(80, 160, 240);
        double[][] at = new double[2][];
        for (int k = 0; k < 2; k++) {
            Grid grid = Grid.square(-3.5, 3.5, cells << k);
            at[k] = MostLikely.point(
                    FokkerPlanck.of(model.sde(ONE), grid, Boundary.REFLECTING)
                            .steadyState()
                            .density(),
                    1.0,
                    0.0);
        }
        for (int axis = 0; axis < 2; axis++) {
            Extrapolated found = Extrapolated.of(at[0][axis], at[1][axis]);
            sheet.holds(EXAMPLE_19, STATIONARY)
                    .measure(
                            title + ": most likely point of the grid’s steady state, x" + (axis == 0 ? "₁" : "₂"),
                            found.value())
                    .discretisationError(found.error())
                    .near(axis == 0 ? 1.0 : 0.0, estimatedErrors(1), closedForm("minimum of Φ"));
        }
    }

    /** By Newton's method from the wells of Φ, on the drift alone. */
    private static void restingPoints(Sheet sheet) {
        sheet.consistency("Example 19 at λ = 0 is its Φ")
                .measure("distance between the wells of f and of Φ", well(0.0))
                .atMost(1e-12, none(), construction("f = Φ"));
        var newton = independent("Newton’s method with mpmath, 20 digits");
        sheet.holds(FIGURE_4, "(a) and (b): at λ = 0.5 the points where ∇f = 0 have moved by 0.40")
                .measure("(b) λ = 0.5: distance from the well of f to that of Φ", well(0.5))
                .near(0.40085834538, rounding(1e-9), newton);
        sheet.holds(REMARK_21, "Example 19, λ = 0.5: j moves the points where ∇f = 0 by 0.40")
                .measure("λ = 0.5: distance from the well of f to that of Φ", well(0.5))
                .near(0.40085834538, rounding(1e-9), newton);
    }

    private static double well(double lambda) {
        Flow flow = Flow.of(new DoubleWell(lambda).drift(), 2);
        double[] at = FixedPoint.near(flow, new double[] {1.0, lambda}).location();
        return Math.hypot(at[0] - 1.0, at[1]);
    }

    private static void origin(Sheet sheet) {
        Evidence evidence = sheet.fails(FIGURE_4, NO_CYCLE);
        Flow flow = Flow.of(new DoubleWell(1.5).drift(), 2);
        evidence.measure(
                        "(c) λ = 1.5: points where ∇f = 0 in [−3, 3]²",
                        FixedPoints.in(flow, Grid.square(-3, 3, 9)).points().size())
                .in("points")
                .near(1.0, none(), closedForm("λ > e^(−1/4)"));
        // Near the origin paths go round the ellipses c‖x‖² − 2x₁x₂ = E, over which the mean of ‖x‖² is cE/(c² − 1).
        double c = 1.5 * Math.exp(0.25);
        double time = 1e4;
        double farthest = 0.0;
        for (int k = 0; k < 4; k++) {
            double angle = (k + 0.5) * Math.PI / 2.0;
            double[] x = flow.after(new double[] {2.5 * Math.cos(angle), 2.5 * Math.sin(angle)}, time);
            double energy = c * (x[0] * x[0] + x[1] * x[1]) - 2.0 * x[0] * x[1];
            farthest = Math.max(farthest, Math.sqrt(c * energy / (c * c - 1.0)));
        }
        evidence.measure(
                        "(c) λ = 1.5, t = 10⁴: root mean square of ‖x‖ over a turn, times √t/2, largest of four starts",
                        0.5 * farthest * Math.sqrt(time))
                .near(
                        1.0,
                        Tolerance.of(10.0 * Math.log(time) / time, "next term of the normal form, in log t/t"),
                        closedForm("normal form ṙ = −r³/8"));
    }
}
