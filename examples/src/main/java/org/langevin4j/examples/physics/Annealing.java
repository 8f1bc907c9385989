package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.Integrator;
import org.langevin4j.solvers.sde.Sra1;

/** A double well cooled fast and slowly: what is left in the shallower well, by paths and by the Fokker–Planck equation with β(t). */
final class Annealing {

    /** The deeper well is at x ≈ 1.05, the other, 0.20 higher, at x ≈ −0.95. */
    private static final double TILT = 0.1;

    private static final double HOT = 0.5;
    private static final double COLD = 0.02;
    private static final int TIMES = 24;

    /** Equal work for 100 and 1,000, half of it for 10. */
    private static final int[] PATHS = {80_000, 16_000, 1_600};

    private static final ScalarField LEFT = x -> x[0] < 0.0 ? 1.0 : 0.0;

    private Annealing() {}

    /** dx = (x − x³ + 0.1)dt + √(2T(t)) dW, T falling from hot to cold as a geometric progression. */
    private static Sde cooled(double duration) {
        double rate = Math.log(COLD / HOT) / duration;
        return Sde.ito(
                (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0] + TILT,
                Diffusion.isotropic(1, 1.0),
                Temperature.varying(t -> HOT * Math.exp(rate * t)));
    }

    static void write(Sheet sheet) throws IOException {
        Evidence evidence =
                sheet.supplement("annealing: the slower the cooling, the less is caught in the shallower well");
        int cells = sheet.choose(256, 512, 1024);
        int steps = sheet.choose(1200, 4800, 9600);
        double[] temperatures = new double[TIMES + 1];
        Arrays.setAll(temperatures, k -> HOT * Math.pow(COLD / HOT, (double) k / TIMES));
        double[] equilibrium = Arrays.stream(temperatures)
                .map(t -> gibbs(cells, t).expectation(LEFT))
                .toArray();
        XyPanel panel = XyPanel.titled("In the shallower well while cooling")
                .xAxis("temperature T(t); time runs from right to left")
                .yAxis("P(x < 0)")
                .logX()
                .line("in equilibrium", temperatures, equilibrium);
        double[] durations = {10.0, 100.0, 1000.0};
        double[] found = new double[durations.length];
        double[] errors = new double[durations.length];
        for (int k = 0; k < durations.length; k++) {
            double[] onGrid = onGrid(durations[k], cells, steps);
            panel.line(String.format(Locale.ROOT, "in time %.0f", durations[k]), temperatures, onGrid);
            // Implicit Euler is of order 1: halved steps leave as much as they change.
            double ofGrid = Math.abs(onGrid[TIMES] - onGrid(durations[k], cells / 2, steps / 2)[TIMES]);
            RunningMoments paths = paths(sheet, durations[k], k);
            found[k] = paths.mean(0);
            errors[k] = paths.standardError(0);
            evidence.measure(
                            String.format(
                                    Locale.ROOT, "cooled in time %.0f: P(x < 0) at the end by paths", durations[k]),
                            found[k])
                    .standardError(errors[k])
                    .near(
                            onGrid[TIMES],
                            standardErrors(4).plus(ofGrid, "the error of the grid from refinement"),
                            independent("Fokker–Planck equation with β(t) on a grid"));
        }
        for (int k = 1; k < durations.length; k++) {
            evidence.measure(
                            String.format(
                                    Locale.ROOT,
                                    "P(x < 0) after time %.0f less that after time %.0f",
                                    durations[k - 1],
                                    durations[k]),
                            found[k - 1] - found[k])
                    .standardError(Math.hypot(errors[k - 1], errors[k]))
                    .atLeast(
                            0.0,
                            standardErrors(4),
                            literature("Kirkpatrick, Gelatt and Vecchi (1983), Science 220, 671"));
        }
        panel.points("paths at the end", new double[] {COLD, COLD, COLD}, found, errors);
        sheet.figure(
                "annealing",
                "Time runs from right to left. In equilibrium almost nothing is left in the shallower well when it is cold;"
                        + " the faster the cooling, the earlier its occupation freezes.",
                Figure.titled("Annealing: U = x⁴/4 − x²/2 − x/10, T from 0.5 to 0.02")
                        .row(panel)
                        .panelSize(640, 440));
    }

    private static double[] onGrid(double duration, int cells, int steps) {
        double[] when = new double[TIMES];
        Arrays.setAll(when, i -> duration * (i + 1) / TIMES);
        Density hot = gibbs(cells, HOT);
        return DrivenFokkerPlanck.of(cooled(duration), hot.grid(), Boundary.REFLECTING)
                .evolve(hot, 0.0, when, Integrator.implicitEuler(duration / steps))
                .expectations(LEFT)
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static RunningMoments paths(Sheet sheet, double duration, int part) {
        FunctionMoments isLeft = FunctionMoments.of((x, out) -> out[0] = x[0] < 0.0 ? 1.0 : 0.0, 1);
        double h = 0.02;
        // Starts by inversion of the distribution function in equilibrium at the hot temperature.
        double[] quantiles = quantiles(gibbs(6400, HOT));
        Ensemble ensemble = Ensemble.of(cooled(duration))
                .scheme(Sra1.withStep(h))
                .paths(sheet.choose(PATHS[part], 5 * PATHS[part], 40 * PATHS[part]))
                .until(duration)
                .startingFrom((path, out) -> out[0] = quantiles[(int) (path * 7919L % quantiles.length)])
                .seed(sheet.seed().derive(100 + part))
                .observe(isLeft);
        return sheet.run("driven, annealing", ensemble).get(isLeft);
    }

    /** The k + ½ of n-th parts of the distribution. */
    private static double[] quantiles(Density density) {
        int n = 2000;
        double[] quantiles = new double[n];
        Axis axis = density.grid().axis(0);
        double below = 0.0;
        int cell = 0;
        for (int k = 0; k < n; k++) {
            double share = (k + 0.5) / n;
            while (below + density.value(cell) * axis.width(cell) < share) {
                below += density.value(cell) * axis.width(cell);
                cell++;
            }
            quantiles[k] = axis.edge(cell) + (share - below) / density.value(cell);
        }
        return quantiles;
    }

    private static Density gibbs(int cells, double temperature) {
        return Density.gibbs(
                Grid.of(Axis.uniform(-3.2, 3.2, cells)),
                x -> 0.25 * x[0] * x[0] * x[0] * x[0] - 0.5 * x[0] * x[0] - TILT * x[0],
                Temperature.of(temperature));
    }
}
