package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.printed;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
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
 * arXiv:1901.06053), against Gaussian noise of the same D, which has none.
 */
public final class Since2018 implements Experiment {

    private static final int BATCH = 128;

    /** Coordinates that the estimator of the tail index sums; about √d of the measured network. */
    private static final int SUMMED = 31;

    /** Eigenvalues of H below this fraction of the largest are left out of the slope. */
    private static final double COUNTED = 1e-3;

    private static final Oracle OTHER = independent("a program of its own, from the same file");

    @Override
    public String name() {
        return "since-2018";
    }

    @Override
    public String summary() {
        return "Claims later than the paper, of a gradient FILE or measured data: is D ∝ H, and has the noise of SGD heavy tails";
    }

    @Override
    public int files() {
        return 1;
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        GradientSource source = GradientSource.of(sheet);
        RealMatrix hessian = source.hessian()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the file must hold a matrix named hessian beside the gradients, got none"));
        boolean known = source.kind() == GradientSource.Kind.TINY_FC;
        proportional(source, hessian, known, sheet);
        tails(source, known, sheet);
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
        RunningMoments xs = new RunningMoments(2);
        double xy = 0.0;
        for (int i = 0; i < noise.length; i++) {
            double value = flow.rate(i) - flow.weightDecay();
            if (value > COUNTED * largest) {
                xs.add(Math.log(value), Math.log(noise[i]));
                xy += Math.log(value) * Math.log(noise[i]);
            }
        }
        double n = xs.count();
        return (xy - n * xs.mean(0) * xs.mean(1)) / ((n - 1.0) * xs.variance(0));
    }

    /** Coordinates taken for independent and of one law, as Şimşekli et al. take them; in truth their variances range over decades. */
    private static void tails(GradientSource source, boolean known, Sheet sheet) {
        MeasuredDiffusion diffusion = source.diffusion();
        int batches = sheet.choose(400, 1_000, 4_000);
        UniformStream uniform = UniformStream.of(sheet.seed().derive(181));
        NormalStream normal = NormalStream.of(sheet.seed().derive(182));
        RunningMoments indices = new RunningMoments(3);
        double[] xi = new double[diffusion.noiseDimension()];
        double[] noise = new double[diffusion.dimension()];
        for (int k = 0; k < batches; k++) {
            Arrays.fill(xi, 0.0);
            for (int s = 0; s < BATCH; s++) {
                int sample = (int) (uniform.at(k, s, 0) * diffusion.samples());
                xi[sample] += Math.sqrt(diffusion.samples()) / BATCH;
            }
            diffusion.factorTimes(noise, xi, noise);
            double drawn = tailIndex(noise);
            for (int s = 0; s < xi.length; s++) {
                xi[s] = normal.at(k, 0, s) / Math.sqrt(BATCH);
            }
            diffusion.factorTimes(noise, xi, noise);
            double gaussian = tailIndex(noise);
            indices.add(drawn, gaussian, drawn - gaussian);
        }
        Evidence evidence = sheet.supplement(
                "A tail index over all coordinates, which Gaussian noise of the same D has as well, for "
                        + source.description());
        evidence.measure("tail index of the noise of SGD, b = 128", indices.mean(0))
                .standardError(indices.standardError(0));
        var gaussian = evidence.measure("tail index of Gaussian noise of the same D", indices.mean(1))
                .standardError(indices.standardError(1));
        evidence.measure("difference of the two", indices.mean(2)).standardError(indices.standardError(2));
        if (known) {
            gaussian.atMost(1.8, standardErrors(4), literature("2 for Gaussian noise, below it for heavy tails"));
        }
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
