package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.ABSTRACT_POTENTIAL;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** The stochastic differential equation driven by a measured D in all d dimensions, about a minimum of the loss. */
final class StationaryVariances {

    /** Learning rate and batch size of the temperature; the equation is linear, so that they only set the scale. */
    private static final Temperature TEMPERATURE = Temperature.ofSgd(0.1, 128);

    /** Eigenvectors of D along which variances are compared: so many that their mean is known to a per cent. */
    private static final int DIRECTIONS = 100;

    /** Directions of strong and of weaker noise that are compared. */
    private static final int GROUP = 30;

    /** Weight decay makes the smallest eigenvalue of F + δI this fraction of the largest eigenvalue of F. */
    private static final double STABILITY = 0.2;

    private static final int RECORD_INTERVAL = 8;

    private StationaryVariances() {}

    /** Euler–Maruyama in d dimensions against the law of Lyapunov, along the leading eigenvectors of D. */
    static void write(GradientSource source, RealMatrix hessian, Sheet sheet) throws IOException {
        SymmetricFlow flow = SymmetricFlow.of(hessian, STABILITY);
        MatrixSpectrum spectrum = source.diffusion().spectrum();
        int directions = Math.min(DIRECTIONS, spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON));
        Eigenpairs leading = source.diffusion().leadingEigenpairs(directions);
        double stepSize = sheet.choose(0.04, 0.03, 0.01) / flow.largestRate();
        double[] exact = flow.variances(source.diffusion(), leading.vectors(), TEMPERATURE, 0.0);
        double[] discrete = flow.variances(source.diffusion(), leading.vectors(), TEMPERATURE, stepSize);
        double[] ofLoss = flow.ofLoss(leading.vectors(), TEMPERATURE);
        int group = Math.min(GROUP, directions / 2);
        double[][] weights = {
            mean(discrete, 0, directions), mean(ofLoss, 0, group), mean(ofLoss, directions - group, directions)
        };
        RunningMoments found = simulate(source, flow, leading, weights, stepSize, sheet);
        double[] number = IntStream.rangeClosed(1, directions).asDoubleStream().toArray();
        double[] measured =
                IntStream.range(0, directions).mapToDouble(found::mean).toArray();
        double[] errors =
                IntStream.range(0, directions).mapToDouble(found::standardError).toArray();
        String system = "dx = −(F + δI)x dt + √(2β⁻¹D) dW at the minimum of " + source.description();
        Evidence law = sheet.supplement(system + " has the law of Lyapunov's equation");
        law.measure("smallest eigenvalue of the Hessian F", flow.smallestOfHessian());
        law.measure("weight decay δ", flow.weightDecay());
        law.measure(
                "largest part of a variance that is due to the step",
                IntStream.range(0, directions)
                        .mapToDouble(k -> Math.abs(discrete[k] / exact[k] - 1.0))
                        .max()
                        .orElse(0.0));
        law.measure(
                        "variances over the scheme's own, mean along " + directions + " eigenvectors of D",
                        found.mean(directions))
                .standardError(found.standardError(directions))
                .near(1.0, standardErrors(4), closedForm("Σ = (I − hA)Σ(I − hA) + 2hβ⁻¹D in the eigenvectors of A"));
        // By Lemma 6 one factor for all directions would still be a Φ that is a multiple of f.
        double first = found.mean(directions + 1);
        double last = found.mean(directions + 2);
        sheet.holds(
                        ABSTRACT_POTENTIAL,
                        source.description() + ", about its minimum under weight decay, with the D measured there")
                .measure(
                        String.format(
                                Locale.ROOT,
                                "variance over that of e^(−βf): mean of eigenvectors 1 to %d of D over that of %d to %d",
                                group,
                                directions - group + 1,
                                directions),
                        first / last)
                .standardError(first
                        / last
                        * Math.hypot(
                                found.standardError(directions + 1) / first,
                                found.standardError(directions + 2) / last))
                .near(
                        Vectors.dot(weights[1], discrete) / Vectors.dot(weights[2], discrete),
                        standardErrors(4),
                        closedForm("Lyapunov's equation of the scheme; it would be 1 for D = cI"));
        sheet.figure(
                "covariance",
                "Stationary variance of dx = −(F + δI)x dt + √(2β⁻¹D) dW along the leading eigenvectors of D: ensemble in all"
                        + " dimensions, the solution of the Lyapunov equation, and what the loss alone would give.",
                Figure.titled("Stationary variance along the leading eigenvectors of D, d = " + spectrum.dimension())
                        .row(XyPanel.titled("")
                                .xAxis("number k of the eigenvector of D")
                                .yAxis("variance along it")
                                .logY()
                                .points("ensemble", number, measured, errors)
                                .line("(F + δI)Σ + Σ(F + δI) = 2β⁻¹D", number, exact)
                                .line("e^(−βf), D = I", number, ofLoss))
                        .panelSize(760, 440),
                ABSTRACT_POTENTIAL);
    }

    private static RunningMoments simulate(
            GradientSource source,
            SymmetricFlow flow,
            Eigenpairs leading,
            double[][] weights,
            double stepSize,
            Sheet sheet) {
        // Slowest mode: its covariance has decayed to e^(−8) of itself before anything is recorded.
        long transientSteps = Math.round(4.0 / flow.smallestRate() / stepSize);
        long recordedSteps = Math.round(sheet.choose(4.0, 12.0, 40.0) / flow.smallestRate() / stepSize);
        LinearField projection = LinearField.of(leading.vectors().transpose());
        TimeAverage squares = TimeAverage.of(squared(projection, weights), weights[0].length + weights.length);
        Ensemble ensemble = Ensemble.of(
                        Sde.ito(LinearField.of(flow.drift()), source.diffusion().reduced(), TEMPERATURE))
                .scheme(EulerMaruyama.withStep(stepSize))
                .paths(sheet.choose(64, 128, 512))
                .until((transientSteps + recordedSteps) * stepSize)
                .seed(sheet.seed().derive(2))
                .observe(When.every(RECORD_INTERVAL, transientSteps * stepSize), squares);
        return sheet.run("measured-diffusion, d = " + source.diffusion().dimension(), ensemble)
                .get(squares);
    }

    /** The squares of the projections, and after them weighted sums of the squares. */
    private static VectorField squared(LinearField projection, double[][] weights) {
        int n = weights[0].length;
        return (x, out) -> {
            double[] squares = new double[n];
            projection.at(x, squares);
            for (int k = 0; k < n; k++) {
                squares[k] *= squares[k];
                out[k] = squares[k];
            }
            for (int row = 0; row < weights.length; row++) {
                out[n + row] = Vectors.dot(weights[row], squares);
            }
        };
    }

    /** Weights of a mean over some directions of what is measured over what is expected. */
    private static double[] mean(double[] expected, int from, int to) {
        double[] weights = new double[expected.length];
        for (int k = from; k < to; k++) {
            weights[k] = 1.0 / ((to - from) * expected[k]);
        }
        return weights;
    }
}
