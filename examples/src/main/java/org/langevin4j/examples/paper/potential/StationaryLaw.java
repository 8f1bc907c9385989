package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.util.List;
import java.util.function.DoubleFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.Scheme;

/** Means under the law e^(−βΦ)/Z in the plane, against which ensembles are held. */
final class StationaryLaw {

    static final List<String> NAMES = List.of("E[x₁²]", "E[x₂²]", "E[x₁x₂]");

    private static final VectorField SQUARES = (x, out) -> {
        out[0] = x[0] * x[0];
        out[1] = x[1] * x[1];
        out[2] = x[0] * x[1];
    };

    /** The slowest mode of the equations held against it decays with a rate of .18 or more. */
    private static final double SETTLED = 20.0;

    private final double[] exact;

    private StationaryLaw(double... exact) {
        this.exact = exact;
    }

    /** Midpoint sums over a box of sixteen standard deviations of a normal law of variance β⁻¹. */
    static StationaryLaw of(ScalarField potential, double beta) {
        double half = 8.0 / Math.min(1.0, Math.sqrt(beta));
        Density law = Density.gibbs(Grid.square(-half, half, 800), potential, Temperature.of(1.0 / beta));
        double[] means = new double[NAMES.size()];
        for (int i = 0; i < means.length; i++) {
            int which = i;
            double[] out = new double[means.length];
            means[i] = law.expectation(x -> {
                SQUARES.at(x, out);
                return out[which];
            });
            // Zero by symmetry, but for rounding.
            means[i] = Math.abs(means[i]) < 1e-12 ? 0.0 : means[i];
        }
        return new StationaryLaw(means);
    }

    /** Averages over a long time of each of many paths. */
    static RunningMoments sample(
            Sheet sheet, String title, Sde sde, DoubleFunction<? extends Scheme> scheme, double stepSize, int part) {
        TimeAverage average = TimeAverage.of(SQUARES, NAMES.size());
        return sheet.run(
                        title,
                        Ensemble.of(sde)
                                .scheme(scheme.apply(stepSize))
                                .paths(sheet.choose(1000, 4000, 20_000))
                                .until(SETTLED + 100.0)
                                .startingAt(0.5, 0.0)
                                .seed(sheet.seed().derive(part))
                                .observe(When.every((int) Math.ceil(0.1 / stepSize), SETTLED), average))
                .get(average);
    }

    /** Writes down that the means of a sample are those of the law. */
    void agrees(Evidence evidence, String what, RunningMoments sample) {
        for (int i = 0; i < exact.length; i++) {
            evidence.measure(what + ": " + NAMES.get(i), sample.mean(i))
                    .standardError(sample.standardError(i))
                    .near(exact[i], standardErrors(4), closedForm("e^(−βΦ)/Z by quadrature"));
        }
    }

    /** Writes down that the mean which is furthest off, in standard errors, is surely not that of the law. */
    void differs(Evidence evidence, String what, RunningMoments sample) {
        int i = 0;
        for (int k = 1; k < exact.length; k++) {
            if (off(sample, k) / sample.standardError(k) > off(sample, i) / sample.standardError(i)) {
                i = k;
            }
        }
        evidence.measure(what + ": |" + NAMES.get(i) + " − that of e^(−βΦ)/Z|", off(sample, i))
                .standardError(sample.standardError(i))
                .atLeast(0.0, standardErrors(8), closedForm("0 for e^(−βΦ)/Z"));
    }

    /** Of a mean from that of the law. */
    double deviation(RunningMoments sample, int i) {
        return sample.mean(i) - exact[i];
    }

    private double off(RunningMoments sample, int i) {
        return Math.abs(deviation(sample, i));
    }
}
