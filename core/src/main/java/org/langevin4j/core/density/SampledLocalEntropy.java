package org.langevin4j.core.density;

import java.util.Locale;
import java.util.Objects;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/**
 * Local entropy fᵧ(x) = −log E[e^(−f(x + √γ z))] in any number of dimensions, the mean taken over n samples of
 * z ~ N(0, I). The samples are the same at every x, so that differences between points are better known than the values.
 *
 * <p>Of the weights wₖ = e^(−f(x + √γ zₖ)) a few carry the sum if f varies by much more than 1 over √γ, which in d dimensions
 * it does when γ times the trace of the Hessian is large. Their effective number (Σw)²/Σw² (Kish 1965) is part of every
 * {@link Estimate}; where it is small, the value is too high and its standard error too small.
 */
public final class SampledLocalEntropy implements Potential {

    private static final int BLOCK = 256;

    private final ScalarField f;
    private final int dimension;
    private final double variance;
    private final int samples;
    private final NormalStream normals;

    /**
     * An estimate.
     *
     * @param value of fᵧ(x)
     * @param standardError √(1/effectiveSampleSize − 1/n), to first order
     * @param effectiveSampleSize (Σw)²/Σw², between 1 and n; 0 if f is +∞ at all samples
     */
    public record Estimate(double value, double standardError, double effectiveSampleSize) {

        /** Below this effective number of samples an estimate has collapsed. */
        public static final double FEWEST = 100.0;

        /**
         * Whether so few samples carry the sum that neither value nor standard error can be trusted.
         *
         * @return true if fewer than {@value #FEWEST} samples are effective
         */
        public boolean isCollapsed() {
            return !(effectiveSampleSize >= FEWEST);
        }
    }

    private SampledLocalEntropy(ScalarField f, int dimension, double variance, int samples, Seed seed) {
        this.f = f;
        this.dimension = dimension;
        this.variance = variance;
        this.samples = samples;
        this.normals = NormalStream.of(seed);
    }

    /**
     * The local entropy of a function.
     *
     * @param f the function; it may be +∞ where the weight is zero
     * @param dimension d
     * @param variance γ > 0
     * @param samples n, at least 2
     * @param seed of the samples
     * @return fᵧ with its gradient
     */
    public static SampledLocalEntropy of(ScalarField f, int dimension, double variance, int samples, Seed seed) {
        Objects.requireNonNull(f, "f");
        Objects.requireNonNull(seed, "seed");
        LocalEntropy.requireVariance(variance);
        if (!(dimension >= 1)) {
            throw new IllegalArgumentException("dimension must be at least 1, got " + dimension);
        }
        if (!(samples >= 2)) {
            throw new IllegalArgumentException("samples must be at least 2, got " + samples);
        }
        return new SampledLocalEntropy(f, dimension, variance, samples, seed);
    }

    /**
     * Value, standard error and effective number of samples.
     *
     * @param x state
     * @return the estimate of fᵧ(x)
     */
    public Estimate estimate(double[] x) {
        LocalEntropy.WeightedSum sum = sum(x);
        double value = sum.value() + Math.log(samples);
        if (value == Double.POSITIVE_INFINITY) {
            return new Estimate(value, Double.NaN, 0.0);
        }
        double size = sum.effectiveSize();
        return new Estimate(value, Math.sqrt(Math.max(0.0, 1.0 / size - 1.0 / samples)), size);
    }

    @Override
    public double at(double[] x) {
        return sum(x).value() + Math.log(samples);
    }

    /**
     * Evaluates the gradient (x − ⟨x′⟩)/γ, −⟨z⟩/√γ over the samples.
     *
     * @throws ArithmeticException if f is +∞ at all samples
     */
    @Override
    public void gradient(double[] x, double[] out) {
        LocalEntropy.WeightedSum sum = sum(x);
        sum.requireFinite(x);
        for (int a = 0; a < dimension; a++) {
            out[a] = -sum.mean(a) / Math.sqrt(variance);
        }
    }

    private LocalEntropy.WeightedSum sum(double[] x) {
        if (x.length != dimension) {
            throw new IllegalArgumentException("x must have length " + dimension + ", got " + x.length);
        }
        LocalEntropy.WeightedSum sum = new LocalEntropy.WeightedSum(dimension);
        double scale = Math.sqrt(variance);
        double[][] block = new double[dimension][BLOCK];
        double[] z = new double[dimension];
        double[] at = new double[dimension];
        for (int first = 0; first < samples; first += BLOCK) {
            int count = Math.min(BLOCK, samples - first);
            normals.fill(first, count, 0, block);
            for (int k = 0; k < count; k++) {
                for (int a = 0; a < dimension; a++) {
                    z[a] = block[a][k];
                    at[a] = x[a] + scale * z[a];
                }
                sum.add(-LocalEntropy.WeightedSum.requireNumber(f.at(at), at), z);
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "local entropy in %d dimensions by %d samples, variance γ = %.5g",
                dimension,
                samples,
                variance);
    }
}
