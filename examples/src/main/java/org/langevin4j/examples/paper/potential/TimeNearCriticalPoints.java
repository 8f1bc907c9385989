package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.REMARK_23;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Locale;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Line;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.PlatenWeak2;

/** Remark 23: time spent near the critical points of f and of Φ in Example 19, its drift held fixed over the temperature. */
final class TimeNearCriticalPoints {

    private static final double RADIUS = 0.25;
    private static final String OF_GRID = "± estimated error of the grid";

    private static final double[] WELL = {1.0, 0.0};

    /** The attracting point of the drift at λ = 0.5 (Newton's method in mpmath). */
    private static final double[] WELL_OF_LOSS = {0.9024283211774303, 0.3888022383568555};

    private static final double[] ORIGIN = {0.0, 0.0};

    private TimeNearCriticalPoints() {}

    static void time(Sheet sheet) throws IOException {
        double[] logs = {0, 1, 2, 3, 4, 5, 6};
        // Fourier collocation of the stationary equation with NumPy, 48 × 60 to 68 × 76 points; NaN: none, or a closed
        // form.
        double[] known = {Double.NaN, 0.745787, 0.809719, 1.089684, 1.857217, Double.NaN, Double.NaN};
        double[] origin = new double[logs.length];
        double[] wells = new double[logs.length];
        double[] originErrors = new double[logs.length];
        double[] wellsErrors = new double[logs.length];
        Evidence cold = sheet.holds(
                REMARK_23,
                "low temperatures at a fixed drift, β ≥ 8 for λ = 1.5: more time near the origin, the saddle of Φ, than near either well");
        Evidence warm =
                sheet.fails(REMARK_23, "β = 1, 2 and 4, λ = 1.5: less time near the origin than near either well of Φ");
        for (int k = 0; k < logs.length; k++) {
            double beta = Math.pow(2.0, logs[k]);
            Extrapolated one = ratio(sheet, 1.5, beta, ORIGIN);
            origin[k] = one.value();
            originErrors[k] = one.error();
            Extrapolated two = ratio(sheet, 0.5, beta, WELL_OF_LOSS);
            wells[k] = two.value();
            wellsErrors[k] = two.error();
            String title = String.format(Locale.ROOT, "λ = 1.5, β = %.0f: ", beta);
            if (k == 0) {
                exact(warm, title, one, 1.5, ORIGIN);
                exact(
                        sheet.holds(
                                REMARK_23,
                                "λ = 0.5, β = 1: less time near the minima of f than near those of Φ, which has others"),
                        "λ = 0.5, β = 1: ",
                        two,
                        0.5,
                        WELL_OF_LOSS);
            } else {
                Line line = (k > 2 ? cold : warm)
                        .measure(title + "time within ¼ of the origin over that of (1, 0)", one.value())
                        .discretisationError(one.error());
                if (Double.isNaN(known[k])) {
                    line.atLeast(1.0, estimatedErrors(4), closedForm("equal times"));
                } else {
                    line.near(known[k], estimatedErrors(1), independent("Fourier collocation with NumPy on two grids"));
                }
            }
        }
        double[] pathLogs = {0, 4};
        double[] paths = new double[2];
        double[] pathErrors = new double[2];
        for (int k = 0; k < 2; k++) {
            double beta = Math.pow(2.0, pathLogs[k]);
            RunningMoments sample = sample(sheet, beta, origin[(int) pathLogs[k]], k);
            paths[k] = sample.mean(0) / sample.mean(1);
            pathErrors[k] = sample.standardError(2) / sample.mean(1);
            (k == 0 ? warm : cold)
                    .measure(
                            String.format(Locale.ROOT, "λ = 1.5, β = %.0f: that ratio, of the time of paths", beta),
                            paths[k])
                    .standardError(pathErrors[k])
                    .near(
                            origin[(int) pathLogs[k]],
                            standardErrors(4).plus(originErrors[(int) pathLogs[k]], "error of the grid"),
                            independent("steady state on grids"));
        }
        sheet.figure(
                "time",
                "Probability within ¼ of a minimum or of the centre of the drift over that within ¼ of a minimum of the Φ of"
                        + " β = 1. At λ = 1.5 the drift ends in the origin, the saddle of Φ: there is less time spent than near the"
                        + " wells while it is warm, and most when it is cold.",
                Figure.titled("Example 19, the drift held fixed: where the time is spent")
                        .row(XyPanel.titled("")
                                .xAxis("log₂ β")
                                .yAxis("ratio of times")
                                .xRange(-0.3, 6.3)
                                .logY()
                                .horizontalLine(1.0, "")
                                .points("λ = 1.5, origin over (1, 0), grids", logs, origin, originErrors, OF_GRID)
                                .points("λ = 0.5, well of f over (1, 0), grids", logs, wells, wellsErrors, OF_GRID)
                                .points("λ = 1.5, paths", pathLogs, paths, pathErrors))
                        .panelSize(680, 420),
                REMARK_23);
    }

    private static void exact(Evidence evidence, String title, Extrapolated found, double lambda, double[] at) {
        ScalarField law = x -> Math.exp(-new DoubleWell(lambda).potential().at(x));
        evidence.measure(
                        title + "time within ¼ of " + (at == ORIGIN ? "the origin" : "a minimum of f")
                                + " over that of (1, 0)",
                        found.value())
                .discretisationError(found.error())
                .near(disc(law, at) / disc(law, WELL), estimatedErrors(1), closedForm("e^(−Φ), by quadrature"));
    }

    /** From two grids, whose log ρ is interpolated, so that discs need no whole cells. */
    private static Extrapolated ratio(Sheet sheet, double lambda, double beta, double... at) {
        double[] found = new double[2];
        int cells = sheet.choose(80, 128, 192);
        for (int i = 0; i < 2; i++) {
            double x = 1.6 + 1.9 / Math.sqrt(beta);
            double y = 1.6 + 3.4 / Math.sqrt(beta);
            Grid box = Grid.of(Axis.uniform(-x, x, cells << i), Axis.uniform(-y, y, cells << i));
            CellFunction phi = GridDecomposition.of(
                            new DoubleWell(lambda).sde(Temperature.of(1.0 / beta)), box, Boundary.REFLECTING)
                    .potential();
            ScalarField law = point -> Math.exp(-beta * phi.at(point));
            found[i] = disc(law, at) / disc(law, WELL);
        }
        return Extrapolated.of(found[0], found[1]);
    }

    /** The integral over a disc by midpoints in r² and θ. */
    private static double disc(ScalarField law, double... centre) {
        int rings = 48;
        int spokes = 96;
        double sum = 0.0;
        for (int i = 0; i < rings; i++) {
            double r = RADIUS * Math.sqrt((i + 0.5) / rings);
            for (int k = 0; k < spokes; k++) {
                double angle = 2.0 * Math.PI * (k + 0.5) / spokes;
                sum += law.at(new double[] {centre[0] + r * Math.cos(angle), centre[1] + r * Math.sin(angle)});
            }
        }
        return sum / (rings * spokes);
    }

    /** Times near the origin, near either well, and the first less a ratio times the second. */
    private static RunningMoments sample(Sheet sheet, double beta, double ratio, int part) {
        VectorField near = (x, out) -> {
            out[0] = Math.hypot(x[0], x[1]) <= RADIUS ? 1.0 : 0.0;
            out[1] = Math.hypot(Math.abs(x[0]) - 1.0, x[1]) <= RADIUS ? 0.5 : 0.0;
            out[2] = out[0] - ratio * out[1];
        };
        TimeAverage average = TimeAverage.of(near, 3);
        return sheet.run(
                        "remarks-23-26, β = " + beta,
                        Ensemble.of(new DoubleWell(1.5).sde(Temperature.of(1.0 / beta)))
                                .scheme(PlatenWeak2.withStep(0.02))
                                .paths(sheet.choose(4000, 20_000, 100_000))
                                .until(120.0)
                                .startingAt(0.5, 0.0)
                                .seed(sheet.seed().derive(part))
                                .observe(When.every(5, 20.0), average))
                .get(average);
    }
}
