package org.langevin4j.core.linear;

import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.langevin4j.core.block.VectorText;

/** The singular values of a matrix, largest first, A = UΣVᵀ, in pure Java, for small matrices. Immutable. */
public final class SingularVectors {

    private final double[] values;
    private final RealMatrix left;
    private final RealMatrix right;

    private SingularVectors(double[] values, RealMatrix left, RealMatrix right) {
        this.values = values;
        this.left = left;
        this.right = right;
    }

    /**
     * The decomposition of a matrix.
     *
     * @param a A, n×m, finite
     * @return U, Σ and V with min(n, m) columns
     * @throws IllegalArgumentException if A is not finite
     */
    public static SingularVectors of(RealMatrix a) {
        double[][] rows = Rows.finite("matrix", a);
        int exponent = -Scale.exponent(rows);
        SingularValueDecomposition found = new SingularValueDecomposition(Scale.by(rows, exponent));
        return new SingularVectors(Scale.back(found.getSingularValues(), -exponent), found.getU(), found.getV());
    }

    /**
     * The singular values.
     *
     * @return a copy, descending
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The left vectors.
     *
     * @return U, n×min(n, m), not a copy
     */
    public RealMatrix left() {
        return left;
    }

    /**
     * The right vectors.
     *
     * @return V, m×min(n, m), not a copy
     */
    public RealMatrix right() {
        return right;
    }

    /**
     * The orthogonal factor of the polar decomposition A = WP, for a square A: the rotation nearest to A.
     *
     * @return W = UVᵀ
     */
    public RealMatrix rotation() {
        return left.multiplyTransposed(right);
    }

    /**
     * The least squares solution of Ax = b of least norm. Singular values below max(n, m)·2⁻⁵² of the largest count as zero.
     *
     * @param b length n
     * @return x, length m
     * @throws IllegalArgumentException if b has another length
     */
    public double[] leastSquares(double[] b) {
        if (b.length != left.getRowDimension()) {
            throw new IllegalArgumentException("b must have length " + left.getRowDimension() + ", got " + b.length);
        }
        double[] parts = left.preMultiply(b);
        double cut = Math.max(left.getRowDimension(), right.getRowDimension()) * 0x1p-52 * values[0];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = values[k] > cut ? parts[k] / values[k] : 0.0;
        }
        return right.operate(parts);
    }

    @Override
    public String toString() {
        return "singular values " + VectorText.of(values);
    }
}
