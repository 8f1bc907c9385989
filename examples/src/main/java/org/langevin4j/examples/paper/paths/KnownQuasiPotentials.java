package org.langevin4j.examples.paper.paths;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.Locale;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.solvers.path.CharacteristicFronts;
import org.langevin4j.solvers.path.MinimumAction;
import org.langevin4j.solvers.path.QuasiPotential;
import org.langevin4j.solvers.path.StringMethod;

/** Quasi-potentials of systems with a Φ, whatever their rotation: V is ΔΦ; how near the methods come, and in what time. */
final class KnownQuasiPotentials {

    private static final Potential WELL = new DoubleWell(0.0).potential();

    private KnownQuasiPotentials() {}

    /** Writes down V of the saddle, with its difference from a grid of half as many cells for an error. */
    static QuasiPotential atSaddle(
            Evidence evidence,
            String at,
            VectorField drift,
            Grid grid,
            double[] well,
            double[] saddle,
            double expected,
            Oracle oracle) {
        CharacteristicFronts fronts = CharacteristicFronts.of(drift, TransitionPaths.IDENTITY);
        QuasiPotential v = fronts.around(grid, well);
        int cells = grid.axis(0).cells();
        double coarse = fronts.around(refined(grid, cells / 2), well).atSaddle(saddle);
        double value = v.atSaddle(saddle);
        evidence.measure(at + "quasi-potential of the saddle on " + cells + "² cells", value)
                .discretisationError(Math.abs(value - coarse))
                .near(expected, estimatedErrors(1), oracle);
        return v;
    }

    private static Grid refined(Grid box, int cells) {
        Axis x = box.axis(0);
        Axis y = box.axis(1);
        return Grid.of(Axis.uniform(x.min(), x.max(), cells), Axis.uniform(y.min(), y.max(), cells));
    }

    /** One system, its attractor (a cycle if the period is positive), and V below a limit. */
    private record Known(
            String name,
            VectorField drift,
            Grid box,
            double x1,
            double x2,
            double period,
            ScalarField exact,
            double below) {

        /** Largest error where the potential is below the limit, and seconds. */
        double[] errorAndSeconds(int cells) {
            CharacteristicFronts method = CharacteristicFronts.of(drift, TransitionPaths.IDENTITY);
            Grid grid = refined(box, cells);
            QuasiPotential v = period > 0.0 ? method.aroundCycle(grid, period, x1, x2) : method.around(grid, x1, x2);
            double worst = 0.0;
            double[] centre = new double[2];
            for (int cell = 0; cell < grid.cells(); cell++) {
                grid.centre(cell, centre);
                double expected = exact.at(centre);
                if (expected < below) {
                    worst = Math.max(worst, Math.abs(v.value(cell) - expected));
                }
            }
            return new double[] {worst, v.wallTime().toNanos() * 1e-9};
        }
    }

    private static Known linear(double omega) {
        return new Known(
                String.format(Locale.ROOT, "linear, ω = %.0f", omega),
                (x, out) -> {
                    out[0] = -(x[0] + omega * x[1]);
                    out[1] = -(x[1] - omega * x[0]);
                },
                Grid.square(-1.0, 1.0, 2),
                0.0,
                0.0,
                0.0,
                x -> 0.5 * (x[0] * x[0] + x[1] * x[1]),
                2.0);
    }

    private static VectorField doubleWell(double omega) {
        return (x, out) -> {
            double slope = x[0] * (x[0] * x[0] - 1.0);
            out[0] = -slope - omega * x[1];
            out[1] = -x[1] + omega * slope;
        };
    }

    private static Known well(double omega) {
        return new Known(
                String.format(Locale.ROOT, "double well, ω = %.0f", omega),
                doubleWell(omega),
                Grid.of(Axis.uniform(-1.8, 0.2, 2), Axis.uniform(-1.0, 1.0, 2)),
                -1.0,
                0.0,
                0.0,
                x -> x[0] < 0.0 ? WELL.at(x) : Double.POSITIVE_INFINITY,
                0.2);
    }

    private static Known hopf(double omega) {
        HopfNormalForm model = new HopfNormalForm(1.0, omega);
        return new Known(
                String.format(Locale.ROOT, "Hopf cycle, ω = %.0f", omega),
                model.drift(),
                Grid.square(-1.5, 1.5, 2),
                1.0,
                0.0,
                2.0 * Math.PI / omega,
                x -> model.potential().at(x) + 0.25,
                0.24);
    }

    static void measure(Sheet sheet) throws IOException {
        barriers(sheet.supplement("In a system with a potential the most likely path costs ΔΦ, whatever the rotation"));
        int[] sizes = sheet.choose(
                new int[] {65, 129, 257}, new int[] {65, 129, 257, 513, 1025}, new int[] {65, 129, 257, 513, 1025, 2049
                });
        double[] cells = new double[sizes.length];
        XyPanel errors = XyPanel.titled("largest error")
                .xAxis("cells along each axis")
                .yAxis("max |V − Φ|")
                .logX()
                .logY();
        XyPanel times = XyPanel.titled("time, one thread, from a cold start of the first")
                .xAxis("cells along each axis")
                .yAxis("seconds")
                .logX()
                .logY();
        Evidence evidence = sheet.supplement("Quasi-potentials by fronts of characteristics are of third order");
        for (Known one : new Known[] {linear(1), linear(10), well(1), well(10), hopf(3)}) {
            double[] worst = new double[sizes.length];
            double[] seconds = new double[sizes.length];
            for (int i = 0; i < sizes.length; i++) {
                double[] measured = one.errorAndSeconds(sizes[i]);
                worst[i] = measured[0];
                seconds[i] = measured[1];
                cells[i] = sizes[i];
            }
            int last = sizes.length - 1;
            String at = one.name() + ": ";
            if (one.name().startsWith("linear")) {
                evidence.measure(
                                at + "largest error of V, which is quadratic, on " + sizes[last] + "² cells",
                                worst[last])
                        .exact()
                        .atMost(1e-5, none(), closedForm("½|x|²; Runge–Kutta steps, 1e-5 of V"));
            } else {
                evidence.measure(at + "largest error of V on " + sizes[last] + "² cells", worst[last])
                        .exact();
                evidence.measure(
                                at + "order at which the error vanishes, from the first size to the last",
                                Math.log(worst[0] / worst[last]) / Math.log(cells[last] / cells[0]))
                        .exact()
                        .atLeast(2.5, none(), closedForm("third order: nearer to 3 than to 2"));
            }
            errors.points(one.name(), cells, worst);
            times.points(one.name(), cells, seconds);
        }
        errors.points("QPot, linear, ω = 1, 10", new double[] {1025, 1025}, new double[] {1.8e-3, 3.0e-2});
        sheet.figure(
                "accuracy",
                "Left: the largest error of the quasi-potential on [−1, 1]² (linear), in the well below 4/5 of the barrier (double"
                        + " well), and about the cycle up to 0.24 (Hopf, whose top is ¼); beside them QPot's (Moore, Stieha, Nolting, Cameron and Abbott 2016)."
                        + " Right: the time it took. The linear"
                        + " systems have a quadratic V, which the method interpolates exactly: only the others show its"
                        + " order. Cells that no front reaches are filled by ordered line integrals.",
                Figure.titled("Quasi-potentials of systems with a known Φ: error and time")
                        .row(errors, times)
                        .panelSize(620, 440));
    }

    private static void barriers(Evidence evidence) {
        double[] left = {-1.0, 0.0};
        double[] saddle = {0.0, 0.0};
        var path =
                MinimumAction.of(doubleWell(0), TransitionPaths.IDENTITY).along(left, new double[] {-0.5, 0.3}, saddle);
        evidence.measure("double well without rotation: action of the path to the saddle", path.action())
                .discretisationError(path.errorEstimate())
                .near(0.25, estimatedErrors(2).plus(TransitionPaths.SOLVER, "the iterations' own"), closedForm("ΔΦ"));
        var string = StringMethod.of(doubleWell(0), TransitionPaths.IDENTITY)
                .along(new double[] {-1.2, 0.3}, new double[] {0.2, 0.9}, new double[] {0.8, -0.2});
        evidence.measure("double well without rotation: barrier by the string method", string.barrier())
                .discretisationError(string.path().errorEstimate())
                .near(0.25, estimatedErrors(2).plus(TransitionPaths.SOLVER, "the iterations' own"), closedForm("ΔΦ"));
        atSaddle(
                evidence,
                "double well, ω = 1: ",
                doubleWell(1),
                Grid.of(Axis.uniform(-1.8, 0.2, 200), Axis.uniform(-1.0, 1.0, 200)),
                left,
                saddle,
                0.25,
                closedForm("ΔΦ"));
    }
}
