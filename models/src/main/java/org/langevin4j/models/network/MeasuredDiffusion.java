package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.GramMatrix;
import org.langevin4j.core.linear.LeadingEigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.statistics.MatrixSpectrum;

/**
 * The diffusion matrix of stochastic gradient descent at one point of weight space, measured from the gradients
 * g₁ … g_N of N samples (Chaudhari and Soatto 2018, eq. 2 and Appendix A):
 *
 * <pre>D = (1/N) Σₖ gₖgₖᵀ − ggᵀ = B Bᵀ,   B = [g₁ − g, …, g_N − g]/√N,   g = (1/N) Σₖ gₖ,</pre>
 *
 * or one of its variants, see {@link Sampling}. D is d×d of rank N − 1 at most. What is held is the smaller of Bᵀ and D: with fewer samples than
 * weights Bᵀ, N·d numbers, and the spectrum comes from BᵀB; otherwise D, d·d numbers, summed up in one pass over gradients that need not be in memory,
 * and each product with B is another pass. Subtracting g from each gradient first, not
 * ggᵀ at the end, and then what rounding has left of the mean, keeps the digits where the spread of the gradients is small
 * beside their mean; gradients that are all equal have D = 0 exactly.
 *
 * <p>As a diffusion it is constant: the noise of the weights at which it was measured. {@link Network#diffusion} is that of every point.
 * Immutable and safe for use by several threads; eigenvalues and eigenvectors are computed when first asked for, in O(min(d, N)²(d + N))
 * operations, and kept.
 */
public final class MeasuredDiffusion implements Diffusion {

    /** Above that order a few leading eigenpairs come from products with vectors. */
    private static final int ITERATED = 500;

    /** Largest residual of these beside λ_max, near what rounding leaves. */
    private static final double RESIDUAL = 1e-12;

    private final int samples;
    private final double[] meanGradient;
    private final NoiseFactor factor;

    /** Of the factor, scaled. */
    private final double scaledTrace;

    private @Nullable MatrixSpectrum spectrum;

    /** Of the smaller of BᵀB and D = BBᵀ, scaled. */
    private @Nullable Eigenpairs pairs;

    MeasuredDiffusion(int samples, double[] meanGradient, NoiseFactor factor) {
        this.samples = samples;
        this.meanGradient = meanGradient;
        this.factor = factor;
        this.scaledTrace = factor.trace();
        double trace = trace();
        if (!(trace <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("gradients must be small enough for D and its norm, got trace " + trace);
        }
        if (trace == 0.0 && factor.exponent != 0) {
            throw new IllegalArgumentException(
                    "gradients must be large enough for D, got trace 0 from a spread of about 2^" + factor.exponent);
        }
    }

    /**
     * D of mini-batches drawn with replacement, from gradients that are given block by block.
     *
     * @param gradients N×d; N ≥ 2, all finite; asked for once now, and where d ≤ N again for each product with B
     * @return the diffusion
     * @throws IllegalArgumentException if there are fewer than two samples, an entry is not finite, D overflows or underflows, or there is no
     *     memory for the smaller of N·d and d·d numbers
     */
    public static MeasuredDiffusion from(PerSampleGradients gradients) {
        return from(gradients, Sampling.WITH_REPLACEMENT);
    }

    /**
     * D of mini-batches drawn in the given way, from gradients that are given block by block.
     *
     * @param gradients N×d; N ≥ 2, all finite; asked for once now, and where d ≤ N again for each product with B
     * @param sampling which matrix is meant
     * @return the diffusion
     * @throws IllegalArgumentException if there are fewer than two samples, an entry is not finite, D overflows or underflows, or there is no
     *     memory for the smaller of N·d and d·d numbers
     */
    public static MeasuredDiffusion from(PerSampleGradients gradients, Sampling sampling) {
        Objects.requireNonNull(sampling, "sampling");
        int n = gradients.samples();
        int d = gradients.dimension();
        requireShape(n, d);
        if (d <= n) {
            SummedNoises noises = SummedNoises.of(gradients, sampling);
            return new MeasuredDiffusion(n, noises.mean(), noises);
        }
        Memory.require(n + " gradients of " + d + " weights", 8.0 * n * d, "fewer samples need less");
        double[][] rows = new double[n][];
        gradients.forEachBlock((first, block, count) -> {
            for (int k = 0; k < count; k++) {
                NoiseFactor.requireFinite(block[k], first + k, d);
                rows[first + k] = Arrays.copyOf(block[k], d);
            }
        });
        return held(rows, sampling);
    }

    static void requireShape(int n, int d) {
        if (!(n >= 2)) {
            throw new IllegalArgumentException("samples must be at least 2, got " + n);
        }
        if (!(d >= 1)) {
            throw new IllegalArgumentException("dimension must be at least 1, got " + d);
        }
    }

    private static MeasuredDiffusion held(double[][] rows, Sampling sampling) {
        double[] mean = HeldNoises.mean(rows, rows.length);
        return new MeasuredDiffusion(rows.length, mean, HeldNoises.of(rows, mean, sampling));
    }

    /**
     * D of mini-batches drawn with replacement.
     *
     * @param gradients N×d, row k is the gradient of sample k; N ≥ 2, all finite; copied
     * @return the diffusion
     * @throws IllegalArgumentException if there are fewer than two samples, an entry is not finite or D overflows or underflows
     */
    public static MeasuredDiffusion from(RealMatrix gradients) {
        return from(gradients.getData(), Sampling.WITH_REPLACEMENT);
    }

    /**
     * D of mini-batches drawn in the given way.
     *
     * @param gradients N rows of length d, row k is the gradient of sample k; N ≥ 2, all finite; copied
     * @param sampling which matrix is meant
     * @return the diffusion
     * @throws IllegalArgumentException if there are fewer than two samples, they have no or not the same dimension, an
     *     entry is not finite or D overflows or underflows
     */
    public static MeasuredDiffusion from(double[][] gradients, Sampling sampling) {
        Objects.requireNonNull(sampling, "sampling");
        int n = gradients.length;
        requireShape(n, n == 0 ? 1 : gradients[0].length);
        int d = gradients[0].length;
        double[][] rows = new double[n][];
        for (int k = 0; k < n; k++) {
            if (gradients[k].length != d) {
                throw new IllegalArgumentException("gradients must have the same dimension, got " + d + " in row 0 and "
                        + gradients[k].length + " in row " + k);
            }
            NoiseFactor.requireFinite(gradients[k], k, d);
            rows[k] = gradients[k].clone();
        }
        return held(rows, sampling);
    }

    /**
     * The number of samples.
     *
     * @return N
     */
    public int samples() {
        return samples;
    }

    /**
     * The mean gradient, which is that of the loss.
     *
     * @return a copy of g, length d
     */
    public double[] meanGradient() {
        return meanGradient.clone();
    }

    /**
     * The trace, Σᵢₖ Bᵢₖ².
     *
     * @return tr D
     */
    public double trace() {
        return Math.scalb(scaledTrace, 2 * factor.exponent);
    }

    /**
     * The Frobenius norm, √Σλ², from the entries of the smaller of BᵀB and D without eigenvalues.
     *
     * @return ‖D‖
     */
    public double frobeniusNorm() {
        return Math.scalb(factor.distanceFromMultiple(0.0), 2 * factor.exponent);
    }

    /**
     * The mean of the d eigenvalues, zeros included, without computing them.
     *
     * @return tr D/d
     */
    public double meanEigenvalue() {
        return trace() / dimension();
    }

    /**
     * The standard deviation of the d eigenvalues, zeros included, without computing them.
     *
     * @return ‖D − mean·I‖/√d
     */
    public double eigenvalueDeviation() {
        double mean = scaledTrace / dimension();
        return Math.scalb(factor.distanceFromMultiple(mean) / Math.sqrt(dimension()), 2 * factor.exponent);
    }

    /**
     * How far the diffusion of another point or other samples is from this one, entry by entry. Where both hold D (no fewer samples than weights) the
     * entries are subtracted; otherwise squares of norms are, which leaves distances below 10⁻⁷ to rounding.
     *
     * @param other D′, of the same dimension
     * @return ‖D′ − D‖/‖D‖, Frobenius norms
     * @throws IllegalArgumentException if the dimensions differ
     */
    public double relativeDistance(MeasuredDiffusion other) {
        if (other.dimension() != dimension()) {
            throw new IllegalArgumentException(
                    "diffusions must have the same dimension, got " + dimension() + " and " + other.dimension());
        }
        return NoiseFactor.relativeDistance(factor, other.factor);
    }

    /**
     * Who computed the smaller of BᵀB and D and its eigenvalues so far, and how fast.
     *
     * @return such as "D, 13338×13338, by LAPACK (OpenBLAS 0.3.31, 2 threads), 61.2 s, 42 GFLOP/s"
     */
    public String work() {
        GramMatrix smaller = factor.smaller();
        return (factor.isGram() ? "BᵀB, " : "D, ") + smaller.order() + "×" + smaller.order() + ", by " + smaller.work();
    }

    /**
     * The eigenvalues of D, of which there are min(d, m) that may differ from zero; computed once. Those that rounding
     * made negative are set to zero.
     *
     * @return the spectrum
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    public synchronized MatrixSpectrum spectrum() {
        if (spectrum == null) {
            double[] values = factor.smaller().eigenvalues();
            spectrum = MatrixSpectrum.of(
                            dimension(),
                            Arrays.stream(values).map(v -> Math.max(0.0, v)).toArray())
                    .scaled(2 * factor.exponent);
        }
        return spectrum;
    }

    /**
     * The directions of the strongest noise. Of a large D a few are found by block Lanczos without the rest of the spectrum, see {@link
     * LeadingEigenpairs}: to a residual of 10⁻¹² of the largest eigenvalue.
     *
     * @param k how many, from 1 to the numerical rank of D in double precision
     * @return the k largest eigenvalues with their eigenvectors
     * @throws IllegalArgumentException if k is less than 1 or more than the rank
     */
    public Eigenpairs leadingEigenpairs(int k) {
        GramMatrix smaller = factor.smaller();
        boolean few = smaller.order() > ITERATED && k <= smaller.order() / 20;
        Eigenpairs found = few && k >= 1
                ? LeadingEigenpairs.of(smaller.order(), smaller::times, k, RESIDUAL, smaller.order())
                        .pairs()
                : pairs();
        MatrixSpectrum known =
                few && k >= 1 ? MatrixSpectrum.of(dimension(), found.values()).scaled(2 * factor.exponent) : spectrum();
        int rank = known.rank(MatrixSpectrum.FLOAT64_EPSILON);
        if (!(k >= 1 && k <= rank)) {
            throw new IllegalArgumentException("k must be between 1 and the rank " + rank + ", got " + k);
        }
        double[] values = Arrays.copyOf(known.eigenvalues(), k);
        double[][] columns = directions(found, k);
        for (int j = 0; j < k; j++) {
            // From BᵀB the small ones come out with a trace of the large ones, which is taken away here.
            for (int i = 0; i < j; i++) {
                Vectors.addMultiple(-Vectors.dot(columns[i], columns[j]), columns[i], columns[j]);
            }
            double norm = Vectors.norm(columns[j]);
            for (int i = 0; i < columns[j].length; i++) {
                columns[j][i] /= norm;
            }
        }
        return Eigenpairs.of(values, new Array2DRowRealMatrix(columns, false).transpose());
    }

    /**
     * The same D with as few noises as it has: B = V√Λ with m = numerical rank. Eigenvalues below λ_max·d·2⁻⁵², which
     * are rounding, are left out.
     *
     * @return a constant diffusion with at most min(d, N) noises, and one of strength zero if D = 0
     */
    public Diffusion reduced() {
        int rank = spectrum().rank(MatrixSpectrum.FLOAT64_EPSILON);
        double[][] columns = rank == 0 ? new double[1][dimension()] : directions(pairs(), rank);
        for (double[] column : columns) {
            for (int i = 0; i < column.length; i++) {
                column[i] = Math.scalb(column[i], factor.exponent);
            }
        }
        return Diffusion.constantFactor(new Array2DRowRealMatrix(columns, false).transpose());
    }

    private synchronized Eigenpairs pairs() {
        if (pairs == null) {
            GramMatrix smaller = factor.smaller();
            pairs = LinearAlgebra.forOrder(smaller.order()).symmetricEigen(smaller.toMatrix());
        }
        return pairs;
    }

    /** The first k columns √λⱼvⱼ of V√Λ, scaled, each as an array of length d. */
    private double[][] directions(Eigenpairs found, int k) {
        double[][] columns = new double[k][dimension()];
        if (factor.isGram()) {
            // BᵀBu = λu gives √λ v = Bu, without a division.
            factor.images(found.vectors().getData(), columns);
            return columns;
        }
        for (int j = 0; j < k; j++) {
            double root = Math.sqrt(Math.max(0.0, found.value(j)));
            double[] vector = found.vector(j);
            for (int i = 0; i < columns[j].length; i++) {
                columns[j][i] = root * vector[i];
            }
        }
        return columns;
    }

    @Override
    public int dimension() {
        return meanGradient.length;
    }

    /**
     * The number of columns of B; {@link #reduced} has fewer.
     *
     * @return m = N, or N + 1 for {@link Sampling#EQUATION_A2_AS_PRINTED}
     */
    @Override
    public int noiseDimension() {
        return factor.noises();
    }

    @Override
    public Structure structure() {
        return Structure.FULL;
    }

    @Override
    public boolean isConstant() {
        return true;
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        factor.times(xi, out);
    }

    @Override
    public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        factor.timesBlock(xi, paths, out);
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        factor.productTimes(v, out);
    }

    @Override
    public void matrix(double[] x, double[] out) {
        int d = dimension();
        double[][] rows = factor.matrix();
        for (int i = 0; i < d; i++) {
            System.arraycopy(rows[i], 0, out, i * d, d);
        }
    }

    /**
     * All entries of D, for moderate d.
     *
     * @return a new d×d matrix
     */
    public RealMatrix toMatrix() {
        return new Array2DRowRealMatrix(factor.matrix(), false);
    }

    @Override
    public void divergence(double[] x, double[] out) {
        Arrays.fill(out, 0, dimension(), 0.0);
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return Optional.of((x, out) -> Arrays.fill(out, 0.0));
    }

    @Override
    public String toString() {
        return "D measured from " + samples + " gradients in " + dimension() + " dimensions, rank at most "
                + noiseDimension();
    }
}
