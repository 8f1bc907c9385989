package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.ABSTRACT_POTENTIAL;
import static org.langevin4j.examples.experiment.Statement.REMARK_15;
import static org.langevin4j.examples.experiment.Statement.REMARK_18_FORCE;
import static org.langevin4j.examples.experiment.Tolerance.printed;
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
import org.langevin4j.examples.experiment.Line;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
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

    /** E[f] and E[|∇f|²] cost a product with A each time; from one to the next fast modes have forgotten most. */
    private static final int MAGNITUDE_INTERVAL = 32;

    private StationaryVariances() {}

    /** Euler–Maruyama in d dimensions against the law of Lyapunov, along the leading eigenvectors of D. */
    static void write(GradientSource source, RealMatrix hessian, Sheet sheet) throws IOException {
        SymmetricFlow flow = SymmetricFlow.of(hessian, STABILITY);
        MatrixSpectrum spectrum = source.diffusion().spectrum();
        int directions = Math.min(DIRECTIONS, spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON));
        Eigenpairs leading = source.diffusion().leadingEigenpairs(directions);
        double stepSize = sheet.choose(0.06, 0.03, 0.01) / flow.largestRate();
        double[] exact = flow.variances(source.diffusion(), leading.vectors(), TEMPERATURE, 0.0);
        double[] discrete = flow.variances(source.diffusion(), leading.vectors(), TEMPERATURE, stepSize);
        double[] ofLoss = flow.ofLoss(leading.vectors(), TEMPERATURE);
        int group = Math.min(GROUP, directions / 2);
        double[][] weights = {
            mean(discrete, 0, directions), mean(ofLoss, 0, group), mean(ofLoss, directions - group, directions)
        };
        RunningMoments[] both = simulate(source, flow, leading, weights, stepSize, sheet);
        RunningMoments found = both[0];
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
        magnitudes(source, flow, both[1], stepSize, sheet);
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

    /**
     * Of f = ½xᵀAx and the equation dx = −Ax dt + √(2β⁻¹D) dW, E[f] = ½β⁻¹ tr D and E[|∇f|²] = β⁻¹ tr(AD), whatever A and D: neither
     * knows of the shape of D, nor of Q and j. A step h divides the summands β⁻¹(UᵀDU)ᵢᵢ of both by 1 − hλᵢ/2.
     */
    private static void magnitudes(
            GradientSource source, SymmetricFlow flow, RunningMoments found, double stepSize, Sheet sheet) {
        double[] noise = flow.strengths(source.diffusion());
        double loss = 0.0;
        double slope = 0.0;
        double slopeOfLoss = 0.0;
        for (int i = 0; i < noise.length; i++) {
            double variance = TEMPERATURE.value() * noise[i] / (1.0 - 0.5 * stepSize * flow.rate(i));
            loss += 0.5 * variance;
            slope += flow.rate(i) * variance;
            slopeOfLoss += (flow.rate(i) - flow.weightDecay()) * noise[i];
        }
        String about = source.description() + ", about its minimum under weight decay";
        sheet.holds(
                        REMARK_15,
                        about
                                + ": the mean loss above its minimum is ½β⁻¹ tr D, whatever the shape of D, so that eq. (14) keeps it")
                .measure("E[f] of paths over ½β⁻¹ tr D, of the scheme", found.mean(0) / loss)
                .standardError(found.standardError(0) / loss)
                .near(
                        1.0,
                        standardErrors(4),
                        closedForm("tr(AΣ) = β⁻¹ tr D of Lyapunov’s equation, with the share of the step"));
        sheet.fails(
                        REMARK_18_FORCE,
                        about
                                + ", where j ≠ 0: E‖∇f‖² is what it is for the reversible D that shares the diagonal in the"
                                + " eigenvectors of the Hessian")
                .measure("E‖∇f‖² of paths over that without j, of the scheme", found.mean(1) / slope)
                .standardError(found.standardError(1) / slope)
                .near(1.0, standardErrors(4), closedForm("β⁻¹ tr(AD), with the share of the step"));
        Line alone = sheet.supplement(
                        "What noise alone keeps up of the gradient, without weight decay: to be compared with Fig. 3c")
                .measure(
                        "√(β⁻¹ tr(HD)/d) at η = 0.001, b = 128",
                        Math.sqrt(Temperature.ofSgd(1e-3, 128).value() * slopeOfLoss / noise.length));
        if (source.kind() == GradientSource.Kind.TINY_FC) {
            alone.exact().near(1.5e-4, printed(0.05e-4), independent("a program of its own, from the same file"));
        }
    }

    private static RunningMoments[] simulate(
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
        LinearField drift = LinearField.of(flow.drift());
        TimeAverage magnitudes = TimeAverage.of(
                (x, out) -> {
                    double[] force = new double[x.length];
                    drift.at(x, force);
                    out[0] = -0.5 * Vectors.dot(x, force);
                    out[1] = Vectors.dot(force, force);
                },
                2);
        Ensemble ensemble = Ensemble.of(Sde.ito(drift, source.diffusion().reduced(), TEMPERATURE))
                .scheme(EulerMaruyama.withStep(stepSize))
                .paths(sheet.choose(64, 128, 512))
                .until((transientSteps + recordedSteps) * stepSize)
                .seed(sheet.seed().derive(2))
                .observe(When.every(RECORD_INTERVAL, transientSteps * stepSize), squares)
                .observe(When.every(MAGNITUDE_INTERVAL, transientSteps * stepSize), magnitudes);
        EnsembleResult result =
                sheet.run("measured-diffusion, d = " + source.diffusion().dimension(), ensemble);
        return new RunningMoments[] {result.get(squares), result.get(magnitudes)};
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
