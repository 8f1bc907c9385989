package org.langevin4j.examples.paper.trajectories;

import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.VectorAutoregression;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.LocalSgd;
import org.langevin4j.models.training.QuadraticSgd;

/**
 * The quadratic model about the end of a record: F and D in training mode, in the leading eigenvectors of F. Fast enough to relax within a stretch of
 * epochs, they are where the model can be true; along all others the network still moves.
 */
final class LocalBowl {

    static final int DIRECTIONS = 20;

    private final Architecture architecture;
    private final DataSet data;
    private final Run run;
    private final RunningMoments trace;

    /** Eigenvalues and eigenvectors of F, the leading ones. */
    final double[] curvatures;

    final double[][] axes;

    /** D in them, of mini-batches and of the last one of an epoch. */
    final RealMatrix noise;

    final RealMatrix lastNoise;

    /** How the record was made. */
    record Run(double rate, double momentum, Batches batches, int batchSize) {

        Run with(double other, Batches drawn) {
            return new Run(rate, other, drawn, batchSize);
        }
    }

    private LocalBowl(
            Architecture architecture,
            DataSet data,
            Run run,
            RunningMoments trace,
            Eigenpairs modes,
            RealMatrix noise,
            RealMatrix lastNoise) {
        this.architecture = architecture;
        this.data = data;
        this.run = run;
        this.trace = trace;
        this.curvatures = Arrays.copyOf(modes.values(), DIRECTIONS);
        this.axes = modes.leadingVectors(DIRECTIONS);
        this.noise = noise;
        this.lastNoise = lastNoise;
    }

    static LocalBowl at(double[] weights, Architecture architecture, DataSet data, Run run, Sheet sheet) {
        int some = Math.min(data.size(), sheet.choose(4096, 40_000, 40_000));
        LocalSgd part = LocalSgd.at(architecture, weights, data.first(some));
        Eigenpairs modes = part.leading(DIRECTIONS);
        if (!(modes.value(DIRECTIONS - 1) > 0.0)) {
            throw new ArithmeticException(
                    "the loss has fewer than " + DIRECTIONS + " directions of positive curvature");
        }
        LocalSgd local = LocalSgd.at(architecture, weights, data);
        int batches = sheet.choose(2000, 4000, 16_000);
        double[][] d = local.noise(run.batchSize, batches, sheet.seed().derive(51));
        int rest = data.size() % run.batchSize;
        double[][] last =
                rest == 0 ? d : local.noise(rest, batches, sheet.seed().derive(52));
        // ⟨gᵀHg⟩ over some mini-batches: tr(HD) without a matrix.
        double[][] few = Arrays.copyOf(d, sheet.choose(64, 128, 256));
        double[][] products = part.hessianTimes(few);
        RunningMoments trace = new RunningMoments(1);
        for (int k = 0; k < few.length; k++) {
            trace.add(run.batchSize * Vectors.dot(few[k], products[k]));
        }
        return new LocalBowl(
                architecture,
                data,
                run,
                trace,
                modes,
                within(modes, d, run.batchSize),
                within(modes, last, rest == 0 ? run.batchSize : rest));
    }

    /** b times the covariance. */
    private static RealMatrix within(Eigenpairs modes, double[][] gradients, int size) {
        RunningMoments moments = new RunningMoments(DIRECTIONS);
        double[][] axes = modes.leadingVectors(DIRECTIONS);
        for (double[] g : gradients) {
            moments.add(Arrays.stream(axes)
                    .mapToDouble(axis -> Vectors.dot(axis, g))
                    .toArray());
        }
        return moments.covariance().scalarMultiply(size);
    }

    /** A vector in the leading eigenvectors of F. */
    double[] within(double[] x) {
        return Arrays.stream(axes).mapToDouble(axis -> Vectors.dot(axis, x)).toArray();
    }

    /** Images of the last mini-batch of an epoch. */
    int rest() {
        int rest = data.size() % run.batchSize;
        return rest == 0 ? run.batchSize : rest;
    }

    /** β⁻¹ of the equation. */
    double temperature() {
        return Temperature.ofSgd(run.rate, run.batchSize).value() / (1.0 - run.momentum);
    }

    /** tr(HD), all directions, with the error of few mini-batches. */
    RunningMoments trace() {
        return trace;
    }

    private QuadraticSgd method() {
        return QuadraticSgd.of(run.rate, run.momentum, true, run.batches, data.size(), run.batchSize);
    }

    /** As it was run, but with the diagonals of D: D and F commute, each direction is alone with its inertia, and nothing turns. */
    VectorAutoregression sgdWithoutLoops() {
        RealMatrix d = diagonal(noise);
        return method().epochs(curvatures, d, diagonal(lastNoise).subtract(d).scalarMultiply(1.0 / rest()));
    }

    private static RealMatrix diagonal(RealMatrix a) {
        double[] entries = new double[a.getRowDimension()];
        Arrays.setAll(entries, i -> a.getEntry(i, i));
        return MatrixUtils.createRealDiagonalMatrix(entries);
    }

    /** SGD from epoch to epoch, x and v, as it was run. */
    VectorAutoregression sgd() {
        RealMatrix more = lastNoise.subtract(noise).scalarMultiply(1.0 / rest());
        return method().epochs(curvatures, noise, more);
    }

    /** As it was run, but with a last mini-batch whose images are as quiet as those of all others. */
    VectorAutoregression quiet() {
        return method().epochs(curvatures, noise);
    }

    /** Of x alone. */
    static VectorAutoregression positions(VectorAutoregression both) {
        return both.projected(MatrixUtils.createRealIdentityMatrix(both.dimension())
                .getSubMatrix(0, DIRECTIONS - 1, 0, both.dimension() - 1)
                .getData());
    }

    /** dx = −Fx dt + √(2β⁻¹D) dW, from epoch to epoch. */
    VectorAutoregression equation() {
        RealMatrix sigma = noise.copy();
        RealMatrix next = noise.copy();
        double time = method().time();
        for (int i = 0; i < DIRECTIONS; i++) {
            for (int j = 0; j < DIRECTIONS; j++) {
                double covariance = 2.0 * temperature() * noise.getEntry(i, j) / (curvatures[i] + curvatures[j]);
                sigma.setEntry(i, j, covariance);
                next.setEntry(i, j, Math.exp(-time * curvatures[i]) * covariance);
            }
        }
        return VectorAutoregression.ofCovariances(sigma, next);
    }

    /** The same with Q = 0: F_rev = DU. */
    VectorAutoregression equationWithoutLoops() {
        return VectorAutoregression.inDetailedBalance(
                equation().covariance(), noise.scalarMultiply(temperature()), method().time());
    }

    /** ∇f in training mode. */
    double[] gradient(double[] weights) {
        return LocalSgd.at(architecture, weights, data).gradient();
    }

    /** Σλ²⟨x²⟩, what fluctuations keep up of ‖∇f‖² in these directions. */
    double squaredGradient(RealMatrix covariance) {
        double sum = 0.0;
        for (int i = 0; i < DIRECTIONS; i++) {
            sum += curvatures[i] * curvatures[i] * covariance.getEntry(i, i);
        }
        return sum;
    }
}
