package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.statistics.MatrixSpectrum;

/**
 * The diffusion matrix of stochastic gradient descent at one point of weight space, measured from the gradients
 * g₁ … g_N of N samples (Chaudhari and Soatto 2018, eq. 2 and Appendix A):
 *
 * <pre>D = (1/N) Σₖ gₖgₖᵀ − ggᵀ = B Bᵀ,   B = [g₁ − g, …, g_N − g]/√N,   g = (1/N) Σₖ gₖ,</pre>
 *
 * or one of its variants, see {@link Sampling}. D is d×d of rank N − 1 at most. Only Bᵀ is kept; products with B and D
 * cost O(dN), and the spectrum comes from BᵀB where that is the smaller. Subtracting g from each gradient first, not
 * ggᵀ at the end, keeps the digits where the spread of the gradients is small beside their mean.
 *
 * <p>As a diffusion it is constant: the noise of the weights at which it was measured. Immutable and safe for use by
 * several threads; eigenvalues and eigenvectors are computed when first asked for, in O(min(d, N)²(d + N)) operations,
 * and kept.
 */
public final class MeasuredDiffusion implements Diffusion {

    private final int samples;
    private final double[] meanGradient;

    /** Bᵀ: one row of length d for each noise. */
    private final double[][] noises;

    private @Nullable MatrixSpectrum spectrum;

    /** Of the smaller of BᵀB and D = BBᵀ, as columns, in the order of descending eigenvalues. */
    private double @Nullable [][] eigenvectors;

    private MeasuredDiffusion(int samples, double[] meanGradient, double[][] noises) {
        this.samples = samples;
        this.meanGradient = meanGradient;
        this.noises = noises;
    }

    /**
     * D of mini-batches drawn with replacement.
     *
     * @param gradients N×d, row k is the gradient of sample k; N ≥ 2, all finite; copied
     * @return the diffusion
     * @throws IllegalArgumentException if there are fewer than two samples, an entry is not finite or D overflows
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
     *     entry is not finite or D overflows
     */
    public static MeasuredDiffusion from(double[][] gradients, Sampling sampling) {
        Objects.requireNonNull(sampling, "sampling");
        int n = gradients.length;
        if (!(n >= 2)) {
            throw new IllegalArgumentException("samples must be at least 2, got " + n);
        }
        int d = gradients[0].length;
        if (!(d >= 1)) {
            throw new IllegalArgumentException("dimension must be at least 1, got " + d);
        }
        double[] mean = new double[d];
        for (int k = 0; k < n; k++) {
            if (gradients[k].length != d) {
                throw new IllegalArgumentException("gradients must have the same dimension, got " + d + " in row 0 and "
                        + gradients[k].length + " in row " + k);
            }
            for (int i = 0; i < d; i++) {
                if (!(Math.abs(gradients[k][i]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "gradients must be finite, got [" + k + "][" + i + "] = " + gradients[k][i]);
                }
                mean[i] += gradients[k][i] / n;
            }
        }
        double weight = sampling.meanGradient(n);
        double[][] noises = new double[weight == 0.0 ? n : n + 1][d];
        double scale = Math.sqrt(sampling.centred(n) / n);
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < d; i++) {
                noises[k][i] = scale * (gradients[k][i] - mean[i]);
            }
        }
        if (weight != 0.0) {
            for (int i = 0; i < d; i++) {
                noises[n][i] = Math.sqrt(weight) * mean[i];
            }
        }
        MeasuredDiffusion diffusion = new MeasuredDiffusion(n, mean, noises);
        double trace = diffusion.trace();
        if (!(trace <= Math.sqrt(Double.MAX_VALUE))) {
            throw new IllegalArgumentException("gradients must be small enough for D and its norm, got trace " + trace);
        }
        return diffusion;
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
        double sum = 0.0;
        for (double[] noise : noises) {
            double square = 0.0;
            for (double entry : noise) {
                square += entry * entry;
            }
            sum += square;
        }
        return sum;
    }

    /**
     * The Frobenius norm, √Σλ².
     *
     * @return ‖D‖
     */
    public double frobeniusNorm() {
        return spectrum().frobeniusNorm();
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
            EigenDecomposition_F64<DMatrixRMaj> eigen = decomposition(false);
            double[] values = IntStream.range(0, eigen.getNumberOfEigenvalues())
                    .mapToDouble(j -> Math.max(0.0, eigen.getEigenvalue(j).getReal()))
                    .toArray();
            spectrum = MatrixSpectrum.of(dimension(), values);
        }
        return spectrum;
    }

    /**
     * The directions of the strongest noise.
     *
     * @param k how many, from 1 to the numerical rank of D in double precision
     * @return the k largest eigenvalues with their eigenvectors
     * @throws IllegalArgumentException if k is less than 1 or more than the rank
     */
    public Eigenpairs leadingEigenpairs(int k) {
        int rank = spectrum().rank(MatrixSpectrum.FLOAT64_EPSILON);
        if (!(k >= 1 && k <= rank)) {
            throw new IllegalArgumentException("k must be between 1 and the rank " + rank + ", got " + k);
        }
        double[] values = Arrays.copyOf(spectrum().eigenvalues(), k);
        double[][] columns = directions(k);
        for (int j = 0; j < k; j++) {
            // From BᵀB the small ones come out with a trace of the large ones, which is taken away here.
            for (int i = 0; i < j; i++) {
                add(-dot(columns[i], columns[j]), columns[i], columns[j]);
            }
            double norm = Math.sqrt(dot(columns[j], columns[j]));
            for (int i = 0; i < columns[j].length; i++) {
                columns[j][i] /= norm;
            }
        }
        return new Eigenpairs(values, new Array2DRowRealMatrix(columns, false).transpose());
    }

    /**
     * The same D with as few noises as it has: B = V√Λ with m = numerical rank. Eigenvalues below λ_max·d·2⁻⁵², which
     * are rounding, are left out.
     *
     * @return a constant diffusion with at most min(d, N) noises, and one of strength zero if D = 0
     */
    public Diffusion reduced() {
        int rank = spectrum().rank(MatrixSpectrum.FLOAT64_EPSILON);
        double[][] columns = rank == 0 ? new double[1][dimension()] : directions(rank);
        return Diffusion.constantFactor(new Array2DRowRealMatrix(columns, false).transpose());
    }

    private synchronized double[][] eigenvectors() {
        if (eigenvectors == null) {
            EigenDecomposition_F64<DMatrixRMaj> eigen = decomposition(true);
            double[][] sorted = IntStream.range(0, eigen.getNumberOfEigenvalues())
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            j -> -eigen.getEigenvalue(j).getReal()))
                    .map(j -> eigen.getEigenVector(j).getData())
                    .toArray(double[][]::new);
            eigenvectors = transposed(sorted);
        }
        return eigenvectors;
    }

    /** Of the smaller of BᵀB and BBᵀ. The values alone take a third of the time. */
    private EigenDecomposition_F64<DMatrixRMaj> decomposition(boolean withVectors) {
        double[][] product = TransposedProduct.ofItself(noises.length < dimension() ? transposed(noises) : noises);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(product.length, withVectors, true);
        if (!eigen.decompose(new DMatrixRMaj(product))) {
            throw new ArithmeticException(
                    "the eigenvalues of a matrix of order " + product.length + " did not converge");
        }
        return eigen;
    }

    /** The first k columns √λⱼvⱼ of V√Λ, each as an array of length d. */
    private double[][] directions(int k) {
        double[][] vectors = eigenvectors();
        double[][] columns = new double[k][dimension()];
        if (noises.length < dimension()) {
            // BᵀBu = λu gives √λ v = Bu, without a division.
            TransposedProduct.of(vectors, noises, dimension(), columns);
            return columns;
        }
        double[] values = spectrum().eigenvalues();
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < columns[j].length; i++) {
                columns[j][i] = Math.sqrt(values[j]) * vectors[i][j];
            }
        }
        return columns;
    }

    private static double[][] transposed(double[][] rows) {
        return new Array2DRowRealMatrix(rows, false).transpose().getData();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double factor, double[] a, double[] to) {
        for (int i = 0; i < a.length; i++) {
            to[i] += factor * a[i];
        }
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
        return noises.length;
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
        Arrays.fill(out, 0, dimension(), 0.0);
        for (int k = 0; k < noises.length; k++) {
            add(xi[k], noises[k], out);
        }
    }

    @Override
    public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        TransposedProduct.of(noises, xi, paths, out);
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        double[] sum = new double[dimension()];
        for (double[] noise : noises) {
            add(dot(noise, v), noise, sum);
        }
        System.arraycopy(sum, 0, out, 0, sum.length);
    }

    @Override
    public void matrix(double[] x, double[] out) {
        int d = dimension();
        double[][] rows = TransposedProduct.ofItself(noises);
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
        return new Array2DRowRealMatrix(TransposedProduct.ofItself(noises), false);
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
