package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.HistogramError;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Histogram;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.sde.PlatenWeak2;

/**
 * Example 19 of Chaudhari and Soatto (2018) at several rotations λ and temperatures β⁻¹: the steady state of the grid, the
 * histogram of an ensemble and e^(−βΦ)/Z are one and the same.
 */
public final class StationaryDensity implements Example {

    private static final double[] LAMBDAS = {0.0, 0.5, 1.5, 3.0};
    private static final double[] BETAS = {0.25, 1.0, 4.0, 16.0};

    /** Cells of a histogram along an axis. */
    private static final int BINS = 24;

    /** Above this cell Péclet number, where the probability is, the grid counts as too coarse. */
    private static final double COARSE = 2.0;

    @Override
    public String name() {
        return "stationary-density";
    }

    @Override
    public String summary() {
        return "Example 19 at four λ and four β: grid, ensemble and e^(−βΦ)/Z agree, with the cell Péclet numbers";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        int finest = context.effort().choose(64, 192, 384);
        double[][] errors = new double[LAMBDAS.length][BETAS.length];
        for (int i = 0; i < LAMBDAS.length; i++) {
            for (int k = 0; k < BETAS.length; k++) {
                errors[i][k] = compare(LAMBDAS[i], BETAS[k], finest, measurements);
            }
        }
        drawErrors(errors, finest, context);
        Figure densities = Figure.titled("Example 19: steady state of the grid, and an ensemble below it");
        int part = 0;
        for (double beta :
                context.effort().choose(new double[] {1.0}, new double[] {1.0, 4.0}, new double[] {1.0, 4.0})) {
            List<FieldPanel> above = new ArrayList<>();
            List<FieldPanel> below = new ArrayList<>();
            for (double lambda : context.effort().choose(new double[] {1.5}, LAMBDAS, LAMBDAS)) {
                ensemble(lambda, beta, part++, context, measurements, above, below);
            }
            densities.row(above.toArray(new FieldPanel[0])).row(below.toArray(new FieldPanel[0]));
        }
        densities.panelSize(330, 260).writeTo(context.out().resolve("densities.png"));
        return new ExampleResult(
                name(),
                "Where the cell Péclet number is below 2 the steady state of the discretised equation converges to e^(−βΦ)/Z with"
                        + " the square of the width of the cells; the form built from (Φ, D, Q) has it exactly; ensembles of paths sample it.",
                "Chaudhari and Soatto (2018), Example 19 and eqs. (6), (19); at β ≠ 1 the drift is that of eq. (19) with the"
                        + " same Φ, D = I and Q",
                context.seed().value(),
                measurements,
                List.of(
                        new Picture(
                                "errors.png",
                                "L¹ distance between the grid's steady state and e^(−βΦ)/Z against β, one line for each λ > 0, on "
                                        + finest + "² cells. At λ = 0 it is rounding, below 1e-12."),
                        new Picture(
                                "densities.png",
                                "Steady states of the grid (above) and histograms of ensembles of the same equations"
                                        + " (below).")));
    }

    /** Colder, narrower. Between these walls lies all but 1e-6 of the probability. */
    private static Grid grid(double beta, int cells) {
        double x = beta < 1.0 ? 4.5 : beta < 4.0 ? 3.5 : 2.5;
        double y = 5.0 / Math.sqrt(beta);
        return Grid.of(Axis.uniform(-x, x, cells), Axis.uniform(-y, y, cells));
    }

    private static double compare(double lambda, double beta, int finest, List<Measurement> measurements) {
        Temperature temperature = Temperature.of(1.0 / beta);
        Decomposition system =
                new DoubleWell(lambda).decomposition(Temperature.of(1.0)).orElseThrow();
        Sde sde = system.aType(temperature).toIto();
        String which = String.format(Locale.ROOT, "λ = %s, β = %s: ", lambda, beta);
        double[] errors = new double[2];
        double peclet = 0.0;
        for (int i = 0; i < 2; i++) {
            Grid grid = grid(beta, finest >> (1 - i));
            FokkerPlanck fp = FokkerPlanck.of(sde, grid, Boundary.REFLECTING);
            Density exact = Density.gibbs(grid, system.potential(), temperature);
            errors[i] = fp.steadyState().density().l1Distance(exact);
            peclet = pecletOfMost(fp, exact);
        }
        measurements.add(Measurement.reported(which + "cell Péclet number, largest over 99.9 % of the mass", peclet));
        if (peclet > COARSE) {
            measurements.add(Measurement.reported(which + "L¹ error (grid too coarse)", errors[1]));
        } else if (lambda == 0.0) {
            measurements.add(Measurement.atMost(which + "L¹ error, no rotation", errors[1], 1e-5));
        } else {
            measurements.add(Measurement.atMost(which + "L¹ error of ρˢˢ", errors[1], 60.0 / (finest * finest)));
            measurements.add(Measurement.atLeast(
                    which + "factor by which twice as many cells a side improve", errors[0] / errors[1], 3.4));
        }
        Grid grid = grid(beta, finest >> 1);
        FokkerPlanck balanced = FokkerPlanck.of(system, temperature, Region.of(grid, Boundary.REFLECTING));
        measurements.add(Measurement.atMost(
                which + "L¹ error of the form built from (Φ, D, Q)",
                balanced.steadyState().density().l1Distance(Density.gibbs(grid, system.potential(), temperature)),
                1e-11));
        return errors[1];
    }

    /** The largest cell Péclet number of the cells that hold 99.9 % of the probability. */
    private static double pecletOfMost(FokkerPlanck fp, Density density) {
        double[] peclet = fp.pecletNumbers().values();
        double[] sorted = density.values();
        Arrays.sort(sorted);
        double tail = 0.0;
        int k = 0;
        while (tail + sorted[k] * fp.grid().volume(0) < 1e-3) {
            tail += sorted[k++] * fp.grid().volume(0);
        }
        double largest = 0.0;
        for (int cell = 0; cell < peclet.length; cell++) {
            if (density.value(cell) >= sorted[k]) {
                largest = Math.max(largest, peclet[cell]);
            }
        }
        return largest;
    }

    private static void ensemble(
            double lambda,
            double beta,
            int part,
            RunContext context,
            List<Measurement> measurements,
            List<FieldPanel> above,
            List<FieldPanel> below)
            throws IOException {
        Temperature temperature = Temperature.of(1.0 / beta);
        DoubleWell model = new DoubleWell(lambda);
        Sde sde = beta == 1.0
                ? model.sde(temperature)
                : model.decomposition(Temperature.of(1.0))
                        .orElseThrow()
                        .aType(temperature)
                        .toIto();
        Grid bins = grid(beta, BINS);
        Histogram histogram = Histogram.on(bins);
        Ensemble paths = Ensemble.of(sde)
                .scheme(PlatenWeak2.withStep(0.02))
                .paths(context.effort().choose(10_000, beta == 1.0 ? 40_000 : 10_000, 100_000))
                .until(beta == 1.0 ? 12.0 : 24.0)
                .startingAt(0.0, 0.0)
                .seed(context.seed().derive(part))
                .observe(histogram);
        String title = String.format(Locale.ROOT, "λ = %s, β = %s", lambda, beta);
        Histogram.Counts counts = Runs.withProgress(paths, "stationary-density, " + title, context)
                .get(histogram);
        // The same boxes, each of many cells of a fine grid.
        int finer = context.effort().choose(4, 10, 16);
        Density fine = FokkerPlanck.of(sde, grid(beta, BINS * finer), Boundary.REFLECTING)
                .steadyState()
                .density();
        Density steady = coarsened(fine, bins, finer);
        HistogramError error = HistogramError.of(steady.probabilities(), counts.total());
        measurements.add(Measurement.near(
                title + ": L¹ distance between the grid and an ensemble of " + counts.total() + " paths",
                counts.density().l1Distance(steady),
                error.mean(),
                4.0 * error.standardDeviation()));
        double highest = 1.25 * steady.value(steady.mode());
        above.add(FieldPanel.titled(title, bins).heatMap(fine, "ρ", highest));
        below.add(FieldPanel.titled(title + ", paths", bins).heatMap(counts.density(), "ρ", highest));
    }

    private static Density coarsened(Density fine, Grid bins, int finer) {
        double[] values = new double[bins.cells()];
        for (int cell = 0; cell < fine.grid().cells(); cell++) {
            int bin = fine.grid().position(cell, 0) / finer * bins.stride(0)
                    + fine.grid().position(cell, 1) / finer * bins.stride(1);
            values[bin] += fine.value(cell) / (finer * finer);
        }
        return Density.of(bins, values);
    }

    private static void drawErrors(double[][] errors, int finest, RunContext context) throws IOException {
        XyPanel panel = XyPanel.titled("")
                .xAxis("β")
                .yAxis("L¹ distance to e^(−βΦ)/Z")
                .logX()
                .logY();
        // Without rotation the scheme is exact here: rounding is no line worth drawing.
        for (int i = 1; i < LAMBDAS.length; i++) {
            String name = String.format(Locale.ROOT, "λ = %s", LAMBDAS[i]);
            panel.line(name, BETAS, errors[i]);
        }
        Figure.titled("Example 19: error of the steady state on " + finest + "² cells")
                .row(panel)
                .panelSize(760, 440)
                .writeTo(context.out().resolve("errors.png"));
    }
}
