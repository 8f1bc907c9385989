package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.printed;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.PrincipalAngles;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * What later papers say of the noise of SGD, computed for measured gradients: whether D is proportional to the Hessian H (Jastrzębski et al.
 * 2017, arXiv:1711.04623; Zhu et al. 2019, arXiv:1803.00195), and whether the noise has heavy tails (Şimşekli et al. 2019,
 * arXiv:1901.06053), against Gaussian noise of the same D, which has none; and, for a network trained here, whether weights vary more where
 * the loss is narrow (Feng and Tu 2021).
 */
public final class Since2018 implements Experiment {

    private static final int BATCH = 128;

    /** Mini-batches drawn at once. */
    private static final int BLOCK = 50;

    /** Coordinates that the estimator of the tail index sums; about √d of the measured network. */
    private static final int SUMMED = 31;

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
            tails(source, known, sheet);
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

    /** Coordinates taken for independent and of one law, as Şimşekli et al. take them; in truth their variances range over decades. */
    private static void tails(GradientSource source, boolean known, Sheet sheet) {
        MeasuredDiffusion diffusion = source.diffusion();
        int batches = sheet.choose(400, 1_000, 4_000);
        UniformStream uniform = UniformStream.of(sheet.seed().derive(181));
        NormalStream normal = NormalStream.of(sheet.seed().derive(182));
        RunningMoments indices = new RunningMoments(3);
        // Gradients of a file are read anew for each block.
        double[][] xi = new double[diffusion.noiseDimension()][BLOCK];
        double[][] drawn = new double[diffusion.dimension()][BLOCK];
        double[][] gaussian = new double[diffusion.dimension()][BLOCK];
        for (int first = 0; first < batches; first += BLOCK) {
            for (double[] row : xi) {
                Arrays.fill(row, 0.0);
            }
            for (int k = 0; k < BLOCK; k++) {
                for (int s = 0; s < BATCH; s++) {
                    int sample = (int) (uniform.at(first + k, s, 0) * diffusion.samples());
                    xi[sample][k] += Math.sqrt(diffusion.samples()) / BATCH;
                }
            }
            diffusion.factorTimesBlock(drawn, xi, BLOCK, drawn);
            for (int s = 0; s < xi.length; s++) {
                for (int k = 0; k < BLOCK; k++) {
                    xi[s][k] = normal.at(first + k, 0, s) / Math.sqrt(BATCH);
                }
            }
            diffusion.factorTimesBlock(gaussian, xi, BLOCK, gaussian);
            for (int k = 0; k < BLOCK; k++) {
                double ofBatch = tailIndex(column(drawn, k));
                double ofGaussian = tailIndex(column(gaussian, k));
                indices.add(ofBatch, ofGaussian, ofBatch - ofGaussian);
            }
        }
        Evidence evidence = sheet.supplement(
                "A tail index over all coordinates, which Gaussian noise of the same D has as well, for "
                        + source.description());
        evidence.measure("tail index of the noise of SGD, b = 128", indices.mean(0))
                .standardError(indices.standardError(0));
        var twin = evidence.measure("tail index of Gaussian noise of the same D", indices.mean(1))
                .standardError(indices.standardError(1));
        evidence.measure("difference of the two", indices.mean(2)).standardError(indices.standardError(2));
        if (known) {
            twin.atMost(1.8, standardErrors(4), literature("2 for Gaussian noise, below it for heavy tails"));
        }
    }

    private static double[] column(double[][] block, int k) {
        return Arrays.stream(block).mapToDouble(row -> row[k]).toArray();
    }

    /**
     * Of symmetric α-stable variables: 1/α = (E log|sum of m| − E log|x|)/log m (Mohammadi, Mohammadpour and Ogata 2015, Metrika 78, 549).
     *
     * @param variables of which zeros, weights without any gradient, and what is left over m do not count
     * @return α
     */
    static double tailIndex(double[] variables) {
        double[] x = Arrays.stream(variables).filter(v -> v != 0.0).toArray();
        int blocks = x.length / SUMMED;
        double single = 0.0;
        double summed = 0.0;
        for (int block = 0; block < blocks; block++) {
            double sum = 0.0;
            for (int i = block * SUMMED; i < (block + 1) * SUMMED; i++) {
                sum += x[i];
                single += Math.log(Math.abs(x[i])) / (blocks * SUMMED);
            }
            summed += Math.log(Math.abs(sum)) / blocks;
        }
        return Math.log(SUMMED) / (summed - single);
    }
}
