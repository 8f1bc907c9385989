package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.LEMMA_6_FORCE;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.List;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Irreversibility;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Line;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.fokkerplanck.Current;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.irreversibility.AsymmetricCorrelation;
import org.langevin4j.solvers.irreversibility.PathCurrent;
import org.langevin4j.solvers.irreversibility.Winding;

/**
 * Entropy production σ = β⟨jᵀD⁻¹j⟩, area rate β⁻¹⟨Q₁₂⟩ and flux from a decomposition, from a grid that knows b and D alone (Schnakenberg
 * 1976) and from paths (Seifert 2012); tests of detailed balance.
 */
public final class IrreversibilityRates implements Experiment {

    private static final Temperature ONE = Temperature.of(1.0);

    private static final double[] ORIGIN = {0.0, 0.0};

    /** In the time of the equation: what the start needs to be forgotten. */
    static final double TRANSIENT = 6.0;

    private static final String[] NAMES = {"σ", "area rate", "flux through the positive x₁-axis"};

    @Override
    public String name() {
        return "irreversibility";
    }

    @Override
    public String summary() {
        return "Entropy production and circulation from (Φ, D, Q), from a grid and from paths; tests of detailed balance";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        List<RotatingCase> cases =
                List.of(RotatingCase.gyrator(), RotatingCase.full(), RotatingCase.example19(), RotatingCase.hopf());
        threeWays(cases, sheet);
        TimeAsymmetricCorrelations.measure(sheet);
        DetailedBalanceRecords.test(cases, sheet);
    }

    /** Relative deviations of one way from the decomposition with their bars, in per cent, one row a rate. */
    private static final class Deviations {

        final double[][] values;
        final double[][] bars;

        Deviations(int cases) {
            values = new double[2][cases];
            bars = new double[2][cases];
        }

        void set(int rate, int k, double value, double bar, double expected) {
            values[rate][k] = 100 * (value / expected - 1);
            bars[rate][k] = 100 * Math.abs(bar / expected);
        }
    }

    private static void threeWays(List<RotatingCase> cases, Sheet sheet) throws IOException {
        int n = cases.size();
        Deviations grid = new Deviations(n);
        Deviations paths = new Deviations(n);
        double[] left = new double[n];
        double[] right = new double[n];
        for (int k = 0; k < n; k++) {
            RotatingCase one = cases.get(k);
            left[k] = k + 0.9;
            right[k] = k + 1.1;
            Irreversibility exact =
                    Irreversibility.of(one.system(), ONE, refined(one.box(), sheet.choose(120, 160, 240)));
            double[] rates = {
                exact.entropyProductionRate(),
                exact.areaRates().getEntry(0, 1),
                exact.flux(ORIGIN, new double[] {Double.POSITIVE_INFINITY, 0.0})
            };
            double[] references = {
                one.reference().entropyProduction(), one.reference().areaRate()
            };
            Evidence evidence = sheet.supplement(
                    "Entropy production, circulation and flux agree: from (Φ, D, Q), from b and D on a grid, from paths");
            for (int i = 0; i < 2; i++) {
                evidence.measure(one.name() + ": " + NAMES[i] + " from (Φ, D, Q)", rates[i])
                        .in("1/time")
                        .near(
                                references[i],
                                Tolerance.of(1e-5 * Math.abs(references[i]), "what the box cuts off, e^(−12)"),
                                independent("quadrature, and the Lyapunov equation by NumPy"));
            }
            onGrid(one, rates, evidence, sheet, grid, k);
            onPaths(one, rates, evidence, sheet, paths, k);
        }
        List<String> names = cases.stream().map(RotatingCase::name).toList();
        String[] titles = {"Entropy production rate σ", "Area rate ½⟨x₁∘dx₂ − x₂∘dx₁⟩/dt"};
        XyPanel[] panels = new XyPanel[2];
        for (int i = 0; i < 2; i++) {
            panels[i] = XyPanel.titled(titles[i])
                    .xCategories(names)
                    .yAxis("deviation from (Φ, D, Q), per cent")
                    .points("grid, extrapolated", left, grid.values[i], grid.bars[i], "change by extrapolation")
                    .points("paths", right, paths.values[i], paths.bars[i])
                    .horizontalLine(0, "");
        }
        sheet.figure(
                "three-ways",
                "Entropy production and area rates of four systems (Example 19 with λ = 1.5, Hopf normal form with μ = 1,"
                        + " ω = 2, all at β = 1) from a grid and from paths, in per cent of the value"
                        + " that follows from (Φ, D, Q).",
                Figure.titled("Grid and paths against the decomposition")
                        .row(panels)
                        .panelSize(560, 420));
    }

    private static Grid refined(Grid box, int cells) {
        Axis first = box.axis(0);
        Axis second = box.axis(1);
        return Grid.of(Axis.uniform(first.min(), first.max(), cells), Axis.uniform(second.min(), second.max(), cells));
    }

    /** Errors are of second order in the width of the cells: two grids give them, and they are taken out. */
    private static void onGrid(
            RotatingCase one, double[] exact, Evidence evidence, Sheet sheet, Deviations out, int k) {
        int cells = sheet.choose(56, 96, 160);
        double[][] found = new double[2][];
        for (int g = 0; g < 2; g++) {
            FokkerPlanck fp = FokkerPlanck.of(one.sde(), refined(one.box(), cells * (g + 1) / 2), Boundary.REFLECTING);
            Density steady = fp.steadyState().density();
            Current current = fp.current(steady);
            found[g] = new double[] {
                fp.entropyProduction(steady, steady).total(),
                current.areaRate(0, 1),
                current.flux(ORIGIN, new double[] {one.box().axis(0).max(), 0.0})
            };
        }
        for (int i = 0; i < 3; i++) {
            double correction = (found[1][i] - found[0][i]) / 3;
            double value = found[1][i] + correction;
            evidence.measure(
                            one.name() + ": " + NAMES[i] + " from b and D on " + cells + "² cells, extrapolated", value)
                    .in("1/time")
                    .discretisationError(Math.abs(correction))
                    .near(exact[i], estimatedErrors(1), independent("(Φ, D, Q)"));
            if (i < 2) {
                out.set(i, k, value, correction, exact[i]);
            }
        }
    }

    /**
     * Rates from one record at the interval h and at 2h of the same paths: the bias of order h is taken out, and the error of
     * the difference, which is much smaller than that of either, neglected.
     */
    private static void onPaths(
            RotatingCase one, double[] exact, Evidence evidence, Sheet sheet, Deviations out, int k) {
        double h = 0.01;
        PathCurrent fine = PathCurrent.entropyProduction(one.sde());
        PathCurrent coarse = PathCurrent.entropyProduction(one.sde());
        AsymmetricCorrelation asymmetry = AsymmetricCorrelation.ofCoordinates(2, 2);
        Winding winding = Winding.about(0, 0);
        Winding coarseWinding = Winding.about(0, 0);
        // The gyrator turns least for its noise.
        int paths = sheet.choose(8192, 8192, 32_768) * (k == 0 ? 4 : 1);
        EnsembleResult run = sheet.run(
                one.name(),
                Ensemble.of(one.sde())
                        .scheme(one.scheme(h))
                        .paths(paths)
                        .until(TRANSIENT + 20)
                        .seed(sheet.seed().derive(k))
                        .observe(When.every(1, TRANSIENT), fine, asymmetry, winding)
                        .observe(When.every(2, TRANSIENT), coarse, coarseWinding));
        TimeAsymmetry a = run.get(asymmetry);
        double[] values = {
            2 * run.get(fine).mean(0) - run.get(coarse).mean(0),
            (2 * a.value(0, 1, 1) - 0.5 * a.value(0, 1, 2)) / a.interval(),
            (2 * run.get(winding).rate() - run.get(coarseWinding).rate()) / (2 * Math.PI)
        };
        double[] errors = {
            Math.max(run.get(fine).standardError(0), run.get(coarse).standardError(0)),
            Math.max(a.areaRateError(0, 1), 0.5 * a.error(0, 1, 2) / a.interval()),
            run.get(winding).rateError() / (2 * Math.PI)
        };
        Oracle oracle = independent("(Φ, D, Q)");
        for (int i = 0; i < 3; i++) {
            String what =
                    one.name() + ": " + (i < 2 ? NAMES[i] : "turns about the origin per unit of time") + " from paths";
            statistical(evidence.measure(what, values[i]), errors[i], exact[i], oracle);
            if (i < 2) {
                out.set(i, k, values[i], errors[i], exact[i]);
            }
            if (k == 0 && i < 2) {
                // The one of the four whose drift is the gradient of a loss and whose D is not isotropic.
                statistical(
                        sheet.holds(LEMMA_6_FORCE, "D that does not commute with the Hessian")
                                .measure("H = (2 1; 1 2), D = diag(1, ¼): " + NAMES[i] + " from paths", values[i]),
                        errors[i],
                        i == 0 ? 0.5625 : -0.1875,
                        closedForm("Lemma 20; 0 if j = 0"));
            }
        }
    }

    static void statistical(Line line, double error, double expected, Oracle oracle) {
        line.in("1/time").standardError(error).near(expected, standardErrors(4), oracle);
    }
}
