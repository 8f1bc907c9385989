package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.List;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Statement;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Snapshots;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.sde.PlatenWeak2;

/**
 * The rate at which probability goes round the origin of Example 19: ψ(0), the flow through the positive x₁ axis; and from paths,
 * by E[b·∇θ]/2π, since Δθ = 0.
 */
final class Example19Rotation {

    /** The reference values' flux_through_positive_x1_axis_over_lambda and entropy production over λ². */
    private static final double FLUX = 0.1162498319347079;

    private static final double ENTROPY = 0.6813816115461889;

    private static final Temperature ONE = Temperature.of(1.0);

    private Example19Rotation() {}

    static void rotation(List<GridDecomposition> grids, Sheet sheet) throws IOException {
        double[] flux = new double[2];
        double[] entropy = new double[2];
        for (int k = 0; k < 2; k++) {
            GridDecomposition grid = grids.get(grids.size() - 2 + k);
            flux[k] = grid.rotationRate(0.0, 0.0) / Example19Assumptions.LAMBDA;
            entropy[k] = FokkerPlanck.of(Example19Assumptions.MODEL.sde(ONE), grid.region())
                            .entropyProduction(grid.density(), grid.density())
                            .total()
                    / (Example19Assumptions.LAMBDA * Example19Assumptions.LAMBDA);
        }
        Extrapolated turns = Extrapolated.of(flux[0], flux[1]);
        Extrapolated production = Extrapolated.of(entropy[0], entropy[1]);
        Evidence evidence = sheet.supplement("With noise Example 19 goes on turning; its drift alone comes to rest");
        Oracle quadrature = independent("quadrature of the closed form with mpmath");
        evidence.measure("turns around the origin over λ: ψ(0) of the grid, extrapolated", turns.value())
                .in("1/time")
                .discretisationError(turns.error())
                .near(FLUX, estimatedErrors(1), quadrature);
        evidence.measure("entropy production over λ², extrapolated", production.value())
                .in("nats/time")
                .discretisationError(production.error())
                .near(ENTROPY, estimatedErrors(1), quadrature);
        paths(sheet, evidence, quadrature, turns.value() * Example19Assumptions.LAMBDA);
    }

    private static void paths(Sheet sheet, Evidence evidence, Oracle quadrature, double rate) throws IOException {
        VectorField turning = (x, out) -> {
            double[] b = new double[2];
            Example19Assumptions.MODEL.drift().at(x, b);
            out[0] = (x[0] * b[1] - x[1] * b[0]) / ((x[0] * x[0] + x[1] * x[1]) * 2.0 * Math.PI);
        };
        double settled = 10.0;
        double end = 40.0;
        TimeAverage average = TimeAverage.of(turning, 1);
        Snapshots some = Snapshots.ofFirst(5);
        EnsembleResult result = sheet.run(
                "example-19, rotation",
                Ensemble.of(Example19Assumptions.MODEL.sde(ONE))
                        .scheme(PlatenWeak2.withStep(0.02))
                        .paths(sheet.choose(2_500, 20_000, 200_000))
                        .until(end)
                        .startingAt(0.5, 0.0)
                        .seed(sheet.seed().derive(0))
                        .observe(When.every(5, settled), average)
                        .observe(When.every(1, settled), some));
        RunningMoments moments = result.get(average);
        evidence.measure(
                        "turns around the origin over λ: E[b·∇θ]/2π of paths",
                        moments.mean(0) / Example19Assumptions.LAMBDA)
                .in("1/time")
                .standardError(moments.standardError(0) / Example19Assumptions.LAMBDA)
                .near(FLUX, standardErrors(4), quadrature);
        XyPanel panel = XyPanel.titled("").xAxis("t − " + (int) settled).yAxis("turns around the origin");
        double span = end - settled;
        panel.line("mean: ψ(0)·t of the grid", new double[] {0.0, span}, new double[] {0.0, rate * span});
        for (Snapshots.Trajectory trajectory : result.get(some)) {
            draw(panel, trajectory, settled);
        }
        sheet.figure(
                "rotation",
                "Angle swept by five paths, in turns. The drift alone comes to rest; with noise the rotation goes on at the rate of"
                        + " the stationary current.",
                Figure.titled(
                                "Example 19, λ = 1.5, with noise: five paths, and the rate of rotation of the steady current")
                        .row(panel)
                        .panelSize(760, 440),
                Statement.FIGURE_4);
    }

    /** A tenth of the samples is enough to draw, all are needed to count the turns. */
    private static void draw(XyPanel panel, Snapshots.Trajectory trajectory, double settled) {
        int n = trajectory.length();
        double[] t = new double[(n + 9) / 10];
        double[] turns = new double[t.length];
        double angle = 0.0;
        for (int k = 0; k < n; k++) {
            if (k > 0) {
                double cross = trajectory.state(k - 1, 0) * trajectory.state(k, 1)
                        - trajectory.state(k - 1, 1) * trajectory.state(k, 0);
                double dot = trajectory.state(k - 1, 0) * trajectory.state(k, 0)
                        + trajectory.state(k - 1, 1) * trajectory.state(k, 1);
                angle += Math.atan2(cross, dot);
            }
            if (k % 10 == 0) {
                t[k / 10] = trajectory.time(k) - settled;
                turns[k / 10] = angle / (2.0 * Math.PI);
            }
        }
        panel.line("", t, turns);
    }
}
