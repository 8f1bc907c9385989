package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.TransposedProduct;
import org.langevin4j.core.linear.Vectors;
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
 * ggᵀ at the end, and then what rounding has left of the mean, keeps the digits where the spread of the gradients is small
 * beside their mean; gradients that are all equal have D = 0 exactly.
 *
 * <p>As a diffusion it is constant: the noise of the weights at which it was measured. Immutable and safe for use by
 * several threads; eigenvalues and eigenvectors are computed when first asked for, in O(min(d, N)²(d + N)) operations,
 * and kept.
 */
public final class MeasuredDiffusion implements Diffusion {

    /** Entries between this and its inverse have squares, and squares of squares, with all their digits. */
    private static final double SMALL = 0x1p-100;

    private final int samples;
    private final double[] meanGradient;

    /** Bᵀ: one row of length d for each noise. */
    private final double[][] noises;

    /** B times 2^−exponent is computed with: 0 but for entries whose squares would be no numbers or lose digits. */
    private final int exponent;

    private @Nullable MatrixSpectrum spectrum;

    /** Of the smaller of BᵀB and D = BBᵀ, scaled. */
    private @Nullable Eigenpairs pairs;

    private MeasuredDiffusion(int samples, double[] meanGradient, double[][] noises) {
        this.samples = samples;
        this.meanGradient = meanGradient;
        this.noises = noises;
        this.exponent = exponent(noises);
    }

    private static int exponent(double[][] noises) {
        double largest = 0.0;
        for (double[] noise : noises) {
            for (double entry : noise) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        return largest == 0.0 || (largest > SMALL && largest < 1.0 / SMALL) ? 0 : Math.getExponent(largest);
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
        if (!(n >= 2)) {
            throw new IllegalArgumentException("samples must be at least 2, got " + n);
        }
        int d = gradients[0].length;
        if (!(d >= 1)) {
            throw new IllegalArgumentException("dimension must be at least 1, got " + d);
        }
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
            }
        }
        double[] mean = mean(gradients);
        double weight = sampling.meanGradient(n);
        double[][] noises = new double[weight == 0.0 ? n : n + 1][d];
        double scale = Math.sqrt(sampling.centred(n) / n);
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < d; i++) {
                noises[k][i] = gradients[k][i] - mean[i];
            }
        }
        // The mean is rounded to its own size, which may be large beside the spread: what it lacks is taken away as
        // well.
        double[] rest = mean(Arrays.copyOf(noises, n));
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < d; i++) {
                noises[k][i] = scale * (noises[k][i] - rest[i]);
            }
        }
        if (weight != 0.0) {
            for (int i = 0; i < d; i++) {
                noises[n][i] = Math.sqrt(weight) * mean[i];
            }
        }
        MeasuredDiffusion diffusion = new MeasuredDiffusion(n, mean, noises);
        double trace = diffusion.trace();
        if (!(trace <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("gradients must be small enough for D and its norm, got trace " + trace);
        }
        if (trace == 0.0 && diffusion.exponent != 0) {
            throw new IllegalArgumentException(
                    "gradients must be large enough for D, got trace 0 from a spread of about 2^" + diffusion.exponent);
        }
        return diffusion;
    }

    /** From the first row, so that the mean of equal numbers is that number. */
    private static double[] mean(double[][] rows) {
        double[] mean = rows[0].clone();
        double[] sum = new double[mean.length];
        for (double[] row : rows) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (row[i] - mean[i]) / rows.length;
            }
        }
        for (int i = 0; i < sum.length; i++) {
            mean[i] += sum[i];
        }
        return mean;
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
                // Scaled, for squares of small entries are no numbers.
                double scaled = Math.scalb(entry, -exponent);
                square += scaled * scaled;
            }
            sum += square;
        }
        return Math.scalb(sum, 2 * exponent);
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
            double[] values = algebra().symmetricEigenvalues(smallerProduct());
            spectrum = MatrixSpectrum.of(
                            dimension(),
                            Arrays.stream(values).map(v -> Math.max(0.0, v)).toArray())
                    .scaled(2 * exponent);
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
        double[][] columns = rank == 0 ? new double[1][dimension()] : directions(rank);
        for (double[] column : columns) {
            for (int i = 0; i < column.length; i++) {
                column[i] = Math.scalb(column[i], exponent);
            }
        }
        return Diffusion.constantFactor(new Array2DRowRealMatrix(columns, false).transpose());
    }

    private synchronized Eigenpairs pairs() {
        if (pairs == null) {
            pairs = algebra().symmetricEigen(smallerProduct());
        }
        return pairs;
    }

    private LinearAlgebra algebra() {
        return LinearAlgebra.forOrder(Math.min(noises.length, dimension()));
    }

    /** The smaller of BᵀB and BBᵀ, of B scaled. */
    private RealMatrix smallerProduct() {
        RealMatrix scaled = new Array2DRowRealMatrix(scaledNoises(), false);
        return noises.length < dimension()
                ? algebra().rowProducts(scaled)
                : algebra().columnProducts(scaled);
    }

    /** Bᵀ times a power of two, so that squares of its entries are numbers; no copy where they are as it is. */
    private double[][] scaledNoises() {
        if (exponent == 0) {
            return noises;
        }
        double[][] scaled = new double[noises.length][];
        for (int k = 0; k < noises.length; k++) {
            scaled[k] = noises[k].clone();
            for (int i = 0; i < scaled[k].length; i++) {
                scaled[k][i] = Math.scalb(scaled[k][i], -exponent);
            }
        }
        return scaled;
    }

    /** The first k columns √λⱼvⱼ of V√Λ, scaled, each as an array of length d. */
    private double[][] directions(int k) {
        Eigenpairs found = pairs();
        double[][] columns = new double[k][dimension()];
        if (noises.length < dimension()) {
            // BᵀBu = λu gives √λ v = Bu, without a division.
            TransposedProduct.of(found.vectors().getData(), scaledNoises(), dimension(), columns);
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
            Vectors.addMultiple(xi[k], noises[k], out);
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
            Vectors.addMultiple(Vectors.dot(noise, v), noise, sum);
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
