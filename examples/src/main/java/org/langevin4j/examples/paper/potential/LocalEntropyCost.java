package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.SampledLocalEntropy;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;

/** What samples are worth in many dimensions, when local entropy is sampled. */
final class LocalEntropyCost {

    static final String METHODS = "fᵧ by convolution on a grid and by sampling";

    private LocalEntropyCost() {}

    static XyPanel panel(Sheet sheet) {
        int samples = sheet.choose(20_000, 20_000, 100_000);
        double[] dimensions = {1, 2, 4, 8, 16, 32, 64};
        double[] strengths = {0.1, 0.3, 1.0};
        XyPanel panel = XyPanel.titled("What " + samples + " samples are worth: f = ½k|x|² in d dimensions")
                .logX()
                .logY()
                .xAxis("d")
                .yAxis("effective part of the samples")
                .yRange(5e-5, 2.0);
        Evidence evidence = sheet.supplement(METHODS);
        List<double[]> collapsed = new ArrayList<>();
        double[][] parts = new double[strengths.length][dimensions.length];
        for (int s = 0; s < strengths.length; s++) {
            double strength = strengths[s];
            for (int n = 0; n < dimensions.length; n++) {
                int d = (int) dimensions[n];
                ScalarField bowl = x -> 0.5 * Arrays.stream(x).map(v -> v * v).sum();
                SampledLocalEntropy.Estimate estimate = SampledLocalEntropy.of(
                                bowl, d, strength, samples, sheet.seed().derive(100 + 10 * s + n))
                        .estimate(new double[d]);
                double part = estimate.effectiveSampleSize() / samples;
                parts[s][n] = estimate.isCollapsed() ? Double.NaN : part;
                if (estimate.isCollapsed()) {
                    collapsed.add(new double[] {d, part});
                } else if (d == 16) {
                    evidence.measure("γk = " + strength + ", d = 16: fᵧ(0) by sampling", estimate.value())
                            .standardError(estimate.standardError())
                            .near(0.5 * d * Math.log(1.0 + strength), standardErrors(4), closedForm("½d log(1 + γk)"));
                }
            }
            panel.line(
                    "γk = " + strength,
                    dimensions,
                    Arrays.stream(dimensions)
                            .map(d -> Math.pow((1 + 2 * strength) / ((1 + strength) * (1 + strength)), 0.5 * d))
                            .toArray());
        }
        for (int s = 0; s < strengths.length; s++) {
            String strength = "γk = " + strengths[s];
            panel.points(strength + ", sampled", dimensions, parts[s]).like(strength);
        }
        double[] x = collapsed.stream().mapToDouble(p -> p[0]).toArray();
        double[] y = collapsed.stream().mapToDouble(p -> p[1]).toArray();
        return x.length == 0 ? panel : panel.points("collapsed", x, y);
    }
}
