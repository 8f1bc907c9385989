package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.statistics.MatrixSpectrum;

/**
 * What is known of the diffusion matrix D of {@link MeasuredDiffusion} where neither D nor the gradients fit into memory: a matrix S of rank at most ℓ with
 *
 * <pre>−ρ·I ≤ D − S ≤ (δ + ρ)·I,   δ ≤ (tr D − Σ_{i ≤ k} λᵢ(D))/(ℓ + 1 − k) for every k ≤ ℓ,</pre>
 *
 * where δ comes with the sketch (Liberty 2013; Ghashami, Liberty, Phillips and Woodruff 2016) and ρ bounds rounding. So each eigenvalue of D lies between bounds that
 * are told, as does vᵀDv for each unit vector; trace and mean gradient are sums over all samples. Immutable.
 */
public final class SketchedDiffusion {

    private final int samples;
    private final double[] meanGradient;
    private final double trace;
    private final double error;
    private final double rounding;

    /** Of S, descending, without those that are zero in double precision. */
    private final double[] values;

    /** Eigenvectors, one a row. */
    private final double[][] vectors;

    private SketchedDiffusion(
            int samples,
            double[] meanGradient,
            double trace,
            double error,
            double rounding,
            double[] values,
            double[][] vectors) {
        this.samples = samples;
        this.meanGradient = meanGradient;
        this.trace = trace;
        this.error = error;
        this.rounding = rounding;
        this.values = values;
        this.vectors = vectors;
    }

    static SketchedDiffusion of(int samples, double[] mean, double trace, FrequentDirections found) {
        int d = mean.length;
        double[][] rows = found.rows();
        int m = rows.length;
        // Of the centring, of eigenvalues that are left out as zero, of the last decomposition.
        double rounding = found.rounding()
                + (0x1p-53 * (16.0 + 4.0 * Math.sqrt(samples) + 2.0 * Math.max(d, m)) + FrequentDirections.unit(m, d))
                        * trace;
        if (m == 0) {
            return new SketchedDiffusion(
                    samples, mean, trace, found.shrunk(), rounding, new double[0], new double[0][]);
        }
        RealMatrix all = new Array2DRowRealMatrix(rows, false);
        LinearAlgebra algebra = LinearAlgebra.pureJava();
        Eigenpairs small = algebra.symmetricEigen(algebra.rowProducts(all));
        double[] values =
                Arrays.stream(small.values()).map(v -> Math.max(0.0, v)).toArray();
        int rank = MatrixSpectrum.of(Math.max(d, m), values).rank(MatrixSpectrum.FLOAT64_EPSILON);
        double[][] vectors = algebra.multiply(new Array2DRowRealMatrix(small.leadingVectors(rank), false), all)
                .getData();
        for (int j = 0; j < rank; j++) {
            // Small ones come out with a trace of the large ones, which is taken away here.
            for (int i = 0; i < j; i++) {
                Vectors.addMultiple(-Vectors.dot(vectors[i], vectors[j]), vectors[i], vectors[j]);
            }
            vectors[j] = Vectors.unit(vectors[j]);
        }
        return new SketchedDiffusion(
                samples, mean, trace, found.shrunk(), rounding, Arrays.copyOf(values, rank), vectors);
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
     * The number of weights.
     *
     * @return d
     */
    public int dimension() {
        return meanGradient.length;
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
     * The trace of D, summed up over all samples and not from S.
     *
     * @return tr D
     */
    public double trace() {
        return trace;
    }

    /**
     * By how much S may be too small: the bound of the sketch for these gradients.
     *
     * @return δ, 0 where the gradients have no more than ℓ directions
     */
    public double error() {
        return error;
    }

    /**
     * A bound on what rounding has done to S, far above what it does.
     *
     * @return ρ
     */
    public double rounding() {
        return rounding;
    }

    /**
     * The number of eigenvalues of S that are not zero.
     *
     * @return at most ℓ
     */
    public int rank() {
        return values.length;
    }

    /**
     * The least that an eigenvalue of D can be.
     *
     * @param i from 0, the largest, to d − 1
     * @return λᵢ(S) − ρ or 0
     */
    public double lowest(int i) {
        return Math.max(0.0, ofSketch(i) - rounding);
    }

    /**
     * The most that an eigenvalue of D can be.
     *
     * @param i from 0, the largest, to d − 1
     * @return λᵢ(S) + δ + ρ
     */
    public double highest(int i) {
        return ofSketch(i) + error + rounding;
    }

    private double ofSketch(int i) {
        if (!(i >= 0 && i < dimension())) {
            throw new IndexOutOfBoundsException(
                    "eigenvalues are numbered from 0 to " + (dimension() - 1) + ", got " + i);
        }
        return i < values.length ? values[i] : 0.0;
    }

    /**
     * The directions of the strongest noise, and how strong it is in S. A direction is to be trusted where its eigenvalue is apart from the others by much more than δ.
     *
     * @param k how many, from 1 to the rank of S
     * @return the k largest eigenvalues of S with their eigenvectors
     * @throws IllegalArgumentException if k is less than 1 or more than the rank
     */
    public Eigenpairs leadingEigenpairs(int k) {
        if (!(k >= 1 && k <= rank())) {
            throw new IllegalArgumentException("k must be between 1 and the rank " + rank() + ", got " + k);
        }
        return Eigenpairs.of(Arrays.copyOf(values, k), columns(k, j -> 1.0));
    }

    /**
     * S as a constant diffusion, with as many noises as its rank: in no direction more noise than D has.
     *
     * @return S = V√Λ(V√Λ)ᵀ, and one noise of strength zero if S = 0
     */
    public Diffusion sketch() {
        return Diffusion.constantFactor(
                rank() == 0 ? new Array2DRowRealMatrix(dimension(), 1) : columns(rank(), j -> Math.sqrt(values[j])));
    }

    private RealMatrix columns(int k, IntToDoubleFunction factor) {
        RealMatrix columns = new Array2DRowRealMatrix(dimension(), k);
        for (int j = 0; j < k; j++) {
            columns.setColumn(j, Vectors.scaled(vectors[j], factor.applyAsDouble(j)));
        }
        return columns;
    }

    @Override
    public String toString() {
        return "D of " + samples + " gradients in " + dimension() + " dimensions, by a sketch of rank " + rank()
                + " up to " + error;
    }
}
