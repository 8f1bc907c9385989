package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Statement.EXAMPLE_19;
import static org.langevin4j.examples.experiment.Statement.THEOREM_22;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Histogram;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.sde.PlatenWeak2;

/**
 * Example 19 of Chaudhari and Soatto (2018) at several rotations λ, and its (Φ, D, Q) at several temperatures β⁻¹ by the drift
 * of eq. (19): the steady state of the grid, the histogram of an ensemble and e^(−βΦ)/Z are one and the same.
 */
public final class StationaryDensity implements Experiment {

    private static final double[] LAMBDAS = {0.0, 0.5, 1.5, 3.0};
    private static final double[] BETAS = {0.25, 1.0, 4.0, 16.0};

    /** Cells of a histogram along an axis. */
    private static final int BINS = 24;

    /** Above this cell Péclet number, where the probability is, the grid counts as too coarse. */
    private static final double COARSE = 2.0;

    private static final String EXACT = "Schemes that have e^(−βΦ)/Z by construction";

    @Override
    public String name() {
        return "stationary-density";
    }

    @Override
    public String summary() {
        return "Example 19 at four λ and four β: grid, ensemble and e^(−βΦ)/Z agree, with the cell Péclet numbers";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        int finest = sheet.choose(64, 192, 384);
        XyPanel errors = XyPanel.titled("")
                .xAxis("β")
                .yAxis("L¹ distance to e^(−βΦ)/Z")
                .logX()
                .logY();
        for (double lambda : LAMBDAS) {
            double[] found = new double[BETAS.length];
            for (int k = 0; k < BETAS.length; k++) {
                found[k] = compare(sheet, lambda, BETAS[k], finest);
            }
            // Without rotation the scheme is exact here: rounding is nothing worth drawing.
            if (lambda > 0.0) {
                errors.points("λ = " + lambda, BETAS, found);
            }
        }
        balanced(sheet, finest / 2);
        sheet.figure(
                "errors",
                "L¹ distance between the grid’s steady state and e^(−βΦ)/Z against β for each λ > 0. At λ = 0 it is rounding.",
                Figure.titled("Example 19: error of the steady state on " + finest + "² cells")
                        .row(errors)
                        .panelSize(640, 400),
                EXAMPLE_19);
        Figure densities =
                Figure.titled("Example 19, λ = 1.5: the steady state of the grid, and paths of the same equation");
        densities.row(ensemble(sheet, 1.0, 0)).row(ensemble(sheet, 4.0, 1)).panelSize(400, 460);
        sheet.figure(
                "densities",
                "Left: steady state of the grid, at β = 1 (above) and at β = 4 with the drift of eq. (19) (below). Middle: histogram"
                        + " of paths. Right: their difference in standard deviations of the counts.",
                densities,
                EXAMPLE_19,
                THEOREM_22);
    }

    /** Colder, narrower. Between these walls lies all but 1e-6 of the probability. */
    private static Grid grid(double beta, int cells) {
        double x = beta < 1.0 ? 4.5 : beta < 4.0 ? 3.5 : 2.5;
        double y = 5.0 / Math.sqrt(beta);
        return Grid.of(Axis.uniform(-x, x, cells), Axis.uniform(-y, y, cells));
    }

    private static Decomposition system(double lambda) {
        return new DoubleWell(lambda).decomposition(Temperature.of(1.0)).orElseThrow();
    }

    /** At β ≠ 1 this is another drift than that of Example 19: the one that has the same Φ. */
    private static Sde equation(double lambda, double beta) {
        return beta == 1.0
                ? new DoubleWell(lambda).sde(Temperature.of(1.0))
                : system(lambda).aType(Temperature.of(1.0 / beta)).toIto();
    }

    private static Evidence evidence(Sheet sheet, double beta) {
        return beta == 1.0
                ? sheet.holds(EXAMPLE_19, Figure4.STATIONARY)
                : sheet.holds(THEOREM_22, Theorem22.EQUATION_19);
    }

    private static double compare(Sheet sheet, double lambda, double beta, int finest) {
        Temperature temperature = Temperature.of(1.0 / beta);
        Sde sde = equation(lambda, beta);
        Decomposition system = system(lambda);
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
        if (lambda == 0.0) {
            sheet.consistency(EXACT)
                    .measure(which + "L¹ error, no rotation", errors[1])
                    .atMost(1e-12, none(), construction("the scheme is exact for such gradients"));
        } else if (peclet > COARSE) {
            sheet.supplement("Grids that are too coarse where it is cold")
                    .measure(
                            which + "L¹ error at a cell Péclet number of " + Math.round(10.0 * peclet) / 10.0,
                            errors[1]);
        } else {
            Extrapolated limit = Extrapolated.of(errors[0], errors[1]);
            evidence(sheet, beta)
                    .measure(which + "L¹ error of ρˢˢ, extrapolated from two grids", limit.value())
                    .discretisationError(limit.error())
                    .near(0.0, estimatedErrors(1), closedForm("e^(−βΦ)/Z"));
        }
        return errors[1];
    }

    /** The scheme that starts from (Φ, D, Q). */
    private static void balanced(Sheet sheet, int cells) {
        double worst = 0.0;
        for (double lambda : LAMBDAS) {
            for (double beta : BETAS) {
                Grid grid = grid(beta, cells);
                Temperature temperature = Temperature.of(1.0 / beta);
                Density found = FokkerPlanck.of(system(lambda), temperature, Region.of(grid, Boundary.REFLECTING))
                        .steadyState()
                        .density();
                worst = Math.max(
                        worst,
                        found.l1Distance(Density.gibbs(grid, system(lambda).potential(), temperature)));
            }
        }
        sheet.consistency(EXACT)
                .measure("largest L¹ error of the form built from (Φ, D, Q) at all λ and β", worst)
                .atMost(1e-11, none(), construction("built from e^(−βΦ)"));
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

    /** The grid's steady state, a histogram of paths, and their difference over √(npᵢ). */
    private static FieldPanel[] ensemble(Sheet sheet, double beta, int part) {
        double lambda = 1.5;
        Sde sde = equation(lambda, beta);
        Grid bins = grid(beta, BINS);
        Histogram histogram = Histogram.on(bins);
        String title = String.format(Locale.ROOT, "λ = %s, β = %.0f", lambda, beta);
        Histogram.Counts counts = sheet.run(
                        "stationary-density, " + title,
                        Ensemble.of(sde)
                                .scheme(PlatenWeak2.withStep(0.02))
                                .paths(sheet.choose(20_000, 40_000, 100_000))
                                .until(beta == 1.0 ? 12.0 : 24.0)
                                .startingAt(0.0, 0.0)
                                .seed(sheet.seed().derive(part))
                                .observe(histogram))
                .get(histogram);
        // The same boxes, each of many cells of a fine grid.
        int finer = sheet.choose(6, 10, 16);
        Density fine = FokkerPlanck.of(sde, grid(beta, BINS * finer), Boundary.REFLECTING)
                .steadyState()
                .density();
        double[] expected = new double[bins.cells()];
        for (int cell = 0; cell < fine.grid().cells(); cell++) {
            int bin = fine.grid().position(cell, 0) / finer * bins.stride(0)
                    + fine.grid().position(cell, 1) / finer * bins.stride(1);
            expected[bin] += fine.value(cell) * fine.grid().volume(cell) * counts.total();
        }
        double[] z = new double[expected.length];
        double[] found = counts.density().probabilities();
        long inside = counts.total() - counts.outside();
        double squares = 0.0;
        int used = 0;
        for (int bin = 0; bin < z.length; bin++) {
            z[bin] = (found[bin] * inside - expected[bin]) / Math.sqrt(expected[bin]);
            if (expected[bin] >= 5.0) {
                squares += z[bin] * z[bin];
                used++;
            } else {
                z[bin] = Double.NaN;
            }
        }
        evidence(sheet, beta)
                .measure(
                        title + ": χ² of a histogram of paths against the grid, over " + used + " boxes",
                        squares / used)
                .standardError(Math.sqrt(2.0 / used))
                .near(1.0, standardErrors(4), closedForm("χ² law"));
        StationaryLaw.of(system(lambda).potential(), beta)
                .agrees(
                        evidence(sheet, beta),
                        title,
                        StationaryLaw.sample(
                                sheet, "stationary-density, " + title, sde, PlatenWeak2::withStep, 0.02, 10 + part));
        double highest = 1.25 * fine.value(fine.mode());
        return new FieldPanel[] {
            FieldPanel.titled(title + ": grid", bins).heatMap(fine, "ρ", highest),
            FieldPanel.titled(counts.total() + " paths", bins).heatMap(counts.density(), "ρ", highest),
            FieldPanel.titled("paths − grid, where ≥ 5 expected", bins)
                    .signedHeatMap(CellFunction.of(bins, z), "standard deviations", 4.0)
        };
    }
}
