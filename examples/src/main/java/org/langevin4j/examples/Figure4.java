package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Histogram;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.SteadyState;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** Figure 4 of Chaudhari and Soatto (2018): the dynamics of Example 19 for three strengths of the rotating force. */
public final class Figure4 implements Example {

    private static final Temperature TEMPERATURE = Temperature.of(1.0);

    /** From the start (0.5, 0) the slowest mode, of rate 0.79 or more, has decayed to 1e-4. */
    private static final double END = 12.0;

    @Override
    public String name() {
        return "figure-4";
    }

    @Override
    public String summary() {
        return "Example 19 for λ = 0, 0.5, 1.5: gradient field, steady state on a grid, histogram of an ensemble";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        double[] lambdas = {0.0, 0.5, 1.5};
        for (int k = 0; k < lambdas.length; k++) {
            Seed seed = context.seed().derive(k);
            pictures.add(one(lambdas[k], seed, context, measurements));
        }
        return new ExampleResult(
                name(),
                "Three different losses f share the steady state e^(−Φ): its most likely points stay at (±1, 0), while the"
                        + " points where ∇f = 0 move with λ and have merged with the origin for λ > e^(−1/4).",
                "Chaudhari and Soatto (2018), Example 19 and Figure 4. The paper's caption speaks of limit cycles for"
                        + " λ = 1.5; the drift has none, its origin is a weak stable focus.",
                context.seed().value(),
                measurements,
                pictures);
    }

    private static Picture one(double lambda, Seed seed, RunContext context, List<Measurement> measurements)
            throws IOException {
        DoubleWell model = new DoubleWell(lambda);
        Sde sde = model.sde(TEMPERATURE);
        String at = String.format(Locale.ROOT, "λ = %s", lambda == 0.0 ? "0" : Double.toString(lambda));

        int cells = context.effort().choose(128, 256, 512);
        Grid grid = Grid.square(-3, 3, cells);
        SteadyState steady = FokkerPlanck.of(sde, grid, Boundary.REFLECTING).steadyState();
        Density exact = Density.gibbs(grid, model.potential(), TEMPERATURE);
        measurements.add(Measurement.atMost(
                at + ": L¹ distance of the grid's steady state to e^(−Φ)/Z",
                steady.density().l1Distance(exact),
                1e-4));
        double[] mode = new double[2];
        grid.centre(steady.density().mode(), mode);
        measurements.add(Measurement.near(
                at + ": most likely point of the grid's steady state, |x₁|",
                Math.abs(mode[0]),
                1.0,
                grid.axis(0).width(0)));
        measurements.add(Measurement.near(
                at + ": most likely point of the grid's steady state, x₂",
                mode[1],
                0.0,
                grid.axis(1).width(0)));
        measureRestingPoints(model, at, measurements);

        long paths = context.effort().choose(50_000, 200_000, 2_000_000);
        StationaryLaw law = StationaryLaw.of(4.0, 64, model.potential(), TEMPERATURE);
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(context.effort().choose(0.005, 0.004, 0.002)))
                .paths(paths)
                .until(END)
                .startingAt(0.5, 0.0)
                .seed(seed)
                .observe(law.histogram());
        Histogram.Counts counts =
                Runs.withProgress(ensemble, "figure-4, " + at, context).get(law.histogram());
        measurements.add(law.agrees(at + ", " + paths + " paths", counts));

        Grid window = Grid.square(-2, 2, 64);
        String file = String.format(Locale.ROOT, "lambda-%.1f.png", lambda);
        Figure.titled("Example 19, " + at)
                .row(
                        FieldPanel.titled("Gradient field −∇f and potential Φ", window)
                                .contours("Φ", model.potential())
                                .streamlines("−∇f, width ∝ ‖∇f‖", model.drift())
                                .dots("most likely points", new double[][] {{1, 0}, {-1, 0}})
                                .rings("∇f = 0", model.restingPoints().toArray(new double[0][])),
                        FieldPanel.titled("Steady state of the Fokker–Planck equation, " + cells + "² cells", grid)
                                .heatMap(steady.density(), "ρˢˢ(x)", law.highestShown())
                                .dots("most likely points", new double[][] {{1, 0}, {-1, 0}}),
                        FieldPanel.titled("Histogram of " + paths + " paths at t = 12", grid)
                                .heatMap(counts.density(), "ρ(x, t)", law.highestShown())
                                .dots("most likely points", new double[][] {{1, 0}, {-1, 0}}))
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                at + ". Left: gradient field with line width by magnitude over the contours of Φ; red dots are the most"
                        + " likely points, open rings the points where ∇f = 0. Middle: steady state on a grid. Right:"
                        + " histogram of the ensemble.");
    }

    private static void measureRestingPoints(DoubleWell model, String at, List<Measurement> measurements) {
        List<double[]> points = model.restingPoints();
        boolean wells = model.lambda() < 0.75;
        // Independent of the model: the wells meet the origin at λ = e^(−1/4) ≈ 0.7788.
        measurements.add(Measurement.near(at + ": points with ∇f = 0", points.size(), wells ? 3 : 1, 0)
                .in("points"));
        double[] drift = new double[2];
        double largest = 0.0;
        for (double[] point : points) {
            model.drift().at(point, drift);
            largest = Math.max(largest, Math.hypot(drift[0], drift[1]));
        }
        measurements.add(Measurement.atMost(at + ": ‖∇f‖ there", largest, 1e-12));
        if (wells) {
            double[] well = points.get(1);
            double distance = Math.hypot(well[0] - 1.0, well[1]);
            String what = at + ": distance from the well of f to the most likely point";
            // Roots found with 20 digits: (1, 0) and (0.9024283211774303, 0.3888022383568555).
            measurements.add(Measurement.near(what, distance, model.lambda() == 0.0 ? 0.0 : 0.40085834538, 1e-9));
        }
    }
}
