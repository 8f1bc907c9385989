package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.SECTION_V_C;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.printed;
import static org.langevin4j.examples.experiment.Tolerance.rounding;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.special.Erf;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.LocalEntropy;
import org.langevin4j.core.density.SampledLocalEntropy;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Tolerance;
import org.langevin4j.models.analytic.DoubleWell;

/**
 * Local entropy (Chaudhari and Soatto 2018, Section V-C) on a landscape with a sharp and a wide minimum of the same depth,
 * e⁻ᶠ = exp(−½k₁(x + 2)²) + exp(−½k₂(x − 2)²), for which everything is known in closed form.
 */
public final class WideMinima implements Experiment {

    private static final double SHARP = 200.0;
    private static final double WIDE = 2.0;
    private static final double PLACE = 2.0;

    private static final ScalarField F = x -> {
        double sharp = -0.5 * SHARP * (x[0] + PLACE) * (x[0] + PLACE);
        double wide = -0.5 * WIDE * (x[0] - PLACE) * (x[0] - PLACE);
        double largest = Math.max(sharp, wide);
        return -largest - Math.log1p(Math.exp(Math.min(sharp, wide) - largest));
    };

    /** √γ is at least a cell. */
    private static final Grid GRID = Grid.of(Axis.uniform(-10.01, 10.01, 1001));

    private static final double[] VARIANCES = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0};

    /** Between the wells, as many standard deviations from either at γ = 0.1. */
    private static final double BORDER = -1.0;

    /** The wells flow together beyond. */
    private static final int APART = 5;

    private static final double[] BETAS = {1.0, 2.0, 4.0, 8.0};

    @Override
    public String name() {
        return "local-entropy";
    }

    @Override
    public String summary() {
        return "Local entropy prefers wide minima: by how much, at which temperature, and what sampling it costs";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        CellFunction f = CellFunction.of(GRID, F);
        List<CellFunction> smoothed = Arrays.stream(VARIANCES)
                .mapToObj(variance -> LocalEntropy.onGrid(f, variance, Boundary.ABSORBING))
                .toList();
        sheet.figure(
                "landscape",
                "Left: f and fᵧ. The sharp minimum rises and all but vanishes. Right: fᵧ at the two places; lines are one well"
                        + " alone.",
                Figure.titled("A sharp and a wide minimum of the same depth under local entropy")
                        .row(curves(sheet, f, smoothed), depths(sheet))
                        .panelSize(600, 420),
                SECTION_V_C);
        sheet.figure(
                "shares",
                "Left: the share of the sharp well; lines √(k₂/k₁)((1 + γk₂)/(1 + γk₁))^((β−1)/2), sharp over wide; at β = 1 it"
                        + " stays 1/11. Right: the effective part of n samples, lines ((1 + 2γk)/(1 + γk)²)^(d/2); below a hundred"
                        + " effective samples the estimate of that part is too high, and said to have collapsed.",
                Figure.titled("How much less likely the sharp minimum becomes, and what it costs to know fᵧ")
                        .row(shares(sheet, smoothed), LocalEntropyCost.panel(sheet))
                        .panelSize(600, 420),
                SECTION_V_C);
        saddle(sheet);
    }

    /** fᵧ in closed form. */
    private static double exact(double x, double variance) {
        double sum = 0.0;
        for (int w = 0; w < 2; w++) {
            double k = w == 0 ? SHARP : WIDE;
            double off = x - (w == 0 ? -PLACE : PLACE);
            sum += Math.exp(-0.5 * k / (1.0 + variance * k) * off * off) / Math.sqrt(1.0 + variance * k);
        }
        return -Math.log(sum);
    }

    private static double[] variances(int count, double decades) {
        return IntStream.rangeClosed(0, count)
                .mapToDouble(i -> Math.pow(10.0, -3.0 + decades * i / count))
                .toArray();
    }

    private static XyPanel curves(Sheet sheet, CellFunction f, List<CellFunction> smoothed) {
        double worst = 0.0;
        for (int v = 0; v < VARIANCES.length; v++) {
            for (double x = -4.0; x < 4.5; x += 0.5) {
                worst = Math.max(worst, Math.abs(smoothed.get(v).at(x) - exact(x, VARIANCES[v])));
            }
        }
        sheet.supplement(LocalEntropyCost.METHODS)
                .measure("grid, seven γ from 0.001 to 1, |x| ≤ 4: largest error", worst)
                .atMost(1e-10, none(), closedForm("sum of two Gaussians; rounding"));
        XyPanel panel = XyPanel.titled("f and fᵧ")
                .xAxis("x")
                .yAxis("fᵧ(x)")
                .xRange(-3.5, 5.0)
                .yRange(-1, 9);
        double[] xs = IntStream.range(0, GRID.cells())
                .mapToDouble(i -> GRID.axis(0).centre(i))
                .toArray();
        panel.line("γ = 0: f", xs, f.values());
        for (int v : new int[] {2, 4, 6}) {
            panel.line("γ = " + VARIANCES[v], xs, smoothed.get(v).values());
        }
        return panel;
    }

    /** fᵧ at both minima, and how the ratio of the densities e^(−fᵧ) there falls at β = 1. */
    private static XyPanel depths(Sheet sheet) {
        int samples = sheet.choose(160_000, 160_000, 1_000_000);
        double[] sharp = new double[VARIANCES.length];
        double[] wide = new double[VARIANCES.length];
        double[] sharpErrors = new double[VARIANCES.length];
        double[] wideErrors = new double[VARIANCES.length];
        Evidence evidence = sheet.holds(
                SECTION_V_C, "the density at a sharp minimum over that at a wide one, at every β: it falls with γ");
        for (int v = 0; v < VARIANCES.length; v++) {
            double variance = VARIANCES[v];
            SampledLocalEntropy sampled =
                    SampledLocalEntropy.of(F, 1, variance, samples, sheet.seed().derive(v));
            SampledLocalEntropy.Estimate atSharp = sampled.estimate(new double[] {-PLACE});
            SampledLocalEntropy.Estimate atWide = sampled.estimate(new double[] {PLACE});
            sharp[v] = atSharp.value();
            wide[v] = atWide.value();
            sharpErrors[v] = atSharp.standardError();
            wideErrors[v] = atWide.standardError();
            double ratio = Math.exp(atWide.value() - atSharp.value());
            evidence.measure(
                            "γ = " + variance
                                    + ", β = 1: density at the sharp minimum over that at the wide one, sampled",
                            ratio)
                    .standardError(ratio * Math.hypot(atSharp.standardError(), atWide.standardError()))
                    .near(
                            Math.exp(exact(PLACE, variance) - exact(-PLACE, variance)),
                            standardErrors(4),
                            closedForm("√((1 + γk₂)/(1 + γk₁)) and what the wells add to each other"));
        }
        LocalEntropy quadrature = LocalEntropy.of(F, 1, 1.0, 64);
        sheet.supplement(LocalEntropyCost.METHODS)
                .measure(
                        "Gauss–Hermite rule of 64 points at the sharp minimum, γ = 1: its own estimate of the error",
                        quadrature.error(new double[] {-PLACE}));
        double[] fine = variances(60, 3.0);
        return XyPanel.titled("fᵧ at the two minima")
                .logX()
                .xAxis("γ")
                .yAxis("fᵧ")
                .line("½ log(1 + γk), sharp, k = 200", fine, depth(fine, SHARP))
                .line("½ log(1 + γk), wide, k = 2", fine, depth(fine, WIDE))
                .points("sampling, sharp", VARIANCES, sharp, sharpErrors)
                .like("½ log(1 + γk), sharp, k = 200")
                .points("sampling, wide", VARIANCES, wide, wideErrors)
                .like("½ log(1 + γk), wide, k = 2");
    }

    private static double[] depth(double[] variances, double k) {
        return Arrays.stream(variances).map(v -> 0.5 * Math.log(1.0 + v * k)).toArray();
    }

    /** P(x < −1) of the law e^(−βf)/Z; half of the cell that has −1 in its middle. */
    private static double share(CellFunction f, double beta) {
        double all = 0.0;
        double left = 0.0;
        for (int i = 0; i < GRID.cells(); i++) {
            double beyond = GRID.axis(0).centre(i) - BORDER;
            double p = Math.exp(-beta * f.value(i));
            all += p;
            left += p * (Math.abs(beyond) < 1e-9 ? 0.5 : beyond < 0.0 ? 1.0 : 0.0);
        }
        return left / all;
    }

    /** Sharp over wide, each well on its own. */
    private static double ratio(double variance, double beta) {
        return Math.sqrt(WIDE / SHARP) * Math.pow((1 + variance * WIDE) / (1 + variance * SHARP), 0.5 * (beta - 1.0));
    }

    /** P(x < −1) under two normal laws of their own. */
    private static double expected(double variance, double beta) {
        double ratio = ratio(variance, beta);
        double sharp = below(BORDER + PLACE, (variance + 1.0 / SHARP) / beta);
        double wide = below(BORDER - PLACE, (variance + 1.0 / WIDE) / beta);
        return (ratio * sharp + wide) / (1.0 + ratio);
    }

    private static double below(double x, double variance) {
        return 0.5 * Erf.erfc(-x / Math.sqrt(2.0 * variance));
    }

    private static XyPanel shares(Sheet sheet, List<CellFunction> smoothed) {
        XyPanel panel = XyPanel.titled("Share of the sharp well under e^(−βfᵧ)/Z")
                .logX()
                .logY()
                .xAxis("γ")
                .yAxis("P(x < −1)")
                .yRange(1e-8, 1.0);
        double[] fine = variances(60, 2.5);
        List<double[]> found = new ArrayList<>();
        for (double beta : BETAS) {
            panel.line(
                    String.format(Locale.ROOT, "β = %.0f", beta),
                    fine,
                    Arrays.stream(fine)
                            .map(v -> ratio(v, beta) / (1.0 + ratio(v, beta)))
                            .toArray());
            found.add(IntStream.range(0, APART + 1)
                    .mapToDouble(v -> share(smoothed.get(v), beta))
                    .toArray());
        }
        double[] shown = Arrays.copyOf(VARIANCES, APART + 1);
        for (int k = 0; k < BETAS.length; k++) {
            String beta = String.format(Locale.ROOT, "β = %.0f", BETAS[k]);
            panel.points(beta + ", grid", shown, found.get(k)).like(beta);
            Evidence evidence = BETAS[k] == 1.0
                    ? sheet.fails(SECTION_V_C, "the mass of a basin at β = 1, which γ does not change")
                    : sheet.holds(
                            SECTION_V_C,
                            "the mass of a sharp basin at β > 1: it falls as ((1 + γk₂)/(1 + γk₁))^((β−1)/2), exponentially in"
                                    + " β − 1, algebraically in γ");
            for (int v : new int[] {0, 2, 4}) {
                double expected = expected(VARIANCES[v], BETAS[k]);
                evidence.measure(
                                String.format(Locale.ROOT, "γ = %s, β = %.0f: P(x < −1)", VARIANCES[v], BETAS[k]),
                                found.get(k)[v])
                        .near(
                                expected,
                                Tolerance.of(1e-3 * expected, "where the wells overlap, and half a cell"),
                                closedForm("two normal laws"));
            }
        }
        return panel;
    }

    /** Of Example 19’s Φ along the first axis; the second adds a constant. */
    private static void saddle(Sheet sheet) {
        DoubleWell model = new DoubleWell(1.5);
        ScalarField cut = x -> model.potential().at(new double[] {x[0], 0.0});
        double low = 0.1;
        double high = 3.0;
        while (high - low > 1e-11) {
            double middle = 0.5 * (low + high);
            if (above(cut, middle) > 0.0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        var mpmath = independent("adaptive quadrature with mpmath");
        sheet.fails(SECTION_V_C, "the origin of Fig. 4c while γ < 0.217: its fᵧ is above that of the wells")
                .measure("γ = 0.1: fᵧ of the saddle of Φ less that of the wells", above(cut, 0.1))
                .near(0.20616237465837955 - 0.09219059366905187, rounding(1e-10), mpmath);
        Evidence wide = sheet.holds(SECTION_V_C, "the origin of Fig. 4c at γ > 0.217");
        wide.measure("γ from which on fᵧ of the saddle of Φ is below that of the wells", low)
                .near(0.216679094890845, printed(1e-9), mpmath);
        wide.measure("γ = 0.5: fᵧ of the saddle of Φ less that of the wells", above(cut, 0.5))
                .atMost(0.0, rounding(1e-10), closedForm("negative"));
    }

    private static double above(ScalarField f, double variance) {
        LocalEntropy entropy = LocalEntropy.of(f, 1, variance, 96);
        return entropy.at(new double[] {0.0}) - entropy.at(new double[] {1.0});
    }
}
