package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.Arrays;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.TwistedWell;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;
import org.langevin4j.solvers.path.EscapeRate;
import org.langevin4j.solvers.path.EyringKramers;

/** Prefactors of rates against exact rates: the relative error falls as β⁻¹, and as β⁻² with the next term. */
public final class EscapeRates implements Experiment {

    /** Slopes are taken between the two highest β; the term after next is 1/β of the first. */
    private static final double ORDER = 0.3;

    private static final Potential TILTED = Potential.of(
            x -> 0.25 * Math.pow(x[0], 4) - 0.5 * x[0] * x[0] + 0.1 * x[0],
            (x, out) -> out[0] = x[0] * x[0] * x[0] - x[0] + 0.1);

    private static final Diffusion UNEVEN = Diffusion.isotropic(1, x -> 1.0 + 0.5 * Math.sin(2.0 * x[0] + 0.3));

    /** (x² − 1)²/4 + (y − x/2)² + ¾(z + 0.4x)². */
    private static final Potential VALLEY = Potential.of(
            x -> 0.25 * Math.pow(x[0] * x[0] - 1.0, 2)
                    + Math.pow(x[1] - 0.5 * x[0], 2)
                    + 0.75 * Math.pow(x[2] + 0.4 * x[0], 2),
            (x, out) -> {
                double y = 2.0 * (x[1] - 0.5 * x[0]);
                double z = 1.5 * (x[2] + 0.4 * x[0]);
                out[0] = x[0] * (x[0] * x[0] - 1.0) - 0.5 * y + 0.4 * z;
                out[1] = y;
                out[2] = z;
            });

    /** Relative errors of the formula at some β, and what the exact rate may be wrong by. */
    private static final class Errors {

        private final String name;
        private final double[] betas;
        private final double[] relative;
        private final double[] uncertainty;

        Errors(String name, double[] betas, double[] relative, double[] uncertainty) {
            this.name = name;
            this.betas = betas;
            this.relative = relative;
            this.uncertainty = uncertainty;
        }

        double order() {
            int n = betas.length;
            return -Math.log(Math.abs(relative[n - 1] / relative[n - 2])) / Math.log(betas[n - 1] / betas[n - 2]);
        }

        double orderError() {
            int n = betas.length;
            return (uncertainty[n - 1] / Math.abs(relative[n - 1]) + uncertainty[n - 2] / Math.abs(relative[n - 2]))
                    / Math.log(betas[n - 1] / betas[n - 2]);
        }

        XyPanel on(XyPanel panel) {
            double[] temperatures = Arrays.stream(betas).map(beta -> 1.0 / beta).toArray();
            double[] sizes = Arrays.stream(relative).map(Math::abs).toArray();
            return panel.points(name, temperatures, sizes, uncertainty);
        }
    }

    @Override
    public String name() {
        return "rates";
    }

    @Override
    public String summary() {
        return "Prefactors of rates of escape against exact rates: Eyring and Kramers, Langer, Bouchet and Reygner, and the next order";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        double[] betas = {14.0, 24.0, 40.0};
        double[] line = {25.0, 50.0, 100.0, 200.0};
        Errors first = onALine("1-d, D(x): formula", line, false);
        Errors second = onALine("1-d, D(x): with the term of next order", line, true);
        Decomposition twisted =
                new TwistedWell().decomposition(Temperature.of(1.0)).orElseThrow();
        int cells = sheet.choose(64, 112, 160);
        double[] well = {-1.0, 0.0};
        Errors rotating = onGrids(
                "twisted well, ω = 2",
                betas,
                temperature -> EyringKramers.of(twisted, temperature).rate(well, new double[2]),
                (temperature, n) -> FokkerPlanck.of(twisted, temperature, Region.of(plane(n), Boundary.REFLECTING)),
                cells,
                well);
        Decomposition slow =
                new TwistedWell(0.4).decomposition(Temperature.of(1.0)).orElseThrow();
        Errors gibbsless = onGrids(
                "its b at β = ∞ as an Itô drift, ω = 0.4",
                betas,
                temperature -> EyringKramers.of(slow.aTypeDrift(), slow.diffusion(), slow.potential(), temperature)
                        .rate(well, new double[2]),
                (temperature, n) -> FokkerPlanck.of(
                        Sde.ito(slow.aTypeDrift(), slow.diffusion(), temperature), plane(n), Boundary.REFLECTING),
                cells,
                well);
        Diffusion noise = Diffusion.diagonal(1.0, 0.5, 2.0);
        Decomposition valley = new Decomposition(VALLEY, noise, AntisymmetricField.zero(3));
        double[] bottom = {-1.0, -0.5, 0.4};
        Errors space = onGrids(
                "3-d valley",
                new double[] {20.0, 40.0},
                temperature -> EyringKramers.of(valley, temperature).rate(bottom, new double[3]),
                (temperature, n) -> FokkerPlanck.of(valley, temperature, Region.of(space(n), Boundary.REFLECTING)),
                sheet.choose(22, 28, 36),
                bottom);
        Evidence evidence =
                sheet.supplement("prefactors of rates of escape are right to first order in the temperature");
        for (Errors errors : new Errors[] {first, rotating, gibbsless, space}) {
            order(errors, 1.0, evidence);
        }
        order(second, 2.0, evidence);
        EscapeRate rate = EyringKramers.of(
                        slow.aTypeDrift(), slow.diffusion(), slow.potential(), Temperature.of(1.0 / 40.0))
                .rate(well, new double[2]);
        double exponent = rate.ways().get(0).exponent();
        evidence.measure("∫F dt along the most likely path of the Itô drift", exponent)
                .exact();
        int last = betas.length - 1;
        evidence.measure(
                        "relative error at β = 40 if that factor were left out",
                        Math.abs((1.0 + gibbsless.relative[last]) * Math.exp(exponent) - 1.0))
                .discretisationError(gibbsless.uncertainty[last] * Math.exp(exponent))
                .atLeast(
                        2.0 * Math.abs(gibbsless.relative[last]),
                        estimatedErrors(1),
                        literature("Bouchet and Reygner (2016), Ann. Henri Poincaré 17, 3499"));
        XyPanel panel = XyPanel.titled("Relative error of the rate")
                .xAxis("temperature β⁻¹")
                .yAxis("|k/k_exact − 1|")
                .logX()
                .logY();
        for (Errors errors : new Errors[] {first, second, rotating, gibbsless, space}) {
            panel = errors.on(panel);
        }
        double[] t = {0.005, 0.1};
        sheet.figure(
                "rates",
                "Relative error of the rate of escape by its formula at low temperature, against quadrature (1-d) and mean passage times on"
                        + " grids, extrapolated from two. Of first order in the temperature; with the next term of second.",
                Figure.titled("Rates of escape")
                        .row(panel.line("first order", t, new double[] {t[0], t[1]})
                                .line("second order", t, new double[] {4.0 * t[0] * t[0], 4.0 * t[1] * t[1]})));
    }

    private static void order(Errors errors, double expected, Evidence evidence) {
        boolean quadrature = errors.name.startsWith("1-d");
        evidence.measure(errors.name + ": order of the relative error in β⁻¹", errors.order())
                .discretisationError(errors.orderError())
                .near(
                        expected,
                        estimatedErrors(1).plus(ORDER * expected, "terms of higher order"),
                        quadrature
                                ? closedForm("mean time as a double integral")
                                : independent("mean first-passage time on grids"));
        int last = errors.betas.length - 1;
        evidence.measure(
                        errors.name + ": |k/k_exact − 1| at the highest β, 1/β = " + 1.0 / errors.betas[last],
                        Math.abs(errors.relative[last]))
                .discretisationError(errors.uncertainty[last])
                .atMost(0.12, none(), quadrature ? closedForm("double integral") : independent("grids"));
    }

    private static Errors onALine(String name, double[] betas, boolean corrected) {
        double[] relative = new double[betas.length];
        for (int k = 0; k < betas.length; k++) {
            EscapeRate rate = EyringKramers.of(TILTED, UNEVEN, Temperature.of(1.0 / betas[k]))
                    .rate(new double[] {-1.0}, new double[] {0.0});
            double found = corrected ? rate.correctedRate().orElseThrow() : rate.rate();
            relative[k] = found / exactRate(betas[k]) - 1.0;
        }
        return new Errors(name, betas, relative, new double[betas.length]);
    }

    /** 1/τ with τ = β∫e^(βΦ)/D ∫e^(−βΦ) from well to well, by the trapezoidal rule. */
    private static double exactRate(double beta) {
        int n = 100_000;
        double from = -1.0466805318046;
        double to = 0.9456492739236;
        double h = (to - from + 1.5) / n;
        double inner = 0.0;
        double before = 0.0;
        double time = 0.0;
        double[] d = new double[1];
        for (int i = 0; i <= n; i++) {
            double[] x = {from - 1.5 + i * h};
            double value = Math.exp(-beta * TILTED.at(x));
            inner += 0.5 * h * (before + value);
            before = value;
            UNEVEN.matrix(x, d);
            time += x[0] < from ? 0.0 : h * beta * inner / (value * d[0]);
        }
        return 1.0 / time;
    }

    /** The equation on a grid of n cells along the first axis. */
    @FunctionalInterface
    private interface OnGrid {
        FokkerPlanck at(Temperature temperature, int n);
    }

    private static Errors onGrids(
            String name, double[] betas, Formula formula, OnGrid equation, int cells, double[] well) {
        double[] relative = new double[betas.length];
        double[] uncertainty = new double[betas.length];
        for (int k = 0; k < betas.length; k++) {
            Temperature temperature = Temperature.of(1.0 / betas[k]);
            double coarse = gridRate(equation.at(temperature, cells), well);
            double fine = gridRate(equation.at(temperature, cells * 3 / 2), well);
            double exact = fine + (fine - coarse) / 1.25;
            relative[k] = formula.at(temperature).rate() / exact - 1.0;
            // A third of what extrapolation changes.
            uncertainty[k] = Math.abs(exact - fine) / exact / 3.0;
        }
        return new Errors(name, betas, relative, uncertainty);
    }

    @FunctionalInterface
    private interface Formula {
        EscapeRate at(Temperature temperature);
    }

    private static double gridRate(FokkerPlanck equation, double[] well) {
        return 1.0 / HittingProblem.of(equation, x -> x[0] > 0.75).meanTime().at(well);
    }

    private static Grid plane(int n) {
        return Grid.of(stretched(1.75, n), stretched(1.9, n));
    }

    private static Grid space(int n) {
        return Grid.of(stretched(1.5, n), stretched(1.3, n), stretched(1.2, n));
    }

    /** Cells that widen outwards, of unequal widths; ¾ is an edge of none. */
    private static Axis stretched(double half, int cells) {
        double[] edges = new double[cells + 1];
        Arrays.setAll(edges, i -> {
            double u = 2.0 * i / cells - 1.0;
            return half * (0.8 * u + 0.2 * u * u * u);
        });
        return Axis.of(edges);
    }
}
