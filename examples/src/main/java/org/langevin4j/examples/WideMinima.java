package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.LocalEntropy;
import org.langevin4j.core.density.SampledLocalEntropy;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;

/**
 * Local entropy (Chaudhari and Soatto 2018, Section V-C) on a landscape with a sharp and a wide minimum of the same depth,
 * e⁻ᶠ = exp(−½k₁(x + 2)²) + exp(−½k₂(x − 2)²), for which everything is known in closed form.
 */
public final class WideMinima implements Example {

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
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<CellFunction> smoothed = new ArrayList<>();
        double[] values = new double[GRID.cells()];
        for (int i = 0; i < values.length; i++) {
            values[i] = F.at(new double[] {GRID.axis(0).centre(i)});
        }
        CellFunction f = CellFunction.of(GRID, values);
        for (double variance : VARIANCES) {
            smoothed.add(LocalEntropy.onGrid(f, variance, Boundary.ABSORBING));
        }
        Picture landscape = landscape(f, smoothed, context, measurements);
        Picture shares = shares(f, smoothed, context, measurements);
        saddle(measurements);
        return new ExampleResult(
                name(),
                "Of two minima of the same depth local entropy makes the sharp one higher by"
                        + " ½ log((1 + γk₁)/(1 + γk₂)). The share of e^(−βfᵧ) in the sharp well is then smaller by the power"
                        + " −(β−1)/2 of that ratio: exponentially in β, algebraically in γ up to"
                        + " γk₂ ≈ 1, and at β = 1 not at all, where the law is that of f blurred.",
                "Chaudhari and Soatto (2018), Section V-C. “For large values of γ the new loss makes the original local minima"
                        + " exponentially less likely” holds for β > 1 only, and not exponentially in γ. The saddle of Example"
                        + " 19’s Φ has the larger local entropy than the wells unless γ is above the last number below.",
                context.seed().value(),
                measurements,
                List.of(landscape, shares));
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

    private static Picture landscape(
            CellFunction f, List<CellFunction> smoothed, RunContext context, List<Measurement> measurements)
            throws IOException {
        double worst = 0.0;
        for (int v = 0; v < VARIANCES.length; v++) {
            for (double x = -4.0; x < 4.5; x += 0.5) {
                worst = Math.max(worst, Math.abs(smoothed.get(v).at(x) - exact(x, VARIANCES[v])));
            }
        }
        measurements.add(Measurement.atMost(
                "fᵧ on a grid, seven γ from 0.001 to 1, |x| ≤ 4: largest error, closed form", worst, 1e-10));

        XyPanel curves = XyPanel.titled("f and fᵧ")
                .xAxis("x")
                .yAxis("fᵧ(x)")
                .xRange(-3.5, 5.0)
                .yRange(-1, 9);
        double[] xs = new double[GRID.cells()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = GRID.axis(0).centre(i);
        }
        curves.line("γ = 0: f", xs, f.values());
        for (int v : new int[] {2, 4, 6}) {
            curves.line("γ = " + VARIANCES[v], xs, smoothed.get(v).values());
        }

        int samples = context.effort().choose(20_000, 100_000, 1_000_000);
        double[] sharp = new double[VARIANCES.length];
        double[] wide = new double[VARIANCES.length];
        double[] errors = new double[VARIANCES.length];
        double[] smallest = {Double.POSITIVE_INFINITY};
        double largest = 0.0;
        for (int v = 0; v < VARIANCES.length; v++) {
            SampledLocalEntropy sampled = SampledLocalEntropy.of(
                    F, 1, VARIANCES[v], samples, context.seed().derive(v));
            SampledLocalEntropy.Estimate atSharp = sampled.estimate(new double[] {-PLACE});
            SampledLocalEntropy.Estimate atWide = sampled.estimate(new double[] {PLACE});
            sharp[v] = atSharp.value();
            wide[v] = atWide.value();
            errors[v] = atSharp.standardError();
            smallest[0] = Math.min(smallest[0], atSharp.effectiveSampleSize());
            largest = Math.max(largest, deviation(atSharp, exact(-PLACE, VARIANCES[v])));
            largest = Math.max(largest, deviation(atWide, exact(PLACE, VARIANCES[v])));
        }
        measurements.add(Measurement.atMost(
                "fᵧ at the minima by sampling, the same γ: largest error in standard errors", largest, 4.0));
        measurements.add(
                Measurement.reported("effective samples of " + samples + " at the sharp minimum, γ = 1", smallest[0]));
        int points = 64;
        LocalEntropy quadrature = LocalEntropy.of(F, 1, 1.0, points);
        measurements.add(Measurement.reported(
                "Gauss–Hermite rule of 64 points at the sharp minimum, γ = 1, its own estimate of the error",
                quadrature.error(new double[] {-PLACE})));
        measurements.add(Measurement.near(
                "γ = 0.1: height of the sharp minimum above the wide one",
                smoothed.get(4).at(-PLACE) - smoothed.get(4).at(PLACE),
                0.5 * Math.log((1 + 0.1 * SHARP) / (1 + 0.1 * WIDE)),
                // What the wells add to each other: e^(−½·16k/(1 + γk)) for the wide one, in units of the sharp one.
                Math.exp(-8.0 * WIDE / (1 + 0.1 * WIDE)) * Math.sqrt(1 + 0.1 * SHARP)));
        double[] fine = new double[61];
        double[] ofSharp = new double[fine.length];
        double[] ofWide = new double[fine.length];
        for (int i = 0; i < fine.length; i++) {
            fine[i] = Math.pow(10.0, -3.0 + 3.0 * i / 60.0);
            ofSharp[i] = 0.5 * Math.log(1 + fine[i] * SHARP);
            ofWide[i] = 0.5 * Math.log(1 + fine[i] * WIDE);
        }
        XyPanel depths = XyPanel.titled("fᵧ at the two minima")
                .logX()
                .xAxis("γ")
                .yAxis("fᵧ")
                .line("½ log(1 + γk), sharp, k = 200", fine, ofSharp)
                .line("½ log(1 + γk), wide, k = 2", fine, ofWide)
                .points("sampling, sharp", VARIANCES, sharp, errors)
                .points("sampling, wide", VARIANCES, wide);
        Figure.titled("A sharp and a wide minimum of the same depth under local entropy")
                .row(curves, depths)
                .panelSize(600, 420)
                .writeTo(context.out().resolve("landscape.png"));
        return new Picture(
                "landscape.png",
                "Left: f and fᵧ. The sharp minimum rises and all but vanishes. Right: fᵧ at the two"
                        + " places; lines are one well alone, bars one standard error.");
    }

    private static double deviation(SampledLocalEntropy.Estimate estimate, double expected) {
        return Math.abs(estimate.value() - expected) / estimate.standardError();
    }

    /** P(x < 0) and E[x] of the law e^(−βf)/Z. */
    private static double[] law(CellFunction f, double beta) {
        double all = 0.0;
        double left = 0.0;
        double mean = 0.0;
        for (int i = 0; i < GRID.cells(); i++) {
            double x = GRID.axis(0).centre(i);
            double p = Math.exp(-beta * f.value(i));
            all += p;
            left += x < -0.5 * GRID.axis(0).width(i) ? p : Math.abs(x) < 1e-9 ? 0.5 * p : 0.0;
            mean += x * p;
        }
        return new double[] {left / all, mean / all};
    }

    /** Sharp over wide, each well on its own. */
    private static double ratio(double variance, double beta) {
        return Math.sqrt(WIDE / SHARP) * Math.pow((1 + variance * WIDE) / (1 + variance * SHARP), 0.5 * (beta - 1.0));
    }

    private static Picture shares(
            CellFunction f, List<CellFunction> smoothed, RunContext context, List<Measurement> measurements)
            throws IOException {
        XyPanel panel = XyPanel.titled("Share of the sharp well under e^(−βfᵧ)/Z")
                .logX()
                .logY()
                .xAxis("γ")
                .yAxis("P(x < 0)")
                .yRange(1e-8, 1.0);
        double[] fine = new double[61];
        for (int i = 0; i < fine.length; i++) {
            fine[i] = Math.pow(10.0, -3.0 + 2.5 * i / 60.0);
        }
        // γ = 0.3 at most: beyond, the wells flow together.
        int shown = 6;
        List<double[]> found = new ArrayList<>();
        for (double beta : BETAS) {
            double[] share = new double[fine.length];
            for (int i = 0; i < fine.length; i++) {
                double ratio = ratio(fine[i], beta);
                share[i] = ratio / (1 + ratio);
            }
            panel.line(String.format(Locale.ROOT, "β = %.0f", beta), fine, share);
            double[] measured = new double[shown];
            for (int v = 0; v < shown; v++) {
                measured[v] = law(smoothed.get(v), beta)[0];
            }
            found.add(measured);
        }
        double[] across = new double[shown * BETAS.length];
        double[] heights = new double[across.length];
        for (int k = 0; k < BETAS.length; k++) {
            for (int v = 0; v < shown; v++) {
                across[k * shown + v] = VARIANCES[v];
                heights[k * shown + v] = found.get(k)[v];
            }
        }
        panel.points("on the grid", across, heights);
        for (int k = 0; k < BETAS.length; k++) {
            double worst = 0.0;
            for (int v = 0; v < 5; v++) {
                double ratio = ratio(VARIANCES[v], BETAS[k]);
                worst = Math.max(worst, Math.abs(found.get(k)[v] / (ratio / (1 + ratio)) - 1.0));
            }
            if (BETAS[k] == 1.0) {
                // Of the wide well, variance γ + 1/k₂, P(x < 0) = 0.00491 at γ = 0.1, in units of the share 1/11.
                measurements.add(Measurement.atMost(
                        "β = 1: largest relative change of the sharp well’s share for γ ≤ 0.1", worst, 0.06));
            } else {
                // P(x < 0) of the wide well at β = 2, γ = 0.1 is below 1.3e-4, the share 0.023; smaller at larger β.
                measurements.add(Measurement.atMost(
                        String.format(
                                Locale.ROOT,
                                "β = %.0f: share of the sharp well for γ ≤ 0.1, largest relative distance from the closed form",
                                BETAS[k]),
                        worst,
                        0.01));
            }
        }
        double mean = 0.0;
        for (CellFunction function : smoothed) {
            mean = Math.max(mean, Math.abs(law(function, 1.0)[1] - law(f, 1.0)[1]));
        }
        measurements.add(Measurement.near(
                "β = 1, γ = 0: E[x], closed form 2(1 − 0.1)/(1 + 0.1)", law(f, 1.0)[1], 1.8 / 1.1, 1e-6));
        measurements.add(
                Measurement.atMost("β = 1, γ up to 1: largest change of E[x]; e^(−fᵧ) is e^(−f) blurred", mean, 1e-9));
        measurements.add(Measurement.near(
                "β = 8: log of the factor by which γ = 0.1 lowers the odds of the sharp well against γ = 0.001",
                Math.log(odds(found.get(3)[0]) / odds(found.get(3)[4])),
                Math.log(ratio(0.001, 8.0) / ratio(0.1, 8.0)),
                0.02));

        XyPanel effective = XyPanel.titled("What sampling costs: f = ½k|x|² in d dimensions")
                .logX()
                .logY()
                .xAxis("d")
                .yAxis("effective part of the samples")
                .yRange(1e-4, 1.5);
        int samples = context.effort().choose(4_000, 20_000, 100_000);
        double[] dimensions = {1, 2, 4, 8, 16, 32, 64};
        double[][] parts = new double[3][dimensions.length];
        double[] strengths = {0.1, 0.3, 1.0};
        double worst = 0.0;
        int collapsed = 0;
        for (int s = 0; s < strengths.length; s++) {
            double[] expected = new double[dimensions.length];
            for (int n = 0; n < dimensions.length; n++) {
                int d = (int) dimensions[n];
                double strength = strengths[s];
                expected[n] = Math.pow((1 + 2 * strength) / ((1 + strength) * (1 + strength)), 0.5 * d);
                SampledLocalEntropy.Estimate estimate = SampledLocalEntropy.of(
                                x -> 0.5 * squares(x),
                                d,
                                strength,
                                samples,
                                context.seed().derive(100 + 10 * s + n))
                        .estimate(new double[d]);
                parts[s][n] = estimate.effectiveSampleSize() / samples;
                if (estimate.isCollapsed()) {
                    collapsed++;
                } else if (estimate.effectiveSampleSize() > 1000.0) {
                    worst = Math.max(worst, deviation(estimate, 0.5 * d * Math.log(1 + strength)));
                }
            }
            effective.line(String.format(Locale.ROOT, "γk = %s", strengths[s]), dimensions, expected);
        }
        double[] everyDimension = new double[3 * dimensions.length];
        double[] everyPart = new double[everyDimension.length];
        for (int s = 0; s < 3; s++) {
            System.arraycopy(dimensions, 0, everyDimension, s * dimensions.length, dimensions.length);
            System.arraycopy(parts[s], 0, everyPart, s * dimensions.length, dimensions.length);
        }
        effective.points(samples + " samples", everyDimension, everyPart);
        measurements.add(Measurement.atMost(
                "½k|x|² in up to 64 dimensions, more than 1000 effective samples: largest error in standard errors",
                worst,
                4.0));
        measurements.add(Measurement.reported("of 21 such estimates, collapsed", collapsed));
        Figure.titled("How much less likely the sharp minimum becomes, and what it costs to know fᵧ")
                .row(panel, effective)
                .panelSize(600, 420)
                .writeTo(context.out().resolve("shares.png"));
        return new Picture(
                "shares.png",
                "Left: the share of the sharp well; lines √(k₂/k₁)((1 + γk₂)/(1 + γk₁))^((β−1)/2), sharp over wide; at β = 1"
                        + " it stays 1/11. Right: the effective part of n samples, lines ((1 + 2γk)/(1 + γk)²)^(d/2).");
    }

    private static double odds(double share) {
        return share / (1.0 - share);
    }

    private static double squares(double[] x) {
        double sum = 0.0;
        for (double value : x) {
            sum += value * value;
        }
        return sum;
    }

    /** Of Example 19’s Φ along the first axis; the second adds a constant. */
    private static void saddle(List<Measurement> measurements) {
        DoubleWell model = new DoubleWell(1.5);
        ScalarField cut = x -> model.potential().at(new double[] {x[0], 0.0});
        // Reference values local_entropy_gamma0.1.
        measurements.add(Measurement.near(
                "Φ of Example 19, γ = 0.1: fᵧ of the saddle above that of the wells, reference",
                difference(cut, 0.1),
                0.20616237465837955 - 0.09219059366905187,
                1e-10));
        double low = 0.1;
        double high = 3.0;
        while (high - low > 1e-6) {
            double middle = 0.5 * (low + high);
            if (difference(cut, middle) > 0.0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        measurements.add(Measurement.reported("γ from which on fᵧ of the saddle is below that of the wells", low));
    }

    private static double difference(ScalarField f, double variance) {
        LocalEntropy entropy = LocalEntropy.of(f, 1, variance, 96);
        return entropy.at(new double[] {0.0}) - entropy.at(new double[] {1.0});
    }
}
