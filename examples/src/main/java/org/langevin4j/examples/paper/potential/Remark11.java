package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.LEMMA_2;
import static org.langevin4j.examples.experiment.Statement.REMARK_11;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.order;
import static org.langevin4j.examples.experiment.Tolerance.rounding;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

/**
 * Remark 11 of Chaudhari and Soatto (2018), η/b as the strength of noise: of the differential equation, and of gradient descent
 * itself, x′ = x + η(b(x) + ξ) with cov ξ = D/b; and whether Φ is the same at every temperature (Theorem 22).
 */
public final class Remark11 implements Experiment {

    private static final DoubleWell MODEL = new DoubleWell(1.5);

    private static final String SMALL_STEPS =
            "the SDE, and gradient descent itself to first order in η times the curvature";

    private static final String LARGE_STEPS =
            "gradient descent itself once ηλmax nears 2: scaled linearly with b, its noise grows and then diverges";

    private static final String LIMIT =
            "gradient descent with Gaussian noise as η → 0 at a fixed η/b: the error is ∝ η";

    @Override
    public String name() {
        return "remark-11";
    }

    @Override
    public String summary() {
        return "Steady states depend on η/b only, of gradient descent while η is small; Φ at several temperatures";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        int perUnit = sheet.choose(20, 40, 80);
        ratios(sheet, perUnit);
        Temperatures.compare(sheet, MODEL, perUnit);
    }

    /** D = 10 I: η/(2b)·D is ½ I for η/b = 0.1. */
    private static Density steady(double rate, int batch, int perUnit) {
        return Temperatures.steady(
                Sde.ito(MODEL.drift(), Diffusion.isotropic(2, 10.0), Temperature.ofSgd(rate, batch)),
                Temperatures.grid(perUnit));
    }

    private static double secondMoment(Density density) {
        return density.expectation(x -> x[0] * x[0]);
    }

    private static void ratios(Sheet sheet, int perUnit) throws IOException {
        Density first = steady(0.1, 1, perUnit);
        Density hotter = steady(0.2, 1, perUnit);
        XyPanel panel = XyPanel.titled("SDE: one law for each η/b")
                .xAxis("x₁ at x₂ = 0.5")
                .yAxis("ρˢˢ(x)")
                .line("η = 0.1, b = 1", Temperatures.centres(first), cut(first))
                .line("η = 0.2, b = 1", Temperatures.centres(hotter), cut(hotter));
        for (int b : new int[] {2, 3, 4, 7}) {
            Density other = steady(0.1 * b, b, perUnit);
            String pair = "η = " + (b == 3 ? "0.3" : Double.toString(0.1 * b).substring(0, 3)) + ", b = " + b;
            sheet.consistency("Equal η/b is the same equation")
                    .measure(
                            "L¹ distance of the steady states at η = 0.1, b = 1 and at " + pair,
                            first.l1Distance(other))
                    .near(0.0, rounding(1e-12), construction("β⁻¹ = η/(2b) is the same number"));
        }
        double width = 1.0 / perUnit;
        var collocation = independent("Fourier collocation by NumPy, 108 × 124 points");
        Evidence holds = sheet.holds(REMARK_11, SMALL_STEPS);
        holds.measure("steady state of the SDE, E[x₁²] at η/b = 0.1", secondMoment(first))
                .discretisationError(Math.abs(secondMoment(first) - secondMoment(steady(0.1, 1, perUnit / 2))) / 3.0)
                .near(0.829670297434226, order(2, width, 0.4), collocation);
        holds.measure("steady state of the SDE, E[x₁x₂] at η/b = 0.1", first.expectation(x -> x[0] * x[1]))
                .near(0.08053075371337268, order(2, width, 0.4), collocation);
        holds.measure("steady state of the SDE, E[x₁²] at η/b = 0.2", secondMoment(hotter))
                .discretisationError(Math.abs(secondMoment(hotter) - secondMoment(steady(0.2, 1, perUnit / 2))) / 3.0)
                .near(1.041797296487156, order(2, width, 0.4), closedForm("∫ x₁² e^(−Φ) / Z"));
        sheet.figure(
                "eta-over-b",
                "Left: the steady state of the SDE of Example 19’s drift, λ = 1.5, along a line; every pair (η, b) of one ratio gives one"
                        + " curve to rounding. Middle: gradient descent with that drift at one ratio has a residual ∝ η. Right: on a"
                        + " quadratic loss the residual grows with η at a fixed ratio until nothing is stable.",
                Figure.titled("η/b alone sets the strength of noise, as long as η times the curvature is small")
                        .row(panel, descent(sheet), quadratic(sheet))
                        .panelSize(420, 400),
                REMARK_11,
                LEMMA_2);
    }

    /** Euler–Maruyama with step η is gradient descent with Gaussian noise of covariance D/b. */
    private static XyPanel descent(Sheet sheet) {
        int[] batches = {2, 4, 8};
        double[] rates = new double[3];
        double[] moments = new double[3];
        double[] errors = new double[3];
        TimeAverage square = TimeAverage.ofVariances((x, out) -> out[0] = x[0] * x[0], 1);
        for (int k = 0; k < 3; k++) {
            rates[k] = batches[k] / 80.0;
            Sde sde = Sde.ito(MODEL.drift(), Diffusion.isotropic(2, 80.0), Temperature.ofSgd(rates[k], batches[k]));
            RunningMoments found = sheet.run(
                            "remark-11, b = " + batches[k],
                            Ensemble.of(sde)
                                    .scheme(EulerMaruyama.withStep(rates[k]))
                                    .paths(sheet.choose(8_000, 40_000, 200_000))
                                    .until(60.0)
                                    .startingAt(0.5, 0.0)
                                    .seed(sheet.seed().derive(k))
                                    .observe(When.every(8 / batches[k], 10.0), square))
                    .get(square);
            moments[k] = found.mean(0);
            errors[k] = found.standardError(0);
        }
        // What is left of the next order in η stays below the standard error.
        double limit = (moments[2] - 6.0 * moments[1] + 8.0 * moments[0]) / 3.0;
        double error =
                Math.sqrt(errors[2] * errors[2] + 36.0 * errors[1] * errors[1] + 64.0 * errors[0] * errors[0]) / 3.0;
        var collocation = independent("of the SDE: Fourier collocation by NumPy");
        sheet.holds(REMARK_11, SMALL_STEPS)
                .measure(
                        "gradient descent at (η, b) = (1/40, 2), (1/20, 4), (1/10, 8): E[x₁²] extrapolated to η = 0",
                        limit)
                .standardError(error)
                .near(0.829670297434226, standardErrors(4), collocation);
        sheet.holds(LEMMA_2, LIMIT)
                .measure("Example 19’s drift, η/b = 1/80: E[x₁²] extrapolated from η = 1/10, 1/20, 1/40", limit)
                .standardError(error)
                .near(0.829670297434226, standardErrors(4), collocation);
        sheet.holds(LEMMA_2, LIMIT)
                .measure("the same: bias of E[x₁²] at η = 1/10", moments[2] - 0.829670297434226)
                .standardError(errors[2])
                .atLeast(0.0, standardErrors(4), collocation);
        for (int k = 0; k < 3; k++) {
            moments[k] -= 0.829670297434226;
        }
        return XyPanel.titled("Gradient descent at η/b = 1/80, less the SDE")
                .xAxis("η")
                .yAxis("residual of E[x₁²]")
                .xRange(0.0, 0.105)
                .points("Example 19’s drift", rates, moments, errors)
                .horizontalLine(0.0, "");
    }

    /** The row of cells with x₂ = 0.5. */
    private static double[] cut(Density density) {
        double[] values = Temperatures.centres(density);
        for (int i = 0; i < values.length; i++) {
            values[i] = density.value(density.grid().cellOf(values[i], 0.5));
        }
        return values;
    }

    /**
     * On a quadratic loss Σ = (I − ηH)Σ(I − ηH)ᵀ + η²D/b has the solution (η/b) Dᵢⱼ/(λᵢ + λⱼ − ηλᵢλⱼ) in the eigenbasis of H; the
     * differential equation has no term in η alone.
     */
    private static XyPanel quadratic(Sheet sheet) {
        RealMatrix h = MatrixUtils.createRealMatrix(new double[][] {{2.0, 0.5}, {0.5, 1.0}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, -0.2}, {-0.2, 0.5}});
        Eigenpairs modes = LinearAlgebra.pureJava().symmetricEigen(h);
        RealMatrix inModes = modes.vectors().transposeMultiply(d).multiply(modes.vectors());
        double limit = trace(modes, inModes, 0.0);
        // Reference value sgd_quadratic_discrete: the trace of the covariance by a Lyapunov solver.
        sheet.consistency("The closed form of the covariance of gradient descent on a quadratic loss")
                .measure("η = 0.1, b = 4: tr Σ", 0.025 * trace(modes, inModes, 0.1))
                .near(
                        0.007976624368697963 + 0.008754486510181753,
                        rounding(1e-14),
                        independent("discrete Lyapunov equation by SciPy"));
        int[] batches = {4, 16, 32};
        double[] rates = new double[3];
        double[] ratios = new double[3];
        double[] errors = new double[3];
        TimeAverage square = TimeAverage.ofVariances((x, out) -> out[0] = x[0] * x[0] + x[1] * x[1], 1);
        for (int k = 0; k < batches.length; k++) {
            rates[k] = 0.025 * batches[k];
            RunningMoments found = sheet.run(
                            "remark-11, quadratic, b = " + batches[k],
                            Ensemble.of(Sde.ito(
                                            LinearField.of(h.scalarMultiply(-1.0)),
                                            Diffusion.constant(d),
                                            Temperature.ofSgd(rates[k], batches[k])))
                                    .scheme(EulerMaruyama.withStep(rates[k]))
                                    .paths(sheet.choose(4_000, 20_000, 100_000))
                                    .until(Math.round(60.0 / rates[k]) * rates[k])
                                    .startingAt(0.0, 0.0)
                                    .seed(sheet.seed().derive(8 + k))
                                    .observe(When.every(Math.max(1, 8 / batches[k]), 20.0), square))
                    .get(square);
            ratios[k] = found.mean(0) / (0.025 * limit);
            double error = found.standardError(0) / (0.025 * limit);
            double exact = trace(modes, inModes, rates[k]) / limit;
            errors[k] = error;
            String name = "quadratic loss, η = " + (k == 0 ? "0.1" : k == 1 ? "0.4" : "0.8") + ", b = " + batches[k]
                    + ": tr Σ over that of the SDE";
            Evidence evidence = k == 0 ? sheet.holds(REMARK_11, SMALL_STEPS) : sheet.fails(REMARK_11, LARGE_STEPS);
            evidence.measure(name, ratios[k])
                    .standardError(error)
                    .near(exact, standardErrors(4), closedForm("(η/b) Dᵢⱼ/(λᵢ + λⱼ − ηλᵢλⱼ)"));
            if (k == 2) {
                evidence.measure(name, ratios[k])
                        .standardError(error)
                        .atLeast(2.0, standardErrors(4), closedForm("1 if η/b were all that counts; twice is much"));
            }
        }
        sheet.fails(REMARK_11, LARGE_STEPS)
                .measure(
                        "quadratic loss: largest factor of a step, |1 − ηλmax|, at η = 1, b = 40",
                        modes.values()[0] - 1.0)
                .exact()
                .atLeast(1.0, none(), closedForm("above 1 there is no steady state"));
        sheet.holds(LEMMA_2, LIMIT)
                .measure(
                        "quadratic loss: ratio of the relative errors of tr Σ at η = 0.01 and 0.0025",
                        (trace(modes, inModes, 0.01) / limit - 1.0) / (trace(modes, inModes, 0.0025) / limit - 1.0))
                .exact()
                .near(4.0, order(1, 0.01, 4.0 * 2.5), closedForm("∝ η; the next order is ηλmax, λmax = 2.2"));
        double[] fine = new double[90];
        double[] curve = new double[fine.length];
        for (int i = 0; i < fine.length; i++) {
            fine[i] = 0.01 * i;
            curve[i] = trace(modes, inModes, fine[i]) / limit;
        }
        return XyPanel.titled("Quadratic loss at η/b = 1/40, over the SDE")
                .xAxis("η, unstable from " + String.format(Locale.ROOT, "%.2f", 2.0 / modes.value(0)))
                .yAxis("tr Σ over that of the SDE")
                .yRange(0.0, 8.0)
                .line("closed form", fine, curve)
                .points("gradient descent", rates, ratios, errors)
                .horizontalLine(1.0, "")
                .verticalLine(2.0 / modes.value(0), "");
    }

    private static double trace(Eigenpairs modes, RealMatrix noise, double rate) {
        double sum = 0.0;
        for (int i = 0; i < 2; i++) {
            double lambda = modes.values()[i];
            sum += noise.getEntry(i, i) / (2.0 * lambda - rate * lambda * lambda);
        }
        return sum;
    }
}
