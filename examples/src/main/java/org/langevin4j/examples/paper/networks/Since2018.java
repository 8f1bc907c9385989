package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Tolerance.printed;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.PrincipalAngles;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * What later papers say of the noise of SGD, computed for measured gradients: whether D is proportional to the Hessian H (Jastrzębski et al.
 * 2017, arXiv:1711.04623; Zhu et al. 2019, arXiv:1803.00195), whether the noise has heavy tails (Şimşekli et al. 2019,
 * arXiv:1901.06053), which side by side with Gaussian noise of the same D it has not; and, for a network trained here, whether weights vary more where
 * the loss is narrow (Feng and Tu 2021).
 */
public final class Since2018 implements Experiment {

    /** Eigenvalues of H below this fraction of the largest are left out of the slope. */
    private static final double COUNTED = 1e-3;

    /** Eigenvectors whose span is compared. */
    private static final int LEADING = 10;

    private static final Oracle OTHER = independent("a program of its own, from the same file");

    @Override
    public String name() {
        return "since-2018";
    }

    @Override
    public String summary() {
        return "Claims later than the paper, of FILE, measured data, networks trained here: D ∝ H, heavy tails, variance and flatness";
    }

    @Override
    public int files() {
        return 1;
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        for (GradientSource source : GradientSource.withTrained(sheet)) {
            boolean known = source.kind() == GradientSource.Kind.TINY_FC;
            proportional(source, source.requireHessian(), known, sheet);
            HeavyTails.write(source, known, sheet);
        }
        if (sheet.files().isEmpty()) {
            VarianceFlatness.write(TrainedNetwork.of("tiny-fc", sheet), sheet);
        }
    }

    private static void proportional(GradientSource source, RealMatrix h, boolean known, Sheet sheet) {
        RealMatrix d = source.diffusion().toMatrix();
        RealMatrix product = LinearAlgebra.forOrder(d.getRowDimension()).multiply(h, d);
        double sizes = h.getFrobeniusNorm() * d.getFrobeniusNorm();
        Evidence evidence =
                sheet.supplement("How far D is from being proportional to the Hessian H, for " + source.description());
        number(evidence, "cosine between D and H, tr(HD)/(‖H‖‖D‖)", product.getTrace() / sizes, 0.899, 5e-4, known);
        number(
                evidence,
                "d·tr(HD)/(tr H tr D), 1 for D = cI",
                d.getRowDimension() * product.getTrace() / (h.getTrace() * d.getTrace()),
                53.9,
                0.05,
                known);
        number(
                evidence,
                "‖HD − DH‖/‖HD‖, 0 for D = cH",
                product.subtract(product.transpose()).getFrobeniusNorm() / product.getFrobeniusNorm(),
                0.283,
                5e-4,
                known);
        number(
                evidence,
                "slope of log uᵀDu against log λ, eigenvectors u of H with λ > λₘₐₓ/1000; 1 for D = cH",
                slope(source.diffusion(), h),
                1.11,
                5e-3,
                known);
        evidence.measure(
                "mean cos² of the angles between the spans of the ten leading eigenvectors of D and of H; "
                        + String.format(Locale.ROOT, "%.2g for random ones", (double) LEADING / h.getRowDimension()),
                overlap(source.diffusion(), h));
    }

    private static void number(
            Evidence evidence, String name, double value, double expected, double half, boolean known) {
        var line = evidence.measure(name, value).exact();
        if (known) {
            line.near(expected, printed(half), OTHER);
        }
    }

    private static double slope(MeasuredDiffusion diffusion, RealMatrix h) {
        SymmetricFlow flow = SymmetricFlow.of(h, 0.0);
        double[] noise = flow.strengths(diffusion);
        double largest = flow.rate(0) - flow.weightDecay();
        RunningMoments moments = new RunningMoments(2);
        for (int i = 0; i < noise.length; i++) {
            double value = flow.rate(i) - flow.weightDecay();
            if (value > COUNTED * largest) {
                moments.add(Math.log(value), Math.log(noise[i]));
            }
        }
        return moments.covariance(0, 1) / moments.variance(0);
    }

    /** The mean of cos² of the angles between the spans of the leading eigenvectors: 1 for the same span, k/d for two of random. */
    private static double overlap(MeasuredDiffusion diffusion, RealMatrix h) {
        Eigenpairs ofHessian = LinearAlgebra.forOrder(h.getRowDimension()).symmetricEigen(h);
        double[] angles = PrincipalAngles.between(
                diffusion.leadingEigenpairs(LEADING).vectors(),
                MatrixUtils.createRealMatrix(ofHessian.leadingVectors(LEADING)).transpose());
        return Arrays.stream(angles)
                .map(angle -> Math.pow(Math.cos(angle), 2))
                .average()
                .orElseThrow();
    }
}
