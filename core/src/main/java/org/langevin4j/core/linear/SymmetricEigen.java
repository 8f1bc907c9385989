package org.langevin4j.core.linear;

import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;

/** The eigenvalues and eigenvectors of a symmetric matrix, A = VΛVᵀ. */
public final class SymmetricEigen {

    private final double[] values;
    private final RealMatrix vectors;

    /**
     * The decomposition with the given parts, which are not copied.
     *
     * @param values ascending
     * @param vectors V, orthogonal, one column for each value
     */
    public SymmetricEigen(double[] values, RealMatrix vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * The eigenvalues.
     *
     * @return a copy, ascending
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The eigenvectors.
     *
     * @return V, not a copy; column k belongs to value k
     */
    public RealMatrix vectors() {
        return vectors;
    }

    @Override
    public String toString() {
        return "eigenvalues " + VectorText.of(values);
    }
}
