package org.langevin4j.examples.paper.paths;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;

/** Example 19 at β = 1 on its way from the disc of radius 0.3 about (−1, 0) to that about (1, 0), without rotation and with it. */
final class DiscPassage {

    private static final double RADIUS = 0.3;

    private static final double[] LAMBDAS = {0.0, 1.5};

    private static final double[] MEAN_TIMES = {4.0845, 2.7357};

    private DiscPassage() {}

    private static boolean within(double centre, double[] x) {
        return Math.hypot(x[0] - centre, x[1]) < RADIUS;
    }

    private static FokkerPlanck equation(double lambda, Grid grid) {
        return FokkerPlanck.of(new DoubleWell(lambda).sde(Temperature.of(1.0)), grid, Boundary.REFLECTING);
    }

    /** Narrow cells around a centre, four times as wide and growing slowly outside. */
    private static Axis graded(double end, double centre, double width) {
        Deque<Double> edges = new ArrayDeque<>(List.of(centre));
        for (int side = -1; side <= 1; side += 2) {
            double x = centre;
            double w = width;
            while (side * x < end) {
                w = Math.abs(x - centre) > RADIUS + 0.05 ? Math.min(4.0 * width, w * (1.0 + 2.5 * width)) : w;
                x = end - side * (x + side * w) < 0.5 * w ? side * end : x + side * w;
                if (side < 0) {
                    edges.addFirst(x);
                } else {
                    edges.addLast(x);
                }
            }
        }
        return Axis.of(edges.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * The mean time from (−1, 0) to the disc and the estimated error. The cells whose centres lie in the disc are not the disc: their area,
     * and with it the mean time, depends on how the grid lies, and the steps of their edge are of first order. So the times on several grids
     * are fitted by τ + a(√(area/π) − radius) + c·width.
     */
    private static double[] meanTime(double lambda, double[] widths) {
        double[][] places = {{0.0, 0.0}, {0.5, 0.5}, {0.25, 0.75}};
        List<double[]> rows = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (double width : widths) {
            for (double[] place : places) {
                Grid grid = Grid.of(graded(3.0, 1.0 + place[0] * width, width), graded(4.5, place[1] * width, width));
                double[] centre = new double[2];
                int inside = 0;
                for (int cell = 0; cell < grid.cells(); cell++) {
                    grid.centre(cell, centre);
                    inside += within(1.0, centre) ? 1 : 0;
                }
                rows.add(new double[] {1.0, width * Math.sqrt(inside / Math.PI) - RADIUS, width});
                times.add(Interpolation.at(
                        HittingProblem.of(equation(lambda, grid), x -> within(1.0, x))
                                .meanTime(),
                        -1.0,
                        0.0));
            }
        }
        RealMatrix x = MatrixUtils.createRealMatrix(rows.toArray(new double[0][]));
        double[] y = times.stream().mapToDouble(Double::doubleValue).toArray();
        RealMatrix inverse = LuFactors.of(x.transpose().multiply(x)).inverse();
        double[] fit = inverse.operate(x.transpose().operate(y));
        double[] fitted = x.operate(fit);
        double squares = 0.0;
        for (int i = 0; i < y.length; i++) {
            squares += (y[i] - fitted[i]) * (y[i] - fitted[i]) / (y.length - fit.length);
        }
        return new double[] {fit[0], Math.sqrt(squares * inverse.getEntry(0, 0))};
    }

    static void measure(Sheet sheet) throws IOException {
        double[] widths = sheet.choose(
                new double[] {0.04, 0.032, 0.025, 0.02},
                new double[] {0.032, 0.025, 0.02, 0.0165, 0.0125},
                new double[] {0.025, 0.02, 0.0165, 0.0125, 0.01, 0.008});
        Evidence times =
                sheet.supplement("Rotation hurries Example 19 from one well to the other, and bends the committor");
        double[][] found = new double[2][];
        FieldPanel[] committors = new FieldPanel[2];
        FieldPanel[] maps = new FieldPanel[2];
        for (int i = 0; i < 2; i++) {
            String at = String.format(Locale.ROOT, "λ = %.1f: ", LAMBDAS[i]);
            found[i] = meanTime(LAMBDAS[i], widths);
            times.measure(at + "mean time from (−1, 0) to the disc of radius 0.3 about (1, 0)", found[i][0])
                    .in("time")
                    .discretisationError(found[i][1])
                    .near(MEAN_TIMES[i], estimatedErrors(3), independent("the referee's own finite volumes"));
            int cells = sheet.choose(100, 200, 400);
            CellFunction committor = committor(LAMBDAS[i], cells);
            symmetries(at, LAMBDAS[i], committor, sheet);
            double bend = bend(committor);
            if (LAMBDAS[i] > 0.0) {
                times.measure(at + "largest |q − ½| on x₁ = 0", bend)
                        .discretisationError(Math.abs(bend - bend(committor(LAMBDAS[i], cells / 2))))
                        .atLeast(0.0, estimatedErrors(4), closedForm("0 without rotation, by symmetry"));
            }
            CellFunction time = HittingProblem.of(
                            equation(LAMBDAS[i], Grid.of(Axis.uniform(-3, 3, cells), Axis.uniform(-4.5, 4.5, cells))),
                            x -> within(1.0, x))
                    .meanTime();
            Grid window = Grid.square(-2, 2, 2);
            committors[i] = FieldPanel.titled(at + "committor q", window)
                    .heatMap(committor, "q", 1.0)
                    .contours(
                            "q = 0.1, 0.3, 0.5, 0.7, 0.9", x -> Interpolation.at(committor, x), 0.1, 0.3, 0.5, 0.7, 0.9)
                    .curves("discs", List.of(circle(-1.0), circle(1.0)));
            maps[i] = FieldPanel.titled(at + "mean time to the right disc", window)
                    .heatMap(time, "mean time", 5.0)
                    .contours("mean time 1, 2, 3, 4", x -> Interpolation.at(time, x), 1, 2, 3, 4)
                    .curves("disc", List.<double[][]>of(circle(1.0)));
        }
        double ratio = found[1][0] / found[0][0];
        times.measure("mean time, λ = 1.5 over λ = 0", ratio)
                .discretisationError(ratio * Math.hypot(found[0][1] / found[0][0], found[1][1] / found[1][0]))
                .atMost(1.0, estimatedErrors(4), closedForm("1 if rotation did not hurry"));
        sheet.figure(
                "example-19",
                "Above: the probability to reach the disc of radius 0.3 about (1, 0) before that about (−1, 0), without and"
                        + " with rotation. Below: the mean time to the former, on one scale.",
                Figure.titled("Example 19, β = 1: from the disc about (−1, 0) to that about (1, 0)")
                        .row(committors)
                        .row(maps));
    }

    private static CellFunction committor(double lambda, int cells) {
        return HittingProblem.of(
                        equation(lambda, Grid.of(Axis.uniform(-3, 3, cells), Axis.uniform(-4.5, 4.5, cells))),
                        x -> within(-1.0, x),
                        x -> within(1.0, x))
                .probability(1);
    }

    private static double bend(CellFunction committor) {
        double largest = 0.0;
        Axis second = committor.grid().axis(1);
        for (int i = 0; i < second.cells(); i++) {
            largest = Math.max(largest, Math.abs(Interpolation.at(committor, 0.0, second.centre(i)) - 0.5));
        }
        return largest;
    }

    private static void symmetries(String at, double lambda, CellFunction committor, Sheet sheet) {
        double asymmetry = 0.0;
        double range = 0.0;
        int cells = committor.grid().cells();
        for (int cell = 0; cell < cells; cell++) {
            double q = committor.value(cell);
            asymmetry = Math.max(asymmetry, Math.abs(q + committor.value(cells - 1 - cell) - 1));
            range = Math.max(range, Math.max(-q, q - 1));
        }
        Evidence evidence = sheet.consistency("Committors are probabilities and have the symmetry of their grid");
        evidence.measure(at + "largest |q(x) + q(−x) − 1|", asymmetry)
                .near(0.0, rounding(1e-9), construction("symmetry of the grid"));
        evidence.measure(at + "committor beyond [0, 1]", range)
                .near(0.0, rounding(1e-12), construction("elimination without subtraction"));
        if (lambda == 0.0) {
            evidence.measure(at + "largest |q − ½| on x₁ = 0", bend(committor))
                    .near(0.0, rounding(1e-9), construction("symmetry of the grid"));
        }
    }

    private static double[][] circle(double centre) {
        double[][] points = new double[2][73];
        for (int i = 0; i <= 72; i++) {
            points[0][i] = centre + RADIUS * Math.cos(Math.PI * i / 36);
            points[1][i] = RADIUS * Math.sin(Math.PI * i / 36);
        }
        return points;
    }
}
