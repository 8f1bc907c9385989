package org.langevin4j.models.training;

import java.util.Objects;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.statistics.VectorAutoregression;

/**
 * SGD in a quadratic bowl with gradients of samples gₙ(x) = Λx + cₙ, seen once an epoch: for the eigenvectors i of the Hessian and s = (x, v),
 *
 * <pre>s ← Mᵢs + Bζᵢ(k),   k = 0 … K − 1,   Mᵢ = ((1 − η(1 + μ)λᵢ, −ημ²), (λᵢ, μ)),   B = (−η(1 + μ), 1)   (Nesterov)</pre>
 *
 * (without Nesterov (1 − ηλᵢ, −ημ) and −η in the first rows). The noise of the mean gradient of mini-batch k of bₖ samples has
 *
 * <pre>⟨ζᵢ(k)ζⱼ(l)⟩ = Dᵢⱼ δₖₗ/bₖ   with replacement,   Dᵢⱼ N/(N − 1) (δₖₗ/bₖ − 1/N)   shuffled,</pre>
 *
 * so that shuffled, equal mini-batches add up to nothing in an epoch: noise remains where the bowl relaxes within the epoch, at its ends by
 * momentum, and by a last mini-batch that is smaller than the others and counts as much. The sums over k are taken as they are.
 *
 * <p>Immutable.
 */
public final class QuadraticSgd {

    /** Of two numbers in an array. */
    private static final double BYTES = 40.0;

    private final double rate;
    private final double momentum;
    private final boolean nesterov;
    private final Batches batches;
    private final int samples;
    private final int batchSize;

    private QuadraticSgd(double rate, double momentum, boolean nesterov, Batches batches, int samples, int batchSize) {
        this.rate = rate;
        this.momentum = momentum;
        this.nesterov = nesterov;
        this.batches = batches;
        this.samples = samples;
        this.batchSize = batchSize;
    }

    /**
     * The method.
     *
     * @param rate η, positive
     * @param momentum μ in [0, 1)
     * @param nesterov whether the step looks ahead
     * @param batches how they are drawn
     * @param samples N ≥ 2
     * @param batchSize b from 1 to N; the last of an epoch is smaller if b does not divide N
     * @return the method
     * @throws IllegalArgumentException if a number is out of range
     */
    public static QuadraticSgd of(
            double rate, double momentum, boolean nesterov, Batches batches, int samples, int batchSize) {
        if (!(rate > 0.0 && momentum >= 0.0 && momentum < 1.0 && samples >= 2)) {
            throw new IllegalArgumentException("rate must be positive, momentum in [0, 1), samples at least 2, got "
                    + rate + ", " + momentum + " and " + samples);
        }
        if (!(batchSize >= 1 && batchSize <= samples)) {
            throw new IllegalArgumentException("batchSize must be from 1 to " + samples + ", got " + batchSize);
        }
        return new QuadraticSgd(
                rate, momentum, nesterov, Objects.requireNonNull(batches, "batches"), samples, batchSize);
    }

    /**
     * The process from epoch to epoch.
     *
     * @param curvatures λ, m of them, positive
     * @param noise D in the eigenvectors of the Hessian, m×m
     * @return of 2m coordinates: x, and behind them v
     * @throws IllegalArgumentException if there are no curvatures, or the noise is not m×m
     * @throws ArithmeticException if the method is not stable in this bowl
     */
    public VectorAutoregression epochs(double[] curvatures, RealMatrix noise) {
        requireSome(curvatures);
        return epochs(curvatures, noise, MatrixUtils.createRealMatrix(curvatures.length, curvatures.length));
    }

    /**
     * The same where the last mini-batch of an epoch has noise of its own.
     *
     * @param curvatures λ, m of them, positive
     * @param noise D in the eigenvectors of the Hessian, m×m
     * @param more covariance of the last mini-batch's gradient beyond what D gives, m×m: batch normalisation by few samples
     * @return of 2m coordinates: x, and behind them v
     * @throws IllegalArgumentException if there are no curvatures, or a matrix is not m×m
     * @throws ArithmeticException if the method is not stable in this bowl
     */
    public VectorAutoregression epochs(double[] curvatures, RealMatrix noise, RealMatrix more) {
        requireSome(curvatures);
        int m = curvatures.length;
        requireOrder("noise", noise, m);
        requireOrder("more", more, m);
        Memory.require(steps() + " steps of an epoch", BYTES * steps() * m, "larger mini-batches need less");
        double[][][] parts = new double[m][][];
        double[][] sums = new double[m][2];
        RealMatrix step = MatrixUtils.createRealMatrix(2 * m, 2 * m);
        for (int i = 0; i < m; i++) {
            parts[i] = responses(curvatures[i]);
            for (double[] part : parts[i]) {
                sums[i][0] += part[0];
                sums[i][1] += part[1];
            }
            double[][] power = power(curvatures[i]);
            for (int a = 0; a < 2; a++) {
                for (int b = 0; b < 2; b++) {
                    step.setEntry(i + a * m, i + b * m, power[a][b]);
                }
            }
        }
        RealMatrix added = MatrixUtils.createRealMatrix(2 * m, 2 * m);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                double[] pair = pair(parts[i], parts[j], sums[i], sums[j]);
                for (int k = 0; k < 4; k++) {
                    double last = parts[i][steps() - 1][k / 2] * parts[j][steps() - 1][k % 2];
                    added.setEntry(
                            i + (k / 2) * m,
                            j + (k % 2) * m,
                            noise.getEntry(i, j) * pair[k] + more.getEntry(i, j) * last);
                }
            }
        }
        return VectorAutoregression.of(step, added);
    }

    private static void requireSome(double[] curvatures) {
        if (!(curvatures.length >= 1)) {
            throw new IllegalArgumentException("curvatures must number at least 1, got 0");
        }
    }

    private static void requireOrder(String name, RealMatrix matrix, int m) {
        if (matrix.getRowDimension() != m || matrix.getColumnDimension() != m) {
            throw new IllegalArgumentException(name + " must be " + m + "×" + m + " as there are curvatures, got "
                    + matrix.getRowDimension() + "×" + matrix.getColumnDimension());
        }
    }

    /** Of noise of strength one in both. */
    private double[] pair(double[][] first, double[][] second, double[] firstSum, double[] secondSum) {
        boolean replaced = batches == Batches.WITH_REPLACEMENT;
        double[] pair = new double[4];
        for (int k = 0; k < first.length; k++) {
            double strength = 1.0 / size(k) - (batches == Batches.WITHOUT_REPLACEMENT ? 1.0 / samples : 0.0);
            for (int e = 0; e < 4; e++) {
                pair[e] += strength * first[k][e / 2] * second[k][e % 2];
            }
        }
        for (int e = 0; e < 4; e++) {
            if (batches == Batches.SHUFFLED) {
                pair[e] -= firstSum[e / 2] * secondSum[e % 2] / samples;
            }
            pair[e] *= replaced ? 1.0 : samples / (samples - 1.0);
        }
        return pair;
    }

    private int steps() {
        return (samples - 1) / batchSize + 1;
    }

    private int size(int k) {
        return Math.min(batchSize, samples - k * batchSize);
    }

    private double[] once(double curvature, double[] s, double zeta) {
        double g = curvature * s[0] + zeta;
        double v = momentum * s[1] + g;
        return new double[] {s[0] - rate * (nesterov ? g + momentum * v : v), v};
    }

    /** Mᴷ⁻¹⁻ᵏB for each mini-batch k. */
    private double[][] responses(double curvature) {
        int n = steps();
        double[][] responses = new double[n][];
        double[] s = once(curvature, new double[2], 1.0);
        for (int k = n - 1; k >= 0; k--) {
            responses[k] = s;
            s = once(curvature, s, 0.0);
        }
        return responses;
    }

    private double[][] power(double curvature) {
        double[] first = {1.0, 0.0};
        double[] second = {0.0, 1.0};
        for (int k = 0; k < steps(); k++) {
            first = once(curvature, first, 0.0);
            second = once(curvature, second, 0.0);
        }
        return new double[][] {{first[0], second[0]}, {first[1], second[1]}};
    }

    /**
     * The time of an epoch in dx = −∇f dt.
     *
     * @return Kη/(1 − μ)
     */
    public double time() {
        return steps() * rate / (1.0 - momentum);
    }

    @Override
    public String toString() {
        return "SGD in a quadratic bowl, learning rate " + rate + ", momentum " + momentum + ", mini-batches of "
                + batchSize + " of " + samples + " " + batches;
    }
}
